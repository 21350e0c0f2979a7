/* t_rank.c - tests of match/rank */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "match/rank.h"
#include "sign/pack.h"
#include "unit/made_land.h"
#include "unit/marked.h"

Suite *t_rank(void);

/* Two tools, three shots of each: a1 a2 a3 b1 b2 b3; a3 is a photograph. */
static struct gallery gallery;

static void add(struct gallery *g, const struct signature *s)
{
	struct gallery_entry *entry;
	struct error e;

	g->entry = realloc(g->entry, (g->count + 1) * sizeof *g->entry);
	ck_assert_ptr_nonnull(g->entry);
	entry = &g->entry[g->count++];
	memset(entry, 0, sizeof *entry);
	ck_assert_int_eq(pack_signature(s, &entry->body, &e), 0);
	ck_assert_int_eq(unpack_signature(&entry->body, 0, &entry->head, &e), 0);
}

static void make(void)
{
	for (int i = 0; i < 6; i++) {
		struct marked m = { .tool = 50 + (uint64_t)i / 3, .shot = (uint64_t)i, .noise = .5, .turn_deg = 77. * i,
				    .photograph = i == 2 };
		char id[3] = { i < 3 ? 'a' : 'b', (char)('1' + i % 3), 0 };
		struct signature s;

		marked_signature(&m, id, &s);
		add(&gallery, &s);
		signature_free(&s);
	}
}

static void drop(void)
{
	gallery_free(&gallery);
}

/* What was said in a run. */
struct heard {
	struct buf rows, bad;
	int64_t steps;
	int stop_after;
};

static int hear_row(void *context, const struct rank_row *row, struct error *e)
{
	struct heard *h = context;

	ck_assert_int_eq(buf_format(&h->rows, e, "%s>%s#%d %.6f %.6f %d/%d %.4f %.2f %.2f\n",
				    signature_meta(&row->probe->head, META_ID), signature_meta(&row->candidate->head, META_ID),
				    (int)row->rank, row->comparison.score, row->lr, row->comparison.cells,
				    row->comparison.cells_compared, row->comparison.pose.turn_deg, row->comparison.pose.dx_um,
				    row->comparison.pose.dy_um), 0);
	return h->stop_after && --h->stop_after == 0 ? error_set(e, STATUS_SYSTEM, "stop") : STATUS_DONE;
}

static void hear_step(void *context, int64_t more)
{
	((struct heard *)context)->steps += more;
}

static void hear_bad(void *context, const struct error *e)
{
	buf_format(&((struct heard *)context)->bad, NULL, "%s\n", e->text);
}

static const struct rank_calls calls = { hear_row, hear_step, hear_bad };

/* All probes against the gallery; `all`: each pair once. */
static int run(struct gallery *g, const struct gallery *probes, const struct rank_options *o, struct heard *h)
{
	struct error e;
	struct ranker *r = ranker_new(g, NULL, o, &e);
	int status = STATUS_DONE;

	ck_assert_ptr_nonnull(r);
	memset(h, 0, sizeof *h);
	for (size_t i = 0; !status && i < probes->count; i++)
		status = ranker_probe(r, &probes->entry[i], g == probes ? i + 1 : 0, &calls, h, &e);
	ranker_free(r);
	ck_assert_ptr_nonnull(buf_string(&h->rows, NULL));
	ck_assert_ptr_nonnull(buf_string(&h->bad, NULL));
	return status;
}

static void forget(struct heard *h)
{
	buf_free(&h->rows);
	buf_free(&h->bad);
}

static int lines(const struct heard *h)
{
	int n = 0;

	for (size_t i = 0; i < h->rows.size; i++)
		n += h->rows.data[i] == '\n';
	return n;
}

static struct gallery one(size_t entry)
{
	return (struct gallery){ &gallery.entry[entry], 1, 1 };
}

