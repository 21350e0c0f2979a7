/* outdir.h - a folder that files are written to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_OUTDIR_H
#define FILE_OUTDIR_H

#include <stddef.h>

#include "base/error.h"

/* Makes the folder where it is not there. STATUS_INPUT: there is something of this name that is none. */
int outdir_make(const char *folder, struct error *e);

/* Writes folder/name as replace.h does; a slash in the name becomes '_'. The error names the file. */
int outdir_write(const char *folder, const char *name, const void *bytes, size_t size, struct error *e);

#endif
