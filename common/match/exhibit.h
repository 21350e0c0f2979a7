/* exhibit.h - signatures grouped by the exhibit that they were taken from */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_EXHIBIT_H
#define MATCH_EXHIBIT_H

#include "match/bullet.h"
#include "match/gallery.h"

/* All signatures whose exhibit (where that is not said: whose id) is one and the same. */
struct exhibit {
	const char *name;      /* a text of its first signature */
	size_t first, count;   /* its entries of the gallery, side by side, by mark */
	size_t of[MARKS];      /* how many of each mark */
	bool numbered;         /* its lands stand in order round a bullet (exhibit_bullet) */
	bool refused;          /* its lands contradict each other: not to be compared */
};

struct exhibits {
	const struct gallery *g;
	struct exhibit *exhibit;   /* by name */
	size_t count;
	size_t *of;                /* of each entry of the gallery: which exhibit */
};

/* Sorts the gallery by exhibit and groups it; it must then stay as it is, and outlive out, which is
 * released by exhibits_free. bad is told of each exhibit whose lands contradict each other (STATUS_INPUT,
 * with its name and the reason): two numbers of lands, two twists, the same number twice, a number
 * beyond the lands that there are, some numbered and some not. Lands none of which has a number are
 * not numbered. The same signature twice counts once. */
int exhibits_group(struct gallery *g, struct exhibits *out, void (*bad)(void *context, const struct error *e),
		   void *context, struct error *e);
void exhibits_free(struct exhibits *x);

/* The entries of a numbered exhibit's lands that were seen in this way, by number from 0; NULL where
 * there is none. Lands and twist of plan are filled, but no keys. Returns how many there are. */
int exhibit_bullet(const struct exhibits *x, size_t i, enum layer layer, struct bullet *plan,
		   const struct gallery_entry *land[BULLET_LANDS]);

/* Are they one exhibit: the same name, and a signature in common? */
bool exhibit_same(const struct exhibits *a, size_t i, const struct exhibits *b, size_t j);

#endif
