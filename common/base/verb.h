/* verb.h - programs that have verbs: which one, its options, its help */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_VERB_H
#define BASE_VERB_H

#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "base/option.h"

struct verb {
	const char *name;
	const char *operands;             /* behind "program verb" in the usage line; "" for none */
	const char *about;                /* one line: the list of verbs and the verb's own help */
	const struct option_line *table;  /* ends with a line whose name is NULL */
	size_t size;                      /* of the struct that the table's offsets mean */
	const void *defaults;             /* what that struct holds before parsing; NULL: zeros */
	int least, most;                  /* operands; most -1: any number */
	int (*run)(void *context, void *options, const struct option_parsed *parsed,
		   struct error *e);
};

struct verb_program {
	const char *name, *about, *version;
	const struct verb *verb;          /* ends with a line whose name is NULL */
};

/* argv[1] names the verb; what follows are its options and operands, mixed. Before a verb only
 * --help and --version may stand; `PROGRAM VERB --help` shows that verb. Help and version are
 * written to out. context goes to run untouched. Returns what run returned, or STATUS_USAGE.
 * When the status is not STATUS_DONE, e->text is empty or what is left to say. */
int verb_run(const struct verb_program *program, int argc, char **argv, void *context, FILE *out,
	     struct error *e);

#endif
