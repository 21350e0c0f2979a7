/* t_signature.c - tests of sign/signature */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "sign/signature.h"

Suite *t_signature(void);

START_TEST(names_go_both_ways)
{
	for (int m = 0; m < MARKS; m++)
		ck_assert_int_eq(mark_find(mark_name((enum mark)m)), m);
	for (int k = 0; k < METAS; k++)
		ck_assert_int_eq(meta_find(meta_name((enum meta)k)), k);
	ck_assert_int_eq(mark_find("breech"), -1);
	ck_assert_int_eq(mark_find(""), -1);
	ck_assert_int_eq(meta_find("ID"), -1);
	ck_assert_int_eq(meta_find("file"), -1);
	/* what files hold does not follow a change of the order in the source */
	ck_assert_str_eq(mark_name(MARK_BREECH_FACE), "breech-face");
	ck_assert_str_eq(mark_name(MARK_LAND), "land");
	ck_assert_str_eq(meta_name(META_FIREARM_CLASS), "firearm_class");
	ck_assert_str_eq(meta_name(META_METHOD), "method");
}
END_TEST

START_TEST(texts_are_copied_replaced_and_cleared)
{
	struct signature s = { 0 };
	char text[] = "K-17/3";
	struct error e;

	ck_assert_str_eq(signature_meta(&s, META_CASE), "");
	ck_assert_int_eq(signature_set(&s, META_CASE, text, &e), 0);
	text[0] = 'X';
	ck_assert_str_eq(signature_meta(&s, META_CASE), "K-17/3");
	ck_assert_int_eq(signature_set(&s, META_CASE, "Köln = \"x\"", &e), 0);
	ck_assert_str_eq(signature_meta(&s, META_CASE), "Köln = \"x\"");
	ck_assert_int_eq(signature_set(&s, META_CASE, "", &e), 0);
	ck_assert_ptr_null(s.meta[META_CASE]);
	ck_assert_int_eq(signature_set(&s, META_CASE, "y", &e), 0);
	ck_assert_int_eq(signature_set(&s, META_CASE, NULL, &e), 0);
	ck_assert_ptr_null(s.meta[META_CASE]);
	signature_free(&s);
}
END_TEST

START_TEST(texts_are_short)
{
	struct signature s = { 0 };
	char text[SIGNATURE_TEXT + 1];
	struct error e;

	memset(text, 'x', sizeof text);
	text[SIGNATURE_TEXT - 1] = 0;
	ck_assert_int_eq(signature_set(&s, META_ID, text, &e), 0);
	ck_assert_str_eq(signature_meta(&s, META_ID), text);
	text[SIGNATURE_TEXT - 1] = 'x';
	text[SIGNATURE_TEXT] = 0;
	ck_assert_int_eq(signature_set(&s, META_ID, text, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "id: longer than 250 bytes"));
	/* what was there is there still */
	ck_assert_uint_eq(strlen(signature_meta(&s, META_ID)), SIGNATURE_TEXT - 1);
	signature_free(&s);
}
END_TEST

START_TEST(texts_hold_no_control_characters)
{
	static const char *const bad[] = { "a\nb", "a\tb", "\x1b[2J", "a\x7f", "\r", "\x01" };
	struct signature s = { 0 };
	struct error e;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_int_eq(signature_set(&s, META_ID, bad[i], &e), STATUS_INPUT);
		ck_assert_int_eq(signature_text_check(META_ID, bad[i], &e), STATUS_INPUT);
		ck_assert_ptr_null(s.meta[META_ID]);
	}
	ck_assert_int_eq(signature_text_check(META_ID, "", &e), 0);
	ck_assert_int_eq(signature_text_check(META_ID, "\xff\xfe not UTF-8", &e), 0);
}
END_TEST

START_TEST(room_is_made_and_bounded)
{
	static const int bad[][2] = { { 0, 1 }, { 1, 0 }, { -3, 4 }, { 1025, 1024 }, { (1 << 20) + 1, 1 }, { 1 << 20, 2 },
				      { 2147483647, 2147483647 } };
	struct signature s = { 0 };
	struct error e;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_int_eq(signature_room(&s, bad[i][0], bad[i][1], 3, &e), STATUS_INPUT);
		ck_assert(!s.on && !s.layer[0] && !s.layer[1]);
	}
	ck_assert_int_eq(signature_room(&s, 1024, 1024, 1u << LAYER_LOOK, &e), 0);
	ck_assert(s.on && !s.layer[LAYER_RELIEF] && s.layer[LAYER_LOOK]);
	ck_assert(s.layer[LAYER_LOOK][1024 * 1024 - 1] == 0 && s.on[1024 * 1024 - 1] == 0);
	signature_free(&s);
	ck_assert(!s.on && !s.layer[LAYER_LOOK] && !s.width);
	ck_assert_int_eq(signature_room(&s, 1 << 20, 1, 1, &e), 0);
	signature_free(&s);
	signature_free(&s);
}
END_TEST

Suite *t_signature(void)
{
	Suite *s = suite_create("signature");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, names_go_both_ways);
	tcase_add_test(c, texts_are_copied_replaced_and_cleared);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, texts_are_short);
	tcase_add_test(c, texts_hold_no_control_characters);
	tcase_add_test(c, room_is_made_and_bounded);
	suite_add_tcase(s, c);
	return s;
}
