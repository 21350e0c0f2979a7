/* probe.c - a small program that uses all of common/base and common/file, for the fault tests */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* usage: fault-probe [-j N] [-o FORMAT] CSV COPY [NAME...]
 * Prints the rows of CSV and the sizes of the named files (or of those named on standard input), and
 * replaces COPY by what it printed last time plus one line. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/batch.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/sum.h"
#include "file/csv.h"
#include "file/data.h"
#include "file/lock.h"
#include "file/names.h"
#include "file/output.h"
#include "file/progress.h"
#include "file/replace.h"
#include "file/rows.h"

struct options {
	int64_t threads;
	int format;
	struct option_list where;
};

static const struct option_line table[] = {
	{ "threads", 'j', OPTION_INTEGER, offsetof(struct options, threads), "N", "threads", 0, 64 },
	{ "output", 'o', OPTION_CHOICE, offsetof(struct options, format), ROWS_FORMATS, "rows as", 0, 0 },
	{ "where", 'w', OPTION_LIST, offsetof(struct options, where), "WORD", "ignored", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 },
};

static int print_rows(const char *path, struct rows *out, struct error *e)
{
	FILE *in = fopen(path, "r");
	struct csv_reader *r;
	struct csv_row row;
	int status = STATUS_SYSTEM;

	if (!in)
		return error_system(e, "cannot open");
	r = csv_open(in, ',', e);
	if (r) {
		while ((status = csv_next(r, &row, e)) == STATUS_DONE) {
			rows_text(out, row.fields > 0 ? row.field[0] : NULL);
			rows_integer(out, (int64_t)row.line);
			rows_real(out, (double)row.fields, 1);
			if (rows_end(out, e)) {
				status = STATUS_SYSTEM;
				break;
			}
		}
		csv_close(r);
	}
	fclose(in);
	return status == STATUS_NO ? STATUS_DONE : status;
}

struct job {
	char *name;
	struct data data;
	uint32_t sum;
	int status;
	struct error e;
};

struct work {
	struct names names;
	struct rows *rows;
	struct progress progress;
	struct error *e;
	int status;
};

static void free_job(void *context, void *job)
{
	struct job *j = job;

	(void)context;
	data_free(&j->data);
	free(j->name);
	free(j);
}

static void *next(void *context)
{
	struct work *w = context;
	const char *name;
	struct job *j;
	int status = names_next(&w->names, &name, w->e);

	if (status) {
		w->status = status == STATUS_NO ? STATUS_DONE : status;
		return NULL;
	}
	j = mem_new(1, sizeof *j, w->e);
	if (j && (j->name = mem_text(name, w->e)))
		return j;
	free(j);
	w->status = STATUS_SYSTEM;
	return NULL;
}

static void work(void *context, void *job)
{
	struct job *j = job;

	(void)context;
	j->status = data_read(j->name, 1 << 20, &j->data, &j->e);
	if (!j->status)
		j->sum = sum_crc32(0, j->data.bytes, j->data.size);
}

static int done(void *context, void *job)
{
	struct work *w = context;
	struct job *j = job;
	int status = j->status;

	if (status) {
		*w->e = j->e;
		error_within(w->e, j->name);
	} else {
		rows_text(w->rows, j->name);
		rows_integer(w->rows, (int64_t)j->data.size);
		rows_real(w->rows, (double)j->sum, 0);
		status = rows_end(w->rows, w->e);
	}
	progress_step(&w->progress, 1);
	free_job(NULL, job);
	return status;
}

static int print_sizes(char **name, int names, int threads, struct rows *out, struct error *e)
{
	static const struct batch batch = { next, work, done, free_job };
	struct work w = { .rows = out, .e = e };
	int status;

	names_open(&w.names, name, names, stdin, false);
	progress_start(&w.progress, stderr, PROGRESS_NEVER, "files", 0);
	status = batch_run(&batch, &w, threads, e);
	progress_end(&w.progress);
	names_close(&w.names);
	return status ? status : w.status;
}

/* Under a lock, for it is read before it is written. */
static int add_line(const char *path, struct error *e)
{
	struct buf lock = { 0 };
	struct data old = { 0 };
	struct replace r;
	int fd = -1, status = STATUS_SYSTEM;

	if (buf_format(&lock, e, "%s.lock", path) || !buf_string(&lock, e))
		goto out;
	fd = open((char *)lock.data, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0) {
		error_system(e, "%s: cannot open", (char *)lock.data);
		goto out;
	}
	status = lock_take(fd, LOCK_EXCLUSIVE, 1, e);
	if (!status)
		status = data_read(path, 1 << 20, &old, e);
	if (!status)
		status = replace_begin(&r, path, e);
	if (status)
		goto out;
	fwrite(old.bytes, 1, old.size, r.out);
	fputs("one line more\n", r.out);
	status = replace_commit(&r, e);
out:
	if (fd >= 0)
		close(fd);
	data_free(&old);
	buf_free(&lock);
	return status;
}

static int run(const struct options *o, const struct option_parsed *p, struct error *e)
{
	static const struct rows_column columns[] = {
		{ "name", COLUMN_TEXT }, { "size", COLUMN_NUMBER }, { "sum", COLUMN_NUMBER },
	};
	struct error later;
	struct rows *rows;
	int status;

	if (p->operands < 2)
		return error_set(e, STATUS_USAGE, "a CSV file and a copy are needed");
	status = rows_open(&rows, stdout, (enum rows_format)o->format, columns, 3, NULL, e);
	if (!status)
		status = print_rows(p->operand[0], rows, e);
	if (!status)
		status = print_sizes(p->operand + 2, p->operands - 2, (int)o->threads, rows, e);
	if (rows_close(rows, status ? &later : e) && !status)
		status = STATUS_SYSTEM;
	return status ? status : add_line(p->operand[1], e);
}

int main(int argc, char **argv)
{
	struct options o = { .threads = 1 };
	struct option_parsed parsed;
	struct error e = { 0 }, closing;
	int64_t now;
	int status = output_guard(&e);

	if (!status)
		status = option_parse(table, argc, argv, &o, &parsed, &e);
	if (!status)
		status = clock_now(&now, &e);
	if (!status)
		status = run(&o, &parsed, &e);
	option_free(table, &o);
	if (status)
		error_print(stderr, "fault-probe", &e);
	if (output_close(stdout, &closing) && !status) {
		error_print(stderr, "fault-probe", &closing);
		status = STATUS_SYSTEM;
	}
	return status;
}
