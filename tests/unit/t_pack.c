/* t_pack.c - tests of sign/pack: the body of a frame, byte by byte, and bodies made by an enemy */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "make/dice.h"
#include "sign/pack.h"
#include "unit/made_land.h"
#include "unit/marked.h"

Suite *t_pack(void);

static void same(const struct signature *a, const struct signature *b)
{
	size_t n = (size_t)a->width * (size_t)a->height;

	ck_assert(a->mark == b->mark && a->width == b->width && a->height == b->height && a->step_um == b->step_um);
	for (int k = 0; k < METAS; k++)
		ck_assert_str_eq(signature_meta(a, (enum meta)k), signature_meta(b, (enum meta)k));
	ck_assert_int_eq(memcmp(a->on, b->on, n), 0);
	for (int k = 0; k < LAYERS; k++) {
		ck_assert_int_eq(!a->layer[k], !b->layer[k]);
		if (a->layer[k])
			ck_assert_int_eq(memcmp(a->layer[k], b->layer[k], n * sizeof *a->layer[k]), 0);
		ck_assert_int_eq(memcmp(&a->code[k], &b->code[k], sizeof a->code[k]), 0);
	}
	ck_assert_uint_eq(a->land_code_size, b->land_code_size);
	ck_assert(!a->land_code_size || !memcmp(a->land_code, b->land_code, a->land_code_size * sizeof *a->land_code));
	ck_assert(!a->fine == !b->fine && (!a->fine || !memcmp(a->fine, b->fine, sizeof *a->fine)));
}

static void there_and_back(const struct signature *s)
{
	size_t n = (size_t)s->width * (size_t)s->height;
	struct signature back, head;
	struct buf body = { 0 };
	struct error e;

	ck_assert_int_eq(pack_signature(s, &body, &e), 0);
	ck_assert_msg(unpack_signature(&body, 1, &back, &e) == 0, "%s", e.text);
	same(s, &back);
	ck_assert_uint_eq(back.sum, sum_crc32(0, body.data, body.size));
	/* without grids: the same texts, sizes, codes and layers */
	ck_assert_int_eq(unpack_signature(&body, 0, &head, &e), 0);
	ck_assert(head.mark == s->mark && head.width == s->width && head.height == s->height && head.sum == back.sum);
	ck_assert_ptr_null(head.on);
	for (int k = 0; k < LAYERS; k++) {
		ck_assert_int_eq(!head.layer[k], !s->layer[k]);
		ck_assert_int_eq(memcmp(&head.code[k], &s->code[k], sizeof s->code[k]), 0);
	}
	ck_assert(!head.fine == !s->fine && (!s->fine || !memcmp(head.fine, s->fine, sizeof *s->fine)));
	ck_assert_str_eq(signature_meta(&head, META_ID), signature_meta(s, META_ID));
	signature_free(&head);
	/* with one grid */
	for (int k = 0; k < LAYERS; k++) {
		ck_assert_int_eq(unpack_layer(&body, (enum layer)k, &head, &e), 0);
		ck_assert_mem_eq(head.on, s->on, n);
		ck_assert_int_eq(!head.layer[k], !s->layer[k]);
		ck_assert_int_eq(!head.layer[!k], !s->layer[!k]);
		if (s->layer[k])
			ck_assert_mem_eq(head.layer[k], s->layer[k], n * sizeof *s->layer[k]);
		signature_free(&head);
	}
	ck_assert_int_eq(unpack_head(body.data, body.size, 77, &head, &e), 0);
	ck_assert(!head.on && head.width == s->width && head.sum == 77);
	signature_free(&head);
	signature_free(&back);
	buf_free(&body);
}

START_TEST(signatures_come_back)
{
	struct signature s;
	struct error e;

	for (unsigned layers = 1; layers <= 3; layers++)
		for (int side = 1; side <= 40; side += 13) {
			marked_small(layers + (unsigned)side, side, layers, &s);
			if (side == 1)   /* a profile has no codes */
				memset(s.code, 0, sizeof s.code);
			for (int k = 0; k < METAS; k++)
				ck_assert_int_eq(signature_set(&s, (enum meta)k, meta_name((enum meta)k), &e), 0);
			there_and_back(&s);
			signature_free(&s);
		}
}
END_TEST

