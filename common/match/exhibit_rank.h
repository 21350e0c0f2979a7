/* exhibit_rank.h - an exhibit against a gallery of exhibits: all marks together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_EXHIBIT_RANK_H
#define MATCH_EXHIBIT_RANK_H

#include "match/exhibit.h"
#include "match/rank.h"

/* Two exhibits compared: every kind of mark that both have.
 * Impressed marks: each signature of one with each of the other, the best counts, as the best of so many
 * (match/fuse.h). Numbered lands: as bullets, in the best phase (match/bullet.h). Lands without numbers: the best
 * pair, as the best of so many. */
struct exhibit_row {
	const struct exhibit *probe, *candidate;
	int64_t rank;          /* from 1 */
	unsigned marks;        /* bit n: mark n was compared */
	bool phased;           /* the next four hold something: lands were compared in order */
	int phase, lands;      /* as in struct bullet_fit; lands: pairs that both have in that phase */
	bool backwards;
	double margin;
	double score;          /* decibans (land_score.h). Of impressed marks and lands without numbers: of
	                        * what they say together, not bounded; of bullets: the mean over the
	                        * lands; of both: the mean of higher and sum */
	double lr;             /* of all marks (match/fuse.h); NaN where none has one */
};

struct exhibit_ranker;

/* options as for a ranker of signatures, but that candidates are exhibits: where there are more than `verified`, the
 * search step chooses so many for each kind of mark that the probe has, and those are compared by all their marks.
 * Both must outlive the ranker; signatures of the probes are in memory. probes NULL: the gallery's own. */
struct exhibit_ranker *exhibit_ranker_new(const struct exhibits *gallery, const struct exhibits *probes,
					  const struct rank_options *options, struct error *e);
void exhibit_ranker_free(struct exhibit_ranker *r);

/* What the caller is told, by its own thread, as by a ranker of signatures. */
struct exhibit_calls {
	int (*row)(void *context, const struct exhibit_row *row, struct error *e);
	void (*step)(void *context, int64_t more);
	void (*bad)(void *context, const struct error *e);
};

/* Compares exhibit i of the probes with the gallery's from `first` on and gives rows, best first, ties by
 * name. An exhibit that is refused is passed over. Not for exhibits beyond those given at the start. */
int exhibit_ranker_probe(struct exhibit_ranker *r, size_t i, size_t first, const struct exhibit_calls *calls,
			 void *context, struct error *e);

/* So many steps is exhibit i of the probes, from `first` on. */
int64_t exhibit_ranker_steps(const struct exhibit_ranker *r, size_t i, size_t first);

#endif
