/* form.h - a request as a form on paper, that a country without the system can answer by mail */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_TRACE_FORM_H
#define IARMS_TRACE_FORM_H

#include "base/pool.h"
#include "report/printform.h"
#include "trace/request.h"

/* With its answer, or with what is to be filled in where there is none. Texts go to pool and must last as long
 * as the paper. */
int form_put(struct printform *p, const struct request *q, struct pool *pool, struct error *e);

#endif
