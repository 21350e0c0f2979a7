/* t_request.c - tests of trace/request, trace/traces, trace/submit, trace/query */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "record/notice.h"
#include "trace/query.h"
#include "trace/submit.h"
#include "unit/scratch.h"

static struct guard guard;
static struct traces traces;
static struct form *form;
static struct pool pool;
static struct request q;
static struct error e;

static void setup(void)
{
	setenv("SOURCE_DATE_EPOCH", "1767225660", 1);   /* 2026-01-01 */
	scratch_make();
	ck_assert_int_eq(guard_open(&guard, scratch_path("."), NULL, &e), 0);
	ck_assert_int_eq(form_open(&form, FORM_LAZY, &e), 0);
	ck_assert_int_eq(traces_open(&traces, &guard, NULL, NULL, NULL, &e), 0);
}

static void teardown(void)
{
	traces_close(&traces);
	form_close(form);
	guard_close(&guard);
	pool_free(&pool);
	scratch_remove();
}

static void fill(void)
{
	request_clear(&q);
	q.field[TRACE_FROM] = "FRA";
	q.field[TRACE_TO] = "Germany ";
	q.field[TRACE_USE] = "investigation";
	q.field[TRACE_LEGAL_BASIS] = "law";
	q.field[TRACE_CIRCUMSTANCES] = "found";
	q.field[TRACE_TYPE] = "Pistole";
	q.field[TRACE_MAKE] = "S&W";
	q.field[TRACE_SERIAL] = "ab-123";
}

static const char *submit_all(const char *to)
{
	static char id[ID_TEXT];
	struct submission s;
	struct request made;

	fill();
	if (to)
		q.field[TRACE_TO] = to;
	submission_open(&s, &traces, form, false);
	ck_assert_msg(submission_add(&s, &q, &e) == 0, "%s", e.text);
	ck_assert_msg(submission_write(&s, &e) == 0, "%s", e.text);
	ck_assert_int_eq(traces_read(&traces, s.line[0].entry.head.offset, &made, &e), 0);
	snprintf(id, sizeof id, "%s", made.field[TRACE_ID]);
	submission_close(&s);
	return id;
}

START_TEST(the_table_is_sound)
{
	for (int i = 0; i < TRACE_FIELDS; i++) {
		ck_assert_str_eq(trace_fields[i].name, traces_kind.shape->column[i]);
		ck_assert_int_eq(trace_field_find(trace_fields[i].name), i);
		ck_assert(trace_fields[i].kind != FIELD_CODE || trace_fields[i].codes);
		ck_assert(trace_fields[i].kind != FIELD_TEXT || trace_fields[i].most);
		ck_assert(trace_fields[i].kind != FIELD_FIREARM ||
			  !strcmp(form_fields[FORM_TYPE + i - TRACE_TYPE].name, trace_fields[i].name));
	}
	ck_assert_int_eq(trace_field_find("nothing"), TRACE_FIELDS);
	ck_assert_int_eq(traces_kind.shape->columns, TRACE_FIELDS);
}
END_TEST

START_TEST(a_request_is_cleaned)
{
	struct buf problems = { 0 };

	fill();
	ck_assert_int_eq(request_clean(form, &q, 20454, NULL, &pool, &problems, &e), 0);
	ck_assert_int_eq(request_complete(&q, &problems, &e), 0);
	ck_assert_uint_eq(problems.size, 0);
	ck_assert_str_eq(q.field[TRACE_TO], "DEU");
	ck_assert_str_eq(q.field[TRACE_TYPE], "pistol");
	ck_assert_str_eq(q.field[TRACE_MAKE], "S&W");
	ck_assert_str_eq(q.field[TRACE_MAKE_NAME], "SMITH & WESSON");
	ck_assert_str_eq(q.field[TRACE_SERIAL_KEY], "AB123");
	buf_free(&problems);
}
END_TEST

static const char *problems_of(void)
{
	static char text[2000];
	struct buf problems = { 0 };

	pool_reset(&pool);
	ck_assert_int_eq(request_clean(form, &q, 20454, NULL, &pool, &problems, &e), 0);
	ck_assert_int_eq(request_complete(&q, &problems, &e), 0);
	snprintf(text, sizeof text, "%s", problems.size ? buf_string(&problems, &e) : "");
	buf_free(&problems);
	return text;
}

