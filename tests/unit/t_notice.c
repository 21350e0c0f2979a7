/* t_notice.c - tests of record/notice and record/notice_send */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "record/mail.h"
#include "record/notice.h"
#include "unit/child.h"
#include "unit/scratch.h"

#define ADDRESSES "country,address\nsender,iarms@ncb.example\nFRA,ncb.fr@example.org\nDEU,ncb.de@example.org\n" \
	"XPO,ipsg@example.org\n"

static struct folder folder;
static struct notices *n;
static const char *const parties[] = { "FRA", "DEU", "XPO", "FRA" };
static struct notice_event event = {
	.kind = "located", .subject = "FRA26-7K2M-9QXC", .event = "r3", .country = "FRA", .actor = "DEU",
	.to = parties, .count = 4, .made = 1767225600, .by = "karl", .remark = "found in Köln, boot of a car",
};

static void setup(void)
{
	setenv("SOURCE_DATE_EPOCH", "1767225660", 1);
	scratch_make();
	scratch_write(NOTICE_ADDRESSES, ADDRESSES, strlen(ADDRESSES));
	ck_assert_int_eq(folder_open(&folder, scratch_path("."), NULL), 0);
	ck_assert_int_eq(notices_open(&n, &folder, NULL, NULL), 0);
}

static void teardown(void)
{
	notices_close(n);
	folder_close(&folder);
	scratch_remove();
}

static void reopen(void)
{
	size_t damaged;

	notices_close(n);
	ck_assert_int_eq(notices_open(&n, &folder, &damaged, NULL), 0);
	ck_assert_uint_eq(damaged, 0);
}

static void tell(int i)
{
	char name[16];
	struct notice_event e = event;

	snprintf(name, sizeof name, "r%d", i);
	e.event = name;
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	ck_assert_int_eq(notices_prepare(n, &e, NULL), 0);
	ck_assert_int_eq(notices_queue(n, &e, NULL), 0);
	notices_unlock(n);
}

static enum notice_state state(const char *id)
{
	const struct notice *m = notices_find(n, id);

	ck_assert_msg(m != NULL, "%s", id);
	return m->state;
}

/* A mail command of a few lines, in the folder. */
static const char *mailer(const char *lines)
{
	char text[1000];

	snprintf(text, sizeof text, "#!/bin/sh\ncd '%s' || exit 9\n%s\n", scratch_path("."), lines);
	scratch_write("mailer", text, strlen(text));
	ck_assert_int_eq(chmod(scratch_path("mailer"), 0755), 0);
	return scratch_path("mailer");
}

#define KEEP "{ cat; echo =====; } >> mbox"

/* Nothing of Check in it, for children. */
static int send_with(const char *command, struct notice_sent *sent, struct error *e)
{
	struct notice_sending how = { .command = command, .seconds = 100, .by = "cron" };

	memset(e, 0, sizeof *e);
	return notices_send(n, &how, sent, e);
}

/* From now on, what outlives who started it is a child of this process. */
static void adopt(void)
{
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
}

static void wait_for_all(void)
{
	while (wait(NULL) > 0)
		;
}

static int count(const char *text, const char *word)
{
	int found = 0;

	for (; (text = strstr(text, word)); text += strlen(word))
		found++;
	return found;
}

START_TEST(an_event_and_its_notices)
{
	const struct notice *m;

	ck_assert_uint_eq(notices_count(n), 0);
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	ck_assert_int_eq(notices_prepare(n, &event, NULL), 0);
	ck_assert_uint_eq(notices_count(n), 3);   /* FRA once */
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.FRA"), NOTICE_PREPARED);
	ck_assert_int_eq(notices_queue(n, &event, NULL), 0);
	/* again: nothing new */
	ck_assert_int_eq(notices_prepare(n, &event, NULL), 0);
	ck_assert_int_eq(notices_queue(n, &event, NULL), 0);
	notices_unlock(n);
	reopen();
	ck_assert_uint_eq(notices_count(n), 3);
	m = notices_at(n, 1);
	ck_assert_str_eq(m->id, "FRA26-7K2M-9QXC.r3.DEU");
	ck_assert_int_eq(m->state, NOTICE_QUEUED);
	ck_assert_str_eq(m->message_id, "<FRA26-7K2M-9QXC.r3.DEU@ncb.example>");
	ck_assert_str_eq(m->made, "2026-01-01T00:00:00Z");
	ck_assert_str_eq(m->remark, event.remark);
	ck_assert_ptr_null(notices_find(n, "FRA26-7K2M-9QXC.r3"));
	ck_assert_ptr_null(notices_at(n, 3));
}
END_TEST

