/* t_exhibit.c - tests of match/exhibit, match/bullet_rank and match/exhibit_rank */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/exhibit_rank.h"
#include "sign/pack.h"
#include "unit/made_land.h"
#include "unit/marked.h"

Suite *t_exhibit(void);

static struct gallery gallery, probes;

static void add(struct gallery *g, struct signature *s)
{
	struct gallery_entry *entry;
	struct error e;

	g->entry = realloc(g->entry, (g->count + 1) * sizeof *g->entry);
	ck_assert_ptr_nonnull(g->entry);
	entry = &g->entry[g->count++];
	memset(entry, 0, sizeof *entry);
	ck_assert_int_eq(pack_signature(s, &entry->body, &e), 0);
	ck_assert_int_eq(unpack_signature(&entry->body, 0, &entry->head, &e), 0);
	signature_free(s);
}

static void drop(void)
{
	gallery_free(&gallery);
	gallery_free(&probes);
}

/* What is said of a land; an empty text: nothing. */
struct said {
	const char *exhibit, *land, *lands, *twist;
};

/* A land of a barrel as one shot shows it. */
static void add_land(struct gallery *g, int barrel, int land, int shot, struct said said, bool photograph)
{
	struct signature s;
	char id[32];

	made_land_signature((uint64_t)(barrel * 100 + land), (uint64_t)(shot * 100 + land), photograph, &s);
	snprintf(id, sizeof id, "%s-%d%s", said.exhibit, land, photograph ? "p" : "");
	signature_set(&s, META_ID, id, NULL);
	signature_set(&s, META_EXHIBIT, said.exhibit, NULL);
	signature_set(&s, META_LAND, said.land, NULL);
	signature_set(&s, META_LANDS, said.lands, NULL);
	signature_set(&s, META_TWIST, said.twist, NULL);
	add(g, &s);
}

/* Four lands, of which number k is the barrel's (k + phase) % 4. */
static void add_bullet(struct gallery *g, const char *exhibit, int barrel, int phase, int shot)
{
	for (int k = 0; k < 4; k++) {
		char number[2] = { (char)('1' + k), 0 };

		add_land(g, barrel, (k + phase) % 4, shot, (struct said){ exhibit, number, "4", "right" }, false);
	}
}

static void add_case(struct gallery *g, const char *exhibit, const char *id, int tool, int shot)
{
	struct marked m = { .tool = (uint64_t)tool, .shot = (uint64_t)shot, .noise = .5, .turn_deg = 77. * shot,
			    .spacing_um = 12 };
	struct signature s;

	marked_signature(&m, id, &s);
	signature_set(&s, META_EXHIBIT, exhibit, NULL);
	add(g, &s);
}

/* What was said in a run. */
struct heard {
	struct buf rows, bad;
	int64_t steps;
};

static int hear_row(void *context, const struct exhibit_row *row, struct error *e)
{
	struct heard *h = context;

	return buf_format(&h->rows, e, "%s>%s#%d marks %x phase %d%s of %d margin %d score %.2f lr %.4f\n",
			  row->probe->name, row->candidate->name, (int)row->rank, row->marks,
			  row->phased ? row->phase : -1, row->backwards ? "r" : "", row->lands, row->margin > 1.5,
			  row->score, row->lr);
}

static void hear_step(void *context, int64_t more)
{
	((struct heard *)context)->steps += more;
}

static void hear_bad(void *context, const struct error *e)
{
	ck_assert_int_eq(e->status, STATUS_INPUT);
	ck_assert_int_eq(buf_format(&((struct heard *)context)->bad, NULL, "%s\n", e->text), 0);
}

static const struct exhibit_calls calls = { hear_row, hear_step, hear_bad };

