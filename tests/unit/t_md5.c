/* t_md5.c - tests of base/md5 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "base/md5.h"

Suite *t_md5(void);

static void sum_of(const char *text, size_t piece, char out[MD5_TEXT])
{
	size_t size = strlen(text), at;
	struct md5 m;

	md5_start(&m);
	for (at = 0; at < size; at += piece)
		md5_add(&m, text + at, size - at < piece ? size - at : piece);
	md5_text(&m, out);
}

/* the test suite of RFC 1321, A.5, whole and in pieces of any length */
START_TEST(test_rfc)
{
	static const char *const cases[][2] = {
		{ "", "d41d8cd98f00b204e9800998ecf8427e" },
		{ "a", "0cc175b9c0f1b6a831c399e269772661" },
		{ "abc", "900150983cd24fb0d6963f7d28e17f72" },
		{ "message digest", "f96b697d7cb7938d525a2f31aaf161d0" },
		{ "abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b" },
		{ "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
		  "d174ab98d277d9f5a5611c2c9f419d9f" },
		{ "1234567890123456789012345678901234567890123456789012345678901234567890"
		  "1234567890", "57edf4a22be3c955ac49da2e2107b67a" },
	};
	char sum[MD5_TEXT];
	size_t i, piece;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		for (piece = 1; piece < 100; piece++) {
			sum_of(cases[i][0], piece, sum);
			ck_assert_str_eq(sum, cases[i][1]);
		}
}
END_TEST

/* lengths around the block: where padding goes wrong */
START_TEST(test_lengths)
{
	static const struct {
		size_t length;
		const char *sum;
	} cases[] = {
		{ 55, "ef1772b6dff9a122358552954ad0df65" }, { 56, "3b0c8ac703f828b04c6c197006d17218" },
		{ 57, "652b906d60af96844ebd21b674f35e93" }, { 63, "b06521f39153d618550606be297466d5" },
		{ 64, "014842d480b571495a4a0363793f7367" }, { 65, "c743a45e0d2e6a95cb859adae0248435" },
	};
	char text[66], sum[MD5_TEXT];
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		memset(text, 'a', sizeof text);
		text[cases[i].length] = 0;
		sum_of(text, 7, sum);
		ck_assert_str_eq(sum, cases[i].sum);
	}
}
END_TEST

Suite *t_md5(void)
{
	Suite *s = suite_create("md5");
	TCase *c = tcase_create("md5");

	tcase_add_test(c, test_rfc);
	tcase_add_test(c, test_lengths);
	suite_add_tcase(s, c);
	return s;
}
