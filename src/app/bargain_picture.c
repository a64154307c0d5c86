#include "app/bargain_picture.h"

#include <math.h>

#include "base/buf.h"
#include "core/bargain/solution.h"

enum { EDGE = 5 }; /* per cent kept free at each side */

/* One direction: which amounts lie between its two ends. */
struct axis {
	double low, high;
	bool turned;                    /* it grows upwards */
};

static void axis_take(struct axis *axis, int64_t minor)
{
	if ((double)minor < axis->low) axis->low = (double)minor;
	if ((double)minor > axis->high) axis->high = (double)minor;
}

static double axis_at(const struct axis *axis, int64_t minor)
{
	double at = EDGE + (100 - 2 * EDGE) * ((double)minor - axis->low) / (axis->high - axis->low);
	return round((axis->turned ? 100 - at : at) * 100) / 100;
}

static bool within(const struct axis *axis, int64_t minor)
{
	return (double)minor >= axis->low && (double)minor <= axis->high;
}

/* Round amounts, about four: 1, 2 or 5 times a power of ten apart. */
static json_t *axis_marks(const struct axis *axis)
{
	json_t *marks = json_array();
	double rough = (axis->high - axis->low) / 4, ten = pow(10, floor(log10(rough))), step = ten * (rough / ten < 1.5 ? 1 : rough / ten < 3.5 ? 2 : rough / ten < 7.5 ? 5 : 10);
	for (double at = ceil(axis->low / step) * step; at <= axis->high; at += step)
		json_array_append_new(marks, json_pack("{sf sI}", "at", axis_at(axis, (int64_t)at), "minor", (json_int_t)at));
	return marks;
}

static json_t *spot(const struct axis *x, const struct axis *y, struct option value)
{
	double at = axis_at(x, value.ours);
	return json_pack("{sf sf sb}", "x", at, "y", axis_at(y, value.theirs), "end", at > 70);
}

static json_t *line_path(const struct axis *x, const struct axis *y, const struct option *points, int from, int n)
{
	struct buf path;
	buf_init(&path, 1 << 16);
	for (int i = from; i < n; i += 1 + (n - from) / 800)
		buf_printf(&path, "%s%.1f %.1f", path.used ? "L" : "M", axis_at(x, points[i].ours) * 10, axis_at(y, points[i].theirs) * 10);
	json_t *json = json_string(path.used ? path.bytes : "");
	buf_done(&path);
	return json;
}

static json_t *dots_json(const struct axis *x, const struct axis *y, const struct option *points, int n)
{
	json_t *dots = json_array();
	double apart = n > PICTURE_DOTS ? 180.0 / PICTURE_DOTS : 0, last_x = -100, last_y = -100; /* the curve is at most 180 long */
	for (int i = 0; i < n; i++) {
		if (!within(x, points[i].ours) || !within(y, points[i].theirs)) continue;
		double at_x = axis_at(x, points[i].ours), at_y = axis_at(y, points[i].theirs);
		if (fabs(at_x - last_x) + fabs(at_y - last_y) < apart && i + 1 < n) continue;
		last_x = at_x;
		last_y = at_y;
		json_array_append_new(dots, json_pack("{sf sf si}", "x", at_x, "y", at_y, "i", i));
	}
	return dots;
}

int bargain_picture_nash(const struct bargain_table *table, const struct frontier *frontier)
{
	const struct bargain_head *head = &table->head;
	if (head->limit == BARGAIN_NONE || head->their_limit == BARGAIN_NONE || !frontier->n) return -1;
	return solution_find(frontier, SOLUTION_NASH, head->limit, head->their_limit);
}

/* What must be seen: where we stand, the limits, what is asked and drafted, and of the frontier what lies no further beyond them than they lie apart. */
static void axes_find(const struct bargain_table *table, const struct frontier *frontier, const struct package *draft, const struct package *asked, struct axis *x, struct axis *y)
{
	const struct bargain_head *head = &table->head;
	struct option now = package_value(&table->bargain, &table->now);
	*x = (struct axis){(double)now.ours, (double)now.ours, false};
	*y = (struct axis){(double)now.theirs, (double)now.theirs, true};
	const struct package *packages[] = {draft, asked};
	for (int i = 0; i < 2; i++) {
		if (!packages[i]) continue;
		struct option value = package_value(&table->bargain, packages[i]);
		axis_take(x, value.ours);
		axis_take(y, value.theirs);
	}
	if (head->limit != BARGAIN_NONE) axis_take(x, head->limit);
	if (head->target != BARGAIN_NONE) axis_take(x, head->target);
	if (head->their_limit != BARGAIN_NONE) axis_take(y, head->their_limit);
	if (frontier->n) axis_take(x, frontier->points[0].ours);
	double room = (x->high - x->low) * (head->limit == BARGAIN_NONE ? 1.5 : 0.35), least = x->low - room;
	for (int i = 0; i < frontier->n; i++) {
		if ((double)frontier->points[i].ours < least) break;
		axis_take(x, frontier->points[i].ours);
		axis_take(y, frontier->points[i].theirs);
	}
	if (head->limit != BARGAIN_NONE && (double)head->limit - x->low < 0.06 * (x->high - x->low)) x->low = (double)head->limit - 0.06 * (x->high - x->low);
	if (x->high - x->low < 100) x->high = x->low + 100;
	if (y->high - y->low < 100) y->high = y->low + 100;
}

static json_t *upright(const struct axis *axis, const char *key, int64_t minor)
{
	return minor == BARGAIN_NONE ? json_null() : json_pack("{sf sI sb}", key, axis_at(axis, minor), "minor", (json_int_t)minor, "end", axis_at(axis, minor) > 70);
}

json_t *bargain_picture(const struct bargain_table *table, const struct frontier *frontier, const struct package *draft, const struct package *asked)
{
	const struct bargain_head *head = &table->head;
	struct axis x, y;
	axes_find(table, frontier, draft, asked, &x, &y);
	int nash = bargain_picture_nash(table, frontier), last = frontier->n;
	while (last > 0 && !within(&x, frontier->points[last - 1].ours)) last--;
	json_t *zone = json_null();
	if (head->limit != BARGAIN_NONE && head->their_limit != BARGAIN_NONE) {
		double left = axis_at(&x, head->limit), bottom = axis_at(&y, head->their_limit);
		zone = json_pack("{sf sf sf sf}", "x", left, "y", 0.0, "width", left < 100 ? 100 - left : 0.0, "height", bottom > 0 ? bottom : 0.0);
	}
	return json_pack("{so so so so so so so so so so so so}", "dots", dots_json(&x, &y, frontier->points, last), "line", line_path(&x, &y, frontier->points, 0, last), "wall",
			 upright(&x, "x", head->limit), "target", upright(&x, "x", head->target), "their", upright(&y, "y", head->their_limit), "now",
			 spot(&x, &y, package_value(&table->bargain, &table->now)), "draft", draft ? spot(&x, &y, package_value(&table->bargain, draft)) : json_null(), "ask",
			 asked ? spot(&x, &y, package_value(&table->bargain, asked)) : json_null(), "nash", nash < 0 ? json_null() : spot(&x, &y, frontier->points[nash]), "zone", zone,
			 "marks_x", axis_marks(&x), "marks_y", axis_marks(&y));
}