START_TEST(mates_come_first)
{
	struct rank_options o = { .threads = 1 };
	struct heard h;

	for (size_t i = 0; i < 6; i++) {
		struct gallery probe = one(i);
		const char *row;

		ck_assert_int_eq(run(&gallery, &probe, &o, &h), 0);
		/* itself is no candidate */
		ck_assert_int_eq(lines(&h), 5);
		ck_assert_int_eq((int)h.steps, 6);
		row = (char *)h.rows.data;
		for (int k = 0; k < 2; k++) {   /* the two others of its tool */
			ck_assert_msg(row[0] == row[3] && row[1] != row[4], "%s", (char *)h.rows.data);
			ck_assert_int_eq(row[6], '1' + k);
			row = strchr(row, '\n') + 1;
		}
		forget(&h);
	}
}
END_TEST

START_TEST(threads_and_memory_do_not_matter)
{
	struct rank_options o = { .threads = 1 };
	struct heard first, h;

	ck_assert_int_eq(run(&gallery, &gallery, &o, &first), 0);
	ck_assert_int_eq(lines(&first), 15);
	ck_assert_int_eq((int)first.steps, 15);
	for (int threads = 0; threads <= 4; threads += 4) {
		o.threads = threads;
		ck_assert_int_eq(run(&gallery, &gallery, &o, &h), 0);
		ck_assert_str_eq((char *)h.rows.data, (char *)first.rows.data);
		forget(&h);
	}
	forget(&first);
}
END_TEST

START_TEST(rows_are_chosen)
{
	struct rank_options o = { .threads = 2, .most = 2 };
	struct gallery probe = one(0);
	struct heard all, h;
	double second;

	ck_assert_int_eq(run(&gallery, &probe, &o, &all), 0);
	ck_assert_int_eq(lines(&all), 2);
	ck_assert_int_eq(sscanf(strchr((char *)all.rows.data, '\n'), "\na1>%*[^ ] %lf", &second), 1);
	o = (struct rank_options){ .threads = 2, .min_score = second + .001 };
	ck_assert_int_eq(run(&gallery, &probe, &o, &h), 0);
	ck_assert_int_eq(lines(&h), 1);
	forget(&h);
	o = (struct rank_options){ .threads = 2, .min_lr = 1e300 };
	ck_assert_int_eq(run(&gallery, &probe, &o, &h), 0);
	ck_assert_int_eq(lines(&h), 0);
	forget(&h);
	/* the search alone finds the mates: topographies look at reliefs */
	o = (struct rank_options){ .threads = 2, .verified = 1 };
	ck_assert_int_eq(run(&gallery, &probe, &o, &h), 0);
	ck_assert_int_eq(lines(&h), 1);
	ck_assert_int_eq(memcmp(h.rows.data, all.rows.data, strcspn((char *)all.rows.data, "\n")), 0);
	ck_assert_int_eq((int)h.steps, 6);
	forget(&h);
	forget(&all);
}
END_TEST

/* Another mark, another size, another layer: no candidates. */
START_TEST(what_cannot_be_seen_together_is_left_out)
{
	struct gallery g = { 0 }, probe = one(0);
	struct rank_options o = { .threads = 1 };
	struct signature s;
	struct heard h;

	marked_small(1, 240, 3, &s);
	s.mark = MARK_FIRING_PIN;
	free(s.fine);
	s.fine = NULL;
	add(&g, &s);
	s.mark = MARK_BREECH_FACE;
	s.step_um = 10;
	add(&g, &s);
	signature_free(&s);
	marked_small(1, 200, 3, &s);
	add(&g, &s);
	signature_free(&s);
	ck_assert_int_eq(run(&g, &probe, &o, &h), 0);
	ck_assert_int_eq(lines(&h), 0);
	ck_assert_int_eq((int)h.steps, 3);
	forget(&h);
	/* a relief without a look, against a photograph */
	marked_small(1, 240, 1u << LAYER_RELIEF, &s);
	add(&g, &s);
	signature_free(&s);
	probe = one(2);
	ck_assert_int_eq(run(&g, &probe, &o, &h), 0);
	ck_assert_int_eq(lines(&h), 0);
	forget(&h);
	gallery_free(&g);
	ck_assert_int_eq(run(&g, &probe, &o, &h), 0);
	ck_assert_int_eq(lines(&h), 0);
	forget(&h);
}
END_TEST

