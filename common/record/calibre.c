/* calibre.c - calibres: one name for each of their many spellings, given the type of firearm */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/calibre.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/fold.h"
#include "record/lexicon.h"

/* Words beside the number that do not change it. */
static const char *const idle_words[] = {
	"CAL", "CALIBER", "CALIBRE", "CALIBRO", "KAL", "KALIBER", "KALIBR", "KALIBRE", "CALIBRES", "CARTRIDGE",
	"ROUND", "AMMO", "АММО", "КАЛ", "КАЛИБР", "عيار",
};

static const char *const gauge_words[] = { "GAUGE", "GUAGE", "GAGE", "GAUGES", "GUAG", "GAU", "GA", "BORE" };

static const struct lexicon_line empty_words[] = {
	{ "unknown", "unk|unkn|n a|na|none|other|not available|not known|various|multi|inconnu|inconnue|unbekannt|"
	  "desconocido|desconhecido|sconosciuto|onbekend|okänd|ukjent|ukendt|nieznany|nieznane|неизвестно|"
	  "неизвестен|bilinmiyor|no consta|não informado|s i|n i|zzz", 0 },
	{ NULL, NULL, 0 },
};

struct calibres {
	struct lexicon *known, *shorts, *empty;
	struct lexicon_line *lines, *short_lines;
};

static bool listed(const char *const *words, size_t count, const char *word, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == length && !memcmp(words[i], word, length))
			return true;
	return false;
}

#define LISTED(words, word, length) listed(words, sizeof words / sizeof *words, word, length)

static bool all_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

/* "9MM PARA" and "9PARA" are one; but "9MM" is not "9". */
static void drop_millimetres(char *key)
{
	char *mm = strstr(key, "MM");

	while (mm) {
		size_t rest = strlen(mm + 2);

		if (rest == 0 && all_digits(key, (size_t)(mm - key)))
			return;
		memmove(mm, mm + 2, rest + 1);
		mm = strstr(mm, "MM");
	}
}

/* Millimetres, and the x between two numbers, in letters of other scripts; none is shorter than what it becomes. */
static void to_latin(char *words)
{
	static const char *const same[][2] = {
		{ "ММ", "MM" }, { "ملم", "MM" }, { "مم", "MM" }, { "Х", "X" }, { "×", "X" },
	};

	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		size_t from = strlen(same[i][0]), to = strlen(same[i][1]);

		for (char *p = words; (p = strstr(p, same[i][0])); p += to) {
			memcpy(p, same[i][1], to);
			memmove(p + to, p + from, strlen(p + from) + 1);
		}
	}
}

/* A trailing word for gauge, also when it is written to the number, becomes GA. */
static void shorten_gauge(char *key, size_t n)
{
	for (size_t i = 0; i < sizeof gauge_words / sizeof *gauge_words; i++) {
		size_t length = strlen(gauge_words[i]);

		if (n > length && !strcmp(key + n - length, gauge_words[i]) && all_digits(key, n - length)) {
			memcpy(key + n - length, "GA", sizeof "GA");
			return;
		}
	}
}

/* 7.62 x 39, 7,62X39mm, 762x39: 762X39. Points and commas within numbers go, and so do the zero in
 * front of a point and the words that only say "calibre". */
static void calibre_key(const char *text, char *out)
{
	char words[LEXICON_KEY];
	size_t n = 0;

	fold_text(text, words, sizeof words, FOLD_WORDS);
	to_latin(words);
	for (const char *p = words; *p; ) {
		size_t length = strcspn(p, " ");
		const char *word = p;

		p += length + (p[length] == ' ');
		if (LISTED(idle_words, word, length) || (n == 0 && length == 1 && *word == '0' && *p))
			continue;
		if (length > 3 && !memcmp(word, "CAL", 3) && word[3] >= '0' && word[3] <= '9') {
			word += 3;
			length -= 3;
		}
		memcpy(out + n, word, length);
		n += length;
	}
	out[n] = 0;
	shorten_gauge(out, n);
	drop_millimetres(out);
}

