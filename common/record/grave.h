/* grave.h - what is left of what was deleted, and its lines taken out of the log */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_GRAVE_H
#define RECORD_GRAVE_H

#include "base/buf.h"
#include "base/set.h"
#include "record/book.h"

/* Who is deleted leaves a tombstone, a line in the log that says its name and nothing of what it was. It is in the
 * log itself, so that it goes wherever a copy of the log goes; and it stands for all other lines of its name,
 * whatever they say, so that no older copy, and none that was changed elsewhere after, brings back what had
 * to go. Such lines are returned ones: they count for nothing, and the next purge takes them out.
 * Starts as all zero but for the book, which is locked until grave_close. */
struct grave {
	struct book *book;
	struct set gone;        /* mixed names */
	struct buf stones;      /* lines */
	uint64_t asked;         /* the name that was asked about last, and the answer */
	bool answer;
};

/* The tombstone of a record that goes: a text for each column of the log. */
int grave_add(struct grave *g, const char *const *field, struct error *e);

/* Adds those that went before and have lines in the log again. take is given their tombstones; STATUS_NO: this one
 * is left as it is. */
typedef int grave_take(void *context, const char *const *field, struct error *e);
int grave_returned(struct grave *g, grave_take *take, void *context, struct error *e);

/* Writes the log anew without any line of those that were added, with their tombstones behind, and before that
 * removes what was set aside beside it, which holds parts of lines that nobody can tell from those that
 * go. Until the new log has the name everything is as it was, but for what was set aside. */
int grave_close(struct grave *g, struct error *e);
void grave_free(struct grave *g);

#endif
