/* t_act.c - tests of trace/act, trace/chain, trace/tell */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/notice.h"
#include "trace/act.h"
#include "trace/chain.h"
#include "trace/tell.h"
#include "unit/scratch.h"

#define NOW 1767225660   /* 2026-01-01 */

static struct guard guard;
static struct form *form;
static struct error e;
static struct request after, child;
static int told;
static struct pool kept;

static void setup(void)
{
	setenv("SOURCE_DATE_EPOCH", "1767225660", 1);
	scratch_make();
	ck_assert_int_eq(guard_open(&guard, scratch_path("."), NULL, &e), 0);
	ck_assert_int_eq(form_open(&form, FORM_LAZY, &e), 0);
}

static void teardown(void)
{
	form_close(form);
	pool_free(&kept);
	guard_close(&guard);
	scratch_remove();
}

static void base(struct request *q)
{
	request_clear(q);
	q->field[TRACE_FROM] = "FRA";
	q->field[TRACE_TO] = "DEU";
	q->field[TRACE_USE] = "investigation";
	q->field[TRACE_LEGAL_BASIS] = "law";
	q->field[TRACE_CIRCUMSTANCES] = "found";
	q->field[TRACE_PRIORITY] = "normal";
	q->field[TRACE_MAKE] = "Walther";
	q->field[TRACE_SERIAL] = "123456";
	q->field[TRACE_MADE_YEAR] = "1970";
	q->field[TRACE_DUE] = "2026-03-02";
}

/* Requests in given states, written as they are. */
static void plant(const enum trace_state *state, size_t count, char (*id)[ID_TEXT])
{
	struct book_line *line = calloc(count, sizeof *line);
	struct pool pool = { 0 };
	struct traces t;

	ck_assert_int_eq(traces_open(&t, &guard, NULL, NULL, NULL, &e), 0);
	ck_assert_int_eq(book_lock(&t.book, &e), 0);
	for (size_t i = 0; i < count; i++) {
		struct request q;

		base(&q);
		ck_assert_int_eq(book_new_id(&t.book, "FRA", id[i], &e), 0);
		q.field[TRACE_ID] = id[i];
		ck_assert_int_eq(request_stamp(&t, &q, MOVE_COMMENT, state[i], "FRA", 1, &pool, &e), 0);
		ck_assert_int_eq(book_line_put(&t.book, q.field, &pool, &line[i], &e), 0);
	}
	ck_assert_int_eq(book_append_lines(&t.book, line, count, false, &e), 0);
	traces_close(&t);
	pool_free(&pool);
	free(line);
}

static int note(void *context, const struct request *q, struct error *why)
{
	struct request *to = told++ ? &child : &after;

	(void)context;
	*to = *q;
	return request_copy(to, &kept, why);
}

static struct act whole(enum trace_move move)
{
	struct act a = { .move = move };

	a.field[TRACE_TEXT] = "a word";
	if (move == MOVE_ANSWER || move == MOVE_CORRECT)
		a.field[TRACE_OUTCOME] = "dealer";
	if (move == MOVE_RESTRICT)
		a.field[TRACE_HELD] = "ongoing-investigation";
	if (move == MOVE_FORWARD)
		a.field[TRACE_NEXT] = "USA";
	return a;
}

static int act_as(const char *as, const char *id, const struct act *a)
{
	struct traces t;
	int status;

	ck_assert_int_eq(traces_open(&t, &guard, as, NULL, NULL, &e), 0);
	told = 0;
	memset(&e, 0, sizeof e);
	status = act_on(&t, form, id, a, note, NULL, &e);
	traces_close(&t);
	return status;
}

static int simple(const char *as, const char *id, enum trace_move move)
{
	struct act a = whole(move);

	return act_as(as, id, &a);
}

static int gather(void *context, const struct index_head *head, struct error *why)
{
	struct index_head h;

	memset(&h, 0, sizeof h);   /* its holes too, for they are compared */
	h.id = head->id;
	h.offset = head->offset;
	h.owner = head->owner;
	h.other = head->other;
	h.state = head->state;
	h.review = head->review;
	return buf_add(context, &h, sizeof h, why);
}

