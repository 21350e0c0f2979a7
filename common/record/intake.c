/* intake.c - tables from elsewhere: recognised, and cut into rows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/intake.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "record/fold.h"

#define SAMPLE (256 << 10)
#define BLOCK (64 << 10)

struct intake {
	FILE *in;
	struct intake_form form;
	struct buf text;         /* read, converted to bytes of ASCII's kind, not yet given out */
	size_t used;             /* of text */
	struct buf carry;        /* UTF-16: half a character */
	size_t line;
	size_t bytes;            /* read since the last block */
	bool end;
	bool within;             /* the rest of a line of which enough was kept is still to come */
	unsigned high;           /* UTF-16: first half of a pair */
};

static int put_utf16(struct intake *s, const unsigned char *p, size_t n, struct error *e)
{
	bool big = s->form.encoding == INTAKE_UTF16BE;

	if (buf_reserve(&s->text, n * 2 + 4, e))
		return STATUS_SYSTEM;
	for (size_t i = 0; i + 1 < n; i += 2) {
		uint32_t c = big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];

		if (c >= 0xd800 && c < 0xdc00) {
			s->high = c;
			continue;
		}
		if (c >= 0xdc00 && c < 0xe000)
			c = s->high ? 0x10000 + ((s->high - 0xd800) << 10) + (c - 0xdc00) : 0xfffd;
		s->high = 0;
		if (c == 0xfeff)
			continue;
		s->text.size += fold_encode(c, (char *)s->text.data + s->text.size);
	}
	return STATUS_DONE;
}

/* Bytes of the file into text. */
static int put_bytes(struct intake *s, const unsigned char *p, size_t n, struct error *e)
{
	size_t whole;

	if (s->form.encoding != INTAKE_UTF16LE && s->form.encoding != INTAKE_UTF16BE)
		return buf_add(&s->text, p, n, e);
	if (buf_add(&s->carry, p, n, e))
		return STATUS_SYSTEM;
	whole = s->carry.size & ~(size_t)1;
	if (put_utf16(s, s->carry.data, whole, e))
		return STATUS_SYSTEM;
	if (s->carry.size > whole)
		s->carry.data[0] = s->carry.data[whole];
	s->carry.size -= whole;
	return STATUS_DONE;
}

static int read_more(struct intake *s, struct error *e)
{
	unsigned char block[BLOCK];
	size_t n = fread(block, 1, sizeof block, s->in);

	if (n < sizeof block && ferror(s->in))
		return error_system(e, "cannot read");
	s->end = n == 0;
	s->bytes += n;
	return n ? put_bytes(s, block, n, e) : STATUS_DONE;
}

/* Files are mixed as often as not: where most of what is not ASCII is UTF-8, single fields that are not are
 * put right later. In windows-1252 hardly anything looks like UTF-8. The sample may end within a character. */
static bool looks_utf8(const struct buf *sample)
{
	const char *p = (const char *)sample->data, *end = p + sample->size;
	size_t whole = 0, broken = 0;

	while (p < end) {
		size_t n = (unsigned char)*p < 0x80 ? 1 : utf8_length(p);

		whole += n > 1;
		broken += !n && end - p >= 4;
		p += n ? n : 1;
	}
	return whole >= broken;
}

/* Which encoding the sample (with a zero behind it) has; *skip: bytes of a mark. */
static enum intake_encoding recognise(const struct buf *sample, size_t *skip, bool *mark)
{
	const unsigned char *p = sample->data;
	size_t n = sample->size, even = 0, odd = 0;

	*skip = 0;
	*mark = true;
	if (n >= 3 && !memcmp(p, "\xef\xbb\xbf", 3)) {
		*skip = 3;
		return INTAKE_UTF8;
	}
	if (n >= 2 && (!memcmp(p, "\xff\xfe", 2) || !memcmp(p, "\xfe\xff", 2))) {
		*skip = 2;
		return p[0] == 0xff ? INTAKE_UTF16LE : INTAKE_UTF16BE;
	}
	*mark = false;
	for (size_t i = 0; i + 1 < n; i += 2) {
		even += p[i] == 0;
		odd += p[i + 1] == 0;
	}
	/* text in Latin letters: every second byte is zero */
	if (n >= 4 && odd * 4 > n && even * 16 < n)
		return INTAKE_UTF16LE;
	if (n >= 4 && even * 4 > n && odd * 16 < n)
		return INTAKE_UTF16BE;
	return looks_utf8(sample) ? INTAKE_UTF8 : INTAKE_WINDOWS;
}

