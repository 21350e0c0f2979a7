/* privilege.h - a set-user-id or set-group-id run: what is trusted, and when its rights are up */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_PRIVILEGE_H
#define GUARD_PRIVILEGE_H

#include <stdbool.h>

#include "base/error.h"

/* On a shared machine the data folder belongs to a service user and group, and the iarms programs
 * are set-group-id to that group (or set-user-id to that user). Such a run keeps the gained rights
 * down, as saved ids, from the first line of main: whatever the caller names (input files, files
 * of rejects, commands) is opened with the caller's own rights. Only guard/folder raises them, for
 * the moment of one open. All of it works on the ids of the process; no state is kept here.
 *
 * In an ordinary run raise and lower do nothing. */

/* The first call of every iarms program, before any file is opened: descriptors 0 to 2 are open
 * (a closed one becomes one on which every read or write fails), SIGXFSZ is ignored (a limit on
 * the size of files then is a failed write), SIGPIPE is ignored in no way and stays as it was;
 * in a privileged run the gained ids are lowered, the umask is 007, and neither core files nor
 * tracing are possible. STATUS_SYSTEM when any of it fails. */
int privilege_start(struct error *e);

/* True in a run that gained rights through the program's file, for the whole of its life: what
 * the environment says about folders, commands, officers and times is then not believed. */
bool privilege_secure(void);

/* A name of the environment; NULL when it is not set, or in a privileged run. */
const char *privilege_env(const char *name);

/* Gained rights up and down again. They do not nest. errno is kept. */
int privilege_raise(struct error *e);
int privilege_lower(struct error *e);

/* Gives up gained rights for good: when the folder turns out not to be the service's, and in a
 * child before it runs another program. */
int privilege_drop(struct error *e);

#endif
