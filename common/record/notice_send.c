/* notice_send.c - notices as messages, sent at least once and recognisable when twice */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "file/csv.h"
#include "file/lock.h"
#include "record/mail.h"
#include "record/notice_parts.h"

#define SENDER "sender"

struct addresses {
	struct address { char country[8], address[MAIL_ADDRESS_MAX + 1]; } *list;
	size_t count;
};

static int add_address(struct addresses *a, const struct csv_row *row, struct error *e)
{
	struct address *grown;

	if (row->fields != 2 || (strlen(row->field[0]) != 3 && strcmp(row->field[0], SENDER)))
		return error_set(e, STATUS_INPUT, NOTICE_ADDRESSES ": line %zu: not a country and its address",
				 row->line);
	if (mail_check_address(row->field[1], e)) {
		char where[60];

		snprintf(where, sizeof where, NOTICE_ADDRESSES ": line %zu", row->line);
		error_within(e, where);
		return STATUS_INPUT;
	}
	grown = mem_grow(a->list, a->count + 1, sizeof *grown, e);
	if (!grown)
		return STATUS_SYSTEM;
	a->list = grown;
	memset(&grown[a->count], 0, sizeof *grown);
	memcpy(grown[a->count].country, row->field[0], strlen(row->field[0]));
	memcpy(grown[a->count++].address, row->field[1], strlen(row->field[1]));
	return STATUS_DONE;
}

/* None at all is as good as an empty one. */
static int read_addresses(const struct folder *f, struct addresses *a, struct error *e)
{
	struct csv_reader *r = NULL;
	struct csv_row row;
	struct error own;
	FILE *in = NULL;
	int fd, status = folder_file(f, NOTICE_ADDRESSES, O_RDONLY, &fd, &own);

	memset(a, 0, sizeof *a);
	if (status == STATUS_NO)
		return STATUS_DONE;
	if (status)
		return error_set(e, own.status, "%s", own.text);
	in = fdopen(fd, "r");
	if (!in) {
		close(fd);
		return error_system(e, NOTICE_ADDRESSES);
	}
	r = csv_open(in, ',', e);
	status = r ? csv_next(r, &row, e) : STATUS_SYSTEM;
	if (!status && (row.fields != 2 || strcmp(row.field[0], "country") || strcmp(row.field[1], "address")))
		status = error_set(e, STATUS_INPUT, NOTICE_ADDRESSES ": its first line is not country,address");
	while (!status && !(status = csv_next(r, &row, e)))
		status = add_address(a, &row, e);
	csv_close(r);
	fclose(in);
	return status == STATUS_NO ? STATUS_DONE : status;
}

/* The last line of a country stands. */
static const char *address_of(const struct addresses *a, const char *country)
{
	for (size_t i = a->count; i-- > 0; )
		if (!strcmp(a->list[i].country, country))
			return a->list[i].address;
	return NULL;
}

static void host(char out[NOTICE_DOMAIN])
{
	char name[NOTICE_DOMAIN];

	memset(name, 0, sizeof name);
	if (gethostname(name, sizeof name - 1) || !*name || strchr(name, '@') || mail_check_address(name, NULL))
		memcpy(name, "iarms.invalid", sizeof "iarms.invalid");
	memcpy(out, name, sizeof name);
}

void notice_domain(const struct folder *f, char out[NOTICE_DOMAIN])
{
	struct addresses a;
	const char *sender, *at;

	host(out);
	/* a list that is damaged stops the sending, and not the event that is to be told */
	if (!read_addresses(f, &a, NULL) && (sender = address_of(&a, SENDER)) && (at = strchr(sender, '@')) &&
	    strlen(at + 1) < NOTICE_DOMAIN)
		memcpy(out, at + 1, strlen(at + 1) + 1);
	free(a.list);
}

