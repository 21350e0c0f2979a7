/* impression.c - the signature of an impressed mark: breech face, firing pin, ejector */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/impression.h"

#include <math.h>
#include <string.h>

#include "prep/aperture.h"
#include "prep/level.h"

/* Gaussian filter of ISO 16610: exp(-pi (x / (alpha cutoff))^2), alpha = sqrt(ln 2 / pi). */
#define CUTOFF_TO_SIGMA (0.46971863934982567 / 2.5066282746310002)
/* Least points that the mean of a radius is taken from. */
#define RADIAL_LEAST 200
/* At most this share of the ring is given up to the firing-pin hole. */
#define APERTURE_MOST 0.6
/* Least strength of its edge. In heights it is a step of many times the marks (9 and 38 in real scans),
 * while arcs of marks beside bare metal reach 5.5; in photographs it is a tone (3.1 to 7.3). */
#define APERTURE_LEAST_RELIEF 6
#define APERTURE_LEAST_PHOTO 2.5
/* Outside the strongest edge of a photograph one so strong is the hole's. */
#define APERTURE_BEYOND_PHOTO 6
/* Share of the mean square that keeps flat places from being blown up to full contrast. */
#define EVEN_FLOOR 0.1
/* Beyond so many standard deviations a value says no more. */
#define CLIP ((double)SIGNATURE_LIMIT / SIGNATURE_UNIT)

static const struct impression_params params[MARKS] = {
	[MARK_BREECH_FACE] = { 4800, 20, 40, 80, 400, 150, 120, { 425, 2225, 86 }, { 425, 2225, 61 }, 0.8 },
	[MARK_FIRING_PIN] = { 2400, 10, 16, 32, 200, 75, 60, { 85, 925, 36.5 }, { 0 }, 0.15 },
	[MARK_EJECTOR] = { 2400, 10, 16, 32, 200, 75, 60, { 85, 925, 36.5 }, { 0 }, 0.1 },
};

/* What impression_method says of these: numbers take long to print, and an index asks it of each of a million. */
static const char *const methods[MARKS] = {
	[MARK_BREECH_FACE] = "impression/1 step 20 band 40,80-400 even 150",
	[MARK_FIRING_PIN] = "impression/1 step 10 band 16,32-200 even 75",
	[MARK_EJECTOR] = "impression/1 step 10 band 16,32-200 even 75",
};

const struct impression_params *impression_params(enum mark mark)
{
	return &params[mark];
}

void impression_method(const struct impression_params *p, char *text, size_t size)
{
	snprintf(text, size, "impression/1 step %g band %g,%g-%g even %g", p->step_um, p->short_um,
		 p->look_short_um, p->long_um, p->even_um);
}

static int side_of(const struct impression_params *p)
{
	return (int)lrint(p->side_um / p->step_um);
}

int impression_check(const struct signature *s, struct error *e)
{
	const char *method = methods[s->mark];

	if (mark_striated(s->mark))
		return error_set(e, STATUS_INPUT, "a %s cannot be compared with impressions", mark_name(s->mark));
	if (strcmp(signature_meta(s, META_METHOD), method))
		return error_set(e, STATUS_INPUT, "made by method '%s'; this program compares '%s'",
				 signature_meta(s, META_METHOD), method);
	if (s->width != side_of(&params[s->mark]) || s->height != s->width || s->step_um != params[s->mark].step_um)
		return error_set(e, STATUS_INPUT, "%d x %d points of %g um are no signature of its method", s->width,
				 s->height, s->step_um);
	return STATUS_DONE;
}

static int smooth_in_place(struct grid *g, double sigma_um, struct grid *scratch, struct error *e)
{
	float *v;

	if (grid_smooth(g, sigma_um / g->step_um, scratch, e))
		return STATUS_SYSTEM;
	v = g->v;
	g->v = scratch->v;
	scratch->v = v;
	return STATUS_DONE;
}

/* The band between the two cut-offs; then every place divided by the contrast round it. */
static int band_and_even(struct grid *g, double short_um, const struct impression_params *p,
			 struct grid *scratch, struct error *e)
{
	size_t n = (size_t)g->width * (size_t)g->height;
	double mean, deviation, square;
	struct grid squares;
	int status;

	if (grid_smooth(g, p->long_um * CUTOFF_TO_SIGMA / g->step_um, scratch, e))
		return STATUS_SYSTEM;
	grid_subtract(g, scratch);
	if (smooth_in_place(g, short_um * CUTOFF_TO_SIGMA, scratch, e))
		return STATUS_SYSTEM;
	grid_moments(g, &mean, &deviation);
	square = deviation * deviation + mean * mean;
	if (!(square > 0))
		return error_set(e, STATUS_INPUT, "the surface has no marks on it at all");
	status = grid_new(&squares, g->width, g->height, g->step_um, e);
	if (status)
		return status;
	memcpy(squares.on, g->on, n);
	for (size_t i = 0; i < n; i++)
		squares.v[i] = (float)(g->v[i] * g->v[i] / square);
	status = grid_smooth(&squares, p->even_um / g->step_um, scratch, e);
	for (size_t i = 0; !status && i < n; i++)
		if (g->on[i])
			g->v[i] = (float)(g->v[i] / sqrt(square * (scratch->v[i] + EVEN_FLOOR)));
	grid_free(&squares);
	return status;
}

