/* find.h - records that fit a question, and how well a serial fits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_FIND_H
#define RECORD_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "record/book.h"
#include "record/form.h"
#include "record/serial.h"

/* A question: "field=value" words, all of which must hold. Texts are compared without case, accents
 * and punctuation, and may have * and ?; dates by what is given of them ("2024-03" is all of that
 * month) or as a range "2023..2024-06"; codes, countries, makes and calibres are understood as when a
 * record is added.
 *
 * When serial is asked for, the words about the firearm (type, action, make, model, calibre, where and
 * when it was made) do not choose records: each is compared, and said to agree or to disagree. With `all`
 * they choose too, and the serial is compared as texts are. */
struct find {
	struct form *form;
	struct pool pool;
	struct record asked;      /* cleaned; "" where nothing is asked */
	struct serial serial;     /* asked for; plain "" for none */
	enum serial_grade weakest;
	bool has_serial, agree_only, all;
	char *folded[FORM_FIELDS];   /* of texts with no wildcards: their key */
};

/* form must outlive it. STATUS_USAGE: a word that makes no sense. */
int find_open(struct find *f, struct form *form, const char *const *word, size_t words,
	      int64_t today, struct error *e);
void find_close(struct find *f);

/* The question in full, for the audit trail. */
int find_text(const char *const *word, size_t words, struct buf *out, struct error *e);

/* How a record fits. */
struct find_hit {
	const struct record *record;
	enum serial_grade grade;       /* SERIAL_DIFFERENT where no serial was asked for */
	bool component;                /* it is the serial of a part */
	char agree[96], disagree[96];  /* "make calibre" */
};

/* Does a record fit everything but the serial? */
bool find_fits(const struct find *f, const struct record *r);
/* And its serial, and what is compared? Fills hit. */
bool find_compare(const struct find *f, const struct record *r, struct find_hit *hit);

/* Every record that the officer may see and that fits: with a serial from the best hit to the weakest,
 * else in the order in which they were entered. The record is valid during the call. What take
 * returns other than STATUS_DONE ends it. damaged (may be NULL) counts lines that cannot be read. */
typedef int find_take(void *context, const struct find_hit *hit, struct error *e);
int find_run(const struct find *f, struct book *b, find_take *take, void *context, size_t *damaged,
	     struct error *e);

/* Does a text fit what is asked of it, without case, accents and punctuation, with * and ? in what is
 * asked? Does a date ("2024-03" is all of that month) fall into one, or a range "2023..2024-06"? */
bool find_text_fits(const char *asked, const char *has);
bool find_date_fits(const char *asked, const char *has);

/* A word for a grade, "exact". */
const char *find_grade(enum serial_grade grade);

#endif
