/* intake_jobs.h - a table from elsewhere, in runs of rows that threads take apart */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_INTAKE_JOBS_H
#define RECORD_INTAKE_JOBS_H

#include <stdint.h>

#include "record/intake.h"

/* A run of rows: the first member of what a batch passes on. */
struct intake_job {
	struct intake_block block;
	size_t first;          /* row of the block: 1 where the header is in it */
	uint64_t number;       /* of the first row among all */
};
const struct intake_row *intake_job_row(const struct intake_job *j, size_t i);

/* in stays the caller's. size: bytes of a job, which are zero but for the first member. */
struct intake_jobs {
	struct intake *intake;
	struct intake_form form;
	size_t size;
	uint64_t given;               /* numbers given to rows so far */
	struct intake_job *sample;    /* the first, with the header, not yet given out */
	bool read_failed;             /* looks like the end to a batch */
	struct error *error;          /* of reading */
};

/* Reads the first run of rows into sample. STATUS_NO: there is none. */
int intake_jobs_open(struct intake_jobs *s, FILE *in, const struct intake_form *form, size_t size, uint64_t given,
		     struct error *e);
/* The next one, for batch->next; NULL: no more, or read_failed. */
void *intake_jobs_next(struct intake_jobs *s);
/* What is of the source, and not what the rest of the job holds. */
void intake_job_free(struct intake_job *j);
void intake_jobs_close(struct intake_jobs *s);

#endif