static int by_id(const void *a, const void *b)
{
	const struct index_head *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* The places of the index say what its heads say. */
static void check_places(size_t count)
{
	struct buf each = { 0 }, places = { 0 };
	struct traces t;

	ck_assert_int_eq(traces_open(&t, &guard, NULL, NULL, NULL, &e), 0);
	ck_assert_int_eq(index_each(t.book.index, gather, &each, &e), 0);
	ck_assert_int_eq(index_places(t.book.index, &(struct index_filter){ 0 }, gather, &places, &e), 0);
	ck_assert_uint_eq(each.size, count * sizeof(struct index_head));
	ck_assert_uint_eq(places.size, each.size);
	qsort(places.data, count, sizeof(struct index_head), by_id);
	qsort(each.data, count, sizeof(struct index_head), by_id);
	ck_assert(!memcmp(places.data, each.data, each.size));
	buf_free(&each);
	buf_free(&places);
	traces_close(&t);
}

/* And so they do when it is made anew. */
static void check_all_places(size_t count)
{
	check_places(count);
	ck_assert_int_eq(unlink(scratch_path(TRACES_INDEX)), 0);
	check_places(count);
}

/* Every state, every move, every party: what is done is what the table says, and what is not done is told in
 * the way that hides what must be hidden. */
START_TEST(every_move_is_made_or_refused)
{
	static const char *const party[] = { "FRA", "DEU", "XPO", "GBR" };
	static const enum trace_party parties[] = { PARTY_SENDER, PARTY_RECEIVER, PARTY_SECRETARIAT, PARTY_NONE };
	enum { ALL = TRACE_STATE_COUNT * MOVE_COUNT * 4 };
	static enum trace_state state[ALL];
	static char id[ALL][ID_TEXT];
	struct traces t[4];
	int made = 0;

	for (int i = 0; i < ALL; i++)
		state[i] = (enum trace_state)(i / 4 / MOVE_COUNT);
	plant(state, ALL, id);
	for (int p = 0; p < 4; p++)
		ck_assert_int_eq(traces_open(&t[p], &guard, party[p], NULL, NULL, &e), 0);
	for (int i = 0; i < ALL; i++) {
		enum trace_move move = (enum trace_move)(i / 4 % MOVE_COUNT);
		enum trace_party who = parties[i % 4];
		int next = trace_next(state[i], move, who), want;
		struct act a = whole(move);

		told = 0;
		if (next >= 0)
			want = STATUS_DONE;
		else if (who == PARTY_NONE || state[i] == TRACE_DELETED || (state[i] == TRACE_DRAFT && who != PARTY_SENDER))
			want = STATUS_NO;
		else
			want = trace_movers(move) & who ? STATUS_INPUT : STATUS_REFUSED;
		e.text[0] = 0;
		ck_assert_msg(act_on(&t[i % 4], form, id[i], &a, note, NULL, &e) == want, "%s %s by %s: %s",
			      trace_state_name(state[i]), trace_move_name(move), party[i % 4], e.text);
		ck_assert_int_eq(told, want ? 0 : 1 + (move == MOVE_FORWARD));
		if (want)
			continue;
		made++;
		ck_assert_str_eq(after.field[TRACE_STATE], trace_state_name(next));
		ck_assert_str_eq(after.field[TRACE_EVENT], trace_move_name(move));
		ck_assert_str_eq(after.field[TRACE_ACTOR], party[i % 4]);
		ck_assert_str_eq(after.field[TRACE_REVISION], "2");
		ck_assert_str_eq(after.field[TRACE_TEXT], "a word");
	}
	ck_assert_int_gt(made, 60);
	for (int p = 0; p < 4; p++)
		traces_close(&t[p]);
	/* each that was forwarded is two */
	check_all_places(ALL + 6);
}
END_TEST

/* Thousands go into the index another way than one by one. */
START_TEST(places_of_many)
{
	enum { MANY = 5000 };
	static enum trace_state state[MANY];
	static char id[MANY][ID_TEXT];

	for (int i = 0; i < MANY; i++)
		state[i] = TRACE_SUBMITTED;
	plant(state, 3, id);
	plant(state, MANY, id);
	check_places(MANY + 3);
	for (int i = 0; i < MANY; i += 700)
		ck_assert_int_eq(simple("DEU", id[i], MOVE_ACKNOWLEDGE), 0);
	plant(state, 3, id);
	check_all_places(MANY + 6);
}
END_TEST

START_TEST(a_move_changes_nothing_else)
{
	static const enum trace_state state[] = { TRACE_SUBMITTED };
	static const enum trace_place own[] = { TRACE_STATE, TRACE_EVENT, TRACE_ACTOR, TRACE_REVISION, TRACE_AT, TRACE_BY,
						TRACE_TEXT, TRACE_ACKNOWLEDGED_AT, TRACE_NEXT, TRACE_CHILDREN, TRACE_ID };
	struct request before;
	char id[1][ID_TEXT];

	plant(state, 1, id);
	base(&before);
	ck_assert_int_eq(simple("DEU", id[0], MOVE_FORWARD), 0);
	for (int i = 0; i < TRACE_FIELDS; i++) {
		bool sets = false;

		for (size_t k = 0; k < sizeof own / sizeof *own; k++)
			sets |= (int)own[k] == i;
		if (!sets)
			ck_assert_msg(!strcmp(before.field[i], after.field[i]), "%s: %s", trace_fields[i].name, after.field[i]);
	}
	ck_assert_str_eq(after.field[TRACE_NEXT], "USA");
	ck_assert_str_eq(after.field[TRACE_CHILDREN], child.field[TRACE_ID]);
	ck_assert_str_eq(after.field[TRACE_ACKNOWLEDGED_AT], "2026-01-01T00:01:00Z");
	ck_assert_str_eq(child.field[TRACE_PARENT], id[0]);
	ck_assert_str_eq(child.field[TRACE_FROM], "DEU");
	ck_assert_str_eq(child.field[TRACE_TO], "USA");
	ck_assert_str_eq(child.field[TRACE_SERIAL], "123456");
	ck_assert_str_eq(child.field[TRACE_STATE], "submitted");
	ck_assert_str_eq(child.field[TRACE_TEXT], "");
}
END_TEST

/* The sender of the first request learns where it went, and nothing of the second. */
START_TEST(answers_travel_up_with_their_restrictions)
{
	static const enum trace_state state[] = { TRACE_SUBMITTED };
	static const char *const far[] = { "1971-03|Interarms|Gun Shop|sale|F 6", "1970|Walther|Interarms" };
	static const char *const near[] = { "1969-12|?|Walther|made", "1970|Walther|Interarms" };
	struct act a = whole(MOVE_ANSWER);
	char id[1][ID_TEXT], next[ID_TEXT];

	plant(state, 1, id);
	ck_assert_int_eq(simple("DEU", id[0], MOVE_FORWARD), 0);
	memcpy(next, child.field[TRACE_ID], ID_TEXT);
	ck_assert_int_eq(simple("FRA", next, MOVE_COMMENT), STATUS_NO);
	ck_assert_int_eq(simple("FRA", id[0], MOVE_COMMENT), 0);
	ck_assert_str_eq(after.field[TRACE_CHILDREN], "");
	a.step = far;
	a.steps = 2;
	a.field[TRACE_RESTRICTIONS] = "not as evidence";
	ck_assert_msg(act_as("USA", next, &a) == 0, "%s", e.text);
	ck_assert_str_eq(after.field[TRACE_PARENT], "");   /* is not the receiver's to know */
	ck_assert_str_eq(after.field[TRACE_CHAIN], "1970|Walther|Interarms||; 1971-03|Interarms|Gun Shop|sale|F 6");
	a.step = near;
	a.gather = true;
	a.field[TRACE_RESTRICTIONS] = NULL;
	ck_assert_int_eq(act_as("DEU", id[0], &a), STATUS_INPUT);
	ck_assert(strstr(e.text, "1969-12 is before the firearm was made (1970)"));
	a.step = near + 1;
	a.steps = 1;
	ck_assert_msg(act_as("DEU", id[0], &a) == 0, "%s", e.text);
	ck_assert_str_eq(after.field[TRACE_CHAIN], "1970|Walther|Interarms||; 1971-03|Interarms|Gun Shop|sale|F 6");
	ck_assert_str_eq(after.field[TRACE_RESTRICTIONS], "USA: not as evidence");
}
END_TEST

START_TEST(what_lacks_is_said_before_anything_is_done)
{
	struct act a = { .move = MOVE_ANSWER };
	static const struct { enum trace_move move; const char *word; } lacks[] = {
		{ MOVE_ASK, "text: " }, { MOVE_REFUSE, "text: " }, { MOVE_COMMENT, "text: " }, { MOVE_RESTRICT, "why: " },
		{ MOVE_FORWARD, "to: " }, { MOVE_SUPPLY, "text: " }, { MOVE_ANSWER, "outcome: " }, { MOVE_CORRECT, "outcome: " },
	};

	for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++) {
		struct act none = { .move = lacks[i].move };

		ck_assert_int_eq(act_check(&none, &e), STATUS_USAGE);
		ck_assert_msg(!strncmp(e.text, lacks[i].word, strlen(lacks[i].word)), "%s", e.text);
	}
	for (int move = 0; move < MOVE_COUNT; move++) {
		struct act full = whole((enum trace_move)move);

		ck_assert_int_eq(act_check(&full, &e), 0);
	}
	a.field[TRACE_OUTCOME] = "not-traced";
	ck_assert_int_eq(act_check(&a, &e), STATUS_USAGE);
	a.field[TRACE_UNTRACED] = "too-old";
	ck_assert_int_eq(act_check(&a, &e), 0);
	a.field[TRACE_OUTCOME] = "dealer";
	ck_assert_int_eq(act_check(&a, &e), STATUS_USAGE);
	a.field[TRACE_OUTCOME] = "nobody";
	ck_assert_int_eq(act_check(&a, &e), STATUS_USAGE);
	ck_assert_int_eq(act_word(&a, "to=USA", &e), STATUS_USAGE);
	ck_assert_int_eq(act_word(&a, "state=closed", &e), STATUS_USAGE);
	ck_assert_int_eq(act_word(&a, "nothing=1", &e), STATUS_USAGE);
	ck_assert_int_eq(act_word(&a, "serial", &e), STATUS_USAGE);
	ck_assert_int_eq(act_word(&a, "serial=1", &e), 0);
	ck_assert_int_eq(act_word(&a, "serial=2", &e), STATUS_USAGE);
}
END_TEST

