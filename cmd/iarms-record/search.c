/* search.c - search: a firearm, or one a row of standard input, with grades */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "file/csv.h"
#include "record/change.h"
#include "record/find.h"
#include "verbs.h"

struct search_options {
	struct common common;
	int grade;
	bool agree, seize;
	const char *country;
};
static const struct search_options defaults = { .grade = -1 };

static const struct option_line table[] = {
	{ "grade", 'g', OPTION_CHOICE, offsetof(struct search_options, grade), SERIAL_GRADES,
	  "the weakest that counts (default: all but edit)", 0, 0 },
	{ "agree", 'A', OPTION_FLAG, offsetof(struct search_options, agree), NULL,
	  "only where nothing that was asked disagrees", 0, 0 },
	{ "seize", 0, OPTION_FLAG, offsetof(struct search_options, seize), NULL,
	  "hits that are certain were found: as the verb seize does", 0, 0 },
	{ "country", 0, OPTION_TEXT, offsetof(struct search_options, country), "CODE",
	  "which found them (default: your own)", 0, 0 },
	OUTPUT(search_options), COMMON(search_options), END
};

static const struct rows_column front[] = {
	{ "row", COLUMN_NUMBER }, { "grade", COLUMN_TEXT }, { "where", COLUMN_TEXT }, { "agree", COLUMN_TEXT },
	{ "disagree", COLUMN_TEXT },
};
#define MAIN "grade,where,agree,disagree," DESK_MAIN   /* in a table */
#define FRONT (sizeof front / sizeof *front)

struct searching {
	const struct search_options *o;
	struct desk d;
	struct rows *rows;
	size_t row;          /* of standard input; 0: the question is in the operands */
	int64_t count;       /* hits of this question */
	bool any, deleted;   /* any at all; tombstones are asked for */
	struct buf certain;  /* ids, ID_TEXT each */
	int worst;
};

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

/* Certain enough to tell other countries: the serial of the firearm itself, but for separators and
 * look-alikes, and nothing that disagrees; and its owner still looks for it. */
static bool certain(const struct find_hit *hit)
{
	return hit->grade <= SERIAL_ALIKE && !hit->component && !hit->disagree[0] &&
	       !strcmp(hit->record->field[FORM_STATUS], "active");
}

static int put_hit(void *context, const struct find_hit *hit, struct error *e)
{
	struct searching *s = context;
	char id[ID_TEXT] = "";

	if (!s->deleted && !strcmp(hit->record->field[FORM_STATUS], "deleted"))
		return STATUS_DONE;
	s->count++;
	s->any = true;
	snprintf(id, sizeof id, "%s", hit->record->field[FORM_ID]);
	if (s->o->seize && certain(hit) && buf_add(&s->certain, id, sizeof id, e))
		return STATUS_SYSTEM;
	if (s->row)
		rows_integer(s->rows, (int64_t)s->row);
	rows_text(s->rows, find_grade(hit->grade));
	rows_text(s->rows, hit->grade == SERIAL_DIFFERENT ? NULL : hit->component ? "component" : "serial");
	rows_text(s->rows, or_null(hit->agree));
	rows_text(s->rows, or_null(hit->disagree));
	desk_put(s->rows, hit->record);
	return rows_end(s->rows, e);
}

/* One question, between its two lines in the trail. */
static int ask(struct searching *s, char **word, size_t words, struct error *e)
{
	struct buf question = { 0 };
	struct guard_mark mark;
	struct find f;
	size_t damaged = 0;
	int status = find_open(&f, s->d.form, (const char *const *)word, words, s->d.book.today, e);

	if (status)
		return status;
	f.agree_only = s->o->agree;
	if (s->o->grade >= 0)
		f.weakest = (enum serial_grade)s->o->grade;
	s->deleted = f.asked.field[FORM_STATUS][0] || f.asked.field[FORM_ID][0];
	s->count = 0;
	status = find_text((const char *const *)word, (size_t)words, &question, e);
	if (!status)
		status = guard_begin(&s->d.guard, RIGHTS_READ, "search", (const char *)question.data, NULL, &mark, e);
	if (!status) {
		desk_say_made(&s->d);
		status = find_run(&f, &s->d.book, put_hit, s, &damaged, e);
		if (!status && damaged)
			status = error_set(e, STATUS_INPUT, "%zu damaged line(s) could not be looked at", damaged);
		status = guard_end(&s->d.guard, &mark, s->count, status, e);
	}
	buf_free(&question);
	find_close(&f);
	return status;
}

