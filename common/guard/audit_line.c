/* audit_line.c - one line of the audit trail: written, and taken apart */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/audit_line.h"

#include <string.h>

#include "base/clock.h"
#include "base/num.h"
#include "guard/lines.h"

static int put_text(struct buf *to, const char *text, struct error *e)
{
	if (text && strlen(text) > AUDIT_TEXT_MAX)
		return error_set(e, STATUS_USAGE, "'%.40s...' has more than %d bytes, and what is asked must "
				 "fit in the audit trail", text, AUDIT_TEXT_MAX);
	if (text && lines_put_field(to, text, e))
		return STATUS_SYSTEM;
	return buf_byte(to, ',', e);
}

static int put_number(struct buf *to, int64_t value, bool empty, struct error *e)
{
	return empty ? buf_byte(to, ',', e) : buf_format(to, e, "%lld,", (long long)value);
}

int audit_line_put(struct buf *to, int64_t n, const struct audit_entry *entry, const char *before,
		   struct error *e)
{
	const char *texts[] = { entry->officer, entry->country, entry->agency, entry->via, entry->purpose,
				entry->action, entry->what };
	char time[CLOCK_TEXT];
	size_t size = to->size;
	int status;

	clock_text(entry->at, time);
	status = buf_format(to, e, "%lld,%s,", (long long)n, time);
	for (size_t i = 0; i < sizeof texts / sizeof *texts && !status; i++)
		status = put_text(to, texts[i], e);
	if (!status)
		status = put_number(to, entry->of, entry->of == 0, e);
	if (!status)
		status = put_number(to, entry->count, entry->count < 0, e);
	if (!status)
		status = put_text(to, entry->outcome, e);
	if (!status)
		status = buf_format(to, e, "%s\n", before);
	if (status)
		to->size = size;
	return status;
}

int64_t audit_line_number(const char *line, size_t size)
{
	int64_t n = 0;

	if (size == strlen(AUDIT_COLUMNS) && !memcmp(line, AUDIT_COLUMNS, size))
		return 0;
	for (size_t i = 0; i < size && i < 18; i++) {
		if (line[i] == ',' && i > 0)
			return n > 0 ? n : -1;
		if (line[i] < '0' || line[i] > '9')
			return -1;
		n = n * 10 + line[i] - '0';
	}
	return -1;
}

int audit_line_parse(char *line, struct audit_line *out, struct error *e)
{
	char *field[AUDIT_FIELDS];

	if (lines_split(line, field, AUDIT_FIELDS) != AUDIT_FIELDS)
		return error_set(e, STATUS_INPUT, "not %d fields", AUDIT_FIELDS);
	out->of = 0;
	out->count = -1;
	if (num_integer(field[0], 1, INT64_MAX, &out->n, NULL) || clock_parse(field[1], &out->at, NULL) ||
	    (*field[9] && num_integer(field[9], 1, INT64_MAX, &out->of, NULL)) ||
	    (*field[10] && num_integer(field[10], 0, INT64_MAX, &out->count, NULL)) ||
	    strlen(field[12]) != AUDIT_HASH - 1 ||
	    strspn(field[12], "0123456789abcdef") != AUDIT_HASH - 1)
		return error_set(e, STATUS_INPUT, "a number, time or hash that is none");
	out->time = field[1];
	out->officer = field[2];
	out->country = field[3];
	out->agency = field[4];
	out->via = field[5];
	out->purpose = field[6];
	out->action = field[7];
	out->what = field[8];
	out->outcome = field[11];
	out->before = field[12];
	return STATUS_DONE;
}
