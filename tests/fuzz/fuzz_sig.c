/* fuzz_sig.c - any bytes as a signature file, and as the body of a frame */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

#include "sign/frame.h"
#include "sign/pack.h"

/* What unpacks packs again, to something that unpacks to the same. */
static void take_body(const struct buf *body)
{
	struct signature s, again;
	struct buf packed = { 0 };
	struct error e = { 0 };
	int status = unpack_signature(body, 1, &s, &e);
	size_t points;

	if (status == STATUS_SYSTEM)
		abort();
	if (status)
		return;
	points = (size_t)s.width * (size_t)s.height;
	if (!points || points > SIGNATURE_POINTS_MAX)
		abort();
	if (pack_signature(&s, &packed, &e) || unpack_signature(&packed, 1, &again, &e))
		abort();
	if (again.width != s.width || again.height != s.height || memcmp(again.on, s.on, points))
		abort();
	signature_free(&again);
	signature_free(&s);
	buf_free(&packed);
	if (!unpack_signature(body, 0, &s, &e))
		signature_free(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf body = { (unsigned char *)(uintptr_t)data, size, size };
	FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	struct frame_reader reader;
	struct error e = { 0 };
	int status;

	if (!in)
		return 0;
	frame_reader_start(&reader, in);
	while (!(status = frame_next(&reader, &e)))
		take_body(&reader.body);
	if (status != STATUS_NO && status != STATUS_INPUT)
		abort();
	frame_reader_free(&reader);
	fclose(in);
	take_body(&body);
	return 0;
}
