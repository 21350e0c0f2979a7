/* land_pair.c - two compared lands laid over each other at the lag, to be drawn */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/land_pair.h"

#include <math.h>
#include <string.h>

static int lay(const struct land_pair *p, const struct land_key *key, enum pair_mark which, double step_um,
	       struct grid *out, int length, struct error *e)
{
	bool turned = which == PAIR_CANDIDATE && p->turned;

	if (grid_new(out, length, 1, step_um, e))
		return STATUS_SYSTEM;
	for (int i = 0; i < key->n; i++) {
		int from = turned ? key->n - 1 - i : i;

		if (!(key->on[from] > 0))
			continue;
		out->on[p->at[which] + i] = 1;
		out->v[p->at[which] + i] = which == PAIR_CANDIDATE && p->over ? -key->z[from] : key->z[from];
	}
	return STATUS_DONE;
}

int land_pair_make(const struct land_matcher *m, const struct land_key *a, const struct land_key *b,
		   const struct land_fit *fit, struct land_pair *out, struct error *e)
{
	int lag = (int)lrint(fit->lag_um / m->step_um), first = lag < 0 ? lag : 0;
	int end = a->n > b->n + lag ? a->n : b->n + lag, status;

	*out = (struct land_pair){ .fit = *fit, .first_um = first * m->step_um, .turned = fit->turned,
				   .over = fit->turned && b->lit };
	out->at[PAIR_PROBE] = -first;
	out->at[PAIR_CANDIDATE] = lag - first;
	out->n[PAIR_PROBE] = a->n;
	out->n[PAIR_CANDIDATE] = b->n;
	status = lay(out, a, PAIR_PROBE, m->step_um, &out->profile[PAIR_PROBE], end - first, e);
	if (!status)
		status = lay(out, b, PAIR_CANDIDATE, m->step_um, &out->profile[PAIR_CANDIDATE], end - first, e);
	if (!status)
		status = grid_new(&out->agree, end - first, 1, m->step_um, e);
	if (!status)
		status = pair_agree(&out->profile[PAIR_PROBE], &out->profile[PAIR_CANDIDATE], 1, LAND_PAIR_WINDOW_UM,
				    &out->agree, e);
	if (status)
		land_pair_free(out);
	return status;
}

void land_pair_free(struct land_pair *p)
{
	for (int i = 0; i < PAIR_MARKS; i++)
		grid_free(&p->profile[i]);
	grid_free(&p->agree);
	memset(p, 0, sizeof *p);
}
