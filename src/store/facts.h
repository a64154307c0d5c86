/* Facts: what the advisor weighs of a deal, brought along by a query that reads many deals at once, so that a page of rows needs no query a row.
 *
 *   "SELECT d.deal_id, " FACTS_COLUMNS " FROM deal d " FACTS_JOIN " WHERE …"     → facts_read(rows, 1, arena, &facts)
 *
 * It expects the deal as d and its client as c. The evidence itself is made of them by app/advise_facts.h; one deal alone is app/advise_deal.h's. */
#ifndef STURGEON_STORE_FACTS_H
#define STURGEON_STORE_FACTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

struct facts {
	bool b2b, missed;
	double wish_sell;
	int64_t held, held_at; /* conversations held, the end of the last of them; held_at 0: none */
	const char *shown;     /* JSON: key → number; "" where no conversation ended */
};

#define FACTS_COLUMNS "c.segment, d.wish_sell, COALESCE(e.held, 0), COALESCE(e.held_at, 0), COALESCE(e.missed, 0), COALESCE(e.shown, '') "
#define FACTS_JOIN                                                                                                                             \
	"LEFT JOIN call_evidence e ON e.team_id = d.team_id AND e.call_id = (SELECT k.call_id FROM call_evidence k WHERE k.team_id = d.team_id " \
	"AND k.deal_id = d.deal_id ORDER BY k.ended_at DESC LIMIT 1) "
enum { FACTS_COUNT = 6 };

/* From the row's columns that begin at `column`. Text lives in the arena. */
void facts_read(struct rows *rows, int column, struct arena *arena, struct facts *ret_facts);

#endif
