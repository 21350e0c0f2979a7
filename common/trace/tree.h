/* tree.h - a request with those it was forwarded to: who has it, for how long, and the chain of custody */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_TREE_H
#define TRACE_TREE_H

#include "trace/chain.h"
#include "trace/traces.h"

/* One request of a tree, masked for the officer. Days are those in which each had to act; while a request is
 * forwarded, they are those of the next country. */
struct tree_node {
	struct request request;
	int depth;
	double days_sender, days_receiver;
};

/* What the officer may see of the tree that a request is in: from the topmost down, each before those it was
 * forwarded to. Starts as all zero. */
struct tree {
	struct tree_node *node;
	size_t count, room;
	struct pool pool;
};
#define TREE_MOST 1000       /* requests; and how deep */
#define TREE_DEEP 32

/* STATUS_NO: as traces_get. whole false: only the request and what is below it. */
int tree_open(struct tree *tree, struct traces *t, const char *id, bool whole, struct error *e);
void tree_close(struct tree *tree);

/* Steps of all answers in the tree, sorted, each with its source and its restrictions; texts belong to the
 * tree. *count at most CHAIN_STEPS. */
int tree_chain(struct tree *tree, struct chain_step step[CHAIN_STEPS], size_t *count, struct error *e);

/* All revisions of a request that the officer may see, the first one first, masked; valid during the call.
 * holding: of what two machines made of one revision only what holds. A damaged line is left out and counted
 * (damaged may be NULL). */
typedef int tree_revision(void *context, const struct request *q, struct error *e);
int tree_history(struct traces *t, uint64_t id, bool holding, tree_revision *take, void *context,
		 size_t *damaged, struct error *e);

#endif
