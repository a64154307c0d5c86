#include "app/rating_chart.h"

#include "base/buf.h"
#include "base/moment.h"
#include "base/timemark.h"

enum { WIDTH = 1000, ROW = 100, MARKS = 7, CLEAR = 30 }; /* samples keep at least 1/CLEAR of the span from its ends */

struct chart {
	const struct standing *standing;
	enum rating_by by;
	enum rating_key key;
	struct rating_span span;
	const struct rating_figure *figures;
	const char *const *names, *const *addresses;
	int n, n_samples, rows;         /* rows: a place each, and one more where somebody comes from behind them */
	int64_t at[RATING_CHART_SAMPLES];
	uint32_t ranks[RATING_CHART_SAMPLES * RATING_CHART_LINES];
};

static json_t *moment_json(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}

/* Whole hours, days or months of the company's zone, which stay where they are while the present goes on; then the end. */
static void samples_choose(struct chart *c)
{
	struct timemark marks[RATING_CHART_SAMPLES - 1];
	int64_t clear = (c->span.to - c->span.from) / CLEAR;
	int n = timemark_list(c->span.from, c->span.to, RATING_CHART_SAMPLES - 1, marks);
	for (int i = 0; i < n; i++)
		if (marks[i].at - c->span.from >= clear && c->span.to - marks[i].at >= clear) c->at[c->n_samples++] = marks[i].at;
	c->at[c->n_samples++] = c->span.to;
}

static void ranks_load(struct chart *c)
{
	struct rating_span parts[RATING_CHART_SAMPLES];
	uint32_t who[RATING_CHART_LINES];
	for (int i = 0; i < c->n_samples; i++) parts[i] = (struct rating_span){c->span.from, c->at[i]};
	for (int i = 0; i < c->n; i++) who[i] = c->figures[i].who;
	standing_ranks(c->standing, c->by, c->key, parts, (size_t)c->n_samples, who, (size_t)c->n, c->ranks);
	c->rows = c->n;
	for (int i = 0; i < c->n_samples * c->n; i++)
		if (c->ranks[i] > (uint32_t)c->n) c->rows = c->n + 1;
}

static double part_of(const struct chart *c, int64_t at)
{
	return (double)(at - c->at[0]) / (double)(c->span.to - c->at[0]);
}

static int row_of(const struct chart *c, uint32_t rank)
{
	return rank > (uint32_t)c->n ? c->n : (int)rank - 1;
}

/* From place to place in a gentle S. */
static void path_write(const struct chart *c, int line, struct buf *path)
{
	uint32_t was = 0;
	int was_x = 0;
	for (int i = 0; i < c->n_samples; i++) {
		uint32_t rank = c->ranks[i * c->n + line];
		int x = (int)(part_of(c, c->at[i]) * WIDTH + 0.5), y = rank ? row_of(c, rank) * ROW + ROW / 2 : 0;
		bool seen = rank && (rank <= (uint32_t)c->n || (was && was <= (uint32_t)c->n)); /* what goes on behind the rows is not drawn */
		if (seen && was) {
			int was_y = row_of(c, was) * ROW + ROW / 2, middle = (x + was_x) / 2;
			if (was > (uint32_t)c->n) buf_printf(path, "M%d %d", was_x, was_y);
			buf_printf(path, "C%d %d %d %d %d %d", middle, was_y, middle, y, x, y);
		} else if (seen) {
			buf_printf(path, "M%d %d", x, y);
		}
		was = rank;
		was_x = x;
	}
}

static json_t *line_json(const struct chart *c, int line)
{
	struct buf path;
	json_t *dots = json_array(), *ranks = json_array();
	buf_init(&path, 8192);
	path_write(c, line, &path);
	for (int i = 0; i < c->n_samples; i++) {
		uint32_t rank = c->ranks[i * c->n + line];
		json_array_append_new(ranks, rank ? json_integer(rank) : json_null());
		if (rank && rank <= (uint32_t)c->n)
			json_array_append_new(dots, json_pack("{sf sf}", "x", part_of(c, c->at[i]) * 100, "y", (row_of(c, rank) + 0.5) * 100 / c->rows));
	}
	json_t *json = json_pack("{si sI ss ss ss so so}", "number", line + 1, "id", (json_int_t)standing_journal(c->standing, c->by, c->figures[line].who), "name", c->names[line], "address",
				 c->addresses[line], "path", path.bytes ? path.bytes : "", "dots", dots, "ranks", ranks);
	buf_done(&path);
	return json;
}

/* Who begins at which place: the names at the left. */
static json_t *starts_json(const struct chart *c)
{
	json_t *starts = json_array();
	for (uint32_t place = 1; place <= (uint32_t)c->n; place++) {
		json_t *start = json_null();
		for (int line = 0; line < c->n; line++)
			if (c->ranks[line] == place) start = json_pack("{si ss}", "number", line + 1, "name", c->names[line]);
		json_array_append_new(starts, start);
	}
	return starts;
}

static json_t *marks_json(const struct chart *c)
{
	struct timemark marks[MARKS];
	json_t *list = json_array();
	int n = timemark_list(c->at[0], c->span.to, MARKS, marks);
	for (int i = 0; i < n; i++) {
		double x = part_of(c, marks[i].at) * 100;
		json_array_append_new(list, json_pack("{so ss sf sb sb si}", "at", moment_json(marks[i].at), "unit", timemark_unit_names[marks[i].unit], "x", x, "start", x < 4, "end", x > 94, "year",
						      moment_local(marks[i].at).year));
	}
	return list;
}

json_t *rating_chart(const struct standing *standing, enum rating_by by, enum rating_key key, const struct rating_spans *spans, const struct rating_figure *figures,
		     const char *const *names, const char *const *addresses, size_t n)
{
	struct chart c = {.standing = standing, .by = by, .key = key, .span = spans->now, .figures = figures, .names = names, .addresses = addresses};
	c.n = (int)(n < RATING_CHART_LINES ? n : RATING_CHART_LINES);
	if (c.n < 2 || c.span.to - c.span.from < MOMENT_HOUR) return NULL;
	samples_choose(&c);
	if (c.n_samples < 2) return NULL;
	ranks_load(&c);
	json_t *lines = json_array(), *samples = json_array();
	for (int i = 0; i < c.n; i++) json_array_append_new(lines, line_json(&c, i));
	for (int i = 0; i < c.n_samples; i++) json_array_append_new(samples, json_pack("{so sf}", "at", moment_json(c.at[i]), "x", part_of(&c, c.at[i]) * 100));
	return json_pack("{so so so so sb si si si}", "samples", samples, "lines", lines, "starts", starts_json(&c), "marks", marks_json(&c), "behind", c.rows > c.n, "rows", c.rows, "width", WIDTH, "height", c.rows * ROW);
}
