/* lineup.c - pages of candidates: all that were drawn, and one an examiner fills in */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/lineup.h"

#include <stdio.h>
#include <string.h>

#include "report/page.h"

/* The range of conclusions of the Association of Firearm and Tool Mark Examiners (adopted in April 1992, AFTE
 * Journal 24 (3)), in other words. It numbers the three kinds of inconclusive; A to C is how they are called. */
static const struct {
	const char *name, *means;
} conclusion[] = {
	{ "Identification", "all discernible class characteristics and a combination of individual ones agree, to an "
	  "extent beyond what marks of different tools can show, and such as marks known to be of one tool do show" },
	{ "Inconclusive A", "all discernible class characteristics and some individual ones agree, not enough for an "
	  "identification" },
	{ "Inconclusive B", "all discernible class characteristics agree; individual ones neither agree nor disagree, "
	  "because they are absent, too few, or not reproduced" },
	{ "Inconclusive C", "all discernible class characteristics agree and individual ones disagree, not enough for an "
	  "elimination" },
	{ "Elimination", "discernible class characteristics, individual ones, or both disagree significantly" },
	{ "Unsuitable", "the mark is not suitable for examination" }
};
#define CONCLUSIONS (sizeof conclusion / sizeof *conclusion)

/* What figures mean; of which kinds of pairs (bits). */
#define OF(kind) (1u << (kind))
#define STRIAE (OF(LINEUP_LANDS) | OF(LINEUP_BULLETS))
#define ALL (OF(LINEUP_IMPRESSIONS) | STRIAE)
static const struct {
	unsigned of;
	const char *name, *means;
} figure[] = {
	{ OF(LINEUP_IMPRESSIONS), "Score", "How alike the two marks are in the best pose, from 0 to 100: their correlation in "
	  "hundredths, borne out by the congruent cells. It orders candidates; it is no probability." },
	{ STRIAE, "Score", "In tenths of a power of ten, what the pair says for one land (of bullets, the mean over their "
	  "lands for one barrel): 3 says nothing, 30 is a thousand to one, before it is bounded. It orders candidates; it "
	  "is no probability." },
	{ ALL, "Likelihood ratio (LR)", "How many times more often pairs from one firearm have such a score than pairs from "
	  "two, in the reference set that ibin-match(1) names. It is bounded by the size of that set, and says little of "
	  "firearms and ammunition unlike those in it." },
	{ OF(LINEUP_IMPRESSIONS), "Agreement", "The candidate is cut in small squares (cells), and each is looked for in the "
	  "probe. Those found where one rigid move of the whole mark puts them are congruent. Written as congruent / "
	  "compared." },
	{ OF(LINEUP_LANDS), "Agreement", "CCF: the correlation of the two signatures (profiles across the striae) where both "
	  "are, from -1 to 1, at the place where they fit best. Signatures of two barrels reach 0.4 by chance. In the "
	  "pictures, segments of the shorter signature that are found in the other at that place have a number; chance "
	  "finds a few." },
	{ OF(LINEUP_BULLETS), "Agreement", "How many lands were compared in the best phase, and how many times the next best "
	  "phase its score is (margin). Bullets of one barrel agree in one phase only; a margin near 1 says that none stands "
	  "out." },
	{ OF(LINEUP_IMPRESSIONS), "Pose", "By how many degrees, clockwise, the probe was turned to lie on the candidate. It "
	  "depends on how the cases lay under the instruments, and says nothing of the firearm." },
	{ OF(LINEUP_LANDS), "Pose", "How far to the right of the probe's left end the candidate's lies, and whether it had to "
	  "be read from right to left. It depends on where the scans were cut." },
	{ OF(LINEUP_BULLETS), "Pose", "The phase: how many lands the candidate's numbers lie ahead of the probe's. Where "
	  "counting begins is chance." }
};
#define FIGURES (sizeof figure / sizeof *figure)

static void number(struct page *p, const char *format, size_t n)
{
	char text[80];

	snprintf(text, sizeof text, format, n);
	page_raw(p, text);
}