/* All of from (NULL: each pair of the gallery once). */
static void run(struct gallery *from, const struct rank_options *o, struct heard *h)
{
	struct stock stock = { .g = &gallery, .count = gallery.count };
	struct stock own = { .g = from, .count = from ? from->count : 0 };
	struct exhibits x, y = { 0 };
	struct exhibit_ranker *r;
	struct error e;
	int64_t steps = 0;

	*h = (struct heard){ { 0 }, { 0 }, 0 };
	ck_assert_int_eq(exhibits_group(&stock, &x, hear_bad, h, &e), 0);
	if (from)
		ck_assert_int_eq(exhibits_group(&own, &y, hear_bad, h, &e), 0);
	r = exhibit_ranker_new(&x, from ? &y : NULL, o, &e);
	ck_assert_ptr_nonnull(r);
	for (size_t i = 0; i < (from ? &y : &x)->count; i++) {
		steps += exhibit_ranker_steps(r, i, from ? 0 : i + 1);
		ck_assert_int_eq(exhibit_ranker_probe(r, i, from ? 0 : i + 1, &calls, h, &e), 0);
	}
	ck_assert_int_eq((int)h->steps, (int)steps);
	exhibit_ranker_free(r);
	exhibits_free(&x);
	exhibits_free(&y);
	stock_free(&stock);
	stock_free(&own);
	ck_assert_ptr_nonnull(buf_string(&h->rows, NULL));
	ck_assert_ptr_nonnull(buf_string(&h->bad, NULL));
}

static void forget(struct heard *h)
{
	buf_free(&h->rows);
	buf_free(&h->bad);
}

static const char *rows(const struct heard *h)
{
	return (const char *)h->rows.data;
}

START_TEST(bullets_in_their_phase)
{
	struct rank_options o = { .threads = 1 };
	struct heard h, again;

	add_bullet(&gallery, "A", 1, 0, 1);
	add_bullet(&gallery, "B", 1, 3, 2);   /* B's land k is A's k + 3: A's k is B's k + 1 */
	add_bullet(&gallery, "C", 2, 0, 3);
	run(NULL, &o, &h);
	ck_assert_msg(strstr(rows(&h), "A>B#1 marks 10 phase 1 of 4 margin 1"), "%s", rows(&h));
	ck_assert_msg(strstr(rows(&h), "A>C#2") && strstr(rows(&h), "B>C#1"), "%s", rows(&h));
	ck_assert_int_eq((int)h.bad.size, 0);
	for (o.threads = 2; o.threads < 8; o.threads += 3) {
		run(NULL, &o, &again);
		ck_assert_str_eq(rows(&again), rows(&h));
		forget(&again);
	}
	forget(&h);
	/* the other way round; itself is no candidate */
	add_bullet(&probes, "B", 1, 3, 2);
	o.most = 1;
	run(&probes, &o, &h);
	ck_assert_msg(strncmp(rows(&h), "B>A#1 marks 10 phase 3 of 4 margin 1", 36) == 0, "%s", rows(&h));
	ck_assert_ptr_null(strstr(rows(&h), "B>B"));
	forget(&h);
	/* the same name for something else is a candidate */
	gallery_free(&probes);
	add_bullet(&probes, "B", 1, 2, 9);
	run(&probes, &o, &h);
	ck_assert_msg(strstr(rows(&h), "#1"), "%s", rows(&h));
	forget(&h);
}
END_TEST

START_TEST(contradictions_are_refused)
{
	static const struct {
		struct said first, second;
		const char *why;
	} cases[] = {
		{ { "X", "1", "6", "" }, { "X", "2", "5", "" }, "X: X-2: 5 lands contradict the 6" },
		{ { "X", "1", "6", "" }, { "X", "1", "6", "" }, "X: X-2: land 1 of the bullet is there twice" },
		{ { "X", "1", "6", "left" }, { "X", "2", "6", "right" }, "X: X-2: twist right contradicts" },
		{ { "X", "1", "6", "" }, { "X", "7", "6", "" }, "X: X-2: land 7 of 6" },
		{ { "X", "1", "6", "" }, { "X", "2", "", "" }, "X: X-2: land 2 of how many?" },
		{ { "X", "1", "6", "" }, { "X", "", "6", "" }, "X: 1 of its lands have a number, 1 have none" },
		{ { "X", "1", "30", "" }, { "X", "2", "30", "" }, "X: X-1: 30 lands" },
	};
	struct rank_options o = { .threads = 1 };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct heard h;

		add_land(&gallery, 1, 1, 1, cases[i].first, false);
		add_land(&gallery, 1, 2, 1, cases[i].second, false);
		add_bullet(&gallery, "A", 1, 0, 2);
		add_bullet(&gallery, "B", 1, 0, 3);
		run(NULL, &o, &h);
		ck_assert_msg(strstr((char *)h.bad.data, cases[i].why), "%s", (char *)h.bad.data);
		/* the others are compared, this one is not */
		ck_assert_msg(strncmp(rows(&h), "A>B#1", 5) == 0 && !strchr(rows(&h), 'X'), "%s", rows(&h));
		forget(&h);
		drop();
	}
}
END_TEST

