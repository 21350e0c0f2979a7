/* traces.c - all trace requests: the log, its index, and what the acting officer may see of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/traces.h"

#include <string.h>

#include "record/country.h"

/* The columns of the log; request.c says what each is. */
static const char *const columns[TRACE_FIELDS] = {
	"id", "from", "to", "agency", "officer", "case", "priority", "reason", "record", "parent", "next",
	"children", "type", "action", "make", "model", "calibre", "serial", "serial_state", "made_in",
	"made_year", "import_country", "import_year", "marks", "components", "ground", "make_name",
	"calibre_name", "serial_key", "crime", "recovery_date", "recovery_place", "circumstances",
	"legal_basis", "use", "state", "due", "submitted", "acknowledged", "asked", "answered", "outcome",
	"untraced", "chain", "first_sale", "diversion", "restrictions", "held", "until", "text", "event",
	"actor", "revision", "at", "by",
};

bool traces_kept(enum trace_place place)
{
	switch (place) {
	case TRACE_ID: case TRACE_FROM: case TRACE_TO: case TRACE_STATE: case TRACE_TEXT: case TRACE_EVENT:
	case TRACE_REVISION: case TRACE_AT:
		return true;
	default:
		return false;
	}
}

static int index_line(const char *const *field, struct index_batch_line *out, struct error *e)
{
	int state = trace_state_find(field[TRACE_STATE]);
	struct date due;

	if (book_index_head(field[TRACE_ID], field[TRACE_REVISION], field[TRACE_AT], &out->head, e))
		return STATUS_INPUT;
	if (state < 0)
		return error_set(e, STATUS_INPUT, "'%.40s' is no state", field[TRACE_STATE]);
	if (!date_parse(field[TRACE_DUE], &due, NULL) && due.precision == DATE_DAY)
		out->head.review = (int32_t)date_days(&due);
	out->head.owner = index_country(field[TRACE_FROM]);
	out->head.other = index_country(field[TRACE_TO]);
	out->head.state = (uint8_t)state;
	out->head.gone = state == TRACE_DELETED;
	index_serial_of(field[TRACE_SERIAL_KEY], &out->serial);
	out->components = field[TRACE_COMPONENTS];
	return STATUS_DONE;
}

static void record_of(const char *const *field, struct record *r)
{
	struct request q;

	memcpy(q.field, field, sizeof q.field);
	request_record(&q, r);
}

/* A tombstone says nothing of what it stands for. */
static const char *wrong_stone(const char *const *field)
{
	if (strcmp(field[TRACE_EVENT], TRACE_DELETE))
		return "it is deleted by what does not delete";
	for (int i = 0; i < TRACE_FIELDS; i++)
		if (*field[i] && !traces_kept((enum trace_place)i))
			return "it is deleted, and still says something";
	return NULL;
}

/* What a line says that cannot be. */
static const char *wrong(const char *const *field)
{
	struct date d;

	if (!country_of(field[TRACE_FROM]))
		return "its sender is no country";
	if (trace_state_find(field[TRACE_STATE]) == TRACE_DELETED)
		return wrong_stone(field);
	if (trace_move_find(field[TRACE_EVENT]) < 0)
		return "its event is none";
	for (int i = 0; i < TRACE_FIELDS; i++) {
		const struct trace_field *f = &trace_fields[i];

		if (f->kind == FIELD_CODE && *field[i] && form_code(f->codes, field[i]) < 0)
			return f->name;
		if (f->kind == FIELD_DATE && date_parse(field[i], &d, NULL))
			return f->name;
		if (f->kind == FIELD_COUNTRY && *field[i] && !country_of(field[i]))
			return f->name;
	}
	return NULL;
}

static bool follows(const char *const *before, const char *const *field)
{
	int from = trace_state_find(before[TRACE_STATE]), move = trace_move_find(field[TRACE_EVENT]);
	bool sender = !strcmp(field[TRACE_ACTOR], field[TRACE_FROM]);

	if (trace_state_find(field[TRACE_STATE]) == TRACE_DELETED)
		return true;
	if (from < 0 || move < 0 || (!sender && strcmp(field[TRACE_ACTOR], field[TRACE_TO])))
		return false;
	return trace_next((enum trace_state)from, (enum trace_move)move, sender ? PARTY_SENDER : PARTY_RECEIVER) ==
	       trace_state_find(field[TRACE_STATE]);
}

static const struct log_shape shape = { TRACES_FILE, columns, TRACE_FIELDS };
const struct book_kind traces_kind = { &shape, TRACES_INDEX, true, index_line, wrong, follows, record_of };
_Static_assert(TRACE_FIELDS < LOG_COLUMNS, "more columns than a log has");

