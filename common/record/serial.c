/* serial.c - serial numbers: what is one, what only says that there is none, and how two compare */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/serial.h"

#include <stdint.h>
#include <string.h>

#include "record/fold.h"

static const struct lexicon_line state_words[] = {
	{ "unknown", "unk|unkn|ukn|n a|na|not available|not known|not recorded|not given|not reported|not listed|"
	  "not stated|not provided|undetermined|tbd|null|nil|nan|blank|missing|see remarks|see notes|see note|see report|"
	  "see narrative|see description|see comments|see attached|see below|unk serial|unknown serial|ser unk|"
	  "serial unk|serial unknown|pending|withheld|redacted|refused|unavailable|not entered|not on file|none listed|"
	  "none given|none recorded|n d|nd|indeterminado|indeterminada|não aparente|voir notes|voir remarques|"
	  "siehe bemerkung|siehe bemerkungen|ver observaciones|ver notas|ref|various|multiple|"
	  "inconnu|inconnue|non connu|non précisé|non renseigné|nc|nr|sans objet|unbekannt|nicht bekannt|"
	  "unbek|keine angabe|k a|desconocido|desconocida|se desconoce|no consta|no indica|sin datos|"
	  "sin información|ignorado|ignorada|desconhecido|desconhecida|não informado|não identificado|"
	  "não consta|n i|sconosciuto|sconosciuta|non noto|non indicato|ignoto|onbekend|okänd|okänt|ukjent|"
	  "ukendt|tuntematon|nieznany|nieznana|nieznane|brak danych|neznámé|neznámy|nepoznato|nepoznat|"
	  "ismeretlen|necunoscut|неизвестно|неизвестен|неизвестный|невідомо|bilinmiyor|belirsiz|άγνωστο|"
	  "غير معروف|مجهول|不明|未知", SERIAL_UNKNOWN },
	{ "none", "no serial|no serial number|no sn|no number|no num|non serialized|not serialized|unserialized|"
	  "unmarked|no markings|no marking|without serial|without number|without serial number|w o|nsn|s n|sn|"
	  "never had one|none made|none visible|no visible serial number|not serialised|ghost gun|pmf|"
	  "privately made|homemade|aucun|aucune|sans|sans numéro|sans n|sans numéro de série|néant|"
	  "pas de numéro|non marqué|ohne|ohne nummer|ohne nr|ohne seriennummer|keine|keine nummer|kein|"
	  "nicht vorhanden|nummernlos|sin|sin número|sin num|sin serie|sin número de serie|no tiene|"
	  "ninguno|ninguna|no posee|sin marcas|sem|sem número|sem numeração|sem série|nenhum|não tem|"
	  "não possui|nada|nihil|senza|senza numero|senza matricola|nessuno|nessuna|privo di matricola|"
	  "zonder|zonder nummer|geen|geen nummer|inget|saknas|ingen|brak|brak numeru|bez numeru|bez čísla|"
	  "bez broja|nincs|szám nélkül|fără|fara numar|fara serie|без номера|нет|отсутствует|відсутній|"
	  "б н|yok|numarasız|seri no yok|χωρίς αριθμό|بدون رقم|بلا رقم|"
	  "لا يوجد|لا يوجد رقم|no ser|no ser number|无|無", SERIAL_NONE },
	{ "illegible", "not legible|unreadable|not readable|unable to read|cannot read|can't read|indistinct|"
	  "not visible|worn|worn off|faint|illisible|illis|non lisible|unleserlich|nicht lesbar|"
	  "unlesbar|ilegible|no legible|no visible|no se lee|ilegivel|ilegível|não legível|illeggibile|"
	  "non leggibile|onleesbaar|oläslig|uleselig|ulæselig|nieczytelny|nieczytelne|nečitelné|nečitljivo|"
	  "olvashatatlan|ilizibil|нечитаем|нечитаемый|не читается|неразборчиво|okunamıyor|okunmuyor|"
	  "غير مقروء", SERIAL_ILLEGIBLE },
	{ "removed", "obliterated|obliterated serial|obliterated serial number|oblit|obl|obliterate|partially obliterated|"
	  "partially removed|removed serial|serial removed|erased|defaced|destroyed|taken off|scratched off|"
	  "scratched|scraped|scraped off|effacé|effacée|supprimé|oblitéré|enlevé|détruit|gratté|entfernt|gelöscht|"
	  "unkenntlich|unkenntlich gemacht|zerstört|abgekratzt|suprimido|suprimida|borrado|borrada|eliminado|"
	  "obliterado|raspado|raspada|removido|removida|apagado|apagada|suprimida|pinado|pinada|abraso|abrasa|"
	  "abrasata|cancellato|cancellata|rimosso|rimossa|eraso|verwijderd|weggekrast|borttaget|fjernet|"
	  "usunięty|usunięte|odstraněno|uklonjen|eltávolított|șters|удален|удалён|уничтожен|спилен|сбит|"
	  "стёрт|стерт|видалено|silinmiş|kazınmış|محذوف|ممسوح", SERIAL_REMOVED },
	{ "ground", "ground off|grinded|grinded off|grinded down|ground down|filed|filed off|filed down|filled off|"
	  "sanded|sanded off|buffed|buffed off|milled off|drilled|drilled out|meulé|meulée|limé|limée|fraisé|"
	  "abgeschliffen|ausgeschliffen|weggeschliffen|herausgeschliffen|abgefeilt|ausgefräst|limado|limada|"
	  "esmerilado|esmerilada|pulido|lixado|lixada|esmerilhado|limato|limata|fresato|punzonato fresato|"
	  "weggeslepen|weggevijld|bortslipat|zeszlifowany|spiłowany|vybroušeno|izbrušen|lecsiszolt|pilit|"
	  "спилен напильником|сточен|зашлифован|törpülenmiş", SERIAL_GROUND },
	{ "punched", "punched|peened|peened over|center punched|stamped over|over stamped|overstamped|x ed out|xed out|"
	  "welded|welded over|poinçonné|martelé|überstempelt|überschlagen|punzonado|martillado|puncionado|"
	  "martelado|punzonata|ribattuto|забит|перебит", SERIAL_PUNCHED },
	{ "altered", "restamped|re stamped|restruck|changed|modified|tampered|tampered with|altered serial|"
	  "altered serial number|"
	  "renumbered|forged|falsified|modifié|altéré|falsifié|regravé|verfälscht|verändert|geändert|gefälscht|"
	  "nachgestempelt|alterado|alterada|adulterado|adulterada|modificado|modificada|remarcado|remarcada|"
	  "falsificado|alterato|alterata|contraffatto|contraffatta|modificata|gewijzigd|vervalst|ändrat|"
	  "przerobiony|pozměněno|izmijenjen|изменен|изменён|перебитый|değiştirilmiş", SERIAL_ALTERED },
	{ "corroded", "rusted|rusty|rust|corrosion|rusted over|oxidized|oxidised|pitted|rouillé|rouillée|corrodé|"
	  "oxydé|verrostet|rostig|korrodiert|oxidado|oxidada|corroído|corroida|enferrujado|enferrujada|"
	  "arrugginito|arrugginita|corroso|corrosa|ossidato|ossidata|verroest|rostig|skorodowany|zrezlé|"
	  "rozsdás|ruginit|ржавчина|заржавел|корродирован|paslı", SERIAL_CORRODED },
	{ NULL, NULL, 0 },
};

