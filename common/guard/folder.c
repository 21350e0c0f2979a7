/* folder.c - the data folder, and its files opened without a race */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "guard/privilege.h"

/* Which folder is meant; allocated. */
static int find(const char *path, bool *made_here, char **out, struct error *e)
{
	const char *home;
	struct buf b = { 0 };

	*made_here = !privilege_secure();
	if (!path)
		path = privilege_env("IARMS_DIR");
	if (path && !*path)
		return error_set(e, STATUS_USAGE, "the data folder's name is empty");
	if (!path && privilege_secure())
		path = FOLDER_SHARED;
	if (path) {
		*out = mem_text(path, e);
		return *out ? STATUS_DONE : STATUS_SYSTEM;
	}
	home = getenv("HOME");
	if (!home || home[0] != '/')
		return error_set(e, STATUS_USAGE, "no data folder: use -d, or set IARMS_DIR or HOME");
	if (buf_format(&b, e, "%s/.iarms", home) || !buf_string(&b, e)) {
		buf_free(&b);
		return STATUS_SYSTEM;
	}
	*out = (char *)b.data;
	return STATUS_DONE;
}

static int open_path(struct folder *f, bool make, struct error *e)
{
	f->fd = open(f->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (f->fd < 0 && errno == ENOENT && make) {
		f->made = !mkdir(f->path, 0700);
		if (!f->made && errno != EEXIST)
			return error_system(e, "cannot make the data folder %s", f->path);
		f->fd = open(f->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	}
	if (f->fd >= 0)
		return STATUS_DONE;
	if (errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == ELOOP)
		return error_set(e, STATUS_INPUT, "%.300s: %s", f->path, strerror(errno));
	return error_system(e, "%s", f->path);
}

/* True where the rights that this run gained are those of the folder's service. */
static bool is_service(const struct stat *st)
{
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;

	if (getresuid(&ruid, &euid, &suid) || getresgid(&rgid, &egid, &sgid))
		return false;
	return st->st_uid != ruid && ((sgid != rgid && st->st_gid == sgid) ||
				      (suid != ruid && st->st_uid == suid));
}

/* True while this run can still raise rights. */
static bool can_raise(void)
{
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;

	return getresuid(&ruid, &euid, &suid) || getresgid(&rgid, &egid, &sgid) ||
	       suid != ruid || sgid != rgid;
}

static int check(struct folder *f, struct error *e)
{
	struct stat st;

	if (fstat(f->fd, &st))
		return error_system(e, "%s", f->path);
	if (st.st_mode & S_IWOTH)
		return error_set(e, STATUS_REFUSED, "%.300s: everybody may write in it", f->path);
	if (can_raise() && !is_service(&st) && privilege_drop(e))
		return STATUS_SYSTEM;
	if (can_raise() && st.st_mode & S_IRWXO)
		return error_set(e, STATUS_REFUSED, "%.300s: everybody may look into it", f->path);
	f->owner = st.st_uid;
	f->group = st.st_gid;
	f->mode = st.st_mode & 0660;
	return STATUS_DONE;
}

int folder_open(struct folder *f, const char *path, struct error *e)
{
	bool make;
	int status;

	memset(f, 0, sizeof *f);
	f->fd = -1;
	status = find(path, &make, &f->path, e);
	if (!status)
		status = open_path(f, make, e);
	if (!status)
		status = check(f, e);
	if (status)
		folder_close(f);
	return status;
}

void folder_close(struct folder *f)
{
	if (f->path && f->fd >= 0)
		close(f->fd);
	free(f->path);
	memset(f, 0, sizeof *f);
	f->fd = -1;
}

/* openat with the rights of the service. -1 with errno, which is 0 where e says why. */
static int open_raised(const struct folder *f, const char *name, int flags, struct error *e)
{
	int fd, number;

	errno = 0;
	if (privilege_raise(e)) {
		errno = 0;
		return -1;
	}
	fd = openat(f->fd, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, f->mode);
	number = errno;
	if (privilege_lower(e)) {
		if (fd >= 0)
			close(fd);
		errno = 0;
		return -1;
	}
	errno = number;
	return fd;
}

/* A new file gets the mode and the group that all files of the folder have, whatever the umask. */
static int settle_new(const struct folder *f, int fd, const char *name, struct error *e)
{
	struct stat st;

	if (fstat(fd, &st))
		return error_system(e, "%s", name);
	if (f->mode & 060 && st.st_gid != f->group && fchown(fd, (uid_t)-1, f->group))
		return error_system(e, "%s: cannot give it to the folder's group", name);
	if ((st.st_mode & 0777) != f->mode && fchmod(fd, f->mode))
		return error_system(e, "%s: cannot set its mode", name);
	return STATUS_DONE;
}

static int check_file(const struct folder *f, int fd, const char *name, struct error *e)
{
	struct stat st;

	if (fstat(fd, &st))
		return error_system(e, "%s", name);
	if (!S_ISREG(st.st_mode))
		return error_set(e, STATUS_REFUSED, "%s: not an ordinary file", name);
	if (can_raise() && st.st_nlink > 1)
		return error_set(e, STATUS_REFUSED, "%s: it has other names (hard links)", name);
	if (can_raise() && st.st_gid != f->group && st.st_uid != f->owner)
		return error_set(e, STATUS_REFUSED, "%s: not of the folder's owner or group", name);
	return STATUS_DONE;
}

/* Opens it, or makes it where create says so; *made tells which. */
static int open_or_make(const struct folder *f, const char *name, int flags, bool create, int *fd,
			bool *made, struct error *e)
{
	for (int again = 0; again < 100; again++) {
		*made = false;
		*fd = open_raised(f, name, flags, e);
		if (*fd >= 0 || errno != ENOENT || !create)
			break;
		*made = true;
		*fd = open_raised(f, name, flags | O_CREAT | O_EXCL, e);
		if (*fd >= 0 || errno != EEXIST)
			break;
		/* somebody else made it in between */
	}
	if (*fd >= 0)
		return STATUS_DONE;
	if (errno == ENOENT && !create)
		return error_set(e, STATUS_NO, "%s: %s", name, strerror(errno));
	if (errno == ELOOP || errno == EISDIR || errno == ENXIO)
		return error_set(e, STATUS_REFUSED, "%s: not an ordinary file", name);
	if (errno == EACCES || errno == EPERM || errno == EROFS)
		return error_set(e, STATUS_REFUSED, "%s: %s", name, strerror(errno));
	return errno ? error_system(e, "%s", name) : STATUS_SYSTEM;
}

int folder_file(const struct folder *f, const char *name, int flags, int *fd, struct error *e)
{
	bool made = false;
	int status;

	*fd = -1;
	if (!*name || strchr(name, '/') || flags & (O_TRUNC | O_EXCL))
		return error_set(e, STATUS_USAGE, "'%.60s' cannot be opened in the data folder", name);
	status = open_or_make(f, name, flags & ~O_CREAT, flags & O_CREAT, fd, &made, e);
	if (!status)
		status = check_file(f, *fd, name, e);
	if (!status && made)
		status = settle_new(f, *fd, name, e);
	if (!status && made)
		status = folder_flush(f, e);
	if (status && *fd >= 0) {
		close(*fd);
		*fd = -1;
	}
	if (status)
		error_within(e, f->path);
	return status;
}

int folder_flush(const struct folder *f, struct error *e)
{
	int fd = open_raised(f, ".", O_RDONLY | O_DIRECTORY, e), status = STATUS_DONE;

	if (fd < 0)
		return errno ? error_system(e, "cannot open the data folder") : STATUS_SYSTEM;
	if (fsync(fd) && errno != EINVAL && errno != EROFS)
		status = error_system(e, "cannot flush the data folder");
	close(fd);
	return status;
}

static int check_name(const char *name, struct error *e)
{
	if (!*name || strchr(name, '/') || strlen(name) > 255)
		return error_set(e, STATUS_USAGE, "'%.60s' is no name in the data folder", name);
	return STATUS_DONE;
}

int folder_rename(const struct folder *f, const char *from, const char *to, struct error *e)
{
	int bad, number;

	if (check_name(from, e) || check_name(to, e))
		return STATUS_USAGE;
	if (privilege_raise(e))
		return STATUS_SYSTEM;
	bad = renameat(f->fd, from, f->fd, to);
	number = errno;
	if (privilege_lower(e))
		return STATUS_SYSTEM;
	errno = number;
	return bad ? error_system(e, "%s: cannot take the name %s", from, to) : STATUS_DONE;
}

int folder_remove(const struct folder *f, const char *name, struct error *e)
{
	int bad, number;

	if (check_name(name, e))
		return STATUS_USAGE;
	if (privilege_raise(e))
		return STATUS_SYSTEM;
	bad = unlinkat(f->fd, name, 0);
	number = errno;
	if (privilege_lower(e))
		return STATUS_SYSTEM;
	errno = number;
	if (bad && number == ENOENT)
		return error_set(e, STATUS_NO, "%s: %s", name, strerror(number));
	return bad ? error_system(e, "%s: cannot be removed", name) : STATUS_DONE;
}

int folder_locate(const struct folder *f, const char *name, char out[FOLDER_PATH], struct error *e)
{
	if (check_name(name, e))
		return STATUS_USAGE;
	snprintf(out, FOLDER_PATH, "/proc/self/fd/%d/%s", f->fd, name);
	return STATUS_DONE;
}
