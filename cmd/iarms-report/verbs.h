/* verbs.h - the reports of iarms-report */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_REPORT_VERBS_H
#define IARMS_REPORT_VERBS_H

#include "base/verb.h"

/* Each is a line of the program's table of verbs. */
extern const struct verb verb_records, verb_traces, verb_time_to_crime, verb_sdg, verb_flows,
	verb_annual, verb_quality, verb_links, verb_query;

#endif
