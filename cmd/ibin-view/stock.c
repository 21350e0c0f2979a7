/* stock.c - the signatures that ibin-view draws: by id, and by exhibit */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "file/input.h"
#include "view.h"

void stock_read(struct run *run, struct stock *s, const char *name)
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

int stock_sort(struct run *run, struct stock *s, struct error *e)
{
	gallery_sort(&s->gallery);
	s->sorted.entry = mem_new(s->gallery.count, sizeof *s->sorted.entry, e);
	if (!s->sorted.entry)
		return STATUS_SYSTEM;
	if (s->gallery.count)
		memcpy(s->sorted.entry, s->gallery.entry, s->gallery.count * sizeof *s->sorted.entry);
	s->sorted.count = s->gallery.count;
	return exhibits_group(&s->sorted, &s->exhibits, no_matter, run, e);
}

void stock_free(struct stock *s)
{
	exhibits_free(&s->exhibits);
	free(s->sorted.entry);
	gallery_free(&s->gallery);
}
