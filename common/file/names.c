/* names.c - input files: arguments, else names on standard input */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* No system has longer ones; what is longer is no list of names. */
#define NAME_MAX_BYTES 65536

void names_open(struct names *n, char **operand, int operands, FILE *in, bool nul)
{
	memset(n, 0, sizeof *n);
	n->operand = operand;
	n->operands = operands;
	n->in = in;
	n->separator = nul ? 0 : '\n';
}

/* Up to the next separator, which is not kept. STATUS_NO: nothing is left. */
static int read_name(struct names *n, size_t *length, struct error *e)
{
	int c = EOF;

	*length = 0;
	if (n->finished)
		return STATUS_NO;
	while ((c = getc_unlocked(n->in)) != EOF && c != n->separator &&
	       *length < NAME_MAX_BYTES)
		n->line[(*length)++] = (char)c;
	n->line[*length] = 0;
	if (c == n->separator)
		return STATUS_DONE;
	n->finished = true;
	if (c != EOF)
		return error_set(e, STATUS_INPUT, "standard input: a name of more than %d bytes (is it a list "
				 "of names?)", NAME_MAX_BYTES);
	if (ferror(n->in))
		return error_system(e, "standard input: cannot read");
	return *length ? STATUS_DONE : STATUS_NO;
}

int names_next(struct names *n, const char **name, struct error *e)
{
	size_t length;
	int status;

	if (n->operands) {
		if (n->used == n->operands)
			return STATUS_NO;
		*name = n->operand[n->used++];
		return STATUS_DONE;
	}
	if (!n->line && !(n->line = mem_new(NAME_MAX_BYTES + 1, 1, e)))
		return STATUS_SYSTEM;
	do {
		status = read_name(n, &length, e);
		if (status)
			return status;
	} while (length == 0);
	if (strlen(n->line) != length)
		return error_set(e, STATUS_INPUT, "standard input: a name with a NUL in it (is -0 missing?)");
	*name = n->line;
	return STATUS_DONE;
}

void names_close(struct names *n)
{
	free(n->line);
	n->line = NULL;
}
