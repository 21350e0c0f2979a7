/* fuse.h - what all marks of two exhibits say together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_FUSE_H
#define MATCH_FUSE_H

/* What one kind of mark says. */
struct fuse_mark {
	double odds;         /* natural logarithm of the likelihood ratio of its best comparison, not
	                      * bounded; NaN: nothing is known of what its score is worth */
	double tried;        /* best of so many comparisons: 1 or more */
	double least, most;  /* what its reference set can support */
};

/* One firearm and one cartridge, in one moment, make all marks of a case: ammunition that takes one of
 * them well takes the others well, and firearms of one make share several. So likelihood ratios of
 * marks are not multiplied. Assumed is that half of what each mark but the strongest says (in logarithms)
 * was said already:
 *	ln LR = (sum of ln lr + highest ln lr) / 2
 * which for one mark is its own, lies between the strongest mark's and the product, and is not weakened
 * by a mark that says nothing. Before, each lr is bounded by its reference set, and one above 1 that was
 * the best of n is divided by n, but not to below 1. The result is bounded by the widest of the bounds,
 * since no set of pairs with several marks was there to support more. */
struct fused {
	double odds;   /* bounded below only, so that what speaks for it keeps its order; -INFINITY where
	                * nothing speaks */
	double lr;     /* NaN where no mark has one */
};

void fuse_marks(const struct fuse_mark *mark, int marks, struct fused *out);

#endif
