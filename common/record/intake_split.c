/* intake_split.c - tables from elsewhere: one row taken apart, its encoding put right */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/utf8.h"
#include "record/fold.h"
#include "record/intake.h"

/* What windows-1252 has at 0x80 to 0x9f; 0: nothing. */
static const unsigned short windows[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
	0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
	0x0153, 0, 0x017e, 0x0178,
};

/* The byte that windows-1252 has for a character; -1 for none. The holes stand for themselves, as
 * programs that encode twice take them. */
static int windows_byte(uint32_t c)
{
	if (c < 0x100)
		return (int)c;
	for (int i = 0; i < 32; i++)
		if (windows[i] == c)
			return 0x80 + i;
	return -1;
}

static const char *from_windows(const char *text, struct pool *pool, struct error *e)
{
	size_t n = strlen(text), k = 0;
	char *out = pool_take(pool, 3 * n + 1, e);

	if (!out)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		unsigned char byte = (unsigned char)text[i];
		uint32_t c = byte >= 0x80 && byte < 0xa0 && windows[byte - 0x80] ? windows[byte - 0x80] : byte;

		k += fold_encode(c, out + k);
	}
	out[k] = 0;
	return out;
}

/* Text that was UTF-8, was taken for windows-1252 and encoded again: each character is a byte of it, and
 * these bytes are UTF-8. NULL when it is not that. */
static const char *from_twice(const char *text, struct pool *pool, struct error *e)
{
	char *out = pool_take(pool, strlen(text) + 1, e);
	bool beyond = false;
	size_t k = 0;

	if (!out)
		return NULL;
	while (*text) {
		uint32_t c = 0;
		size_t used = fold_decode(text, &c);
		int byte = used ? windows_byte(c) : -1;

		if (byte < 0)
			return NULL;
		beyond |= byte >= 0x80;
		out[k++] = (char)byte;
		text += used;
	}
	out[k] = 0;
	return beyond && fold_utf8(out) ? out : NULL;
}

/* One field, which ends with a zero, put right. NULL: no memory. */
static const char *mend(const struct intake_form *form, const char *text, struct pool *pool,
			struct intake_mended *mended, struct error *e)
{
	const char *p = text, *better;

	while (*p && (unsigned char)*p < 0x80)
		p++;
	if (!*p)
		return text;
	if (form->encoding == INTAKE_WINDOWS || !fold_utf8(text)) {
		mended->windows++;
		return from_windows(text, pool, e);
	}
	for (int times = 0; times < 3 && (better = from_twice(text, pool, e)); times++) {
		mended->twice += times == 0;
		text = better;
	}
	return text;
}

/* Takes one field off *from: quotes off, doubled ones made single. Returns it in pool. */
static const char *take_field(const struct intake_form *form, const char **from, const char *end,
			      struct pool *pool, struct error *e)
{
	const char *p = *from, *stop;
	char *out;
	size_t n = 0;

	if (p >= end || *p != '"') {
		stop = p < end ? memchr(p, form->delimiter, (size_t)(end - p)) : NULL;
		*from = stop ? stop : end;
		if (*from == p)
			return "";
		return pool_text(pool, p, (size_t)(*from - p), e);
	}
	out = pool_take(pool, (size_t)(end - p), e);
	for (p++; out && p < end; p++) {
		if (*p == '"' && (p + 1 >= end || p[1] != '"'))
			break;
		if (*p == '"')
			p++;
		out[n++] = *p;
	}
	if (out)
		out[n] = 0;
	*from = p < end ? p + 1 : end;
	return out;
}

static size_t count_fields(const struct intake_form *form, const char *p, const char *end)
{
	size_t n = 1;

	for (; p < end; p++)
		n += *p == form->delimiter;
	return n;
}

int intake_split(const struct intake_form *form, const struct intake_block *b, const struct intake_row *row,
		struct pool *pool, const char ***field, size_t *fields, struct intake_mended *mended,
		struct error *e)
{
	const char *p = (const char *)b->text.data + row->offset, *end = p + row->length;
	const char **list;

	if (row->bad)
		return error_set(e, STATUS_INPUT, "%s", row->bad);
	if (memchr(p, 0, row->length))
		return error_set(e, STATUS_INPUT, "a NUL byte");
	list = pool_take(pool, count_fields(form, p, end) * sizeof *list, e);
	if (!list)
		return STATUS_SYSTEM;
	for (*fields = 0; ; p++) {
		const char *text = take_field(form, &p, end, pool, e);

		if (text)
			text = mend(form, text, pool, mended, e);
		if (!text)
			return STATUS_SYSTEM;
		list[(*fields)++] = text;
		if (p >= end)
			break;
	}
	*field = list;
	return STATUS_DONE;
}
