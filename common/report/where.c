/* where.c - which rows are meant: conditions on their fields */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/where.h"

#include <string.h>

#include "base/num.h"

static int read_operator(const char *text, enum where_operator *out)
{
	static const struct { const char *text; enum where_operator operator; } operators[] = {
		{ "!=", WHERE_IS_NOT }, { "<=", WHERE_LESS_OR_SAME }, { ">=", WHERE_MORE_OR_SAME }, { "=", WHERE_IS },
		{ "<", WHERE_LESS }, { ">", WHERE_MORE },
	};

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (!strncmp(text, operators[i].text, strlen(operators[i].text))) {
			*out = operators[i].operator;
			return (int)strlen(operators[i].text);
		}
	return 0;
}

static int read_condition(struct where *w, struct where_condition *c, const char *word,
			  const struct columns *columns, struct error *e)
{
	size_t n = strcspn(word, "=!<>");
	int length = read_operator(word + n, &c->operator), status;
	char *name;

	if (!length || !n)
		return error_set(e, STATUS_USAGE, "'%s' is no condition: FIELD=VALUE, or != < <= > >=", word);
	name = pool_text(&w->pool, word, n, e);
	c->value = pool_text(&w->pool, word + n + length, strlen(word + n + length), e);
	if (!name || !c->value)
		return STATUS_SYSTEM;
	status = columns_known(columns, name, &c->place, e);
	if (status)
		return status;
	c->dated = *c->value && c->operator <= WHERE_IS_NOT && !span_period(c->value, &c->period, NULL);
	return STATUS_DONE;
}

int where_open(struct where *w, const char *const *word, size_t words, const struct columns *columns,
	       struct error *e)
{
	int status = STATUS_DONE;

	memset(w, 0, sizeof *w);
	w->condition = pool_take(&w->pool, (words + 1) * sizeof *w->condition, e);
	if (!w->condition)
		return STATUS_SYSTEM;
	for (; w->count < words && !status; w->count++)
		status = read_condition(w, &w->condition[w->count], word[w->count], columns, e);
	if (status)
		where_close(w);
	return status;
}

void where_close(struct where *w)
{
	pool_free(&w->pool);
	memset(w, 0, sizeof *w);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Does the pattern (n bytes, with ? and *) fit all of the text? Goes back to the last star only. */
static bool fits(const char *pattern, size_t n, const char *text)
{
	const char *star = NULL, *from = text;
	size_t i = 0, behind = 0;

	while (*text) {
		if (i < n && pattern[i] == '*') {
			star = pattern;
			behind = ++i;
			from = text;
		} else if (i < n && (pattern[i] == '?' || lower(pattern[i]) == lower(*text))) {
			i++;
			text++;
		} else if (star) {
			i = behind;
			text = ++from;
		} else {
			return false;
		}
	}
	while (i < n && pattern[i] == '*')
		i++;
	return i == n;
}

static bool is(const struct where_condition *c, const char *field)
{
	const char *word = c->value;
	struct date d;

	if (c->dated && *field && !date_parse(field, &d, NULL) && span_in(&c->period, &d))
		return true;
	for (;;) {
		size_t n = strcspn(word, "|");

		if (fits(word, n, field))
			return true;
		if (!word[n])
			return false;
		word += n + 1;
	}
}

static int compare(const char *a, const char *b)
{
	double x, y;

	if (!num_real(a, -1e300, 1e300, &x, NULL) && !num_real(b, -1e300, 1e300, &y, NULL))
		return x < y ? -1 : x > y;
	return strcmp(a, b);
}

bool where_fits(const struct where *w, const char *const *field)
{
	for (size_t i = 0; i < w->count; i++) {
		const struct where_condition *c = &w->condition[i];
		const char *value = field[c->place];
		bool good;

		if (c->operator <= WHERE_IS_NOT)
			good = is(c, value) == (c->operator == WHERE_IS);
		else if (!*value)
			good = false;
		else if (c->operator <= WHERE_LESS_OR_SAME)
			good = compare(value, c->value) < (c->operator == WHERE_LESS_OR_SAME);
		else
			good = compare(value, c->value) > -(c->operator == WHERE_MORE_OR_SAME);
		if (!good)
			return false;
	}
	return true;
}
