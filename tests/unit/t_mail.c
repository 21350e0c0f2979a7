/* t_mail.c - tests of record/mail and record/mail_send */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "record/mail.h"
#include "unit/scratch.h"

static struct mail plain = {
	.from = "iarms@ncb.example", .to = "ncb.de@example.org", .subject = "Located",
	.message_id = "<FRA26-7K2M-9QXC.r3.DEU@ncb.example>", .date = 1767225600, .text = "One.\nTwo.\n",
};

static char *compose(const struct mail *m)
{
	struct buf b = { 0 };

	ck_assert_int_eq(mail_compose(&b, m, NULL), 0);
	return buf_string(&b, NULL);
}

START_TEST(a_plain_message)
{
	char *text = compose(&plain);

	ck_assert_str_eq(text,
		"Date: Thu, 1 Jan 2026 00:00:00 +0000\n"
		"From: iarms@ncb.example\n"
		"To: ncb.de@example.org\n"
		"Subject: Located\n"
		"Message-ID: <FRA26-7K2M-9QXC.r3.DEU@ncb.example>\n"
		"Auto-Submitted: auto-generated\n"
		"MIME-Version: 1.0\n"
		"Content-Type: text/plain; charset=utf-8\n"
		"Content-Transfer-Encoding: 7bit\n"
		"\n"
		"One.\nTwo.\n");
	free(text);
}
END_TEST

START_TEST(dates)
{
	static const struct { const char *when, *line; } table[] = {
		{ "1970-01-01T00:00:00Z", "Date: Thu, 1 Jan 1970 00:00:00 +0000\n" },
		{ "2024-02-29T23:59:59Z", "Date: Thu, 29 Feb 2024 23:59:59 +0000\n" },
		{ "2026-11-22T01:13:43Z", "Date: Sun, 22 Nov 2026 01:13:43 +0000\n" },
		{ "9999-12-31T23:59:59Z", "Date: Fri, 31 Dec 9999 23:59:59 +0000\n" },
	};
	struct mail m = plain;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *text;

		ck_assert_int_eq(clock_parse(table[i].when, &m.date, NULL), 0);
		text = compose(&m);
		ck_assert_msg(!strncmp(text, table[i].line, strlen(table[i].line)), "%s", text);
		free(text);
	}
}
END_TEST

START_TEST(addresses)
{
	static const char *const good[] = { "root", "a@b", "a.b+c@d-e.f", "#!$%&'*@x", "x@127.0.0.1" };
	static const char *const bad[] = { "", "@", "a@", "@b", ".a@b", "a.@b", "a..b@c", "a@b..c", "a@b@c", "a b@c",
		"a@b c", "a@b\nBcc: x@y", "A <a@b>", "a,b@c", "a(b)@c", "\"a\"@b", "-oQ/tmp@b", "\xc3\xa9@b", "a@b>",
		"01234567890123456789012345678901234567890123456789012345678901234@b" };
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(mail_check_address(good[i], NULL) == 0, "%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct mail m = plain;

		ck_assert_msg(mail_check_address(bad[i], NULL) == STATUS_INPUT, "%s", bad[i]);
		m.to = bad[i];
		ck_assert_int_eq(mail_compose(&b, &m, NULL), STATUS_INPUT);
		m = plain;
		m.from = bad[i];
		ck_assert_int_eq(mail_compose(&b, &m, NULL), STATUS_INPUT);
		ck_assert_uint_eq(b.size, 0);
	}
}
END_TEST

START_TEST(message_ids)
{
	static const char *const bad[] = { "", "a@b", "<a>", "<@b>", "<a@>", "<a@b", "<a b@c>", "<a@b>\n", "<a@b>x<c@d>",
		"<a\nBcc: x@y>" };
	struct mail m = plain;
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		m.message_id = bad[i];
		ck_assert_msg(mail_compose(&b, &m, NULL) == STATUS_INPUT, "%s", bad[i]);
	}
}
END_TEST

/* What a reader makes of it, done the plain way: unfolds, decodes. */

