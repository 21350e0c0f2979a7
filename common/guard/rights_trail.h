/* rights_trail.h - the rights file held against the audit trail */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_RIGHTS_TRAIL_H
#define GUARD_RIGHTS_TRAIL_H

#include <stddef.h>

#include "base/error.h"
#include "guard/folder.h"
#include "guard/rights.h"

/* Each line of rights was put on record word for word before it was written. */
struct rights_trail {
	size_t lines;
	size_t added;        /* lines that the trail does not know: written by hand */
	size_t missing;      /* lines that the trail knows as done and the file has not */
	char first[320];     /* the first of either, in words; "" for none */
};

/* STATUS_DONE: they agree; STATUS_NO: they do not. A line that was begun and whose process was
 * killed may be in the file or not. Whether the trail itself is whole is audit_verify's to say. */
int rights_trail_check(const struct folder *f, struct rights_trail *out, struct error *e);

#endif
