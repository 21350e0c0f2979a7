/* t_catalog.c - tests of match/catalog and match/stock */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "file/data.h"
#include "match/catalog_chunk.h"
#include "match/ready.h"
#include "match/stock.h"
#include "sign/frame.h"
#include "sign/land.h"
#include "unit/made_land.h"
#include "unit/marked.h"
#include "unit/scratch.h"

Suite *t_catalog(void);

static int accept_all(const struct signature *head, struct error *e)
{
	(void)head;
	(void)e;
	return STATUS_DONE;
}

static int refuse_all(const struct signature *head, struct error *e)
{
	(void)head;
	return error_set(e, STATUS_INPUT, "refused");
}

/* A run of `count` signatures n<first>, ..., appended to a file; every third is a photograph's, and of the first
 * forty every fifth a land, every other of those without its code; every fourth and seventh has no fine code, and of those
 * the former are large enough for one. */
static void append(const char *name, int first, int count)
{
	FILE *out = fopen(scratch_path(name), "a");
	struct frame_writer w;
	struct error e;

	ck_assert_ptr_nonnull(out);
	frame_writer_start(&w, out);
	for (int i = first; i < first + count; i++) {
		struct buf frame = { 0 };
		struct signature s;
		char id[20];

		if (i < 40 && i % 5 == 4)
			made_land_signature((uint64_t)i, 1, i % 3 == 0, &s);
		else
			marked_small((uint64_t)i, i % 4 == 1 ? 64 : 8, i % 3 ? 3 : 2, &s);
		if (i % 4 == 1 || i % 7 == 2) {
			free(s.fine);
			s.fine = NULL;
		}
		if (i % 10 == 4) {
			free(s.land_code);
			s.land_code = NULL;
		}
		snprintf(id, sizeof id, "n%d", i);
		signature_set(&s, META_ID, id, &e);
		signature_set(&s, META_CALIBRE, i % 2 ? "9 mm" : ".45", &e);
		ck_assert_int_eq(frame_pack(&s, &frame, &e), 0);
		ck_assert_int_eq(frame_write(&w, &frame, &e), 0);
		buf_free(&frame);
		signature_free(&s);
	}
	ck_assert_int_eq(frame_finish(&w, &e), 0);
	fclose(out);
}

static struct catalog_made make_by(int threads)
{
	struct catalog_made made;
	struct error e = { 0 };

	ck_assert_msg(catalog_make(scratch_path("g"), accept_all, threads, &made, &e) == 0, "%s", e.text);
	return made;
}

static struct catalog_made make(void)
{
	return make_by(0);
}

static struct catalog *opened(void)
{
	struct catalog *x;
	struct error e = { 0 };

	ck_assert_msg(catalog_open(scratch_path("g"), &x, &e) == 0, "%s", e.text);
	ck_assert_int_eq(catalog_need_texts(x, &e), 0);
	ck_assert_int_eq(catalog_need_codes(x, LAYER_RELIEF, &e), 0);
	ck_assert_int_eq(catalog_need_codes(x, LAYER_LOOK, &e), 0);
	ck_assert_int_eq(catalog_need_lands(x, &e), 0);
	return x;
}

/* A relief has the fine code that its signature has, else that which is made of its values. */
static void check_fine_code(const struct catalog *x, size_t i, const struct gallery_entry *entry)
{
	const struct fine_code *got = catalog_fine(x, i);
	struct fine_code want;
	struct error e;
	int status = ready_fine_code(&entry->head, &entry->body, &want, &e);

	ck_assert_int_eq(got != NULL, status == STATUS_DONE);
	ck_assert(!got || !memcmp(got, &want, sizeof want));
	ck_assert((uintptr_t)got % CATALOG_ALIGN == 0);
}

