/* retention.h - how long records are kept before they are reviewed, or go */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_RETENTION_H
#define RECORD_RETENTION_H

#include "base/clock.h"
#include "base/error.h"
#include "guard/folder.h"
#include "record/form.h"

/* RETENTION_FILE in the folder, which the owner of the folder writes by hand, has lines "what,months":
 * a category (while a record is active or a draft), a status, or one of RETENTION_REQUESTS. What it does not say is
 * as here. */
#define RETENTION_FILE "retention.csv"
#define RETENTION_MONTHS_MAX 1200

struct retention {
	short category[4];              /* in the order of FORM_CATEGORIES */
	short state[STATE_DELETED];     /* of draft and active: not used */
	short request[2];               /* trace requests since their last move: RETENTION_REQUESTS */
};
/* Somebody still has to act; nobody has. */
#define RETENTION_REQUESTS "request-open|request-ended"

/* Where nothing is said: five years for records and hits, a year for what is done with; what is expired goes at
 * once. */
int retention_read(struct retention *r, const struct folder *f, struct error *e);

/* The day on which a record that is in this state from `today` (days since 1970) on is due. */
void retention_day(const struct retention *r, const char *category, const char *status, int64_t today,
		   char out[DATE_TEXT]);

#endif
