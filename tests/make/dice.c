/* dice.c - random numbers that are the same on every machine */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make/dice.h"

void dice_seed(struct dice *d, uint64_t seed)
{
	for (int i = 0; i < 4; i++)
		d->s[i] = dice_mix(seed + (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15));
}

static uint64_t turned_left(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

uint64_t dice_next(struct dice *d)
{
	uint64_t *s = d->s, result = turned_left(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = turned_left(s[3], 45);
	return result;
}

double dice_unit(struct dice *d)
{
	return (double)(dice_next(d) >> 11) * 0x1p-53;
}

double dice_range(struct dice *d, double from, double to)
{
	return from + (to - from) * dice_unit(d);
}

double dice_normal(struct dice *d)
{
	return dice_bell(dice_next(d));
}
