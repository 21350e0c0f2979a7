/* t_replace.c - tests of file/replace */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file/replace.h"
#include "unit/scratch.h"

static void holds(const char *name, const char *want)
{
	char *got = scratch_read(name, NULL);

	if (want)
		ck_assert_str_eq(got, want);
	else
		ck_assert_ptr_null(got);
	free(got);
}

static mode_t mode(const char *name)
{
	struct stat st;

	ck_assert_int_eq(stat(scratch_path(name), &st), 0);
	return st.st_mode & 07777;
}

START_TEST(takes_its_name_at_the_end)
{
	struct replace r;
	struct error e;

	ck_assert_int_eq(replace_begin(&r, scratch_path("f"), &e), 0);
	fputs("new", r.out);
	fflush(r.out);
	holds("f", NULL);
	ck_assert_int_eq(replace_commit(&r, &e), 0);
	holds("f", "new");
	ck_assert_int_eq(scratch_count(), 1);
	ck_assert_int_eq(replace_begin(&r, scratch_path("f"), &e), 0);
	fputs("newer", r.out);
	holds("f", "new");
	replace_abort(&r);
	holds("f", "new");
	ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

START_TEST(mode_as_it_was)
{
	struct replace r;

	umask(027);
	replace_begin(&r, scratch_path("f"), NULL);
	ck_assert_int_eq(replace_commit(&r, NULL), 0);
	ck_assert_int_eq(mode("f"), 0640);
	chmod(scratch_path("f"), 0604);
	replace_begin(&r, scratch_path("f"), NULL);
	ck_assert_int_eq(replace_commit(&r, NULL), 0);
	ck_assert_int_eq(mode("f"), 0604);
	ck_assert_int_eq(umask(0), 027);
}
END_TEST

START_TEST(links_stay)
{
	struct replace r;
	struct stat st;

	scratch_write("f", "old", 3);
	mkdir(scratch_path("folder"), 0700);
	ck_assert_int_eq(symlink("../f", scratch_path("folder/link")), 0);
	ck_assert_int_eq(replace_begin(&r, scratch_path("folder/link"), NULL), 0);
	fputs("new", r.out);
	ck_assert_int_eq(replace_commit(&r, NULL), 0);
	holds("f", "new");
	ck_assert_int_eq(lstat(scratch_path("folder/link"), &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
}
END_TEST

START_TEST(a_relative_name)
{
	struct replace r;

	ck_assert_int_eq(chdir(scratch_path("")), 0);
	ck_assert_int_eq(replace_begin(&r, "f", NULL), 0);
	fputs("new", r.out);
	ck_assert_int_eq(replace_commit(&r, NULL), 0);
	holds("f", "new");
}
END_TEST

START_TEST(devices_are_written_to)
{
	struct replace r;
	struct error e;
	struct stat st;

	ck_assert_int_eq(replace_begin(&r, "/dev/full", &e), 0);
	fputs("x", r.out);
	ck_assert_int_eq(replace_commit(&r, &e), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "cannot write: No space left on device");
	ck_assert_int_eq(replace_begin(&r, "/dev/null", &e), 0);
	fputs("x", r.out);
	ck_assert_int_eq(replace_commit(&r, &e), 0);
	replace_begin(&r, "/dev/null", &e);
	replace_abort(&r);
	ck_assert_int_eq(stat("/dev/null", &st), 0);
	ck_assert(S_ISCHR(st.st_mode));
	ck_assert_int_eq(stat("/dev/full", &st), 0);
	ck_assert(S_ISCHR(st.st_mode));
}
END_TEST

START_TEST(what_cannot_be)
{
	struct replace r;
	struct error e;

	ck_assert_int_eq(replace_begin(&r, scratch_path(""), &e), STATUS_INPUT);
	ck_assert_str_eq(e.text, "is a folder");
	ck_assert_int_eq(replace_begin(&r, scratch_path("none/f"), &e), STATUS_SYSTEM);
	ck_assert_int_eq(replace_begin(&r, "", &e), STATUS_INPUT);
	ck_assert(!r.out && !r.path && !r.draft);
	ck_assert_int_eq(scratch_count(), 0);
}
END_TEST

START_TEST(a_write_that_failed_keeps_the_old_file)
{
	struct replace r;
	struct error e;
	int full;

	scratch_write("f", "old", 3);
	ck_assert_int_eq(replace_begin(&r, scratch_path("f"), &e), 0);
	/* the draft's descriptor on a full disk */
	full = fileno(freopen("/dev/full", "w", stdin));
	ck_assert_int_eq(dup2(full, fileno(r.out)), fileno(r.out));
	fputs("new", r.out);
	ck_assert_int_eq(replace_commit(&r, &e), STATUS_SYSTEM);
	holds("f", "old");
	ck_assert_int_eq(scratch_count(), 1);
	/* the same when it failed early and nobody looked */
	ck_assert_int_eq(replace_begin(&r, scratch_path("f"), &e), 0);
	ck_assert_int_eq(dup2(full, fileno(r.out)), fileno(r.out));
	fputs("new", r.out);
	fflush(r.out);
	ck_assert_int_eq(replace_commit(&r, &e), STATUS_SYSTEM);
	holds("f", "old");
	/* and when the folder went away meanwhile */
	mkdir(scratch_path("d"), 0700);
	ck_assert_int_eq(replace_begin(&r, scratch_path("d/f"), &e), 0);
	fputs("new", r.out);
	unlink(r.draft);
	rmdir(scratch_path("d"));
	ck_assert_int_eq(replace_commit(&r, &e), STATUS_SYSTEM);
}
END_TEST

Suite *t_replace(void);
Suite *t_replace(void)
{
	Suite *s = suite_create("replace");
	TCase *c = tcase_create("replace");

	tcase_add_checked_fixture(c, scratch_make, scratch_remove);
	tcase_add_test(c, takes_its_name_at_the_end);
	tcase_add_test(c, mode_as_it_was);
	tcase_add_test(c, links_stay);
	tcase_add_test(c, a_relative_name);
	tcase_add_test(c, devices_are_written_to);
	tcase_add_test(c, what_cannot_be);
	tcase_add_test(c, a_write_that_failed_keeps_the_old_file);
	suite_add_tcase(s, c);
	return s;
}
