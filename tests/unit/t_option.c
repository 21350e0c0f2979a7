/* t_option.c - tests of base/option */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/option.h"

struct given {
	bool all, zero;
	const char *probes;
	int64_t count, any;
	double least;
	int format;
	struct option_list where;
	bool hidden;
};

static const struct option_line table[] = {
	{ "all", 'a', OPTION_FLAG, offsetof(struct given, all), NULL, "each pair once", 0, 0 },
	{ "null", '0', OPTION_FLAG, offsetof(struct given, zero), NULL, "names end with NUL", 0, 0 },
	{ "probes", 'p', OPTION_TEXT, offsetof(struct given, probes), "FILE", "probes", 0, 0 },
	{ "count", 'n', OPTION_INTEGER, offsetof(struct given, count), "N", "candidates", 0, 1000 },
	{ "any", 0, OPTION_INTEGER, offsetof(struct given, any), "N", "any", -0x1p63, 0x1p63 },
	{ "min-score", 0, OPTION_REAL, offsetof(struct given, least), "S", "least score", -1, 1 },
	{ "min-lr", 0, OPTION_REAL, offsetof(struct given, least), "L", "least ratio", 0, 1e9 },
	{ "output", 'o', OPTION_CHOICE, offsetof(struct given, format), "csv|tsv|json", "rows as", 0, 0 },
	{ "where", 'w', OPTION_LIST, offsetof(struct given, where), "KEY=VALUE", "only these", 0, 0 },
	{ "a-name-that-is-longer-than-others", 0, OPTION_TEXT, offsetof(struct given, probes),
	  "one|two|three|four|five|six|seven|eight|nine|ten", "long", 0, 0 },
	{ "hidden", 0, OPTION_FLAG, offsetof(struct given, hidden), NULL, NULL, 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 },
};

static struct given given;
static struct option_parsed parsed;
static struct error e;

/* Words up to a NULL, behind the program's name; they must outlive the assertions, so they are not
 * copied. */
static int parse(char **words)
{
	int n = 0;

	while (words[n])
		n++;
	option_free(table, &given);
	given = (struct given){ .count = 10 };
	return option_parse(table, n, words, &given, &parsed, &e);
}
#define PARSE(...) parse((char *[]){ (char *)"program", __VA_ARGS__, NULL })
#define W(word) ((char *)(uintptr_t)(word))

START_TEST(nothing_given)
{
	char *words[] = { W("program"), NULL };

	ck_assert_int_eq(parse(words), 0);
	ck_assert_int_eq(parsed.operands, 0);
	ck_assert(given.count == 10 && !option_given(table, &parsed, "count"));
	ck_assert_int_eq(parsed.action, OPTION_RUN);
}
END_TEST

START_TEST(every_kind)
{
	char *words[] = { W("program"), W("--all"), W("--probes"), W("p.sig"), W("--count=7"), W("--min-score"),
			  W("-0.5"), W("-ojson"), W("-w"), W("a=b"), W("--where=c=d"), W("-0"), NULL };

	ck_assert_int_eq(parse(words), 0);
	ck_assert(given.all && given.zero && given.count == 7 && given.least == -0.5 && given.format == 2);
	ck_assert_str_eq(given.probes, "p.sig");
	ck_assert_uint_eq(given.where.count, 2);
	ck_assert_str_eq(given.where.item[0], "a=b");
	ck_assert_str_eq(given.where.item[1], "c=d");
	ck_assert(option_given(table, &parsed, "count") && option_given(table, &parsed, "where"));
	ck_assert(!option_given(table, &parsed, "min-lr") && !option_given(table, &parsed, "nonsense"));
	option_free(table, &given);
	ck_assert(!given.where.item && !given.where.count);
}
END_TEST

START_TEST(letters_together)
{
	char *words[] = { W("program"), W("-a0n12"), W("-ap"), W("-x"), NULL };

	ck_assert_int_eq(parse(words), 0);
	ck_assert(given.all && given.zero && given.count == 12);
	ck_assert_str_eq(given.probes, "-x");  /* an argument may look like an option */
}
END_TEST

START_TEST(operands_mixed)
{
	char *words[] = { W("program"), W("one"), W("-a"), W("-"), W("-n"), W("3"), W("two"), W("--"),
			  W("--all"), W("--"), W(""), NULL };
	static const char *want[] = { "one", "-", "two", "--all", "--", "" };

	ck_assert_int_eq(parse(words), 0);
	ck_assert_int_eq(parsed.operands, 6);
	for (int i = 0; i < 6; i++)
		ck_assert_str_eq(parsed.operand[i], want[i]);
	ck_assert(given.count == 3);
}
END_TEST