/* A striated mark has the code that is made of it, whether it was filed with it or not, and no other. */
static void check_codes(const struct catalog *x, size_t i, const struct gallery_entry *entry)
{
	static const struct signature without_code;
	const struct signature *s = &entry->head;
	uint64_t filed[LAND_CODE_ROOM];
	struct land_code land, own;
	size_t size;
	struct error e;

	for (int l = 0; l < LAYERS; l++) {
		const struct code *code = catalog_code(x, i, (enum layer)l);

		ck_assert_int_eq(code != NULL, s->layer[l] && !mark_striated(s->mark));
		ck_assert(!code || !memcmp(code, &s->code[l], sizeof *code));
	}
	if (s->layer[LAYER_RELIEF] && !mark_striated(s->mark)) {
		struct rings_basis *basis = rings_new(&impression_params(s->mark)->lattice, &e);
		struct rings rings;

		ck_assert_ptr_nonnull(basis);
		rings_make(basis, &s->code[LAYER_RELIEF], &rings);
		ck_assert(!memcmp(catalog_rings(x, i), &rings, sizeof rings));
		rings_free(basis);
	} else {
		ck_assert_ptr_null(catalog_rings(x, i));
	}
	check_fine_code(x, i, entry);
	ck_assert_int_eq(catalog_land(x, i, &land), mark_striated(s->mark));
	if (!mark_striated(s->mark))
		return;
	ck_assert_int_eq(ready_land_code(&without_code, &entry->body, filed, &size, &e), 0);
	ck_assert(land_code_view(filed, size, &own));
	ck_assert(own.n == land.n && own.ends == land.ends && own.lit == land.lit);
	ck_assert(!memcmp(own.bit, land.bit, (size_t)own.words * 8) && !memcmp(own.on, land.on, (size_t)own.words * 8));
}

/* The index and what is read beyond it say the same as the gallery. */
static void check_against_gallery(struct catalog *x)
{
	struct gallery g = { 0 }, rest = { 0 };
	FILE *in = fopen(scratch_path("g"), "r");
	struct error e;

	ck_assert_ptr_nonnull(in);
	ck_assert_int_eq(gallery_read(&g, in, NULL, 0, &e), 0);
	fclose(in);
	ck_assert_int_eq(catalog_read_rest(x, &rest, NULL, 0, &e), 0);
	ck_assert_uint_eq(catalog_count(x) + rest.count, g.count);
	for (size_t i = 0; i < catalog_count(x); i++) {
		const struct signature *s = &g.entry[i].head;
		struct gallery_entry loaded;
		struct catalog_item item;
		size_t n;
		const char *id = catalog_id(x, i, &n);

		catalog_item(x, i, &item);
		ck_assert(item.mark == s->mark && item.sum == s->sum && item.size == g.entry[i].body.size);
		ck_assert_int_eq(item.width, s->width);
		ck_assert(n == strlen(signature_meta(s, META_ID)) && !memcmp(id, signature_meta(s, META_ID), n));
		for (int l = 0; l < LAYERS; l++)
			ck_assert_int_eq(item.layers >> l & 1, s->layer[l] != NULL);
		check_codes(x, i, &g.entry[i]);
		ck_assert_int_eq(catalog_load(x, i, &loaded, &e), 0);
		ck_assert(gallery_same(&loaded, &g.entry[i]));
		gallery_entry_free(&loaded);
	}
	gallery_free(&g);
	gallery_free(&rest);
}

START_TEST(says_what_the_gallery_says)
{
	struct catalog *x;

	append("g", 0, 20);
	append("g", 20, 0);
	append("g", 20, 7);
	ck_assert_uint_eq(make().added, 27);
	x = opened();
	check_against_gallery(x);
	ck_assert_uint_eq(catalog_covers(x), catalog_gallery_size(x));
	catalog_close(x);
	ck_assert_int_eq(scratch_count(), 2);
}
END_TEST

START_TEST(is_extended)
{
	struct catalog *x, *old;
	struct catalog_made made;
	struct gallery_entry entry;
	struct stat before, after;
	struct error e;

	append("g", 0, 10);
	made = make();
	ck_assert(made.anew && made.signatures == 10);
	old = opened();
	stat(scratch_path("g.idx"), &before);
	append("g", 10, 5);
	/* what was added since is read from the gallery */
	x = opened();
	ck_assert_uint_eq(catalog_count(x), 10);
	check_against_gallery(x);
	catalog_close(x);
	made = make();
	ck_assert(!made.anew && made.added == 5 && made.signatures == 15);
	stat(scratch_path("g.idx"), &after);
	ck_assert(before.st_ino == after.st_ino && after.st_size > before.st_size);
	x = opened();
	ck_assert_uint_eq(catalog_count(x), 15);
	check_against_gallery(x);
	catalog_close(x);
	/* nothing new: nothing is written */
	made = make();
	ck_assert(!made.anew && made.added == 0 && made.signatures == 15);
	stat(scratch_path("g.idx"), &before);
	ck_assert_int_eq(before.st_size, after.st_size);
	/* who had it open has what he had */
	ck_assert_uint_eq(catalog_count(old), 10);
	ck_assert_int_eq(catalog_load(old, 9, &entry, &e), 0);
	ck_assert_str_eq(signature_meta(&entry.head, META_ID), "n9");
	gallery_entry_free(&entry);
	catalog_close(old);
}
END_TEST

