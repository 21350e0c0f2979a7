/* child.h - processes that a test starts */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UNIT_CHILD_H
#define UNIT_CHILD_H

#include <sys/types.h>

/* fork(); where that fails, the test does.
 *
 * In the child nothing of Check may be called, nor what calls it, and it ends by _exit: each ck_assert, also one
 * that holds, writes where it stands into a file that the child shares with the test, and of a child that is
 * killed, or that no file may grow for, half of it can be there. The same goes for a test's threads. */
pid_t child_fork(void);

/* Waits for a child; the test fails unless it left with this status. The words say which child it was. */
void child_left(pid_t child, int status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same for one that SIGKILL is to have ended. */
void child_killed(pid_t child, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
