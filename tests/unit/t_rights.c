/* t_rights.c - tests of guard/rights and guard/rights_file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guard/rights.h"

#define HEADER "at,officer,country,agency,kind,role,agreement,approved_by,from,to\n"
#define AT "2026-01-01T00:00:00Z"
#define CHIEF AT ",chief,FRA,BCN Paris,ncb,approver,UA-1,root,2026-01-01,2026-12-31\n"
#define CLERK AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n"
#define READER AT ",reader,DEU,LKA,police,reader,UA-3,boss,2026-01-01,2026-12-31\n"
#define ADMIN AT ",admin,XPO,IPSG,secretariat,administrator,UA-4,root,2026-01-01,2026-12-31\n"

static int64_t now;

static void setup(void)
{
	ck_assert_int_eq(clock_parse("2026-06-15T12:00:00Z", &now, NULL), 0);
}

static struct standing stand(const char *text, const char *name, bool owner)
{
	struct officer o = { .owner = owner };
	struct standing s;
	struct rights r;

	snprintf(o.name, sizeof o.name, "%s", name);
	ck_assert_int_eq(rights_parse(&r, text, strlen(text), NULL), 0);
	rights_standing(&r, &o, now, &s);
	rights_free(&r);
	return s;
}

static int may(const char *text, const char *name, enum rights_action action, const char *country)
{
	struct standing s = stand(text, name, false);
	struct subject subject = { country, "", "" };
	struct error e = { 0 };
	int status = rights_may(&s, action, country ? &subject : NULL, &e);

	ck_assert(status == 0 || e.text[0]);
	return status;
}

START_TEST(last_line_stands)
{
	static const char text[] = HEADER CLERK
		AT ",clerk,FRA,Douane,customs,none,,chief,,\n";
	struct rights r;
	struct standing s;

	ck_assert_int_eq(rights_parse(&r, text, sizeof text - 1, NULL), 0);
	ck_assert_uint_eq(r.count, 2);
	ck_assert_uint_eq(r.torn, 0);
	ck_assert_uint_eq(rights_of(&r, "clerk")->line, 3);
	ck_assert_ptr_null(rights_of(&r, "cler"));
	rights_free(&r);
	s = stand(text, "clerk", false);
	ck_assert_int_eq(s.grant.role, ROLE_NONE);
	ck_assert_str_eq(s.reason, "was revoked by chief");
}
END_TEST

/* A line that was not finished does not count, even where it would parse. */
START_TEST(torn_line_does_not_count)
{
	static const char text[] = HEADER CLERK READER;
	struct rights r;

	for (size_t n = 0; n < sizeof text; n++) {
		size_t whole = n < sizeof HEADER - 1 ? 0 : n < sizeof HEADER CLERK - 1 ? 0 :
			       n < sizeof text - 1 ? 1 : 2;

		ck_assert_msg(rights_parse(&r, text, n, NULL) == 0, "cut at %zu", n);
		ck_assert_uint_eq(r.count, whole);
		rights_free(&r);
	}
}
END_TEST

START_TEST(damage_is_refused)
{
	static const char *const bad[] = {
		"officer,country\n",
		HEADER "x\n",
		HEADER "\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-01-01\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31,\n",
		HEADER "2026-01-01,clerk,FRA,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",,FRA,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",cl erk,FRA,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,fra,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRAN,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,Customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,customs,owner,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-02-30,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-01-01,\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-12-31,2026-01-01\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-01-01,2031-01-02\n",
		HEADER AT ",clerk,FRA,Douane,customs,approver,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,customs,administrator,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,XPO,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,IPSG,secretariat,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,\"Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Dou\"ane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Dou\001ane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\n",
		HEADER AT ",clerk,FRA,Douane,customs,writer,UA-2,chief,2026-01-01,2026-12-31\r\n",
	};
	static const char five_years[] = HEADER AT ",c,FRA,D,customs,writer,U,b,2026-01-01,2031-01-01\n";
	struct rights r;
	struct error e;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_msg(rights_parse(&r, bad[i], strlen(bad[i]), &e) == STATUS_INPUT, "%s", bad[i]);
		ck_assert_msg(!strncmp(e.text, "line ", 5), "%s", e.text);
		ck_assert_ptr_null(r.grant);
	}
	ck_assert_int_eq(rights_parse(&r, HEADER AT "\0\n", sizeof HEADER AT + 1, &e), STATUS_INPUT);
	/* five years to the day */
	ck_assert_int_eq(rights_parse(&r, five_years, sizeof five_years - 1, &e), 0);
	ck_assert_uint_eq(r.count, 1);
	rights_free(&r);
}
END_TEST

