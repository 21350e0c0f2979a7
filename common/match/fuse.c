/* fuse.c - what all marks of two exhibits say together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/fuse.h"

#include <math.h>

/* The best of n chance comparisons is n times as often this high as one of them. */
static double allow_for(double odds, double tried)
{
	return odds > 0 ? fmax(0, odds - log(tried)) : odds;
}

struct sum {
	double all, highest;
};

static void add(struct sum *s, double odds)
{
	s->all += odds;
	s->highest = fmax(s->highest, odds);
}

void fuse_marks(const struct fuse_mark *mark, int marks, struct fused *out)
{
	struct sum free = { 0, -INFINITY }, bounded = { 0, -INFINITY };
	double least = INFINITY, most = 0;
	int n = 0;

	for (int i = 0; i < marks; i++) {
		const struct fuse_mark *m = &mark[i];

		if (isnan(m->odds))
			continue;
		add(&free, allow_for(fmax(log(m->least), m->odds), m->tried));
		add(&bounded, allow_for(fmax(log(m->least), fmin(log(m->most), m->odds)), m->tried));
		least = fmin(least, m->least);
		most = fmax(most, m->most);
		n++;
	}
	*out = (struct fused){ -INFINITY, NAN };
	if (n == 0)
		return;
	out->odds = (free.all + free.highest) / 2;
	out->lr = fmax(least, fmin(most, exp((bounded.all + bounded.highest) / 2)));
}
