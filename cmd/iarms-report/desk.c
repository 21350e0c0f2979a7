/* desk.c - what the reports of iarms-report share: rows chosen, read, counted and told */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "output.h"

double desk_share(uint64_t part, uint64_t whole)
{
	return whole ? 100.0 * (double)part / (double)whole : NAN;
}

void desk_leave(struct desk *d, const char *name, const char *title)
{
	desk_leave_many(d, name, title, 1);
}

void desk_leave_many(struct desk *d, const char *name, const char *title, uint64_t rows)
{
	size_t i = 0;

	while (i < d->lefts && strcmp(d->left[i].name, name))
		i++;
	if (i == DESK_LEFT || !rows)
		return;
	if (i == d->lefts) {
		d->left[i].name = name;
		d->left[i].title = title;
		d->lefts++;
	}
	d->left[i].n += rows;
}

bool desk_ahead(struct desk *d, const struct date *recovered)
{
	if (recovered->precision == DATE_NONE || date_days(recovered) <= date_days(&d->today))
		return false;
	desk_leave(d, "ahead", N_("recovered on a day that lies ahead: an error in the date"));
	return true;
}

/* The first of "name|another" that there is; -1. */
static int first_of(const struct columns *columns, const char *names)
{
	while (*names) {
		size_t n = strcspn(names, "|");
		char name[64];
		int place;

		snprintf(name, sizeof name, "%.*s", (int)n, names);
		place = columns_place(columns, name);
		if (place >= 0)
			return place;
		names += n + (names[n] == '|');
	}
	return -1;
}

static int begin(void *context, enum source_kind kind, const struct columns *columns, struct error *e)
{
	struct desk *d = context;
	const struct desk_want *want = d->report->want;
	int status = STATUS_DONE;

	for (size_t i = 0; want[i].names; i++) {
		d->place[i] = first_of(columns, want[i].names);
		d->has[i] = d->has[i] || d->place[i] >= 0;
		if (d->place[i] < 0 && want[i].must && kind == SOURCE_ROWS)
			return error_set(e, STATUS_INPUT, "these are no rows for '%s': there is no column %s",
					 d->report->name, want[i].names);
	}
	where_close(&d->where);
	status = where_open(&d->where, d->common->where.item, d->common->where.count, columns, e);
	d->date_place = -1;
	if (!status && d->common->date)
		status = columns_known(columns, d->common->date, &d->date_place, e);
	else if (!status)
		d->date_place = first_of(columns, d->report->date);
	if (!status && d->has_period && d->date_place < 0 && first_of(columns, d->report->date_else ? d->report->date_else : "") < 0)
		return error_set(e, STATUS_INPUT, "there is no column %s, by which a period is chosen", d->report->date);
	d->else_place = !d->common->date && d->report->date_else ? first_of(columns, d->report->date_else) : -1;
	d->country_place[0] = first_of(columns, DESK_COUNTRIES);
	d->country_place[1] = first_of(columns, "to");
	if (!status && d->common->country && d->country_place[0] < 0)
		return error_set(e, STATUS_INPUT, "there is no column owner, from, recovered or country");
	return !status && d->report->begin ? d->report->begin(d, kind, columns, e) : status;
}

static bool is_country(const struct desk *d, const char *const *field)
{
	return !strcmp(columns_field(field, d->country_place[0]), d->common->country) ||
	       !strcmp(columns_field(field, d->country_place[1]), d->common->country);
}

static int take(void *context, const struct source_row *row, struct error *e)
{
	struct desk *d = context;
	const struct desk_want *want = d->report->want;
	const char *field[DESK_FIELDS];
	struct date date;
	char day[DATE_TEXT];

	if (!where_fits(&d->where, row->field) || (d->common->country && !is_country(d, row->field)))
		return STATUS_DONE;
	if (d->has_period) {
		const char *text = columns_field(row->field, d->date_place);

		if (!*text)
			text = columns_field(row->field, d->else_place);
		snprintf(day, sizeof day, "%.10s", text);
		if (date_parse(day, &date, NULL) || date.precision == DATE_NONE) {
			if (row->current)
				desk_leave(d, "no-date", N_("no date by which the period could be told"));
			return STATUS_DONE;
		}
		if (!span_in(&d->period, &date))
			return STATUS_DONE;
	}
	for (size_t i = 0; want[i].names; i++)
		field[i] = columns_field(row->field, d->place[i]);
	return d->report->take(d, row, field, e);
}

