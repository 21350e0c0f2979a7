/* rights.h - who may do what: the rights file and its rules */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_RIGHTS_H
#define GUARD_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"
#include "guard/folder.h"
#include "guard/officer.h"

#define RIGHTS_FILE "rights.csv"
#define RIGHTS_SECRETARIAT "XPO"   /* the country of the General Secretariat (ICAO Doc 9303) */

enum rights_action {
	RIGHTS_READ,      /* show, list, history, search, export */
	RIGHTS_REPORT,    /* counts and tables */
	RIGHTS_ADD,       /* also import; for the own country */
	RIGHTS_UPDATE,    /* what follows, down to REVIEW: records of the own country only */
	RIGHTS_RECOVER,
	RIGHTS_CANCEL,
	RIGHTS_CLOSE,
	RIGHTS_RESTRICT,
	RIGHTS_REVIEW,
	RIGHTS_LOCATE,    /* a record of any country that the officer may see */
	RIGHTS_NOTICE,    /* acknowledge, confirm, reject: notices to the own country */
	RIGHTS_TRACE,     /* submit and answer: the own country's side */
	RIGHTS_PURGE,     /* approver: own country; administrator: all */
	RIGHTS_SEND,      /* hand notices to the mail system */
	RIGHTS_GRANT,     /* see rights_may_grant */
	RIGHTS_AUDIT,     /* approver: own country's lines; administrator: all */
	RIGHTS_REPAIR,    /* mend a damaged log */
	RIGHTS_ACTIONS
};
/* "read", "add", ...; NULL and -1 when there is none. */
const char *rights_action_name(enum rights_action action);
int rights_action_find(const char *name);

enum rights_role { ROLE_NONE, ROLE_READER, ROLE_WRITER, ROLE_APPROVER, ROLE_ADMINISTRATOR };
#define RIGHTS_ROLES "none|reader|writer|approver|administrator"
enum rights_kind { KIND_POLICE, KIND_CUSTOMS, KIND_BORDER, KIND_REGULATOR, KIND_LABORATORY, KIND_NCB,
		   KIND_SECRETARIAT };
#define RIGHTS_KINDS "police|customs|border|regulator|laboratory|ncb|secretariat"

/* The words of roles and kinds; NULL and -1 when there is none. */
const char *rights_role_name(enum rights_role role);
int rights_role_find(const char *name);
const char *rights_kind_name(enum rights_kind kind);
int rights_kind_find(const char *name);

#define RIGHTS_DAYS_MAX 1827   /* five years: no grant holds longer */

/* One line of the file. The last line of an officer is what stands; ROLE_NONE takes it all back. */
struct grant {
	int64_t at;                    /* when the line was written */
	char officer[OFFICER_NAME];
	char country[4];               /* ISO 3166-1 alpha-3, or RIGHTS_SECRETARIAT */
	char agency[65];
	enum rights_kind kind;
	enum rights_role role;
	char agreement[65];            /* the signed User Agreement */
	char approved_by[OFFICER_NAME];  /* who approved it, and wrote the line: one cannot be another */
	struct date from, to;          /* days in UTC, both included */
	size_t line;
};

/* The whole file, in order. rights_free leaves it all zero. */
struct rights {
	struct grant *grant;
	size_t count;
	size_t torn;                   /* bytes behind the last whole line, which do not count */
};

/* The text of a rights file. Fails closed: a line that is not understood is STATUS_INPUT, named. */
int rights_parse(struct rights *r, const void *text, size_t size, struct error *e);

/* Reads that of the folder; none is as good as an empty one. */
int rights_read(struct rights *r, const struct folder *f, struct error *e);
void rights_free(struct rights *r);

struct standing;
/* Adds a line to that of the folder, if s may (rights_may_grant is asked again under the lock); it is
 * on the disk when STATUS_DONE is returned. A torn last line is set aside first (RIGHTS_FILE with
 * .torn behind it). */
int rights_append(const struct folder *f, const struct standing *s, const struct grant *grant,
		  struct error *e);

/* The line as it stands in the file, without its newline, added to a buffer. */
int rights_line(struct buf *to, const struct grant *grant, struct error *e);

/* A grant's texts and dates make sense by themselves; else STATUS_INPUT. */
int rights_check(const struct grant *grant, struct error *e);

/* The line that stands for an officer now or later, or NULL. */
const struct grant *rights_of(const struct rights *r, const char *officer);

/* What an officer stands on: made by rights_standing, needs no freeing. */
struct standing {
	struct officer officer;
	struct grant grant;            /* role ROLE_NONE without a grant that is in force */
	bool owner;                    /* of the folder: may always grant, audit, repair, send, purge */
	bool alone;                    /* owner of a folder with no grants: may do all, for all countries */
	int64_t now;
	char reason[120];              /* why there is no grant in force: "had one that ended on ..." */
};
void rights_standing(const struct rights *r, const struct officer *officer, int64_t now,
		     struct standing *out);

/* What is acted on. country is the owner of a record, the receiver of a notice, ...; exclude is a
 * list of countries (separated by blanks, commas or semicolons); any may be NULL or "". */
struct subject {
	const char *country;
	const char *exclude;
	const char *class;             /* "" and "official": all; "restricted": NCBs, the secretariat and
	                                * the own country; "confidential", or anything else: the own country */
};

/* May the officer know that it exists? Ask before counting, and treat what may not be seen as
 * what is not there, in the same words. */
bool rights_sees(const struct standing *s, const struct subject *subject);

/* STATUS_DONE, or STATUS_REFUSED with the reason. subject NULL asks about the role alone.
 * STATUS_NO: he may not see it; say what would be said if it were not there. */
int rights_may(const struct standing *s, enum rights_action action, const struct subject *subject,
	       struct error *e);

/* May he write this line (at is now)? Article 21 of the rules on processing: officers of an NCB's
 * country that are not of the NCB are
 * approved by an approver of that NCB; NCB and secretariat officers by an administrator. Nobody but
 * the folder's owner grants to himself. Every grant names an agreement and ends. */
int rights_may_grant(const struct standing *s, const struct rights *r, const struct grant *grant,
		     struct error *e);

#endif
