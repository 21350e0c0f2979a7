/* flows.c - flows: from which country firearms come to which */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "arm.h"
#include "desk.h"
#include "report/once.h"
#include "tell.h"
#include "verbs.h"

#define COUNTRIES_MOST 1000
#define WORDS_MOST 65000
#define ROUTES_SHOWN 25

static const struct desk_want want[] = {
	ARM_WANTS,
	{ NULL, false }
};

enum { SOURCE, RECOVERED, MAKE, CALIBRE, PARTS };
static const int bits[PARTS] = { 10, 10, 16, 16 };

struct state {
	struct once once;
	struct groups part[PARTS];
	struct groups routes;          /* "USA/MEX" */
	struct groups of_route[2];     /* "USA/MEX\x1fGLOCK": makes, calibres */
	uint64_t key, repeated, home;
	bool some;
};

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct state *s = d->state;
	struct arm arm;
	const char *key[PARTS];
	uint64_t packed = 0;
	int shift = 0, status = STATUS_DONE;

	if (!row->current || !arm_read(d, row, field, &arm))
		return STATUS_DONE;
	if (arm.how == ARM_OTHERWISE) {
		desk_leave(d, "not-recovered", N_("not recovered"));
		return STATUS_DONE;
	}
	if (!*arm.country || !*arm.source) {
		if (!*arm.source)
			desk_leave(d, "no-source", N_("the country of the source is unknown"));
		else
			desk_leave(d, "no-country", N_("the country of recovery is unknown"));
		return STATUS_DONE;
	}
	d->counted++;
	key[SOURCE] = arm.source;
	key[RECOVERED] = arm.country;
	key[MAKE] = tell_or_unknown(arm.make);
	key[CALIBRE] = tell_or_unknown(arm.calibre);
	for (int i = 0; i < PARTS && !status; i++) {
		size_t place = 0;

		status = groups_place(&s->part[i], key[i], &place, e);
		packed |= (uint64_t)place << shift;
		shift += bits[i];
	}
	return status ? status : once_add(&s->once, arm_identity(&arm, arm.country, d->counted), packed, e);
}

static int take_once(void *context, uint64_t key, uint64_t packed, struct error *e)
{
	struct state *s = context;
	const char *word[PARTS];
	char route[40], of[300];
	int status;

	if (s->some && key == s->key) {
		s->repeated++;
		return STATUS_DONE;
	}
	s->some = true;
	s->key = key;
	for (int i = 0; i < PARTS; i++) {
		word[i] = s->part[i].line[packed & ((UINT64_C(1) << bits[i]) - 1)].key;
		packed >>= bits[i];
	}
	s->home += !strcmp(word[SOURCE], word[RECOVERED]);
	snprintf(route, sizeof route, "%.16s/%.16s", word[SOURCE], word[RECOVERED]);
	status = groups_count(&s->routes, route, NULL, e);
	for (int i = 0; i < 2 && !status; i++) {
		snprintf(of, sizeof of, "%s\x1f%.240s", route, word[MAKE + i]);
		status = groups_count(&s->of_route[i], of, NULL, e);
	}
	return status;
}

static void put_route(struct sheet_table *t, struct sheet *sheet, const char *route)
{
	size_t n = strcspn(route, "/");

	sheet_put_text(t, sheet_format(sheet, "%.*s", (int)n, route), NULL);
	sheet_put_text(t, route[n] ? route + n + 1 : "", NULL);
}

static void tell_matrix(const struct state *s, struct sheet *sheet, const size_t *place)
{
	struct sheet_table *t = sheet_table(sheet, "flows", _("From the source to the recovery"));

	sheet_key(t, "source", _("source"));
	sheet_key(t, "recovered", _("recovered in"));
	sheet_counts(t, "firearms", _("firearms"), "firearms");
	sheet_shares(t, "percent", _("percent"));
	sheet_rests(t, (int64_t)s->routes.total, _("firearms"));
	sheet_drawn(t, SHEET_MATRIX, 2, _("firearms"));
	for (size_t i = 0; i < s->routes.count; i++) {
		const struct groups_line *line = &s->routes.line[place[i]];

		put_route(t, sheet, line->key);
		sheet_put_count(t, (int64_t)line->n);
		sheet_put_value(t, desk_share(line->n, s->routes.total));
	}
}

