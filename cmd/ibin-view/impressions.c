/* impressions.c - pictures of two breech faces or other impressed marks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/original.h"
#include "report/panels.h"
#include "sign/impression.h"
#include "sign/pack.h"
#include "view.h"

#define SCORE_NEAR 0.011      /* a row's score has two decimals */
#define STEEP 1.1             /* a rise of one deviation on so many points of a signature is one of 45 degrees */
#define SLOPE 0.55            /* the median slope of originals is drawn as so steep */
#define TRIAL_PX 16           /* side of a picture that nobody sees */

static double rotation(const struct comparison *c)
{
	double turn = fmod(c->pose.turn_deg + 720, 360);

	return turn < 359.95 ? turn : 0;
}

/* steep: how many times too steep heights are shown; 0: not known, or no heights. */
static void write_caption(const struct run *run, const struct signature s[PAIR_MARKS], const struct pair *pair,
			  double steep, struct job *job)
{
	const struct comparison *c = &pair->comparison;
	char row[64], lr[80], signatures[64], (*line)[LINE_TEXT] = job->line;

	say_row(job, c->score, SCORE_NEAR, row);
	say_lr(pair->lr, lr);
	snprintf(line[0], LINE_TEXT, "Score %.2f%s, %s, correlation %.2f over %.0f %% of the smaller mark", c->score, row,
		 lr, c->correlation, 100 * fmin(1, c->overlap));
	snprintf(line[1], LINE_TEXT, "Cells: %d congruent (numbered) of %d compared (the others grey)", c->cells,
		 c->cells_compared);
	if (pair->posed)
		snprintf(line[2], LINE_TEXT, "Rotation %.1f\xc2\xb0, shift %.0f, %.0f \xc2\xb5m of the probe on the "
			 "candidate; shown: the candidate moved back by it", rotation(c), c->pose.dx_um,
			 c->pose.dy_um);
	else
		snprintf(line[2], LINE_TEXT, "No common pose was found: both are shown as they lie");
	snprintf(signatures, sizeof signatures, " (%.0f \xc2\xb5m between points)", s[0].step_um);
	say_source(run, job, signatures, line[3]);
	if (pair->view == VIEW_RELIEF)
		snprintf(line[3] + strlen(line[3]), LINE_TEXT - strlen(line[3]),
			 ", lit from %.0f\xc2\xb0, %.0f\xc2\xb0 above", run->light.azimuth_deg, run->light.elevation_deg);
	if (steep > 0 && pair->view == VIEW_RELIEF)
		snprintf(line[3] + strlen(line[3]), LINE_TEXT - strlen(line[3]), ", heights times %.1f", steep);
	if (pair->view == VIEW_ACROSS)
		snprintf(line[3] + strlen(line[3]), LINE_TEXT - strlen(line[3]),
			 "; the topography as a ring light would show it");
	for (int i = 0; i < PAIR_MARKS; i++)
		say_signature(&s[i], (enum pair_mark)i, line[4 + i]);
	snprintf(line[6], LINE_TEXT, "Method %s", signature_meta(&s[0], META_METHOD));
	say_program(line[7]);
}

/* A mark in the two frames in which it is seen, from its original where that is to be had. */
struct seen {
	struct grid all, near;        /* all: empty where it is the signature's, which the pair has */
	uint8_t *near_region;         /* where the signature's mark is */
	const struct original *original;
};

static enum panels_look look_of(const struct pair *pair, const struct seen *seen)
{
	if (pair->view == VIEW_RELIEF)
		return PANELS_LIT;
	return pair->view == VIEW_ACROSS && seen->original && !seen->original->photograph ? PANELS_RING : PANELS_BRIGHT;
}

/* Heights of originals are shown so many times too steep, both alike. */
static double steepness(const struct seen seen[PAIR_MARKS])
{
	double sum = 0;
	int count = 0;

	for (int i = 0; i < PAIR_MARKS; i++)
		if (seen[i].original && seen[i].original->slope > 0) {
			sum += seen[i].original->slope;
			count++;
		}
	return count ? SLOPE * count / sum : 0;
}

