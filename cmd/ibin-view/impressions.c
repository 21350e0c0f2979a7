/* impressions.c - pictures of two breech faces or other impressed marks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/panels.h"
#include "sign/impression.h"
#include "sign/pack.h"
#include "view.h"

#define SCORE_NEAR 0.011      /* a row's score has two decimals */
#define STEEP 1.1             /* a rise of one deviation on so many points of a signature is one of 45 degrees */
#define TRIAL_PX 16           /* side of a picture that nobody sees */

static double rotation(const struct comparison *c)
{
	double turn = fmod(c->pose.turn_deg + 720, 360);

	return turn < 359.95 ? turn : 0;
}

static void write_caption(const struct run *run, const struct signature s[PAIR_MARKS], const struct pair *pair,
			  struct job *job)
{
	const struct comparison *c = &pair->comparison;
	char row[64], lr[80], (*line)[LINE_TEXT] = job->line;

	say_row(job, c->score, SCORE_NEAR, row);
	say_lr(pair->lr, lr);
	snprintf(line[0], LINE_TEXT, "Score %.2f%s, %s, correlation %.2f over %.0f %% of the smaller mark", c->score, row,
		 lr, c->correlation, 100 * c->overlap);
	snprintf(line[1], LINE_TEXT, "Cells: %d congruent (numbered) of %d compared (the others grey)", c->cells,
		 c->cells_compared);
	if (pair->posed)
		snprintf(line[2], LINE_TEXT, "Rotation %.1f\xc2\xb0, shift %.0f, %.0f \xc2\xb5m of the probe on the "
			 "candidate; shown: the candidate moved back by it", rotation(c), c->pose.dx_um,
			 c->pose.dy_um);
	else
		snprintf(line[2], LINE_TEXT, "No common pose was found: both are shown as they lie");
	snprintf(line[3], LINE_TEXT, "Drawn from the signatures (%.0f \xc2\xb5m between points): %s", s[0].step_um,
		 pair->view == VIEW_RELIEF ? "relief" : pair->view == VIEW_PHOTOGRAPHS ? "photographs, evened out" :
		 "a photograph, and a topography as a ring light would show it");
	if (pair->view == VIEW_RELIEF)
		snprintf(line[3] + strlen(line[3]), LINE_TEXT - strlen(line[3]),
			 ", lit from %.0f\xc2\xb0, %.0f\xc2\xb0 above", run->light.azimuth_deg, run->light.elevation_deg);
	for (int i = 0; i < PAIR_MARKS; i++)
		say_signature(&s[i], (enum pair_mark)i, line[4 + i]);
	snprintf(line[6], LINE_TEXT, "Method %s", signature_meta(&s[0], META_METHOD));
	say_program(line[7]);
}

/* A mark in the two frames in which it is seen. */
struct seen {
	struct grid near;
};

/* The joining of what was compared with how it is drawn. cell has room for pair->cells. */
static void fill_sheet(const struct run *run, const struct pair *pair, const struct seen seen[PAIR_MARKS],
		       double point_um, struct panels_cell *cell, struct panels *s)
{
	int number = 0;

	s->width = run->width;
	s->height = run->height;
	for (int i = 0; i < PAIR_MARKS; i++) {
		struct panels_mark *m = &s->mark[i];

		m->all = (struct panels_grid){ pair->mark[i].v, pair->mark[i].on, NULL };
		m->near = (struct panels_grid){ seen[i].near.v, seen[i].near.on, NULL };
		m->name = i ? "candidate" : "probe";
		m->look = pair->view == VIEW_RELIEF ? PANELS_LIT : PANELS_BRIGHT;
		m->steep = STEEP * point_um;
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
	write_caption(run, s, pair, job);
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
	for (int i = 0; !status && i < PAIR_MARKS; i++) {
		struct grid layer = { 0 };

		status = pair_layer(&pair, &s[i], &layer, e);
		if (!status)
			status = pair_lay(&pair, (enum pair_mark)i, &layer, &pair.near, &seen[i].near, e);
		grid_free(&layer);
	}
	if (!status) {
		take_figures(job, &pair);
		status = draw_sheet(run, job, s, &pair, seen, e);
	}
	for (int i = 0; i < PAIR_MARKS; i++) {
		grid_free(&seen[i].near);
		signature_free(&s[i]);
	}
	pair_free(&pair);
	compare_room_free(room);
	return status;
}
