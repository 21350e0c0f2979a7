/* option.h - one table of options: parsing, help, completion, "was it given" */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_OPTION_H
#define BASE_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

enum option_kind {
	OPTION_FLAG,     /* bool */
	OPTION_TEXT,     /* const char * (points into argv) */
	OPTION_INTEGER,  /* int64_t, in min..max */
	OPTION_REAL,     /* double, in min..max */
	OPTION_CHOICE,   /* int: the place of the word in arg, which is "first|second|third" */
	OPTION_LIST      /* struct option_list; may be given more than once */
};

struct option_list {
	const char **item;  /* allocated; the words point into argv */
	size_t count;
};

/* A table ends with a line whose name is NULL. At most 64 lines. --help and --version are in
 * every program and are not in its table. */
struct option_line {
	const char *name;       /* long name, without dashes */
	char letter;            /* short name, or 0 */
	enum option_kind kind;
	size_t offset;          /* offsetof in the program's struct */
	const char *arg;        /* what stands for the argument in the help; NULL for a flag */
	const char *help;       /* one line; NULL: not in the help */
	double min, max;        /* OPTION_INTEGER and OPTION_REAL */
};

struct option_parsed {
	enum { OPTION_RUN, OPTION_HELP, OPTION_VERSION } action;
	uint64_t given;         /* bit n: line n of the table was given */
	int operands;
	char **operand;         /* into argv, which is reordered */
};

/* Reads argv[1...]; options and operands may mix, "--" ends options, "-" is an operand.
 * `into` holds the defaults. Unknown options, ambiguous abbreviations, missing or bad arguments
 * are STATUS_USAGE. */
int option_parse(const struct option_line *table, int argc, char **argv, void *into,
		 struct option_parsed *parsed, struct error *e);

bool option_given(const struct option_line *table, const struct option_parsed *parsed,
		  const char *name);

/* The usage line, a sentence on what the program does, and the table, for --help. */
void option_help(FILE *out, const char *usage, const char *about, const struct option_line *table);

/* Only the lines that every program has. */
void option_help_common(FILE *out);

/* What a program does when it was asked for its help or its version: writes it, and checks that
 * all of it was written. */
struct option_program {
	const char *name, *version, *usage, *about;  /* usage: what stands behind the name */
};
int option_answer(FILE *out, const struct option_program *program, const struct option_line *table,
		  const struct option_parsed *parsed, struct error *e);

/* Frees the lists that parsing made. */
void option_free(const struct option_line *table, void *into);

#endif
