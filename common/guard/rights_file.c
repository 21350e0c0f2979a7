/* rights_file.c - the rights file: lines added, never changed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "file/lock.h"
#include "guard/lines.h"
#include "guard/rights.h"

#define COLUMNS "at,officer,country,agency,kind,role,agreement,approved_by,from,to"
#define FIELDS 10
#define SIZE_MAX_BYTES (256 << 20)
#define WAIT_S 30

static int check_text(const char *text, const char *what, struct error *e)
{
	if (!*text)
		return error_set(e, STATUS_INPUT, "no %s", what);
	if (text[strspn(text, " ")] == 0)
		return error_set(e, STATUS_INPUT, "'%s' is no %s", text, what);
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return error_set(e, STATUS_INPUT, "a control character in the %s", what);
	return STATUS_DONE;
}

int rights_check(const struct grant *g, struct error *e)
{
	bool secretariat = g->kind == KIND_SECRETARIAT;

	if (officer_check_name(g->officer, e) || officer_check_name(g->approved_by, e))
		return STATUS_INPUT;
	if (strlen(g->country) != 3 || strspn(g->country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
		return error_set(e, STATUS_INPUT, "'%s' is no country (three capital letters)", g->country);
	if (check_text(g->agency, "agency", e))
		return STATUS_INPUT;
	if (secretariat != !strcmp(g->country, RIGHTS_SECRETARIAT))
		return error_set(e, STATUS_INPUT, "the secretariat, and only it, has the country %s",
				 RIGHTS_SECRETARIAT);
	if (g->role == ROLE_NONE)
		return STATUS_DONE;
	if (g->role == ROLE_APPROVER && g->kind != KIND_NCB)
		return error_set(e, STATUS_INPUT, "only an officer of an NCB can be an approver");
	if (g->role == ROLE_ADMINISTRATOR && g->kind != KIND_NCB && !secretariat)
		return error_set(e, STATUS_INPUT, "only an officer of an NCB or the secretariat can be an "
				 "administrator");
	if (check_text(g->agreement, "agreement", e))
		return STATUS_INPUT;
	if (g->from.precision != DATE_DAY || g->to.precision != DATE_DAY)
		return error_set(e, STATUS_INPUT, "a grant needs the days from and to which it holds");
	if (date_days(&g->to) < date_days(&g->from))
		return error_set(e, STATUS_INPUT, "it ends before it begins");
	if (date_days(&g->to) - date_days(&g->from) >= RIGHTS_DAYS_MAX)
		return error_set(e, STATUS_INPUT, "it holds longer than %d days", RIGHTS_DAYS_MAX);
	return STATUS_DONE;
}

static int copy(char *to, size_t room, const char *from, const char *what, struct error *e)
{
	size_t n = strlen(from);

	if (n >= room)
		return error_set(e, STATUS_INPUT, "the %s has more than %zu bytes", what, room - 1);
	memcpy(to, from, n + 1);
	return STATUS_DONE;
}

static int parse_line(char *line, struct grant *g, struct error *e)
{
	char *field[FIELDS];
	int kind, role;

	memset(g, 0, sizeof *g);
	if (lines_split(line, field, FIELDS) != FIELDS)
		return error_set(e, STATUS_INPUT, "not %d fields", FIELDS);
	for (int i = 0; i < FIELDS; i++)
		lines_unescape(field[i]);
	kind = rights_kind_find(field[4]);
	role = rights_role_find(field[5]);
	if (kind < 0)
		return error_set(e, STATUS_INPUT, "'%.60s' is none of %s", field[4], RIGHTS_KINDS);
	if (role < 0)
		return error_set(e, STATUS_INPUT, "'%.60s' is none of %s", field[5], RIGHTS_ROLES);
	g->kind = (enum rights_kind)kind;
	g->role = (enum rights_role)role;
	if (clock_parse(field[0], &g->at, e) ||
	    copy(g->officer, sizeof g->officer, field[1], "officer", e) ||
	    copy(g->country, sizeof g->country, field[2], "country", e) ||
	    copy(g->agency, sizeof g->agency, field[3], "agency", e) ||
	    copy(g->agreement, sizeof g->agreement, field[6], "agreement", e) ||
	    copy(g->approved_by, sizeof g->approved_by, field[7], "approver", e) ||
	    date_parse(field[8], &g->from, e) || date_parse(field[9], &g->to, e))
		return STATUS_INPUT;
	return rights_check(g, e);
}

static int add(struct rights *r, size_t *room, const struct grant *g, struct error *e)
{
	if (r->count == *room) {
		struct grant *grown = mem_grow(r->grant, *room ? 2 * *room : 64, sizeof *grown, e);

		if (!grown)
			return STATUS_SYSTEM;
		r->grant = grown;
		*room = *room ? 2 * *room : 64;
	}
	r->grant[r->count++] = *g;
	return STATUS_DONE;
}

/* A whole line, which ends where its newline stood. */
static int take_line(struct rights *r, size_t *room, char *line, size_t size, size_t number, struct error *e)
{
	struct grant g;
	char where[40];

	if (memchr(line, 0, size))
		error_set(e, STATUS_INPUT, "a zero byte");
	else if (number == 1 && !strcmp(line, COLUMNS))
		return STATUS_DONE;
	else if (number == 1)
		error_set(e, STATUS_INPUT, "not the header of a rights file (" COLUMNS ")");
	else if (!parse_line(line, &g, e)) {
		g.line = number;
		return add(r, room, &g, e);
	}
	snprintf(where, sizeof where, "line %zu", number);
	error_within(e, where);
	return STATUS_INPUT;
}

