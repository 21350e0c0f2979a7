/* t_grave.c - tests of record/grave, and of what tombstones do to an index: what is deleted stays deleted */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/keep.h"
#include "record/verify.h"
#include "trace/act.h"
#include "trace/purge.h"
#include "trace/query.h"
#include "unit/scratch.h"

Suite *t_grave(void);

#define LINES 5000            /* thousands go into the index another way than one by one */

static struct guard guard;
static struct retention rules;
static struct book book;
static struct error e;
static char first[ID_TEXT];

/* 2020-01-01, and six years later. */
static void set_time(const char *seconds)
{
	setenv("SOURCE_DATE_EPOCH", seconds, 1);
	guard_close(&guard);
	ck_assert_int_eq(guard_open(&guard, scratch_path("."), NULL, &e), 0);
}

#define EARLY "1577836800"
#define LATE "1767225600"
#define LATER "1767312000"

static void setup(void)
{
	scratch_make();
	memset(&guard, 0, sizeof guard);
	setenv("SOURCE_DATE_EPOCH", EARLY, 1);
	ck_assert_int_eq(guard_open(&guard, scratch_path("."), NULL, &e), 0);
	ck_assert_int_le(retention_read(&rules, &guard.folder, &e), 1);
}

static void teardown(void)
{
	guard_close(&guard);
	scratch_remove();
}

static void open_book(void)
{
	ck_assert_int_eq(book_open(&book, &guard, NULL, NULL, &e), 0);
}

/* Records of France; the first one's name is kept. */
static void enter(size_t count, const char *status)
{
	struct record *r = calloc(count, sizeof *r);
	struct pool pool = { 0 };

	open_book();
	ck_assert_int_eq(book_lock(&book, &e), 0);
	for (size_t i = 0; i < count; i++) {
		record_clear(&r[i]);
		r[i].field[FORM_OWNER] = "FRA";
		r[i].field[FORM_CATEGORY] = "stolen";
		r[i].field[FORM_SERIAL] = r[i].field[FORM_SERIAL_KEY] = "SECRET1";
		ck_assert_int_eq(book_enter(&book, &r[i], "add", status, &rules, &pool, &e), 0);
	}
	snprintf(first, sizeof first, "%s", r[0].field[FORM_ID]);
	ck_assert_int_eq(book_append(&book, r, count, &e), 0);
	book_close(&book);
	pool_free(&pool);
	free(r);
}

static void revise(const char *remarks)
{
	struct pool pool = { 0 };
	struct index_head head;
	struct record r;

	open_book();
	ck_assert_int_eq(book_lock(&book, &e), 0);
	ck_assert_int_eq(book_get(&book, first, &r, &head, &e), 0);
	r.field[FORM_REMARKS] = remarks;
	ck_assert_int_eq(book_revise(&book, &r, "update", "active", &rules, &pool, &e), 0);
	ck_assert_int_eq(book_append(&book, &r, 1, &e), 0);
	book_close(&book);
	pool_free(&pool);
}

static size_t purge(void)
{
	struct keep_purge how = { 0 };

	open_book();
	ck_assert_int_eq(keep_purge(&book, &rules, &how, &e), 0);
	book_close(&book);
	return how.deleted;
}

/* The log becomes the first text with the second behind it. */
static void merge(const char *file, const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	char *both = malloc(n + m);

	memcpy(both, a, n);
	memcpy(both + n, b, m);
	scratch_write(file, both, n + m);
	free(both);
}

static void check_gone(uint64_t returned)
{
	struct buf lines = { 0 };
	struct verify v = { 0 };
	struct index_head head;
	struct record r;
	size_t n;

	open_book();
	ck_assert_int_eq(book_get(&book, first, &r, &head, &e), 0);
	ck_assert(head.gone);
	ck_assert_str_eq(r.field[FORM_STATUS], "deleted");
	ck_assert_str_eq(r.field[FORM_SERIAL], "");
	ck_assert_str_eq(r.field[FORM_BY], "");
	ck_assert_uint_eq(book.cover.returned, returned);
	ck_assert_int_eq(index_lines(book.index, head.id, &lines, &e), 0);
	for (size_t i = 0; i < lines.size / sizeof head; i++)
		ck_assert(((const struct index_head *)(const void *)lines.data)[i].gone);
	ck_assert_int_eq(index_returned(book.index, head.id, &n, &e), 0);
	ck_assert_uint_eq(n > 0, returned > 0);
	ck_assert_int_eq(verify_run(&book, &v, &e), returned ? STATUS_NO : STATUS_DONE);
	ck_assert_uint_eq(v.returned, returned);
	ck_assert_uint_eq(v.conflicts + v.wrong, 0);
	buf_free(&lines);
	book_close(&book);
}

