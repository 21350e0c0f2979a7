/* index_batch.c - where each record stands in the log, and which serials lead to it: lines gathered */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/bytes.h"
#include "base/sort.h"
#include "base/sum.h"
#include "record/index_parts.h"

uint16_t index_country(const char *code)
{
	uint16_t v = 0;

	for (int k = 0; k < 3; k++) {
		if (code[k] < 'A' || code[k] > 'Z')
			return 0;
		v = (uint16_t)(v << 5 | (code[k] - 'A'));
	}
	return code[3] ? 0 : v;
}

/* The key table holds hashes of the folded texts; what is found is compared in full later. */
uint64_t index_key(const char *text)
{
	uint64_t key = sum_fnv64(SUM_FNV64_START, text, strlen(text));

	return key ? key : 1;
}

void index_serial_of(const char *plain, struct index_serial *out)
{
	struct serial s;

	*out = (struct index_serial){ .plain = plain };
	if (!*plain)
		return;
	snprintf(s.plain, sizeof s.plain, "%s", plain);
	serial_of_key(&s);
	out->wild = s.wild;
	if (s.wild)
		return;
	out->key[0] = index_key(s.alike);
	out->key[1] = strcmp(s.sparse, s.alike) ? index_key(s.sparse) : 0;
}

static int add_key(struct index_batch *b, uint64_t key, uint64_t id, struct error *e)
{
	struct sort_item p = { key, id };

	return buf_add(&b->keys, &p, sizeof p, e);
}

/* A serial for the sequential scan: its length, the id, its bytes. */
static int add_scanned(struct buf *to, const char *plain, uint64_t id, struct error *e)
{
	unsigned char front[9];
	size_t length = strlen(plain);

	front[0] = (unsigned char)length;
	bytes_put64(front + 1, id);
	if (buf_add(to, front, sizeof front, e))
		return STATUS_SYSTEM;
	return buf_add(to, plain, length, e);
}

static int add_serial(struct index_batch *b, const struct index_serial *s, uint64_t id, struct error *e)
{
	if (!s->plain[0])
		return STATUS_DONE;
	if (s->wild)
		return add_scanned(&b->wild, s->plain, id, e);
	if (add_key(b, s->key[0], id, e) || (s->key[1] && add_key(b, s->key[1], id, e)))
		return STATUS_SYSTEM;
	return add_scanned(&b->serials, s->plain, id, e);
}

/* Each word with a digit in it may be the serial of a part. */
static int add_components(struct index_batch *b, const char *text, uint64_t id, struct error *e)
{
	struct index_serial keys;
	struct serial s;
	char word[SERIAL_KEY];

	while (index_component(&text, word, sizeof word)) {
		serial_read(NULL, word, &s);
		index_serial_of(s.plain, &keys);
		if (add_serial(b, &keys, id, e))
			return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

bool index_component(const char **text, char *word, size_t room)
{
	static const char between[] = " ,;:=/|\t\n()";

	for (;;) {
		size_t n;

		*text += strspn(*text, between);
		n = strcspn(*text, between);
		if (n == 0)
			return false;
		snprintf(word, room, "%.*s", (int)(n < room ? n : room - 1), *text);
		*text += n;
		if (n < room && word[strcspn(word, "0123456789")])
			return true;
	}
}

int index_batch_add(struct index_batch *b, const struct index_batch_line *line, struct error *e)
{
	struct sort_item origin = { line->origin, line->head.id };

	if (buf_add(&b->heads, &line->head, sizeof line->head, e) ||
	    (line->origin && buf_add(&b->origins, &origin, sizeof origin, e)) ||
	    add_serial(b, &line->serial, line->head.id, e) ||
	    (*line->components && add_components(b, line->components, line->head.id, e)))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

size_t index_batch_lines(const struct index_batch *b)
{
	return b->heads.size / sizeof(struct index_head);
}

void index_batch_clear(struct index_batch *b)
{
	b->heads.size = b->keys.size = b->origins.size = b->serials.size = b->wild.size = 0;
}

void index_batch_free(struct index_batch *b)
{
	buf_free(&b->heads);
	buf_free(&b->keys);
	buf_free(&b->origins);
	buf_free(&b->serials);
	buf_free(&b->wild);
}
