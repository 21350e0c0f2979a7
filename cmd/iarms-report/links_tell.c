/* links_tell.c - links: tables and the graph */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "links.h"
#include "tell.h"

/* A firearm: exhibits that are joined. */
struct cluster {
	size_t root, exhibits, crimes;
	struct buf countries;            /* "DEU FRA" */
	size_t country_count;
	const char *first, *last;        /* dates */
	const struct links_firearm *firearm;
	char name[24];                   /* "F12" */
};

struct telling {
	struct links *l;
	struct cluster *cluster;
	size_t count;
	size_t *cluster_of;              /* by the place of an exhibit; SIZE_MAX: alone */
	size_t *order;                   /* exhibits by cluster, country, crime */
};

static int order_exhibits(const void *a, const void *b, void *context)
{
	const struct telling *t = context;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	const struct links_exhibit *p = links_at(t->l, x), *q = links_at(t->l, y);
	int differ;

	if (t->cluster_of[x] != t->cluster_of[y])
		return t->cluster_of[x] < t->cluster_of[y] ? -1 : 1;
	differ = strcmp(p->country, q->country);
	if (!differ)
		differ = strcmp(p->crime, q->crime);
	return differ ? differ : strcmp(p->name, q->name);
}

/* Firearms of at least two exhibits, numbered by the first of them in the table. */
static int number(struct telling *t, struct error *e)
{
	size_t n = t->l->names.count, *size = mem_new(n, sizeof *size, e);
	size_t count = 0;

	t->cluster_of = size ? mem_new(n, sizeof *t->cluster_of, e) : NULL;
	t->order = t->cluster_of ? mem_new(n, sizeof *t->order, e) : NULL;
	for (size_t i = 0; t->order && i < n; i++)
		size[links_root(t->l, i)]++;
	for (size_t i = 0; t->order && i < n; i++)
		count += size[i] > 1;
	t->cluster = t->order ? mem_new(count, sizeof *t->cluster, e) : NULL;
	for (size_t i = 0; t->cluster && i < n; i++) {
		size_t root = links_root(t->l, i);

		/* roots are the least of their exhibits, so they come first */
		if (root == i && size[i] > 1) {
			t->cluster[t->count] = (struct cluster){ .root = i, .first = "", .last = "" };
			snprintf(t->cluster[t->count].name, sizeof t->cluster->name, "F%zu", t->count + 1);
			t->cluster_of[i] = t->count++;
		} else {
			t->cluster_of[i] = root == i ? SIZE_MAX : t->cluster_of[root];
		}
		t->order[i] = i;
	}
	free(size);
	if (!t->cluster)
		return STATUS_SYSTEM;
	qsort_r(t->order, n, sizeof *t->order, order_exhibits, t);
	return STATUS_DONE;
}

static const struct links_firearm *firearm_of(const struct links *l, const char *id)
{
	size_t place = *id ? groups_find(&l->records, id) : SIZE_MAX;
	const struct links_firearm *f = place == SIZE_MAX ? NULL :
					(const struct links_firearm *)(const void *)l->firearm.data + place;

	return f && *f->id ? f : NULL;
}

static int add_exhibit(struct cluster *c, const struct links *l, const struct links_exhibit *x,
		       const struct links_exhibit *before, struct error *e)
{
	bool same_country = before && !strcmp(before->country, x->country);

	c->exhibits++;
	if (*x->crime && !(same_country && !strcmp(before->crime, x->crime)))
		c->crimes++;
	if (*x->country && !same_country) {
		if (buf_format(&c->countries, e, "%s%s", c->countries.size ? " " : "", x->country))
			return STATUS_SYSTEM;
		c->country_count++;
	}
	if (*x->date && (!*c->first || strcmp(x->date, c->first) < 0))
		c->first = x->date;
	if (*x->date && strcmp(x->date, c->last) > 0)
		c->last = x->date;
	if (!c->firearm)
		c->firearm = firearm_of(l, x->record);
	if (!c->firearm)
		c->firearm = firearm_of(l, x->trace);
	return buf_string(&c->countries, e) ? STATUS_DONE : STATUS_SYSTEM;
}

static int fill(struct telling *t, struct error *e)
{
	const struct links_exhibit *before = NULL;
	size_t last = SIZE_MAX;
	int status = STATUS_DONE;

	for (size_t i = 0; i < t->l->names.count && !status; i++) {
		size_t place = t->order[i], c = t->cluster_of[place];

		if (c == SIZE_MAX)
			break;   /* those that are alone stand last */
		status = add_exhibit(&t->cluster[c], t->l, links_at(t->l, place), c == last ? before : NULL, e);
		before = links_at(t->l, place);
		last = c;
	}
	return status;
}

