/* catalog_make.c - the index beside a gallery: making it, and adding what was added */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/batch.h"
#include "base/bytes.h"
#include "base/mem.h"
#include "base/sum.h"
#include "file/input.h"
#include "file/lock.h"
#include "file/replace.h"
#include "match/catalog.h"
#include "match/catalog_chunk.h"

/* Another indexer of a million signatures takes minutes. */
#define WAIT_S 3600.0
#define AHEAD (8u << 20)
/* Less than this is written sooner than others have been asked to. */
#define WORTH_A_THREAD (1u << 20)

/* A piece in the making. */
struct maker {
	FILE *gallery;
	struct stat stat;             /* of it, before it was read */
	struct frame_reader reader;
	int (*check)(const struct signature *head, struct error *e);
	struct catalog_chunk *spare;  /* those that are not under way */
	size_t found;                 /* signatures of this gallery, in this run */
	uint64_t ahead;               /* up to where the gallery was asked for */
	int status;                   /* whether there is more to read: STATUS_NO, or why not */
	struct error *e;
	struct catalog_piece piece;
	struct buf section[CATALOG_SECTIONS];
	struct buf fine_sums;         /* of each fine code, a word: they stand behind all of these */
	struct catalog_shared shared;
	int threads;
	int out;                      /* descriptor */
	uint64_t at;                  /* where the next piece goes */
	bool live;                    /* others may be reading what is written to */
	struct catalog_made *made;
};

