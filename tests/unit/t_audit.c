/* t_audit.c - tests of guard/audit, guard/audit_line, guard/audit_read and guard/lines */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guard/audit.h"
#include "guard/audit_line.h"
#include "guard/lines.h"
#include "unit/child.h"

static char path[32];
static struct folder folder;

static void setup(void)
{
	memcpy(path, "/tmp/t_audit.XXXXXX", 20);
	ck_assert_ptr_nonnull(mkdtemp(path));
	ck_assert_int_eq(folder_open(&folder, path, NULL), 0);
}

static void teardown(void)
{
	static const char *const names[] = { AUDIT_FILE, AUDIT_HEAD, AUDIT_FILE ".torn" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlinkat(folder.fd, names[i], 0);
	folder_close(&folder);
	ck_assert_int_eq(rmdir(path), 0);
}

/* Nothing of Check in it, for children. */
static int put(const char *what, int64_t of, const char *outcome, int64_t *n, struct error *e)
{
	struct audit_entry entry = {
		.at = 1767225600, .officer = "marie", .country = "FRA", .agency = "BCN, Paris", .via = "",
		.purpose = NULL, .action = "search", .what = what, .of = of, .count = of ? 3 : -1,
		.outcome = outcome,
	};

	/* not flushed, for thousands are written */
	return audit_write(&folder, &entry, false, n, e);
}

static int64_t leave(const char *what, int64_t of, const char *outcome)
{
	struct error e = { 0 };
	int64_t n = -1;

	ck_assert_msg(put(what, of, outcome, &n, &e) == 0, "%s", e.text);
	return n;
}

static void leave_some(int64_t from, int64_t to)
{
	for (int64_t i = from; i <= to; i++)
		ck_assert_int_eq(leave("serial=A\"B,?\n\\12\x7f\xc3\xa9", 0, "done"), i);
}

static struct audit_check verify(int status)
{
	struct audit_check c;
	struct error e = { 0 };
	int got = audit_verify(&folder, NULL, &c, &e);

	ck_assert_msg(got == status, "%d: %s %s", got, e.text, c.first_break);
	return c;
}

static char *slurp(const char *name, size_t *size)
{
	int fd = openat(folder.fd, name, O_RDONLY);
	char *text = calloc(1, 1 << 20);
	ssize_t n = read(fd, text, (1 << 20) - 1);

	ck_assert(n >= 0);
	close(fd);
	*size = (size_t)n;
	return text;
}

static void spill(const char *name, const void *text, size_t size)
{
	int fd = openat(folder.fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_eq(write(fd, text, size), (ssize_t)size);
	close(fd);
}

START_TEST(lines_and_what_they_hold)
{
	struct audit_reader *r;
	struct audit_line line;
	struct audit_check c;

	ck_assert_int_eq(verify(0).lines, 0);
	leave_some(1, 3);
	ck_assert_int_eq(leave("", 2, "done"), 4);
	ck_assert_int_eq(audit_reader_open(&r, &folder, NULL), 0);
	for (int i = 1; i <= 4; i++) {
		ck_assert_int_eq(audit_next(r, &line, NULL), 0);
		ck_assert_int_eq(line.n, i);
		ck_assert_int_eq(line.of, i == 4 ? 2 : 0);
		ck_assert_int_eq(line.count, i == 4 ? 3 : -1);
		ck_assert_int_eq(line.at, 1767225600);
		ck_assert_str_eq(line.time, "2026-01-01T00:00:00Z");
		ck_assert_str_eq(line.agency, "BCN, Paris");
		ck_assert_str_eq(line.what, i == 4 ? "" : "serial=A\"B,?\\x0a\\\\12\\x7f\xc3\xa9");
		ck_assert_str_eq(line.purpose, "");
	}
	ck_assert_int_eq(audit_next(r, &line, NULL), STATUS_NO);
	ck_assert_int_eq(audit_torn(r), 0);
	audit_reader_close(r);
	c = verify(0);
	ck_assert_int_eq(c.lines, 4);
	ck_assert_int_eq(c.last.lines, 4);
	ck_assert_str_eq(c.last.hash, line.hash);
}
END_TEST

/* Anybody can walk the chain with b2sum: known answers of BLAKE2b-256. */
START_TEST(hash_is_blake2b_256)
{
	char hash[AUDIT_HASH];

	audit_hash("", 0, hash);
	ck_assert_str_eq(hash, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
	audit_hash("abc", 3, hash);
	ck_assert_str_eq(hash, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}
END_TEST

/* Every byte of the trail, changed: always found. */
START_TEST(a_changed_byte_is_found)
{
	size_t size;
	char *text;

	leave_some(1, 3);
	text = slurp(AUDIT_FILE, &size);
	for (size_t i = 0; i < size; i++) {
		text[i] ^= 1;
		spill(AUDIT_FILE, text, size);
		ck_assert_msg(verify(STATUS_NO).breaks > 0, "byte %zu", i);
		text[i] ^= 1;
	}
	spill(AUDIT_FILE, text, size);
	verify(0);
	free(text);
}
END_TEST

/* Cut anywhere: found, and what is written later does not make it good. */
START_TEST(a_cut_is_found_and_stays_found)
{
	size_t size, head_size;
	char *text, *head;

	leave_some(1, 3);
	text = slurp(AUDIT_FILE, &size);
	head = slurp(AUDIT_HEAD, &head_size);
	ck_assert_uint_eq(head_size, AUDIT_HEAD_SIZE);
	for (size_t i = 0; i < size; i++) {
		spill(AUDIT_FILE, text, i);
		spill(AUDIT_HEAD, head, head_size);
		ck_assert_msg(verify(STATUS_NO).breaks > 0, "cut at %zu", i);
		leave("later", 0, "done");
		leave("and later", 0, "done");
		ck_assert_msg(verify(STATUS_NO).breaks > 0, "cut at %zu, then written", i);
	}
	free(text);
	free(head);
}
END_TEST

/* The last line changed to another of the same or of another length, then written on. */
START_TEST(a_changed_last_line_is_not_made_good)
{
	size_t size;
	char *text, *at;

	for (int longer = 0; longer < 2; longer++) {
		teardown();
		setup();
		leave_some(1, 3);
		text = slurp(AUDIT_FILE, &size);
		at = memrchr(text, 'm', size);   /* marie of line 3 */
		ck_assert_int_eq(strncmp(at, "marie", 5), 0);
		if (longer) {
			memmove(at + 2, at, size - (size_t)(at - text));
			memcpy(at, "ro", 2);
			size += 2;
		} else {
			*at = 'p';
		}
		spill(AUDIT_FILE, text, size);
		ck_assert_int_eq(verify(STATUS_NO).breaks, 1 + longer - longer);
		leave("later", 0, "done");
		ck_assert(verify(STATUS_NO).breaks > 0);
		free(text);
	}
}
END_TEST

START_TEST(lines_left_out_swapped_or_doubled)
{
	size_t size, n[6];
	char *text, *line[6], *next, out[8192];
	static const int orders[][6] = {
		{ 0, 1, 3, 4, -1, 0 }, { 0, 2, 3, 4, -1, 0 }, { 0, 1, 3, 2, 4, -1 }, { 0, 1, 2, 2, 3, 4 },
		{ 1, 2, 3, 4, -1, 0 }, { 0, 1, 2, 0, 3, 4 },
	};

	leave_some(1, 4);
	text = slurp(AUDIT_FILE, &size);
	for (int i = 0; i < 5; i++) {
		line[i] = i ? next : text;
		next = strchr(line[i], '\n') + 1;
		n[i] = (size_t)(next - line[i]);
	}
	for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
		size_t at = 0;

		for (int i = 0; i < 6 && orders[o][i] >= 0; i++) {
			memcpy(out + at, line[orders[o][i]], n[orders[o][i]]);
			at += n[orders[o][i]];
		}
		spill(AUDIT_FILE, out, at);
		ck_assert_msg(verify(STATUS_NO).breaks > 0, "order %zu", o);
	}
	/* two trails, one behind the other */
	memcpy(out, text, size);
	memcpy(out + size, text, size);
	spill(AUDIT_FILE, out, 2 * size);
	ck_assert_ptr_nonnull(strstr(verify(STATUS_NO).first_break, "another trail"));
	free(text);
}
END_TEST

START_TEST(without_a_head)
{
	struct audit_check c;

	leave_some(1, 2);
	ck_assert_int_eq(unlinkat(folder.fd, AUDIT_HEAD, 0), 0);
	ck_assert_ptr_nonnull(strstr(verify(STATUS_NO).first_break, "no audit.head"));
	/* the next line is put behind one that says so */
	ck_assert_int_eq(leave("later", 0, "done"), 4);
	c = verify(0);
	ck_assert_int_eq(c.lines, 4);
	spill(AUDIT_HEAD, "nonsense", 8);
	verify(STATUS_NO);
}
END_TEST

/* A process that was killed behind the line and before the head. */
START_TEST(a_head_that_is_behind)
{
	size_t size;
	char *head;

	leave_some(1, 2);
	head = slurp(AUDIT_HEAD, &size);
	leave_some(3, 5);
	spill(AUDIT_HEAD, head, size);
	ck_assert_int_eq(verify(0).lines, 5);
	ck_assert_int_eq(leave("later", 0, "done"), 6);
	verify(0);
	/* what does not hang together is not walked over */
	spill(AUDIT_HEAD, head, size);
	free(head);
	head = slurp(AUDIT_FILE, &size);
	memcpy(strstr(head, "\n4,") + 30, "x", 1);
	spill(AUDIT_FILE, head, size);
	free(head);
	verify(STATUS_NO);
	leave("later", 0, "done");
	verify(STATUS_NO);
}
END_TEST

/* Lines that were not flushed, and the machine stopped. */
START_TEST(lines_lost_with_the_machine)
{
	struct audit_entry entry = { .officer = "a", .action = "show", .what = "x", .outcome = "done" };
	size_t size, head_size;
	char *text, *head;

	leave_some(1, 2);
	text = slurp(AUDIT_FILE, &size);
	for (int i = 3; i < 6; i++)
		ck_assert_int_eq(audit_write(&folder, &entry, false, NULL, NULL), 0);
	head = slurp(AUDIT_HEAD, &head_size);
	spill(AUDIT_FILE, text, size);
	verify(STATUS_NO);   /* it is said until it is on record */
	head[116] = head[116] == '0' ? '1' : '0';   /* as another start of the machine has it */
	spill(AUDIT_HEAD, head, head_size);
	ck_assert_int_eq(leave("later", 0, "done"), 4);
	verify(0);
	free(text);
	text = slurp(AUDIT_FILE, &size);
	ck_assert_ptr_nonnull(strstr(text, "lines 3 to 5 were not on the disk when the machine stopped"));
	/* flushed lines are never lost that way */
	*strstr(text, "\n4,") = 0;
	head[34 + 15] = '5';   /* flushed up to line 5 */
	spill(AUDIT_FILE, text, strlen(text));
	spill(AUDIT_HEAD, head, head_size);
	leave("later", 0, "done");
	verify(STATUS_NO);
	free(text);
	free(head);
}
END_TEST

START_TEST(an_unfinished_line_is_set_aside)
{
	size_t size;
	char *text;
	int fd;

	leave_some(1, 2);
	fd = openat(folder.fd, AUDIT_FILE, O_WRONLY | O_APPEND);
	ck_assert_int_eq(write(fd, "3,2026-01-01T00", 15), 15);
	close(fd);
	ck_assert_int_eq(verify(0).torn, 15);
	ck_assert_int_eq(leave("later", 0, "done"), 4);
	ck_assert_int_eq(verify(0).torn, 0);
	text = slurp(AUDIT_FILE ".torn", &size);
	ck_assert_str_eq(text, "3,2026-01-01T00\n");
	free(text);
	text = slurp(AUDIT_FILE, &size);
	ck_assert_ptr_nonnull(strstr(text, "15 bytes of an unfinished line are set aside"));
	free(text);
}
END_TEST

START_TEST(what_began_and_did_not_end)
{
	int64_t a, b;

	a = leave("a", 0, "begun");
	b = leave("b", 0, "begun");
	leave("c", 0, "done");
	ck_assert_int_eq(verify(0).open, 2);
	leave("", a, "done");
	ck_assert_int_eq(verify(0).open, 1);
	leave("", a, "done");
	ck_assert_int_eq(verify(0).open, 1);
	leave("", b, "system");
	ck_assert_int_eq(verify(0).open, 0);
}
END_TEST

/* A head kept elsewhere finds a trail that was written anew, head and all. */
START_TEST(a_head_kept_elsewhere)
{
	struct audit_check c;
	struct audit_head kept;

	leave_some(1, 3);
	kept = verify(0).last;
	leave_some(4, 5);
	ck_assert_int_eq(audit_verify(&folder, &kept, &c, NULL), 0);
	teardown();
	setup();
	for (int i = 0; i < 5; i++)
		leave("forged", 0, "done");
	verify(0);
	ck_assert_int_eq(audit_verify(&folder, &kept, &c, NULL), STATUS_NO);
	kept.lines = 9;
	ck_assert_int_eq(audit_verify(&folder, &kept, &c, NULL), STATUS_NO);
	ck_assert_ptr_nonnull(strstr(c.first_break, "no line 9"));
}
END_TEST

/* A full disk does not keep officers from reading as long as there is room that is the trail's own. */
START_TEST(room_is_kept_for_lines)
{
	struct stat st;
	int fd;

	leave("first", 0, "done");
	fd = openat(folder.fd, AUDIT_FILE, O_RDWR);
	ck_assert_int_ge(fd, 0);
	if (fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 4096)) {
		printf("audit: skipped, the file system keeps no room\n");
	} else {
		for (int i = 0; i < 3; i++) {
			ck_assert_int_eq(fstat(fd, &st), 0);
			ck_assert_int_ge((int64_t)st.st_blocks * 512 - st.st_size, 64 << 10);
			ck_assert_int_eq(ftruncate(fd, st.st_size), 0);
			leave("another", 0, "done");
		}
	}
	close(fd);
	verify(STATUS_DONE);
}
END_TEST

START_TEST(long_texts_are_refused_not_cut)
{
	char *long_text = malloc(AUDIT_TEXT_MAX + 2);
	struct audit_entry entry = { .officer = "a", .action = "show", .what = long_text, .outcome = "done" };

	memset(long_text, '\n', AUDIT_TEXT_MAX + 1);
	long_text[AUDIT_TEXT_MAX + 1] = 0;
	ck_assert_int_eq(audit_write(&folder, &entry, false, NULL, NULL), STATUS_USAGE);
	long_text[AUDIT_TEXT_MAX] = 0;
	ck_assert_int_eq(audit_write(&folder, &entry, false, NULL, NULL), 0);
	ck_assert_int_eq(audit_write(&folder, &entry, false, NULL, NULL), 0);
	ck_assert_int_eq(verify(0).lines, 2);
	free(long_text);
}
END_TEST

/* A file that may not grow, at each length around a line: no line, no action, and the trail whole. */
START_TEST(a_limit_on_the_size_of_files)
{
	struct audit_entry entry = { .officer = "a", .action = "show", .what = "x", .outcome = "done" };
	struct stat st;

	leave_some(1, 2);
	ck_assert_int_eq(fstatat(folder.fd, AUDIT_FILE, &st, 0), 0);
	for (rlim_t more = 0; more < 40; more++) {
		pid_t child = child_fork();

		if (child == 0) {
			struct rlimit limit = { (rlim_t)st.st_size + more, (rlim_t)st.st_size + more };

			signal(SIGXFSZ, SIG_IGN);
			if (setrlimit(RLIMIT_FSIZE, &limit))
				_exit(99);
			_exit(audit_write(&folder, &entry, true, NULL, NULL));
		}
		child_left(child, STATUS_SYSTEM, "the writer of a line, with room for %d bytes,", (int)more);
		ck_assert_int_eq(verify(0).lines, 2);
		ck_assert_int_eq(verify(0).torn, 0);
	}
}
END_TEST

START_TEST(many_at_once)
{
	pid_t child[8];

	for (int i = 0; i < 8; i++) {
		child[i] = child_fork();
		if (child[i] == 0) {
			struct audit_entry entry = { .officer = "a", .action = "show", .what = "x",
						     .outcome = "done" };

			int status = 0;

			for (int k = 0; k < 50 && !status; k++)
				status = audit_write(&folder, &entry, k % 2, NULL, NULL);
			_exit(status);
		}
	}
	for (int i = 0; i < 8; i++)
		child_left(child[i], 0, "writer %d", i);
	ck_assert_int_eq(verify(0).lines, 400);
}
END_TEST

/* Killed at any moment: the chain holds, no number is given twice. */
START_TEST(killed_at_any_moment)
{
	struct audit_check c = { .lines = 0 };

	/* more often, and later, where the machine lets none of them come to a line */
	for (int i = 0; i < 60 || c.lines == 0; i++) {
		pid_t child = child_fork();

		if (child == 0) {
			int status;

			do
				status = put("for ever", 0, "done", NULL, NULL);
			while (!status);
			_exit(status);
		}
		usleep((useconds_t)(i * 37 % 50) * 100 + (i < 60 ? 0 : (useconds_t)i * 1000));
		kill(child, SIGKILL);
		child_killed(child, "writer %d", i);
		c = verify(0);
		ck_assert_int_eq(c.last.lines, c.lines);
	}
}
END_TEST

START_TEST(symbolic_links_are_not_followed)
{
	struct audit_entry entry = { .officer = "a", .action = "show", .what = "x", .outcome = "done" };
	static const char *const names[] = { AUDIT_FILE, AUDIT_HEAD };

	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(symlinkat("/dev/null", folder.fd, names[i]), 0);
		ck_assert_int_eq(audit_write(&folder, &entry, false, NULL, NULL), STATUS_REFUSED);
		ck_assert_int_eq(unlinkat(folder.fd, names[i], 0), 0);
		ck_assert_int_eq(mkfifoat(folder.fd, names[i], 0600), 0);
		ck_assert_int_eq(audit_write(&folder, &entry, false, NULL, NULL), STATUS_REFUSED);
		ck_assert_int_eq(unlinkat(folder.fd, names[i], 0), 0);
	}
}
END_TEST

START_TEST(splitting_lines)
{
	static const struct { const char *line; size_t fields; const char *first; } table[] = {
		{ "", 1, "" }, { "a", 1, "a" }, { ",", 2, "" }, { "a,b,", 3, "a" }, { "\"\"", 1, "" },
		{ "\"a,b\",c", 2, "a,b" }, { "\"a\"\"b\"", 1, "a\"b" }, { "\"\"\"\",x", 2, "\"" },
		{ "\"a", 0, "" }, { "a\"", 0, "" }, { "\"a\"b", 0, "" }, { "x,\"", 0, "" }, { "\"a\" ,b", 0, "" },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char line[32], *field[2];
		struct buf back = { 0 };

		snprintf(line, sizeof line, "%s", table[i].line);
		ck_assert_msg(lines_split(line, field, 2) == table[i].fields, "%s", table[i].line);
		if (table[i].fields) {
			ck_assert_str_eq(field[0], table[i].first);
			ck_assert_int_eq(lines_put_field(&back, field[0], NULL), 0);
			ck_assert_int_eq(strncmp(buf_string(&back, NULL), table[i].line, back.size), 0);
		}
		buf_free(&back);
	}
}
END_TEST

Suite *t_audit(void);
Suite *t_audit(void)
{
	Suite *s = suite_create("audit");
	TCase *c = tcase_create("audit");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, lines_and_what_they_hold);
	tcase_add_test(c, hash_is_blake2b_256);
	tcase_add_test(c, a_changed_byte_is_found);
	tcase_add_test(c, a_cut_is_found_and_stays_found);
	tcase_add_test(c, a_changed_last_line_is_not_made_good);
	tcase_add_test(c, lines_left_out_swapped_or_doubled);
	tcase_add_test(c, without_a_head);
	tcase_add_test(c, a_head_that_is_behind);
	tcase_add_test(c, lines_lost_with_the_machine);
	tcase_add_test(c, an_unfinished_line_is_set_aside);
	tcase_add_test(c, what_began_and_did_not_end);
	tcase_add_test(c, a_head_kept_elsewhere);
	tcase_add_test(c, room_is_kept_for_lines);
	tcase_add_test(c, long_texts_are_refused_not_cut);
	tcase_add_test(c, a_limit_on_the_size_of_files);
	tcase_add_test(c, many_at_once);
	tcase_add_test(c, killed_at_any_moment);
	tcase_add_test(c, symbolic_links_are_not_followed);
	tcase_add_test(c, splitting_lines);
	suite_add_tcase(s, c);
	return s;
}
