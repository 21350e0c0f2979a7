/* officer.c - who acts */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/officer.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

int officer_check_name(const char *name, struct error *e)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
	size_t n = strlen(name);

	if (n == 0)
		return error_set(e, STATUS_INPUT, "an officer's name is empty");
	if (n >= OFFICER_NAME)
		return error_set(e, STATUS_INPUT, "'%.70s...': an officer's name has at most %d characters",
				 name, OFFICER_NAME - 1);
	/* "#1234" is a user whom the machine has no name for */
	if (name[0] == '#' && n > 1 && n < 12 && !name[1 + strspn(name + 1, "0123456789")])
		return STATUS_DONE;
	for (size_t i = 0; i < n; i++)
		if (!strchr(plain, name[i]) && (i == 0 || !strchr(".@+-\\", name[i])))
			return error_set(e, STATUS_INPUT, "'%s' is no name of an officer", name);
	return STATUS_DONE;
}

/* The machine's name for a user. */
static int user_name(uid_t uid, char out[OFFICER_NAME], struct error *e)
{
	struct passwd entry, *found = NULL;
	struct buf b = { 0 };
	int number = ERANGE, status = STATUS_DONE;

	for (size_t room = 1024; number == ERANGE && room <= 1 << 20; room *= 4) {
		if (buf_reserve(&b, room, e)) {
			buf_free(&b);
			return STATUS_SYSTEM;
		}
		number = getpwuid_r(uid, &entry, (char *)b.data, b.room, &found);
	}
	/* who acts is not known to the machine, or only not known now: the latter must not pass for the
	 * former, for another name may be refused, or be on record, instead of his */
	if (number && number != ENOENT && number != ESRCH && number != EBADF && number != EPERM) {
		errno = number;
		status = error_system(e, "cannot look up the name of user %lu", (unsigned long)uid);
	} else if (!number && found && found->pw_name[0] != '#' && !officer_check_name(found->pw_name, NULL))
		memcpy(out, found->pw_name, strlen(found->pw_name) + 1);
	else
		snprintf(out, OFFICER_NAME, "#%lu", (unsigned long)uid);
	buf_free(&b);
	return status;
}

int officer_acting(const struct folder *f, struct officer *out, struct error *e)
{
	/* getenv also in a privileged run: what counts is that the owner himself runs it */
	const char *named = getenv("IARMS_USER");
	uid_t real = getuid();

	memset(out, 0, sizeof *out);
	if (user_name(real, out->name, e))
		return STATUS_SYSTEM;
	out->owner = real == f->owner;
	if (!named || !*named || !strcmp(named, out->name))
		return STATUS_DONE;
	if (!out->owner)
		return error_set(e, STATUS_REFUSED, "IARMS_USER: only the owner of the data folder may act "
				 "for another officer");
	if (named[0] == '#' || officer_check_name(named, e))
		return error_set(e, STATUS_REFUSED, "IARMS_USER: '%.70s' is no name of an officer", named);
	memcpy(out->via, out->name, sizeof out->via);
	memcpy(out->name, named, strlen(named) + 1);
	out->owner = false;
	return STATUS_DONE;
}

int officer_named(const struct folder *f, const char *name, struct officer *out, struct error *e)
{
	char owner[OFFICER_NAME];

	memset(out, 0, sizeof *out);
	if (officer_check_name(name, e))
		return STATUS_INPUT;
	if (user_name(f->owner, owner, e))
		return STATUS_SYSTEM;
	memcpy(out->name, name, strlen(name) + 1);
	out->owner = !strcmp(name, owner);
	return STATUS_DONE;
}
