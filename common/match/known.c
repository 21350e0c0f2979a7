/* known.c - which signatures were there before: a list of what tells each from all others */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/known.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/sum.h"
#include "file/data.h"
#include "file/replace.h"

/* and how many follow: a list that was cut is noticed */
#define FIRST_LINE "ibin-known 1 %012zu\n"
#define FIRST_SIZE 26
#define LINE 17
/* A thousand million signatures. */
#define SIZE_MOST (UINT64_C(17) * 1000000000 + 64)

static int get_key(const unsigned char *line, uint64_t *key)
{
	*key = 0;
	for (int i = 0; i < LINE - 1; i++) {
		unsigned char c = line[i];
		unsigned digit = c >= '0' && c <= '9' ? c - '0' + 0u : c >= 'a' && c <= 'f' ? c - 'a' + 10u : 16;

		if (digit > 15)
			return -1;
		*key = *key << 4 | digit;
	}
	return line[LINE - 1] == '\n' ? 0 : -1;
}

int known_read(const char *path, struct known *out, struct error *e)
{
	char first[FIRST_SIZE + 1];
	struct data d;
	int status;

	memset(out, 0, sizeof *out);
	status = data_read(path, SIZE_MOST, &d, e);
	if (status)
		return status;
	if (d.size >= FIRST_SIZE)
		out->count = (d.size - FIRST_SIZE) / LINE;
	snprintf(first, sizeof first, FIRST_LINE, out->count % 1000000000000);
	if (d.size && (d.size != FIRST_SIZE + out->count * LINE || memcmp(d.bytes, first, FIRST_SIZE)))
		status = error_set(e, STATUS_INPUT, "not a list of known signatures, or cut");
	if (!status && !(out->key = mem_new(out->count, sizeof *out->key, e)))
		status = STATUS_SYSTEM;
	for (size_t i = 0; !status && i < out->count; i++)
		if (get_key(d.bytes + FIRST_SIZE + LINE * i, &out->key[i]) || (i && out->key[i] < out->key[i - 1]))
			status = error_set(e, STATUS_INPUT, "line %zu is no key, or out of order", i + 2);
	data_free(&d);
	if (status)
		known_free(out);
	return status;
}

void known_free(struct known *k)
{
	free(k->key);
	memset(k, 0, sizeof *k);
}

bool known_has(const struct known *k, uint64_t key)
{
	size_t low = 0, high = k->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (k->key[middle] < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < k->count && k->key[low] == key;
}

uint64_t known_key(const struct stock *s, size_t n)
{
	struct catalog_item item;
	unsigned char b[12];
	size_t size;
	const char *id = stock_id(s, n, &size);

	stock_item(s, n, &item);
	bytes_put32(b, item.sum);
	bytes_put32(b + 4, item.size);
	bytes_put32(b + 8, (uint32_t)item.mark);
	return sum_fnv64(sum_fnv64(SUM_FNV64_START, b, sizeof b), id, size);
}

static int rising(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int write_keys(struct replace *r, const uint64_t *key, size_t count, struct error *e)
{
	errno = 0;
	if (fprintf(r->out, FIRST_LINE, count) < 0)
		return error_system(e, "cannot write");
	for (size_t i = 0; i < count; i++)
		if (fprintf(r->out, "%016" PRIx64 "\n", key[i]) < 0)
			return error_system(e, "cannot write");
	return STATUS_DONE;
}

int known_write(const char *path, const struct stock *s, struct error *e)
{
	uint64_t *key = mem_new(s->count, sizeof *key, e);
	size_t count = 0;
	struct replace r;
	int status;

	if (!key)
		return STATUS_SYSTEM;
	for (size_t n = 0; n < s->count; n++)
		if (!s->hidden || !s->hidden[n])
			key[count++] = known_key(s, n);
	if (count)
		qsort(key, count, sizeof *key, rising);
	status = replace_begin(&r, path, e);
	if (!status) {
		status = write_keys(&r, key, count, e);
		if (status)
			replace_abort(&r);
		else
			status = replace_commit(&r, e);
	}
	free(key);
	return status;
}