/* The bytes of the last part spoilt: the texts and codes are read, the grids cannot be. */
static void spoil(struct gallery_entry *entry)
{
	entry->body.data[entry->body.size - 9] ^= 0x55;
	entry->body.data[entry->body.size - 30] ^= 0x55;
}

START_TEST(a_bad_entry_is_named_once_and_left_out)
{
	struct rank_options o = { .threads = 1 };
	struct gallery probe = one(1);
	struct heard first, h;

	spoil(&gallery.entry[0]);
	spoil(&gallery.entry[3]);
	ck_assert_int_eq(run(&gallery, &probe, &o, &h), 0);
	ck_assert_int_eq(lines(&h), 3);
	ck_assert_str_eq((char *)h.bad.data, "a1: a signature's values makes no sense\nb1: a signature's values makes no sense\n");
	ck_assert_int_eq((int)h.steps, 6);
	forget(&h);
	/* as a probe */
	probe = one(0);
	ck_assert_int_eq(run(&gallery, &probe, &o, &h), STATUS_INPUT);
	forget(&h);
	/* with --all: the first is bad as a probe, the other as a candidate of the second */
	for (int threads = 1; threads <= 3; threads += 2) {
		struct error e;
		struct ranker *r;

		o.threads = threads;
		r = ranker_new(&gallery, NULL, &o, &e);
		memset(&h, 0, sizeof h);
		for (size_t i = 0; i < 6; i++)
			ck_assert_int_eq(ranker_probe(r, &gallery.entry[i], i + 1, &calls, &h, &e), i ? 0 : STATUS_INPUT);
		ranker_free(r);
		ck_assert_ptr_nonnull(buf_string(&h.bad, NULL));
		ck_assert_str_eq((char *)h.bad.data, "b1: a signature's values makes no sense\n");
		ck_assert_int_eq(lines(&h), 6);
		if (threads == 1) {
			first = h;
		} else {
			ck_assert_int_eq(buf_byte(&h.rows, 0, NULL), 0);
			ck_assert_int_eq(memcmp(h.rows.data, first.rows.data, first.rows.size), 0);
			forget(&h);
		}
	}
	forget(&first);
}
END_TEST

/* Lands l00, l01, ...: ten of others, the mate of the first, others again. Every third is filed without its code. */
#define LANDS 24
static struct gallery lands;

static void make_lands(void)
{
	for (int i = 0; i < LANDS; i++) {
		char id[] = { 'l', (char)('0' + i / 10), (char)('0' + i % 10), 0 };
		struct signature s;

		made_land_signature(i == 11 ? 0 : (uint64_t)i, 1000 + (uint64_t)i, false, &s);
		signature_set(&s, META_ID, id, NULL);
		if (i % 3 == 2) {
			free(s.land_code);
			s.land_code = NULL;
		}
		add(&lands, &s);
		signature_free(&s);
	}
}

static void drop_lands(void)
{
	gallery_free(&lands);
}

START_TEST(many_lands_are_searched)
{
	struct gallery probe = { &lands.entry[0], 1, 1 };
	struct rank_options o = { .threads = 1 };
	struct heard all, h;

	ck_assert_int_eq(run(&lands, &probe, &o, &all), 0);
	ck_assert_int_eq(lines(&all), LANDS - 1);
	for (int threads = 1; threads <= 3; threads += 2) {
		o = (struct rank_options){ .threads = threads, .verified = 1 };
		ck_assert_int_eq(run(&lands, &probe, &o, &h), 0);
		ck_assert_int_eq(lines(&h), RANK_LANDS);
		ck_assert_int_eq((int)h.steps, LANDS);
		/* the mate is first, as when all are compared */
		ck_assert_int_eq(memcmp(h.rows.data, "l00>l11#1 ", 10), 0);
		ck_assert_int_eq(memcmp(h.rows.data, all.rows.data, strcspn((char *)h.rows.data, "\n")), 0);
		forget(&h);
	}
	/* as many as that are not searched */
	o.verified = 3;
	ck_assert_int_eq(run(&lands, &probe, &o, &h), 0);
	ck_assert_str_eq((char *)h.rows.data, (char *)all.rows.data);
	forget(&h);
	forget(&all);
}
END_TEST

