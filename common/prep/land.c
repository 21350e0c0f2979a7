/* land.c - the signature of a land engraved area */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/land.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/profile.h"
#include "math/robust.h"
#include "prep/agree.h"
#include "prep/band.h"
#include "prep/straighten.h"

/* 1. which way the striae run (striae.h)
 * 2. sections across them, straightened (straighten.h)
 * 3. the groove shoulders (shoulder.h)
 * 4. each section between the shoulders without its form
 * 5. what the sections agree on (agree.h), without what form is left, smoothed: the signature */
#define KNOT_UM 25.0
#define STRIP_UM 5.0        /* between the rows of a land that is looked at */
#define LEAST_POINTS 0.4    /* share of a section that must be present for it to take part */
#define LEAST_VALID 0.1     /* share of the scan */
#define ARCHED 0.25         /* of least_coherence that is enough where there is an arc */
#define LIT 0.6             /* of least_coherence in a photograph, which is noisier and shows no arc */
#define ALIKE_UM 700.0
#define LEAST_ALIKE 0.5
#define LEANS_FAR 0.25
#define MOST_RADIUS_UM 15000.0
#define OUTLIER 6.0f        /* spreads of a section */
#define LOGARITHM 100.0f    /* a photograph's heights: hundredths of a natural logarithm of luminance */
#define DARK 4.0f           /* grey values below which a photograph says nothing */
#define FORM_FLOOR 0.05     /* um (or grey values): residuals that never count as outliers */

int land_options_check(const struct land_options *o, struct error *e)
{
	if (!(o->step_um >= 0.5 && o->step_um <= 5))
		return error_set(e, STATUS_USAGE, "the signature's spacing must be 0.5 to 5 um");
	if (!(o->section_um >= 5 && o->section_um <= 50))
		return error_set(e, STATUS_USAGE, "a section must be 5 to 50 um high");
	if (!(o->short_um >= 8 && o->short_um <= 40))
		return error_set(e, STATUS_USAGE, "the short cut-off must be 8 to 40 um");
	if (!(o->long_um >= 100 && o->long_um <= 1000))
		return error_set(e, STATUS_USAGE, "the long cut-off must be 100 to 1000 um");
	if (!(o->agree_um >= 50 && o->agree_um <= 500))
		return error_set(e, STATUS_USAGE, "sections must agree over 50 to 500 um");
	return STATUS_DONE;
}

void land_free(struct land *l)
{
	free(l->z);
	free(l->sure);
	*l = (struct land){ 0 };
}

static bool at_shoulder(enum land_end end)
{
	return end == LAND_END_RISE || end == LAND_END_GAP || end == LAND_END_BAND;
}

int land_ends(const struct land *l)
{
	return (at_shoulder(l->left_end) ? LAND_LEFT_KNOWN : 0) |
	       (at_shoulder(l->right_end) ? LAND_RIGHT_KNOWN : 0);
}

/* Sections between the shoulders without their form: rows of n samples. */
struct strip {
	int count, n;
	float *z;
};

/* Debris and broken edges stand out of a section by far more than striae do, and are left out unless all is
 * wanted. */
static void without_form(const float *from, const float *form, int n, bool all, float *few, float *to)
{
	float reach;
	int m = 0;

	for (int i = 0; i < n; i++) {
		to[i] = from[i] - form[i];
		if (!isnan(to[i]))
			few[m++] = to[i];
	}
	reach = OUTLIER * robust_spread(few, m);
	for (int i = 0; i < n && !all; i++)
		if (fabsf(to[i]) > reach)
			to[i] = NAN;
}

/* A section that is mostly missing says nothing that the others do not. */
static int strip_make(struct strip *t, const struct sections *s, const struct land_options *o, int left,
		      int right, bool all, struct error *e)
{
	int knot = (int)lrint(fmax(4, KNOT_UM / s->step_um)), status = STATUS_DONE;
	float *form, *few;

	t->n = right - left + 1;
	t->z = mem_new((size_t)s->count * (size_t)t->n, sizeof *t->z, e);
	form = mem_new((size_t)t->n * 2, sizeof *form, e);
	if (!t->z || !form)
		status = STATUS_SYSTEM;
	few = form ? form + t->n : NULL;
	for (int k = 0; !status && k < s->count; k++) {
		const float *from = s->z + (size_t)k * (size_t)s->width + left;
		float *to = t->z + (size_t)t->count * (size_t)t->n;
		int there = 0;

		for (int i = 0; i < t->n; i++)
			there += !isnan(from[i]);
		if (there < LEAST_POINTS * t->n)
			continue;
		status = profile_form(from, t->n, o->long_um / s->step_um, knot, 3, FORM_FLOOR, form, e);
		if (!status)
			without_form(from, form, t->n, all, few, to);
		t->count++;
	}
	free(form);
	return status;
}

