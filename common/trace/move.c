/* move.c - the life of a trace request: its states, the moves between them, and who may make them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/move.h"

#include <stddef.h>
#include <string.h>

/* A letter for each state, in their order; turn: who has to act. */
static const struct {
	const char *name;
	char letter;
	enum trace_party turn;
} states[TRACE_STATE_COUNT] = {
	[TRACE_DRAFT] = { "draft", 'd', PARTY_SENDER },
	[TRACE_SUBMITTED] = { "submitted", 's', PARTY_RECEIVER },
	[TRACE_ACKNOWLEDGED] = { "acknowledged", 'k', PARTY_RECEIVER },
	[TRACE_IN_PROGRESS] = { "in-progress", 'p', PARTY_RECEIVER },
	[TRACE_ASKED] = { "information-requested", 'i', PARTY_SENDER },
	[TRACE_ANSWERED] = { "answered", 'a', PARTY_NONE },
	[TRACE_CLOSED] = { "closed", 'c', PARTY_NONE },
	[TRACE_WITHDRAWN] = { "withdrawn", 'w', PARTY_NONE },
	[TRACE_REFUSED] = { "refused", 'r', PARTY_NONE },
	[TRACE_RESTRICTED] = { "restricted", 'x', PARTY_RECEIVER },
	[TRACE_FORWARDED] = { "forwarded", 'f', PARTY_RECEIVER },
	[TRACE_DELETED] = { "deleted", 'z', PARTY_NONE },
};

/* The only truth about moves: under each state the one that the move leads to, '.' for no such move. */
#define SENDER PARTY_SENDER
#define RECEIVER PARTY_RECEIVER
static const struct {
	const char *name;
	unsigned party;
	const char *to;
} moves[MOVE_COUNT] = {
	/*                                          dskpiacwrxfz */
	[MOVE_DRAFT] = { "draft", SENDER,          "d..........." },
	[MOVE_SUBMIT] = { "submit", SENDER,        "s..........." },
	[MOVE_ACKNOWLEDGE] = { "acknowledge", RECEIVER, ".k.........." },
	[MOVE_START] = { "start", RECEIVER,        ".pp......p.." },
	[MOVE_ASK] = { "ask", RECEIVER,            ".iii.....i.." },
	/* what was not asked for may be supplied too */
	[MOVE_SUPPLY] = { "supply", SENDER,        ".skpp....xf." },
	[MOVE_ANSWER] = { "answer", RECEIVER,      ".aaaa....aa." },
	[MOVE_CORRECT] = { "correct", RECEIVER,    ".....a......" },
	[MOVE_REFUSE] = { "refuse", RECEIVER,      ".rrrr....rr." },
	[MOVE_RESTRICT] = { "restrict", RECEIVER,  ".xxxx....xx." },
	/* and on to another country, where the first could not say */
	[MOVE_FORWARD] = { "forward", RECEIVER,    ".ffff....ff." },
	[MOVE_COMMENT] = { "comment", SENDER | RECEIVER, ".skpiacwrxf." },
	[MOVE_WITHDRAW] = { "withdraw", SENDER,    "wwwww....ww." },
	[MOVE_CLOSE] = { "close", SENDER,          ".....c..c..." },
};

int trace_next(enum trace_state from, enum trace_move move, enum trace_party party)
{
	if ((unsigned)from >= TRACE_STATE_COUNT || (unsigned)move >= MOVE_COUNT || !(moves[move].party & party))
		return -1;
	for (int i = 0; i < TRACE_STATE_COUNT; i++)
		if (states[i].letter == moves[move].to[from])
			return i;
	return -1;
}

unsigned trace_movers(enum trace_move move)
{
	return (unsigned)move < MOVE_COUNT ? moves[move].party : 0;
}

const char *trace_state_name(int state)
{
	return (unsigned)state < TRACE_STATE_COUNT ? states[state].name : NULL;
}

int trace_state_find(const char *word)
{
	for (int i = 0; i < TRACE_STATE_COUNT; i++)
		if (!strcmp(states[i].name, word))
			return i;
	return -1;
}

const char *trace_move_name(int move)
{
	return (unsigned)move < MOVE_COUNT ? moves[move].name : NULL;
}

int trace_move_find(const char *word)
{
	for (int i = 0; i < MOVE_COUNT; i++)
		if (!strcmp(moves[i].name, word))
			return i;
	return -1;
}

enum trace_party trace_turn(enum trace_state state)
{
	return (unsigned)state < TRACE_STATE_COUNT ? states[state].turn : PARTY_NONE;
}
