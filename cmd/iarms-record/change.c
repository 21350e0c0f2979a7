/* change.c - update, seize, recover, cancel, close, restrict, review: the next revision of records */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "record/change.h"
#include "record/keep.h"
#include "verbs.h"

static const char usual[] = "id,owner,status,event,revision,make_name,model,calibre_name,serial_key,review";

/* All of them print the records that they changed. */
struct changing {
	struct desk d;
	struct rows *rows;
	int worst;
};

static int open_changing(struct changing *c, const struct common *common, struct error *e)
{
	static struct rows_column columns[FORM_FIELDS];
	int status = desk_open(&c->d, common, e);

	c->worst = STATUS_DONE;
	if (status)
		return status;
	status = desk_rows(&c->rows, common, columns, desk_columns(NULL, 0, columns), usual, e);
	if (status)
		desk_close(&c->d);
	return status;
}

static int close_changing(struct changing *c, int status, struct error *e)
{
	status = rows_finish(c->rows, status, e);
	desk_close(&c->d);
	if (!status && c->worst)
		return error_set(e, c->worst, "%s", "");
	return status;
}

static int print_changed(void *context, const struct record *r, struct error *e)
{
	desk_put(context, r);
	return rows_end(context, e);
}

/* The same change for each record that is named; one that fails is named, and the rest goes on. */
static int change_each(struct changing *c, const struct option_parsed *parsed, const struct change *change,
		       struct error *e)
{
	struct ids ids;
	const char *id;
	int status = ids_open(&ids, parsed->operand, parsed->operands, stdin, e);

	while (!status && !(status = ids_next(&ids, &id, e))) {
		struct error own;

		status = change_record(&c->d.book, c->d.form, &c->d.rules, id, change, print_changed, c->rows, &own);
		if (status == STATUS_SYSTEM || status == STATUS_USAGE) {
			*e = own;
		} else if (status) {
			desk_say_error(&own);
			c->worst = error_worse(c->worst, status);
			status = STATUS_DONE;
		}
	}
	ids_close(&ids);
	return status == STATUS_NO ? STATUS_DONE : status;
}

static int run_change(const struct common *common, const struct option_parsed *parsed, const struct change *change,
		      struct error *e)
{
	struct changing c;
	int status = open_changing(&c, common, e);

	if (status)
		return status;
	return close_changing(&c, change_each(&c, parsed, change, e), e);
}

/* update */

struct update_options {
	struct common common;
	bool activate;
};

static const struct option_line update_table[] = {
	{ "activate", 0, OPTION_FLAG, offsetof(struct update_options, activate), NULL, "a draft becomes active", 0,
	  0 },
	OUTPUT(update_options), COMMON(update_options), END
};

static int run_update(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct update_options *o = options;
	struct change change = { .event = "update", .right = RIGHTS_UPDATE, .to = o->activate ? "active" : NULL };
	struct option_parsed one = *parsed;

	(void)context;
	one.operands = 1;
	if (parsed->operands == 1 && !o->activate)
		return error_set(e, STATUS_USAGE, "update: nothing is changed");
	for (int i = 1; i < parsed->operands; i++)
		if (change_word(&change, parsed->operand[i], e))
			return STATUS_USAGE;
	return run_change(&o->common, &one, &change, e);
}

/* seize */

struct seize_options {
	struct common common;
	const char *country, *agency, *date, *place, *remark;
};

static const struct option_line seize_table[] = {
	{ "country", 0, OPTION_TEXT, offsetof(struct seize_options, country), "CODE",
	  "which found it (default: your own)", 0, 0 },
	{ "agency", 0, OPTION_TEXT, offsetof(struct seize_options, agency), "NAME", "which found it", 0, 0 },
	{ "date", 0, OPTION_TEXT, offsetof(struct seize_options, date), "DATE", "when (default: today)", 0, 0 },
	{ "place", 0, OPTION_TEXT, offsetof(struct seize_options, place), "TEXT", "where", 0, 0 },
	{ "remark", 0, OPTION_TEXT, offsetof(struct seize_options, remark), "TEXT", "a line for the notices", 0, 0 },
	OUTPUT(seize_options), COMMON(seize_options), END
};

static int run_seize(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct seize_options *o = options;
	struct change change = { .event = "locate", .right = RIGHTS_LOCATE, .to = "located" };

	(void)context;
	change.field[FORM_FOUND_COUNTRY] = o->country ? o->country : "";
	change.field[FORM_FOUND_AGENCY] = o->agency ? o->agency : "";
	change.field[FORM_FOUND_DATE] = o->date ? o->date : "";
	change.field[FORM_FOUND_PLACE] = o->place ? o->place : "";
	change.field[FORM_REASON] = o->remark ? o->remark : "";
	return run_change(&o->common, parsed, &change, e);
}

/* recover, cancel, close */

struct end_options {
	struct common common;
	const char *reason;
};

static const struct option_line end_table[] = {
	{ "reason", 'r', OPTION_TEXT, offsetof(struct end_options, reason), "TEXT", "why", 0, 0 },
	OUTPUT(end_options), COMMON(end_options), END
};

static int end(const struct end_options *o, const struct option_parsed *parsed, const char *event, const char *to,
	       enum rights_action right, struct error *e)
{
	struct change change = { .event = event, .right = right, .to = to };

