/* ibin-extract.c - takes the signatures of fired cartridge cases from scans and photographs */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/option.h"
#include "base/set.h"
#include "base/sum.h"
#include "file/data.h"
#include "file/input.h"
#include "file/names.h"
#include "file/outdir.h"
#include "file/output.h"
#include "file/progress.h"
#include "file/rows.h"
#include "prep/overlay.h"
#include "scan/png.h"
#include "sign/extract.h"
#include "sign/frame.h"
#include "sign/pack.h"

/* A scan or photograph larger than this is no scan of a cartridge case. */
#define FILE_MAX ((size_t)2 << 30)

static const struct option_program program = {
	"ibin-extract", VERSION, "[option...] [file...] > out.sig",
	"Take signatures from X3P topographies and JPEG or PNG photographs; names are\n"
	"read from standard input where there are none."
};

/* What --mark takes, in this order. */
#define MARK_CHOICES "breech-face|firing-pin|ejector|shear|all|land"
enum { WANT_BREECH_FACE, WANT_FIRING_PIN, WANT_EJECTOR, WANT_SHEAR, WANT_ALL, WANT_LAND };

struct options {
	const char *region, *circle, *meta, *picture, *columns;
	const char *label[METAS];
	double scale_um, pocket_um;
	bool nul, list, verify, any_checksum, mirror;
	int64_t threads;
	int mark, output, progress;
};

#define LABEL(name, key, help) \
	{ name, 0, OPTION_TEXT, offsetof(struct options, label) + (key) * sizeof(char *), "TEXT", help, 0, 0 }

