/* arm.c - a firearm that was seized, found or surrendered, as a record or a trace request tells of it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arm.h"

#include <string.h>

#include "base/num.h"
#include "base/sum.h"
#include "record/serial.h"

static bool one_of(const char *word, const char *list)
{
	size_t length = strlen(word);

	while (*list) {
		size_t n = strcspn(list, "|");

		if (n == length && !strncmp(word, list, n))
			return true;
		list += n + (list[n] == '|');
	}
	return false;
}

/* A record: an arm is one that was found or recovered. Its illicit context is established when the owner has
 * it back, for then it is the one that was recorded; located alone is not yet confirmed. */
static void read_record(const char *const *field, struct arm *out)
{
	bool back = one_of(field[ARM_STATUS], "recovered|closed");

	out->country = *field[ARM_FOUND_COUNTRY] ? field[ARM_FOUND_COUNTRY] : field[ARM_OWNER];
	out->record = field[ARM_ID];
	out->source = field[ARM_OWNER];
	if (date_parse(field[ARM_FOUND_DATE], &out->recovered, NULL))
		out->recovered.precision = DATE_NONE;
	if (!one_of(field[ARM_STATUS], "located|recovered") && !*field[ARM_FOUND_DATE])
		out->how = ARM_OTHERWISE;
	out->outcome = back ? ARM_ESTABLISHED : ARM_NOT_KNOWN;
}

bool arm_traced(const char *outcome)
{
	return one_of(outcome, "purchaser|dealer|importer|exporter|exporting-state|traced") ||
	       !strncmp(outcome, "traced-to-", 10);
}

/* named: rows of a file that name the source and have no outcome on which it depends */
static void read_request(const char *const *field, bool named, struct arm *out)
{
	const char *outcome = field[ARM_OUTCOME], *how = field[ARM_HOW];

	out->country = field[ARM_FROM];
	out->source = "";
	out->record = field[ARM_RECORD];
	if (date_parse(field[ARM_RECOVERY_DATE], &out->recovered, NULL))
		out->recovered.precision = DATE_NONE;
	if (arm_traced(outcome))
		out->outcome = ARM_TRACED;
	if (named || out->outcome == ARM_TRACED)
		out->source = *field[ARM_NEXT] ? field[ARM_NEXT] : field[ARM_TO];
	if (*field[ARM_SOURCE])
		out->source = field[ARM_SOURCE];
	if (!strncmp(outcome, "established", 11))
		out->outcome = ARM_ESTABLISHED;
	if (one_of(how, "buy-back|turned-in|turn-in|amnesty"))
		out->how = ARM_BOUGHT_BACK;
	else if (one_of(how, "not-recovered|lost|stolen"))
		out->how = ARM_OTHERWISE;
}

bool arm_read(struct desk *d, const struct source_row *row, const char *const *field, struct arm *out)
{
	bool record = row->kind == SOURCE_RECORDS ||
		      (row->kind == SOURCE_ROWS && d->has[ARM_OWNER] && !d->has[ARM_RECOVERY_DATE]);
	struct serial serial;
	int64_t year;

	memset(out, 0, sizeof *out);
	if (one_of(field[ARM_STATUS], record ? "draft|cancelled|deleted" : "draft|withdrawn")) {
		desk_leave(d, record ? "not-in-force" : "withdrawn",
			   record ? N_("drafts and cancelled records") : N_("drafts and withdrawn requests"));
		return false;
	}
	if (!record && *field[ARM_PARENT]) {
		desk_leave(d, "forwarded", N_("forwarded from another request, which is counted"));
		return false;
	}
	out->id = field[ARM_ID];
	out->type = field[ARM_TYPE];
	if (record)
		read_record(field, out);
	else
		read_request(field, row->kind == SOURCE_ROWS && !d->has[ARM_OUTCOME], out);
	out->make = *field[ARM_MAKE_NAME] ? field[ARM_MAKE_NAME] : field[ARM_MAKE];
	out->calibre = *field[ARM_CALIBRE_NAME] ? field[ARM_CALIBRE_NAME] : field[ARM_CALIBRE];
	out->serial = field[ARM_SERIAL_KEY];
	if (!*out->serial && *field[ARM_SERIAL] && serial_plain(field[ARM_SERIAL], &serial) && !serial.wild)
		out->serial = field[ARM_SERIAL];
	out->traceable = *out->make && *out->serial &&
			 (!*field[ARM_SERIAL_STATE] || !strcmp(field[ARM_SERIAL_STATE], "readable"));
	if (!num_integer(field[ARM_MADE_YEAR], 1000, 9999, &year, NULL))
		out->made_year = (int)year;
	return true;
}

uint64_t arm_identity(const struct arm *arm, const char *scope, uint64_t number)
{
	/* the zero behind each text is part of the sum, so that no two texts run together */
	uint64_t hash = sum_fnv64(SUM_FNV64_START, scope, strlen(scope) + 1);

	if (*arm->serial && *arm->make && !strpbrk(arm->serial, "?*")) {
		hash = sum_fnv64(hash, arm->make, strlen(arm->make) + 1);
		hash = sum_fnv64(hash, arm->calibre, strlen(arm->calibre) + 1);
		return sum_fnv64(hash, arm->serial, strlen(arm->serial) + 1);
	}
	if (*arm->record)
		return sum_fnv64(hash, arm->record, strlen(arm->record) + 1);
	return sum_fnv64(hash, &number, sizeof number);
}
