/* t_move.c - tests of trace/move: every state, every move, every party */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/form.h"
#include "trace/move.h"

/* Written from the man page, not from the table: party, move, states it starts from, state it leads to ("=":
 * the one that it starts from). What is not here must not be possible. */
static const struct {
	unsigned party;
	const char *move, *from, *to;
} rules[] = {
	{ 1, "draft", "draft", "draft" },
	{ 1, "submit", "draft", "submitted" },
	{ 1, "withdraw", "draft submitted acknowledged in-progress information-requested restricted forwarded",
	  "withdrawn" },
	{ 1, "close", "answered refused", "closed" },
	{ 1, "supply", "information-requested", "in-progress" },
	{ 1, "supply", "submitted acknowledged in-progress restricted forwarded", "=" },
	{ 2, "acknowledge", "submitted", "acknowledged" },
	{ 2, "start", "submitted acknowledged restricted", "in-progress" },
	{ 2, "ask", "submitted acknowledged in-progress restricted", "information-requested" },
	{ 2, "answer", "submitted acknowledged in-progress information-requested restricted forwarded", "answered" },
	{ 2, "correct", "answered", "answered" },
	{ 2, "refuse", "submitted acknowledged in-progress information-requested restricted forwarded", "refused" },
	{ 2, "restrict", "submitted acknowledged in-progress information-requested restricted forwarded",
	  "restricted" },
	{ 2, "forward", "submitted acknowledged in-progress information-requested restricted forwarded", "forwarded" },
	{ 3, "comment", "submitted acknowledged in-progress information-requested answered closed withdrawn refused "
	  "restricted forwarded", "=" },
};

static bool among(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list; *p; p += strcspn(p, " "), p += *p == ' ')
		if (strcspn(p, " ") == n && !memcmp(p, word, n))
			return true;
	return false;
}

static int wanted(int state, int move, unsigned party)
{
	int found = -1;

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		if (!(rules[i].party & party) || strcmp(rules[i].move, trace_move_name(move)) ||
		    !among(rules[i].from, trace_state_name(state)))
			continue;
		ck_assert_int_eq(found, -1);
		found = rules[i].to[0] == '=' ? state : trace_state_find(rules[i].to);
	}
	return found;
}

START_TEST(every_state_move_and_party)
{
	int legal = 0, all = 0;

	for (int state = 0; state < TRACE_STATE_COUNT; state++)
		for (int move = 0; move < MOVE_COUNT; move++)
			for (unsigned party = 0; party < 8; party++, all++) {
				int next = trace_next((enum trace_state)state, (enum trace_move)move,
						      (enum trace_party)party);

				ck_assert_msg(next == wanted(state, move, party), "%s %s by %u: %d", trace_state_name(state),
					      trace_move_name(move), party, next);
				legal += next >= 0;
			}
	ck_assert_int_eq(all, 12 * 14 * 8);
	ck_assert_int_gt(legal, 100);
}
END_TEST

START_TEST(the_secretariat_and_strangers_move_nothing)
{
	for (int state = 0; state < TRACE_STATE_COUNT; state++)
		for (int move = 0; move < MOVE_COUNT; move++) {
			ck_assert_int_eq(trace_next((enum trace_state)state, (enum trace_move)move, PARTY_SECRETARIAT), -1);
			ck_assert_int_eq(trace_next((enum trace_state)state, (enum trace_move)move, PARTY_NONE), -1);
		}
	ck_assert_int_eq(trace_next((enum trace_state)-1, MOVE_COMMENT, PARTY_SENDER), -1);
	ck_assert_int_eq(trace_next(TRACE_STATE_COUNT, MOVE_COMMENT, PARTY_SENDER), -1);
	ck_assert_int_eq(trace_next(TRACE_DRAFT, MOVE_COUNT, PARTY_SENDER), -1);
}
END_TEST

/* Whatever happens, there is a way to an end; and closed, withdrawn are ends. */
START_TEST(every_request_can_end)
{
	for (int state = 0; state < TRACE_STATE_COUNT; state++) {
		bool ends = state == TRACE_CLOSED || state == TRACE_WITHDRAWN || state == TRACE_DELETED;

		for (int move = 0; move < MOVE_COUNT; move++) {
			int next = trace_next((enum trace_state)state, (enum trace_move)move,
					      PARTY_SENDER | PARTY_RECEIVER);

			if (ends)
				ck_assert(next == -1 || next == state);
			ends = ends || next == TRACE_CLOSED || next == TRACE_WITHDRAWN;
		}
		ck_assert_msg(ends, "%s", trace_state_name(state));
	}
}
END_TEST

START_TEST(the_words)
{
	for (int i = 0; i < TRACE_STATE_COUNT; i++) {
		ck_assert_int_eq(trace_state_find(trace_state_name(i)), i);
		ck_assert_int_eq(form_code(TRACE_STATES, trace_state_name(i)), i);
	}
	for (int i = 0; i < MOVE_COUNT; i++) {
		ck_assert_int_eq(trace_move_find(trace_move_name(i)), i);
		ck_assert_int_eq(form_code(TRACE_MOVES, trace_move_name(i)), i);
		ck_assert_uint_ne(trace_movers((enum trace_move)i), 0);
	}
	ck_assert_int_eq(trace_state_find("overdue"), -1);
	ck_assert_int_eq(trace_move_find(""), -1);
	ck_assert_ptr_null(trace_state_name(TRACE_STATE_COUNT));
	ck_assert_ptr_null(trace_move_name(-1));
}
END_TEST

/* Whose turn it is can move it, and who is not waited for cannot be overdue. */
START_TEST(whose_turn)
{
	for (int state = 0; state < TRACE_STATE_COUNT; state++) {
		enum trace_party turn = trace_turn((enum trace_state)state);
		int onward = 0;

		for (int move = 0; move < MOVE_COUNT; move++)
			onward += turn && trace_next((enum trace_state)state, (enum trace_move)move, turn) >= 0 &&
				  trace_next((enum trace_state)state, (enum trace_move)move, turn) != state;
		ck_assert(turn == PARTY_NONE || onward);
	}
	ck_assert_int_eq(trace_turn(TRACE_ASKED), PARTY_SENDER);
	ck_assert_int_eq(trace_turn(TRACE_RESTRICTED), PARTY_RECEIVER);
	ck_assert_int_eq(trace_turn(TRACE_REFUSED), PARTY_NONE);
}
END_TEST

Suite *t_move(void);
Suite *t_move(void)
{
	Suite *s = suite_create("move");
	TCase *c = tcase_create("all");

	tcase_add_test(c, every_state_move_and_party);
	tcase_add_test(c, the_secretariat_and_strangers_move_nothing);
	tcase_add_test(c, every_request_can_end);
	tcase_add_test(c, the_words);
	tcase_add_test(c, whose_turn);
	suite_add_tcase(s, c);
	return s;
}
