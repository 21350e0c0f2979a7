/* t_verb.c - tests of base/verb */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/verb.h"

struct take {
	int64_t n;
	struct option_list word;
	bool quiet;
};

static const struct option_line take_table[] = {
	{ "number", 'n', OPTION_INTEGER, offsetof(struct take, n), "N", "how many", 0, 9 },
	{ "word", 'w', OPTION_LIST, offsetof(struct take, word), "WORD", "a word", 0, 0 },
	{ "quiet", 'q', OPTION_FLAG, offsetof(struct take, quiet), NULL, "say nothing", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 },
};
static const struct option_line none[] = { { NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 } };
static const struct take take_defaults = { .n = 3 };

struct seen {
	int runs, operands;
	int64_t n;
	size_t words;
	bool quiet, number_given;
	char first[20];
};

static int run_take(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct seen *seen = context;
	struct take *t = options;

	seen->runs++;
	seen->n = t->n;
	seen->words = t->word.count;
	seen->quiet = t->quiet;
	seen->operands = parsed->operands;
	seen->number_given = option_given(take_table, parsed, "number");
	if (parsed->operands)
		snprintf(seen->first, sizeof seen->first, "%s", parsed->operand[0]);
	return t->n == 9 ? error_set(e, STATUS_NO, "nine") : STATUS_DONE;
}

static int run_stop(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	(void)context, (void)options, (void)parsed, (void)e;
	return STATUS_REFUSED;
}

static const struct verb verbs[] = {
	{ "take", "WORD...", "takes words", take_table, sizeof(struct take), &take_defaults, 1, -1, run_take },
	{ "stop", "", "refuses", none, 0, NULL, 0, 0, run_stop },
	{ NULL, NULL, NULL, NULL, 0, NULL, 0, 0, NULL },
};
static const struct verb_program program = { "prog", "Tries verbs.", "9.8", verbs };

/* Words to argv, run, and what was written to out. */
static int call(struct seen *seen, char **said, struct error *e, const char *line)
{
	char *copy = strdup(line), *argv[16] = { copy }, *text = NULL, *save;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	int argc = 0, status;

	memset(seen, 0, sizeof *seen);
	memset(e, 0, sizeof *e);
	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save))
		argv[argc++] = w;
	status = verb_run(&program, argc, argv, seen, out, e);
	fclose(out);
	if (said)
		*said = text;
	else
		free(text);
	free(copy);
	return status;
}

START_TEST(runs_the_verb)
{
	struct seen seen;
	struct error e;

	ck_assert_int_eq(call(&seen, NULL, &e, "prog take a -n 5 b -w x --word=y -q"), 0);
	ck_assert_int_eq(seen.runs, 1);
	ck_assert_int_eq(seen.n, 5);
	ck_assert_int_eq(seen.words, 2);
	ck_assert_int_eq(seen.operands, 2);
	ck_assert_str_eq(seen.first, "a");
	ck_assert(seen.quiet && seen.number_given);
	ck_assert_int_eq(call(&seen, NULL, &e, "prog take -- -n"), 0);
	ck_assert_int_eq(seen.n, 3);
	ck_assert_str_eq(seen.first, "-n");
	ck_assert(!seen.number_given);
	ck_assert_int_eq(call(&seen, NULL, &e, "prog take -n9 a"), STATUS_NO);
	ck_assert_str_eq(e.text, "nine");
	ck_assert_int_eq(call(&seen, NULL, &e, "prog stop"), STATUS_REFUSED);
	ck_assert_str_eq(e.text, "");
}
END_TEST

START_TEST(refuses_what_makes_no_sense)
{
	static const char *bad[] = { "prog", "prog tak a", "prog -", "prog -n 3 take a", "prog take",
				     "prog stop a", "prog take --nothing a", "prog take -n 10 a",
				     "prog --", "prog take -n" };
	struct seen seen;
	struct error e;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_msg(call(&seen, NULL, &e, bad[i]) == STATUS_USAGE, "%s", bad[i]);
		ck_assert_msg(e.text[0], "%s", bad[i]);
		ck_assert_int_eq(seen.runs, 0);
	}
	call(&seen, NULL, &e, "prog tak a");
	ck_assert_ptr_nonnull(strstr(e.text, "there are: take stop"));
}
END_TEST

START_TEST(helps)
{
	struct seen seen;
	struct error e;
	char *said;

	ck_assert_int_eq(call(&seen, &said, &e, "prog --help"), 0);
	ck_assert_ptr_nonnull(strstr(said, "\nverbs:\n  take  takes words\n  stop  refuses\n"));
	ck_assert_ptr_nonnull(strstr(said, "--version"));
	free(said);
	ck_assert_int_eq(call(&seen, &said, &e, "prog take -h"), 0);
	ck_assert_ptr_nonnull(strstr(said, "usage: prog take [OPTION...] WORD...\ntakes words\n"));
	ck_assert_ptr_nonnull(strstr(said, "-n, --number N"));
	free(said);
	ck_assert_int_eq(call(&seen, &said, &e, "prog -V"), 0);
	ck_assert_str_eq(said, "prog 9.8\n");
	free(said);
	ck_assert_int_eq(seen.runs, 0);
}
END_TEST

Suite *t_verb(void);
Suite *t_verb(void)
{
	Suite *s = suite_create("verb");
	TCase *c = tcase_create("verb");

	tcase_add_test(c, runs_the_verb);
	tcase_add_test(c, refuses_what_makes_no_sense);
	tcase_add_test(c, helps);
	suite_add_tcase(s, c);
	return s;
}
