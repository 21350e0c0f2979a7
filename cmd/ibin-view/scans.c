/* scans.c - the original scans and photographs: found by name, kept for a while */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fts.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "file/data.h"
#include "match/original.h"
#include "view.h"

#define FILE_MAX ((size_t)2 << 30)
#define FILES_MAX 10000000
/* A probe's original serves all its candidates; each takes some 4 MB. */
#define KEPT 16

struct name {
	char *path;
	size_t at, length;         /* of its name without folder and ending */
};

struct kept {
	struct original original;  /* first, so that scans_put finds its way back */
	const struct gallery_entry *entry;
	unsigned users;
	unsigned long used;        /* when */
	bool stays;                /* among those that are kept */
};

struct scans {
	struct name *name;
	size_t count, room;
	pthread_mutex_t lock;
	struct kept *kept[KEPT];
	unsigned long time;
};

static int by_name(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	size_t n = x->length < y->length ? x->length : y->length;
	int c = memcmp(x->path + x->at, y->path + y->at, n);

	if (!c)
		c = (x->length > y->length) - (x->length < y->length);
	return c ? c : strcmp(x->path, y->path);
}

static int add(struct scans *s, const char *path, const char *base, struct error *e)
{
	const char *dot = strrchr(base, '.');
	struct name *n;

	if (s->count == FILES_MAX)
		return error_set(e, STATUS_INPUT, "more than %d files", FILES_MAX);
	if (s->count == s->room) {
		n = mem_grow(s->name, s->room * 2 + 64, sizeof *n, e);
		if (!n)
			return STATUS_SYSTEM;
		s->name = n;
		s->room = s->room * 2 + 64;
	}
	n = &s->name[s->count];
	n->path = mem_text(path, e);
	if (!n->path)
		return STATUS_SYSTEM;
	n->length = dot && dot > base ? (size_t)(dot - base) : strlen(base);
	n->at = strlen(path) - strlen(base);
	s->count++;
	return STATUS_DONE;
}

/* All regular files of a folder and those in it; links are followed. */
static int walk(struct scans *s, const char *folder, struct error *e)
{
	char *const path[] = { (char *)(uintptr_t)folder, NULL };
	FTS *fts = fts_open(path, FTS_LOGICAL | FTS_NOCHDIR, NULL);
	int status = fts ? STATUS_DONE : error_system(e, "cannot be read");
	FTSENT *f;

	while (!status && (f = fts_read(fts))) {
		if (f->fts_info == FTS_F && f->fts_level > 0)
			status = add(s, f->fts_path, f->fts_name, e);
		else if (f->fts_level == 0 && f->fts_info != FTS_D && f->fts_info != FTS_DP)
			status = error_set(e, STATUS_INPUT, "%s", f->fts_errno ? strerror(f->fts_errno) : "not a folder");
	}
	if (fts)
		fts_close(fts);
	return status ? error_within(e, folder) : STATUS_DONE;
}

int scans_open(const struct option_list *folders, struct scans **out, struct error *e)
{
	struct scans *s = mem_new(1, sizeof *s, e);
	int status = s ? STATUS_DONE : STATUS_SYSTEM;

	*out = s;
	if (!s)
		return status;
	pthread_mutex_init(&s->lock, NULL);
	for (size_t i = 0; !status && i < folders->count; i++)
		status = walk(s, folders->item[i], e);
	if (s->count)
		qsort(s->name, s->count, sizeof *s->name, by_name);
	return status;
}

static void drop(struct kept *k)
{
	original_free(&k->original);
	free(k);
}

void scans_close(struct scans *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++)
		free(s->name[i].path);
	for (int i = 0; i < KEPT; i++)
		if (s->kept[i])
			drop(s->kept[i]);
	free(s->name);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* The first file whose name is at or behind this one. */
static size_t first_of(const struct scans *s, const char *id)
{
	struct name key = { (char *)(uintptr_t)id, 0, strlen(id) };
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2, n = s->name[middle].length;
		int c = memcmp(s->name[middle].path + s->name[middle].at, id, n < key.length ? n : key.length);

		if (c < 0 || (c == 0 && n < key.length))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* One file; of those that cannot serve the reason of a scan goes before that of another kind of file. */
static int try_file(const struct name *n, const struct signature *signature, double step_um, struct compare_room *room,
		    bool *scan, struct original *out, struct error *e)
{
	struct error why;
	struct data data;
	int status = data_read(n->path, FILE_MAX, &data, &why);
	bool is = true;

	if (!status) {
		is = scan_is(data.bytes, data.size);
		status = original_find(data.bytes, data.size, signature, step_um, room, out, &why);
		data_free(&data);
	}
	if (!status)
		return STATUS_DONE;
	if (is || !*scan || status == STATUS_SYSTEM) {
		*e = why;
		error_within(e, n->path);
	}
	*scan |= is;
	return status;
}

/* The files that have the signature's id as their name, one after the other, until one is the original. */
static int find(const struct scans *s, const struct signature *signature, double step_um, struct compare_room *room,
		struct original *out, struct error *e)
{
	const char *id = signature_meta(signature, META_ID);
	size_t length = strlen(id);
	bool scan = false;
	int status = error_set(e, STATUS_NO, "no file of this name");

	for (size_t i = first_of(s, id); i < s->count && status; i++) {
		const struct name *n = &s->name[i];

		if (n->length != length || memcmp(n->path + n->at, id, length))
			break;
		status = try_file(n, signature, step_um, room, &scan, out, e);
		if (status == STATUS_SYSTEM)
			break;
	}
	return status;
}

static struct kept *look_up(struct scans *s, const struct gallery_entry *entry)
{
	for (int i = 0; i < KEPT; i++)
		if (s->kept[i] && s->kept[i]->entry == entry) {
			s->kept[i]->users++;
			s->kept[i]->used = ++s->time;
			return s->kept[i];
		}
	return NULL;
}

/* In place of the one that was not used for longest; the lock is held. */
static void stay(struct scans *s, struct kept *k)
{
	int oldest = -1;

	for (int i = 0; i < KEPT; i++) {
		if (!s->kept[i] || s->kept[i]->users == 0) {
			if (oldest < 0 || !s->kept[i] || (s->kept[oldest] && s->kept[i]->used < s->kept[oldest]->used))
				oldest = i;
			if (!s->kept[i])
				break;
		}
	}
	if (oldest < 0)
		return;
	if (s->kept[oldest])
		drop(s->kept[oldest]);
	s->kept[oldest] = k;
	k->stays = true;
}

const struct original *scans_get(struct scans *s, const struct gallery_entry *entry, const struct signature *signature,
				 double step_um, struct compare_room *room, struct error *e)
{
	struct kept *k;

	pthread_mutex_lock(&s->lock);
	k = look_up(s, entry);
	pthread_mutex_unlock(&s->lock);
	if (k)
		return &k->original;
	k = mem_new(1, sizeof *k, e);
	if (!k)
		return NULL;
	if (find(s, signature, step_um, room, &k->original, e)) {
		free(k);
		return NULL;
	}
	k->entry = entry;
	k->users = 1;
	pthread_mutex_lock(&s->lock);
	k->used = ++s->time;
	stay(s, k);
	pthread_mutex_unlock(&s->lock);
	return &k->original;
}

void scans_put(struct scans *s, const struct original *o)
{
	struct kept *k = (struct kept *)(uintptr_t)o;
	bool mine = false;

	if (!o)
		return;
	pthread_mutex_lock(&s->lock);
	k->users--;
	mine = !k->stays && k->users == 0;
	pthread_mutex_unlock(&s->lock);
	if (mine)
		drop(k);
}
