/* answers.h - answers from the rows of a table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_TRACE_ANSWERS_H
#define IARMS_TRACE_ANSWERS_H

#include "desk.h"
#include "trace/act.h"

/* Reads CSV from standard input: a column "id", and columns of an answer, for which `given` stands where a row says
 * nothing. All are answered, or none, unless go_on. */
int answers_run(const struct common *c, const struct act *given, bool go_on, struct error *e);

/* What is printed of a request that was moved. */
#define ANSWERS_COLUMNS "id,from,to,state,event,revision,due,outcome,next,restrictions"

#endif
