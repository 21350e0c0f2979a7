/* request.c - the fields of a trace request: their codes, their rules, who sees them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/request.h"

#include <string.h>

#include "base/clock.h"
#include "record/country.h"
#include "record/fold.h"
#include "record/id.h"

#define SHORT 200
#define LONG 8000
#define S PARTY_SENDER
#define R PARTY_RECEIVER
#define X PARTY_SECRETARIAT

/* The secretariat sees that a request is there, its state and its times; who asked the one who forwards,
 * and whom he asks in turn, is between those two. */
const struct trace_field trace_fields[TRACE_FIELDS] = {
	/*                          name              kind           codes            most  given seen */
	[TRACE_ID] =              { "id",             FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_FROM] =            { "from",           FIELD_COUNTRY, NULL,            0,     1, S | R | X },
	[TRACE_TO] =              { "to",             FIELD_COUNTRY, NULL,            0,     1, S | R | X },
	[TRACE_AGENCY] =          { "agency",         FIELD_TEXT,    NULL,            SHORT, 1, S | R },
	[TRACE_OFFICER] =         { "officer",        FIELD_TEXT,    NULL,            SHORT, 1, S | R },
	[TRACE_CASE] =            { "case",           FIELD_TEXT,    NULL,            SHORT, 1, S | R },
	[TRACE_PRIORITY] =        { "priority",       FIELD_CODE,    TRACE_PRIORITIES, 0,    1, S | R | X },
	[TRACE_REASON] =          { "reason",         FIELD_TEXT,    NULL,            SHORT, 1, S | R },
	[TRACE_RECORD] =          { "record",         FIELD_NAME,    NULL,            0,     1, S | R },
	[TRACE_PARENT] =          { "parent",         FIELD_KEPT,    NULL,            0,     0, S },
	[TRACE_NEXT] =            { "next",           FIELD_COUNTRY, NULL,            0,     0, S | R },
	[TRACE_CHILDREN] =        { "children",       FIELD_KEPT,    NULL,            0,     0, R },
	[TRACE_TYPE] =            { "type",           FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_ACTION] =          { "action",         FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_MAKE] =            { "make",           FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_MODEL] =           { "model",          FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_CALIBRE] =         { "calibre",        FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_SERIAL] =          { "serial",         FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_SERIAL_STATE] =    { "serial_state",   FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_MADE_IN] =         { "made_in",        FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_MADE_YEAR] =       { "made_year",      FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_IMPORT_COUNTRY] =  { "import_country", FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_IMPORT_YEAR] =     { "import_year",    FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_MARKS] =           { "marks",          FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_COMPONENTS] =      { "components",     FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_GROUND] =          { "ground",         FIELD_FIREARM, NULL,            0,     1, S | R },
	[TRACE_MAKE_NAME] =       { "make_name",      FIELD_KEPT,    NULL,            0,     0, S | R },
	[TRACE_CALIBRE_NAME] =    { "calibre_name",   FIELD_KEPT,    NULL,            0,     0, S | R },
	[TRACE_SERIAL_KEY] =      { "serial_key",     FIELD_KEPT,    NULL,            0,     0, S | R },
	[TRACE_CRIME] =           { "crime",          FIELD_TEXT,    NULL,            SHORT, 1, S | R },
	[TRACE_RECOVERY_DATE] =   { "recovery_date",  FIELD_DATE,    NULL,            0,     1, S | R },
	[TRACE_RECOVERY_PLACE] =  { "recovery_place", FIELD_TEXT,    NULL,            SHORT, 1, S | R },
	[TRACE_CIRCUMSTANCES] =   { "circumstances",  FIELD_TEXT,    NULL,            LONG,  1, S | R },
	[TRACE_LEGAL_BASIS] =     { "legal_basis",    FIELD_TEXT,    NULL,            LONG,  1, S | R },
	[TRACE_USE] =             { "use",            FIELD_TEXT,    NULL,            LONG,  1, S | R },
	[TRACE_STATE] =           { "state",          FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_DUE] =             { "due",            FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_SUBMITTED_AT] =    { "submitted",      FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_ACKNOWLEDGED_AT] = { "acknowledged",   FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_ASKED_AT] =        { "asked",          FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_ANSWERED_AT] =     { "answered",       FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_OUTCOME] =         { "outcome",        FIELD_CODE,    TRACE_OUTCOMES,  0,     0, S | R },
	[TRACE_UNTRACED] =        { "untraced",       FIELD_CODE,    TRACE_REASONS,   0,     0, S | R },
	[TRACE_CHAIN] =           { "chain",          FIELD_KEPT,    NULL,            0,     0, S | R },
	[TRACE_FIRST_SALE] =      { "first_sale",     FIELD_DATE,    NULL,            0,     0, S | R },
	[TRACE_DIVERSION] =       { "diversion",      FIELD_TEXT,    NULL,            LONG,  0, S | R },
	[TRACE_RESTRICTIONS] =    { "restrictions",   FIELD_TEXT,    NULL,            LONG,  0, S | R },
	[TRACE_HELD] =            { "held",           FIELD_CODE,    TRACE_HOLDS,     0,     0, S | R },
	[TRACE_UNTIL] =           { "until",          FIELD_KEPT,    NULL,            0,     0, S | R },
	[TRACE_TEXT] =            { "text",           FIELD_TEXT,    NULL,            LONG,  0, S | R },
	[TRACE_EVENT] =           { "event",          FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_ACTOR] =           { "actor",          FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_REVISION] =        { "revision",       FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_AT] =              { "at",             FIELD_KEPT,    NULL,            0,     0, S | R | X },
	[TRACE_BY] =              { "by",             FIELD_KEPT,    NULL,            0,     0, S | R },
};

