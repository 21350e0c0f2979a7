/* land.c - the signature of a land engraved area, or of aperture shear, as it is filed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/land.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "sign/land_code.h"

#define UNITS_UM 1000.0
#define UNITS_LIGHT 100.0
#define UNITS_SURE 1000.0

/* Striae on a flat are aperture shear. */
static enum mark mark_of(const struct land_options *o)
{
	return o->flat ? MARK_SHEAR : MARK_LAND;
}

void land_method(const struct land_options *o, char *text, size_t size)
{
	snprintf(text, size, "%s/1 step %g band %g-%g section %g agree %g", mark_name(mark_of(o)), o->step_um,
		 o->short_um, o->long_um, o->section_um, o->agree_um);
}

static double units_of(enum surface_kind kind)
{
	return kind == SURFACE_PHOTOGRAPH ? UNITS_LIGHT : UNITS_UM;
}

static int16_t rounded(double v)
{
	return (int16_t)lrint(fmax(-32767, fmin(32767, v)));
}

static int say(const struct land *l, const struct land_options *o, struct signature *out, struct error *e)
{
	char text[SIGNATURE_TEXT];
	int status;

	land_method(o, text, sizeof text);
	status = signature_set(out, META_METHOD, text, e);
	snprintf(text, sizeof text, "%.0f", l->quality);
	if (!status)
		status = signature_set(out, META_QUALITY, text, e);
	snprintf(text, sizeof text, "from %.1f um %s to %.1f um %s", l->left_um, land_end_name(l->left_end),
		 l->left_um + l->width_um, land_end_name(l->right_end));
	return status ? status : signature_set(out, META_REGION, text, e);
}

/* The code is that of what is filed, so that it is the same whenever it is made. A land that is too short has none. */
static int file_code(const struct land_options *o, struct signature *out, struct error *e)
{
	uint64_t filed[LAND_CODE_ROOM];
	struct land land;
	size_t size;
	int status = land_unfile(out, o, &land, e);

	if (status)
		return status;
	status = land_code_make(&land, filed, &size, e);
	land_free(&land);
	return status == STATUS_INPUT ? STATUS_DONE : status ? status : signature_land_code(out, filed, size, e);
}

int land_file(const struct land *l, const struct land_options *o, struct signature *out, struct error *e)
{
	enum layer layer = l->kind == SURFACE_PHOTOGRAPH ? LAYER_LOOK : LAYER_RELIEF;
	int status = signature_room(out, 2 * l->n, 1, 1u << layer, e);

	if (status)
		return status;
	out->mark = mark_of(o);
	out->step_um = l->step_um;
	for (int i = 0; i < l->n; i++) {
		int16_t sure = rounded(UNITS_SURE * l->sure[i]);

		if (sure <= 0)
			continue;
		out->on[i] = out->on[l->n + i] = 1;
		out->layer[layer][i] = rounded(units_of(l->kind) * l->z[i]);
		out->layer[layer][l->n + i] = sure;
	}
	status = say(l, o, out, e);
	return status ? status : file_code(o, out, e);
}

static enum land_end end_named(const char *name)
{
	for (int k = 0; k <= LAND_END_GIVEN; k++)
		if (!strcmp(name, land_end_name((enum land_end)k)))
			return (enum land_end)k;
	return LAND_END_DATA;
}

static void read_region(const struct signature *s, struct land *out)
{
	char left[8], right[8];
	double from, to;

	if (sscanf(signature_meta(s, META_REGION), "from %lf um %7s to %lf um %7s", &from, left, &to,
		   right) != 4)
		return;
	out->left_um = from;
	out->left_end = end_named(left);
	out->right_end = end_named(right);
}

static int check(const struct signature *s, const struct land_options *o, struct error *e)
{
	char method[SIGNATURE_TEXT];

	land_method(o, method, sizeof method);
	if (s->mark != mark_of(o))
		return error_set(e, STATUS_INPUT, "a %s is no %s", mark_name(s->mark), mark_name(mark_of(o)));
	if (strcmp(signature_meta(s, META_METHOD), method))
		return error_set(e, STATUS_INPUT, "made by '%s', not '%s'", signature_meta(s, META_METHOD),
				 method);
	if (s->height != 1 || s->width % 2 || s->width > 2 * LAND_MOST ||
	    fabs(s->step_um - o->step_um) > 1e-6 || !s->on ||
	    (!s->layer[LAYER_RELIEF] && !s->layer[LAYER_LOOK]))
		return error_set(e, STATUS_INPUT, "%d x %d points are no land's", s->width, s->height);
	return STATUS_DONE;
}

int land_unfile(const struct signature *s, const struct land_options *o, struct land *out, struct error *e)
{
	enum layer layer = s->layer[LAYER_RELIEF] ? LAYER_RELIEF : LAYER_LOOK;
	int n = s->width / 2, status = check(s, o, e);
	double sum = 0;

	*out = (struct land){ .kind = layer == LAYER_LOOK ? SURFACE_PHOTOGRAPH : SURFACE_TOPOGRAPHY };
	if (status)
		return status;
	out->n = n;
	out->step_um = s->step_um;
	out->width_um = (n - 1) * s->step_um;
	out->z = mem_new((size_t)n, sizeof *out->z, e);
	out->sure = mem_new((size_t)n, sizeof *out->sure, e);
	if (!out->z || !out->sure) {
		land_free(out);
		return STATUS_SYSTEM;
	}
	for (int i = 0; i < n; i++) {
		double sure = s->layer[layer][n + i] / UNITS_SURE;

		if (!s->on[i] || !s->on[n + i] || sure <= 0)
			continue;
		out->z[i] = (float)(s->layer[layer][i] / units_of(out->kind));
		out->sure[i] = (float)fmin(1, sure);
		sum += out->sure[i];
	}
	out->quality = 100 * sum / n;
	read_region(s, out);
	return STATUS_DONE;
}
