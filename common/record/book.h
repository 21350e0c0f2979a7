/* book.h - all records: the log, its index, and what the acting officer may see of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_BOOK_H
#define RECORD_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/set.h"
#include "guard/guard.h"
#include "record/form.h"
#include "record/id.h"
#include "record/index.h"
#include "record/log.h"

#define BOOK_FILE "records.csv"
#define BOOK_INDEX "records.index"
#define BOOK_WAIT_S 120         /* for another writer */

/* Bytes of the log that were read to bring the index up to date. */
typedef void book_progress(void *context, uint64_t done, uint64_t total);

/* What a book is of: firearm records, or what else has names, revisions and a firearm. The first column
 * of its log is the name, which begins with the country whose it is. */
struct book_kind {
	const struct log_shape *shape;
	const char *index;          /* its file */
	bool places;                /* index_places is asked of it */
	/* What the index must know of a line, but for where the line is (out is all zero). STATUS_INPUT: its
	 * words make no sense. */
	int (*line)(const char *const *field, struct index_batch_line *out, struct error *e);
	/* What cannot be in a line, in words; NULL: nothing. And may it follow one with the revision before? */
	const char *(*wrong)(const char *const *field);
	bool (*follows)(const char *const *before, const char *const *field);
	/* The line as a record: its firearm, and who may see it. Points to what field points to. */
	void (*record)(const char *const *field, struct record *r);
};
extern const struct book_kind book_records;

struct book {
	const struct book_kind *kind;
	struct guard *guard;
	struct log *log;
	struct log_reader *reader;  /* of single lines */
	struct index *index;
	struct index_cover cover;   /* what the index covers, which is the whole log */
	struct log_found found;
	int64_t now, today;         /* seconds, days since 1970 */
	int year;
	char now_text[CLOCK_TEXT];
	book_progress *progress;
	void *progress_context;
	uint64_t seed, drawn;       /* of numbers for names; how many so far */
	struct set names;           /* given by book_new_id since the lock was taken */
	struct error without;       /* why the index on the disk cannot be used, where it was tried */
	bool merged;                /* logs put one behind the other were met for the first time */
	bool looking, locked, discarded;
};

/* Opens the log and its index, and brings the index up to date, or makes it anew. */
int book_open(struct book *b, struct guard *guard, book_progress *progress, void *context, struct error *e);
int book_open_kind(struct book *b, const struct book_kind *kind, struct guard *guard, book_progress *progress,
		   void *context, struct error *e);
void book_close(struct book *b);
/* Why every run has to make an index of its own; NULL where it does not, or where the folder is only to be
 * read. */
const char *book_without_index(const struct book *b);

/* Looks again, for what others have added. */
int book_refresh(struct book *b, struct error *e);

/* For one writer at a time; what was read before may have changed. */
int book_lock(struct book *b, struct error *e);
void book_unlock(struct book *b);

/* May the acting officer know of it? Nothing else may be done with a record before this was asked. */
bool book_sees(const struct book *b, const struct record *r);
struct subject book_subject(const struct record *r);

/* The current line of a record. The record points into the book until the next line is read.
 * STATUS_NO ("no record X"): there is none, or the officer may not see it. STATUS_INPUT: its line
 * is damaged. */
int book_get(struct book *b, const char *id, struct record *r, struct index_head *head, struct error *e);
/* The same without a word where there is none or it may not be seen: STATUS_NO and nothing in e. */
int book_get_packed(struct book *b, uint64_t id, struct record *r, struct index_head *head, struct error *e);
/* Is there one that he may see? His own country's are known from the index alone. STATUS_NO without a word. */
int book_has(struct book *b, uint64_t id, struct error *e);
/* The line at an offset, whoever asks; and the same with all its columns. */
int book_read(struct book *b, uint64_t offset, struct record *r, struct error *e);
int book_read_row(struct book *b, uint64_t offset, struct log_row *row, struct error *e);

/* A name that no record has, for a country. Locked. */
int book_new_id(struct book *b, const char *owner, char out[ID_TEXT], struct error *e);
/* The n-th name (below 2^63) that is drawn for this run, which a record may have already. */
void book_draw_id(const struct book *b, const char *owner, uint64_t n, char out[ID_TEXT]);

/* Appends a line for each record, as it is. Locked. When this returns STATUS_DONE they are on the disk;
 * otherwise none is. The index follows, and if it cannot it is left behind. */
int book_append(struct book *b, const struct record *r, size_t count, struct error *e);

/* The same in two steps, the first of which threads may do without a lock. A line and what the index
 * must know of it, in pool. STATUS_INPUT: it cannot be one. */
struct book_line {
	struct index_batch_line entry;
	char *text;
	size_t size;
};
int book_line_make(const struct book *b, const struct record *r, struct pool *pool, struct book_line *out,
		   struct error *e);
/* Of any kind: a field for each column of its log. */
int book_line_put(const struct book *b, const char *const *field, struct pool *pool, struct book_line *out,
		  struct error *e);
/* Changes its origin, before it is appended. */
void book_line_origin(struct book_line *line, uint64_t origin);
/* Locked. named: they are new, with names from book_draw_id; one that is taken is replaced. */
int book_append_lines(struct book *b, struct book_line *line, size_t count, bool named, struct error *e);
/* The replacing alone, where the names are needed before: then they are free. Locked. *renamed: how many were
 * replaced. */
int book_name_lines(struct book *b, struct book_line *line, size_t count, size_t *renamed, struct error *e);

/* Fills id, revision, at, by, event of a new record, which must be clean and complete, and review from
 * the rules of retention (months). Texts go into pool. Locked. */
struct retention;
int book_enter(struct book *b, struct record *r, const char *event, const char *status,
	       const struct retention *rules, struct pool *pool, struct error *e);
/* The next revision of a record that was read: copies its texts into pool, and sets the same. A draft that does not
 * become active is shared with nobody from then on. */
int book_revise(struct book *b, struct record *r, const char *event, const char *status,
		const struct retention *rules, struct pool *pool, struct error *e);

/* What the index must know of a line. STATUS_INPUT: its name, revision or time cannot be read. */
int book_index_row(const struct book_kind *kind, const struct log_row *row, struct index_batch_line *out,
		   struct error *e);
/* The part that all kinds have: name, revision, time. */
int book_index_head(const char *id, const char *revision, const char *at, struct index_head *out,
		    struct error *e);

/* The sixteen hexadecimal digits of origin, and what they stand for; 0 for none. */
#define BOOK_ORIGIN 17
void book_origin_text(uint64_t origin, char out[BOOK_ORIGIN]);
uint64_t book_origin(const char *text);

#endif
