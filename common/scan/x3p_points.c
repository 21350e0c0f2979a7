/* x3p_points.c - the list of points of an X3P file, text or binary, to a surface */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/x3p_points.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/num.h"
#include "scan/missing.h"

/* How far a point of a regular grid with absolute axes may be off, in steps of the grid. */
#define GRID_TOLERANCE 0.05
/* Heights beyond it, in metres or even in micrometres, are no heights. */
#define HEIGHT_MAX 1e9
/* What can be the spacing of a measured surface: from an atom's breadth to what shows no mark. */
#define SPACING_MIN_UM 1e-4
#define SPACING_MAX_UM 1e3

static bool absolute(const struct x3p_axis *axis)
{
	return axis->type[0] == 'A';
}

static bool integer(const struct x3p_axis *axis)
{
	return axis->data[0] == 'I' || axis->data[0] == 'L';
}

static size_t width_of(const struct x3p_axis *axis)
{
	switch (axis->data[0]) {
	case 'I':
		return 2;
	case 'L':
	case 'F':
		return 4;
	default:
		return 8;
	}
}

size_t x3p_points_bytes(const struct x3p_header *h)
{
	size_t n = width_of(&h->axis[AXIS_Z]);
	int i;

	for (i = AXIS_X; i <= AXIS_Y; i++)
		if (absolute(&h->axis[i]))
			n += width_of(&h->axis[i]);
	return n;
}

static int check_feature(const struct x3p_header *h, struct error *e)
{
	if (!strcmp(h->feature, "SUR") || !h->feature[0])
		return STATUS_DONE;
	if (!strcmp(h->feature, "PCL"))
		return error_set(e, STATUS_INPUT, "a point cloud (feature type PCL) of %lld points, not a "
				 "surface: its points are in no grid", (long long)h->list);
	if (!strcmp(h->feature, "PRF"))
		return error_set(e, STATUS_INPUT, "a profile (feature type PRF), not a surface");
	return error_set(e, STATUS_INPUT, "of feature type '%.20s', not a surface (SUR)", h->feature);
}

static bool one_of(const char *text, const char *letters)
{
	return text[0] && !text[1] && strchr(letters, text[0]);
}

static int check_axes(const struct x3p_header *h, struct error *e)
{
	static const char name[] = "XYZ";
	int i;

	for (i = AXIS_X; i <= AXIS_Z; i++) {
		const struct x3p_axis *a = &h->axis[i];
		/* text needs no type, and what is not in the list needs none either */
		bool needed = !h->text && (i == AXIS_Z || absolute(a));

		if (i != AXIS_Z && !one_of(a->type, "IA"))
			return error_set(e, STATUS_INPUT, "the type of axis C%c is '%.20s', "
					 "neither I nor A", name[i], a->type);
		if (!one_of(a->data, "ILFD") && (needed || a->data[0]))
			return error_set(e, STATUS_INPUT, "the data type of axis C%c is '%.20s', "
					 "none of I, L, F and D", name[i], a->data);
	}
	return STATUS_DONE;
}

static int check_size(const struct x3p_header *h, size_t max_points, struct error *e)
{
	long long x = h->size[0], y = h->size[1], z = h->size[2];

	if (!x || !y)
		return error_set(e, STATUS_INPUT, "main.xml states no size of the matrix");
	if (x < 0 || y < 0 || z < 0)
		return error_set(e, STATUS_INPUT, "a matrix of %lld x %lld x %lld points", x, y, z);
	if (z > 1)
		return error_set(e, STATUS_INPUT, "a matrix of %lld layers: only one can be used", z);
	if (max_points > SURFACE_MAX_POINTS)
		max_points = SURFACE_MAX_POINTS;
	if (x > INT_MAX || y > INT_MAX || (size_t)x > max_points / (size_t)y)
		return error_set(e, STATUS_INPUT, "%lld x %lld points are more than can be used", x, y);
	if (h->list && h->list != x * y)
		return error_set(e, STATUS_INPUT, "a matrix of %lld x %lld points, but a list of %lld",
				 x, y, (long long)h->list);
	return STATUS_DONE;
}

int x3p_points_check(const struct x3p_header *h, size_t max_points, struct error *e)
{
	int status;

	if (!h->axis[AXIS_X].type[0] && !h->axis[AXIS_Y].type[0])
		return error_set(e, STATUS_INPUT, "main.xml describes no axes");
	if ((status = check_feature(h, e)) || (status = check_size(h, max_points, e)))
		return status;
	return check_axes(h, e);
}

