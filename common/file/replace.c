/* replace.c - a new file that takes a name only when it is whole and on the disk */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define TRIES 100

/* Creates path.XXXXXXXX. open() applies the umask by itself; mkstemp would want it asked for and put
 * back, which other threads see. */
static int create_draft(struct replace *r, mode_t mode, int *fd, struct error *e)
{
	for (int i = 0; i < TRIES; i++) {
		struct buf name = { 0 };
		unsigned number;

		if (getrandom(&number, sizeof number, 0) != sizeof number)
			return error_system(e, "no random number");
		if (buf_format(&name, e, "%s.%08x", r->path, number) || !buf_string(&name, e)) {
			buf_free(&name);
			return STATUS_SYSTEM;
		}
		*fd = open((char *)name.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (*fd >= 0) {
			r->draft = (char *)name.data;
			return STATUS_DONE;
		}
		buf_free(&name);
		if (errno != EEXIST)
			break;
	}
	return error_system(e, "cannot create a file beside it");
}

/* A device or a pipe is written to as it is: a file must not take its place. */
static int open_special(struct replace *r, int *fd, struct error *e)
{
	*fd = open(r->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	return *fd < 0 ? error_system(e, "cannot open") : STATUS_DONE;
}

int replace_begin(struct replace *r, const char *path, struct error *e)
{
	struct stat st;
	int fd = -1, status = STATUS_SYSTEM;
	bool old;

	memset(r, 0, sizeof *r);
	if (!*path)
		return error_set(e, STATUS_INPUT, "a name that is empty");
	old = stat(path, &st) == 0;
	if (old && S_ISDIR(st.st_mode))
		return error_set(e, STATUS_INPUT, "is a folder");
	/* a link stays, and what it leads to is replaced */
	r->path = old ? realpath(path, NULL) : mem_text(path, e);
	if (!r->path)
		return old ? error_system(e, "cannot find it") : STATUS_SYSTEM;
	if (old && !S_ISREG(st.st_mode))
		status = open_special(r, &fd, e);
	else
		status = create_draft(r, 0666, &fd, e);
	if (!status && r->draft && old && fchmod(fd, st.st_mode & 0777))
		status = error_system(e, "cannot give the new file the old one's mode");
	if (!status && !(r->out = fdopen(fd, "w")))
		status = error_system(e, "cannot open");
	if (status) {
		if (fd >= 0)
			close(fd);
		replace_abort(r);
	}
	return status;
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

/* All of it written and, for a file, on the disk. */
static int finish(struct replace *r, struct error *e)
{
	int bad, status = STATUS_DONE;

	errno = 0;
	bad = ferror(r->out) || fflush(r->out) || (r->draft && fsync(fileno(r->out)));
	if (bad) {
		if (!errno)  /* it failed earlier */
			errno = EIO;
		status = error_system(e, "cannot write");
	}
	bad = fclose(r->out);
	r->out = NULL;
	if (!status && bad)
		status = error_system(e, "cannot close");
	return status;
}

int replace_commit(struct replace *r, struct error *e)
{
	int status = finish(r, e);

	if (!status && r->draft) {
		if (rename(r->draft, r->path)) {
			status = error_system(e, "cannot take its name");
		} else {
			free(r->draft);
			r->draft = NULL;
			status = flush_folder(r->path, e);
		}
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