START_TEST(events_that_make_no_sense)
{
	static const char *const bad_to[] = { "FRA", "D E" };
	struct notice_event e = event;

	ck_assert_int_eq(notices_lock(n, NULL), 0);
	e.event = "r 3";
	ck_assert_int_eq(notices_prepare(n, &e, NULL), STATUS_INPUT);
	e = event;
	e.subject = "a.b";
	ck_assert_int_eq(notices_prepare(n, &e, NULL), STATUS_INPUT);
	e = event;
	e.to = bad_to;
	e.count = 2;
	ck_assert_int_eq(notices_prepare(n, &e, NULL), STATUS_INPUT);
	e.count = 0;
	ck_assert_int_eq(notices_prepare(n, &e, NULL), 0);
	notices_unlock(n);
	ck_assert_uint_eq(notices_count(n), 0);
	ck_assert_int_eq(notices_prepare(n, &event, NULL), STATUS_SYSTEM);   /* not locked */
}
END_TEST

static int happened(void *context, const struct notice *m, struct error *e)
{
	(void)e;
	return strcmp(m->event, context) ? STATUS_NO : STATUS_DONE;
}

static int unknown(void *context, const struct notice *m, struct error *e)
{
	(void)context;
	(void)m;
	return error_set(e, STATUS_INPUT, "damaged");
}

START_TEST(killed_between_the_event_and_its_notices)
{
	struct notice_event other = event;
	struct error e;
	size_t changed;

	other.event = "r4";
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	ck_assert_int_eq(notices_prepare(n, &event, NULL), 0);
	ck_assert_int_eq(notices_prepare(n, &other, NULL), 0);
	notices_unlock(n);
	reopen();
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	ck_assert_int_eq(notices_settle(n, unknown, NULL, 1767225700, "cron", &changed, &e), STATUS_INPUT);
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.FRA"), NOTICE_PREPARED);
	ck_assert_int_eq(notices_settle(n, happened, (void *)(intptr_t)"r3", 1767225700, "cron", &changed, &e), 0);
	ck_assert_uint_eq(changed, 6);
	ck_assert_int_eq(notices_settle(n, happened, (void *)(intptr_t)"r3", 1767225700, "cron", &changed, &e), 0);
	ck_assert_uint_eq(changed, 0);
	notices_unlock(n);
	reopen();
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.XPO"), NOTICE_QUEUED);
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r4.XPO"), NOTICE_VOID);
	ck_assert_str_eq(notices_find(n, "FRA26-7K2M-9QXC.r3.XPO")->remark, event.remark);
	/* what was void may be tried again */
	tell(4);
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r4.XPO"), NOTICE_QUEUED);
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	other.event = "r5";
	ck_assert_int_eq(notices_prepare(n, &other, NULL), 0);
	ck_assert_int_eq(notices_void(n, &other, NULL), 0);
	notices_unlock(n);
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r5.FRA"), NOTICE_VOID);
}
END_TEST

