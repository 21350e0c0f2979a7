/* gate.h - a cache on the disk: whose turn it is, and whether it is still what was written */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_GATE_H
#define RECORD_GATE_H

#include <stdbool.h>

#include "base/error.h"
#include "guard/folder.h"

/* NAME.boot beside a cache NAME: locks, which start of the machine the cache belongs to, and a stamp (stamp.h) of
 * what was written to it last. fd -1: there is none, and everything below does nothing and is as it should be. */
struct gate {
	const struct folder *folder;
	const char *name;
	int fd;
};

/* LMDB's own locks have no limit of time: a process that is stopped within one (a debugger, ^Z) would keep
 * all others for ever. So nobody asks for one without a part of this. */
enum gate_part { GATE_OPENING, GATE_WRITING };   /* opening and beginning to read, which are short; writing */

/* Opens it, and takes GATE_OPENING. */
int gate_open(struct gate *g, const struct folder *f, const char *name, struct error *e);
void gate_close(struct gate *g);

/* Waits some seconds at most. */
int gate_take(const struct gate *g, enum gate_part part, struct error *e);
void gate_leave(const struct gate *g, enum gate_part part);

/* Does the cache belong to this start of the machine? *known: the system says which that is. */
bool gate_same_boot(const struct gate *g, bool *known);
/* While GATE_OPENING is ours: the cache's files go, and this start is remembered. Who has them open keeps what he
 * has. */
int gate_throw_away(const struct gate *g, struct error *e);

/* While GATE_WRITING is ours: what `file` is now is what it should be. */
int gate_stamp(const struct gate *g, int file, struct error *e);
/* Has somebody else written to it? One that is being written to does not fit its stamp yet, and is believed. */
bool gate_foreign(const struct gate *g, int file);
/* The same while GATE_WRITING is ours. *stamped: it is the file that has the stamp, not one that was thrown away
 * since. */
bool gate_foreign_now(const struct gate *g, int file, bool *stamped);

#endif
