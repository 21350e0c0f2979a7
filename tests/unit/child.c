/* child.c - processes that a test starts */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/child.h"

#include <check.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t child_fork(void)
{
	pid_t child = fork();

	if (child != 0)
		ck_assert_msg(child > 0, "cannot start a process");
	return child;
}

/* A status to exit with, or a signal. */
static void ends(pid_t child, int status, int signal_number, const char *format, va_list list)
{
	char who[100], how[100];
	int got;

	vsnprintf(who, sizeof who, format, list);
	ck_assert_msg(waitpid(child, &got, 0) == child, "%s cannot be waited for", who);
	if (WIFSIGNALED(got))
		snprintf(how, sizeof how, "was ended by signal %d, %s", WTERMSIG(got), strsignal(WTERMSIG(got)));
	else
		snprintf(how, sizeof how, "left with status %d", WEXITSTATUS(got));
	if (signal_number)
		ck_assert_msg(WIFSIGNALED(got) && WTERMSIG(got) == signal_number, "%s %s, not by signal %d", who, how,
			      signal_number);
	else
		ck_assert_msg(WIFEXITED(got) && WEXITSTATUS(got) == status, "%s %s, not with %d", who, how, status);
}

void child_left(pid_t child, int status, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	ends(child, status, 0, format, list);
	va_end(list);
}

void child_killed(pid_t child, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	ends(child, 0, SIGKILL, format, list);
	va_end(list);
}