static void tell_clusters(const struct telling *t, struct sheet *sheet)
{
	struct sheet_table *table = sheet_table(sheet, "firearms", _("Crimes by one firearm"));

	sheet_key(table, "firearm", _("firearm"));
	sheet_counts(table, "crimes", _("crimes"), "crimes");
	sheet_counts(table, "exhibits", _("exhibits"), "exhibits");
	sheet_counts(table, "countries", _("countries"), "countries");
	sheet_words(table, "where", _("where"));
	sheet_words(table, "first", _("first"));
	sheet_words(table, "last", _("last"));
	sheet_words(table, "record", _("record or request"));
	sheet_words(table, "owner", _("recorded by"));
	sheet_words(table, "status", _("state"));
	sheet_words(table, "make", _("make"));
	sheet_words(table, "calibre", _("calibre"));
	sheet_words(table, "serial", _("serial number"));
	sheet_rests(table, (int64_t)t->count, _("firearms"));
	sheet_open_to_all(table);
	for (size_t i = 0; i < t->count; i++) {
		const struct cluster *c = &t->cluster[i];
		const struct links_firearm none = { "", "", "", "", "", "", "" }, *f = c->firearm ? c->firearm : &none;

		sheet_put_text(table, c->name, NULL);
		sheet_put_count(table, (int64_t)c->crimes);
		sheet_put_count(table, (int64_t)c->exhibits);
		sheet_put_count(table, (int64_t)c->country_count);
		sheet_put_text(table, (const char *)c->countries.data, NULL);
		sheet_put_text(table, c->first, NULL);
		sheet_put_text(table, c->last, NULL);
		sheet_put_text(table, f->id, NULL);
		sheet_put_text(table, f->owner, NULL);
		sheet_put_text(table, f->status, tell_word(f->status));
		sheet_put_text(table, f->make, NULL);
		sheet_put_text(table, f->calibre, NULL);
		sheet_put_text(table, f->serial, NULL);
	}
}

/* An edge of the graph: a crime, a firearm, and how many exhibits join them. */
static void tell_edges(const struct telling *t, struct sheet *sheet)
{
	struct sheet_table *table = sheet_table(sheet, "graph", _("Crimes and firearms"));
	size_t n = t->l->names.count, edges = 0;

	sheet_key(table, "crime", _("crime"));
	sheet_key(table, "firearm", _("firearm"));
	sheet_counts(table, "exhibits", _("exhibits"), "exhibits");
	sheet_words(table, "country", _("country"));
	sheet_open_to_all(table);
	for (size_t i = 0; i < n && t->cluster_of[t->order[i]] != SIZE_MAX;) {
		size_t c = t->cluster_of[t->order[i]], same = i;
		const struct links_exhibit *x = links_at(t->l, t->order[i]);

		while (same < n && t->cluster_of[t->order[same]] == c &&
		       !strcmp(links_at(t->l, t->order[same])->crime, x->crime) &&
		       !strcmp(links_at(t->l, t->order[same])->country, x->country))
			same++;
		sheet_put_text(table, *x->crime ? sheet_format(sheet, "%s %s", x->country, x->crime) :
			       sheet_format(sheet, "(%s)", x->name), NULL);
		sheet_put_text(table, t->cluster[c].name, NULL);
		sheet_put_count(table, (int64_t)(same - i));
		sheet_put_text(table, x->country, NULL);
		edges++;
		i = same;
	}
	sheet_rests(table, (int64_t)edges, _("links"));
	sheet_drawn(table, SHEET_GRAPH, 2, _("exhibits"));
}

