/* stamp.c - has a file been written to by anybody else? */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/stamp.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "inode size seconds nanoseconds\n", 16 hexadecimal digits each; the first 17 bytes say which file. */
#define WHICH 17

static int make(int file, char out[STAMP_SIZE + 1])
{
	struct stat st;

	if (fstat(file, &st))
		return -1;
	return snprintf(out, STAMP_SIZE + 1, "%016" PRIx64 " %016" PRIx64 " %016" PRIx64 " %016" PRIx64 "\n",
			(uint64_t)st.st_ino, (uint64_t)st.st_size, (uint64_t)st.st_ctim.tv_sec,
			(uint64_t)st.st_ctim.tv_nsec);
}

int stamp_put(int book, off_t at, int file, struct error *e)
{
	char text[STAMP_SIZE + 1];

	if (make(file, text) < 0 || pwrite(book, text, STAMP_SIZE, at) != STAMP_SIZE)
		return error_system(e, "cannot put down a stamp");
	return STATUS_DONE;
}

enum stamp stamp_look(int book, off_t at, int file)
{
	char is[STAMP_SIZE + 1], was[STAMP_SIZE];

	if (make(file, is) < 0 || pread(book, was, STAMP_SIZE, at) != STAMP_SIZE || memcmp(is, was, WHICH))
		return STAMP_OTHER;
	return memcmp(is, was, STAMP_SIZE) ? STAMP_CHANGED : STAMP_FITS;
}
