/* find.c - records that fit a question: the question, and one record against it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/country.h"
#include "record/fold.h"
#include "record/index_parts.h"

const char *find_grade(enum serial_grade grade)
{
	static const char *const words[] = { "exact", "separators", "look-alikes", "letters", "wildcard",
					     "wildcard-alike", "edit" };

	return grade < SERIAL_DIFFERENT ? words[grade] : NULL;
}

int find_text(const char *const *word, size_t words, struct buf *out, struct error *e)
{
	for (size_t i = 0; i < words; i++)
		if (buf_format(out, e, "%s%s", i ? " " : "", word[i]))
			return STATUS_SYSTEM;
	return buf_string(out, e) ? STATUS_DONE : STATUS_SYSTEM;
}

/* "2024..2025-03": both ends, as days; either may be left out. */
static int range(const char *text, int64_t *low, int64_t *high, struct error *e)
{
	const char *dots = strstr(text, "..");
	char first[DATE_TEXT] = "";
	struct date a, b;

	if (dots && (size_t)(dots - text) < sizeof first)
		memcpy(first, text, (size_t)(dots - text));
	if (date_parse(dots ? first : text, &a, e) || date_parse(dots ? dots + 2 : text, &b, e))
		return STATUS_USAGE;
	*low = a.precision == DATE_NONE ? INT64_MIN : date_days(&a);
	if (b.precision == DATE_YEAR)
		b.year++;
	else if (b.precision == DATE_MONTH)
		b = date_add_months(b, 1);
	*high = b.precision == DATE_NONE ? INT64_MAX : date_days(&b) - (b.precision != DATE_DAY);
	return STATUS_DONE;
}

static bool wild(const char *text)
{
	return text[strcspn(text, "*?")] != 0;
}

static bool is_text(enum form_place place)
{
	return form_fields[place].kind == FORM_TEXT || form_fields[place].kind == FORM_KEPT ||
	       form_fields[place].kind == FORM_COUNTRIES;
}

/* Is it only compared when a serial is asked for? */
static bool compared(enum form_place place)
{
	switch (place) {
	case FORM_TYPE: case FORM_ACTION: case FORM_MAKE: case FORM_MODEL: case FORM_CALIBRE:
	case FORM_MADE_IN: case FORM_MADE_YEAR:
		return true;
	default:
		return false;
	}
}

/* What is asked of one field, put in order. */
static int settle(struct find *f, enum form_place place, struct error *e)
{
	const char *text = f->asked.field[place];
	char folded[LEXICON_KEY];
	int64_t low, high;

	if (!*text)
		return STATUS_DONE;
	if (form_fields[place].kind == FORM_DATE || form_fields[place].kind == FORM_YEAR)
		return range(text, &low, &high, e) ? error_within(e, form_fields[place].name) : STATUS_DONE;
	if (!is_text(place) || wild(text))
		return STATUS_DONE;
	fold_text(text, folded, sizeof folded, FOLD_KEY);
	f->folded[place] = pool_text(&f->pool, folded, strlen(folded), e);
	return f->folded[place] ? STATUS_DONE : STATUS_SYSTEM;
}

static int take_word(struct find *f, const char *word, struct error *e)
{
	const char *equals = strchr(word, '=');
	enum form_place place;
	char name[40];

	if (!equals || (size_t)(equals - word) >= sizeof name)
		return error_set(e, STATUS_USAGE, "'%.60s' is not FIELD=VALUE", word);
	snprintf(name, sizeof name, "%.*s", (int)(equals - word), word);
	place = form_find(name);
	if (place == FORM_FIELDS)
		return error_set(e, STATUS_USAGE, "no field '%s'", name);
	if (!equals[1])
		return error_set(e, STATUS_USAGE, "%s: nothing is asked", name);
	if (f->asked.field[place][0])
		return error_set(e, STATUS_USAGE, "%s is asked twice", name);
	f->asked.field[place] = equals + 1;
	return STATUS_DONE;
}

/* Words for codes and countries are understood as when a record is added; ranges and wildcards are
 * not for that. */
static int understand(struct find *f, int64_t today, struct error *e)
{
	struct form_manner manner = { .today = today + 1000000 };
	struct record asked = f->asked;
	struct buf problems = { 0 };
	int status;

	for (int i = 0; i < FORM_FIELDS; i++)
		if (form_fields[i].kind == FORM_DATE || form_fields[i].kind == FORM_YEAR ||
		    i == FORM_EXCLUDE || i == FORM_ONLY || i == FORM_ID)
			asked.field[i] = "";
	/* "readable" is a contradiction only in a record */
	if (asked.field[FORM_SERIAL_STATE][0])
		asked.field[FORM_SERIAL] = "1";
	status = form_clean(f->form, &asked, &manner, &f->pool, &problems, e);
	if (!status && problems.size)
		status = error_set(e, STATUS_USAGE, "%.400s", buf_string(&problems, NULL));
	buf_free(&problems);
	for (int i = 0; i < FORM_FIELDS && !status; i++)
		if (f->asked.field[i][0] && (form_fields[i].kind == FORM_CODE || form_fields[i].kind == FORM_COUNTRY))
			f->asked.field[i] = asked.field[i];
	if (f->asked.field[FORM_MAKE][0] && !wild(f->asked.field[FORM_MAKE]))
		f->asked.field[FORM_MAKE_NAME] = asked.field[FORM_MAKE_NAME];
	if (f->asked.field[FORM_CALIBRE][0] && !wild(f->asked.field[FORM_CALIBRE]))
		f->asked.field[FORM_CALIBRE_NAME] = asked.field[FORM_CALIBRE_NAME];
	return status;
}

