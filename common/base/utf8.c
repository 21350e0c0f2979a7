/* utf8.c - characters of UTF-8, whole or damaged */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

/* RFC 3629, as table 3-7 of the Unicode standard has it: no overlong forms, no surrogates. */
size_t utf8_length(const char *text)
{
	static const struct { unsigned char low, high, second_low, second_high; size_t n; } form[] = {
		{ 0x00, 0x7f, 0, 0, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	const unsigned char *s = (const unsigned char *)text;

	for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
		if (s[0] < form[i].low || s[0] > form[i].high)
			continue;
		if (form[i].n > 1 && (s[1] < form[i].second_low || s[1] > form[i].second_high))
			return 0;
		for (size_t k = 2; k < form[i].n; k++)
			if ((s[k] & 0xc0) != 0x80)
				return 0;
		return form[i].n;
	}
	return 0;
}

bool utf8_control(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	return s[0] < 0x20 || s[0] == 0x7f || (s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0);
}
