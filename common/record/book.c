/* book.c - all records: the log, its index, and what the acting officer may see of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/book.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/num.h"
#include "base/sum.h"
#include "guard/privilege.h"
#include "record/country.h"
#include "record/retention.h"

#define BATCH 65536            /* lines that go into the index at once */

static const char *const columns[FORM_FIELDS] = {
	"id", "owner", "agency", "case", "category", "event_date", "event_place", "type", "action", "make",
	"model", "calibre", "serial", "serial_state", "made_in", "made_year", "import_country",
	"import_year", "marks", "components", "ground", "class", "exclude", "only", "purpose", "review",
	"status", "remarks", "make_name", "calibre_name", "serial_key", "found_country", "found_agency",
	"found_date", "found_place", "reason", "origin", "event", "revision", "at", "by",
};

void book_origin_text(uint64_t origin, char out[BOOK_ORIGIN])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < BOOK_ORIGIN - 1; i++)
		out[i] = digits[origin >> (60 - 4 * i) & 15];
	out[BOOK_ORIGIN - 1] = 0;
}

uint64_t book_origin(const char *text)
{
	uint64_t origin;

	return num_hex(text, BOOK_ORIGIN - 1, &origin) && !text[BOOK_ORIGIN - 1] ? origin : 0;
}

static int32_t day_of(const char *text)
{
	struct date d;

	if (!*text || date_parse(text, &d, NULL))
		return 0;
	return (int32_t)date_days(&d);
}

int book_index_head(const char *id, const char *revision, const char *at, struct index_head *out,
		    struct error *e)
{
	int64_t number;

	if (!id_valid(id))
		return error_set(e, STATUS_INPUT, "'%.40s' is no name of a record", id);
	if (num_integer(revision, 1, UINT32_MAX, &number, NULL))
		return error_set(e, STATUS_INPUT, "'%.40s' is no revision", revision);
	out->id = id_pack(id);
	out->revision = (uint32_t)number;
	return clock_parse(at, &out->at, e) ? STATUS_INPUT : STATUS_DONE;
}

static int record_line(const char *const *field, struct index_batch_line *out, struct error *e)
{
	int state = form_state(field[FORM_STATUS]);

	if (book_index_head(field[FORM_ID], field[FORM_REVISION], field[FORM_AT], &out->head, e))
		return STATUS_INPUT;
	if (state < 0)
		return error_set(e, STATUS_INPUT, "'%.40s' is no status", field[FORM_STATUS]);
	out->head.review = day_of(field[FORM_REVIEW]);
	out->head.owner = index_country(field[FORM_OWNER]);
	out->head.state = (uint8_t)state;
	out->head.gone = state == STATE_DELETED;
	out->origin = book_origin(field[FORM_ORIGIN]);
	index_serial_of(field[FORM_SERIAL_KEY], &out->serial);
	out->components = field[FORM_COMPONENTS];
	return STATUS_DONE;
}

static void record_of(const char *const *field, struct record *r)
{
	memcpy(r->field, field, sizeof r->field);
}

static const char *wrong(const char *const *field)
{
	struct record r;

	record_of(field, &r);
	return record_wrong(&r);
}

static bool follows(const char *const *before, const char *const *field)
{
	int from = form_state(before[FORM_STATUS]), to = form_state(field[FORM_STATUS]);

	return to == STATE_DELETED || (from >= 0 && to >= 0 && form_move((enum form_state)from, (enum form_state)to));
}

static const struct log_shape shape = { BOOK_FILE, columns, FORM_FIELDS };
const struct book_kind book_records = { &shape, BOOK_INDEX, false, record_line, wrong, follows, record_of };

static int index_line(const struct book_kind *kind, const char *const *field, uint64_t offset, size_t size,
		      const char *sum, struct index_batch_line *out, struct error *e)
{
	uint64_t number;

	memset(out, 0, sizeof *out);
	if (kind->line(field, out, e))
		return STATUS_INPUT;
	out->head.offset = offset;
	out->head.size = (uint32_t)size;
	out->head.sum = num_hex(sum, 8, &number) ? (uint32_t)number : 0;
	return STATUS_DONE;
}

