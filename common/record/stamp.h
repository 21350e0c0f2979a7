/* stamp.h - has a file been written to by anybody else? */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_STAMP_H
#define RECORD_STAMP_H

#include <sys/types.h>

#include "base/error.h"

/* The file system notes with each file when it was last changed (its ctime), and lets nobody set that. A stamp
 * is that time, with which file it is and its size, put down where others find it. A file that does not fit
 * its stamp was written to by somebody who put down none. What is not seen: a change within the same tick of the
 * file system's clock (some milliseconds) as the stamp, and what a disk changes by itself. */
enum stamp {
	STAMP_FITS,
	STAMP_CHANGED,
	STAMP_OTHER      /* it is not the file that was stamped, or none was */
};

/* Puts a stamp of `file` down in `book`, at `at`: STAMP_SIZE bytes of text. */
#define STAMP_SIZE 68
int stamp_put(int book, off_t at, int file, struct error *e);
enum stamp stamp_look(int book, off_t at, int file);

#endif
