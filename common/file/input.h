/* input.h - opening what the caller names */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_INPUT_H
#define FILE_INPUT_H

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/error.h"

/* Opens a file that the caller named, for reading; "-" is standard input (and is then not to be
 * closed). A missing file, a folder or one without permission is STATUS_INPUT, other failures are
 * STATUS_SYSTEM. The error does not name the file; callers do.
 *
 * In a set-user-id or set-group-id run a file of the gained user or group is STATUS_REFUSED, by
 * whatever name it came (/dev/fd/5, /proc/self/fd/5, a hard link): the program holds files open
 * that the caller may not read, and one that the caller owns would open again under such a name. */
int input_open(const char *path, int *fd, struct error *e);

/* The same as a stream; input_close closes it unless it is standard input. */
int input_stream(const char *path, FILE **in, struct error *e);
void input_close(FILE *in);
/* Bytes of a file, for progress; 0: a pipe, or what else has none. */
int64_t input_size(FILE *in);
/* Bytes of a file from `at` on, wherever its position is: how many there were, up to size; -1: errno says why not. */
ssize_t input_read_at(int fd, void *to, size_t size, uint64_t at);

#endif
