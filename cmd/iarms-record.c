/* iarms-record.c - firearm records: create, find, share, and keep them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/program.h"
#include "iarms-record/verbs.h"

#define PROGRAM "iarms-record"
#define VERBS 17

int main(int argc, char **argv)
{
	const struct verb verbs[VERBS + 1] = {
		verb_add, verb_show, verb_list, verb_history, verb_search, verb_update, verb_seize, verb_recover,
		verb_cancel, verb_close, verb_restrict, verb_review, verb_purge, verb_import, verb_export,
		verb_notices, verb_verify,
	};
	const struct verb_program program = {
		PROGRAM, "Keeps records of lost, stolen, trafficked and smuggled firearms.", VERSION, verbs
	};

	return program_run(&program, argc, argv, stdout, stderr);
}
