/* grave.c - what is left of what was deleted, and its lines taken out of the log */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/grave.h"

#include <string.h>

#include "base/sort.h"

int grave_add(struct grave *g, const char *const *field, struct error *e)
{
	int status = log_put(g->book->log, &g->stones, field, e);

	return status ? status : set_add(&g->gone, id_mix(id_pack(field[0])), e);
}

static int take_gone(void *context, const struct index_head *head, struct error *e)
{
	struct sort_item item = { head->offset, head->id };

	return head->gone ? buf_add(context, &item, sizeof item, e) : STATUS_DONE;
}

static int take_returned(struct grave *g, const struct sort_item *stone, grave_take *take, void *context,
			 struct error *e)
{
	struct log_row row;
	size_t count;
	int status = index_returned(g->book->index, stone->value, &count, e);

	if (status || !count)
		return status;
	status = book_read_row(g->book, stone->key, &row, e);
	if (!status)
		status = take(context, row.field, e);
	if (!status)
		status = grave_add(g, row.field, e);
	/* one that is damaged is for verify --repair */
	return status == STATUS_NO || status == STATUS_INPUT ? STATUS_DONE : status;
}

int grave_returned(struct grave *g, grave_take *take, void *context, struct error *e)
{
	struct buf stones = { 0 };
	const struct sort_item *stone;
	int status = STATUS_DONE;

	if (!g->book->cover.returned)
		return STATUS_DONE;
	status = index_each(g->book->index, take_gone, &stones, e);
	stone = (const void *)stones.data;
	for (size_t i = 0; i < stones.size / sizeof *stone && !status; i++)
		status = take_returned(g, &stone[i], take, context, e);
	buf_free(&stones);
	return status;
}

static bool is_gone(struct grave *g, const char *id)
{
	uint64_t packed;

	if (!id_valid(id))
		return false;
	packed = id_pack(id);
	if (packed != g->asked) {
		g->asked = packed;
		g->answer = set_count(&g->gone, id_mix(packed)) > 0;
	}
	return g->answer;
}

/* A damaged line may be one of those that go: its name is the first thing on it. */
static bool keep_line(void *context, const struct log_row *row, bool damaged)
{
	char id[ID_TEXT] = "";

	if (!damaged)
		return !is_gone(context, row->field[0]);
	if (row->raw && row->size > ID_TEXT && row->raw[ID_TEXT - 1] == ',')
		memcpy(id, row->raw, ID_TEXT - 1);
	return !is_gone(context, id);
}

int grave_close(struct grave *g, struct error *e)
{
	static const char *const suffix[] = { "torn", "damaged" };
	int status = STATUS_DONE;

	if (!g->stones.size)
		return STATUS_DONE;
	/* before the log: who is killed between the two leaves nothing behind that the next run would not find */
	for (size_t i = 0; i < sizeof suffix / sizeof *suffix && !status; i++) {
		char name[80];

		snprintf(name, sizeof name, "%.60s.%s", g->book->kind->shape->file, suffix[i]);
		status = folder_remove(&g->book->guard->folder, name, e);
		if (status == STATUS_NO)
			status = STATUS_DONE;
	}
	return status ? status : log_rewrite(g->book->log, keep_line, g, &g->stones, NULL, e);
}

void grave_free(struct grave *g)
{
	set_free(&g->gone);
	buf_free(&g->stones);
}
