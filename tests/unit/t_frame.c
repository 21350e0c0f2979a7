/* t_frame.c - tests of sign/frame: a file cut, flipped or shuffled anywhere is noticed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "sign/frame.h"
#include "sign/pack.h"
#include "unit/marked.h"

Suite *t_frame(void);

/* Reads all frames; gives how the reading ended, and how many there were before. */
static int read_all(const void *bytes, size_t size, int *frames, struct error *e)
{
	FILE *in = size ? fmemopen((void *)(uintptr_t)bytes, size, "r") : fopen("/dev/null", "r");
	struct frame_reader r;
	int status;

	ck_assert_ptr_nonnull(in);
	*frames = 0;
	frame_reader_start(&r, in);
	while (!(status = frame_next(&r, e)))
		++*frames;
	frame_reader_free(&r);
	fclose(in);
	return status;
}

/* Three small signatures, their frames, and the end frame. */
static struct signature small[3];
static struct buf file;
static size_t start[5];   /* of each frame; the last is the end of the file */

static void make(void)
{
	size_t at = 0;

	for (int i = 0; i < 3; i++)
		marked_small((uint64_t)i + 1, 6, i == 1 ? 1u << LAYER_LOOK : 3, &small[i]);
	marked_file(small, 3, &file);
	for (int i = 0; i < 5; i++) {
		start[i] = at;
		if (at < file.size)
			at += FRAME_HEADER + bytes_get32(file.data + at + 8);
	}
	ck_assert_uint_eq(start[4], file.size);
}

static void drop(void)
{
	for (int i = 0; i < 3; i++)
		signature_free(&small[i]);
	buf_free(&file);
}

static void add_frame(struct buf *out, int frame)
{
	ck_assert_int_eq(buf_add(out, file.data + start[frame], start[frame + 1] - start[frame], NULL), 0);
}

START_TEST(what_is_written_is_read)
{
	struct frame_reader r;
	struct error e;
	FILE *in = fmemopen(file.data, file.size, "r");

	frame_reader_start(&r, in);
	for (int i = 0; i < 3; i++) {
		struct signature s;

		ck_assert_int_eq(frame_next(&r, &e), 0);
		ck_assert_uint_eq(r.at, start[i]);
		ck_assert_uint_eq(r.body.size, start[i + 1] - start[i] - FRAME_HEADER);
		ck_assert_int_eq(unpack_signature(&r.body, 1, &s, &e), 0);
		ck_assert_int_eq(memcmp(s.on, small[i].on, 36), 0);
		signature_free(&s);
	}
	ck_assert_int_eq(frame_next(&r, &e), STATUS_NO);
	ck_assert_int_eq(frame_next(&r, &e), STATUS_NO);
	frame_reader_free(&r);
	fclose(in);
}
END_TEST

/* In steps: headers first, then all bodies, of which the second was damaged and the file cut within the third. */
START_TEST(bodies_can_be_read_later)
{
	struct buf bodies = { 0 };
	struct frame_body b[4];
	struct frame_reader r;
	struct error e;
	FILE *in = tmpfile();

	ck_assert_ptr_nonnull(in);
	file.data[start[1] + FRAME_HEADER + 5] ^= 4;
	ck_assert_uint_eq(fwrite(file.data, 1, file.size, in), file.size);
	ck_assert_int_eq(fflush(in), 0);
	frame_reader_start(&r, in);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(frame_pass(&r, &b[i], &e), 0);
		ck_assert(b[i].at == start[i] && b[i].size == start[i + 1] - start[i] - FRAME_HEADER);
		ck_assert_uint_eq(r.next, start[i + 1]);
	}
	ck_assert_int_eq(frame_pass(&r, &b[3], &e), STATUS_NO);
	ck_assert_int_eq(frame_bodies(fileno(in), b, 3, &bodies, &e), 0);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(memcmp(bodies.data + b[i].begin, file.data + start[i] + FRAME_HEADER, b[i].size), 0);
		ck_assert_int_eq(frame_check(&b[i], &bodies, &e), i == 1 ? STATUS_INPUT : 0);
	}
	ck_assert_ptr_nonnull(strstr(e.text, "a frame is damaged"));
	ck_assert_int_eq(ftruncate(fileno(in), (off_t)start[2] + FRAME_HEADER + 7), 0);
	ck_assert_int_eq(frame_bodies(fileno(in), b, 3, &bodies, &e), 0);
	ck_assert_int_eq(frame_check(&b[0], &bodies, &e), 0);
	ck_assert_int_eq(frame_check(&b[2], &bodies, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "the file is cut within a frame"));
	ck_assert_int_eq(frame_bodies(fileno(in), &b[2], 1, &bodies, &e), 0);
	ck_assert_int_eq(frame_check(&b[2], &bodies, &e), STATUS_INPUT);
	frame_reader_free(&r);
	fclose(in);
	buf_free(&bodies);
}
END_TEST

