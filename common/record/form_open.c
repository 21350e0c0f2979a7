/* form_open.c - the tables of words, makes and calibres, each made ready when it is first needed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/mem.h"
#include "record/country.h"
#include "record/form_parts.h"
#include "record/form_words.h"
#include "record/make.h"

struct form {
	struct lexicon *words[WORDS];
	struct lexicon *serials, *countries;
	struct lexicon_line *country_lines;
	struct makes *makes;
	struct calibres *calibres;
};

const struct lexicon *form_words(struct form *f, enum form_word_table which)
{
	static const struct lexicon_line *const tables[WORDS] = {
		form_category_words, form_type_words, form_action_words, form_ground_words, form_class_words,
	};

	if (!f->words[which])
		lexicon_new(&f->words[which], tables[which], lexicon_plain_key, NULL);
	return f->words[which];
}

const struct lexicon *form_serial_words(struct form *f)
{
	if (!f->serials)
		serial_lexicon(&f->serials, NULL);
	return f->serials;
}

const struct lexicon *form_countries(struct form *f)
{
	if (!f->countries)
		country_lexicon(&f->countries, &f->country_lines, NULL);
	return f->countries;
}

const struct country *form_country(struct form *f, const char *text)
{
	const struct country *country = country_of(text);
	const struct lexicon *names = country ? NULL : form_countries(f);
	const struct lexicon_line *line = names ? lexicon_find(names, text) : NULL;

	return line ? &country_all()[line->tag] : country;
}

const struct makes *form_makes(struct form *f)
{
	if (!f->makes)
		makes_open(&f->makes, NULL);
	return f->makes;
}

const struct calibres *form_calibres(struct form *f)
{
	if (!f->calibres)
		calibres_open(&f->calibres, NULL);
	return f->calibres;
}

int form_fill(struct form *f, struct error *e)
{
	bool ready = true;

	for (int i = 0; i < WORDS; i++)
		ready = form_words(f, (enum form_word_table)i) && ready;
	ready = form_serial_words(f) && form_countries(f) && form_makes(f) && form_calibres(f) && ready;
	return ready ? STATUS_DONE : error_memory(e);
}

int form_open(struct form **form, enum form_when when, struct error *e)
{
	struct form *f = mem_new(1, sizeof *f, e);
	int status = f ? STATUS_DONE : STATUS_SYSTEM;

	if (!status && when == FORM_ALL)
		status = form_fill(f, e);
	if (status)
		form_close(f);
	*form = status ? NULL : f;
	return status;
}

void form_close(struct form *f)
{
	if (!f)
		return;
	for (int i = 0; i < WORDS; i++)
		lexicon_free(f->words[i]);
	lexicon_free(f->serials);
	lexicon_free(f->countries);
	free(f->country_lines);
	makes_close(f->makes);
	calibres_close(f->calibres);
	free(f);
}
