/* index.h - where each record stands in the log, and which serials lead to it: a cache */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_INDEX_H
#define RECORD_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "guard/folder.h"
#include "record/log.h"
#include "record/serial.h"

/* What is kept of the line that is a record's current one. */
struct index_head {
	uint64_t id;          /* packed */
	uint64_t offset;      /* of its line */
	uint32_t size, sum;   /* of the line */
	uint32_t revision;
	int64_t at;           /* seconds since 1970 */
	int32_t review;       /* days since 1970; 0: none */
	uint16_t owner;       /* index_country of its code */
	uint16_t other;       /* of a second country; 0: none */
	uint32_t place;       /* among the places, from 1; 0: none */
	uint8_t state;        /* enum form_state */
	bool gone;            /* a tombstone: it stands for all lines of its record, whatever their revisions */
};
/* 15 bits for three capital letters; 0 for what are none. */
uint16_t index_country(const char *code);

/* How far the index goes, and over which log. */
struct index_cover {
	struct log_identity log;
	uint64_t size;        /* bytes of the log */
	uint64_t last;        /* offset of the last line in them */
	uint64_t last_sum;    /* and what its sum says */
	uint64_t lines, records;
	uint64_t damaged;     /* lines that are not taken apart */
	uint64_t headers;     /* more than one: logs that were concatenated */
	uint64_t repeated;    /* lines that stood there before, word for word */
	uint64_t conflicts;   /* other content under the same name and revision */
	uint64_t returned;    /* lines of records that have a tombstone: an older copy was put behind it */
};

/* What leads to a serial. */
struct index_serial {
	const char *plain;          /* its key; "" for none */
	uint64_t key[2];            /* hashes of what look-alikes, and letters between digits, make of it;
	                             * the second is 0 where it is the same */
	bool wild;                  /* plain has ? or *, and no hashes */
};
/* plain is kept, not copied. */
void index_serial_of(const char *plain, struct index_serial *out);

/* Lines gathered before they are put in, sorted, in one go. Starts as all zero. */
struct index_batch {
	struct buf heads, keys, origins, serials, wild;
	struct index_cover cover;   /* as it will be; the caller keeps its counts up to date */
	bool named;                 /* all are new records, none with the name of another */
	bool places;                /* current lines have places, for index_places */
};
struct index_batch_line {
	struct index_head head;
	uint64_t origin;            /* 0: none */
	struct index_serial serial; /* of the firearm */
	const char *components;     /* serials of other parts, in words */
};
int index_batch_add(struct index_batch *b, const struct index_batch_line *line, struct error *e);
size_t index_batch_lines(const struct index_batch *b);
void index_batch_clear(struct index_batch *b);
void index_batch_free(struct index_batch *b);

struct index;
int index_open(struct index **i, const struct folder *f, const char *name, uint64_t log_bytes,
	       struct error *e);
void index_close(struct index *i);
/* *why: the failure because of which it is, NULL where there was none. */
bool index_in_memory(const struct index *i, const struct error **why);
/* Removes one that is damaged. */
int index_discard(const struct folder *f, const char *name, struct error *e);

/* Between these two lookups see one state. index_cover without a line put in yet is all zero.
 * STATUS_INPUT, here and of index_commit: the index is damaged; see index_discard. */
int index_look(struct index *i, struct index_cover *cover, struct error *e);
void index_leave(struct index *i);

/* Puts a batch in, which must begin where the index ends: `from` is the cover that was seen; when it is
 * not the index's own any more, STATUS_NO. fresh: everything is thrown away first. Sorts the batch. */
int index_commit(struct index *i, struct index_batch *b, const struct index_cover *from, bool fresh,
		 struct error *e);

/* STATUS_NO where there is none. */
int index_find(struct index *i, uint64_t id, struct index_head *out, struct error *e);
int index_find_origin(struct index *i, uint64_t origin, uint64_t *id, struct error *e);
/* The current lines of all records, by id. */
typedef int index_take(void *context, const struct index_head *head, struct error *e);
int index_each(struct index *i, index_take *take, void *context, struct error *e);
/* The same of those that fit, by their places, of what batches with places have put in: fast, in the order in
 * which the records came, with no more than id, offset, owner, other, state and review (a day from 1970 on) of
 * each. Records behind the last place are not among them. */
#define INDEX_PLACES_MOST ((1u << 24) - 1)
struct index_filter {
	uint32_t states;      /* bits of states below 32; 0: any */
	uint16_t country;     /* owner or other; 0: any */
};
int index_places(struct index *i, const struct index_filter *filter, index_take *take, void *context,
		 struct error *e);
/* All lines of a record, struct index_head: the current one first, the others as they stand in the
 * log; of one that is gone its tombstones alone. STATUS_NO where there is none. */
int index_lines(struct index *i, uint64_t id, struct buf *lines, struct error *e);
/* The same by revision, and each once however often logs that were put together have it. holding: of several with one
 * revision only the one that holds. */
int index_revisions(struct index *i, uint64_t id, bool holding, struct buf *lines, struct error *e);
/* Is the line at an offset one of those? */
int index_counts(struct index *i, uint64_t id, uint64_t offset, bool holding, bool *counts, struct error *e);
/* How many other lines a record has that is gone. */
int index_returned(struct index *i, uint64_t id, size_t *count, struct error *e);
/* Ids whose serial, or that of a part, may be the same as s at some grade up to SERIAL_LETTERS, and
 * those whose own serial has wildcards that s fits. Not verified: their lines are compared after. */
typedef int index_hit(void *context, uint64_t id, struct error *e);
int index_serials(struct index *i, const struct serial *s, index_hit *hit, void *context,
		  struct error *e);
/* All serials that fit the wildcards of s, or are one edit away (edit), read one after the other. */
int index_scan(struct index *i, const struct serial *s, bool edit, index_hit *hit, void *context,
	       struct error *e);

#endif
