#include "app/bargain_file.h"

#include <jansson.h>
#include <string.h>

#include "app/json_place.h"
#include "base/keymap.h"
#include "core/bargain/range.h"

#define LIMIT_MOST (INT64_C(1) << 60) /* what a package may come to, too: package.h */
enum { LIBRARY_MOST = 1000, FORBIDDEN_MOST = 2000, EVENTS_MOST = 10000, DEPTH = 12 };

/* One table as it is read. */
struct reading {
	struct arena *arena;
	struct bargain_file *file;
	struct error *err;
	struct json_step path[DEPTH];   /* where it reads; stays there when something is wrong */
	int depth;
};

#define WRONG(...) err_set(r->err, ERR_SYNTAX, __VA_ARGS__)

static void go(struct reading *r, const char *key, size_t index)
{
	r->path[r->depth++] = (struct json_step){key, index};
}

static void back(struct reading *r, enum err kind)
{
	if (!kind) r->depth--;
}

/* An object all of whose keys are among those of `known`, each between bars: "|name|ours|". */
static enum err object_check(struct reading *r, const json_t *json, const char *where, const char *known)
{
	const char *key;
	const json_t *value;
	if (!json_is_object(json)) return WRONG("%.120s: an object is wanted", where);
	json_object_foreach((json_t *)(uintptr_t)json, key, value) {
		if (!strchr(key, '|') && strstr(known, arena_printf(r->arena, "|%s|", key))) continue;
		go(r, key, 0);
		return WRONG("%.100s: there is no such key as \"%.60s\" here", where, key);
	}
	return ERR_NONE;
}

static enum err whole_read(struct reading *r, const json_t *object, const char *key, const char *where, int64_t *ret)
{
	const json_t *value = json_object_get(object, key);
	if (!value) return WRONG("%.140s: \"%s\" is missing", where, key);
	go(r, key, 0);
	if (!json_is_integer(value)) return WRONG("%.140s: \"%s\" is to be a whole number", where, key);
	back(r, ERR_NONE);
	*ret = json_integer_value(value);
	return ERR_NONE;
}

static enum err name_read(struct reading *r, const json_t *object, const char *where, const char **ret_name)
{
	const char *name = json_string_value(json_object_get(object, "name"));
	if (!name || !*name) return WRONG("%.140s: it has no \"name\"", where);
	*ret_name = arena_strdup(r->arena, name);
	return ERR_NONE;
}

static enum err option_read(struct reading *r, const json_t *json, const char *where, const char **ret_name, struct option *ret_option, struct learn_range *ret_range)
{
	bool ranged = json_object_get(json, "low") || json_object_get(json, "high");
	enum err kind = object_check(r, json, where, "|name|ours|theirs|low|high|note|");
	if (!kind) kind = name_read(r, json, where, ret_name);
	if (!kind) kind = whole_read(r, json, "ours", where, &ret_option->ours);
	if (!kind && (!ranged || json_object_get(json, "theirs"))) kind = whole_read(r, json, "theirs", where, &ret_option->theirs);
	if (!kind && ranged) kind = whole_read(r, json, "low", where, &ret_range->low);
	if (!kind && ranged) kind = whole_read(r, json, "high", where, &ret_range->high);
	if (!kind && ranged && ret_range->low > ret_range->high) return WRONG("%.120s: \"low\" is above \"high\"", where);
	if (!kind && ranged && (ret_range->low < -LEARN_VALUE_MOST || ret_range->high > LEARN_VALUE_MOST)) return WRONG("%.120s: the range is too large", where);
	if (!kind && !ranged) *ret_range = (struct learn_range){ret_option->theirs, ret_option->theirs};
	if (!kind && ranged) ret_option->theirs = learn_middle(*ret_range);
	return kind;
}

/* A variable as it is put together; then `options` belong to it. */
struct made {
	const char *name, **option_names;
	struct option *options;
	struct learn_range *ranges;
	int n;
};

static void made_room(struct reading *r, struct made *made, int n)
{
	made->n = n;
	made->options = ARENA_ARRAY(r->arena, struct option, n);
	made->ranges = ARENA_ARRAY(r->arena, struct learn_range, n);
	made->option_names = ARENA_ARRAY(r->arena, const char *, n);
}