static int read_id(struct find *f, struct error *e)
{
	char *id;

	if (!f->asked.field[FORM_ID][0] || wild(f->asked.field[FORM_ID]))
		return STATUS_DONE;
	id = pool_take(&f->pool, ID_TEXT, e);
	if (!id)
		return STATUS_SYSTEM;
	if (id_read(f->asked.field[FORM_ID], id, e))
		return STATUS_USAGE;
	f->asked.field[FORM_ID] = id;
	return STATUS_DONE;
}

int find_open(struct find *f, struct form *form, const char *const *word, size_t words,
	      int64_t today, struct error *e)
{
	int status = STATUS_DONE;

	memset(f, 0, sizeof *f);
	record_clear(&f->asked);
	f->form = form;
	f->weakest = SERIAL_WILD_ALIKE;
	for (size_t i = 0; i < words && !status; i++)
		status = take_word(f, word[i], e);
	if (!status)
		status = understand(f, today, e);
	if (!status)
		status = read_id(f, e);
	if (!status && f->asked.field[FORM_SERIAL][0]) {
		if (!serial_plain(f->asked.field[FORM_SERIAL], &f->serial))
			serial_read(form_serial_words(form), f->asked.field[FORM_SERIAL], &f->serial);
		f->has_serial = f->serial.plain[0] != 0;
		if (!f->has_serial)
			status = error_set(e, STATUS_USAGE, "serial: '%.60s' has nothing to look for (serial_state= asks "
					   "for its state)", f->asked.field[FORM_SERIAL]);
	}
	for (int i = 0; i < FORM_FIELDS && !status; i++)
		status = settle(f, (enum form_place)i, e);
	if (status)
		find_close(f);
	return status;
}

void find_close(struct find *f)
{
	pool_free(&f->pool);
}

bool find_date_fits(const char *asked, const char *has)
{
	int64_t low, high, first, last;

	if (!*has || range(asked, &low, &high, NULL) || range(has, &first, &last, NULL))
		return false;
	return first <= high && last >= low;
}

bool find_text_fits(const char *asked, const char *has)
{
	char folded[LEXICON_KEY], pattern[LEXICON_KEY];
	size_t n;

	fold_text(has, folded, sizeof folded, FOLD_KEY);
	/* pieces between wildcards are folded one by one */
	for (n = 0; *asked && n + 1 < sizeof pattern; ) {
		char piece[LEXICON_KEY];
		size_t length = strcspn(asked, "*?"), k;

		snprintf(piece, sizeof piece, "%.*s", (int)(length < 150 ? length : 150), asked);
		k = fold_text(piece, pattern + n, sizeof pattern - n - 1, FOLD_KEY);
		n += k;
		asked += length;
		if (*asked)
			pattern[n++] = *asked++;
	}
	pattern[n] = 0;
	return serial_fits(pattern, folded, strlen(folded));
}

static bool text_fits(const struct find *f, enum form_place place, const char *has)
{
	char folded[LEXICON_KEY];

	if (!f->folded[place])
		return find_text_fits(f->asked.field[place], has);
	fold_text(has, folded, sizeof folded, FOLD_KEY);
	return !strcmp(folded, f->folded[place]);
}

/* All words of one stand one after the other in the other: "Norinco" in "NORINCO (China North)". */
static bool words_within(const char *a, const char *b)
{
	char x[LEXICON_KEY + 2] = " ", y[LEXICON_KEY + 2] = " ";
	size_t m = 1 + fold_text(a, x + 1, LEXICON_KEY, FOLD_WORDS), n = 1 + fold_text(b, y + 1, LEXICON_KEY, FOLD_WORDS);

	if (m < 4 || n < 4)
		return m > 1 && !strcmp(x, y);
	x[m] = y[n] = ' ';
	x[m + 1] = y[n + 1] = 0;
	return strstr(x, y) || strstr(y, x);
}

