/* catalog.c - the index beside a gallery: opening it, and whether it fits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/catalog.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/batch.h"
#include "base/bytes.h"
#include "base/mem.h"
#include "base/sum.h"
#include "file/input.h"
#include "match/catalog_parts.h"
#include "sign/frame.h"
#include "sign/impression.h"
#include "sign/pack.h"

/* Frames looked at where size and time of the gallery say that it is as it was. */
#define SAMPLES 16

struct catalog {
	int gallery;                  /* descriptor */
	struct stat stat;             /* of it, at opening */
	unsigned char *map;
	size_t size;
	struct catalog_piece *piece;
	size_t pieces, count;
	bool checked[CATALOG_SECTIONS];
};

/* The piece that has signature i. */
static const struct catalog_piece *piece_of(const struct catalog *x, size_t i)
{
	size_t low = 0, high = x->pieces;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (x->piece[middle].first <= i)
			low = middle;
		else
			high = middle;
	}
	return &x->piece[low];
}

static unsigned char *section(const struct catalog *x, const struct catalog_piece *p, enum catalog_section s)
{
	return x->map + p->at[s];
}

static const struct catalog_piece *record_of(const struct catalog *x, size_t i, struct catalog_record *r)
{
	const struct catalog_piece *p = piece_of(x, i);

	catalog_get_record(section(x, p, CATALOG_RECORDS) + (i - p->first) * CATALOG_RECORD, r);
	return p;
}

/* Mapped for reading and shared with the file: nothing is lost, and a failure costs nothing but memory. */
void catalog_rest(const struct catalog *x)
{
	(void)madvise(x->map, x->size, MADV_DONTNEED);
}

/* A section's sums, by all processors: it is as much as memory gives. */
struct checking {
	const struct catalog *x;
	enum catalog_section section;
	size_t next;
	atomic_bool damaged;
};

static void *next_piece(void *context)
{
	struct checking *c = context;

	return c->next < c->x->pieces ? &c->x->piece[c->next++] : NULL;
}

static void check_piece(void *context, void *job)
{
	struct checking *c = context;
	const struct catalog_piece *p = job;

	if (sum_wide64(section(c->x, p, c->section), p->size[c->section]) != p->sum[c->section])
		atomic_store(&c->damaged, true);
}

static int check_section(struct catalog *x, enum catalog_section s, struct error *e)
{
	static const struct batch steps = { next_piece, check_piece, NULL, NULL };
	struct checking c = { .x = x, .section = s };

	if (x->checked[s])
		return STATUS_DONE;
	if (batch_run(&steps, &c, x->pieces > 1 ? 0 : 1, e))
		return STATUS_SYSTEM;
	if (atomic_load(&c.damaged))
		return catalog_damaged(e);
	x->checked[s] = true;
	catalog_rest(x);
	return STATUS_DONE;
}

static bool own_code_is_within(const struct catalog_piece *p, const struct catalog_record *r)
{
	if (r->own == CATALOG_NO_CODE)
		return true;
	if (mark_striated((enum mark)r->mark))
		return r->own < p->size[CATALOG_LANDS] / sizeof(uint64_t);
	return impression_has_fine((enum mark)r->mark) && r->own < p->size[CATALOG_FINE] / CATALOG_FINE_SIZE;
}

/* What a record points to must lie in its piece. */
static int check_records(const struct catalog *x, struct error *e)
{
	for (size_t k = 0, i = 0; k < x->pieces; k++) {
		const struct catalog_piece *p = &x->piece[k];
		uint64_t at = p->from;

		for (uint32_t n = 0; n < p->count; n++, i++) {
			struct catalog_record r;

			record_of(x, i, &r);
			if (r.mark >= MARKS || r.layers >= 1 << LAYERS || r.size > FRAME_BODY_MAX || r.at < at ||
			    r.at > p->to || r.text_at > p->size[CATALOG_TEXTS] ||
			    r.text_size > p->size[CATALOG_TEXTS] - r.text_at || r.width > SIGNATURE_POINTS_MAX)
				return catalog_damaged(e);
			for (int l = 0; l < LAYERS; l++)
				if (r.code[l] != CATALOG_NO_CODE &&
				    r.code[l] >= p->size[CATALOG_RELIEF + l] / sizeof(struct code))
					return catalog_damaged(e);
			if (!own_code_is_within(p, &r))
				return catalog_damaged(e);
			at = r.at + FRAME_HEADER + r.size;
		}
	}
	return STATUS_DONE;
}