int rights_parse(struct rights *r, const void *text, size_t size, struct error *e)
{
	char *copied = mem_new(size + 1, 1, e), *p = copied, *end;
	size_t room = 0, number = 0;
	int status = STATUS_DONE;

	memset(r, 0, sizeof *r);
	if (!copied)
		return STATUS_SYSTEM;
	if (size)
		memcpy(copied, text, size);
	while (!status && (end = memchr(p, '\n', size - (size_t)(p - copied)))) {
		*end = 0;
		status = take_line(r, &room, p, (size_t)(end - p), ++number, e);
		p = end + 1;
	}
	r->torn = size - (size_t)(p - copied);
	free(copied);
	if (status)
		rights_free(r);
	return status;
}

int rights_read(struct rights *r, const struct folder *f, struct error *e)
{
	struct buf text = { 0 };
	struct error own;
	struct stat st;
	int fd, status = folder_file(f, RIGHTS_FILE, O_RDONLY, &fd, &own);

	memset(r, 0, sizeof *r);
	if (status == STATUS_NO)
		return STATUS_DONE;
	if (status)
		return error_set(e, own.status, "%s", own.text);
	if (fstat(fd, &st))
		status = error_system(e, RIGHTS_FILE);
	else if (st.st_size > SIZE_MAX_BYTES)
		status = error_set(e, STATUS_INPUT, RIGHTS_FILE " has more than %d bytes", SIZE_MAX_BYTES);
	else
		status = buf_reserve(&text, (size_t)st.st_size + 1, e);
	while (!status && text.size < (size_t)st.st_size) {
		ssize_t n = read(fd, text.data + text.size, (size_t)st.st_size - text.size);

		if (n < 0 && errno != EINTR)
			status = error_system(e, "cannot read " RIGHTS_FILE);
		if (n == 0)
			break;
		text.size += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	if (!status && rights_parse(r, text.data, text.size, e)) {
		error_within(e, RIGHTS_FILE);
		status = e ? e->status : STATUS_INPUT;
	}
	buf_free(&text);
	return status;
}

void rights_free(struct rights *r)
{
	free(r->grant);
	memset(r, 0, sizeof *r);
}

int rights_line(struct buf *to, const struct grant *g, struct error *e)
{
	char at[CLOCK_TEXT], from[DATE_TEXT], until[DATE_TEXT];
	const char *field[FIELDS] = { at, g->officer, g->country, g->agency, rights_kind_name(g->kind),
				      rights_role_name(g->role),
				      g->agreement, g->approved_by, from, until };
	int status = STATUS_DONE;

	clock_text(g->at, at);
	date_text(&g->from, from);
	date_text(&g->to, until);
	for (size_t i = 0; i < FIELDS && !status; i++) {
		status = lines_put_field(to, field[i], e);
		if (!status && i + 1 < FIELDS)
			status = buf_byte(to, ',', e);
	}
	return status;
}

/* Asked again of the file as it is now, under its lock: the approver may have been revoked since. */
static int ask_again(const struct folder *f, const struct standing *s, const struct grant *grant,
		     struct error *e)
{
	struct standing fresh;
	struct rights r;
	int status = rights_read(&r, f, e);

	if (status)
		return status;
	rights_standing(&r, &s->officer, s->now, &fresh);
	status = rights_may_grant(&fresh, &r, grant, e);
	rights_free(&r);
	return status;
}

int rights_append(const struct folder *f, const struct standing *s, const struct grant *grant,
		  struct error *e)
{
	struct buf line = { 0 };
	int64_t end;
	size_t torn;
	int fd, status = rights_check(grant, e);

	if (status)
		return status;
	status = folder_file(f, RIGHTS_FILE, O_RDWR | O_CREAT, &fd, e);
	if (status)
		return status;
	status = lock_take(fd, LOCK_EXCLUSIVE, WAIT_S, e);
	if (!status)
		status = ask_again(f, s, grant, e);
	if (!status)
		status = lines_settle(f, RIGHTS_FILE, fd, &end, &torn, e);
	if (!status && end == 0)
		status = buf_text(&line, COLUMNS "\n", e);
	if (!status)
		status = rights_line(&line, grant, e);
	if (!status)
		status = buf_byte(&line, '\n', e);
	if (!status)
		status = lines_append(fd, end, line.data, line.size, true, e);
	buf_free(&line);
	close(fd);
	return status;
}
