/* form.c - the fields of a firearm record, their codes, the moves between states */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/form.h"

#include <string.h>

#include "base/clock.h"
#include "record/country.h"

#define SHORT 200
#define LONG 8000

const struct form_field form_fields[FORM_FIELDS] = {
	/*                       name            kind            codes             most  typed set firearm */
	[FORM_ID] =            { "id",             FORM_KEPT,      NULL,            15,    0, 0, 0 },
	[FORM_OWNER] =         { "owner",          FORM_COUNTRY,   NULL,            3,     0, 1, 0 },
	[FORM_AGENCY] =        { "agency",         FORM_TEXT,      NULL,            SHORT, 0, 1, 0 },
	[FORM_CASE] =          { "case",           FORM_TEXT,      NULL,            SHORT, 0, 1, 0 },
	[FORM_CATEGORY] =      { "category",       FORM_CODE,      FORM_CATEGORIES, SHORT, 0, 1, 0 },
	[FORM_EVENT_DATE] =    { "event_date",     FORM_DATE,      NULL,            10,    0, 1, 0 },
	[FORM_EVENT_PLACE] =   { "event_place",    FORM_TEXT,      NULL,            SHORT, 0, 1, 0 },
	[FORM_TYPE] =          { "type",           FORM_CODE,      FORM_TYPES,      SHORT, 0, 1, 1 },
	[FORM_ACTION] =        { "action",         FORM_CODE,      FORM_ACTIONS,    SHORT, 0, 1, 1 },
	[FORM_MAKE] =          { "make",           FORM_TEXT,      NULL,            SHORT, 1, 1, 1 },
	[FORM_MODEL] =         { "model",          FORM_TEXT,      NULL,            SHORT, 1, 1, 1 },
	[FORM_CALIBRE] =       { "calibre",        FORM_TEXT,      NULL,            SHORT, 1, 1, 1 },
	[FORM_SERIAL] =        { "serial",         FORM_TEXT,      NULL,            SHORT, 1, 1, 1 },
	[FORM_SERIAL_STATE] =  { "serial_state",   FORM_CODE,      SERIAL_STATES,   SHORT, 0, 1, 1 },
	[FORM_MADE_IN] =       { "made_in",        FORM_COUNTRY,   NULL,            3,     0, 1, 1 },
	[FORM_MADE_YEAR] =     { "made_year",      FORM_YEAR,      NULL,            4,     0, 1, 1 },
	[FORM_IMPORT_COUNTRY] = { "import_country", FORM_COUNTRY,  NULL,            3,     0, 1, 1 },
	[FORM_IMPORT_YEAR] =   { "import_year",    FORM_YEAR,      NULL,            4,     0, 1, 1 },
	[FORM_MARKS] =         { "marks",          FORM_TEXT,      NULL,            LONG,  0, 1, 1 },
	[FORM_COMPONENTS] =    { "components",     FORM_TEXT,      NULL,            LONG,  0, 1, 1 },
	[FORM_GROUND] =        { "ground",         FORM_CODE,      FORM_GROUNDS,    SHORT, 0, 1, 0 },
	[FORM_CLASS] =         { "class",          FORM_CODE,      FORM_CLASSES,    SHORT, 0, 1, 0 },
	[FORM_EXCLUDE] =       { "exclude",        FORM_COUNTRIES, NULL,            1200,  0, 1, 0 },
	[FORM_ONLY] =          { "only",           FORM_COUNTRIES, NULL,            1200,  0, 1, 0 },
	[FORM_PURPOSE] =       { "purpose",        FORM_TEXT,      NULL,            SHORT, 0, 1, 0 },
	[FORM_REVIEW] =        { "review",         FORM_DATE,      NULL,            10,    0, 0, 0 },
	[FORM_STATUS] =        { "status",         FORM_KEPT,      FORM_STATES,     SHORT, 0, 0, 0 },
	[FORM_REMARKS] =       { "remarks",        FORM_TEXT,      NULL,            LONG,  0, 1, 0 },
	[FORM_MAKE_NAME] =     { "make_name",      FORM_KEPT,      NULL,            SHORT, 0, 0, 1 },
	[FORM_CALIBRE_NAME] =  { "calibre_name",   FORM_KEPT,      NULL,            SHORT, 0, 0, 1 },
	[FORM_SERIAL_KEY] =    { "serial_key",     FORM_KEPT,      NULL,            SHORT, 0, 0, 1 },
	[FORM_FOUND_COUNTRY] = { "found_country",  FORM_COUNTRY,   NULL,            3,     0, 0, 0 },
	[FORM_FOUND_AGENCY] =  { "found_agency",   FORM_TEXT,      NULL,            SHORT, 0, 0, 0 },
	[FORM_FOUND_DATE] =    { "found_date",     FORM_DATE,      NULL,            10,    0, 0, 0 },
	[FORM_FOUND_PLACE] =   { "found_place",    FORM_TEXT,      NULL,            SHORT, 0, 0, 0 },
	[FORM_REASON] =        { "reason",         FORM_TEXT,      NULL,            SHORT, 0, 0, 0 },
	[FORM_ORIGIN] =        { "origin",         FORM_KEPT,      NULL,            16,    0, 0, 0 },
	[FORM_EVENT] =         { "event",          FORM_KEPT,      FORM_EVENTS,     SHORT, 0, 0, 0 },
	[FORM_REVISION] =      { "revision",       FORM_KEPT,      NULL,            10,    0, 0, 0 },
	[FORM_AT] =            { "at",             FORM_KEPT,      NULL,            20,    0, 0, 0 },
	[FORM_BY] =            { "by",             FORM_KEPT,      NULL,            SHORT, 0, 0, 0 },
};