/* Does the gallery have this frame where the index says? */
static int frame_stands(const struct catalog *x, size_t i, struct error *e)
{
	unsigned char h[FRAME_HEADER];
	struct catalog_record r;
	ssize_t n;

	record_of(x, i, &r);
	n = pread(x->gallery, h, sizeof h, (off_t)r.at);
	if (n < 0)
		return error_system(e, "cannot read");
	if (n != (ssize_t)sizeof h || bytes_get32(h + 8) != r.size || bytes_get32(h + 12) != r.sum ||
	    bytes_get32(h + 16) != sum_crc32(0, h, 16))
		return error_set(e, STATUS_INPUT, "the index does not fit: the gallery is another, or was changed");
	return STATUS_DONE;
}

static int check_gallery(const struct catalog *x, struct error *e)
{
	const struct catalog_piece *last = &x->piece[x->pieces - 1];
	const struct stat *s = &x->stat;
	size_t step = 1;

	if ((uint64_t)s->st_size < last->to)
		return error_set(e, STATUS_INPUT, "the index does not fit: the gallery is another, or was cut");
	if ((uint64_t)s->st_size == last->gallery_size && s->st_mtim.tv_sec == last->gallery_s &&
	    s->st_mtim.tv_nsec == last->gallery_ns)
		step = x->count / SAMPLES + 1;
	for (size_t i = 0; i < x->count; i += step) {
		int status = frame_stands(x, i, e);

		if (status)
			return status;
	}
	return x->count ? frame_stands(x, x->count - 1, e) : STATUS_DONE;
}

/* Pieces from the begin of the map, up to the last behind an end frame; what follows is unfinished. */
static int find_pieces(struct catalog *x, struct error *e)
{
	uint64_t at = 0, covered = 0;
	size_t room = 0, whole = 0;
	struct catalog_piece p = { 0 };

	for (; x->size - at >= CATALOG_HEADER && !catalog_get_header(x->map + at, x->size - at, &p, e); at += p.whole) {
		if (p.from != covered)
			return catalog_damaged(e);
		if (x->pieces == room) {
			struct catalog_piece *more = mem_grow(x->piece, room = 2 * room + 16, sizeof *more, e);

			if (!more)
				return STATUS_SYSTEM;
			x->piece = more;
		}
		p.first = x->count;
		for (int s = 0; s < CATALOG_SECTIONS; s++)
			p.at[s] += at;
		x->piece[x->pieces++] = p;
		x->count += p.count;
		covered = p.to;
		if (p.ended)
			whole = x->pieces;
	}
	x->pieces = whole;
	if (!whole)
		return catalog_damaged(e);
	x->count = x->piece[whole - 1].first + x->piece[whole - 1].count;
	return STATUS_DONE;
}

static int map_file(const char *gallery, struct catalog *x, struct error *e)
{
	struct buf name = { 0 };
	struct stat st;
	int fd = -1, status = STATUS_SYSTEM;

	if (buf_format(&name, e, "%s" CATALOG_SUFFIX, gallery) || !buf_string(&name, e))
		goto out;
	fd = open((char *)name.data, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		status = errno == ENOENT ? error_set(e, STATUS_NO, "there is no index") :
			 error_system(e, "cannot open the index");
		goto out;
	}
	if (fstat(fd, &st)) {
		status = error_system(e, "cannot read the index");
		goto out;
	}
	if (S_ISREG(st.st_mode) && st.st_size == 0) {   /* somebody makes it for the first time */
		status = error_set(e, STATUS_NO, "there is no index");
		goto out;
	}
	if (!S_ISREG(st.st_mode) || st.st_size < CATALOG_HEADER) {
		status = catalog_damaged(e);
		goto out;
	}
	x->size = (size_t)st.st_size;
	x->map = mmap(NULL, x->size, PROT_READ, MAP_SHARED, fd, 0);
	status = x->map == MAP_FAILED ? error_system(e, "cannot map the index") : STATUS_DONE;
	if (status)
		x->map = NULL;
out:
	if (fd >= 0)
		close(fd);
	buf_free(&name);
	return status;
}

