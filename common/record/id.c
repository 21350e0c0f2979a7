/* id.c - names of records: short, unique, fit for a telephone, with a check character */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/id.h"

#include <string.h>

#include "record/country.h"

static const char alphabet[] = "0123456789ACEFHJKMNPRTVWXY";
#define LETTERS 26
#define NUMBER_LENGTH 7
#define PLAIN 13                /* characters without hyphens */

/* 0 to 35 for 0-9 A-Z */
static int value36(char c)
{
	return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* ISO 7064 hybrid system MOD 37,36 over n characters; the check character, of 36. */
static char check_of(const char *s, size_t n)
{
	int p = 36;

	for (size_t i = 0; i < n; i++) {
		p += value36(s[i]);        /* 1 to 71; modulo 36, with 36 for 0 */
		p = 2 * (p > 36 ? p - 36 : p);
		p = p > 36 ? p - 37 : p;   /* modulo 37: never 0, p was 1 to 36 */
	}
	p = (37 - p) % 36;
	return (char)(p < 10 ? '0' + p : 'A' + p - 10);
}

static void spread(const char plain[PLAIN], char out[ID_TEXT])
{
	memcpy(out, plain, 5);
	out[5] = '-';
	memcpy(out + 6, plain + 5, 4);
	out[10] = '-';
	memcpy(out + 11, plain + 9, 4);
	out[15] = 0;
}

bool id_make(const char *country, int year, uint64_t number, char out[ID_TEXT])
{
	char plain[PLAIN];

	memcpy(plain, country, 3);
	plain[3] = (char)('0' + year / 10 % 10);
	plain[4] = (char)('0' + year % 10);
	for (int i = NUMBER_LENGTH; i-- > 0; number /= LETTERS)
		plain[5 + i] = alphabet[number % LETTERS];
	plain[12] = check_of(plain, 12);
	spread(plain, out);
	return strchr(alphabet, plain[12]) != NULL;
}

/* Look-alikes to the character that is used: of digits where a digit or number stands, of letters in
 * the country's code. */
static char understand(char c, size_t place)
{
	static const char heard[] = "OQDILSZBGU", meant[] = "0001152" "86V";
	static const char digits[] = "0158", letters[] = "OISB";
	const char *p;

	if (place < 3)
		return (p = strchr(digits, c)) ? letters[p - digits] : c;
	return (p = strchr(heard, c)) ? meant[p - heard] : c;
}

int id_read(const char *typed, char out[ID_TEXT], struct error *e)
{
	char plain[PLAIN + 1] = "";
	size_t n = 0;

	for (const char *p = typed; *p; p++) {
		char c = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;

		if (c == ' ' || c == '-' || c == '.' || c == '\t')
			continue;
		if (n == PLAIN || !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
			goto none;
		plain[n] = understand(c, n);
		n++;
	}
	if (n != PLAIN)
		goto none;
	for (size_t i = 3; i < PLAIN; i++)
		if (i < 5 ? plain[i] > '9' : !strchr(alphabet, plain[i]))
			goto none;
	if (check_of(plain, 12) != plain[12])
		return error_set(e, STATUS_INPUT, "'%.40s': its check character does not fit, one of the "
				 "characters is wrong", typed);
	spread(plain, out);
	if (!id_valid(out))
		goto none;
	return STATUS_DONE;
none:
	return error_set(e, STATUS_INPUT, "'%.40s' is no name of a record (like FRA26-EPH8-0V40)", typed);
}

bool id_valid(const char *text)
{
	char plain[PLAIN], country[4];

	if (strlen(text) != ID_TEXT - 1 || text[5] != '-' || text[10] != '-')
		return false;
	memcpy(plain, text, 5);
	memcpy(plain + 5, text + 6, 4);
	memcpy(plain + 9, text + 11, 4);
	memcpy(country, plain, 3);
	country[3] = 0;
	for (int i = 3; i < 5; i++)
		if (plain[i] < '0' || plain[i] > '9')
			return false;
	for (int i = 5; i < PLAIN; i++)
		if (!strchr(alphabet, plain[i]))
			return false;
	return country_of(country) && check_of(plain, 12) == plain[12];
}

/* 15 bits of country, 7 of year, 33 of number; the lowest bit is always set. */
uint64_t id_pack(const char *valid)
{
	uint64_t v = 0, number = 0;

	for (int i = 0; i < 3; i++)
		v = v << 5 | (uint64_t)(valid[i] - 'A');
	v = v << 7 | (uint64_t)((valid[3] - '0') * 10 + valid[4] - '0');
	for (int i = 6; i < 14; i++)
		if (i != 10)
			number = number * LETTERS + (uint64_t)(strchr(alphabet, valid[i]) - alphabet);
	return (v << 33 | number) << 1 | 1;
}

void id_unpack(uint64_t packed, char out[ID_TEXT])
{
	uint64_t v = packed >> 34;
	char country[4] = { (char)('A' + (v >> 17 & 31)), (char)('A' + (v >> 12 & 31)),
			    (char)('A' + (v >> 7 & 31)), 0 };

	id_make(country, (int)(v & 127), packed >> 1 & ((UINT64_C(1) << 33) - 1), out);
}

uint64_t id_mix(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xbf58476d1ce4e5b9);
	x ^= x >> 27;
	x *= UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}
