/* own_codes.h - what an index has of breech faces, for those in memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_OWN_CODES_H
#define MATCH_OWN_CODES_H

#include "match/gallery.h"
#include "match/rings.h"

/* Rings of all reliefs of breech faces, and fine codes of those that were filed without one. */
struct own_codes {
	size_t count;
	struct rings *rings;         /* one per entry */
	struct fine_code **fine;     /* NULL: the entry has its own, or there is none to be made */
};

/* Threads as batch_run. out starts as all zero; own_codes_free. */
int own_codes_make(const struct gallery *g, const struct rings_basis *basis, int threads, struct own_codes *out,
		   struct error *e);
void own_codes_free(struct own_codes *o);

#endif