/* How a ring light shows a relief: the logarithm of its slope. Flat places are dark. */
static void look_of_relief(const struct grid *relief, struct grid *look)
{
	int w = relief->width, h = relief->height;
	double sum = 0, count = 0;

	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++) {
			size_t i = (size_t)y * (size_t)w + (size_t)x;
			float dx, dy;

			look->on[i] = x > 0 && y > 0 && x + 1 < w && y + 1 < h && relief->on[i] &&
				      relief->on[i - 1] && relief->on[i + 1] && relief->on[i - (size_t)w] &&
				      relief->on[i + (size_t)w];
			look->v[i] = 0;
			if (!look->on[i])
				continue;
			dx = relief->v[i + 1] - relief->v[i - 1];
			dy = relief->v[i + (size_t)w] - relief->v[i - (size_t)w];
			look->v[i] = dx * dx + dy * dy;
			sum += look->v[i];
			count++;
		}
	/* a hundredth of the mean square slope: flatter than that is equally dark */
	for (size_t i = 0; i < (size_t)w * (size_t)h; i++)
		if (look->on[i])
			look->v[i] = logf(look->v[i] + (float)(0.01 * sum / count) + 1e-12f);
}

/* Means of 2 x 2 points, in units, rounded, onto the signature's grid. */
static void store(const struct grid *g, const uint8_t *on, struct signature *out, enum layer layer)
{
	double mean, deviation, unit;

	grid_moments(g, &mean, &deviation);
	unit = deviation > 0 ? SIGNATURE_UNIT / deviation : 0;
	for (int y = 0; y < out->height; y++)
		for (int x = 0; x < out->width; x++) {
			size_t to = (size_t)y * (size_t)out->width + (size_t)x;
			double sum = 0, v;
			int count = 0;

			for (int k = 0; k < 4; k++) {
				size_t from = (size_t)(2 * y + k / 2) * (size_t)g->width + (size_t)(2 * x + k % 2);

				if (g->on[from]) {
					double u = (g->v[from] - mean) * unit, c = CLIP * SIGNATURE_UNIT;

					sum += u > c ? c : u < -c ? -c : u;
					count++;
				}
			}
			v = count ? sum / count : 0;
			out->layer[layer][to] = on[to] ? (int16_t)lrint(v) : 0;
		}
}

/* A point of the signature is there when at least two of its four are. */
static size_t store_presence(const struct grid *g, struct signature *out)
{
	size_t present = 0;

	for (int y = 0; y < out->height; y++)
		for (int x = 0; x < out->width; x++) {
			const uint8_t *on = g->on + (size_t)(2 * y) * (size_t)g->width + 2 * x;
			int count = on[0] + on[1] + on[g->width] + on[g->width + 1];

			out->on[(size_t)y * (size_t)out->width + (size_t)x] = count >= 2;
			present += count >= 2;
		}
	return present;
}

int impression_grid(const struct signature *s, enum layer layer, struct grid *out, struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height;
	int status = grid_new(out, s->width, s->height, s->step_um, e);

	if (status)
		return status;
	memcpy(out->on, s->on, n);
	for (size_t i = 0; i < n; i++)
		out->v[i] = s->layer[layer][i];
	return STATUS_DONE;
}

int impression_search_grid(const struct signature *s, enum layer layer, struct grid *out, struct error *e)
{
	struct grid rough;
	int status = impression_grid(s, layer, &rough, e);

	if (status)
		return status;
	status = grid_new(out, s->width, s->height, s->step_um, e);
	if (!status) {
		status = grid_smooth(&rough, params[s->mark].search_um * CUTOFF_TO_SIGMA / s->step_um, out, e);
		if (status)
			grid_free(out);
	}
	grid_free(&rough);
	return status;
}

bool impression_has_fine(enum mark mark)
{
	return params[mark].fine.pitch_um > 0;
}

int impression_fine_code(const struct signature *s, struct fine_code *out, struct error *e)
{
	struct grid g;
	int status;

	if (!impression_has_fine(s->mark) || s->height == 1 || !s->layer[LAYER_RELIEF])
		return STATUS_NO;
	status = impression_grid(s, LAYER_RELIEF, &g, e);
	if (status)
		return status;
	code_fine_make(&g, &params[s->mark].fine, out);
	grid_free(&g);
	return code_fine_says(out) ? STATUS_DONE : STATUS_NO;
}

/* What is round is the primer's and the firing pin's form, not the breech face's mark. */
static int take_round_forms(struct grid *g, const struct impression_place *place, struct error *e)
{
	if (place->plain)
		return STATUS_DONE;
	if (place->bowl)
		return level_bowl(g, 0, 0, RADIAL_LEAST, e);
	if (level_radial(g, 0, 0, RADIAL_LEAST, e))
		return STATUS_SYSTEM;
	return place->has_pin ? level_radial(g, (place->pin_x_px - place->x_px) * place->spacing_x_um,
					     (place->pin_y_px - place->y_px) * place->spacing_y_um, RADIAL_LEAST, e) :
	       STATUS_DONE;
}

