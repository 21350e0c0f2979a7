/* t_log.c - tests of record/log, record/log_read and record/log_rewrite */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/log.h"
#include "unit/child.h"
#include "unit/scratch.h"

static const char *const columns[] = { "id", "text", "more" };
static const struct log_shape shape = { "things.csv", columns, 3 };
static struct folder folder;
static struct log *l;
static struct log_found found;

static void setup(void)
{
	scratch_make();
	ck_assert_int_eq(folder_open(&folder, scratch_path("."), NULL), 0);
}

static void teardown(void)
{
	log_close(l);
	l = NULL;
	folder_close(&folder);
	scratch_remove();
}

static void reopen(void)
{
	struct error e = { 0 };

	log_close(l);
	ck_assert_msg(log_open(&l, &folder, &shape, &found, &e) == 0, "%s", e.text);
}

/* Nothing of Check in it, for children. */
static int add(const char *id, const char *text, const char *more)
{
	const char *field[] = { id, text, more };
	struct buf b = { 0 };
	int status = log_put(l, &b, field, NULL);

	if (!status)
		status = log_lock(l, 200, NULL);
	if (!status)
		status = log_append(l, &b, NULL, NULL);
	log_unlock(l);
	buf_free(&b);
	return status;
}

/* What a line says that is asked for by its place. */
static bool is_there(const struct log_row *row)
{
	struct log_reader *r;
	struct log_row one;
	bool same;

	if (log_reader_open(&r, l, NULL))
		return false;
	same = !log_read(r, row->offset, &one, NULL) && !strcmp(one.field[1], row->field[1]) && one.size == row->size;
	log_reader_close(r);
	return same;
}

/* "id|text|more" of each line, damaged ones as "!"; where it cannot be read, words that no test expects. Nothing
 * of Check in it, for children. */
static const char *all(void)
{
	static char text[4000];
	struct log_reader *r;
	struct log_row row;
	size_t n = 0;
	int status;

	text[0] = 0;
	if (log_refresh(l, NULL) || log_reader_open(&r, l, NULL))
		return "cannot be opened";
	log_scan(r, 0);
	while ((status = log_next(r, &row, NULL)) == 0 || status == STATUS_INPUT) {
		if (status) {
			n += (size_t)snprintf(text + n, sizeof text - n, "!\n");
			continue;
		}
		n += (size_t)snprintf(text + n, sizeof text - n, "%s|%.200s|%s\n", row.field[0], row.field[1],
				      row.field[2]);
		if (!is_there(&row))
			n += (size_t)snprintf(text + n, sizeof text - n, "is not there when asked for\n");
	}
	log_reader_close(r);
	return status == STATUS_NO ? text : "cannot be read";
}

static void append_raw(const char *text)
{
	FILE *f = fopen(scratch_path("things.csv"), "a");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	ck_assert_int_eq(fclose(f), 0);
}

START_TEST(lines_there_and_back)
{
	char *file;

	reopen();
	ck_assert_uint_eq(log_size(l), 0);
	ck_assert_str_eq(all(), "");
	ck_assert_int_eq(add("a", "plain", ""), 0);
	ck_assert_int_eq(add("b", "comma, \"quote\"", " blank in front"), 0);
	ck_assert_int_eq(add("c", "two\nlines\tand a \\ and \x7f", ""), 0);
	ck_assert_int_eq(add("", "", ""), 0);
	reopen();
	ck_assert_str_eq(all(), "a|plain|\nb|comma, \"quote\"| blank in front\nc|two\nlines\tand a \\ and \x7f|\n||\n");
	file = scratch_read("things.csv", NULL);
	ck_assert_ptr_nonnull(strstr(file, "id,text,more,sum\na,plain,,"));
	ck_assert_ptr_nonnull(strstr(file, "\nc,two\\x0alines\\x09and a \\\\ and \\x7f,,"));
	free(file);
}
END_TEST