/* Mean and sureness of the strip become the signature. */
static int finish(struct land *l, const float *mean, const float *sure, const struct land_options *o,
		  struct error *e)
{
	float *form = mem_new((size_t)l->n, sizeof *form, e), *band = mem_new((size_t)l->n, sizeof *band, e);
	int knot = (int)lrint(fmax(4, KNOT_UM / l->step_um)), there = 0;
	int status = form && band ? STATUS_DONE : STATUS_SYSTEM;
	double sum = 0, square = 0;

	if (!status)
		status = profile_form(mean, l->n, o->long_um / l->step_um, knot, 3, FORM_FLOOR, form, e);
	for (int i = 0; !status && i < l->n; i++)
		form[i] = mean[i] - form[i];
	if (!status)
		status = profile_gauss(form, NULL, l->n, o->short_um / l->step_um, band, e);
	for (int i = 0; !status && i < l->n; i++) {
		bool on = !isnan(band[i]) && !isnan(mean[i]);

		l->z[i] = on ? band[i] : 0;
		l->sure[i] = on ? sure[i] : 0;
		there += on;
		sum += l->sure[i];
		square += (double)l->z[i] * l->z[i];
	}
	if (!status && there < l->n / 2)
		status = error_set(e, STATUS_INPUT, "too few valid points: half of the land is missing");
	if (!status) {
		l->roughness_um = sqrt(square / there);
		l->quality = 100 * sum / l->n;
	}
	free(form);
	free(band);
	return status;
}

static int average(struct land *l, const struct sections *s, const struct land_options *o, struct error *e)
{
	struct strip t = { 0 };
	float *mean = NULL;
	int left = (int)ceil(l->left_um / s->step_um), status;

	l->n = (int)floor(l->width_um / s->step_um) + 1;
	if (l->n > LAND_MOST)
		return error_set(e, STATUS_INPUT, "%.0f um are too wide for a land", l->width_um);
	l->step_um = s->step_um;
	l->z = mem_new((size_t)l->n, sizeof *l->z, e);
	l->sure = mem_new((size_t)l->n, sizeof *l->sure, e);
	mean = mem_new((size_t)l->n * 2, sizeof *mean, e);
	status = l->z && l->sure && mean ? STATUS_DONE : STATUS_SYSTEM;
	if (!status)
		status = strip_make(&t, s, o, left, left + l->n - 1, false, e);
	if (!status && t.count < 3)
		status = error_set(e, STATUS_INPUT, "too few valid points: %d sections of the land hold any",
				   t.count);
	if (!status)
		status = agree(t.z, t.count, t.n, (int)(o->agree_um / 2 / s->step_um), mean, mean + l->n, e);
	if (!status)
		status = finish(l, mean, mean + l->n, o, e);
	free(t.z);
	free(mean);
	return status;
}

static int few_striae(double coherence, double least, bool arched, struct error *e)
{
	return error_set(e, STATUS_INPUT, "no striae: sections 50 to 350 um apart correlate by %.3f, %.3f are "
			 "needed%s", coherence, least, arched ? "" : "; a breech face is no land");
}

/* Striae on an arc are believed sooner than those on what may be a breech face. */
static int judge(const struct land *l, const struct land_options *o, struct error *e)
{
	bool arched = l->radius_um > 0 && l->radius_um < MOST_RADIUS_UM;
	double least = o->least_coherence;

	/* striae bend a narrow section as much as the cylinder does */
	if (l->width_um > ALIKE_UM && l->alike < LEAST_ALIKE)
		arched = false;
	if (l->kind == SURFACE_PHOTOGRAPH)
		least *= LIT;
	if (l->coherence < least && !arched)
		return few_striae(l->coherence, least, arched, e);
	if (l->kind == SURFACE_TOPOGRAPHY && !o->flat && !arched)
		return error_set(e, STATUS_INPUT, "no cylinder (it rises by %.1f um over %.0f, %.0f of 100 "
				 "sections alike): a breech face is no land", l->sag_um, l->width_um, 100 * l->alike);
	if (l->quality < o->least_quality)
		return error_set(e, STATUS_INPUT, "no striae: sections agree to %.0f of 100, %.0f are needed",
				 l->quality, o->least_quality);
	return STATUS_DONE;
}

