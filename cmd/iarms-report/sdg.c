/* sdg.c - sdg: indicator 16.4.2, arms seized, found or surrendered whose illicit origin was traced or established */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "arm.h"
#include "desk.h"
#include "report/groups.h"
#include "report/once.h"
#include "verbs.h"

static const struct desk_want want[] = {
	ARM_WANTS,
	{ NULL, false }
};

/* What is known of an arm, in a country and year; the lower bits of a value kept by once. */
enum { TRACED = 1, ESTABLISHED = 2, TRACEABLE = 4, STATES = 3 };

struct cell {
	uint64_t arms, traced, established, traceable, traceable_good;
};

struct state {
	struct once once;
	struct groups cells;       /* "FRA/2025": places in cell */
	struct buf cell;
	uint64_t key, value;       /* of the arm that is put together from its rows */
	bool some;
	uint64_t repeated;
};

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct state *s = d->state;
	struct arm arm;
	char key[32];
	size_t place;

	if (!row->current || !arm_read(d, row, field, &arm))
		return STATUS_DONE;
	if (arm.how == ARM_OTHERWISE) {
		desk_leave(d, "not-recovered", N_("neither seized, found nor surrendered"));
		return STATUS_DONE;
	}
	if (arm.made_year && arm.made_year < 1900) {
		desk_leave(d, "antique", N_("antiques: made before 1900"));
		return STATUS_DONE;
	}
	if (arm.recovered.precision == DATE_NONE) {
		desk_leave(d, "no-year", N_("the year of recovery is unknown"));
		return STATUS_DONE;
	}
	if (desk_ahead(d, &arm.recovered))
		return STATUS_DONE;
	if (!*arm.country) {
		desk_leave(d, "no-country", N_("the country of recovery is unknown"));
		return STATUS_DONE;
	}
	d->counted++;
	snprintf(key, sizeof key, "%.8s/%04d", arm.country, arm.recovered.year);
	if (groups_place(&s->cells, key, &place, e))
		return STATUS_SYSTEM;
	return once_add(&s->once, arm_identity(&arm, key, d->counted),
			(uint64_t)place << STATES | (arm.outcome == ARM_TRACED ? TRACED : 0) |
			(arm.outcome == ARM_ESTABLISHED ? ESTABLISHED : 0) | (arm.traceable ? TRACEABLE : 0), e);
}

/* An arm whose rows have all come: traced goes before established, so that it is in one of them only. */
static void count_arm(struct state *s)
{
	struct cell *c = (struct cell *)(void *)s->cell.data + (s->value >> STATES);
	bool traced = s->value & TRACED, established = !traced && s->value & ESTABLISHED, able = s->value & TRACEABLE;

	c->arms++;
	c->traced += traced;
	c->established += established;
	c->traceable += able;
	c->traceable_good += able && (traced || established);
}

static int take_once(void *context, uint64_t key, uint64_t value, struct error *e)
{
	struct state *s = context;

	(void)e;
	if (s->some && key == s->key) {
		s->value |= value & ((1 << STATES) - 1);
		s->repeated++;
		return STATUS_DONE;
	}
	if (s->some)
		count_arm(s);
	s->some = true;
	s->key = key;
	s->value = value;
	return STATUS_DONE;
}

static void put_row(struct sheet_table *t, const char *country, const char *year, const struct cell *c)
{
	sheet_put_text(t, country, NULL);
	sheet_put_text(t, year, NULL);
	sheet_put_count(t, c ? (int64_t)c->arms : -1);
	sheet_put_count(t, c ? (int64_t)c->traced : -1);
	sheet_put_count(t, c ? (int64_t)c->established : -1);
	sheet_put_value(t, c ? desk_share(c->traced + c->established, c->arms) : NAN);
	sheet_put_count(t, c ? (int64_t)c->traceable : -1);
	sheet_put_value(t, c ? desk_share(c->traceable_good, c->traceable) : NAN);
}

