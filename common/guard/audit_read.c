/* audit_read.c - the audit trail read back, and its chain walked */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "file/lock.h"
#include "guard/audit.h"
#include "guard/audit_line.h"
#include "guard/lines.h"

#define BLOCK 65536
#define WAIT_S 30

struct audit_reader {
	int fd;
	bool own;              /* close fd at the end */
	int64_t at, end;       /* of the file: what is read next, and where to stop */
	struct buf bytes;      /* read and not yet handed out, from `next` on */
	size_t next;
	int64_t next_offset;   /* of bytes.data[next] in the file */
	size_t line;
	char *text;            /* the line that is handed out */
	struct buf copy;
	int64_t torn;
	struct audit_head head;
	bool has_head;
};

int audit_reader_from(struct audit_reader **r, int fd, int64_t from, int64_t to)
{
	*r = mem_new(1, sizeof **r, NULL);
	if (!*r)
		return STATUS_SYSTEM;
	(*r)->fd = fd;
	(*r)->at = (*r)->next_offset = from;
	(*r)->end = to;
	return STATUS_DONE;
}

void audit_reader_close(struct audit_reader *r)
{
	if (!r)
		return;
	if (r->own)
		close(r->fd);
	buf_free(&r->bytes);
	buf_free(&r->copy);
	free(r);
}

/* The size of the trail and the head that belongs to it are taken under the lock. */
int audit_reader_open(struct audit_reader **out, const struct folder *f, struct error *e)
{
	struct audit_reader *r;
	struct error own;
	struct stat st;
	int fd, status;

	*out = NULL;
	status = folder_file(f, AUDIT_FILE, O_RDONLY, &fd, &own);
	if (status && status != STATUS_NO)
		return error_set(e, own.status, "%s", own.text);
	if (audit_reader_from(&r, fd, 0, 0)) {
		if (fd >= 0)
			close(fd);
		return error_memory(e);
	}
	r->own = fd >= 0;
	status = fd >= 0 ? lock_take(fd, LOCK_SHARED, WAIT_S, e) : STATUS_DONE;
	if (!status && fd >= 0) {
		if (fstat(fd, &st))
			status = error_system(e, AUDIT_FILE);
		else
			r->end = st.st_size;
	}
	if (!status) {
		status = audit_read_head(f, &r->head, &own);
		r->has_head = status == STATUS_DONE;
		status = status <= STATUS_NO ? STATUS_DONE : error_set(e, own.status, "%s", own.text);
	}
	if (fd >= 0)
		lock_drop(fd);
	if (status)
		audit_reader_close(r);
	else
		*out = r;
	return status;
}

int64_t audit_torn(const struct audit_reader *r)
{
	return r->torn;
}

/* More of the file behind what is held. STATUS_NO when there is no more. */
static int fill(struct audit_reader *r, struct error *e)
{
	size_t want = r->end - r->at < BLOCK ? (size_t)(r->end - r->at) : BLOCK;
	ssize_t n;

	if (want == 0)
		return STATUS_NO;
	if (r->next) {
		r->bytes.size -= r->next;
		memmove(r->bytes.data, r->bytes.data + r->next, r->bytes.size);
		r->next = 0;
	}
	if (buf_reserve(&r->bytes, want, e))
		return STATUS_SYSTEM;
	do
		n = pread(r->fd, r->bytes.data + r->bytes.size, want, r->at);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return error_system(e, "cannot read " AUDIT_FILE);
	if (n == 0)
		r->end = r->at;   /* it was cut while we read */
	r->at += n;
	r->bytes.size += (size_t)n;
	return n ? STATUS_DONE : STATUS_NO;
}