static const struct option_line table[] = {
	{ "mark", 0, OPTION_CHOICE, offsetof(struct options, mark), MARK_CHOICES,
	  "which mark (default breech-face)", 0, 0 },
	{ "meta", 'm', OPTION_TEXT, offsetof(struct options, meta), "FILE.csv",
	  "what is known of each file, by its column file", 0, 0 },
	LABEL("id", META_ID, "id of the one file (default: its name)"),
	LABEL("exhibit", META_EXHIBIT, "exhibit it was taken from"),
	LABEL("case", META_CASE, "case"),
	LABEL("country", META_COUNTRY, "country"),
	LABEL("calibre", META_CALIBRE, "calibre"),
	LABEL("firearm-class", META_FIREARM_CLASS, "class of the firearm"),
	LABEL("specimen", META_SPECIMEN, "evidence or test-fire"),
	LABEL("cast", META_CAST, "original, double or single (is turned over)"),
	LABEL("taken", META_TAKEN, "date"),
	LABEL("land", META_LAND, "number of the land, in order round the bullet"),
	LABEL("lands", META_LANDS, "how many lands the bullet has"),
	LABEL("twist", META_TWIST, "left or right"),
	{ "scale", 's', OPTION_REAL, offsetof(struct options, scale_um), "UM", "micrometres a pixel", 0.01, 1000 },
	{ "pocket", 0, OPTION_REAL, offsetof(struct options, pocket_um), "UM",
	  "primer pocket, to measure photographs by (4900)", 1000, 20000 },
	{ "region", 'r', OPTION_TEXT, offsetof(struct options, region), "MASK.png",
	  "the breech face (ejector mark) is where this picture is bright", 0, 0 },
	{ "circle", 0, OPTION_TEXT, offsetof(struct options, circle), "X,Y,R",
	  "outer edge of the breech-face ring (ejector mark), in pixels", 0, 0 },
	{ "mirror", 0, OPTION_FLAG, offsetof(struct options, mirror), NULL,
	  "the scans' rows run the other way than the files say", 0, 0 },
	{ "any-checksum", 0, OPTION_FLAG, offsetof(struct options, any_checksum), NULL,
	  "read X3P whose checksums do not agree", 0, 0 },
	{ "picture", 'p', OPTION_TEXT, offsetof(struct options, picture), "DIR",
	  "write what was found over each image to DIR", 0, 0 },
	{ "list", 'l', OPTION_FLAG, offsetof(struct options, list), NULL,
	  "one row a signature of signature files", 0, 0 },
	{ "verify", 0, OPTION_FLAG, offsetof(struct options, verify), NULL,
	  "check signature files", 0, 0 },
	{ "null", '0', OPTION_FLAG, offsetof(struct options, nul), NULL,
	  "names on standard input end with a NUL", 0, 0 },
	{ "threads", 'j', OPTION_INTEGER, offsetof(struct options, threads), "N",
	  "threads, 0: one a processor (default 0)", 0, 1024 },
	{ "output", 'o', OPTION_CHOICE, offsetof(struct options, output), ROWS_FORMATS,
	  "form of the rows of --list (default csv)", 0, 0 },
	{ "columns", 'c', OPTION_TEXT, offsetof(struct options, columns), "NAME,...",
	  "which columns of --list, in which order", 0, 0 },
	{ "progress", 0, OPTION_CHOICE, offsetof(struct options, progress), PROGRESS_MODES,
	  "the progress line (default auto)", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

struct run {
	struct options options;
	struct option_parsed parsed;
	struct extract_options extract;
	struct labels defaults;
	struct label_table *labels;
	struct surface region;
	struct names names;
	struct frame_writer writer;
	struct progress progress;
	struct set ids;           /* checksums of those that were written */
	struct rows *rows;
	int64_t done;             /* listed */
	int64_t asked;            /* files that were named */
	int status;
};

static void complain(struct run *run, const struct error *e)
{
	error_print(stderr, program.name, e);
	run->status = error_worse(run->status, e->status);
}

/* A file on its way from a name to frames, one a mark. */
#define JOB_FRAMES 4
struct job {
	char *file;
	const struct labels *labels;
	struct buf frame[JOB_FRAMES];
	int frames;
	char id[SIGNATURE_TEXT];
	struct error error;
};

static void job_free(struct job *j)
{
	free(j->file);
	for (int i = 0; i < JOB_FRAMES; i++)
		buf_free(&j->frame[i]);
	free(j);
}

static int job_add(struct job *j, const struct signature *s, struct error *e)
{
	snprintf(j->id, sizeof j->id, "%s", signature_meta(s, META_ID));
	return frame_pack(s, &j->frame[j->frames++], e);
}

static void *next_file(void *context)
{
	struct run *run = context;
	struct job *j = NULL;
	const char *name;
	struct error e;
	int status = names_next(&run->names, &name, &e);

	if (status == STATUS_NO)
		return NULL;
	if (!status && !(j = mem_new(1, sizeof *j, &e)))
		status = STATUS_SYSTEM;
	if (!status && !(j->file = mem_text(name, &e)))
		status = STATUS_SYSTEM;
	if (status) {
		complain(run, &e);
		free(j);
		return NULL;
	}
	j->labels = labels_find(run->labels, name);
	run->asked++;
	return j;
}

static int write_picture(const char *folder, const struct overlay *picture, const char *id, struct error *e)
{
	char name[SIGNATURE_TEXT + 8];
	struct buf png = { 0 };
	int status = png_write_rgb(&png, picture->width, picture->height, picture->rgb, e);

	snprintf(name, sizeof name, "%s.png", id);
	if (!status)
		status = outdir_write(folder, name, png.data, png.size, e);
	buf_free(&png);
	return status;
}

/* A signature that was made (status), labelled and packed, and released. */
static int take_signature(struct run *run, struct job *j, struct signature *sig, int status, struct error *e)
{
	if (!status)
		status = extract_label(sig, j->file, j->labels, &run->defaults, e);
	if (!status)
		status = job_add(j, sig, e);
	signature_free(sig);
	return status;
}

/* One mark of a cartridge case. */
static int sign_mark(struct run *run, struct job *j, const struct surface *s, enum mark mark,
		     struct region *found, struct error *e)
{
	struct signature sig = { 0 };
	int status = mark == MARK_SHEAR ? extract_shear(s, &run->extract, found, &sig, e) :
		     mark == MARK_EJECTOR ? extract_ejector(s, &run->extract, found, &sig, e) :
		     extract_impression(s, mark, &run->extract, found, &sig, e);

	return take_signature(run, j, &sig, status, e);
}

static int sign_land(struct run *run, struct job *j, const struct surface *s, struct error *e)
{
	struct signature sig = { 0 };
	struct overlay picture = { 0 };
	bool draw = run->options.picture != NULL;
	int status = extract_land(s, &run->extract, &sig, draw ? &picture : NULL, e);

	status = take_signature(run, j, &sig, status, e);
	if (!status && draw)
		status = write_picture(run->options.picture, &picture, j->id, e);
	free(picture.rgb);
	return status;
}

/* The marks of a cartridge case. With --mark all a case gives what it has, but a breech face it must have. */
static int sign_case(struct run *run, struct job *j, const struct surface *s, struct error *e)
{
	static const int want_of[] = { WANT_BREECH_FACE, WANT_FIRING_PIN, WANT_EJECTOR, WANT_SHEAR };
	int want = run->options.mark;
	struct region found = { 0 };
	struct overlay picture = { 0 };
	int status = extract_locate(s, &run->extract, &found, e);

	for (int m = MARK_BREECH_FACE; !status && m <= MARK_SHEAR; m++) {
		if (want != WANT_ALL && want != want_of[m])
			continue;
		status = sign_mark(run, j, s, (enum mark)m, &found, e);
		if (status == STATUS_INPUT && want == WANT_ALL && m != MARK_BREECH_FACE) {
			status = STATUS_DONE;
			*e = (struct error){ 0 };
		}
	}
	if (!status && run->options.picture)
		status = overlay_make(s, &found, &picture, e);
	if (!status && run->options.picture)
		status = write_picture(run->options.picture, &picture, j->id, e);
	free(picture.rgb);
	region_free(&found);
	return status;
}

static int extract_job(struct run *run, struct job *j, struct error *e)
{
	const char *cast = extract_text(META_CAST, j->labels, &run->defaults);
	struct data data = { 0 };
	struct surface s = { 0 };
	int status = data_read(j->file, FILE_MAX, &data, e);

	if (!status)
		status = extract_read(data.bytes, data.size, &run->extract, cast, &s, e);
	data_free(&data);
	if (!status)
		status = run->options.mark == WANT_LAND ? sign_land(run, j, &s, e) :
			 sign_case(run, j, &s, e);
	surface_free(&s);
	return status;
}

static void work_on_file(void *context, void *job)
{
	struct job *j = job;

	if (extract_job(context, j, &j->error))
		error_within(&j->error, j->file);
}

/* Nothing is wrong with two signatures of one id, but rows and pictures will not tell them apart. */
static int check_id(struct run *run, const struct job *j, struct error *e)
{
	uint64_t sum = sum_fnv64(SUM_FNV64_START, j->id, strlen(j->id));

	if (set_count(&run->ids, sum))
		error_say(stderr, program.name, "%s: has the id of a file before: %s (see --meta)", j->file, j->id);
	return set_add(&run->ids, sum, e);
}

static int file_done(void *context, void *job)
{
	struct run *run = context;
	struct job *j = job;
	struct error e;
	int status = STATUS_DONE;

	if (j->error.status) {
		complain(run, &j->error);
	}
	for (int i = 0; !status && !j->error.status && i < j->frames; i++)
		if (frame_write(&run->writer, &j->frame[i], &e)) {
			error_within(&e, "standard output");
			complain(run, &e);
			status = STATUS_SYSTEM;
		}
	if (!status && !j->error.status && check_id(run, j, &e)) {
		complain(run, &e);
		status = STATUS_SYSTEM;
	}
	job_free(j);
	progress_step(&run->progress, 1);
	return status;
}

static void drop_file(void *context, void *job)
{
	(void)context;
	job_free(job);
}

static void extract_all(struct run *run)
{
	static const struct batch steps = { next_file, work_on_file, file_done, drop_file };
	const struct options *o = &run->options;
	struct error e;
	const char *name;
	size_t at = 0;
	int status;

	frame_writer_start(&run->writer, stdout);
	progress_start(&run->progress, stderr, (enum progress_mode)o->progress, "files", run->parsed.operands);
	status = batch_run(&steps, run, (int)o->threads, &e);
	progress_end(&run->progress);
	if (status && run->status != STATUS_SYSTEM)
		complain(run, &e);
	if (!status && frame_finish(&run->writer, &e)) {
		error_within(&e, "standard output");
		complain(run, &e);
	}
	if (!status && !run->asked && !run->status)
		error_say(stderr, program.name, "standard input names no file");
	while ((name = labels_unused(run->labels, &at)))
		fprintf(stderr, "%s: %s: no such file was given: %s\n", program.name, o->meta, name);
}

/* The columns of --list: sizes, then the texts. */
enum { LIST_MARK, LIST_WIDTH, LIST_HEIGHT, LIST_STEP_UM, LIST_BYTES, LIST_FIXED };

static int list_signature(struct run *run, const struct buf *body, struct error *e)
{
	struct signature s;
	int status = unpack_signature(body, 1, &s, e);

	if (status || run->options.verify) {
		signature_free(&s);
		return status;
	}
	rows_text(run->rows, signature_meta(&s, META_ID));
	rows_text(run->rows, mark_name(s.mark));
	rows_integer(run->rows, s.width);
	rows_integer(run->rows, s.height);
	rows_real(run->rows, s.step_um, 4);
	rows_integer(run->rows, (int64_t)(FRAME_HEADER + body->size));
	for (int k = META_ID + 1; k < METAS; k++)
		rows_text(run->rows, s.meta[k]);
	signature_free(&s);
	run->done++;
	return rows_end(run->rows, e);
}

static int list_file(struct run *run, const char *name, struct error *e)
{
	struct frame_reader r;
	FILE *in;
	int status = input_stream(name, &in, e);

	if (status)
		return status;
	frame_reader_start(&r, in);
	while (!(status = frame_next(&r, e)) && !(status = list_signature(run, &r.body, e)))
		;
	frame_reader_free(&r);
	input_close(in);
	return status == STATUS_NO ? STATUS_DONE : status;
}

static void list_all(struct run *run)
{
	static struct rows_column columns[LIST_FIXED + METAS];
	const struct options *o = &run->options;
	struct error e;

	columns[0] = (struct rows_column){ "id", COLUMN_TEXT };
	columns[1] = (struct rows_column){ "mark", COLUMN_TEXT };
	columns[2] = (struct rows_column){ "width", COLUMN_NUMBER };
	columns[3] = (struct rows_column){ "height", COLUMN_NUMBER };
	columns[4] = (struct rows_column){ "step_um", COLUMN_NUMBER };
	columns[5] = (struct rows_column){ "bytes", COLUMN_NUMBER };
	for (int k = META_ID + 1; k < METAS; k++)
		columns[LIST_FIXED + k].name = meta_name((enum meta)k);
	if (o->list && rows_open(&run->rows, stdout, (enum rows_format)o->output, columns, LIST_FIXED + METAS,
				 o->columns, &e)) {
		complain(run, &e);
		return;
	}
	for (int i = 0; i < run->parsed.operands || (i == 0 && !run->parsed.operands); i++) {
		const char *name = run->parsed.operands ? run->parsed.operand[i] : "-";

		if (list_file(run, name, &e)) {
			error_within(&e, strcmp(name, "-") ? name : "standard input");
			complain(run, &e);
		}
	}
	if (rows_close(run->rows, &e) && run->status != STATUS_SYSTEM)
		complain(run, &e);
}

static int read_circle(const char *text, double circle[3], struct error *e)
{
	char part[3][32];
	int n = 0;

	if (sscanf(text, "%31[^,],%31[^,],%31[^,]%n", part[0], part[1], part[2], &n) != 3 || text[n])
		return error_set(e, STATUS_USAGE, "--circle: '%.60s' is not X,Y,R", text);
	for (int k = 0; k < 3; k++)
		if (num_real(part[k], k == 2 ? 1 : -1e6, 1e6, &circle[k], e))
			return error_within(e, "--circle");
	return STATUS_DONE;
}

static int read_region(struct run *run, struct error *e)
{
	struct data data;
	int status = data_read(run->options.region, FILE_MAX, &data, e);

	if (!status) {
		struct scan_wishes wishes = SCAN_WISHES_DEFAULT;

		status = scan_read(data.bytes, data.size, &wishes, &run->region, e);
		data_free(&data);
	}
	if (status)
		return error_within(e, run->options.region);
	run->extract.region = &run->region;
	return STATUS_DONE;
}

static int read_labels(struct run *run, struct error *e)
{
	FILE *in;
	int status = input_stream(run->options.meta, &in, e);

	if (!status) {
		status = labels_read(in, &run->labels, e);
		input_close(in);
	}
	return status ? error_within(e, run->options.meta) : STATUS_DONE;
}

/* Options that contradict each other, and files that they name. */
static int check_options(struct run *run, struct error *e)
{
	struct options *o = &run->options;

	if (o->list && o->verify)
		return error_set(e, STATUS_USAGE, "--list or --verify, not both");
	if (o->mark == WANT_LAND && (o->region || o->circle))
		return error_set(e, STATUS_USAGE, "--region and --circle are for cartridge cases");
	if (o->region && o->circle)
		return error_set(e, STATUS_USAGE, "--region or --circle, not both");
	if (o->label[META_ID] && run->parsed.operands != 1)
		return error_set(e, STATUS_USAGE, "--id goes with one file");
	for (int k = 0; k < METAS; k++) {
		if (o->label[k] && labels_check((enum meta)k, o->label[k], e)) {
			e->status = STATUS_USAGE;
			return STATUS_USAGE;
		}
		run->defaults.text[k] = (char *)(uintptr_t)o->label[k];
	}
	run->extract.any_checksum = o->any_checksum;
	run->extract.mirror = o->mirror;
	run->extract.scale_um = o->scale_um;
	run->extract.mouth_um = o->pocket_um;
	run->extract.region_of = o->mark == WANT_EJECTOR ? MARK_EJECTOR : MARK_BREECH_FACE;
	if (o->circle && read_circle(o->circle, run->extract.circle, e))
		return STATUS_USAGE;
	if (o->picture && outdir_make(o->picture, e))
		return error_within(e, "--picture");
	if (o->meta && read_labels(run, e))
		return e->status;
	return o->region ? read_region(run, e) : STATUS_DONE;
}

int main(int argc, char **argv)
{
	static struct run run;
	struct error e;
	int status = output_guard(&e);

	if (!status)
		status = option_parse(table, argc, argv, &run.options, &run.parsed, &e);
	if (!status && run.parsed.action != OPTION_RUN) {
		status = option_answer(stdout, &program, table, &run.parsed, &e);
	} else if (!status && !(status = check_options(&run, &e))) {
		names_open(&run.names, run.parsed.operand, run.parsed.operands, stdin, run.options.nul);
		run.options.list || run.options.verify ? list_all(&run) : extract_all(&run);
		names_close(&run.names);
	}
	if (status)
		complain(&run, &e);
	labels_free(run.labels);
	set_free(&run.ids);
	surface_free(&run.region);
	option_free(table, &run.options);
	return run.status;
}
