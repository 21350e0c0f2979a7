/* option.c - one table of options: parsing, help, completion, "was it given" */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/option.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

static const struct option_line common_lines[] = {
	{ "help", 'h', OPTION_FLAG, 0, NULL, "print this help and leave", 0, 0 },
	{ "version", 'V', OPTION_FLAG, 0, NULL, "print the version and leave", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 },
};

/* The place of text among the words of "first|second|third"; -1 when it is none of them. */
static int choice(const char *words, const char *text)
{
	size_t n = strlen(text);
	int place = 0;

	for (const char *w = words; *w; place++) {
		size_t length = strcspn(w, "|");

		if (length == n && !memcmp(w, text, n))
			return place;
		w += length + (w[length] == '|');
	}
	return -1;
}

/* The nearest whole number; 2^63 is a double and is none of int64_t. */
static int64_t bound(double v)
{
	return v >= 0x1p63 ? INT64_MAX : v <= -0x1p63 ? INT64_MIN : (int64_t)v;
}

static int store(const struct option_line *o, const char *arg, void *into, struct error *e)
{
	void *to = (char *)into + o->offset;
	struct option_list *list = to;
	const char **grown;
	int64_t integer;
	int place;

	switch (o->kind) {
	case OPTION_FLAG:
		*(bool *)to = true;
		return STATUS_DONE;
	case OPTION_TEXT:
		*(const char **)to = arg;
		return STATUS_DONE;
	case OPTION_INTEGER:
		if (num_integer(arg, bound(o->min), bound(o->max), &integer, e))
			return STATUS_USAGE;
		*(int64_t *)to = integer;
		return STATUS_DONE;
	case OPTION_REAL:
		return num_real(arg, o->min, o->max, to, e);
	case OPTION_CHOICE:
		place = choice(o->arg, arg);
		if (place < 0)
			return error_set(e, STATUS_USAGE, "'%.60s' is none of %s", arg, o->arg);
		*(int *)to = place;
		return STATUS_DONE;
	case OPTION_LIST:
		grown = mem_grow(list->item, list->count + 1, sizeof *list->item, e);
		if (!grown)
			return STATUS_SYSTEM;
		list->item = grown;
		list->item[list->count++] = arg;
		return STATUS_DONE;
	}
	return STATUS_USAGE;
}

/* The line called name (n bytes of it), or the only one that begins so. */
static const struct option_line *find_name(const struct option_line *table, const char *name,
					   size_t n, int *matches)
{
	const struct option_line *tables[] = { table, common_lines }, *found = NULL;

	*matches = 0;
	if (n == 0)
		return NULL;
	for (int t = 0; t < 2; t++)
		for (const struct option_line *o = tables[t]; o->name; o++) {
			if (strncmp(o->name, name, n))
				continue;
			if (o->name[n] == 0) {
				*matches = 1;
				return o;
			}
			found = o;
			++*matches;
		}
	return *matches == 1 ? found : NULL;
}

static const struct option_line *find_letter(const struct option_line *table, char letter)
{
	const struct option_line *tables[] = { table, common_lines };

	for (int t = 0; t < 2; t++)
		for (const struct option_line *o = tables[t]; o->name; o++)
			if (o->letter == letter)
				return o;
	return NULL;
}

static int take(const struct option_line *table, const struct option_line *o, const char *shown,
		const char *arg, void *into, struct option_parsed *parsed, struct error *e)
{
	int status;

	if (o == &common_lines[0] || o == &common_lines[1]) {
		if (parsed->action == OPTION_RUN)
			parsed->action = o == &common_lines[0] ? OPTION_HELP : OPTION_VERSION;
		return STATUS_DONE;
	}
	parsed->given |= UINT64_C(1) << (o - table);
	status = store(o, arg, into, e);
	if (status == STATUS_USAGE)
		error_within(e, shown);
	return status;
}

