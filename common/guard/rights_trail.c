/* rights_trail.c - the rights file held against the audit trail */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/rights_trail.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "file/lock.h"
#include "guard/audit.h"
#include "guard/lines.h"

#define WAIT_S 30

/* A line of rights that the trail knows. */
struct known {
	char *text;
	int64_t n;       /* where it was begun */
	bool done;       /* it was ended as done */
	bool failed;     /* it was ended as something else: not to be in the file */
	bool met;
};

struct list {
	struct known *known;
	size_t count, room;
};

static int note(struct list *l, const struct audit_line *line, struct error *e)
{
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 64;
		struct known *grown = mem_grow(l->known, room, sizeof *grown, e);

		if (!grown)
			return STATUS_SYSTEM;
		l->known = grown;
		l->room = room;
	}
	l->known[l->count] = (struct known){ .text = mem_text(line->what, e), .n = line->n };
	if (!l->known[l->count].text)
		return STATUS_SYSTEM;
	lines_unescape(l->known[l->count++].text);
	return STATUS_DONE;
}

/* Numbers rise along the list. */
static void note_end(struct list *l, const struct audit_line *line)
{
	for (size_t i = l->count; i-- > 0 && l->known[i].n >= line->of; )
		if (l->known[i].n == line->of) {
			l->known[i].done = !strcmp(line->outcome, "done");
			l->known[i].failed = !l->known[i].done;
		}
}

static int collect(struct list *l, const struct folder *f, struct error *e)
{
	struct audit_reader *r;
	struct audit_line line;
	int status = audit_reader_open(&r, f, e);

	if (status)
		return status;
	while ((status = audit_next(r, &line, e)) == STATUS_DONE || status == STATUS_INPUT) {
		if (status || (strcmp(line.action, "grant") && strcmp(line.action, "revoke")))
			continue;
		if (!strcmp(line.outcome, "begun")) {
			if (note(l, &line, e))
				break;
		} else if (line.of) {
			note_end(l, &line);
		}
	}
	audit_reader_close(r);
	return status == STATUS_NO ? STATUS_DONE : STATUS_SYSTEM;
}

static int by_text(const void *a, const void *b)
{
	const struct known *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	/* of equal ones, those that must be there first */
	return order ? order : x->done != y->done ? (x->done ? -1 : 1) : (x->n > y->n) - (x->n < y->n);
}

/* The first of the sorted list with this text. */
static size_t find(const struct list *l, const char *text)
{
	size_t low = 0, high = l->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(l->known[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int meet(struct list *l, const struct grant *g, struct rights_trail *out, struct error *e)
{
	struct buf b = { 0 };
	const char *text;
	size_t i;

	if (rights_line(&b, g, e) || !(text = buf_string(&b, e))) {
		buf_free(&b);
		return STATUS_SYSTEM;
	}
	for (i = find(l, text); i < l->count && !strcmp(l->known[i].text, text); i++)
		if (!l->known[i].met && !l->known[i].failed)
			break;
	if (i < l->count && !strcmp(l->known[i].text, text))
		l->known[i].met = true;
	else if (out->added++ == 0 && !*out->first)
		snprintf(out->first, sizeof out->first, RIGHTS_FILE " line %zu is not in the trail: %.200s",
			 g->line, text);
	buf_free(&b);
	return STATUS_DONE;
}

int rights_trail_check(const struct folder *f, struct rights_trail *out, struct error *e)
{
	struct list l = { 0 };
	struct rights r = { 0 };
	struct error own;
	int fd, status;

	memset(out, 0, sizeof *out);
	/* while it is locked no line of it can be ended as done that is not in it */
	status = folder_file(f, RIGHTS_FILE, O_RDONLY, &fd, &own);
	if (status && status != STATUS_NO)
		return error_set(e, own.status, "%s", own.text);
	status = fd < 0 ? STATUS_DONE : lock_take(fd, LOCK_SHARED, WAIT_S, e);
	if (!status)
		status = rights_read(&r, f, e);
	if (!status)
		status = collect(&l, f, e);
	if (fd >= 0)
		close(fd);
	if (!status && l.count)
		qsort(l.known, l.count, sizeof *l.known, by_text);
	for (size_t i = 0; i < r.count && !status; i++)
		status = meet(&l, &r.grant[i], out, e);
	for (size_t i = 0; i < l.count && !status; i++)
		if (l.known[i].done && !l.known[i].met && out->missing++ == 0 && !*out->first)
			snprintf(out->first, sizeof out->first, "line %lld of the trail is not in "
				 RIGHTS_FILE ": %.200s", (long long)l.known[i].n, l.known[i].text);
	out->lines = r.count;
	for (size_t i = 0; i < l.count; i++)
		free(l.known[i].text);
	free(l.known);
	rights_free(&r);
	if (status)
		return status;
	return out->added || out->missing ? STATUS_NO : STATUS_DONE;
}