START_TEST(in_force_only_between_its_days)
{
	static const struct { const char *when; enum rights_role role; } days[] = {
		{ "2025-12-31T23:59:59Z", ROLE_NONE }, { "2026-01-01T00:00:00Z", ROLE_WRITER },
		{ "2026-12-31T23:59:59Z", ROLE_WRITER }, { "2027-01-01T00:00:00Z", ROLE_NONE },
	};

	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		ck_assert_int_eq(clock_parse(days[i].when, &now, NULL), 0);
		ck_assert_int_eq(stand(HEADER CLERK, "clerk", false).grant.role, days[i].role);
	}
}
END_TEST

/* An ended grant does not bring the one before it back. */
START_TEST(ended_grant_hides_the_one_before)
{
	struct standing s = stand(HEADER CLERK
		AT ",clerk,FRA,Douane,customs,reader,UA-9,chief,2026-01-01,2026-02-01\n", "clerk", false);

	ck_assert_int_eq(s.grant.role, ROLE_NONE);
	ck_assert_str_eq(s.reason, "had a grant that ended on 2026-02-01");
}
END_TEST

START_TEST(roles)
{
	static const char text[] = HEADER CHIEF CLERK READER ADMIN;
	/* r: reader of DEU, w: writer of FRA, a: approver of FRA, x: administrator; about FRA, about DEU */
	static const struct { enum rights_action action; const char *fra, *deu; } table[] = {
		{ RIGHTS_READ, "rwa", "rwa" }, { RIGHTS_REPORT, "rwa", "rwa" },
		{ RIGHTS_ADD, "wa", "" }, { RIGHTS_UPDATE, "wa", "" }, { RIGHTS_RECOVER, "wa", "" },
		{ RIGHTS_CANCEL, "wa", "" }, { RIGHTS_CLOSE, "wa", "" }, { RIGHTS_RESTRICT, "wa", "" },
		{ RIGHTS_REVIEW, "wa", "" }, { RIGHTS_LOCATE, "wa", "wa" }, { RIGHTS_NOTICE, "wa", "" },
		{ RIGHTS_TRACE, "wa", "" }, { RIGHTS_PURGE, "ax", "x" }, { RIGHTS_SEND, "x", "x" },
		{ RIGHTS_AUDIT, "ax", "x" }, { RIGHTS_REPAIR, "x", "x" },
	};
	static const struct { char letter; const char *name; } who[] = {
		{ 'r', "reader" }, { 'w', "clerk" }, { 'a', "chief" }, { 'x', "admin" }, { '-', "nobody" },
	};

	for (size_t t = 0; t < sizeof table / sizeof *table; t++)
		for (size_t w = 0; w < sizeof who / sizeof *who; w++) {
			int fra = may(text, who[w].name, table[t].action, "FRA");
			int deu = may(text, who[w].name, table[t].action, "DEU");

			ck_assert_msg((fra == 0) == !!strchr(table[t].fra, who[w].letter), "%s %s FRA: %d",
				      who[w].name, rights_action_name(table[t].action), fra);
			ck_assert_msg((deu == 0) == !!strchr(table[t].deu, who[w].letter), "%s %s DEU: %d",
				      who[w].name, rights_action_name(table[t].action), deu);
		}
	ck_assert_int_eq(sizeof table / sizeof *table, RIGHTS_ACTIONS - 1);   /* grant: below */
}
END_TEST