/* Words that stand before a number and are none of it. */
static const char *const number_words[] = {
	"SERIAL", "SER", "SERIE", "SERIES", "SERI", "SN", "SNO", "NO", "NR", "NUM", "NUMBER", "NUMERO",
	"NUMMER", "NUMER", "NUMARA", "NUMARASI", "MATRICULE", "MATRICOLA", "MATRICULA", "SERIENNUMMER",
	"SERIENNR", "SERIENUMMER", "WAFFENNUMMER", "CISLO", "BROJ", "НОМЕР", "DE", "OF", "THE", "IS",
};

const unsigned char serial_class[256] = {
	['O'] = '0', ['Q'] = '0', ['D'] = '0', ['I'] = '1', ['L'] = '1', ['S'] = '5', ['Z'] = '2',
	['B'] = '8', ['G'] = '6',
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
	['7'] = '7', ['8'] = '8', ['9'] = '9', ['A'] = 'A', ['C'] = 'C', ['E'] = 'E', ['F'] = 'F',
	['H'] = 'H', ['J'] = 'J', ['K'] = 'K', ['M'] = 'M', ['N'] = 'N', ['P'] = 'P', ['R'] = 'R',
	['T'] = 'T', ['U'] = 'U', ['V'] = 'V', ['W'] = 'W', ['X'] = 'X', ['Y'] = 'Y',
	['?'] = '?', ['*'] = '*',
};