static int write_at(int fd, const void *bytes, size_t size, uint64_t at, struct error *e)
{
	const unsigned char *p = bytes;

	while (size) {
		ssize_t n = pwrite(fd, p, size, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return error_system(e, "cannot write the index");
		p += n;
		at += (uint64_t)n;
		size -= (size_t)n;
	}
	return STATUS_DONE;
}

/* The sections of a piece, written by several threads. */
struct section {
	int which, status;
	struct error error;
};

struct writer {
	const struct maker *maker;
	struct catalog_piece *piece;
	struct section section[CATALOG_SECTIONS];
	int next;
	struct error *e;
};

static void *next_section(void *context)
{
	struct writer *w = context;
	struct section *s = w->section + w->next;

	if (w->next == CATALOG_SECTIONS)
		return NULL;
	s->which = w->next++;
	return s;
}

static void write_section(void *context, void *job)
{
	struct writer *w = context;
	struct section *s = job;
	const struct buf *b = &w->maker->section[s->which];
	uint64_t at = w->maker->at + w->piece->at[s->which];

	w->piece->sum[s->which] = sum_wide64(b->data, b->size);
	s->status = write_at(w->maker->out, b->data, b->size, at, &s->error);
	/* the disk need not wait for the rest; where it does, nothing is lost */
	if (!s->status && b->size >= WORTH_A_THREAD)
		sync_file_range(w->maker->out, (off_t)at, (off_t)b->size, SYNC_FILE_RANGE_WRITE);
}

static int section_written(void *context, void *job)
{
	struct writer *w = context;
	struct section *s = job;

	if (s->status)
		*w->e = s->error;
	return s->status;
}

static int write_sections(struct maker *m, struct catalog_piece *p, struct error *e)
{
	static const struct batch steps = { next_section, write_section, section_written, NULL };
	struct writer w = { .maker = m, .piece = p, .e = e };

	return batch_run(&steps, &w, p->whole < WORTH_A_THREAD ? 1 : m->threads, e);
}

/* The header last, when all the rest is on the disk: a piece without it is not there. */
static int write_piece(struct maker *m, struct error *e)
{
	struct catalog_piece *p = &m->piece;
	unsigned char h[CATALOG_HEADER];
	uint64_t end = CATALOG_HEADER;
	int status;

	if (buf_add(&m->section[CATALOG_FINE], m->fine_sums.data, m->fine_sums.size, e))
		return STATUS_SYSTEM;
	m->fine_sums.size = 0;
	p->gallery_size = (uint64_t)m->stat.st_size;
	p->gallery_s = m->stat.st_mtim.tv_sec;
	p->gallery_ns = m->stat.st_mtim.tv_nsec;
	for (int k = 0; k < CATALOG_SECTIONS; k++) {
		p->at[k] = catalog_round(end);
		p->size[k] = m->section[k].size;
		end = p->at[k] + p->size[k];
	}
	p->whole = catalog_round(end);
	if (ftruncate(m->out, (off_t)(m->at + p->whole)))
		return error_system(e, "cannot write the index");
	status = write_sections(m, p, e);
	if (!status && m->live && fdatasync(m->out))
		status = error_system(e, "cannot write the index");
	catalog_put_header(p, h);
	if (!status)
		status = write_at(m->out, h, sizeof h, m->at, e);
	if (!status && m->live && fsync(m->out))
		status = error_system(e, "cannot write the index");
	if (status)
		return status;
	m->at += p->whole;
	m->made->added += p->count;
	m->made->signatures += p->count;
	p->count = 0;
	p->from = p->to;
	for (int k = 0; k < CATALOG_SECTIONS; k++)
		m->section[k].size = 0;
	return STATUS_DONE;
}

static int check_unchanged(const struct maker *m, struct error *e)
{
	struct stat now;

	if (fstat(fileno(m->gallery), &now))
		return error_system(e, "cannot read");
	if (now.st_size != m->stat.st_size || now.st_mtim.tv_sec != m->stat.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != m->stat.st_mtim.tv_nsec)
		return error_set(e, STATUS_INPUT, "the gallery changes while it is read");
	return STATUS_DONE;
}

/* Headers are looked at here and there: the system is told that all between them will be wanted, too, but where it has
 * the end of that in memory already. */
static void read_ahead(struct maker *m)
{
	char last;
	struct iovec to = { &last, 1 };
	int fd = fileno(m->gallery);

	if (m->reader.next + AHEAD / 2 < m->ahead)
		return;
	m->ahead = m->reader.next + AHEAD;
	if (preadv2(fd, &to, 1, (off_t)m->ahead - 1, RWF_NOWAIT) < 0)
		posix_fadvise(fd, (off_t)m->reader.next, AHEAD, POSIX_FADV_WILLNEED);
}

/* Chunks are used again and again, and found and given back by one thread. None reaches from one piece into the
 * next. */
static void *next_chunk(void *context)
{
	struct maker *m = context;
	struct catalog_chunk *c = m->spare;

	if (m->status)
		return NULL;
	if (c)
		m->spare = c->next;
	else if (!(c = mem_new(1, sizeof *c, m->e)))
		m->status = STATUS_SYSTEM;
	if (!c)
		return NULL;
	read_ahead(m);
	catalog_chunk_find(c, &m->reader, CATALOG_PIECE - m->found % CATALOG_PIECE);
	m->found += c->count;
	m->status = c->status;
	return c;
}

static void take_apart(void *context, void *job)
{
	struct maker *m = context;

	catalog_chunk_take_apart(job, m->check, &m->shared);
}

/* By the first chunk: how large a piece's sections become, if all the others are like it. Where they are not, the
 * sections grow. */
static int expect(struct maker *m, const struct catalog_chunk *c, struct error *e)
{
	const struct frame_body *last = &c->frame[c->count - 1];
	uint64_t from = c->frame[0].at, left = (uint64_t)m->stat.st_size > from ? (uint64_t)m->stat.st_size - from : 0;
	uint64_t count = left / ((last->at + FRAME_HEADER + last->size - from) / c->count) + c->count;

	count = count < CATALOG_PIECE ? count : CATALOG_PIECE;
	for (int k = 0; k < CATALOG_SECTIONS; k++) {
		struct buf *b = &m->section[k];
		size_t size = k == CATALOG_RECORDS ? CATALOG_RECORD * c->count : c->section[k].size;

		size += k == CATALOG_FINE ? c->fine_sums.size : 0;
		if (b->data || !size)
			continue;
		size += size * (count + count / 16) / c->count;
		b->data = mem_table(size, 1, e);
		if (!b->data)
			return STATUS_SYSTEM;
		b->room = size;
	}
	return STATUS_DONE;
}

/* A chunk's places become those of the piece. */
static int add_chunk(struct maker *m, const struct catalog_chunk *c, struct error *e)
{
	unsigned char b[CATALOG_RECORD];

	if (c->count && !m->piece.count && expect(m, c, e))
		return STATUS_SYSTEM;
	for (size_t i = 0; i < c->count; i++) {
		struct catalog_record r = c->record[i];

		r.text_at += m->section[CATALOG_TEXTS].size;
		for (int l = 0; l < LAYERS; l++)
			if (r.code[l] != CATALOG_NO_CODE)
				r.code[l] += (uint32_t)(m->section[CATALOG_RELIEF + l].size / sizeof(struct code));
		if (r.own != CATALOG_NO_CODE)
			r.own += (uint32_t)(mark_striated((enum mark)r.mark) ?
					    m->section[CATALOG_LANDS].size / sizeof(uint64_t) :
					    m->section[CATALOG_FINE].size / sizeof(struct fine_code));
		catalog_put_record(&r, b);
		if (buf_add(&m->section[CATALOG_RECORDS], b, sizeof b, e))
			return STATUS_SYSTEM;
		bytes_put32(b, r.sum);
		m->piece.frames = sum_crc32(m->piece.frames, b, 4);
	}
	for (int k = 0; k < CATALOG_SECTIONS; k++)
		if (buf_add(&m->section[k], c->section[k].data, c->section[k].size, e))
			return STATUS_SYSTEM;
	m->piece.count += (uint32_t)c->count;
	return buf_add(&m->fine_sums, c->fine_sums.data, c->fine_sums.size, e);
}

static void chunk_dropped(void *context, void *job)
{
	struct maker *m = context;
	struct catalog_chunk *c = job;

	c->next = m->spare;
	m->spare = c;
}

static int chunk_taken(void *context, void *job)
{
	struct maker *m = context;
	struct catalog_chunk *c = job;
	int status = c->status == STATUS_NO ? STATUS_DONE : c->status;

	if (status)
		*m->e = c->error;
	if (!status && c->count && m->piece.count == CATALOG_PIECE) {
		m->piece.to = c->frame[0].at;
		m->piece.ended = false;
		status = write_piece(m, m->e);
	}
	if (!status)
		status = add_chunk(m, c, m->e);
	chunk_dropped(m, c);
	return status;
}

/* All pieces from m->piece.from on. */
static int make_pieces(struct maker *m, struct error *e)
{
	static const struct batch steps = { next_chunk, take_apart, chunk_taken, chunk_dropped };
	int status;

	frame_reader_start(&m->reader, m->gallery);
	m->reader.next = m->piece.from;
	m->reader.ended = m->piece.from > 0;
	m->e = e;
	status = batch_run(&steps, m, m->threads, e);
	if (!status && m->status != STATUS_NO)
		status = m->status;
	if (!status)
		status = check_unchanged(m, e);
	m->piece.to = m->reader.next;
	m->piece.ended = true;
	if (!status)
		status = write_piece(m, e);
	frame_reader_free(&m->reader);
	return status;
}

/* What is there already, if it fits: where the next piece begins, in the gallery and in the index. 1: it is to be
 * made anew. */
static int take_up(struct maker *m, const char *gallery, int *nothing_new)
{
	struct catalog *x;
	struct catalog_summary sum;

	*nothing_new = 0;
	if (catalog_open(gallery, &x, NULL))
		return 1;
	catalog_summary(x, &sum);
	catalog_close(x);
	if (sum.small > CATALOG_SMALL_MOST)
		return 1;
	m->piece.from = sum.last.to;
	m->piece.frames = sum.last.frames;
	m->at = sum.bytes;
	m->made->signatures = sum.count;
	*nothing_new = (uint64_t)m->stat.st_size == sum.last.to && sum.last.gallery_size == sum.last.to &&
		       m->stat.st_mtim.tv_sec == sum.last.gallery_s && m->stat.st_mtim.tv_nsec == sum.last.gallery_ns;
	return 0;
}

static int make_anew(struct maker *m, const char *name, struct error *e)
{
	struct replace r;
	int status = replace_begin(&r, name, e);

	if (status)
		return status;
	m->out = fileno(r.out);
	m->made->anew = true;
	status = make_pieces(m, e);
	if (status)
		replace_abort(&r);
	else
		status = replace_commit(&r, e);
	return status;
}

static int extend(struct maker *m, int fd, struct error *e)
{
	uint64_t before = m->at;
	int status;

	m->out = fd;
	m->live = true;
	status = make_pieces(m, e);
	/* what was half written is taken back; if that fails too, it has no header that is whole, or ends within a run */
	if (status && ftruncate(fd, (off_t)before))
		return status;
	return status;
}

/* Opens and locks the index; one that another has put in its place meanwhile is opened instead. */
static int lock_index(const char *name, int *out, bool *fresh, struct error *e)
{
	for (;;) {
		int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666), status;
		struct stat a, b;

		if (fd < 0)
			return error_system(e, "cannot open the index");
		status = fstat(fd, &a) ? error_system(e, "cannot open the index") : STATUS_DONE;
		if (!status && !S_ISREG(a.st_mode))
			status = error_set(e, STATUS_INPUT, "the index is no file");
		if (!status)
			status = lock_take(fd, LOCK_EXCLUSIVE, WAIT_S, e);
		if (!status && !stat(name, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino) {
			*out = fd;
			*fresh = !fstat(fd, &a) && a.st_size == 0;
			return STATUS_DONE;
		}
		close(fd);
		if (status)
			return status;
	}
}

static int open_gallery(const char *gallery, struct maker *m, struct error *e)
{
	int status = strcmp(gallery, "-") ? input_stream(gallery, &m->gallery, e) :
		     error_set(e, STATUS_USAGE, "standard input has no index");

	if (!status && fstat(fileno(m->gallery), &m->stat))
		status = error_system(e, "cannot read");
	if (!status && !S_ISREG(m->stat.st_mode))
		status = error_set(e, STATUS_INPUT, "only a file can have an index");
	return status;
}

int catalog_make(const char *gallery, int (*check)(const struct signature *head, struct error *e), int threads,
	       struct catalog_made *made, struct error *e)
{
	struct maker m = { .check = check, .threads = threads, .made = made,
			   .shared = { .lock = PTHREAD_MUTEX_INITIALIZER } };
	struct catalog_chunk *c;
	struct buf name = { 0 };
	bool fresh = false;
	int fd = -1, nothing_new, status;

	memset(made, 0, sizeof *made);
	status = open_gallery(gallery, &m, e);
	if (!status && (buf_format(&name, e, "%s" CATALOG_SUFFIX, gallery) || !buf_string(&name, e)))
		status = STATUS_SYSTEM;
	if (!status)
		status = lock_index((char *)name.data, &fd, &fresh, e);
	/* while another was waited for, the gallery may have grown */
	if (!status && fstat(fileno(m.gallery), &m.stat))
		status = error_system(e, "cannot read");
	if (!status) {
		if (take_up(&m, gallery, &nothing_new))
			status = make_anew(&m, (char *)name.data, e);
		else if (!nothing_new)
			status = extend(&m, fd, e);
		if (status && fresh)
			unlink((char *)name.data);
	}
	for (int k = 0; k < CATALOG_SECTIONS; k++)
		buf_free(&m.section[k]);
	catalog_shared_free(&m.shared);
	buf_free(&m.fine_sums);
	while ((c = m.spare)) {
		m.spare = c->next;
		catalog_chunk_free(c);
	}
	if (fd >= 0)
		close(fd);
	if (m.gallery)
		input_close(m.gallery);
	buf_free(&name);
	return status;
}