START_TEST(lands_as_far_as_they_are_known)
{
	struct rank_options o = { .threads = 1 };
	struct said loose = { "L", "", "", "" };
	struct heard h;

	/* without numbers: the best pair, and no phase; the same signature twice is no contradiction */
	add_bullet(&gallery, "A", 1, 0, 1);
	add_bullet(&gallery, "A", 1, 0, 1);
	add_land(&gallery, 1, 2, 2, loose, false);
	add_land(&gallery, 1, 3, 2, loose, false);
	run(NULL, &o, &h);
	ck_assert_msg(strncmp(rows(&h), "A>L#1 marks 10 phase -1 of 0", 28) == 0, "%s", rows(&h));
	ck_assert_int_eq((int)h.bad.size, 0);
	forget(&h);
	drop();
	/* other classes of rifling: said, not compared */
	add_bullet(&gallery, "A", 1, 0, 1);
	add_land(&gallery, 1, 0, 2, (struct said){ "B", "1", "5", "right" }, false);
	add_land(&gallery, 1, 0, 2, (struct said){ "C", "1", "4", "left" }, false);
	run(NULL, &o, &h);
	ck_assert_msg(strstr(rows(&h), "A>B#1 marks 10 phase -1 of 0 margin 0 score 0.00 lr 0.0100") &&
		      strstr(rows(&h), "A>C#2 marks 10 phase -1 of 0"), "%s", rows(&h));
	forget(&h);
	drop();
	/* a photograph of each land beside its scan: no contradiction; with scans only scans are compared */
	add_bullet(&gallery, "A", 1, 0, 1);
	add_land(&gallery, 1, 0, 4, (struct said){ "A", "1", "4", "right" }, true);
	add_bullet(&gallery, "B", 1, 0, 2);
	run(NULL, &o, &h);
	ck_assert_msg(strstr(rows(&h), "A>B#1 marks 10 phase 0 of 4"), "%s", rows(&h));
	ck_assert_int_eq((int)h.bad.size, 0);
	forget(&h);
}
END_TEST

static double lr_of(const struct heard *h)
{
	return strtod(strstr(rows(h), " lr ") + 4, NULL);
}

START_TEST(cases_and_their_tries)
{
	struct rank_options o = { .threads = 2 };
	struct heard h;
	double one, four;

	add_case(&gallery, "A", "a1", 50, 1);
	add_case(&gallery, "", "B", 50, 2);    /* no exhibit: its id */
	run(NULL, &o, &h);
	ck_assert_msg(strncmp(rows(&h), "A>B#1 marks 1 phase -1 of 0 margin 0", 36) == 0, "%s", rows(&h));
	one = lr_of(&h);
	ck_assert_double_gt(one, 10);
	forget(&h);
	/* the best of four */
	add_case(&gallery, "A", "a2", 51, 3);
	add_case(&gallery, "B", "b2", 52, 4);
	run(NULL, &o, &h);
	four = lr_of(&h);
	ck_assert_double_eq_tol(four, one / 4, 0.01 * one);
	forget(&h);
	/* too little to be shown; and an exhibit with another mark has nothing to be compared */
	o.min_lr = 1e6;
	run(NULL, &o, &h);
	ck_assert_str_eq(rows(&h), "");
	forget(&h);
	o.min_lr = 0;
	add_bullet(&probes, "P", 1, 0, 1);
	run(&probes, &o, &h);
	ck_assert_str_eq(rows(&h), "");
	forget(&h);
}
END_TEST

START_TEST(both_kinds_of_marks)
{
	struct rank_options o = { .threads = 1 };
	struct heard h;

	add_bullet(&gallery, "A", 1, 0, 1);
	add_case(&gallery, "A", "a", 50, 1);
	add_bullet(&gallery, "B", 1, 0, 2);
	add_case(&gallery, "B", "b", 50, 2);
	add_case(&gallery, "C", "c", 50, 3);
	run(NULL, &o, &h);
	ck_assert_msg(strncmp(rows(&h), "A>B#1 marks 11 phase 0 of 4 margin 1", 36) == 0, "%s", rows(&h));
	ck_assert_msg(strstr(rows(&h), "A>C#2 marks 1 phase -1"), "%s", rows(&h));
	forget(&h);
}
END_TEST

