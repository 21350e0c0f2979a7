/* t_gallery.c - tests of match/gallery */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "match/gallery.h"
#include "unit/marked.h"

Suite *t_gallery(void);

static int read_bytes(struct gallery *g, const void *bytes, size_t size, const char *where, struct error *e)
{
	struct gallery_where w[4];
	char *copy = strdup(where ? where : ""), *save = NULL, *one;
	size_t conditions = 0;
	FILE *in = fmemopen((void *)(uintptr_t)bytes, size, "r");
	int status;

	ck_assert(copy && in);
	for (one = strtok_r(copy, "&", &save); one; one = strtok_r(NULL, "&", &save))
		ck_assert_int_eq(gallery_where_parse(one, &w[conditions++], e), 0);
	status = gallery_read(g, in, w, conditions, e);
	fclose(in);
	free(copy);
	return status;
}

/* Signatures n0, n1, ... of calibres in turn, in files of the caller's wish. */
static void make_file(int first, int count, struct buf *out)
{
	static const char *const calibre[] = { "9 mm Luger", ".45 ACP", "7.62x39" };
	struct signature s[10] = { { 0 } };
	struct error e;
	char id[20];

	for (int i = 0; i < count; i++) {
		marked_small((uint64_t)(first + i), 8, 3, &s[i]);
		snprintf(id, sizeof id, "n%d", first + i);
		signature_set(&s[i], META_ID, id, &e);
		signature_set(&s[i], META_CALIBRE, calibre[(first + i) % 3], &e);
		if ((first + i) % 2)
			signature_set(&s[i], META_COUNTRY, "DEU", &e);
	}
	marked_file(s, count, out);
	for (int i = 0; i < count; i++)
		signature_free(&s[i]);
}

static const char *ids(const struct gallery *g)
{
	static char text[200];

	*text = 0;
	for (size_t i = 0; i < g->count; i++) {
		strcat(text, i ? " " : "");
		strcat(text, signature_meta(&g->entry[i].head, META_ID));
	}
	return text;
}

START_TEST(conditions_choose)
{
	static const struct { const char *where, *gives; } how[] = {
		{ NULL, "n0 n1 n2 n3 n4 n5" }, { "id=n3", "n3" }, { "id=n[1-3]", "n1 n2 n3" }, { "id=n*&country=DEU", "n1 n3 n5" },
		{ "calibre=9*", "n0 n3" }, { "calibre=*A?P", "n1 n4" }, { "country=", "n0 n2 n4" }, { "country=?*", "n1 n3 n5" },
		{ "id=N3", "" }, { "id=", "" }, { "case=x", "" }, { "calibre=9 mm Luger&country=DEU", "n3" }, { "id=n[!0-4]", "n5" },
	};
	struct buf file = { 0 };
	struct error e;

	make_file(0, 6, &file);
	for (size_t k = 0; k < sizeof how / sizeof *how; k++) {
		struct gallery g = { 0 };

		ck_assert_int_eq(read_bytes(&g, file.data, file.size, how[k].where, &e), 0);
		ck_assert_str_eq(ids(&g), how[k].gives);
		gallery_free(&g);
		ck_assert(!g.entry && !g.count);
	}
	buf_free(&file);
}
END_TEST

START_TEST(conditions_that_are_none_are_refused)
{
	static const char *const bad[] = { "", "id", "=x", "Id=x", "colour=red", "mark=land", "id =x",
					   "a-key-that-is-longer-than-any-key-there-is=x" };
	struct gallery_where w;
	struct error e;

	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
		ck_assert_int_eq(gallery_where_parse(bad[k], &w, &e), STATUS_USAGE);
		ck_assert_ptr_nonnull(strstr(e.text, "firearm_class"));
	}
	ck_assert_int_eq(gallery_where_parse("case=a=b", &w, &e), 0);
	ck_assert_int_eq(w.key, META_CASE);
	ck_assert_str_eq(w.pattern, "a=b");
}
END_TEST