int x3p_points_begin(struct x3p_points *p, const struct x3p_header *h, size_t max_points,
		     struct surface *out, struct error *e)
{
	int status = x3p_points_check(h, max_points, e), i;

	memset(p, 0, sizeof *p);
	p->header = h;
	p->out = out;
	if (status)
		return status;
	p->total = (size_t)h->size[0] * (size_t)h->size[1];
	status = surface_new(out, SURFACE_TOPOGRAPHY, (int)h->size[0], (int)h->size[1], e);
	if (status)
		return status;
	if (!h->feature[0])
		surface_note(out, "no feature type, taken as a surface");
	for (i = AXIS_X; i <= AXIS_Y; i++) {
		size_t n = (size_t)h->size[i], k;

		if (!absolute(&h->axis[i]))
			continue;
		p->place[i] = mem_new(n, sizeof *p->place[i], e);
		if (!p->place[i])
			return STATUS_SYSTEM;
		for (k = 0; k < n; k++)
			p->place[i][k] = NAN;
	}
	return STATUS_DONE;
}

void x3p_points_free(struct x3p_points *p)
{
	free(p->place[0]);
	free(p->place[1]);
	memset(p, 0, sizeof *p);
}

/* Increment and offset belong to incremental axes and to integers; the standard gives them no
 * meaning for floating-point coordinates, and files in the wild carry both there. */
static double scaled(const struct x3p_axis *axis, double raw)
{
	double increment = isnan(axis->increment) ? 1 : axis->increment;
	double offset = isnan(axis->offset) ? 0 : axis->offset;

	return integer(axis) ? offset + raw * increment : raw;
}

/* The place a point has by its own account, against that of the others of its column or row. */
static void note_place(struct x3p_points *p, int axis, size_t at, double value)
{
	double *place = &p->place[axis][at];

	if (isnan(*place))
		*place = value;
	else if (fabs(value - *place) > p->spread[axis])
		p->spread[axis] = fabs(value - *place);
}

/* A point in metres (as far as the file keeps to the standard), to row and column. X3P's rows run
 * upwards. Anything not finite is a missing point, and so are numbers beyond any scale, which
 * programs without NaN write for one. */
static void put(struct x3p_points *p, const double value[3])
{
	size_t width = (size_t)p->out->width, column = p->next % width, row = p->next / width;

	if (fabs(value[AXIS_Z]) <= HEIGHT_MAX) {
		p->out->z[((size_t)p->out->height - 1 - row) * width + column] = (float)value[AXIS_Z];
		if (p->place[0])
			note_place(p, 0, column, value[AXIS_X]);
		if (p->place[1])
			note_place(p, 1, row, value[AXIS_Y]);
	}
	p->next++;
}

static int too_many(const struct x3p_points *p, struct error *e)
{
	return error_set(e, STATUS_INPUT, "more points than the %zu of its %d x %d matrix", p->total,
			 p->out->width, p->out->height);
}

static char *trim(char *text)
{
	size_t n;

	text += strspn(text, " \t\r\n");
	n = strlen(text);
	while (n && strchr(" \t\r\n", text[n - 1]))
		text[--n] = 0;
	return text;
}

static int read_number(const struct x3p_points *p, char *text, double *out, struct error *e)
{
	struct error own;

	text = trim(text);
	if (!strcasecmp(text, "nan") || !strcasecmp(text, "-nan")) {
		*out = NAN;
		return STATUS_DONE;
	}
	if (num_real(text, -HUGE_VAL, HUGE_VAL, out, &own))
		return error_set(e, STATUS_INPUT, "point %zu: %.200s", p->next + 1, own.text);
	return STATUS_DONE;
}

int x3p_points_text(struct x3p_points *p, char *datum, struct error *e)
{
	double value[3] = { NAN, NAN, NAN };
	char *at = trim(datum);
	int i, status;

	if (p->next >= p->total)
		return too_many(p, e);
	if (!*at) {
		put(p, value);
		return STATUS_DONE;
	}
	for (i = AXIS_X; i <= AXIS_Z; i++) {
		const struct x3p_axis *axis = &p->header->axis[i];
		char *field;

		if (i != AXIS_Z && !absolute(axis))
			continue;
		field = strsep(&at, ";");
		if (!field)
			return error_set(e, STATUS_INPUT, "point %zu has too few coordinates", p->next + 1);
		if ((status = read_number(p, field, &value[i], e)))
			return status;
		value[i] = scaled(axis, value[i]);
	}
	if (at)
		return error_set(e, STATUS_INPUT, "point %zu has too many coordinates", p->next + 1);
	put(p, value);
	return STATUS_DONE;
}