/* The next line as bytes in r->bytes, without its newline. */
static int raw_line(struct audit_reader *r, unsigned char **line, size_t *size, struct error *e)
{
	size_t seen = 0;

	for (;;) {
		size_t held = r->bytes.size - r->next;
		unsigned char *from = held ? r->bytes.data + r->next : NULL;
		unsigned char *end = held > seen ? memchr(from + seen, '\n', held - seen) : NULL;
		int status;

		if (end) {
			*line = from;
			*size = (size_t)(end - from);
			r->next += *size + 1;
			r->next_offset += (int64_t)*size + 1;
			r->line++;
			return STATUS_DONE;
		}
		seen = held;
		if (held > LINES_MAX) {
			r->next = r->bytes.size;
			r->next_offset += (int64_t)held;
			return error_set(e, STATUS_INPUT, "a line of more than %d bytes", LINES_MAX);
		}
		status = fill(r, e);
		if (status == STATUS_NO)
			r->torn = (int64_t)held;
		if (status)
			return status;
	}
}

int audit_next(struct audit_reader *r, struct audit_line *out, struct error *e)
{
	unsigned char *line = NULL;
	size_t size = 0;
	int status = raw_line(r, &line, &size, e);

	if (status)
		return status;
	if (r->line == 1 && r->next_offset == (int64_t)size + 1) {
		if (audit_line_number((const char *)line, size) != 0)
			return error_set(e, STATUS_INPUT, "line 1 of the file is not the trail's header");
		return audit_next(r, out, e);
	}
	r->copy.size = 0;
	if (buf_add(&r->copy, line, size, e) || !buf_string(&r->copy, e))
		return STATUS_SYSTEM;
	audit_hash(line, size, out->hash);
	out->offset = r->next_offset;
	out->line = r->line;
	if (audit_line_number((const char *)line, size) == 0)
		return error_set(e, STATUS_INPUT, "line %zu of the file: another trail begins here", r->line);
	if (memchr(line, 0, size) || audit_line_parse((char *)r->copy.data, out, e))
		return error_set(e, STATUS_INPUT, "line %zu of the file is no line of a trail", r->line);
	return STATUS_DONE;
}

int audit_read_head(const struct folder *f, struct audit_head *out, struct error *e)
{
	char text[AUDIT_HEAD_SIZE + 2];
	long long lines, size, flushed;
	int fd, status = folder_file(f, AUDIT_HEAD, O_RDONLY, &fd, e), end = 0;
	ssize_t n;

	memset(out, 0, sizeof *out);
	if (status)
		return status;
	n = pread(fd, text, AUDIT_HEAD_SIZE + 1, 0);
	if (n < 0)
		error_system(e, "cannot read " AUDIT_HEAD);
	close(fd);
	if (n < 0)
		return STATUS_SYSTEM;
	text[n] = 0;
	if (n != AUDIT_HEAD_SIZE || strlen(text) != AUDIT_HEAD_SIZE ||
	    sscanf(text, "%16lld %16lld %16lld %64[0-9a-f] %36[0-9a-f-] %n", &lines, &size, &flushed,
		   out->hash, out->boot, &end) != 5 || end != AUDIT_HEAD_SIZE ||
	    strlen(out->hash) != AUDIT_HASH - 1 || lines < 0 || size < 0 || flushed < 0 || flushed > lines)
		return error_set(e, STATUS_NO, AUDIT_HEAD ": cannot be understood");
	out->lines = lines;
	out->size = size;
	out->flushed = flushed;
	return STATUS_DONE;
}

/* What a walk over the trail keeps in mind. */
struct walk {
	struct audit_check *out;
	const struct audit_head *head, *expect;   /* NULL: none, or already passed */
	int64_t *open;                            /* numbers of lines that began and have not ended, rising */
	size_t opens, room;
	int64_t at;
	bool lost;                                /* no good line above: what comes next is not compared */
};

__attribute__((format(printf, 2, 3)))
static void found(struct walk *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (w->out->breaks++ == 0)
		vsnprintf(w->out->first_break, sizeof w->out->first_break, format, args);
	va_end(args);
}

