/* output.h - standard output, closed as carefully as a file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_OUTPUT_H
#define FILE_OUTPUT_H

#include <stdio.h>

#include "base/error.h"

/* The first step of a program: a standard stream that is closed is opened on /dev/null in a way that
 * makes its use fail, so that no file opened later takes its number and gets what was meant for it. */
int output_guard(struct error *e);

/* The last step: what is buffered is written, and the stream closed; any write to it that failed
 * before shows here too ("standard output: No space left on device"). */
int output_close(FILE *out, struct error *e);

#endif
