/* t_land_code.c - tests of sign/land_code as it travels in signatures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "match/ready.h"
#include "sign/land.h"
#include "sign/pack.h"
#include "unit/made_land.h"

Suite *t_land_code(void);

#define HEADER 8
#define SAMPLES 700
#define BITS (SAMPLES / LAND_CODE_STEP)
#define WORDS ((BITS + 63) / 64)

/* The code of what is filed, made anew. */
static void code_of(const struct signature *s, uint64_t *filed, size_t *size)
{
	struct land land;
	struct error e;

	ck_assert_int_eq(ready_land(s, &land, &e), 0);
	ck_assert_int_eq(land_code_make(&land, filed, size, &e), 0);
	land_free(&land);
}

static void has_code(const struct signature *s, const uint64_t *filed, size_t size)
{
	ck_assert_ptr_nonnull(s->land_code);
	ck_assert_uint_eq(s->land_code_size, size);
	ck_assert_int_eq(memcmp(s->land_code, filed, size * sizeof *filed), 0);
}

static void drop_code(struct signature *s)
{
	free(s->land_code);
	s->land_code = NULL;
}

START_TEST(travels_in_the_signature)
{
	for (int photograph = 0; photograph < 2; photograph++) {
		uint64_t filed[LAND_CODE_ROOM];
		struct signature s, back;
		struct buf body = { 0 };
		struct error e;
		size_t size;

		made_land_signature(7, 1, photograph, &s);
		code_of(&s, filed, &size);
		ck_assert_uint_eq(size, 1 + 2 * WORDS);
		has_code(&s, filed, size);
		ck_assert_int_eq(pack_signature(&s, &body, &e), 0);
		for (int grids = 0; grids < 2; grids++) {
			ck_assert_int_eq(unpack_signature(&body, grids, &back, &e), 0);
			has_code(&back, filed, size);
			signature_free(&back);
		}
		signature_free(&s);
		buf_free(&body);
	}
}
END_TEST

/* Signatures of before have none; it is made of what they have, and is the same. */
START_TEST(old_signatures_have_it_made)
{
	uint64_t filed[LAND_CODE_ROOM], made[LAND_CODE_ROOM];
	struct signature s, old, with;
	struct buf body = { 0 }, small = { 0 };
	struct error e;
	size_t size, n;

	made_land_signature(3, 1, false, &s);
	code_of(&s, filed, &size);
	ck_assert_int_eq(pack_signature(&s, &body, &e), 0);
	drop_code(&s);
	ck_assert_int_eq(pack_signature(&s, &small, &e), 0);
	ck_assert_uint_eq(body.size, small.size + HEADER + 8 * size);
	ck_assert_int_eq(unpack_signature(&small, 0, &old, &e), 0);
	ck_assert_ptr_null(old.land_code);
	ck_assert_int_eq(unpack_signature(&body, 0, &with, &e), 0);
	memset(made, 0xaa, sizeof made);
	ck_assert_int_eq(ready_land_code(&old, &small, made, &n, &e), 0);
	ck_assert(n == size && !memcmp(made, filed, n * sizeof *made));
	memset(made, 0xaa, sizeof made);
	ck_assert_int_eq(ready_land_code(&with, &body, made, &n, &e), 0);
	ck_assert(n == size && !memcmp(made, filed, n * sizeof *made));
	signature_free(&old);
	signature_free(&with);
	signature_free(&s);
	buf_free(&body);
	buf_free(&small);
}
END_TEST

/* What is asked of each signature without being printed. */
START_TEST(methods_are_what_options_say)
{
	static const struct land_options land = LAND_OPTIONS_DEFAULT, shear = SHEAR_OPTIONS_DEFAULT;
	char text[SIGNATURE_TEXT];

	land_method(&land, text, sizeof text);
	ck_assert_str_eq(text, LAND_METHOD);
	land_method(&shear, text, sizeof text);
	ck_assert_str_eq(text, SHEAR_METHOD);
}
END_TEST

