/* t_lock.c - tests of file/lock and file/progress */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "file/lock.h"
#include "file/progress.h"
#include "unit/child.h"
#include "unit/scratch.h"

static int opened(void)
{
	int fd = open(scratch_path("log"), O_RDWR | O_CREAT, 0600);

	ck_assert_int_ge(fd, 0);
	return fd;
}

START_TEST(one_writer)
{
	int a = opened(), b = opened();
	struct error e;
	double start;

	ck_assert_int_eq(lock_take(a, LOCK_EXCLUSIVE, 0, &e), 0);
	start = clock_elapsed();
	ck_assert_int_eq(lock_take(b, LOCK_EXCLUSIVE, 0.1, &e), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(e.text, "somebody else is writing"));
	ck_assert(clock_elapsed() - start >= 0.1);
	ck_assert_int_eq(lock_take(b, LOCK_SHARED, 0, &e), STATUS_SYSTEM);
	lock_drop(a);
	ck_assert_int_eq(lock_take(b, LOCK_SHARED, 0, &e), 0);
	ck_assert_int_eq(lock_take(a, LOCK_SHARED, 0, &e), 0);
	ck_assert_int_eq(lock_take(a, LOCK_EXCLUSIVE, 0, &e), STATUS_SYSTEM);
	close(b);
	ck_assert_int_eq(lock_take(a, LOCK_EXCLUSIVE, 0, &e), 0);
	close(a);
	ck_assert_int_eq(lock_take(a, LOCK_EXCLUSIVE, 1, &e), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(e.text, "cannot lock"));
}
END_TEST

START_TEST(parts_are_locked_apart)
{
	int a = opened(), b = opened();
	struct error e;

	ck_assert_int_eq(lock_take_part(a, 0, LOCK_EXCLUSIVE, 0, &e), 0);
	ck_assert_int_eq(lock_take_part(b, 1, LOCK_EXCLUSIVE, 0, &e), 0);
	ck_assert_int_eq(lock_take_part(b, 0, LOCK_SHARED, 0, &e), STATUS_SYSTEM);
	ck_assert_int_eq(lock_take_part(a, 1, LOCK_SHARED, 0, &e), STATUS_SYSTEM);
	lock_drop_part(a, 0);
	ck_assert_int_eq(lock_take(a, LOCK_EXCLUSIVE, 0, &e), STATUS_SYSTEM);
	lock_drop_part(b, 1);
	ck_assert_int_eq(lock_take(a, LOCK_EXCLUSIVE, 0, &e), 0);
	close(a);
	close(b);
}
END_TEST

START_TEST(a_killed_writer_holds_nothing)
{
	int ends[2], fd;
	char c;
	pid_t child;

	ck_assert_int_eq(pipe(ends), 0);
	child = child_fork();
	if (child == 0) {
		fd = open(scratch_path("log"), O_RDWR | O_CREAT, 0600);
		if (!lock_take(fd, LOCK_EXCLUSIVE, 0, NULL) && write(ends[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	ck_assert_int_eq(read(ends[0], &c, 1), 1);
	fd = opened();
	ck_assert_int_eq(lock_take(fd, LOCK_EXCLUSIVE, 0, NULL), STATUS_SYSTEM);
	kill(child, SIGKILL);
	ck_assert_int_eq(lock_take(fd, LOCK_EXCLUSIVE, 50, NULL), 0);
	child_killed(child, "who held the lock");
	close(fd);
}
END_TEST

/* Four processes add one to a number in a file, 100 times each. */
START_TEST(nothing_is_lost)
{
	pid_t child[4];
	char *text;

	scratch_write("log", "0", 1);
	for (int k = 0; k < 4; k++) {
		child[k] = child_fork();
		if (child[k])
			continue;
		for (int i = 0; i < 100; i++) {
			int fd = open(scratch_path("log"), O_RDWR), n;
			char was[32] = "";

			if (lock_take(fd, LOCK_EXCLUSIVE, 50, NULL) || pread(fd, was, 31, 0) < 1)
				_exit(1);
			n = snprintf(was, sizeof was, "%d", atoi(was) + 1);
			if (pwrite(fd, was, (size_t)n, 0) != n)
				_exit(1);
			lock_drop(fd);
			close(fd);
		}
		_exit(0);
	}
	for (int k = 0; k < 4; k++)
		child_left(child[k], 0, "writer %d", k);
	text = scratch_read("log", NULL);
	ck_assert_str_eq(text, "400");
	free(text);
}
END_TEST

static void wait_s(double s)
{
	nanosleep(&(struct timespec){ (time_t)s, (long)((s - (int)s) * 1e9) }, NULL);
}

START_TEST(progress_of_a_long_run)
{
	size_t size;
	FILE *out = tmpfile();
	struct progress p;
	char line[400];
	double start;

	/* again where this machine let the first second pass */
	do {
		rewind(out);
		start = clock_elapsed();
		progress_start(&p, out, PROGRESS_ALWAYS, "files", 40);
		progress_step(&p, 1);
	} while (clock_elapsed() - start >= 1);
	ck_assert_int_eq(ftell(out), 0);  /* not in the first second */
	wait_s(1.05);
	progress_step(&p, 9);
	progress_step(&p, 10);
	ck_assert_int_gt(ftell(out), 0);
	progress_end(&p);
	rewind(out);
	size = fread(line, 1, sizeof line - 1, out);
	line[size] = 0;
	ck_assert_ptr_nonnull(strstr(line, "\r10 of 40 files, "));
	ck_assert_ptr_nonnull(strstr(line, " s left"));
	ck_assert_ptr_nonnull(strstr(line, "\r20 of 40 files, "));
	ck_assert_int_eq(line[size - 1], '\n');
	fclose(out);
}
END_TEST

START_TEST(progress_is_silent)
{
	FILE *out = tmpfile();
	struct progress p;

	progress_start(&p, out, PROGRESS_NEVER, "files", 0);
	progress_step(&p, 1);
	progress_end(&p);
	progress_start(&p, out, PROGRESS_AUTO, "files", 0);  /* a file is no terminal */
	wait_s(1.05);
	progress_step(&p, 1);
	progress_end(&p);
	progress_end(&p);
	ck_assert_int_eq(ftell(out), 0);
	fclose(out);
}
END_TEST

Suite *t_lock(void);
Suite *t_lock(void)
{
	Suite *s = suite_create("lock");
	TCase *c = tcase_create("lock");

	tcase_add_checked_fixture(c, scratch_make, scratch_remove);
	tcase_add_test(c, one_writer);
	tcase_add_test(c, parts_are_locked_apart);
	tcase_add_test(c, a_killed_writer_holds_nothing);
	tcase_add_test(c, nothing_is_lost);
	tcase_add_test(c, progress_of_a_long_run);
	tcase_add_test(c, progress_is_silent);
	tcase_set_timeout(c, 60);
	suite_add_tcase(s, c);
	return s;
}