START_TEST(an_unfinished_end_is_set_aside)
{
	char *file;

	reopen();
	ck_assert_int_eq(add("a", "1", ""), 0);
	append_raw("b,half a li");
	reopen();
	ck_assert_uint_eq(found.torn, 11);
	ck_assert_str_eq(all(), "a|1|\n");
	file = scratch_read("things.csv.torn", NULL);
	ck_assert_str_eq(file, "b,half a li\n");
	free(file);
	/* and while it is open */
	append_raw("c");
	ck_assert_int_eq(add("d", "2", ""), 0);
	ck_assert_str_eq(all(), "a|1|\nd|2|\n");
	ck_assert_uint_eq(found.torn, 12);
	reopen();
	ck_assert_uint_eq(found.torn, 0);
}
END_TEST

START_TEST(a_torn_header_is_made_anew)
{
	scratch_write("things.csv", "id,te", 5);
	reopen();
	ck_assert_uint_eq(found.torn, 5);
	ck_assert_int_eq(add("a", "1", ""), 0);
	ck_assert_str_eq(all(), "a|1|\n");
}
END_TEST

START_TEST(damaged_lines_are_noticed)
{
	size_t size;
	char *file, *p;

	reopen();
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(add("x", "aaa", "bbb"), 0);
	file = scratch_read("things.csv", &size);
	p = strstr(file, "aaa");
	*p = 'b';                                    /* edited */
	p = strstr(strchr(p, '\n'), "bbb");
	p[3] = ';';                                  /* a field less */
	p = strstr(strchr(p, '\n'), "aaa");
	p[1] = 0;                                    /* a NUL */
	scratch_write("things.csv", file, size);
	free(file);
	append_raw("no line at all\n\n,,,\n");
	reopen();
	ck_assert_str_eq(all(), "!\n!\n!\nx|aaa|bbb\nx|aaa|bbb\n!\n!\n!\n");
}
END_TEST

/* Any single byte that changes is noticed, wherever it is. */
START_TEST(every_flipped_bit_is_noticed)
{
	size_t size, header;
	char *file;

	reopen();
	ck_assert_int_eq(add("id7", "te, xt", "more \\ \"q\""), 0);
	file = scratch_read("things.csv", &size);
	header = (size_t)(strchr(file, '\n') - file) + 1;
	for (size_t i = header; i + 1 < size; i++)
		for (int bit = 0; bit < 8; bit++) {
			char was = file[i];

			file[i] = (char)(was ^ 1 << bit);
			scratch_write("things.csv", file, size);
			if (file[i] != '\n') {
				reopen();
				ck_assert_msg(!strcmp(all(), "!\n"), "byte %zu bit %d", i, bit);
			}
			file[i] = was;
		}
	free(file);
}
END_TEST

START_TEST(concatenated_logs_are_a_log)
{
	struct log_reader *r;
	struct log_row row;
	char *file;
	size_t size;

	reopen();
	ck_assert_int_eq(add("a", "1", ""), 0);
	file = scratch_read("things.csv", &size);
	append_raw(file);
	free(file);
	reopen();
	ck_assert_str_eq(all(), "a|1|\na|1|\n");
	ck_assert_int_eq(log_reader_open(&r, l, NULL), 0);
	log_scan(r, 0);
	while (log_next(r, &row, NULL) == 0)
		;
	ck_assert_uint_eq(log_headers(r), 2);
	log_reader_close(r);
}
END_TEST

START_TEST(other_columns_are_refused)
{
	struct error e;

	scratch_write("things.csv", "id,text,sum\n", 12);
	ck_assert_int_eq(log_open(&l, &folder, &shape, &found, &e), STATUS_INPUT);
	ck_assert_ptr_null(l);
}
END_TEST

START_TEST(long_lines)
{
	size_t size = LOG_LINE_MAX + 10;
	char *text = malloc(size + 1), *raw = malloc(3000001);
	const char *field[] = { "a", text, "" };
	struct buf b = { 0 };

	reopen();
	memset(text, 'x', size);
	text[size] = 0;
	ck_assert_int_eq(log_put(l, &b, field, NULL), STATUS_INPUT);
	ck_assert_uint_eq(b.size, 0);
	text[LOG_LINE_MAX - 100] = 0;
	ck_assert_int_eq(add("a", text, ""), 0);
	memset(raw, 'y', 3000000);
	raw[3000000] = 0;
	append_raw(raw);
	append_raw("\n");
	ck_assert_int_eq(add("b", "", ""), 0);
	reopen();
	ck_assert_str_eq(strrchr(all(), '!'), "!\nb||\n");
	free(text);
	free(raw);
	buf_free(&b);
}
END_TEST

