/* program.h - what the main of every iarms program with verbs does */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_PROGRAM_H
#define GUARD_PROGRAM_H

#include <stdio.h>

#include "base/verb.h"

/* Gained rights down first, then the verb, then out is closed; what went wrong is told on err. Returns the
 * exit status. */
int program_run(const struct verb_program *program, int argc, char **argv, FILE *out, FILE *err);

#endif
