/* x3p_zip.h - files in an X3P archive, unpacked in pieces and within bounds */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_X3P_ZIP_H
#define SCAN_X3P_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/md5.h"

struct x3p_zip;

/* An archive in memory, which must outlive it. NULL: damaged (STATUS_INPUT) or no memory. */
struct x3p_zip *x3p_zip_open(const unsigned char *bytes, size_t size, struct error *e);
void x3p_zip_close(struct x3p_zip *z);  /* NULL is allowed */

/* The number of main.xml in the topmost folder that has one, and that folder ("" or "name/"). What
 * macOS strews over archives is passed over. */
int x3p_zip_main(struct x3p_zip *z, int64_t *index, char *folder, size_t room, struct error *e);

/* The number of a file that main.xml names: in its folder, else in the topmost; without regard to
 * case, to backslashes, and to "./" or "/" before it. */
int x3p_zip_find(struct x3p_zip *z, const char *folder, const char *name, int64_t *index,
		 struct error *e);

/* The size a file declares. STATUS_INPUT when that is more than max or than any scan could shrink
 * from what is there, or when it is encrypted. */
int x3p_zip_size(struct x3p_zip *z, int64_t index, const char *name, uint64_t max, uint64_t *size,
		 struct error *e);

/* All of a file, piece by piece, `at` being where the piece begins; sum becomes its MD5. Refuses what
 * x3p_zip_size refuses, what unpacks to another size than declared, and what fails its CRC. Anything
 * but STATUS_DONE from take ends it. */
typedef int x3p_zip_taker(void *context, const unsigned char *piece, uint64_t at, size_t size,
			  struct error *e);
int x3p_zip_read(struct x3p_zip *z, int64_t index, const char *name, uint64_t max,
		 x3p_zip_taker *take, void *context, char sum[MD5_TEXT], struct error *e);

#endif