/* The candidate that splits the first lines into most columns, each line into the same number; quoted
 * parts do not count. A comma that also is a decimal mark loses to a semicolon. */
static char find_delimiter(const char *text, size_t n, char end_of_line)
{
	static const char candidates[] = { ',', ';', '\t', '|' };
	size_t best = 0;
	char found = ',';

	for (size_t c = 0; c < sizeof candidates; c++) {
		size_t first = 0, count = 0, lines = 0, same = 0, score;
		bool quoted = false;

		for (size_t i = 0; i < n && lines < 50; i++) {
			if (text[i] == '"')
				quoted = !quoted;
			else if (text[i] == candidates[c] && !quoted)
				count++;
			else if (text[i] == end_of_line && !quoted) {
				if (lines == 0)
					first = count;
				same += count == first;
				lines++;
				count = 0;
			}
		}
		if (lines == 0) {
			first = count;
			lines = same = 1;
		}
		score = first ? first * 1000 * same / lines + 1 : 0;
		if (score > best) {
			best = score;
			found = candidates[c];
		}
	}
	return found;
}

/* The sample as it will be seen: converted, for finding delimiter and line ends. */
static void recognise_lines(struct intake *s)
{
	const char *text = (const char *)s->text.data;
	size_t n = s->text.size;

	s->form.returns = !memchr(text, '\n', n) && memchr(text, '\r', n);
	if (!s->form.delimiter)
		s->form.delimiter = find_delimiter(text, n, s->form.returns ? '\r' : '\n');
}

int intake_open(struct intake **out, FILE *in, struct intake_form *form, struct error *e)
{
	struct intake *s = mem_new(1, sizeof *s, e);
	struct buf sample = { 0 };
	enum intake_encoding seen;
	size_t skip = 0;
	int status = s ? STATUS_DONE : STATUS_SYSTEM;

	*out = NULL;
	if (status)
		return status;
	s->in = in;
	s->form = *form;
	s->line = 1;
	if (buf_reserve(&sample, SAMPLE + 1, e)) {
		status = STATUS_SYSTEM;
		goto out;
	}
	sample.size = fread(sample.data, 1, SAMPLE, in);
	sample.data[sample.size] = 0;
	if (sample.size < SAMPLE && ferror(in)) {
		status = error_system(e, "cannot read");
		goto out;
	}
	s->bytes = sample.size;
	seen = recognise(&sample, &skip, &s->form.mark);
	if (s->form.encoding == INTAKE_AUTO)
		s->form.encoding = seen;
	else if (s->form.encoding != seen && s->form.mark)
		skip = s->form.encoding == INTAKE_UTF8 && seen == INTAKE_UTF8 ? 3 : 0;
	status = put_bytes(s, sample.data + skip, sample.size - skip, e);
	if (!status && buf_reserve(&s->text, 1, e))
		status = STATUS_SYSTEM;
	if (!status)
		recognise_lines(s);
out:
	buf_free(&sample);
	*form = s->form;
	if (status)
		intake_close(s);
	else
		*out = s;
	return status;
}

void intake_close(struct intake *s)
{
	if (!s)
		return;
	buf_free(&s->text);
	buf_free(&s->carry);
	free(s);
}

size_t intake_rows(const struct intake_block *b)
{
	return b->rows.size / sizeof(struct intake_row);
}

void intake_free(struct intake_block *b)
{
	buf_free(&b->text);
	buf_free(&b->rows);
}

enum cut { CUT_ROW, CUT_BAD, CUT_MORE };

/* Where the quoted field that begins at p ends; end: its closing quote was not found. */
static const char *close_quote(const char *p, const char *end)
{
	for (p++; p < end; p += 2) {
		p = memchr(p, '"', (size_t)(end - p));
		if (!p)
			return end;
		if (p + 1 >= end || p[1] != '"')
			return p;
	}
	return end;
}

/* The row that begins at `start`: its length without and with its line's end. more: the text goes on,
 * so that what seems to end may not. */
