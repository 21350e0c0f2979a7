/* audit_line.h - one line of the audit trail: written, and taken apart */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_AUDIT_LINE_H
#define GUARD_AUDIT_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "guard/audit.h"

/* The first line of the file. "before" is the hash of the line above, of this one for line 1. */
#define AUDIT_COLUMNS "n,time,officer,country,agency,via,purpose,action,what,of,count,outcome,before"
#define AUDIT_FIELDS 13

/* The head: lines, size and flushed with 16 digits, hash, start of the machine with 36, a newline. */
#define AUDIT_HEAD_SIZE 153

/* Adds line n with its newline. STATUS_USAGE when a text is longer than AUDIT_TEXT_MAX. */
int audit_line_put(struct buf *to, int64_t n, const struct audit_entry *entry, const char *before,
		   struct error *e);

/* The number that a line begins with; 0 for the header, -1 for what is no line of a trail. */
int64_t audit_line_number(const char *line, size_t size);

/* Takes a line (ends with a zero) apart, in place. STATUS_INPUT: it is none. hash, offset and line
 * of *out are not touched. */
int audit_line_parse(char *line, struct audit_line *out, struct error *e);

/* A reader of the lines between two offsets of an open trail, which stays the caller's. */
int audit_reader_from(struct audit_reader **r, int fd, int64_t from, int64_t to);

#endif