START_TEST(all_values_come_back)
{
	struct signature s;

	/* every step between two neighbours there is, and all or none missing */
	for (int kind = 0; kind < 3; kind++) {
		marked_small(1, 62, 3, &s);
		for (int i = 0; i < 62 * 62; i++) {
			s.on[i] = kind < 2;
			s.layer[0][i] = (int16_t)(kind < 2 ? i % 2 ? i / 62 % 31 - 15 : i % 31 - 15 : 0);
			s.layer[1][i] = (int16_t)(kind < 2 ? (i + i / 62) % 2 ? 15 : -15 : 0);
		}
		s.mark = kind == 1 ? MARK_EJECTOR : MARK_FIRING_PIN;
		free(s.fine);
		s.fine = NULL;
		there_and_back(&s);
		signature_free(&s);
	}
}
END_TEST

START_TEST(profiles_hold_all_of_16_bits)
{
	static const int16_t ends[] = { 0, 32767, -32768, 32767, -1, 1, -32768, -32767, 255, 256, -256 };
	struct signature s = { .mark = MARK_LAND, .step_um = 1.5625 };
	struct error e;

	ck_assert_int_eq(signature_room(&s, 3000, 1, 1, &e), 0);
	for (int i = 0; i < 3000; i++) {
		s.on[i] = i % 7 != 3;
		s.layer[0][i] = s.on[i] ? ends[i % 11] : 0;
	}
	ck_assert_int_eq(signature_set(&s, META_LAND, "3", &e), 0);
	there_and_back(&s);
	/* and with a code of 500 bits, of which none says anything */
	ck_assert_int_eq(signature_land_code(&s, (const uint64_t[17]){ 500 }, 17, &e), 0);
	there_and_back(&s);
	signature_free(&s);
}
END_TEST

/* A part of a body: its kind, layer and bytes; returns where the next one is. */
static const unsigned char *part(const unsigned char *p, int *kind, int *layer, size_t *length)
{
	*kind = p[0];
	*layer = p[1];
	ck_assert(p[2] == 0 && p[3] == 0);
	*length = bytes_get32(p + 4);
	return p + 8;
}

static void unpacked(const unsigned char *p, size_t length, unsigned char *to, size_t size)
{
	uLongf got = size;

	ck_assert_int_eq(uncompress(to, &got, p, length), Z_OK);
	ck_assert_uint_eq(got, size);
}

/* Written out by hand after ibin-sig(5), and compared with what the program writes. */
START_TEST(bytes_are_as_specified)
{
	static const char text[] = "mark=ejector\nwidth=3\nheight=3\nstep_um=10\nid=a=b\ntaken=2026\n";
	/* on: x x .   v:  5  9  .    guess: 0 5 .    difference: 5 4 .
	 *     . x x       .  2 -15          . 9 2                . -7 -17
	 *     x x x       15 -2 4           0 8 -8               15 -10 12     (means go towards 0) */
	static const uint8_t on[9] = { 1, 1, 0, 0, 1, 1, 1, 1, 1 };
	static const int16_t v[9] = { 5, 9, 0, 0, 2, -15, 15, -2, 4 };
	static const unsigned char presence[2] = { 0xf3, 0x01 };
	static const unsigned char values[7] = { 5, 4, 0xf9, 0xef, 15, 0xf6, 12 };
	struct signature s = { .mark = MARK_EJECTOR, .step_um = 10 };
	struct buf body = { 0 };
	unsigned char got[7];
	const unsigned char *p;
	int kind, layer;
	size_t length;
	struct error e;

	ck_assert_int_eq(signature_room(&s, 3, 3, 1u << LAYER_LOOK, &e), 0);
	memcpy(s.on, on, sizeof on);
	memcpy(s.layer[LAYER_LOOK], v, sizeof v);
	for (int w = 0; w < CODE_WORDS; w++) {
		s.code[LAYER_LOOK].on[w] = ~UINT64_C(0);
		s.code[LAYER_LOOK].bit[w] = UINT64_C(0x0123456789abcdef) + (uint64_t)w;
	}
	signature_set(&s, META_ID, "a=b", &e);
	signature_set(&s, META_TAKEN, "2026", &e);
	ck_assert_int_eq(pack_signature(&s, &body, &e), 0);
	ck_assert_uint_eq(bytes_get32(body.data), sizeof text - 1);
	ck_assert_int_eq(memcmp(body.data + 4, text, sizeof text - 1), 0);
	p = part(body.data + 4 + sizeof text - 1, &kind, &layer, &length);
	ck_assert(kind == 1 && layer == 1 && length == 512);
	ck_assert_int_eq(memcmp(p, "\xef\xcd\xab\x89\x67\x45\x23\x01\xf0\xcd", 10), 0);
	for (int i = 256; i < 512; i++)
		ck_assert_int_eq(p[i], 0xff);
	p = part(p + length, &kind, &layer, &length);
	ck_assert(kind == 2 && layer == 0);
	unpacked(p, length, got, 2);
	ck_assert_int_eq(memcmp(got, presence, 2), 0);
	p = part(p + length, &kind, &layer, &length);
	ck_assert(kind == 3 && layer == 1);
	unpacked(p, length, got, 7);
	ck_assert_int_eq(memcmp(got, values, 7), 0);
	ck_assert_ptr_eq(p + length, body.data + body.size);
	signature_free(&s);
	buf_free(&body);
}
END_TEST

