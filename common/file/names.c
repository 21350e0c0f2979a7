/* names.c - input files: arguments, else names on standard input */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/names.h"

#include <stdlib.h>
#include <string.h>

void names_open(struct names *n, char **operand, int operands, FILE *in, bool nul)
{
	memset(n, 0, sizeof *n);
	n->operand = operand;
	n->operands = operands;
	n->in = in;
	n->separator = nul ? 0 : '\n';
}

int names_next(struct names *n, const char **name, struct error *e)
{
	ssize_t length;

	if (n->operands) {
		if (n->used == n->operands)
			return STATUS_NO;
		*name = n->operand[n->used++];
		return STATUS_DONE;
	}
	do {
		length = getdelim(&n->line, &n->room, n->separator, n->in);
		if (length < 0)
			return ferror(n->in) ? error_system(e, "standard input: cannot read") :
			       feof(n->in) ? STATUS_NO : error_memory(e);
		if (length > 0 && n->line[length - 1] == n->separator)
			n->line[--length] = 0;
	} while (length == 0);
	if (strlen(n->line) != (size_t)length)
		return error_set(e, STATUS_INPUT, "standard input: a name with a NUL in it (is -0 missing?)");
	*name = n->line;
	return STATUS_DONE;
}

void names_close(struct names *n)
{
	free(n->line);
	n->line = NULL;
}
