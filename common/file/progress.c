/* progress.c - a line that says how far a long run has come */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/progress.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"

#define EVERY_S 0.25

void progress_start(struct progress *p, FILE *out, enum progress_mode mode, const char *what,
		    int64_t total)
{
	memset(p, 0, sizeof *p);
	if (mode == PROGRESS_NEVER || (mode == PROGRESS_AUTO && !isatty(fileno(out))))
		return;
	p->out = out;
	p->what = what;
	p->total = total;
	p->stay = mode == PROGRESS_ALWAYS;
	p->started = clock_elapsed();
	p->shown = p->started + 1 - EVERY_S;
}

static void show(struct progress *p, double now)
{
	double past = now - p->started, rate = past > 0 ? (double)p->done / past : 0;
	char text[160];
	int n;

	if (p->total > 0 && rate > 0)
		n = snprintf(text, sizeof text, "%lld of %lld %s, %.0f/s, %.0f s left",
			     (long long)p->done, (long long)p->total, p->what, rate,
			     (double)(p->total - p->done) / rate);
	else
		n = snprintf(text, sizeof text, "%lld %s, %.0f/s", (long long)p->done, p->what, rate);
	if (n >= (int)sizeof text)
		n = (int)sizeof text - 1;
	fprintf(p->out, "\r%s%*s", text, p->width > n ? p->width - n : 0, "");
	fflush(p->out);
	p->width = n;
	p->shown = now;
}

void progress_step(struct progress *p, int64_t more)
{
	double now;

	if (!p->out)
		return;
	p->done += more;
	now = clock_elapsed();
	if (now - p->shown >= EVERY_S)
		show(p, now);
}

void progress_end(struct progress *p)
{
	if (!p->out)
		return;
	if (p->stay) {
		show(p, clock_elapsed());
		fputc('\n', p->out);
	} else if (p->width) {
		fprintf(p->out, "\r%*s\r", p->width, "");
	}
	fflush(p->out);
	p->out = NULL;
}