/* A limit on the size of files stands for a full disk. */
START_TEST(a_full_disk_leaves_the_log_as_it_was)
{
	struct rlimit limit = { 200, 200 };
	char *before, *after;
	char text[400];
	pid_t child;

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = 0;
	reopen();
	ck_assert_int_eq(add("a", "1", ""), 0);
	before = scratch_read("things.csv", NULL);
	child = child_fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &limit))
			_exit(9);
		_exit(add("b", text, ""));
	}
	child_left(child, STATUS_SYSTEM, "the writer without room");
	after = scratch_read("things.csv", NULL);
	ck_assert_str_eq(before, after);
	free(before);
	free(after);
	ck_assert_int_eq(add("c", "2", ""), 0);
	ck_assert_str_eq(all(), "a|1|\nc|2|\n");
}
END_TEST

static bool keep_not_b(void *context, const struct log_row *row, bool damaged)
{
	(void)context;
	return !damaged && row->field[0][0] != 'b';
}

START_TEST(a_log_is_written_anew)
{
	const char *field[] = { "z", "last", "" };
	struct log_identity before, after;
	struct buf more = { 0 };
	struct log *other;
	char *file;

	reopen();
	add("a", "1", "");
	add("b", "2", "");
	append_raw("garbage\n");
	add("c", "3", "");
	ck_assert_int_eq(log_open(&other, &folder, &shape, NULL, NULL), 0);
	ck_assert_int_eq(log_identify(l, &before, NULL), 0);
	ck_assert_int_eq(log_put(l, &more, field, NULL), 0);
	ck_assert_int_eq(log_rewrite(l, keep_not_b, NULL, &more, NULL, NULL), STATUS_SYSTEM);  /* not locked */
	ck_assert_int_eq(log_lock(l, 5, NULL), 0);
	ck_assert_int_eq(log_rewrite(l, keep_not_b, NULL, &more, "dropped", NULL), 0);
	log_unlock(l);
	ck_assert_int_eq(log_identify(l, &after, NULL), 0);
	ck_assert(before.inode != after.inode);
	ck_assert_str_eq(all(), "a|1|\nc|3|\nz|last|\n");
	file = scratch_read("things.csv.dropped", NULL);
	ck_assert_ptr_nonnull(strstr(file, "b,2,,"));
	ck_assert_ptr_nonnull(strstr(file, "garbage\n"));
	free(file);
	ck_assert_ptr_null(scratch_read("things.csv.new", NULL));
	/* whoever had the old one open writes to the new one */
	log_close(l);
	l = other;
	ck_assert_int_eq(add("d", "4", ""), 0);
	reopen();
	ck_assert_str_eq(all(), "a|1|\nc|3|\nz|last|\nd|4|\n");
	buf_free(&more);
}
END_TEST

static bool keep_two(void *context, const struct log_row *row, bool damaged)
{
	(void)context;
	return !damaged && !strcmp(row->field[0], "2");
}

/* Who has the old file open, and bytes of it in memory, reads the new one after he looked again. */
START_TEST(a_log_that_another_wrote_anew)
{
	struct log *other;
	struct log_reader *r;
	struct log_row row;
	uint64_t first;

	reopen();
	ck_assert_int_eq(add("1", "one", ""), 0);
	ck_assert_int_eq(add("2", "two", ""), 0);
	ck_assert_int_eq(log_open(&other, &folder, &shape, NULL, NULL), 0);
	ck_assert_int_eq(log_reader_open(&r, other, NULL), 0);
	log_scan(r, 0);
	ck_assert_int_eq(log_next(r, &row, NULL), 0);
	first = row.offset;
	ck_assert_int_eq(log_read(r, first, &row, NULL), 0);
	ck_assert_str_eq(row.field[0], "1");
	ck_assert_int_eq(log_lock(l, 5, NULL), 0);
	ck_assert_int_eq(log_rewrite(l, keep_two, NULL, NULL, NULL, NULL), 0);
	log_unlock(l);
	/* until then he sees what he saw */
	ck_assert_int_eq(log_read(r, first, &row, NULL), 0);
	ck_assert_str_eq(row.field[0], "1");
	ck_assert_int_eq(log_refresh(other, NULL), 0);
	ck_assert_uint_eq(log_size(other), log_size(l));
	ck_assert_int_eq(log_read(r, first, &row, NULL), 0);
	ck_assert_str_eq(row.field[0], "2");
	log_reader_close(r);
	log_close(other);
}
END_TEST

