/* bullets.c - pictures of two bullets: the table of their lands, and the lands of the best phase */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/bullets.h"
#include "report/panels.h"
#include "view.h"

static void drop_lands(struct two_bullets *b)
{
	for (int i = 0; i < PAIR_MARKS; i++)
		for (int k = 0; k < BULLET_LANDS; k++) {
			ready_free(b->ready[i][k]);
			b->ready[i][k] = NULL;
		}
}

void two_bullets_free(struct two_bullets *b)
{
	drop_lands(b);
	free(b->score);
	b->score = NULL;
}

/* The lands of both as they are seen in one layer. STATUS_NO where one has none. A land that makes no sense
 * counts as missing. */
static int take_lands(const struct run *run, const struct side *const side[PAIR_MARKS], enum layer layer,
		      struct two_bullets *b, struct error *e)
{
	int there[PAIR_MARKS] = { 0 };

	drop_lands(b);
	for (int i = 0; i < PAIR_MARKS; i++) {
		size_t number[BULLET_LANDS];

		if (!exhibit_bullet(side[i]->exhibits, side[i]->exhibit, layer, &b->bullet[i], number))
			return STATUS_NO;
		for (int k = 0; k < b->bullet[i].lands; k++) {
			const struct gallery_entry *land;
			struct ready *y;

			land = b->land[i][k] = number[k] == EXHIBIT_NONE ? NULL :
					       stock_entry(side[i]->exhibits->stock, number[k]);
			if (!land || ready_check(&land->head, e))
				continue;
			y = b->ready[i][k] = ready_new(land, run->matcher, e);
			if (!y && e->status != STATUS_INPUT)
				return STATUS_SYSTEM;
			b->bullet[i].land[k] = y ? y->key : NULL;
			there[i] += y != NULL;
		}
	}
	return there[0] && there[1] ? STATUS_DONE : STATUS_NO;
}

static int fill_phases(struct two_bullets *b, struct error *e)
{
	int n = b->fit.lands;

	b->score = mem_new((size_t)n * (size_t)n, sizeof *b->score, e);
	if (!b->score)
		return STATUS_SYSTEM;
	for (int i = 0; i < n; i++) {
		b->partner[i] = b->fit.backwards ? (b->fit.phase - i + n) % n : (b->fit.phase + i) % n;
		for (int j = 0; j < n; j++)
			b->score[i * n + j] = b->fit.pairs[i][j];
	}
	b->phases = (struct phases){ n, b->score, b->partner, b->fit.phases, b->fit.phase + (b->fit.backwards ? n : 0) };
	return STATUS_DONE;
}

int two_bullets_compare(const struct run *run, const struct side *probe, const struct side *candidate,
			struct land_bench *bench, struct two_bullets *out, struct error *e)
{
	const struct side *const side[PAIR_MARKS] = { probe, candidate };
	int best = -1, status;
	double odds = -INFINITY;

	/* each layer, and once more the better of the two: what was made for it stays */
	for (int k = 0; k <= LAYERS; k++) {
		int layer = k < LAYERS ? k : best;

		if (layer < 0 || (k == LAYERS && best == LAYERS - 1))
			continue;
		status = take_lands(run, side, (enum layer)layer, out, e);
		if (!status)
			status = bullet_compare(bench, &out->bullet[0], &out->bullet[1], &out->fit, e);
		if (status == STATUS_SYSTEM)
			return status;
		if (!status && (best < 0 || out->fit.odds > odds)) {
			best = layer;
			odds = out->fit.odds;
		}
	}
	if (best < 0)
		return STATUS_NO;
	if (out->fit.other_class)
		return STATUS_NO;
	return fill_phases(out, e);
}

static void write_caption(const struct run *run, const struct two_bullets *b, struct job *job)
{
	const struct bullet_fit *f = &b->fit;
	char lr[80], (*line)[LINE_TEXT] = job->line;

	say_lr(f->lr, lr);
	snprintf(line[0], LINE_TEXT, "Score %.2f (mean over %d lands), %s", f->score, f->lands, lr);
	snprintf(line[1], LINE_TEXT, "Phase %d%s, %d pairs of lands; the next best phase has %.2f (margin %.1f)", f->phase,
		 f->backwards ? ", backwards: the candidate lay the other end up" : "", f->compared, f->next, f->margin);
	snprintf(line[2], LINE_TEXT, "Table: scores of each land of the probe with each of the candidate; framed: the best "
		 "phase. Bars: all phases, forwards and backwards");
	snprintf(line[3], LINE_TEXT, "Strips: the probe's land above the candidate's, at the best lag, lit from %.0f\xc2\xb0, "
		 "%.0f\xc2\xb0 above; below, blue where they are the same, orange where opposite",
		 run->light_given ? run->light.azimuth_deg : 270, run->light.elevation_deg);
	say_source(run, job, ", drawn out along the striae", line[4]);
	say_program(line[5]);
	for (int i = 6; i < LINES; i++)
		*line[i] = 0;
}

