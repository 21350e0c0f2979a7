/* program.c - what the main of every iarms program with verbs does */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/program.h"

#include "file/output.h"
#include "guard/privilege.h"

int program_run(const struct verb_program *program, int argc, char **argv, FILE *out, FILE *err)
{
	struct error e = { 0 }, closing;
	int status = privilege_start(&e);

	if (!status)
		status = verb_run(program, argc, argv, NULL, out, &e);
	if (output_close(out, &closing) && status <= STATUS_NO) {
		e = closing;
		status = closing.status;
	}
	if (status && e.text[0])
		error_print(err, program->name, &e);
	return status;
}
