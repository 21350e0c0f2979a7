/* terminal.h - pictures in terminals that show them: sixel, and the protocol of kitty */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_TERMINAL_H
#define REPORT_TERMINAL_H

#include "base/buf.h"
#include "base/error.h"

enum terminal { TERMINAL_PLAIN, TERMINAL_SIXEL, TERMINAL_KITTY };

/* What the terminal shows, by the variables that terminals set; get is getenv, or a test's. Within tmux or
 * screen, which pass such pictures on only when told to, and where nothing is known: TERMINAL_PLAIN. */
enum terminal terminal_known(char *(*get)(const char *name));

/* Adds width * height * 3 bytes, the top row first, as one sixel picture (DEC VT340, with a raster of square
 * pixels): 40 greys, and 216 colours for what is not grey. */
int terminal_sixel(struct buf *out, int width, int height, const unsigned char *rgb, struct error *e);

/* Adds a PNG file as kitty's graphics protocol has it: shown where the cursor is, in pieces of 4096 letters. */
int terminal_kitty(struct buf *out, const struct buf *png, struct error *e);

#endif
