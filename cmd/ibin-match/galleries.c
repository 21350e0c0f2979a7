/* galleries.c - ibin-match: what is compared is read, or its index opened */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "file/input.h"
#include "match/ready.h"
#include "run.h"

/* Signatures of other methods cannot be compared; each is named and left out. */
static void check_methods(struct run *run, struct gallery *g, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->count; i++) {
		struct gallery_entry *entry = &g->entry[i];
		struct error e;

		if (!ready_check(&entry->head, &e)) {
			g->entry[kept++] = *entry;
			continue;
		}
		error_within(&e, signature_meta(&entry->head, META_ID));
		error_within(&e, name);
		complain(run, &e);
		signature_free(&entry->head);
		buf_free(&entry->body);
	}
	g->count = kept;
}

/* A damaged file is named; what stands before the damage is compared. */
static void read_file(struct run *run, struct gallery *g, const char *name, size_t conditions)
{
	const char *shown = strcmp(name, "-") ? name : "standard input";
	FILE *in = NULL;
	struct gallery added = { 0 };
	struct error e;

	if (input_stream(name, &in, &e) || gallery_read(&added, in, run->where, conditions, &e)) {
		error_within(&e, shown);
		complain(run, &e);
	}
	check_methods(run, &added, shown);
	if (gallery_take(g, &added, &e))
		complain(run, &e);
	if (in)
		input_close(in);
}

/* Which codes a search will need, so that damage shows before anything is printed. */
static int check_index(const struct run *run, struct catalog *x, struct error *e)
{
	bool relief = run->options.all, look = run->options.all, lands = run->options.all;
	int status = catalog_need_texts(x, e);

	for (size_t i = 0; i < run->probes.count; i++) {
		bool topography = run->probes.entry[i].head.layer[LAYER_RELIEF];

		relief |= topography;
		look |= !topography;
		lands |= mark_striated(run->probes.entry[i].head.mark);
	}
	for (size_t i = 0; relief && !look && i < catalog_count(x); i++) {
		struct catalog_item item;

		catalog_item(x, i, &item);
		look = !(item.layers & 1u << LAYER_RELIEF);
	}
	if (!status && relief)
		status = catalog_need_codes(x, LAYER_RELIEF, e);
	if (!status && look)
		status = catalog_need_codes(x, LAYER_LOOK, e);
	return !status && lands ? catalog_need_lands(x, e) : status;
}

/* A gallery that has an index is not read, but for what was added since. An index that cannot be used is said to be so,
 * and the gallery read as if it were not there: the rows are the same. Returns 1 when the index is used. */
static int use_index(struct run *run, const char *name)
{
	struct catalog *x = NULL, **more;
	struct gallery added = { 0 };
	struct error e;
	int status;

	if (!strcmp(name, "-"))
		return 0;
	status = catalog_open(name, &x, &e);
	if (!status)
		status = check_index(run, x, &e);
	more = status ? NULL : mem_grow(run->index, run->indexes + 1, sizeof *more, &e);
	if (!more) {
		if (status != STATUS_NO) {
			struct error say;

			error_set(&say, e.status, "%s: %s; it is not used", name, e.text);
			error_print(stderr, "ibin-match", &say);
		}
		catalog_close(x);
		return 0;
	}
	run->index = more;
	run->index[run->indexes++] = x;
	if (catalog_read_rest(x, &added, run->where, run->options.where.count, &e)) {
		error_within(&e, name);
		complain(run, &e);
	}
	check_methods(run, &added, name);
	if (gallery_take(&run->gallery, &added, &e))
		complain(run, &e);
	return 1;
}

void free_galleries(struct run *run)
{
	gallery_free(&run->gallery);
	gallery_free(&run->probes);
	while (run->indexes)
		catalog_close(run->index[--run->indexes]);
	free(run->index);
}

void read_all(struct run *run)
{
	const struct options *o = &run->options;

	if (!o->all && !o->known)
		read_file(run, &run->probes, o->probes ? o->probes : "-", 0);
	for (int i = 0; i < run->parsed.operands; i++)
		if (!use_index(run, run->parsed.operand[i]))
			read_file(run, &run->gallery, run->parsed.operand[i], o->where.count);
	if (o->all && !run->parsed.operands)
		read_file(run, &run->gallery, "-", o->where.count);
	gallery_sort(&run->gallery);
}

void say_nothing(const struct run *run, const struct stock *stock)
{
	const char *probes = run->options.probes && strcmp(run->options.probes, "-") ? run->options.probes : "standard input";
	size_t n = 0;

	if (run->printed || run->status)
		return;
	if (!run->options.all && !run->probes.count) {
		error_say(stderr, program.name, "%s: no probe: it holds no signature", probes);
		return;
	}
	while (n < stock->count && stock->hidden && stock->hidden[n])
		n++;
	if (n == stock->count)
		error_say(stderr, program.name, "the gallery holds no signature%s",
			  run->options.where.count || run->options.up_to ? " that was asked for (--where, --up-to)" : "");
}