static int base64(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 :
	       c >= '0' && c <= '9' ? c - '0' + 52 : c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void decode_base64(const char *from, size_t n, char *to)
{
	unsigned v = 0;
	int bits = 0;

	for (size_t i = 0; i < n && from[i] != '='; i++) {
		v = v << 6 | (unsigned)base64(from[i]);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			*to++ = (char)(v >> bits & 255);
		}
	}
	*to = 0;
}

static void read_subject(const char *message, char *to)
{
	const char *p = strstr(message, "\nSubject: ") + 10, *end;

	*to = 0;
	for (;; p = end + 2) {
		end = strchr(p, '\n');
		if (!strncmp(p, "=?UTF-8?B?", 10)) {
			ck_assert_int_eq(strncmp(end - 2, "?=", 2), 0);
			ck_assert_int_le(end - p, 75);
			decode_base64(p + 10, (size_t)(end - 2 - p - 10), to + strlen(to));
		} else {
			strncat(to, p, (size_t)(end - p));
		}
		if (end[1] != ' ')
			return;
		if (strncmp(end + 2, "=?", 2))
			strcat(to, " ");
	}
}

static void read_text(const char *message, char *to)
{
	const char *p = strstr(message, "\n\n") + 2;
	bool quoted = strstr(message, "quoted-printable") && strstr(message, "quoted-printable") < p;

	while (*p) {
		char hex[3] = { 0 };

		if (quoted && p[0] == '=' && p[1] == '\n') {
			p += 2;
		} else if (quoted && p[0] == '=') {
			memcpy(hex, p + 1, 2);
			*to++ = (char)strtol(hex, NULL, 16);
			p += 3;
		} else {
			*to++ = *p++;
		}
	}
	*to = 0;
}

static void check_lines(const char *message)
{
	const char *body = strstr(message, "\n\n") + 2;

	for (const char *p = message; *p; p = strchr(p, '\n') + 1) {
		size_t n = strcspn(p, "\n");

		ck_assert_msg(n <= (p < body ? 78u : 76u), "%.*s", (int)n, p);
		ck_assert(p[n] == '\n');
		ck_assert_msg(p < body || strncmp(p, "From ", 5), "%s", p);
		ck_assert_msg(strncmp(p, ".\n", 2), "%s", message);
		ck_assert_msg(n == 0 || (p[n - 1] != ' ' && p[n - 1] != '\t'), "'%.*s'", (int)n, p);
		for (size_t i = 0; i < n; i++)
			ck_assert_msg(p[i] == '\t' || (p[i] >= ' ' && p[i] < 0x7f), "byte %d", p[i]);
	}
}

START_TEST(subjects_come_back)
{
	static const char *const table[] = {
		"", "x", "Located: FRA26-7K2M-9QXC, by DEU",
		"A subject of many plain words that is so long that it must be folded at least once on its way, twice "
		"perhaps",
		"Gefunden: Zürich", "Найдено огнестрельное оружие, записанное во Франции, в Женеве вчера вечером",
		"\xf0\x9f\x94\xab\xf0\x9f\x94\xab\xf0\x9f\x94\xab\xf0\x9f\x94\xab\xf0\x9f\x94\xab\xf0\x9f\x94\xab"
		"\xf0\x9f\x94\xab\xf0\x9f\x94\xab\xf0\x9f\x94\xab\xf0\x9f\x94\xab\xf0\x9f\x94\xab\xf0\x9f\x94\xab",
		"=?UTF-8?B?eA==?=", " blanks ", "two  blanks",
		"averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword",
	};
	char back[1000];

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct mail m = plain;
		char *text;

		m.subject = table[i];
		text = compose(&m);
		read_subject(text, back);
		ck_assert_str_eq(back, table[i]);
		if (*table[i])
			check_lines(text);
		free(text);
	}
}
END_TEST

/* No other header can be smuggled in. */
START_TEST(subjects_are_one_header)
{
	struct mail m = plain;
	char *text, back[200];

	m.subject = "x\r\nBcc: thief@example.org\n\nbody";
	text = compose(&m);
	ck_assert_ptr_null(strstr(text, "\nBcc"));
	read_subject(text, back);
	ck_assert_str_eq(back, "x  Bcc: thief@example.org  body");
	free(text);
	m.subject = "bad \xff\xc0\xaf\xed\xa0\x80 bytes";
	text = compose(&m);
	read_subject(text, back);
	ck_assert_str_eq(back, "bad \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd bytes");
	free(text);
}
END_TEST

