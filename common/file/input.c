/* input.c - opening what the caller names */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* True for a file that this process may know only through the rights of its program. */
static bool is_guarded(int fd)
{
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;
	struct stat st;

	if (getresuid(&ruid, &euid, &suid) || getresgid(&rgid, &egid, &sgid))
		return true;
	if (suid == ruid && sgid == rgid)
		return false;
	return fstat(fd, &st) || (suid != ruid && st.st_uid == suid) ||
	       (sgid != rgid && st.st_gid == sgid);
}

static bool is_folder(int fd)
{
	struct stat st;

	return !fstat(fd, &st) && S_ISDIR(st.st_mode);
}

int input_open(const char *path, int *fd, struct error *e)
{
	*fd = STDIN_FILENO;
	if (!strcmp(path, "-"))
		return STATUS_DONE;
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (*fd >= 0) {
		bool guarded = is_guarded(*fd);

		if (!guarded && !is_folder(*fd))
			return STATUS_DONE;
		close(*fd);
		*fd = -1;
		return guarded ? error_set(e, STATUS_REFUSED, "belongs to the data folder") :
		       error_set(e, STATUS_INPUT, "is a folder");
	}
	if (errno == ENOENT || errno == EACCES || errno == EISDIR || errno == ENOTDIR ||
	    errno == ENAMETOOLONG || errno == ELOOP)
		return error_set(e, STATUS_INPUT, "%s", strerror(errno));
	return error_system(e, "cannot open");
}

int input_stream(const char *path, FILE **in, struct error *e)
{
	int fd, status = input_open(path, &fd, e);

	*in = NULL;
	if (status)
		return status;
	if (!strcmp(path, "-")) {
		*in = stdin;
		return STATUS_DONE;
	}
	*in = fdopen(fd, "r");
	if (!*in) {
		status = error_system(e, "cannot open");
		close(fd);
	}
	return status;
}

void input_close(FILE *in)
{
	if (in && in != stdin)
		fclose(in);
}

int64_t input_size(FILE *in)
{
	struct stat st;

	return !fstat(fileno(in), &st) && S_ISREG(st.st_mode) ? (int64_t)st.st_size : 0;
}

ssize_t input_read_at(int fd, void *to, size_t size, uint64_t at)
{
	size_t got = 0;

	while (got < size) {
		ssize_t n = pread(fd, (char *)to + got, size - got, (off_t)(at + got));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}
