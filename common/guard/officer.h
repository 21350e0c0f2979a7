/* officer.h - who acts */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_OFFICER_H
#define GUARD_OFFICER_H

#include <stdbool.h>

#include "base/error.h"
#include "guard/folder.h"

#define OFFICER_NAME 65   /* bytes of a name, with its zero */

struct officer {
	char name[OFFICER_NAME];
	char via[OFFICER_NAME];  /* the user of the process, where a front end named the officer; else "" */
	bool owner;              /* acts as the owner of the folder himself */
};

/* The user of the process (the name of its real uid; "#1234" when it has none), or the officer in
 * IARMS_USER where the real uid is the owner of the folder. IARMS_USER from anybody else that names
 * somebody else is STATUS_REFUSED: to go on under another name than was asked for is no answer. */
int officer_acting(const struct folder *f, struct officer *out, struct error *e);

/* Another officer, to be asked about: the folder's owner where the name is the machine's name for him. */
int officer_named(const struct folder *f, const char *name, struct officer *out, struct error *e);

/* 1 to 64 of A-Z a-z 0-9 _ . @ + - \ , beginning with a letter, digit or _; or "#" and a user's
 * number. Else STATUS_INPUT. */
int officer_check_name(const char *name, struct error *e);

#endif
