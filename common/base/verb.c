/* verb.c - programs that have verbs: which one, its options, its help */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/verb.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct option_line no_lines[] = { { NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 } };

static void program_help(FILE *out, const struct verb_program *p)
{
	int wide = 0;

	for (const struct verb *v = p->verb; v->name; v++)
		if ((int)strlen(v->name) > wide)
			wide = (int)strlen(v->name);
	fprintf(out, "usage: %s VERB [OPTION...] [OPERAND...]\n%s\n\nverbs:\n", p->name, p->about);
	for (const struct verb *v = p->verb; v->name; v++)
		fprintf(out, "  %-*s  %s\n", wide, v->name, v->about);
	fprintf(out, "\n%s VERB --help shows the options of a verb.\n", p->name);
	option_help_common(out);
}

static void verb_help(FILE *out, const struct verb_program *p, const struct verb *v)
{
	char usage[200];

	snprintf(usage, sizeof usage, "%s %s [OPTION...]%s%s", p->name, v->name,
		 *v->operands ? " " : "", v->operands);
	option_help(out, usage, v->about, v->table);
}

static const struct verb *find(const struct verb_program *p, const char *name)
{
	for (const struct verb *v = p->verb; v->name; v++)
		if (!strcmp(v->name, name))
			return v;
	return NULL;
}

static int no_verb(const struct verb_program *p, const char *name, struct error *e)
{
	char known[400] = "";
	size_t n = 0;

	for (const struct verb *v = p->verb; v->name && n < sizeof known; v++)
		n += (size_t)snprintf(known + n, sizeof known - n, "%s%s", n ? " " : "", v->name);
	if (!name)
		return error_set(e, STATUS_USAGE, "a verb is missing; there are: %s", known);
	return error_set(e, STATUS_USAGE, "no verb '%.40s'; there are: %s", name, known);
}

/* No verb there: --help or --version, or a mistake. */
static int without_verb(const struct verb_program *p, int argc, char **argv, FILE *out,
			struct error *e)
{
	struct option_parsed parsed;

	if (argc < 2 || argv[1][0] != '-' || !argv[1][1])
		return no_verb(p, argc < 2 ? NULL : argv[1], e);
	if (option_parse(no_lines, argc, argv, NULL, &parsed, e))
		return STATUS_USAGE;
	if (parsed.action == OPTION_RUN)
		return no_verb(p, NULL, e);
	if (parsed.action == OPTION_HELP)
		program_help(out, p);
	else
		fprintf(out, "%s %s\n", p->name, p->version);
	return STATUS_DONE;
}

static int run(const struct verb_program *p, const struct verb *v, int argc, char **argv,
	       void *options, void *context, FILE *out, struct error *e)
{
	struct option_parsed parsed;
	int status = option_parse(v->table, argc - 1, argv + 1, options, &parsed, e);

	if (status)
		return error_within(e, v->name);
	if (parsed.action == OPTION_HELP) {
		verb_help(out, p, v);
		return STATUS_DONE;
	}
	if (parsed.action == OPTION_VERSION) {
		fprintf(out, "%s %s\n", p->name, p->version);
		return STATUS_DONE;
	}
	if (parsed.operands < v->least || (v->most >= 0 && parsed.operands > v->most))
		return error_set(e, STATUS_USAGE, "%s: too %s operands: %s %s [OPTION...] %s", v->name,
				 parsed.operands < v->least ? "few" : "many", p->name, v->name,
				 v->operands);
	e->text[0] = 0;
	return v->run(context, options, &parsed, e);
}

int verb_run(const struct verb_program *program, int argc, char **argv, void *context, FILE *out,
	     struct error *e)
{
	const struct verb *v = argc > 1 ? find(program, argv[1]) : NULL;
	void *options;
	int status;

	if (!v)
		return without_verb(program, argc, argv, out, e);
	options = mem_new(1, v->size, e);
	if (!options)
		return STATUS_SYSTEM;
	if (v->defaults)
		memcpy(options, v->defaults, v->size);
	status = run(program, v, argc, argv, options, context, out, e);
	option_free(v->table, options);
	free(options);
	return status;
}
