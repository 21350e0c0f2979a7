/* ready.c - a signature of the gallery unpacked and made ready for comparing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/ready.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/evidence.h"
#include "sign/impression.h"
#include "sign/land.h"
#include "sign/pack.h"

/* How the striated marks that are compared here were made. */
static const struct land_options land_defaults = LAND_OPTIONS_DEFAULT, shear_defaults = SHEAR_OPTIONS_DEFAULT;

static const struct land_options *made_how(enum mark mark)
{
	return mark == MARK_SHEAR ? &shear_defaults : &land_defaults;
}

int ready_land(const struct signature *s, struct land *out, struct error *e)
{
	return land_unfile(s, made_how(s->mark), out, e);
}

int ready_land_code(const struct signature *head, const struct buf *body, uint64_t *filed, size_t *size,
		    struct error *e)
{
	struct signature s;
	struct land land;
	int status;

	if (head->land_code) {
		memcpy(filed, head->land_code, head->land_code_size * sizeof *filed);
		*size = head->land_code_size;
		return STATUS_DONE;
	}
	status = unpack_signature(body, 1, &s, e);
	if (status)
		return status;
	status = ready_land(&s, &land, e);
	if (!status) {
		status = land_code_make(&land, filed, size, e);
		land_free(&land);
	}
	signature_free(&s);
	return status;
}

int ready_fine_code(const struct signature *head, const struct buf *body, struct fine_code *out, struct error *e)
{
	struct signature s;
	int status;

	if (head && head->fine) {
		*out = *head->fine;
		return STATUS_DONE;
	}
	if (head && (!impression_has_fine(head->mark) || !head->layer[LAYER_RELIEF]))
		return STATUS_NO;
	status = unpack_layer(body, LAYER_RELIEF, &s, e);
	if (status)
		return status;
	status = impression_fine_code(&s, out, e);
	signature_free(&s);
	return status;
}

static int make_key(struct ready *y, const struct land_matcher *matcher, struct error *e)
{
	struct land land;
	int status = ready_land(&y->signature, &land, e);

	if (status)
		return status;
	status = land_key_make(matcher, &land, &y->key, e);
	land_free(&land);
	return status;
}

struct ready *ready_new(const struct gallery_entry *entry, const struct land_matcher *matcher, struct error *e)
{
	struct ready *y = mem_new(1, sizeof *y, e);
	int status;

	if (!y)
		return NULL;
	status = unpack_signature(&entry->body, 1, &y->signature, e);
	if (!status && mark_striated(y->signature.mark))
		status = make_key(y, matcher, e);
	if (status) {
		ready_free(y);
		y = NULL;
	}
	return y;
}

void ready_free(struct ready *y)
{
	if (!y)
		return;
	for (int k = 0; k < LAYERS; k++)
		compare_release(&y->side[k]);
	land_key_free(y->key);
	signature_free(&y->signature);
	free(y);
}

void ready_compare(struct land_bench *bench, const struct ready *a, const struct ready *b, struct land_fit *fit)
{
	land_compare(bench, a->key, b->key, fit);
	if (a->signature.mark != MARK_LAND)
		fit->lr = evidence_lr(VIEW_LANDS, a->signature.mark, fit->score);
}

int ready_layer(struct ready *y, enum layer layer, struct error *e)
{
	int status;

	if (y->made[layer])
		return STATUS_DONE;
	status = compare_prepare(&y->signature, layer, &y->side[layer], e);
	y->made[layer] = !status;
	return status;
}

int ready_check(const struct signature *head, struct error *e)
{
	const char *method = head->mark == MARK_SHEAR ? SHEAR_METHOD : LAND_METHOD;

	if (!mark_striated(head->mark))
		return impression_check(head, e);
	if (strcmp(signature_meta(head, META_METHOD), method))
		return error_set(e, STATUS_INPUT, "made by method '%s'; this program compares '%s'",
				 signature_meta(head, META_METHOD), method);
	if (head->height != 1 || head->width > 2 * LAND_MOST)
		return error_set(e, STATUS_INPUT, "%d x %d points are no %s", head->width, head->height,
				 mark_name(head->mark));
	return STATUS_DONE;
}

/* Samples of the longest land. */
static int longest(const struct gallery *g)
{
	int most = 0;

	for (size_t i = 0; g && i < g->count; i++) {
		const struct signature *s = &g->entry[i].head;

		if (mark_striated(s->mark) && s->width / 2 > most)
			most = s->width / 2;
	}
	return most;
}

int ready_matcher(const struct gallery *a, const struct gallery *b, struct land_matcher **matcher,
		  struct error *e)
{
	return ready_matcher_for(longest(a), b, matcher, e);
}

int ready_matcher_for(int most, const struct gallery *b, struct land_matcher **matcher, struct error *e)
{
	static const struct land_match_options options = LAND_MATCH_DEFAULT;
	int in_b = longest(b);

	*matcher = NULL;
	most = most > in_b ? most : in_b;
	if (most == 0)
		return STATUS_DONE;
	*matcher = land_matcher_new(&options, most, land_defaults.step_um, e);
	return *matcher ? STATUS_DONE : e ? e->status : STATUS_SYSTEM;
}
