/* t_terminal.c - tests of report/terminal: pictures come back out of what is written; which terminals are known */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "report/terminal.h"

Suite *t_terminal(void);

static const char *setting[3][2];

static char *get(const char *name)
{
	for (int i = 0; i < 3; i++)
		if (setting[i][0] && !strcmp(setting[i][0], name))
			return (char *)(uintptr_t)setting[i][1];
	return NULL;
}

START_TEST(known)
{
	static const struct {
		const char *set[3][2];
		enum terminal is;
	} is[] = {
		{ { { NULL, NULL } }, TERMINAL_PLAIN },
		{ { { "TERM", "xterm-256color" } }, TERMINAL_PLAIN },
		{ { { "TERM", "xterm-kitty" } }, TERMINAL_KITTY },
		{ { { "TERM", "xterm-256color" }, { "KITTY_WINDOW_ID", "1" } }, TERMINAL_KITTY },
		{ { { "TERM", "xterm-kitty" }, { "TMUX", "/tmp/x" } }, TERMINAL_PLAIN },
		{ { { "TERM", "foot-extra" } }, TERMINAL_SIXEL },
		{ { { "TERM", "xterm-256color" }, { "KONSOLE_VERSION", "220401" } }, TERMINAL_SIXEL },
		{ { { "TERM", "xterm-256color" }, { "KONSOLE_VERSION", "211203" } }, TERMINAL_PLAIN },
		{ { { "TERM", "dumb" }, { "KITTY_WINDOW_ID", "1" } }, TERMINAL_PLAIN },
		{ { { "TERM", "xterm-256color" }, { "TERM_PROGRAM", "WezTerm" } }, TERMINAL_KITTY }
	};

	for (size_t i = 0; i < sizeof is / sizeof *is; i++) {
		memcpy(setting, is[i].set, sizeof setting);
		ck_assert_msg(terminal_known(get) == is[i].is, "%zu", i);
	}
}
END_TEST

/* A terminal that shows sixels: palette, repeats, returns and new bands. */
static void show(const char *at, int width, int height, int (*out)[3])
{
	int palette[256][3] = { { 0 } }, now = 0, x = 0, y = 0, w, h, n, used;

	ck_assert_int_eq(sscanf(at, "\033P0;1;0q\"1;1;%d;%d%n", &w, &h, &used), 2);
	ck_assert_int_eq(w, width);
	ck_assert_int_eq(h, height);
	for (at += used; *at != '\033';) {
		int repeat = 1, part[3];

		if (sscanf(at, "#%d;2;%d;%d;%d%n", &n, &part[0], &part[1], &part[2], &used) == 4) {
			memcpy(palette[n], part, sizeof part);
			at += used;
			continue;
		}
		if (*at == '#') {
			now = (int)strtol(at + 1, (char **)&at, 10);
			ck_assert(now >= 0 && now < 256);
			continue;
		}
		if (*at == '$' || *at == '-') {
			x = 0;
			y += *at++ == '-' ? 6 : 0;
			continue;
		}
		if (*at == '!')
			repeat = (int)strtol(at + 1, (char **)&at, 10);
		ck_assert(*at >= '?' && *at <= '~');
		for (; repeat; repeat--, x++)
			for (int k = 0; k < 6; k++)
				if ((*at - '?') >> k & 1) {
					ck_assert(x < width && y + k < height);
					memcpy(out[(y + k) * width + x], palette[now], sizeof *out);
				}
		at++;
	}
	ck_assert_str_eq(at, "\033\\");
}

/* All of a picture comes back, greys to a percent or two, colours to the step of the cube. */
START_TEST(sixel)
{
	static const int size[][2] = { { 1, 1 }, { 7, 5 }, { 64, 6 }, { 50, 13 } };
	int width = size[_i][0], height = size[_i][1], out[64 * 13][3];
	unsigned char rgb[64 * 13 * 3];
	struct buf b = { 0 };

	for (int i = 0; i < width * height; i++)
		for (int k = 0; k < 3; k++)
			rgb[3 * i + k] = (unsigned char)(i % 3 ? i * 7 : i * (7 + 40 * k));
	memset(out, -1, sizeof out);
	ck_assert(!terminal_sixel(&b, width, height, rgb, NULL));
	show(buf_string(&b, NULL), width, height, out);
	for (int i = 0; i < width * height; i++)
		for (int k = 0; k < 3; k++)
			ck_assert_int_le(abs(out[i][k] * 255 - rgb[3 * i + k] * 100), i % 3 ? 6 * 100 : 27 * 100);
	buf_free(&b);
}
END_TEST

START_TEST(kitty)
{
	static const size_t size[] = { 1, 3072, 3073, 10000 };
	struct buf png = { 0 }, all = { 0 }, out = { 0 }, got = { 0 };
	const char *at;
	int more = 1, first = 1;

	for (size_t i = 0; i < size[_i]; i++)
		buf_byte(&png, (unsigned char)(i * 31), NULL);
	base64_add(&all, png.data, png.size, NULL);
	ck_assert(!terminal_kitty(&out, &png, NULL));
	for (at = buf_string(&out, NULL); *at; first = 0) {
		int used = 0;
		size_t n;

		ck_assert(more);
		ck_assert_int_eq(sscanf(at, first ? "\033_Ga=T,f=100,m=%d;%n" : "\033_Gm=%d;%n", &more, &used), 1);
		n = strcspn(at + used, "\033");
		ck_assert_uint_le(n, 4096);
		ck_assert(!more || n % 4 == 0);
		buf_add(&got, at + used, n, NULL);
		at += (size_t)used + n;
		ck_assert_int_eq(strncmp(at, "\033\\", 2), 0);
		at += 2;
	}
	ck_assert(!more);
	ck_assert_str_eq(buf_string(&got, NULL), buf_string(&all, NULL));
	buf_free(&png);
	buf_free(&all);
	buf_free(&out);
	buf_free(&got);
}
END_TEST

Suite *t_terminal(void)
{
	Suite *s = suite_create("terminal");
	TCase *nominal = tcase_create("nominal");

	tcase_add_test(nominal, known);
	tcase_add_loop_test(nominal, sixel, 0, 4);
	tcase_add_loop_test(nominal, kitty, 0, 4);
	suite_add_tcase(s, nominal);
	return s;
}