START_TEST(a_bad_land_is_named_though_it_has_no_code)
{
	struct gallery probe = { &lands.entry[1], 1, 1 };
	struct rank_options o = { .threads = 2, .verified = 1 };
	struct heard h;

	spoil(&lands.entry[20]);
	spoil(&lands.entry[2]);
	ck_assert_int_eq(run(&lands, &probe, &o, &h), 0);
	ck_assert_int_eq(lines(&h), RANK_LANDS - 2);
	ck_assert_str_eq((char *)h.bad.data, "l02: a signature's values makes no sense\nl20: a signature's values makes no sense\n");
	ck_assert_int_eq((int)h.steps, LANDS);
	forget(&h);
}
END_TEST

/* The mate, or one of the others, has the code of another land: it may not be found, but does no harm to the others. */
START_TEST(a_code_that_lies_loses_its_own_land_alone)
{
	static const int liar[] = { 12, 1 };
	struct gallery probe = { &lands.entry[0], 1, 1 };

	for (size_t k = 0; k < 2; k++) {
		struct signature *s = &lands.entry[liar[k]].head;
		struct rank_options o = { .threads = 1, .verified = 3 };
		uint64_t own[LAND_CODE_ROOM];
		struct heard all, h;

		ck_assert_ptr_nonnull(s->land_code);
		memcpy(own, s->land_code, s->land_code_size * sizeof *own);
		memcpy(s->land_code, lands.entry[liar[k] + 3].head.land_code, s->land_code_size * sizeof *own);
		/* all are compared: nothing of it depends on codes */
		ck_assert_int_eq(run(&lands, &probe, &o, &all), 0);
		ck_assert_int_eq(lines(&all), LANDS - 1);
		o.verified = 1;
		ck_assert_int_eq(run(&lands, &probe, &o, &h), 0);
		ck_assert_int_eq(lines(&h), RANK_LANDS);
		ck_assert_uint_eq(h.bad.size, 0);
		ck_assert_int_eq(memcmp(h.rows.data, all.rows.data, strcspn((char *)h.rows.data, "\n")), 0);
		forget(&h);
		forget(&all);
		memcpy(s->land_code, own, s->land_code_size * sizeof *own);
	}
}
END_TEST

START_TEST(a_row_can_end_the_run)
{
	struct rank_options o = { .threads = 3 };
	struct heard h = { .stop_after = 2 };
	struct error e;
	struct ranker *r = ranker_new(&gallery, NULL, &o, &e);

	ck_assert_int_eq(ranker_probe(r, &gallery.entry[0], 0, &calls, &h, &e), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "stop");
	ck_assert_int_eq(lines(&h), 2);
	/* and the ranker is still good */
	ck_assert_int_eq(ranker_probe(r, &gallery.entry[0], 0, &calls, &h, &e), 0);
	ck_assert_int_eq(lines(&h), 7);
	ranker_free(r);
	ranker_free(NULL);
	forget(&h);
}
END_TEST

Suite *t_rank(void)
{
	Suite *s = suite_create("rank");
	TCase *c = tcase_create("nominal");

	tcase_add_unchecked_fixture(c, make, drop);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, mates_come_first);
	tcase_add_test(c, threads_and_memory_do_not_matter);
	tcase_add_test(c, rows_are_chosen);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_unchecked_fixture(c, make, drop);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, what_cannot_be_seen_together_is_left_out);
	tcase_add_test(c, a_bad_entry_is_named_once_and_left_out);
	tcase_add_test(c, a_row_can_end_the_run);
	suite_add_tcase(s, c);
	c = tcase_create("lands");
	tcase_add_checked_fixture(c, make_lands, drop_lands);
	tcase_add_test(c, many_lands_are_searched);
	tcase_add_test(c, a_bad_land_is_named_though_it_has_no_code);
	tcase_add_test(c, a_code_that_lies_loses_its_own_land_alone);
	suite_add_tcase(s, c);
	return s;
}