/* A body made part by part. */
static void put_text(struct buf *b, const char *text)
{
	unsigned char n[4];

	bytes_put32(n, (uint32_t)strlen(text));
	b->size = 0;
	buf_add(b, n, 4, NULL);
	buf_text(b, text, NULL);
}

static void put_part(struct buf *b, int kind, int layer, const void *bytes, size_t size, size_t claimed)
{
	unsigned char h[8] = { (unsigned char)kind, (unsigned char)layer };

	bytes_put32(h + 4, (uint32_t)claimed);
	buf_add(b, h, 8, NULL);
	buf_add(b, bytes, size, NULL);
}

static void put_packed(struct buf *b, int kind, int layer, const void *bytes, size_t size)
{
	unsigned char room[300];
	uLongf n = sizeof room;

	ck_assert_int_eq(compress(room, &n, bytes, size), Z_OK);
	put_part(b, kind, layer, room, n, n);
}

static const unsigned char zeros[1032];

/* The rest of a sound 2 x 2 signature with all points there, in some order of parts: 'c' a code, 'p' presence,
 * 'v' values, 'f' a fine code, capitals for layer 1, '2' one of neither, 's' one too short, 'l' too long, 'x' a part of an unknown kind, 'y' one of an unknown layer. */
static void put_parts(struct buf *b, const char *which)
{
	static const unsigned char all[1] = { 15 }, values[4] = { 1, 2, 0xfd, 4 };

	for (; *which; which++)
		switch (*which) {
		case 'c': put_part(b, 1, 0, zeros, 512, 512); break;
		case 'C': put_part(b, 1, 1, zeros, 512, 512); break;
		case 'p': put_packed(b, 2, 0, all, 1); break;
		case 'v': put_packed(b, 3, 0, values, 4); break;
		case 'V': put_packed(b, 3, 1, values, 4); break;
		case 'f': put_part(b, 5, 0, zeros, 1024, 1024); break;
		case 'F': put_part(b, 5, 1, zeros, 1024, 1024); break;
		case '2': put_part(b, 5, 2, zeros, 1024, 1024); break;
		case 's': put_part(b, 5, 0, zeros, 1016, 1016); break;
		case 'l': put_part(b, 5, 0, zeros, 1032, 1032); break;
		case 'x': put_part(b, 77, 200, "later", 5, 5); break;
		case 'y': put_part(b, 3, 2, "later", 5, 5); break;
		default: ck_abort();
		}
}

#define SOUND "mark=breech-face\nwidth=2\nheight=2\nstep_um=20\n"

static int unpack_both(const struct buf *b, struct error *e)
{
	struct signature s;
	int head, status;

	memset(&s, 0xaa, sizeof s);   /* need not be cleared */
	head = unpack_signature(b, 0, &s, e);
	if (!head)
		signature_free(&s);
	status = unpack_signature(b, 1, &s, e);
	if (status) {
		ck_assert_int_eq(status, STATUS_INPUT);
		ck_assert(!s.on && !s.layer[0] && !s.layer[1] && !s.meta[META_ID]);
	} else {
		ck_assert_int_eq(head, 0);
		signature_free(&s);
	}
	return status;
}

