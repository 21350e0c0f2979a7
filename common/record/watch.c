/* watch.c - what is said while a book is opened: how far it was read, and what was found */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/watch.h"

void watch_indexing(void *context, uint64_t done, uint64_t total)
{
	struct watch *w = context;

	if (!w->running)
		progress_start(&w->line, w->err, w->mode, "bytes indexed", (int64_t)total);
	w->running = true;
	progress_step(&w->line, (int64_t)(done - w->done));
	w->done = done;
}

void watch_end(struct watch *w)
{
	if (w->running)
		progress_end(&w->line);
	w->running = false;
}

/* Who has to do with all countries' records: how many there are hints at what others may not see. */
static bool whole_folder(const struct standing *s)
{
	return s->alone || s->owner || s->grant.role == ROLE_ADMINISTRATOR;
}

void watch_found(const struct watch *w, const struct book *b)
{
	const struct index_cover *c = &b->cover;
	const char *file = b->kind->shape->file;

	if (b->found.torn)
		error_say(w->err, w->program, "%s: its end was not whole: %zu bytes set aside in %s.torn", file,
			  b->found.torn, file);
	if (c->damaged)
		error_say(w->err, w->program, "%s: %llu damaged line(s) left out (%s verify lists them, and with --repair "
			  "takes them out)", file, (unsigned long long)c->damaged, w->program);
	if (b->merged)
		error_say(w->err, w->program, "%s: %llu logs one behind the other: %llu line(s) repeated, which count once, "
			  "and %llu in conflict, of which the later holds (%s verify lists them)", file,
			  (unsigned long long)c->headers, (unsigned long long)c->repeated,
			  (unsigned long long)c->conflicts, w->program);
	if (c->returned && whole_folder(&b->guard->standing))
		error_say(w->err, w->program, "%s: %llu line(s) of what was deleted are back, from another copy: they count "
			  "for nothing, and %s purge takes them out", file, (unsigned long long)c->returned, w->program);
	if (book_without_index(b))
		error_say(w->err, w->program, "%s: looking without it, which is slow", book_without_index(b));
}
