/* mapping.c - which column of a table from elsewhere is which field */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/mapping.h"

#include <string.h>

#include "base/num.h"
#include "record/fold.h"
#include "record/form_words.h"

/* Words around a name that say only that it is about a firearm. */
static const char *const idle[] = {
	"FIREARM", "FIREARMS", "GUN", "GUNS", "WEAPON", "WEAPONS", "ARM", "ARMS", "ARME", "ARMES", "ARMA", "ARMAS",
	"WAFFE", "WAFFEN", "VAPEN", "WAPEN", "BRON", "ZBRAN", "FEUERWAFFE", "DE", "DEL", "DA", "DO", "DI", "DU", "D",
	"DELLA", "DELLO", "DELL", "EL", "DOS", "DAS", "VAN", "OF", "THE", "L", "LA", "LE", "DER", "DES", "NAME",
	"CODE", "S", "IARMS", "RECOVERED", "STOLEN", "اسم",
};

/* Names alone, and of an owner, are those of persons; of a maker or a country they are not. */
static const char *const names_alone[] = {
	"NAME", "NAMES", "FULL NAME", "OWNER NAME", "NAME OF OWNER", "NAME OF THE OWNER", "الاسم", "اسم", "ИМЯ",
};

/* A column that is called only that may say whose records these are, or where a firearm was made: it is
 * told, not taken. */
static const char *const country_names[] = {
	"COUNTRY", "COUNTRY CODE", "COUNTRY NAME", "NATION", "PAYS", "PAIS", "PAESE", "STATO", "LAND", "STAAT", "KRAJ",
	"ULKE", "СТРАНА", "البلد", "الدولة",
};

/* A column with such a word is about a person, and never taken. */
static const char *const persons[] = {
	"PERSON", "OWNERS", "OWNERNAME", "SUSPECT", "VICTIM", "ADDRESS", "PHONE", "BIRTH", "DOB", "SSN", "PASSPORT",
	"LICENSEE", "HOLDER", "PURCHASER", "BUYER", "SELLER", "POSSESSOR", "FIRST", "LAST", "SURNAME", "NOM",
	"PRENOM", "ADRESSE", "NACHNAME", "VORNAME", "INHABER", "HALTER", "APELLIDO", "NOMBRE", "DOMICILIO",
	"TITULAR", "NOME", "COGNOME", "INDIRIZZO", "ENDERECO", "PROPRIETAIRE", "EIGENTUMER", "PROPIETARIO",
	"COMPLAINANT", "ACCUSED", "DEFENDANT", "ARRESTEE", "OFFENDER", "WITNESS", "REGISTRANT", "OFFICER", "DETECTIVE",
	"EMAIL", "TELEPHONE", "TEL", "TELEFON", "TELEFONO", "TELEFONE", "MOBILE", "RACE", "SEX", "GENDER", "ETHNICITY",
	"NATIONALITY", "PLAIGNANT", "VICTIME", "GESCHADIGTER", "VICTIMA", "VITIMA", "DENUNCIANTE", "ФИО", "ФАМИЛИЯ",
	"ВЛАДЕЛЕЦ", "АДРЕС", "NAZWISKO", "SAHIBI", "المالك", "صاحب", "العنوان", "الهاتف",
};

static bool listed(const char *const *list, size_t count, const char *word, size_t n)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == n && !memcmp(list[i], word, n))
			return true;
	return false;
}

#define LISTED(list, word, n) listed(list, sizeof list / sizeof *list, word, n)

/* The name without idle words; false when it is about a person. */
static bool strip(const char *name, char out[LEXICON_KEY])
{
	char words[LEXICON_KEY];
	size_t n = 0;

	fold_text(name, words, sizeof words, FOLD_WORDS);
	if (LISTED(names_alone, words, strlen(words)))
		return false;
	for (const char *p = words; *p; ) {
		size_t length = strcspn(p, " ");

		if (LISTED(persons, p, length))
			return false;
		if (!LISTED(idle, p, length)) {
			memcpy(out + n, p, length);
			n += length;
		}
		p += length + (p[length] == ' ');
	}
	out[n] = 0;
	return true;
}

