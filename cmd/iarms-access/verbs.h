/* verbs.h - the verbs of iarms-access */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_ACCESS_VERBS_H
#define IARMS_ACCESS_VERBS_H

#include "base/verb.h"

/* Each is a line of the program's table of verbs. */
extern const struct verb verb_grant, verb_revoke, verb_list, verb_check, verb_audit;

#endif