START_TEST(parts_may_come_in_other_orders)
{
	static const char *const good[] = { "cpv", "cCpvV", "CcpVv", "pvc", "pVC", "xcpv", "cxpxvx", "fcpv", "cfpv", "cpvf",
					     "cCfpvV" };
	static const char *const bad[] = { "", "c", "p", "cp", "cv", "pv", "cvp", "Cpv", "cpV", "ccpv", "cppv", "cpvv", "cpvV", "cpvC",
					   "cCpv", "cpvy", "ycpv", "vcp", "f", "ffcpv", "fcpvf", "CpVf", "Fcpv", "2cpv", "CFpV", "cCFpvV", "scpv",
					   "lcpv" };
	struct buf b = { 0 };
	struct error e;

	for (size_t k = 0; k < sizeof good / sizeof *good; k++) {
		put_text(&b, SOUND);
		put_parts(&b, good[k]);
		ck_assert_msg(unpack_both(&b, &e) == 0, "%s: %s", good[k], e.text);
	}
	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
		put_text(&b, SOUND);
		put_parts(&b, bad[k]);
		ck_assert_msg(unpack_both(&b, &e) == STATUS_INPUT, "%s", bad[k]);
	}
	buf_free(&b);
}
END_TEST

START_TEST(texts_that_make_no_sense_are_refused)
{
	static const char *const bad[] = {
		"", "\n", "x\n", "mark=breech-face\n", "width=2\nheight=2\nstep_um=20\n", SOUND "id", SOUND "id=a", SOUND "=\n\n",
		SOUND "width=2\n", SOUND "mark=land\n", SOUND "step_um=20\n", SOUND "id=a\nid=b\n", SOUND "id=\x01\n", SOUND "id=a\tb\n",
		"mark=face\nwidth=2\nheight=2\nstep_um=20\n", "mark=breech-face\nwidth=0\nheight=2\nstep_um=20\n",
		"mark=breech-face\nwidth=-2\nheight=2\nstep_um=20\n", "mark=breech-face\nwidth=2\nheight=3\nstep_um=20\n",
		"mark=breech-face\nwidth=1025\nheight=1025\nstep_um=20\n", "mark=breech-face\nwidth=1048577\nheight=1\nstep_um=20\n",
		"mark=breech-face\nwidth=4294967298\nheight=4294967298\nstep_um=20\n",
		"mark=breech-face\nwidth=2\nheight=2\nstep_um=0\n", "mark=breech-face\nwidth=2\nheight=2\nstep_um=nan\n",
		"mark=breech-face\nwidth=2\nheight=2\nstep_um=1e99\n", "mark=breech-face\nwidth=2 \nheight=2\nstep_um=20\n",
		"mark=breech-face\nwidth=2\nheight=2\nstep_um=20\r\n", "mark=breech-face\nwidth=0x2\nheight=2\nstep_um=20\n",
	};
	struct buf b = { 0 };
	char longer[600];
	struct error e;

	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
		put_text(&b, bad[k]);
		put_parts(&b, "cpv");
		ck_assert_msg(unpack_both(&b, &e) == STATUS_INPUT, "%zu: %s", k, bad[k]);
	}
	/* nothing at all */
	ck_assert_int_eq(unpack_both(&(struct buf){ 0 }, &e), STATUS_INPUT);
	/* texts of 250 bytes are the longest, lines of 511 */
	snprintf(longer, sizeof longer, SOUND "id=%0250d\n", 7);
	put_text(&b, longer);
	put_parts(&b, "cpv");
	ck_assert_int_eq(unpack_both(&b, &e), 0);
	snprintf(longer, sizeof longer, SOUND "id=%0251d\n", 7);
	put_text(&b, longer);
	put_parts(&b, "cpv");
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	for (int n = 508; n <= 509; n++) {
		snprintf(longer, sizeof longer, SOUND "zz=%0*d\n", n, 7);
		put_text(&b, longer);
		put_parts(&b, "cpv");
		ck_assert_int_eq(unpack_both(&b, &e), n == 508 ? 0 : STATUS_INPUT);
	}
	/* a profile has no code */
	put_text(&b, "mark=land\nwidth=4\nheight=1\nstep_um=20\n");
	put_packed(&b, 2, 0, "\x0f", 1);
	put_packed(&b, 3, 0, zeros, 8);
	ck_assert_int_eq(unpack_both(&b, &e), 0);
	put_parts(&b, "c");
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	/* a zero within */
	put_text(&b, SOUND "id=abc\n");
	b.data[b.size - 3] = 0;
	put_parts(&b, "cpv");
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	/* keys of a later version are passed over, and values are taken as they stand */
	put_text(&b, SOUND "colour=brass\nid= a=\"b\" \ncase=\n");
	put_parts(&b, "cpv");
	ck_assert_int_eq(unpack_both(&b, &e), 0);
	buf_free(&b);
}
END_TEST

