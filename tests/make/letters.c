/* letters.c - the headstamp */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "make/specimen.h"

#define HIGH_UM 1060.0     /* a letter's height */
#define CELL_UM (HIGH_UM / 6)
#define HALF_UM 125.0      /* half of a stroke's width */
#define DEEP_UM 110.0

/* Strokes as runs of points of a grid 4 wide and 6 high, x then y upwards; a blank lifts the pen. */
static const struct {
	char letter;
	const char *strokes;
} font[] = {
	{ 'A', "002640 1232" }, { 'B', "00063645333403 3342413000" }, { 'C', "4536160501103041" },
	{ 'F', "000646 0333" }, { 'G', "45361605011030414323" }, { 'I', "2026" }, { 'L', "060040" },
	{ 'M', "0006234640" }, { 'N', "00064046" }, { 'O', "160501103041453616" },
	{ 'P', "000636454433 3303" }, { 'R', "000636454433034340" }, { 'T', "0646 2620" },
	{ 'U', "060110304146" }, { 'W', "0610243046" }, { 'X', "0046 0640" }, { 'E', "460600400003 0333" },
	{ '0', "160501103041453616" }, { '1', "152620" }, { '2', "0516364543000040" },
	{ '3', "051636454323 2342413010 1001" }, { '4', "3036034243" }, { '5', "46060434434130100001" },
	{ '8', "2304051636454423 23024130100102" }, { '9', "4416050413334446 444230" },
};

static const char *strokes_of(char letter)
{
	for (size_t i = 0; i < sizeof font / sizeof *font; i++)
		if (font[i].letter == letter)
			return font[i].strokes;
	return "";
}

/* The square of the distance to the nearest stroke; x, y in um from the letter's lower left. */
static double to_strokes(const char *p, double x, double y)
{
	double nearest = 1e12;

	for (; p[0] && p[1] && p[2]; p += 2) {
		double ax, ay, bx, by, t;

		if (p[2] == ' ') {
			p++;
			continue;
		}
		ax = (p[0] - '0') * CELL_UM;
		ay = (p[1] - '0') * CELL_UM;
		bx = (p[2] - '0') * CELL_UM - ax;
		by = (p[3] - '0') * CELL_UM - ay;
		t = bx * bx + by * by;
		t = t > 0 ? ((x - ax) * bx + (y - ay) * by) / t : 0;
		t = t < 0 ? 0 : t > 1 ? 1 : t;
		ax += t * bx - x;
		ay += t * by - y;
		if (ax * ax + ay * ay < nearest)
			nearest = ax * ax + ay * ay;
	}
	return nearest;
}

/* One letter: `at` puts its frame, x along the line and y away from the case's middle, in the
 * picture. A stroke is a groove with a rounded bottom and walls pushed up a little. */
static void cut_letter(const char *strokes, const struct placing *at, double spacing, int width,
		       int height, float *z)
{
	double reach = HIGH_UM + 2 * HALF_UM;
	int x0 = (int)((at->x - reach) / spacing), x1 = (int)((at->x + reach) / spacing) + 1;
	int y0 = (int)((at->y - reach) / spacing), y1 = (int)((at->y + reach) / spacing) + 1;

	for (int j = y0 < 0 ? 0 : y0; j <= y1 && j < height; j++)
		for (int i = x0 < 0 ? 0 : x0; i <= x1 && i < width; i++) {
			double x, y, d;

			placing_undo(at, i * spacing, j * spacing, &x, &y);
			d = to_strokes(strokes, x + 2 * CELL_UM, 3 * CELL_UM - y) / (HALF_UM * HALF_UM);
			if (d < 1)
				z[(size_t)j * (size_t)width + i] -= (float)(DEEP_UM * (1 - d) * (1.6 - .6 * d));
			else if (d < 2.25)
				z[(size_t)j * (size_t)width + i] += (float)(24 * (d - 1) * (2.25 - d));
		}
}

void letters_cut(const struct specimen *s, const struct placing *view, double spacing_um, int width,
		 int height, float *z)
{
	size_t n = strlen(s->letters);
	double step_deg = 57.29578 * 6.6 * CELL_UM / s->letters_um;

	for (size_t k = 0; k < n; k++) {
		struct placing spoke, at;
		double x, y, angle = s->letters_deg - step_deg * (double)k;

		if (s->letters[k] == ' ')
			continue;
		/* the letter's middle in the tool's frame, then in the picture */
		placing_set(&spoke, s->primer_x_um, s->primer_y_um, angle);
		placing_apply(&spoke, 0, -s->letters_um, &x, &y);
		placing_apply(view, x, y, &at.x, &at.y);
		at.c = view->c * spoke.c - view->s * spoke.s;
		at.s = view->s * spoke.c + view->c * spoke.s;
		cut_letter(strokes_of(s->letters[k]), &at, spacing_um, width, height, z);
	}
}