int book_index_row(const struct book_kind *kind, const struct log_row *row, struct index_batch_line *out,
		   struct error *e)
{
	return index_line(kind, row->field, row->offset, row->size, row->raw + row->size - 9, out, e);
}

/* The sum at the end of a line, which is size bytes with its newline. */
static const char *sum_of(const char *raw, size_t size)
{
	return raw + size - 9;
}

/* Is what the index covers still the front of this log? */
static bool fits(struct book *b, const struct log_identity *log)
{
	struct log_row row;
	uint64_t sum;

	if (b->cover.log.device != log->device || b->cover.log.inode != log->inode ||
	    b->cover.size > log_size(b->log))
		return false;
	if (b->cover.lines == 0)
		return true;
	return !log_read(b->reader, b->cover.last, &row, NULL) &&
	       num_hex(sum_of(row.raw, row.size), 8, &sum) && sum == b->cover.last_sum;
}

/* One line into the batch; its cover counts it. */
static int take_line(struct book *b, struct index_batch *batch, const struct log_row *row, struct error *e)
{
	struct index_batch_line line;

	if (book_index_row(b->kind, row, &line, NULL)) {
		batch->cover.damaged++;
		return STATUS_DONE;
	}
	batch->cover.lines++;
	batch->cover.last = row->offset;
	batch->cover.last_sum = line.head.sum;
	return index_batch_add(batch, &line, e);
}

/* Lines from where the batch's cover ends until it is full or the log ends. *end: it ended. */
static int gather(struct book *b, struct log_reader *scan, struct index_batch *batch, bool *end,
		  struct error *e)
{
	struct log_row row;
	int status = STATUS_DONE;

	*end = false;
	while (!status && index_batch_lines(batch) < BATCH) {
		status = log_next(scan, &row, e);
		if (status == STATUS_NO) {
			*end = true;
			batch->cover.size = log_size(b->log);
			return STATUS_DONE;
		}
		if (status == STATUS_INPUT) {
			batch->cover.damaged++;
			status = STATUS_DONE;
		} else if (!status) {
			status = take_line(b, batch, &row, e);
		}
		batch->cover.size = row.offset + row.size;
	}
	return status;
}

/* Brings the index to the end of the log. STATUS_NO: another process was faster; look again. */
static int fill_index(struct book *b, const struct log_identity *log, bool fresh, struct error *e)
{
	struct index_batch batch = { .places = b->kind->places };
	struct index_cover from = b->cover;
	struct log_reader *scan;
	bool end = false;
	int status = log_reader_open(&scan, b->log, e);

	if (status)
		return status;
	if (!fresh)
		batch.cover = from;
	batch.cover.log = *log;
	log_scan(scan, batch.cover.size);
	while (!status && !end) {
		uint64_t headers = batch.cover.headers - log_headers(scan);

		index_batch_clear(&batch);
		status = gather(b, scan, &batch, &end, e);
		batch.cover.headers = headers + log_headers(scan);
		if (!status)
			status = index_commit(b->index, &batch, &from, fresh, e);
		from = batch.cover;
		fresh = false;
		if (b->progress)
			b->progress(b->progress_context, batch.cover.size, log_size(b->log));
	}
	if (from.headers > 1 && from.headers > (b->cover.size ? b->cover.headers : 0))
		b->merged = true;
	b->cover = from;
	log_reader_close(scan);
	index_batch_free(&batch);
	return status;
}

static void leave(struct book *b)
{
	if (b->looking)
		index_leave(b->index);
	b->looking = false;
}

/* One that is damaged is made anew, once; one that cannot be kept on the disk, or that somebody keeps from
 * us, is made in memory. */
