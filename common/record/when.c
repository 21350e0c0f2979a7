/* when.c - dates as people write them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/when.h"

#include <string.h>

#include "record/fold.h"

#define PARTS 3
#define LONGEST 120
#define SPREADSHEET_1970 25569   /* 1 January 1970 in days since 30 December 1899 */

/* A text as up to three numbers or names of months, and what stood between them. */
struct parts {
	int number[PARTS];
	size_t digits[PARTS];   /* 0: the name of a month */
	char between[PARTS];
	int count;
};

/* The first letters by which months are told in eight languages, folded; longer ones first where one
 * begins another. */
static const struct { const char *start; int month; } months[] = {
	{ "JAN", 1 }, { "ENE", 1 }, { "GEN", 1 }, { "FEB", 2 }, { "FEV", 2 }, { "MAR", 3 }, { "MAE", 3 },
	{ "MRZ", 3 }, { "APR", 4 }, { "AVR", 4 }, { "ABR", 4 }, { "MAY", 5 }, { "MAI", 5 }, { "MAG", 5 },
	{ "JUIN", 6 }, { "JUIL", 7 }, { "JUN", 6 }, { "GIU", 6 }, { "JUL", 7 }, { "LUG", 7 }, { "AUG", 8 },
	{ "AOU", 8 }, { "AGO", 8 }, { "SEP", 9 }, { "SET", 9 }, { "OCT", 10 }, { "OKT", 10 }, { "OTT", 10 },
	{ "OUT", 10 }, { "NOV", 11 }, { "DEC", 12 }, { "DEZ", 12 }, { "DIC", 12 },
	{ "ЯНВ", 1 }, { "ФЕВ", 2 }, { "МАР", 3 }, { "АПР", 4 }, { "МАЯ", 5 }, { "МАЙ", 5 }, { "ИЮН", 6 },
	{ "ИЮЛ", 7 }, { "АВГ", 8 }, { "СЕН", 9 }, { "ОКТ", 10 }, { "НОЯ", 11 }, { "ДЕК", 12 },
	/* Arabic: of Egypt and the Gulf, of the Maghreb, of the Levant */
	{ "يناير", 1 }, { "فبراير", 2 }, { "مارس", 3 }, { "أبريل", 4 }, { "ابريل", 4 }, { "إبريل", 4 },
	{ "مايو", 5 }, { "يونيو", 6 }, { "يونيه", 6 }, { "يوليو", 7 }, { "يوليه", 7 }, { "أغسطس", 8 },
	{ "اغسطس", 8 }, { "سبتمبر", 9 }, { "أكتوبر", 10 }, { "اكتوبر", 10 }, { "نوفمبر", 11 }, { "ديسمبر", 12 },
	{ "جانفي", 1 }, { "فيفري", 2 }, { "أفريل", 4 }, { "افريل", 4 }, { "ماي", 5 }, { "جوان", 6 }, { "جويلية", 7 },
	{ "أوت", 8 }, { "اوت", 8 },
	{ "شباط", 2 }, { "آذار", 3 }, { "اذار", 3 }, { "نيسان", 4 }, { "أيار", 5 }, { "ايار", 5 },
	{ "حزيران", 6 }, { "تموز", 7 }, { "آب", 8 }, { "أيلول", 9 }, { "ايلول", 9 },
};

static int month_of(const char *word)
{
	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		if (!strncmp(word, months[i].start, strlen(months[i].start)))
			return months[i].month;
	return 0;
}

/* "de", "of", ordinals: words between the parts that mean nothing. */
static bool idle(const char *word)
{
	static const char *const words[] = { "DE", "OF", "THE", "ST", "ND", "RD", "TH", "DEL", "LE", "ER", "Г", "ГОДА" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(word, words[i]))
			return true;
	return false;
}

/* "г." behind a year. */
static bool idle_end(const char *text)
{
	char folded[LONGEST];

	fold_text(text, folded, sizeof folded, FOLD_KEY);
	return idle(folded);
}

static bool take_part(struct parts *p, const char **text)
{
	const char *s = *text;
	char word[40], folded[60];
	size_t n = strspn(s, "0123456789");

	if (p->count == PARTS)
		return false;
	if (n) {
		if (n > 8)
			return false;
		p->number[p->count] = 0;
		for (size_t i = 0; i < n; i++)
			p->number[p->count] = p->number[p->count] * 10 + s[i] - '0';
		p->digits[p->count] = n;
	} else {
		n = strcspn(s, "0123456789 ,./-\t");
		if (n == 0 || n >= sizeof word)
			return false;
		memcpy(word, s, n);
		word[n] = 0;
		fold_text(word, folded, sizeof folded, FOLD_KEY);
		*text = s + n;
		if (idle(folded))
			return true;
		p->number[p->count] = month_of(folded);
		p->digits[p->count] = 0;
		if (!p->number[p->count])
			return false;
		s = *text - n;
	}
	*text = s + n;
	p->between[p->count++] = **text;
	return true;
}

/* Digits of other scripts, blanks and dashes as those of ASCII; marks of the direction of writing vanish. */
static bool plain(const char *text, char out[LONGEST])
{
	static const uint32_t zeros[] = { 0x660, 0x6f0, 0x966, 0xff10 };
	size_t n = 0;

	while (*text) {
		uint32_t c = 0;
		size_t used = fold_decode(text, &c);

		if (!used || n + used + 1 > LONGEST)
			return false;
		for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
			if (c >= zeros[i] && c < zeros[i] + 10)
				c = '0' + c - zeros[i];
		if (c == 0xa0 || c == 0x202f)
			c = ' ';
		if (c >= 0x2010 && c <= 0x2013)
			c = '-';
		if (c != 0x200e && c != 0x200f && c != 0x61c)
			n += fold_encode(c, out + n);
		text += used;
	}
	out[n] = 0;
	return true;
}