static bool free_place(const struct mapping *m, int place)
{
	if (m->constant[place])
		return false;
	for (size_t i = 0; i < m->columns; i++)
		if (m->place[i] == place)
			return false;
	return true;
}

/* The column of that name, or number; -1. */
static int find_column(const struct mapping *m, const char *name)
{
	char wanted[LEXICON_KEY], has[LEXICON_KEY];
	int64_t number;

	for (size_t i = 0; i < m->columns; i++)
		if (!strcmp(m->header[i], name))
			return (int)i;
	lexicon_plain_key(name, wanted);
	for (size_t i = 0; i < m->columns; i++) {
		lexicon_plain_key(m->header[i], has);
		if (*has && !strcmp(has, wanted))
			return (int)i;
	}
	if (!num_integer(name, 1, (int64_t)m->columns, &number, NULL))
		return (int)number - 1;
	return -1;
}

static int find_field(const char *text, size_t n, enum form_place *place, struct error *e)
{
	char name[40];

	snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), text);
	*place = form_find(name);
	if (*place == FORM_FIELDS)
		return error_set(e, STATUS_USAGE, "no field '%s'", name);
	if (!form_fields[*place].set)
		return error_set(e, STATUS_USAGE, "%s cannot be given", name);
	return STATUS_DONE;
}

static int take_map(struct mapping *m, const char *text, struct error *e)
{
	while (*text) {
		size_t n = strcspn(text, ","), equals = strcspn(text, "=");
		enum form_place place;
		char name[200];
		int column;

		if (equals >= n)
			return error_set(e, STATUS_USAGE, "'%.*s' is not FIELD=COLUMN", (int)(n < 60 ? n : 60), text);
		if (find_field(text, equals, &place, e))
			return STATUS_USAGE;
		snprintf(name, sizeof name, "%.*s", (int)(n - equals - 1), text + equals + 1);
		column = find_column(m, name);
		if (column < 0)
			return error_set(e, STATUS_USAGE, "no column '%.60s'", name);
		if (!free_place(m, (int)place))
			return error_set(e, STATUS_USAGE, "%s is given twice", form_fields[place].name);
		m->place[column] = (int)place;
		m->how[column] = MAPPING_GIVEN;
		text += n + (text[n] == ',');
	}
	return STATUS_DONE;
}

static int take_set(struct mapping *m, const char *text, struct error *e)
{
	size_t equals = strcspn(text, "=");
	enum form_place place;

	if (!text[equals])
		return error_set(e, STATUS_USAGE, "'%.60s' is not FIELD=VALUE", text);
	if (find_field(text, equals, &place, e))
		return STATUS_USAGE;
	if (m->constant[place])
		return error_set(e, STATUS_USAGE, "%s is set twice", form_fields[place].name);
	m->constant[place] = text + equals + 1;
	return STATUS_DONE;
}

/* Is it an export of ours? Then all that is kept is there. */
static bool is_copy(const struct mapping *m)
{
	static const char *const needed[] = { "id", "owner", "status", "event", "revision", "at", "by" };

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
		bool there = false;

		for (size_t k = 0; k < m->columns && !there; k++)
			there = !strcmp(m->header[k], needed[i]);
		if (!there)
			return false;
	}
	return true;
}

/* A column that may be meant; NULL. */
static const char *perhaps(const struct mapping *m, enum form_place place)
{
	char words[LEXICON_KEY];

	for (size_t i = 0; i < m->columns && place == FORM_OWNER; i++) {
		fold_text(m->header[i], words, sizeof words, FOLD_WORDS);
		if (m->place[i] < 0 && LISTED(country_names, words, strlen(words)))
			return m->header[i];
	}
	return NULL;
}

static int needed_place(struct mapping *m, enum form_place place, const char *otherwise, const char *what,
			struct error *e)
{
	const char *name = form_fields[place].name, *column = perhaps(m, place);

