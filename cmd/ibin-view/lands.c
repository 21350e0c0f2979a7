/* lands.c - pictures of two lands: strips, signatures, and the table of their bullets */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/original.h"
#include "report/panels.h"
#include "view.h"

#define SCORE_NEAR 0.011
#define SLOPE 0.35            /* a mean slope is drawn as so steep */
#define SCAN_SLOPE 0.25       /* the median slope of scans */
#define ACROSS_DEG 270        /* where the light stands unless one was asked for: striae run up and down */

/* Root mean square of slopes along the axis, per um. */
static double slopes(const struct grid *g)
{
	double sum = 0;
	int count = 0;

	for (int i = 1; i < g->width; i++)
		if (g->on[i] && g->on[i - 1]) {
			double s = (g->v[i] - g->v[i - 1]) / g->step_um;

			sum += s * s;
			count++;
		}
	return count ? sqrt(sum / count) : 0;
}

static int brightness(const struct grid *g, struct grid *out, struct error *e)
{
	double mean, deviation;

	if (grid_new(out, g->width, 1, g->step_um, e))
		return STATUS_SYSTEM;
	grid_moments(g, &mean, &deviation);
	for (int i = 0; i < g->width; i++) {
		out->on[i] = g->on[i];
		out->v[i] = g->on[i] && deviation > 0 ? (float)((g->v[i] - mean) / deviation) : 0;
	}
	return STATUS_DONE;
}

/* The pieces of the shorter one, those that name this lag numbered. */
static void take_segments(struct land_bench *bench, const struct land_key *a, const struct land_key *b,
			  struct land_sheet *l)
{
	struct land_piece piece[SEGMENT_PIECES_MOST];
	int number = 0;

	l->striae.segment = l->segment;
	l->striae.segments = land_pieces(bench, a, b, &l->pair.fit, piece);
	for (int i = 0; i < l->striae.segments; i++)
		l->segment[i] = (struct striae_segment){ piece[i].from_um, piece[i].to_um, piece[i].here ? ++number : 0 };
}

int land_sheet_make(const struct run *run, struct land_bench *bench, const struct land_key *a, const struct land_key *b,
		    const struct land_fit *fit, struct land_sheet *out, struct error *e)
{
	struct striae *s = &out->striae;
	double slope;
	int status;

	memset(out, 0, sizeof *out);
	status = land_pair_make(run->matcher, a, b, fit, &out->pair, e);
	if (status)
		return status;
	take_segments(bench, a, b, out);
	slope = (slopes(&out->pair.profile[0]) + slopes(&out->pair.profile[1])) / 2;
	s->width = run->width;
	s->height = run->height;
	s->n = out->pair.agree.width;
	s->step_um = out->pair.agree.step_um;
	s->first_um = out->pair.first_um;
	s->light = run->light;
	if (!run->light_given)
		s->light.azimuth_deg = ACROSS_DEG;
	s->unit = a->lit ? "%" : "\xc2\xb5m";
	s->agree = out->pair.agree.v;
	s->agree_on = out->pair.agree.on;
	for (int i = 0; !status && i < PAIR_MARKS; i++) {
		struct striae_strip *strip = &s->strip[i];
		const struct grid *g = &out->pair.profile[i];

		s->profile[i] = g->v;
		s->profile_on[i] = g->on;
		strip->name = i ? "candidate" : "probe";
		strip->lit = !a->lit;
		strip->steep = slope > 0 ? SLOPE / slope : 1;
		if (a->lit)
			status = brightness(g, &out->look[i], e);
		strip->v = a->lit ? out->look[i].v : g->v;
		strip->on = g->on;
		strip->rows = 1;
		strip->row_um = s->step_um;
	}
	if (status)
		land_sheet_free(out);
	return status;
}