/* False when the text is not made of such parts. A time behind the date is passed over. */
static bool take_apart(const char *typed, struct parts *p)
{
	char room[LONGEST];
	const char *text = room;

	memset(p, 0, sizeof *p);
	if (!plain(typed, room))
		return false;
	while (*(text += strspn(text, " ,./-\t"))) {
		/* a time: "T12:30", " 12:30:00" */
		if (p->count == PARTS || (p->count == 1 && p->digits[0] == 8))
			return *text == 'T' || strchr(text, ':') || idle_end(text);
		if (!take_part(p, &text))
			return false;
		if (p->count == PARTS && *text == 'T')
			return true;
	}
	return p->count > 0;
}

/* typed: as it stands there, for the message. */
static int put(const char *typed, int year, int month, int day, enum date_precision precision,
	       char out[DATE_TEXT], struct error *e)
{
	struct date d = { year, month, day, precision };
	char text[48];

	snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
	text[precision == DATE_YEAR ? 4 : precision == DATE_MONTH ? 7 : 10] = 0;
	if (date_parse(text, &d, NULL))
		return error_set(e, STATUS_INPUT, "'%.40s' is not in the calendar", typed);
	date_text(&d, out);
	return STATUS_DONE;
}

static int full_year(int year, size_t digits, int this_year)
{
	if (digits != 2)
		return year;
	year += this_year / 100 * 100;
	return year > this_year ? year - 100 : year;
}

static int none(const char *text, struct error *e)
{
	return error_set(e, STATUS_INPUT, "'%.40s' is no date", text);
}

/* Day, month and year last: which of the first two is the day? */
static int read_three(const char *text, const struct parts *p, enum when_order order, int this_year,
		      char out[DATE_TEXT], struct error *e)
{
	int a = p->number[0], b = p->number[1], year = full_year(p->number[2], p->digits[2], this_year);

	if (p->digits[2] != 2 && p->digits[2] != 4)
		return none(text, e);
	if (p->digits[0] == 0)
		return put(text, year, a, b, DATE_DAY, out, e);
	if (p->digits[1] == 0)
		return put(text, year, b, a, DATE_DAY, out, e);
	if (p->digits[0] > 2 || p->digits[1] > 2)
		return none(text, e);
	if (p->between[0] == '.')
		order = WHEN_DAY_FIRST;
	if (a > 12 && b <= 12)
		order = order == WHEN_MONTH_FIRST ? order : WHEN_DAY_FIRST;
	else if (b > 12 && a <= 12)
		order = order == WHEN_DAY_FIRST ? order : WHEN_MONTH_FIRST;
	if ((order == WHEN_UNKNOWN || order == WHEN_DAYS) && a != b)
		return error_set(e, STATUS_INPUT, "'%.40s' could be two dates (--dates dmy or mdy says which)", text);
	return order == WHEN_MONTH_FIRST ? put(text, year, a, b, DATE_DAY, out, e) : put(text, year, b, a, DATE_DAY, out, e);
}

static int read_two(const char *text, const struct parts *p, char out[DATE_TEXT], struct error *e)
{
	if (p->digits[0] == 4 && p->digits[1] <= 2)
		return put(text, p->number[0], p->number[1], 1, DATE_MONTH, out, e);
	if (p->digits[1] == 4 && p->digits[0] <= 2)
		return put(text, p->number[1], p->number[0], 1, DATE_MONTH, out, e);
	return none(text, e);
}

/* Julian dates and shortened ones have five digits too: which it is has to be said. */
static int read_days(const char *text, int days, enum when_order order, char out[DATE_TEXT], struct error *e)
{
	struct date d;

	if (order != WHEN_DAYS)
		return error_set(e, STATUS_INPUT, "'%.40s' is no date (--dates days, where a spreadsheet counted them)",
				 text);
	date_from_days(days - SPREADSHEET_1970, &d);
	date_text(&d, out);
	return STATUS_DONE;
}

int when_read(const char *text, enum when_order order, int this_year, char out[DATE_TEXT], struct error *e)
{
	struct parts p;

	out[0] = 0;
	if (!text[strspn(text, " \t")])
		return STATUS_DONE;
	if (!take_apart(text, &p))
		return none(text, e);
	if (p.count == 1 && p.digits[0] == 8)
		return put(text, p.number[0] / 10000, p.number[0] / 100 % 100, p.number[0] % 100, DATE_DAY, out, e);
	if (p.count == 1 && p.digits[0] == 5)
		return read_days(text, p.number[0], order, out, e);
	if (p.count == 1)
		return p.digits[0] == 4 ? put(text, p.number[0], 1, 1, DATE_YEAR, out, e) : none(text, e);
	if (p.count == 2)
		return read_two(text, &p, out, e);
	if (p.digits[0] == 4 && p.digits[2] <= 2 && p.digits[2] > 0)
		return put(text, p.number[0], p.number[1], p.number[2], DATE_DAY, out, e);
	return read_three(text, &p, order, this_year, out, e);
}

enum when_order when_tells(const char *text)
{
	struct parts p;

	if (!take_apart(text, &p) || p.count != 3 || !p.digits[0] || !p.digits[1] || p.digits[0] == 4 ||
	    p.between[0] == '.')
		return WHEN_UNKNOWN;
	if (p.number[0] > 12 && p.number[1] <= 12)
		return WHEN_DAY_FIRST;
	return p.number[1] > 12 && p.number[0] <= 12 ? WHEN_MONTH_FIRST : WHEN_UNKNOWN;
}