/* One word that begins with "--"; *next is the word behind it, used up when it is the argument. */
static int parse_long(const struct option_line *table, const char *word, char ***next, char **end,
		      void *into, struct option_parsed *parsed, struct error *e)
{
	const char *name = word + 2, *arg = NULL;
	size_t n = strcspn(name, "=");
	const struct option_line *o;
	char shown[64];
	int matches;

	snprintf(shown, sizeof shown, "--%.*s", (int)(n < 60 ? n : 60), name);
	o = find_name(table, name, n, &matches);
	if (!o)
		return error_set(e, STATUS_USAGE, matches ? "%s could be several options" :
				 "unknown option %s", shown);
	if (name[n] == '=') {
		if (o->kind == OPTION_FLAG)
			return error_set(e, STATUS_USAGE, "%s takes no argument", shown);
		arg = name + n + 1;
	} else if (o->kind != OPTION_FLAG) {
		if (*next == end)
			return error_set(e, STATUS_USAGE, "%s needs an argument (%s)", shown, o->arg);
		arg = *(*next)++;
	}
	return take(table, o, shown, arg, into, parsed, e);
}

/* One word that begins with a single dash: letters, the last of which may have an argument. */
static int parse_short(const struct option_line *table, const char *word, char ***next, char **end,
		       void *into, struct option_parsed *parsed, struct error *e)
{
	int status;

	for (const char *p = word + 1; *p; p++) {
		const struct option_line *o = find_letter(table, *p);
		char shown[3] = { '-', *p, 0 };
		const char *arg = NULL;

		if (!o)
			return error_set(e, STATUS_USAGE, "unknown option %s", shown);
		if (o->kind != OPTION_FLAG) {
			if (p[1])
				arg = p + 1;
			else if (*next != end)
				arg = *(*next)++;
			else
				return error_set(e, STATUS_USAGE, "%s needs an argument (%s)", shown,
						 o->arg);
		}
		status = take(table, o, shown, arg, into, parsed, e);
		if (status)
			return status;
		if (arg)
			break;
	}
	return STATUS_DONE;
}

int option_parse(const struct option_line *table, int argc, char **argv, void *into,
		 struct option_parsed *parsed, struct error *e)
{
	char **next = argv + 1, **end = argv + argc, **operand = argv + 1;
	int status;

	memset(parsed, 0, sizeof *parsed);
	parsed->operand = argv + 1;
	while (next < end) {
		char *word = *next++;

		if (!strcmp(word, "--"))
			break;
		if (word[0] != '-' || !word[1])
			*operand++ = word;
		else if ((status = word[1] == '-' ?
			  parse_long(table, word, &next, end, into, parsed, e) :
			  parse_short(table, word, &next, end, into, parsed, e)))
			return status;
	}
	while (next < end)
		*operand++ = *next++;
	parsed->operands = (int)(operand - parsed->operand);
	return STATUS_DONE;
}

bool option_given(const struct option_line *table, const struct option_parsed *parsed,
		  const char *name)
{
	for (const struct option_line *o = table; o->name; o++)
		if (!strcmp(o->name, name))
			return parsed->given >> (o - table) & 1;
	return false;
}

static void help_lines(FILE *out, const struct option_line *table)
{
	for (const struct option_line *o = table; o->name; o++) {
		char letter[5] = "    ";
		int wide;

		if (!o->help)
			continue;
		if (o->letter)
			snprintf(letter, sizeof letter, "-%c, ", o->letter);
		wide = fprintf(out, "  %s--%s%s%s", letter, o->name, o->arg ? " " : "",
			       o->arg ? o->arg : "");
		if (wide > 29)
			fprintf(out, "\n%*s%s\n", 31, "", o->help);
		else
			fprintf(out, "%*s%s\n", 31 - wide, "", o->help);
	}
}

void option_help(FILE *out, const char *usage, const char *about, const struct option_line *table)
{
	fprintf(out, "usage: %s\n%s\n\n", usage, about);
	help_lines(out, table);
	help_lines(out, common_lines);
}

void option_help_common(FILE *out)
{
	help_lines(out, common_lines);
}

int option_answer(FILE *out, const struct option_program *program, const struct option_line *table,
		  const struct option_parsed *parsed, struct error *e)
{
	char usage[200];

	if (parsed->action == OPTION_HELP) {
		snprintf(usage, sizeof usage, "%s %s", program->name, program->usage);
		option_help(out, usage, program->about, table);
	} else {
		fprintf(out, "%s %s\n", program->name, program->version);
	}
	if (fflush(out) || ferror(out))
		return error_system(e, "standard output");
	return STATUS_DONE;
}

void option_free(const struct option_line *table, void *into)
{
	for (const struct option_line *o = table; o->name; o++)
		if (o->kind == OPTION_LIST) {
			struct option_list *list = (void *)((char *)into + o->offset);

			free(list->item);
			memset(list, 0, sizeof *list);
		}
}
