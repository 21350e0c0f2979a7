/* t_store.c - tests of record/store */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file/lock.h"
#include "record/store.h"
#include "unit/scratch.h"

enum { VALUES, PAIRS };
static const struct store_table tables[] = {
	[VALUES] = { "values", STORE_VALUES },
	[PAIRS] = { "pairs", STORE_PAIRS },
	{ NULL, STORE_VALUES },
};
static struct folder folder;
static struct store *s;

static void setup(void)
{
	scratch_make();
	ck_assert_int_eq(folder_open(&folder, scratch_path("."), NULL), 0);
}

static void teardown(void)
{
	store_close(s);
	s = NULL;
	folder_close(&folder);
	scratch_remove();
}

static void reopen(void)
{
	struct error e = { 0 };

	store_close(s);
	ck_assert_msg(store_open(&s, &folder, "things", tables, 1, &e) == 0, "%s", e.text);
}

static void put(uint64_t key, const char *text)
{
	struct error e = { 0 };

	ck_assert_msg(store_begin(s, true, &e) == 0, "%s", e.text);
	ck_assert_msg(store_put(s, VALUES, key, text, strlen(text), &e) == 0, "%s", e.text);
	ck_assert_msg(store_commit(s, &e) == 0, "%s", e.text);
}

/* What stands under the key; "" for nothing. Good until the next call. */
static const char *get(uint64_t key)
{
	static char text[100];
	const void *value;
	size_t size;

	*text = 0;
	if (store_begin(s, false, NULL) == STATUS_NO)
		return text;
	if (!store_get(s, VALUES, key, &value, &size, NULL))
		snprintf(text, sizeof text, "%.*s", (int)size, (const char *)value);
	store_abort(s);
	return text;
}

START_TEST(what_is_put_is_there)
{
	const struct error *why;
	const void *value;
	uint64_t key = 2, number;
	size_t size;

	reopen();
	ck_assert(!store_in_memory(s, &why));
	ck_assert_str_eq(get(1), "");
	put(1, "one");
	put(5, "five");
	put(1, "another");
	reopen();
	ck_assert_str_eq(get(1), "another");
	ck_assert_str_eq(get(2), "");
	ck_assert_int_eq(store_begin(s, false, NULL), 0);
	ck_assert_int_eq(store_from(s, VALUES, &key, &value, &size, NULL), 0);
	ck_assert_uint_eq(key, 5);
	key = 6;
	ck_assert_int_eq(store_from(s, VALUES, &key, &value, &size, NULL), STATUS_NO);
	ck_assert_int_eq(store_last(s, VALUES, &key, &value, &size, NULL), 0);
	ck_assert_uint_eq(key, 5);
	store_abort(s);
	ck_assert_int_eq(store_begin(s, true, NULL), 0);
	for (uint64_t n = 3; n; n--)
		ck_assert_int_eq(store_put_pair(s, PAIRS, 9, n, NULL), 0);
	ck_assert_int_eq(store_put_pair(s, PAIRS, 9, 2, NULL), 0);
	for (uint64_t n = 1; n <= 3; n++) {
		ck_assert_int_eq(store_pair(s, PAIRS, 9, n == 1, &number, NULL), 0);
		ck_assert_uint_eq(number, n);
	}
	ck_assert_int_eq(store_pair(s, PAIRS, 9, false, &number, NULL), STATUS_NO);
	ck_assert_int_eq(store_clear(s, NULL), 0);
	ck_assert_int_eq(store_commit(s, NULL), 0);
	ck_assert_str_eq(get(1), "");
}
END_TEST

START_TEST(what_is_not_committed_is_not_there)
{
	reopen();
	put(1, "one");
	ck_assert_int_eq(store_begin(s, true, NULL), 0);
	ck_assert_int_eq(store_put(s, VALUES, 1, "two", 3, NULL), 0);
	store_abort(s);
	ck_assert_str_eq(get(1), "one");
}
END_TEST

/* What it was opened for at least is not what it can hold at most. */
START_TEST(it_grows)
{
	const size_t size = 64 << 20;
	void *to;
	int grown = 0, status;

	ck_assert_int_eq(store_open(&s, NULL, "things", tables, 1, NULL), 0);
	for (uint64_t key = 0; key < 17; key++) {
		do {
			ck_assert_int_eq(store_begin(s, true, NULL), 0);
			status = store_room(s, VALUES, key, size, &to, NULL);
			if (!status)
				status = store_commit(s, NULL);
		} while (status && store_grew(s) && ++grown < 5);
		ck_assert_int_eq(status, 0);
	}
	ck_assert_int_ge(grown, 1);
}
END_TEST

/* Bytes over the file from `at` on; at 0 its front. */
static void spoil(size_t at, size_t count)
{
	int fd = open(scratch_path("things"), O_WRONLY);

	ck_assert_int_ge(fd, 0);
	for (size_t i = 0; i < count; i++)
		ck_assert_int_eq(pwrite(fd, "\x99", 1, (off_t)(at + i)), 1);
	close(fd);
}

START_TEST(one_that_is_damaged_is_thrown_away)
{
	const struct error *why;

	for (int how = 0; how < 3; how++) {
		reopen();
		put(1, "one");
		store_close(s);
		s = NULL;
		if (how == 0)
			spoil(0, 64);
		else if (how == 1)
			ck_assert_int_eq(truncate(scratch_path("things"), 5000), 0);
		else
			scratch_write("things", "id,text\n", 8);
		reopen();
		ck_assert(!store_in_memory(s, &why));
		ck_assert_str_eq(get(1), "");
		put(1, "anew");
		ck_assert_str_eq(get(1), "anew");
	}
	store_close(s);
	s = NULL;
	ck_assert_int_eq(store_discard(&folder, "things", NULL), 0);
	ck_assert_int_ne(access(scratch_path("things"), F_OK), 0);
	reopen();
	ck_assert_str_eq(get(1), "");
}
END_TEST