START_TEST(moves)
{
	static const struct { const char *to; enum notice_state move; int status; } table[] = {
		{ "FRA", NOTICE_ACKNOWLEDGED, 0 }, { "FRA", NOTICE_ACKNOWLEDGED, STATUS_REFUSED },
		{ "FRA", NOTICE_SENT, STATUS_USAGE }, { "FRA", NOTICE_CONFIRMED, 0 },
		{ "FRA", NOTICE_REJECTED, STATUS_REFUSED }, { "FRA", NOTICE_ACKNOWLEDGED, STATUS_REFUSED },
		{ "DEU", NOTICE_CONFIRMED, STATUS_REFUSED }, { "DEU", NOTICE_REJECTED, STATUS_REFUSED },
		{ "DEU", NOTICE_ACKNOWLEDGED, 0 }, { "ITA", NOTICE_ACKNOWLEDGED, STATUS_NO },
	};
	struct error e;
	char id[64];

	tell(3);
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		snprintf(id, sizeof id, "FRA26-7K2M-9QXC.r3.%s", table[i].to);
		ck_assert_msg(notices_move(n, id, table[i].move, 1767225700, "marie", "seen", &e) == table[i].status,
			      "%zu: %s", i, e.text);
	}
	notices_unlock(n);
	reopen();
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.FRA"), NOTICE_CONFIRMED);
	ck_assert_str_eq(notices_find(n, "FRA26-7K2M-9QXC.r3.FRA")->by, "marie");
	ck_assert_str_eq(notices_find(n, "FRA26-7K2M-9QXC.r3.FRA")->remark, "seen");
	/* one that is only prepared is not there yet */
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	event.event = "r9";
	ck_assert_int_eq(notices_prepare(n, &event, NULL), 0);
	event.event = "r3";
	ck_assert_int_eq(notices_move(n, "FRA26-7K2M-9QXC.r9.FRA", NOTICE_ACKNOWLEDGED, 0, "x", "", &e), STATUS_NO);
	notices_unlock(n);
}
END_TEST

START_TEST(messages_sent)
{
	struct notice_sent sent;
	struct error e;
	char *mbox;

	tell(3);
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	ck_assert_int_eq(notices_move(n, "FRA26-7K2M-9QXC.r3.DEU", NOTICE_ACKNOWLEDGED, 1, "karl", "", &e), 0);
	notices_unlock(n);
	ck_assert_msg(send_with(mailer(KEEP), &sent, &e) == 0, "%s", e.text);
	ck_assert_uint_eq(sent.sent, 2);   /* DEU knows */
	ck_assert_uint_eq(sent.failed, 0);
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.FRA"), NOTICE_SENT);
	ck_assert_str_eq(notices_find(n, "FRA26-7K2M-9QXC.r3.FRA")->remark, "to ncb.fr@example.org");
	mbox = scratch_read("mbox", NULL);
	ck_assert_int_eq(count(mbox, "\n=====\n"), 2);
	ck_assert_int_eq(count(mbox, "Message-ID: <FRA26-7K2M-9QXC.r3.XPO@ncb.example>\n"), 1);
	ck_assert_int_eq(count(mbox, "Date: Thu, 1 Jan 2026 00:00:00 +0000\n"), 2);
	ck_assert_int_eq(count(mbox, "From: iarms@ncb.example\n"), 2);
	ck_assert_int_eq(count(mbox, "To: ipsg@example.org\n"), 1);
	ck_assert_int_eq(count(mbox, "found in K=C3=B6ln, boot of a car"), 2);
	free(mbox);
	ck_assert_int_eq(send_with(mailer(KEEP), &sent, &e), 0);
	ck_assert_uint_eq(sent.sent + sent.failed, 0);
}
END_TEST

START_TEST(failures_lose_nothing)
{
	struct notice_sent sent;
	struct error e;

	tell(3);
	scratch_write(NOTICE_ADDRESSES, "country,address\nFRA,a@b\nXPO,c@d\n", 32);
	ck_assert_int_eq(send_with(mailer("cat > /dev/null; exit 75"), &sent, &e), STATUS_SYSTEM);
	ck_assert_uint_eq(sent.failed, 3);
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.FRA"), NOTICE_QUEUED);
	/* no address for DEU; the others go */
	ck_assert_int_eq(send_with(mailer(KEEP), &sent, &e), STATUS_INPUT);
	ck_assert_uint_eq(sent.sent, 2);
	ck_assert_uint_eq(sent.failed, 1);
	reopen();
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.DEU"), NOTICE_QUEUED);
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.XPO"), NOTICE_SENT);
	scratch_write(NOTICE_ADDRESSES, ADDRESSES, strlen(ADDRESSES));
	ck_assert_int_eq(send_with(mailer(KEEP), &sent, &e), 0);
	ck_assert_uint_eq(sent.sent, 1);
	/* a list of addresses that is damaged stops the sending, not the telling */
	static const char *const bad[] = { "country\n", "country,address\nFRA,a b\n", "country,address\nFRANCE,a@b\n",
		"country,address\nFRA,\"a@b\n", "country,address\nFRA,a@b,c\n" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		scratch_write(NOTICE_ADDRESSES, bad[i], strlen(bad[i]));
		tell(10 + (int)i);
		ck_assert_int_eq(send_with(mailer(KEEP), &sent, &e), STATUS_INPUT);
		ck_assert_uint_eq(sent.sent, 0);
	}
}
END_TEST

