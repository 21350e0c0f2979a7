/* fuzz_chain.c - any text as a chain of custody; what is understood is written and understood again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <string.h>

#include "trace/chain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chain_step step[CHAIN_STEPS], again[CHAIN_STEPS];
	struct buf text = { 0 }, typed = { 0 }, problems = { 0 };
	struct pool pool = { 0 };
	size_t n = 0, left, m = 0;
	int status;

	if (buf_add(&text, data, size, NULL) || !buf_string(&text, NULL))
		abort();
	/* one step, as an officer types it: it is either wrong or can be read */
	if (chain_add(&typed, buf_string(&text, NULL), 20454, "1970", &problems, NULL))
		abort();
	status = chain_read((const char *)text.data, step, &n, &pool, NULL);
	if (!status) {
		left = chain_sort(step, n);
		if (left > n || chain_sort(step, left) != left)
			abort();
		text.size = 0;
		for (size_t i = 0; i < left; i++)
			if (chain_put(&text, &step[i], NULL))
				abort();
		if (chain_read(left ? buf_string(&text, NULL) : "", again, &m, &pool, NULL) || m != left)
			abort();
		for (size_t i = 0; i < m; i++)
			if (!chain_same(&step[i], &again[i]))
				abort();
		for (size_t i = 1; i < m; i++)
			chain_hole(&step[i - 1], &step[i]);
	}
	buf_free(&text);
	buf_free(&typed);
	buf_free(&problems);
	pool_free(&pool);
	return 0;
}
