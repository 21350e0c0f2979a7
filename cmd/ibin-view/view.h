/* view.h - one run of ibin-view */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IBIN_VIEW_VIEW_H
#define IBIN_VIEW_VIEW_H

#include "base/option.h"
#include "file/progress.h"
#include "file/rows.h"
#include "match/exhibit.h"
#include "match/found.h"
#include "match/gallery.h"
#include "match/land_pair.h"
#include "match/pair.h"
#include "match/ready.h"
#include "report/lineup.h"
#include "report/shade.h"
#include "report/striae.h"
#include "report/terminal.h"

struct run;

#define LINES LINEUP_LINES
#define LINE_TEXT 400
#define NAME_PART 48          /* bytes of an id in a file's name */
#define SMALL_PX 170          /* least side of the small pictures in pages */
#define SMALL_LAND_PX 220     /* least width of those of lands */

enum format { FORMAT_PNG, FORMAT_JPEG };

/* What --as takes, in this order. */
#define AS_CHOICES "auto|sixel|kitty|table"
enum as { AS_AUTO, AS_SIXEL, AS_KITTY, AS_TABLE };

struct options {
	struct option_list galleries, scans;
	const char *probes, *folder, *size, *light, *columns;
	int64_t most, threads;
	bool examiner, terminal;
	int as, format, output, progress;
};

/* What one kind of picture says in figures; those that it has not are NaN, cells -1. */
struct figures {
	double score, lr;
	int cells, cells_compared;
	double rotation_deg;
	double lag_um, ccf;
	int lands, phase;             /* -1: none */
	double margin;
};

struct drawing {
	unsigned char *rgb;           /* NULL: none */
	int width, height;
};

/* Signatures of one mark that stand side by side in a gallery; in a row of exhibits more than one. */
struct side {
	const struct gallery_entry *first;
	size_t count;
	const struct exhibits *exhibits;   /* of which they are, */
	size_t exhibit;                    /* and which of them */
};

/* A pair to be drawn; when it was, what the pages say of it. */
struct job {
	struct found found;
	struct side side[PAIR_MARKS];
	enum mark mark;
	bool bullets;            /* the lands of both in order */
	size_t number;           /* from 1 */
	struct error trouble;    /* why it was not drawn */
	bool original[PAIR_MARKS];               /* drawn from it, not from the signature */
	struct error without[PAIR_MARKS];        /* why not */
	struct figures figures;
	enum lineup_kind kind;
	struct drawing picture, small, alone;
	bool with_probe;         /* an examiner's page begins with it */
	struct buf file_bytes;   /* what goes to a file, */
	struct buf screen;       /* and to a terminal */
	struct lineup_pair shown;
	char line[LINES][LINE_TEXT], words[LINE_TEXT + 2 * SIGNATURE_TEXT], file[2 * NAME_PART + 48];
	char rank[24], score[24], lr_text[24], agreement[48], pose[48];
};

/* A gallery by id, and the same by exhibit. */
struct shelf {
	struct gallery gallery;
	struct stock all;             /* of the gallery */
	struct gallery sorted;        /* by exhibit; shares what the entries of gallery hold */
	struct exhibits exhibits;
};

/* scans.c: the files of --scans, by name, and the originals that were made of them last. */
struct scans;
int scans_open(const struct option_list *folders, struct scans **out, struct error *e);
void scans_close(struct scans *s);

/* What the signature of an entry was taken from; to be given back. NULL: e says why it cannot be had (status
 * STATUS_NO: no file has its name). May be called by many threads. */
struct original;
const struct original *scans_get(struct scans *s, const struct gallery_entry *entry, const struct signature *signature,
				 double step_um, struct compare_room *room, struct error *e);
void scans_put(struct scans *s, const struct original *o);

struct run {
	struct options options;
	struct option_parsed parsed;
	int width, height;
	struct shade_light light;
	bool light_given;
	enum terminal terminal;       /* PLAIN: rows are printed */
	struct shelf stock, probes;
	struct land_matcher *matcher; /* NULL: there are no lands */
	struct scans *scans;          /* NULL: none were named */
	const struct gallery_entry **told;  /* those of which it was said that the original is not to be had */
	size_t tolds;
	struct found_reader *found;
	struct job *queue;            /* what else one row of exhibits asks for */
	size_t queued, taken;
	struct rows *rows;
	struct progress progress;
	size_t asked, drawn;          /* pairs */
	struct job **shown;           /* those that were drawn */
	const struct gallery_entry *last;   /* the probe asked for last */
	const struct option_line *table;
	bool no_more;
	int status;                   /* the worst so far */
};