static void check_clean(void)
{
	char *log = scratch_read(BOOK_FILE, NULL);

	ck_assert_ptr_null(strstr(log, "SECRET1"));
	free(log);
}

/* Both ways round, with the index kept or made anew, and whether the copy was changed after or not. */
static void bring_back(const char *stone, const char *old, uint64_t lines)
{
	for (int way = 0; way < 4; way++) {
		merge(BOOK_FILE, way & 1 ? old : stone, way & 1 ? stone : old);
		if (way & 2)
			unlink(scratch_path(BOOK_INDEX));
		check_gone(lines);
		ck_assert_uint_gt(purge(), 0);
		check_gone(0);
		check_clean();
		ck_assert_uint_eq(purge(), 0);
	}
}

START_TEST(an_older_copy_brings_nothing_back)
{
	char *old, *stone;

	enter(1, "active");
	revise("one");
	old = scratch_read(BOOK_FILE, NULL);
	set_time(LATE);
	ck_assert_uint_eq(purge(), 1);
	check_gone(0);
	check_clean();
	stone = scratch_read(BOOK_FILE, NULL);
	bring_back(stone, old, 2);
	free(old);
	free(stone);
}
END_TEST

/* A record was deleted in one folder: its log. In the other, which stays, it was not, and it is a day later. */
static char *part_ways(void)
{
	char *old, *stone;

	enter(1, "active");
	old = scratch_read(BOOK_FILE, NULL);
	set_time(LATE);
	ck_assert_uint_eq(purge(), 1);
	stone = scratch_read(BOOK_FILE, NULL);
	scratch_write(BOOK_FILE, old, strlen(old));
	set_time(LATER);
	free(old);
	return stone;
}

/* The tombstone has revision 2; elsewhere there are 2, 3 and 4, made later than it. */
START_TEST(nor_does_one_that_was_changed_after)
{
	char *stone, *changed;

	stone = part_ways();
	revise("two");
	revise("three");
	revise("four");
	changed = scratch_read(BOOK_FILE, NULL);
	bring_back(stone, changed, 4);
	free(stone);
	free(changed);
}
END_TEST

/* Two folders that each purged: the same was said twice, and that is no conflict. */
START_TEST(two_tombstones_are_one)
{
	char *stone, *other;

	stone = part_ways();
	ck_assert_uint_eq(purge(), 1);
	other = scratch_read(BOOK_FILE, NULL);
	ck_assert_str_ne(stone, other);
	merge(BOOK_FILE, stone, other);
	check_gone(0);
	open_book();
	ck_assert_uint_eq(book.cover.conflicts, 0);
	ck_assert_uint_eq(book.cover.records, 1);
	book_close(&book);
	free(stone);
	free(other);
}
END_TEST

START_TEST(thousands)
{
	char *old, *stone;
	struct index_head head;
	struct record r;

	enter(LINES, "active");
	old = scratch_read(BOOK_FILE, NULL);
	set_time(LATE);
	ck_assert_uint_eq(purge(), LINES);
	stone = scratch_read(BOOK_FILE, NULL);
	enter(1, "active");
	for (int way = 0; way < 2; way++) {
		merge(BOOK_FILE, way ? old : stone, way ? stone : old);
		open_book();
		ck_assert_uint_eq(book.cover.returned, LINES);
		ck_assert_uint_eq(book.cover.records, LINES);
		book_close(&book);
		ck_assert_uint_eq(purge(), LINES);
		check_clean();
	}
	open_book();
	ck_assert_int_eq(book_get(&book, first, &r, &head, &e), STATUS_NO);
	book_close(&book);
	free(old);
	free(stone);
}
END_TEST