static int note_open(struct walk *w, const struct audit_line *line, struct error *e)
{
	size_t low = 0, high = w->opens;

	if (!strcmp(line->outcome, "begun")) {
		if (w->opens == w->room) {
			int64_t *grown = mem_grow(w->open, w->room ? 2 * w->room : 64, sizeof *grown, e);

			if (!grown)
				return STATUS_SYSTEM;
			w->open = grown;
			w->room = w->room ? 2 * w->room : 64;
		}
		w->open[w->opens++] = line->n;
	}
	while (line->of && low < high) {
		size_t middle = low + (high - low) / 2;

		if (w->open[middle] < line->of)
			low = middle + 1;
		else
			high = middle;
	}
	if (line->of && low < w->opens && w->open[low] == line->of) {
		memmove(w->open + low, w->open + low + 1, (w->opens - low - 1) * sizeof *w->open);
		w->opens--;
	}
	return STATUS_DONE;
}

/* A head, of ours or kept elsewhere, when the walk comes to its line. */
static void pass(struct walk *w, const struct audit_head **head, const struct audit_line *line,
		 const char *whose)
{
	if (!*head || line->n != (*head)->lines)
		return;
	if (strcmp(line->hash, (*head)->hash))
		found(w, "line %lld is not the one that %s knows", (long long)line->n, whose);
	*head = NULL;
}

static int walk_line(struct walk *w, const struct audit_line *line, struct error *e)
{
	struct audit_head *last = &w->out->last;

	w->out->lines++;
	if (!w->lost && line->n == last->lines + 2)
		found(w, "line %lld is missing", (long long)line->n - 1);
	else if (!w->lost && line->n > last->lines + 1)
		found(w, "lines %lld to %lld are missing", (long long)last->lines + 1, (long long)line->n - 1);
	else if (!w->lost && line->n <= last->lines)
		found(w, "line %lld comes again behind line %lld", (long long)line->n,
		      (long long)last->lines);
	else if (!w->lost && strcmp(line->before, last->hash))
		found(w, "line %lld was changed after line %lld was written", (long long)last->lines,
		      (long long)line->n);
	if (line->at < w->at)
		w->out->backwards++;
	w->at = line->at;
	w->lost = false;
	last->lines = line->n;
	memcpy(last->hash, line->hash, sizeof last->hash);
	pass(w, &w->head, line, AUDIT_HEAD);
	pass(w, &w->expect, line, "the copy kept elsewhere");
	return note_open(w, line, e);
}

int audit_verify(const struct folder *f, const struct audit_head *expect, struct audit_check *out,
		 struct error *e)
{
	struct audit_reader *r;
	struct audit_line line;
	struct error bad;
	struct walk w = { .out = out, .expect = expect };
	int status = audit_reader_open(&r, f, e);

	memset(out, 0, sizeof *out);
	if (status)
		return status;
	w.head = r->has_head && r->head.lines > 0 ? &r->head : NULL;
	audit_hash(AUDIT_COLUMNS, strlen(AUDIT_COLUMNS), out->last.hash);
	while ((status = audit_next(r, &line, &bad)) != STATUS_NO) {
		if (status == STATUS_DONE) {
			status = walk_line(&w, &line, &bad);
		} else if (status == STATUS_INPUT) {
			found(&w, "%s", bad.text);
			w.lost = true;
			status = STATUS_DONE;
		}
		if (status) {
			status = error_set(e, status, "%s", bad.text);
			goto out;
		}
	}
	if (w.head)
		found(&w, "the trail ends at line %lld, and %s knows line %lld: the end was cut off",
		      (long long)out->last.lines, AUDIT_HEAD, (long long)w.head->lines);
	if (w.expect)
		found(&w, "the trail has no line %lld, which the copy kept elsewhere knows",
		      (long long)w.expect->lines);
	if (!r->has_head && out->lines)
		found(&w, "no " AUDIT_HEAD ": lines cut off at the end would not be known");
	out->torn = audit_torn(r);
	out->open = (int64_t)w.opens;
	status = out->breaks ? STATUS_NO : STATUS_DONE;
out:
	free(w.open);
	audit_reader_close(r);
	return status;
}
