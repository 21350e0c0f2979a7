/* form_clean.c - what people gave, brought to what is kept */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "record/country.h"
#include "record/fold.h"
#include "record/form.h"
#include "record/form_parts.h"
#include "record/make.h"

/* All that cleaning one record needs. */
struct cleaning {
	struct form *f;
	struct record *r;
	const struct form_manner *manner;
	struct pool *pool;
	struct buf *problems;
	struct error *e;
};

static int problem(struct buf *problems, const char *field, const char *reason, struct error *e)
{
	return buf_format(problems, e, "%s%s: %s", problems->size ? "; " : "", field, reason);
}

static void tell(const struct cleaning *c, enum form_place place, const char *typed, const char *meant,
		 const char *how)
{
	if (c->manner->mapped)
		c->manner->mapped(c->manner->context, place, typed, meant, how);
}

/* Was the word understood before? hash is for remember(). */
static bool known_word(const struct cleaning *c, unsigned kind, const char *typed, uint64_t *hash,
		       const char **meant, const char **how)
{
	return c->manner->memo && form_memo_find(c->manner->memo, kind, typed, hash, meant, how);
}

static void remember(const struct cleaning *c, uint64_t hash, const char *typed, const char *meant,
		     const char *how)
{
	if (c->manner->memo)
		form_memo_keep(c->manner->memo, hash, typed, meant, how);
}

/* Blanks at both ends are nobody's meaning, except in what is kept to the byte. */
static int trim(const struct cleaning *c, enum form_place place)
{
	const char *text = c->r->field[place];
	size_t n = strlen(text), front = 0;
	char *cut;

	if (form_fields[place].typed || !n ||
	    (text[0] != ' ' && text[n - 1] != ' ' && text[0] != '\t' && text[n - 1] != '\t'))
		return STATUS_DONE;
	while (n && (text[n - 1] == ' ' || text[n - 1] == '\t'))
		n--;
	while (front < n && (text[front] == ' ' || text[front] == '\t'))
		front++;
	cut = pool_text(c->pool, text + front, n - front, c->e);
	c->r->field[place] = cut ? cut : "";
	return cut ? STATUS_DONE : STATUS_SYSTEM;
}

static int clean_text(const struct cleaning *c, enum form_place place)
{
	const char *text = c->r->field[place];
	char reason[60];

	if (strlen(text) > form_fields[place].most) {
		snprintf(reason, sizeof reason, "longer than %d bytes", form_fields[place].most);
		return problem(c->problems, form_fields[place].name, reason, c->e);
	}
	if (!fold_utf8(text))
		return problem(c->problems, form_fields[place].name, "not UTF-8", c->e);
	return STATUS_DONE;
}

static const struct lexicon *words_of(struct form *f, enum form_place place)
{
	switch (place) {
	case FORM_CATEGORY: return form_words(f, WORDS_CATEGORY);
	case FORM_TYPE: return form_words(f, WORDS_TYPE);
	case FORM_ACTION: return form_words(f, WORDS_ACTION);
	case FORM_GROUND: return form_words(f, WORDS_GROUND);
	case FORM_CLASS: return form_words(f, WORDS_CLASS);
	default: return form_serial_words(f);
	}
}

/* A word that only says that the type is not known is as good as none. */
static bool says_nothing(struct form *f, const char *text)
{
	const struct lexicon *words = form_serial_words(f);
	const struct lexicon_line *line = words ? lexicon_find(words, text) : NULL;

	return line && (line->tag == SERIAL_UNKNOWN || line->tag == SERIAL_NONE);
}

/* "PISTOL - SEMI AUTO", "Rifle (bolt)": the words one by one, where those that are understood agree. A
 * revolver among pistols is one. */
static const struct lexicon_line *any_word(const struct lexicon *words, const char *typed)
{
	const struct lexicon_line *found = NULL;
	char text[LEXICON_KEY];

	fold_text(typed, text, sizeof text, FOLD_WORDS);
	for (char *save = NULL, *p = strtok_r(text, " ", &save); p; p = strtok_r(NULL, " ", &save)) {
		const struct lexicon_line *line = strlen(p) < 3 ? NULL : lexicon_find_key(words, p);

		if (!line || (found && !strcmp(found->name, line->name)))
			continue;
		if (!found || (!strcmp(found->name, "pistol") && !strcmp(line->name, "revolver")))
			found = line;
		else if (strcmp(found->name, "revolver") || strcmp(line->name, "pistol"))
			return NULL;
	}
	return found;
}