static int another_index(struct book *b, int status, struct error *e)
{
	const struct error *why;
	const struct folder *on_disk = NULL;

	leave(b);
	if (index_in_memory(b->index, &why))
		return error_set(e, STATUS_SYSTEM, "%s", e->text);
	index_close(b->index);
	b->index = NULL;
	if (status == STATUS_INPUT && !b->discarded && !index_discard(&b->guard->folder, b->kind->index, e))
		on_disk = &b->guard->folder;
	b->discarded = true;
	if (!on_disk)
		b->without = *e;
	return index_open(&b->index, on_disk, b->kind->index, log_size(b->log), e);
}

/* Looks at the index; STATUS_NO: it was brought up to date, or made anew, and is to be looked at again. */
static int look_once(struct book *b, struct error *e)
{
	struct log_identity log;
	bool fit;
	int status;

	leave(b);
	status = log_refresh(b->log, e);
	if (!status)
		status = log_identify(b->log, &log, e);
	if (status)
		return status;
	status = index_look(b->index, &b->cover, e);
	if (!status) {
		b->looking = true;
		fit = fits(b, &log);
		if (fit && b->cover.size == log_size(b->log))
			return STATUS_DONE;
		leave(b);
		status = fill_index(b, &log, !fit, e);
	}
	if (status == STATUS_SYSTEM || status == STATUS_INPUT)
		status = another_index(b, status, e);
	return status ? status : STATUS_NO;
}

/* Looks at the index, brought up to date. */
static int look(struct book *b, struct error *e)
{
	int status = STATUS_NO;

	for (int again = 0; status == STATUS_NO && again < 100; again++)
		status = look_once(b, e);
	return status == STATUS_NO ? error_set(e, STATUS_SYSTEM, "the index is never up to date") : status;
}

int book_refresh(struct book *b, struct error *e)
{
	return look(b, e);
}

const char *book_without_index(const struct book *b)
{
	const struct error *why;

	if (!index_in_memory(b->index, &why))
		return NULL;
	return b->without.status ? b->without.text : why ? why->text : NULL;
}

/* Drawn at random; where the time is set, from the log's size, so that tests and archives come out
 * the same. */
static int draw_seed(struct book *b, struct error *e)
{
	uint64_t seed[3] = { log_size(b->log), (uint64_t)b->now, 0 };
	const char *set = privilege_env("SOURCE_DATE_EPOCH");

	if (!(set && *set) && getrandom(&seed[2], sizeof seed[2], 0) != (ssize_t)sizeof seed[2])
		return error_system(e, "no random numbers");
	b->seed = id_mix(sum_fnv64(SUM_FNV64_START, seed, sizeof seed));
	return STATUS_DONE;
}

int book_open(struct book *b, struct guard *guard, book_progress *progress, void *context, struct error *e)
{
	return book_open_kind(b, &book_records, guard, progress, context, e);
}

int book_open_kind(struct book *b, const struct book_kind *kind, struct guard *guard, book_progress *progress,
		   void *context, struct error *e)
{
	struct date today;
	int status;

	memset(b, 0, sizeof *b);
	b->kind = kind;
	b->guard = guard;
	b->progress = progress;
	b->progress_context = context;
	b->now = guard->now;
	b->today = b->now / 86400;
	date_from_days(b->today, &today);
	b->year = today.year;
	clock_text(b->now, b->now_text);
	status = log_open(&b->log, &guard->folder, kind->shape, &b->found, e);
	if (!status)
		status = log_reader_open(&b->reader, b->log, e);
	if (!status)
		status = index_open(&b->index, &guard->folder, kind->index, log_size(b->log), e);
	if (!status)
		status = look(b, e);
	if (!status)
		status = draw_seed(b, e);
	if (status)
		book_close(b);
	return status;
}

void book_close(struct book *b)
{
	book_unlock(b);
	if (b->index)
		leave(b);
	index_close(b->index);
	log_reader_close(b->reader);
	log_close(b->log);
	set_free(&b->names);
	b->index = NULL;
	b->reader = NULL;
	b->log = NULL;
}

