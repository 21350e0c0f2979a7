/* mapping.h - which column of a table from elsewhere is which field */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_MAPPING_H
#define RECORD_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/pool.h"
#include "record/form.h"
#include "record/when.h"

#define MAPPING_COLUMNS_MAX 1000

enum mapping_how { MAPPING_NONE, MAPPING_GIVEN, MAPPING_NAME, MAPPING_WORD, MAPPING_OWN };

struct mapping {
	const char **header;             /* names of the columns; "1", "2", ... without a header */
	size_t columns;
	int place[MAPPING_COLUMNS_MAX];  /* enum form_place of each column; -1: not taken */
	enum mapping_how how[MAPPING_COLUMNS_MAX];
	bool person[MAPPING_COLUMNS_MAX];   /* about a person: not taken, nor with the rest */
	const char *constant[FORM_FIELDS];  /* --set; NULL */
	enum when_order order;
	bool copy;                       /* the columns are those of an export, names and revisions too */
	bool rest;                       /* columns that are not taken go into the remarks */
	struct pool pool;
};

/* Finds out. map: "field=header" or "field=2", several separated by commas; set: "field=value". Starts
 * from all zero. STATUS_USAGE: a field or a column that there is not. STATUS_INPUT: no column is
 * understood. */
int mapping_make(struct mapping *m, const char *const *header, size_t columns, bool named,
		 const char *const *map, size_t maps, const char *const *set, size_t sets, struct error *e);
void mapping_free(struct mapping *m);

/* Looks at some rows: learns the order of dates (unless it is given), lets go of a column "owner"
 * whose values are no countries, which then are persons, and takes a column like "nature", which would be
 * the type, for the category where that is what its values say. */
struct mapping_sample {
	size_t rows;
	size_t day_first, month_first;
	size_t owners, countries;
	size_t types, categories;
};
void mapping_look(const struct mapping *m, const char *const *field, size_t fields, struct form *form,
		  struct mapping_sample *sample);
void mapping_settle(struct mapping *m, const struct mapping_sample *sample);

/* Every record has an owner (country where no column says so; may be NULL) and a category. STATUS_INPUT:
 * these have not, and e says how to say it. */
int mapping_needs(struct mapping *m, const char *country, struct error *e);

/* One row into a record (raw; dates as they stand). Texts that are made go into pool. */
int mapping_apply(const struct mapping *m, const char *const *field, struct record *r, struct pool *pool,
		  struct error *e);

#endif