bool form_says(struct form *f, enum form_place place, const char *text)
{
	const struct lexicon *words = words_of(f, place);

	return words && (lexicon_find(words, text) || any_word(words, text));
}

/* What is not understood is kept in the remarks, so that nothing is lost. */
static int to_remarks(const struct cleaning *c, enum form_place place)
{
	struct buf b = { 0 };
	const char *old = c->r->field[FORM_REMARKS];
	char *text = NULL;

	if (!buf_format(&b, c->e, "%s%s%s: %s", old, *old ? "; " : "", form_fields[place].name,
			c->r->field[place]))
		text = pool_text(c->pool, (const char *)b.data, b.size, c->e);
	buf_free(&b);
	if (!text)
		return STATUS_SYSTEM;
	tell(c, place, c->r->field[place], "", "none");
	c->r->field[FORM_REMARKS] = text;
	c->r->field[place] = "";
	return STATUS_DONE;
}

static int clean_code(const struct cleaning *c, enum form_place place)
{
	const struct form_field *field = &form_fields[place];
	const char *typed = c->r->field[place], *how = "spelling", *meant;
	const struct lexicon *words = words_of(c->f, place);
	const struct lexicon_line *line;
	char reason[400];
	uint64_t hash;

	if (form_code(field->codes, typed) >= 0)
		return STATUS_DONE;
	if (known_word(c, place, typed, &hash, &meant, &how)) {
		c->r->field[place] = meant;
		tell(c, place, typed, meant, how);
		return STATUS_DONE;
	}
	if (!words)
		return error_memory(c->e);
	line = lexicon_find(words, typed);
	if (!line && (line = lexicon_near(words, typed, 6)))
		how = "near";
	if (!line && place == FORM_TYPE && (line = any_word(words, typed)))
		how = "word";
	if (line) {
		c->r->field[place] = line->name;
		remember(c, hash, typed, line->name, how);
		tell(c, place, typed, line->name, how);
		return STATUS_DONE;
	}
	if (place != FORM_CATEGORY && place != FORM_CLASS && says_nothing(c->f, typed)) {
		c->r->field[place] = "";
		tell(c, place, typed, "", "empty");
		return STATUS_DONE;
	}
	if (c->manner->lenient && place != FORM_CATEGORY && place != FORM_CLASS)
		return to_remarks(c, place);
	snprintf(reason, sizeof reason, "'%.60s' is none of %s", typed, field->codes);
	return problem(c->problems, field->name, reason, c->e);
}

static int clean_country(const struct cleaning *c, enum form_place place)
{
	const struct form_field *field = &form_fields[place];
	const char *typed = c->r->field[place];
	const struct country *country = country_of(typed);
	const struct lexicon *names = country ? NULL : form_countries(c->f);
	const struct lexicon_line *line;
	char reason[120];

	if (!country && !names)
		return error_memory(c->e);
	if (!country && (line = lexicon_find(names, typed))) {
		country = &country_all()[line->tag];
		tell(c, place, typed, country->code, strlen(typed) == 2 ? "code" : "spelling");
	}
	if (!country && place != FORM_OWNER && says_nothing(c->f, typed)) {
		c->r->field[place] = "";
		tell(c, place, typed, "", "empty");
		return STATUS_DONE;
	}
	if (!country && c->manner->lenient && (place == FORM_MADE_IN || place == FORM_IMPORT_COUNTRY))
		return to_remarks(c, place);
	if (!country) {
		snprintf(reason, sizeof reason, "'%.60s' is no country", typed);
		return problem(c->problems, field->name, reason, c->e);
	}
	if (country->past && (place == FORM_OWNER || place == FORM_FOUND_COUNTRY)) {
		snprintf(reason, sizeof reason, "%s (%s) is no more", country->code, country->name);
		return problem(c->problems, field->name, reason, c->e);
	}
	c->r->field[place] = country->code;
	return STATUS_DONE;
}

