/* lines.c - a file of lines that only grows, with its unfinished end set aside */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file/data.h"

#define BLOCK 4096

/* Exactly size bytes from offset on. */
static int read_at(int fd, int64_t offset, void *to, size_t size, struct error *e)
{
	char *p = to;

	while (size) {
		ssize_t n = pread(fd, p, size, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_system(e, "cannot read");
		if (n == 0)
			return error_set(e, STATUS_SYSTEM, "it became shorter while it was read");
		p += n;
		size -= (size_t)n;
		offset += n;
	}
	return STATUS_DONE;
}

/* The offset behind the last newline before end; 0 when there is none at all. */
static int find_newline(int fd, int64_t end, int64_t *behind, struct error *e)
{
	char block[BLOCK];
	int64_t low = end > LINES_MAX ? end - LINES_MAX : 0, at = end;

	while (at > low) {
		size_t n = at - low < BLOCK ? (size_t)(at - low) : BLOCK;
		const char *p;
		int status = read_at(fd, at - (int64_t)n, block, n, e);

		if (status)
			return status;
		p = memrchr(block, '\n', n);
		if (p) {
			*behind = at - (int64_t)n + (p - block) + 1;
			return STATUS_DONE;
		}
		at -= (int64_t)n;
	}
	if (low > 0)
		return error_set(e, STATUS_INPUT, "no line ends in its last %d bytes", LINES_MAX);
	*behind = 0;
	return STATUS_DONE;
}

static int set_aside(const struct folder *f, const char *name, const struct buf *torn, struct error *e)
{
	struct buf path = { 0 };
	int fd = -1, status = STATUS_SYSTEM;

	if (buf_format(&path, e, "%s.torn", name) || !buf_string(&path, e))
		goto out;
	status = folder_file(f, (const char *)path.data, O_WRONLY | O_APPEND | O_CREAT, &fd, e);
	if (status)
		goto out;
	status = data_write(fd, torn->data, torn->size, e);
	if (!status)
		status = data_write(fd, "\n", 1, e);
	if (!status && fdatasync(fd))
		status = error_system(e, "cannot flush what is set aside");
	if (close(fd) && !status)
		status = error_system(e, "cannot close what is set aside");
out:
	buf_free(&path);
	return status;
}

int lines_settle(const struct folder *f, const char *name, int fd, int64_t *end, size_t *torn,
		 struct error *e)
{
	struct buf bytes = { 0 };
	struct stat st;
	int status;

	*torn = 0;
	if (fstat(fd, &st))
		return error_system(e, "%s", name);
	status = find_newline(fd, st.st_size, end, e);
	if (status || *end == st.st_size)
		return status;
	*torn = (size_t)(st.st_size - *end);
	if (buf_reserve(&bytes, *torn, e))
		return STATUS_SYSTEM;
	bytes.size = *torn;
	status = read_at(fd, *end, bytes.data, bytes.size, e);
	if (!status)
		status = set_aside(f, name, &bytes, e);
	if (!status && ftruncate(fd, *end))
		status = error_system(e, "%s: cannot cut its unfinished end", name);
	buf_free(&bytes);
	return status;
}

int lines_last(int fd, int64_t end, struct buf *line, struct error *e)
{
	int64_t from;
	int status;

	line->size = 0;
	if (end == 0)
		return STATUS_DONE;
	status = find_newline(fd, end - 1, &from, e);
	if (!status && end - 1 - from > LINES_MAX)
		status = error_set(e, STATUS_INPUT, "its last line has more than %d bytes", LINES_MAX);
	if (!status)
		status = buf_reserve(line, (size_t)(end - from), e);
	if (!status) {
		line->size = (size_t)(end - 1 - from);
		status = read_at(fd, from, line->data, line->size, e);
	}
	return status;
}

int lines_append(int fd, int64_t end, const void *text, size_t size, bool flush, struct error *e)
{
	const char *p = text;
	int64_t at = end;
	int status = STATUS_DONE;

	while (size && !status) {
		ssize_t n = pwrite(fd, p, size, at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			status = error_system(e, "cannot write");
			break;
		}
		p += n;
		at += n;
		size -= (size_t)n;
	}
	if (!status && flush && fdatasync(fd))
		status = error_system(e, "cannot flush");
	/* what fails here is found and set aside as an unfinished end by the next that writes */
	if (status && ftruncate(fd, end))
		return error_within(e, "and cannot be cut back");
	return status;
}

int lines_put_field(struct buf *to, const char *text, struct error *e)
{
	bool quote = text[strcspn(text, ",\"")] || *text == ' ';
	int status = quote ? buf_byte(to, '"', e) : STATUS_DONE;

	for (const unsigned char *p = (const unsigned char *)text; *p && !status; p++) {
		if (*p < 0x20 || *p == 0x7f)
			status = buf_format(to, e, "\\x%02x", *p);
		else if (*p == '"' || *p == '\\')
			status = buf_byte(to, *p, e) || buf_byte(to, *p, e) ? STATUS_SYSTEM : STATUS_DONE;
		else
			status = buf_byte(to, *p, e);
	}
	return !status && quote ? buf_byte(to, '"', e) : status;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void lines_unescape(char *text)
{
	char *to = text;

	for (const char *p = text; *p; p++) {
		if (p[0] == '\\' && p[1] == '\\') {
			p++;
		} else if (p[0] == '\\' && p[1] == 'x' && hex(p[2]) >= 0 && hex(p[3]) >= 0 &&
			   (hex(p[2]) || hex(p[3]))) {
			*to++ = (char)(hex(p[2]) << 4 | hex(p[3]));
			p += 3;
			continue;
		}
		*to++ = *p;
	}
	*to = 0;
}

/* One field from p on, moved to its beginning; returns what stands behind it, or NULL. */
static char *split_one(char *p)
{
	char *to = p;

	if (*p != '"') {
		p += strcspn(p, ",\"");
		return *p == '"' ? NULL : p;
	}
	for (p++; ; p++) {
		if (!*p)
			return NULL;
		if (*p == '"' && *++p != '"')
			break;
		*to++ = *p;
	}
	if (*p && *p != ',')
		return NULL;
	/* the place of the closing quote is free */
	*to = 0;
	return p;
}

size_t lines_split(char *line, char **field, size_t max)
{
	size_t n = 0;

	for (char *p = line; ; p++) {
		char *end = split_one(p);
		bool more;

		if (!end)
			return 0;
		if (n < max)
			field[n] = p;
		n++;
		more = *end == ',';
		*end = 0;
		if (!more)
			return n;
		p = end;
	}
}