START_TEST(what_makes_no_sense_moves_nothing)
{
	static const enum trace_state state[] = { TRACE_SUBMITTED };
	static const struct { enum trace_move move; enum trace_place place; const char *text, *why; } bad[] = {
		{ MOVE_ANSWER, TRACE_FIRST_SALE, "1969", "before the firearm was made" },
		{ MOVE_ANSWER, TRACE_FIRST_SALE, "2027", "lies ahead" },
		{ MOVE_ANSWER, TRACE_NEXT, "Atlantis", "no country" },
		{ MOVE_ANSWER, TRACE_DIVERSION, "\xff", "not UTF-8" },
		{ MOVE_RESTRICT, TRACE_UNTIL, "2025-01-01", "lies ahead" },
		{ MOVE_RESTRICT, TRACE_UNTIL, "2027", "lies ahead" },
		{ MOVE_FORWARD, TRACE_NEXT, "FRA", "the country that asks" },
		{ MOVE_FORWARD, TRACE_NEXT, "DEU", "does not ask itself" },
		{ MOVE_FORWARD, TRACE_NEXT, "SUN", "is no more" },
		{ MOVE_SUPPLY, TRACE_RECOVERY_DATE, "1960", "before the firearm was made" },
		{ MOVE_SUPPLY, TRACE_RECORD, "FRA26-EPH8-0V40", "record: " },
	};
	char id[1][ID_TEXT];
	struct index_head head;
	struct request q;
	struct traces t;

	plant(state, 1, id);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct act a = whole(bad[i].move);

		a.field[bad[i].place] = bad[i].text;
		ck_assert_int_eq(act_as(bad[i].move == MOVE_SUPPLY ? "FRA" : "DEU", id[0], &a), STATUS_INPUT);
		ck_assert_msg(strstr(e.text, bad[i].why) != NULL, "%s", e.text);
	}
	ck_assert_int_eq(traces_open(&t, &guard, NULL, NULL, NULL, &e), 0);
	ck_assert_int_eq(traces_get(&t, id[0], &q, &head, &e), 0);
	ck_assert_uint_eq(head.revision, 1);
	ck_assert_uint_eq(t.book.cover.lines, 1);
	traces_close(&t);
	ck_assert_int_eq(simple("FRA", "FRA26-EPH8-0V40", MOVE_WITHDRAW), STATUS_NO);
	ck_assert_int_eq(simple("FRA", "FRA26-EPH8-0V41", MOVE_WITHDRAW), STATUS_INPUT);
}
END_TEST