static int make_fine_code(struct signature *s, struct error *e)
{
	struct fine_code code;
	int status = impression_fine_code(s, &code, e);

	if (status)
		return status == STATUS_NO ? STATUS_DONE : status;
	return signature_fine_code(s, &code, e);
}

static int make_codes(struct signature *s, struct error *e)
{
	for (int k = 0; k < LAYERS; k++) {
		struct grid g;

		if (!s->layer[k])
			continue;
		if (impression_search_grid(s, (enum layer)k, &g, e))
			return STATUS_SYSTEM;
		code_make(&g, &params[s->mark].lattice, &s->code[k]);
		grid_free(&g);
	}
	return make_fine_code(s, e);
}

static void take_logarithm(struct grid *g)
{
	for (size_t i = 0; i < (size_t)g->width * (size_t)g->height; i++)
		if (g->on[i])
			g->v[i] = logf(g->v[i] + 4);
}

/* What the firing-pin hole's edge encloses is no breech face. */
static int cut_aperture(struct grid *g, const struct impression_place *place, int photo, struct error *e)
{
	struct aperture a;

	if (!place->has_pin)
		return STATUS_DONE;
	if (aperture_find(g, (place->pin_x_px - place->x_px) * place->spacing_x_um,
			  (place->pin_y_px - place->y_px) * place->spacing_y_um,
			  place->pin_px * place->spacing_x_um, place->hole_um, APERTURE_MOST,
			  photo ? APERTURE_LEAST_PHOTO : APERTURE_LEAST_RELIEF, photo ? APERTURE_BEYOND_PHOTO : 0, &a, e))
		return STATUS_SYSTEM;
	aperture_cut(&a, g);
	return STATUS_DONE;
}

static int sign_photograph(struct grid *g, struct grid *scratch, const struct impression_place *place,
			   const struct impression_params *p, struct signature *out, struct error *e)
{
	int status = take_round_forms(g, place, e);

	if (!status)
		status = band_and_even(g, p->look_short_um, p, scratch, e);
	if (!status)
		store(g, out->on, out, LAYER_LOOK);
	return status;
}

static int sign_topography(struct grid *g, struct grid *scratch, const struct impression_place *place,
			   const struct impression_params *p, struct signature *out, struct error *e)
{
	struct grid look;
	int status = grid_new(&look, g->width, g->height, g->step_um, e);

	if (status)
		return status;
	status = take_round_forms(g, place, e);
	if (!status)
		status = smooth_in_place(g, p->short_um / 2 * CUTOFF_TO_SIGMA, scratch, e);
	if (!status) {
		look_of_relief(g, &look);
		status = take_round_forms(&look, place, e);
	}
	if (!status)
		status = band_and_even(g, p->short_um, p, scratch, e);
	if (!status) {
		store(g, out->on, out, LAYER_RELIEF);
		memcpy(scratch->on, look.on, (size_t)g->width * (size_t)g->height);
		status = band_and_even(&look, p->look_short_um, p, scratch, e);
	}
	if (!status)
		store(&look, out->on, out, LAYER_LOOK);
	grid_free(&look);
	return status;
}

int impression_sign(const struct surface *s, const struct impression_place *place, enum mark mark,
		    struct signature *out, struct error *e)
{
	const struct impression_params *p = &params[mark];
	int side = side_of(p), photo = s->kind == SURFACE_PHOTOGRAPH;
	unsigned layers = 1u << LAYER_LOOK | (photo ? 0 : 1u << LAYER_RELIEF);
	struct grid g = { 0 }, scratch = { 0 };
	char method[SIGNATURE_TEXT];
	double area;
	int status;

	out->mark = mark;
	out->step_um = p->step_um;
	status = level_sample(s, place->label, place->wanted, place->x_px, place->y_px, place->spacing_x_um,
			      place->spacing_y_um, 2 * side, p->step_um / 2, &g, e);
	if (status)
		return status;
	photo ? take_logarithm(&g) : level_plane(&g);
	if ((status = cut_aperture(&g, place, photo, e)) ||
	    (status = grid_new(&scratch, g.width, g.height, g.step_um, e)) ||
	    (status = signature_room(out, side, side, layers, e)))
		goto out;
	area = (double)store_presence(&g, out) * p->step_um * p->step_um * 1e-6;
	if (area < p->least_mm2) {
		status = error_set(e, STATUS_INPUT, "too little surface: %.2f mm2 of the %s, %.2f are needed",
				   area, mark_name(mark), p->least_mm2);
		goto out;
	}
	memcpy(scratch.on, g.on, (size_t)g.width * (size_t)g.height);
	status = (photo ? sign_photograph : sign_topography)(&g, &scratch, place, p, out, e);
	impression_method(p, method, sizeof method);
	if (!status)
		status = make_codes(out, e);
	if (!status)
		status = signature_set(out, META_METHOD, method, e);
out:
	grid_free(&scratch);
	grid_free(&g);
	return status;
}
