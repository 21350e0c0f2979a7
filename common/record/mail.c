/* mail.c - a message put together (RFC 5322, 2045, 2047) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/mail.h"

#include <stdbool.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "guard/privilege.h"

#define FOLD 78          /* RFC 5322, 2.1.1: lines should have no more, without the line's end */
#define TEXT_LINE 76     /* RFC 2045, 6.7 */
#define WORD_BYTES 39    /* of UTF-8 in an encoded word: 52 characters of base64, 64 in all */

static const char atext[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~";

/* Words of atext, with single dots between them. */
static bool is_dot_atom(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '.' ? i == 0 || i + 1 == n || text[i - 1] == '.' : !strchr(atext, text[i]))
			return false;
	}
	return n > 0;
}

int mail_check_address(const char *address, struct error *e)
{
	size_t n = strlen(address), local = strcspn(address, "@");
	bool fits = n <= MAIL_ADDRESS_MAX && local <= 64 && is_dot_atom(address, local) && address[0] != '-';

	if (fits && address[local])
		fits = is_dot_atom(address + local + 1, n - local - 1);
	if (!fits)
		return error_set(e, STATUS_INPUT, "'%.80s' is no mail address", address);
	return STATUS_DONE;
}

static int check_id(const char *id, struct error *e)
{
	size_t n = strlen(id), at = strcspn(id, "@");

	if (n < 5 || n > 200 || id[0] != '<' || id[n - 1] != '>' || id[at] != '@' ||
	    !is_dot_atom(id + 1, at - 1) || !is_dot_atom(id + at + 1, n - at - 2))
		return error_set(e, STATUS_INPUT, "'%.80s' is no Message-ID", id);
	return STATUS_DONE;
}

/* A copy in which every character is valid, and none is one that a terminal would obey; without lines
 * there is no newline either. */
static int make_valid(struct buf *to, const char *text, bool lines, struct error *e)
{
	int status = STATUS_DONE;

	while (*text && !status) {
		size_t n = utf8_length(text);

		if (lines && (*text == '\n' || *text == '\t'))
			status = buf_byte(to, (unsigned char)*text, e);
		else if (lines && text[0] == '\r' && text[1] == '\n')
			;   /* the newline comes */
		else if (n && utf8_control(text) && !lines)
			status = buf_byte(to, ' ', e);
		else if (n == 0 || utf8_control(text))
			status = buf_text(to, "\xef\xbf\xbd", e);
		else
			status = buf_add(to, text, n, e);
		text += n ? n : 1;
	}
	return !status && !buf_string(to, e) ? STATUS_SYSTEM : status;
}

/* Encoded words, each of whole characters, a line each. */
static int put_encoded(struct buf *to, const char *text, struct error *e)
{
	int status = STATUS_DONE;

	for (bool first = true; *text && !status; first = false) {
		size_t n = 0;

		while (text[n] && n + utf8_length(text + n) <= WORD_BYTES)
			n += utf8_length(text + n);
		status = buf_text(to, first ? "=?UTF-8?B?" : "\n =?UTF-8?B?", e);
		if (!status)
			status = base64_add(to, text, n, e);
		if (!status)
			status = buf_text(to, "?=", e);
		text += n;
	}
	return status;
}

/* Words of ASCII, folded at blanks; column is where the line stands. */
static int put_folded(struct buf *to, const char *text, size_t column, struct error *e)
{
	int status = STATUS_DONE;

	while (*text && !status) {
		size_t blanks = strspn(text, " "), n = blanks + strcspn(text + blanks, " ");

		if (blanks && column + n > FOLD) {
			/* the blank before the word is the fold; more of them go with it */
			status = buf_byte(to, '\n', e);
			column = 0;
		}
		if (!status)
			status = buf_add(to, text, n, e);
		column += n;
		text += n;
	}
	return status;
}

static int put_subject(struct buf *to, const char *raw, struct error *e)
{
	struct buf valid = { 0 };
	bool plain = true;
	size_t word = 0;
	int status = make_valid(&valid, raw, false, e);

	for (size_t i = 0; !status && i < valid.size; i++) {
		word = valid.data[i] == ' ' ? 0 : word + 1;
		plain = plain && valid.data[i] < 0x80 && word <= 60;
	}
	/* what looks like an encoded word would be read as one; a line of blanks would end the header */
	if (!status && (strstr((const char *)valid.data, "=?") ||
			(valid.size && (valid.data[0] == ' ' || valid.data[valid.size - 1] == ' '))))
		plain = false;
	if (!status)
		status = buf_text(to, "Subject: ", e);
	if (!status)
		status = plain ? put_folded(to, (const char *)valid.data, 9, e) :
			 put_encoded(to, (const char *)valid.data, e);
	if (!status)
		status = buf_byte(to, '\n', e);
	buf_free(&valid);
	return status;
}