int calibres_open(struct calibres **calibres, struct error *e)
{
	struct calibres *c = mem_new(1, sizeof *c, e);
	size_t count = 0, shorts = 0;

	*calibres = NULL;
	if (!c)
		return STATUS_SYSTEM;
	while (calibre_table[count].name)
		count++;
	while (calibre_shorts[shorts].spelling)
		shorts++;
	c->lines = mem_new(count + 1, sizeof *c->lines, e);
	c->short_lines = mem_new(shorts + 1, sizeof *c->short_lines, e);
	if (!c->lines || !c->short_lines)
		goto failed;
	for (size_t i = 0; i < count; i++)
		c->lines[i] = (struct lexicon_line){ calibre_table[i].name, calibre_table[i].spellings, (int)i };
	for (size_t i = 0; i < shorts; i++)
		c->short_lines[i] = (struct lexicon_line){ calibre_shorts[i].spelling, NULL, (int)i };
	if (lexicon_new(&c->known, c->lines, calibre_key, e) ||
	    lexicon_new(&c->shorts, c->short_lines, calibre_key, e) ||
	    lexicon_new(&c->empty, empty_words, lexicon_plain_key, e))
		goto failed;
	*calibres = c;
	return STATUS_DONE;
failed:
	calibres_close(c);
	return STATUS_SYSTEM;
}

void calibres_close(struct calibres *c)
{
	if (!c)
		return;
	lexicon_free(c->known);
	lexicon_free(c->shorts);
	lexicon_free(c->empty);
	free(c->lines);
	free(c->short_lines);
	free(c);
}

static const struct calibre *by_name(const struct calibres *c, const char *name)
{
	const struct lexicon_line *line = lexicon_find(c->known, name);

	return line && !strcmp(line->name, name) ? &calibre_table[line->tag] : NULL;
}

/* The lexicon knows one line a spelling: the lines of calibre_shorts that share it follow each other. */
static const struct calibre *by_type(const struct calibres *c, const char *typed, enum calibre_type type)
{
	const struct lexicon_line *line = lexicon_find(c->shorts, typed);

	if (!line)
		return NULL;
	for (const struct calibre_short *s = &calibre_shorts[line->tag];
	     s->spelling && !strcmp(s->spelling, line->name); s++)
		if (strchr(s->types, type))
			return by_name(c, s->name);
	return NULL;
}

bool calibre_bare(const struct calibre *c)
{
	return c->family && !strcmp(c->family, c->name);
}

/* Words are taken off the end until the rest is known. A bare number is too little for that:
 * ".22 something" is not ".22". */
static const struct calibre *by_front(const struct calibres *c, const char *typed)
{
	char words[LEXICON_KEY];
	char *cut;

	fold_text(typed, words, sizeof words, FOLD_WORDS);
	while ((cut = strrchr(words, ' '))) {
		const struct lexicon_line *line;

		*cut = 0;
		line = lexicon_find(c->known, words);
		if (line && !calibre_bare(&calibre_table[line->tag]))
			return &calibre_table[line->tag];
	}
	return NULL;
}

void calibre_find(const struct calibres *c, const char *typed, enum calibre_type type,
		  struct calibre_match *out)
{
	const struct lexicon_line *line;

	*out = (struct calibre_match){ CALIBRE_EMPTY, NULL };
	if (!typed[strspn(typed, " -.?*/")] || lexicon_find(c->empty, typed))
		return;
	if ((out->calibre = by_type(c, typed, type))) {
		out->how = CALIBRE_BY_TYPE;
	} else if ((line = lexicon_find(c->known, typed))) {
		out->how = CALIBRE_SPELLING;
		out->calibre = &calibre_table[line->tag];
	} else {
		out->calibre = by_front(c, typed);
		out->how = out->calibre ? CALIBRE_FRONT : CALIBRE_NONE;
	}
}

/* name is one of the words of "one|two|three" */
static bool in_set(const char *set, const char *name)
{
	size_t length = strlen(name);

	while (*set) {
		size_t n = strcspn(set, "|");

		if (n == length && !memcmp(set, name, n))
			return true;
		set += n + (set[n] == '|');
	}
	return false;
}

enum calibre_relation calibre_compare(const struct calibres *c, const char *a, const char *b)
{
	const struct calibre *one, *two;

	if (!strcmp(a, b))
		return CALIBRE_EQUAL;
	one = by_name(c, a);
	two = by_name(c, b);
	if (!one || !two)
		return CALIBRE_DIFFERENT;
	if (one->family && two->family && !strcmp(one->family, two->family) && (calibre_bare(one) || calibre_bare(two)))
		return CALIBRE_COMPATIBLE;
	for (const char *const *set = calibre_sets; *set; set++)
		if (in_set(*set, a) && in_set(*set, b))
			return CALIBRE_COMPATIBLE;
	return CALIBRE_DIFFERENT;
}