/* A kind in words: "trace-ask" is "information requested". */
static const char *kind_words(const char *kind)
{
	static const struct { const char *kind, *words; } table[] = {
		{ "trace-submit", "trace request submitted" }, { "trace-acknowledge", "trace request acknowledged" },
		{ "trace-start", "trace request in progress" }, { "trace-ask", "information requested" },
		{ "trace-supply", "information supplied" }, { "trace-answer", "trace request answered" },
		{ "trace-correct", "answer corrected" }, { "trace-refuse", "trace request refused" },
		{ "trace-restrict", "trace request restricted" }, { "trace-forward", "trace request forwarded" },
		{ "trace-comment", "comment on a trace request" }, { "trace-withdraw", "trace request withdrawn" },
		{ "trace-close", "trace request closed" },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (!strcmp(table[i].kind, kind))
			return table[i].words;
	return kind;
}

/* What happened, in a line; the firearm's particulars stay in the records. */
static int put_event(struct buf *b, const struct notice *m, struct error *e)
{
	if (!strcmp(m->kind, "located"))
		return buf_format(b, e, "Firearm record %s of %s was located by %s.\n", m->subject, m->country,
				  m->actor);
	if (!strcmp(m->kind, "hit"))
		return buf_format(b, e, "A search by %s hit on firearm record %s of %s.\n", m->actor, m->subject,
				  m->country);
	return buf_format(b, e, "%s of %s: %s, by %s.\n", m->subject, m->country, kind_words(m->kind), m->actor);
}

static int compose(struct buf *out, const struct notice *m, const char *from, const char *to, struct error *e)
{
	struct mail mail = { .from = from, .to = to, .message_id = m->message_id };
	struct buf subject = { 0 }, text = { 0 };
	int status = clock_parse(m->made, &mail.date, e);

	if (!status)
		status = buf_format(&subject, e, "iARMS %s: %s, by %s", m->subject, kind_words(m->kind), m->actor);
	if (!status)
		status = put_event(&text, m, e);
	if (!status)
		status = buf_format(&text, e, "\nNotice:   %s\nTo:       %s\nRecorded: %s\n", m->id, m->to, m->made);
	if (!status && *m->remark)
		status = buf_format(&text, e, "Remark:   %s\n", m->remark);
	if (!status)
		status = buf_text(&text, "\nThis message comes without the particulars. It may come twice, and then "
				  "has\nthe same Message-ID. Please answer in the system, not by mail.\n", e);
	if (!status && (!(mail.subject = buf_string(&subject, e)) || !(mail.text = buf_string(&text, e))))
		status = STATUS_SYSTEM;
	if (!status)
		status = mail_compose(out, &mail, e);
	buf_free(&subject);
	buf_free(&text);
	return status;
}

/* Hands over one. STATUS_DONE: the mail system has it. */
static int hand_over(const struct addresses *a, const struct notice *m, const struct notice_sending *how,
		     struct error *e)
{
	const char *to = address_of(a, m->to), *from = address_of(a, SENDER);
	char own[NOTICE_DOMAIN + 8] = "iarms@";
	struct buf message = { 0 };
	int status;

	if (!to)
		return error_set(e, STATUS_INPUT, NOTICE_ADDRESSES " has no address for %s", m->to);
	host(own + 6);
	status = compose(&message, m, from ? from : own, to, e);
	if (!status)
		status = mail_hand_over(&message, how->command, how->seconds, e);
	buf_free(&message);
	return status;
}

/* Puts on record that it was handed over, unless somebody dealt with it in the meantime. */
static int mark(struct notices *n, size_t i, const char *address, const struct notice_sending *how,
		struct error *e)
{
	char at[CLOCK_TEXT], remark[MAIL_ADDRESS_MAX + 16];
	const struct notice *m;
	int64_t now;
	int status = clock_now(&now, e);

	if (!status)
		status = notices_lock(n, e);
	if (status)
		return status;
	m = notices_at(n, i);
	clock_text(now, at);
	snprintf(remark, sizeof remark, "to %s", address);
	if (m && m->state == NOTICE_QUEUED)
		status = notices_change(n, m, NOTICE_SENT, at, how->by, remark, e);
	notices_unlock(n);
	return status;
}

static int send_all(struct notices *n, const struct addresses *a, const struct notice_sending *how,
		    struct notice_sent *out, struct error *e)
{
	int worst = STATUS_DONE;

	for (size_t i = 0; i < notices_count(n); i++) {
		const struct notice *m = notices_at(n, i);
		struct error own = { 0 };
		int status;

		if (m->state != NOTICE_QUEUED)
			continue;
		status = hand_over(a, m, how, &own);
		if (status) {
			out->failed++;
			worst = error_worse(worst, status);
		} else {
			status = mark(n, i, address_of(a, m->to), how, e);
			if (status)
				/* it comes again, and is recognised; going on would repeat more of them */
				return status;
			out->sent++;
		}
		if (how->report && notices_at(n, i))
			how->report(how->context, notices_at(n, i), status, &own);
	}
	return worst ? error_set(e, worst, "%zu of %zu could not be sent", out->failed, out->failed + out->sent) :
	       STATUS_DONE;
}

int notices_send(struct notices *n, const struct notice_sending *how, struct notice_sent *out,
		 struct error *e)
{
	struct addresses a = { 0 };
	int fd, status;

	memset(out, 0, sizeof *out);
	status = folder_file(n->folder, NOTICE_LOCK, O_RDWR | O_CREAT, &fd, e);
	if (status)
		return status;
	if (lock_take(fd, LOCK_EXCLUSIVE, 0, NULL)) {
		close(fd);
		return error_set(e, STATUS_NO, "another process is sending notices");
	}
	status = read_addresses(n->folder, &a, e);
	if (!status)
		status = notices_refresh(n, e);
	if (!status)
		status = send_all(n, &a, how, out, e);
	free(a.list);
	close(fd);
	return status;
}
