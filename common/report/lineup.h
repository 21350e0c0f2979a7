/* lineup.h - pages of candidates: all that were drawn, and one an examiner fills in */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_LINEUP_H
#define REPORT_LINEUP_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

enum lineup_kind { LINEUP_IMPRESSIONS, LINEUP_LANDS, LINEUP_BULLETS, LINEUP_KINDS };

struct lineup_picture {
	struct buf jpeg;               /* empty: there is none */
	int width, height;             /* px */
};

/* A pair, as words. Everything stays the caller's. */
#define LINEUP_LINES 8
struct lineup_pair {
	enum lineup_kind kind;
	const char *probe, *candidate, *mark;
	const char *rank, *score, *lr, *agreement, *pose;   /* as they are to be printed; "" where not known */
	const char *file;              /* the picture beside the page */
	const char *words;             /* what the picture shows, for those who do not see it */
	const char *line[LINEUP_LINES];
	struct lineup_picture picture, small;
	struct lineup_picture alone;   /* the probe; empty where it is not to be shown */
};

struct lineup {
	const struct lineup_pair *const *pair;
	size_t pairs;
	const char *made;              /* "by ibin-view 0.1.0 on 2026-01-01T00:00:00Z" */
};

/* The index of all pairs, in their order: a table, then each picture. */
int lineup_index(const struct lineup *l, struct buf *out, struct error *e);

/* The page for the probe of pair[0], which all pairs share: the probe, its candidates, the figures in words, and
 * room for the conclusion on each candidate and for the names of two examiners. */
int lineup_examiner(const struct lineup *l, struct buf *out, struct error *e);

#endif
