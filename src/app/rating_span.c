#include "app/rating_span.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"

static const struct {
	const char *name;
	int days;                       /* the last of them the one on which it ends */
} lengths[] = {{"day", 1}, {"week", 7}, {"month", 30}, {"year", 365}};

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

struct rating_spans rating_spans_of(const struct rating_ask *ask, struct standing *standing, int64_t now)
{
	const char *name = *ask->name ? ask->name : ask->from ? "any" : "month";
	int64_t present = standing_until(standing, now), begun = least(standing_begun(standing), present);
	struct rating_spans spans = {.name = "all", .past = ask->to && ask->to < present};
	int64_t to = spans.past ? ask->to : present, from = least(begun, to);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		if (strcmp(lengths[i].name, name)) continue;
		spans.name = lengths[i].name;
		spans.days = lengths[i].days;
		from = spans.days == 1 ? to - MOMENT_DAY : day_start(day_of(to) - spans.days + 1);
	}
	if (!strcmp(name, "any")) {
		spans.name = "any";
		if (ask->from) from = ask->from;
		if (from > to) { /* typed the wrong way round */
			int64_t later = least(from, present);
			from = least(to, later);
			to = later;
		}
	}
	spans.now = (struct rating_span){from, to};
	spans.has_before = strcmp(spans.name, "all") != 0 && from > begun;
	if (spans.has_before) spans.before = (struct rating_span){from - (to - from), from};
	return spans;
}

json_t *rating_span_json(const struct rating_spans *spans)
{
	char from[32], to[32], query[120];
	bool any = !strcmp(spans->name, "any");
	moment_iso(spans->now.from, from);
	moment_iso(spans->now.to, to);
	if (any) snprintf(query, sizeof query, "span=any&from=%s&to=%s", from, to);
	else snprintf(query, sizeof query, "span=%s&to=%s", spans->name, to);
	return json_pack("{ss ss ss ss sb sb sb sb}", "name", spans->name, "from", from, "to", to, "query", query, "any", any, "past", spans->past, "dated", any || spans->past, "compared",
			 spans->has_before);
}

static void step_put(const struct rating_spans *spans, const char *address, int64_t to, const char *key, json_t *model)
{
	char text[32];
	moment_iso(to, text);
	json_object_set_new(model, key, json_sprintf("%sspan=%s&to=%s", address, spans->name, text));
}

void rating_span_steps(const struct rating_spans *spans, const struct standing *standing, const char *address, json_t *model)
{
	if (!spans->days) return;
	if (spans->now.from > standing_begun(standing)) step_put(spans, address, spans->now.from - (spans->days > 1) * MOMENT_SECOND, "step_earlier", model);
	if (spans->past) step_put(spans, address, spans->now.to + spans->days * MOMENT_DAY, "step_later", model);
}