START_TEST(lengths_that_lie_are_refused)
{
	static const uint32_t lies[] = { 1, 511, 513, 1000, 0x7fffffff, 0x80000000, 0xfffffff7, 0xfffffff8, 0xffffffff };
	struct buf b = { 0 };
	struct error e;

	for (size_t k = 0; k < sizeof lies / sizeof *lies; k++) {
		put_text(&b, SOUND);
		put_part(&b, 1, 0, zeros, 512, lies[k]);
		put_parts(&b, "pv");
		ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
		/* the length of the text */
		put_text(&b, SOUND);
		put_parts(&b, "cpv");
		bytes_put32(b.data, lies[k]);
		ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	}
	for (size_t cut = 0; cut < b.size; cut++) {
		struct buf c = { 0 };

		put_text(&b, SOUND);
		put_parts(&b, "cCpvV");
		buf_add(&c, b.data, cut, NULL);   /* so that a sanitizer sees the end */
		ck_assert_msg(unpack_both(&c, &e) == STATUS_INPUT, "cut at %zu", cut);
		buf_free(&c);
	}
	buf_free(&b);
}
END_TEST

/* Streams that unpack to less or more than there are points, that are no streams, that have a tail. */
START_TEST(streams_that_lie_are_refused)
{
	static const unsigned char few[2] = { 15, 15 }, limit[4] = { 15, 0, 0, 0 }, beyond[4] = { 16, 0, 0, 0 };
	static const unsigned char wrapped[4] = { 10, 10, 0, 0 };
	unsigned char room[64];
	struct buf b = { 0 };
	uLongf n = sizeof room;
	struct error e;

	for (int presence = 0; presence <= 2; presence++)
		for (int values = 0; values <= 6; values++) {
			put_text(&b, SOUND);
			put_parts(&b, "c");
			put_packed(&b, 2, 0, few, (size_t)presence);
			put_packed(&b, 3, 0, zeros, (size_t)values);
			ck_assert_int_eq(unpack_both(&b, &e), presence == 1 && values == 4 ? 0 : STATUS_INPUT);
		}
	for (int k = 0; k < 3; k++) {
		put_text(&b, SOUND);
		put_parts(&b, "cp");
		put_packed(&b, 3, 0, k == 0 ? limit : k == 1 ? beyond : wrapped, 4);
		ck_assert_int_eq(unpack_both(&b, &e), k ? STATUS_INPUT : 0);
	}
	put_text(&b, SOUND);
	put_parts(&b, "cp");
	put_part(&b, 3, 0, "no stream", 9, 9);
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	ck_assert_int_eq(compress(room, &n, zeros, 4), Z_OK);
	room[n] = 0;
	put_text(&b, SOUND);
	put_parts(&b, "cp");
	put_part(&b, 3, 0, room, n + 1, n + 1);
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	/* none there at all is a signature, of nothing */
	put_text(&b, SOUND);
	put_parts(&b, "c");
	put_packed(&b, 2, 0, zeros, 1);
	put_packed(&b, 3, 0, zeros, 0);
	ck_assert_int_eq(unpack_both(&b, &e), 0);
	buf_free(&b);
}
END_TEST