/* The joining of what was compared with how it is drawn. cell has room for pair->cells. */
static void fill_sheet(const struct run *run, const struct pair *pair, const struct seen seen[PAIR_MARKS],
		       double point_um, struct panels_cell *cell, struct panels *s)
{
	int number = 0;

	s->width = run->width;
	s->height = run->height;
	for (int i = 0; i < PAIR_MARKS; i++) {
		struct panels_mark *m = &s->mark[i];
		const struct grid *all = seen[i].original ? &seen[i].all : &pair->mark[i];

		m->all = (struct panels_grid){ all->v, all->on, seen[i].original ? pair->mark[i].on : NULL };
		m->near = (struct panels_grid){ seen[i].near.v, seen[i].near.on, seen[i].near_region };
		m->name = i ? "candidate" : "probe";
		m->look = look_of(pair, &seen[i]);
		m->steep = seen[i].original ? steepness(seen) : STEEP * point_um;
	}
	s->light = run->light;
	s->agree = pair->agree.v;
	s->agree_on = pair->agree.on;
	s->step_um = pair->frame.step_um;
	for (int i = 0; i < pair->cells; i++) {
		memcpy(cell[i].corner, pair->cell[i].corner, sizeof cell[i].corner);
		cell[i].number = pair->cell[i].congruent ? ++number : 0;
	}
	s->cell = cell;
	s->cells = pair->cells;
	s->upright = pair->upright;
	s->cut = pair->cut;
	s->near_x = (pair->near.left_um - pair->frame.left_um) / pair->frame.step_um;
	s->near_y = (pair->near.top_um - pair->frame.top_um) / pair->frame.step_um;
}

/* What pages show of a sheet. */
static int draw_small(struct job *job, const struct panels *s, struct error *e)
{
	int panel = panels_side(s->width, s->height), by = small_by(panel, SMALL_PX), small = panel / by;
	int status = panels_split(s, &job->small.rgb, e);

	job->small.width = job->small.height = small;
	if (!status)
		panels_shrink(job->small.rgb, panel, panel, by);
	if (!status && job->with_probe) {
		job->alone.width = job->alone.height = panel;
		status = panels_single(s, PAIR_PROBE, &job->alone.rgb, e);
	}
	return status;
}

static int draw_sheet(const struct run *run, struct job *job, const struct signature s[PAIR_MARKS],
		      const struct pair *pair, const struct seen seen[PAIR_MARKS], struct error *e)
{
	struct panels_cell *cell = mem_new((size_t)pair->cells, sizeof *cell, e);
	struct panels sheet = { 0 };
	char title[PAIR_MARKS][SIGNATURE_TEXT + 16], heading[2 * SIGNATURE_TEXT + 40];
	const char *line[LINES];
	int status;

	if (!cell)
		return STATUS_SYSTEM;
	write_caption(run, s, pair, steepness(seen), job);
	for (int i = 0; i < LINES; i++)
		line[i] = job->line[i];
	say_titles(job, title, heading);
	fill_sheet(run, pair, seen, s[0].step_um, cell, &sheet);
	for (int i = 0; i < PAIR_MARKS; i++)
		sheet.mark[i].title = title[i];
	sheet.heading = heading;
	sheet.line = line;
	sheet.lines = LINES;
	job->picture.width = run->width;
	job->picture.height = run->height;
	status = panels_make(&sheet, &job->picture.rgb, e);
	if (!status)
		status = draw_small(job, &sheet, e);
	free(cell);
	return status;
}

static int unpack(const struct gallery_entry *entry, struct signature *out, struct error *e)
{
	int status = impression_check(&entry->head, e);

	if (!status)
		status = unpack_signature(&entry->body, 1, out, e);
	return status ? error_within(e, signature_meta(&entry->head, META_ID)) : STATUS_DONE;
}

static int compare(const struct gallery_entry *const entry[PAIR_MARKS], int side, struct compare_room *room,
		   struct signature s[PAIR_MARKS], struct pair *pair, struct error *e)
{
	int status = STATUS_DONE;

	for (int i = 0; !status && i < PAIR_MARKS; i++)
		status = unpack(entry[i], &s[i], e);
	if (!status && (status = pair_make(&s[0], &s[1], side, room, pair, e)))
		error_within(e, signature_meta(&entry[PAIR_CANDIDATE]->head, META_ID));
	return status;
}

