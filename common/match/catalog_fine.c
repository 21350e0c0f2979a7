/* catalog_fine.c - the fine codes of a piece of the index in the making */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/catalog_fine.h"

#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/bytes.h"
#include "base/mem.h"
#include "base/sum.h"
#include "match/ready.h"
#include "sign/impression.h"

/* One that waits. */
struct catalog_fine_job {
	struct buf body;
	size_t record;           /* its number in the piece */
	struct fine_code code;
	int status;
	struct error e;
};

/* Its number among the piece's. */
static int append(struct catalog_fine *f, const struct fine_code *code, uint32_t *number, struct error *e)
{
	unsigned char b[sizeof *code];

	*number = (uint32_t)(f->codes->size / sizeof b);
	bytes_put_words(b, code->bit, FINE_WORDS);
	bytes_put_words(b + sizeof b / 2, code->on, FINE_WORDS);
	return buf_add(f->codes, b, sizeof b, e);
}

static void free_job(struct catalog_fine_job *j)
{
	buf_free(&j->body);
	free(j);
}

static void *next_job(void *context)
{
	struct catalog_fine *f = context;

	return f->next < f->jobs ? f->job[f->next++] : NULL;
}

static void make_code(void *context, void *job)
{
	struct catalog_fine_job *j = job;

	(void)context;
	j->status = ready_fine_code(NULL, &j->body, &j->code, &j->e);
}

/* One whose grids make no sense has no code: whoever compares it says why. */
static int take_code(void *context, void *job)
{
	struct catalog_fine *f = context;
	struct catalog_fine_job *j = job;
	unsigned char *at = f->records->data + j->record * CATALOG_RECORD;
	struct catalog_record r;

	if (j->status == STATUS_SYSTEM)
		*f->e = j->e;
	if (j->status)
		return j->status == STATUS_SYSTEM ? STATUS_SYSTEM : STATUS_DONE;
	catalog_get_record(at, &r);
	if (append(f, &j->code, &r.own, f->e))
		return STATUS_SYSTEM;
	catalog_put_record(&r, at);
	return STATUS_DONE;
}

static int make_waiting(struct catalog_fine *f, struct error *e)
{
	static const struct batch steps = { next_job, make_code, take_code, NULL };
	int status = STATUS_DONE;

	f->e = e;
	f->next = 0;
	if (f->jobs)
		status = batch_run(&steps, f, f->threads, e);
	for (size_t k = 0; k < f->jobs; k++)
		free_job(f->job[k]);
	f->jobs = 0;
	f->bytes = 0;
	return status;
}

int catalog_fine_add(struct catalog_fine *f, const struct signature *s, const struct buf *body,
		     struct catalog_record *r, struct error *e)
{
	struct catalog_fine_job *j;
	int status;

	if (s->fine)
		return append(f, s->fine, &r->own, e);
	if (!impression_has_fine(s->mark) || !s->layer[LAYER_RELIEF])
		return STATUS_DONE;
	if (f->jobs == CATALOG_FINE_WAIT || f->bytes >= CATALOG_FINE_WAIT_BYTES) {
		status = make_waiting(f, e);
		if (status)
			return status;
	}
	j = mem_new(1, sizeof *j, e);
	if (!j)
		return STATUS_SYSTEM;
	f->job[f->jobs++] = j;
	f->bytes += body->size;
	j->record = f->records->size / CATALOG_RECORD;
	return buf_add(&j->body, body->data, body->size, e);
}

int catalog_fine_finish(struct catalog_fine *f, struct error *e)
{
	int status = make_waiting(f, e);
	size_t codes = f->codes->size / sizeof(struct fine_code);

	if (!status)
		status = buf_reserve(f->codes, 8 * codes, e);
	for (size_t k = 0; !status && k < codes; k++) {
		const unsigned char *code = f->codes->data + k * sizeof(struct fine_code);

		bytes_put64(f->codes->data + f->codes->size, sum_wide64(code, sizeof(struct fine_code)));
		f->codes->size += 8;
	}
	return status;
}

void catalog_fine_free(struct catalog_fine *f)
{
	for (size_t k = 0; k < f->jobs; k++)
		free_job(f->job[k]);
	memset(f, 0, sizeof *f);
}
