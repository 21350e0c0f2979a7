/* archive.h - ZIP and X3P archives made in memory, sound and damaged */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_ARCHIVE_H
#define TESTS_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct archive_file {
	const char *name;       /* "folder/" for a folder */
	const void *bytes;
	size_t size;
	const char *password;   /* NULL: not encrypted */
};

/* Adds the archive to `out`, which was empty. Fails the test when it cannot. */
void archive_make(struct buf *out, const struct archive_file *files, size_t count);

/* Lies about a file: the unpacked size it declares, in its header and in the directory. */
void archive_declare(struct buf *archive, const char *name, uint32_t size);

/* What an X3P file is made of. NULL or 0: the usual, which is in archive.c; the text "-" leaves out
 * what it stands for. */
struct x3p_recipe {
	const char *folder;         /* before every name: "scan/" */
	const char *prolog;         /* what stands before the root element */
	const char *feature;        /* "SUR" */
	const char *cx, *cy, *cz;   /* inside of the elements */
	const char *axes;           /* more inside of Axes */
	const char *comment;        /* in Record2 */
	const char *size;           /* inside of MatrixDimension */
	const char *list;           /* DataList instead of data.bin */
	const void *points;         /* data.bin, and its size */
	size_t points_size;
	const char *point_link, *point_md5;
	const void *valid;          /* valid.bin, and its size; NULL: none */
	size_t valid_size;
	const char *valid_md5;
	const char *record3;        /* more inside of Record3 */
	const char *main_md5;       /* what md5checksum.hex holds */
	const char *checksum_file;  /* Record4 */
	const struct archive_file *more;  /* further files, by their whole names */
	size_t more_count;
};

/* By default 3 columns, 2 rows, doubles: 1 2 3 / 4 5 6 micrometres, 6.25 um. */
void x3p_make(struct buf *out, const struct x3p_recipe *recipe);

#endif