/* Files in any order, joined or apart, make the same gallery. */
START_TEST(the_order_of_files_does_not_matter)
{
	struct buf a = { 0 }, b = { 0 }, both = { 0 };
	struct gallery g[3] = { { 0 } };
	struct error e;

	make_file(0, 4, &a);
	make_file(4, 3, &b);
	buf_add(&both, a.data, a.size, NULL);
	buf_add(&both, b.data, b.size, NULL);
	for (int k = 0; k < 2; k++) {
		struct gallery first = { 0 }, second = { 0 };

		ck_assert_int_eq(read_bytes(&first, k ? b.data : a.data, k ? b.size : a.size, NULL, &e), 0);
		ck_assert_int_eq(read_bytes(&second, k ? a.data : b.data, k ? a.size : b.size, NULL, &e), 0);
		ck_assert_int_eq(gallery_take(&g[k], &first, &e), 0);
		ck_assert_int_eq(gallery_take(&g[k], &second, &e), 0);
		ck_assert(!first.entry && !second.entry);
		gallery_sort(&g[k]);
	}
	ck_assert_int_eq(read_bytes(&g[2], both.data, both.size, NULL, &e), 0);
	gallery_sort(&g[2]);
	for (int k = 0; k < 3; k++)
		ck_assert_str_eq(ids(&g[k]), "n0 n1 n2 n3 n4 n5 n6");
	for (int k = 1; k < 3; k++)
		for (size_t i = 0; i < 7; i++) {
			ck_assert_uint_eq(g[0].entry[i].head.sum, g[k].entry[i].head.sum);
			ck_assert_int_eq(gallery_same(&g[0].entry[i], &g[k].entry[i]), 1);
			ck_assert_int_eq(gallery_same(&g[0].entry[i], &g[k].entry[(i + 1) % 7]), 0);
		}
	for (int k = 0; k < 3; k++)
		gallery_free(&g[k]);
	buf_free(&a);
	buf_free(&b);
	buf_free(&both);
}
END_TEST

/* The same id and other content, the same content and another id, and both the same. */
START_TEST(sameness_is_of_id_and_content)
{
	struct signature s[4];
	struct buf file = { 0 };
	struct gallery g = { 0 };
	struct error e;

	for (int i = 0; i < 4; i++)
		marked_small(i == 1 ? 2 : 1, 8, 3, &s[i]);
	signature_set(&s[2], META_ID, "S2", &e);
	marked_file(s, 4, &file);
	ck_assert_int_eq(read_bytes(&g, file.data, file.size, NULL, &e), 0);
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 4; j++)
			ck_assert_int_eq(gallery_same(&g.entry[i], &g.entry[j]), i == j || (i % 3 == 0 && j % 3 == 0));
	gallery_sort(&g);
	ck_assert_str_eq(ids(&g), "S1 S1 S1 S2");
	gallery_free(&g);
	for (int i = 0; i < 4; i++)
		signature_free(&s[i]);
	buf_free(&file);
}
END_TEST

START_TEST(what_came_before_the_damage_stays)
{
	struct buf file = { 0 };
	struct gallery g = { 0 };
	struct error e;

	make_file(0, 5, &file);
	ck_assert_int_eq(read_bytes(&g, file.data, file.size / 2, NULL, &e), STATUS_INPUT);
	ck_assert_str_eq(ids(&g), "n0 n1");
	gallery_free(&g);
	/* no end frame */
	ck_assert_int_eq(read_bytes(&g, file.data, file.size - 28, NULL, &e), STATUS_INPUT);
	ck_assert_str_eq(ids(&g), "n0 n1 n2 n3 n4");
	gallery_free(&g);
	gallery_sort(&g);
	ck_assert_int_eq(gallery_take(&g, &(struct gallery){ 0 }, &e), 0);
	gallery_free(&g);
	buf_free(&file);
}
END_TEST

Suite *t_gallery(void)
{
	Suite *s = suite_create("gallery");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, conditions_choose);
	tcase_add_test(c, the_order_of_files_does_not_matter);
	tcase_add_test(c, sameness_is_of_id_and_content);
	suite_add_tcase(s, c);
	c = tcase_create("damaged");
	tcase_add_test(c, conditions_that_are_none_are_refused);
	tcase_add_test(c, what_came_before_the_damage_stays);
	suite_add_tcase(s, c);
	return s;
}