/* Killed after the mail system has taken it: it comes again, the same to the byte. */
START_TEST(killed_behind_the_hand_over)
{
	struct notice_sent sent;
	struct error e;
	char *mbox, *second;
	pid_t child;

	adopt();
	tell(3);
	mailer("{ cat; echo =====; } >> mbox; kill -KILL $PPID");
	for (int i = 0; i < 2; i++) {
		child = child_fork();
		if (child == 0)
			_exit(send_with(scratch_path("mailer"), &sent, &e));
		child_killed(child, "sender %d", i);
	}
	mbox = scratch_read("mbox", NULL);
	ck_assert_int_eq(count(mbox, "\n=====\n"), 2);
	second = strstr(mbox, "\n=====\n") + 7;
	ck_assert_uint_eq(strlen(second), (size_t)(second - mbox));
	ck_assert_int_eq(memcmp(mbox, second, strlen(second)), 0);
	free(mbox);
	ck_assert_int_eq(send_with(mailer(KEEP), &sent, &e), 0);
	ck_assert_uint_eq(sent.sent, 3);
	/* killed before the command has read: it still reads the whole */
	tell(4);
	mailer("kill -KILL $PPID; sleep 0.2; cat > whole");
	child = child_fork();
	if (child == 0)
		_exit(send_with(scratch_path("mailer"), &sent, &e));
	child_killed(child, "the sender whose command has not read");
	wait_for_all();
	mbox = scratch_read("whole", NULL);
	ck_assert_ptr_nonnull(strstr(mbox, "answer in the system, not by mail.\n"));
	free(mbox);
}
END_TEST

/* Killed at any moment, many times: in the end each was sent, and copies are copies. */
START_TEST(killed_at_any_moment)
{
	struct notice_sent sent;
	struct error e;
	char *mbox, id[80];

	adopt();
	for (int i = 1; i <= 12; i++)
		tell(i);
	mailer("cat > one.$$; { cat one.$$; echo =====; } > two.$$; cat two.$$ >> mbox; rm one.$$ two.$$");
	for (int i = 0; i < 40; i++) {
		pid_t child = child_fork();

		if (child == 0)
			_exit(send_with(scratch_path("mailer"), &sent, &e));
		usleep((useconds_t)(i * 331 % 97) * 200);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	wait_for_all();   /* also for commands that outlive who started them */
	reopen();
	ck_assert_msg(send_with(scratch_path("mailer"), &sent, &e) == 0, "%s", e.text);
	mbox = scratch_read("mbox", NULL);
	for (int i = 1; i <= 12; i++)
		for (int k = 0; k < 3; k++) {
			snprintf(id, sizeof id, "\nMessage-ID: <FRA26-7K2M-9QXC.r%d.%s@ncb.example>\n", i, parties[k]);
			ck_assert_msg(count(mbox, id) >= 1, "%s", id);
			snprintf(id, sizeof id, "FRA26-7K2M-9QXC.r%d.%s", i, parties[k]);
			ck_assert_int_eq(state(id), NOTICE_SENT);
		}
	ck_assert_int_eq(count(mbox, "\nMessage-ID: "), count(mbox, "answer in the system, not by mail.\n=====\n"));
	free(mbox);
}
END_TEST

START_TEST(one_sender_at_a_time)
{
	struct notice_sent sent;
	struct error e;
	pid_t child;

	tell(3);
	mailer("cat > /dev/null; echo x > began; while [ ! -e go ]; do sleep 0.05; done");
	child = child_fork();
	if (child == 0)
		_exit(send_with(scratch_path("mailer"), &sent, &e));
	while (access(scratch_path("began"), F_OK))
		usleep(20000);
	ck_assert_int_eq(send_with(scratch_path("mailer"), &sent, &e), STATUS_NO);
	/* and nobody is held up meanwhile */
	tell(4);
	scratch_write("go", "", 0);
	child_left(child, 0, "the first sender");
}
END_TEST

/* The mark cannot be written: said, and it is sent again later. */
START_TEST(a_full_disk)
{
	struct notice_sent sent;
	struct error e;
	struct stat st;
	pid_t child;

	tell(3);
	mailer(KEEP);
	ck_assert_int_eq(stat(scratch_path(NOTICE_FILE), &st), 0);
	child = child_fork();
	if (child == 0) {
		struct rlimit limit = { (rlim_t)st.st_size + 10, (rlim_t)st.st_size + 10 };

		signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &limit))
			_exit(99);
		_exit(send_with(scratch_path("mailer"), &sent, &e));
	}
	child_left(child, STATUS_SYSTEM, "the sender without room");
	reopen();
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.FRA"), NOTICE_QUEUED);
	ck_assert_int_eq(send_with(scratch_path("mailer"), &sent, &e), 0);
	ck_assert_uint_eq(sent.sent, 3);
}
END_TEST

