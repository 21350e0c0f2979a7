/* log.c - an append-only file of CSV: opening, locking, appending, rewriting */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sum.h"
#include "file/data.h"
#include "file/lock.h"
#include "guard/lines.h"
#include "record/log_parts.h"

#define BLOCK 4096
#define USUAL 512        /* bytes of a line */

static int make_header(struct log *l, struct error *e)
{
	struct buf b = { 0 };
	int status = STATUS_DONE;

	for (size_t i = 0; i < l->shape->columns && !status; i++)
		status = buf_format(&b, e, "%s,", l->shape->column[i]);
	if (!status)
		status = buf_text(&b, "sum\n", e);
	if (!status && !buf_string(&b, e))
		status = STATUS_SYSTEM;
	if (status)
		buf_free(&b);
	l->header = (char *)b.data;
	l->header_size = b.size;
	return status;
}

/* The size up to the last newline. */
static int whole_size(int fd, uint64_t size, uint64_t *whole, struct error *e)
{
	char block[BLOCK];
	uint64_t at = size;

	while (at > 0) {
		size_t n = at < BLOCK ? (size_t)at : BLOCK;
		ssize_t got = pread(fd, block, n, (off_t)(at - n));
		const char *p;

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_system(e, "cannot read");
		/* somebody cut it back while we looked: what is gone was never whole */
		if ((size_t)got < n) {
			at -= n - (size_t)got;
			continue;
		}
		p = memrchr(block, '\n', n);
		if (p) {
			*whole = at - n + (uint64_t)(p - block) + 1;
			return STATUS_DONE;
		}
		at -= n;
	}
	*whole = 0;
	return STATUS_DONE;
}

/* Is the file that we hold still the one that has the name? */
static int still_named(const struct log *l, bool *same, struct error *e)
{
	struct stat ours, theirs;
	int fd, status = folder_file(l->folder, l->shape->file, O_RDONLY, &fd, e);

	*same = false;
	if (status == STATUS_NO)
		return STATUS_DONE;
	if (status)
		return status;
	*same = !fstat(l->fd, &ours) && !fstat(fd, &theirs) && ours.st_ino == theirs.st_ino &&
		ours.st_dev == theirs.st_dev;
	close(fd);
	return STATUS_DONE;
}

static void drop_file(struct log *l)
{
	close(l->fd);
	l->fd = -1;
	l->size = 0;
	l->opened++;
}

int log_refresh(struct log *l, struct error *e)
{
	uint64_t before = l->size;
	struct stat st;
	bool same;
	int status;

	/* one that was written anew has another file of its name now */
	if (l->fd >= 0 && !l->locked) {
		status = still_named(l, &same, e);
		if (status)
			return status;
		if (!same)
			drop_file(l);
	}
	if (l->fd < 0) {
		status = folder_file(l->folder, l->shape->file, O_RDWR, &l->fd, e);
		l->writable = !status;
		if (status == STATUS_REFUSED)
			status = folder_file(l->folder, l->shape->file, O_RDONLY, &l->fd, e);
		if (status == STATUS_NO) {
			l->writable = true;
			return STATUS_DONE;
		}
		if (status)
			return status;
	}
	if (fstat(l->fd, &st))
		return error_system(e, "%s", l->shape->file);
	status = whole_size(l->fd, (uint64_t)st.st_size, &l->size, e);
	l->opened += l->size < before;
	return status;
}

/* A log of other columns must not be written to, and cannot be read. */
static int check_header(struct log *l, struct error *e)
{
	char first[4096];
	ssize_t n;

	if (l->size == 0 || l->header_size > sizeof first)
		return STATUS_DONE;
	do
		n = pread(l->fd, first, l->header_size, 0);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return error_system(e, "%s", l->shape->file);
	if ((size_t)n == l->header_size && !memcmp(first, l->header, l->header_size))
		return STATUS_DONE;
	return error_set(e, STATUS_INPUT, "%s: its first line is not the header of this version's columns",
			 l->shape->file);
}

/* Locked: sets an unfinished end aside. */
static int settle(struct log *l, struct error *e)
{
	int64_t end;
	size_t torn;
	int status = lines_settle(l->folder, l->shape->file, l->fd, &end, &torn, e);

	if (status)
		return error_within(e, l->shape->file);
	l->size = (uint64_t)end;
	if (l->found)
		l->found->torn += torn;
	return STATUS_DONE;
}

static int settle_at_open(struct log *l, struct error *e)
{
	struct stat st;
	int status;

	if (l->fd < 0 || !l->writable || fstat(l->fd, &st) || (uint64_t)st.st_size == l->size)
		return STATUS_DONE;
	/* perhaps it is only being written: a writer holds the lock */
	status = lock_take(l->fd, LOCK_EXCLUSIVE, LOG_OPEN_WAIT_S, e);
	if (status)
		return error_within(e, l->shape->file);
	status = settle(l, e);
	lock_drop(l->fd);
	return status;
}

int log_open(struct log **log, const struct folder *f, const struct log_shape *shape,
	     struct log_found *found, struct error *e)
{
	struct log *l = mem_new(1, sizeof *l, e);
	int status;