START_TEST(the_owner_of_a_fresh_folder)
{
	struct standing alone = stand(HEADER, "me", true), later = stand(HEADER READER, "me", true);
	struct subject secret = { "DEU", "FRA", "confidential" };

	ck_assert(alone.alone && alone.owner);
	ck_assert(rights_sees(&alone, &secret));
	for (int i = 0; i < RIGHTS_ACTIONS; i++)
		ck_assert_int_eq(rights_may(&alone, (enum rights_action)i, &secret, NULL), 0);
	/* from the first grant on he keeps the folder, and reads and writes by a grant only */
	ck_assert(!later.alone && later.owner);
	for (int i = 0; i < RIGHTS_ACTIONS; i++)
		ck_assert_int_eq(rights_may(&later, (enum rights_action)i, &secret, NULL),
				 i >= RIGHTS_PURGE ? 0 : STATUS_REFUSED);
	/* nobody else gets anything in a fresh folder */
	for (int i = 0; i < RIGHTS_ACTIONS; i++)
		ck_assert_int_eq(may(HEADER, "me", (enum rights_action)i, "FRA"), STATUS_REFUSED);
}
END_TEST

START_TEST(what_may_be_seen)
{
	static const char text[] = HEADER CHIEF CLERK READER ADMIN
		AT ",desk,XPO,IPSG,secretariat,reader,UA-5,admin,2026-01-01,2026-12-31\n";
	static const struct { struct subject subject; const char *seen_by; } table[] = {
		{ { "FRA", "", "" }, "acrd" }, { { "FRA", NULL, NULL }, "acrd" },
		{ { "FRA", "", "official" }, "acrd" }, { { "FRA", "", "restricted" }, "acd" },
		{ { "FRA", "", "confidential" }, "ac" }, { { "FRA", "", "Official" }, "ac" },
		{ { "FRA", "", "secret" }, "ac" },
		{ { "FRA", "DEU", "" }, "acd" }, { { "FRA", "deu", "" }, "acd" },
		{ { "FRA", "ITA DEU", "" }, "acd" }, { { "FRA", "ITA;DEU", "" }, "acd" },
		{ { "FRA", " ITA, DEU ,", "" }, "acd" }, { { "FRA", "ITA", "" }, "acrd" },
		{ { "FRA", "XPO", "" }, "acr" }, { { "FRA", "FRA", "" }, "acrd" },
		{ { "FRA", "DE", "" }, "ac" }, { { "FRA", "DEUX", "" }, "ac" }, { { "FRA", "D-U", "" }, "ac" },
		{ { "DEU", "FRA", "" }, "rd" }, { { "DEU", "", "restricted" }, "ard" },
		{ { "", "", "" }, "acrd" }, { { NULL, NULL, NULL }, "acrd" }, { { "", "", "restricted" }, "ad" },
		{ { "", "", "confidential" }, "" }, { { "XPO", "", "confidential" }, "d" },
	};
	static const struct { char letter; const char *name; } who[] = {
		{ 'r', "reader" }, { 'c', "clerk" }, { 'a', "chief" }, { 'd', "desk" }, { '-', "nobody" },
	};

	for (size_t t = 0; t < sizeof table / sizeof *table; t++)
		for (size_t w = 0; w < sizeof who / sizeof *who; w++) {
			struct standing s = stand(text, who[w].name, false);
			bool want = strchr(table[t].seen_by, who[w].letter) != NULL;

			ck_assert_msg(rights_sees(&s, &table[t].subject) == want, "%zu: %s", t, who[w].name);
			ck_assert_int_eq(rights_may(&s, RIGHTS_READ, &table[t].subject, NULL),
					 want ? STATUS_DONE : w == 4 ? STATUS_REFUSED : STATUS_NO);
		}
}
END_TEST