START_TEST(damaged_and_doubled_logs)
{
	struct notice_sent sent;
	struct error e;
	size_t size, damaged;
	char *text, *twice;

	tell(3);
	ck_assert_int_eq(send_with(mailer(KEEP), &sent, &e), 0);
	text = scratch_read(NOTICE_FILE, &size);
	/* a log behind itself, as two copies put together */
	twice = malloc(2 * size);
	memcpy(twice, text, size);
	memcpy(twice + size, text, size);
	scratch_write(NOTICE_FILE, twice, 2 * size);
	reopen();
	ck_assert_uint_eq(notices_count(n), 3);
	ck_assert_int_eq(state("FRA26-7K2M-9QXC.r3.FRA"), NOTICE_SENT);
	free(twice);
	/* one line edited */
	*strstr(text, ",queued,") = ';';
	scratch_write(NOTICE_FILE, text, size);
	notices_close(n);
	ck_assert_int_eq(notices_open(&n, &folder, &damaged, NULL), 0);
	ck_assert_uint_eq(damaged, 1);
	free(text);
}
END_TEST

START_TEST(many)
{
	ck_assert_int_eq(notices_lock(n, NULL), 0);
	for (int i = 0; i < 1000; i++) {
		char name[16];

		snprintf(name, sizeof name, "r%d", i);
		event.event = name;
		ck_assert_int_eq(notices_prepare(n, &event, NULL), 0);
	}
	event.event = "r3";
	notices_unlock(n);
	reopen();
	ck_assert_uint_eq(notices_count(n), 3000);
	for (int i = 0; i < 3000; i++)
		ck_assert_ptr_eq(notices_find(n, notices_at(n, (size_t)i)->id), notices_at(n, (size_t)i));
}
END_TEST

/* Three events told together, in two pieces; what becomes of them is one line. */
static void tell_many(uint64_t batch, const char *name, enum notice_state to)
{
	static const char *const who[] = { "DEU" };
	struct notice_lines lines;
	struct buf text[2] = { { 0 } };
	struct notices *blind;

	ck_assert_int_eq(notices_open_blind(&blind, &folder, NULL), 0);
	notices_begin(blind, event.made, "karl", batch, &lines);
	for (int i = 0; i < 3; i++) {
		char number[8];
		struct notice_event e = event;

		snprintf(number, sizeof number, "%.3s%d", name, i % 10);
		e.event = number;
		e.to = who;
		e.count = 1;
		e.remark = "";
		ck_assert_int_eq(notices_put(blind, &lines, &e, &text[i / 2], NULL), 0);
	}
	ck_assert_int_eq(notices_lock(blind, NULL), 0);
	ck_assert_int_eq(notices_tell(blind, &lines, text, 2, NOTICE_PREPARED, NULL), 0);
	if (to != NOTICE_PREPARED)
		ck_assert_int_eq(notices_tell(blind, &lines, text, 2, to, NULL), 0);
	notices_unlock(blind);
	notices_close(blind);
	buf_free(&text[0]);
	buf_free(&text[1]);
}

