/* make.c - makers of firearms: one name for each of their many spellings */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/make.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/fold.h"
#include "record/lexicon.h"

/* Words that say nothing about who it was: forms of companies, and "and". */
static const char *const form_words[] = {
	"INC", "INCORPORATED", "LLC", "LTD", "LIMITED", "LTDA", "CO", "COMPANY", "CORP", "CORPORATION",
	"CIE", "CIA", "GMBH", "MBH", "GES", "GESMBH", "AG", "KG", "SA", "SPA", "SRL", "SARL", "SL", "SAS", "AB", "AS", "OY",
	"BV", "NV", "DD", "DOO", "SRO", "PLC", "PTY", "PTE", "AND", "UND", "ET", "Y", "OG", "OCH",
	"THE", "DBA",
};

/* Words that makers have in their name and people leave out. */
static const char *const loose_words[] = {
	"ARMS", "ARM", "ARMORY", "ARMOURY", "ARMAMENT", "FIREARM", "FIREARMS", "GUN", "GUNS", "MFG", "MFR",
	"MANUFACTURING", "MANUFACTURER", "INDUSTRIES", "INDUSTRY", "INDUSTRIAL", "INDUSTRIA", "IND",
	"INTERNATIONAL", "INTL", "INT", "ENTERPRISES", "ENTERPRISE", "ENGINEERING", "BROS", "BROTHERS",
	"SONS", "HERMANOS", "FRERES", "USA", "US", "AMERICA", "OF", "WAFFEN", "WAFFENFABRIK", "ARMI",
	"ARMAS", "ARMES", "FABBRICA", "FABRICA", "FABRIQUE", "FORJAS", "SILAH", "SANAYI", "PRODUCTS",
	"ITALY", "ITALIA", "BRAZIL", "BRASIL", "BRA", "GERMANY", "DEUTSCHLAND", "AUSTRIA", "BELGIUM",
	"SPAIN", "TURKEY", "CHINA", "SPORTING", "SPORTS", "GROUP", "DEFENSE", "DEFENCE", "TACTICAL", "SYSTEMS",
};

static const struct lexicon_line empty_words[] = {
	{ "unknown", "unk|unkn|ukn|uk make|unknown make|unknown manufacturer|other|n a|none|not available|not known|zzz|"
	  "unmarked|no make|no markings|various|misc|see remarks|inconnu|inconnue|marque inconnue|unbekannt|"
	  "desconocido|desconocida|sin marca|s m|desconhecido|desconhecida|sem marca|sconosciuto|sconosciuta|"
	  "onbekend|okänd|ukjent|ukendt|nieznany|nieznana|neznámý|nepoznato|ismeretlen|necunoscut|неизвестно|"
	  "неизвестен|bilinmiyor|ohne|ohne angabe|sans|sans marque|no consta|ignorado|não informado", 0 },
	{ NULL, NULL, 0 },
};

struct makes {
	struct lexicon *strict, *loose, *codes, *empty;
	struct lexicon_line *lines, *code_lines;
};

static bool listed(const char *const *words, size_t count, const char *word, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == length && !memcmp(words[i], word, length))
			return true;
	return false;
}

#define LISTED(words, word, length) listed(words, sizeof words / sizeof *words, word, length)

/* The words of text without those of the lists, joined; all of them where nothing would be left. */
static void key_without(const char *text, char *out, bool loose)
{
	char words[LEXICON_KEY];
	size_t n = 0;

	fold_text(text, words, sizeof words, FOLD_WORDS);
	for (const char *p = words; *p; ) {
		size_t length = strcspn(p, " ");

		if (!LISTED(form_words, p, length) && !(loose && LISTED(loose_words, p, length))) {
			memcpy(out + n, p, length);
			n += length;
		}
		p += length + (p[length] == ' ');
	}
	out[n] = 0;
	if (!n)
		fold_text(text, out, LEXICON_KEY, FOLD_KEY);
}

static void strict_key(const char *text, char *out)
{
	key_without(text, out, false);
}

static void loose_key(const char *text, char *out)
{
	key_without(text, out, true);
}

int makes_open(struct makes **makes, struct error *e)
{
	struct makes *m = mem_new(1, sizeof *m, e);
	size_t count = 0;

	*makes = NULL;
	if (!m)
		return STATUS_SYSTEM;
	while (make_table[count].name)
		count++;
	m->lines = mem_new(count + 1, sizeof *m->lines, e);
	m->code_lines = mem_new(count + 1, sizeof *m->code_lines, e);
	if (!m->lines || !m->code_lines)
		goto failed;
	for (size_t i = 0; i < count; i++) {
		m->lines[i] = (struct lexicon_line){ make_table[i].name, make_table[i].spellings, (int)i };
		m->code_lines[i] = (struct lexicon_line){ "", make_table[i].code, (int)i };
	}
	if (lexicon_new(&m->strict, m->lines, strict_key, e) ||
	    lexicon_new(&m->loose, m->lines, loose_key, e) ||
	    lexicon_new(&m->codes, m->code_lines, lexicon_plain_key, e) ||
	    lexicon_new(&m->empty, empty_words, lexicon_plain_key, e))
		goto failed;
	*makes = m;
	return STATUS_DONE;
failed:
	makes_close(m);
	return STATUS_SYSTEM;
}

void makes_close(struct makes *m)
{
	if (!m)
		return;
	lexicon_free(m->strict);
	lexicon_free(m->loose);
	lexicon_free(m->codes);
	lexicon_free(m->empty);
	free(m->lines);
	free(m->code_lines);
	free(m);
}

/* The longest run of words at the front that is a maker, of a text that goes on behind it. A run
 * of one short word is too little. */
static const struct lexicon_line *find_front(const struct makes *m, const char *typed)
{
	char words[LEXICON_KEY];
	char *cut;

	fold_text(typed, words, sizeof words, FOLD_WORDS);
	while ((cut = strrchr(words, ' '))) {
		const struct lexicon_line *line;

		*cut = 0;
		if (strlen(words) < 3)
			break;
		line = lexicon_find(m->strict, words);
		if (line)
			return line;
	}
	return NULL;
}

static bool looks_like_code(const char *typed)
{
	size_t n = strspn(typed, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return (n == 2 || n == 3) && !typed[n];
}

void make_find(const struct makes *m, const char *typed, struct make_match *out)
{
	const struct lexicon_line *line;

	*out = (struct make_match){ MAKE_EMPTY, NULL };
	if (!typed[strspn(typed, " -.?*/")] || lexicon_find(m->empty, typed))
		return;
	if ((line = lexicon_find(m->strict, typed)))
		out->how = MAKE_SPELLING;
	else if (looks_like_code(typed) && (line = lexicon_find(m->codes, typed)))
		out->how = MAKE_CODE;
	else if ((line = lexicon_find(m->loose, typed)))
		out->how = MAKE_LOOSE;
	else if ((line = find_front(m, typed)))
		out->how = MAKE_FRONT;
	else if ((line = lexicon_near(m->strict, typed, 6)))
		out->how = MAKE_NEAR;
	else
		out->how = MAKE_NONE;
	if (line)
		out->make = &make_table[line->tag];
}