/* Must the line (n bytes) be encoded? Long ones, what is not ASCII, blanks at the end, and what mail
 * systems on the way are known to change: "From " at the beginning, a dot alone. */
static bool needs_encoding(const char *line, size_t n)
{
	if (n > TEXT_LINE || (n && (line[n - 1] == ' ' || line[n - 1] == '\t')) || (n == 1 && *line == '.') ||
	    (n >= 5 && !memcmp(line, "From ", 5)))
		return true;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)line[i] >= 0x7f || ((unsigned char)line[i] < 0x20 && line[i] != '\t'))
			return true;
	return false;
}

/* One line as quoted-printable, without its newline. */
static int put_quoted(struct buf *to, const char *line, size_t n, struct error *e)
{
	size_t column = 0;
	int status = STATUS_DONE;

	for (size_t i = 0; i < n && !status; i++) {
		unsigned char c = (unsigned char)line[i];
		bool last = i + 1 == n, blank = c == ' ' || c == '\t';
		bool code = c == '=' || c >= 0x7f || (c < 0x20 && c != '\t') || (blank && last) ||
			    (i == 0 && ((c == '.' && n == 1) || (c == 'F' && !strncmp(line, "From ", 5))));
		size_t width = code ? 3 : 1;

		/* one character stays free for the soft break */
		if (column + width > (size_t)(last ? TEXT_LINE : TEXT_LINE - 1)) {
			status = buf_text(to, "=\n", e);
			column = 0;
		}
		if (!status)
			status = code ? buf_format(to, e, "=%02X", c) : buf_byte(to, c, e);
		column += width;
	}
	return status;
}

static int put_text(struct buf *to, const char *raw, struct error *e)
{
	struct buf valid = { 0 };
	bool quoted = false;
	int status = make_valid(&valid, raw, true, e);
	const char *p;

	for (p = (const char *)valid.data; !status && *p; p += strcspn(p, "\n"), p += *p == '\n')
		quoted = quoted || needs_encoding(p, strcspn(p, "\n"));
	if (!status)
		status = buf_format(to, e, "Content-Transfer-Encoding: %s\n\n",
				    quoted ? "quoted-printable" : "7bit");
	for (p = (const char *)valid.data; !status && *p; p += strcspn(p, "\n"), p += *p == '\n') {
		status = quoted ? put_quoted(to, p, strcspn(p, "\n"), e) :
			 buf_add(to, p, strcspn(p, "\n"), e);
		if (!status)
			status = buf_byte(to, '\n', e);
	}
	buf_free(&valid);
	return status;
}

static int put_date(struct buf *to, int64_t seconds, struct error *e)
{
	static const char *const day[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
	static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
					     "Oct", "Nov", "Dec" };
	int64_t days = seconds / 86400, rest = seconds % 86400;
	struct date d;

	if (seconds < 0 || seconds > INT64_C(253402300799))
		return error_set(e, STATUS_INPUT, "no date for a message");
	date_from_days(days, &d);
	return buf_format(to, e, "Date: %s, %d %s %d %02d:%02d:%02d +0000\n", day[days % 7], d.day,
			  month[d.month - 1], d.year, (int)(rest / 3600), (int)(rest / 60 % 60),
			  (int)(rest % 60));
}

int mail_compose(struct buf *out, const struct mail *m, struct error *e)
{
	size_t size = out->size;
	int status;

	if (mail_check_address(m->from, e) || mail_check_address(m->to, e) || check_id(m->message_id, e))
		return STATUS_INPUT;
	status = put_date(out, m->date, e);
	if (!status)
		status = buf_format(out, e, "From: %s\nTo: %s\n", m->from, m->to);
	if (!status)
		status = put_subject(out, m->subject, e);
	if (!status)
		status = buf_format(out, e, "Message-ID: %s\nAuto-Submitted: auto-generated\n"
				    "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n",
				    m->message_id);
	if (!status)
		status = put_text(out, m->text, e);
	if (status)
		out->size = size;
	return status;
}

const char *mail_command(void)
{
	const char *set = privilege_env("IARMS_SENDMAIL");

	return set && *set ? set : MAIL_COMMAND;
}