/* The whole request in words, for the trail and the page. */
static int question(const struct desk *d, struct buf *out, struct error *e)
{
	const struct common *c = d->common;
	int bad = buf_text(out, d->report->name, e);

	for (int i = 0; i < d->parsed->operands && !bad; i++)
		bad = buf_format(out, e, " %s", d->parsed->operand[i]);
	for (size_t i = 0; i < c->where.count && !bad; i++)
		bad = buf_format(out, e, " %s", c->where.item[i]);
	if (!bad && c->country)
		bad = buf_format(out, e, " country=%s", c->country);
	if (!bad && (c->during || c->year))
		bad = buf_format(out, e, " during=%s", c->during ? c->during : c->year);
	return bad || !buf_string(out, e) ? STATUS_SYSTEM : STATUS_DONE;
}

static void about_row(struct sheet_table *t, const char *what, const char *shown, const char *value)
{
	sheet_put_text(t, what, shown);
	sheet_put_text(t, value, NULL);
}

static void tell_source(struct sheet *s, struct sheet_table *t, const struct source_read *r)
{
	const char *text = r->what;

	if (r->lines)
		text = sheet_format(s, "%s, %s %llu", text, _("up to line"), (unsigned long long)r->lines);
	if (r->last[0])
		text = sheet_format(s, "%s, %s %s", text, _("newest entry"), r->last);
	about_row(t, "source", _("made from"), text);
}

static void tell_about(struct desk *d, struct sheet *s, const char *asked)
{
	struct sheet_table *t = sheet_table(s, "about", _("About this report"));
	char now[CLOCK_TEXT];

	sheet_open_to_all(t);
	sheet_key(t, "what", _("what"));
	sheet_words(t, "value", _("value"));
	clock_text(d->now, now);
	about_row(t, "made", _("made on"), now);
	about_row(t, "program", _("made by"), PROGRAM " " VERSION);
	for (size_t i = 0; i < d->source.reads; i++)
		tell_source(s, t, &d->source.read[i]);
	about_row(t, "asked", _("asked for"), asked);
	about_row(t, "rows", _("rows counted"), sheet_format(s, "%llu", (unsigned long long)d->counted));
	for (size_t i = 0; d->report->rules && d->report->rules[i]; i++)
		about_row(t, "rule", _("rule"), _(d->report->rules[i]));
	if (d->common->least > 1)
		about_row(t, "min-cell", _("hidden cells"),
			  sheet_format(s, _("counts below %lld: %zu cells are hidden"), (long long)d->common->least,
				       s->hidden));
	about_row(t, "caution", _("caution"),
		  _("Traced firearms are not a random sample of firearms, and recorded ones are those that were "
		    "reported: neither tells how many there are, or which are used in crime."));
}

static void tell_left(struct desk *d, struct sheet *s)
{
	struct sheet_table *t = sheet_table(s, "left_out", _("Left out"));
	uint64_t damaged = 0, deleted = 0;

	for (size_t i = 0; i < d->source.reads; i++) {
		damaged += d->source.read[i].damaged;
		deleted += d->source.read[i].deleted;
	}
	sheet_key(t, "reason", _("reason"));
	sheet_counts(t, "rows", _("rows"), "rows");
	if (damaged) {
		sheet_put_text(t, "damaged", _("line of the log that is damaged"));
		sheet_put_count(t, (int64_t)damaged);
	}
	if (deleted) {
		sheet_put_text(t, "deleted", _("deleted"));
		sheet_put_count(t, (int64_t)deleted);
	}
	for (size_t i = 0; i < d->lefts; i++) {
		sheet_put_text(t, d->left[i].name, _(d->left[i].title));
		sheet_put_count(t, (int64_t)d->left[i].n);
	}
	if (!sheet_row_count(t)) {
		sheet_put_text(t, "none", _("nothing was left out"));
		sheet_put_count(t, 0);
	}
}

/* The period and country under the title. */
static void set_subtitle(const struct desk *d, struct sheet *s)
{
	const struct common *c = d->common;
	const char *text = "";

	if (c->country)
		text = sheet_format(s, "%s: %s", _("Country"), c->country);
	if (c->during || c->year)
		text = sheet_format(s, "%s%s%s: %s", text, *text ? " - " : "", _("Period"),
				    c->during ? c->during : c->year);
	for (size_t i = 0; i < c->where.count; i++)
		text = sheet_format(s, "%s%s%s", text, *text ? " - " : "", c->where.item[i]);
	sheet_subtitle(s, text);
}

/* Separators as they are usual in the language: thin spaces and a comma where it is no English. */
static void set_manner(const struct desk *d, struct sheet *s)
{
	bool english = !strcmp(d->language, "en"), arabic = !strcmp(d->language, "ar");

	s->manner = (struct sheet_manner){
		.language = d->language, .to_left = arabic, .decimal = english || arabic ? "." : ",",
		.group = english || arabic ? "," : "\xe2\x80\xaf", .hidden = _("hidden"), .n = "n",
		.contents = _("Contents"), .about_chart = _("The numbers of this chart are in the table that follows."),
		.page = _("page"), .days = _("days"), .no_data = _("no data")
	};
}

