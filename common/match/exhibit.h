/* exhibit.h - signatures grouped by the exhibit that they were taken from */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_EXHIBIT_H
#define MATCH_EXHIBIT_H

#include "match/bullet.h"
#include "match/stock.h"

/* All signatures whose exhibit (where that is not said: whose id) is one and the same. */
struct exhibit {
	char *name;
	size_t first, count;   /* its signatures in the stock's order, side by side, by mark */
	size_t of[MARKS];      /* how many of each mark */
	bool numbered;         /* its lands stand in order round a bullet (exhibit_bullet) */
	bool refused;          /* its lands contradict each other: not to be compared */
};

#define EXHIBIT_NONE UINT32_MAX
struct exhibits {
	const struct stock *stock;
	struct exhibit *exhibit;   /* by name */
	size_t count;
	uint32_t *of;              /* of each signature of the stock: which exhibit; EXHIBIT_NONE: it is hidden */
};

/* Puts a stock in order by exhibit, and groups it; it must then stay as it is, and outlive out, which is released
 * by exhibits_free. Texts of indexes are there (catalog_need_texts). bad is told of each exhibit whose lands
 * contradict each other (STATUS_INPUT, with its name and the reason): two numbers of lands, two twists, the same
 * number twice, a number beyond the lands that there are, some numbered and some not. Lands none of which has a
 * number are not numbered. The same signature twice counts once. */
int exhibits_group(struct stock *s, struct exhibits *out, void (*bad)(void *context, const struct error *e),
		   void *context, struct error *e);
void exhibits_free(struct exhibits *x);

/* The numbers in the stock of a numbered exhibit's lands that were seen in this way, by number from 0;
 * EXHIBIT_NONE where there is none. Lands and twist of plan are filled, but no keys. Returns how many there are. */
int exhibit_bullet(const struct exhibits *x, size_t i, enum layer layer, struct bullet *plan,
		   size_t land[BULLET_LANDS]);

/* Are they one exhibit: the same name, and a signature in common? */
bool exhibit_same(const struct exhibits *a, size_t i, const struct exhibits *b, size_t j);

#endif