/* What says nothing of a draft to other countries does not begin to when it is gone. */
START_TEST(what_is_left_of_a_draft_is_its_countrys)
{
	struct index_head head;
	struct record r;

	enter(1, "draft");
	set_time(LATE);
	ck_assert_uint_eq(purge(), 1);
	open_book();
	ck_assert_int_eq(book_get(&book, first, &r, &head, &e), 0);
	ck_assert_str_eq(r.field[FORM_ONLY], "FRA");
	book_close(&book);
}
END_TEST

/* A tombstone that still says something is none as it should be. */
START_TEST(a_talkative_tombstone)
{
	struct pool pool = { 0 };
	struct verify v = { 0 };
	struct index_head head;
	struct record r;

	enter(1, "active");
	open_book();
	ck_assert_int_eq(book_lock(&book, &e), 0);
	ck_assert_int_eq(book_get(&book, first, &r, &head, &e), 0);
	ck_assert_int_eq(book_revise(&book, &r, "delete", "deleted", NULL, &pool, &e), 0);
	ck_assert_int_eq(book_append(&book, &r, 1, &e), 0);
	ck_assert_int_eq(verify_run(&book, &v, &e), STATUS_NO);
	ck_assert_uint_eq(v.wrong, 1);
	ck_assert_uint_eq(v.returned, 1);
	book_close(&book);
	pool_free(&pool);
}
END_TEST

/* Trace requests */

static struct traces traces;

static void ask(enum trace_state state)
{
	struct pool pool = { 0 };
	struct book_line line;
	struct request q;

	ck_assert_int_eq(traces_open(&traces, &guard, NULL, NULL, NULL, &e), 0);
	ck_assert_int_eq(book_lock(&traces.book, &e), 0);
	request_clear(&q);
	q.field[TRACE_FROM] = "FRA";
	q.field[TRACE_TO] = "DEU";
	q.field[TRACE_OFFICER] = "SECRET1";
	q.field[TRACE_SERIAL] = q.field[TRACE_SERIAL_KEY] = "SECRET1";
	ck_assert_int_eq(book_new_id(&traces.book, "FRA", first, &e), 0);
	q.field[TRACE_ID] = first;
	ck_assert_int_eq(request_stamp(&traces, &q, MOVE_SUBMIT, state, "FRA", 1, &pool, &e), 0);
	ck_assert_int_eq(book_line_put(&traces.book, q.field, &pool, &line, &e), 0);
	ck_assert_int_eq(book_append_lines(&traces.book, &line, 1, false, &e), 0);
	traces_close(&traces);
	pool_free(&pool);
}

static size_t purge_traces(void)
{
	struct purge how = { 0 };

	ck_assert_int_eq(traces_open(&traces, &guard, NULL, NULL, NULL, &e), 0);
	ck_assert_int_eq(purge_run(&traces, &rules, &how, &e), 0);
	traces_close(&traces);
	return how.count;
}

static int count(void *context, const struct request *q, const struct index_head *head, struct error *why)
{
	(void)q, (void)head, (void)why;
	++*(int *)context;
	return 0;
}

/* What a country is told of it, and how many it is shown: as, whose; states, asked for. */
static void check_told(const char *as, const char *states, int shown, const char *words)
{
	struct query query;
	struct index_head head;
	struct request q;
	int n = 0;

	ck_assert_int_eq(traces_open(&traces, &guard, as, NULL, NULL, &e), 0);
	ck_assert_int_eq(traces_get(&traces, first, &q, &head, &e), STATUS_NO);
	ck_assert_msg(strstr(e.text, words) != NULL, "%s: %s", as, e.text);
	ck_assert_int_eq(query_open(&query, &traces, NULL, NULL, 0, &e), 0);
	ck_assert_int_eq(query_states(&query, states, &e), *states ? 0 : STATUS_USAGE);
	ck_assert_int_eq(query_run(&query, &traces, count, &n, NULL, &e), 0);
	ck_assert_int_eq(n, shown);
	query_close(&query);
	traces_close(&traces);
}

