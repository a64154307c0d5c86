#include "app/bargain_file.h"

#include <string.h>

#include "base/moment.h"
#include "base/parse.h"
#include "core/bargain/ladder.h"
#include "core/bargain/limit.h"
#include "core/bargain/solution.h"
#include "core/bargain/trade.h"

enum { LADDER_MOST = 500, TRADES_MOST = 10, CHANGES_MOST = 10 };

/* ---- Reading ---- */

static const char *text_of(struct arena *arena, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text ? arena_strdup(arena, text) : NULL;
}

static enum err whole_read(const json_t *object, const char *key, const char *where, int64_t *ret, struct error *err)
{
	const json_t *value = json_object_get(object, key);
	if (!json_is_integer(value)) return err_set(err, ERR_SYNTAX, "%.160s: \"%s\" is to be a whole number of minor units", where, key);
	*ret = json_integer_value(value);
	return ERR_NONE;
}

static enum err option_read(struct arena *arena, const json_t *json, const char *where, struct option *ret_option, const char **ret_name, struct error *err)
{
	*ret_name = text_of(arena, json, "name");
	if (!*ret_name) return err_set(err, ERR_SYNTAX, "%.160s: it has no \"name\"", where);
	enum err kind = whole_read(json, "ours", where, &ret_option->ours, err);
	return kind ? kind : whole_read(json, "theirs", where, &ret_option->theirs, err);
}

static enum err variable_read(struct arena *arena, const json_t *json, int at, struct bargain_file *file, struct variable *variable, struct error *err)
{
	const json_t *options = json_object_get(json, "options");
	file->names[at] = text_of(arena, json, "name");
	if (!file->names[at]) return err_set(err, ERR_SYNTAX, "variable %d: it has no \"name\"", at + 1);
	if (!json_array_size(options) || json_array_size(options) > PACKAGE_OPTIONS)
		return err_set(err, ERR_SYNTAX, "variable %d (%.60s): \"options\" is to be a list of 1 to %d", at + 1, file->names[at], PACKAGE_OPTIONS);
	int n = (int)json_array_size(options);
	struct option *values = ARENA_ARRAY(arena, struct option, n);
	file->options[at] = ARENA_ARRAY(arena, const char *, n);
	*variable = (struct variable){values, n, json_is_true(json_object_get(json, "price"))};
	for (int o = 0; o < n; o++) {
		const char *where = arena_printf(arena, "variable %d (%.60s), option %d", at + 1, file->names[at], o + 1);
		enum err kind = option_read(arena, json_array_get(options, (size_t)o), where, &values[o], &file->options[at][o], err);
		if (kind) return kind;
	}
	return ERR_NONE;
}

static int variable_find(const struct bargain_file *file, const char *name)
{
	for (int v = 0; name && v < file->bargain.n; v++)
		if (!strcmp(file->names[v], name)) return v;
	return -1;
}

static int option_find(const struct bargain_file *file, int variable, const char *name)
{
	for (int o = 0; name && o < file->bargain.variables[variable].n; o++)
		if (!strcmp(file->options[variable][o], name)) return o;
	return -1;
}

static enum err forbidden_read(struct arena *arena, const json_t *list, struct bargain_file *file, struct error *err)
{
	size_t n = json_array_size(list);
	struct forbidden *forbidden = ARENA_ARRAY(arena, struct forbidden, n + 1);
	for (size_t i = 0; i < n; i++) {
		for (size_t side = 0; side < 2; side++) {
			const json_t *one = json_array_get(json_array_get(list, i), side);
			int v = variable_find(file, json_string_value(json_array_get(one, 0))), o = v < 0 ? -1 : option_find(file, v, json_string_value(json_array_get(one, 1)));
			if (o < 0) return err_set(err, ERR_SYNTAX, "forbidden pair %zu: [[\"variable\", \"option\"], [\"variable\", \"option\"]] of those above is wanted", i + 1);
			forbidden[i].variable[side] = (uint16_t)v;
			forbidden[i].option[side] = (uint16_t)o;
		}
	}
	file->bargain.forbidden = forbidden;
	file->bargain.n_forbidden = (int)n;
	return ERR_NONE;
}

static enum err package_read(const struct bargain_file *file, const json_t *json, const char *where, struct package *ret_package, struct error *err)
{
	const char *name;
	const json_t *option;
	*ret_package = (struct package){{0}};
	if (!json_is_object(json)) return err_set(err, ERR_SYNTAX, "%.60s: an object {\"variable\": \"option\"} is wanted", where);
	json_object_foreach((json_t *)(uintptr_t)json, name, option) {
		int v = variable_find(file, name), o = v < 0 ? -1 : option_find(file, v, json_string_value(option));
		if (v < 0) return err_set(err, ERR_SYNTAX, "%.60s: there is no variable \"%.60s\"", where, name);
		if (o < 0) return err_set(err, ERR_SYNTAX, "%.60s: \"%.60s\" has no such option", where, name);
		ret_package->choice[v] = (uint16_t)o;
	}
	return ERR_NONE;
}