START_TEST(texts_come_back)
{
	static const char *const table[] = {
		"", "x\n", "\n\n\n", ".\n", "..\n", "From here\n", "from here\n", "tab\tend\t\n", "blank \nx\n", "a=b\n",
		"Zürich, =20, 100 %\n", "From Zürich\n.\n",
		"0123456789012345678901234567890123456789012345678901234567890123456789012345\n",
		"01234567890123456789012345678901234567890123456789012345678901234567890123456\n",
		"012345678901234567890123456789012345678901234567890123456789012345678901234 \n",
		"0123456789012345678901234567890123456789012345678901234567890123456789012é\n",
		"012345678901234567890123456789012345678901234567890123456789012345678901234é67\n",
	};
	static char back[20000], bytes[4000];
	struct mail m = plain;
	char *text;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		m.text = table[i];
		text = compose(&m);
		read_text(text, back);
		ck_assert_str_eq(back, table[i]);
		check_lines(text);
		free(text);
	}
	/* whatever the bytes are: lines fit, and what was valid comes back */
	srandom(1);
	for (int round = 0; round < 300; round++) {
		for (size_t i = 0; i < sizeof bytes - 2; i++)
			bytes[i] = (char)(random() % 97 == 0 ? '\n' : random() % 3 ? ' ' + random() % 95 :
					   round % 2 ? 1 + random() % 255 : 9);
		bytes[sizeof bytes - 2] = '\n';
		m.text = bytes;
		text = compose(&m);
		check_lines(text);
		read_text(text, back);
		if (round % 2 == 0)
			ck_assert_str_eq(back, bytes);
		free(text);
	}
	m.text = "\x1b[31m\x01\xc2\x9b\xff\n";
	text = compose(&m);
	read_text(text, back);
	ck_assert_str_eq(back, "\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n");
	free(text);
	m.text = "no end";
	text = compose(&m);
	ck_assert_ptr_nonnull(strstr(text, "\n\nno end\n"));
	free(text);
	m.text = "cr\r\nlf\r\n";
	text = compose(&m);
	ck_assert_ptr_nonnull(strstr(text, "\n\ncr\nlf\n"));
	free(text);
}
END_TEST

/* A command of a few lines. */
static const char *script(const char *lines)
{
	char text[2000];

	snprintf(text, sizeof text, "#!/bin/sh\ncd '%s' || exit 9\n%s\n", scratch_path("."), lines);
	scratch_write("mailer", text, strlen(text));
	ck_assert_int_eq(chmod(scratch_path("mailer"), 0755), 0);
	return scratch_path("mailer");
}

static int hand(const char *command, size_t size, double seconds, struct error *e)
{
	struct buf b = { 0 };
	int status;

	memset(e, 0, sizeof *e);
	ck_assert_int_eq(buf_reserve(&b, size + 1, NULL), 0);
	memset(b.data, 'x', size);
	b.size = size;
	status = mail_hand_over(&b, command, seconds, e);
	buf_free(&b);
	return status;
}

START_TEST(handed_over)
{
	struct error e;
	struct stat st;
	char command[700];
	size_t n;
	char *text;

	for (size_t size = 0; size < 3000000; size = size * 40 + 1) {
		ck_assert_int_eq(hand(script("cat > got"), size, 100, &e), 0);
		ck_assert_int_eq(stat(scratch_path("got"), &st), 0);
		ck_assert_uint_eq((size_t)st.st_size, size);
	}
	/* words, and no shell */
	script("printf '%s|' \"$@\" > got; cat > /dev/null");
	snprintf(command, sizeof command, "  %s  -t\t-i $HOME;id >x ", scratch_path("mailer"));
	ck_assert_int_eq(hand(command, 10, 100, &e), 0);
	text = scratch_read("got", &n);
	ck_assert_str_eq(text, "-t|-i|$HOME;id|>x|");
	free(text);
	/* nothing is open but 0 to 2 (3 is what looks) */
	ck_assert_int_eq(hand(script("cat > /dev/null; ls /proc/self/fd | tr '\\n' ' ' > got"), 10, 100, &e), 0);
	text = scratch_read("got", &n);
	ck_assert_str_eq(text, "0 1 2 3 ");
	free(text);
}
END_TEST