static enum err options_read(struct reading *r, const json_t *list, const char *where, struct made *made)
{
	if (!json_is_array(list) || !json_array_size(list) || json_array_size(list) > PACKAGE_OPTIONS)
		return WRONG("%.120s: \"options\" is to be a list of 1 to %d", where, PACKAGE_OPTIONS);
	struct keymap names;
	int64_t before;
	enum err kind = ERR_NONE;
	keymap_init(&names, r->arena);
	made_room(r, made, (int)json_array_size(list));
	go(r, "options", 0);
	for (int o = 0; o < made->n && !kind; o++) {
		go(r, NULL, (size_t)o);
		const char *at = arena_printf(r->arena, "%.100s, option %d", where, o + 1);
		kind = option_read(r, json_array_get(list, (size_t)o), at, &made->option_names[o], &made->options[o], &made->ranges[o]);
		if (!kind && keymap_get(&names, made->option_names[o], &before)) kind = WRONG("%.140s: there is one named \"%.60s\" already", at, made->option_names[o]);
		if (!kind) keymap_put(&names, made->option_names[o], o);
		back(r, kind);
	}
	back(r, kind);
	return kind;
}

static enum err range_read(struct reading *r, const json_t *json, const char *where, struct made *made)
{
	static const char *const flaws[] = {
		[RANGE_SOUND] = "",
		[RANGE_UPSIDE_DOWN] = "\"from\" is above \"to\"",
		[RANGE_NO_STEP] = "\"step\" is to be above 0",
		[RANGE_TOO_MANY] = "its steps make too many options",
		[RANGE_POINTS_NOT_RISING] = "the points are to rise by \"at\"",
		[RANGE_POINTS_TOO_FEW] = "the points are to reach from \"from\" to \"to\"",
	};
	const json_t *list = json_object_get(json, "points");
	struct range range = {0};
	go(r, "range", 0);
	enum err kind = object_check(r, json, where, "|from|to|step|points|");
	if (!kind) kind = whole_read(r, json, "from", where, &range.from);
	if (!kind) kind = whole_read(r, json, "to", where, &range.to);
	if (!kind) kind = whole_read(r, json, "step", where, &range.step);
	if (!kind && (!json_is_array(list) || json_array_size(list) > PACKAGE_OPTIONS)) return WRONG("%.120s: \"points\" is to be a list", where);
	if (kind) return kind;
	struct range_point *points = ARENA_ARRAY(r->arena, struct range_point, json_array_size(list) + 1);
	go(r, "points", 0);
	for (range.n = 0; (size_t)range.n < json_array_size(list) && !kind; range.n++) {
		const char *at = arena_printf(r->arena, "%.100s, point %d", where, range.n + 1);
		const json_t *one = json_array_get(list, (size_t)range.n);
		go(r, NULL, (size_t)range.n);
		kind = object_check(r, one, at, "|at|ours|theirs|");
		if (!kind) kind = whole_read(r, one, "at", at, &points[range.n].at);
		if (!kind) kind = whole_read(r, one, "ours", at, &points[range.n].value.ours);
		if (!kind) kind = whole_read(r, one, "theirs", at, &points[range.n].value.theirs);
		const struct option *value = &points[range.n].value;
		if (!kind && (value->ours > LIMIT_MOST || value->ours < -LIMIT_MOST || value->theirs > LIMIT_MOST || value->theirs < -LIMIT_MOST)) kind = WRONG("%.120s: the value is too large", at);
		back(r, kind);
	}
	if (kind) return kind;
	back(r, kind);
	range.points = points;
	enum range_flaw flaw = range_check(&range);
	if (flaw) return WRONG("%.120s: %s", where, flaws[flaw]);
	back(r, kind);
	made_room(r, made, range_options(&range));
	range_values(&range, made->options);
	for (int o = 0; o < made->n; o++) {
		made->option_names[o] = arena_printf(r->arena, "%lld", (long long)range_number(&range, o));
		made->ranges[o] = (struct learn_range){made->options[o].theirs, made->options[o].theirs};
	}
	return ERR_NONE;
}

