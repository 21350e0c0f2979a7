/* rules.h - small tables of two columns that the owner of the folder writes by hand */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_RULES_H
#define RECORD_RULES_H

#include "base/error.h"
#include "guard/folder.h"

/* Reads a file of the folder whose first line is `what,amount` (both names are given), and hands each
 * line to set. None is as good as an empty one. What set does not like is named with file and line, and
 * is STATUS_INPUT. */
typedef int rules_set(void *context, const char *what, const char *amount, struct error *e);
int rules_read(const struct folder *f, const char *file, const char *what, const char *amount,
	       rules_set *set, void *context, struct error *e);

#endif
