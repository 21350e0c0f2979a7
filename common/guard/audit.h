/* audit.h - the trail: what was asked and done, by whom; each line holds the hash of the one before */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_AUDIT_H
#define GUARD_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "guard/folder.h"

#define AUDIT_FILE "audit.csv"
#define AUDIT_HEAD "audit.head"
#define AUDIT_TEXT_MAX 32768   /* bytes of one text: longer ones are refused, never cut */

/* Texts may hold any byte; control characters are written as \xNN, so that a line is a line. */
struct audit_entry {
	int64_t at;              /* seconds since 1970 */
	const char *officer, *country, *agency, *via, *purpose;
	const char *action;      /* "search", "add", "grant" */
	const char *what;        /* what was asked, as it was asked */
	int64_t of;              /* the line that began what this one ends; 0: none */
	int64_t count;           /* how many came back or were written; -1: not known (yet) */
	const char *outcome;     /* "begun", "done", "no", "refused", ... */
};

/* Appends a line under a lock; *n (may be NULL) is its number. With flush the line is on the disk
 * when STATUS_DONE is returned, without it in the system's cache: it then survives the death of the
 * process but not that of the machine. After anything but STATUS_DONE the action must not happen. */
int audit_write(const struct folder *f, const struct audit_entry *entry, bool flush, int64_t *n,
		struct error *e);

#define AUDIT_HASH 65            /* 64 hexadecimal digits and a zero: BLAKE2b-256, as b2sum -l 256 prints */
void audit_hash(const void *line, size_t size, char out[AUDIT_HASH]);

/* What AUDIT_HEAD remembers of the trail's end. */
struct audit_head {
	int64_t lines;           /* number of the last line; 0: no line yet */
	int64_t size;            /* of the trail, bytes */
	int64_t flushed;         /* the last line that is known to be on the disk */
	char hash[AUDIT_HASH];   /* of the last line */
	char boot[40];           /* which start of the machine wrote it */
};

/* STATUS_NO: there is none, or it cannot be understood. */
int audit_read_head(const struct folder *f, struct audit_head *out, struct error *e);

/* The lines one by one, as far as the trail went when it was opened. Each text is as it stands in the
 * file, with \\xNN for control characters; all point into the reader until the next call. */
struct audit_line {
	int64_t n, of, count;    /* of 0 and count -1 where they are empty */
	int64_t at;
	const char *time, *officer, *country, *agency, *via, *purpose, *action, *what, *outcome, *before;
	char hash[AUDIT_HASH];   /* of this line */
	int64_t offset;          /* behind its newline */
	size_t line;             /* in the file, from 1 */
};
struct audit_reader;
int audit_reader_open(struct audit_reader **r, const struct folder *f, struct error *e);
/* STATUS_NO at the end; STATUS_INPUT: no line of a trail, and the next call goes on behind it. */
int audit_next(struct audit_reader *r, struct audit_line *out, struct error *e);
int64_t audit_torn(const struct audit_reader *r);   /* at the end: bytes behind the last newline */
void audit_reader_close(struct audit_reader *r);

/* Walks the whole trail, in memory that does not grow with it but for 8 bytes a line that begins and
 * never ends. expect (may be NULL): a line's number and hash kept elsewhere, through which the trail
 * must still pass. STATUS_DONE: whole; STATUS_NO: it is not, first_break says where and how. */
struct audit_check {
	int64_t lines;           /* of the trail, read */
	int64_t breaks;
	int64_t torn;            /* bytes of an unfinished last line: a process was killed in it */
	int64_t open;            /* lines that begin an action which never ended */
	int64_t backwards;       /* times that are earlier than the line before */
	struct audit_head last;  /* lines and hash of the last line: what to keep elsewhere */
	char first_break[256];
};
int audit_verify(const struct folder *f, const struct audit_head *expect, struct audit_check *out,
		 struct error *e);

#endif