static void check_traces(void)
{
	char *log = scratch_read(TRACES_FILE, NULL);

	ck_assert_ptr_null(strstr(log, "SECRET1"));
	ck_assert_ptr_null(strstr(log, guard.standing.officer.name));
	free(log);
	check_told("FRA", "", 0, "purged at 2026-01-01T00:00:00Z");
	check_told("DEU", "deleted", 1, "purged at");
	check_told("XPO", "deleted,submitted", 1, "purged at");
	check_told("ITA", "deleted", 0, "no trace request ");
	ck_assert_ptr_null(strstr(e.text, "any more"));
}

START_TEST(requests_stay_purged)
{
	struct verify v = { 0 };
	char *old, *stone;

	ask(TRACE_ANSWERED);
	old = scratch_read(TRACES_FILE, NULL);
	set_time(LATE);
	ck_assert_uint_eq(purge_traces(), 1);
	check_traces();
	stone = scratch_read(TRACES_FILE, NULL);
	ck_assert_ptr_nonnull(strstr(stone, "request-ended: 60 months"));
	for (int way = 0; way < 2; way++) {
		merge(TRACES_FILE, way ? old : stone, way ? stone : old);
		check_told("FRA", "deleted,answered", 1, "purged at");
		ck_assert_int_eq(traces_open(&traces, &guard, NULL, NULL, NULL, &e), 0);
		ck_assert_int_eq(verify_run(&traces.book, &v, &e), STATUS_NO);
		ck_assert_uint_eq(v.returned, 1);
		ck_assert_uint_eq(v.wrong, 0);
		traces_close(&traces);
		ck_assert_uint_eq(purge_traces(), 1);
		check_traces();
		ck_assert_uint_eq(purge_traces(), 0);
	}
	free(old);
	free(stone);
}
END_TEST

START_TEST(a_draft_does_not_say_whom_it_was_to_ask)
{
	char *log;

	ask(TRACE_DRAFT);
	set_time(LATE);
	ck_assert_uint_eq(purge_traces(), 1);
	log = scratch_read(TRACES_FILE, NULL);
	ck_assert_ptr_null(strstr(log, "DEU"));
	free(log);
	check_told("FRA", "deleted", 1, "purged at");
	check_told("DEU", "deleted", 0, "no trace request ");
	ck_assert_ptr_null(strstr(e.text, "any more"));
	check_told("XPO", "deleted", 0, "no trace request ");
	ck_assert_ptr_null(strstr(e.text, "any more"));
}
END_TEST

/* What was purged before tombstones stood in the log is in a file beside it: taken over, and a request that an
 * older copy brought back goes again. */
START_TEST(purged_before)
{
	static const char *const columns[] = { "id", "from", "to", "state", "moved", "at", "by" };
	static const struct log_shape shape = { "purged.csv", columns, 7 };
	const char *field[] = { first, "FRA", "DEU", "answered", "2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "x" };
	struct buf lines = { 0 };
	struct log *log;

	set_time(LATE);
	ask(TRACE_SUBMITTED);
	ck_assert_int_eq(log_open(&log, &guard.folder, &shape, NULL, &e), 0);
	ck_assert_int_eq(log_lock(log, 1, &e), 0);
	ck_assert_int_eq(log_put(log, &lines, field, &e), 0);
	field[0] = "FRA20-0000-0000";   /* is no name */
	ck_assert_int_eq(log_put(log, &lines, field, &e), 0);
	ck_assert_int_eq(log_append(log, &lines, NULL, &e), 0);
	log_close(log);
	buf_free(&lines);
	ck_assert_uint_eq(purge_traces(), 1);
	check_traces();
	ck_assert_ptr_null(scratch_read("purged.csv", NULL));
	ck_assert_uint_eq(purge_traces(), 0);
}
END_TEST

Suite *t_grave(void)
{
	Suite *s = suite_create("grave");
	TCase *c = tcase_create("all");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, an_older_copy_brings_nothing_back);
	tcase_add_test(c, nor_does_one_that_was_changed_after);
	tcase_add_test(c, two_tombstones_are_one);
	tcase_add_test(c, thousands);
	tcase_add_test(c, what_is_left_of_a_draft_is_its_countrys);
	tcase_add_test(c, a_talkative_tombstone);
	tcase_add_test(c, requests_stay_purged);
	tcase_add_test(c, a_draft_does_not_say_whom_it_was_to_ask);
	tcase_add_test(c, purged_before);
	suite_add_tcase(s, c);
	return s;
}
