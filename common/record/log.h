/* log.h - an append-only file of CSV: a line a revision, whole or not there */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_LOG_H
#define RECORD_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "guard/folder.h"

/* The first line names the columns; the last column, "sum", is the CRC-32 of the line before its
 * last comma, in eight hexadecimal digits, so that an edited or damaged line is noticed while grep
 * and awk still work. A field never holds a newline: control characters stand as \xNN, a backslash
 * as two. The header may come again: logs that were concatenated are a log. iarms-log(5). */
struct log_shape {
	const char *file;         /* its name in the folder */
	const char *const *column; /* names, without "sum" */
	size_t columns;           /* at most LOG_COLUMNS */
};
#define LOG_COLUMNS 64
#define LOG_LINE_MAX (1 << 18)  /* bytes of a line; more is damage */

/* What was found and done on the way, for the caller to tell. */
struct log_found {
	size_t torn;       /* bytes of an unfinished end, now in FILE.torn */
};

struct log;

/* Opens it for reading, and for writing where the folder allows. A log that does not exist yet is an
 * empty one. An unfinished last line is set aside (or, without the right to write, ignored). */
int log_open(struct log **log, const struct folder *f, const struct log_shape *shape,
	     struct log_found *found, struct error *e);
void log_close(struct log *l);

/* For one writer at a time: waits at most `seconds`, then makes sure that the file is the one that has
 * the name, and whole; what was appended by others meanwhile is seen from here on. */
int log_lock(struct log *l, double seconds, struct error *e);
void log_unlock(struct log *l);

/* Looks again how far the log goes, without a lock; whole lines only. */
int log_refresh(struct log *l, struct error *e);
uint64_t log_size(const struct log *l);   /* 0: not made yet; else behind a newline */
bool log_writable(const struct log *l);

/* Which file it is: changes when the log is rewritten, copied or replaced. */
struct log_identity {
	uint64_t device, inode;
};
int log_identify(const struct log *l, struct log_identity *out, struct error *e);

/* Adds one line for `columns` fields to `to`. STATUS_INPUT: longer than LOG_LINE_MAX. */
int log_put(const struct log *l, struct buf *to, const char *const *field, struct error *e);
/* Where the sum of a line made by log_put goes, and putting it anew after a change within it. */
void log_seal(char *line, size_t size);

/* Locked: appends whole lines, and returns STATUS_DONE only when they are on the disk. Otherwise the log is as it
 * was. *offset (may be NULL): where they begin. */
int log_append(struct log *l, const struct buf *lines, uint64_t *offset, struct error *e);
/* The same of many, one behind the other. */
int log_append_all(struct log *l, const struct buf *lines, size_t count, struct error *e);
/* The same without waiting for the disk: for what the next log_append brings there too, or what can be told again
 * from what is there. */
int log_add(struct log *l, const struct buf *lines, struct error *e);

/* One line, taken apart. */
struct log_row {
	const char *field[LOG_COLUMNS];
	uint64_t offset;   /* where it begins */
	size_t size;       /* with its newline */
	const char *raw;   /* as it stands in the file, `size` bytes; NULL where it is too long */
};

/* The line that begins at offset. The row is valid until the next call on the same reader.
 * STATUS_INPUT: no whole line begins there, or its sum does not fit. */
struct log_reader;
int log_reader_open(struct log_reader **r, struct log *l, struct error *e);
void log_reader_close(struct log_reader *r);
/* For lines that are asked for in rising order: how much to read at once. */
void log_read_ahead(struct log_reader *r, size_t bytes);
int log_read(struct log_reader *r, uint64_t offset, struct log_row *row, struct error *e);

/* The same of a line in memory that log_put made (its sum is not looked at); text holds the fields. */
int log_split(const struct log *l, const char *line, size_t size, struct buf *text, struct log_row *row,
	      struct error *e);

/* All lines from an offset (of a line) to the size known now, in large blocks. STATUS_NO: the end.
 * STATUS_INPUT: a damaged line, e says why; row->offset, size and raw are set, and the next call
 * goes on behind it. Headers are counted and skipped. */
void log_scan(struct log_reader *r, uint64_t from);
int log_next(struct log_reader *r, struct log_row *row, struct error *e);
uint64_t log_headers(const struct log_reader *r);   /* met since log_scan */

/* Locked: writes the log anew with the lines that keep says (the row's fields may be NULL for a line
 * that is damaged), and the lines in `more` (may be NULL) behind them; when all is on the disk the
 * new file takes the name. dropped lines go to FILE.suffix where suffix is not NULL. */
typedef bool log_keep(void *context, const struct log_row *row, bool damaged);
int log_rewrite(struct log *l, log_keep *keep, void *context, const struct buf *more,
		const char *suffix, struct error *e);

#endif
