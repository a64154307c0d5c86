#include "app/bargain_solve.h"

#include <string.h>

#include "base/moment.h"
#include "base/parse.h"
#include "core/bargain/ladder.h"
#include "core/bargain/limit.h"
#include "core/bargain/meso.h"
#include "core/bargain/pie.h"
#include "core/bargain/solution.h"
#include "core/bargain/trade.h"

enum { LADDER_MOST = 500, TRADES_MOST = 10, CHANGES_MOST = 10, PIE_MOST = 100, QUESTIONS_POINTS = 2000, VERDICTS_MOST = 500 };

static json_t *package_json(const struct bargain_file *file, const struct package *package)
{
	json_t *json = json_object();
	for (int v = 0; v < file->bargain.n; v++) json_object_set_new(json, file->names[v], json_string(file->options[v][package->choice[v]]));
	return json;
}

static json_t *valued_json(const struct bargain_file *file, struct option value, const struct package *package)
{
	return json_pack("{sI sI so}", "ours", (json_int_t)value.ours, "theirs", (json_int_t)value.theirs, "package", package_json(file, package));
}

static json_t *point_json(const struct bargain_file *file, const struct frontier *frontier, int point)
{
	struct package package;
	if (frontier_packages(frontier, point, 1, &package) < 1) BUG("a frontier point without a package");
	return valued_json(file, frontier->points[point], &package);
}

static json_t *count_json(const char *count)
{
	int64_t n;
	return parse_int(count, &n) && n <= (INT64_C(1) << 53) ? json_integer(n) : json_string(count);
}

static const char *none_words(enum solution_none none)
{
	switch (none) {
	case SOLUTION_ALL_FORBIDDEN: return "every package holds a forbidden pair";
	case SOLUTION_BELOW_OURS: return "no package reaches our limit";
	case SOLUTION_BELOW_THEIRS: return "no package reaches their limit";
	case SOLUTION_APART: return "each limit can be reached, both together cannot";
	case SOLUTION_FOUND: break;
	}
	return NULL;
}

static json_t *ladder_json(struct arena *arena, const struct bargain_file *file)
{
	struct step *steps = ARENA_ARRAY(arena, struct step, LADDER_MOST);
	json_t *list = json_array();
	int n = ladder_steps(&file->bargain, &file->now, LADDER_MOST, steps);
	for (int i = 0; i < n && i < LADDER_MOST; i++)
		json_array_append_new(list, json_pack("{ss ss sI sI sb}", "variable", file->names[steps[i].variable], "option", file->options[steps[i].variable][steps[i].to], "cost",
						      (json_int_t)steps[i].cost, "worth", (json_int_t)steps[i].worth, "price", file->bargain.variables[steps[i].variable].price));
	return list;
}

static json_t *trade_json(struct arena *arena, const struct bargain_file *file, const struct bargain_wish *wish)
{
	struct trade trades[TRADES_MOST];
	json_t *list = json_array();
	int n = trade_for(&file->bargain, &file->now, wish->trade_variable, wish->trade_option, TRADES_MOST, arena, trades);
	for (int i = 0; i < n; i++) {
		json_t *ask = json_object();
		for (int k = 0; k < trades[i].n; k++) json_object_set_new(ask, file->names[trades[i].variable[k]], json_string(file->options[trades[i].variable[k]][trades[i].to[k]]));
		json_array_append_new(list, json_pack("{so sI sI}", "ask", ask, "ours", (json_int_t)trades[i].ours, "theirs", (json_int_t)trades[i].theirs));
	}
	return list;
}

static json_t *offers_json(struct arena *arena, const struct bargain_file *file, const struct frontier *frontier, const struct bargain_wish *wish)
{
	struct meso meso;
	int nash = solution_find(frontier, SOLUTION_NASH, file->limit, file->their_limit);
	int64_t now = package_value(&file->bargain, &file->now).ours;
	int64_t aim = file->has_now && now >= file->limit ? now : nash >= 0 ? frontier->points[nash].ours : file->limit;
	json_t *list = json_array();
	meso_offers(frontier, file->limit, aim, wish->offers, arena, &meso);
	for (int i = 0; i < meso.n; i++) json_array_append_new(list, valued_json(file, meso.values[i], &meso.offers[i]));
	return list;
}

static json_t *changes_json(const struct bargain_file *file, const struct change *changes, int n)
{
	json_t *list = json_array();
	for (int i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{ss ss sI sI}", "variable", file->names[changes[i].variable], "option", file->options[changes[i].variable][changes[i].to], "ours",
						      (json_int_t)changes[i].ours, "theirs", (json_int_t)changes[i].theirs));
	return list;
}

static bool efficient(const struct bargain_file *file, const struct frontier *frontier, const struct package *package, struct option value)
{
	int first = frontier_first_theirs(frontier, value.theirs);
	return !frontier->epsilon && package_allowed(&file->bargain, package) && first < frontier->n && frontier->points[first].theirs == value.theirs && frontier->points[first].ours == value.ours;
}

/* N9: whether a package may be proposed, by how much it falls short, what lifts it back. */
static json_t *check_json(const struct bargain_file *file, const struct frontier *frontier, const struct package *package)
{
	struct change changes[CHANGES_MOST], together[PACKAGE_VARIABLES];
	struct option value = package_value(&file->bargain, package);
	int64_t shortfall = limit_shortfall(&file->bargain, package, file->limit);
	json_t *json = json_pack("{sI sI so sb sb sI}", "ours", (json_int_t)value.ours, "theirs", (json_int_t)value.theirs, "package", package_json(file, package), "allowed",
				 package_allowed(&file->bargain, package), "efficient", efficient(file, frontier, package, value), "shortfall", (json_int_t)shortfall);
	if (!shortfall) return json;
	json_object_set_new(json, "changes", changes_json(file, changes, limit_changes(&file->bargain, package, file->limit, CHANGES_MOST, changes)));
	json_object_set_new(json, "together", changes_json(file, together, limit_restore(&file->bargain, package, file->limit, together)));
	return json;
}