int serial_lexicon(struct lexicon **words, struct error *e)
{
	return lexicon_new(words, state_words, lexicon_plain_key, e);
}

/* Cyrillic capitals that look like Latin ones, in the order of the letters from U+0410 on. */
static char cyrillic_twin(uint32_t c)
{
	static const char twin[] = "A 8  E 3  K MHO"   /* А Б В Г Д Е Ж З И Й К Л М Н О */
				   " PCTY X          "; /* П Р С Т У Ф Х ... */

	if (c < 0x410 || c >= 0x410 + sizeof twin - 1 || twin[c - 0x410] == ' ')
		return 0;
	return twin[c - 0x410];
}

void serial_fold(const char *plain, char out[SERIAL_KEY], bool keep_zeros)
{
	size_t n = 0;

	while (*plain && n + 5 < SERIAL_KEY) {
		uint32_t c;
		size_t used = fold_decode(plain, &c);
		char twin;

		if (!used)
			break;
		twin = used == 1 ? (char)c : cyrillic_twin(c);
		if (twin)
			out[n++] = serial_class[(unsigned char)twin] ?
				   (char)serial_class[(unsigned char)twin] : twin;
		else {
			memcpy(out + n, plain, used);
			n += used;
		}
		if (!keep_zeros && n == 1 && out[0] == '0' && plain[used])
			n = 0;
		plain += used;
	}
	out[n] = 0;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* NCIC: what is no digit between the first digit and the last one does not count. */
static void make_sparse(const char *plain, char out[SERIAL_KEY])
{
	size_t length = strlen(plain), first = 0, last = length, n = 0;
	char thin[SERIAL_KEY];

	while (first < length && !digit(plain[first]))
		first++;
	while (last > first && !digit(plain[last - 1]))
		last--;
	for (size_t i = 0; i < length; i++)
		if (i < first || i >= last || digit(plain[i]))
			thin[n++] = plain[i];
	thin[n] = 0;
	serial_fold(thin, out, false);
}

static bool is_number_word(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++)
		if (strlen(number_words[i]) == length && !memcmp(number_words[i], word, length))
			return true;
	return false;
}

static bool has_digit(const char *s, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (digit(s[i]))
			return true;
	return false;
}

/* fold_text keeps no wildcards, so each is carried through as a letter that no serial has. */
#define MARK_ONE "\xe1\x8e\xa0"   /* U+13A0 */
#define MARK_ANY "\xe1\x8e\xa1"   /* U+13A1 */

static void fold_wild(const char *typed, char *words, size_t room, bool *wild)
{
	char marked[256];
	size_t n = 0;

	*wild = false;
	for (; *typed && n + 4 < sizeof marked; typed++) {
		if (*typed == '?' || *typed == '*') {
			memcpy(marked + n, *typed == '?' ? MARK_ONE : MARK_ANY, 3);
			n += 3;
			*wild = true;
		} else {
			marked[n++] = *typed;
		}
	}
	marked[n] = 0;
	fold_text(marked, words, room, FOLD_WORDS);
}