#define FIREARM_FIELDS (TRACE_GROUND - TRACE_TYPE + 1)
_Static_assert(FIREARM_FIELDS == FORM_GROUND - FORM_TYPE + 1, "the firearm's fields are those of a record");
_Static_assert(TRACE_SERIAL_KEY - TRACE_MAKE_NAME == FORM_SERIAL_KEY - FORM_MAKE_NAME, "and so are its names");

enum trace_place trace_field_find(const char *name)
{
	int place = 0;

	while (place < TRACE_FIELDS && strcmp(trace_fields[place].name, name))
		place++;
	return (enum trace_place)place;
}

int trace_word(const char *word, enum trace_place *place, const char **value, struct error *e)
{
	const char *equals = strchr(word, '=');
	char name[40];

	if (!equals || (size_t)(equals - word) >= sizeof name)
		return error_set(e, STATUS_USAGE, "'%.60s' is not FIELD=VALUE", word);
	snprintf(name, sizeof name, "%.*s", (int)(equals - word), word);
	*place = trace_field_find(name);
	*value = equals + 1;
	return *place == TRACE_FIELDS ? error_set(e, STATUS_USAGE, "no field '%s'", name) : STATUS_DONE;
}

void request_clear(struct request *q)
{
	for (int i = 0; i < TRACE_FIELDS; i++)
		q->field[i] = "";
}

int request_state(const struct request *q)
{
	return trace_state_find(q->field[TRACE_STATE]);
}

void request_mask(struct request *q, unsigned party)
{
	for (int i = 0; i < TRACE_FIELDS; i++)
		if (!(trace_fields[i].seen & party))
			q->field[i] = "";
}

void request_record(const struct request *q, struct record *r)
{
	record_clear(r);
	for (int i = 0; i < FIREARM_FIELDS; i++)
		r->field[FORM_TYPE + i] = q->field[TRACE_TYPE + i];
	for (int i = 0; i <= TRACE_SERIAL_KEY - TRACE_MAKE_NAME; i++)
		r->field[FORM_MAKE_NAME + i] = q->field[TRACE_MAKE_NAME + i];
	r->field[FORM_ID] = q->field[TRACE_ID];
	r->field[FORM_OWNER] = q->field[TRACE_FROM];
	r->field[FORM_ONLY] = q->field[TRACE_TO];
	r->field[FORM_STATUS] = strcmp(q->field[TRACE_STATE], "draft") ? "active" : "draft";
}

int request_problem(struct buf *problems, const char *what, const char *reason, struct error *e)
{
	return buf_format(problems, e, "%s%s: %s", problems->size ? "; " : "", what, reason);
}

int request_check_text(const char *name, const char *text, size_t most, struct buf *problems, struct error *e)
{
	char reason[60];

	if (!fold_utf8(text))
		return request_problem(problems, name, "not UTF-8", e);
	if (strlen(text) <= most)
		return STATUS_DONE;
	snprintf(reason, sizeof reason, "longer than %zu bytes", most);
	return request_problem(problems, name, reason, e);
}

int request_check_date(const char *name, const char *text, int64_t today, const char *made_year,
		       struct buf *problems, struct error *e)
{
	struct error why;
	struct date d;

	if (date_parse(text, &d, &why))
		return request_problem(problems, name, why.text, e);
	if (d.precision == DATE_NONE)
		return STATUS_DONE;
	if (date_days(&d) > today)
		snprintf(why.text, sizeof why.text, "%s lies ahead", text);
	else if (strlen(made_year) == 4 && strncmp(text, made_year, 4) < 0)
		snprintf(why.text, sizeof why.text, "%s is before the firearm was made (%s)", text, made_year);
	else
		return STATUS_DONE;
	return request_problem(problems, name, why.text, e);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks at both ends are nobody's meaning. */
static int trim(const char **field, struct pool *pool, struct error *e)
{
	const char *text = *field;
	size_t n;

	while (is_blank(*text))
		text++;
	n = strlen(text);
	while (n && is_blank(text[n - 1]))
		n--;
	if (text == *field && !text[n])
		return STATUS_DONE;
	text = pool_text(pool, text, n, e);
	*field = text ? text : "";
	return text ? STATUS_DONE : STATUS_SYSTEM;
}

static int clean_country(struct form *form, const char *name, const char **field, struct buf *problems,
			 struct error *e)
{
	const struct country *country = form_country(form, *field);
	char reason[120];

