/* links.h - exhibits, hits, records and requests joined */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_REPORT_LINKS_H
#define IARMS_REPORT_LINKS_H

#include "desk.h"
#include "report/groups.h"

/* An exhibit of the table that says of which crime it is. Texts are in the pool of the state. */
struct links_exhibit {
	const char *name, *crime, *country, *date, *record, *trace;
	size_t of;               /* the exhibit that stands for its firearm, by union-find */
	bool told;               /* the table has it */
};

/* What is known of a firearm from records and requests. */
struct links_firearm {
	const char *id, *make, *calibre, *serial, *owner, *status, *diversion;
};

/* A firearm that was recorded in one country and found in another. */
struct links_abroad {
	const char *id, *owner, *found, *make, *calibre, *lost_on, *found_on;
};
#define LINKS_ABROAD_MOST 5000

struct links_options {
	struct common common;
	const char *exhibits;
};

struct links {
	const struct links_options *o;
	struct pool pool;
	struct groups names;          /* of exhibits; struct links_exhibit by their places */
	struct buf exhibit;
	struct groups records;        /* names of records and requests that exhibits speak of */
	struct buf firearm;           /* struct links_firearm, by the places of records */
	struct buf abroad;            /* struct links_abroad */
	uint64_t abroad_more, hits, hits_untold;
	struct groups routes;         /* "USA/MEX" of records and traces */
	struct groups diversions;     /* "USA/name of the point" */
};

static inline struct links_exhibit *links_at(const struct links *l, size_t place)
{
	return (struct links_exhibit *)(void *)l->exhibit.data + place;
}

/* Reads the table of exhibits and the rows of hits ("-": standard input); either may be NULL. */
int links_read_exhibits(struct links *l, const char *path, struct error *e);
int links_read_hits(struct links *l, const char *path, struct error *e);

/* The exhibit that stands for the firearm of one. */
size_t links_root(const struct links *l, size_t place);

/* Tables; and the graph in the language of Graphviz. */
int links_tell(struct desk *d, struct links *l, struct sheet *sheet, struct error *e);
int links_dot(const struct sheet *sheet, FILE *out, struct error *e);

#endif