static void small_picture(struct page *p, const struct lineup_pair *r)
{
	char words[600];

	snprintf(words, sizeof words, "%s %.250s and %.250s", r->kind == LINEUP_IMPRESSIONS ? "Split view of" :
		 "One above the other:", r->probe, r->candidate);
	page_picture(p, &r->small.jpeg, r->small.width, r->small.height, words);
}

static void heads(struct page *p, const char *const *text, size_t count, size_t first_number)
{
	page_raw(p, "<thead><tr>");
	for (size_t i = 0; i < count; i++)
		page_tag(p, i < first_number ? "th scope=\"col\"" : "th scope=\"col\" class=\"n\"", text[i]);
	page_raw(p, "</tr></thead>\n<tbody>\n");
}

static void figures(struct page *p, const struct lineup_pair *r)
{
	const char *const text[] = { r->score, r->lr, r->agreement, r->pose };

	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		page_tag(p, "td class=\"n\"", text[i]);
}

static void index_table(struct page *p, const struct lineup *l)
{
	static const char *const head[] = { "Pair", "Picture", "Probe", "Candidate", "Rank", "Score", "LR", "Agreement",
					    "Pose" };

	page_raw(p, "<p>In the order of the rows that were given. LR: likelihood ratio.</p>\n"
		 "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table of pairs\">\n"
		 "<table>\n<caption>");
	number(p, l->pairs == 1 ? "%zu pair" : "%zu pairs", l->pairs);
	page_raw(p, "</caption>\n");
	heads(p, head, sizeof head / sizeof *head, 4);
	for (size_t i = 0; i < l->pairs; i++) {
		const struct lineup_pair *r = l->pair[i];

		number(p, "<tr><th scope=\"row\"><a href=\"#pair-%zu\">", i + 1);
		number(p, "%zu</a></th><td>", i + 1);
		small_picture(p, r);
		page_raw(p, "</td>");
		page_tag(p, "td", r->probe);
		page_tag(p, "td", r->candidate);
		page_tag(p, "td class=\"n\"", r->rank);
		figures(p, r);
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody>\n</table>\n</div>\n");
}

static void pair_section(struct page *p, const struct lineup *l, size_t i)
{
	const struct lineup_pair *r = l->pair[i];

	number(p, "<section aria-labelledby=\"pair-%zu\">\n", i + 1);
	number(p, "<h3 id=\"pair-%zu\">", i + 1);
	number(p, "%zu. ", i + 1);
	page_words(p, r->probe);
	page_raw(p, " and ");
	page_words(p, r->candidate);
	page_raw(p, "</h3>\n<figure>");
	page_picture(p, &r->picture.jpeg, r->picture.width, r->picture.height, r->words);
	page_raw(p, "<figcaption>");
	for (int k = 0; k < LINEUP_LINES && r->line[k]; k++) {
		page_words(p, r->line[k]);
		page_raw(p, "<br>");
	}
	page_raw(p, "<a class=\"screen\" href=\"");
	page_words(p, r->file);
	page_raw(p, "\">The picture in full size</a></figcaption></figure>\n</section>\n");
}

static void foot(struct page *p, const struct lineup *l)
{
	page_raw(p, "<p>Made ");
	page_words(p, l->made);
	page_raw(p, ". A candidate is a lead; only an examiner who has seen the exhibits identifies.</p>\n");
}

static int finish(struct page *p, struct buf *out, struct error *e)
{
	int status = page_end(p, e);

	if (status) {
		page_free(p);
		return status;
	}
	*out = p->out;
	return STATUS_DONE;
}

int lineup_index(const struct lineup *l, struct buf *out, struct error *e)
{
	struct page p;

	page_start(&p, "Pairs of marks");
	foot(&p, l);
	index_table(&p, l);
	page_raw(&p, "<h2>Pictures</h2>\n");
	for (size_t i = 0; i < l->pairs; i++)
		pair_section(&p, l, i);
	return finish(&p, out, e);
}

static void choices(struct page *p, const struct lineup_pair *r, size_t row)
{
	page_raw(p, "<td><fieldset><legend>Conclusion on ");
	page_words(p, r->candidate);
	page_raw(p, "</legend>");
	for (size_t i = 0; i < CONCLUSIONS; i++) {
		number(p, "<label><input type=\"radio\" name=\"row-%zu\"> ", row);
		page_words(p, conclusion[i].name);
		page_raw(p, "</label>");
	}
	page_raw(p, "</fieldset></td>");
}

static void candidate_table(struct page *p, const struct lineup *l)
{
	static const char *const head[] = { "Candidate", "Picture", "Conclusion", "Rank", "Score", "LR", "Agreement",
					    "Pose" };

	page_raw(p, "<h2>Candidates</h2>\n<p>In the order of the rows that were given. LR: likelihood ratio.</p>\n"
		 "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Candidates\">\n"
		 "<table>\n<caption>Candidates</caption>\n");
	heads(p, head, sizeof head / sizeof *head, 3);
	for (size_t i = 0; i < l->pairs; i++) {
		const struct lineup_pair *r = l->pair[i];

		page_raw(p, "<tr><th scope=\"row\">");
		number(p, "<a href=\"#pair-%zu\">", i + 1);
		page_words(p, r->candidate);
		page_raw(p, "</a></th><td>");
		small_picture(p, r);
		page_raw(p, "</td>");
		choices(p, r, i + 1);
		page_tag(p, "td class=\"n\"", r->rank);
		figures(p, r);
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody>\n</table>\n</div>\n");
}

static void explain(struct page *p, const struct lineup *l)
{
	unsigned of = 0;

	for (size_t i = 0; i < l->pairs; i++)
		of |= OF(l->pair[i]->kind);
	page_raw(p, "<div class=\"two\">\n<section aria-labelledby=\"figures\">"
		 "<h2 id=\"figures\">What the figures say</h2>\n<dl>");
	for (size_t i = 0; i < FIGURES; i++) {
		if (!(figure[i].of & of))
			continue;
		page_tag(p, "dt", figure[i].name);
		page_tag(p, "dd", figure[i].means);
	}
	page_raw(p, "</dl></section>\n<section aria-labelledby=\"range\">"
		 "<h2 id=\"range\">Range of conclusions (AFTE)</h2>\n<dl>");
	for (size_t i = 0; i < CONCLUSIONS; i++) {
		page_tag(p, "dt", conclusion[i].name);
		page_tag(p, "dd", conclusion[i].means);
	}
	page_raw(p, "</dl></section>\n</div>\n");
}

static void examiners(struct page *p)
{
	static const char *const who[] = { "First examiner", "Second examiner (verifies)" };
	static const char *const line[] = { "Name", "Date", "Signature" };

	page_raw(p, "<section aria-labelledby=\"examiners\">\n<h2 id=\"examiners\">Examiners</h2>\n<div class=\"two\">\n");
	for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
		page_raw(p, "<fieldset>");
		page_tag(p, "legend", who[i]);
		for (size_t k = 0; k < sizeof line / sizeof *line; k++) {
			page_raw(p, "<label class=\"line\">");
			page_words(p, line[k]);
			page_raw(p, "<input type=\"text\"></label>");
		}
		page_raw(p, "</fieldset>\n");
	}
	page_raw(p, "</div>\n<label class=\"line\">Remarks<input type=\"text\"></label>\n"
		 "<label class=\"line\"><span class=\"screen\">More remarks</span><input type=\"text\"></label>\n"
		 "</section>\n");
}

int lineup_examiner(const struct lineup *l, struct buf *out, struct error *e)
{
	const struct lineup_pair *first = l->pair[0];
	char title[300], words[400];
	struct page p;

	snprintf(title, sizeof title, "Examination of %.250s", first->probe);
	snprintf(words, sizeof words, "The probe %.250s alone, %s", first->probe, first->mark);
	page_start(&p, title);
	foot(&p, l);
	page_raw(&p, "<figure>");
	if (first->alone.jpeg.size)
		page_picture(&p, &first->alone.jpeg, first->alone.width, first->alone.height, words);
	page_raw(&p, "<figcaption>");
	page_words(&p, words);
	page_raw(&p, "</figcaption></figure>\n");
	candidate_table(&p, l);
	examiners(&p);
	explain(&p, l);
	page_raw(&p, "<h2>Pictures</h2>\n");
	for (size_t i = 0; i < l->pairs; i++)
		pair_section(&p, l, i);
	return finish(&p, out, e);
}
