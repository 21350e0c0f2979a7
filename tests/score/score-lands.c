/* score-lands.c - signatures of listed land scans, compared pair by pair or bullet by bullet */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/option.h"
#include "file/csv.h"
#include "file/data.h"
#include "file/rows.h"
#include "match/bullet.h"
#include "prep/land.h"

/* The list is what make-bullet writes as its table of truth: columns file, exhibit, land, lands, barrel,
 * barrel_land. Two lands are the same where the last two are. */
enum { FILE_, EXHIBIT, LAND, LANDS, BARREL, BARREL_LAND, COLUMNS };
static const char *const wanted[COLUMNS] = { "file", "exhibit", "land", "lands", "barrel", "barrel_land" };
#define MOST 20000

struct scan {
	char *text[COLUMNS];
	struct land land;
	struct land_key *key;
	int number, lands, status;
	struct error e;
};

struct options {
	int mode, output;
	double spacing_um;
	int64_t lost, threads;
};

struct run {
	struct options o;
	const char *folder;
	struct scan *scan;
	size_t scans, next;
	struct land_matcher *matcher;
	struct land_bench *bench;
	struct rows *rows;
};

static const struct option_program program = {
	"score-lands", VERSION, "[option...] FOLDER < LIST.csv",
	"Compares the listed land scans in FOLDER, each with each."
};
#define MODES "pairs|bullets|scans|phases"
static const struct option_line table[] = {
	{ "mode", 'm', OPTION_CHOICE, offsetof(struct options, mode), MODES, "what the rows are (default pairs)", 0, 0 },
	{ "lost", 0, OPTION_INTEGER, offsetof(struct options, lost), "N",
	  "leave N lands of every bullet out, others of each (default 0)", 0, 20 },
	{ "spacing", 0, OPTION_REAL, offsetof(struct options, spacing_um), "UM",
	  "of files that do not say", .1, 20 },
	{ "threads", 'j', OPTION_INTEGER, offsetof(struct options, threads), "N", "(default: one a processor)", 0, 64 },
	{ "output", 'o', OPTION_CHOICE, offsetof(struct options, output), ROWS_FORMATS, "(default csv)", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

static int add_scan(struct run *r, const struct csv_row *row, const int *column, struct error *e)
{
	struct scan *s = &r->scan[r->scans];
	int64_t number = 0, lands = 0;

	if (r->scans == MOST)
		return error_set(e, STATUS_INPUT, "more than %d scans", MOST);
	r->scans++;
	for (int k = 0; k < COLUMNS; k++) {
		s->text[k] = mem_text(row->field[column[k]], e);
		if (!s->text[k])
			return STATUS_SYSTEM;
	}
	if (num_integer(s->text[LAND], 1, BULLET_LANDS, &number, e) ||
	    num_integer(s->text[LANDS], 2, BULLET_LANDS, &lands, e))
		return e->status;
	s->number = (int)number;
	s->lands = (int)lands;
	return STATUS_DONE;
}

static int read_list(struct run *r, struct error *e)
{
	struct csv_reader *csv = csv_open(stdin, ',', e);
	int column[COLUMNS], status, header = 1;
	struct csv_row row;

	r->scan = mem_new(MOST, sizeof *r->scan, e);
	if (!csv || !r->scan)
		return STATUS_SYSTEM;
	while (!(status = csv_next(csv, &row, e))) {
		for (int k = 0; k < COLUMNS && header; k++)
			if ((column[k] = csv_column(&row, wanted[k])) < 0)
				status = error_set(e, STATUS_INPUT, "the list has no column %s", wanted[k]);
		if (!header)
			status = add_scan(r, &row, column, e);
		if (status)
			break;
		header = 0;
	}
	csv_close(csv);
	return status == STATUS_NO ? STATUS_DONE : status;
}

static void *next_scan(void *context)
{
	struct run *r = context;

	return r->next < r->scans ? &r->scan[r->next++] : NULL;
}

static void extract(void *context, void *job)
{
	struct run *r = context;
	struct scan *s = job;
	struct land_options o = LAND_OPTIONS_DEFAULT;
	struct scan_wishes wishes = SCAN_WISHES_DEFAULT;
	struct surface surface = { 0 };
	struct data data = { 0 };
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", r->folder, s->text[FILE_]);
	s->status = data_read(path, 1u << 30, &data, &s->e);
	if (!s->status)
		s->status = scan_read(data.bytes, data.size, &wishes, &surface, &s->e);
	if (!s->status && r->o.spacing_um > 0 && surface.spacing_origin == SPACING_UNKNOWN)
		surface.spacing_x_um = surface.spacing_y_um = r->o.spacing_um;
	if (!s->status)
		s->status = land_extract(&surface, &o, &s->land, &s->e);
	surface_free(&surface);
	data_free(&data);
}

static int extracted(void *context, void *job)
{
	struct scan *s = job;

	(void)context;
	if (s->status)
		fprintf(stderr, "score-lands: %s: %s\n", s->text[FILE_], s->e.text);
	return STATUS_DONE;
}

static int make_keys(struct run *r, struct error *e)
{
	struct land_match_options o = LAND_MATCH_DEFAULT;
	int longest = 0;

	for (size_t i = 0; i < r->scans; i++)
		if (r->scan[i].land.n > longest)
			longest = r->scan[i].land.n;
	r->matcher = land_matcher_new(&o, longest, 1.5625, e);
	r->bench = r->matcher ? land_bench_new(r->matcher, e) : NULL;
	if (!r->bench)
		return e->status;
	for (size_t i = 0; i < r->scans; i++) {
		const struct land *l = &r->scan[i].land;

		if (l->z && land_key_make(r->matcher, l, &r->scan[i].key, e))
			return e->status;
	}
	return STATUS_DONE;
}

static const struct rows_column pair_columns[] = {
	{ "a", COLUMN_TEXT }, { "b", COLUMN_TEXT }, { "same", COLUMN_TEXT }, { "ccf", COLUMN_NUMBER },
	{ "lag_um", COLUMN_NUMBER }, { "overlap", COLUMN_NUMBER }, { "turned", COLUMN_TEXT },
	{ "strength", COLUMN_NUMBER }, { "place", COLUMN_NUMBER }, { "cmps", COLUMN_NUMBER },
	{ "support", COLUMN_NUMBER }, { "cms", COLUMN_NUMBER }, { "odds", COLUMN_NUMBER },
	{ "score", COLUMN_NUMBER }, { "lr", COLUMN_NUMBER }
};

static int same_land(const struct scan *a, const struct scan *b)
{
	return !strcmp(a->text[BARREL], b->text[BARREL]) && !strcmp(a->text[BARREL_LAND], b->text[BARREL_LAND]);
}

static int pair_row(struct run *r, const struct scan *a, const struct scan *b, struct error *e)
{
	struct land_fit f;

	land_compare(r->bench, a->key, b->key, &f);
	rows_text(r->rows, a->text[FILE_]);
	rows_text(r->rows, b->text[FILE_]);
	rows_text(r->rows, same_land(a, b) ? "yes" : "no");
	rows_real(r->rows, f.ccf, 3);
	rows_real(r->rows, f.lag_um, 1);
	rows_real(r->rows, f.overlap, 2);
	rows_text(r->rows, f.turned ? "yes" : "no");
	rows_real(r->rows, f.strength, 2);
	rows_real(r->rows, f.place, 2);
	rows_integer(r->rows, f.cmps);
	rows_integer(r->rows, f.support);
	rows_integer(r->rows, f.cms);
	rows_real(r->rows, f.odds, 2);
	rows_real(r->rows, f.score, 2);
	rows_real(r->rows, f.lr, 3);
	return rows_end(r->rows, e);
}

static int all_pairs(struct run *r, struct error *e)
{
	int status = rows_open(&r->rows, stdout, (enum rows_format)r->o.output, pair_columns,
			       sizeof pair_columns / sizeof *pair_columns, NULL, e);

	for (size_t i = 0; !status && i < r->scans; i++)
		for (size_t j = i + 1; !status && j < r->scans; j++)
			if (r->scan[i].key && r->scan[j].key)
				status = pair_row(r, &r->scan[i], &r->scan[j], e);
	return status;
}

static const struct rows_column scan_columns[] = {
	{ "file", COLUMN_TEXT }, { "left", COLUMN_TEXT }, { "right", COLUMN_TEXT }, { "left_um", COLUMN_NUMBER },
	{ "width_um", COLUMN_NUMBER }, { "radius_um", COLUMN_NUMBER }, { "lean_deg", COLUMN_NUMBER },
	{ "coherence", COLUMN_NUMBER }, { "roughness_um", COLUMN_NUMBER }, { "quality", COLUMN_NUMBER }
};

static int all_scans(struct run *r, struct error *e)
{
	int status = rows_open(&r->rows, stdout, (enum rows_format)r->o.output, scan_columns,
			       sizeof scan_columns / sizeof *scan_columns, NULL, e);

	for (size_t i = 0; !status && i < r->scans; i++) {
		const struct land *l = &r->scan[i].land;

		if (!l->z)
			continue;
		rows_text(r->rows, r->scan[i].text[FILE_]);
		rows_text(r->rows, land_end_name(l->left_end));
		rows_text(r->rows, land_end_name(l->right_end));
		rows_real(r->rows, l->left_um, 1);
		rows_real(r->rows, l->width_um, 1);
		rows_real(r->rows, l->radius_um, 0);
		rows_real(r->rows, l->lean_deg, 2);
		rows_real(r->rows, l->coherence, 2);
		rows_real(r->rows, l->roughness_um, 2);
		rows_real(r->rows, l->quality, 0);
		status = rows_end(r->rows, e);
	}
	return status;
}

static const struct rows_column bullet_columns[] = {
	{ "a", COLUMN_TEXT }, { "b", COLUMN_TEXT }, { "same", COLUMN_TEXT }, { "compared", COLUMN_NUMBER },
	{ "phase", COLUMN_NUMBER }, { "right", COLUMN_TEXT }, { "backwards", COLUMN_TEXT },
	{ "score", COLUMN_NUMBER }, { "next", COLUMN_NUMBER }, { "margin", COLUMN_NUMBER },
	{ "odds", COLUMN_NUMBER }, { "lr", COLUMN_NUMBER }
};

/* The lands of one exhibit; which of them are left out depends on its name alone. */
struct exhibit {
	struct bullet bullet;
	const struct scan *scan[BULLET_LANDS];
	const char *name;
};

static int gather(struct run *r, struct exhibit *x, size_t *count, struct error *e)
{
	*count = 0;
	for (size_t i = 0; i < r->scans; i++) {
		const struct scan *s = &r->scan[i];
		size_t k = 0;
		int status;

		while (k < *count && strcmp(x[k].name, s->text[EXHIBIT]))
			k++;
		if (k == *count)
			x[(*count)++].name = s->text[EXHIBIT];
		x[k].scan[s->number - 1] = s;
		x[k].bullet.lands = s->lands;
		if (!s->key)
			continue;
		status = bullet_add(&x[k].bullet, s->lands, s->number, s->key, e);
		if (status)
			return status;
	}
	for (size_t k = 0; k < *count; k++) {
		int n = x[k].bullet.lands, first = (int)((k * 2654435761u >> 7) % (unsigned)n);

		for (int64_t i = 0; i < r->o.lost; i++)
			x[k].bullet.land[(first + i * (1 + (int)k % 2)) % n] = NULL;
	}
	return STATUS_DONE;
}

/* The phase that the truth gives, or -1 for two barrels. */
static int true_phase(const struct exhibit *a, const struct exhibit *b)
{
	for (int i = 0; i < a->bullet.lands; i++)
		for (int j = 0; j < b->bullet.lands; j++)
			if (a->scan[i] && b->scan[j] && same_land(a->scan[i], b->scan[j]))
				return (j - i + b->bullet.lands) % b->bullet.lands;
	return -1;
}

static int bullet_row(struct run *r, const struct exhibit *a, const struct exhibit *b, struct error *e)
{
	int right = true_phase(a, b);
	struct bullet_fit f;

	if (bullet_compare(r->bench, &a->bullet, &b->bullet, &f, e))
		return e->status;
	rows_text(r->rows, a->name);
	rows_text(r->rows, b->name);
	rows_text(r->rows, right >= 0 ? "yes" : "no");
	rows_integer(r->rows, f.compared);
	rows_integer(r->rows, f.phase);
	rows_text(r->rows, right < 0 ? NULL : right == f.phase && !f.backwards ? "yes" : "no");
	rows_text(r->rows, f.backwards ? "yes" : "no");
	rows_real(r->rows, f.score, 2);
	rows_real(r->rows, f.next, 2);
	rows_real(r->rows, f.margin, 2);
	rows_real(r->rows, f.odds, 2);
	rows_real(r->rows, f.lr, 3);
	return rows_end(r->rows, e);
}

static int all_bullets(struct run *r, struct error *e)
{
	struct exhibit *x = mem_new(r->scans, sizeof *x, e);
	size_t n = 0;
	int status = x ? gather(r, x, &n, e) : STATUS_SYSTEM;

	if (!status)
		status = rows_open(&r->rows, stdout, (enum rows_format)r->o.output, bullet_columns,
				   sizeof bullet_columns / sizeof *bullet_columns, NULL, e);
	for (size_t i = 0; !status && i < n; i++)
		for (size_t j = i + 1; !status && j < n; j++)
			status = bullet_row(r, &x[i], &x[j], e);
	free(x);
	return status;
}

static const struct rows_column phase_columns[] = {
	{ "a", COLUMN_TEXT }, { "b", COLUMN_TEXT }, { "phase", COLUMN_NUMBER }, { "backwards", COLUMN_TEXT },
	{ "right", COLUMN_TEXT }, { "score", COLUMN_NUMBER }
};

static int phase_rows(struct run *r, const struct exhibit *a, const struct exhibit *b, struct error *e)
{
	int right = true_phase(a, b), n = a->bullet.lands, status;
	struct bullet_fit f;

	status = bullet_compare(r->bench, &a->bullet, &b->bullet, &f, e);
	for (int k = 0; !status && k < 2 * n; k++) {
		rows_text(r->rows, a->name);
		rows_text(r->rows, b->name);
		rows_integer(r->rows, k % n);
		rows_text(r->rows, k < n ? "no" : "yes");
		rows_text(r->rows, k == right ? "yes" : "no");
		rows_real(r->rows, f.phases[k], 2);
		status = rows_end(r->rows, e);
	}
	return status;
}

static int all_phases(struct run *r, struct error *e)
{
	struct exhibit *x = mem_new(r->scans, sizeof *x, e);
	size_t n = 0;
	int status = x ? gather(r, x, &n, e) : STATUS_SYSTEM;

	if (!status)
		status = rows_open(&r->rows, stdout, (enum rows_format)r->o.output, phase_columns,
				   sizeof phase_columns / sizeof *phase_columns, NULL, e);
	for (size_t i = 0; !status && i < n; i++)
		for (size_t j = i + 1; !status && j < n; j++)
			if (true_phase(&x[i], &x[j]) >= 0)
				status = phase_rows(r, &x[i], &x[j], e);
	free(x);
	return status;
}

static void leave(struct run *r)
{
	for (size_t i = 0; r->scan && i < r->scans; i++) {
		for (int k = 0; k < COLUMNS; k++)
			free(r->scan[i].text[k]);
		land_free(&r->scan[i].land);
		land_key_free(r->scan[i].key);
	}
	free(r->scan);
	land_bench_free(r->bench);
	land_matcher_free(r->matcher);
}

static int work(struct run *r, struct error *e)
{
	static int (*const mode[])(struct run *, struct error *) = {
		all_pairs, all_bullets, all_scans, all_phases
	};
	const struct batch batch = { next_scan, extract, extracted, NULL };
	int status = read_list(r, e);

	if (!status)
		status = batch_run(&batch, r, (int)r->o.threads, e);
	if (!status)
		status = make_keys(r, e);
	if (!status)
		status = mode[r->o.mode](r, e);
	if (r->rows && rows_close(r->rows, status ? NULL : e) && !status)
		status = STATUS_SYSTEM;
	return status;
}

int main(int argc, char **argv)
{
	struct run r = { 0 };
	struct option_parsed parsed;
	struct error e;
	int status = option_parse(table, argc, argv, &r.o, &parsed, &e);

	if (!status && parsed.action != OPTION_RUN) {
		status = option_answer(stdout, &program, table, &parsed, &e);
	} else if (!status && parsed.operands != 1) {
		status = error_set(&e, STATUS_USAGE, "one folder is needed");
	} else if (!status) {
		r.folder = parsed.operand[0];
		status = work(&r, &e);
	}
	if (status)
		error_print(stderr, program.name, &e);
	leave(&r);
	return status;
}