/* Countries in which the same firearm was used: each pair, and how many firearms. */
static int tell_borders(const struct telling *t, struct sheet *sheet, struct error *e)
{
	struct sheet_table *table = sheet_table(sheet, "borders", _("Countries joined by a firearm"));
	struct groups pairs = { 0 };
	size_t *place = NULL;
	int status = STATUS_DONE;

	for (size_t i = 0; i < t->count && !status; i++) {
		const char *list = t->cluster[i].countries.size ? (const char *)t->cluster[i].countries.data : "";

		for (const char *a = list; *a && !status; a += strcspn(a, " "), a += *a == ' ')
			for (const char *b = a + strcspn(a, " "); *b && !status; b += strcspn(b, " ")) {
				char pair[40];

				b++;
				snprintf(pair, sizeof pair, "%.*s/%.*s", (int)strcspn(a, " "), a, (int)strcspn(b, " "), b);
				status = groups_count(&pairs, pair, NULL, e);
			}
	}
	if (!status)
		status = groups_sorted(&pairs, GROUPS_BY_COUNT, &place, e);
	sheet_key(table, "country", _("country"));
	sheet_key(table, "other", _("other country"));
	sheet_counts(table, "firearms", _("firearms"), "firearms");
	sheet_rests(table, (int64_t)t->count, _("firearms"));
	sheet_drawn(table, SHEET_MATRIX, 2, _("firearms"));
	for (size_t i = 0; i < pairs.count && !status; i++) {
		const struct groups_line *line = &pairs.line[place[i]];

		sheet_put_text(table, sheet_format(sheet, "%.*s", (int)strcspn(line->key, "/"), line->key), NULL);
		sheet_put_text(table, strchr(line->key, '/') + 1, NULL);
		sheet_put_count(table, (int64_t)line->n);
	}
	free(place);
	groups_free(&pairs);
	return status;
}

static void tell_abroad(const struct links *l, struct sheet *sheet)
{
	struct sheet_table *table = sheet_table(sheet, "found_abroad", _("Recorded here, found there"));
	const struct links_abroad *a = (const struct links_abroad *)(const void *)l->abroad.data;
	size_t n = l->abroad.size / sizeof *a;

	sheet_key(table, "record", _("record"));
	sheet_words(table, "owner", _("recorded by"));
	sheet_words(table, "found", _("found in"));
	sheet_words(table, "make", _("make"));
	sheet_words(table, "calibre", _("calibre"));
	sheet_words(table, "lost_on", _("lost on"));
	sheet_words(table, "found_on", _("found on"));
	sheet_values(table, "days", _("from loss to find"), "days", 0);
	sheet_rests(table, (int64_t)(n + l->abroad_more), _("firearms"));
	for (size_t i = 0; i < n; i++) {
		int64_t days;

		sheet_put_text(table, a[i].id, NULL);
		sheet_put_text(table, a[i].owner, NULL);
		sheet_put_text(table, a[i].found, NULL);
		sheet_put_text(table, a[i].make, NULL);
		sheet_put_text(table, a[i].calibre, NULL);
		sheet_put_text(table, a[i].lost_on, NULL);
		sheet_put_text(table, a[i].found_on, NULL);
		sheet_put_value(table, span_days(a[i].lost_on, a[i].found_on, &days) ? (double)days : NAN);
	}
	if (l->abroad_more)
		sheet_note(table, sheet_format(sheet, _("Only the first %zu are listed."), n));
}

/* Those that come at least twice: "here/there" as two keys and a count. */
static int tell_repeated(const struct groups *g, struct sheet *sheet, const char *name, const char *title,
			 const char *const key[2], const char *const key_title[2], enum sheet_chart chart,
			 struct error *e)
{
	struct sheet_table *table = sheet_table(sheet, name, title);
	size_t *place = NULL;

	if (groups_sorted(g, GROUPS_BY_COUNT, &place, e))
		return STATUS_SYSTEM;
	sheet_key(table, key[0], key_title[0]);
	sheet_key(table, key[1], key_title[1]);
	sheet_counts(table, "firearms", _("firearms"), "firearms");
	sheet_rests(table, (int64_t)g->total, _("firearms"));
	sheet_drawn(table, chart, 2, _("firearms"));
	for (size_t i = 0; i < g->count && g->line[place[i]].n > 1; i++) {
		const struct groups_line *line = &g->line[place[i]];
		size_t n = strcspn(line->key, "/");

		sheet_put_text(table, sheet_format(sheet, "%.*s", (int)n, line->key), NULL);
		sheet_put_text(table, line->key[n] ? line->key + n + 1 : "", NULL);
		sheet_put_count(table, (int64_t)line->n);
	}
	free(place);
	return STATUS_DONE;
}

