/* t_officer.c - tests of guard/officer, guard/folder, guard/privilege and guard/guard */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guard/audit.h"
#include "guard/guard.h"
#include "guard/privilege.h"
#include "unit/child.h"

/* What needs a set-group-id program and several users is in tests/guard/shared. */

static char path[32];

static void setup(void)
{
	memcpy(path, "/tmp/t_offic.XXXXXX", 20);
	ck_assert_ptr_nonnull(mkdtemp(path));
	unsetenv("IARMS_USER");
	unsetenv("IARMS_DIR");
	unsetenv("IARMS_PURPOSE");
}

static void teardown(void)
{
	char command[80];

	snprintf(command, sizeof command, "rm -rf %s", path);
	ck_assert_int_eq(system(command), 0);
}

START_TEST(names)
{
	static const char *const good[] = { "a", "marie.dupont@ncb.fr", "DOM\\user", "_svc", "x-1+2", "#1234",
		"0123456789012345678901234567890123456789012345678901234567890123" };
	static const char *const bad[] = { "", ".a", "-a", "+a", "a b", "a,b", "a\"b", "a\nb", "\xc3\xa9", "#", "#a",
		"#123456789012", "01234567890123456789012345678901234567890123456789012345678901234", "a/b" };

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(officer_check_name(good[i], NULL) == 0, "%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(officer_check_name(bad[i], NULL) == STATUS_INPUT, "%s", bad[i]);
}
END_TEST

START_TEST(who_acts)
{
	struct passwd *me = getpwuid(getuid());
	struct folder f;
	struct officer o;

	ck_assert_int_eq(folder_open(&f, path, NULL), 0);
	ck_assert_int_eq(officer_acting(&f, &o, NULL), 0);
	if (me)
		ck_assert_str_eq(o.name, me->pw_name);
	ck_assert_str_eq(o.via, "");
	ck_assert(o.owner);
	/* a front end that runs as the owner names somebody */
	setenv("IARMS_USER", "marie", 1);
	ck_assert_int_eq(officer_acting(&f, &o, NULL), 0);
	ck_assert_str_eq(o.name, "marie");
	ck_assert(*o.via);
	ck_assert(!o.owner);
	setenv("IARMS_USER", "#0", 1);
	ck_assert_int_eq(officer_acting(&f, &o, NULL), STATUS_REFUSED);
	setenv("IARMS_USER", "a b", 1);
	ck_assert_int_eq(officer_acting(&f, &o, NULL), STATUS_REFUSED);
	/* and so does somebody who is not the owner */
	f.owner++;
	setenv("IARMS_USER", "marie", 1);
	ck_assert_int_eq(officer_acting(&f, &o, NULL), STATUS_REFUSED);
	setenv("IARMS_USER", "", 1);
	ck_assert_int_eq(officer_acting(&f, &o, NULL), 0);
	ck_assert(!o.owner);
	folder_close(&f);
}
END_TEST

START_TEST(finding_the_folder)
{
	struct folder f;
	char name[64];

	snprintf(name, sizeof name, "%s/new", path);
	ck_assert_int_eq(folder_open(&f, name, NULL), 0);
	ck_assert_int_eq(f.mode, 0600);
	folder_close(&f);
	setenv("IARMS_DIR", name, 1);
	ck_assert_int_eq(folder_open(&f, NULL, NULL), 0);
	ck_assert_str_eq(f.path, name);
	folder_close(&f);
	setenv("IARMS_DIR", "", 1);
	ck_assert_int_eq(folder_open(&f, NULL, NULL), STATUS_USAGE);
	unsetenv("IARMS_DIR");
	setenv("HOME", path, 1);
	ck_assert_int_eq(folder_open(&f, NULL, NULL), 0);
	ck_assert_ptr_nonnull(strstr(f.path, "/.iarms"));
	folder_close(&f);
	setenv("HOME", "relative", 1);
	ck_assert_int_eq(folder_open(&f, NULL, NULL), STATUS_USAGE);
	unsetenv("HOME");
	ck_assert_int_eq(folder_open(&f, NULL, NULL), STATUS_USAGE);
	snprintf(name, sizeof name, "%s/none/new", path);
	ck_assert_int_ne(folder_open(&f, name, NULL), 0);
	ck_assert_int_eq(folder_open(&f, "/dev/null", NULL), STATUS_INPUT);
	ck_assert_int_eq(chmod(path, 0707), 0);
	ck_assert_int_eq(folder_open(&f, path, NULL), STATUS_REFUSED);
	chmod(path, 0700);
}
END_TEST

START_TEST(files_of_the_folder)
{
	static const char *const odd[] = { "link", "dangling", "fifo", "folder" };
	struct folder f;
	struct stat st;
	char out[FOLDER_PATH], moved[64];
	int fd, other;

	chmod(path, 0770);
	umask(0777);
	ck_assert_int_eq(folder_open(&f, path, NULL), 0);
	ck_assert_int_eq(folder_file(&f, "log", O_RDWR, &fd, NULL), STATUS_NO);
	ck_assert_int_eq(fd, -1);
	ck_assert_int_eq(folder_file(&f, "log", O_RDWR | O_CREAT, &fd, NULL), 0);
	ck_assert_int_eq(fstat(fd, &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0660);   /* whatever the umask */
	ck_assert(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	ck_assert_int_eq(folder_file(&f, "log", O_RDONLY | O_CREAT, &other, NULL), 0);
	close(other);
	close(fd);
	umask(022);
	ck_assert_int_eq(symlinkat("log", f.fd, "link"), 0);
	ck_assert_int_eq(symlinkat("nothing", f.fd, "dangling"), 0);
	ck_assert_int_eq(mkfifoat(f.fd, "fifo", 0600), 0);
	ck_assert_int_eq(mkdirat(f.fd, "folder", 0700), 0);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		ck_assert_msg(folder_file(&f, odd[i], O_RDWR | O_CREAT, &fd, NULL) == STATUS_REFUSED, "%s", odd[i]);
		ck_assert_msg(folder_file(&f, odd[i], O_RDONLY, &fd, NULL) == STATUS_REFUSED, "%s", odd[i]);
		ck_assert_int_eq(fd, -1);
	}
	ck_assert_int_eq(fstatat(f.fd, "nothing", &st, 0), -1);
	ck_assert_int_eq(folder_file(&f, "../x", O_RDWR | O_CREAT, &fd, NULL), STATUS_USAGE);
	ck_assert_int_eq(folder_file(&f, "..", O_RDONLY, &fd, NULL), STATUS_REFUSED);
	ck_assert_int_eq(folder_file(&f, "", O_RDONLY, &fd, NULL), STATUS_USAGE);
	ck_assert_int_eq(folder_file(&f, "log", O_RDWR | O_TRUNC, &fd, NULL), STATUS_USAGE);
	ck_assert_int_eq(folder_flush(&f, NULL), 0);
	ck_assert_int_eq(folder_locate(&f, "log", out, NULL), 0);
	ck_assert_int_eq(stat(out, &st), 0);
	ck_assert_int_eq(folder_locate(&f, "a/b", out, NULL), STATUS_USAGE);
	/* what was opened stays what it was when the name is taken over */
	snprintf(moved, sizeof moved, "%s.moved", path);
	ck_assert_int_eq(rename(path, moved), 0);
	ck_assert_int_eq(folder_file(&f, "log", O_RDONLY, &fd, NULL), 0);
	close(fd);
	ck_assert_int_eq(rename(moved, path), 0);
	folder_close(&f);
}
END_TEST

START_TEST(an_ordinary_run_has_no_privileges)
{
	struct error e = { 0 };

	ck_assert(!privilege_secure());
	setenv("T_OFFICER", "x", 1);
	ck_assert_str_eq(privilege_env("T_OFFICER"), "x");
	ck_assert_int_eq(privilege_raise(&e), 0);
	ck_assert_int_eq(privilege_lower(&e), 0);
	ck_assert_int_eq(privilege_drop(&e), 0);
	ck_assert_int_eq(privilege_start(&e), 0);
}
END_TEST

/* Closed descriptors are filled, and in the direction in which use fails. */
START_TEST(closed_descriptors)
{
	for (int set = 0; set < 8; set++) {
		pid_t child = child_fork();

		if (child == 0) {
			char byte;

			for (int fd = 0; fd < 3; fd++)
				if (set >> fd & 1)
					close(fd);
			if (privilege_start(NULL))
				_exit(1);
			for (int fd = 0; fd < 3; fd++)
				if (set >> fd & 1 && (fd ? write(fd, "x", 1) : read(fd, &byte, 1)) >= 0)
					_exit(2);
			_exit(open("/dev/null", O_RDONLY) < 3 ? 3 : 0);
		}
		child_left(child, 0, "the process without descriptors of set %d", set);
	}
}
END_TEST

static void verify(struct guard *g, int64_t lines, int64_t open)
{
	struct audit_check c;

	ck_assert_int_eq(audit_verify(&g->folder, NULL, &c, NULL), 0);
	ck_assert_int_eq(c.lines, lines);
	ck_assert_int_eq(c.open, open);
}

START_TEST(a_guard_from_open_to_close)
{
	struct subject subject = { "FRA", "", "" };
	struct guard_mark mark;
	struct guard g;
	char log[64];

	ck_assert_int_eq(guard_open(&g, path, "test", NULL), 0);
	ck_assert(g.standing.alone);
	ck_assert_int_eq(guard_log(&g, RIGHTS_READ, "search", "serial=1", 4, STATUS_DONE, NULL), 0);
	ck_assert_int_eq(guard_begin(&g, RIGHTS_ADD, "add", "make=x", &subject, &mark, NULL), 0);
	verify(&g, 2, 1);
	ck_assert_int_eq(guard_end(&g, &mark, 1, STATUS_DONE, NULL), 0);
	verify(&g, 3, 0);
	guard_close(&g);
	/* somebody without a grant is refused, and that is on record */
	setenv("IARMS_USER", "stranger", 1);
	ck_assert_int_eq(guard_open(&g, path, NULL, NULL), 0);
	ck_assert_int_eq(guard_begin(&g, RIGHTS_ADD, "add", "make=x", &subject, &mark, NULL), STATUS_REFUSED);
	ck_assert_int_eq(guard_log(&g, RIGHTS_READ, "search", "serial=1", 4, 0, NULL), STATUS_REFUSED);
	verify(&g, 5, 0);
	guard_close(&g);
	unsetenv("IARMS_USER");
	/* no line, no action: the trail cannot be written */
	ck_assert_int_eq(guard_open(&g, path, NULL, NULL), 0);
	snprintf(log, sizeof log, "%s/" AUDIT_FILE, path);
	ck_assert_int_eq(unlink(log), 0);
	ck_assert_int_eq(mkdir(log, 0700), 0);
	ck_assert_int_ne(guard_log(&g, RIGHTS_READ, "search", "serial=1", 4, 0, NULL), 0);
	ck_assert_int_ne(guard_begin(&g, RIGHTS_ADD, "add", "make=x", &subject, &mark, NULL), 0);
	guard_close(&g);
	/* a rights file that is damaged lets nobody in */
	snprintf(log, sizeof log, "%s/" RIGHTS_FILE, path);
	close(open(log, O_WRONLY | O_CREAT, 0600));
	ck_assert_int_eq(guard_open(&g, path, NULL, NULL), 0);
	guard_close(&g);
	fclose(fopen(log, "w"));
	int fd = open(log, O_WRONLY);
	ck_assert_int_eq(write(fd, "x\n", 2), 2);
	close(fd);
	ck_assert_int_eq(guard_open(&g, path, NULL, NULL), STATUS_INPUT);
}
END_TEST

START_TEST(purposes)
{
	char text[300];
	struct guard g;

	setenv("IARMS_PURPOSE", "case 12", 1);
	ck_assert_int_eq(guard_open(&g, path, NULL, NULL), 0);
	ck_assert_str_eq(g.purpose, "case 12");
	guard_close(&g);
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = 0;
	ck_assert_int_eq(guard_open(&g, path, text, NULL), STATUS_USAGE);
}
END_TEST

Suite *t_officer(void);
Suite *t_officer(void)
{
	Suite *s = suite_create("officer");
	TCase *c = tcase_create("officer");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, names);
	tcase_add_test(c, who_acts);
	tcase_add_test(c, finding_the_folder);
	tcase_add_test(c, files_of_the_folder);
	tcase_add_test(c, an_ordinary_run_has_no_privileges);
	tcase_add_test(c, closed_descriptors);
	tcase_add_test(c, a_guard_from_open_to_close);
	tcase_add_test(c, purposes);
	suite_add_tcase(s, c);
	return s;
}