static enum err sound(const struct bargain_file *file, struct error *err)
{
	int v;
	switch (package_check(&file->bargain, &v)) {
	case PACKAGE_SOUND: return ERR_NONE;
	case PACKAGE_TOO_LARGE: return err_set(err, ERR_SYNTAX, "variable %d (%.60s): the values are so large that their sum does not fit", v + 1, file->names[v]);
	case PACKAGE_BAD_FORBIDDEN: return err_set(err, ERR_SYNTAX, "a forbidden pair is of one variable (%.60s): it is never chosen twice", file->names[v]);
	default: return err_set(err, ERR_SYNTAX, "there are to be 1 to %d variables", PACKAGE_VARIABLES);
	}
}

static enum err root_read(struct arena *arena, const json_t *root, struct bargain_file *file, struct error *err)
{
	const json_t *variables = json_object_get(root, "variables"), *now = json_object_get(root, "now");
	size_t n = json_array_size(variables);
	const char *currency = text_of(arena, root, "currency");
	*file = (struct bargain_file){.currency = currency ? currency : ""};
	if (!n || n > PACKAGE_VARIABLES) return err_set(err, ERR_SYNTAX, "\"variables\" is to be a list of 1 to %d", PACKAGE_VARIABLES);
	struct variable *list = ARENA_ARRAY(arena, struct variable, n);
	file->names = ARENA_ARRAY(arena, const char *, n);
	file->options = ARENA_ARRAY(arena, const char **, n);
	file->bargain = (struct bargain){.variables = list, .n = (int)n};
	enum err kind = ERR_NONE;
	for (size_t v = 0; v < n && !kind; v++) kind = variable_read(arena, json_array_get(variables, v), (int)v, file, &list[v], err);
	if (!kind && json_object_get(root, "limit")) kind = whole_read(root, "limit", "the table", &file->limit, err);
	if (!kind && json_object_get(root, "their_limit")) kind = whole_read(root, "their_limit", "the table", &file->their_limit, err);
	if (!kind) kind = forbidden_read(arena, json_object_get(root, "forbidden"), file, err);
	if (!kind) kind = sound(file, err);
	file->has_now = now && !json_is_null(now);
	return !kind && file->has_now ? package_read(file, now, "now", &file->now, err) : kind;
}

static enum err json_read(const char *bytes, size_t n, const char *name, json_t **ret_root, struct error *err)
{
	json_error_t wrong;
	*ret_root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &wrong);
	return *ret_root ? ERR_NONE : err_set(err, ERR_SYNTAX, "%.80s, line %d: %.120s", name, wrong.line, wrong.text);
}

enum err bargain_file_read(struct arena *arena, const char *bytes, size_t n, const char *name, struct bargain_file *ret_file, struct error *err)
{
	json_t *root;
	struct error own;
	enum err kind = json_read(bytes, n, name, &root, err);
	if (kind) return kind;
	kind = root_read(arena, root, ret_file, &own);
	json_decref(root);
	return kind ? err_set(err, kind, "%.60s: %.180s", name, own.text) : ERR_NONE;
}

enum err bargain_package_read(struct arena *arena, const struct bargain_file *file, const char *bytes, size_t n, const char *name, struct package *ret_package, struct error *err)
{
	json_t *root;
	(void)arena;
	enum err kind = json_read(bytes, n, name, &root, err);
	if (kind) return kind;
	kind = package_read(file, root, name, ret_package, err);
	json_decref(root);
	return kind;
}

bool bargain_option_find(const struct bargain_file *file, const char *text, int *ret_variable, int *ret_option)
{
	for (int v = 0; v < file->bargain.n; v++) {
		size_t n = strlen(file->names[v]);
		if (strncmp(text, file->names[v], n) || text[n] != '=') continue;
		*ret_variable = v;
		*ret_option = option_find(file, v, text + n + 1);
		if (*ret_option >= 0) return true;
	}
	return false;
}

/* ---- Telling ---- */

static json_t *package_json(const struct bargain_file *file, const struct package *package)
{
	json_t *json = json_object();
	for (int v = 0; v < file->bargain.n; v++) json_object_set_new(json, file->names[v], json_string(file->options[v][package->choice[v]]));
	return json;
}

