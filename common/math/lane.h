/* lane.h - four floats at a time, the same on every machine */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATH_LANE_H
#define MATH_LANE_H

#include <stdint.h>

typedef float lane __attribute__((vector_size(16)));
typedef int32_t lane_mask __attribute__((vector_size(16)));  /* -1 where a comparison holds */

/* From and to any float address. */
typedef float lane_loose __attribute__((vector_size(16), aligned(4), may_alias));

static inline lane lane_load(const float *p)
{
	return *(const lane_loose *)p;
}

static inline void lane_store(float *p, lane v)
{
	*(lane_loose *)p = v;
}

static inline lane lane_all(float v)
{
	return (lane){ v, v, v, v };
}

static inline float lane_sum(lane v)
{
	return (v[0] + v[2]) + (v[1] + v[3]);
}

static inline int lane_count(lane_mask m)
{
	return -(m[0] + m[1] + m[2] + m[3]);
}

#endif
