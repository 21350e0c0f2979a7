/* fold.c - text brought to one spelling: no case, no accents, no punctuation */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/fold.h"

#include <string.h>

#include "base/utf8.h"

/* Base letters of U+00C0 to U+017F, two bytes each; a blank ends a single letter, "- " separates. */
static const char latin[] =
	"A A A A A A AEC E E E E I I I I D N O O O O O X O U U U U Y THSS"
	"A A A A A A AEC E E E E I I I I D N O O O O O - O U U U U Y THY "
	"A A A A A A C C C C C C C C D D D D E E E E E E E E E E G G G G "
	"G G G G H H H H I I I I I I I I I I IJIJJ J K K K L L L L L L L "
	"L L L N N N N N N N N N O O O O O O OEOER R R R R R S S S S S S "
	"S S T T T T T T U U U U U U U U U U U U W W Y Y Y Z Z Z Z Z Z S ";

size_t fold_decode(const char *s, uint32_t *character)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t length = p[0] < 0x80 ? 1 : utf8_length(s);
	uint32_t c;

	if (!length)
		return 0;
	c = length == 1 ? p[0] : p[0] & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++)
		c = c << 6 | (p[i] & 0x3f);
	*character = c;
	return length;
}

size_t fold_encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

bool fold_utf8(const char *s)
{
	while (*s) {
		size_t step = (unsigned char)*s < 0x80 ? 1 : utf8_length(s);

		if (!step)
			return false;
		s += step;
	}
	return true;
}

/* What a character beyond ASCII becomes: bytes in out (at most 4), 0 for one that vanishes,
 * -1 for one that separates. */
static int fold_beyond(uint32_t c, char out[4])
{
	if (c >= 0xc0 && c <= 0x17f) {
		const char *two = latin + 2 * (c - 0xc0);

		if (two[0] == '-')
			return -1;
		memcpy(out, two, 2);
		return two[1] == ' ' ? 1 : 2;
	}
	if (c >= 0x218 && c <= 0x21b) {
		out[0] = c < 0x21a ? 'S' : 'T';
		return 1;
	}
	if (c == 0x1e9e) {
		memcpy(out, "SS", 2);
		return 2;
	}
	if (c >= 0x300 && c <= 0x36f)
		return 0;
	if ((c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9)) {
		out[0] = (char)('0' + (c & 0xf));
		return 1;
	}
	if (c == 0x2019 || c == 0x2bc)
		return 0;
	if (c < 0xc0 || (c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x303f) || c == 0xfeff)
		return -1;
	if (c >= 0x3b1 && c <= 0x3c9)
		c -= c == 0x3c2 ? 0x1f : 0x20;
	else if (c >= 0x430 && c <= 0x44f)
		c -= 0x20;
	else if (c >= 0x450 && c <= 0x45f)
		c -= 0x50;
	return (int)fold_encode(c, out);
}

/* The same for any character. single: the word so far is one letter. */
static int fold_character(uint32_t c, bool single, char out[4])
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	if (c >= 0x80)
		return fold_beyond(c, out);
	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
		out[0] = (char)c;
		return 1;
	}
	return c == '\'' || c == '`' || (c == '.' && single) ? 0 : -1;
}

size_t fold_text(const char *text, char *out, size_t room, enum fold_how how)
{
	size_t n = 0, word = 0;
	bool apart = false;

	while (*text) {
		uint32_t c;
		size_t used = fold_decode(text, &c);
		char folded[4];
		int k;

		if (!used) {  /* not UTF-8: the byte counts as punctuation */
			used = 1;
			c = ' ';
		}
		text += used;
		k = fold_character(c, word == 1 && out[n - 1] >= 'A', folded);
		if (k < 0) {
			apart = n > 0;
			word = 0;
			continue;
		}
		if (k == 0)
			continue;
		if (n + (size_t)k + 2 > room)
			break;
		if (apart && how == FOLD_WORDS)
			out[n++] = ' ';
		apart = false;
		memcpy(out + n, folded, (size_t)k);
		n += (size_t)k;
		/* single letters with dots between them stay one word: "U.S.A." */
		word = text[0] == '.' && k == 1 && folded[0] >= 'A' && word < 2 &&
		       (word == 0 || text[-2] == '.') ? 1 : word + (size_t)k;
	}
	out[n] = 0;
	return n;
}

bool fold_one_edit(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t i = 0, tail = 0, least = a_length < b_length ? a_length : b_length;

	if (a_length > b_length + 1 || b_length > a_length + 1)
		return false;
	while (i < least && a[i] == b[i])
		i++;
	while (tail < least - i && a[a_length - 1 - tail] == b[b_length - 1 - tail])
		tail++;
	if (a_length != b_length)
		return i + tail == least;
	if (i + tail + 1 == a_length)
		return true;
	return i + tail + 2 == a_length && a[i] == b[i + 1] && a[i + 1] == b[i];
}