static void take_figures(struct job *job, const struct bullet_fit *f)
{
	job->kind = LINEUP_BULLETS;
	job->figures = (struct figures){ f->score, f->lr, -1, -1, NAN, NAN, NAN, f->compared, f->phase, f->margin };
	snprintf(job->agreement, sizeof job->agreement, "%d lands, margin %.1f", f->compared, f->margin);
	snprintf(job->pose, sizeof job->pose, "phase %d%s", f->phase, f->backwards ? ", backwards" : "");
	snprintf(job->words, sizeof job->words, "%s and %s: a table of all pairs of lands, and the lands of the best phase one "
		 "above the other. The mean score is %.2f, %.1f times that of the next best phase.", job->found.probe,
		 job->found.candidate, f->score, f->margin);
}

/* Pictures for pages: the middle of the sheet says nothing when it is small, its table does. */
static int draw_small(struct job *job, const struct two_bullets *b, struct error *e)
{
	struct draw *d = draw_new(SMALL_PX, SMALL_PX, e);
	int status = d ? STATUS_DONE : STATUS_SYSTEM;

	if (!status) {
		phases_table(d, &b->phases, 0, 0, SMALL_PX, 11);
		status = draw_finish(d, &job->small.rgb, e);
		job->small.width = job->small.height = SMALL_PX;
	}
	draw_free(d);
	return status;
}

static int draw_sheet(const struct run *run, struct job *job, const struct two_bullets *b,
		      const struct land_sheet *sheet, struct error *e)
{
	struct bullets_pair pair[BULLET_LANDS] = { { { NULL }, NULL } };
	char title[PAIR_MARKS][SIGNATURE_TEXT + 16], heading[2 * SIGNATURE_TEXT + 40], label[BULLET_LANDS][3][24];
	const char *line[LINES];
	struct bullets s = { run->width, run->height, &b->phases, pair, b->fit.lands, heading, line, 6 };
	int status;

	for (int i = 0; i < LINES; i++)
		line[i] = job->line[i];
	say_titles(job, title, heading);
	for (int i = 0; i < b->fit.lands; i++) {
		int j = b->partner[i];
		bool both = b->bullet[0].land[i] && b->bullet[1].land[j];

		snprintf(label[i][0], sizeof label[i][0], "%d\xe2\x80\x93%d", i + 1, j + 1);
		snprintf(label[i][1], sizeof label[i][1], both ? "score %.1f" : "missing", b->fit.fit[i].score);
		snprintf(label[i][2], sizeof label[i][2], "CCF %.2f", b->fit.fit[i].ccf);
		for (int k = 0; k < 2 + both; k++)
			pair[i].title[k] = label[i][k];
		pair[i].striae = both ? &sheet[i].striae : NULL;
	}
	job->picture = (struct drawing){ NULL, run->width, run->height };
	status = bullets_make(&s, &job->picture.rgb, e);
	return status ? status : draw_small(job, b, e);
}

/* Of a bullet it is said that it is drawn from its scans when all its lands are. */
static int make_sheets(const struct run *run, struct job *job, struct land_bench *bench, const struct two_bullets *b,
		       struct land_sheet *sheet, struct error *e)
{
	int status = STATUS_DONE, made = 0;

	for (int i = 0; !status && i < b->fit.lands; i++) {
		int at[PAIR_MARKS] = { i, b->partner[i] };
		const struct gallery_entry *entry[PAIR_MARKS];
		const struct signature *s[PAIR_MARKS];
		bool original[PAIR_MARKS] = { false, false };

		if (!b->bullet[0].land[at[0]] || !b->bullet[1].land[at[1]])
			continue;
		for (int k = 0; k < PAIR_MARKS; k++) {
			entry[k] = b->land[k][at[k]];
			s[k] = &b->ready[k][at[k]]->signature;
		}
		status = land_sheet_make(run, bench, b->bullet[0].land[at[0]], b->bullet[1].land[at[1]], &b->fit.fit[i],
					 &sheet[i], e);
		if (!status)
			status = land_sheet_originals(run, entry, s, &sheet[i], original, job->without, e);
		for (int k = 0; k < PAIR_MARKS; k++)
			job->original[k] = original[k] && (made == 0 || job->original[k]);
		made++;
	}
	return status;
}

int draw_bullets(const struct run *run, struct job *job, struct error *e)
{
	struct land_bench *bench = land_bench_new(run->matcher, e);
	struct two_bullets *b = mem_new(1, sizeof *b, e);
	struct land_sheet *sheet = mem_new(BULLET_LANDS, sizeof *sheet, e);
	int status = bench && b && sheet ? STATUS_DONE : STATUS_SYSTEM;

	if (!status) {
		status = two_bullets_compare(run, &job->side[0], &job->side[1], bench, b, e);
		if (status == STATUS_NO)
			status = error_set(e, STATUS_INPUT, "%s, %s: bullets of other numbers of lands, of another twist or seen in "
					   "another way cannot be compared", job->found.probe, job->found.candidate);
	}
	if (!status)
		status = make_sheets(run, job, bench, b, sheet, e);
	if (!status) {
		take_figures(job, &b->fit);
		write_caption(run, b, job);
		status = draw_sheet(run, job, b, sheet, e);
	}
	for (int i = 0; sheet && i < BULLET_LANDS; i++)
		land_sheet_free(&sheet[i]);
	free(sheet);
	if (b)
		two_bullets_free(b);
	free(b);
	land_bench_free(bench);
	return status;
}
