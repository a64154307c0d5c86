#include "app/rating_chart.h"

#include <string.h>

#include "base/buf.h"
#include "base/moment.h"

enum { PARTS = 10, STEP_X = 64, STEP_Y = 30, LEFT = 16, TOP = 16, PARTS_MOST = 12 };

/* A week has days, a year months; otherwise ten equal parts. */
static int parts_of(const struct rating_spans *spans, struct rating_span parts[PARTS_MOST])
{
	int n = !strcmp(spans->name, "week") ? 7 : !strcmp(spans->name, "year") ? 12 : !strcmp(spans->name, "day") ? 8 : PARTS;
	int64_t length = spans->now.to - spans->now.from;
	if (length < n * MOMENT_MINUTE) return 0;
	for (int i = 0; i < n; i++) parts[i] = (struct rating_span){spans->now.from + length / n * i, i + 1 < n ? spans->now.from + length / n * (i + 1) : spans->now.to};
	return n;
}

static json_t *moment_json(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}

static int x_of(int part)
{
	return LEFT + part * STEP_X;
}

static int y_of(uint32_t rank)
{
	return TOP + ((int)rank - 1) * STEP_Y;
}

/* From rank to rank in a gentle S; a part without him is a gap. */
static json_t *line_json(const uint32_t *ranks, int parts, size_t stride, size_t who)
{
	struct buf path;
	json_t *dots = json_array(), *list = json_array();
	uint32_t was = 0, last = 0;
	buf_init(&path, 8192);
	for (int i = 0; i < parts; i++) {
		uint32_t rank = ranks[(size_t)i * stride + who];
		if (rank > RATING_CHART_LINES) rank = 0;
		json_array_append_new(list, rank ? json_integer(rank) : json_null());
		if (rank) {
			json_array_append_new(dots, json_pack("{si si}", "x", x_of(i), "y", y_of(rank)));
			if (was) buf_printf(&path, "C%d %d %d %d %d %d", x_of(i) - STEP_X / 2, y_of(was), x_of(i) - STEP_X / 2, y_of(rank), x_of(i), y_of(rank));
			else buf_printf(&path, "M%d %d", x_of(i), y_of(rank));
		}
		was = rank;
		if (rank) last = rank;
	}
	json_t *line = json_pack("{ss so so si sb}", "path", path.bytes ? path.bytes : "", "dots", dots, "ranks", list, "end_y", was ? y_of(was) : 0, "ends", was != 0);
	json_object_set_new(line, "last", last ? json_integer(last) : json_null());
	buf_done(&path);
	return line;
}

json_t *rating_chart(const struct standing *standing, enum rating_by by, const struct rating_spans *spans, const struct rating_figure *figures, const char *const *names, size_t n)
{
	struct rating_span parts[PARTS_MOST];
	uint32_t who[RATING_CHART_LINES], ranks[PARTS_MOST * RATING_CHART_LINES];
	int n_parts = parts_of(spans, parts);
	if (n > RATING_CHART_LINES) n = RATING_CHART_LINES;
	if (n_parts < 2 || n < 2) return NULL;
	for (size_t i = 0; i < n; i++) who[i] = figures[i].who;
	standing_ranks(standing, by, RATING_KEY_POINTS, parts, (size_t)n_parts, who, n, ranks);
	json_t *lines = json_array(), *marks = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *line = line_json(ranks, n_parts, n, i);
		json_object_set_new(line, "number", json_integer((json_int_t)i + 1));
		json_object_set_new(line, "name", json_string(names[i]));
		json_object_set_new(line, "id", json_integer(standing_journal(standing, by, figures[i].who)));
		json_array_append_new(lines, line);
	}
	for (int i = 0; i < n_parts; i++)
		json_array_append_new(marks, json_pack("{so so si sb}", "from", moment_json(parts[i].from), "to", moment_json(parts[i].to), "x", x_of(i), "shown", n_parts <= 8 || i % 2 == 0));
	return json_pack("{so so si si si sb}", "lines", lines, "parts", marks, "width", x_of(n_parts - 1) + 184, "height", y_of(RATING_CHART_LINES) + 40, "end_x", x_of(n_parts - 1), "hours",
			 spans->now.to - spans->now.from <= 2 * MOMENT_DAY);
}