/* One wins, and the other is told who was faster. */
START_TEST(two_at_once)
{
	static const enum trace_state state[] = { TRACE_SUBMITTED };
	struct act answer = whole(MOVE_ANSWER), withdraw = whole(MOVE_WITHDRAW);
	struct traces fra, deu;
	char id[1][ID_TEXT];

	plant(state, 1, id);
	/* both have looked before either moves */
	ck_assert_int_eq(traces_open(&fra, &guard, "FRA", NULL, NULL, &e), 0);
	ck_assert_int_eq(traces_open(&deu, &guard, "DEU", NULL, NULL, &e), 0);
	ck_assert_int_eq(act_on(&fra, form, id[0], &withdraw, NULL, NULL, &e), 0);
	ck_assert_int_eq(act_on(&deu, form, id[0], &answer, NULL, NULL, &e), STATUS_INPUT);
	ck_assert_msg(strstr(e.text, "is withdrawn (withdraw by ") && strstr(e.text, " of FRA, 2026-01-01T00:01:00Z"), "%s",
		      e.text);
	traces_close(&fra);
	traces_close(&deu);
}
END_TEST

START_TEST(the_clock_stands_still_while_the_sender_is_asked)
{
	static const enum trace_state state[] = { TRACE_SUBMITTED };
	char id[1][ID_TEXT];

	plant(state, 1, id);
	ck_assert_int_eq(simple("DEU", id[0], MOVE_ASK), 0);
	ck_assert_str_eq(after.field[TRACE_ASKED_AT], "2026-01-01T00:01:00Z");
	guard.now += 10 * 86400;
	ck_assert_int_eq(simple("FRA", id[0], MOVE_SUPPLY), 0);
	ck_assert_str_eq(after.field[TRACE_STATE], "in-progress");
	ck_assert_str_eq(after.field[TRACE_DUE], "2026-03-12");
	ck_assert_str_eq(after.field[TRACE_ASKED_AT], "");
	ck_assert_int_eq(simple("DEU", id[0], MOVE_RESTRICT), 0);
	ck_assert_str_eq(after.field[TRACE_HELD], "ongoing-investigation");
	ck_assert_int_eq(simple("DEU", id[0], MOVE_ANSWER), 0);
	ck_assert_str_eq(after.field[TRACE_HELD], "");
	ck_assert_str_eq(after.field[TRACE_ANSWERED_AT], "2026-01-11T00:01:00Z");
	ck_assert_str_eq(after.field[TRACE_ACKNOWLEDGED_AT], "2026-01-01T00:01:00Z");
}
END_TEST