int links_tell(struct desk *d, struct links *l, struct sheet *sheet, struct error *e)
{
	static const char *const route[2] = { "source", "recovered" }, *const point[2] = { "country", "point" };
	const char *const route_title[2] = { _("source"), _("recovered in") };
	const char *const point_title[2] = { _("country"), _("point of diversion") };
	struct telling t = { .l = l };
	int status = number(&t, e);

	(void)d;
	if (!status)
		status = fill(&t, e);
	if (!status) {
		tell_clusters(&t, sheet);
		tell_edges(&t, sheet);
		status = tell_borders(&t, sheet, e);
	}
	if (!status) {
		tell_abroad(l, sheet);
		status = tell_repeated(&l->routes, sheet, "routes", _("Routes that repeat"), route, route_title, SHEET_GRAPH, e);
	}
	if (!status)
		status = tell_repeated(&l->diversions, sheet, "diversion", _("Points of diversion behind several"), point,
				       point_title, SHEET_BARS, e);
	for (size_t i = 0; i < t.count; i++)
		buf_free(&t.cluster[i].countries);
	free(t.cluster);
	free(t.cluster_of);
	free(t.order);
	return status;
}

#define FIRST_KNOWN 10   /* column of firearms: make, then calibre and serial number */

/* What stands between quotes for Graphviz. */
static void put_words(FILE *out, const char *words)
{
	for (; *words; words++) {
		if (*words == '"' || *words == '\\')
			fputc('\\', out);
		fputc((unsigned char)*words < ' ' ? ' ' : *words, out);
	}
}

static void put_name(FILE *out, const char *kind, const char *name)
{
	fprintf(out, "\"%s:", kind);
	put_words(out, name);
	fputc('"', out);
}

static void put_node(FILE *out, const char *kind, const char *name, const char *shape)
{
	fputc('\t', out);
	put_name(out, kind, name);
	fputs(" [label=\"", out);
	put_words(out, name);
	fprintf(out, "\", shape=%s];\n", shape);
}

/* A firearm, with what is known of it under its number. */
static void put_firearm(FILE *out, const struct sheet_table *t, size_t row)
{
	const char *name = sheet_at(t, row, 0)->text;

	fputc('\t', out);
	put_name(out, "firearm", name);
	fputs(" [label=\"", out);
	put_words(out, name);
	for (size_t i = FIRST_KNOWN; i < t->columns; i++) {
		const char *text = sheet_at(t, row, i)->text;

		if (text && *text) {
			fputs("\\n", out);
			put_words(out, text);
		}
	}
	fputs("\", shape=ellipse];\n", out);
}

/* how: what is said of each edge. A number is told where it is more than one, or all are told. */
static void put_edges(FILE *out, const struct sheet_table *t, const char *const kind[2], const char *how, bool all)
{
	for (size_t i = 0; i < sheet_row_count(t); i++) {
		const struct sheet_cell *n = sheet_at(t, i, 2);

		fputc('\t', out);
		put_name(out, kind[0], sheet_at(t, i, 0)->text);
		fputs(" -> ", out);
		put_name(out, kind[1], sheet_at(t, i, 1)->text);
		if (n->state == SHEET_NUMBER && (all || n->number > 1))
			fprintf(out, " [%s, label=\"%.0f\"];\n", how, n->number);
		else
			fprintf(out, " [%s];\n", how);
	}
}

int links_dot(const struct sheet *sheet, FILE *out, struct error *e)
{
	static const char *const crime_firearm[2] = { "crime", "firearm" };
	static const char *const countries[2] = { "country", "country" };
	const struct sheet_table *graph = sheet_find(sheet, "graph"), *routes = sheet_find(sheet, "routes");
	const struct sheet_table *firearms = sheet_find(sheet, "firearms");

	fputs("digraph links {\n\trankdir=LR;\n\tnode [fontname=\"sans-serif\"];\n"
	      "\tedge [fontname=\"sans-serif\", fontsize=11];\n", out);
	for (size_t i = 0; i < sheet_row_count(firearms); i++)
		put_firearm(out, firearms, i);
	for (size_t i = 0; i < sheet_row_count(graph); i++) {
		const char *crime = sheet_at(graph, i, 0)->text, *country = sheet_at(graph, i, 3)->text;

		put_node(out, "crime", crime, "box");
		if (*country) {
			put_node(out, "country", country, "plaintext");
			fputc('\t', out);
			put_name(out, "country", country);
			fputs(" -> ", out);
			put_name(out, "crime", crime);
			fputs(" [style=dotted, dir=none, weight=0];\n", out);
		}
	}
	put_edges(out, graph, crime_firearm, "dir=none, weight=4", false);
	for (size_t i = 0; i < sheet_row_count(routes); i++)
		for (size_t k = 0; k < 2; k++)
			put_node(out, "country", sheet_at(routes, i, k)->text, "plaintext");
	/* routes do not push countries out of their column */
	put_edges(out, routes, countries, "constraint=false, penwidth=2", true);
	fputs("}\n", out);
	return ferror(out) ? error_system(e, "standard output") : STATUS_DONE;
}
