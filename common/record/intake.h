/* intake.h - tables from elsewhere: any delimiter, any encoding, damaged rows passed over */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_INTAKE_H
#define RECORD_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/pool.h"

enum intake_encoding { INTAKE_AUTO, INTAKE_UTF8, INTAKE_WINDOWS, INTAKE_UTF16LE, INTAKE_UTF16BE };
#define INTAKE_ENCODINGS "auto|utf-8|windows-1252|utf-16le|utf-16be"

/* How the file is read: given, or recognised from its first 256 KiB. Latin-1 is read as windows-1252,
 * which has the same letters. In UTF-8 a field that is not UTF-8 is read as windows-1252, and one that
 * was encoded twice is put right, each by itself: files are mixed as often as not. */
struct intake_form {
	enum intake_encoding encoding;
	char delimiter;          /* 0: recognised */
	bool mark;               /* it began with a byte order mark */
	bool returns;            /* lines end with CR alone */
};

struct intake;
/* in stays the caller's. STATUS_INPUT: what looks like no text at all. */
int intake_open(struct intake **s, FILE *in, struct intake_form *form, struct error *e);
void intake_close(struct intake *s);

/* A run of rows, to be taken apart by any thread. A row ends at a line's end outside quotes (RFC 4180).
 * One whose quote is out of place, or is not closed within INTAKE_ROW_MAX bytes, or that is longer, is bad: it
 * ends with its line (of which INTAKE_ROW_MAX bytes are kept), and reading goes on behind it. Empty lines are
 * no rows. */
#define INTAKE_ROW_MAX 65536
struct intake_row {
	size_t offset, length;   /* in text; without the line's end */
	size_t line;             /* where it begins, from 1 */
	const char *bad;         /* why it cannot be taken apart; NULL */
};
struct intake_block {
	struct buf text;
	struct buf rows;         /* struct intake_row */
	size_t bytes;            /* of the file, for progress */
};
size_t intake_rows(const struct intake_block *b);

/* The next rows, about `bytes` of them. STATUS_NO: the end. The block is the caller's. */
int intake_next(struct intake *s, size_t bytes, struct intake_block *b, struct error *e);
void intake_free(struct intake_block *b);

/* What was put right, counted in fields. */
struct intake_mended {
	size_t windows, twice;
};

/* Takes a row apart: *field points to `*fields` texts in pool, UTF-8, each ending with a zero.
 * STATUS_INPUT: a bad row, or a NUL in it; e says why. */
int intake_split(const struct intake_form *form, const struct intake_block *b, const struct intake_row *row,
		struct pool *pool, const char ***field, size_t *fields, struct intake_mended *mended,
		struct error *e);

#endif
