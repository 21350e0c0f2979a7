/* dice.h - random numbers that are the same on every machine */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_DICE_H
#define MAKE_DICE_H

#include <stdint.h>

/* xoshiro256** (Blackman and Vigna), seeded by splitmix64. Only integers, sums and products are
 * used, so that a seed gives the same bytes with every libm. */
struct dice {
	uint64_t s[4];
};

/* The finisher of splitmix64: a good hash of one word. */
static inline uint64_t dice_mix(uint64_t x)
{
	x += UINT64_C(0x9e3779b97f4a7c15);
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

/* The seed of one of the things that hang on `seed`; different for each `which`. */
static inline uint64_t dice_child(uint64_t seed, uint64_t which)
{
	return dice_mix(dice_mix(seed) + which * UINT64_C(0xd1b54a32d192ed03));
}

/* Nearly normal, mean 0, variance 1, at most 3.5 in size: the sum of the four 16-bit parts of h. */
static inline double dice_bell(uint64_t h)
{
	int64_t sum = (int64_t)(h & 0xffff) + (int64_t)(h >> 16 & 0xffff) +
		      (int64_t)(h >> 32 & 0xffff) + (int64_t)(h >> 48);

	return (double)(sum - 131070) * (1.7320508 / 65536);
}

void dice_seed(struct dice *d, uint64_t seed);
uint64_t dice_next(struct dice *d);
double dice_unit(struct dice *d);                        /* in [0, 1) */
double dice_range(struct dice *d, double from, double to);
double dice_normal(struct dice *d);                      /* as dice_bell */

#endif
