/* fuzz_rights.c - any bytes as a rights file; what is understood is written and understood again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <string.h>

#include "guard/rights.h"

#define HEADER "at,officer,country,agency,kind,role,agreement,approved_by,from,to\n"

static void round_trip(const struct grant *g)
{
	struct buf text = { 0 };
	struct grant back;
	struct rights r;

	if (rights_check(g, NULL) || buf_text(&text, HEADER, NULL) || rights_line(&text, g, NULL) ||
	    buf_byte(&text, '\n', NULL))
		abort();
	if (rights_parse(&r, text.data, text.size, NULL) || r.count != 1 || r.torn)
		abort();
	back = r.grant[0];
	if (back.at != g->at || strcmp(back.officer, g->officer) || strcmp(back.country, g->country) ||
	    strcmp(back.agency, g->agency) || back.kind != g->kind || back.role != g->role ||
	    strcmp(back.agreement, g->agreement) || strcmp(back.approved_by, g->approved_by) ||
	    memcmp(&back.from, &g->from, sizeof g->from) || memcmp(&back.to, &g->to, sizeof g->to))
		abort();
	rights_free(&r);
	buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error e = { 0 };
	struct rights r;
	struct standing s;
	struct officer o = { 0 };
	size_t line = 0;
	int status = rights_parse(&r, data, size, &e);

	if (status) {
		if (status != STATUS_INPUT || r.grant || !e.text[0])
			abort();
		return 0;
	}
	for (size_t i = 0; i < r.count; i++) {
		if (r.grant[i].line <= line)
			abort();
		line = r.grant[i].line;
		round_trip(&r.grant[i]);
		memcpy(o.name, r.grant[i].officer, sizeof o.name);
		rights_standing(&r, &o, r.grant[i].at, &s);
		for (int a = 0; a < RIGHTS_ACTIONS; a++)
			/* nobody acts without a role */
			if (!rights_may(&s, (enum rights_action)a, NULL, &e) && s.grant.role == ROLE_NONE)
				abort();
		/* nobody grants to himself */
		if (!rights_may_grant(&s, &r, &r.grant[i], &e))
			abort();
	}
	rights_free(&r);
	return 0;
}