	if (!country || country->past) {
		snprintf(reason, sizeof reason, country ? "'%.60s' is no more" : "'%.60s' is no country", *field);
		return request_problem(problems, name, reason, e);
	}
	*field = country->code;
	return STATUS_DONE;
}

static int clean_name(const char *name, const char **field, struct pool *pool, struct buf *problems,
		      struct error *e)
{
	char id[ID_TEXT];
	struct error why;

	if (id_read(*field, id, &why))
		return request_problem(problems, name, why.text, e);
	*field = pool_text(pool, id, strlen(id), e);
	if (!*field)
		*field = "";
	return **field ? STATUS_DONE : STATUS_SYSTEM;
}

static int clean_field(struct form *form, enum trace_place place, struct request *q, int64_t today,
		       struct pool *pool, struct buf *problems, struct error *e)
{
	const struct trace_field *f = &trace_fields[place];
	const char **field = &q->field[place];
	char reason[200];

	if (trim(field, pool, e))
		return STATUS_SYSTEM;
	if (!**field)
		return STATUS_DONE;
	switch (f->kind) {
	case FIELD_TEXT: return request_check_text(f->name, *field, f->most, problems, e);
	case FIELD_COUNTRY: return clean_country(form, f->name, field, problems, e);
	case FIELD_NAME: return clean_name(f->name, field, pool, problems, e);
	case FIELD_DATE:
		return request_check_date(f->name, *field, today, q->field[TRACE_MADE_YEAR], problems, e);
	case FIELD_CODE:
		if (form_code(f->codes, *field) >= 0)
			return STATUS_DONE;
		snprintf(reason, sizeof reason, "'%.60s' is none of %s", *field, f->codes);
		return request_problem(problems, f->name, reason, e);
	default: return STATUS_DONE;
	}
}

/* The firearm is understood as a record's is. */
static int clean_firearm(struct form *form, struct request *q, int64_t today, struct form_memo *memo,
			 struct pool *pool, struct buf *problems, struct error *e)
{
	struct form_manner manner = { .today = today, .memo = memo };
	struct buf own = { 0 };
	struct record r;
	int status;

	request_record(q, &r);
	r.field[FORM_OWNER] = r.field[FORM_ONLY] = r.field[FORM_ID] = "";
	status = form_clean(form, &r, &manner, pool, &own, e);
	for (int i = 0; i < FIREARM_FIELDS; i++)
		q->field[TRACE_TYPE + i] = r.field[FORM_TYPE + i];
	for (int i = 0; i <= TRACE_SERIAL_KEY - TRACE_MAKE_NAME; i++)
		q->field[TRACE_MAKE_NAME + i] = r.field[FORM_MAKE_NAME + i];
	if (!status && own.size)
		status = buf_format(problems, e, "%s%.*s", problems->size ? "; " : "", (int)own.size,
				    (const char *)own.data);
	buf_free(&own);
	return status;
}

int request_clean(struct form *form, struct request *q, int64_t today, struct form_memo *memo,
		  struct pool *pool, struct buf *problems, struct error *e)
{
	int status = clean_firearm(form, q, today, memo, pool, problems, e);

	for (int i = 0; i < TRACE_FIELDS && !status; i++)
		if (*q->field[i] && trace_fields[i].given && trace_fields[i].kind != FIELD_FIREARM)
			status = clean_field(form, (enum trace_place)i, q, today, pool, problems, e);
	if (!status && *q->field[TRACE_TO] && !strcmp(q->field[TRACE_TO], q->field[TRACE_FROM]))
		status = request_problem(problems, "to", "a country does not ask itself", e);
	return status;
}

int request_complete(const struct request *q, struct buf *problems, struct error *e)
{
	static const struct { enum trace_place place; const char *what; } needed[] = {
		{ TRACE_FROM, "missing (the country that asks)" },
		{ TRACE_TO, "missing (the country that is asked)" },
		{ TRACE_USE, "missing (what the answer will be used for)" },
		{ TRACE_LEGAL_BASIS, "missing (the law that makes the firearm illicit)" },
		{ TRACE_CIRCUMSTANCES, "missing (how it was found)" },
	};
	struct buf firearm = { 0 };
	struct record r;
	int status = STATUS_DONE;

	for (size_t i = 0; i < sizeof needed / sizeof *needed && !status; i++)
		if (!q->field[needed[i].place][0])
			status = request_problem(problems, trace_fields[needed[i].place].name, needed[i].what, e);
	if (!status && !strcmp(q->field[TRACE_PRIORITY], "urgent") && !q->field[TRACE_REASON][0])
		status = request_problem(problems, "reason", "missing (why it is urgent)", e);
	request_record(q, &r);
	r.field[FORM_OWNER] = r.field[FORM_CATEGORY] = "-";   /* of a record alone */
	if (!status)
		status = form_complete(&r, &firearm, e);
	if (!status && firearm.size)
		status = buf_format(problems, e, "%s%.*s", problems->size ? "; " : "", (int)firearm.size,
				    (const char *)firearm.data);
	buf_free(&firearm);
	return status;
}
