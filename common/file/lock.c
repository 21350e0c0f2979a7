/* lock.c - one writer at a time on a file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>

#include "base/clock.h"

/* size 0: to the end, however far that is. */
static int set(int fd, short type, int from, int size)
{
	struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = from, .l_len = size };

	return fcntl(fd, F_OFD_SETLK, &l);
}

static int take(int fd, int from, int size, enum lock_kind kind, double seconds, struct error *e)
{
	double end = clock_elapsed() + seconds;
	long pause_ns = 100000;

	while (set(fd, kind == LOCK_EXCLUSIVE ? F_WRLCK : F_RDLCK, from, size)) {
		if (errno != EAGAIN && errno != EACCES && errno != EINTR)
			return error_system(e, "cannot lock");
		if (clock_elapsed() > end)
			return error_set(e, STATUS_SYSTEM, "somebody else is writing (waited %.0f s)",
					 seconds);
		/* polling has no thundering herd, and a time-out without signals */
		nanosleep(&(struct timespec){ 0, pause_ns }, NULL);
		if (pause_ns < 20000000)
			pause_ns += pause_ns / 2;
	}
	return STATUS_DONE;
}

int lock_take(int fd, enum lock_kind kind, double seconds, struct error *e)
{
	return take(fd, 0, 0, kind, seconds, e);
}

void lock_drop(int fd)
{
	set(fd, F_UNLCK, 0, 0);
}

int lock_take_part(int fd, int part, enum lock_kind kind, double seconds, struct error *e)
{
	return take(fd, part, 1, kind, seconds, e);
}

void lock_drop_part(int fd, int part)
{
	set(fd, F_UNLCK, part, 1);
}