/* A strip of a scan on the axis of a pair, turned as the signature was. */
static int lay_strip(const struct land_pair *p, enum pair_mark which, const struct original *o, struct grid *out,
		     struct error *e)
{
	const struct land_strip *t = &o->strip;
	bool turned = which == PAIR_CANDIDATE && p->turned, over = which == PAIR_CANDIDATE && p->over;
	double mean, deviation;

	if (t->n != p->n[which] || t->rows < 1)
		return error_set(e, STATUS_INPUT, "the strip does not fit the signature");
	if (grid_new(out, p->agree.width, t->rows, p->agree.step_um, e))
		return STATUS_SYSTEM;
	for (int y = 0; y < t->rows; y++)
		for (int i = 0; i < t->n; i++) {
			size_t to = (size_t)y * (size_t)out->width + (size_t)(p->at[which] + i);
			float z = t->z[(size_t)(turned ? t->rows - 1 - y : y) * (size_t)t->n + (size_t)(turned ? t->n - 1 - i : i)];

			out->on[to] = !isnan(z);
			out->v[to] = isnan(z) ? 0 : over ? -z : z;
		}
	if (o->photograph) {
		grid_moments(out, &mean, &deviation);
		for (size_t i = 0; i < (size_t)out->width * (size_t)out->height; i++)
			if (out->on[i] && deviation > 0)
				out->v[i] = (float)((out->v[i] - mean) / deviation);
	}
	return STATUS_DONE;
}

int land_sheet_originals(const struct run *run, const struct gallery_entry *const entry[PAIR_MARKS],
			 const struct signature *const s[PAIR_MARKS], struct land_sheet *l, bool original[PAIR_MARKS],
			 struct error without[PAIR_MARKS], struct error *e)
{
	double slope = 0;

	for (int i = 0; run->scans && i < PAIR_MARKS; i++) {
		const struct original *o = scans_get(run->scans, entry[i], s[i], 0, NULL, &without[i]);
		int status = o ? lay_strip(&l->pair, (enum pair_mark)i, o, &l->scan[i], &without[i]) : without[i].status;

		original[i] = !status;
		if (!status) {
			l->striae.strip[i].v = l->scan[i].v;
			l->striae.strip[i].on = l->scan[i].on;
			l->striae.strip[i].rows = l->scan[i].height;
			l->striae.strip[i].row_um = o->strip.row_um;
			slope += o->slope / PAIR_MARKS;
		}
		scans_put(run->scans, o);
		if (status == STATUS_SYSTEM) {
			*e = without[i];
			return STATUS_SYSTEM;
		}
	}
	/* scans are rougher than signatures; two of them have one scale */
	if (original[PAIR_PROBE] && original[PAIR_CANDIDATE] && slope > 0)
		l->striae.strip[PAIR_PROBE].steep = l->striae.strip[PAIR_CANDIDATE].steep = SCAN_SLOPE / slope;
	return STATUS_DONE;
}

void land_sheet_free(struct land_sheet *l)
{
	for (int i = 0; i < PAIR_MARKS; i++)
		grid_free(&l->scan[i]);
	land_pair_free(&l->pair);
	for (int i = 0; i < PAIR_MARKS; i++)
		grid_free(&l->look[i]);
}