static int make_sheet(struct desk *d, struct sheet *s, const char *asked, struct error *e)
{
	int status;

	sheet_open(s, d->report->name, d->common->title ? d->common->title : _(d->report->title));
	s->nothing = sheet_text(s, _("nothing to count"));
	set_manner(d, s);
	set_subtitle(d, s);
	status = d->report->finish(d, s, e);
	if (status)
		return status;
	tell_left(d, s);
	if (d->common->least > 1)
		sheet_hide(s, d->common->least);
	tell_about(d, s, asked);
	return sheet_ready(s, e);
}

static int read_all(struct desk *d, struct error *e)
{
	const struct option_parsed *p = d->parsed;
	int status = STATUS_DONE;

	if (p->operands && !d->report->beside)
		return source_file(&d->source, p->operand[0], e);
	if (d->reads & SOURCE_RECORDS)
		status = source_records(&d->source, e);
	if (!status && d->reads & SOURCE_TRACES)
		status = source_traces(&d->source, e);
	return status;
}

static int run(struct desk *d, const char *asked, struct error *e)
{
	struct guard_mark mark;
	struct sheet sheet;
	int status = d->guarded ? guard_begin(&d->guard, RIGHTS_REPORT, d->report->name, asked, NULL, &mark, e) :
		     STATUS_DONE;

	if (status)
		return status;
	if (d->guarded && d->guard.folder.made)
		error_say(stderr, PROGRAM, "%s: there was no such folder; it was made, and nothing is in it", d->guard.folder.path);
	memset(&sheet, 0, sizeof sheet);
	status = d->report->open ? d->report->open(d, e) : STATUS_DONE;
	if (!status)
		status = read_all(d, e);
	if (!status)
		status = make_sheet(d, &sheet, asked, e);
	if (!status)
		status = output_write(d, &sheet, e);
	for (size_t i = 0; i < d->source.reads && !status; i++)
		if (d->source.read[i].damaged)
			status = error_set(e, STATUS_INPUT, "%s: %llu damaged line(s) could not be counted",
					   d->source.read[i].what, (unsigned long long)d->source.read[i].damaged);
	sheet_close(&sheet);
	return d->guarded ? guard_end(&d->guard, &mark, (int64_t)d->counted, status, e) : status;
}

static int check_country(const char *code, struct error *e)
{
	if (code)
		for (const char *c = code; *c; c++)
			if (!isupper((unsigned char)*c))
				return error_set(e, STATUS_USAGE, "country '%s': its code in capitals is meant", code);
	return STATUS_DONE;
}

static int check(struct desk *d, const struct option_line *table, struct error *e)
{
	static const char *const languages[] = { "en", "fr", "es", "ar" };
	const struct common *c = d->common;
	const char *during = c->during ? c->during : c->year;
	int status = STATUS_DONE;

	if (c->during && c->year)
		return error_set(e, STATUS_USAGE, "--during and --year cannot go together");
	if (c->table && (c->format == DESK_HTML || c->format == DESK_PDF))
		return error_set(e, STATUS_USAGE, "--table is for rows and pictures: a page has all tables");
	if (c->columns && c->format > DESK_TABLE)
		return error_set(e, STATUS_USAGE, "--columns is for rows");
	if (c->format == DESK_DOT && !d->report->dot)
		return error_set(e, STATUS_USAGE, "-o dot is for links");
	if (c->map.count && !d->parsed->operands)
		return error_set(e, STATUS_USAGE, "--map is for rows from a file");
	if (during)
		status = span_period(during, &d->period, e);
	d->has_period = during != NULL;
	if (!status)
		status = check_country(c->country, e);
	if (!status)
		status = words_open(option_given(table, d->parsed, "lang") ? languages[c->language] : NULL,
				    &d->language, e);
	return status;
}

int desk_run(const struct desk_report *report, const struct common *common, const struct option_parsed *parsed,
	     const struct option_line *table, void *state, struct error *e)
{
	struct desk d = { .report = report, .common = common, .parsed = parsed, .state = state,
			  .reads = report->reads };
	struct buf asked = { 0 };
	int status = check(&d, table, e);

	if (!status)
		status = clock_now(&d.now, e);
	date_from_days(d.now / 86400, &d.today);
	if (!status && (!parsed->operands || report->beside)) {
		status = guard_open(&d.guard, common->dir, common->purpose, e);
		d.guarded = !status;
	}
	d.source = (struct source){ .guard = d.guarded ? &d.guard : NULL, .begin = begin, .take = take, .context = &d,
				    .earlier = report->earlier, .sources = report->sources, .map = common->map,
				    .progress = (enum progress_mode)common->progress };
	if (!status)
		status = question(&d, &asked, e);
	if (!status)
		status = run(&d, (const char *)asked.data, e);
	where_close(&d.where);
	buf_free(&asked);
	if (d.guarded)
		guard_close(&d.guard);
	return status;
}
