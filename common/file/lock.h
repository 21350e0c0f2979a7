/* lock.h - one writer at a time on a file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_LOCK_H
#define FILE_LOCK_H

#include "base/error.h"

enum lock_kind { LOCK_SHARED, LOCK_EXCLUSIVE };

/* Locks an open descriptor with an open-file-description lock (fcntl F_OFD_SETLK): released by
 * lock_drop or when the last descriptor of it is closed, so also when the process is killed.
 * Waits at most `seconds`; STATUS_SYSTEM ("somebody else is writing") when that was not enough. */
int lock_take(int fd, enum lock_kind kind, double seconds, struct error *e);
void lock_drop(int fd);

/* The same for one part of it (0, 1, ...), which is locked apart from the others. */
int lock_take_part(int fd, int part, enum lock_kind kind, double seconds, struct error *e);
void lock_drop_part(int fd, int part);

#endif
