/* looks.h - how far each officer has read the log of trace requests */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_LOOKS_H
#define TRACE_LOOKS_H

#include "trace/traces.h"

#define LOOKS_FILE "looks.csv"

struct looks;
int looks_open(struct looks **l, struct traces *t, struct error *e);
void looks_close(struct looks *l);

/* Revisions that others have made since the acting officer's last look, or from a time on (seconds since
 * 1970; since 0: the last look), in the order of the log, masked and valid during the call. Those that he made
 * himself are left out, for who works alone those of the country for which he acts. */
typedef int looks_take(void *context, const struct request *q, struct error *e);
int looks_run(struct looks *l, int64_t since, looks_take *take, void *context, size_t *damaged, struct error *e);

/* After what was found is printed: this was a look. A process that is killed before shows it again. A log of many
 * looks is written anew with the last one of each officer. */
int looks_remember(struct looks *l, struct error *e);

#endif