START_TEST(bits_that_are_not_there_say_nothing)
{
	unsigned char code[512];
	struct signature s;
	struct buf b = { 0 };
	struct error e;

	memset(code, 0xff, 256);
	memset(code + 256, 0x0f, 256);
	put_text(&b, SOUND);
	put_part(&b, 1, 0, code, 512, 512);
	put_parts(&b, "pv");
	ck_assert_int_eq(unpack_signature(&b, 1, &s, &e), 0);
	for (int w = 0; w < CODE_WORDS; w++)
		ck_assert(s.code[0].bit[w] == s.code[0].on[w] && s.code[0].on[w] == UINT64_C(0x0f0f0f0f0f0f0f0f));
	signature_free(&s);
	buf_free(&b);
}
END_TEST

/* The fine code is of breech faces alone; it comes back with what says nothing taken out. */
START_TEST(fine_codes_fit_their_marks)
{
	unsigned char code[1024];
	struct signature s;
	struct buf b = { 0 };
	struct error e;

	memset(code, 0xff, 512);
	memset(code + 512, 0x3c, 512);
	for (int grids = 0; grids < 2; grids++) {
		put_text(&b, SOUND);
		put_part(&b, 5, 0, code, 1024, 1024);
		put_parts(&b, "cpv");
		ck_assert_int_eq(unpack_signature(&b, grids, &s, &e), 0);
		ck_assert_ptr_nonnull(s.fine);
		for (int w = 0; w < FINE_WORDS; w++)
			ck_assert(s.fine->bit[w] == s.fine->on[w] && s.fine->on[w] == UINT64_C(0x3c3c3c3c3c3c3c3c));
		signature_free(&s);
	}
	for (int m = MARK_FIRING_PIN; m <= MARK_EJECTOR; m++) {
		b.size = 0;
		put_text(&b, m == MARK_EJECTOR ? "mark=ejector\nwidth=2\nheight=2\nstep_um=10\n" :
			 "mark=firing-pin\nwidth=2\nheight=2\nstep_um=10\n");
		put_parts(&b, "cpv");
		ck_assert_int_eq(unpack_both(&b, &e), 0);
		put_parts(&b, "f");
		ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	}
	/* one row of a breech face is a profile */
	put_text(&b, "mark=breech-face\nwidth=4\nheight=1\nstep_um=20\n");
	put_packed(&b, 2, 0, "\x0f", 1);
	put_packed(&b, 3, 0, zeros, 8);
	ck_assert_int_eq(unpack_both(&b, &e), 0);
	put_parts(&b, "f");
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	buf_free(&b);
}
END_TEST

/* A profile of 12 points, so 6 samples, which have 2 bits; 'l' its code, 'L' that of the look. */
#define PROFILE "mark=land\nwidth=12\nheight=1\nstep_um=1.5625\n"

static void put_profile(struct buf *b, const char *text, const char *which, const unsigned char code[24], size_t size)
{
	static const unsigned char all[2] = { 255, 15 }, values[24] = { 1 };

	put_text(b, text);
	for (; *which; which++)
		switch (*which) {
		case 'l': put_part(b, 4, 0, code, size, size); break;
		case 'L': put_part(b, 4, 1, code, size, size); break;
		case '2': put_part(b, 4, 2, code, size, size); break;
		case 'p': put_packed(b, 2, 0, all, 2); break;
		case 'v': put_packed(b, 3, 0, values, 24); break;
		case 'V': put_packed(b, 3, 1, values, 24); break;
		default: ck_abort();
		}
}

