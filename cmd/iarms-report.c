/* iarms-report.c - tables, charts and pages of records, traces and hits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/program.h"
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

	return program_run(&program, argc, argv, stdout, stderr);
}