/* The smallest land there is, again and again. */
static void append_small(int count)
{
	static const struct land_options options = LAND_OPTIONS_DEFAULT;
	float z[] = { 0, 1, 3, 2, -1, -4, -2, 0 }, sure[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
	struct land l = { .n = 8, .step_um = options.step_um, .z = z, .sure = sure };
	struct signature s = { 0 };
	struct buf frame = { 0 };
	struct frame_writer w;
	struct error e;
	FILE *out = fopen(scratch_path("g"), "a");

	ck_assert_ptr_nonnull(out);
	ck_assert_int_eq(land_file(&l, &options, &s, &e), 0);
	ck_assert_int_eq(frame_pack(&s, &frame, &e), 0);
	frame_writer_start(&w, out);
	for (int i = 0; i < count; i++)
		ck_assert_int_eq(frame_write(&w, &frame, &e), 0);
	ck_assert_int_eq(frame_finish(&w, &e), 0);
	fclose(out);
	buf_free(&frame);
	signature_free(&s);
}

/* More than a piece, and ends where chunks do not: the same by any number of threads, and each stands where it is. */
START_TEST(threads_and_pieces_do_not_matter)
{
	size_t at[] = { 29, 30, 30 + CATALOG_CHUNK, CATALOG_PIECE - 1, CATALOG_PIECE, 0 };
	struct data first = { 0 };

	append("g", 0, 30);
	append_small(CATALOG_PIECE - 30 + CATALOG_CHUNK + 7);
	append("g", 30, 11);
	for (int threads = 1; threads <= 5; threads += 2) {
		struct catalog *x;
		struct data d;
		struct error e;

		ck_assert_uint_eq(make_by(threads).signatures, CATALOG_PIECE + CATALOG_CHUNK + 18);
		ck_assert_int_eq(data_read(scratch_path("g.idx"), 1 << 30, &d, &e), 0);
		ck_assert(!first.size || (d.size == first.size && !memcmp(d.bytes, first.bytes, d.size)));
		data_free(&first);
		first = d;
		x = opened();
		at[5] = catalog_count(x) - 1;
		for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
			struct gallery_entry entry;

			ck_assert_int_eq(catalog_load(x, at[k], &entry, &e), 0);
			check_codes(x, at[k], &entry);
			gallery_entry_free(&entry);
		}
		catalog_close(x);
		ck_assert_int_eq(unlink(scratch_path("g.idx")), 0);
	}
	data_free(&first);
}
END_TEST

START_TEST(many_pieces_are_put_together)
{
	struct catalog_made made;
	struct catalog *x;
	int anew = 0;

	append("g", 0, 1);
	make();
	for (int i = 1; i < CATALOG_SMALL_MOST + 4; i++) {
		append("g", i, 1);
		made = make();
		anew += made.anew;
		ck_assert_uint_eq(made.signatures, (uint64_t)i + 1);
	}
	ck_assert_int_eq(anew, 1);
	x = opened();
	check_against_gallery(x);
	catalog_close(x);
}
END_TEST

static void refused(const char *why)
{
	struct catalog *x;
	struct error e = { 0 };

	ck_assert_int_eq(catalog_open(scratch_path("g"), &x, &e), STATUS_INPUT);
	ck_assert_ptr_null(x);
	ck_assert_msg(strstr(e.text, why), "%s", e.text);
}

START_TEST(does_not_fit_another_gallery)
{
	struct catalog *x;
	struct error e;
	size_t size;
	char *bytes;

	append("h", 50, 10);
	append("g", 0, 10);
	ck_assert_int_eq(catalog_open(scratch_path("g"), &x, &e), STATUS_NO);
	make();
	/* one with the same number of signatures */
	ck_assert_int_eq(rename(scratch_path("g"), scratch_path("g0")), 0);
	ck_assert_int_eq(rename(scratch_path("h"), scratch_path("g")), 0);
	refused("does not fit");
	/* the right one, touched: it fits */
	bytes = scratch_read("g0", &size);
	scratch_write("g", bytes, size);
	x = opened();
	check_against_gallery(x);
	catalog_close(x);
	/* cut */
	scratch_write("g", bytes, size / 2);
	refused("was cut");
	/* one signature is another, all others stand */
	bytes[bytes_get32(bytes + 8) + FRAME_HEADER + 12] ^= 1;
	scratch_write("g", bytes, size);
	refused("does not fit");
	free(bytes);
	ck_assert_int_eq(unlink(scratch_path("g")), 0);
	ck_assert_int_eq(catalog_open(scratch_path("g"), &x, &e), STATUS_INPUT);
}
END_TEST

