/* t_table.c - tests of trace/table, trace/submit, record/intake_jobs */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/sum.h"
#include "record/notice.h"
#include "trace/table.h"
#include "unit/scratch.h"

static struct guard guard;
static struct form *form;
static struct traces traces;
static struct submission submission;
static struct table_options options;
static struct buf printed, said;
static int writes;
static struct error e;

/* By any thread: nothing of Check in it. */
static int print(void *context, const struct request *q, struct buf *to, struct error *why)
{
	if (context != &submission)
		return error_set(why, STATUS_SYSTEM, "another's context");
	return buf_format(to, why, "%s>%s %s\n", q->field[TRACE_FROM], q->field[TRACE_TO], q->field[TRACE_SERIAL]);
}

static void wrong(void *context, size_t line, const struct error *why)
{
	(void)context;
	ck_assert_int_eq(buf_format(&said, NULL, "%zu: %s\n", line, why->text), 0);
}

static int written(void *context, struct error *why)
{
	(void)context;
	writes++;
	for (size_t i = 0; i < submission.parts; i++)
		ck_assert_int_eq(buf_add(&printed, submission.printed[i].data, submission.printed[i].size, why), 0);
	return STATUS_DONE;
}

static void setup(void)
{
	setenv("SOURCE_DATE_EPOCH", "1767225660", 1);   /* 2026-01-01 */
	scratch_make();
	memset(&options, 0, sizeof options);
	request_clear(&options.given);
	options.given.field[TRACE_FROM] = "FRA";
	options.given.field[TRACE_USE] = options.given.field[TRACE_LEGAL_BASIS] =
		options.given.field[TRACE_CIRCUMSTANCES] = "x";
	options.name = "rows";
	options.wrong = wrong;
	options.written = written;
	options.threads = 2;
	writes = 0;
}

static void open_in(const char *folder)
{
	ck_assert_msg(guard_open(&guard, folder, NULL, &e) == 0, "%s", e.text);
	ck_assert_int_eq(form_open(&form, FORM_LAZY, &e), 0);
	ck_assert_int_eq(traces_open(&traces, &guard, NULL, NULL, NULL, &e), 0);
	submission_open(&submission, &traces, form, false);
	submission.print = print;
	submission.context = &submission;
	printed.size = said.size = 0;
}

static void close_all(void)
{
	submission_close(&submission);
	traces_close(&traces);
	form_close(form);
	guard_close(&guard);
}

static void teardown(void)
{
	buf_free(&printed);
	buf_free(&said);
	scratch_remove();
}

static int submit(const char *text, size_t size)
{
	FILE *in = tmpfile();
	int status;

	ck_assert_ptr_nonnull(in);
	ck_assert_uint_eq(fwrite(text, 1, size, in), size);
	rewind(in);
	memset(&e, 0, sizeof e);
	status = table_submit(&submission, in, &options, &e);
	fclose(in);
	return status;
}

static const char *text_of(struct buf *b)
{
	return b->size ? buf_string(b, NULL) : "";
}

START_TEST(rows_become_requests)
{
	static const char rows[] = "to;serial;make\r\nDEU;1;K\xf6nig\r\n\r\nITA;2;\"A;\"\"B\"\r\n";

	open_in(scratch_path("."));
	ck_assert_msg(submit(rows, sizeof rows - 1) == 0, "%s", e.text);
	ck_assert_str_eq(text_of(&printed), "FRA>DEU 1\nFRA>ITA 2\n");
	ck_assert_str_eq(text_of(&said), "");
	ck_assert_int_eq(writes, 1);
	ck_assert_uint_eq(traces.book.cover.records, 2);
	close_all();
}
END_TEST

START_TEST(one_that_is_wrong_stops_all)
{
	static const char rows[] = "to,serial\nDEU,1\nFRA,2\nDEU\nDEU,\"3\nDEU,\nDEU,a\0b\nITA,4\n";
	const char *all = "3: to: a country does not ask itself\n4: 1 fields, not 2\n5: a quote that is not closed\n"
		"6: serial: missing, as are make, model, calibre, components and marks: nothing says which firearm it is\n"
		"7: a NUL byte\n";

	open_in(scratch_path("."));
	ck_assert_int_eq(submit(rows, sizeof rows - 1), STATUS_INPUT);
	ck_assert_str_eq(text_of(&said), all);
	ck_assert_ptr_nonnull(strstr(e.text, "nothing was submitted"));
	ck_assert_int_eq(writes, 0);
	ck_assert_uint_eq(log_size(traces.book.log), 0);
	close_all();
	options.go_on = true;
	open_in(scratch_path("."));
	ck_assert_int_eq(submit(rows, sizeof rows - 1), STATUS_INPUT);
	ck_assert_str_eq(e.text, "");
	ck_assert_str_eq(text_of(&said), all);
	ck_assert_str_eq(text_of(&printed), "FRA>DEU 1\nFRA>ITA 4\n");
	close_all();
}
END_TEST

