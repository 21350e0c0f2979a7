/* words.h - titles and words for people, in their language */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_REPORT_WORDS_H
#define IARMS_REPORT_WORDS_H

#include <libintl.h>

#include "base/error.h"

#define _(text) gettext(text)
#define N_(text) text       /* for xgettext: translated where it is used */

#define WORDS_DOMAIN "iarms-report"
#define WORDS_LANGUAGES "en|fr|es|ar"

/* Makes gettext speak a language of WORDS_LANGUAGES; NULL: that of LANGUAGE, LC_ALL, LC_MESSAGES or LANG where
 * it is one of them, else English. Numbers and dates are not touched. STATUS_SYSTEM: it was asked for, and its
 * translation is not installed. language is set to its code. */
int words_open(const char *asked, const char **language, struct error *e);

#endif