/* A changed byte is noticed wherever it is, or is in what nobody reads; a cut one, too. (Fine codes: see below.) */
START_TEST(damage_is_noticed)
{
	struct catalog_piece p;
	size_t size;
	char *bytes;

	append("g", 0, 5);
	make();
	bytes = scratch_read("g.idx", &size);
	ck_assert_int_eq(catalog_get_header((unsigned char *)bytes, size, &p, NULL), 0);
	for (size_t i = 0; i < size; i += i < 400 ? 1 : 37) {
		struct catalog *x;
		struct error e;
		int status;

		bytes[i] ^= 16;
		scratch_write("g.idx", bytes, size);
		bytes[i] ^= 16;
		status = catalog_open(scratch_path("g"), &x, &e);
		for (int l = 0; !status && l < LAYERS; l++)
			status = catalog_need_codes(x, (enum layer)l, &e);
		if (!status)
			status = catalog_need_lands(x, &e);
		if (!status)
			status = catalog_need_texts(x, &e);
		if (!status && i - p.at[CATALOG_FINE] >= p.size[CATALOG_FINE]) /* what fills up between sections */
			check_against_gallery(x);
		catalog_close(x);
		ck_assert(status == 0 || status == STATUS_INPUT);
	}
	for (size_t n = 1; n < size; n += 1 + n / 7) {
		scratch_write("g.idx", bytes, n);
		refused("damaged");
	}
	scratch_write("g.idx", bytes, size);
	catalog_close(opened());
	/* and the next that makes it makes it anew */
	scratch_write("g.idx", bytes, size - 1);
	ck_assert(make().anew);
	catalog_close(opened());
	free(bytes);
}
END_TEST

static size_t fine_codes(const struct catalog *x)
{
	size_t n = 0;

	for (size_t i = 0; i < catalog_count(x); i++)
		n += catalog_fine(x, i) != NULL;
	return n;
}

/* Of a damaged code, or sum, only that one is gone; nothing else is refused. */
START_TEST(a_damaged_fine_code_is_none)
{
	struct catalog_piece p;
	struct catalog *x;
	size_t size, all, codes;
	struct error e;
	char *bytes;

	append("g", 0, 30);
	make();
	x = opened();
	all = fine_codes(x);
	catalog_close(x);
	ck_assert_uint_gt(all, 10);
	bytes = scratch_read("g.idx", &size);
	ck_assert_int_eq(catalog_get_header((unsigned char *)bytes, size, &p, &e), 0);
	codes = p.size[CATALOG_FINE] / CATALOG_FINE_SIZE;
	ck_assert_uint_eq(codes, all);
	for (size_t k = 0; k < 4 * codes; k++) {
		size_t n = k % codes, place = k * 131 % sizeof(struct fine_code);
		char *at = bytes + p.at[CATALOG_FINE] +
			   (k % 2 ? codes * sizeof(struct fine_code) + 8 * n + k % 8 : n * sizeof(struct fine_code) + place);

		*at ^= (char)(1 << k % 8);
		scratch_write("g.idx", bytes, size);
		*at ^= (char)(1 << k % 8);
		x = opened();
		ck_assert_uint_eq(fine_codes(x), all - 1);
		catalog_close(x);
	}
	free(bytes);
}
END_TEST

/* Makes the sums of a piece at the begin of a file right again. */
static void put_sums_right(unsigned char *bytes, struct catalog_piece *p)
{
	for (int k = 0; k < CATALOG_SECTIONS; k++)
		p->sum[k] = sum_wide64(bytes + p->at[k], p->size[k]);
	catalog_put_header(p, bytes);
}