	if (!free_place(m, (int)place))
		return STATUS_DONE;
	m->constant[place] = otherwise;
	return otherwise ? STATUS_DONE :
	       error_set(e, STATUS_INPUT, "no column says %s (--set %s=VALUE or --map %s=%s does)", what, name,
			 name, column ? column : "COLUMN");
}

int mapping_needs(struct mapping *m, const char *country, struct error *e)
{
	int status = needed_place(m, FORM_OWNER, country, "which country's records these are", e);

	return status ? status : needed_place(m, FORM_CATEGORY, NULL, "what happened: " FORM_CATEGORIES, e);
}

static void take_own(struct mapping *m)
{
	for (size_t i = 0; i < m->columns; i++) {
		enum form_place place = form_find(m->header[i]);

		if (place == FORM_FIELDS || m->place[i] >= 0 || !free_place(m, (int)place) ||
		    (!m->copy && !form_fields[place].set))
			continue;
		m->place[i] = (int)place;
		m->how[i] = MAPPING_OWN;
	}
}

/* The key of a name without idle words. One of a few letters says too little: "no", "s n". */
static void loose_key(const char *text, char *out)
{
	if (!strip(text, out) || strlen(out) < 4)
		*out = 0;
}

/* loose: the same names under their loose keys. */
static void take_names(struct mapping *m, const struct lexicon *names, const struct lexicon *loose)
{
	/* names as they stand before names with words around them, before names with other such words */
	for (int pass = 0; pass < 3; pass++)
		for (size_t i = 0; i < m->columns; i++) {
			const struct lexicon_line *line;
			char key[LEXICON_KEY];

			if (m->place[i] >= 0 || m->person[i] || !strip(m->header[i], key))
				continue;
			line = pass == 0 ? lexicon_find(names, m->header[i]) :
			       pass == 1 ? lexicon_find_key(names, key) : lexicon_find(loose, m->header[i]);
			if (!line || line->tag == FORM_ID || !free_place(m, line->tag))
				continue;
			m->place[i] = line->tag;
			m->how[i] = pass ? MAPPING_WORD : MAPPING_NAME;
		}
}

/* An owner that is not taken as a country, since that is given otherwise, may be a person. */
static void keep_owners(struct mapping *m, const struct lexicon *names)
{
	char key[LEXICON_KEY];

	for (size_t i = 0; i < m->columns; i++) {
		const struct lexicon_line *line = m->place[i] < 0 && strip(m->header[i], key) ?
						  lexicon_find_key(names, key) : NULL;

		m->person[i] |= line && line->tag == FORM_OWNER;
	}
}

int mapping_make(struct mapping *m, const char *const *header, size_t columns, bool named,
		 const char *const *map, size_t maps, const char *const *set, size_t sets, struct error *e)
{
	struct lexicon *names = NULL, *loose = NULL;
	char key[LEXICON_KEY];
	size_t taken = 0;
	int status = STATUS_DONE;

	if (columns > MAPPING_COLUMNS_MAX)
		return error_set(e, STATUS_INPUT, "more than %d columns", MAPPING_COLUMNS_MAX);
	m->columns = columns;
	m->header = pool_take(&m->pool, columns * sizeof *m->header + 1, e);
	if (!m->header)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < columns; i++) {
		m->place[i] = -1;
		m->header[i] = pool_text(&m->pool, header[i], strlen(header[i]), e);
		if (!m->header[i])
			return STATUS_SYSTEM;
	}
	for (size_t i = 0; i < sets && !status; i++)
		status = take_set(m, set[i], e);
	for (size_t i = 0; i < maps && !status; i++)
		status = take_map(m, map[i], e);
	if (status)
		return status;
	m->copy = named && !maps && !sets && is_copy(m);
	if (named) {
		take_own(m);
		for (size_t i = 0; i < columns; i++)
			m->person[i] = !strip(header[i], key);
		status = lexicon_new(&names, form_column_words, lexicon_plain_key, e);
		if (!status)
			status = lexicon_new(&loose, form_column_words, loose_key, e);
		if (!status && !m->copy)
			take_names(m, names, loose);
		if (!status)
			keep_owners(m, names);
		lexicon_free(names);
		lexicon_free(loose);
		if (status)
			return status;
	}
	for (size_t i = 0; i < columns; i++)
		taken += m->place[i] >= 0;
	if (!taken)
		return error_set(e, STATUS_INPUT, "no column is understood (--map FIELD=COLUMN says which is which)");
	return STATUS_DONE;
}