static void write_caption(const struct run *run, const struct signature *const s[PAIR_MARKS],
			  const struct land_sheet *sheet, struct job *job)
{
	const struct land_fit *f = &sheet->pair.fit;
	char row[64], lr[80], (*line)[LINE_TEXT] = job->line;

	say_row(job, f->score, SCORE_NEAR, row);
	say_lr(f->lr, lr);
	snprintf(line[0], LINE_TEXT, "Score %.2f%s, %s, correlation %.2f over %.0f %% of the shorter signature", f->score,
		 row, lr, f->ccf, 100 * f->overlap);
	snprintf(line[1], LINE_TEXT, "Segments: %d of %d found at this lag (numbered), %d congruent (CMPS); consecutive matching "
		 "striae (CMS): %d", f->support, f->cmps_of, f->cmps, f->cms);
	snprintf(line[2], LINE_TEXT, "Lag %.1f \xc2\xb5m: the candidate begins %s the probe%s", f->lag_um + 0.0,
		 fabs(f->lag_um) < 0.05 ? "with" : f->lag_um < 0 ? "so far left of" : "so far right of",
		 f->turned ? "; it is read from right to left" : "");
	say_source(run, job, ", drawn out along the striae", line[3]);
	if (!sheet->striae.strip[0].lit)
		snprintf(line[3] + strlen(line[3]), LINE_TEXT - strlen(line[3]), "%s", sheet->pair.over ?
			 "; brightness, the candidate's light and dark exchanged, as it lies under a light from the other side" :
			 "; brightness");
	if (sheet->striae.strip[0].lit)
		snprintf(line[3] + strlen(line[3]), LINE_TEXT - strlen(line[3]),
			 ", lit from %.0f\xc2\xb0, %.0f\xc2\xb0 above, heights times %.0f",
			 sheet->striae.light.azimuth_deg, run->light.elevation_deg, sheet->striae.strip[0].steep);
	for (int i = 0; i < PAIR_MARKS; i++)
		say_signature(s[i], (enum pair_mark)i, line[4 + i]);
	snprintf(line[6], LINE_TEXT, "Method %s", signature_meta(s[0], META_METHOD));
	say_program(line[7]);
}

static int draw_sheet(struct job *job, struct land_sheet *sheet, const struct phases *phases, struct error *e)
{
	char title[PAIR_MARKS][SIGNATURE_TEXT + 16], heading[2 * SIGNATURE_TEXT + 40];
	const char *line[LINES];
	struct striae *s = &sheet->striae;
	int status, wide = s->width / 2, high = wide / 2, by = small_by(wide, SMALL_LAND_PX);

	for (int i = 0; i < LINES; i++)
		line[i] = job->line[i];
	say_titles(job, title, heading);
	for (int i = 0; i < PAIR_MARKS; i++)
		s->strip[i].title = title[i];
	s->phases = phases;
	s->heading = heading;
	s->line = line;
	s->lines = LINES;
	job->picture = (struct drawing){ NULL, s->width, s->height };
	status = striae_make(s, &job->picture.rgb, e);
	if (!status)
		status = striae_strips(s, -1, wide, high, &job->small.rgb, e);
	if (!status) {
		panels_shrink(job->small.rgb, wide, high, by);
		job->small.width = wide / by;
		job->small.height = high / by;
	}
	if (!status && job->with_probe) {
		job->alone = (struct drawing){ NULL, wide, high / 2 };
		status = striae_strips(s, PAIR_PROBE, wide, high / 2, &job->alone.rgb, e);
	}
	return status;
}

static void take_figures(struct job *job, const struct land_fit *f)
{
	job->kind = LINEUP_LANDS;
	job->figures = (struct figures){ f->score, f->lr, -1, -1, f->turned ? 180 : 0, f->lag_um, f->ccf, -1, -1, NAN };
	snprintf(job->agreement, sizeof job->agreement, "CCF %.2f", f->ccf);
	snprintf(job->pose, sizeof job->pose, "%.1f \xc2\xb5m%s", f->lag_um, f->turned ? ", turned" : "");
	snprintf(job->words, sizeof job->words, "%s and %s at the lag where they fit best: strips one above the other, and "
		 "their signatures. They correlate by %.2f, the score is %.2f.", job->found.probe, job->found.candidate,
		 f->ccf, f->score);
}

static struct ready *make_ready(const struct run *run, const struct gallery_entry *entry, struct error *e)
{
	struct ready *y = NULL;

	if (!ready_check(&entry->head, e))
		y = ready_new(entry, run->matcher, e);
	if (!y)
		error_within(e, signature_meta(&entry->head, META_ID));
	return y;
}