/* Of a row of exhibits the two signatures are drawn that are most alike. */
static int choose(struct job *job, struct compare_room *room, struct error *e)
{
	const struct side side[PAIR_MARKS] = { job->side[0], job->side[1] };
	double best = -1;
	int status = STATUS_DONE;

	for (size_t k = 0; !status && k < side[0].count * side[1].count; k++) {
		const struct gallery_entry *entry[PAIR_MARKS] = { side[0].first + k / side[1].count,
								  side[1].first + k % side[1].count };
		struct signature s[PAIR_MARKS] = { 0 };
		struct pair pair = { 0 };

		status = compare(entry, TRIAL_PX, room, s, &pair, e);
		if (!status && pair.comparison.score > best) {
			best = pair.comparison.score;
			for (int i = 0; i < PAIR_MARKS; i++)
				job->side[i].first = entry[i];
		}
		pair_free(&pair);
		for (int i = 0; i < PAIR_MARKS; i++)
			signature_free(&s[i]);
	}
	job->side[0].count = job->side[1].count = 1;
	return status;
}

static void take_figures(struct job *job, const struct pair *pair)
{
	const struct comparison *c = &pair->comparison;

	job->kind = LINEUP_IMPRESSIONS;
	job->figures = (struct figures){ c->score, pair->lr, c->cells, c->cells_compared, rotation(c), NAN, NAN, -1, -1,
					 NAN };
	snprintf(job->agreement, sizeof job->agreement, "%d / %d cells", c->cells, c->cells_compared);
	snprintf(job->pose, sizeof job->pose, "%.1f\xc2\xb0", rotation(c));
	snprintf(job->words, sizeof job->words, "%s and %s in one pose: side by side with the cells, split, and as a map of "
		 "agreement. %d of %d cells are congruent, the score is %.2f.", job->found.probe, job->found.candidate,
		 c->cells, c->cells_compared, c->score);
}

/* How finely an original is wanted: a point and a half a pixel of what is shown twice as large. */
static double fine_um(const struct run *run, const struct signature *s)
{
	return s->width * s->step_um / (3.0 * panels_side(run->width, run->height));
}

/* The mark in both frames: from its original, else from its signature, and then it is known why. */
static int see(const struct run *run, struct job *job, enum pair_mark which, const struct signature *s,
	       const struct pair *pair, struct compare_room *room, struct seen *seen, struct error *e)
{
	struct error *why = &job->without[which];
	struct grid layer = { 0 }, near = { 0 };
	int status;

	if (run->scans) {
		seen->original = scans_get(run->scans, job->side[which].first, s, fine_um(run, s), room, why);
		if (!seen->original && why->status == STATUS_SYSTEM) {
			*e = *why;
			return STATUS_SYSTEM;
		}
		job->original[which] = seen->original != NULL;
	}
	status = pair_layer(pair, s, &layer, e);
	if (!status)
		status = pair_lay(pair, which, &layer, NULL, &pair->near, &near, e);
	grid_free(&layer);
	if (status || !seen->original) {
		seen->near = near;
		return status;
	}
	free(near.v);
	seen->near_region = near.on;
	status = pair_lay(pair, which, &seen->original->g, &seen->original->from_mark, &pair->frame, &seen->all, e);
	if (!status)
		status = pair_lay(pair, which, &seen->original->g, &seen->original->from_mark, &pair->near, &seen->near, e);
	return status;
}

int draw_impressions(const struct run *run, struct job *job, struct error *e)
{
	struct compare_room *room = compare_room_new(e);
	struct signature s[PAIR_MARKS] = { 0 };
	struct seen seen[PAIR_MARKS] = { 0 };
	struct pair pair = { 0 };
	int status = room ? STATUS_DONE : STATUS_SYSTEM;

	if (!status && job->side[0].count * job->side[1].count > 1)
		status = choose(job, room, e);
	if (!status) {
		const struct gallery_entry *const entry[PAIR_MARKS] = { job->side[0].first, job->side[1].first };

		status = compare(entry, panels_side(run->width, run->height), room, s, &pair, e);
	}
	for (int i = 0; !status && i < PAIR_MARKS; i++)
		status = see(run, job, (enum pair_mark)i, &s[i], &pair, room, &seen[i], e);
	if (!status) {
		take_figures(job, &pair);
		status = draw_sheet(run, job, s, &pair, seen, e);
	}
	for (int i = 0; i < PAIR_MARKS; i++) {
		grid_free(&seen[i].all);
		grid_free(&seen[i].near);
		free(seen[i].near_region);
		scans_put(run->scans, seen[i].original);
		signature_free(&s[i]);
	}
	pair_free(&pair);
	compare_room_free(room);
	return status;
}
