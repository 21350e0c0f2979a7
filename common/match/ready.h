/* ready.h - a signature of the gallery unpacked and made ready for comparing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_READY_H
#define MATCH_READY_H

#include "match/compare.h"
#include "match/gallery.h"
#include "match/land.h"
#include "sign/land_code.h"

struct ready {
	struct signature signature;
	struct compare_side side[LAYERS];  /* impressions: the layers that were asked for */
	int made[LAYERS];
	struct land_key *key;              /* lands */
};

/* NULL: e says why (STATUS_INPUT: the grids make no sense). Lands need the matcher that will compare
 * them; for impressions it may be NULL. */
struct ready *ready_new(const struct gallery_entry *entry, const struct land_matcher *matcher, struct error *e);
void ready_free(struct ready *y);

/* Makes a layer of an impression ready, if it is not yet. */
int ready_layer(struct ready *y, enum layer layer, struct error *e);

/* Compares two striated marks of one kind; fit->lr is that of their kind. */
void ready_compare(struct land_bench *bench, const struct ready *a, const struct ready *b, struct land_fit *fit);

/* STATUS_INPUT when the signature was made by another method than those compared here. */
int ready_check(const struct signature *head, struct error *e);

/* The profile of a striated mark; STATUS_INPUT: the signature holds none, or one of another method. */
int ready_land(const struct signature *s, struct land *out, struct error *e);

/* The search code of a striated mark (land_code_make; LAND_CODE_ROOM words): that which its signature has, else one
 * made of its profile. head and body are those of one signature. */
int ready_land_code(const struct signature *head, const struct buf *body, uint64_t *filed, size_t *size,
		    struct error *e);

/* The fine code of the relief of an impression: that which its signature has, else one made of its values. STATUS_NO:
 * there is none (impression_fine_code). head and body are those of one signature; without a head it is made. */
int ready_fine_code(const struct signature *head, const struct buf *body, struct fine_code *out, struct error *e);

/* A matcher for the lands of both galleries (b may be NULL); *matcher is NULL where there are none. */
int ready_matcher(const struct gallery *a, const struct gallery *b, struct land_matcher **matcher,
		  struct error *e);

/* The same for lands of up to `most` samples, and those of b. */
int ready_matcher_for(int most, const struct gallery *b, struct land_matcher **matcher, struct error *e);

#endif
