/* web.h - a report as a page of HTML in one piece, and its charts as SVG */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_WEB_H
#define REPORT_WEB_H

#include "base/buf.h"
#include "report/sheet.h"

/* Added to out: a page without scripts and without anything from elsewhere, every chart with its table, headings
 * and tables marked for those who listen to it. */
int web_page(const struct sheet *s, struct buf *out, struct error *e);

/* A picture of all charts (or, not NULL, of one table's), one below the other, with titles and n. STATUS_NO:
 * there is nothing to draw. */
int web_picture(const struct sheet *s, const struct sheet_table *one, struct buf *out, struct error *e);

#endif
