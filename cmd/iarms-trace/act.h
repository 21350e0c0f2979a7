/* act.h - verbs that move requests: one move for each name, and the requests printed after */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_TRACE_ACT_H
#define IARMS_TRACE_ACT_H

#include "desk.h"
#include "trace/act.h"

/* Operands with "=" are fields of the act, the others names of requests. */
int act_run(const struct common *c, const struct option_parsed *parsed, struct act *act, struct error *e);

#endif