/* Light falls off over a picture by a factor, and so does what it makes of a slope. */
static void take_logarithm(struct sections *s)
{
	for (size_t i = 0; i < (size_t)s->count * (size_t)s->width; i++)
		s->z[i] = LOGARITHM * logf(fmaxf(s->z[i], 0) + DARK);
}

/* Between the shoulders; a flat has none, and ends with the scan. */
static int between(struct land *l, struct sections *s, const struct land_options *o, struct error *e)
{
	struct shoulders sh;
	int status;

	if (o->flat) {
		l->left_end = l->right_end = LAND_END_DATA;
		l->left_um = 0;
		l->width_um = (s->width - 1) * s->step_um;
		return STATUS_DONE;
	}
	if (l->kind == SURFACE_PHOTOGRAPH) {
		take_logarithm(s);
		status = band_find(s, &o->shoulder, &sh, e);
	} else {
		status = shoulder_find(s, &o->shoulder, &sh, e);
	}
	if (status)
		return status;
	l->left_end = sh.left_end;
	l->right_end = sh.right_end;
	l->left_um = sh.left * s->step_um;
	l->width_um = (sh.right - sh.left) * s->step_um;
	l->radius_um = sh.radius_um;
	l->sag_um = sh.sag_um;
	l->alike = sh.alike;
	return STATUS_DONE;
}

int land_extract_along(const struct surface *s, const struct striae_look *look, const struct land_options *options,
		       struct land *out, struct error *e)
{
	struct striae_course course;
	struct sections sections = { 0 };
	int status;

	*out = (struct land){ .kind = s->kind, .along_x = look->along_x, .coherence = look->coherence };
	out->valid = (double)s->valid / ((double)s->width * s->height);
	status = striae_sections(s, look, options->step_um, options->section_um, &sections, e);
	if (!status)
		status = straighten(&sections, &course, e);
	if (status)
		goto out;
	out->lean_deg = 180 / M_PI * atan(look->lean + 2 * course.lean_um /
					  fmax(1, (sections.count - 1) * sections.pitch_um));
	status = between(out, &sections, options, e);
	if (status == STATUS_INPUT && !look->arched && look->coherence < options->least_coherence)
		status = few_striae(look->coherence, options->least_coherence, false, e);
	if (!status)
		status = average(out, &sections, options, e);
	if (!status)
		status = judge(out, options, e);
out:
	striae_free(&sections);
	if (status)
		land_free(out);
	return status;
}

int land_extract(const struct surface *s, const struct land_options *options, struct land *out, struct error *e)
{
	struct striae_look look = { 0 };
	double least, valid = (double)s->valid / ((double)s->width * s->height);
	int status;

	*out = (struct land){ .kind = s->kind };
	if (valid < LEAST_VALID)
		return error_set(e, STATUS_INPUT, "too few valid points: %.0f of 100 are missing", 100 * (1 - valid));
	status = striae_look(s, &look, e);
	/* an arc across striae that lean far shows only when they have been made straight */
	least = options->least_coherence *
		(s->kind == SURFACE_PHOTOGRAPH ? LIT : look.arched || fabs(look.lean) > LEANS_FAR ? ARCHED : 1);
	if (!status && look.coherence < least)
		status = few_striae(look.coherence, least, look.arched, e);
	return status ? status : land_extract_along(s, &look, options, out, e);
}

int land_strip(const struct surface *s, const struct striae_look *look, const struct land_options *options,
	       const struct land *l, struct land_strip *out, struct error *e)
{
	struct striae_look own = { 0 };
	struct striae_course course;
	struct sections sections = { 0 };
	struct strip t = { 0 };
	int left = (int)ceil(l->left_um / l->step_um), status = STATUS_DONE;

	*out = (struct land_strip){ 0 };
	if (!look) {
		status = striae_look(s, &own, e);
		look = &own;
	}
	if (!status)
		status = striae_sections(s, look, options->step_um, STRIP_UM, &sections, e);
	if (!status)
		status = straighten(&sections, &course, e);
	if (!status && left + l->n > sections.width)
		status = error_set(e, STATUS_INPUT, "the scan is narrower than the land that was taken from it");
	if (!status && l->kind == SURFACE_PHOTOGRAPH)
		take_logarithm(&sections);
	if (!status)
		status = strip_make(&t, &sections, options, left, left + l->n - 1, true, e);
	if (status)
		free(t.z);
	else
		*out = (struct land_strip){ t.count, t.n, sections.pitch_um, t.z };
	striae_free(&sections);
	return status;
}
