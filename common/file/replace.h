/* replace.h - a new file that takes a name only when it is whole and on the disk */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_REPLACE_H
#define FILE_REPLACE_H

#include <stdio.h>

#include "base/error.h"

/* Write to `out` (or to its descriptor), then end with exactly one of commit and abort;
 * both free everything. Until commit the old file, if any, stands; when commit fails either the old
 * one or the whole new one does. A link is followed, the mode of the old file kept. A device or pipe
 * is written to directly; a folder is STATUS_INPUT. The errors do not name the file. A process that
 * is killed may leave a draft behind: the name with a dot and eight hexadecimal digits. */
struct replace {
	FILE *out;
	char *path;
	char *draft;   /* NULL: path is a device or pipe */
};

int replace_begin(struct replace *r, const char *path, struct error *e);
/* Flush, fsync, close, rename, fsync of the folder: each checked. */
int replace_commit(struct replace *r, struct error *e);
void replace_abort(struct replace *r);

#endif