/* A year between others in which nothing was reported is said to be missing: it is not zero. */
static void put_gap(struct sheet_table *t, struct sheet *sheet, const char *before, const char *key)
{
	int from, to;

	if (!before || strncmp(before, key, strcspn(key, "/") + 1))
		return;
	from = atoi(strchr(before, '/') + 1);
	to = atoi(strchr(key, '/') + 1);
	for (int y = from + 1; y < to && y - from < 100; y++)
		put_row(t, sheet_format(sheet, "%.*s", (int)strcspn(key, "/"), key), sheet_format(sheet, "%04d", y), NULL);
}

static int tell(struct state *s, struct sheet *sheet, struct error *e)
{
	struct sheet_table *t = sheet_table(sheet, "indicator", _("SDG indicator 16.4.2"));
	const struct cell *cell = (const struct cell *)(const void *)s->cell.data;
	const char *before = NULL;
	uint64_t arms = 0;
	size_t *place = NULL;

	if (groups_sorted(&s->cells, GROUPS_BY_WORD, &place, e))
		return STATUS_SYSTEM;
	sheet_key(t, "country", _("country"));
	sheet_key(t, "year", _("year"));
	sheet_counts(t, "arms", _("seized, found or surrendered"), "arms");
	sheet_counts(t, "traced", _("traced"), "arms");
	sheet_counts(t, "established", _("otherwise established"), "arms");
	sheet_shares(t, "indicator", _("indicator 16.4.2"));
	sheet_rests_on(t, 2);
	sheet_counts(t, "traceable", _("potentially traceable"), "arms");
	sheet_shares(t, "indicator_traceable", _("of the potentially traceable"));
	sheet_drawn(t, SHEET_BARS, 5, "%");
	for (size_t i = 0; i < s->cells.count; i++) {
		const char *key = s->cells.line[place[i]].key;

		put_gap(t, sheet, before, key);
		put_row(t, sheet_format(sheet, "%.*s", (int)strcspn(key, "/"), key), strchr(key, '/') + 1, &cell[place[i]]);
		arms += cell[place[i]].arms;
		before = key;
	}
	sheet_rests(t, (int64_t)arms, _("arms"));
	free(place);
	return STATUS_DONE;
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	struct state *s = d->state;
	int status;

	if (s->cells.count && !groups_beside(&s->cell, s->cells.count - 1, sizeof(struct cell), e))
		return STATUS_SYSTEM;
	status = once_each(&s->once, take_once, s, e);
	if (status)
		return status;
	if (s->some)
		count_arm(s);
	desk_leave_many(d, "repeated", N_("the same arm again, in the same country and year"), s->repeated);
	d->counted -= s->repeated;
	return tell(s, sheet, e);
}

static const char *const rules[] = {
	N_("Indicator 16.4.2 is 100 times the arms whose illicit origin or context was traced, or otherwise "
	   "established by a competent authority, divided by the arms seized, found or surrendered."),
	N_("Each arm counts once in a country and year of recovery: the same make, calibre and serial number, or the "
	   "same record, is the same arm. Arms without either are each an arm of their own."),
	N_("Antiques, made before 1900, are left out. Arms whose year of manufacture is unknown are counted."),
	N_("A year without data is missing; it is not zero."),
	N_("Potentially traceable are arms whose serial number is readable and whose make is known."),
	NULL
};

static const struct desk_report report = {
	.name = "sdg", .title = N_("SDG indicator 16.4.2: arms traced"), .reads = SOURCE_RECORDS | SOURCE_TRACES,
	.n_title = N_("arms"), .date = "recovery_date|found_date|crime_date", .want = want, .take = take,
	.finish = finish, .rules = rules
};

static const struct option_line table[] = OPTIONS(common_options);

static int run_report(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct common_options *o = options;
	struct state s = { 0 };
	int status = desk_run(&report, &o->common, parsed, table, &s, e);

	(void)context;
	once_free(&s.once);
	groups_free(&s.cells);
	buf_free(&s.cell);
	return status;
}

const struct verb verb_sdg = { "sdg", "[FILE]", "indicator 16.4.2: arms whose illicit origin is known", table,
			       sizeof(struct common_options), NULL, 0, 1, run_report };
