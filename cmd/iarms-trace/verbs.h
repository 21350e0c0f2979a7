/* verbs.h - the verbs of iarms-trace */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_TRACE_VERBS_H
#define IARMS_TRACE_VERBS_H

#include "base/verb.h"

/* Each is a line of the program's table of verbs. */
extern const struct verb verb_submit, verb_list, verb_show, verb_acknowledge, verb_start, verb_ask, verb_supply,
	verb_answer, verb_refuse, verb_restrict, verb_forward, verb_comment, verb_withdraw, verb_close,
	verb_overdue, verb_monitor, verb_suggest, verb_export, verb_notices, verb_purge, verb_verify;

#endif