/* An index made to harm: fine codes that are not there, of marks that have none, of sizes that make no sense. */
START_TEST(fine_codes_that_lie_are_refused)
{
	static const uint32_t lies[] = { 0, 1, 1000, 0x7fffffff, 0x80000000, 0xfffffffe };
	struct catalog_piece p, changed;
	struct catalog_record r;
	struct catalog *x;
	size_t size, codes;
	struct error e;
	unsigned char *bytes, *record;

	append("g", 0, 3);   /* a photograph, a large one without, a small one with neither places nor code */
	make();
	bytes = (unsigned char *)scratch_read("g.idx", &size);
	ck_assert_int_eq(catalog_get_header(bytes, size, &p, &e), 0);
	codes = p.size[CATALOG_FINE] / CATALOG_FINE_SIZE;
	ck_assert_uint_eq(codes, 1);
	record = bytes + p.at[CATALOG_RECORDS] + CATALOG_RECORD;
	for (size_t k = 0; k < sizeof lies / sizeof *lies; k++) {
		catalog_get_record(record, &r);
		r.own = lies[k];
		catalog_put_record(&r, record);
		put_sums_right(bytes, &p);
		scratch_write("g.idx", (char *)bytes, size);
		if (lies[k] < codes)
			catalog_close(opened());
		else
			refused("damaged");
	}
	r.own = 0;
	for (int m = 0; m <= MARKS; m++) {
		r.mark = (uint8_t)m;
		catalog_put_record(&r, record);
		put_sums_right(bytes, &p);
		scratch_write("g.idx", (char *)bytes, size);
		if (m == MARK_BREECH_FACE) {
			x = opened();
			ck_assert_ptr_nonnull(catalog_fine(x, 1));
			catalog_close(x);
		} else {
			refused("damaged");
		}
	}
	r.mark = MARK_BREECH_FACE;
	catalog_put_record(&r, record);
	for (int64_t off = -9; off <= 9; off++) {
		changed = p;
		changed.size[CATALOG_FINE] += (uint64_t)off;
		put_sums_right(bytes, &changed);
		scratch_write("g.idx", (char *)bytes, size);
		if (off)
			refused("damaged");
		else
			catalog_close(opened());
	}
	free(bytes);
}
END_TEST

/* What an extension left half done does no harm, and is done by the next. */
START_TEST(half_an_extension_does_no_harm)
{
	size_t whole, size;
	char *bytes;
	struct catalog *x;

	append("g", 0, 4);
	make();
	free(scratch_read("g.idx", &whole));
	append("g", 4, 4);
	make();
	bytes = scratch_read("g.idx", &size);
	for (int k = 0; k < 3; k++) {
		if (k == 0)
			scratch_write("g.idx", bytes, size - 64);
		else if (k == 1)
			scratch_write("g.idx", bytes, whole + 100);
		else
			memset(bytes + whole, 0, CATALOG_HEADER), scratch_write("g.idx", bytes, size);
		x = opened();
		ck_assert_uint_eq(catalog_count(x), 4);
		check_against_gallery(x);
		catalog_close(x);
		ck_assert(!make().anew);
		x = opened();
		ck_assert_uint_eq(catalog_count(x), 8);
		check_against_gallery(x);
		catalog_close(x);
	}
	free(bytes);
}
END_TEST

