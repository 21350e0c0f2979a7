/* paper.h - a report as pages to be printed: a PDF */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include "base/buf.h"
#include "report/sheet.h"

/* A4, upright: every table with its chart; the head of a table again where it goes on on the next page. Added
 * to out. when: "2026-11-22T01:13:43Z". */
int paper_pages(const struct sheet *s, const char *when, struct buf *out, struct error *e);

#endif
