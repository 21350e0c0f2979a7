/* gate.c - a cache on the disk: whose turn it is, and whether it is still what was written */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/gate.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file/lock.h"
#include "record/stamp.h"

#define BOOT 37                          /* what stands for a start of the machine; behind it is the stamp */

static const double seconds[] = { [GATE_OPENING] = 5, [GATE_WRITING] = 10 };   /* many times what the slowest takes */

/* Which start of the machine this is; "" when the system does not say. */
static void read_boot(char boot[BOOT])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, boot, BOOT - 1) : 0;

	boot[n == BOOT - 1 ? n : 0] = 0;
	if (fd >= 0)
		close(fd);
}

static void beside(const struct gate *g, const char *suffix, char out[256])
{
	snprintf(out, 256, "%.200s%s", g->name, suffix);
}

int gate_open(struct gate *g, const struct folder *f, const char *name, struct error *e)
{
	char boot[256];
	int status;

	*g = (struct gate){ f, name, -1 };
	beside(g, ".boot", boot);
	status = folder_file(f, boot, O_RDWR | O_CREAT, &g->fd, e);
	return status ? status : gate_take(g, GATE_OPENING, e);
}

void gate_close(struct gate *g)
{
	if (g->fd >= 0)
		close(g->fd);
	g->fd = -1;
}

int gate_take(const struct gate *g, enum gate_part part, struct error *e)
{
	int status = g->fd < 0 ? STATUS_DONE : lock_take_part(g->fd, (int)part, LOCK_EXCLUSIVE, seconds[part], e);

	return status ? error_within(e, g->name) : status;
}

void gate_leave(const struct gate *g, enum gate_part part)
{
	if (g->fd >= 0)
		lock_drop_part(g->fd, (int)part);
}

bool gate_same_boot(const struct gate *g, bool *known)
{
	char old[BOOT] = "", boot[BOOT];

	read_boot(boot);
	*known = *boot;
	return !*boot || (pread(g->fd, old, BOOT - 1, 0) == BOOT - 1 && !memcmp(old, boot, BOOT - 1));
}

int gate_throw_away(const struct gate *g, struct error *e)
{
	char lock[256], boot[BOOT];

	read_boot(boot);
	beside(g, "-lock", lock);
	if (folder_remove(g->folder, g->name, e) == STATUS_SYSTEM ||
	    folder_remove(g->folder, lock, e) == STATUS_SYSTEM)
		return STATUS_SYSTEM;
	if (pwrite(g->fd, boot, strlen(boot), 0) != (ssize_t)strlen(boot) || ftruncate(g->fd, (off_t)strlen(boot)))
		return error_system(e, "index: cannot remember the start of the machine");
	return STATUS_DONE;
}

int gate_stamp(const struct gate *g, int file, struct error *e)
{
	return g->fd < 0 ? STATUS_DONE : stamp_put(g->fd, BOOT, file, e);
}

bool gate_foreign_now(const struct gate *g, int file, bool *stamped)
{
	enum stamp stamp = g->fd < 0 ? STAMP_FITS : stamp_look(g->fd, BOOT, file);

	*stamped = stamp == STAMP_FITS;
	return stamp == STAMP_CHANGED;
}

bool gate_foreign(const struct gate *g, int file)
{
	bool foreign;

	if (g->fd < 0 || stamp_look(g->fd, BOOT, file) == STAMP_FITS)
		return false;
	if (lock_take_part(g->fd, GATE_WRITING, LOCK_EXCLUSIVE, 0, NULL))
		return false;
	foreign = stamp_look(g->fd, BOOT, file) != STAMP_FITS;
	gate_leave(g, GATE_WRITING);
	return foreign;
}
