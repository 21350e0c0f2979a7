/* log_rewrite.c - an append-only file of CSV, written anew without some of its lines */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "file/data.h"
#include "file/lock.h"
#include "record/log_parts.h"

#define BLOCK (1 << 20)

/* A file that is written in blocks. */
struct sink {
	int fd;
	struct buf held;
};

static int flush(struct sink *s, struct error *e)
{
	int status = data_write(s->fd, s->held.data, s->held.size, e);

	s->held.size = 0;
	return status;
}

static int put(struct sink *s, const void *bytes, size_t size, struct error *e)
{
	if (buf_add(&s->held, bytes, size, e))
		return STATUS_SYSTEM;
	return s->held.size >= BLOCK ? flush(s, e) : STATUS_DONE;
}

/* Bytes of the old log that no row holds. */
static int put_range(const struct log *l, struct sink *s, uint64_t offset, size_t size, struct error *e)
{
	char block[4096];

	while (size) {
		ssize_t n = pread(l->fd, block, size < sizeof block ? size : sizeof block, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return error_system(e, "%s: cannot read", l->shape->file);
		if (put(s, block, (size_t)n, e))
			return STATUS_SYSTEM;
		offset += (uint64_t)n;
		size -= (size_t)n;
	}
	return STATUS_DONE;
}

static int copy_lines(struct log *l, log_keep *keep, void *context, struct sink *to, struct sink *dropped,
		      struct error *e)
{
	struct log_reader *r;
	struct log_row row;
	int status = log_reader_open(&r, l, e);

	if (status)
		return status;
	log_scan(r, 0);
	while ((status = log_next(r, &row, e)) == STATUS_DONE || status == STATUS_INPUT) {
		struct sink *s = keep(context, &row, status == STATUS_INPUT) ? to : dropped;

		if (s->fd < 0)
			continue;
		if (row.raw ? put(s, row.raw, row.size, e) : put_range(l, s, row.offset, row.size, e)) {
			status = STATUS_SYSTEM;
			break;
		}
	}
	log_reader_close(r);
	return status == STATUS_NO ? STATUS_DONE : status;
}

/* `suffix` behind the log's name. */
static int open_beside(const struct log *l, const char *suffix, int flags, char name[256], int *fd,
		       struct error *e)
{
	snprintf(name, 256, "%.200s.%.40s", l->shape->file, suffix);
	return folder_file(l->folder, name, flags | O_CREAT, fd, e);
}

static int finish(struct sink *s, struct error *e)
{
	int status = s->fd >= 0 ? flush(s, e) : STATUS_DONE;

	if (!status && s->fd >= 0 && fsync(s->fd))
		status = error_system(e, "cannot flush");
	return status;
}

int log_rewrite(struct log *l, log_keep *keep, void *context, const struct buf *more,
		const char *suffix, struct error *e)
{
	struct sink to = { .fd = -1 }, dropped = { .fd = -1 };
	char draft[256] = "", aside[256];
	int status;

	if (!l->locked)
		return error_set(e, STATUS_SYSTEM, "%s: not locked", l->shape->file);
	status = open_beside(l, "new", O_RDWR, draft, &to.fd, e);
	/* one that a killed process left behind */
	if (!status && ftruncate(to.fd, 0))
		status = error_system(e, "%s", draft);
	if (!status && suffix)
		status = open_beside(l, suffix, O_WRONLY | O_APPEND, aside, &dropped.fd, e);
	if (!status)
		status = lock_take(to.fd, LOCK_EXCLUSIVE, 0, e);
	if (!status)
		status = put(&to, l->header, l->header_size, e);
	if (!status)
		status = copy_lines(l, keep, context, &to, &dropped, e);
	if (!status && more)
		status = put(&to, more->data, more->size, e);
	if (!status)
		status = finish(&dropped, e);
	if (!status)
		status = finish(&to, e);
	if (!status)
		status = folder_rename(l->folder, draft, l->shape->file, e);
	if (!status) {
		/* whoever waits for the old file finds that it lost its name */
		close(l->fd);
		l->fd = to.fd;
		l->opened++;
		to.fd = -1;
		status = folder_flush(l->folder, e);
		if (!status)
			status = log_refresh(l, e);
	} else if (*draft) {
		folder_remove(l->folder, draft, NULL);
	}
	if (to.fd >= 0)
		close(to.fd);
	if (dropped.fd >= 0)
		close(dropped.fd);
	buf_free(&to.held);
	buf_free(&dropped.held);
	return status;
}