int catalog_open(const char *gallery, struct catalog **out, struct error *e)
{
	struct catalog *x = mem_new(1, sizeof *x, e);
	int status;

	*out = NULL;
	if (!x)
		return STATUS_SYSTEM;
	x->gallery = -1;
	/* codes are used as they lie in the file */
	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		status = error_set(e, STATUS_NO, "there is no index");
	else
		status = map_file(gallery, x, e);
	if (!status)
		status = input_open(gallery, &x->gallery, e);
	if (!status && fstat(x->gallery, &x->stat))
		status = error_system(e, "cannot read");
	if (!status && !S_ISREG(x->stat.st_mode))
		status = error_set(e, STATUS_NO, "there is no index");
	if (!status)
		status = find_pieces(x, e);
	if (!status)
		status = check_section(x, CATALOG_RECORDS, e);
	if (!status)
		status = check_records(x, e);
	if (!status)
		status = check_gallery(x, e);
	if (status)
		catalog_close(x);
	else
		*out = x;
	return status;
}

void catalog_close(struct catalog *x)
{
	if (!x)
		return;
	if (x->map)
		munmap(x->map, x->size);
	if (x->gallery >= 0)
		close(x->gallery);
	free(x->piece);
	free(x);
}

void catalog_summary(const struct catalog *x, struct catalog_summary *out)
{
	*out = (struct catalog_summary){ .count = x->count, .last = x->piece[x->pieces - 1] };
	for (size_t k = 0; k < x->pieces; k++) {
		out->bytes += x->piece[k].whole;
		out->small += x->piece[k].count < CATALOG_PIECE;
	}
}

uint64_t catalog_covers(const struct catalog *x)
{
	return x->piece[x->pieces - 1].to;
}

uint64_t catalog_gallery_size(const struct catalog *x)
{
	return (uint64_t)x->stat.st_size;
}

size_t catalog_count(const struct catalog *x)
{
	return x->count;
}

void catalog_item(const struct catalog *x, size_t i, struct catalog_item *out)
{
	struct catalog_record r;

	record_of(x, i, &r);
	*out = (struct catalog_item){ r.at, r.size, r.sum, (enum mark)r.mark, r.layers, (int)r.width };
}

int catalog_need_codes(struct catalog *x, enum layer layer, struct error *e)
{
	int status = check_section(x, (enum catalog_section)(CATALOG_RELIEF + (int)layer), e);

	return !status && layer == LAYER_RELIEF ? check_section(x, CATALOG_RINGS, e) : status;
}

int catalog_need_lands(struct catalog *x, struct error *e)
{
	return check_section(x, CATALOG_LANDS, e);
}

int catalog_need_texts(struct catalog *x, struct error *e)
{
	return check_section(x, CATALOG_TEXTS, e);
}

const struct code *catalog_code(const struct catalog *x, size_t i, enum layer layer)
{
	struct catalog_record r;
	const struct catalog_piece *p = record_of(x, i, &r);
	const void *codes = section(x, p, (enum catalog_section)(CATALOG_RELIEF + (int)layer));

	return r.code[layer] == CATALOG_NO_CODE ? NULL : (const struct code *)codes + r.code[layer];
}

const struct rings *catalog_rings(const struct catalog *x, size_t i)
{
	struct catalog_record r;
	const struct catalog_piece *p = record_of(x, i, &r);
	const void *rings = section(x, p, CATALOG_RINGS);

	return r.code[LAYER_RELIEF] == CATALOG_NO_CODE ? NULL : (const struct rings *)rings + r.code[LAYER_RELIEF];
}