	*log = NULL;
	if (!l)
		return STATUS_SYSTEM;
	l->folder = f;
	l->shape = shape;
	l->found = found;
	l->fd = -1;
	if (found)
		memset(found, 0, sizeof *found);
	status = make_header(l, e);
	if (!status)
		status = log_refresh(l, e);
	if (!status)
		status = settle_at_open(l, e);
	if (!status)
		status = check_header(l, e);
	if (status)
		log_close(l);
	else
		*log = l;
	return status;
}

void log_close(struct log *l)
{
	if (!l)
		return;
	if (l->fd >= 0)
		close(l->fd);
	free(l->header);
	free(l);
}

uint64_t log_size(const struct log *l)
{
	return l->size;
}

bool log_writable(const struct log *l)
{
	return l->writable;
}

int log_identify(const struct log *l, struct log_identity *out, struct error *e)
{
	struct stat st;

	memset(out, 0, sizeof *out);
	if (l->fd < 0)
		return STATUS_DONE;
	if (fstat(l->fd, &st))
		return error_system(e, "%s", l->shape->file);
	out->device = st.st_dev;
	out->inode = st.st_ino;
	return STATUS_DONE;
}

int log_lock(struct log *l, double seconds, struct error *e)
{
	struct buf header = { .data = (unsigned char *)l->header, .size = l->header_size };
	bool same = false;
	int status = STATUS_DONE;

	while (!same) {
		if (l->fd < 0)
			status = folder_file(l->folder, l->shape->file, O_RDWR | O_CREAT, &l->fd, e);
		if (!status)
			status = lock_take(l->fd, LOCK_EXCLUSIVE, seconds, e);
		if (!status)
			status = still_named(l, &same, e);
		if (status)
			return error_within(e, l->shape->file);
		if (!same)
			drop_file(l);
	}
	l->writable = l->locked = true;
	status = settle(l, e);
	if (!status)
		status = check_header(l, e);
	if (!status && l->size == 0)
		status = log_add(l, &header, e);   /* the first line brings it to the disk */
	if (status)
		log_unlock(l);
	return status;
}

void log_unlock(struct log *l)
{
	if (l->locked)
		lock_drop(l->fd);
	l->locked = false;
}

static int append(struct log *l, const struct buf *lines, size_t count, bool flush, struct error *e)
{
	uint64_t before = l->size;

	if (!l->locked)
		return error_set(e, STATUS_SYSTEM, "%s: not locked", l->shape->file);
	for (size_t i = 0; i < count; i++) {
		if (lines_append(l->fd, (int64_t)l->size, lines[i].data, lines[i].size, flush && i + 1 == count, e)) {
			l->size = before;
			/* what cannot be cut back is set aside by the next one that locks it */
			if (i && ftruncate(l->fd, (off_t)before))
				error_within(e, "cannot cut it back");
			return error_within(e, l->shape->file);
		}
		l->size += lines[i].size;
	}
	return STATUS_DONE;
}

int log_append(struct log *l, const struct buf *lines, uint64_t *offset, struct error *e)
{
	if (offset)
		*offset = l->size;
	return append(l, lines, 1, true, e);
}

int log_append_all(struct log *l, const struct buf *lines, size_t count, struct error *e)
{
	return append(l, lines, count, true, e);
}

int log_add(struct log *l, const struct buf *lines, struct error *e)
{
	return append(l, lines, 1, false, e);
}

/* 1: must stand in quotes; 2: must be escaped. A field that begins with a blank is quoted too. */
static const unsigned char special[256] = {
	[0] = 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
	['\\'] = 2, [0x7f] = 2, [','] = 1, ['"'] = 1,
};

int log_put(const struct log *l, struct buf *to, const char *const *field, struct error *e)
{
	const size_t columns = l->shape->columns;
	size_t start = to->size;

	/* as much as most lines need, once */
	if (buf_reserve(to, USUAL, e))
		return STATUS_SYSTEM;
	for (size_t i = 0; i < columns; i++) {
		const char *text = field[i];
		size_t n = 0;

		/* there always is room for the commas that are left */
		if (!*text) {
			to->data[to->size++] = ',';
			continue;
		}
		while (!special[(unsigned char)text[n]])
			n++;
		if (to->room - to->size < n + 1 + columns && buf_reserve(to, n + 1 + columns, e))
			return STATUS_SYSTEM;
		if (!text[n] && *text != ' ') {
			memcpy(to->data + to->size, text, n);
			to->size += n;
		} else if (lines_put_field(to, text, e) || buf_reserve(to, 1 + columns, e)) {
			return STATUS_SYSTEM;
		}
		to->data[to->size++] = ',';
	}
	if (buf_text(to, "00000000\n", e))
		return STATUS_SYSTEM;
	if (to->size - start > LOG_LINE_MAX) {
		to->size = start;
		return error_set(e, STATUS_INPUT, "longer than %d bytes in all", LOG_LINE_MAX);
	}
	log_seal((char *)to->data + start, to->size - start);
	return STATUS_DONE;
}

void log_seal(char *line, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t sum = sum_crc32(0, line, size - 10);

	for (int i = 0; i < 8; i++)
		line[size - 9 + (size_t)i] = digits[sum >> (28 - 4 * i) & 15];
}