START_TEST(all_that_is_missing_is_said_at_once)
{
	const char *text;

	request_clear(&q);
	q.field[TRACE_PRIORITY] = "urgent";
	text = problems_of();
	for (const char *const *w = (const char *const[]){ "from: ", "to: ", "use: ", "legal_basis: ",
							   "circumstances: ", "reason: ", "serial: ", NULL }; *w; w++)
		ck_assert_msg(strstr(text, *w) != NULL, "%s: %s", *w, text);
}
END_TEST

START_TEST(what_makes_no_sense)
{
	static const struct { enum trace_place place; const char *text, *why; } bad[] = {
		{ TRACE_TO, "FRA", "does not ask itself" }, { TRACE_TO, "Atlantis", "no country" },
		{ TRACE_TO, "YUG", "is no more" }, { TRACE_TO, "XPO", "no country" },
		{ TRACE_PRIORITY, "soon", "none of" }, { TRACE_RECOVERY_DATE, "2027", "lies ahead" },
		{ TRACE_RECOVERY_DATE, "2025-02-30", "recovery_date" }, { TRACE_RECORD, "FRA26-EPH8-0V41", "record: " },
		{ TRACE_RECOVERY_DATE, "1989-12", "before the firearm was made (1990)" },
		{ TRACE_USE, "\xff", "not UTF-8" }, { TRACE_GROUND, "none at all", "ground: " },
		{ TRACE_SERIAL_STATE, "sometimes", "serial_state: " },
	};
	char *big = malloc(9000);

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		fill();
		q.field[TRACE_MADE_YEAR] = "1990";
		q.field[bad[i].place] = bad[i].text;
		ck_assert_msg(strstr(problems_of(), bad[i].why) != NULL, "%s: %s", bad[i].text, problems_of());
	}
	memset(big, 'x', 8999);
	big[8999] = 0;
	fill();
	q.field[TRACE_CIRCUMSTANCES] = big;
	ck_assert(strstr(problems_of(), "circumstances: longer than 8000 bytes"));
	free(big);
}
END_TEST

/* What each party sees of a request in which every field is filled. */
START_TEST(who_sees_what)
{
	static const char *const secretariat = " id from to priority state due submitted acknowledged asked answered "
					       "event actor revision at ";
	const unsigned parties[] = { PARTY_SENDER, PARTY_RECEIVER, PARTY_SECRETARIAT, PARTY_NONE };

	for (size_t p = 0; p < 4; p++) {
		for (int i = 0; i < TRACE_FIELDS; i++)
			q.field[i] = "x";
		request_mask(&q, parties[p]);
		for (int i = 0; i < TRACE_FIELDS; i++) {
			char word[40];
			bool sees = parties[p] == PARTY_SENDER ? i != TRACE_CHILDREN :
				    parties[p] == PARTY_RECEIVER && i != TRACE_PARENT;

			snprintf(word, sizeof word, " %s ", trace_fields[i].name);
			if (parties[p] == PARTY_SECRETARIAT)
				sees = strstr(secretariat, word) != NULL;
			ck_assert_msg(*q.field[i] == (sees ? 'x' : 0), "%u: %s", parties[p], trace_fields[i].name);
		}
	}
}
END_TEST

START_TEST(submitted_and_found)
{
	char id[ID_TEXT];
	struct index_head head;
	struct notices *n;

	snprintf(id, sizeof id, "%s", submit_all(NULL));
	ck_assert_int_eq(traces_get(&traces, id, &q, &head, &e), 0);
	ck_assert_str_eq(q.field[TRACE_STATE], "submitted");
	ck_assert_str_eq(q.field[TRACE_DUE], "2026-03-02");   /* 60 days */
	ck_assert_str_eq(q.field[TRACE_EVENT], "submit");
	ck_assert_str_eq(q.field[TRACE_ACTOR], "FRA");
	ck_assert_int_eq(head.owner, index_country("FRA"));
	ck_assert_int_eq(head.other, index_country("DEU"));
	ck_assert_int_eq(head.state, TRACE_SUBMITTED);
	ck_assert_int_eq(traces_get(&traces, "FRA26-EPH8-0V40", &q, &head, &e), STATUS_NO);
	ck_assert(strstr(e.text, "no trace request FRA26-EPH8-0V40"));
	ck_assert_int_eq(notices_open(&n, &guard.folder, NULL, &e), 0);
	ck_assert_uint_eq(notices_count(n), 1);
	ck_assert_int_eq(notices_at(n, 0)->state, NOTICE_QUEUED);
	ck_assert_str_eq(notices_at(n, 0)->kind, "trace-submit");
	ck_assert_str_eq(notices_at(n, 0)->to, "DEU");
	notices_close(n);
}
END_TEST