enum form_place form_find(const char *name)
{
	int place = 0;

	while (place < FORM_FIELDS && strcmp(form_fields[place].name, name))
		place++;
	return (enum form_place)place;
}

void record_clear(struct record *r)
{
	for (int i = 0; i < FORM_FIELDS; i++)
		r->field[i] = "";
}

int form_code(const char *codes, const char *word)
{
	size_t length = strlen(word);
	int place = 0;

	for (; *codes; place++) {
		size_t n = strcspn(codes, "|");

		if (n == length && !memcmp(codes, word, n))
			return place;
		codes += n + (codes[n] == '|');
	}
	return -1;
}

int form_state(const char *word)
{
	return form_code(FORM_STATES, word);
}

/* Who may do it is asked elsewhere: only the owner, but anybody entitled locates, and whoever keeps
 * the folder expires and deletes. */
bool form_move(enum form_state from, enum form_state to)
{
#define TO(state) (1u << STATE_##state)
	static const unsigned allowed[] = {
		[STATE_DRAFT] = TO(DRAFT) | TO(ACTIVE) | TO(CANCELLED) | TO(EXPIRED) | TO(DELETED),
		[STATE_ACTIVE] = TO(ACTIVE) | TO(LOCATED) | TO(RECOVERED) | TO(CLOSED) | TO(CANCELLED) |
				 TO(EXPIRED) | TO(DELETED),
		/* back to active: the owner rejects the hit */
		[STATE_LOCATED] = TO(LOCATED) | TO(ACTIVE) | TO(RECOVERED) | TO(CLOSED) | TO(CANCELLED) |
				  TO(EXPIRED) | TO(DELETED),
		[STATE_RECOVERED] = TO(RECOVERED) | TO(CLOSED) | TO(EXPIRED) | TO(DELETED),
		[STATE_CLOSED] = TO(CLOSED) | TO(DELETED),
		[STATE_CANCELLED] = TO(CANCELLED) | TO(DELETED),
		/* back to active: reviewed after all */
		[STATE_EXPIRED] = TO(EXPIRED) | TO(ACTIVE) | TO(DELETED),
		[STATE_DELETED] = 0,
	};
#undef TO

	return allowed[from] >> to & 1;
}

static bool is_country(const char *code)
{
	return !*code || country_of(code);
}

/* May a tombstone say it? */
static bool is_kept(enum form_place place)
{
	switch (place) {
	case FORM_ID: case FORM_OWNER: case FORM_CLASS: case FORM_EXCLUDE: case FORM_ONLY: case FORM_STATUS:
	case FORM_ORIGIN: case FORM_EVENT: case FORM_REVISION: case FORM_AT: case FORM_BY:
		return true;
	default:
		return false;
	}
}

void record_bare(struct record *r)
{
	for (int i = 0; i < FORM_FIELDS; i++)
		if (!is_kept((enum form_place)i))
			r->field[i] = "";
}

const char *record_wrong(const struct record *r)
{
	bool deleted = !strcmp(r->field[FORM_STATUS], "deleted");
	struct date d;

	if (!country_of(r->field[FORM_OWNER]))
		return "its owner is no country";
	if (form_code(FORM_EVENTS, r->field[FORM_EVENT]) < 0)
		return "its event is none";
	if (!is_country(r->field[FORM_MADE_IN]) || !is_country(r->field[FORM_IMPORT_COUNTRY]) ||
	    !is_country(r->field[FORM_FOUND_COUNTRY]))
		return "a country that is none";
	for (int i = 0; i < FORM_FIELDS; i++) {
		const struct form_field *f = &form_fields[i];

		if (deleted && r->field[i][0] && !is_kept((enum form_place)i))
			return "it is deleted, and still says something";
		if (f->kind == FORM_CODE && r->field[i][0] && form_code(f->codes, r->field[i]) < 0)
			return f->name;
		if (f->kind == FORM_DATE && date_parse(r->field[i], &d, NULL))
			return f->name;
	}
	return NULL;
}

char form_type_letter(const char *type)
{
	static const char letters[] = "PPRSBMCDGAOJKVZ";
	int place = form_code(FORM_TYPES, type);

	return place < 0 ? '?' : letters[place];
}

enum calibre_type form_calibre_type(const struct record *r)
{
	if (!strcmp(r->field[FORM_TYPE], "revolver") || !strcmp(r->field[FORM_ACTION], "revolver"))
		return CALIBRE_REVOLVER;
	switch (form_type_letter(r->field[FORM_TYPE])) {
	case 'P': return CALIBRE_PISTOL;
	case 'R': return CALIBRE_RIFLE;
	case 'S': return CALIBRE_SHOTGUN;
	case 'B': return CALIBRE_SMG;
	case 'M': return CALIBRE_MACHINE_GUN;
	case '?': return CALIBRE_ANY;
	default: return CALIBRE_OTHER;
	}
}