static enum err variable_read(struct reading *r, const json_t *json, const char *what, int at, struct made *made, struct variable *ret_variable)
{
	const char *where = arena_printf(r->arena, "%s %d", what, at + 1);
	const json_t *price = json_object_get(json, "price"), *range = json_object_get(json, "range");
	enum err kind = object_check(r, json, where, "|name|price|options|range|note|");
	if (!kind) kind = name_read(r, json, where, &made->name);
	if (kind) return kind;
	where = arena_printf(r->arena, "%s %d (%.60s)", what, at + 1, made->name);
	if (price && !json_is_boolean(price)) return WRONG("%.120s: \"price\" is to be true or false", where);
	if (range && json_object_get(json, "options")) return WRONG("%.120s: either \"options\" or a \"range\"", where);
	kind = range ? range_read(r, range, where, made) : options_read(r, json_object_get(json, "options"), where, made);
	if (!kind) *ret_variable = (struct variable){made->options, made->n, json_is_true(price)};
	return kind;
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

static enum err forbidden_read(struct reading *r, const json_t *list)
{
	size_t n = json_array_size(list);
	if (list && !json_is_array(list)) return WRONG("\"forbidden\" is to be a list of pairs");
	if (n > FORBIDDEN_MOST) return WRONG("there are more than %d forbidden pairs", FORBIDDEN_MOST);
	struct forbidden *forbidden = ARENA_ARRAY(r->arena, struct forbidden, n + 1);
	go(r, "forbidden", 0);
	for (size_t i = 0; i < n; i++) {
		go(r, NULL, i);
		const json_t *pair = json_array_get(list, i);
		if (json_array_size(pair) != 2) return WRONG("forbidden pair %zu: [[\"variable\", \"option\"], [\"variable\", \"option\"]] is wanted", i + 1);
		for (size_t side = 0; side < 2; side++) {
			const json_t *one = json_array_get(pair, side);
			const char *variable = json_string_value(json_array_get(one, 0)), *option = json_string_value(json_array_get(one, 1));
			if (json_array_size(one) != 2 || !variable || !option) return WRONG("forbidden pair %zu: [[\"variable\", \"option\"], [\"variable\", \"option\"]] is wanted", i + 1);
			int v = variable_find(r->file, variable), o = v < 0 ? -1 : option_find(r->file, v, option);
			if (v < 0) return WRONG("forbidden pair %zu: there is no variable \"%.60s\"", i + 1, variable);
			if (o < 0) return WRONG("forbidden pair %zu: \"%.60s\" has no option \"%.60s\"", i + 1, variable, option);
			forbidden[i].variable[side] = (uint16_t)v;
			forbidden[i].option[side] = (uint16_t)o;
		}
		if (forbidden[i].variable[0] == forbidden[i].variable[1])
			return WRONG("forbidden pair %zu: both are of \"%.60s\", of which only one is chosen in any case", i + 1, r->file->names[forbidden[i].variable[0]]);
		back(r, ERR_NONE);
	}
	back(r, ERR_NONE);
	r->file->bargain.forbidden = forbidden;
	r->file->bargain.n_forbidden = (int)n;
	return ERR_NONE;
}

static enum err package_read(struct reading *r, const json_t *json, const char *where, struct package *ret_package)
{
	const char *name;
	const json_t *option;
	*ret_package = (struct package){{0}};
	if (!json_is_object(json)) return WRONG("%.80s: an object {\"variable\": \"option\"} is wanted", where);
	json_object_foreach((json_t *)(uintptr_t)json, name, option) {
		int v = variable_find(r->file, name), o = v < 0 ? -1 : option_find(r->file, v, json_string_value(option));
		go(r, name, 0);
		if (v < 0) return WRONG("%.80s: there is no variable \"%.60s\"", where, name);
		if (!json_is_string(option)) return WRONG("%.80s: of \"%.60s\" the name of an option is wanted", where, name);
		if (o < 0) return WRONG("%.80s: \"%.60s\" has no option \"%.60s\"", where, name, json_string_value(option));
		back(r, ERR_NONE);
		ret_package->choice[v] = (uint16_t)o;
	}
	return ERR_NONE;
}

static enum err event_read(struct reading *r, const json_t *json, const char *where)
{
	const json_t *offered = json_object_get(json, "offered"), *refused = json_object_get(json, "refused"), *stands_json = json_object_get(json, "stands");
	struct package package, stands = r->file->now;
	enum err kind = object_check(r, json, where, "|offered|refused|stands|");
	if (!kind && !offered == !refused) return WRONG("%.80s: either \"offered\" or \"refused\" is wanted", where);
	if (!kind && refused && stands_json) return WRONG("%.80s: \"stands\" goes with \"offered\"", where);
	if (kind) return kind;
	go(r, offered ? "offered" : "refused", 0);
	kind = package_read(r, offered ? offered : refused, where, &package);
	if (kind) return kind;
	back(r, kind);
	if (stands_json) go(r, "stands", 0);
	if (stands_json) kind = package_read(r, stands_json, where, &stands);
	if (stands_json) back(r, kind);
	if (kind) return kind;
	if (offered) learn_offered(&r->file->learn, &stands, &package);
	else learn_refused(&r->file->learn, &package);
	return ERR_NONE;
}

static enum err flawless(struct reading *r)
{
	int v;
	switch (package_check(&r->file->bargain, &v)) {
	case PACKAGE_SOUND: return ERR_NONE;
	case PACKAGE_TOO_LARGE:
		go(r, "variables", 0);
		go(r, NULL, (size_t)v);
		return WRONG("variable %d (%.60s): the values are so large that their sum does not fit", v + 1, r->file->names[v]);
	default: BUG("a table was read that cannot be");
	}
}

/* What they did moves what the options are worth to them; the middles go into the table. */
static enum err events_read(struct reading *r, const json_t *list, struct option **options, struct learn_range **ranges)
{
	struct bargain_file *file = r->file;
	enum err kind = ERR_NONE;
	bool ranged = json_array_size(list) > 0;
	if (list && (!json_is_array(list) || json_array_size(list) > EVENTS_MOST)) return WRONG("\"events\" is to be a list of %d at most", EVENTS_MOST);
	for (int v = 0; v < file->bargain.n; v++)
		for (int o = 0; o < file->bargain.variables[v].n; o++) ranged = ranged || ranges[v][o].low < ranges[v][o].high;
	if (!ranged) return ERR_NONE;
	if (!learn_init(&file->learn, &file->bargain, ranges)) return WRONG("what the options are worth to them is too large to be learnt about");
	go(r, "events", 0);
	for (size_t i = 0; i < json_array_size(list) && !kind; i++) {
		go(r, NULL, i);
		kind = event_read(r, json_array_get(list, i), arena_printf(r->arena, "event %zu", i + 1));
		back(r, kind);
	}
	back(r, kind);
	for (int v = 0; v < file->bargain.n; v++) {
		for (int o = 0; o < file->bargain.variables[v].n; o++) {
			options[v][o].theirs = learn_middle(ranges[v][o]);
			file->spread = file->spread || ranges[v][o].low < ranges[v][o].high;
		}
	}
	return kind ? kind : flawless(r);
}

static enum err variables_read(struct reading *r, const json_t *list, struct option ***ret_options, struct learn_range ***ret_ranges)
{
	struct bargain_file *file = r->file;
	size_t n = json_array_size(list);
	enum err kind = ERR_NONE;
	if (!json_is_array(list) || !n || n > PACKAGE_VARIABLES) return WRONG("\"variables\" is to be a list of 1 to %d", PACKAGE_VARIABLES);
	struct variable *variables = ARENA_ARRAY(r->arena, struct variable, n);
	file->names = ARENA_ARRAY(r->arena, const char *, n);
	file->options = ARENA_ARRAY(r->arena, const char **, n);
	*ret_options = ARENA_ARRAY(r->arena, struct option *, n);
	*ret_ranges = ARENA_ARRAY(r->arena, struct learn_range *, n);
	file->bargain = (struct bargain){.variables = variables};
	go(r, "variables", 0);
	for (int v = 0; v < (int)n && !kind; v++) {
		struct made made = {0};
		go(r, NULL, (size_t)v);
		kind = variable_read(r, json_array_get(list, (size_t)v), "variable", v, &made, &variables[v]);
		if (!kind && variable_find(file, made.name) >= 0) kind = WRONG("variable %d: there is one named \"%.60s\" already", v + 1, made.name);
		file->names[v] = made.name;
		file->options[v] = made.option_names;
		(*ret_options)[v] = made.options;
		(*ret_ranges)[v] = made.ranges;
		file->bargain.n = v + 1;
		back(r, kind);
	}
	back(r, kind);
	return kind ? kind : flawless(r);
}

static enum err library_read(struct reading *r, const json_t *list)
{
	size_t n = json_array_size(list);
	enum err kind = ERR_NONE;
	if (list && (!json_is_array(list) || n > LIBRARY_MOST)) return WRONG("\"library\" is to be a list of %d at most", LIBRARY_MOST);
	r->file->library = ARENA_ARRAY(r->arena, struct variable, n + 1);
	r->file->library_names = ARENA_ARRAY(r->arena, const char *, n + 1);
	r->file->library_options = ARENA_ARRAY(r->arena, const char **, n + 1);
	go(r, "library", 0);
	for (int v = 0; v < (int)n && !kind; v++) {
		struct made made = {0};
		go(r, NULL, (size_t)v);
		kind = variable_read(r, json_array_get(list, (size_t)v), "variable of the library", v, &made, &r->file->library[v]);
		r->file->library_names[v] = made.name;
		r->file->library_options[v] = made.option_names;
		r->file->n_library = v + 1;
		back(r, kind);
	}
	back(r, kind);
	return kind;
}

static enum err limit_read(struct reading *r, const json_t *root, const char *key, int64_t *ret_limit)
{
	if (!json_object_get(root, key)) return ERR_NONE;
	enum err kind = whole_read(r, root, key, "the table", ret_limit);
	if (kind || (*ret_limit <= LIMIT_MOST && *ret_limit >= -LIMIT_MOST)) return kind;
	go(r, key, 0);
	return WRONG("\"%s\" is too large", key);
}

static enum err root_read(struct reading *r, const json_t *root)
{
	struct bargain_file *file = r->file;
	const json_t *now = json_object_get(root, "now"), *currency = json_object_get(root, "currency");
	struct option **options = NULL;
	struct learn_range **ranges = NULL;
	enum err kind = object_check(r, root, "the table", "|currency|limit|their_limit|variables|forbidden|now|events|library|note|name|");
	if (!kind && currency && !json_is_string(currency)) return WRONG("\"currency\" is to be text");
	file->currency = currency ? arena_strdup(r->arena, json_string_value(currency)) : "";
	if (!kind) kind = limit_read(r, root, "limit", &file->limit);
	if (!kind) kind = limit_read(r, root, "their_limit", &file->their_limit);
	if (!kind) kind = variables_read(r, json_object_get(root, "variables"), &options, &ranges);
	if (!kind) kind = forbidden_read(r, json_object_get(root, "forbidden"));
	if (!kind) kind = library_read(r, json_object_get(root, "library"));
	file->has_now = now && !json_is_null(now);
	if (!kind && file->has_now) {
		go(r, "now", 0);
		kind = package_read(r, now, "now", &file->now);
		back(r, kind);
	}
	return kind ? kind : events_read(r, json_object_get(root, "events"), options, ranges);
}

static enum err json_read(const char *bytes, size_t n, const char *name, json_t **ret_root, struct error *err)
{
	json_error_t wrong;
	*ret_root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &wrong);
	return *ret_root ? ERR_NONE : err_set(err, ERR_SYNTAX, "%.80s, line %d: %.120s", name, wrong.line > 0 ? wrong.line : 1, wrong.text);
}

