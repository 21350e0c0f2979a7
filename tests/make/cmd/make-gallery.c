/* make-gallery.c - large galleries out of few signatures, for measuring searches */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/batch.h"
#include "base/mem.h"
#include "base/option.h"
#include "make/mosaic.h"
#include "sign/frame.h"
#include "sign/pack.h"

/* Signatures that one thread makes at a time. */
#define AT_ONCE 16

struct options {
	int64_t number, seed, first, threads;
	bool slim;
};

static const struct option_line table[] = {
	{ "number", 'n', OPTION_INTEGER, offsetof(struct options, number), "N", "how many (default 1000)", 0,
	  MOSAIC_NUMBER_MOST },
	{ "first", 0, OPTION_INTEGER, offsetof(struct options, first), "N", "number of the first (default 1)", 1,
	  MOSAIC_NUMBER_MOST },
	{ "seed", 's', OPTION_INTEGER, offsetof(struct options, seed), "N", "of everything (default 1)", 0, 1e15 },
	{ "slim", 0, OPTION_FLAG, offsetof(struct options, slim), NULL,
	  "without grids: nothing but the search step says anything of them", 0, 0 },
	{ "threads", 'j', OPTION_INTEGER, offsetof(struct options, threads), "N",
	  "threads (default 0: one a processor); the gallery does not depend on it", 0, 1024 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

static const struct option_program program = {
	"make-gallery", VERSION, "[option...] < base.sig > gallery.sig",
	"Makes large galleries for measuring, out of the breech faces (topographies) among some signatures: each is put\n"
	"together from parts of three of them."
};

struct run {
	struct mosaic bases;
	struct options o;
	int64_t asked;
	struct frame_writer out;
	struct error *e;
};

struct job {
	int64_t first;
	int count, status;
	struct buf frame[AT_ONCE];
	struct error e;
};

static int fail(const struct error *e)
{
	error_print(stderr, program.name, e);
	return e->status;
}

static int read_bases(struct mosaic *m, struct error *e)
{
	struct frame_reader r;
	int status;

	frame_reader_start(&r, stdin);
	while (!(status = frame_next(&r, e))) {
		struct signature s;

		status = unpack_signature(&r.body, 1, &s, e);
		if (!status)
			status = mosaic_add(m, &s, e);
		signature_free(&s);
		if (status && status != STATUS_NO)
			break;
	}
	frame_reader_free(&r);
	if (status == STATUS_NO && m->count < MOSAIC_PARTS)
		return error_set(e, STATUS_INPUT, "fewer than %d breech faces to start from", MOSAIC_PARTS);
	return status == STATUS_NO ? STATUS_DONE : status;
}

static void *next_job(void *context)
{
	struct run *r = context;
	struct job *j;

	if (r->asked == r->o.number)
		return NULL;
	j = mem_new(1, sizeof *j, r->e);
	if (!j)
		return NULL;   /* noticed by the number that were asked for */
	j->first = r->o.first + r->asked;
	j->count = r->o.number - r->asked < AT_ONCE ? (int)(r->o.number - r->asked) : AT_ONCE;
	r->asked += j->count;
	return j;
}

static void make_some(void *context, void *job)
{
	const struct run *r = context;
	struct job *j = job;

	for (int i = 0; !j->status && i < j->count; i++)
		j->status = mosaic_make(&r->bases, (uint64_t)r->o.seed, (int)(j->first + i), &j->frame[i], &j->e);
}

static void drop(void *context, void *job)
{
	struct job *j = job;

	(void)context;
	for (int i = 0; i < AT_ONCE; i++)
		buf_free(&j->frame[i]);
	free(j);
}

static int write_some(void *context, void *job)
{
	struct run *r = context;
	struct job *j = job;
	int status = j->status;

	if (status)
		*r->e = j->e;
	for (int i = 0; !status && i < j->count; i++)
		status = frame_write(&r->out, &j->frame[i], r->e);
	drop(context, job);
	return status;
}

int main(int argc, char **argv)
{
	static const struct batch batch = { next_job, make_some, write_some, drop };
	struct error e;
	struct run r = { .o = { .number = 1000, .seed = 1, .first = 1 }, .e = &e };
	struct option_parsed parsed;
	int status = option_parse(table, argc, argv, &r.o, &parsed, &e);

	if (!status && parsed.action != OPTION_RUN)
		return option_answer(stdout, &program, table, &parsed, &e) ? fail(&e) : STATUS_DONE;
	if (!status && parsed.operands)
		status = error_set(&e, STATUS_USAGE, "'%s': signatures are read from standard input", parsed.operand[0]);
	if (!status && r.o.number > MOSAIC_NUMBER_MOST - r.o.first + 1)
		status = error_set(&e, STATUS_USAGE, "numbers go up to %d", MOSAIC_NUMBER_MOST);
	r.bases.slim = r.o.slim;
	if (!status)
		status = read_bases(&r.bases, &e);
	frame_writer_start(&r.out, stdout);
	if (!status)
		status = batch_run(&batch, &r, (int)r.o.threads, &e);
	if (!status && r.asked < r.o.number)
		status = e.status;
	if (!status)
		status = frame_finish(&r.out, &e);
	mosaic_free(&r.bases);
	return status ? fail(&e) : STATUS_DONE;
}
