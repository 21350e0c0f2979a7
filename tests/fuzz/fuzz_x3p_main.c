/* fuzz_x3p_main.c - any bytes as what is in a sound X3P archive: main.xml and lists of points */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/sum.h"
#include "scan/x3p.h"

/* The input is main.xml, a zero, data.bin, and as its last bytes valid.bin: as many as the byte at
 * the very end says. They are put in an archive without compression, so that what the fuzzer changes
 * is what the reader sees. */
struct part {
	const char *name;
	const uint8_t *bytes;
	size_t size, at;
};

static void header(unsigned char *p, const struct part *part)
{
	memset(p, 0, 26);
	p[0] = 20;
	bytes_put16(p + 8, 0x21);
	bytes_put32(p + 10, sum_crc32(0, part->bytes, part->size));
	bytes_put32(p + 14, (uint32_t)part->size);
	bytes_put32(p + 18, (uint32_t)part->size);
	bytes_put16(p + 22, (uint16_t)strlen(part->name));
}

static void put_archive(struct buf *out, struct part *parts, size_t count)
{
	unsigned char local[30] = "PK\3\4", central[46] = "PK\1\2\24", end[22] = "PK\5\6";
	size_t i, start;

	for (i = 0; i < count; i++) {
		parts[i].at = out->size;
		header(local + 4, &parts[i]);
		buf_add(out, local, sizeof local, NULL);
		buf_text(out, parts[i].name, NULL);
		buf_add(out, parts[i].bytes, parts[i].size, NULL);
	}
	start = out->size;
	for (i = 0; i < count; i++) {
		header(central + 6, &parts[i]);
		bytes_put32(central + 42, (uint32_t)parts[i].at);
		buf_add(out, central, sizeof central, NULL);
		buf_text(out, parts[i].name, NULL);
	}
	bytes_put16(end + 8, (uint16_t)count);
	bytes_put16(end + 10, (uint16_t)count);
	bytes_put32(end + 12, (uint32_t)(out->size - start));
	bytes_put32(end + 16, (uint32_t)start);
	buf_add(out, end, sizeof end, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scan_wishes wishes = { .max_points = FUZZ_POINTS, .any_checksum = true };
	struct part parts[3] = { { .name = "main.xml", .bytes = data, .size = size },
				 { .name = "bindata/data.bin" }, { .name = "bindata/valid.bin" } };
	const uint8_t *zero = size ? memchr(data, 0, size) : NULL;
	struct buf archive = { 0 };
	struct error e = { 0 };
	struct surface s;
	int status;

	if (zero) {
		size_t rest = size - (size_t)(zero - data) - 1, valid = rest ? data[size - 1] : 0;

		rest -= rest ? 1 : 0;
		if (valid > rest)
			valid = 0;
		parts[0].size = (size_t)(zero - data);
		parts[1].bytes = zero + 1;
		parts[1].size = rest - valid;
		parts[2].bytes = zero + 1 + rest - valid;
		parts[2].size = valid;
	}
	put_archive(&archive, parts, zero ? 3 : 1);
	status = x3p_read(archive.data, archive.size, &wishes, &s, &e);
	fuzz_check(status, &e, &s);
	buf_free(&archive);
	return 0;
}
