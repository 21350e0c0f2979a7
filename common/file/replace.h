/* replace.h - a new file that takes a name only when it is whole and on the disk */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_REPLACE_H
#define FILE_REPLACE_H

#include <stdio.h>

#include "base/error.h"

/* Write to `out` (or to its descriptor), then end with exactly one of commit and abort;
 * both free everything. Until commit has returned STATUS_DONE the old file, if any, stands. */
struct replace {
	FILE *out;
	char *path, *draft;
};

int replace_begin(struct replace *r, const char *path, struct error *e);
/* flush, fsync, close, rename, fsync of the folder: each checked. */
int replace_commit(struct replace *r, struct error *e);
void replace_abort(struct replace *r);

#endif
