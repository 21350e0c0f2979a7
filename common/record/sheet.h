/* sheet.h - tables from elsewhere: any delimiter, any encoding, damaged rows passed over */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_SHEET_H
#define RECORD_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/pool.h"

enum sheet_encoding { SHEET_AUTO, SHEET_UTF8, SHEET_WINDOWS, SHEET_UTF16LE, SHEET_UTF16BE };
#define SHEET_ENCODINGS "auto|utf-8|windows-1252|utf-16le|utf-16be"

/* How the file is read: given, or recognised from its first 256 KiB. Latin-1 is read as windows-1252,
 * which has the same letters. In UTF-8 a field that is not UTF-8 is read as windows-1252, and one that
 * was encoded twice is put right, each by itself: files are mixed as often as not. */
struct sheet_form {
	enum sheet_encoding encoding;
	char delimiter;          /* 0: recognised */
	bool mark;               /* it began with a byte order mark */
	bool returns;            /* lines end with CR alone */
};

struct sheet;
/* in stays the caller's. STATUS_INPUT: what looks like no text at all. */
int sheet_open(struct sheet **s, FILE *in, struct sheet_form *form, struct error *e);
void sheet_close(struct sheet *s);

/* A run of rows, to be taken apart by any thread. A row ends at a line's end outside quotes (RFC 4180).
 * One whose quote is out of place, or is not closed within SHEET_ROW_MAX bytes, is bad: it ends with its
 * line, and reading goes on behind it. Empty lines are no rows. */
#define SHEET_ROW_MAX 65536
struct sheet_row {
	size_t offset, length;   /* in text; without the line's end */
	size_t line;             /* where it begins, from 1 */
	const char *bad;         /* why it cannot be taken apart; NULL */
};
struct sheet_block {
	struct buf text;
	struct buf rows;         /* struct sheet_row */
	size_t bytes;            /* of the file, for progress */
};
size_t sheet_rows(const struct sheet_block *b);

/* The next rows, about `bytes` of them. STATUS_NO: the end. The block is the caller's. */
int sheet_next(struct sheet *s, size_t bytes, struct sheet_block *b, struct error *e);
void sheet_free(struct sheet_block *b);

/* What was put right, counted in fields. */
struct sheet_mended {
	size_t windows, twice;
};

/* Takes a row apart: *field points to `*fields` texts in pool, UTF-8, each ending with a zero.
 * STATUS_INPUT: a bad row, or a NUL in it; e says why. */
int sheet_split(const struct sheet_form *form, const struct sheet_block *b, const struct sheet_row *row,
		struct pool *pool, const char ***field, size_t *fields, struct sheet_mended *mended,
		struct error *e);

#endif
