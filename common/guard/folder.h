/* folder.h - the data folder, and its files opened without a race */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_FOLDER_H
#define GUARD_FOLDER_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/error.h"

#define FOLDER_SHARED "/var/lib/iarms"   /* where a privileged run finds it, unless -d says else */

/* Opened once and then used by its descriptor only, so that what was checked is what is used. */
struct folder {
	int fd;               /* O_PATH | O_DIRECTORY */
	char *path;           /* as it was named, for messages */
	uid_t owner;
	gid_t group;
	mode_t mode;          /* of files made in it: the folder's own bits & 0660 */
	bool made;            /* there was none: who only reads may have meant another */
};

/* path NULL: $IARMS_DIR, else ~/.iarms; in a privileged run FOLDER_SHARED. A missing folder is made
 * (mode 0700) in an ordinary run. Checked on the open descriptor: nobody but owner and group may
 * write in it. A privileged run keeps its rights only for a folder of the service's user or group
 * that is not the caller's own, else gives them up for good.
 * STATUS_INPUT: no folder; STATUS_REFUSED: not safe; STATUS_SYSTEM. */
int folder_open(struct folder *f, const char *path, struct error *e);
void folder_close(struct folder *f);

/* Opens a file of the folder: flags as in open(2) (O_RDONLY, O_RDWR, O_APPEND, O_CREAT, O_EXCL),
 * to which O_NOFOLLOW and O_CLOEXEC are added. Only a regular file is opened; name has no slash.
 * *fd: -1 unless STATUS_DONE. STATUS_NO: there is none (and no O_CREAT); STATUS_REFUSED: a symbolic
 * link, a special file, or (privileged) a file with other names or of another group;
 * STATUS_SYSTEM. */
int folder_file(const struct folder *f, const char *name, int flags, int *fd, struct error *e);

/* Flushes the folder itself, after a file was made, renamed or removed. */
int folder_flush(const struct folder *f, struct error *e);

/* One file takes the name of another, or a name goes; both within the folder, neither flushed.
 * folder_remove of what is not there is STATUS_NO. */
int folder_rename(const struct folder *f, const char *from, const char *to, struct error *e);
int folder_remove(const struct folder *f, const char *name, struct error *e);

/* Within privilege_raise and privilege_lower: a path that libraries can open by themselves and
 * that cannot be made to point elsewhere ("/proc/self/fd/5/name"). */
#define FOLDER_PATH 320
int folder_locate(const struct folder *f, const char *name, char out[FOLDER_PATH], struct error *e);

#endif
