/* index_scan.c - where each record stands in the log, and which serials lead to it: serials */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/bytes.h"
#include "record/fold.h"
#include "record/index_parts.h"

static int by_key(struct index *i, uint64_t key, index_hit *hit, void *context, struct error *e)
{
	const struct run_key asked = run_ask(key);
	uint64_t id;
	int status;

	for (bool first = true; !(status = store_pair(i->store, INDEX_KEYS, key, first, &id, e)); first = false)
		if ((status = hit(context, id, e)))
			return status;
	for (size_t n = 0; n < i->runs && status == STATUS_NO; n++) {
		const struct run *r = &i->run[n * RUN_KINDS + RUN_KEYS];

		for (size_t k = run_find(r, &asked); k < r->count && run_key_at(r, k) == key; k++)
			if ((status = hit(context, bytes_get64(run_entry(r, k) + 8), e)))
				return status;
	}
	return status == STATUS_NO ? STATUS_DONE : status;
}

/* One serial of a chunk, copied so that it ends with a zero. False: the chunk ends, or is damaged. */
static bool take_serial(const unsigned char **p, const unsigned char *end, struct serial *s, uint64_t *id)
{
	size_t length;

	if (end - *p < 9 || (length = (*p)[0]) >= SERIAL_KEY || (size_t)(end - *p) < 9 + length)
		return false;
	*id = bytes_get64(*p + 1);
	memcpy(s->plain, *p + 9, length);
	s->plain[length] = 0;
	*p += 9 + length;
	return true;
}

/* Serials that have wildcards themselves: few, and each has to be looked at. */
static int by_wild(struct index *i, const struct serial *asked, index_hit *hit, void *context, struct error *e)
{
	struct serial s = { .wild = true };
	const unsigned char *p;
	const void *value;
	uint64_t chunk = 0, id;
	size_t size;
	int status;

	for (; !(status = store_from(i->store, INDEX_WILD, &chunk, &value, &size, e)); chunk++)
		for (p = value; take_serial(&p, (const unsigned char *)value + size, &s, &id); )
			if (serial_compare(asked, "", &s, "") != SERIAL_DIFFERENT &&
			    (status = hit(context, id, e)))
				return status;
	return status == STATUS_NO ? STATUS_DONE : status;
}

int index_serials(struct index *i, const struct serial *s, index_hit *hit, void *context, struct error *e)
{
	int status;

	if (i->empty)
		return STATUS_DONE;
	status = by_key(i, index_key(s->alike), hit, context, e);
	if (!status && strcmp(s->sparse, s->alike))
		status = by_key(i, index_key(s->sparse), hit, context, e);
	return status ? status : by_wild(i, s, hit, context, e);
}

/* What a scan looks for, made ready: everything is compared with look-alikes folded, which finds the
 * serials without folding too. */
struct wanted {
	char pattern[SERIAL_KEY];
	size_t length;
	bool edit;
};

/* plain (length bytes) with look-alikes folded, zeros kept. Cyrillic twins take the long way. */
static size_t fold_fast(const unsigned char *plain, size_t length, char out[SERIAL_KEY])
{
	for (size_t k = 0; k < length; k++) {
		unsigned char c = serial_class[plain[k]];

		if (!c) {
			char copy[SERIAL_KEY];

			memcpy(copy, plain, length);
			copy[length] = 0;
			serial_fold(copy, out, true);
			return strlen(out);
		}
		out[k] = (char)c;
	}
	out[length] = 0;
	return length;
}

static bool wanted_fits(const struct wanted *w, const unsigned char *plain, size_t length)
{
	char folded[SERIAL_KEY];
	const char *text = folded;

	if (w->edit && (length + 1 < w->length))
		return false;
	length = fold_fast(plain, length, folded);
	if (!w->edit)
		return serial_fits(w->pattern, folded, length);
	while (length > 1 && *text == '0') {
		text++;
		length--;
	}
	return fold_one_edit(w->pattern, w->length, text, length);
}

static int scan_chunk(const struct wanted *w, const unsigned char *p, size_t size, index_hit *hit,
		      void *context, struct error *e)
{
	const unsigned char *end = p + size;
	int status = STATUS_DONE;

	while (!status && end - p >= 9 && p[0] < SERIAL_KEY && (size_t)(end - p) >= 9 + (size_t)p[0]) {
		if (wanted_fits(w, p + 9, p[0]))
			status = hit(context, bytes_get64(p + 1), e);
		p += 9 + p[0];
	}
	return status;
}

int index_scan(struct index *i, const struct serial *s, bool edit, index_hit *hit, void *context,
	       struct error *e)
{
	struct wanted w = { .edit = edit };
	const void *value;
	uint64_t chunk = 0;
	size_t size;
	int status;

	if (i->empty)
		return STATUS_DONE;
	serial_fold(s->plain, w.pattern, !edit);
	w.length = strlen(w.pattern);
	for (; !(status = store_from(i->store, INDEX_SERIALS, &chunk, &value, &size, e)); chunk++)
		if ((status = scan_chunk(&w, value, size, hit, context, e)))
			return status;
	if (status != STATUS_NO)
		return status;
	return by_wild(i, s, hit, context, e);
}
