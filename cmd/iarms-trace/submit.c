/* submit.c - submit: new trace requests from options, words, or rows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/set.h"
#include "desk.h"
#include "act.h"
#include "record/find.h"
#include "trace/submit.h"
#include "verbs.h"

struct submit_options {
	struct common common;
	bool draft, go_on;
	const char *to, *use, *legal_basis, *circumstances, *priority, *reason, *agency, *officer, *case_number;
	const char *crime, *recovery_date, *recovery_place, *ground;
};

#define FIELD(name, member, arg, help) \
	{ name, 0, OPTION_TEXT, offsetof(struct submit_options, member), arg, help, 0, 0 }
static const struct option_line table[] = {
	{ "to", 't', OPTION_TEXT, offsetof(struct submit_options, to), "CODE", "the country that is asked", 0, 0 },
	FIELD("use", use, "TEXT", "what the answer is for"),
	FIELD("legal-basis", legal_basis, "TEXT", "the law that makes the firearm illicit"),
	FIELD("circumstances", circumstances, "TEXT", "how it was found"),
	FIELD("ground", ground, "WORD", "what makes it illicit: national-law, embargo, ..."),
	FIELD("priority", priority, "WORD", TRACE_PRIORITIES " (default: normal)"),
	FIELD("reason", reason, "TEXT", "why it is urgent"),
	FIELD("case", case_number, "TEXT", "your number"),
	FIELD("agency", agency, "NAME", "that asks (default: your own)"),
	FIELD("officer", officer, "NAME", "whom to ask back"),
	FIELD("crime", crime, "TEXT", "offence or its code"),
	FIELD("recovery-date", recovery_date, "DATE", "when it was found"),
	FIELD("recovery-place", recovery_place, "TEXT", "where"),
	{ "draft", 0, OPTION_FLAG, offsetof(struct submit_options, draft), NULL, "write it, and do not send it yet", 0, 0 },
	{ "keep-going", 'k', OPTION_FLAG, offsetof(struct submit_options, go_on), NULL,
	  "leave out rows that are wrong; else none is sent", 0, 0 },
	COMMON(submit_options)
};

#define ROWS_AT_ONCE 10000    /* with --keep-going */

/* Requests on their way. */
struct submitting {
	struct desk *d;
	const struct submit_options *o;
	struct submission s;
	struct request given;       /* by the options */
	struct desk_rows out;
	struct set records;         /* named by rows: each is asked for once */
	int64_t count;
	bool from_records;          /* rows of firearm records */
};

static void take_options(struct request *q, const struct submit_options *o)
{
	const struct { enum trace_place place; const char *text; } given[] = {
		{ TRACE_TO, o->to }, { TRACE_USE, o->use }, { TRACE_LEGAL_BASIS, o->legal_basis },
		{ TRACE_CIRCUMSTANCES, o->circumstances }, { TRACE_GROUND, o->ground },
		{ TRACE_PRIORITY, o->priority }, { TRACE_REASON, o->reason }, { TRACE_CASE, o->case_number },
		{ TRACE_AGENCY, o->agency }, { TRACE_OFFICER, o->officer }, { TRACE_CRIME, o->crime },
		{ TRACE_RECOVERY_DATE, o->recovery_date }, { TRACE_RECOVERY_PLACE, o->recovery_place },
	};

	request_clear(q);
	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		if (given[i].text)
			q->field[given[i].place] = given[i].text;
}

/* Writes what waits, and then prints it: what is printed is on the disk. */
static int write_all(struct submitting *p, struct error *e)
{
	int status = p->s.count ? submission_write(&p->s, e) : STATUS_DONE;

	log_read_ahead(p->d->traces.book.reader, p->s.count > 100 ? 1 << 18 : 0);
	for (size_t i = 0; i < p->s.count && !status; i++) {
		struct request q;

		status = traces_read(&p->d->traces, p->s.line[i].entry.head.offset, &q, e);
		if (!status)
			status = desk_put(&p->out, &q, e);
		p->count++;
	}
	log_read_ahead(p->d->traces.book.reader, 0);
	submission_clear(&p->s);
	return status;
}

