/* iarms-access.c - who may do what with firearm records, and the trail of who did */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/program.h"
#include "iarms-access/verbs.h"

#define PROGRAM "iarms-access"
#define VERBS 5

int main(int argc, char **argv)
{
	const struct verb verbs[VERBS + 1] = { verb_grant, verb_revoke, verb_list, verb_check, verb_audit };
	const struct verb_program program = {
		PROGRAM, "Says who may do what with firearm records and trace requests, and who did.", VERSION, verbs
	};

	return program_run(&program, argc, argv, stdout, stderr);
}