/* What frame_next refuses, frame_pass refuses in the same words, but for what it does not look at. */
START_TEST(headers_alone_are_checked)
{
	static const struct { size_t frame, byte; int bit; } harm[] = {
		{ 0, 0, 1 }, { 1, 4, 1 }, { 1, 9, 2 }, { 2, 17, 8 }, { 3, 0, 4 }, { 3, 6, 1 }, { 3, 22, 1 }, { 3, 27, 1 }
	};

	for (size_t k = 0; k < sizeof harm / sizeof *harm; k++) {
		struct frame_reader r, all;
		struct frame_body b;
		struct error e, want;
		FILE *in = tmpfile();
		int status = 0, wanted = 0;

		ck_assert_ptr_nonnull(in);
		file.data[start[harm[k].frame] + harm[k].byte] ^= (unsigned char)harm[k].bit;
		ck_assert_uint_eq(fwrite(file.data, 1, file.size, in), file.size);
		file.data[start[harm[k].frame] + harm[k].byte] ^= (unsigned char)harm[k].bit;
		rewind(in);
		frame_reader_start(&all, in);
		while (!wanted)
			wanted = frame_next(&all, &want);
		frame_reader_start(&r, in);
		while (!status)
			status = frame_pass(&r, &b, &e);
		ck_assert_int_eq(wanted, STATUS_INPUT);
		ck_assert_int_eq(status, STATUS_INPUT);
		ck_assert_str_eq(e.text, want.text);
		frame_reader_free(&r);
		frame_reader_free(&all);
		fclose(in);
	}
}
END_TEST

/* The bytes are those of ibin-sig(5). */
START_TEST(headers_are_as_specified)
{
	unsigned char sums[12];

	for (int i = 0; i < 4; i++) {
		const unsigned char *h = file.data + start[i];
		size_t size = start[i + 1] - start[i] - 20;

		ck_assert_int_eq(memcmp(h, "IBSG\1\0", 6), 0);
		ck_assert(h[6] == (i < 3) && h[7] == 0);
		ck_assert_uint_eq((size_t)(h[8] | h[9] << 8 | h[10] << 16) + ((size_t)h[11] << 24), size);
		ck_assert_uint_eq(bytes_get32(h + 12), sum_crc32(0, h + 20, size));
		ck_assert_uint_eq(bytes_get32(h + 16), sum_crc32(0, h, 16));
		if (i < 3)
			memcpy(sums + 4 * i, h + 12, 4);
	}
	ck_assert_uint_eq(start[4] - start[3], 28);
	ck_assert_uint_eq(bytes_get32(file.data + start[3] + 20), 3);
	ck_assert_uint_eq(bytes_get32(file.data + start[3] + 24), sum_crc32(0, sums, 12));
}
END_TEST

/* The example of ibin-sig(5). */
START_TEST(a_file_without_signatures)
{
	static const unsigned char bytes[28] = {
		0x49, 0x42, 0x53, 0x47, 1, 0, 0, 0, 8, 0, 0, 0, 0x69, 0xdf, 0x22, 0x65, 0x81, 0x4e, 0x86, 0xf4,
	};
	struct buf none = { 0 };

	marked_file(NULL, 0, &none);
	ck_assert_uint_eq(none.size, sizeof bytes);
	ck_assert_int_eq(memcmp(none.data, bytes, sizeof bytes), 0);
	buf_free(&none);
}
END_TEST

