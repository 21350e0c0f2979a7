/* output.c - standard output, closed as carefully as a file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/output.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int output_guard(struct error *e)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
			continue;
		/* the lowest free number is this one: those below it are open */
		if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return error_system(e, "a standard stream is closed, and /dev/null cannot be opened");
	}
	return STATUS_DONE;
}

int output_close(FILE *out, struct error *e)
{
	int failed, number = 0;

	errno = 0;
	if (fflush(out))
		number = errno;
	failed = ferror(out);
	if (fclose(out) && !number)
		number = errno;
	if (!failed && !number)
		return STATUS_DONE;
	errno = number ? number : EIO;  /* an earlier failure, whose reason is gone */
	return error_system(e, "standard output");
}
