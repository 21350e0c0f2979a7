/* move.h - the life of a trace request: its states, the moves between them, and who may make them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_MOVE_H
#define TRACE_MOVE_H

/* In the order of the words. Overdue is none of them: it is told from the date and the state. */
enum trace_state {
	TRACE_DRAFT, TRACE_SUBMITTED, TRACE_ACKNOWLEDGED, TRACE_IN_PROGRESS, TRACE_ASKED, TRACE_ANSWERED,
	TRACE_CLOSED, TRACE_WITHDRAWN, TRACE_REFUSED, TRACE_RESTRICTED, TRACE_FORWARDED,
	TRACE_DELETED,     /* a tombstone: it was kept long enough */
	TRACE_STATE_COUNT
};
#define TRACE_STATES "draft|submitted|acknowledged|in-progress|information-requested|answered|closed|" \
	"withdrawn|refused|restricted|forwarded|deleted"
/* What makes a tombstone; no move of anybody. */
#define TRACE_DELETE "delete"

enum trace_move {
	MOVE_DRAFT,        /* written or changed, not sent */
	MOVE_SUBMIT,
	MOVE_ACKNOWLEDGE, MOVE_START,
	MOVE_ASK,          /* the receiver wants to know more */
	MOVE_SUPPLY,       /* the sender says more */
	MOVE_ANSWER,
	MOVE_CORRECT,      /* another answer */
	MOVE_REFUSE, MOVE_RESTRICT,
	MOVE_FORWARD,      /* as a request of its own, to the next country */
	MOVE_COMMENT, MOVE_WITHDRAW, MOVE_CLOSE,
	MOVE_COUNT
};
#define TRACE_MOVES "draft|submit|acknowledge|start|ask|supply|answer|correct|refuse|restrict|forward|" \
	"comment|withdraw|close"

/* Whoever is neither sees nothing, but for the secretariat, which sees that a request is there. */
enum trace_party { PARTY_NONE = 0, PARTY_SENDER = 1, PARTY_RECEIVER = 2, PARTY_SECRETARIAT = 4 };

/* The state that a request in a state is in after a party has made a move; -1: that is no move of this
 * party, or none from this state. */
int trace_next(enum trace_state from, enum trace_move move, enum trace_party party);
/* Which parties may make a move at all: PARTY_SENDER, PARTY_RECEIVER, or both. */
unsigned trace_movers(enum trace_move move);

/* The words; NULL, and -1 where there is none. */
const char *trace_state_name(int state);
int trace_state_find(const char *word);
const char *trace_move_name(int move);
int trace_move_find(const char *word);

/* Whose turn is it: PARTY_SENDER, PARTY_RECEIVER; PARTY_NONE where nobody has to do anything. */
enum trace_party trace_turn(enum trace_state state);

#endif