static int set_country(struct traces *t, const char *as, struct error *e)
{
	const struct standing *s = &t->book.guard->standing;
	const char *own = s->alone ? "" : s->grant.country;

	if (as && !country_of(as) && strcmp(as, COUNTRY_SECRETARIAT))
		return error_set(e, STATUS_USAGE, "--as: '%.40s' is no country", as);
	if (as && !s->alone && strcmp(as, own))
		return error_set(e, STATUS_REFUSED, "%s of %s may not act for %s", s->officer.name,
				 *own ? own : "no country", as);
	snprintf(t->country, sizeof t->country, "%s", as ? as : own);
	t->code = index_country(t->country);
	return STATUS_DONE;
}

int traces_open(struct traces *t, struct guard *guard, const char *as, book_progress *progress, void *context,
		struct error *e)
{
	int status;

	memset(t, 0, sizeof *t);
	status = book_open_kind(&t->book, &traces_kind, guard, progress, context, e);
	if (status)
		return status;
	status = set_country(t, as, e);
	if (!status)
		status = deadlines_read(&t->deadlines, &guard->folder, e);
	for (int i = 0; i < 3 && !status; i++)
		deadline_day(&t->deadlines, i, t->book.today, t->due[i]);
	if (status)
		traces_close(t);
	return status;
}

const char *traces_due(const struct traces *t, const char *priority)
{
	int place = form_code(TRACE_PRIORITIES, priority);

	return t->due[place < 0 ? 2 : place];
}

void traces_close(struct traces *t)
{
	book_close(&t->book);
}

bool traces_sent(const struct request *q)
{
	int state = request_state(q);

	/* what is sent has a day on which it is due */
	if (state == TRACE_WITHDRAWN)
		return *q->field[TRACE_DUE] != 0;
	return state != TRACE_DRAFT && *q->field[TRACE_TO];
}

/* What was never sent is its country's own affair. */
static unsigned party(const struct traces *t, bool sender, bool receiver, bool sent)
{
	const struct standing *s = &t->book.guard->standing;

	if (!*t->country)
		return s->alone ? PARTY_SENDER | PARTY_RECEIVER : PARTY_NONE;
	if (sender)
		return PARTY_SENDER;
	if (!sent)
		return PARTY_NONE;
	if (receiver)
		return PARTY_RECEIVER;
	return strcmp(t->country, COUNTRY_SECRETARIAT) ? PARTY_NONE : PARTY_SECRETARIAT;
}

unsigned traces_party(const struct traces *t, const struct request *q)
{
	return party(t, !strcmp(q->field[TRACE_FROM], t->country), !strcmp(q->field[TRACE_TO], t->country),
		     traces_sent(q));
}

unsigned traces_party_of(const struct traces *t, const struct index_head *head)
{
	bool sent = head->state != TRACE_DRAFT && head->other && (head->state != TRACE_WITHDRAWN || head->review);

	return party(t, head->owner == t->code, head->other == t->code, sent);
}

int traces_read(struct traces *t, uint64_t offset, struct request *q, struct error *e)
{
	struct log_row row;
	int status = book_read_row(&t->book, offset, &row, e);

	if (!status)
		memcpy(q->field, row.field, sizeof q->field);
	return status;
}

int traces_none(const char *id, const struct request *stone, struct error *e)
{
	if (!stone)
		return error_set(e, STATUS_NO, "no trace request %s", id);
	return error_set(e, STATUS_NO, "no trace request %s any more: it was purged at %s", id, stone->field[TRACE_AT]);
}

int traces_get(struct traces *t, const char *id, struct request *q, struct index_head *head, struct error *e)
{
	unsigned who = PARTY_NONE;
	char name[ID_TEXT];
	int status = id_read(id, name, e);

	if (status)
		return status;
	status = index_find(t->book.index, id_pack(name), head, e);
	if (!status)
		status = traces_read(t, head->offset, q, e);
	if (!status)
		who = traces_party(t, q);
	if (status == STATUS_INPUT)
		return error_within(e, name);
	if (status == STATUS_NO || (!status && (who == PARTY_NONE || head->gone)))
		return traces_none(name, status || who == PARTY_NONE ? NULL : q, e);
	if (!status)
		request_mask(q, who);
	return status;
}

int request_copy(struct request *q, struct pool *pool, struct error *e)
{
	for (int i = 0; i < TRACE_FIELDS; i++) {
		/* an empty one points into the line that was read, too */
		if (!q->field[i][0]) {
			q->field[i] = "";
			continue;
		}
		q->field[i] = pool_text(pool, q->field[i], strlen(q->field[i]), e);
		if (!q->field[i]) {
			q->field[i] = "";
			return STATUS_SYSTEM;
		}
	}
	return STATUS_DONE;
}
