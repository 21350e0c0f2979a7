/* chain.h - the chain of custody of a firearm: who had it, from when on, by what paper */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_CHAIN_H
#define TRACE_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/pool.h"

/* As a text: steps with "; " between, each "date|from|to|event|document", what is not known empty. */
struct chain_step {
	const char *date, *from, *to, *event, *document;
	const char *source;        /* the request whose answer says so */
	const char *restrictions;  /* on the use of that answer */
};
#define CHAIN_STEPS 200

/* Steps of a text, at most CHAIN_STEPS in all; their texts in pool. count is added to. A part too many is
 * STATUS_INPUT. */
int chain_read(const char *text, struct chain_step *step, size_t *count, struct pool *pool, struct error *e);
/* A step as it was typed, checked and added to a text; what is wrong goes to problems. made_year may be "". */
int chain_add(struct buf *chain, const char *typed, int64_t today, const char *made_year, struct buf *problems,
	      struct error *e);
int chain_put(struct buf *chain, const struct chain_step *step, struct error *e);

/* The same but for who says so. */
bool chain_same(const struct chain_step *a, const struct chain_step *b);

/* By date (those without stay behind the one that they were given after), the same step only once; the
 * restrictions of both remain. Returns how many are left. */
size_t chain_sort(struct chain_step *step, size_t count);

/* Is there a hole before this step: was the firearm last with somebody else, or is that not known? A chain with
 * holes is better than none, so they are marked and not refused. */
bool chain_hole(const struct chain_step *before, const struct chain_step *step);

#endif