/* What was wrong, with the file's name and the line. */
static enum err placed(const struct reading *r, enum err kind, const char *bytes, size_t n, const char *name, struct error *err)
{
	return kind ? err_set(err, kind, "%.60s, line %d: %.170s", name, json_place_line(bytes, n, r->path, r->depth), r->err->text) : ERR_NONE;
}

enum err bargain_file_read(struct arena *arena, const char *bytes, size_t n, const char *name, struct bargain_file *ret_file, struct error *err)
{
	json_t *root;
	struct error own;
	struct reading r = {.arena = arena, .file = ret_file, .err = &own};
	enum err kind = json_read(bytes, n, name, &root, err);
	if (kind) return kind;
	*ret_file = (struct bargain_file){.limit = 0};
	kind = placed(&r, root_read(&r, root), bytes, n, name, err);
	json_decref(root);
	return kind;
}

enum err bargain_package_read(struct arena *arena, const struct bargain_file *file, const char *bytes, size_t n, const char *name, struct package *ret_package, struct error *err)
{
	json_t *root;
	struct error own;
	struct reading r = {.arena = arena, .file = (struct bargain_file *)(uintptr_t)file, .err = &own}; /* it is not written to */
	enum err kind = json_read(bytes, n, name, &root, err);
	if (kind) return kind;
	kind = placed(&r, package_read(&r, root, "the package", ret_package), bytes, n, name, err);
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
