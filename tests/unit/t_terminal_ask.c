/* t_terminal_ask.c - tests of report/terminal_ask: what a terminal says of itself, and that it stays as it was */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "report/terminal_ask.h"

Suite *t_terminal_ask(void);

#define LONG_MS 20000     /* nobody waits so long: the answer comes */

/* A terminal: answers questions as it is told to, until the other end is closed. */
struct screen {
	int master, slave;
	const char *attributes, *kitty;   /* NULL: it does not know the question */
	bool by_byte, mute;               /* mute: it could not say all */
	char heard[400];
	pthread_t thread;
};

static const char *term, *tmux;

static char *get(const char *name)
{
	const char *is = !strcmp(name, "TERM") ? term : !strcmp(name, "TMUX") ? tmux : NULL;

	return (char *)(uintptr_t)is;
}

/* Also in the thread, where nothing of Check may be called. */
static void say(struct screen *s, const char *text)
{
	size_t size = strlen(text), part = s->by_byte ? 1 : size;

	for (size_t i = 0; i < size; i += part)
		s->mute |= write(s->master, text + i, part) != (ssize_t)part;
}

static void *listen(void *context)
{
	struct screen *s = context;
	size_t n = 0, done = 0;
	ssize_t more;

	while (n + 1 < sizeof s->heard && (more = read(s->master, s->heard + n, sizeof s->heard - 1 - n)) > 0) {
		const char *at;

		n += (size_t)more;
		s->heard[n] = 0;
		while ((at = strstr(s->heard + done, "\033[c"))) {
			const char *picture = strstr(s->heard + done, "\033_G");

			if (picture && picture < at && s->kitty)
				say(s, s->kitty);
			if (s->attributes)
				say(s, s->attributes);
			done = (size_t)(at - s->heard) + 3;
		}
	}
	return NULL;
}

static void screen_open(struct screen *s)
{
	s->master = posix_openpt(O_RDWR | O_NOCTTY);
	ck_assert_int_ge(s->master, 0);
	ck_assert_int_eq(grantpt(s->master), 0);
	ck_assert_int_eq(unlockpt(s->master), 0);
	s->slave = open(ptsname(s->master), O_RDWR | O_NOCTTY);
	ck_assert_int_ge(s->slave, 0);
	ck_assert_int_eq(pthread_create(&s->thread, NULL, listen, s), 0);
	term = "xterm-256color";
	tmux = NULL;
}

/* With the last end closed the thread reads an error. */
static void screen_close(struct screen *s)
{
	close(s->slave);
	ck_assert_int_eq(pthread_join(s->thread, NULL), 0);
	close(s->master);
	ck_assert(!s->mute);
}

START_TEST(answers)
{
	static const struct {
		const char *attributes, *kitty;
		enum terminal is;
	} is[] = {
		{ "\033[?62;4;22c", NULL, TERMINAL_SIXEL },
		{ "\033[?4c", NULL, TERMINAL_SIXEL },
		{ "\033[?63;1;2;4c", "\033_Gi=31;OK\033\\", TERMINAL_SIXEL },
		{ "\033[?62;22c", "\033_Gi=31;OK\033\\", TERMINAL_KITTY },
		{ "\033[?62;22c", "\033_Gi=31;ENOTSUPPORTED:no\033\\", TERMINAL_PLAIN },
		{ "\033[?64;14;24c", NULL, TERMINAL_PLAIN },
		{ "\033[?6c", "\033_Gi=31;OK\033\\", TERMINAL_PLAIN },
		{ "noise\033[?\033[?1;2c", "\033_G", TERMINAL_PLAIN }
	};
	struct screen s = { .attributes = is[_i / 2].attributes, .kitty = is[_i / 2].kitty, .by_byte = _i % 2 };
	struct termios before, after;
	sigset_t mask;

	screen_open(&s);
	ck_assert_int_eq(tcgetattr(s.slave, &before), 0);
	ck_assert_int_eq(terminal_ask(s.slave, LONG_MS, get), is[_i / 2].is);
	ck_assert_int_eq(tcgetattr(s.slave, &after), 0);
	ck_assert_int_eq(before.c_lflag, after.c_lflag);
	ck_assert_int_eq(before.c_cc[VMIN], after.c_cc[VMIN]);
	ck_assert_int_eq(pthread_sigmask(SIG_SETMASK, NULL, &mask), 0);
	ck_assert(!sigismember(&mask, SIGINT));
	screen_close(&s);
}
END_TEST

START_TEST(within_another)
{
	struct screen s = { .attributes = "\033[?1;2c", .kitty = "\033_Gi=31;OK\033\\" };

	screen_open(&s);
	tmux = "/tmp/tmux-0/default,1,0";
	ck_assert_int_eq(terminal_ask(s.slave, LONG_MS, get), TERMINAL_PLAIN);
	screen_close(&s);
	ck_assert_ptr_null(strstr(s.heard, "\033_G"));
}
END_TEST

START_TEST(no_answer)
{
	struct screen s = { .attributes = _i ? "\033[?62;4" : NULL };
	struct termios before, after;

	screen_open(&s);
	ck_assert_int_eq(tcgetattr(s.slave, &before), 0);
	ck_assert_int_eq(terminal_ask(s.slave, 30, get), TERMINAL_PLAIN);
	ck_assert_int_eq(tcgetattr(s.slave, &after), 0);
	ck_assert_int_eq(before.c_lflag, after.c_lflag);
	screen_close(&s);
}
END_TEST

/* What was typed stays, and nothing is asked. */
START_TEST(typed_ahead)
{
	struct screen s = { .attributes = "\033[?62;4c" };
	struct pollfd in = { .events = POLLIN };
	char got[16] = "";

	screen_open(&s);
	in.fd = s.slave;
	say(&s, "next\n");
	ck_assert_int_eq(poll(&in, 1, LONG_MS), 1);
	ck_assert_int_eq(terminal_ask(s.slave, LONG_MS, get), TERMINAL_PLAIN);
	ck_assert_int_eq(read(s.slave, got, sizeof got - 1), 5);
	ck_assert_str_eq(got, "next\n");
	screen_close(&s);
	ck_assert_ptr_null(strstr(s.heard, "\033[c"));
}
END_TEST

START_TEST(not_asked)
{
	static const char *const terms[] = { NULL, "", "dumb", "linux" };
	struct screen s = { .attributes = "\033[?62;4c" };
	int end[2];

	screen_open(&s);
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		term = terms[i];
		ck_assert_int_eq(terminal_ask(s.slave, LONG_MS, get), TERMINAL_PLAIN);
	}
	term = "xterm";
	ck_assert_int_eq(pipe(end), 0);
	ck_assert_int_eq(terminal_ask(end[1], LONG_MS, get), TERMINAL_PLAIN);
	ck_assert_int_eq(terminal_ask(-1, LONG_MS, get), TERMINAL_PLAIN);
	close(end[0]);
	close(end[1]);
	screen_close(&s);
	ck_assert_str_eq(s.heard, "");
}
END_TEST

Suite *t_terminal_ask(void)
{
	Suite *s = suite_create("terminal_ask");
	TCase *c = tcase_create("terminal_ask");

	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, answers, 0, 16);
	tcase_add_test(c, within_another);
	tcase_add_loop_test(c, no_answer, 0, 2);
	tcase_add_test(c, typed_ahead);
	tcase_add_test(c, not_asked);
	suite_add_tcase(s, c);
	return s;
}
