#include "core/bargain/solution.h"

#include "base/wide.h"


struct gain {
	uint64_t ours, theirs;
};

enum solution_none solution_range(const struct frontier *frontier, int64_t limit, int64_t their_limit, int *ret_from, int *ret_to)
{
	int from = frontier_first_theirs(frontier, their_limit), to = frontier_last_ours(frontier, limit) + 1;
	*ret_from = from < to ? from : 0;
	*ret_to = from < to ? to : 0;
	if (!frontier->n) return SOLUTION_ALL_FORBIDDEN;
	if (!to) return SOLUTION_BELOW_OURS;
	if (from == frontier->n) return SOLUTION_BELOW_THEIRS;
	return from < to ? SOLUTION_FOUND : SOLUTION_APART;
}

static int order(wide_unsigned a, wide_unsigned b)
{
	return a < b ? -1 : a > b;
}

/* min(g/G, h/H) as a fraction: numerator and what it stands over. */
static struct gain share(struct gain gain, struct gain most)
{
	struct gain ours = {gain.ours, most.ours}, theirs = {gain.theirs, most.theirs};
	if (!most.ours) return most.theirs ? theirs : (struct gain){1, 1};
	if (!most.theirs) return ours;
	return (wide_unsigned)ours.ours * theirs.theirs <= (wide_unsigned)theirs.ours * ours.theirs ? ours : theirs;
}

static uint64_t least(struct gain gain)
{
	return gain.ours < gain.theirs ? gain.ours : gain.theirs;
}

static int compare(enum solution solution, struct gain a, struct gain b, struct gain most)
{
	switch (solution) {
	case SOLUTION_NASH: return order((wide_unsigned)a.ours * a.theirs, (wide_unsigned)b.ours * b.theirs);
	case SOLUTION_KALAI: {
		struct gain x = share(a, most), y = share(b, most);
		return order((wide_unsigned)x.ours * y.theirs, (wide_unsigned)y.ours * x.theirs);
	}
	case SOLUTION_EGALITARIAN: return order(least(a), least(b));
	default: return 0; /* the sum, which all fall back on */
	}
}

int solution_find(const struct frontier *frontier, enum solution solution, int64_t limit, int64_t their_limit)
{
	int from, to, best;
	if (solution_range(frontier, limit, their_limit, &from, &to) != SOLUTION_FOUND) return -1;
#define GAIN(i) ((struct gain){(uint64_t)frontier->points[i].ours - (uint64_t)limit, (uint64_t)frontier->points[i].theirs - (uint64_t)their_limit})
	struct gain most = {GAIN(from).ours, GAIN(to - 1).theirs};
	best = from;
	for (int i = from + 1; i < to; i++) {
		struct gain a = GAIN(i), b = GAIN(best);
		int better = compare(solution, a, b, most);
		if (!better) better = order((wide_unsigned)a.ours + a.theirs, (wide_unsigned)b.ours + b.theirs); /* equal sums: the earlier has more for us */
		if (better > 0) best = i;
	}
#undef GAIN
	return best;
}