/* A process that was killed has left a notice that waits: was the move made? */
START_TEST(notices_that_were_left_are_settled)
{
	static const enum trace_state state[] = { TRACE_SUBMITTED, TRACE_SUBMITTED };
	static const char *const kinds[] = { "trace-acknowledge", "trace-answer", "trace-acknowledge" };
	static const char *const actors[] = { "DEU", "DEU", "FRA" };
	char id[2][ID_TEXT];
	struct notice_lines lines;
	struct buf text = { 0 };
	struct notices *n;
	struct traces t;
	size_t changed;

	plant(state, 2, id);
	ck_assert_int_eq(simple("DEU", id[0], MOVE_ACKNOWLEDGE), 0);
	ck_assert_int_eq(traces_open(&t, &guard, NULL, NULL, NULL, &e), 0);
	ck_assert_int_eq(notices_open_blind(&n, &guard.folder, &e), 0);
	ck_assert_int_eq(notices_lock(n, &e), 0);
	notices_begin(n, NOW, "x", 0, &lines);
	for (int i = 0; i < 3; i++) {
		const char *to[] = { i == 0 ? "XKX" : i == 1 ? "GBR" : "ITA" };
		struct notice_event event = { .kind = kinds[i], .subject = id[0], .event = "t2", .country = "FRA",
					      .actor = actors[i], .to = to, .count = 1, .made = NOW, .by = "x" };

		ck_assert_int_eq(notices_put(n, &lines, &event, &text, &e), 0);
	}
	ck_assert_int_eq(notices_tell(n, &lines, &text, 1, NOTICE_PREPARED, &e), 0);
	buf_free(&text);
	notices_unlock(n);
	notices_close(n);
	ck_assert_int_eq(notices_open(&n, &guard.folder, NULL, &e), 0);
	ck_assert_int_eq(notices_lock(n, &e), 0);
	ck_assert_int_eq(notices_settle(n, tell_happened, &t.book, NOW, "x", &changed, &e), 0);
	ck_assert_uint_eq(changed, 3);
	ck_assert_uint_eq(notices_count(n), 4);
	ck_assert_int_eq(notices_at(n, 1)->state, NOTICE_QUEUED);
	ck_assert_int_eq(notices_at(n, 2)->state, NOTICE_VOID);
	ck_assert_int_eq(notices_at(n, 3)->state, NOTICE_VOID);
	notices_unlock(n);
	notices_close(n);
	traces_close(&t);
}
END_TEST

