/* fuzz_import.c - any bytes as a table from elsewhere; what is understood of it is understood the same again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "record/intake.h"
#include "record/mapping.h"

#define TODAY 20454   /* 2026-01-01 */

static struct form *form;

static void check_utf8(const char *text)
{
	for (size_t n; *text; text += n)
		if (!(n = (unsigned char)*text < 0x80 ? 1 : utf8_length(text)))
			abort();
}

static void clean(struct record *r, struct pool *pool, struct buf *problems)
{
	struct form_manner manner = { .today = TODAY, .lenient = true };

	problems->size = 0;
	if (form_clean(form, r, &manner, pool, problems, NULL))
		abort();
}

/* A record that is as it should be stays so. */
static void check_record(struct record *r, struct pool *pool, enum when_order order)
{
	struct buf problems = { 0 };
	struct record again;
	char date[DATE_TEXT], kept[DATE_TEXT];

	for (int i = 0; i < FORM_FIELDS; i++)
		if (form_fields[i].kind == FORM_DATE && r->field[i][0]) {
			if (when_read(r->field[i], order, 2026, date, NULL))
				r->field[i] = "";
			else if (when_read(date, WHEN_UNKNOWN, 2026, kept, NULL) || strcmp(date, kept))
				abort();
			else
				r->field[i] = pool_text(pool, date, strlen(date), NULL);
		}
	clean(r, pool, &problems);
	if (!problems.size) {
		again = *r;
		clean(&again, pool, &problems);
		if (problems.size)
			abort();
		for (int i = 0; i < FORM_FIELDS; i++)
			if (strcmp(r->field[i], again.field[i]))
				abort();
	}
	buf_free(&problems);
}

static void check_rows(const struct intake_form *how, const struct intake_block *b, struct mapping *m, bool *named)
{
	struct intake_mended mended = { 0 };

	for (size_t i = 0; i < intake_rows(b); i++) {
		const struct intake_row *row = (const struct intake_row *)(void *)b->rows.data + i;
		struct pool pool = { 0 };
		const char **field;
		struct record r;
		size_t fields;
		int status = intake_split(how, b, row, &pool, &field, &fields, &mended, NULL);

		if (status != STATUS_DONE && status != STATUS_INPUT)
			abort();
		for (size_t k = 0; !status && k < fields; k++)
			check_utf8(field[k]);
		if (!status && !*named) {
			*named = true;
			if (mapping_make(m, field, fields, true, NULL, 0, NULL, 0, NULL))
				m->columns = 0;
		} else if (!status && m->columns && fields >= m->columns) {
			if (mapping_apply(m, field, &r, &pool, NULL))
				abort();
			check_record(&r, &pool, m->order);
		}
		pool_free(&pool);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	struct intake_form how = { .encoding = INTAKE_AUTO };
	struct mapping *m = calloc(1, sizeof *m);
	struct intake *intake = NULL;
	struct intake_block b;
	bool named = false;

	if (!form && form_open(&form, FORM_LAZY, NULL))
		abort();
	if (in && m && !intake_open(&intake, in, &how, NULL))
		while (intake_next(intake, 4096, &b, NULL) == STATUS_DONE) {
			check_rows(&how, &b, m, &named);
			intake_free(&b);
		}
	intake_close(intake);
	if (m)
		mapping_free(m);
	free(m);
	if (in)
		fclose(in);
	return 0;
}
