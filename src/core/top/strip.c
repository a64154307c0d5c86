#include "core/top/strip.h"

#include <math.h>

int strip_x(const struct strip *strip, int64_t at)
{
	if (at <= strip->from) return 0;
	if (at >= strip->to) return strip->width;
	return (int)lround((double)(at - strip->from) / (double)(strip->to - strip->from) * strip->width);
}

int strip_y(const struct strip *strip, int position)
{
	if (position <= 1) return 0;
	if (position >= strip->places) return strip->height;
	return (int)lround(log2(position) / log2(strip->places) * strip->height);
}

/* Draws from left to right. Moves within the unit of width that the pen is at are gathered, and drawn when it leaves it. */
struct pen {
	const struct strip *strip;
	struct buf *out;
	bool area, down;
	int begun_x, x, y;              /* where this part of the line began; where the pen is */
	int high, low, last;            /* gathered at x: the least y, the greatest, the latest */
};

static void upright(struct pen *pen, int y)
{
	if (y != pen->y) buf_printf(pen->out, "v%d", y - pen->y);
	pen->y = y;
}

static void level(struct pen *pen, int x)
{
	if (x != pen->x) buf_printf(pen->out, "h%d", x - pen->x);
	pen->x = x;
}

/* From the height at which the pen came to the latest, by the highest and the lowest between. */
static void gathered_draw(struct pen *pen)
{
	if (pen->high < pen->y && pen->high < pen->last) upright(pen, pen->high);
	if (pen->low > pen->y && pen->low > pen->last) upright(pen, pen->low);
	upright(pen, pen->last);
}

static void pen_down(struct pen *pen, int x, int y)
{
	if (pen->area) buf_printf(pen->out, "M%d %dV%d", x, pen->strip->height, y);
	else buf_printf(pen->out, "M%d %d", x, y);
	pen->down = true;
	pen->begun_x = pen->x = x;
	pen->y = pen->high = pen->low = pen->last = y;
}

/* What has no width gets one, so that it is seen. */
static void pen_up(struct pen *pen)
{
	if (!pen->down) return;
	gathered_draw(pen);
	if (pen->x == pen->begun_x) level(pen, pen->x < pen->strip->width ? pen->x + 1 : pen->x - 1);
	if (pen->area) buf_printf(pen->out, "V%dz", pen->strip->height);
	pen->down = false;
}

static void stay_draw(struct pen *pen, int from_x, int to_x, int y)
{
	if (pen->down && from_x > pen->x) pen_up(pen);
	if (!pen->down) pen_down(pen, from_x, y);
	if (y < pen->high) pen->high = y;
	if (y > pen->low) pen->low = y;
	pen->last = y;
	if (to_x <= pen->x) return;
	gathered_draw(pen);
	level(pen, to_x);
	pen->high = pen->low = y;
}

static bool draw(const struct strip *strip, const struct tenure *tenures, size_t n, bool area, struct buf *out)
{
	struct pen pen = {.strip = strip, .out = out, .area = area};
	size_t before = out->used;
	for (size_t i = 0; i < n; i++) {
		const struct tenure *t = &tenures[i];
		if (t->from < strip->to && t->to > strip->from) stay_draw(&pen, strip_x(strip, t->from), strip_x(strip, t->to), strip_y(strip, t->position));
	}
	pen_up(&pen);
	return out->used > before;
}

bool strip_line(const struct strip *strip, const struct tenure *tenures, size_t n, struct buf *out)
{
	return draw(strip, tenures, n, false, out);
}

bool strip_area(const struct strip *strip, const struct tenure *tenures, size_t n, struct buf *out)
{
	return draw(strip, tenures, n, true, out);
}

int strip_levels(int places, int ret[STRIP_LEVELS])
{
	static const int levels[STRIP_LEVELS] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
	int n = 0;
	while (n < STRIP_LEVELS && levels[n] <= places) {
		ret[n] = levels[n];
		n++;
	}
	return n;
}
