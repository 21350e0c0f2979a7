/* output.h - a report in the form that was asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_REPORT_OUTPUT_H
#define IARMS_REPORT_OUTPUT_H

#include "desk.h"

/* To standard output. STATUS_USAGE: there is no such table. */
int output_write(struct desk *d, struct sheet *s, struct error *e);

#endif
