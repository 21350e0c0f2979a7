/* form.c - a request as a form on paper, that a country without the system can answer by mail */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form.h"

#include <string.h>

#include "record/country.h"
#include "record/fold.h"
#include "record/id.h"
#include "report/printform.h"
#include "trace/chain.h"

static const struct printform_table chain_table = {
	5, { "date", "from", "to", "event", "document" }, { 0.13, 0.25, 0.25, 0.17, 0.20 },
};

struct labelled { const char *label; enum trace_place place; };

static void put_fields(struct printform *p, const struct request *q, const struct labelled *f, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printform_field(p, f[i].label, q->field[f[i].place]);
}

#define FIELDS(p, q, list) put_fields(p, q, list, sizeof list / sizeof *list)

static void put_country(struct printform *p, const char *label, const char *code)
{
	const struct country *c = country_of(code);
	char words[200];

	snprintf(words, sizeof words, "%s%s%s", c ? c->name : code, c ? ", " : "", c ? code : "");
	printform_field(p, label, words);
}

static void put_request(struct printform *p, const struct request *q)
{
	static const struct labelled head[] = {
		{ "Agency", TRACE_AGENCY }, { "Officer to ask back", TRACE_OFFICER }, { "Case number", TRACE_CASE },
		{ "Sent", TRACE_SUBMITTED_AT }, { "Priority", TRACE_PRIORITY }, { "Why it is urgent", TRACE_REASON },
		{ "Please answer by", TRACE_DUE },
	};
	static const struct labelled firearm[] = {
		{ "Type", TRACE_TYPE }, { "Action", TRACE_ACTION }, { "Make", TRACE_MAKE }, { "Model", TRACE_MODEL },
		{ "Calibre", TRACE_CALIBRE }, { "Serial number", TRACE_SERIAL },
		{ "State of the serial", TRACE_SERIAL_STATE }, { "Made in", TRACE_MADE_IN },
		{ "Year made", TRACE_MADE_YEAR }, { "Imported into", TRACE_IMPORT_COUNTRY },
		{ "Year imported", TRACE_IMPORT_YEAR }, { "Other markings", TRACE_MARKS },
		{ "Numbers of parts", TRACE_COMPONENTS },
	};
	static const struct labelled illicit[] = {
		{ "Ground", TRACE_GROUND }, { "Legal basis", TRACE_LEGAL_BASIS },
		{ "Circumstances", TRACE_CIRCUMSTANCES }, { "Offence", TRACE_CRIME },
		{ "Found on", TRACE_RECOVERY_DATE }, { "Found at", TRACE_RECOVERY_PLACE },
	};

	printform_section(p, "1  Who asks");
	put_country(p, "From", q->field[TRACE_FROM]);
	put_country(p, "To", q->field[TRACE_TO]);
	FIELDS(p, q, head);
	printform_section(p, "2  The firearm");
	FIELDS(p, q, firearm);
	printform_section(p, "3  What makes it illicit, and how it was found");
	FIELDS(p, q, illicit);
	printform_section(p, "4  What the answer will be used for");
	printform_words(p, q->field[TRACE_USE], false);
}

/* The answer that there is. */
static int put_answer(struct printform *p, const struct request *q, struct error *e)
{
	static const struct labelled fields[] = {
		{ "Outcome", TRACE_OUTCOME }, { "Not traced because of", TRACE_UNTRACED },
		{ "First sale", TRACE_FIRST_SALE }, { "Point of diversion", TRACE_DIVERSION },
		{ "Country to ask next", TRACE_NEXT }, { "Answered", TRACE_ANSWERED_AT },
	};
	struct chain_step step[CHAIN_STEPS];
	struct pool pool = { 0 };
	size_t n = 0;
	int status = chain_read(q->field[TRACE_CHAIN], step, &n, &pool, e);

	printform_section(p, "5  The answer");
	if (*q->field[TRACE_RESTRICTIONS]) {
		printform_words(p, "Restrictions on the use of this answer:", true);
		printform_words(p, q->field[TRACE_RESTRICTIONS], true);
	}
	FIELDS(p, q, fields);
	if (n)
		printform_head(p, &chain_table);
	for (size_t i = 0; i < n; i++) {
		const char *const cell[] = { step[i].date, step[i].from, step[i].to, step[i].event, step[i].document };

		printform_row(p, &chain_table, cell);
	}
	pool_free(&pool);
	return status;
}

