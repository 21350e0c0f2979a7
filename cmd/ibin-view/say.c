/* say.c - what captions of all kinds of pictures say */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "view.h"

void say_row(const struct job *job, double score, double near, char out[64])
{
	*out = 0;
	if (job->found.has_score && fabs(job->found.score - score) > near)
		snprintf(out, 64, " (the row says %.2f)", job->found.score);
}

void say_lr(double lr, char out[80])
{
	if (isnan(lr))
		snprintf(out, 80, "no likelihood ratio for this kind of mark");
	else
		snprintf(out, 80, "likelihood ratio %.*f", lr < 10 ? 4 : 0, lr);
}

void say_signature(const struct signature *s, enum pair_mark which, char out[LINE_TEXT])
{
	snprintf(out, LINE_TEXT, "%s: %s, spacing %s \xc2\xb5m (%s)%s%s%s%s", which == PAIR_PROBE ? "Probe" : "Candidate",
		 signature_meta(s, META_SOURCE), signature_meta(s, META_SPACING_UM),
		 signature_meta(s, META_SPACING_FROM), *signature_meta(s, META_CASE) ? ", case " : "",
		 signature_meta(s, META_CASE), *signature_meta(s, META_CALIBRE) ? ", " : "",
		 signature_meta(s, META_CALIBRE));
}

const char *drawn_from(const struct job *job)
{
	return job->original[PAIR_PROBE] && job->original[PAIR_CANDIDATE] ? "scans" : job->original[PAIR_PROBE] ?
	       "scan of the probe" : job->original[PAIR_CANDIDATE] ? "scan of the candidate" : "signatures";
}

void say_source(const struct run *run, const struct job *job, const char *signatures, char out[LINE_TEXT])
{
	const bool *from = job->original;

	if (from[PAIR_PROBE] && from[PAIR_CANDIDATE])
		snprintf(out, LINE_TEXT, "Drawn from the originals");
	else if (!from[PAIR_PROBE] && !from[PAIR_CANDIDATE])
		snprintf(out, LINE_TEXT, "Drawn from the signatures%s%s", signatures, run->scans ?
			 ": the originals were not to be had" : "");
	else
		snprintf(out, LINE_TEXT, "The %s is drawn from its signature%s, as its original was not to be had; the %s "
			 "from its original", from[PAIR_PROBE] ? "candidate" : "probe", signatures, from[PAIR_PROBE] ?
			 "probe" : "candidate");
}

void say_program(char out[LINE_TEXT])
{
	snprintf(out, LINE_TEXT, "%s %s \xe2\x80\x93 a lead, not an identification", program.name, program.version);
}

/* In a row of exhibits the signature that was drawn is named, too. */
static void say_name(const char *asked, const struct side *side, char out[SIGNATURE_TEXT])
{
	const char *id = signature_meta(&side->first->head, META_ID);

	if (side->count == 1 && strcmp(asked, id) && strlen(asked) + strlen(id) + 4 < SIGNATURE_TEXT)
		snprintf(out, SIGNATURE_TEXT, "%.120s (%.120s)", asked, id);
	else
		snprintf(out, SIGNATURE_TEXT, "%s", asked);
}

void say_titles(const struct job *job, char title[PAIR_MARKS][SIGNATURE_TEXT + 16], char heading[2 * SIGNATURE_TEXT + 40])
{
	char probe[SIGNATURE_TEXT], candidate[SIGNATURE_TEXT];

	say_name(job->found.probe, &job->side[PAIR_PROBE], probe);
	say_name(job->found.candidate, &job->side[PAIR_CANDIDATE], candidate);
	snprintf(title[PAIR_PROBE], SIGNATURE_TEXT + 16, "Probe %s", probe);
	snprintf(title[PAIR_CANDIDATE], SIGNATURE_TEXT + 16, "Candidate %s", candidate);
	snprintf(heading, 2 * SIGNATURE_TEXT + 40, "%s and %s: %s", probe, candidate,
		 job->bullets ? "bullets" : mark_name(job->mark));
}

int small_by(int side, int least)
{
	return side / least > 1 ? side / least : 1;
}
