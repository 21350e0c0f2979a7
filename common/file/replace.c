/* replace.c - a new file that takes a name only when it is whole and on the disk */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

int replace_begin(struct replace *r, const char *path, struct error *e)
{
	struct buf name = { 0 };
	struct stat st;
	mode_t mask;
	int fd;

	memset(r, 0, sizeof *r);
	r->path = mem_text(path, e);
	if (!r->path)
		return STATUS_SYSTEM;
	if (buf_format(&name, e, "%s.XXXXXX", path) || !buf_string(&name, e)) {
		buf_free(&name);
		replace_abort(r);
		return STATUS_SYSTEM;
	}
	fd = mkostemp((char *)name.data, O_CLOEXEC);
	if (fd < 0) {
		error_system(e, "cannot create a file beside it");
		buf_free(&name);
		replace_abort(r);
		return STATUS_SYSTEM;
	}
	r->draft = (char *)name.data;
	/* the mode of the file it replaces, or what a new file would get */
	mask = umask(0);
	umask(mask);
	if (fchmod(fd, stat(path, &st) ? 0666 & ~mask : st.st_mode & 0777) ||
	    !(r->out = fdopen(fd, "w"))) {
		error_system(e, "cannot prepare the file beside it");
		close(fd);
		replace_abort(r);
		return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

static int flush_folder(const char *path, struct error *e)
{
	char *copy = mem_text(path, e);
	int fd, bad;

	if (!copy)
		return STATUS_SYSTEM;
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(copy);
	if (fd < 0)
		return error_system(e, "cannot open its folder");
	bad = fsync(fd) && errno != EINVAL && errno != EROFS;
	if (bad)
		error_system(e, "cannot flush its folder");
	close(fd);
	return bad ? STATUS_SYSTEM : STATUS_DONE;
}

int replace_commit(struct replace *r, struct error *e)
{
	int status = STATUS_DONE, bad;

	if (fflush(r->out) || ferror(r->out) || fsync(fileno(r->out)))
		status = error_system(e, "cannot write");
	bad = fclose(r->out);
	r->out = NULL;
	if (!status && bad)
		status = error_system(e, "cannot close");
	if (!status && rename(r->draft, r->path))
		status = error_system(e, "cannot take its name");
	if (!status) {
		free(r->draft);
		r->draft = NULL;
		status = flush_folder(r->path, e);
	}
	replace_abort(r);
	return status;
}

void replace_abort(struct replace *r)
{
	if (r->out)
		fclose(r->out);
	if (r->draft)
		unlink(r->draft);
	free(r->draft);
	free(r->path);
	memset(r, 0, sizeof *r);
}
