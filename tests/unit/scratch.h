/* scratch.h - a folder for one test, and files in it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H

#include <stddef.h>

/* A checked fixture: tcase_add_checked_fixture(c, scratch_make, scratch_remove). The folder of a test
 * that fails stays. */
void scratch_make(void);
void scratch_remove(void);

/* The path of a name in the folder; good until eight more were asked for. */
const char *scratch_path(const char *name);

void scratch_write(const char *name, const void *bytes, size_t size);

/* A file whole, with a zero behind it, to be freed; NULL when there is none. */
char *scratch_read(const char *name, size_t *size);

/* Names in the folder, without . and .. */
int scratch_count(void);

#endif