/* A row of names of fields, then a question a row. What is empty is not asked. */
static int ask_row(struct searching *s, char **name, size_t names, const struct csv_row *row, struct error *e)
{
	char *word[FORM_FIELDS];
	struct pool pool = { 0 };
	size_t words = 0;
	int status = STATUS_DONE;

	if (row->fields != names)
		return error_set(e, STATUS_INPUT, "%zu fields, not %zu", row->fields, names);
	for (size_t i = 0; i < names && !status; i++) {
		size_t length = strlen(name[i]);
		char *text;

		if (!row->length[i])
			continue;
		text = pool_take(&pool, length + row->length[i] + 2, e);
		if (!text) {
			status = STATUS_SYSTEM;
			break;
		}
		memcpy(text, name[i], length);
		text[length] = '=';
		memcpy(text + length + 1, row->field[i], row->length[i] + 1);
		word[words++] = text;
		if (strlen(row->field[i]) != row->length[i])
			status = error_set(e, STATUS_INPUT, "a NUL byte");
	}
	if (!status && !words)
		status = error_set(e, STATUS_INPUT, "nothing is asked");
	if (!status)
		status = ask(s, word, words, e);
	pool_free(&pool);
	return status == STATUS_USAGE ? STATUS_INPUT : status;
}

static int read_names(struct csv_reader *csv, struct pool *pool, char **name, size_t *names, struct error *e)
{
	struct csv_row row;
	int status = csv_next(csv, &row, e);

	if (status)
		return status == STATUS_NO ? error_set(e, STATUS_INPUT, "no rows") : status;
	for (*names = 0; *names < row.fields; ++*names) {
		if (form_find(row.field[*names]) == FORM_FIELDS || *names == FORM_FIELDS)
			return error_set(e, STATUS_INPUT, "'%.60s' is no field", row.field[*names]);
		name[*names] = pool_text(pool, row.field[*names], strlen(row.field[*names]), e);
		if (!name[*names])
			return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

static int ask_rows(struct searching *s, struct error *e)
{
	struct csv_reader *csv = csv_open(stdin, ',', e);
	char *name[FORM_FIELDS];
	struct pool pool = { 0 };
	struct csv_row row;
	size_t names = 0;
	int status = csv ? read_names(csv, &pool, name, &names, e) : STATUS_SYSTEM;

	while (!status && !(status = csv_next(csv, &row, e))) {
		struct error own;

		s->row++;
		status = ask_row(s, name, names, &row, &own);
		if (status == STATUS_INPUT) {
			desk_say("standard input: line %zu: %s", row.line, own.text);
			s->worst = STATUS_INPUT;
			status = STATUS_DONE;
		} else if (status) {
			*e = own;
		}
	}
	pool_free(&pool);
	csv_close(csv);
	if (status == STATUS_INPUT)
		return error_within(e, "standard input");
	return status == STATUS_NO ? STATUS_DONE : status;
}

static int say_seized(void *context, const struct record *r, struct error *e)
{
	(void)context;
	(void)e;
	desk_say("%s: located; three countries are told", r->field[FORM_ID]);
	return STATUS_DONE;
}

/* Only after all that was asked for is printed. */
static int seize(struct searching *s, struct error *e)
{
	struct change change = { .event = "locate", .right = RIGHTS_LOCATE, .to = "located",
				 .field = { [FORM_FOUND_AGENCY] = "", [FORM_FOUND_DATE] = "",
					    [FORM_FOUND_PLACE] = "", [FORM_REASON] = "" } };

	change.field[FORM_FOUND_COUNTRY] = s->o->country ? s->o->country : "";
	for (size_t i = 0; i < s->certain.size; i += ID_TEXT) {
		struct error own;
		int status = change_record(&s->d.book, s->d.form, &s->d.rules, (const char *)s->certain.data + i,
					   &change, say_seized, NULL, &own);

		if (status == STATUS_SYSTEM) {
			*e = own;
			return status;
		}
		if (!status)
			continue;
		desk_say_error(&own);
		s->worst = error_worse(s->worst, status);
	}
	return STATUS_DONE;
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct rows_column columns[FORM_FIELDS + FRONT];
	struct searching s = { .o = options };
	bool from_rows = parsed->operands == 0 || (parsed->operands == 1 && !strcmp(parsed->operand[0], "-"));
	int status = desk_open(&s.d, &s.o->common, e);

	(void)context;
	if (status)
		return status;
	status = desk_rows(&s.rows, &s.o->common, columns,
			   desk_columns(front + !from_rows, FRONT - !from_rows, columns),
			   s.o->common.format != ROWS_TABLE ? NULL : from_rows ? "row," MAIN : MAIN, e);
	if (!status)
		status = from_rows ? ask_rows(&s, e) : ask(&s, parsed->operand, (size_t)parsed->operands, e);
	status = rows_finish(s.rows, status, e);
	if (!status)
		status = seize(&s, e);
	buf_free(&s.certain);
	desk_close(&s.d);
	if (!status && s.worst)
		return error_set(e, s.worst, "%s", "");
	return !status && !s.any ? error_set(e, STATUS_NO, "%s", "") : status;
}

const struct verb verb_search = { "search", "[FIELD=VALUE...]", "look for a firearm, with grades", table,
				  sizeof(struct search_options), &defaults, 0, -1, run };
