/* fuzz_audit.c - any bytes as an audit trail */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "guard/audit.h"
#include "guard/audit_line.h"
#include "guard/lines.h"

static void look_at(const struct audit_line *l)
{
	const char *const texts[] = { l->time, l->officer, l->country, l->agency, l->via, l->purpose, l->action,
				      l->what, l->outcome, l->before };

	if (l->n < 1 || l->of < 0 || l->count < -1 || strlen(l->hash) != AUDIT_HASH - 1 ||
	    strlen(l->before) != AUDIT_HASH - 1)
		abort();
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct buf b = { 0 };
		char *copy;

		if (strchr(texts[i], '\n'))
			abort();
		if (buf_text(&b, texts[i], NULL) || !(copy = buf_string(&b, NULL)))
			abort();
		lines_unescape(copy);
		buf_free(&b);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("trail", MFD_CLOEXEC), status;
	struct audit_reader *r;
	struct audit_line line;
	struct error e = { 0 };
	size_t lines = 0, newlines = 0;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size || audit_reader_from(&r, fd, 0, (int64_t)size))
		abort();
	while ((status = audit_next(r, &line, &e)) != STATUS_NO) {
		if (status && status != STATUS_INPUT)
			abort();
		if (!status)
			look_at(&line);
		lines++;
	}
	for (size_t i = 0; i < size; i++)
		newlines += data[i] == '\n';
	if (lines > newlines || audit_torn(r) < 0 || (size_t)audit_torn(r) > size)
		abort();
	audit_reader_close(r);
	close(fd);
	return 0;
}