static int clean_countries(const struct cleaning *c, enum form_place place)
{
	struct error why;

	if (!country_list_check(c->r->field[place], &why))
		return STATUS_DONE;
	return problem(c->problems, form_fields[place].name, why.text, c->e);
}

/* "-", "00/00/0000", "unknown": as if nothing stood there. */
bool form_no_day(struct form *f, const char *text)
{
	return !text[strspn(text, " 0-/.?")] || says_nothing(f, text);
}

static bool no_day(const struct cleaning *c, enum form_place place)
{
	const char *typed = c->r->field[place];

	if (!form_no_day(c->f, typed))
		return false;
	c->r->field[place] = "";
	tell(c, place, typed, "", "empty");
	return true;
}

static int clean_date(const struct cleaning *c, enum form_place place)
{
	struct error why;
	struct date d;

	if (date_parse(c->r->field[place], &d, &why))
		return no_day(c, place) ? STATUS_DONE :
		       problem(c->problems, form_fields[place].name, why.text, c->e);
	if (place != FORM_REVIEW && date_days(&d) > c->manner->today) {
		snprintf(why.text, sizeof why.text, "%s lies ahead", c->r->field[place]);
		return problem(c->problems, form_fields[place].name, why.text, c->e);
	}
	return STATUS_DONE;
}

static int clean_year(const struct cleaning *c, enum form_place place)
{
	const char *text = c->r->field[place];
	struct error why;
	struct date d;

	if (strlen(text) != 4 || date_parse(text, &d, &why)) {
		if (no_day(c, place))
			return STATUS_DONE;
		snprintf(why.text, sizeof why.text, "'%.40s' is no year (YYYY)", text);
		return problem(c->problems, form_fields[place].name, why.text, c->e);
	}
	if (date_days(&d) > c->manner->today) {
		snprintf(why.text, sizeof why.text, "%s lies ahead", text);
		return problem(c->problems, form_fields[place].name, why.text, c->e);
	}
	return STATUS_DONE;
}

static int clean_field(const struct cleaning *c, enum form_place place)
{
	int status = trim(c, place);

	if (status || !c->r->field[place][0])
		return status;
	switch (form_fields[place].kind) {
	case FORM_TEXT: return clean_text(c, place);
	case FORM_CODE: return clean_code(c, place);
	case FORM_DATE: return clean_date(c, place);
	case FORM_YEAR: return clean_year(c, place);
	case FORM_COUNTRY: return clean_country(c, place);
	case FORM_COUNTRIES: return clean_countries(c, place);
	case FORM_KEPT: return STATUS_DONE;
	}
	return STATUS_DONE;
}

static int derive_make(const struct cleaning *c)
{
	static const char *const hows[] = { "none", "empty", "spelling", "loose", "code", "front", "near" };
	const char *typed = c->r->field[FORM_MAKE], *meant = "", *how;
	const struct makes *makes;
	struct make_match match;
	uint64_t hash;

	c->r->field[FORM_MAKE_NAME] = "";
	if (!*typed)
		return STATUS_DONE;
	if (!known_word(c, FORM_MAKE, typed, &hash, &meant, &how)) {
		makes = form_makes(c->f);
		if (!makes)
			return error_memory(c->e);
		make_find(makes, typed, &match);
		meant = match.make ? match.make->name : "";
		how = hows[match.how];
		remember(c, hash, typed, meant, how);
	}
	c->r->field[FORM_MAKE_NAME] = meant;
	tell(c, FORM_MAKE, typed, meant, how);
	return STATUS_DONE;
}

static int derive_calibre(const struct cleaning *c)
{
	static const char *const hows[] = { "none", "empty", "spelling", "by type", "front" };
	const char *typed = c->r->field[FORM_CALIBRE], *meant = "", *how;
	const enum calibre_type type = form_calibre_type(c->r);
	const struct calibres *calibres;
	struct calibre_match match;
	uint64_t hash;

	c->r->field[FORM_CALIBRE_NAME] = "";
	if (!*typed)
		return STATUS_DONE;
	if (!known_word(c, FORM_CALIBRE + (unsigned)FORM_FIELDS * (type + 1u), typed, &hash, &meant, &how)) {
		calibres = form_calibres(c->f);
		if (!calibres)
			return error_memory(c->e);
		calibre_find(calibres, typed, type, &match);
		meant = match.calibre ? match.calibre->name : "";
		how = match.calibre && calibre_bare(match.calibre) ? "family" : hows[match.how];
		remember(c, hash, typed, meant, how);
	}
	c->r->field[FORM_CALIBRE_NAME] = meant;
	tell(c, FORM_CALIBRE, typed, meant, how);
	return STATUS_DONE;
}

