/* fuzz_labels.c - any bytes as the table behind --meta */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

#include "sign/labels.h"

/* Each text of a row can stand in a signature. */
static void check(const struct labels *l)
{
	struct signature s = { 0 };
	struct error e = { 0 };

	for (int k = 0; k < METAS; k++)
		if (l->text[k] && (k > META_TWIST || labels_check((enum meta)k, l->text[k], &e) ||
				   signature_set(&s, (enum meta)k, l->text[k], &e)))
			abort();
	signature_free(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	struct label_table *t = NULL;
	struct error e = { 0 };
	const char *name;
	size_t at = 0, before, rows = 0, found = 0;
	int status;

	if (!in)
		return 0;
	status = labels_read(in, &t, &e);
	if (!t != !!status || (status && (status != STATUS_INPUT || e.status != status || !e.text[0])))
		abort();
	/* every row is found by its name, and each only once */
	while ((before = at, name = labels_unused(t, &at))) {
		const struct labels *l = labels_find(t, name);

		if (!*name || !l || at == before)
			abort();
		check(l);
		rows++;
	}
	at = 0;
	while (labels_unused(t, &at))
		found++;
	if (found)
		abort();
	labels_free(t);
	fclose(in);
	return 0;
}
