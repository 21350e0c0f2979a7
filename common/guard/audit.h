/* audit.h - the trail: what was asked and done, by whom; each line holds the hash of the one before */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_AUDIT_H
#define GUARD_AUDIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

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

struct audit_head {
	int64_t lines;
	char hash[AUDIT_HASH];   /* of the last line */
};

/* Walks the whole trail in bounded memory. Every finding goes to report (may be NULL): the first
 * of kind "break" is where the chain no longer holds. expect (may be NULL) is a head kept elsewhere
 * that the trail must still pass through. STATUS_DONE: whole; STATUS_NO: there are breaks. */
struct audit_check {
	int64_t lines, breaks, torn_bytes, open, backwards;  /* open: begun, never ended */
	struct audit_head last;
	char first_break[256];
};
int audit_verify(const struct folder *f, const struct audit_head *expect, struct audit_check *out,
		 struct error *e);

#endif
