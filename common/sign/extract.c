/* extract.c - from a scan or photograph to signatures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/extract.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "prep/ejector.h"
#include "prep/land_overlay.h"
#include "prep/pin.h"
#include "prep/shear.h"
#include "prep/spike.h"
#include "sign/impression.h"
#include "sign/land.h"

/* A photograph may be decoded reduced while its shorter side keeps this: a primer that fills the
 * picture then still has less than half a signature step a pixel. */
#define ENOUGH_PX 900

int extract_read(const void *bytes, size_t size, const struct extract_options *o, const char *cast,
		 struct surface *out, struct error *e)
{
	struct scan_wishes wishes = SCAN_WISHES_DEFAULT;
	int status;

	wishes.enough_px = ENOUGH_PX;
	wishes.any_checksum = o->any_checksum;
	status = scan_read(bytes, size, &wishes, out, e);
	if (!status && out->kind == SURFACE_TOPOGRAPHY)
		spike_remove(out);
	if (!status && o->mirror)
		surface_flip_rows(out);
	if (!status && cast && !strcmp(cast, "single"))
		surface_turn_cast(out);
	return status;
}

/* The mask picture, at the size of the surface; the caller's to free. */
static int take_mask(const struct surface *s, const struct surface *picture, uint8_t **out, struct error *e)
{
	uint8_t *mask;

	if (picture->full_width != s->full_width || picture->full_height != s->full_height)
		return error_set(e, STATUS_INPUT, "the region's picture is %d x %d, the image %d x %d",
				 picture->full_width, picture->full_height, s->full_width, s->full_height);
	mask = *out = mem_new((size_t)s->width * (size_t)s->height, 1, e);
	if (!mask)
		return STATUS_SYSTEM;
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			/* the middle one of those that became this */
			int px = x * s->reduction + s->reduction / 2, py = y * s->reduction + s->reduction / 2;

			if (px < picture->width && py < picture->height &&
			    picture->z[(size_t)py * (size_t)picture->width + (size_t)px] >= 128)
				mask[(size_t)y * (size_t)s->width + (size_t)x] = 255;
		}
	return STATUS_DONE;
}

static int locate_by_mask(const struct surface *s, const struct surface *picture, struct region *found,
			  struct error *e)
{
	uint8_t *mask = NULL;
	int status = take_mask(s, picture, &mask, e);

	if (!status)
		status = region_from_mask(s, mask, NULL, found, e);
	free(mask);
	return status;
}

/* The circle that a person gave, in pixels of the surface. */
static void take_circle(const struct surface *s, const struct extract_options *o, double circle[3])
{
	double r = s->reduction, half = (r - 1) / 2;

	circle[0] = (o->circle[0] - half) / r;
	circle[1] = (o->circle[1] - half) / r;
	circle[2] = o->circle[2] / r;
}

/* What a pixel of the surface measures, and how that is known. */
static int find_spacing(const struct surface *s, const struct extract_options *o, const struct region *found,
			double *x_um, double *y_um, enum spacing_origin *from, struct error *e)
{
	if (o->scale_um > 0) {
		*x_um = *y_um = o->scale_um * s->reduction;
		*from = SPACING_GIVEN;
	} else if (s->spacing_origin != SPACING_UNKNOWN) {
		*x_um = s->spacing_x_um;
		*y_um = s->spacing_y_um;
		*from = s->spacing_origin;
	} else {
		*x_um = *y_um = region_spacing_um(found, o->mouth_um);
		*from = SPACING_PRIMER;
		if (!(*x_um > 0))
			return error_set(e, STATUS_INPUT, "the file does not say its spacing and no primer was found "
					 "to measure it by (give --scale)");
	}
	return STATUS_DONE;
}

static int describe(const struct surface *s, double spacing_um, enum spacing_origin from,
		    struct signature *out, struct error *e)
{
	static const char *const origins[] = { "unknown", "file", "file-as-micrometres", "given", "primer" };
	char spacing[32];