START_TEST(abbreviations)
{
	ck_assert_int_eq(PARSE(W("--co"), W("5")), 0);
	ck_assert(given.count == 5 && option_given(table, &parsed, "count"));
	ck_assert_int_eq(PARSE(W("--min-s=1")), 0);
	ck_assert(given.least == 1);
	ck_assert_int_eq(PARSE(W("--min=1")), STATUS_USAGE);
	ck_assert_str_eq(e.text, "--min could be several options");
	ck_assert_int_eq(PARSE(W("--h")), STATUS_USAGE);  /* help, and one that is not shown */
	ck_assert_int_eq(PARSE(W("--he")), 0);
	ck_assert_int_eq(parsed.action, OPTION_HELP);
	/* a name that is whole is no abbreviation of a longer one */
	ck_assert_int_eq(PARSE(W("--all")), 0);
	ck_assert_int_eq(PARSE(W("--al")), 0);
}
END_TEST

START_TEST(refused)
{
	static char *bad[][3] = {
		{ W("--nonsense"), NULL }, { W("-z"), NULL }, { W("-az"), NULL }, { W("--all=yes"), NULL },
		{ W("--count"), NULL }, { W("-n"), NULL }, { W("--count="), NULL }, { W("--count"), W("1001") },
		{ W("--count"), W("-1") }, { W("-n"), W("1x") }, { W("--min-score=2"), NULL },
		{ W("--min-score=nan"), NULL }, { W("-o"), W("xml") }, { W("-o"), W("cs") },
		{ W("-o"), W("csv|tsv") }, { W("-o"), W("") }, { W("--=x"), NULL }, { W("---all"), NULL },
		{ W("--allx"), NULL }, { W("--help=x"), NULL }, { W("-h="), NULL },
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char *words[] = { W("program"), bad[i][0], bad[i][1], NULL };

		ck_assert_msg(parse(words) == STATUS_USAGE, "%s", bad[i][0]);
		ck_assert_int_eq(e.status, STATUS_USAGE);
		ck_assert_msg(strlen(e.text) > 5, "%s", e.text);
		ck_assert_int_eq(option_parse(table, bad[i][1] ? 3 : 2, words, &given, &parsed, NULL),
				 STATUS_USAGE);
		option_free(table, &given);
	}
	PARSE(W("-o"), W("xml"));
	ck_assert_str_eq(e.text, "-o: 'xml' is none of csv|tsv|json");
	PARSE(W("--count=7e9"));
	ck_assert_str_eq(e.text, "--count: '7e9' is not a whole number");
	PARSE(W("--probes"));
	ck_assert_str_eq(e.text, "--probes needs an argument (FILE)");
}
END_TEST

START_TEST(widest_integers)
{
	ck_assert_int_eq(PARSE(W("--any=9223372036854775807")), 0);
	ck_assert(given.any == INT64_MAX);
	ck_assert_int_eq(PARSE(W("--any=-9223372036854775808")), 0);
	ck_assert(given.any == INT64_MIN);
	ck_assert_int_eq(PARSE(W("--any=9223372036854775808")), STATUS_USAGE);
}
END_TEST

START_TEST(help_and_version)
{
	ck_assert_int_eq(PARSE(W("-V"), W("file")), 0);
	ck_assert_int_eq(parsed.action, OPTION_VERSION);
	ck_assert_int_eq(PARSE(W("--help"), W("--version")), 0);
	ck_assert_int_eq(parsed.action, OPTION_HELP);
	ck_assert_int_eq(PARSE(W("--"), W("--help")), 0);
	ck_assert_int_eq(parsed.action, OPTION_RUN);
}
END_TEST

START_TEST(help_text)
{
	static const char want[] =
		"usage: program [options] [file...]\n"
		"does this\n"
		"\n"
		"  -a, --all                    each pair once\n"
		"  -0, --null                   names end with NUL\n"
		"  -p, --probes FILE            probes\n"
		"  -n, --count N                candidates\n"
		"      --any N                  any\n"
		"      --min-score S            least score\n"
		"      --min-lr L               least ratio\n"
		"  -o, --output csv|tsv|json    rows as\n"
		"  -w, --where KEY=VALUE        only these\n"
		"      --a-name-that-is-longer-than-others one|two|three|four|five|six|seven|eight|nine|ten\n"
		"                               long\n"
		"  -h, --help                   print this help and leave\n"
		"  -V, --version                print the version and leave\n";
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	option_help(out, "program [options] [file...]", "does this", table);
	fclose(out);
	ck_assert_str_eq(text, want);
	free(text);
}
END_TEST

Suite *t_option(void);
Suite *t_option(void)
{
	Suite *s = suite_create("option");
	TCase *c = tcase_create("option");

	tcase_add_test(c, nothing_given);
	tcase_add_test(c, every_kind);
	tcase_add_test(c, letters_together);
	tcase_add_test(c, operands_mixed);
	tcase_add_test(c, abbreviations);
	tcase_add_test(c, refused);
	tcase_add_test(c, widest_integers);
	tcase_add_test(c, help_and_version);
	tcase_add_test(c, help_text);
	suite_add_tcase(s, c);
	return s;
}