/* One that is too short for a bit is filed all the same. */
START_TEST(short_lands_have_none)
{
	static const struct land_options options = LAND_OPTIONS_DEFAULT;
	float z[] = { 1, -1, 1 }, sure[] = { 1, 1, 1 };
	struct land l = { .n = 2, .step_um = options.step_um, .z = z, .sure = sure };
	struct signature s = { 0 };
	struct error e;

	ck_assert_int_eq(land_file(&l, &options, &s, &e), 0);
	ck_assert_ptr_null(s.land_code);
	signature_free(&s);
	l.n = 3;
	ck_assert_int_eq(land_file(&l, &options, &s, &e), 0);
	ck_assert_uint_eq(s.land_code_size, 3);
	signature_free(&s);
}
END_TEST

START_TEST(bytes_come_back)
{
	uint64_t filed[LAND_CODE_ROOM], back[LAND_CODE_ROOM];
	unsigned char bytes[sizeof filed];
	struct signature s;
	size_t size, n;

	made_land_signature(5, 1, true, &s);
	code_of(&s, filed, &size);
	land_code_put(filed, size, bytes);
	ck_assert_uint_eq(bytes_get16(bytes), BITS);
	ck_assert_uint_eq(bytes[2], 4 + 3);   /* of a photograph, both ends at a shoulder */
	ck_assert(land_code_get(bytes, 8 * size, SAMPLES, back, &n));
	ck_assert(n == size && !memcmp(back, filed, 8 * size));
	/* samples that make no further bit do not matter, others do */
	ck_assert(land_code_get(bytes, 8 * size, SAMPLES + 1, back, &n));
	ck_assert(!land_code_get(bytes, 8 * size, SAMPLES + 2, back, &n));
	ck_assert(!land_code_get(bytes, 8 * size, SAMPLES - 2, back, &n));
	signature_free(&s);
}
END_TEST

START_TEST(bits_without_meaning_become_zero)
{
	uint64_t filed[LAND_CODE_ROOM];
	unsigned char bytes[sizeof filed];
	size_t n;

	memset(bytes, 0xff, sizeof bytes);
	bytes_put16(bytes, 70);
	bytes_put64(bytes + 24, UINT64_C(0x0f0f));
	ck_assert(land_code_get(bytes, 40, 211, filed, &n));
	ck_assert_uint_eq(n, 5);
	ck_assert_uint_eq(filed[0], 70 | 7 << 16);
	ck_assert_uint_eq(filed[1], UINT64_C(0x0f0f));
	ck_assert_uint_eq(filed[2], 0x3f);
	ck_assert_uint_eq(filed[3], UINT64_C(0x0f0f));
	ck_assert_uint_eq(filed[4], 0x3f);
}
END_TEST

START_TEST(lengths_that_lie_are_refused)
{
	uint64_t filed[LAND_CODE_ROOM];
	unsigned char bytes[8 * LAND_CODE_ROOM + 8] = { 0 };
	size_t n;

	bytes_put16(bytes, LAND_CODE_BITS);
	ck_assert(land_code_get(bytes, 8 * LAND_CODE_ROOM, LAND_MOST, filed, &n));
	ck_assert(!land_code_get(bytes, 8 * LAND_CODE_ROOM + 8, LAND_MOST + LAND_CODE_STEP, filed, &n));
	ck_assert(!land_code_get(bytes, 8 * LAND_CODE_ROOM + 8, LAND_MOST, filed, &n));
	ck_assert(!land_code_get(bytes, 8 * LAND_CODE_ROOM - 8, LAND_MOST, filed, &n));
	ck_assert(!land_code_get(bytes, 8, 2, filed, &n));
	ck_assert(!land_code_get(bytes, 0, 0, filed, &n));
	bytes_put16(bytes, 0);
	ck_assert(!land_code_get(bytes, 8, 0, filed, &n));
	bytes_put16(bytes, 65535);
	ck_assert(!land_code_get(bytes, 24, 30, filed, &n));
}
END_TEST

Suite *t_land_code(void)
{
	Suite *s = suite_create("land_code");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, travels_in_the_signature);
	tcase_add_test(c, old_signatures_have_it_made);
	tcase_add_test(c, bytes_come_back);
	tcase_add_test(c, methods_are_what_options_say);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, short_lands_have_none);
	suite_add_tcase(s, c);
	c = tcase_create("damaged");
	tcase_add_test(c, bits_without_meaning_become_zero);
	tcase_add_test(c, lengths_that_lie_are_refused);
	suite_add_tcase(s, c);
	return s;
}
