/* form.h - a request as a form on paper, that a country without the system can answer by mail */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_FORM_FORM_H
#define IARMS_FORM_FORM_H

#include "base/pool.h"
#include "report/printform.h"
#include "trace/request.h"

/* Is it a request of which a form can be made? STATUS_INPUT: what a name, a state, a chain of custody, a text cannot
 * be. */
int form_check(const struct request *q, struct error *e);
/* With its answer, or with what is to be filled in where there is none. Its titles go to pool, which must last as
 * long as the paper; the request only during the call. */
int form_put(struct printform *p, const struct request *q, struct pool *pool, struct error *e);

#endif