START_TEST(files_can_be_joined)
{
	struct buf both = { 0 };
	struct error e;
	int frames;

	buf_add(&both, file.data, file.size, NULL);
	buf_add(&both, file.data, file.size, NULL);
	ck_assert_int_eq(read_all(both.data, both.size, &frames, &e), STATUS_NO);
	ck_assert_int_eq(frames, 6);
	/* a file of no signatures is one too */
	both.size = 0;
	add_frame(&both, 3);
	bytes_put32(both.data + 20, 0);
	bytes_put32(both.data + 24, 0);
	bytes_put32(both.data + 12, sum_crc32(0, both.data + 20, 8));
	bytes_put32(both.data + 16, sum_crc32(0, both.data, 16));
	buf_add(&both, file.data, file.size, NULL);
	ck_assert_int_eq(read_all(both.data, 28, &frames, &e), STATUS_NO);
	ck_assert_int_eq(frames, 0);
	ck_assert_int_eq(read_all(both.data, both.size, &frames, &e), STATUS_NO);
	ck_assert_int_eq(frames, 3);
	buf_free(&both);
}
END_TEST

START_TEST(a_cut_at_every_byte_is_noticed)
{
	struct error e;
	int frames;

	for (size_t cut = 0; cut < file.size; cut++) {
		ck_assert_msg(read_all(file.data, cut, &frames, &e) == STATUS_INPUT, "cut at %zu", cut);
		/* what stood whole before the cut was given */
		ck_assert_int_eq(frames, (cut >= start[1]) + (cut >= start[2]) + (cut >= start[3]));
		ck_assert_ptr_nonnull(strstr(e.text, cut ? "cut" : "empty"));
	}
	ck_assert_int_eq(read_all(file.data, file.size, &frames, &e), STATUS_NO);
}
END_TEST

START_TEST(a_cut_from_the_front_is_noticed)
{
	struct error e;
	int frames;

	for (size_t from = 1; from < file.size; from++)
		ck_assert_msg(read_all(file.data + from, file.size - from, &frames, &e) == STATUS_INPUT, "from %zu", from);
}
END_TEST

START_TEST(a_flip_of_every_bit_is_noticed)
{
	struct error e;
	int frames;

	for (size_t i = 0; i < file.size * 8; i++) {
		file.data[i / 8] ^= (unsigned char)(1 << i % 8);
		ck_assert_msg(read_all(file.data, file.size, &frames, &e) == STATUS_INPUT, "bit %zu", i);
		ck_assert(e.text[0]);
		file.data[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	ck_assert_int_eq(read_all(file.data, file.size, &frames, &e), STATUS_NO);
}
END_TEST

/* Whole frames missing, moved, twice, or behind the end. */
START_TEST(shuffled_frames_are_noticed)
{
	static const char *const orders[] = { "123", "023", "013", "012", "1023", "0213", "00123", "01123", "01223",
					      "0122", "30123", "01233", "3", "33", "0", "03", "01230", "0123013",
					      "3210" };
	struct error e;
	int frames;

	for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
		struct buf b = { 0 };

		for (const char *p = orders[k]; *p; p++)
			add_frame(&b, *p - '0');
		ck_assert_msg(read_all(b.data, b.size, &frames, &e) == STATUS_INPUT, "frames %s", orders[k]);
		buf_free(&b);
	}
}
END_TEST

START_TEST(other_files_are_told)
{
	static const char *const texts[] = { "x", "IBSX", "II*\0 a picture", "probe,candidate\n1,2\n", "IBS" };
	struct buf b = { 0 };
	struct error e;
	int frames;

	for (int k = 0; k < 4; k++) {
		ck_assert_int_eq(read_all(texts[k], strlen(texts[k]), &frames, &e), STATUS_INPUT);
		ck_assert_ptr_nonnull(strstr(e.text, "not a signature file"));
	}
	ck_assert_int_eq(read_all(texts[4], 3, &frames, &e), STATUS_INPUT);
	/* something behind the end */
	buf_add(&b, file.data, file.size, NULL);
	buf_add(&b, "\n", 1, NULL);
	ck_assert_int_eq(read_all(b.data, b.size, &frames, &e), STATUS_INPUT);
	ck_assert_int_eq(frames, 3);
	ck_assert_ptr_nonnull(strstr(e.text, "not a signature frame"));
	buf_free(&b);
}
END_TEST

/* A header of one's own, sums and all. */
static void put_header(unsigned char h[20], unsigned version, unsigned kind, uint32_t length, const void *body, size_t size)
{
	memcpy(h, "IBSG", 4);
	bytes_put16(h + 4, (uint16_t)version);
	bytes_put16(h + 6, (uint16_t)kind);
	bytes_put32(h + 8, length);
	bytes_put32(h + 12, sum_crc32(0, body, size));
	bytes_put32(h + 16, sum_crc32(0, h, 16));
}

START_TEST(newer_and_senseless_headers_are_refused)
{
	static const struct { unsigned version, kind; uint32_t length; const char *says; } bad[] = {
		{ 2, 1, 4, "version 2" }, { 0, 1, 4, "version 0" }, { 65535, 0, 8, "version 65535" }, { 1, 2, 4, "unknown kind" },
		{ 1, 0, 4, "unknown kind" }, { 1, 0, 9, "unknown kind" }, { 1, 1, (8u << 20) + 1, "larger" },
		{ 1, 1, 4294967295u, "larger" }, { 1, 1, 8u << 20, "cut" }, { 1, 1, 30, "cut" },
	};
	unsigned char bytes[29] = { 0 };
	struct error e;
	int frames;

	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
		size_t size = bad[k].length <= 9 ? bad[k].length : 9;

		put_header(bytes, bad[k].version, bad[k].kind, bad[k].length, bytes + 20, size);
		ck_assert_int_eq(read_all(bytes, 20 + size, &frames, &e), STATUS_INPUT);
		ck_assert_msg(strstr(e.text, bad[k].says) != NULL, "%zu: %s", k, e.text);
		ck_assert_ptr_nonnull(strstr(e.text, "at byte 0:"));
	}
	/* a body of nothing is whole; that it is no signature is for unpack_signature to say */
	put_header(bytes, 1, 1, 0, bytes + 20, 0);
	ck_assert_int_eq(read_all(bytes, 20, &frames, &e), STATUS_INPUT);
	ck_assert_int_eq(frames, 1);
	ck_assert_ptr_nonnull(strstr(e.text, "at byte 20: the file is cut: no end frame"));
}
END_TEST