START_TEST(without_the_right_to_write)
{
	pid_t child;

	reopen();
	add("a", "1", "");
	append_raw("half");
	if (geteuid() != 0)
		return;   /* only root can look as somebody else */
	ck_assert_int_eq(chmod(scratch_path("."), 0755), 0);
	ck_assert_int_eq(chmod(scratch_path("things.csv"), 0644), 0);
	child = child_fork();
	if (child == 0) {
		if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
			_exit(0);   /* there is nobody else here */
		log_close(l);
		l = NULL;
		if (log_open(&l, &folder, &shape, &found, NULL) || log_writable(l) || found.torn)
			_exit(8);
		if (strcmp(all(), "a|1|\n"))
			_exit(7);
		_exit(add("b", "", "") == STATUS_DONE ? 6 : 0);
	}
	child_left(child, 0, "who may only read (6: he wrote, 7: he read otherwise, 8: it was open to him)");
}
END_TEST

/* Sixteen writers at once: every line is there, whole, once. */
START_TEST(many_writers)
{
	enum { WRITERS = 16, LINES = 25 };
	static int seen[WRITERS][LINES];
	struct log_reader *r;
	struct log_row row;
	pid_t child[WRITERS];
	int status;

	reopen();
	for (int w = 0; w < WRITERS; w++) {
		child[w] = child_fork();
		if (child[w] == 0) {
			log_close(l);
			l = NULL;
			if (log_open(&l, &folder, &shape, &found, NULL))
				_exit(9);
			for (int i = 0; i < LINES; i++) {
				char id[20], text[20];

				snprintf(id, sizeof id, "%d", w);
				snprintf(text, sizeof text, "%d", i);
				if (add(id, text, "some, more"))
					_exit(8);
			}
			_exit(0);
		}
	}
	for (int w = 0; w < WRITERS; w++)
		child_left(child[w], 0, "writer %d", w);
	reopen();
	ck_assert_int_eq(log_reader_open(&r, l, NULL), 0);
	log_scan(r, 0);
	while ((status = log_next(r, &row, NULL)) == 0)
		seen[atoi(row.field[0])][atoi(row.field[1])]++;
	ck_assert_int_eq(status, STATUS_NO);
	for (int w = 0; w < WRITERS; w++)
		for (int i = 0; i < LINES; i++)
			ck_assert_int_eq(seen[w][i], 1);
	ck_assert_uint_eq(log_headers(r), 1);
	log_reader_close(r);
}
END_TEST

Suite *t_log(void);
Suite *t_log(void)
{
	Suite *s = suite_create("log");
	TCase *c = tcase_create("log");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, lines_there_and_back);
	tcase_add_test(c, an_unfinished_end_is_set_aside);
	tcase_add_test(c, a_torn_header_is_made_anew);
	tcase_add_test(c, damaged_lines_are_noticed);
	tcase_add_test(c, every_flipped_bit_is_noticed);
	tcase_add_test(c, concatenated_logs_are_a_log);
	tcase_add_test(c, other_columns_are_refused);
	tcase_add_test(c, long_lines);
	tcase_add_test(c, a_full_disk_leaves_the_log_as_it_was);
	tcase_add_test(c, a_log_is_written_anew);
	tcase_add_test(c, a_log_that_another_wrote_anew);
	tcase_add_test(c, without_the_right_to_write);
	tcase_add_test(c, many_writers);
	suite_add_tcase(s, c);
	return s;
}
