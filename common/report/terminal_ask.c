/* terminal_ask.c - asks a terminal whether it shows pictures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/terminal_ask.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define SIXEL 4          /* among the attributes of DA1 */
#define ANSWER_MOST 1024

/* The question for attributes comes last: every terminal answers it, so nobody waits for one that does not know
 * the other. The picture asked about is one point that is not shown. */
#define ASK_ATTRIBUTES "\033[c"
#define ASK_KITTY "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\" ASK_ATTRIBUTES
#define KITTY_YES "\033_Gi=31;OK\033\\"

struct answer {
	char text[ANSWER_MOST + 1];
	size_t size;
};

/* "ESC [ ? 62 ; 4 c", wherever it stands; NULL: not or not whole. */
static const char *attributes(const char *text)
{
	while ((text = strstr(text, "\033[?"))) {
		const char *first = text += 3;

		text += strspn(text, "0123456789;");
		if (*text == 'c')
			return first;
	}
	return NULL;
}

static bool has_sixel(const char *attribute)
{
	for (;;) {
		char *end;

		if (strtol(attribute, &end, 10) == SIXEL)
			return true;
		if (*end != ';')
			return false;
		attribute = end + 1;
	}
}

static int left_ms(const struct timespec *until)
{
	struct timespec now;
	long long ms;

	if (clock_gettime(CLOCK_MONOTONIC, &now))
		return 0;
	ms = (until->tv_sec - now.tv_sec) * 1000LL + (until->tv_nsec - now.tv_nsec) / 1000000;
	return ms < 0 ? 0 : ms > INT_MAX ? INT_MAX : (int)ms;
}

static bool write_all(int fd, const char *text)
{
	size_t size = strlen(text);

	while (size) {
		ssize_t n = write(fd, text, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text += n;
		size -= (size_t)n;
	}
	return true;
}

/* True when the attributes came; what came before them is in the answer, too. */
static bool ask(int fd, const char *question, int wait_ms, struct answer *a)
{
	struct timespec until;
	struct pollfd in = { fd, POLLIN, 0 };

	*a = (struct answer){ .size = 0 };
	if (!write_all(fd, question) || clock_gettime(CLOCK_MONOTONIC, &until))
		return false;
	until.tv_sec += wait_ms / 1000;
	until.tv_nsec += wait_ms % 1000 * 1000000L;
	while (!attributes(a->text)) {
		int left = left_ms(&until), ready = left && a->size < ANSWER_MOST ? poll(&in, 1, left) : 0;
		ssize_t n;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0 || (n = read(fd, a->text + a->size, ANSWER_MOST - a->size)) <= 0)
			return false;
		/* a NUL would hide the rest */
		for (ssize_t i = 0; i < n; i++)
			a->text[a->size + (size_t)i] = a->text[a->size + (size_t)i] ? a->text[a->size + (size_t)i] : '?';
		a->size += (size_t)n;
	}
	return true;
}

/* With the terminal set up. *late: an answer may still come. */
static enum terminal ask_both(int fd, int wait_ms, bool nested, bool *late)
{
	struct pollfd in = { fd, POLLIN, 0 };
	struct answer a;

	*late = false;
	if (poll(&in, 1, 0) != 0)
		return TERMINAL_PLAIN;
	*late = !ask(fd, ASK_ATTRIBUTES, wait_ms, &a);
	if (*late)
		return TERMINAL_PLAIN;
	if (has_sixel(attributes(a.text)))
		return TERMINAL_SIXEL;
	/* one that is no more than a VT102 would print what it does not know */
	if (nested || !strncmp(attributes(a.text), "6c", 2))
		return TERMINAL_PLAIN;
	*late = !ask(fd, ASK_KITTY, wait_ms, &a);
	return strstr(a.text, KITTY_YES) ? TERMINAL_KITTY : TERMINAL_PLAIN;
}

/* The same terminal, opened anew to be read, without a wait for anything; -1: cannot be. */
static int open_again(int fd)
{
	char name[PATH_MAX];

	return ttyname_r(fd, name, sizeof name) ? -1 : open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

static enum terminal ask_quietly(int fd, int wait_ms, bool nested)
{
	static const int held[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGTTIN, SIGTTOU };
	enum terminal is = TERMINAL_PLAIN;
	struct termios before, quiet;
	pid_t front = tcgetpgrp(fd);
	sigset_t hold, old;
	bool late;

	if ((front >= 0 && front != getpgrp()) || tcgetattr(fd, &before))
		return TERMINAL_PLAIN;
	sigemptyset(&hold);
	for (size_t i = 0; i < sizeof held / sizeof *held; i++)
		sigaddset(&hold, held[i]);
	if (pthread_sigmask(SIG_BLOCK, &hold, &old))
		return TERMINAL_PLAIN;
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	quiet.c_cc[VMIN] = 1;
	quiet.c_cc[VTIME] = 0;
	if (!tcsetattr(fd, TCSANOW, &quiet)) {
		is = ask_both(fd, wait_ms, nested, &late);
		/* of an answer that has come by half nothing is to be seen */
		tcsetattr(fd, late ? TCSAFLUSH : TCSANOW, &before);
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return is;
}

enum terminal terminal_ask(int fd, int wait_ms, char *(*get)(const char *name))
{
	const char *term = get("TERM");
	enum terminal is = TERMINAL_PLAIN;
	bool nested;
	int own;

	if (!term || !*term || !strcmp(term, "dumb") || !strcmp(term, "linux") || !isatty(fd))
		return TERMINAL_PLAIN;
	nested = get("TMUX") || !strncmp(term, "tmux", 4) || !strncmp(term, "screen", 6);
	own = open_again(fd);
	if (own >= 0) {
		is = ask_quietly(own, wait_ms, nested);
		close(own);
	}
	return is;
}
