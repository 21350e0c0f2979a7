/* iarms-trace.c - trace requests: submit, answer and follow them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/program.h"
#include "iarms-trace/verbs.h"

#define PROGRAM "iarms-trace"
#define VERBS 21

int main(int argc, char **argv)
{
	const struct verb verbs[VERBS + 1] = {
		verb_submit, verb_suggest, verb_list, verb_overdue, verb_monitor, verb_show, verb_export, verb_acknowledge,
		verb_start, verb_ask, verb_supply, verb_answer, verb_refuse, verb_restrict, verb_forward, verb_comment,
		verb_withdraw, verb_close, verb_notices, verb_purge, verb_verify,
	};
	const struct verb_program program = {
		PROGRAM, "Submits, answers and follows trace requests.", VERSION, verbs
	};

	return program_run(&program, argc, argv, stdout, stderr);
}
