/* rings_fourier.h - the part of rings_scan that is compiled once a kernel: orders to turns, and the best of those */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* No guard: included once a kernel, with these defined:
 * NAME(x)      the kernel's name for x
 * TARGET       what the compiler is to be told
 * VECTOR       16-bit numbers, one a lane: a lane is a shift of one candidate
 * ADD, SUB     saturating; MUL(v, c): the product with c / 32768, rounded; SET(c): c in every lane
 * LOW, HIGH    where lanes lie in blocks of eight: those of the first (last) four of two blocks, by turns; and
 *              then MOST: the greater
 * All lanes do the same, with whole numbers: results do not depend on how many there are. */

/* Sum over the orders of X[m] exp(2 pi i m t / 128), for real results t: those at 2 n as the real and at 2 n
 * + 1 as the imaginary part of a Fourier transform of 64. X in re, im (0 to 63, the first is not used). */
TARGET
static inline __attribute__((always_inline))
void NAME(fold)(VECTOR re[64], VECTOR im[64], const VECTOR turn[RINGS_ROOTS][2])
{
	re[0] = im[0] = SET(0);
	/* of X[32], S = 2 Re and W D = -2 Im */
	im[32] = SUB(SET(0), im[32]);
	re[32] = ADD(re[32], re[32]);
	im[32] = ADD(im[32], im[32]);
	for (int k = 1; k < 32; k++) {
		/* A + conj B, A - conj B, and i exp(2 pi i k / 128) times that */
		VECTOR sr = ADD(re[k], re[64 - k]), si = SUB(im[k], im[64 - k]);
		VECTOR dr = SUB(re[k], re[64 - k]), di = ADD(im[k], im[64 - k]);
		VECTOR c = turn[k][0], s = turn[k][1];
		VECTOR wr = SUB(SUB(SET(0), MUL(dr, s)), MUL(di, c)), wi = SUB(MUL(dr, c), MUL(di, s));

		re[k] = ADD(sr, wr);
		im[k] = ADD(si, wi);
		re[64 - k] = SUB(sr, wr);
		im[64 - k] = SUB(wi, si);
	}
}

/* Four values to their sums with the powers of i. */
#define BUTTERFLY(a, b, c, d) \
	VECTOR ar = ADD(re[a], re[c]), ai = ADD(im[a], im[c]), br = SUB(re[a], re[c]), bi = SUB(im[a], im[c]); \
	VECTOR cr = ADD(re[b], re[d]), ci = ADD(im[b], im[d]), dr = SUB(im[d], im[b]), di = SUB(re[b], re[d])

TARGET
static inline __attribute__((always_inline))
void NAME(turned)(VECTOR *re, VECTOR *im, VECTOR r, VECTOR i, const VECTOR w[2])
{
	*re = SUB(MUL(r, w[0]), MUL(i, w[1]));
	*im = ADD(MUL(r, w[1]), MUL(i, w[0]));
}

/* One pass of radix 4: blocks of 4 * q, whose roots of unity are every `step`th of 128. */
TARGET
static inline __attribute__((always_inline))
void NAME(pass)(VECTOR re[64], VECTOR im[64], int q, int step, const VECTOR turn[RINGS_ROOTS][2])
{
	for (int at = 0; at < 64; at += 4 * q)
		for (int j = 0; j < q; j++) {
			int k = at + j;
			BUTTERFLY(k, k + q, k + 2 * q, k + 3 * q);

			re[k] = ADD(ar, cr);
			im[k] = ADD(ai, ci);
			if (j == 0) {
				re[k + q] = ADD(br, dr);
				im[k + q] = ADD(bi, di);
				re[k + 2 * q] = SUB(ar, cr);
				im[k + 2 * q] = SUB(ai, ci);
				re[k + 3 * q] = SUB(br, dr);
				im[k + 3 * q] = SUB(bi, di);
			} else {
				NAME(turned)(&re[k + q], &im[k + q], ADD(br, dr), ADD(bi, di), turn[j * step]);
				NAME(turned)(&re[k + 2 * q], &im[k + 2 * q], SUB(ar, cr), SUB(ai, ci), turn[2 * j * step]);
				NAME(turned)(&re[k + 3 * q], &im[k + 3 * q], SUB(br, dr), SUB(bi, di), turn[3 * j * step]);
			}
		}
}

/* The last pass: each turn's value, times its weight. */
TARGET
static inline __attribute__((always_inline))
void NAME(weighed)(VECTOR re[64], VECTOR im[64], const VECTOR weight[RINGS_SECTORS], VECTOR each[RINGS_TURNS])
{
	for (int k = 0; k < 64; k += 4) {
		BUTTERFLY(k, k + 1, k + 2, k + 3);
		/* places of two passes: the turn (of 64) is that with the digits the other way round */
		int turn = k / 16 + k / 4 % 4 * 4;
		const VECTOR *w = weight + turn / 2;
		VECTOR *v = each + 2 * turn;

		v[0] = MUL(ADD(ar, cr), w[0]);
		v[1] = MUL(ADD(ai, ci), w[0]);
		v[32] = MUL(ADD(br, dr), w[8]);
		v[33] = MUL(ADD(bi, di), w[8]);
		v[64] = MUL(SUB(ar, cr), w[16]);
		v[65] = MUL(SUB(ai, ci), w[16]);
		v[96] = MUL(SUB(br, dr), w[24]);
		v[97] = MUL(SUB(bi, di), w[24]);
	}
}

TARGET
static inline __attribute__((always_inline))
void NAME(turns)(VECTOR re[64], VECTOR im[64], const VECTOR weight[RINGS_SECTORS], const VECTOR turn[RINGS_ROOTS][2],
		 VECTOR each[RINGS_TURNS])
{
	NAME(fold)(re, im, turn);
	NAME(pass)(re, im, 16, 2, turn);
	NAME(pass)(re, im, 4, 8, turn);
	NAME(weighed)(re, im, weight, each);
}
#undef BUTTERFLY

#ifdef LOW
/* The greatest shift of each turn: of `each`, and in `best` by blocks of lanes, a turn a lane. */
TARGET
static inline void NAME(greatest)(const VECTOR each[RINGS_TURNS], VECTOR best[RINGS_TURNS / 8])
{
	static const int order[8] = { 0, 4, 2, 6, 1, 5, 3, 7 };

	for (int t = 0; t < RINGS_TURNS / 8; t++) {
		VECTOR v[8];

		for (int k = 0; k < 8; k++)
			v[k] = each[8 * t + order[k]];
		for (int n = 4; n > 0; n /= 2)
			for (int k = 0; k < n; k++)
				v[k] = MOST(LOW(v[2 * k], v[2 * k + 1]), HIGH(v[2 * k], v[2 * k + 1]));
		best[t] = MOST(v[0], SET(0));
	}
}
#endif
