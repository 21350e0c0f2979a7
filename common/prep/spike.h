/* spike.h - single points of a topography that stand out of all around them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_SPIKE_H
#define PREP_SPIKE_H

#include "scan/surface.h"

/* Optical instruments give points here and there that are far off. A point is one where it lies beyond all
 * of its neighbours, by more than SPIKE_NOISE times what points usually lie off the middle of theirs, and by
 * more than the neighbours themselves span (one at either end left out): an edge, a wall or a scratch, which
 * goes on from point to point, is none. Makes NaN of them; s->masked stays as it is, for the file did not say
 * so. Returns how many. */
#define SPIKE_NOISE 12
size_t spike_remove(struct surface *s);

#endif