/* Words joined to the key; the marks of wildcards become ? and * again. */
static void append_key(struct serial *s, size_t *n, const char *word, size_t length)
{
	for (size_t i = 0; i < length && *n + 5 < SERIAL_KEY; ) {
		if (length - i >= 3 && (!memcmp(word + i, MARK_ONE, 3) || !memcmp(word + i, MARK_ANY, 3))) {
			s->plain[(*n)++] = word[i + 2] == MARK_ONE[2] ? '?' : '*';
			i += 3;
		} else {
			s->plain[(*n)++] = word[i++];
		}
	}
	s->plain[*n] = 0;
}

/* Words at the front that only say "number" and stand before one; how many bytes of p they take. */
static size_t number_prefix(const char *p)
{
	const char *start = p;

	for (;;) {
		size_t length = strcspn(p, " "), more;

		if (!p[length] || has_digit(p, length) || !has_digit(p + length, strlen(p + length)))
			break;
		more = !strncmp(p, "S N ", 4) ? 3 : is_number_word(p, length) ? length : 0;
		if (!more)
			break;
		p += more + 1;
	}
	return (size_t)(p - start);
}

/* The state that the words say, -1 for none; all other words are joined to the key. */
static int take_words(const struct lexicon *words, const char *text, struct serial *s)
{
	const struct lexicon_line *line = NULL;
	int state = -1;
	size_t n = 0;

	if (words && !has_digit(text, strlen(text))) {
		line = lexicon_find(words, text);
		if (!line)
			line = lexicon_near(words, text, 6);
		if (line)
			return line->tag;
	}
	for (text += number_prefix(text); *text; ) {
		size_t length = strcspn(text, " ");
		char word[SERIAL_KEY] = "";

		/* short words of the list ("NO", "SIN") are prefixes of numbers as often */
		line = NULL;
		if (words && length >= 4 && length < sizeof word && !has_digit(text, length)) {
			memcpy(word, text, length);
			line = lexicon_find_key(words, word);
		}
		if (line)
			state = line->tag;
		else
			append_key(s, &n, text, length);
		text += length + (text[length] == ' ');
	}
	return state;
}

void serial_of_key(struct serial *s)
{
	s->wild = strpbrk(s->plain, "?*") != NULL;
	serial_fold(s->plain, s->alike, s->wild);
	s->sparse[0] = 0;
	if (!s->wild)
		make_sparse(s->plain, s->sparse);
}

/* "0", "000000", "XXXX": typed where something has to stand. They would all be one firearm. */
static bool is_filler(const char *plain)
{
	return *plain && !plain[strspn(plain, *plain == 'X' ? "X" : "0")];
}

bool serial_plain(const char *typed, struct serial *out)
{
	size_t n = 0;
	bool number = false;

	memset(out, 0, sizeof *out);
	out->state = SERIAL_UNKNOWN;
	if (!*typed)
		return true;
	for (; typed[n] && n + 5 < SERIAL_KEY; n++) {
		char c = typed[n];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (digit(c))
			number = true;
		else if (c < 'A' || c > 'Z')
			return false;
		out->plain[n] = c;
	}
	out->plain[n] = 0;
	if (!number || typed[n] || is_filler(out->plain))
		return false;
	out->state = SERIAL_READABLE;
	serial_of_key(out);
	return true;
}

