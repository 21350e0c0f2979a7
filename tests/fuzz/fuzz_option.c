/* fuzz_option.c - any words as a command line */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <string.h>

#include "base/option.h"

struct options {
	bool flag;
	const char *text;
	int64_t number;
	double real;
	int choice;
	struct option_list list;
};

#define AT(member) offsetof(struct options, member)
static const struct option_line table[] = {
	{ "all", 'a', OPTION_FLAG, AT(flag), NULL, "all of it", 0, 0 },
	{ "name", 'n', OPTION_TEXT, AT(text), "TEXT", "a name", 0, 0 },
	{ "number", 'k', OPTION_INTEGER, AT(number), "N", "a number", -5, 100 },
	{ "real", 'r', OPTION_REAL, AT(real), "X", "a real", 0, 1 },
	{ "output", 'o', OPTION_CHOICE, AT(choice), "csv|tsv|json", "a form", 0, 0 },
	{ "where", 0, OPTION_LIST, AT(list), "KEY=VALUE", "a filter", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

/* Words end with a newline. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *words = malloc(size + 1), *argv[66] = { (char *)(uintptr_t)"program" }, *at;
	struct option_parsed parsed;
	struct options o = { 0 };
	struct error e = { 0 };
	int argc = 1, status;

	if (!words)
		return 0;
	if (size)
		memcpy(words, data, size);
	words[size] = 0;
	for (at = words; at && *at && argc < 65; )
		argv[argc++] = strsep(&at, "\n");
	status = option_parse(table, argc, argv, &o, &parsed, &e);
	if (status && status != STATUS_USAGE)
		abort();
	if (!status && parsed.action == OPTION_RUN &&
	    (o.number < -5 || o.number > 100 || !(o.real >= 0 && o.real <= 1) || o.choice < 0 || o.choice > 2 ||
	     parsed.operands < 0 || parsed.operands >= argc))
		abort();
	option_free(table, &o);
	free(words);
	return 0;
}
