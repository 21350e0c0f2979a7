/* terminal.c - pictures in terminals that show them: sixel, and the protocol of kitty */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/terminal.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"

#define GREYS 40
#define CUBE 6                     /* steps of red, of green, of blue */
#define COLOURS (GREYS + CUBE * CUBE * CUBE)
#define NEARLY_GREY 12             /* red, green and blue no further apart */
#define BAND 6                     /* rows that a sixel is high */
#define PIECE 4096                 /* kitty: letters in an escape sequence */

static bool is(const char *value, const char *name)
{
	return value && !strcmp(value, name);
}

static bool begins(const char *value, const char *with)
{
	return value && !strncmp(value, with, strlen(with));
}

/* kitty, Ghostty and WezTerm have kitty's protocol; foot, mlterm, contour, Konsole (from 22.04 on), iTerm2, mintty
 * and VS Code's terminal have sixel. xterm has it only where it was built and started for it, and does not say. */
enum terminal terminal_known(char *(*get)(const char *name))
{
	const char *term = get("TERM"), *program = get("TERM_PROGRAM"), *konsole = get("KONSOLE_VERSION");

	if (get("TMUX") || begins(term, "tmux") || begins(term, "screen") || is(term, "dumb"))
		return TERMINAL_PLAIN;
	if (is(term, "xterm-kitty") || is(term, "xterm-ghostty") || get("KITTY_WINDOW_ID") || is(program, "WezTerm") ||
	    is(program, "ghostty"))
		return TERMINAL_KITTY;
	if (begins(term, "foot") || begins(term, "mlterm") || begins(term, "contour") || begins(term, "yaft") ||
	    is(program, "iTerm.app") || is(program, "mintty") || is(program, "vscode") ||
	    (konsole && strtol(konsole, NULL, 10) >= 220400))
		return TERMINAL_SIXEL;
	return TERMINAL_PLAIN;
}

static int step(int value, int steps)
{
	return (value * (steps - 1) + 127) / 255;
}

static uint8_t colour_of(const unsigned char *p)
{
	int most = p[0] > p[1] ? p[0] : p[1], least = p[0] < p[1] ? p[0] : p[1];

	most = p[2] > most ? p[2] : most;
	least = p[2] < least ? p[2] : least;
	if (most - least <= NEARLY_GREY)
		return (uint8_t)step((p[0] + p[1] + p[2]) / 3, GREYS);
	return (uint8_t)(GREYS + (step(p[0], CUBE) * CUBE + step(p[1], CUBE)) * CUBE + step(p[2], CUBE));
}

/* In percent, as sixel has them. */
static int define_colour(struct buf *out, int n, struct error *e)
{
	int c = n - GREYS, part[3] = { c / (CUBE * CUBE), c / CUBE % CUBE, c % CUBE };

	for (int k = 0; k < 3; k++)
		part[k] = n < GREYS ? (n * 200 + GREYS - 1) / (2 * (GREYS - 1)) : (part[k] * 200 + CUBE - 1) / (2 * (CUBE - 1));
	return buf_format(out, e, "#%d;2;%d;%d;%d", n, part[0], part[1], part[2]);
}

/* `count` of the same sixel. */
static int put_run(struct buf *out, unsigned bits, int count, struct error *e)
{
	unsigned char letter = (unsigned char)('?' + bits);
	int status = STATUS_DONE;

	if (count > 3)
		return buf_format(out, e, "!%d%c", count, letter);
	for (int i = 0; i < count && !status; i++)
		status = buf_byte(out, letter, e);
	return status;
}

/* The sixels of one colour in a band, none behind the last one. */
static int put_colour(struct buf *out, const uint8_t *band, int width, int rows, int n, struct error *e)
{
	unsigned before = 0;
	int run = 0, status = buf_format(out, e, "#%d", n);

	for (int x = 0; x < width && !status; x++) {
		unsigned bits = 0;

		for (int y = 0; y < rows; y++)
			bits |= (unsigned)(band[y * width + x] == n) << y;
		if (bits != before) {
			status = put_run(out, before, run, e);
			before = bits;
			run = 0;
		}
		run++;
	}
	return !status && before ? put_run(out, before, run, e) : status;
}

static int put_band(struct buf *out, const uint8_t *band, int width, int rows, struct error *e)
{
	bool used[COLOURS] = { false }, first = true;
	int status = STATUS_DONE;

	for (int i = 0; i < width * rows; i++)
		used[band[i]] = true;
	for (int n = 0; n < COLOURS && !status; n++) {
		if (!used[n])
			continue;
		/* back to the band's beginning */
		if (!first)
			status = buf_byte(out, '$', e);
		first = false;
		if (!status)
			status = put_colour(out, band, width, rows, n, e);
	}
	return status ? status : buf_byte(out, '-', e);
}

int terminal_sixel(struct buf *out, int width, int height, const unsigned char *rgb, struct error *e)
{
	size_t points = (size_t)width * (size_t)height;
	uint8_t *colour = mem_new(points, 1, e);
	bool used[COLOURS] = { false };
	int status = colour ? buf_format(out, e, "\033P0;1;0q\"1;1;%d;%d", width, height) : STATUS_SYSTEM;

	for (size_t i = 0; i < points && !status; i++) {
		colour[i] = colour_of(rgb + 3 * i);
		used[colour[i]] = true;
	}
	for (int n = 0; n < COLOURS && !status; n++)
		if (used[n])
			status = define_colour(out, n, e);
	for (int y = 0; y < height && !status; y += BAND)
		status = put_band(out, colour + (size_t)y * (size_t)width, width, height - y < BAND ? height - y : BAND, e);
	free(colour);
	return status ? status : buf_text(out, "\033\\", e);
}

int terminal_kitty(struct buf *out, const struct buf *png, struct error *e)
{
	struct buf letters = { 0 };
	int status = base64_add(&letters, png->data, png->size, e);

	for (size_t at = 0; at < letters.size && !status; at += PIECE) {
		size_t n = letters.size - at < PIECE ? letters.size - at : PIECE;

		status = buf_format(out, e, at ? "\033_Gm=%d;" : "\033_Ga=T,f=100,m=%d;", at + n < letters.size);
		if (!status)
			status = buf_add(out, letters.data + at, n, e);
		if (!status)
			status = buf_text(out, "\033\\", e);
	}
	buf_free(&letters);
	return status;
}