static int submit_words(struct submitting *p, const struct option_parsed *parsed, struct error *e)
{
	struct request q = p->given;
	int status;

	for (int i = 0; i < parsed->operands; i++) {
		enum trace_place place;
		const char *value;

		if (trace_word(parsed->operand[i], &place, &value, e))
			return STATUS_USAGE;
		if (!trace_fields[place].given)
			return error_set(e, STATUS_USAGE, "%s cannot be given", trace_fields[place].name);
		if (q.field[place][0])
			return error_set(e, STATUS_USAGE, "%s is given twice", trace_fields[place].name);
		q.field[place] = value;
	}
	status = submission_add(&p->s, &q, e);
	return status ? status : write_all(p, e);
}

/* What the columns of a table are: fields of a request; or, where it has rows of firearm records, the record's
 * name and firearm. TRACE_FIELDS: passed over. */
struct header {
	enum trace_place place[TRACE_FIELDS + FORM_FIELDS];
	size_t columns;
	int owner;         /* column of the owner of a record; -1 */
};

static enum trace_place place_of(bool records, const char *name)
{
	enum trace_place place = trace_field_find(name);

	if (!records)
		return place;
	if (!strcmp(name, "id"))
		return TRACE_RECORD;
	return (place >= TRACE_TYPE && place <= TRACE_COMPONENTS) ? place : TRACE_FIELDS;
}

static int read_header(struct submitting *p, struct csv_reader *csv, struct header *h, struct error *e)
{
	static const char *const beside[] = { "row", "grade", "where", "agree", "disagree" };
	bool seen[TRACE_FIELDS + 1] = { false };
	struct csv_row row;
	int status = csv_next(csv, &row, e);

	if (status)
		return status == STATUS_NO ? error_set(e, STATUS_INPUT, "no rows") : status;
	if (row.fields > sizeof h->place / sizeof *h->place)
		return error_set(e, STATUS_INPUT, "more columns than there are fields");
	h->owner = csv_column(&row, "owner");
	p->from_records = h->owner >= 0 && csv_column(&row, "id") >= 0;
	for (h->columns = 0; h->columns < row.fields; h->columns++) {
		const char *name = row.field[h->columns];
		enum trace_place place = place_of(p->from_records, name);
		bool known = p->from_records && form_find(name) != FORM_FIELDS;

		for (size_t i = 0; i < sizeof beside / sizeof *beside && p->from_records; i++)
			known = known || !strcmp(name, beside[i]);
		if (place == TRACE_FIELDS && !known)
			return error_set(e, STATUS_INPUT, "'%.60s' is no field of a request: a table of another kind?", name);
		if (place != TRACE_FIELDS && !trace_fields[place].given)
			return error_set(e, STATUS_INPUT, "'%.60s' cannot be given: these are requests already?", name);
		if (place != TRACE_FIELDS && seen[place])
			return error_set(e, STATUS_INPUT, "'%.60s' is there twice", name);
		seen[place] = true;
		h->place[h->columns] = place;
	}
	return STATUS_DONE;
}

/* STATUS_INPUT, STATUS_REFUSED: it cannot be sent; STATUS_NO: it was asked for by a row before. */
static int take_row(struct submitting *p, const struct header *h, const struct csv_row *row, struct error *e)
{
	struct request q = p->given;
	uint64_t number;
	char id[ID_TEXT];

	if (row->fields != h->columns)
		return error_set(e, STATUS_INPUT, "%zu fields, not %zu", row->fields, h->columns);
	for (size_t i = 0; i < h->columns; i++) {
		if (strlen(row->field[i]) != row->length[i])
			return error_set(e, STATUS_INPUT, "a NUL byte");
		if (h->place[i] != TRACE_FIELDS && row->length[i])
			q.field[h->place[i]] = row->field[i];
	}
	/* who works alone, for no country, asks for the one whose record it is */
	if (p->from_records && !*p->d->traces.country)
		q.field[TRACE_FROM] = row->field[h->owner];
	if (!p->from_records || id_read(q.field[TRACE_RECORD], id, NULL))
		return submission_add(&p->s, &q, e);
	number = id_mix(id_pack(id));
	if (set_count(&p->records, number))
		return error_set(e, STATUS_NO, "record %s comes twice, and is asked for once", id);
	if (set_add(&p->records, number, e))
		return STATUS_SYSTEM;
	return submission_add(&p->s, &q, e);
}