static int count_one(void *context, const struct request *r, const struct index_head *head, struct error *why)
{
	(void)r;
	(void)head;
	(void)why;
	++*(int *)context;
	return STATUS_DONE;
}

static int count(const char *as, unsigned parties, const char *word, bool overdue)
{
	struct traces t;
	struct query query;
	int n = 0, status;

	ck_assert_int_eq(traces_open(&t, &guard, as, NULL, NULL, &e), 0);
	ck_assert_msg(query_open(&query, &t, form, &word, word != NULL, &e) == 0, "%s", e.text);
	query.parties = parties;
	query.overdue = overdue;
	status = query_run(&query, &t, count_one, &n, NULL, &e);
	query_close(&query);
	traces_close(&t);
	return status ? -status : n;
}

START_TEST(what_is_listed)
{
	submit_all("DEU");
	submit_all("USA");
	ck_assert_int_eq(count(NULL, 0, NULL, false), 2);
	ck_assert_int_eq(count(NULL, PARTY_SENDER, NULL, false), -STATUS_USAGE);
	ck_assert_int_eq(count("FRA", PARTY_SENDER, NULL, false), 2);
	ck_assert_int_eq(count("FRA", PARTY_RECEIVER, NULL, false), 0);
	ck_assert_int_eq(count("DEU", PARTY_RECEIVER, NULL, false), 1);
	ck_assert_int_eq(count("DEU", 0, NULL, false), 1);
	ck_assert_int_eq(count("GBR", 0, NULL, false), 0);
	ck_assert_int_eq(count("XPO", 0, NULL, false), 2);
	/* the secretariat does not learn the serial by asking for it */
	ck_assert_int_eq(count("XPO", 0, "serial=AB123", false), 0);
	ck_assert_int_eq(count("XPO", 0, "make=smith", false), 0);
	ck_assert_int_eq(count("XPO", 0, "use=inv*", false), 0);
	ck_assert_int_eq(count("DEU", 0, "serial=AB123", false), 1);
	ck_assert_int_eq(count("DEU", 0, "make=smith & wesson", false), 1);
	ck_assert_int_eq(count("DEU", 0, "use=INV*", false), 1);
	ck_assert_int_eq(count(NULL, 0, "state=submitted,answered", false), 2);
	ck_assert_int_eq(count(NULL, 0, "state=answered", false), 0);
	ck_assert_int_eq(count(NULL, 0, "submitted=2026-01", false), 2);
	ck_assert_int_eq(count(NULL, 0, "submitted=2025", false), 0);
	ck_assert_int_eq(count(NULL, 0, NULL, true), 0);
}
END_TEST

START_TEST(overdue_is_told_from_the_date)
{
	fill();
	q.field[TRACE_DUE] = "2026-01-01";
	q.field[TRACE_STATE] = "submitted";
	ck_assert_int_eq(deadline_overdue(&q, 20454), 0);    /* that day */
	ck_assert_int_eq(deadline_overdue(&q, 20457), 3);
	q.field[TRACE_STATE] = "answered";
	ck_assert_int_eq(deadline_overdue(&q, 20457), 0);
	q.field[TRACE_STATE] = "draft";
	ck_assert_int_eq(deadline_overdue(&q, 20457), 0);
	q.field[TRACE_STATE] = "information-requested";
	q.field[TRACE_DUE] = "";
	ck_assert_int_eq(deadline_overdue(&q, 20457), 0);
}
END_TEST

Suite *t_request(void);
Suite *t_request(void)
{
	Suite *s = suite_create("request");
	TCase *c = tcase_create("all");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, the_table_is_sound);
	tcase_add_test(c, a_request_is_cleaned);
	tcase_add_test(c, all_that_is_missing_is_said_at_once);
	tcase_add_test(c, what_makes_no_sense);
	tcase_add_test(c, who_sees_what);
	tcase_add_test(c, submitted_and_found);
	tcase_add_test(c, what_is_listed);
	tcase_add_test(c, overdue_is_told_from_the_date);
	suite_add_tcase(s, c);
	return s;
}
