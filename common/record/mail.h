/* mail.h - a message put together (RFC 5322) and handed to the mail system */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_MAIL_H
#define RECORD_MAIL_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

#define MAIL_ADDRESS_MAX 254

struct mail {
	const char *from, *to;    /* plain addresses: name@domain, or the name of a user of the machine */
	const char *subject;      /* UTF-8, any length; control characters become blanks */
	const char *message_id;   /* with its <>: "<FRA26-EPH8-0V40.r3.DEU@ncb.example>" */
	int64_t date;             /* seconds since 1970 */
	const char *text;         /* UTF-8, lines end with \n; what is no UTF-8, and what a terminal would
	                           * obey, is shown as U+FFFD */
};

/* name or name@domain of the usual characters (dot-atom), at most MAIL_ADDRESS_MAX bytes: no names
 * beside the address, no comments, nothing that could begin another header. Else STATUS_INPUT. */
int mail_check_address(const char *address, struct error *e);

/* Adds the message to out, as sendmail -t reads it: lines end with \n, no line of the header is longer
 * than 78 characters where it can be folded and none of the text longer than 76; all is ASCII (RFC 2047
 * in the header, quoted-printable in the text where it needs it). It depends on the struct alone: the
 * same notice gives the same bytes. STATUS_INPUT: an address or the id is none. */
int mail_compose(struct buf *out, const struct mail *m, struct error *e);

#define MAIL_COMMAND "/usr/sbin/sendmail -t -i"

/* The command in IARMS_SENDMAIL, or MAIL_COMMAND; a privileged run knows only the latter. */
const char *mail_command(void);

/* Runs the command (words separated by blanks, no shell) with the message on standard input, gained
 * rights given up, only descriptors 0 to 2 open. Whatever happens to this process, the command reads
 * the whole message or is not started. STATUS_DONE: it has read all and left with status 0
 * within `seconds`, and the message is the mail system's to deliver. Else STATUS_SYSTEM: it may
 * have been taken or not; e holds the command's status and the last line it wrote to standard error.
 * A command that takes too long is ended, with the processes it started. */
int mail_hand_over(const struct buf *message, const char *command, double seconds, struct error *e);

#endif