static int all_rows(struct submitting *p, struct csv_reader *csv, const struct header *h, int *worst, struct error *e)
{
	struct csv_row row;
	int status;

	while (!(status = csv_next(csv, &row, e))) {
		struct error own;

		status = take_row(p, h, &row, &own);
		if (status == STATUS_SYSTEM || status == STATUS_USAGE) {
			*e = own;
			return status;
		}
		if (status)
			desk_say("standard input: line %zu: %s", row.line, own.text);
		if (status != STATUS_NO)
			*worst = error_worse(*worst, status);
		if (p->o->go_on && p->s.count == ROWS_AT_ONCE && (status = write_all(p, e)))
			return status;
	}
	return status == STATUS_NO ? STATUS_DONE : status;
}

static int submit_rows(struct submitting *p, struct error *e)
{
	struct csv_reader *csv = csv_open(stdin, ',', e);
	struct header h = { .columns = 0 };
	int worst = STATUS_DONE, status = csv ? read_header(p, csv, &h, e) : STATUS_SYSTEM;

	if (!status)
		status = all_rows(p, csv, &h, &worst, e);
	csv_close(csv);
	if (status == STATUS_INPUT) {
		error_within(e, "standard input");
		/* what came before a row that cannot be read is good where rows count one by one */
		if (!p->o->go_on)
			return status;
		desk_say("%s", e->text);
		worst = status;
		status = STATUS_DONE;
	}
	if (status)
		return status;
	if (worst && !p->o->go_on)
		return error_set(e, worst, "nothing was submitted (--keep-going leaves out what is wrong)");
	status = write_all(p, e);
	if (!status && worst)
		return error_set(e, worst, "%s", "");
	return !status && !p->count ? error_set(e, STATUS_NO, "no rows: nothing was submitted") : status;
}

static int submit(struct submitting *p, const struct option_parsed *parsed, struct error *e)
{
	bool from_rows = parsed->operands == 0 || (parsed->operands == 1 && !strcmp(parsed->operand[0], "-"));
	struct buf question = { 0 };
	struct guard_mark mark;
	int status = find_text((const char *const *)parsed->operand, (size_t)parsed->operands, &question, e);

	if (!status)
		status = guard_begin(&p->d->guard, RIGHTS_TRACE, "submit", from_rows ? "(standard input)" :
				     (const char *)question.data, NULL, &mark, e);
	if (!status) {
		status = desk_rows_open(&p->out, &p->o->common, NULL, 0, USUAL ",record", e);
		if (!status)
			status = from_rows ? submit_rows(p, e) : submit_words(p, parsed, e);
		status = desk_rows_close(&p->out, status, e);
		status = guard_end(&p->d->guard, &mark, p->count, status, e);
	}
	buf_free(&question);
	return status;
}

/* Names of drafts: they are changed by the options and words that are given, and sent unless --draft. */
static int submit_drafts(const struct submit_options *o, const struct option_parsed *parsed, struct error *e)
{
	struct act act = { .move = o->draft ? MOVE_DRAFT : MOVE_SUBMIT };
	struct request given;

	take_options(&given, o);
	for (int i = 0; i < TRACE_FIELDS; i++)
		act.field[i] = *given.field[i] ? given.field[i] : NULL;
	return act_run(&o->common, parsed, &act, e);
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	static struct submitting p;   /* large */
	struct desk d;
	int status;

	(void)context;
	memset(&p, 0, sizeof p);
	p.o = options;
	if (parsed->operands && strcmp(parsed->operand[0], "-") && !strchr(parsed->operand[0], '='))
		return submit_drafts(p.o, parsed, e);
	status = desk_open(&d, &p.o->common, e);
	if (status)
		return status;
	p.d = &d;
	take_options(&p.given, p.o);
	submission_open(&p.s, &d.traces, d.form, p.o->draft);
	status = submit(&p, parsed, e);
	submission_close(&p.s);
	set_free(&p.records);
	desk_close(&d);
	return status;
}

const struct verb verb_submit = { "submit", "[ID...] [FIELD=VALUE...]", "ask a country: once, or for each row of standard input",
				  table, sizeof(struct submit_options), NULL, 0, -1, run };