static json_t *point_json(const struct bargain_file *file, const struct frontier *frontier, int point)
{
	struct package package;
	if (frontier_packages(frontier, point, 1, &package) < 1) BUG("a frontier point without a package");
	return json_pack("{sI sI so}", "ours", (json_int_t)frontier->points[point].ours, "theirs", (json_int_t)frontier->points[point].theirs, "package", package_json(file, &package));
}

static json_t *count_json(const char *count)
{
	int64_t n;
	return parse_int(count, &n) && n <= (INT64_C(1) << 53) ? json_integer(n) : json_string(count);
}

static void solutions_put(const struct bargain_file *file, const struct frontier *frontier, json_t *json)
{
	static const char *const names[SOLUTIONS] = {"nash", "kalai", "egalitarian", "sum"};
	static const char *const why[] = {
		[SOLUTION_ALL_FORBIDDEN] = "every package holds a forbidden pair",
		[SOLUTION_BELOW_OURS] = "no package reaches our limit",
		[SOLUTION_BELOW_THEIRS] = "no package reaches their limit",
		[SOLUTION_APART] = "each limit can be reached, both together cannot",
	};
	int from, to;
	enum solution_none none = solution_range(frontier, file->limit, file->their_limit, &from, &to);
	for (int s = 0; s < SOLUTIONS; s++) {
		int at = solution_find(frontier, (enum solution)s, file->limit, file->their_limit);
		json_object_set_new(json, names[s], at < 0 ? json_null() : point_json(file, frontier, at));
	}
	if (none) json_object_set_new(json, "none", json_string(why[none]));
}

static json_t *ladder_json(const struct bargain_file *file)
{
	static struct step steps[LADDER_MOST];
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

static json_t *changes_json(const struct bargain_file *file, const struct change *changes, int n)
{
	json_t *list = json_array();
	for (int i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{ss ss sI sI}", "variable", file->names[changes[i].variable], "option", file->options[changes[i].variable][changes[i].to], "ours",
						      (json_int_t)changes[i].ours, "theirs", (json_int_t)changes[i].theirs));
	return list;
}

/* N9: whether a package may be proposed, by how much it falls short, what lifts it back. */
static json_t *check_json(const struct bargain_file *file, const struct frontier *frontier, const struct package *package)
{
	struct change changes[CHANGES_MOST], together[PACKAGE_VARIABLES];
	struct option value = package_value(&file->bargain, package);
	int64_t shortfall = limit_shortfall(&file->bargain, package, file->limit);
	bool allowed = package_allowed(&file->bargain, package);
	int first = frontier_first_theirs(frontier, value.theirs);
	bool efficient = allowed && first < frontier->n && frontier->points[first].theirs == value.theirs && frontier->points[first].ours == value.ours;
	json_t *json = json_pack("{sI sI sb sb sI}", "ours", (json_int_t)value.ours, "theirs", (json_int_t)value.theirs, "allowed", allowed, "efficient", efficient && !frontier->epsilon, "shortfall",
				 (json_int_t)shortfall);
	if (!shortfall) return json;
	json_object_set_new(json, "changes", changes_json(file, changes, limit_changes(&file->bargain, package, file->limit, CHANGES_MOST, changes)));
	json_object_set_new(json, "together", changes_json(file, together, limit_restore(&file->bargain, package, file->limit, together)));
	return json;
}

enum err bargain_solve(struct arena *arena, const struct bargain_file *file, const struct bargain_wish *wish, json_t **ret_json, struct error *err)
{
	struct frontier frontier;
	char count[PACKAGE_COUNT];
	int64_t begun = moment_steady();
	if (!frontier_make(&file->bargain, FRONTIER_MOST, arena, &frontier) || !package_count(&file->bargain, count))
		return err_set(err, ERR_LIMIT, "forbidden pairs link variables of more than %d combinations together", LINK_MOST);
	double seconds = (double)(moment_steady() - begun) / (double)MOMENT_SECOND;
	json_t *json = json_pack("{so sb si}", "packages", count_json(count), "exact", frontier.epsilon == 0, "frontier_points", frontier.n);
	if (frontier.epsilon) json_object_set_new(json, "epsilon", json_integer(frontier.epsilon));
	if (wish->frontier) {
		json_t *points = json_array();
		for (int i = 0; i < frontier.n; i++) json_array_append_new(points, point_json(file, &frontier, i));
		json_object_set_new(json, "frontier", points);
	}
	solutions_put(file, &frontier, json);
	if (wish->ladder) json_object_set_new(json, "ladder", ladder_json(file));
	if (wish->trade_variable >= 0) json_object_set_new(json, "trade", trade_json(arena, file, wish));
	if (wish->check) json_object_set_new(json, "check", check_json(file, &frontier, wish->check));
	json_object_set_new(json, "seconds", json_real(seconds));
	*ret_json = json;
	return ERR_NONE;
}
