/* names.h - input files: arguments, else names on standard input */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_NAMES_H
#define FILE_NAMES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

struct names {
	char **operand;
	int operands, used;
	FILE *in;         /* read when there are no operands */
	int separator;    /* '\n', or 0 with -0 */
	bool finished;
	char *line;
};

void names_open(struct names *n, char **operand, int operands, FILE *in, bool nul);

/* The next name, valid until the next call. STATUS_NO at the end. Empty lines are skipped.
 * STATUS_INPUT: what stands there is no name (a NUL in it, or longer than any name may be; there is
 * nothing more then). STATUS_SYSTEM: cannot read, and nothing more. */
int names_next(struct names *n, const char **name, struct error *e);

void names_close(struct names *n);

#endif