START_TEST(a_land_that_makes_no_sense)
{
	struct rank_options o = { .threads = 2 };
	struct heard h;

	/* a body cut short behind its head */
	for (int all = 0; all < 2; all++) {
		add_bullet(&gallery, "A", 1, 0, 1);
		add_bullet(&gallery, "B", 1, 0, 2);
		gallery.entry[5].body.size -= 40;
		add_bullet(&probes, "P", 1, 0, 3);
		probes.entry[2].body.size -= 40;
		run(all ? NULL : &probes, &o, &h);
		ck_assert_msg(strstr((char *)h.bad.data, "B-1: "), "%s", (char *)h.bad.data);
		ck_assert(all || strstr((char *)h.bad.data, "P-2: "));
		ck_assert_msg(strstr(rows(&h), all ? "A>B#1 marks 10 phase 0 of 3" : "P>A#1 marks 10 phase 0 of 3"),
			      "%s", rows(&h));
		forget(&h);
		drop();
	}
}
END_TEST

/* One is chosen by its bullet, one by its case: both marks of both are compared. */
START_TEST(those_that_are_chosen_are_compared_by_all_marks)
{
	struct rank_options o = { .verified = 1 };
	struct heard h, all;

	for (int k = 0; k < 5; k++) {
		char name[2] = { (char)('A' + k), 0 }, id[3] = { 'c', (char)('A' + k), 0 };

		add_bullet(&gallery, name, k == 3 ? 1 : 10 + k, 2, 1);
		add_case(&gallery, name, id, k == 1 ? 5 : 10 + k, 1);
	}
	add_bullet(&probes, "P", 1, 0, 2);
	add_case(&probes, "P", "cP", 5, 2);
	/* another probe that others are like, before it */
	add_bullet(&probes, "O", 14, 0, 2);
	add_case(&probes, "O", "cO", 10, 2);
	run(&probes, &(struct rank_options){ .threads = 1 }, &all);
	for (o.threads = 1; o.threads < 4; o.threads += 2) {
		const char *row[2], *whole;

		run(&probes, &o, &h);
		row[0] = strstr(rows(&h), "P>");
		ck_assert_msg(strstr(rows(&h), "O>E#") && strstr(rows(&h), "O>A#") && row[0], "%s", rows(&h));
		row[1] = strchr(row[0], '\n') + 1;
		ck_assert_msg(strchr(row[1], '\n')[1] == 0, "%s", rows(&h));
		ck_assert_msg(strstr(row[0], "P>D#") && strstr(row[0], "P>B#"), "%s", rows(&h));
		ck_assert_msg(strstr(row[0], "marks 11 phase 2") && strstr(row[1], "marks 11"), "%s", rows(&h));
		/* as when all are compared */
		whole = strstr(rows(&all), "P>");
		ck_assert(whole && !strncmp(row[0], whole, strlen(row[0])));
		forget(&h);
	}
	forget(&all);
	/* each pair of the gallery once: the others are fewer and fewer */
	o.threads = 1;
	run(NULL, &o, &h);
	ck_assert_msg(strstr(rows(&h), "D>E#1"), "%s", rows(&h));
	forget(&h);
	drop();
}
END_TEST

START_TEST(nothing_at_all)
{
	struct rank_options o = { .threads = 1 };
	struct heard h;

	run(NULL, &o, &h);
	ck_assert_str_eq(rows(&h), "");
	forget(&h);
	add_bullet(&probes, "P", 1, 0, 1);
	run(&probes, &o, &h);
	ck_assert_str_eq(rows(&h), "");
	forget(&h);
}
END_TEST

Suite *t_exhibit(void)
{
	Suite *s = suite_create("exhibit");
	TCase *c = tcase_create("exhibit");

	tcase_add_checked_fixture(c, NULL, drop);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, bullets_in_their_phase);
	tcase_add_test(c, contradictions_are_refused);
	tcase_add_test(c, lands_as_far_as_they_are_known);
	tcase_add_test(c, cases_and_their_tries);
	tcase_add_test(c, both_kinds_of_marks);
	tcase_add_test(c, a_land_that_makes_no_sense);
	tcase_add_test(c, those_that_are_chosen_are_compared_by_all_marks);
	tcase_add_test(c, nothing_at_all);
	suite_add_tcase(s, c);
	return s;
}
