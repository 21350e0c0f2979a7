/* progress.h - a line that says how far a long run has come */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_PROGRESS_H
#define FILE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum progress_mode { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };
#define PROGRESS_MODES "auto|always|never"   /* for OPTION_CHOICE */

/* Owned by the caller; nothing to free. Only one thread may use it. */
struct progress {
	FILE *out;          /* NULL: silent */
	const char *what;   /* "files", "pairs" */
	int64_t done, total;  /* total 0: not known */
	double started, shown;
	int width;
	bool stay;          /* the last figures are left standing */
};

/* auto: only when out is a terminal. The first line comes after one second. what must outlive it. */
void progress_start(struct progress *p, FILE *out, enum progress_mode mode, const char *what,
		    int64_t total);
void progress_step(struct progress *p, int64_t more);
/* Clears the line; with "always" writes the last figures and leaves them standing. */
void progress_end(struct progress *p);

#endif