bool catalog_land(const struct catalog *x, size_t i, struct land_code *out)
{
	struct catalog_record r;
	const struct catalog_piece *p = record_of(x, i, &r);
	const void *codes = section(x, p, CATALOG_LANDS);

	return r.own != CATALOG_NO_CODE && mark_striated((enum mark)r.mark) &&
	       land_code_view((const uint64_t *)codes + r.own, p->size[CATALOG_LANDS] / sizeof(uint64_t) - r.own, out);
}

/* Each has its own sum, behind all of the piece: a search asks for few, and those anywhere. */
const struct fine_code *catalog_fine(const struct catalog *x, size_t i)
{
	struct catalog_record r;
	const struct catalog_piece *p = record_of(x, i, &r);
	size_t count = p->size[CATALOG_FINE] / CATALOG_FINE_SIZE;
	const void *codes = section(x, p, CATALOG_FINE);
	const struct fine_code *code = codes;
	const unsigned char *sums = (const unsigned char *)(code + count);

	if (r.own == CATALOG_NO_CODE || mark_striated((enum mark)r.mark))
		return NULL;
	return sum_wide64(code + r.own, sizeof *code) == bytes_get64(sums + 8 * r.own) ? code + r.own : NULL;
}

const char *catalog_text(const struct catalog *x, size_t i, enum meta key, size_t *size)
{
	struct catalog_record r;
	const struct catalog_piece *p = record_of(x, i, &r);
	const char *at = (const char *)section(x, p, CATALOG_TEXTS) + r.text_at, *end = at + r.text_size;
	const char *name = meta_name(key);
	size_t n = strlen(name);

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		if (!stop)
			break;
		if ((size_t)(stop - at) > n && !memcmp(at, name, n) && at[n] == '=') {
			*size = (size_t)(stop - at) - n - 1;
			return at + n + 1;
		}
		at = stop + 1;
	}
	*size = 0;
	return "";
}

const char *catalog_id(const struct catalog *x, size_t i, size_t *size)
{
	return catalog_text(x, i, META_ID, size);
}

bool catalog_allowed(const struct catalog *x, size_t i, const struct gallery_where *where, size_t conditions)
{
	char text[SIGNATURE_TEXT];

	for (size_t k = 0; k < conditions; k++) {
		size_t n;
		const char *value = catalog_text(x, i, where[k].key, &n);

		n = n < sizeof text ? n : sizeof text - 1;
		memcpy(text, value, n);
		text[n] = 0;
		if (fnmatch(where[k].pattern, text, 0))
			return false;
	}
	return true;
}

int catalog_load(const struct catalog *x, size_t i, struct gallery_entry *out, struct error *e)
{
	struct catalog_record r;
	ssize_t got;
	int status;

	record_of(x, i, &r);
	memset(out, 0, sizeof *out);
	if (buf_reserve(&out->body, r.size, e))
		return STATUS_SYSTEM;
	got = input_read_at(x->gallery, out->body.data, r.size, r.at + FRAME_HEADER);
	out->body.size = got > 0 ? (size_t)got : 0;
	if (got < 0)
		status = error_system(e, "cannot read");
	else if (out->body.size != r.size || sum_crc32(0, out->body.data, r.size) != r.sum)
		status = error_set(e, STATUS_INPUT, "at byte %llu: the gallery was changed while it was searched",
				   (unsigned long long)r.at);
	else
		status = unpack_head(out->body.data, r.size, r.sum, &out->head, e);
	if (status)
		gallery_entry_free(out);
	return status;
}

int catalog_read_rest(const struct catalog *x, struct gallery *g, const struct gallery_where *where, size_t conditions,
		    struct error *e)
{
	uint64_t from = catalog_covers(x);
	int fd, status;
	FILE *in;

	if (catalog_gallery_size(x) == from)
		return STATUS_DONE;
	fd = dup(x->gallery);
	in = fd >= 0 ? fdopen(fd, "r") : NULL;
	if (!in) {
		status = error_system(e, "cannot read");
		if (fd >= 0)
			close(fd);
		return status;
	}
	if (fseeko(in, (off_t)from, SEEK_SET))
		status = error_system(e, "cannot read");
	else
		status = gallery_read_from(g, in, from, where, conditions, e);
	fclose(in);
	return status;
}
