/* arm.h - a firearm that was seized, found or surrendered, as a record or a trace request tells of it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_REPORT_ARM_H
#define IARMS_REPORT_ARM_H

#include "desk.h"

/* The fields that arm_read wants, the first of a report's own. */
enum { ARM_ID, ARM_RECORD, ARM_OWNER, ARM_FROM, ARM_TO, ARM_STATUS, ARM_FOUND_COUNTRY, ARM_FOUND_DATE,
       ARM_RECOVERY_DATE, ARM_OUTCOME, ARM_HOW, ARM_MAKE_NAME, ARM_MAKE, ARM_CALIBRE_NAME, ARM_CALIBRE, 
       ARM_SERIAL_KEY, ARM_SERIAL, ARM_SERIAL_STATE, ARM_MADE_YEAR, ARM_PARENT, ARM_ENTERED, ARM_TYPE, ARM_NEXT,
       ARM_SOURCE, ARM_FIELDS };
#define ARM_WANTS \
	[ARM_ID] = { "id", false }, [ARM_RECORD] = { "record", false }, [ARM_OWNER] = { "owner", false }, \
	[ARM_FROM] = { "from|recovered|recovery_state|country", false }, [ARM_TO] = { "to", false }, \
	[ARM_STATUS] = { "status|state", false }, [ARM_FOUND_COUNTRY] = { "found_country", false }, \
	[ARM_FOUND_DATE] = { "found_date", false }, [ARM_RECOVERY_DATE] = { "recovery_date|crime_date", false }, \
	[ARM_OUTCOME] = { "outcome", false }, [ARM_HOW] = { "how|recovery_kind|circumstances", false }, \
	[ARM_MAKE_NAME] = { "make_name", false }, [ARM_MAKE] = { "make", false }, \
	[ARM_CALIBRE_NAME] = { "calibre_name", false }, [ARM_CALIBRE] = { "calibre|caliber", false }, \
	[ARM_SERIAL_KEY] = { "serial_key", false }, [ARM_SERIAL] = { "serial", false }, \
	[ARM_SERIAL_STATE] = { "serial_state", false }, [ARM_MADE_YEAR] = { "made_year", false }, \
	[ARM_PARENT] = { "parent", false }, [ARM_ENTERED] = { "submitted|at", false }, [ARM_TYPE] = { "type", false }, \
	[ARM_NEXT] = { "next", false }, [ARM_SOURCE] = { SOURCE_COLUMN "|dealer_state", false }

struct arm {
	const char *id, *record;     /* "" where it has none */
	const char *country;         /* of recovery; "" where it is unknown */
	const char *source;          /* where it was lost or sold; "" where it is unknown */
	const char *type, *make, *calibre, *serial;
	struct date recovered;       /* DATE_NONE: unknown */
	enum { ARM_SEIZED, ARM_BOUGHT_BACK, ARM_OTHERWISE } how;
	enum { ARM_NOT_KNOWN, ARM_TRACED, ARM_ESTABLISHED } outcome;
	bool traceable;
	int made_year;               /* 0: unknown */
};

/* Does this outcome of a request say that the firearm was traced? */
bool arm_traced(const char *outcome);

/* False: it is no arm that counts (a draft, a cancelled or withdrawn entry), and was left out. */
bool arm_read(struct desk *d, const struct source_row *row, const char *const *field, struct arm *out);

/* A hash that is the same for rows that tell of the same arm, within a scope ("FRA/2025"); number tells one
 * unidentified arm from the next. */
uint64_t arm_identity(const struct arm *arm, const char *scope, uint64_t number);

#endif
