/* links.c - links: crimes by one firearm, firearms stolen here and found there, routes and points of diversion */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "links.h"

#include <stdlib.h>
#include <string.h>

#include "arm.h"
#include "verbs.h"

enum { EVENT_DATE = ARM_FIELDS, DIVERSION, CATEGORY };
static const struct desk_want want[] = {
	ARM_WANTS,
	[EVENT_DATE] = { "event_date", false }, [DIVERSION] = { "diversion", false }, [CATEGORY] = { "category", false },
	{ NULL, false }
};

static const char *keep(struct links *l, const char *text)
{
	return *text ? pool_text(&l->pool, text, strlen(text), NULL) : "";
}

/* A record or request of which an exhibit speaks. */
static int note_firearm(struct links *l, const struct arm *arm, const char *const *field, struct error *e)
{
	size_t place = groups_find(&l->records, arm->id);
	struct links_firearm *f;

	if (place == SIZE_MAX)
		return STATUS_DONE;
	f = (struct links_firearm *)(void *)l->firearm.data + place;
	*f = (struct links_firearm){ keep(l, arm->id), keep(l, arm->make), keep(l, arm->calibre), keep(l, field[ARM_SERIAL]),
				     keep(l, field[ARM_OWNER]), keep(l, field[ARM_STATUS]), keep(l, field[DIVERSION]) };
	if (!f->id || !f->make || !f->calibre || !f->serial || !f->owner || !f->status || !f->diversion) {
		memset(f, 0, sizeof *f);
		return error_memory(e);
	}
	return STATUS_DONE;
}

static int note_abroad(struct links *l, const struct arm *arm, const char *const *field, struct error *e)
{
	struct links_abroad a;

	if (l->abroad.size >= LINKS_ABROAD_MOST * sizeof a) {
		l->abroad_more++;
		return STATUS_DONE;
	}
	a = (struct links_abroad){ keep(l, arm->id), keep(l, arm->source), keep(l, arm->country), keep(l, arm->make),
				   keep(l, arm->calibre), keep(l, field[EVENT_DATE]), keep(l, field[ARM_FOUND_DATE]) };
	if (!a.id || !a.owner || !a.found || !a.make || !a.calibre || !a.lost_on || !a.found_on)
		return error_memory(e);
	return buf_add(&l->abroad, &a, sizeof a, e);
}

static int count_route(struct links *l, const char *from, const char *to, struct error *e)
{
	char route[40];

	snprintf(route, sizeof route, "%.16s/%.16s", from, to);
	return groups_count(&l->routes, route, NULL, e);
}

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct links *l = d->state;
	struct arm arm;
	bool abroad;
	int status;

	if (!row->current || !arm_read(d, row, field, &arm))
		return STATUS_DONE;
	d->counted++;
	status = note_firearm(l, &arm, field, e);
	abroad = arm.how != ARM_OTHERWISE && *arm.source && *arm.country && strcmp(arm.source, arm.country);
	if (!status && abroad)
		status = count_route(l, arm.source, arm.country, e);
	if (!status && abroad && row->kind == SOURCE_RECORDS)
		status = note_abroad(l, &arm, field, e);
	if (!status && *field[DIVERSION]) {
		char point[200];

		snprintf(point, sizeof point, "%.8s/%.180s", field[ARM_TO], field[DIVERSION]);
		status = groups_count(&l->diversions, point, NULL, e);
	}
	return status;
}

static int open_report(struct desk *d, struct error *e)
{
	struct links *l = d->state;
	const char *hits = d->parsed->operands ? d->parsed->operand[0] : NULL;
	int status = links_read_exhibits(l, l->o->exhibits, e);

	return status ? status : links_read_hits(l, hits, e);
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	struct links *l = d->state;

	desk_leave_many(d, "unknown-exhibit", N_("hits with an exhibit that the table of exhibits has not"), l->hits_untold);
	return links_tell(d, l, sheet, e);
}

static const char *const rules[] = {
	N_("Exhibits are of one firearm where a hit that an expert kept joins them, or where they are of the same record "
	   "or request; so are those that are joined through others."),
	N_("A hit says that two exhibits may be of one firearm; what is joined through many is as sure as its weakest "
	   "hit."),
	N_("Found abroad are firearms whose record is of one country and that were located or recovered in another. "
	   "Routes and points of diversion are told where they come at least twice."),
	NULL
};

static const struct desk_report report = {
	.name = "links", .title = N_("Links between crimes, firearms and countries"),
	.reads = SOURCE_RECORDS | SOURCE_TRACES, .beside = true, .n_title = N_("rows"),
	.date = "recovery_date|found_date", .want = want, .open = open_report, .take = take, .finish = finish,
	.sources = true, .dot = links_dot, .rules = rules
};

static const struct option_line table[] = {
	{ "exhibits", 'x', OPTION_TEXT, offsetof(struct links_options, exhibits), "FILE",
	  "exhibit,case,country[,date,record,trace]", 0, 0 },
	COMMON(links_options), END
};

static int run_report(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct links_options *o = options;
	struct links l = { .o = o, .names = { .most = 2000000 }, .records = { .most = 2000000 } };
	int status;

	(void)context;
	if (parsed->operands && !o->exhibits)
		return error_set(e, STATUS_USAGE, "hits need --exhibits: which exhibit is of which crime");
	status = desk_run(&report, &o->common, parsed, table, &l, e);
	pool_free(&l.pool);
	groups_free(&l.names);
	groups_free(&l.records);
	groups_free(&l.routes);
	groups_free(&l.diversions);
	buf_free(&l.exhibit);
	buf_free(&l.firearm);
	buf_free(&l.abroad);
	return status;
}

const struct verb verb_links = { "links", "[HITS]", "crimes by one firearm, routes, points of diversion", table,
				 sizeof(struct links_options), NULL, 0, 1, run_report };