static enum cut cut_row(const struct intake *s, const char *start, const char *end, bool more, size_t *length,
			size_t *whole, const char **bad)
{
	const char newline = s->form.returns ? '\r' : '\n', *p = start;

	for (;;) {
		if (p < end && *p == '"') {
			p = close_quote(p, end);
			if (p >= end || (p + 1 >= end && more)) {
				if (more && (size_t)(end - start) < INTAKE_ROW_MAX)
					return CUT_MORE;
				*bad = "a quote that is not closed";
				return CUT_BAD;
			}
			p++;
			if (p < end && *p != s->form.delimiter && *p != newline &&
			    !(*p == '\r' && p + 1 < end && p[1] == '\n')) {
				if (*p == '\r' && p + 1 >= end && more)
					return CUT_MORE;
				*bad = "a quote out of place";
				return CUT_BAD;
			}
		} else {
			while (p < end && *p != s->form.delimiter && *p != newline)
				p++;
		}
		if (p >= end)
			break;
		if (*p != s->form.delimiter) {
			if ((size_t)(p - start) > INTAKE_ROW_MAX) {
				*bad = "longer than 65536 bytes";
				return CUT_BAD;
			}
			*length = (size_t)(p - start);
			*whole = *length + 1;
			if (*length && p[-1] == '\r')
				--*length;
			return CUT_ROW;
		}
		p++;
	}
	if ((size_t)(end - start) > INTAKE_ROW_MAX) {
		*bad = "longer than 65536 bytes";
		return CUT_BAD;
	}
	if (more)
		return CUT_MORE;
	*length = *whole = (size_t)(end - start);
	return CUT_ROW;
}

/* A bad row is its first line, or as much of it as is kept of a long one: the rest of that is passed over. */
static void cut_line(struct intake *s, const char *start, const char *end, size_t *length, size_t *whole)
{
	const char *p = memchr(start, s->form.returns ? '\r' : '\n', (size_t)(end - start));

	*length = (size_t)((p ? p : end) - start);
	*whole = *length + (p != NULL);
	s->within = !p && !s->end;
	if (*length && start[*length - 1] == '\r')
		--*length;
	if (*length > INTAKE_ROW_MAX) {
		*length = INTAKE_ROW_MAX;
		while ((start[*length] & 0xc0) == 0x80)
			--*length;
	}
}

/* The rest of a line of which enough was kept. */
static void pass_over(struct intake *s)
{
	const char *start = (const char *)s->text.data + s->used;
	const char *p = memchr(start, s->form.returns ? '\r' : '\n', s->text.size - s->used);

	s->within = !p && !s->end;
	s->line += p != NULL;
	s->used = p ? (size_t)(p + 1 - (const char *)s->text.data) : s->text.size;
}

static size_t count_lines(const struct intake *s, const char *p, size_t n)
{
	const char newline = s->form.returns ? '\r' : '\n', *end = p + n;
	size_t lines = 0;

	while ((p = memchr(p, newline, (size_t)(end - p)))) {
		lines++;
		if (++p >= end)
			break;
	}
	return lines;
}

static int add_row(struct intake *s, struct intake_block *b, const char *start, size_t length, size_t whole,
		   const char *bad, struct error *e)
{
	struct intake_row row = { b->text.size, length, s->line, bad };

	s->line += count_lines(s, start, whole);
	s->used += whole;
	if (length == 0 && !bad)
		return STATUS_DONE;
	if (buf_add(&b->text, start, length, e) || buf_byte(&b->text, 0, e) ||
	    buf_add(&b->rows, &row, sizeof row, e))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

int intake_next(struct intake *s, size_t bytes, struct intake_block *b, struct error *e)
{
	memset(b, 0, sizeof *b);
	while (b->text.size < bytes) {
		if (s->within && s->used < s->text.size)
			pass_over(s);

		const char *start = (const char *)s->text.data + s->used, *bad = NULL;
		const char *end = (const char *)s->text.data + s->text.size;
		size_t length = 0, whole = 0;
		enum cut cut = start < end ? cut_row(s, start, end, !s->end, &length, &whole, &bad) : CUT_MORE;

		if (cut == CUT_MORE && s->end)
			break;
		if (cut == CUT_MORE) {
			s->text.size -= s->used;
			if (s->text.size && s->used)
				memmove(s->text.data, s->text.data + s->used, s->text.size);
			s->used = 0;
			if (read_more(s, e))
				return STATUS_SYSTEM;
			continue;
		}
		if (cut == CUT_BAD)
			cut_line(s, start, end, &length, &whole);
		if (add_row(s, b, start, length, whole, bad, e))
			return STATUS_SYSTEM;
	}
	b->bytes = s->bytes;
	s->bytes = 0;
	return intake_rows(b) ? STATUS_DONE : STATUS_NO;
}
