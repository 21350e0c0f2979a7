/* guard.h - the one face: open the folder, know the officer, ask, and leave a line for each action */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_GUARD_H
#define GUARD_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "guard/folder.h"
#include "guard/rights.h"

/* How a program uses it:
 *
 *	privilege_start(&e);                      first thing in main
 *	guard_open(&g, options.dir, options.purpose, &e);
 *	...
 *	guard_begin(&g, RIGHTS_UPDATE, "recover", what, &subject, &mark, &e);   refused: leave
 *	... the write, flushed ...
 *	status = guard_end(&g, &mark, 1, status, &e);
 *
 * Reads whose count is known before anything is printed leave one line with guard_log; reads that
 * print as they go use guard_begin and guard_end as well. Files of the folder are opened with
 * folder_file(&g.folder, ...); files that the caller names with plain open, after guard_open. */
struct guard {
	struct folder folder;
	struct rights rights;
	struct standing standing;   /* .officer.name, .grant.country, .grant.agency: who acts */
	int64_t now;                /* when it was opened */
	char purpose[256];
};

/* folder_path NULL: as folder_open finds it. purpose: why the officer asks; NULL: IARMS_PURPOSE,
 * else "". The rights file is read once, here. */
int guard_open(struct guard *g, const char *folder_path, const char *purpose, struct error *e);
void guard_close(struct guard *g);

/* One action, between its first and its last line in the trail. */
struct guard_mark {
	int64_t line;
	const char *verb, *what;    /* the caller's, kept until guard_end */
};

/* Asks, then leaves the line "begun" (for what changes something: flushed to the disk) before the
 * action. Refused: the line says so, and STATUS_REFUSED with the reason is returned. Anything but
 * STATUS_DONE: do not act, and do not call guard_end.
 * verb is the program's word for it ("search"), what the question in full ("serial=AB?123").
 * subject NULL: the role alone is asked about, for instance before a list or an import, where the
 * caller then asks rights_may or rights_sees for each record. */
int guard_begin(struct guard *g, enum rights_action action, const char *verb, const char *what,
		const struct subject *subject, struct guard_mark *mark, struct error *e);

/* How it came out: count records, and the status of the action, which is returned. A line that begins
 * and does not end tells that the process was killed in between, and that all of it may have been
 * done. Where the line cannot be written the action stands, and what comes back is STATUS_SYSTEM if
 * the action itself did not come out worse than STATUS_NO. */
int guard_end(struct guard *g, const struct guard_mark *mark, int64_t count, int status,
	      struct error *e);

/* One line for a read that is complete in memory and not yet printed: asks, leaves the line with its
 * count, and only on STATUS_DONE may the answer be printed. */
int guard_log(struct guard *g, enum rights_action action, const char *verb, const char *what,
	      int64_t count, int status, struct error *e);

/* One line for what needs no right (one's own standing), or was refused by the caller himself. */
int guard_note(struct guard *g, const char *verb, const char *what, int64_t count, int status,
	       struct error *e);

/* Writes a line of rights, with its lines in the trail: the first holds it word for word. */
int guard_grant(struct guard *g, const struct grant *grant, struct error *e);

#endif
