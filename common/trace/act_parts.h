/* act_parts.h - what the files of moves share among themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_ACT_PARTS_H
#define TRACE_ACT_PARTS_H

#include "trace/act.h"
#include "trace/tell.h"

/* Is a field there, and not empty? */
bool act_given(const struct act *a, enum trace_place place);

/* One move under way. */
struct moving {
	struct traces *t;
	struct form *form;
	const struct act *act;
	struct request q, child;
	bool has_child;
	enum trace_party party;
	enum trace_state from, to;
	char actor[4];
	int64_t revision;
	struct submission s;      /* looks records up */
	struct pool pool;
	struct book_line line[2];
};

/* Locked: reads the request (a name as id_make writes it), and makes the next revision of it, in m->q, if the table
 * of moves has one for this officer. */
int act_prepare(struct moving *m, const char *name, struct error *e);

#endif