START_TEST(many_told_together)
{
	char *log;

	tell_many(7, "a", NOTICE_QUEUED);
	tell_many(8, "b", NOTICE_PREPARED);   /* killed before it was decided */
	tell_many(9, "c", NOTICE_VOID);
	tell_many(0, "d", NOTICE_QUEUED);
	reopen();
	ck_assert_uint_eq(notices_count(n), 12);
	for (size_t i = 0; i < 12; i++) {
		static const enum notice_state are[] = { NOTICE_QUEUED, NOTICE_PREPARED, NOTICE_VOID, NOTICE_QUEUED };
		const struct notice *m = notices_at(n, i);

		ck_assert_int_eq(m->state, are[i / 3]);
		ck_assert_str_eq(m->remark, i / 3 == 1 ? "batch-0000000000000008" : "");
		ck_assert_str_eq(m->to, "DEU");
		ck_assert_str_eq(m->kind, "located");
		ck_assert_int_eq(strncmp(m->message_id, "<FRA26-7K2M-9QXC.", 17), 0);
	}
	log = scratch_read(NOTICE_FILE, NULL);
	ck_assert_int_eq(count(log, "\nbatch-"), 2);
	ck_assert_int_eq(count(log, "\n"), 1 + 12 + 2 + 3);
	free(log);
}
END_TEST

/* The lines of a log whose first notice of a batch is gone, and a change of none. */
START_TEST(a_batch_with_a_hole)
{
	char *log, *line, *rest;
	size_t damaged;

	tell_many(7, "a", NOTICE_QUEUED);
	tell_many(0, "d", NOTICE_QUEUED);
	log = scratch_read(NOTICE_FILE, NULL);
	line = strstr(log, "\nFRA26-7K2M-9QXC.a0") + 1;
	rest = strchr(line, '\n') + 1;
	memmove(line, rest, strlen(rest) + 1);
	line = strstr(log, "\nFRA26-7K2M-9QXC.d1") + 1;
	rest = strchr(line, '\n') + 1;
	memmove(line, rest, strlen(rest) + 1);
	scratch_write(NOTICE_FILE, log, strlen(log));
	free(log);
	notices_close(n);
	ck_assert_int_eq(notices_open(&n, &folder, &damaged, NULL), 0);
	ck_assert_uint_eq(damaged, 1);
	ck_assert_uint_eq(notices_count(n), 4);
	for (size_t i = 0; i < 4; i++)
		ck_assert_int_eq(notices_at(n, i)->state, NOTICE_QUEUED);
}
END_TEST

Suite *t_notice(void);
Suite *t_notice(void)
{
	Suite *s = suite_create("notice");
	TCase *c = tcase_create("notice");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, an_event_and_its_notices);
	tcase_add_test(c, events_that_make_no_sense);
	tcase_add_test(c, killed_between_the_event_and_its_notices);
	tcase_add_test(c, moves);
	tcase_add_test(c, messages_sent);
	tcase_add_test(c, failures_lose_nothing);
	tcase_add_test(c, killed_behind_the_hand_over);
	tcase_add_test(c, killed_at_any_moment);
	tcase_add_test(c, one_sender_at_a_time);
	tcase_add_test(c, a_full_disk);
	tcase_add_test(c, damaged_and_doubled_logs);
	tcase_add_test(c, many);
	tcase_add_test(c, many_told_together);
	tcase_add_test(c, a_batch_with_a_hole);
	suite_add_tcase(s, c);
	return s;
}
