/* t_bytes.c - tests of base/bytes, base/sum and base/utf8 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "base/utf8.h"

START_TEST(little_endian_at_any_address)
{
	static const unsigned char want[] = { 0xf8, 0xf7, 0xf6, 0xf5, 0xf4, 0xf3, 0xf2, 0xf1 };
	unsigned char raw[32];

	for (int at = 0; at < 9; at++) {
		memset(raw, 0xaa, sizeof raw);
		bytes_put64(raw + at, UINT64_C(0xf1f2f3f4f5f6f7f8));
		ck_assert_mem_eq(raw + at, want, 8);
		ck_assert(raw[at + 8] == 0xaa && (at == 0 || raw[at - 1] == 0xaa));
		ck_assert(bytes_get64(raw + at) == UINT64_C(0xf1f2f3f4f5f6f7f8));
		ck_assert(bytes_get32(raw + at) == 0xf5f6f7f8u);
		ck_assert_int_eq(bytes_get16(raw + at), 0xf7f8);
		bytes_put32(raw + at, 0x80000001u);
		ck_assert(bytes_get32(raw + at) == 0x80000001u);
		bytes_put16(raw + at, 0xfffe);
		ck_assert_int_eq(bytes_get16(raw + at), 0xfffe);
	}
}
END_TEST

START_TEST(floats)
{
	static const unsigned char one_and_half[] = { 0, 0, 0xc0, 0x3f };
	static const unsigned char minus_two[] = { 0, 0, 0, 0, 0, 0, 0, 0xc0 };
	unsigned char raw[16];

	bytes_put_float(raw + 1, 1.5f);
	ck_assert_mem_eq(raw + 1, one_and_half, 4);
	ck_assert(bytes_get_float(raw + 1) == 1.5f);
	ck_assert(bytes_get_double(minus_two) == -2.0);
	bytes_put_float(raw + 3, NAN);
	ck_assert(isnan(bytes_get_float(raw + 3)));
	bytes_put_float(raw + 3, -INFINITY);
	ck_assert(bytes_get_float(raw + 3) == -INFINITY);
}
END_TEST

START_TEST(known_sums)
{
	ck_assert(sum_crc32(0, "123456789", 9) == 0xcbf43926u);
	ck_assert(sum_crc32(sum_crc32(0, "1234", 4), "56789", 5) == 0xcbf43926u);
	ck_assert(sum_crc32(7, NULL, 0) == 7);
	ck_assert(sum_fnv64(SUM_FNV64_START, "", 0) == SUM_FNV64_START);
	ck_assert(sum_fnv64(SUM_FNV64_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
	ck_assert(sum_fnv64(SUM_FNV64_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
	ck_assert(sum_fnv64(sum_fnv64(SUM_FNV64_START, "foo", 3), "bar", 3) ==
		  UINT64_C(0x85944171f73967e8));
}
END_TEST

/* Short runs are summed in another way than long ones: one long run is as its short pieces, wherever it is cut. */
START_TEST(crc32_of_pieces)
{
	unsigned char bytes[1024];
	uint32_t random = 1;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)((random = random * 1664525u + 1013904223u) >> 24);
	for (size_t size = 512; size < sizeof bytes; size += 37)
		for (size_t cut = size - 511; cut < 512; cut++) {
			uint32_t sum = sum_crc32(0, bytes + 1, cut);

			ck_assert_uint_eq(sum_crc32(sum, bytes + 1 + cut, size - cut), sum_crc32(0, bytes + 1, size));
		}
}
END_TEST

/* Of any length, from any place, going on from any sum. */
START_TEST(crc32_by_any_processor)
{
	unsigned char bytes[1500];
	uint32_t random = 7;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)((random = random * 1664525u + 1013904223u) >> 24);
	for (size_t size = 0; size < sizeof bytes - 16; size++)
		for (size_t at = 0; at < 16; at += 5) {
			uint32_t start = random = random * 1664525u + 1013904223u;

			ck_assert_uint_eq(sum_crc32(start, bytes + at, size), sum_crc32_portable(start, bytes + at, size));
			ck_assert_uint_eq(sum_crc32(0, bytes + at, size), sum_crc32_portable(0, bytes + at, size));
		}
	for (int all = 0; all < 256; all += 255) {
		memset(bytes, all, sizeof bytes);
		ck_assert_uint_eq(sum_crc32(0, bytes, 800), sum_crc32_portable(0, bytes, 800));
	}
}
END_TEST

/* Each code point written as the definition says is whole, and cut or bent it is not. */
START_TEST(every_character)
{
	for (unsigned c = 1; c < 0x110000; c++) {
		char t[5] = { 0 };
		size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

		if (n == 1)
			t[0] = (char)c;
		for (size_t i = n; n > 1 && i-- > 0;)
			t[i] = (char)(i ? 0x80 | (c >> 6 * (n - 1 - i) & 0x3f) :
				      (0xf00u >> n & 0xff) | c >> 6 * (n - 1));
		if (c >= 0xd800 && c < 0xe000)
			n = 0;
		if (utf8_length(t) != n || utf8_control(t) != (c < 0x20 || (c >= 0x7f && c < 0xa0)))
			ck_abort_msg("U+%04x", c);
		if (n > 1) {
			t[n - 1] = 0;
			if (utf8_length(t))
				ck_abort_msg("U+%04x cut", c);
			t[n - 1] = 'x';
			if (utf8_length(t))
				ck_abort_msg("U+%04x bent", c);
		}
	}
}
END_TEST

START_TEST(no_characters)
{
	static const char *bad[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_uint_eq(utf8_length(bad[i]), 0);
}
END_TEST

Suite *t_bytes(void);
Suite *t_bytes(void)
{
	Suite *s = suite_create("bytes");
	TCase *c = tcase_create("bytes");

	tcase_add_test(c, little_endian_at_any_address);
	tcase_add_test(c, floats);
	tcase_add_test(c, known_sums);
	tcase_add_test(c, crc32_of_pieces);
	tcase_add_test(c, crc32_by_any_processor);
	tcase_add_test(c, every_character);
	tcase_add_test(c, no_characters);
	suite_add_tcase(s, c);
	return s;
}