	snprintf(spacing, sizeof spacing, "%.4g", spacing_um / s->reduction);
	if (signature_set(out, META_SOURCE, s->kind == SURFACE_PHOTOGRAPH ? "photograph" : "topography", e) ||
	    signature_set(out, META_SPACING_UM, spacing, e) ||
	    signature_set(out, META_SPACING_FROM, origins[from], e))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

static int describe_region(const struct region *found, struct signature *out, struct error *e)
{
	char quality[16];

	snprintf(quality, sizeof quality, "%.0f", found->quality);
	if (signature_set(out, META_REGION, region_way_text(found->way), e) ||
	    signature_set(out, META_QUALITY, quality, e))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

/* What has no breech face may be a land: then that is the reason. */
static void look_for_land(const struct surface *s, struct error *e)
{
	static const struct land_options options = LAND_OPTIONS_DEFAULT;
	struct land land = { 0 };

	if (s->kind != SURFACE_TOPOGRAPHY || s->spacing_origin == SPACING_UNKNOWN || land_extract(s, &options, &land, NULL))
		return;
	land_free(&land);
	error_set(e, STATUS_INPUT, "a land engraved area, no breech face (see --mark land)");
}

static int locate(const struct surface *s, const struct extract_options *o, struct region *found, struct error *e)
{
	bool breech = o->region_of == MARK_BREECH_FACE;
	double circle[3];

	if (o->region && breech)
		return locate_by_mask(s, o->region, found, e);
	if (o->circle[2] > 0 && breech) {
		take_circle(s, o, circle);
		return region_from_circle(s, circle[0], circle[1], circle[2], NULL, found, e);
	}
	return region_find(s, NULL, found, e);
}

/* Nothing was found, and nothing needs to be. */
static int no_region(const struct surface *s, struct region *found, struct error *e)
{
	*found = (struct region){ .width = s->width, .height = s->height };
	found->label = mem_new((size_t)s->width * (size_t)s->height, 1, e);
	return found->label ? STATUS_DONE : STATUS_SYSTEM;
}

int extract_locate(const struct surface *s, const struct extract_options *o, struct region *found, struct error *e)
{
	bool given = o->region_of == MARK_EJECTOR && (o->region || o->circle[2] > 0);
	int status = locate(s, o, found, e);

	if (status == STATUS_INPUT && given)
		status = no_region(s, found, e);
	if (status == STATUS_INPUT)
		look_for_land(s, e);
	return status;
}

static void place_breech_face(const struct region *found, struct impression_place *place)
{
	size_t points = (size_t)found->width * (size_t)found->height, pin = 0, flowback = 0;

	for (size_t i = 0; i < points; i++) {
		pin += found->label[i] == REGION_PIN;
		flowback += found->label[i] == REGION_FLOWBACK;
	}
	if (flowback)
		place->hole_um = sqrt((double)(pin + flowback) * place->spacing_x_um * place->spacing_y_um / M_PI);
	place->wanted = REGION_BREECH;
	place->x_px = found->ring.x;
	place->y_px = found->ring.y;
	place->has_pin = found->pin.r > 0 && found->way != REGION_MASKED && found->way != REGION_GIVEN_MASK;
	place->pin_x_px = found->pin.x;
	place->pin_y_px = found->pin.y;
	place->pin_px = found->pin.r;
}

static int place_firing_pin(const struct surface *s, const struct region *found, struct pin *pin,
			    struct impression_place *place, struct error *e)
{
	int status;

	if (found->way == REGION_MASKED || found->way == REGION_GIVEN_MASK)
		return error_set(e, STATUS_INPUT, "no firing pin: the scan is masked to the breech face");
	if (!(found->pin.r > 0))
		return error_set(e, STATUS_INPUT, "no firing-pin impression was found");
	status = pin_find(s, found, place->spacing_x_um, place->spacing_y_um, pin, e);
	place->label = pin->label;
	place->wanted = 1;
	place->bowl = 1;
	place->x_px = pin->x_px;
	place->y_px = pin->y_px;
	return status;
}

int extract_impression(const struct surface *s, enum mark mark, const struct extract_options *o,
		       const struct region *found, struct signature *out, struct error *e)
{
	struct impression_place place = { .label = found->label };
	struct pin pin = { 0 };
	enum spacing_origin from;
	int status = find_spacing(s, o, found, &place.spacing_x_um, &place.spacing_y_um, &from, e);

	memset(out, 0, sizeof *out);
	if (mark != MARK_FIRING_PIN)
		place_breech_face(found, &place);
	else if (!status)
		status = place_firing_pin(s, found, &pin, &place, e);
	if (!status)
		status = impression_sign(s, &place, mark, out, e);
	if (!status)
		status = describe(s, place.spacing_x_um, from, out, e);
	if (!status)
		status = describe_region(found, out, e);
	pin_free(&pin);
	if (status)
		signature_free(out);
	return status;
}

int extract_land(const struct surface *s, const struct extract_options *o, struct signature *out,
		 struct overlay *picture, struct error *e)
{
	static const struct land_options options = LAND_OPTIONS_DEFAULT;
	struct surface scaled = *s;   /* shares the points */
	struct land land = { 0 };
	int status;

	memset(out, 0, sizeof *out);
	if (o->scale_um > 0) {
		scaled.spacing_x_um = scaled.spacing_y_um = o->scale_um * s->reduction;
		scaled.spacing_origin = SPACING_GIVEN;
	}
	status = land_extract(&scaled, &options, &land, e);
	if (!status)
		status = land_file(&land, &options, out, e);
	if (!status)
		status = describe(s, scaled.spacing_x_um, scaled.spacing_origin, out, e);
	if (!status && picture)
		status = land_overlay(&scaled, &options, &land, picture, e);
	land_free(&land);
	if (status)
		signature_free(out);
	return status;
}

/* Where a person says that the ejector mark is, else where it is found. */
static int locate_ejector(const struct surface *s, const struct extract_options *o, const struct region *found,
			  double x_um, double y_um, struct ejector *out, struct error *e)
{
	bool given = o->region_of == MARK_EJECTOR;
	uint8_t *mask = NULL;
	double circle[3];
	int status;

	if (given && o->region) {
		status = take_mask(s, o->region, &mask, e);
		if (!status)
			status = ejector_from_mask(s, mask, out, e);
		free(mask);
		return status;
	}
	if (!given || !(o->circle[2] > 0))
		return ejector_find(s, found, x_um, y_um, out, e);
	take_circle(s, o, circle);
	return ejector_from_circle(s, circle[0], circle[1], circle[2], out, e);
}

/* How it was found; of one that a person showed also where, so that it can be found in the file again. */
static int describe_ejector(const struct surface *s, const struct extract_options *o, const struct ejector *ejector,
			    struct signature *out, struct error *e)
{
	bool given = o->region_of == MARK_EJECTOR && (o->region || o->circle[2] > 0);
	double r = s->reduction, half = (r - 1) / 2;
	char text[80];

	if (!given)
		return signature_set(out, META_REGION, region_way_text(REGION_FOUND), e);
	snprintf(text, sizeof text, "%s at %.1f,%.1f",
		 region_way_text(o->region ? REGION_GIVEN_MASK : REGION_GIVEN_CIRCLE), r * ejector->x_px + half,
		 r * ejector->y_px + half);
	return signature_set(out, META_REGION, text, e);
}

bool extract_shown_at(const struct signature *s, double *x_px, double *y_px)
{
	const char *text = signature_meta(s, META_REGION), *at = strstr(text, " given at ");

	return s->mark == MARK_EJECTOR && at && sscanf(at, " given at %lf,%lf", x_px, y_px) == 2 &&
	       isfinite(*x_px) && isfinite(*y_px);
}

int extract_ejector(const struct surface *s, const struct extract_options *o, struct region *found,
		    struct signature *out, struct error *e)
{
	struct impression_place place = { .wanted = 1, .plain = 1 };
	struct ejector ejector = { 0 };
	enum spacing_origin from;
	int status = find_spacing(s, o, found, &place.spacing_x_um, &place.spacing_y_um, &from, e);

	memset(out, 0, sizeof *out);
	if (!status)
		status = locate_ejector(s, o, found, place.spacing_x_um, place.spacing_y_um, &ejector, e);
	place.label = ejector.label;
	place.x_px = ejector.x_px;
	place.y_px = ejector.y_px;
	if (!status)
		status = impression_sign(s, &place, MARK_EJECTOR, out, e);
	if (!status)
		status = describe(s, place.spacing_x_um, from, out, e);
	if (!status)
		status = describe_ejector(s, o, &ejector, out, e);
	for (size_t i = 0; !status && i < (size_t)s->width * (size_t)s->height; i++)
		if (ejector.label[i])
			found->label[i] = REGION_EJECTOR;
	ejector_free(&ejector);
	if (status)
		signature_free(out);
	return status;
}

int extract_place(const struct surface *s, enum mark mark, const struct extract_options *o,
		  const struct region *found, struct extract_place *out, struct error *e)
{
	struct impression_place place = { 0 };
	struct ejector ejector = { 0 };
	struct pin pin = { 0 };
	enum spacing_origin from;
	int status = find_spacing(s, o, found, &out->spacing_x_um, &out->spacing_y_um, &from, e);

	place.spacing_x_um = out->spacing_x_um;
	place.spacing_y_um = out->spacing_y_um;
	if (!status && mark == MARK_EJECTOR) {
		status = locate_ejector(s, o, found, out->spacing_x_um, out->spacing_y_um, &ejector, e);
		place.x_px = ejector.x_px;
		place.y_px = ejector.y_px;
		ejector_free(&ejector);
	} else if (!status && mark == MARK_FIRING_PIN) {
		status = place_firing_pin(s, found, &pin, &place, e);
		pin_free(&pin);
	} else {
		place_breech_face(found, &place);
	}
	out->x_px = place.x_px;
	out->y_px = place.y_px;
	return status;
}

int extract_shear(const struct surface *s, const struct extract_options *o, const struct region *found,
		  struct signature *out, struct error *e)
{
	static const struct land_options options = SHEAR_OPTIONS_DEFAULT;
	struct shear shear = { 0 };
	struct land land = { 0 };
	char text[SIGNATURE_TEXT];
	enum spacing_origin from;
	double x_um, y_um;
	int status = find_spacing(s, o, found, &x_um, &y_um, &from, e);

	memset(out, 0, sizeof *out);
	if (!status)
		status = shear_find(s, found, x_um, y_um, &shear, e);
	if (!status)
		status = land_extract_along(&shear.patch, &shear.look, &options, &land, e);
	if (!status)
		status = land_file(&land, &options, out, e);
	if (!status)
		status = describe(s, x_um, from, out, e);
	snprintf(text, sizeof text, "%s at %.0f deg", signature_meta(out, META_REGION),
		 fmod(shear.outward_deg + 360, 360));
	if (!status)
		status = signature_set(out, META_REGION, text, e);
	land_free(&land);
	shear_free(&shear);
	if (status)
		signature_free(out);
	return status;
}

/* The file's name without folder and ending; what cannot stand in a text becomes '?'. */
static void plain_name(const char *file, char name[SIGNATURE_TEXT])
{
	const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file, *dot = strrchr(base, '.');
	size_t n = dot && dot > base ? (size_t)(dot - base) : strlen(base);

	if (n >= SIGNATURE_TEXT)
		n = SIGNATURE_TEXT - 1;
	for (size_t i = 0; i < n; i++)
		name[i] = (unsigned char)base[i] < 0x20 || base[i] == 0x7f ? '?' : base[i];
	name[n] = 0;
}

const char *extract_text(enum meta key, const struct labels *row, const struct labels *defaults)
{
	return row && row->text[key] && *row->text[key] ? row->text[key] : defaults->text[key];
}

int extract_label(struct signature *s, const char *file, const struct labels *row, const struct labels *defaults,
		  struct error *e)
{
	char name[SIGNATURE_TEXT];

	for (int k = 0; k <= META_TWIST; k++) {
		int status = signature_set(s, (enum meta)k, extract_text((enum meta)k, row, defaults), e);

		if (status)
			return status;
	}
	plain_name(file, name);
	return s->meta[META_ID] ? STATUS_DONE : signature_set(s, META_ID, name, e);
}