static int derive_serial(const struct cleaning *c)
{
	static const char *const states[] = { "readable", "partial", "illegible", "removed", "ground",
					      "punched", "altered", "corroded", "none", "unknown" };
	struct record *r = c->r;
	struct serial s;
	char *key;

	if (!serial_plain(r->field[FORM_SERIAL], &s)) {
		const struct lexicon *words = form_serial_words(c->f);

		if (!words)
			return error_memory(c->e);
		serial_read(words, r->field[FORM_SERIAL], &s);
	}
	key = pool_text(c->pool, s.plain, strlen(s.plain), c->e);
	if (!key)
		return STATUS_SYSTEM;
	r->field[FORM_SERIAL_KEY] = key;
	/* a person who looked at the firearm knows better than a word in a column */
	if (!r->field[FORM_SERIAL_STATE][0] || (s.state != SERIAL_READABLE && s.state != SERIAL_UNKNOWN &&
						!strcmp(r->field[FORM_SERIAL_STATE], "unknown")))
		r->field[FORM_SERIAL_STATE] = states[s.state];
	if (r->field[FORM_SERIAL][0] && !s.plain[0])
		tell(c, FORM_SERIAL, r->field[FORM_SERIAL], states[s.state], "word");
	if (!strcmp(r->field[FORM_SERIAL_STATE], "readable") && !s.plain[0])
		return problem(c->problems, "serial_state", "readable, but there is no serial", c->e);
	return STATUS_DONE;
}

static int contradictions(const struct cleaning *c)
{
	const char *made = c->r->field[FORM_MADE_YEAR], *event = c->r->field[FORM_EVENT_DATE];
	char reason[80];

	if (c->problems->size || strlen(made) != 4 || strlen(event) < 4 || strncmp(made, event, 4) <= 0)
		return STATUS_DONE;
	snprintf(reason, sizeof reason, "%s is after event_date %s", made, event);
	return problem(c->problems, "made_year", reason, c->e);
}

int form_clean(struct form *f, struct record *r, const struct form_manner *manner,
	       struct pool *pool, struct buf *problems, struct error *e)
{
	struct cleaning c = { f, r, manner, pool, problems, e };
	int status = STATUS_DONE;

	for (int i = 0; i < FORM_FIELDS && !status; i++)
		status = r->field[i][0] ? clean_field(&c, (enum form_place)i) : STATUS_DONE;
	if (!strcmp(r->field[FORM_TYPE], "pistol") && !strcmp(r->field[FORM_ACTION], "revolver"))
		r->field[FORM_TYPE] = "revolver";
	if (!status)
		status = derive_make(&c);
	if (!status)
		status = derive_calibre(&c);
	if (!status)
		status = derive_serial(&c);
	return status ? status : contradictions(&c);
}

int form_complete(const struct record *r, struct buf *problems, struct error *e)
{
	int status = STATUS_DONE;

	if (!r->field[FORM_OWNER][0])
		status = problem(problems, "owner", "missing (the country whose record it is)", e);
	if (!status && !r->field[FORM_CATEGORY][0])
		status = problem(problems, "category", "missing (" FORM_CATEGORIES ")", e);
	if (!status && !r->field[FORM_MAKE][0] && !r->field[FORM_MODEL][0] && !r->field[FORM_CALIBRE][0] &&
	    !r->field[FORM_SERIAL_KEY][0] && !r->field[FORM_COMPONENTS][0] && !r->field[FORM_MARKS][0])
		status = problem(problems, "serial", "missing, as are make, model, calibre, components and marks: "
				 "nothing says which firearm it is", e);
	return status;
}
