/* lines.h - a file of lines that only grows, with its unfinished end set aside */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_LINES_H
#define GUARD_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "guard/folder.h"

#define LINES_MAX (1 << 20)      /* bytes of a line; more is damage */

/* All for a file opened for reading and writing and locked by the caller. */

/* Cuts what stands behind the last newline, after it was added to the file `name`.torn of the
 * folder and flushed. *end: the size now; *torn: how many bytes were set aside.
 * STATUS_INPUT when there is no newline in the last LINES_MAX bytes. */
int lines_settle(const struct folder *f, const char *name, int fd, int64_t *end, size_t *torn,
		 struct error *e);

/* The last whole line before `end`, without its newline; empty when end is 0. */
int lines_last(int fd, int64_t end, struct buf *line, struct error *e);

/* Adds text (whole lines) at end. When it cannot be written whole, or with flush not be brought to
 * the disk, the file is cut back to end and STATUS_SYSTEM returned. */
int lines_append(int fd, int64_t end, const void *text, size_t size, bool flush, struct error *e);

/* Quoted as in RFC 4180 where it must be; control characters as \xNN and a backslash as two, so that
 * a field never holds a newline. */
int lines_put_field(struct buf *to, const char *text, struct error *e);

/* Undoes the escapes of lines_put_field, in place; what is no escape stays. */
void lines_unescape(char *text);

/* Splits one line into its fields, in place; quotes are taken off, escapes stay. Returns how many
 * there are (at most max are stored), or 0 when a quote stands out of place. */
size_t lines_split(char *line, char **field, size_t max);

#endif
