/* suggest.h - what is known already of the firearm of a trace request */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_SUGGEST_H
#define TRACE_SUGGEST_H

#include "record/find.h"
#include "trace/traces.h"

/* A firearm record, or another request, that may be about the same firearm; graded as a search for records
 * is. */
struct suggestion {
	const struct find_hit *hit;      /* hit->record: the firearm */
	const struct request *request;   /* NULL: it is a record */
};
typedef int suggest_take(void *context, const struct suggestion *s, struct error *e);

/* All that the officer may see, records first, each kind from the best to the weakest; valid during the call.
 * q is a cleaned request; without anything that says which firearm it is, nothing fits. */
int suggest_run(const struct request *q, struct traces *t, struct book *records, struct form *form,
		suggest_take *take, void *context, struct error *e);

#endif
