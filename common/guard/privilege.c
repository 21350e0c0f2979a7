/* privilege.c - a set-user-id or set-group-id run: what is trusted, and when its rights are up */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/privilege.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file/output.h"

/* Real, effective and saved, of user and group. The saved ones are what the program's file gave. */
struct ids {
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;
};

static int read_ids(struct ids *i, struct error *e)
{
	if (getresuid(&i->ruid, &i->euid, &i->suid) || getresgid(&i->rgid, &i->egid, &i->sgid))
		return error_system(e, "cannot tell who runs this");
	return STATUS_DONE;
}

static bool gained(const struct ids *i)
{
	return i->suid != i->ruid || i->sgid != i->rgid;
}

bool privilege_secure(void)
{
	struct ids i;

	return getauxval(AT_SECURE) || read_ids(&i, NULL) || gained(&i);
}

const char *privilege_env(const char *name)
{
	return privilege_secure() ? NULL : getenv(name);
}

static int change(uid_t uid, gid_t gid, struct error *e)
{
	struct ids i;
	int kept = errno;

	if (read_ids(&i, e))
		return STATUS_SYSTEM;
	if ((i.egid != gid && setegid(gid)) || (i.euid != uid && seteuid(uid)))
		return error_system(e, "cannot change to user %u, group %u", (unsigned)uid, (unsigned)gid);
	/* a change of ids sets this to fs.suid_dumpable, which some machines have at 1 */
	if (prctl(PR_SET_DUMPABLE, 0))
		return error_system(e, "cannot forbid tracing");
	errno = kept;
	return STATUS_DONE;
}

int privilege_raise(struct error *e)
{
	struct ids i;

	if (read_ids(&i, e))
		return STATUS_SYSTEM;
	return gained(&i) ? change(i.suid, i.sgid, e) : STATUS_DONE;
}

int privilege_lower(struct error *e)
{
	struct ids i;

	if (read_ids(&i, e))
		return STATUS_SYSTEM;
	return gained(&i) ? change(i.ruid, i.rgid, e) : STATUS_DONE;
}

int privilege_drop(struct error *e)
{
	struct ids i;

	if (read_ids(&i, e))
		return STATUS_SYSTEM;
	if (!gained(&i))
		return STATUS_DONE;
	if (setresgid(i.rgid, i.rgid, i.rgid) || setresuid(i.ruid, i.ruid, i.ruid))
		return error_system(e, "cannot give up rights");
	if (read_ids(&i, e))
		return STATUS_SYSTEM;
	if (gained(&i))
		return error_set(e, STATUS_SYSTEM, "cannot give up rights");
	return STATUS_DONE;
}

int privilege_start(struct error *e)
{
	struct ids i;
	int status;

	status = output_guard(e);
	if (status)
		return status;
	/* a caller that ignores SIGCHLD would hide how a child ended */
	if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR || signal(SIGCHLD, SIG_DFL) == SIG_ERR)
		return error_system(e, "cannot set signals");
	status = read_ids(&i, e);
	if (status || !privilege_secure())
		return status;
	if (gained(&i) && i.suid == 0)
		return error_set(e, STATUS_REFUSED, "installed set-user-id root, which it is not made for");
	umask(007);
	if (setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 }))
		return error_system(e, "cannot forbid core files");
	return privilege_lower(e);
}
