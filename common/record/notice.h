/* notice.h - notices to countries: an append-only log, and how each fares */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_NOTICE_H
#define RECORD_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/clock.h"
#include "guard/folder.h"

#define NOTICE_FILE "notices.csv"
#define NOTICE_ADDRESSES "addresses.csv"   /* country,address; country "sender": who it is from */
#define NOTICE_LOCK "notices.sending"      /* held by the one that sends */

/* prepared -> queued -> sent -> acknowledged -> confirmed or rejected; prepared -> void. An officer who
 * reads the list may acknowledge, confirm or reject before the mail was sent: it then is not sent. */
enum notice_state { NOTICE_PREPARED, NOTICE_VOID, NOTICE_QUEUED, NOTICE_SENT, NOTICE_ACKNOWLEDGED,
		    NOTICE_CONFIRMED, NOTICE_REJECTED };
#define NOTICE_STATES "prepared|void|queued|sent|acknowledged|confirmed|rejected"
const char *notice_state_name(enum notice_state state);

/* Texts belong to the notices they came from, until notices_lock, notices_close or a change. */
struct notice {
	const char *id;          /* subject.event.to: "FRA26-EPH8-0V40.r3.DEU" */
	enum notice_state state;
	const char *at, *by;     /* of the last change: time, officer */
	const char *made;        /* time of the event */
	const char *kind;        /* "located", "hit", ... */
	const char *subject;     /* id of a record or a trace request */
	const char *event;       /* which event of it: "r3" for its revision 3 */
	const char *country;     /* whose the subject is */
	const char *actor;       /* the country that acted: seized, searched, answered */
	const char *to;          /* the country that is told */
	const char *message_id;  /* the same for every attempt to send it */
	const char *remark;      /* of the last change */
};

struct notices;
/* Reads the whole log. A damaged line is left out and counted; *damaged may be NULL. */
int notices_open(struct notices **n, const struct folder *f, size_t *damaged, struct error *e);
void notices_close(struct notices *n);

size_t notices_count(const struct notices *n);
const struct notice *notices_at(const struct notices *n, size_t i);      /* in the order of events */
const struct notice *notices_find(const struct notices *n, const char *id);

/* For one writer at a time; what was appended by others is read. */
int notices_lock(struct notices *n, struct error *e);
void notices_unlock(struct notices *n);

/* An event of which several countries are told. Locked.
 *
 *	notices_lock(n)
 *	notices_prepare(n, &event)        the notices are on the disk, and not yet valid
 *	... the revision of the record, appended and flushed ...
 *	notices_queue(n, &event)          now they are
 *	notices_unlock(n)
 *
 * A process that is killed between the second and the fourth step loses nothing: notices_settle asks
 * of each prepared one whether its event did happen. A failed third step: call notices_void. */
struct notice_event {
	const char *kind, *subject, *event, *country, *actor;
	const char *const *to;   /* countries, a country twice is told once */
	size_t count;
	int64_t made;
	const char *by;          /* the officer */
	const char *remark;      /* a line in words; goes into the message */
};
int notices_prepare(struct notices *n, const struct notice_event *event, struct error *e);
int notices_queue(struct notices *n, const struct notice_event *event, struct error *e);
int notices_void(struct notices *n, const struct notice_event *event, struct error *e);

/* Many events of one officer at one time, by a writer that has not read the log (which may be long): for events
 * that have a revision of their own, so that nobody has told them. Their lines are put together without a lock,
 * by any thread; then, in the place of prepare, queue and void, notices_tell writes them in that state. That they
 * are queued, or void, is not waited for until it is on the disk: notices_settle would find the same. */
#define NOTICE_DOMAIN 200
struct notice_lines {
	char domain[NOTICE_DOMAIN], at[CLOCK_TEXT], batch[32];
	const char *by;
};
int notices_open_blind(struct notices **n, const struct folder *f, struct error *e);
/* by must stay. batch: a number that no others have; then one line says what came of all of them. 0: each has
 * its own. */
void notices_begin(const struct notices *n, int64_t made, const char *by, uint64_t batch,
		   struct notice_lines *lines);
int notices_put(const struct notices *n, const struct notice_lines *lines, const struct notice_event *event,
		struct buf *to, struct error *e);
/* text: what notices_put made, in as many pieces as there are. */
int notices_tell(struct notices *n, const struct notice_lines *lines, const struct buf *text, size_t pieces,
		 enum notice_state state, struct error *e);

/* STATUS_DONE: it happened; STATUS_NO: it did not; STATUS_REFUSED: others can tell, and it stays prepared;
 * else: it stays prepared, and so do those behind it. */
typedef int notice_happened(void *context, const struct notice *notice, struct error *e);
/* Locked. *changed (may be NULL): how many were queued or made void. */
int notices_settle(struct notices *n, notice_happened *happened, void *context, int64_t now, const char *by,
		   size_t *changed, struct error *e);

/* acknowledged, confirmed or rejected, by an officer of the country that was told (the caller has
 * asked rights_may with RIGHTS_NOTICE); only the subject's own country confirms or rejects, and only
 * once. Locked. STATUS_NO: no such notice; STATUS_REFUSED: not from this state, or not this country. */
int notices_move(struct notices *n, const char *id, enum notice_state to, int64_t now, const char *by,
		 const char *remark, struct error *e);

/* Sends what is queued, oldest first. Not locked; one sender at a time (STATUS_NO: another one is at it).
 * Each is marked as sent, on the disk, after the mail system has taken it, so that a process that is
 * killed in between sends it again, with the same Message-ID and the same bytes; none is ever lost.
 * One that fails stays queued, is told to report, and does not stop the rest. */
struct notice_sending {
	const char *command;     /* mail_command() */
	double seconds;          /* for each message */
	const char *by;          /* the officer who sends */
	/* status 0: sent; else e says why it was not. May be NULL. */
	void (*report)(void *context, const struct notice *notice, int status, const struct error *e);
	void *context;
};
struct notice_sent {
	size_t sent, failed;
};
int notices_send(struct notices *n, const struct notice_sending *how, struct notice_sent *out,
		 struct error *e);

#endif