extern const struct option_program program;

/* jobs.c: the exhibit that a signature is of, or that has this name; NULL: none. */
const struct exhibit *find_exhibit(const struct exhibits *x, const char *name);

/* Says what is wrong, and goes on. */
void complain(struct run *run, const struct error *e);

/* shelf.c: a damaged file is named; what stands before the damage can be drawn. */
void shelf_read(struct run *run, struct shelf *s, const char *name);
int shelf_sort(struct run *run, struct shelf *s, struct error *e);
void shelf_free(struct shelf *s);

/* jobs.c: the next pair that is asked for, NULL when there is none; what makes no sense is complained of. */
void *next_job(void *context);
void job_free(struct job *job);

/* lands.c: two compared lands as they are drawn. A light from the side unless one was asked for. */
struct land_sheet {
	struct land_pair pair;
	struct striae striae;         /* without titles and caption */
	struct grid look[PAIR_MARKS]; /* of photographs: brightness in standard deviations */
	struct grid scan[PAIR_MARKS]; /* strips of the originals; empty where there is none */
	struct striae_segment segment[SEGMENT_PIECES_MOST];
};
int land_sheet_make(const struct run *run, struct land_bench *bench, const struct land_key *a, const struct land_key *b,
		    const struct land_fit *fit, struct land_sheet *out, struct error *e);
void land_sheet_free(struct land_sheet *l);

/* Takes the strips from the originals where those are to be had; original and without say for which. */
int land_sheet_originals(const struct run *run, const struct gallery_entry *const entry[PAIR_MARKS],
			 const struct signature *const s[PAIR_MARKS], struct land_sheet *l, bool original[PAIR_MARKS],
			 struct error without[PAIR_MARKS], struct error *e);

/* bullets.c: the bullets of two exhibits compared, in the layer in which they fit better. STATUS_NO: one of
 * them is no bullet whose lands have numbers, or they are of other kinds. */
struct two_bullets {
	struct bullet bullet[PAIR_MARKS];
	const struct gallery_entry *land[PAIR_MARKS][BULLET_LANDS];
	struct ready *ready[PAIR_MARKS][BULLET_LANDS];
	struct bullet_fit fit;
	int partner[BULLET_LANDS];    /* in the best phase */
	double *score;                /* lands * lands */
	struct phases phases;         /* points into this */
};
int two_bullets_compare(const struct run *run, const struct side *probe, const struct side *candidate,
		    struct land_bench *bench, struct two_bullets *out, struct error *e);
void two_bullets_free(struct two_bullets *b);

/* Each draws a job, and fills its figures, lines, drawings, agreement and pose. */
int draw_impressions(const struct run *run, struct job *job, struct error *e);
int draw_lands(const struct run *run, struct job *job, struct error *e);
int draw_bullets(const struct run *run, struct job *job, struct error *e);

/* What all captions say. */
void say_row(const struct job *job, double score, double near, char out[64]);
void say_lr(double lr, char out[80]);
void say_signature(const struct signature *s, enum pair_mark which, char out[LINE_TEXT]);
void say_source(const struct run *run, const struct job *job, const char *signatures, char out[LINE_TEXT]);
const char *drawn_from(const struct job *job);
void say_program(char out[LINE_TEXT]);
void say_titles(const struct job *job, char title[PAIR_MARKS][SIGNATURE_TEXT + 16], char heading[2 * SIGNATURE_TEXT + 40]);

/* By how much a small picture is smaller, so that its side is at least `least`. */
int small_by(int side, int least);

/* pages.c: takes a drawn job over; index.html, and what examiners fill in. */
int keep(struct run *run, struct job *job, struct error *e);
int write_file(const struct run *run, const char *name, const struct buf *bytes, struct error *e);
void name_part(const char *id, char out[NAME_PART + 1]);
int write_pages(const struct run *run, struct error *e);

#endif
