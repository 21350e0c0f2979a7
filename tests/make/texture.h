/* texture.h - random surfaces and profiles with a known spectrum */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_TEXTURE_H
#define MAKE_TEXTURE_H

#include <math.h>
#include <stdint.h>

#include "base/error.h"
#include "make/placing.h"

/* Everything repeats after this distance, in both directions; a primer is 4500 um wide and the
 * marks on it reach over 3600. */
#define TEXTURE_PERIOD_UM 4096

/* A square of size x size points, `size` a power of two from 32 to 2048. */
struct texture {
	int size;
	double spacing_um;   /* TEXTURE_PERIOD_UM / size */
	float *v;            /* row by row; y downwards */
};

/* All zero, its spacing the widest that is at most spacing_um (2 to 128). Owned by the caller. */
int texture_new(struct texture *t, double spacing_um, struct error *e);
void texture_free(struct texture *t);

/* Adds white noise on a lattice of step_um (a power of two, 4 to 1024), interpolated by cubic
 * B-splines: what is shorter than about two steps is absent. rms is that of what is added.
 * The same seed and step give the same surface on any spacing; a step below the texture's
 * spacing adds nothing. */
int texture_add(struct texture *t, uint64_t seed, int step_um, double rms, struct error *e);

/* Several octaves at once: rms[i] for a step of TEXTURE_STEP << i. Zeros are skipped. */
#define TEXTURE_STEP_UM 4
#define TEXTURE_OCTAVES 9
int texture_add_octaves(struct texture *t, uint64_t seed, const double rms[TEXTURE_OCTAVES],
			struct error *e);

/* The rms that all octaves together give, where none is too short for the texture. */
double texture_rms(const double rms[TEXTURE_OCTAVES]);

void texture_scale(struct texture *t, double factor);

/* Adds a scratch about the pose's origin, along its x: the height falls off over twice the width
 * on all sides. Length 0 makes a dent. */
void texture_scratch(struct texture *t, const struct placing *at, double length_um, double width_um,
		     double height_um);

/* Bilinear, repeating. */
static inline float texture_at(const struct texture *t, double x_um, double y_um)
{
	/* the bias keeps the number positive, so that a cast is the floor */
	float x = (float)((x_um + 4 * TEXTURE_PERIOD_UM) / t->spacing_um);
	float y = (float)((y_um + 4 * TEXTURE_PERIOD_UM) / t->spacing_um);
	int ix = (int)x, iy = (int)y, mask = t->size - 1;
	float fx = x - (float)ix, fy = y - (float)iy;
	const float *a = t->v + (iy & mask) * t->size, *b = t->v + ((iy + 1) & mask) * t->size;
	int left = ix & mask, right = (ix + 1) & mask;

	return (1 - fy) * (a[left] + fx * (a[right] - a[left])) +
	       fy * (b[left] + fx * (b[right] - b[left]));
}

/* A profile: one point a micrometre, repeating. */
struct profile {
	float v[TEXTURE_PERIOD_UM];
};

void profile_add(struct profile *p, uint64_t seed, int step_um, double rms);
void profile_add_octaves(struct profile *p, uint64_t seed, const double rms[TEXTURE_OCTAVES]);

static inline float profile_at(const struct profile *p, double u_um)
{
	float u = (float)(u_um + 4 * TEXTURE_PERIOD_UM);
	int i = (int)u;
	float f = u - (float)i, a = p->v[i & (TEXTURE_PERIOD_UM - 1)];

	return a + f * (p->v[(i + 1) & (TEXTURE_PERIOD_UM - 1)] - a);
}

#endif
