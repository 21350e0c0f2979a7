/* iarms-report.c - tables, charts and pages of records, traces and hits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/privilege.h"
#include "iarms-report/verbs.h"

#define PROGRAM "iarms-report"
#define VERBS 9

int main(int argc, char **argv)
{
	const struct verb verbs[VERBS + 1] = {
		verb_records, verb_traces, verb_time_to_crime, verb_sdg, verb_flows, verb_annual,
		verb_quality, verb_links, verb_query,
	};
	const struct verb_program program = {
		PROGRAM, "Counts firearm records, trace requests and hits, in tables, charts and pages.", VERSION, verbs
	};
	struct error e = { 0 };
	int status = privilege_start(&e);

	if (!status)
		status = verb_run(&program, argc, argv, NULL, stdout, &e);
	if ((fflush(stdout) || ferror(stdout)) && status <= STATUS_NO)
		status = error_system(&e, "standard output");
	if (status && e.text[0])
		error_print(stderr, PROGRAM, &e);
	return status;
}