/* Of a row of exhibits the two lands are drawn that fit best. */
static int choose(const struct run *run, struct job *job, struct land_bench *bench, struct error *e)
{
	const struct side side[PAIR_MARKS] = { job->side[0], job->side[1] };
	double best = -1;

	for (size_t k = 0; k < side[0].count * side[1].count; k++) {
		const struct gallery_entry *entry[PAIR_MARKS] = { side[0].first + k / side[1].count,
								  side[1].first + k % side[1].count };
		struct ready *a = make_ready(run, entry[0], e), *b = a ? make_ready(run, entry[1], e) : NULL;
		struct land_fit fit;

		if (a && b) {
			ready_compare(bench, a, b, &fit);
			if (fit.score > best) {
				best = fit.score;
				for (int i = 0; i < PAIR_MARKS; i++)
					job->side[i].first = entry[i];
			}
		}
		ready_free(a);
		ready_free(b);
		if (!a || !b)
			return e->status;
	}
	job->side[0].count = job->side[1].count = 1;
	return STATUS_DONE;
}

/* The bullets that two lands are from, where that is known. */
static int find_bullets(const struct run *run, const struct job *job, struct land_bench *bench, struct two_bullets *out,
			struct error *e)
{
	struct side side[PAIR_MARKS];

	for (int i = 0; i < PAIR_MARKS; i++) {
		const char *name = signature_meta(&job->side[i].first->head, META_EXHIBIT);
		const struct exhibit *own = *name ? find_exhibit(job->side[i].exhibits, name) : NULL;

		if (!own)
			return STATUS_NO;
		side[i] = job->side[i];
		side[i].exhibit = (size_t)(own - job->side[i].exhibits->exhibit);
	}
	if (side[0].exhibits == side[1].exhibits && side[0].exhibit == side[1].exhibit)
		return STATUS_NO;
	return two_bullets_compare(run, &side[0], &side[1], bench, out, e);
}

int draw_lands(const struct run *run, struct job *job, struct error *e)
{
	struct land_bench *bench = land_bench_new(run->matcher, e);
	struct ready *ready[PAIR_MARKS] = { NULL };
	struct two_bullets bullets = { 0 };
	struct land_sheet sheet = { 0 };
	struct land_fit fit;
	int status = bench ? STATUS_DONE : STATUS_SYSTEM, phased = STATUS_NO;

	if (!status && job->side[0].count * job->side[1].count > 1)
		status = choose(run, job, bench, e);
	for (int i = 0; !status && i < PAIR_MARKS; i++)
		if (!(ready[i] = make_ready(run, job->side[i].first, e)))
			status = e->status;
	if (!status && ready[0]->key->lit != ready[1]->key->lit)
		status = error_set(e, STATUS_INPUT, "%s: a photograph of a land and a scan cannot be compared",
				   job->found.candidate);
	if (!status) {
		ready_compare(bench, ready[0], ready[1], &fit);
		status = land_sheet_make(run, bench, ready[0]->key, ready[1]->key, &fit, &sheet, e);
	}
	if (!status && (phased = find_bullets(run, job, bench, &bullets, e)) == STATUS_SYSTEM)
		status = STATUS_SYSTEM;
	if (!status) {
		const struct signature *const s[PAIR_MARKS] = { &ready[0]->signature, &ready[1]->signature };

		const struct gallery_entry *const entry[PAIR_MARKS] = { job->side[0].first, job->side[1].first };

		take_figures(job, &fit);
		status = land_sheet_originals(run, entry, s, &sheet, job->original, job->without, e);
		write_caption(run, s, &sheet, job);
	}
	if (!status) {
		status = draw_sheet(job, &sheet, phased ? NULL : &bullets.phases, e);
	}
	land_sheet_free(&sheet);
	two_bullets_free(&bullets);
	for (int i = 0; i < PAIR_MARKS; i++)
		ready_free(ready[i]);
	land_bench_free(bench);
	return status;
}
