/* compare.h - two impressed marks: search, register, verify */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_COMPARE_H
#define MATCH_COMPARE_H

#include "match/cells.h"
#include "match/plate.h"
#include "match/search.h"

/* How the marks are seen when they are compared: both as relief, both as photographs, or the look
 * of a topography against a photograph. */
enum view { VIEW_RELIEF, VIEW_PHOTOGRAPHS, VIEW_ACROSS, VIEWS, VIEW_LANDS = VIEWS };

struct compare_params {
	struct search_params search;
	double register_step_deg;  /* turns tried round a hypothesis: -step, 0, step, then half */
	int register_shift_px;     /* shifts tried, in points of the coarse plate */
	int settled;               /* of the registered poses, how many are sharpened before they are compared again,
	                            * on the fine plates; 0: none, as they are sure enough */
	int verified;              /* of those poses, how many are verified by cells ... */
	double verify_share;       /* ... if they are worth this share of the best */
	struct cells_params cells;
};
const struct compare_params *compare_params(enum view v);

/* How two signatures can be seen together (enum view), -1 when they cannot, and the layer that a view
 * looks at. Signatures without grids (gallery_entry.head) will do. */
int compare_view(const struct signature *a, const struct signature *b);
enum layer compare_layer(enum view v);

/* A signature made ready, one layer of it. */
struct compare_side {
	const struct signature *signature;
	enum layer layer;
	struct plate fine, coarse, rough;
};

int compare_prepare(const struct signature *s, enum layer layer, struct compare_side *out, struct error *e);
void compare_release(struct compare_side *side);

/* Room to work in, one a thread. */
struct compare_room;
struct compare_room *compare_room_new(struct error *e);
void compare_room_free(struct compare_room *room);

struct comparison {
	double searched;         /* the best value of the search step */
	double registered;       /* correlation after registering, coarse */
	double correlation;      /* at the final pose, fine */
	double overlap;          /* points in common / points of the smaller mark */
	int cells, cells_compared;
	double cells_sum;        /* of the congruent cells' correlations */
	struct pose pose;        /* the probe on the candidate */
	double worth;            /* there: of the part that is worth most, where the view looks at parts */
	double chance;           /* of looks: what correlation chance gives this pair */
	double score;
};

/* Both sides must be of the same mark and method, and of the layer that the view looks at; search is
 * the probe's, prepared for a sweep with compare_params(v)->search. */
int compare_marks(const struct compare_side *probe, const struct search_probe *search,
		  const struct compare_side *candidate, enum view v, struct compare_room *room,
		  struct comparison *out, struct error *e);

/* The cells of the last comparison made in this room, for drawing, and the pose of the probe on the
 * candidate from which they were sought. None where no pose was found. */
const struct cells *compare_cells(const struct compare_room *room);

#endif
