/* shelf.c - the signatures that ibin-view draws: by id, and by exhibit */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/mem.h"
#include "file/input.h"
#include "view.h"

void shelf_read(struct run *run, struct shelf *s, const char *name)
{
	struct gallery added = { 0 };
	FILE *in = NULL;
	struct error e;

	if (input_stream(name, &in, &e) || gallery_read(&added, in, NULL, 0, &e)) {
		error_within(&e, name);
		complain(run, &e);
	}
	if (gallery_take(&s->gallery, &added, &e))
		complain(run, &e);
	if (in)
		input_close(in);
}

/* Lands that contradict each other matter only where their exhibit is asked for. */
static void no_matter(void *context, const struct error *e)
{
	(void)context;
	(void)e;
}

int shelf_sort(struct run *run, struct shelf *s, struct error *e)
{
	int status;

	gallery_sort(&s->gallery);
	s->sorted.entry = mem_new(s->gallery.count, sizeof *s->sorted.entry, e);
	if (!s->sorted.entry)
		return STATUS_SYSTEM;
	s->all = (struct stock){ .g = &s->gallery, .count = s->gallery.count };
	status = exhibits_group(&s->all, &s->exhibits, no_matter, run, e);
	for (size_t i = 0; !status && i < s->all.ordered; i++)
		s->sorted.entry[s->sorted.count++] = s->gallery.entry[s->all.order[i]];
	return status;
}

void shelf_free(struct shelf *s)
{
	exhibits_free(&s->exhibits);
	stock_free(&s->all);
	free(s->sorted.entry);
	gallery_free(&s->gallery);
}
