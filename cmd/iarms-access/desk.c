/* desk.c - what the verbs of iarms-access share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include <string.h>

bool desk_may_look(const struct guard *g, const char *officer, const char *country)
{
	struct subject subject = { .country = country };

	return !strcmp(officer, g->standing.officer.name) ||
	       !rights_may(&g->standing, RIGHTS_AUDIT, &subject, NULL);
}
