/* printform.h - forms on paper (A4, PDF): what is filled in, and what somebody is to fill in */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PRINTFORM_H
#define REPORT_PRINTFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/* Forms one behind the other, each on pages of its own that are numbered. Words are of any language; what is
 * too long goes on in the next line, and on the next page. What fails is remembered: only printform_end has to be
 * asked. */
struct printform;

/* when: as draw_paper. out has the PDF after printform_end. */
int printform_open(struct printform **p, const char *title, const char *when, struct buf *out, struct error *e);
int printform_end(struct printform *p, struct error *e);
/* How many there are so far, of all forms. */
int printform_pages(const struct printform *p);
void printform_close(struct printform *p);

/* A form: its title, what stands at the right of it, and at the foot of each of its pages. They must last until the
 * next one, or the end. */
void printform_form(struct printform *p, const char *title, const char *right, const char *foot);
void printform_section(struct printform *p, const char *title);
/* A label and what is filled in; nothing where that is "". */
void printform_field(struct printform *p, const char *label, const char *words);
void printform_words(struct printform *p, const char *words, bool bold);
/* Lines to write on. */
void printform_blank(struct printform *p, const char *label, int lines);
/* Boxes to tick: "one|two|three". */
void printform_boxes(struct printform *p, const char *label, const char *words);

/* A table as wide as the page. Its columns have these shares of it. A cell NULL or "" is left to be written in. */
#define PRINTFORM_COLUMNS 8
struct printform_table {
	size_t columns;
	const char *name[PRINTFORM_COLUMNS];
	double share[PRINTFORM_COLUMNS];
};
void printform_head(struct printform *p, const struct printform_table *t);
void printform_row(struct printform *p, const struct printform_table *t, const char *const *cell);

#endif