/* The answer that is to be written. */
static void put_blank(struct printform *p, const struct request *q)
{
	static const char *const cell[5] = { "", "", "", "", "" };
	char words[200];

	printform_section(p, "5  The answer");
	printform_boxes(p, "Traced to", "purchaser|dealer|importer|exporting state");
	printform_boxes(p, "or", "illicit origin established without a trace|not traced");
	printform_boxes(p, "Not traced because", "too old|serial number|errors in this form|records unobtainable|other");
	printform_boxes(p, "No answer now", "ongoing investigation|confidentiality law|no guarantee of confidentiality|"
		    "national security");
	printform_blank(p, "Date of the first sale", 1);
	printform_blank(p, "Point of diversion", 2);
	printform_blank(p, "Country to ask next", 1);
	printform_blank(p, "Restrictions on use", 2);
	printform_section(p, "6  The chain of custody, as far as it is known");
	printform_head(p, &chain_table);
	for (int i = 0; i < 7; i++)
		printform_row(p, &chain_table, cell);
	printform_section(p, "7  Who answers");
	printform_blank(p, "Agency, officer", 1);
	printform_blank(p, "Own case number", 1);
	printform_blank(p, "Date, signature", 1);
	snprintf(words, sizeof words, "Please send this form back, and quote %s.", q->field[TRACE_ID]);
	printform_words(p, words, true);
}

/* No field of the log is longer; what letters are laid out from is bounded. */
#define FIELD_MOST 200000

int form_check(const struct request *q, struct error *e)
{
	struct chain_step step[CHAIN_STEPS];
	struct pool pool = { 0 };
	char id[ID_TEXT];
	size_t n = 0;
	int status;

	for (int i = 0; i < TRACE_FIELDS; i++) {
		if (!fold_utf8(q->field[i]))
			return error_set(e, STATUS_INPUT, "%s: not UTF-8", trace_fields[i].name);
		if (strlen(q->field[i]) > FIELD_MOST)
			return error_set(e, STATUS_INPUT, "%s: longer than %d bytes", trace_fields[i].name, FIELD_MOST);
	}
	if (id_read(q->field[TRACE_ID], id, e))
		return error_within(e, "id");
	if (request_state(q) < 0)
		return error_set(e, STATUS_INPUT, "state: '%.40s' is none", q->field[TRACE_STATE]);
	status = chain_read(q->field[TRACE_CHAIN], step, &n, &pool, e);
	pool_free(&pool);
	return status ? error_within(e, "chain") : STATUS_DONE;
}

int form_put(struct printform *p, const struct request *q, struct pool *pool, struct error *e)
{
	char title[80], right[80], foot[120];
	const char *kept[3];

	snprintf(title, sizeof title, "Trace request  %s", q->field[TRACE_ID]);
	snprintf(right, sizeof right, "%s%s", q->field[TRACE_PRIORITY],
		 *q->field[TRACE_DUE] && !*q->field[TRACE_ANSWERED_AT] ? ", until " : "");
	if (right[0] && strstr(right, "until"))
		snprintf(right + strlen(right), sizeof right - strlen(right), "%.20s", q->field[TRACE_DUE]);
	snprintf(foot, sizeof foot, "%s, revision %.12s, %s. Official use only.", q->field[TRACE_ID],
		 q->field[TRACE_REVISION], q->field[TRACE_STATE]);
	kept[0] = pool_text(pool, title, strlen(title), e);
	kept[1] = pool_text(pool, right, strlen(right), e);
	kept[2] = pool_text(pool, foot, strlen(foot), e);
	if (!kept[0] || !kept[1] || !kept[2])
		return STATUS_SYSTEM;
	printform_form(p, kept[0], kept[1], kept[2]);
	put_request(p, q);
	if (*q->field[TRACE_OUTCOME])
		return put_answer(p, q, e);
	put_blank(p, q);
	return STATUS_DONE;
}
