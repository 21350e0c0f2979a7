/* watch.h - what is said while a book is opened: how far it was read, and what was found */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_WATCH_H
#define RECORD_WATCH_H

#include "file/progress.h"
#include "record/book.h"

struct watch {
	FILE *err;
	const char *program;
	enum progress_mode mode;
	struct progress line;
	bool running;
	uint64_t done;
};

/* A book_progress; context is the watch. */
book_progress watch_indexing;
/* Takes the line away, once the book is open or cannot be. */
void watch_end(struct watch *w);

/* An unfinished end that was set aside, damaged lines, logs that were put together, an index that cannot be
 * used. */
void watch_found(const struct watch *w, const struct book *b);

#endif