static double get(const struct x3p_axis *axis, const unsigned char *at)
{
	switch (axis->data[0]) {
	case 'I':
		return scaled(axis, (int16_t)bytes_get16(at));
	case 'L':
		return scaled(axis, (int32_t)bytes_get32(at));
	case 'F':
		return (double)bytes_get_float(at);
	default:
		return bytes_get_double(at);
	}
}

static void put_binary(struct x3p_points *p, const unsigned char *at)
{
	const struct x3p_axis *axis = p->header->axis;
	double value[3] = { NAN, NAN, NAN };
	int i;

	for (i = AXIS_X; i <= AXIS_Z; i++) {
		if (i != AXIS_Z && !p->place[i])
			continue;
		value[i] = get(&axis[i], at);
		at += width_of(&axis[i]);
	}
	put(p, value);
}

int x3p_points_binary(struct x3p_points *p, const unsigned char *bytes, size_t size, struct error *e)
{
	size_t item = x3p_points_bytes(p->header);

	while (size) {
		size_t more;

		if (p->next >= p->total)
			return too_many(p, e);
		if (!p->held && size >= item) {
			put_binary(p, bytes);
			bytes += item;
			size -= item;
			continue;
		}
		more = item - p->held < size ? item - p->held : size;
		memcpy(p->part + p->held, bytes, more);
		p->held += more;
		bytes += more;
		size -= more;
		if (p->held == item) {
			put_binary(p, p->part);
			p->held = 0;
		}
	}
	return STATUS_DONE;
}

void x3p_points_valid(struct x3p_points *p, size_t at, const unsigned char *bytes, size_t size)
{
	size_t width = (size_t)p->out->width, height = (size_t)p->out->height, i, bit;

	for (i = 0; i < size; i++) {
		if (bytes[i] == 0xff)
			continue;
		for (bit = 0; bit < 8; bit++) {
			size_t point = (at + i) * 8 + bit;

			if (point < p->total && !(bytes[i] >> bit & 1))
				p->out->z[(height - 1 - point / width) * width + point % width] = NAN;
		}
	}
}

/* The step of the grid along an axis, in the file's unit; 0 where the file says none. Negative:
 * the axis runs backwards. Absolute coordinates must be those of a regular grid. */
static int step(const struct x3p_points *p, int axis, double *out, struct error *e)
{
	const double *place = p->place[axis];
	size_t n = (size_t)p->header->size[axis], first = 0, last = n, k;
	bool regular;

	if (!place) {
		double given = p->header->axis[axis].increment;

		*out = isfinite(given) ? given : 0;
		return STATUS_DONE;
	}
	while (first < n && isnan(place[first]))
		first++;
	while (last > first && isnan(place[last - 1]))
		last--;
	*out = 0;
	if (last - first < 2)
		return STATUS_DONE;
	*out = (place[last - 1] - place[first]) / (double)(last - 1 - first);
	regular = isfinite(*out) && *out != 0 && p->spread[axis] <= GRID_TOLERANCE * fabs(*out);
	for (k = first; k < last && regular; k++) {
		double off = fabs(place[k] - (place[first] + (double)(k - first) * *out));

		/* a column of missing points only has no place: NaN is not off */
		regular = !(off > GRID_TOLERANCE * fabs(*out));
	}
	if (!regular)
		return error_set(e, STATUS_INPUT, "the absolute %c coordinates are no regular grid",
				 "XY"[axis]);
	return STATUS_DONE;
}

/* Metres, as the standard wants; else, where the spacing would be more than 1 mm, millimetres, as
 * converters from other formats write them, if that gives a spacing of at most 100 um; else
 * micrometres, as others do. */
static double unit_of(double spacing)
{
	if (spacing <= 1e-3)
		return 1e6;
	return spacing <= 0.1 ? 1e3 : 1;
}

static const char *unit_name(double unit)
{
	return unit > 1e5 ? "m" : unit > 100 ? "mm" : unit > 0.1 ? "um" : "nm";
}

/* Heights are in the unit of the spacing as a rule; but where that makes the whole relief less than
 * a nanometre or more than 10 cm, they are in the largest unit that makes it at most 2 mm, which is
 * the most that such instruments reach. */
static double height_unit(double relief, double unit)
{
	static const double units[] = { 1e6, 1e3, 1, 1e-3 };
	size_t i;

	if (relief <= 0 || (relief * unit > 1e-3 && relief * unit < 1e5))
		return unit;
	for (i = 0; i < sizeof units / sizeof *units; i++)
		if (relief * units[i] > 1e-3 && relief * units[i] < 2e3)
			return units[i];
	return unit;
}

