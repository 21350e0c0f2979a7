/* index_parts.h - what the files of the index share among themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_INDEX_PARTS_H
#define RECORD_INDEX_PARTS_H

#include "record/index.h"
#include "record/run.h"
#include "record/store.h"

/* Lines that come one by one go into trees: heads (an id: its lines), keys and origins (a hash: ids).
 * Lines that come in thousands go into runs, three at a time, under 4 * number + which. serials and
 * wild: chunks of serials for reading through. */
enum { INDEX_COVER, INDEX_HEADS, INDEX_KEYS, INDEX_ORIGINS, INDEX_SERIALS, INDEX_WILD, INDEX_RUNS,
       INDEX_PLACES };
enum { RUN_HEADS, RUN_KEYS, RUN_ORIGINS, RUN_KINDS };

struct index {
	struct store *store;
	bool empty;           /* nothing was ever put in; no transaction is open */
	struct run *run;      /* of this transaction: RUN_KINDS of each */
	size_t runs, room;
};

#define INDEX_HEAD 40         /* bytes of a line of a record, behind its id */
#define INDEX_GONE 0x80       /* in the byte of the state */
#define INDEX_PAIR 16         /* bytes of a key and an id */
void index_put_head(const struct index_head *h, unsigned char out[INDEX_HEAD]);

/* Points at the runs that this transaction sees. */
int index_load_runs(struct index *i, struct error *e);

/* All lines of a record that are in, in no order. */
typedef void index_visit(void *context, const struct index_head *line);
int index_visit_lines(struct index *i, uint64_t id, index_visit *visit, void *context, struct error *e);
/* Which of two lines of a record is current: a tombstone before all others, so that no copy which knows
 * nothing of it brings the record back; then the higher revision; of two with the same, which only two
 * machines can have made, the later. */
bool index_supersedes(const struct index_head *new, const struct index_head *old);

uint64_t index_key(const char *text);
/* The next word with a digit in a list of parts; false at its end. */
bool index_component(const char **text, char *word, size_t room);

/* Gives the lines of a batch, which is not in yet, their places, and writes what is current. */
int index_place_current(struct index *i, struct index_batch *b, struct error *e);

/* Puts a sorted batch in as runs; counts into its cover. */
int index_place_runs(struct index *i, struct index_batch *b, struct index_cover *cover, struct error *e);
/* Counts a line that is not in yet; others: the n lines of the same record that come with it, before it. */
int index_count_line(struct index *i, const struct index_head *h, const struct index_head *const *others,
		     size_t n, struct index_cover *cover, struct error *e);

#endif