START_TEST(bad_galleries_get_none)
{
	struct catalog_made made;
	struct error e;
	size_t size;
	char *bytes;

	append("g", 0, 4);
	ck_assert_int_eq(catalog_make(scratch_path("g"), refuse_all, 0, &made, &e), STATUS_INPUT);
	ck_assert_str_eq(e.text, "n0: refused");
	bytes = scratch_read("g", &size);
	scratch_write("g", bytes, size - 1);
	ck_assert_int_eq(catalog_make(scratch_path("g"), accept_all, 0, &made, &e), STATUS_INPUT);
	free(bytes);
	ck_assert_int_eq(scratch_count(), 1);
	ck_assert_int_eq(catalog_make(scratch_path("none"), accept_all, 0, &made, &e), STATUS_INPUT);
	ck_assert_int_eq(catalog_make("-", accept_all, 0, &made, &e), STATUS_USAGE);
	ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

static int refuse_seventh(const struct signature *head, struct error *e)
{
	return strcmp(signature_meta(head, META_ID), "n7") ? STATUS_DONE : error_set(e, STATUS_INPUT, "refused");
}

/* Whatever else is wrong behind it. */
START_TEST(the_first_that_is_wrong_is_named)
{
	struct catalog_made made;
	size_t size, at = 0;
	char *bytes;

	append("g", 0, 12);
	bytes = scratch_read("g", &size);
	/* another, in front of it or behind it, is damaged, and the end is cut */
	for (size_t i = 0; i < 12; i++) {
		size_t next = at + FRAME_HEADER + bytes_get32(bytes + at + 8);
		char damaged[60];

		bytes[next - 1] ^= 1;
		scratch_write("g", bytes, size - 3);
		bytes[next - 1] ^= 1;
		snprintf(damaged, sizeof damaged, "at byte %zu: a frame is damaged", at);
		for (int threads = 1; threads <= 2; threads++) {
			struct error e;

			ck_assert_int_eq(catalog_make(scratch_path("g"), refuse_seventh, threads, &made, &e), STATUS_INPUT);
			ck_assert_str_eq(e.text, i <= 7 ? damaged : "n7: refused");
		}
		at = next;
	}
	free(bytes);
	ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

/* The gallery changes after it was opened: what is loaded is what was indexed, or an error. */
START_TEST(changes_under_a_search_are_noticed)
{
	struct gallery_entry entry;
	struct catalog *x;
	struct error e;
	size_t size;
	char *bytes;
	FILE *f;

	append("g", 0, 4);
	make();
	x = opened();
	bytes = scratch_read("g", &size);
	bytes[FRAME_HEADER + 300] ^= 1;
	f = fopen(scratch_path("g"), "r+");
	fwrite(bytes, 1, size, f);
	fclose(f);
	free(bytes);
	ck_assert_int_eq(catalog_load(x, 0, &entry, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "changed"));
	ck_assert_int_eq(catalog_load(x, 1, &entry, &e), 0);
	gallery_entry_free(&entry);
	ck_assert_int_eq(truncate(scratch_path("g"), 100), 0);
	ck_assert_int_eq(catalog_load(x, 1, &entry, &e), STATUS_INPUT);
	catalog_close(x);
}
END_TEST

START_TEST(stocks_are_in_order_and_filtered)
{
	struct gallery_where where = { META_CALIBRE, "9*" };
	struct gallery memory = { 0 };
	struct catalog *x;
	struct stock s;
	struct error e;
	FILE *in;

	append("g", 0, 12);
	append("h", 12, 12);
	make();
	x = opened();
	in = fopen(scratch_path("h"), "r");
	ck_assert_int_eq(gallery_read(&memory, in, &where, 1, &e), 0);
	fclose(in);
	ck_assert_int_eq(stock_new(&s, &memory, &x, 1, &where, 1, &e), 0);
	ck_assert_uint_eq(s.count, 6 + 12);
	ck_assert_int_eq(stock_sort(&s, &e), 0);
	ck_assert_uint_eq(s.ordered, 12);
	for (size_t i = 0; i + 1 < s.ordered; i++)
		ck_assert_int_lt(stock_order(&s, s.order[i], s.order[i + 1]), 0);
	for (size_t i = 0; i < s.ordered; i++) {
		ck_assert_uint_eq(s.place[s.order[i]], i);
		ck_assert(stock_fine(&s, s.order[i]) == (stock_entry(&s, s.order[i]) ?
			  stock_entry(&s, s.order[i])->head.fine : catalog_fine(x, s.order[i] - memory.count)));
		if (stock_entry(&s, s.order[i]))
			ck_assert(stock_code(&s, s.order[i], LAYER_LOOK) == &stock_entry(&s, s.order[i])->head.code[LAYER_LOOK]);
	}
	ck_assert_int_eq(stock_longest_profile(&s), 700);
	stock_free(&s);
	gallery_free(&memory);
	catalog_close(x);
}
END_TEST

Suite *t_catalog(void)
{
	Suite *s = suite_create("catalog");
	TCase *c = tcase_create("nominal");

	tcase_add_checked_fixture(c, scratch_make, scratch_remove);
	tcase_add_test(c, says_what_the_gallery_says);
	tcase_add_test(c, is_extended);
	tcase_add_test(c, stocks_are_in_order_and_filtered);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_checked_fixture(c, scratch_make, scratch_remove);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, many_pieces_are_put_together);
	tcase_add_test(c, threads_and_pieces_do_not_matter);
	suite_add_tcase(s, c);
	c = tcase_create("damaged");
	tcase_add_checked_fixture(c, scratch_make, scratch_remove);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, does_not_fit_another_gallery);
	tcase_add_test(c, damage_is_noticed);
	tcase_add_test(c, a_damaged_fine_code_is_none);
	tcase_add_test(c, fine_codes_that_lie_are_refused);
	tcase_add_test(c, half_an_extension_does_no_harm);
	tcase_add_test(c, bad_galleries_get_none);
	tcase_add_test(c, the_first_that_is_wrong_is_named);
	tcase_add_test(c, changes_under_a_search_are_noticed);
	suite_add_tcase(s, c);
	return s;
}