void mapping_free(struct mapping *m)
{
	pool_free(&m->pool);
}

void mapping_look(const struct mapping *m, const char *const *field, size_t fields, struct form *form,
		  struct mapping_sample *sample)
{
	sample->rows++;
	for (size_t i = 0; i < fields && i < m->columns; i++) {
		enum form_place place = (enum form_place)m->place[i];
		enum when_order order;

		if (m->place[i] < 0 || !field[i][0])
			continue;
		if (form_fields[place].kind == FORM_DATE) {
			order = when_tells(field[i]);
			sample->day_first += order == WHEN_DAY_FIRST;
			sample->month_first += order == WHEN_MONTH_FIRST;
		} else if (place == FORM_OWNER && m->how[i] != MAPPING_GIVEN) {
			sample->owners++;
			sample->countries += form_country(form, field[i]) != NULL;
		} else if (place == FORM_TYPE && m->how[i] != MAPPING_GIVEN) {
			sample->types += form_says(form, FORM_TYPE, field[i]);
			sample->categories += form_says(form, FORM_CATEGORY, field[i]);
		}
	}
}

void mapping_settle(struct mapping *m, const struct mapping_sample *sample)
{
	if (m->order == WHEN_UNKNOWN && sample->day_first && !sample->month_first)
		m->order = WHEN_DAY_FIRST;
	if (m->order == WHEN_UNKNOWN && sample->month_first && !sample->day_first)
		m->order = WHEN_MONTH_FIRST;
	if (sample->owners && sample->countries * 2 < sample->owners)
		for (size_t i = 0; i < m->columns; i++)
			if (m->place[i] == FORM_OWNER && m->how[i] != MAPPING_GIVEN) {
				m->place[i] = -1;
				m->how[i] = MAPPING_NONE;
				m->person[i] = true;
			}
	if (sample->categories > sample->types && free_place(m, FORM_CATEGORY))
		for (size_t i = 0; i < m->columns; i++)
			if (m->place[i] == FORM_TYPE)
				m->place[i] = FORM_CATEGORY;
}

/* "header: text; header: text" behind the remarks. */
static int add_rest(const struct mapping *m, const char *const *field, struct record *r, struct pool *pool,
		    struct error *e)
{
	struct buf b = { 0 };
	char *text = NULL;
	int status = buf_text(&b, r->field[FORM_REMARKS], e);

	for (size_t i = 0; i < m->columns && !status; i++)
		if (m->place[i] < 0 && !m->person[i] && field[i][0])
			status = buf_format(&b, e, "%s%s: %s", b.size ? "; " : "", m->header[i], field[i]);
	if (!status)
		text = pool_text(pool, (const char *)b.data, b.size, e);
	buf_free(&b);
	if (!text)
		return STATUS_SYSTEM;
	r->field[FORM_REMARKS] = text;
	return STATUS_DONE;
}

int mapping_apply(const struct mapping *m, const char *const *field, struct record *r, struct pool *pool,
		  struct error *e)
{
	record_clear(r);
	for (int i = 0; i < FORM_FIELDS; i++)
		if (m->constant[i])
			r->field[i] = m->constant[i];
	for (size_t i = 0; i < m->columns; i++)
		if (m->place[i] >= 0)
			r->field[m->place[i]] = field[i];
	return m->rest ? add_rest(m, field, r, pool, e) : STATUS_DONE;
}