START_TEST(tables_of_another_kind)
{
	static const struct { const char *rows, *why; } bad[] = {
		{ "", "no rows" },
		{ "\n\n", "no rows" },
		{ "to,colour\nDEU,red\n", "'colour' is no field of a request: a table of another kind?" },
		{ "id,to\nX,DEU\n", "'id' cannot be given: these are requests already?" },
		{ "to,serial,to\n", "'to' is there twice" },
		{ "\"to\n", "a quote that is not closed" },
	};

	open_in(scratch_path("."));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char why[200];

		snprintf(why, sizeof why, "rows: %s", bad[i].why);
		ck_assert_int_eq(submit(bad[i].rows, strlen(bad[i].rows)), STATUS_INPUT);
		ck_assert_str_eq(e.text, why);
	}
	ck_assert_int_eq(submit("to,serial\n", 10), 0);   /* none */
	ck_assert_str_eq(text_of(&printed), "");
	close_all();
}
END_TEST

/* More rows than are written at once, in many jobs. */
static char *many_rows(size_t *size)
{
	struct buf rows = { 0 };

	ck_assert_int_eq(buf_text(&rows, "to,serial,marks\n", NULL), 0);
	for (int i = 0; i < 15000; i++)
		ck_assert_int_eq(buf_format(&rows, NULL, "%s,N%05d,%0*d\n", i % 5000 == 3 ? "FRA" : "DEU", i,
					    20 + i % 41, i), 0);
	*size = rows.size;
	return (char *)rows.data;
}

static uint64_t sum_of_file(const char *folder, const char *name)
{
	char path[60], block[4096];
	uint64_t sum = SUM_FNV64_START;
	size_t got;
	FILE *in;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	in = fopen(scratch_path(path), "r");
	ck_assert_ptr_nonnull(in);
	while ((got = fread(block, 1, sizeof block, in)))
		sum = sum_fnv64(sum, block, got);
	fclose(in);
	return sum;
}

/* The same comes out for any number of threads: what is said, printed, and in both logs. */
START_TEST(threads_make_no_difference)
{
	static const char *const folder[] = { "one", "many" };
	uint64_t sum[2][3];
	size_t size;
	char *rows = many_rows(&size);

	options.go_on = true;
	for (int k = 0; k < 2; k++) {
		options.threads = k ? 4 : 1;
		writes = 0;
		open_in(scratch_path(folder[k]));
		ck_assert_int_eq(submit(rows, size), STATUS_INPUT);
		ck_assert_str_eq(text_of(&said), "5: to: a country does not ask itself\n5005: to: a country does not ask "
				 "itself\n10005: to: a country does not ask itself\n");
		ck_assert_uint_eq(traces.book.cover.records, 14997);
		ck_assert_int_eq(writes, 2);
		sum[k][0] = sum_fnv64(SUM_FNV64_START, printed.data, printed.size);
		close_all();
		sum[k][1] = sum_of_file(folder[k], TRACES_FILE);
		sum[k][2] = sum_of_file(folder[k], NOTICE_FILE);
	}
	ck_assert_int_eq(memcmp(sum[0], sum[1], sizeof sum[0]), 0);
	free(rows);
}
END_TEST

/* Two that drew the same names: the second gets others, with what goes beside its lines. */
START_TEST(names_that_are_taken)
{
	static const char rows[] = "to,serial\nDEU,1\nITA,2\n";
	struct submission other;
	struct traces also;
	struct notices *n;
	struct request q;

	open_in(scratch_path("."));
	ck_assert_int_eq(traces_open(&also, &guard, NULL, NULL, NULL, &e), 0);
	submission_open(&other, &also, form, false);
	ck_assert_msg(submit(rows, sizeof rows - 1) == 0, "%s", e.text);
	for (int i = 0; i < 2; i++) {
		q = options.given;
		q.field[TRACE_TO] = i ? "ITA" : "DEU";
		q.field[TRACE_SERIAL] = "9";
		ck_assert_msg(submission_add(&other, &q, &e) == 0, "%s", e.text);
	}
	ck_assert_msg(submission_write(&other, &e) == 0, "%s", e.text);
	ck_assert_uint_eq(also.book.cover.records, 4);
	ck_assert_int_eq(notices_open(&n, &guard.folder, NULL, &e), 0);
	ck_assert_uint_eq(notices_count(n), 4);
	for (size_t i = 0; i < 4; i++) {
		const struct notice *m = notices_at(n, i);
		struct index_head head;

		ck_assert_int_eq(m->state, NOTICE_QUEUED);
		ck_assert_int_eq(traces_get(&also, m->subject, &q, &head, &e), 0);
		ck_assert_str_eq(q.field[TRACE_TO], m->to);
	}
	notices_close(n);
	submission_close(&other);
	traces_close(&also);
	close_all();
}
END_TEST

Suite *t_table(void);
Suite *t_table(void)
{
	Suite *s = suite_create("table");
	TCase *c = tcase_create("all");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, rows_become_requests);
	tcase_add_test(c, one_that_is_wrong_stops_all);
	tcase_add_test(c, tables_of_another_kind);
	tcase_add_test(c, threads_make_no_difference);
	tcase_add_test(c, names_that_are_taken);
	suite_add_tcase(s, c);
	return s;
}
