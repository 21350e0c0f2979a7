/* tell.c - counts as tables, and codes in words */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tell.h"

#include <stdlib.h>
#include <string.h>

#include "desk.h"

const char *tell_word(const char *code)
{
	static const char *const words[] = {
		TELL_UNKNOWN, N_("unknown"), GROUPS_OTHERS, N_("(others)"), "lost", N_("lost"), "stolen", N_("stolen"),
		"trafficked", N_("trafficked"), "smuggled", N_("smuggled"), "active", N_("active"), "located",
		N_("located"), "recovered", N_("recovered"), "closed", N_("closed"), "expired", N_("expired"),
		"pistol", N_("pistol"), "revolver", N_("revolver"), "rifle", N_("rifle"), "shotgun", N_("shotgun"),
		"submachine-gun", N_("submachine-gun"), "machine-gun", N_("machine-gun"), "other", N_("other"),
		"1-overdue", N_("overdue"), "2-within-31-days", N_("within 31 days"), "3-within-a-year",
		N_("within a year"), "4-later", N_("later"), "none", N_("none"),
		"submitted", N_("submitted"), "acknowledged", N_("acknowledged"), "in-progress", N_("in progress"),
		"information-requested", N_("information requested"), "answered", N_("answered"), "refused",
		N_("refused"), "restricted", N_("restricted"), "forwarded", N_("forwarded"), "withdrawn",
		N_("withdrawn"), "purchaser", N_("traced to the purchaser"), "dealer", N_("traced to a dealer"),
		"importer", N_("traced to an importer"), "exporting-state", N_("traced to the exporting state"),
		"established", N_("established without a trace"), "not-traced", N_("not traced"), "too-old",
		N_("too old"), "serial", N_("serial number"), "form-errors", N_("errors in the form"),
		"records-unobtainable", N_("records unobtainable"), "urgent", N_("urgent"), "high", N_("high"),
		"normal", N_("normal"), "acknowledge", N_("to acknowledge"), "answer", N_("to answer"),
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i += 2)
		if (!strcmp(code, words[i]))
			return _(words[i + 1]);
	return NULL;
}

int tell_groups(struct sheet *sheet, const struct groups *g, const struct tell_counts *how, struct error *e)
{
	struct sheet_table *t = sheet_table(sheet, how->name, how->title);
	uint64_t rest = 0;
	size_t *place = NULL;

	if (groups_sorted(g, how->order, &place, e))
		return STATUS_SYSTEM;
	sheet_key(t, how->name, how->key);
	sheet_counts(t, how->unit, how->unit_title, how->unit);
	sheet_shares(t, "percent", _("percent"));
	sheet_rests(t, (int64_t)g->total, how->unit_title);
	sheet_drawn(t, SHEET_BARS, 1, how->unit_title);
	for (size_t i = 0; i < g->count; i++) {
		const struct groups_line *line = &g->line[place[i]];

		if (i >= how->shown || !strcmp(line->key, GROUPS_OTHERS)) {
			rest += line->n;
			continue;
		}
		sheet_put_text(t, line->key, tell_word(line->key));
		sheet_put_count(t, (int64_t)line->n);
		sheet_put_value(t, desk_share(line->n, g->total));
	}
	if (rest) {
		sheet_put_text(t, GROUPS_OTHERS, tell_word(GROUPS_OTHERS));
		sheet_put_count(t, (int64_t)rest);
		sheet_put_value(t, desk_share(rest, g->total));
	}
	free(place);
	return STATUS_DONE;
}