void serial_read(const struct lexicon *words, const char *typed, struct serial *out)
{
	char text[LEXICON_KEY];
	int state = -1;

	if (serial_plain(typed, out))
		return;
	memset(out, 0, sizeof *out);
	fold_wild(typed, text, sizeof text, &out->wild);
	state = take_words(words, text, out);
	if (!out->plain[strspn(out->plain, "?*")] || is_filler(out->plain))
		out->plain[0] = 0;  /* nothing but wildcards, or what stands for nothing */
	/* what is left of "ground off the frame" is no number */
	if (state >= 0 && !has_digit(out->plain, strlen(out->plain)))
		out->plain[0] = 0;
	if (!out->plain[0]) {
		out->wild = false;
		out->state = state >= 0 ? (enum serial_state)state : SERIAL_UNKNOWN;
		return;
	}
	serial_of_key(out);
	out->state = state >= 0 ? (enum serial_state)state : out->wild ? SERIAL_PARTIAL : SERIAL_READABLE;
	if (state == SERIAL_NONE || state == SERIAL_UNKNOWN || state == SERIAL_ILLEGIBLE)
		out->state = SERIAL_PARTIAL;
}

bool serial_fits(const char *pattern, const char *text, size_t length)
{
	const char *star = NULL, *end = text + length, *retry = text;

	while (text < end) {
		if (*pattern == '*') {
			star = pattern++;
			retry = text;
		} else if (*pattern && (*pattern == '?' || *pattern == *text)) {
			/* one ? is one character, not one byte */
			if (*pattern == '?')
				while (text + 1 < end && ((unsigned char)text[1] & 0xc0) == 0x80)
					text++;
			pattern++;
			text++;
		} else if (star) {
			pattern = star + 1;
			text = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

/* Wildcards on both sides: may there be a number that fits both? Keys are short. */
static bool both_fit(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b);
	bool row[SERIAL_KEY + 1], next[SERIAL_KEY + 1];

	/* row[j]: the rest of a from i fits the rest of b from j */
	for (size_t j = n + 1; j-- > 0; )
		row[j] = j == n || (b[j] == '*' && row[j + 1]);
	for (size_t i = m; i-- > 0; ) {
		for (size_t j = n + 1; j-- > 0; ) {
			if (a[i] == '*')
				next[j] = row[j] || (j < n && next[j + 1]);
			else if (j < n && b[j] == '*')
				next[j] = next[j + 1] || row[j];
			else
				next[j] = j < n && (a[i] == '?' || b[j] == '?' || a[i] == b[j]) && row[j + 1];
		}
		memcpy(row, next, sizeof row);
	}
	return row[0];
}

static bool wild_fit(const char *a, bool a_wild, const char *b, bool b_wild)
{
	if (a_wild && b_wild)
		return both_fit(a, b);
	return a_wild ? serial_fits(a, b, strlen(b)) : serial_fits(b, a, strlen(a));
}

enum serial_grade serial_compare(const struct serial *a, const char *asked, const struct serial *b,
				 const char *typed)
{
	char a_zeros[SERIAL_KEY], b_zeros[SERIAL_KEY];

	if (!a->plain[0] || !b->plain[0])
		return SERIAL_DIFFERENT;
	if (a->wild || b->wild) {
		if (wild_fit(a->plain, a->wild, b->plain, b->wild))
			return SERIAL_WILD;
		serial_fold(a->plain, a_zeros, true);
		serial_fold(b->plain, b_zeros, true);
		return wild_fit(a_zeros, a->wild, b_zeros, b->wild) ? SERIAL_WILD_ALIKE : SERIAL_DIFFERENT;
	}
	if (!strcmp(asked, typed))
		return SERIAL_SAME;
	if (!strcmp(a->plain, b->plain))
		return SERIAL_SEPARATORS;
	if (!strcmp(a->alike, b->alike))
		return SERIAL_ALIKE;
	if (!strcmp(a->sparse, b->sparse) || !strcmp(a->sparse, b->alike) || !strcmp(a->alike, b->sparse))
		return SERIAL_LETTERS;
	if (fold_one_edit(a->alike, strlen(a->alike), b->alike, strlen(b->alike)))
		return SERIAL_EDIT;
	return SERIAL_DIFFERENT;
}
