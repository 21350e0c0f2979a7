/* terminal_ask.h - asks a terminal whether it shows pictures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_TERMINAL_ASK_H
#define REPORT_TERMINAL_ASK_H

#include "report/terminal.h"

/* Asks the terminal that fd is open on (for writing at least) for its device attributes, which name sixel, and
 * then, unless it has that, by kitty's protocol whether it has that. TERMINAL_PLAIN where fd is no terminal,
 * the process is in the background, somebody has typed ahead (the answer could not be told from it, and nothing
 * of it is lost), get("TERM") is a terminal that would show the question, or no answer came within wait_ms
 * for each question. While it waits nothing is echoed, and signals that end or stop the process are held
 * back; after that the terminal is as it was. To be called before anything else is written to it. */
enum terminal terminal_ask(int fd, int wait_ms, char *(*get)(const char *name));

#endif