START_TEST(what_cannot_be_written_is_noticed)
{
	struct frame_writer w;
	struct buf frame = { 0 };
	struct error e;
	FILE *full = fopen("/dev/full", "w");

	ck_assert_ptr_nonnull(full);
	ck_assert_int_eq(frame_pack(&small[0], &frame, &e), 0);
	frame_writer_start(&w, full);
	ck_assert_int_eq(frame_write(&w, &frame, &e), 0);
	ck_assert_int_eq(frame_finish(&w, &e), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(e.text, strerror(ENOSPC)));
	/* said again, not forgotten */
	ck_assert_int_eq(frame_finish(&w, &e), STATUS_SYSTEM);
	buf_free(&frame);
	fclose(full);
}
END_TEST

START_TEST(a_folder_cannot_be_read)
{
	FILE *in = fopen("/", "r");
	struct frame_reader r;
	struct error e;

	if (!in)
		return;
	frame_reader_start(&r, in);
	ck_assert_int_eq(frame_next(&r, &e), STATUS_SYSTEM);
	frame_reader_free(&r);
	fclose(in);
}
END_TEST

Suite *t_frame(void)
{
	Suite *s = suite_create("frame");
	TCase *c = tcase_create("nominal");

	tcase_add_checked_fixture(c, make, drop);
	tcase_add_test(c, what_is_written_is_read);
	tcase_add_test(c, bodies_can_be_read_later);
	tcase_add_test(c, headers_alone_are_checked);
	tcase_add_test(c, headers_are_as_specified);
	tcase_add_test(c, a_file_without_signatures);
	tcase_add_test(c, files_can_be_joined);
	suite_add_tcase(s, c);
	c = tcase_create("damaged");
	tcase_add_checked_fixture(c, make, drop);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_cut_at_every_byte_is_noticed);
	tcase_add_test(c, a_cut_from_the_front_is_noticed);
	tcase_add_test(c, a_flip_of_every_bit_is_noticed);
	tcase_add_test(c, shuffled_frames_are_noticed);
	tcase_add_test(c, other_files_are_told);
	tcase_add_test(c, newer_and_senseless_headers_are_refused);
	tcase_add_test(c, what_cannot_be_written_is_noticed);
	tcase_add_test(c, a_folder_cannot_be_read);
	suite_add_tcase(s, c);
	return s;
}
