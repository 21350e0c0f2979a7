/* words.c - titles and words for people, in their language */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guard/privilege.h"

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

static const char *const languages[] = { "en", "fr", "es", "ar" };

/* The first of a list "fr_FR:en" (or of one, "fr_FR.UTF-8") that there is. */
static const char *known(const char *list)
{
	while (list && *list) {
		size_t n = strcspn(list, ":");

		for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
			if (n >= 2 && !strncmp(list, languages[i], 2) && (n == 2 || !strchr("abcdefghijklmnopqrstuvwxyz", list[2])))
				return languages[i];
		list += n + (list[n] == ':');
	}
	return NULL;
}

static const char *from_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *set = NULL;

	for (size_t i = 0; i < sizeof names / sizeof *names && !(set && *set); i++)
		set = getenv(names[i]);
	/* LANGUAGE counts only where a language is wanted at all */
	if (!set || !*set || !strcmp(set, "C") || !strcmp(set, "POSIX"))
		return "en";
	if (known(getenv("LANGUAGE")))
		return known(getenv("LANGUAGE"));
	return known(set) ? known(set) : "en";
}

static int there(const char *folder, const char *language)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/" WORDS_DOMAIN ".mo", folder, language);
	return access(path, R_OK) == 0;
}

/* Beside the program that was built, or where the one that was installed belongs. A program with more rights
 * than its caller looks only where it was installed. */
static const char *folder_of(const char *language, char beside[PATH_MAX])
{
	static const char *const ways[] = { "locale", "../share/locale" };
	char self[PATH_MAX - 32];
	ssize_t n = privilege_secure() ? -1 : readlink("/proc/self/exe", self, sizeof self - 1);
	char *slash;

	if (n <= 0)
		return LOCALEDIR;
	self[n] = 0;
	slash = strrchr(self, '/');
	if (slash)
		*slash = 0;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		snprintf(beside, PATH_MAX, "%s/%s", self, ways[i]);
		if (there(beside, language))
			return beside;
	}
	return LOCALEDIR;
}

int words_open(const char *asked, const char **language, struct error *e)
{
	char beside[PATH_MAX];
	const char *folder;

	*language = asked ? asked : from_environment();
	if (!strcmp(*language, "en"))
		return STATUS_DONE;
	folder = folder_of(*language, beside);
	if (!there(folder, *language)) {
		if (asked)
			return error_set(e, STATUS_SYSTEM, "the translation '%s' is not installed (%s)", asked, folder);
		*language = "en";
		return STATUS_DONE;
	}
	/* the C library has this locale built in; LANGUAGE then chooses the translation */
	if (!setlocale(LC_MESSAGES, "C.UTF-8") || setenv("LANGUAGE", *language, 1) ||
	    !bindtextdomain(WORDS_DOMAIN, folder) || !bind_textdomain_codeset(WORDS_DOMAIN, "UTF-8") ||
	    !textdomain(WORDS_DOMAIN))
		return error_system(e, "cannot speak '%s'", *language);
	return STATUS_DONE;
}
