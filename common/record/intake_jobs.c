/* intake_jobs.c - a table from elsewhere, in runs of rows that threads take apart */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/intake_jobs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BLOCK (256 << 10)       /* bytes of a job */

const struct intake_row *intake_job_row(const struct intake_job *j, size_t i)
{
	return (const struct intake_row *)(void *)j->block.rows.data + i;
}

void intake_job_free(struct intake_job *j)
{
	if (j)
		intake_free(&j->block);
	free(j);
}

static struct intake_job *read_job(struct intake_jobs *s, int *status)
{
	struct intake_job *j = mem_new(1, s->size, s->error);

	*status = j ? intake_next(s->intake, BLOCK, &j->block, s->error) : STATUS_SYSTEM;
	if (*status) {
		intake_job_free(j);
		return NULL;
	}
	j->number = s->given;
	s->given += intake_rows(&j->block);
	return j;
}

int intake_jobs_open(struct intake_jobs *s, FILE *in, const struct intake_form *form, size_t size, uint64_t given,
		     struct error *e)
{
	int status;

	memset(s, 0, sizeof *s);
	s->form = *form;
	s->size = size;
	s->given = given;
	s->error = e;
	status = intake_open(&s->intake, in, &s->form, e);
	if (!status)
		s->sample = read_job(s, &status);
	return status;
}

void *intake_jobs_next(struct intake_jobs *s)
{
	struct intake_job *j = s->sample;
	int status;

	s->sample = NULL;
	if (j)
		return j;
	j = read_job(s, &status);
	s->read_failed = status == STATUS_SYSTEM;
	return j;
}

void intake_jobs_close(struct intake_jobs *s)
{
	intake_job_free(s->sample);
	intake_close(s->intake);
	s->sample = NULL;
	s->intake = NULL;
}
