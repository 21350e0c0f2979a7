/* desk.h - what the verbs of iarms-access share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_ACCESS_DESK_H
#define IARMS_ACCESS_DESK_H

#include <stdbool.h>

#include "base/option.h"
#include "base/verb.h"
#include "file/rows.h"
#include "guard/guard.h"

/* What all verbs have; the first member of each verb's options. */
struct common {
	const char *dir, *purpose, *columns;
	int format;
};

#define COMMON(type) \
	{ "dir", 'd', OPTION_TEXT, offsetof(struct type, common.dir), "DIR", "the data folder", 0, 0 }, \
	{ "purpose", 'p', OPTION_TEXT, offsetof(struct type, common.purpose), "TEXT", \
	  "why you ask, for the audit trail", 0, 0 }
#define OUTPUT(type) \
	{ "output", 'o', OPTION_CHOICE, offsetof(struct type, common.format), ROWS_FORMATS, \
	  "form of the rows", 0, 0 }, \
	{ "columns", 'c', OPTION_TEXT, offsetof(struct type, common.columns), "LIST", \
	  "which columns, and their order", 0, 0 }
#define END { NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }

/* One's own lines; those of the own country; or all. */
bool desk_may_look(const struct guard *g, const char *officer, const char *country);

#endif