/* A make that is in no table is compared as words. */
static bool make_fits(const struct find *f, const struct record *r)
{
	const char *asked = f->asked.field[FORM_MAKE], *name = f->asked.field[FORM_MAKE_NAME];
	const char *has = r->field[FORM_MAKE], *has_name = r->field[FORM_MAKE_NAME];

	if (*name && *has_name)
		return !strcmp(name, has_name);
	if (text_fits(f, FORM_MAKE, has))
		return true;
	return !wild(asked) && *has && (words_within(asked, has) || words_within(*name ? name : asked,
										 *has_name ? has_name : has));
}

static bool calibre_fits(const struct find *f, const struct record *r)
{
	const char *name = f->asked.field[FORM_CALIBRE_NAME];

	if (*name && r->field[FORM_CALIBRE_NAME][0])
		return calibre_compare(form_calibres(f->form), name, r->field[FORM_CALIBRE_NAME]) != CALIBRE_DIFFERENT;
	return text_fits(f, FORM_CALIBRE, r->field[FORM_CALIBRE]);
}

/* "P226" and "SIG P226R" are one model as far as can be said. */
static bool model_agrees(const char *asked, const char *has)
{
	char a[LEXICON_KEY], b[LEXICON_KEY];

	fold_text(asked, a, sizeof a, FOLD_KEY);
	fold_text(has, b, sizeof b, FOLD_KEY);
	return !strcmp(a, b) || (strlen(a) > 1 && strstr(b, a)) || (strlen(b) > 1 && strstr(a, b));
}

static bool field_fits(const struct find *f, enum form_place place, const struct record *r)
{
	const char *asked = f->asked.field[place], *has = r->field[place];

	if (place == FORM_MAKE)
		return make_fits(f, r);
	if (place == FORM_CALIBRE)
		return calibre_fits(f, r);
	if (form_fields[place].kind == FORM_DATE || form_fields[place].kind == FORM_YEAR)
		return find_date_fits(asked, has);
	/* a country is asked for, among others */
	if (form_fields[place].kind == FORM_COUNTRIES && !wild(asked)) {
		const struct country *country = form_country(f->form, asked);

		return country && country_list_has(has, country->code);
	}
	if (is_text(place))
		return text_fits(f, place, has);
	return !strcmp(asked, has);
}

bool find_fits(const struct find *f, const struct record *r)
{
	for (int i = 0; i < FORM_FIELDS; i++) {
		enum form_place place = (enum form_place)i;

		if (!f->asked.field[i][0] || (f->has_serial && (place == FORM_SERIAL || (!f->all && compared(place)))))
			continue;
		if ((place == FORM_MAKE_NAME && f->asked.field[FORM_MAKE][0]) ||
		    (place == FORM_CALIBRE_NAME && f->asked.field[FORM_CALIBRE][0]))
			continue;
		if (!field_fits(f, place, r))
			return false;
	}
	return true;
}

static void note(char list[96], const char *name)
{
	size_t n = strlen(list);

	snprintf(list + n, 96 - n, "%s%s", n ? " " : "", name);
}

/* Blank in the record: nobody can say. */
static void compare_fields(const struct find *f, const struct record *r, struct find_hit *hit)
{
	for (int i = 0; i < FORM_FIELDS; i++) {
		enum form_place place = (enum form_place)i;
		bool agrees;

		if (!compared(place) || !f->asked.field[i][0] || !r->field[i][0])
			continue;
		agrees = place == FORM_MODEL ? model_agrees(f->asked.field[i], r->field[i]) :
			 field_fits(f, place, r);
		note(agrees ? hit->agree : hit->disagree, form_fields[i].name);
	}
}

static enum serial_grade component_grade(const struct find *f, const struct record *r)
{
	enum serial_grade best = SERIAL_DIFFERENT, grade;
	const char *list = r->field[FORM_COMPONENTS];
	char word[SERIAL_KEY];
	struct serial s;

	while (*list && index_component(&list, word, sizeof word)) {
		serial_read(NULL, word, &s);
		grade = serial_compare(&f->serial, f->asked.field[FORM_SERIAL], &s, word);
		if (grade < best)
			best = grade;
	}
	return best;
}

bool find_compare(const struct find *f, const struct record *r, struct find_hit *hit)
{
	enum serial_grade part;
	struct serial s;

	memset(hit, 0, sizeof *hit);
	hit->record = r;
	hit->grade = SERIAL_DIFFERENT;
	if (!f->has_serial)
		return true;
	snprintf(s.plain, sizeof s.plain, "%s", r->field[FORM_SERIAL_KEY]);
	serial_of_key(&s);
	hit->grade = serial_compare(&f->serial, f->asked.field[FORM_SERIAL], &s, r->field[FORM_SERIAL]);
	part = component_grade(f, r);
	if (part < hit->grade) {
		hit->grade = part;
		hit->component = true;
	}
	if (hit->grade > f->weakest ||
	    (f->all && hit->grade > SERIAL_SEPARATORS && (!f->serial.wild || hit->grade != SERIAL_WILD)))
		return false;
	compare_fields(f, r, hit);
	return !f->agree_only || !hit->disagree[0];
}