/* The spacing, and the unit it was found in. */
static double set_spacing(struct surface *s, double dx, double dy)
{
	double wide = fmax(dx, dy), narrow = fmin(dx, dy), unit = unit_of(wide);

	if (narrow * unit < SPACING_MIN_UM || wide * unit > SPACING_MAX_UM) {
		surface_note(s, "no spacing: increments %g and %g", dx, dy);
		return 1e6;
	}
	s->spacing_x_um = dx * unit;
	s->spacing_y_um = dy * unit;
	s->spacing_origin = unit == 1e6 ? SPACING_FILE : SPACING_ASSUMED;
	if (unit != 1e6)
		surface_note(s, "increment %g taken as %s where the standard wants m", wide, unit_name(unit));
	return unit;
}

/* The ends of an integer's range are what programs without a bitmap write for a missing point, or for one out of
 * reach. Heights that were scaled to the whole range come up to them without a gap; but few of them. */
static void leave_ends_out(const struct x3p_axis *axis, struct surface *s)
{
	double high = axis->data[0] == 'I' ? INT16_MAX : INT32_MAX;

	if (!integer(axis))
		return;
	missing_height(s, (float)scaled(axis, -high - 1));
	missing_height(s, (float)scaled(axis, high));
}

static int set_units(struct surface *s, double dx, double dy, struct error *e)
{
	double unit, z_unit, lowest = INFINITY, highest = -INFINITY;
	size_t i, points = (size_t)s->width * (size_t)s->height;

	missing_find(s);
	s->valid = 0;
	for (i = 0; i < points; i++)
		if (!isnan(s->z[i])) {
			s->valid++;
			lowest = fmin(lowest, s->z[i]);
			highest = fmax(highest, s->z[i]);
		}
	if (!s->valid)
		return error_set(e, STATUS_INPUT, "all %zu points are missing", points);
	s->masked = s->valid < points;
	unit = set_spacing(s, dx, dy);
	z_unit = height_unit(highest - lowest, unit);
	if (z_unit != unit)
		surface_note(s, "heights taken as %s", unit_name(z_unit));
	for (i = 0; i < points; i++)
		s->z[i] = (float)((double)s->z[i] * z_unit);
	return STATUS_DONE;
}

/* A rotation in the plane changes nothing: no angle is assumed later. One that mirrors the plane
 * does. One that lays the surface on its face cannot be meant. */
static int apply_rotation(const struct x3p_header *h, struct surface *s, struct error *e)
{
	const double *r = h->rotation;
	double plane = r[0] * r[4] - r[1] * r[3];
	int i;

	for (i = 0; i < 9; i++)
		if (isnan(r[i]))
			return STATUS_DONE;
	if (r[8] < 0)
		return error_set(e, STATUS_INPUT, "the rotation matrix lays the surface on its face");
	if (plane < 0) {
		surface_flip_rows(s);
		surface_note(s, "mirrored by its rotation matrix");
	} else if (fabs(r[0] - 1) > 1e-6 || fabs(r[4] - 1) > 1e-6) {
		surface_note(s, "its rotation matrix is not applied");
	}
	return STATUS_DONE;
}

/* Converters from the TMD format of photometric instruments keep its order, which is a picture's:
 * from the top downwards. x3ptools' source says so, and headstamps in such scans, which read right
 * only as they stand. */
static void undo_pictures_order(const struct x3p_header *h, struct surface *s)
{
	const char *from = strcasestr(h->comment, "converted from");

	if (!from || !strstr(from, "TMD"))
		return;
	surface_flip_rows(s);
	surface_note(s, "rows run downwards, as in the TMD file it was converted from");
}

int x3p_points_end(struct x3p_points *p, struct error *e)
{
	double dx, dy;
	int status;

	if (p->next != p->total || p->held)
		return error_set(e, STATUS_INPUT, "%zu points, but a matrix of %d x %d = %zu", p->next,
				 p->out->width, p->out->height, p->total);
	leave_ends_out(&p->header->axis[AXIS_Z], p->out);
	if ((status = step(p, AXIS_X, &dx, e)) || (status = step(p, AXIS_Y, &dy, e)) ||
	    (status = set_units(p->out, fabs(dx), fabs(dy), e)))
		return status;
	if (dx < 0)
		surface_flip_columns(p->out);
	if (dy < 0)
		surface_flip_rows(p->out);
	undo_pictures_order(p->header, p->out);
	return apply_rotation(p->header, p->out, e);
}