/* The most frequent of what belongs to a route: makes or calibres. */
static const char *top_of(const struct groups *g, const char *route, uint64_t *n)
{
	size_t length = strlen(route);
	const char *best = "";

	*n = 0;
	for (size_t i = 0; i < g->count; i++) {
		const struct groups_line *line = &g->line[i];

		if (strncmp(line->key, route, length) || line->key[length] != '\x1f' || line->n < *n)
			continue;
		if (line->n > *n || strcmp(line->key + length + 1, best) < 0)
			best = line->key + length + 1;
		*n = line->n;
	}
	return best;
}

static void tell_routes(const struct state *s, struct sheet *sheet, const size_t *place)
{
	struct sheet_table *t = sheet_table(sheet, "routes", _("Routes across borders"));
	size_t shown = 0;

	sheet_key(t, "source", _("source"));
	sheet_key(t, "recovered", _("recovered in"));
	sheet_counts(t, "firearms", _("firearms"), "firearms");
	sheet_words(t, "make", _("most frequent make"));
	sheet_counts(t, "of_make", _("of that make"), "firearms");
	sheet_words(t, "calibre", _("most frequent calibre"));
	sheet_counts(t, "of_calibre", _("of that calibre"), "firearms");
	sheet_rests(t, (int64_t)(s->routes.total - s->home), _("firearms"));
	sheet_drawn(t, SHEET_BARS, 2, _("firearms"));
	for (size_t i = 0; i < s->routes.count && shown < ROUTES_SHOWN; i++) {
		const struct groups_line *line = &s->routes.line[place[i]];
		size_t n = strcspn(line->key, "/");

		if (line->key[n] && !strncmp(line->key, line->key + n + 1, n) && !line->key[2 * n + 1])
			continue;
		shown++;
		put_route(t, sheet, line->key);
		sheet_put_count(t, (int64_t)line->n);
		for (int k = 0; k < 2; k++) {
			uint64_t times;
			const char *word = top_of(&s->of_route[k], line->key, &times);

			sheet_put_text(t, word, tell_word(word));
			sheet_put_count(t, (int64_t)times);
		}
	}
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	struct state *s = d->state;
	size_t *place = NULL;
	int status = once_each(&s->once, take_once, s, e);

	desk_leave_many(d, "repeated", N_("the same arm again, in the same country"), s->repeated);
	d->counted -= s->repeated;
	if (!status)
		status = groups_sorted(&s->routes, GROUPS_BY_COUNT, &place, e);
	if (!status) {
		tell_matrix(s, sheet, place);
		tell_routes(s, sheet, place);
	}
	free(place);
	return status;
}

static const char *const rules[] = {
	N_("The source of a trace request is the last country to which answers follow the firearm: where it was traced "
	   "to a purchaser, dealer, importer or exporting state, also of a request by which the first was forwarded, or "
	   "the next country that such an answer names; of a record, its owner, where the firearm was lost or stolen."),
	N_("Each firearm counts once in a country of recovery: the same make, calibre and serial number, or the same "
	   "record, is the same firearm."),
	NULL
};

static const struct desk_report report = {
	.name = "flows", .title = N_("Flows of firearms"), .reads = SOURCE_RECORDS | SOURCE_TRACES,
	.n_title = N_("firearms"), .date = "recovery_date|found_date|crime_date", .want = want, .take = take,
	.finish = finish, .sources = true, .rules = rules
};

static const struct option_line table[] = OPTIONS(common_options);

static int run_report(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct common_options *o = options;
	struct state s = { 0 };
	int status;

	(void)context;
	s.part[SOURCE].most = s.part[RECOVERED].most = COUNTRIES_MOST;
	s.part[MAKE].most = s.part[CALIBRE].most = WORDS_MOST;
	status = desk_run(&report, &o->common, parsed, table, &s, e);
	once_free(&s.once);
	for (int i = 0; i < PARTS; i++)
		groups_free(&s.part[i]);
	for (int i = 0; i < 2; i++)
		groups_free(&s.of_route[i]);
	groups_free(&s.routes);
	return status;
}

const struct verb verb_flows = { "flows", "[FILE]", "from which country firearms come to which", table,
				 sizeof(struct common_options), NULL, 0, 1, run_report };