static int grants(const char *text, const char *by, bool owner, const char *line)
{
	struct standing s = stand(text, by, owner);
	struct rights all, one;
	char wanted[600];
	int status;

	ck_assert_int_eq(rights_parse(&all, text, strlen(text), NULL), 0);
	snprintf(wanted, sizeof wanted, HEADER "%s", line);
	ck_assert_int_eq(rights_parse(&one, wanted, strlen(wanted), NULL), 0);
	status = rights_may_grant(&s, &all, &one.grant[0], NULL);
	rights_free(&all);
	rights_free(&one);
	return status;
}

#define LINE(officer, country, kind, role, by) \
	AT "," officer "," country ",Agency," kind "," role ",UA-7," by ",2026-01-01,2026-12-31\n"

START_TEST(who_may_grant)
{
	static const char text[] = HEADER CHIEF CLERK READER ADMIN LINE("boss", "DEU", "ncb", "approver", "root");
	static const struct { const char *by; bool owner; const char *line; int status; } table[] = {
		/* the NCB approves its country's other officers */
		{ "chief", false, LINE("new", "FRA", "police", "writer", "chief"), 0 },
		{ "chief", false, LINE("clerk", "FRA", "customs", "none", "chief"), 0 },
		{ "chief", false, LINE("new", "DEU", "police", "writer", "chief"), 5 },
		{ "chief", false, LINE("new", "FRA", "ncb", "reader", "chief"), 5 },
		{ "chief", false, LINE("new", "XPO", "secretariat", "reader", "chief"), 5 },
		{ "chief", false, LINE("chief", "FRA", "police", "writer", "chief"), 5 },
		{ "chief", false, LINE("reader", "FRA", "police", "writer", "chief"), 5 },  /* is DEU's */
		{ "chief", false, LINE("boss", "FRA", "police", "none", "chief"), 5 },
		{ "chief", false, LINE("new", "FRA", "police", "writer", "boss"), 5 },     /* another's name */
		/* nobody else does */
		{ "clerk", false, LINE("new", "FRA", "police", "reader", "clerk"), 5 },
		{ "reader", false, LINE("new", "DEU", "police", "reader", "reader"), 5 },
		{ "nobody", false, LINE("new", "FRA", "police", "reader", "nobody"), 5 },
		{ "admin", false, LINE("new", "FRA", "police", "reader", "admin"), 5 },
		{ "me", true, LINE("new", "FRA", "police", "reader", "me"), 5 },
		/* an administrator approves NCBs and the secretariat, and takes anything away */
		{ "admin", false, LINE("new", "ITA", "ncb", "approver", "admin"), 0 },
		{ "admin", false, LINE("new", "XPO", "secretariat", "administrator", "admin"), 0 },
		{ "admin", false, LINE("clerk", "FRA", "customs", "none", "admin"), 0 },
		{ "admin", false, LINE("chief", "FRA", "ncb", "none", "admin"), 0 },
		{ "admin", false, LINE("admin", "XPO", "secretariat", "writer", "admin"), 5 },
		{ "me", true, LINE("new", "ITA", "ncb", "approver", "me"), 0 },
		{ "me", true, LINE("me", "FRA", "ncb", "approver", "me"), 0 },
		{ "me", true, LINE("clerk", "FRA", "customs", "none", "me"), 0 },
		/* what has ended before it is written */
		{ "chief", false, AT ",new,FRA,A,police,writer,UA,chief,2026-01-01,2026-06-14\n", 5 },
		{ "chief", false, AT ",new,FRA,A,police,writer,UA,chief,2026-01-01,2026-06-15\n", 0 },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		ck_assert_msg(grants(text, table[i].by, table[i].owner, table[i].line) == table[i].status,
			      "%zu: %s: %s", i, table[i].by, table[i].line);
	ck_assert_int_eq(grants(HEADER, "me", true, LINE("me", "FRA", "ncb", "approver", "me")), 0);
	ck_assert_int_eq(grants(HEADER, "me", true, LINE("new", "FRA", "police", "writer", "me")), 5);
}
END_TEST

START_TEST(lines_are_added_and_read_back)
{
	char path[] = "/tmp/t_rights.XXXXXX", name[64];
	struct folder f;
	struct rights r;
	struct standing s = { .officer = { .name = "me", .owner = true }, .now = now };
	struct grant g = { .officer = "DOM\\oneil", .country = "IRL", .agency = "Garda \"A\", Dublin",
			   .kind = KIND_NCB, .role = ROLE_WRITER, .agreement = "UA 1/26", .approved_by = "me" };
	int fd;

	g.at = now;
	ck_assert(!date_parse("2026-01-01", &g.from, NULL) && !date_parse("2026-12-31", &g.to, NULL));
	ck_assert_ptr_nonnull(mkdtemp(path));
	ck_assert_int_eq(folder_open(&f, path, NULL), 0);
	ck_assert_int_eq(rights_read(&r, &f, NULL), 0);
	ck_assert_uint_eq(r.count, 0);
	ck_assert_int_eq(rights_append(&f, &s, &g, NULL), 0);
	/* half a line, as a killed process leaves it */
	ck_assert_int_eq(folder_file(&f, RIGHTS_FILE, O_WRONLY | O_APPEND, &fd, NULL), 0);
	ck_assert_int_eq(write(fd, AT ",evil,FRA", 29), 29);
	close(fd);
	ck_assert_int_eq(rights_read(&r, &f, NULL), 0);
	ck_assert_uint_eq(r.count, 1);
	ck_assert_uint_eq(r.torn, 29);
	rights_free(&r);
	g.role = ROLE_NONE;
	g.country[0] = 'i';
	ck_assert_int_eq(rights_append(&f, &s, &g, NULL), STATUS_INPUT);
	g.country[0] = 'I';
	ck_assert_int_eq(rights_append(&f, &s, &g, NULL), 0);
	ck_assert_int_eq(rights_read(&r, &f, NULL), 0);
	ck_assert_uint_eq(r.count, 2);
	ck_assert_uint_eq(r.torn, 0);
	ck_assert_str_eq(r.grant[0].officer, "DOM\\oneil");
	ck_assert_str_eq(r.grant[0].agency, "Garda \"A\", Dublin");
	ck_assert_int_eq(r.grant[0].at, now);
	ck_assert_int_eq(r.grant[1].role, ROLE_NONE);
	rights_free(&r);
	snprintf(name, sizeof name, "%s/" RIGHTS_FILE ".torn", path);
	ck_assert_int_eq(unlink(name), 0);
	snprintf(name, sizeof name, "%s/" RIGHTS_FILE, path);
	ck_assert_int_eq(unlink(name), 0);
	folder_close(&f);
	ck_assert_int_eq(rmdir(path), 0);
}
END_TEST

START_TEST(names_of_actions)
{
	for (int i = 0; i < RIGHTS_ACTIONS; i++)
		ck_assert_int_eq(rights_action_find(rights_action_name((enum rights_action)i)), i);
	ck_assert_int_eq(rights_action_find("rea"), -1);
	ck_assert_ptr_null(rights_action_name(RIGHTS_ACTIONS));
}
END_TEST

Suite *t_rights(void);
Suite *t_rights(void)
{
	Suite *s = suite_create("rights");
	TCase *c = tcase_create("rights");

	tcase_add_checked_fixture(c, setup, NULL);
	tcase_add_test(c, last_line_stands);
	tcase_add_test(c, torn_line_does_not_count);
	tcase_add_test(c, damage_is_refused);
	tcase_add_test(c, in_force_only_between_its_days);
	tcase_add_test(c, ended_grant_hides_the_one_before);
	tcase_add_test(c, roles);
	tcase_add_test(c, the_owner_of_a_fresh_folder);
	tcase_add_test(c, what_may_be_seen);
	tcase_add_test(c, who_may_grant);
	tcase_add_test(c, lines_are_added_and_read_back);
	tcase_add_test(c, names_of_actions);
	suite_add_tcase(s, c);
	return s;
}