START_TEST(codes_of_profiles_fit_them)
{
	static const char *const good[] = { "lpv", "pv", "pvl", "pV", "plvV" }, *const lit[] = { "LpV", "pVL" };
	static const char *const bad[] = { "llpv", "lpV", "lpVl", "2pv", "Lpv", "LpVv", "lLpvV", "l" };
	unsigned char code[24] = { 2, 0, 3 };
	struct signature s;
	struct buf b = { 0 };
	struct error e;

	bytes_put64(code + 8, 7);
	bytes_put64(code + 16, 6);
	for (size_t k = 0; k < sizeof good / sizeof *good; k++) {
		put_profile(&b, PROFILE, good[k], code, 24);
		ck_assert_msg(unpack_both(&b, &e) == 0, "%s: %s", good[k], e.text);
	}
	put_profile(&b, PROFILE, "lpv", code, 24);
	ck_assert_int_eq(unpack_signature(&b, 0, &s, &e), 0);
	ck_assert_uint_eq(s.land_code_size, 3);
	ck_assert(s.land_code[0] == (2 | 3 << 16) && s.land_code[1] == 2 && s.land_code[2] == 2);
	signature_free(&s);
	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
		put_profile(&b, PROFILE, bad[k], code, 24);
		ck_assert_msg(unpack_both(&b, &e) == STATUS_INPUT, "%s", bad[k]);
	}
	/* of a photograph */
	code[2] |= 4;
	for (size_t k = 0; k < sizeof lit / sizeof *lit; k++) {
		put_profile(&b, PROFILE, lit[k], code, 24);
		ck_assert_msg(unpack_both(&b, &e) == 0, "%s: %s", lit[k], e.text);
	}
	put_profile(&b, PROFILE, "lpv", code, 24);
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	code[2] = 0;
	/* of more or less than it has samples */
	for (size_t size = 0; size < 24; size++) {
		put_profile(&b, PROFILE, "lpv", code, size);
		ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	}
	for (int bits = 0; bits < 5; bits++) {
		code[0] = (unsigned char)bits;
		put_profile(&b, PROFILE, "lpv", code, 24);
		ck_assert_int_eq(unpack_both(&b, &e), bits == 2 ? 0 : STATUS_INPUT);
	}
	/* what is no profile of pairs has none */
	code[0] = 2;
	put_profile(&b, "mark=land\nwidth=13\nheight=1\nstep_um=1.5625\n", "l", code, 24);
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	put_text(&b, SOUND);
	put_parts(&b, "cpv");
	put_part(&b, 4, 0, code, 24, 24);
	ck_assert_int_eq(unpack_both(&b, &e), STATUS_INPUT);
	buf_free(&b);
}
END_TEST

/* Random damage whose CRC would be right: never a crash, and on failure nothing is left behind. */
START_TEST(no_damage_crashes)
{
	struct signature s;
	struct buf sound = { 0 }, b = { 0 };
	struct dice d;
	struct error e;

	dice_seed(&d, 20260101 + (uint64_t)_i);
	if (_i)
		made_land_signature(3, 1, false, &s);
	else
		marked_small(3, 12, 3, &s);
	ck_assert_int_eq(pack_signature(&s, &sound, &e), 0);
	for (int round = 0; round < (_i ? 4000 : 20000); round++) {
		int changes = 1 + (int)dice_range(&d, 0, 4);

		b.size = 0;
		buf_add(&b, sound.data, sound.size, NULL);
		while (changes--) {
			/* half of it where the texts and the heads of parts are */
			size_t reach = dice_unit(&d) < .5 ? _i ? 420 : 110 : b.size;

			b.data[(size_t)dice_range(&d, 0, (double)reach)] = (unsigned char)dice_next(&d);
		}
		if (dice_unit(&d) < .2)
			b.size = (size_t)dice_range(&d, 0, (double)b.size);
		unpack_both(&b, &e);
	}
	signature_free(&s);
	buf_free(&sound);
	buf_free(&b);
}
END_TEST

Suite *t_pack(void)
{
	Suite *s = suite_create("pack");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, signatures_come_back);
	tcase_add_test(c, all_values_come_back);
	tcase_add_test(c, profiles_hold_all_of_16_bits);
	tcase_add_test(c, bytes_are_as_specified);
	tcase_add_test(c, parts_may_come_in_other_orders);
	suite_add_tcase(s, c);
	c = tcase_create("damaged");
	tcase_set_timeout(c, 60);
	tcase_add_test(c, texts_that_make_no_sense_are_refused);
	tcase_add_test(c, lengths_that_lie_are_refused);
	tcase_add_test(c, streams_that_lie_are_refused);
	tcase_add_test(c, bits_that_are_not_there_say_nothing);
	tcase_add_test(c, codes_of_profiles_fit_them);
	tcase_add_test(c, fine_codes_fit_their_marks);
	tcase_add_loop_test(c, no_damage_crashes, 0, 2);
	suite_add_tcase(s, c);
	return s;
}
