/* evidence.c - what a score is worth: the likelihood ratio */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/evidence.h"

#include <math.h>

double evidence_lr(enum view v, double score)
{
	(void)v;
	return exp((score - 15) / 2.5);
}
