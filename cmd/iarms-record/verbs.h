/* verbs.h - the verbs of iarms-record */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_RECORD_VERBS_H
#define IARMS_RECORD_VERBS_H

#include "base/verb.h"

/* Each is a line of the program's table of verbs. */
extern const struct verb verb_add, verb_show, verb_list, verb_history, verb_search, verb_export, verb_update,
	verb_seize, verb_recover, verb_cancel, verb_close, verb_restrict, verb_review, verb_purge,
	verb_import, verb_notices, verb_verify;

#endif