START_TEST(not_handed_over)
{
	static const struct { const char *lines; size_t size; const char *why; } table[] = {
		{ "cat > /dev/null; echo try later >&2; exit 75", 10, "left with status 75: try later" },
		{ "cat > /dev/null; echo one >&2; echo two >&2; exit 1", 10, "left with status 1: two" },
		{ "exit 0", 1000000, "did not read the message to its end" },
		{ "exec <&-; sleep 0.2; exit 0", 1000000, "did not read the message to its end" },
		{ "exec <&-; exit 3", 1000000, "left with status 3" },
		{ "kill -KILL $$", 10, "ended by signal 9" },
		{ "cat > /dev/null; yes out of hand | head -n 100000 >&2; exit 2", 10, "left with status 2: " },
		{ "cat > /dev/null; printf '\\033[2J' >&2; exit 2", 10, "status 2: \\x1b[2J" },
	};
	struct error e;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		ck_assert_msg(hand(script(table[i].lines), table[i].size, 100, &e) == STATUS_SYSTEM, "%s",
			      table[i].lines);
		ck_assert_msg(strstr(e.text, table[i].why) != NULL, "%s: %s", table[i].lines, e.text);
	}
	ck_assert_int_eq(hand("/nonexistent/sendmail -t", 10, 100, &e), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(e.text, "No such file"));
	ck_assert_int_eq(hand("  ", 10, 100, &e), STATUS_USAGE);
	/* SIGPIPE kills nobody, and stays as it was */
	ck_assert(signal(SIGPIPE, SIG_DFL) == SIG_DFL);
}
END_TEST

START_TEST(late_ones_are_ended)
{
	struct error e;
	char *pid = NULL;

	/* where one is waited for, the time of this test is over before it ends by itself */
	ck_assert_int_eq(hand(script("cat > /dev/null; sleep 100000"), 10, 0.3, &e), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(e.text, "was not done"));
	/* one that does not listen to being asked, and what it started; given time enough to begin */
	for (double s = 0.3; !pid; s *= 2) {
		ck_assert_int_eq(hand(script("trap '' TERM; echo $$ > pid.new; mv pid.new pid; while :; do sleep 1; done"),
				      10, s, &e), STATUS_SYSTEM);
		pid = scratch_read("pid", NULL);
	}
	ck_assert_int_eq(kill(atoi(pid), 0), -1);
	free(pid);
	/* one that leaves something behind that holds standard error is not waited for: it ends after this test */
	ck_assert_int_eq(hand(script("cat > /dev/null; while [ -e mailer ]; do sleep 0.2; done & exit 0"), 10, 100000, &e),
			 0);
}
END_TEST

START_TEST(which_command)
{
	unsetenv("IARMS_SENDMAIL");
	ck_assert_str_eq(mail_command(), MAIL_COMMAND);
	setenv("IARMS_SENDMAIL", "", 1);
	ck_assert_str_eq(mail_command(), MAIL_COMMAND);
	setenv("IARMS_SENDMAIL", "msmtp -t", 1);
	ck_assert_str_eq(mail_command(), "msmtp -t");
}
END_TEST

Suite *t_mail(void);
Suite *t_mail(void)
{
	Suite *s = suite_create("mail");
	TCase *c = tcase_create("mail");

	tcase_add_checked_fixture(c, scratch_make, scratch_remove);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_plain_message);
	tcase_add_test(c, dates);
	tcase_add_test(c, addresses);
	tcase_add_test(c, message_ids);
	tcase_add_test(c, subjects_come_back);
	tcase_add_test(c, subjects_are_one_header);
	tcase_add_test(c, texts_come_back);
	tcase_add_test(c, handed_over);
	tcase_add_test(c, not_handed_over);
	tcase_add_test(c, late_ones_are_ended);
	tcase_add_test(c, which_command);
	suite_add_tcase(s, c);
	return s;
}
