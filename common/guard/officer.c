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

/* The name in one entry of /etc/passwd, or "". */
static int local_name(uid_t uid, struct buf *room, char out[OFFICER_NAME], struct error *e)
{
	struct passwd entry, *found = NULL;
	FILE *in = fopen("/etc/passwd", "re");
	int number = 0, status = STATUS_DONE;

	if (!in)
		return errno == ENOENT ? STATUS_DONE : error_system(e, "/etc/passwd");
	/* an entry that is too long for the buffer is not one of ours */
	while (!*out && (!(number = fgetpwent_r(in, &entry, (char *)room->data, room->room, &found)) ||
			 number == ERANGE))
		if (!number && entry.pw_uid == uid && strlen(entry.pw_name) < OFFICER_NAME)
			memcpy(out, entry.pw_name, strlen(entry.pw_name) + 1);
	if (ferror(in))
		status = error_system(e, "/etc/passwd");
	fclose(in);
	return status;
}

/* The machine's name for a user. /etc/passwd is looked at first, and by ourselves: most users stand
 * there, it takes a tenth of the time, and the C library's way crashes where memory is short. */
static int user_name(uid_t uid, char out[OFFICER_NAME], struct error *e)
{
	struct passwd entry, *found = NULL;
	struct buf b = { 0 };
	int number = ERANGE, status;

	*out = 0;
	status = buf_reserve(&b, 4096, e);
	if (!status)
		status = local_name(uid, &b, out, e);
	for (size_t room = 4096; !status && !*out && number == ERANGE && room <= 1 << 20; room *= 4) {
		status = buf_reserve(&b, room, e);
		if (status)
			break;
		number = getpwuid_r(uid, &entry, (char *)b.data, b.room, &found);
		if (!number && found && strlen(found->pw_name) < OFFICER_NAME)
			memcpy(out, found->pw_name, strlen(found->pw_name) + 1);
	}
	/* who acts is not known to the machine, or only not known now: the latter must not pass for the
	 * former, for another name may be refused, or be on record, instead of his */
	if (!status && !*out && number && number != ENOENT && number != ESRCH && number != EBADF &&
	    number != EPERM) {
		errno = number;
		status = error_system(e, "cannot look up the name of user %lu", (unsigned long)uid);
	}
	if (!status && (!*out || *out == '#' || officer_check_name(out, NULL)))
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
