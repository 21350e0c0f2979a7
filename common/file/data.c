/* data.c - a whole file or pipe in memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/data.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "file/input.h"

static int read_all(int fd, size_t max, size_t hint, struct buf *b, struct error *e)
{
	size_t step = hint ? hint + 1 : 65536;

	for (;;) {
		ssize_t n;

		if (buf_reserve(b, step, e))
			return STATUS_SYSTEM;
		n = read(fd, b->data + b->size, b->room - b->size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EISDIR)
			return error_set(e, STATUS_INPUT, "is a folder");
		if (n < 0)
			return error_system(e, "cannot read");
		if (n == 0)
			return STATUS_DONE;
		b->size += (size_t)n;
		if (b->size > max)
			return error_set(e, STATUS_INPUT, "larger than %zu bytes", max);
		step = b->size < b->room ? b->room - b->size : 65536;
	}
}

int data_read(const char *path, size_t max, struct data *out, struct error *e)
{
	struct buf b = { 0 };
	struct stat st;
	bool named = strcmp(path, "-") != 0;
	int fd, status;
	size_t hint = 0;

	out->bytes = NULL;
	out->size = 0;
	status = input_open(path, &fd, e);
	if (status)
		return status;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0) {
		if ((size_t)st.st_size > max) {
			status = error_set(e, STATUS_INPUT, "larger than %zu bytes", max);
			goto out;
		}
		hint = (size_t)st.st_size;
	}
	status = read_all(fd, max, hint, &b, e);
	if (status) {
		buf_free(&b);
	} else {
		out->bytes = b.data;
		out->size = b.size;
	}
out:
	if (named)
		close(fd);
	return status;
}

void data_free(struct data *d)
{
	free(d->bytes);
	d->bytes = NULL;
	d->size = 0;
}

int data_write(int fd, const void *bytes, size_t size, struct error *e)
{
	const char *p = bytes;

	while (size) {
		ssize_t n = write(fd, p, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = ENOSPC;
		if (n <= 0)
			return error_system(e, "cannot write");
		p += n;
		size -= (size_t)n;
	}
	return STATUS_DONE;
}
