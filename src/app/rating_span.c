#include "app/rating_span.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"

static const struct {
	const char *name;
	int64_t us;
} lengths[] = {{"day", MOMENT_DAY}, {"week", 7 * MOMENT_DAY}, {"month", 30 * MOMENT_DAY}, {"year", 365 * MOMENT_DAY}};

struct rating_spans rating_spans_of(const struct rating_ask *ask, const struct standing *standing, int64_t now)
{
	const char *name = *ask->name ? ask->name : ask->from || ask->to ? "any" : "month";
	int64_t begun = standing_begun(standing) == INT64_MAX ? now : standing_begun(standing), from = begun, to = now;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		if (strcmp(lengths[i].name, name)) continue;
		name = lengths[i].name;
		from = now - lengths[i].us;
	}
	if (!strcmp(name, "any")) {
		name = "any";
		if (ask->from) from = ask->from;
		if (ask->to) to = ask->to;
		if (to > now) to = now;
		if (from > to) {
			int64_t other = from;
			from = to;
			to = other < now ? other : now;
		}
	} else if (!strcmp(name, "all")) {
		name = "all";
	}
	struct rating_spans spans = {.name = name, .now = {from, to}, .has_before = strcmp(name, "all") != 0 && from > begun};
	if (spans.has_before) spans.before = (struct rating_span){from - (to - from), from};
	return spans;
}

json_t *rating_span_json(const struct rating_spans *spans)
{
	char from[32], to[32], query[120];
	moment_iso(spans->now.from, from);
	moment_iso(spans->now.to, to);
	if (strcmp(spans->name, "any")) snprintf(query, sizeof query, "span=%s", spans->name);
	else snprintf(query, sizeof query, "span=any&from=%s&to=%s", from, to);
	return json_pack("{ss ss ss ss sb sb}", "name", spans->name, "from", from, "to", to, "query", query, "all", !strcmp(spans->name, "all"), "any", !strcmp(spans->name, "any"));
}