int book_lock(struct book *b, struct error *e)
{
	int status = log_lock(b->log, BOOK_WAIT_S, e);

	if (status)
		return status;
	b->locked = true;
	set_clear(&b->names);
	status = look(b, e);
	if (status)
		book_unlock(b);
	return status;
}

void book_unlock(struct book *b)
{
	if (b->locked)
		log_unlock(b->log);
	b->locked = false;
}

struct subject book_subject(const struct record *r)
{
	return (struct subject){ .country = r->field[FORM_OWNER], .exclude = r->field[FORM_EXCLUDE],
				 .class = r->field[FORM_CLASS] };
}

/* Whatever it says, and who may see it else. */
static bool sees_all_of(const struct standing *s, uint16_t owner)
{
	return s->alone || (s->owner && s->grant.role == ROLE_NONE) ||
	       (s->grant.role != ROLE_NONE && owner && owner == index_country(s->grant.country));
}

bool book_sees(const struct book *b, const struct record *r)
{
	const struct standing *s = &b->guard->standing;
	struct subject subject = book_subject(r);

	if (!rights_sees(s, &subject))
		return false;
	if (sees_all_of(s, index_country(r->field[FORM_OWNER])))
		return true;
	/* a draft is its country's own affair; others are shared with the countries that are named */
	return strcmp(r->field[FORM_STATUS], "draft") &&
	       (!r->field[FORM_ONLY][0] || country_list_has(r->field[FORM_ONLY], s->grant.country));
}

int book_read_row(struct book *b, uint64_t offset, struct log_row *row, struct error *e)
{
	return log_read(b->reader, offset, row, e);
}

int book_read(struct book *b, uint64_t offset, struct record *r, struct error *e)
{
	struct log_row row;
	int status = log_read(b->reader, offset, &row, e);

	if (!status)
		b->kind->record(row.field, r);
	return status;
}

int book_get_packed(struct book *b, uint64_t id, struct record *r, struct index_head *head, struct error *e)
{
	char name[ID_TEXT];
	int status = index_find(b->index, id, head, e);

	if (!status)
		status = book_read(b, head->offset, r, e);
	if (status == STATUS_INPUT) {
		id_unpack(id, name);
		return error_within(e, name);
	}
	if (!status && !book_sees(b, r))
		return STATUS_NO;
	return status;
}

int book_has(struct book *b, uint64_t id, struct error *e)
{
	struct index_head head;
	struct record r;
	int status = index_find(b->index, id, &head, e);

	return status || sees_all_of(&b->guard->standing, head.owner) ? status : book_get_packed(b, id, &r, &head, e);
}

int book_get(struct book *b, const char *id, struct record *r, struct index_head *head, struct error *e)
{
	char name[ID_TEXT];
	int status = id_read(id, name, e);

	if (status)
		return status;
	status = book_get_packed(b, id_pack(name), r, head, e);
	return status == STATUS_NO ? error_set(e, STATUS_NO, "no record %s", name) : status;
}

void book_draw_id(const struct book *b, const char *owner, uint64_t n, char out[ID_TEXT])
{
	uint64_t number = id_mix(b->seed + id_mix(n));

	while (!id_make(owner, b->year, number % ID_NUMBERS, out))
		number = id_mix(number);
}

int book_new_id(struct book *b, const char *owner, char out[ID_TEXT], struct error *e)
{
	struct index_head head;
	int status;

	for (int tries = 0; tries < 10000; tries++) {
		book_draw_id(b, owner, UINT64_C(1) << 63 | b->drawn++, out);
		if (set_count(&b->names, id_mix(id_pack(out))))
			continue;
		status = index_find(b->index, id_pack(out), &head, e);
		if (status == STATUS_NO)
			return set_add(&b->names, id_mix(id_pack(out)), e);
		if (status)
			return status;
	}
	return error_set(e, STATUS_SYSTEM, "no free name for a record of %s", owner);
}
