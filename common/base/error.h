/* error.h - what went wrong, in words and as an exit status */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdio.h>

/* The exit statuses of every program; also what functions return: 0 is success. */
enum status {
	STATUS_DONE = 0,
	STATUS_NO = 1,      /* ran, and the answer is no */
	STATUS_USAGE = 2,   /* options or arguments that make no sense */
	STATUS_INPUT = 3,   /* bad input: damaged, contradictory, unsuitable */
	STATUS_SYSTEM = 4,  /* memory, disk, I/O */
	STATUS_REFUSED = 5  /* not allowed */
};

/* A caller owns one and passes it down; no memory hangs on it. */
struct error {
	int status;         /* enum status */
	char text[512];     /* one line, no newline; control characters are shown as \xNN */
};

/* Each sets e (which may be NULL) and returns the status, so that `return error_set(...)` works. */
int error_set(struct error *e, int status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* STATUS_SYSTEM, with the words of errno behind the text. */
int error_system(struct error *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* STATUS_SYSTEM, "out of memory". */
int error_memory(struct error *e);

/* Puts "what: " before the text that e has; returns its status (where e is NULL, that is not
 * known: STATUS_SYSTEM). */
int error_within(struct error *e, const char *what);

/* Writes "program: text" and a newline to out. */
void error_print(FILE *out, const char *program, const struct error *e);

/* The same for words that end nothing: "program: ..." and a newline, control characters shown as \xNN. */
void error_say(FILE *out, const char *program, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The worse of two statuses, for a run that goes on after bad inputs. */
int error_worse(int a, int b);

#endif