	change.field[FORM_REASON] = o->reason ? o->reason : "";
	return run_change(&o->common, parsed, &change, e);
}

static int run_recover(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	(void)context;
	return end(options, parsed, "recover", "recovered", RIGHTS_RECOVER, e);
}

static int run_cancel(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct end_options *o = options;

	(void)context;
	if (!o->reason || !*o->reason)
		return error_set(e, STATUS_USAGE, "cancel: --reason is missing");
	return end(o, parsed, "cancel", "cancelled", RIGHTS_CANCEL, e);
}

static int run_close(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	(void)context;
	return end(options, parsed, "close", "closed", RIGHTS_CLOSE, e);
}

/* restrict */

struct restrict_options {
	struct common common;
	const char *exclude, *only, *class;
};

static const struct option_line restrict_table[] = {
	{ "exclude", 'x', OPTION_TEXT, offsetof(struct restrict_options, exclude), "LIST",
	  "countries that must not see it; '' for none", 0, 0 },
	{ "only", 0, OPTION_TEXT, offsetof(struct restrict_options, only), "LIST",
	  "the only countries that may; '' for all", 0, 0 },
	{ "class", 0, OPTION_TEXT, offsetof(struct restrict_options, class), "WORD", FORM_CLASSES, 0, 0 },
	OUTPUT(restrict_options), COMMON(restrict_options), END
};

static int run_restrict(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct restrict_options *o = options;
	struct change change = { .event = "restrict", .right = RIGHTS_RESTRICT };

	(void)context;
	if (!o->exclude && !o->only && !o->class)
		return error_set(e, STATUS_USAGE, "restrict: one of --exclude, --only, --class is needed");
	change.field[FORM_EXCLUDE] = o->exclude;
	change.field[FORM_ONLY] = o->only;
	change.field[FORM_CLASS] = o->class;
	return run_change(&o->common, parsed, &change, e);
}

/* review: without --done it only looks */

struct review_options {
	struct common common;
	bool done;
	int64_t within;
};

static const struct option_line review_table[] = {
	{ "done", 0, OPTION_FLAG, offsetof(struct review_options, done), NULL,
	  "the records that are named were reviewed", 0, 0 },
	{ "within", 'w', OPTION_INTEGER, offsetof(struct review_options, within), "DAYS",
	  "list what is due that soon, too", 0, 40000 },
	OUTPUT(review_options), COMMON(review_options), END
};

static const struct review_options review_defaults = { .within = 0 };

/* Due records that the officer sees, those that have waited longest first. */
static int list_due(struct changing *c, int64_t within, struct error *e)
{
	struct buf due = { 0 };
	struct guard_mark mark;
	struct record r;
	int64_t count = 0;
	int status = guard_begin(&c->d.guard, RIGHTS_READ, "review", "(what is due)", NULL, &mark, e);

	if (status)
		return status;
	status = keep_due(&c->d.book, c->d.book.today + within, &due, e);
	for (size_t i = 0; i < due.size / sizeof(struct keep_due) && !status; i++) {
		const struct keep_due *one = (const struct keep_due *)(void *)due.data + i;
		struct index_head head;

		status = book_get_packed(&c->d.book, one->id, &r, &head, e);
		if (status == STATUS_NO || status == STATUS_INPUT) {
			status = STATUS_DONE;
			continue;
		}
		if (!status)
			status = print_changed(c->rows, &r, e);
		count++;
	}
	buf_free(&due);
	return guard_end(&c->d.guard, &mark, count, status, e);
}

static int run_review(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct review_options *o = options;
	struct change change = { .event = "review", .right = RIGHTS_REVIEW };
	struct changing c;
	int status;

	(void)context;
	if (o->done)
		return run_change(&o->common, parsed, &change, e);
	if (parsed->operands)
		return error_set(e, STATUS_USAGE, "review: --done says that the records were reviewed");
	status = open_changing(&c, &o->common, e);
	if (status)
		return status;
	return close_changing(&c, list_due(&c, o->within, e), e);
}

const struct verb verb_update = { "update", "ID [FIELD=VALUE...]", "change what a record says", update_table,
				  sizeof(struct update_options), NULL, 1, -1, run_update };
const struct verb verb_seize = { "seize", "[ID...]", "say that a firearm was found: three countries are told",
				 seize_table, sizeof(struct seize_options), NULL, 0, -1, run_seize };
const struct verb verb_recover = { "recover", "[ID...]", "the owner has it back", end_table,
				   sizeof(struct end_options), NULL, 0, -1, run_recover };
const struct verb verb_cancel = { "cancel", "[ID...]", "it was entered in error", end_table,
				  sizeof(struct end_options), NULL, 0, -1, run_cancel };
const struct verb verb_close = { "close", "[ID...]", "nothing more is to be done", end_table,
				 sizeof(struct end_options), NULL, 0, -1, run_close };
const struct verb verb_restrict = { "restrict", "[ID...]", "say which countries may see it", restrict_table,
				    sizeof(struct restrict_options), NULL, 0, -1, run_restrict };
const struct verb verb_review = { "review", "[ID...]", "list what is due, or say that it was reviewed", review_table,
				  sizeof(struct review_options), &review_defaults, 0, -1, run_review };
