/* t_base64.c - tests of base/base64 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "base/base64.h"

Suite *t_base64(void);

/* RFC 4648, section 10; added to what is there. */
START_TEST(remainders)
{
	static const char *const plain[] = { "", "f", "fo", "foo", "foob", "fooba", "foobar" };
	static const char *const coded[] = { "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy" };
	struct buf b = { 0 };

	ck_assert(!buf_text(&b, ":", NULL));
	ck_assert(!base64_add(&b, plain[_i], strlen(plain[_i]), NULL));
	ck_assert_str_eq(buf_string(&b, NULL) + 1, coded[_i]);
	buf_free(&b);
}
END_TEST

/* All 64 letters, and bytes with their top bit. */
START_TEST(letters)
{
	unsigned char all[48];
	struct buf b = { 0 };

	for (int i = 0; i < 16; i++) {
		unsigned v = (unsigned)(4 * i) << 18 | (unsigned)(4 * i + 1) << 12 | (unsigned)(4 * i + 2) << 6 |
			     (unsigned)(4 * i + 3);

		all[3 * i] = (unsigned char)(v >> 16);
		all[3 * i + 1] = (unsigned char)(v >> 8);
		all[3 * i + 2] = (unsigned char)v;
	}
	ck_assert(!base64_add(&b, all, sizeof all, NULL));
	ck_assert_str_eq(buf_string(&b, NULL), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
	buf_free(&b);
}
END_TEST

Suite *t_base64(void)
{
	Suite *s = suite_create("base64");
	TCase *nominal = tcase_create("nominal");

	tcase_add_loop_test(nominal, remainders, 0, 7);
	tcase_add_test(nominal, letters);
	suite_add_tcase(s, nominal);
	return s;
}
