/* land_code.c - the search code of a land: where its fine striae rise and fall */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/land_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "math/profile.h"

/* The profile is smoothed by two kernels (each three running means, nearly a Gaussian), one wide and one narrow; their
 * difference keeps waves of about 15 to 60 um, of which a land has many that are its own. Its mean over three
 * samples gives a bit: its sign, where it is strong against the waves within LOCAL samples.
 * On the sets named in land_score.c these widths, this step and this strength told same lands from others best of
 * those tried (narrow 2 to 9 samples, wide 6 to 60, steps 2 to 8, strengths 0.1 to 0.5). */
#define NARROW 1         /* running mean over 2 n + 1 samples */
#define WIDE 3
#define PASSES 3
#define LOCAL 64
#define WEAK 0.4f        /* of the local root mean square, and of a fifth of the whole one */
#define FLOOR 0.2f

#define ENDS_AT 16       /* in the first word: n, then the ends, then lit */
#define LIT_AT 18
#define FIRST_MEANS ((UINT64_C(1) << (LIT_AT + 1)) - 1)

static void smooth(const float *from, int n, int half, float *to, float *spare)
{
	profile_box(from, n, half, to);
	for (int k = 1; k < PASSES; k++) {
		memcpy(spare, to, (size_t)n * sizeof *spare);
		profile_box(spare, n, half, to);
	}
}

/* v: n samples, NaN where missing; work: 4 n. Leaves the waves in v and their local strength in work. */
static void find_waves(float *v, int n, float *work)
{
	float *narrow = work + n, *wide = narrow + n, *spare = wide + n;
	double sum = 0, count = 0;
	float whole;

	smooth(v, n, NARROW, narrow, spare);
	smooth(v, n, WIDE, wide, spare);
	for (int i = 0; i < n; i++) {
		v[i] = isnan(v[i]) ? NAN : narrow[i] - wide[i];
		spare[i] = v[i] * v[i];
		if (isfinite(spare[i])) {
			sum += spare[i];
			count++;
		}
	}
	whole = count > 0 ? (float)sqrt(sum / count) : 0;
	profile_box(spare, n, LOCAL, work);
	for (int i = 0; i < n; i++)
		work[i] = (isfinite(work[i]) ? sqrtf(work[i]) : whole) + FLOOR * whole;
}

static void put_bits(const float *v, const float *strong, int bits, uint64_t *bit, uint64_t *on)
{
	for (int k = 0; k < bits; k++) {
		float sum = 0, least = 0;
		int there = 0;

		for (int i = LAND_CODE_STEP * k; i < LAND_CODE_STEP * (k + 1); i++)
			if (isfinite(v[i])) {
				sum += v[i];
				least += WEAK * strong[i];
				there++;
			}
		if (2 * there < LAND_CODE_STEP || !(fabsf(sum) > least))
			continue;
		on[k / 64] |= UINT64_C(1) << k % 64;
		bit[k / 64] |= (uint64_t)(sum > 0) << k % 64;
	}
}

int land_code_make(const struct land *land, uint64_t *filed, size_t *size, struct error *e)
{
	int n = land->n, bits = n / LAND_CODE_STEP, words = (bits + 63) / 64;
	float *v;

	if (bits < 1 || n > LAND_MOST)
		return error_set(e, STATUS_INPUT, "no land has %d points", n);
	v = mem_new((size_t)n * 5, sizeof *v, e);
	if (!v)
		return STATUS_SYSTEM;
	for (int i = 0; i < n; i++)
		v[i] = land->sure[i] > 0 && isfinite(land->z[i]) ? land->z[i] : NAN;
	find_waves(v, n, v + n);
	*size = 1 + 2 * (size_t)words;
	memset(filed, 0, *size * sizeof *filed);
	filed[0] = (uint64_t)bits | (uint64_t)land_ends(land) << ENDS_AT |
		   (uint64_t)(land->kind == SURFACE_PHOTOGRAPH) << LIT_AT;
	put_bits(v, v + n, bits, filed + 1, filed + 1 + words);
	free(v);
	return STATUS_DONE;
}

bool land_code_view(const uint64_t *filed, size_t room, struct land_code *out)
{
	int n = room ? (int)(filed[0] & 0xffff) : 0, words = (n + 63) / 64;

	if (n < 1 || n > LAND_CODE_BITS || room < 1 + 2 * (size_t)words)
		return false;
	*out = (struct land_code){ n, words, (int)(filed[0] >> ENDS_AT & 3), filed[0] >> LIT_AT & 1, filed + 1,
				   filed + 1 + words };
	return true;
}

void land_code_put(const uint64_t *filed, size_t size, unsigned char *bytes)
{
	for (size_t w = 0; w < size; w++)
		bytes_put64(bytes + 8 * w, filed[w]);
}

bool land_code_get(const unsigned char *bytes, size_t length, int samples, uint64_t *filed, size_t *size)
{
	int bits = samples / LAND_CODE_STEP, words = (bits + 63) / 64;
	uint64_t *bit = filed + 1, *on = bit + words;

	if (bits < 1 || bits > LAND_CODE_BITS || length != 8 * (1 + 2 * (size_t)words))
		return false;
	*size = length / 8;
	for (size_t w = 0; w < *size; w++)
		filed[w] = bytes_get64(bytes + 8 * w);
	filed[0] &= FIRST_MEANS;
	if (bits % 64)
		on[words - 1] &= (UINT64_C(1) << bits % 64) - 1;
	for (int w = 0; w < words; w++)
		bit[w] &= on[w];
	return (filed[0] & 0xffff) == (uint64_t)bits;
}