/* ranges of what differs from a point, which frontier packages are efficient whatever the values in them are, and what to ask. */
static json_t *learned_json(const struct bargain_file *file, const struct frontier *frontier, int from, int to)
{
	static const char *const words[] = {[LEARN_NOT] = "not", [LEARN_MAY] = "may", [LEARN_SURELY] = "surely"};
	struct question questions[PACKAGE_VARIABLES];
	json_t *ranges = json_object(), *verdicts = json_array(), *asks = json_array();
	for (int v = 0; v < file->bargain.n; v++) {
		json_t *options = json_object();
		for (int o = 0; o < file->bargain.variables[v].n; o++)
			json_object_set_new(options, file->options[v][o], json_pack("[I, I]", (json_int_t)file->learn.ranges[v][o].low, (json_int_t)file->learn.ranges[v][o].high));
		json_object_set_new(ranges, file->names[v], options);
	}
	for (int i = from; i < to && i < from + VERDICTS_MOST; i++) {
		struct arena *arena = arena_new((size_t)1 << 30);
		struct package package;
		frontier_packages(frontier, i, 1, &package);
		json_t *json = valued_json(file, frontier->points[i], &package);
		json_object_set_new(json, "efficient", json_string(words[learn_efficient(&file->learn, &package, FRONTIER_MOST, arena, NULL)]));
		json_array_append_new(verdicts, json);
		arena_free(arena);
	}
	int n = to - from <= QUESTIONS_POINTS ? learn_questions(&file->learn, frontier, from, to, questions) : 0;
	for (int i = 0; i < n; i++)
		json_array_append_new(asks, json_pack("{ss si sI}", "variable", file->names[questions[i].variable], "settles", questions[i].settles, "doubt", (json_int_t)questions[i].doubt));
	return json_pack("{so so so si}", "ranges", ranges, "packages", verdicts, "ask", asks, "contradicted", file->learn.contradicted);
}

static json_t *pie_json(struct arena *arena, const struct bargain_file *file)
{
	struct slice *slices = ARENA_ARRAY(arena, struct slice, PIE_MOST);
	json_t *list = json_array();
	int n = pie_slices(file->library, file->n_library, PIE_MOST, slices);
	for (int i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{ss ss sI sI}", "variable", file->library_names[slices[i].variable], "option",
						      file->library_options[slices[i].variable][slices[i].option], "ours", (json_int_t)slices[i].ours, "theirs", (json_int_t)slices[i].theirs));
	return list;
}

enum err bargain_solve(struct arena *arena, const struct bargain_file *file, const struct bargain_wish *wish, json_t **ret_json, struct error *err)
{
	static const char *const names[SOLUTIONS] = {"nash", "kalai", "egalitarian", "sum"};
	struct frontier frontier;
	char count[PACKAGE_COUNT];
	int at[SOLUTIONS], from, to;
	int64_t begun = moment_steady();
	if (!frontier_make(&file->bargain, FRONTIER_MOST, arena, &frontier))
		return err_set(err, ERR_LIMIT, "forbidden pairs link variables of more than %d combinations together", LINK_MOST);
	frontier_count(&frontier, count);
	for (int s = 0; s < SOLUTIONS; s++) at[s] = solution_find(&frontier, (enum solution)s, file->limit, file->their_limit);
	double seconds = (double)(moment_steady() - begun) / (double)MOMENT_SECOND;

	enum solution_none none = solution_range(&frontier, file->limit, file->their_limit, &from, &to);
	json_t *json = json_pack("{so si si sb}", "packages", count_json(count), "frontier_points", frontier.n, "both_accept", to - from, "exact", frontier.epsilon == 0);
	if (frontier.epsilon) json_object_set_new(json, "epsilon", json_integer(frontier.epsilon));
	if (wish->frontier || frontier.n <= BARGAIN_POINTS) {
		json_t *points = json_array();
		for (int i = 0; i < frontier.n; i++) json_array_append_new(points, point_json(file, &frontier, i));
		json_object_set_new(json, "frontier", points);
	}
	for (int s = 0; s < SOLUTIONS; s++) json_object_set_new(json, names[s], at[s] < 0 ? json_null() : point_json(file, &frontier, at[s]));
	if (none) json_object_set_new(json, "none", json_string(none_words(none)));
	if (file->has_now) json_object_set_new(json, "now", check_json(file, &frontier, &file->now));
	if (wish->ladder) json_object_set_new(json, "ladder", ladder_json(arena, file));
	if (wish->offers > 0) json_object_set_new(json, "offers", offers_json(arena, file, &frontier, wish));
	if (wish->trade_variable >= 0) json_object_set_new(json, "trade", trade_json(arena, file, wish));
	if (wish->check) json_object_set_new(json, "check", check_json(file, &frontier, wish->check));
	if (file->spread || file->learn.offers) json_object_set_new(json, "learned", learned_json(file, &frontier, from, to));
	if (file->n_library) json_object_set_new(json, "pie", pie_json(arena, file));
	json_object_set_new(json, "seconds", json_real(seconds));
	*ret_json = json;
	return ERR_NONE;
}