/* Writes a byte of the file as it is: what matters is that somebody has. Until the clock of the file system has
 * gone on, which a change within the same tick would not show. */
static void touch(const char *name)
{
	int fd = open(scratch_path(name), O_RDWR);
	struct stat before, after;
	char byte;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fstat(fd, &before), 0);
	do {
		ck_assert_int_eq(pread(fd, &byte, 1, 5000), 1);
		ck_assert_int_eq(pwrite(fd, &byte, 1, 5000), 1);
		ck_assert_int_eq(fstat(fd, &after), 0);
	} while (after.st_ctim.tv_sec == before.st_ctim.tv_sec && after.st_ctim.tv_nsec == before.st_ctim.tv_nsec);
	close(fd);
}

/* As a writer does that does not end. */
static int hold_writing(void)
{
	int fd = open(scratch_path("things.boot"), O_RDWR);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(lock_take_part(fd, 1, LOCK_EXCLUSIVE, 0, NULL), 0);
	return fd;
}

/* Of a page that somebody else has written to nothing can be told, least of all what is not in it. */
START_TEST(one_that_somebody_else_wrote_to_is_thrown_away)
{
	struct store *other = NULL;
	struct error e;

	reopen();
	put(1, "one");
	reopen();
	ck_assert_str_eq(get(1), "one");
	touch("things");
	/* who has it open does not put his name to it */
	ck_assert_int_eq(store_begin(s, true, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "another program"));
	ck_assert_int_eq(store_open(&other, &folder, "things", tables, 1, NULL), 0);
	store_close(other);
	/* his is not what others find any more, and what he writes to it does not harm theirs */
	ck_assert_int_eq(store_begin(s, true, NULL), 0);
	ck_assert_int_eq(store_put(s, VALUES, 1, "two", 3, NULL), 0);
	ck_assert_int_eq(store_commit(s, NULL), 0);
	reopen();
	ck_assert_str_eq(get(1), "");
	put(1, "anew");
	reopen();
	ck_assert_str_eq(get(1), "anew");
	/* nor does one believe a file that was put there */
	ck_assert_int_eq(rename(scratch_path("things"), scratch_path("kept")), 0);
	ck_assert_int_eq(link(scratch_path("kept"), scratch_path("things")), 0);
	reopen();
	ck_assert_str_eq(get(1), "");
}
END_TEST

/* While somebody writes, the stamp does not fit yet. */
START_TEST(one_that_is_being_written_to_is_believed)
{
	struct store *other = NULL;
	const struct error *why;
	int fd;

	reopen();
	put(1, "one");
	fd = hold_writing();
	touch("things");
	ck_assert_int_eq(store_open(&other, &folder, "things", tables, 1, NULL), 0);
	ck_assert(!store_in_memory(other, &why));
	store_close(other);
	ck_assert_str_eq(get(1), "one");
	close(fd);
	reopen();
	ck_assert_str_eq(get(1), "");
}
END_TEST

/* It is never flushed: what was on the disk when the machine stopped may be anything. */
START_TEST(one_of_another_start_of_the_machine_is_thrown_away)
{
	const char other[] = "01234567-89ab-cdef-0123-456789abcdef";

	if (access("/proc/sys/kernel/random/boot_id", R_OK)) {
		printf("store: skipped, the system does not say which start it is\n");
		return;
	}
	reopen();
	put(1, "one");
	reopen();
	ck_assert_str_eq(get(1), "one");
	store_close(s);
	s = NULL;
	scratch_write("things.boot", other, sizeof other - 1);
	reopen();
	ck_assert_str_eq(get(1), "");
}
END_TEST

START_TEST(a_folder_that_is_none_leaves_it_in_memory)
{
	const struct error *why;

	ck_assert_int_eq(mkdir(scratch_path("things"), 0700), 0);
	reopen();
	ck_assert(store_in_memory(s, &why));
	put(1, "one");
	ck_assert_str_eq(get(1), "one");
	rmdir(scratch_path("things"));
}
END_TEST

/* A writer that does not end keeps others from writing for a time, and from reading not at all. */
START_TEST(a_stopped_writer_does_not_stop_readers)
{
	int fd;

	reopen();
	put(1, "one");
	fd = hold_writing();
	ck_assert_str_eq(get(1), "one");
	reopen();
	ck_assert_str_eq(get(1), "one");
	close(fd);
	put(1, "two");
}
END_TEST

Suite *t_store(void);
Suite *t_store(void)
{
	Suite *suite = suite_create("store");
	TCase *c = tcase_create("all");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, what_is_put_is_there);
	tcase_add_test(c, what_is_not_committed_is_not_there);
	tcase_add_test(c, it_grows);
	tcase_add_test(c, one_that_is_damaged_is_thrown_away);
	tcase_add_test(c, one_that_somebody_else_wrote_to_is_thrown_away);
	tcase_add_test(c, one_that_is_being_written_to_is_believed);
	tcase_add_test(c, one_of_another_start_of_the_machine_is_thrown_away);
	tcase_add_test(c, a_folder_that_is_none_leaves_it_in_memory);
	tcase_add_test(c, a_stopped_writer_does_not_stop_readers);
	suite_add_tcase(suite, c);
	return suite;
}
