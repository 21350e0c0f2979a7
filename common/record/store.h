/* store.h - a file of tables, number to bytes, kept as a cache (LMDB) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_STORE_H
#define RECORD_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "guard/folder.h"

/* What stands in it can always be made again, so it is never flushed to the disk: it survives the
 * death of a process, and is thrown away after the machine was started anew (NAME.boot remembers
 * which start it belongs to), when it is damaged or cut, or when anybody else has written to it (stamp.h;
 * NAME.boot has the stamp). Where the folder cannot be written to it is made in memory, for the process
 * alone. */
struct store;

enum store_kind {
	STORE_VALUES,   /* a number: bytes */
	STORE_PAIRS     /* a number: several numbers, sorted */
};
struct store_table {
	const char *name;
	enum store_kind kind;
};
#define STORE_TABLES 8

/* Opens or makes it. tables ends with a NULL name and outlives the store. least_bytes: room that
 * it will need at least (it grows). */
int store_open(struct store **s, const struct folder *f, const char *name,
	       const struct store_table *tables, uint64_t least_bytes, struct error *e);
void store_close(struct store *s);
/* *why: the failure because of which it is, NULL where there was none. */
bool store_in_memory(const struct store *s, const struct error **why);
/* Removes one that is damaged. Who has it open keeps what he has. */
int store_discard(const struct folder *f, const char *name, struct error *e);

/* One transaction at a time. Reading sees one state, whatever others write; writing is for one
 * process at a time, the others wait; some seconds, then it is STATUS_SYSTEM. STATUS_INPUT, here and
 * below: it is damaged. STATUS_NO: reading, and nothing was ever put in.
 * A store that is full grows and says STATUS_NO on commit or put: abort, and do it again. */
int store_begin(struct store *s, bool write, struct error *e);
int store_commit(struct store *s, struct error *e);
void store_abort(struct store *s);

/* Values point into the store until the transaction ends or something is put.
 * STATUS_NO: there is none. */
int store_get(struct store *s, int table, uint64_t key, const void **value, size_t *size, struct error *e);
/* The next key from `key` on, which may be itself. */
int store_from(struct store *s, int table, uint64_t *key, const void **value, size_t *size, struct error *e);
/* The largest key. */
int store_last(struct store *s, int table, uint64_t *key, const void **value, size_t *size, struct error *e);

/* Of STORE_PAIRS: the numbers of a key that follow *value; begin with first true. */
int store_pair(struct store *s, int table, uint64_t key, bool first, uint64_t *value, struct error *e);

int store_put(struct store *s, int table, uint64_t key, const void *value, size_t size, struct error *e);
/* Room for a value that the caller then writes, before anything else is done with the store. */
int store_room(struct store *s, int table, uint64_t key, size_t size, void **to, struct error *e);
/* A pair that is there already stays. */
int store_put_pair(struct store *s, int table, uint64_t key, uint64_t value, struct error *e);

/* Empties all tables, in a write transaction. */
int store_clear(struct store *s, struct error *e);

/* True when a put or commit failed because the store was full and it has been made larger. */
bool store_grew(struct store *s);

#endif