START_TEST(chains)
{
	struct chain_step step[CHAIN_STEPS];
	struct pool pool = { 0 };
	struct buf problems = { 0 }, text = { 0 };
	size_t n = 0;

	ck_assert_int_eq(chain_read("1971|b|c||;  1970 | a |b|sale|x; |c|d", step, &n, &pool, &e), 0);
	ck_assert_uint_eq(n, 3);
	ck_assert_str_eq(step[1].date, "1970");
	ck_assert_str_eq(step[1].from, "a");
	ck_assert_uint_eq(chain_sort(step, n), 3);
	ck_assert_str_eq(step[0].from, "a");
	ck_assert_str_eq(step[2].to, "d");   /* without a date it stays behind the one before it */
	ck_assert(!chain_hole(&step[0], &step[1]));
	step[1].from = "B. ";
	ck_assert(!chain_hole(&step[0], &step[1]));
	step[1].from = "x";
	ck_assert(chain_hole(&step[0], &step[1]));
	step[0].to = "";
	ck_assert(chain_hole(&step[0], &step[1]));
	step[1] = step[0];
	ck_assert_uint_eq(chain_sort(step, 2), 1);
	n = 0;
	ck_assert_int_eq(chain_read("", step, &n, &pool, &e), 0);
	ck_assert_int_eq(chain_read(" ; ;", step, &n, &pool, &e), 0);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(chain_read("1|2|3|4|5|6", step, &n, &pool, &e), STATUS_INPUT);
	for (const char *const *bad = (const char *const[]){ "1970|a|b; 1971|b|c", "1970", "1970-13|a|b", "2030|a|b",
							     "1969|a|b", "1|2|3|4|5|6", "1970|\xff|b", NULL }; *bad; bad++) {
		problems.size = 0;
		ck_assert_int_eq(chain_add(&text, *bad, 20454, "1970", &problems, &e), 0);
		ck_assert_msg(problems.size > 0, "%s", *bad);
	}
	problems.size = text.size = 0;
	ck_assert_int_eq(chain_add(&text, "1970|a", 20454, "1970", &problems, &e), 0);
	ck_assert_uint_eq(problems.size, 0);
	ck_assert_str_eq(buf_string(&text, &e), "1970|a|||");
	for (n = 0; n < CHAIN_STEPS; )
		if (chain_read("|a|b", step, &n, &pool, &e))
			break;
	ck_assert_int_eq(chain_read("|a|b", step, &n, &pool, &e), STATUS_INPUT);
	buf_free(&text);
	buf_free(&problems);
	pool_free(&pool);
}
END_TEST

Suite *t_act(void);
Suite *t_act(void)
{
	Suite *s = suite_create("act");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 120);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, every_move_is_made_or_refused);
	tcase_add_test(c, places_of_many);
	tcase_add_test(c, a_move_changes_nothing_else);
	tcase_add_test(c, answers_travel_up_with_their_restrictions);
	tcase_add_test(c, what_lacks_is_said_before_anything_is_done);
	tcase_add_test(c, what_makes_no_sense_moves_nothing);
	tcase_add_test(c, two_at_once);
	tcase_add_test(c, the_clock_stands_still_while_the_sender_is_asked);
	tcase_add_test(c, notices_that_were_left_are_settled);
	tcase_add_test(c, chains);
	suite_add_tcase(s, c);
	return s;
}
