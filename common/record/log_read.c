/* log_read.c - an append-only file of CSV: its lines, one or all */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sum.h"
#include "record/log_parts.h"

#define BLOCK (1 << 20)
#define FIRST 1024              /* most lines are shorter */
#define STREAM (64 << 10)       /* most that is read on where one line after the other is asked for */

struct log_reader {
	struct log *log;
	struct buf block;       /* bytes of the file from `begins` on */
	uint64_t begins, at, end;
	struct buf text;        /* fields of the row, each with a zero */
	uint64_t headers;
	size_t ahead, stream;   /* bytes to read at once: asked for, found useful */
	unsigned opened;        /* of the log, when the block was read */
};

int log_reader_open(struct log_reader **r, struct log *l, struct error *e)
{
	*r = mem_new(1, sizeof **r, e);
	if (!*r)
		return STATUS_SYSTEM;
	(*r)->log = l;
	return STATUS_DONE;
}

void log_reader_close(struct log_reader *r)
{
	if (!r)
		return;
	buf_free(&r->block);
	buf_free(&r->text);
	free(r);
}

/* Makes the block hold the bytes from offset on, at least `size` of them where the file has them. */
static int fill(struct log_reader *r, uint64_t offset, size_t size, uint64_t end, struct error *e)
{
	size_t have = 0;

	if (r->opened != r->log->opened)
		r->block.size = 0;
	r->opened = r->log->opened;
	if (offset >= r->begins && offset - r->begins <= r->block.size) {
		have = r->block.size - (size_t)(offset - r->begins);
		if (have)
			memmove(r->block.data, r->block.data + (offset - r->begins), have);
	}
	r->begins = offset;
	r->block.size = have;
	if (buf_reserve(&r->block, size, e))
		return STATUS_SYSTEM;
	while (r->block.size < size && offset + r->block.size < end) {
		size_t want = size - r->block.size;
		ssize_t n;

		if (want > end - offset - r->block.size)
			want = (size_t)(end - offset - r->block.size);
		n = pread(r->log->fd, r->block.data + r->block.size, want, (off_t)(offset + r->block.size));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_system(e, "%s: cannot read", r->log->shape->file);
		if (n == 0)
			break;
		r->block.size += (size_t)n;
	}
	return STATUS_DONE;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Is the sum at the end of the line that of the rest? */
static bool sum_fits(const char *line, size_t n)
{
	uint32_t sum = 0;

	if (n < 10 || line[n - 9] != ',')
		return false;
	for (size_t i = n - 8; i < n; i++) {
		if (hex(line[i]) < 0)
			return false;
		sum = sum << 4 | (uint32_t)hex(line[i]);
	}
	return sum == sum_crc32(0, line, n - 9);
}

/* Most fields are plain: copied at once. NULL when p begins no such field. */
static const char *take_plain(const char *p, char **to)
{
	static const unsigned char stop[256] = { [0] = 1, ['\n'] = 1, [','] = 1, ['"'] = 1, ['\\'] = 1 };
	size_t n = 0;

	while (!stop[(unsigned char)p[n]])
		n++;
	if (p[n] != ',')
		return NULL;
	memcpy(*to, p, n);
	(*to)[n] = 0;
	*to += n + 1;
	return p + n + 1;
}

/* One field from p on, unquoted and unescaped to `to`; what stands behind it, or NULL. */
static const char *take_field(const char *p, const char *end, char **to)
{
	bool quoted = *p == '"';
	char *out = *to;

	for (p += quoted; p < end; p++) {
		if (*p == '\\') {
			if (p + 1 < end && p[1] == '\\') {
				*out++ = *p++;
			} else if (p + 3 < end && p[1] == 'x' && hex(p[2]) >= 0 && hex(p[3]) >= 0 &&
				   (p[2] != '0' || p[3] != '0')) {
				*out++ = (char)(hex(p[2]) << 4 | hex(p[3]));
				p += 3;
			} else {
				return NULL;
			}
		} else if (*p == '"') {
			if (!quoted || p + 1 == end)
				return NULL;
			if (p[1] != '"')
				break;
			*out++ = *p++;
		} else if (*p == ',' && !quoted) {
			break;
		} else if (*p == 0) {
			return NULL;
		} else {
			*out++ = *p;
		}
	}
	if (p < end && quoted)
		p++;
	*out++ = 0;
	*to = out;
	return p < end && *p == ',' ? p + 1 : NULL;
}

int log_split(const struct log *l, const char *line, size_t size, struct buf *text, struct log_row *row,
	      struct error *e)
{
	const char *p = line, *end = line + size - 9, *behind;
	size_t columns = l->shape->columns;
	char *to;

	text->size = 0;
	if (buf_reserve(text, size + LOG_COLUMNS, e))
		return STATUS_SYSTEM;
	to = (char *)text->data;
	for (size_t i = 0; i < columns; i++) {
		row->field[i] = to;
		if (p < end && *p == ',') {
			*to++ = 0;
			p++;
			continue;
		}
		behind = p < end ? take_plain(p, &to) : NULL;
		p = behind || p >= end ? behind : take_field(p, end, &to);
		if (!p)
			return error_set(e, STATUS_INPUT, "not %zu fields of CSV", columns + 1);
	}
	if (p != end)
		return error_set(e, STATUS_INPUT, "more than %zu fields", columns + 1);
	return STATUS_DONE;
}

/* Takes the line of the row, which is whole, apart. */
static int take_apart(struct log_reader *r, struct log_row *row, struct error *e)
{
	if (!sum_fits(row->raw, row->size - 1))
		return error_set(e, STATUS_INPUT, "its sum does not fit: edited by hand, or damaged");
	return log_split(r->log, row->raw, row->size, &r->text, row, e);
}

/* The newline behind the line at offset, where the block has it already. */
static const char *in_block(const struct log_reader *r, uint64_t offset)
{
	size_t at;

	if (r->opened != r->log->opened || offset < r->begins || offset - r->begins >= r->block.size)
		return NULL;
	at = (size_t)(offset - r->begins);
	return memchr(r->block.data + at, '\n', r->block.size - at);
}

void log_read_ahead(struct log_reader *r, size_t bytes)
{
	r->ahead = bytes;
}

/* How much to read where the block does not have the line: twice as much each time that it goes on where the
 * block ends. */
static size_t reach(struct log_reader *r, uint64_t offset)
{
	bool on = r->block.size && offset >= r->begins && offset - r->begins <= r->block.size + FIRST;

	r->stream = !on || !r->stream ? FIRST : r->stream < STREAM ? 2 * r->stream : STREAM;
	return r->ahead > r->stream ? r->ahead : r->stream;
}

int log_read(struct log_reader *r, uint64_t offset, struct log_row *row, struct error *e)
{
	const char *newline = in_block(r, offset);
	size_t want = newline ? 0 : reach(r, offset);

	memset(row, 0, sizeof *row);
	row->offset = offset;
	if (offset >= r->log->size)
		return error_set(e, STATUS_INPUT, "%s: no line there", r->log->shape->file);
	for (; !newline; want *= 8) {
		if (fill(r, offset, want, r->log->size, e))
			return STATUS_SYSTEM;
		newline = in_block(r, offset);
		if (r->block.size < want || want > LOG_LINE_MAX)
			break;
	}
	if (!newline)
		return error_set(e, STATUS_INPUT, "%s: no whole line there", r->log->shape->file);
	row->raw = (const char *)r->block.data + (offset - r->begins);
	row->size = (size_t)(newline - row->raw) + 1;
	return take_apart(r, row, e);
}

void log_scan(struct log_reader *r, uint64_t from)
{
	r->block.size = 0;
	r->begins = r->at = from;
	r->end = r->log->size;
	r->headers = 0;
}

uint64_t log_headers(const struct log_reader *r)
{
	return r->headers;
}

/* A line that is too long is passed over without being kept. */
static int skip_long(struct log_reader *r, struct log_row *row, struct error *e)
{
	uint64_t at = r->at + r->block.size;
	const char *newline = NULL;

	while (!newline && at < r->end) {
		if (fill(r, at, BLOCK, r->end, e))
			return STATUS_SYSTEM;
		if (!r->block.size)
			break;
		newline = memchr(r->block.data, '\n', r->block.size);
		at += newline ? (uint64_t)(newline - (const char *)r->block.data) + 1 : r->block.size;
	}
	row->raw = NULL;
	row->size = (size_t)(at - r->at);
	r->at = at;
	return error_set(e, STATUS_INPUT, "longer than %d bytes", LOG_LINE_MAX);
}

static bool is_header(const struct log *l, const struct log_row *row)
{
	return row->size == l->header_size && !memcmp(row->raw, l->header, l->header_size);
}

int log_next(struct log_reader *r, struct log_row *row, struct error *e)
{
	for (;;) {
		size_t used = (size_t)(r->at - r->begins);
		const char *newline = NULL;

		row->offset = r->at;
		if (r->at >= r->end)
			return STATUS_NO;
		if (used < r->block.size)
			newline = memchr(r->block.data + used, '\n', r->block.size - used);
		if (!newline) {
			if (fill(r, r->at, BLOCK, r->end, e))
				return STATUS_SYSTEM;
			used = 0;
			newline = r->block.size ? memchr(r->block.data, '\n', r->block.size) : NULL;
		}
		if (!r->block.size)
			return STATUS_NO;
		row->raw = (const char *)r->block.data + used;
		if (!newline || newline - row->raw >= LOG_LINE_MAX)
			return skip_long(r, row, e);
		row->size = (size_t)(newline - row->raw) + 1;
		r->at += row->size;
		if (is_header(r->log, row)) {
			r->headers++;
			continue;
		}
		return take_apart(r, row, e);
	}
}
