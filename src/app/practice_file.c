#include "app/practice_file.h"

#include <string.h>

#include "base/err.h"
#include "core/playbook/playbook_word.h"

enum { ITEMS_MAX = 800, VARIABLE_IDS = 1000 };

static const char *const character_words[CHARACTERS] = {"hurried", "talkative", "suspicious", "friendly", "send_me"};
static const char *const strategy_words[HAGGLE_STRATEGIES] = {"boulware", "linear", "conceder", "tit", "tit_absolute", "tit_averaged"};

struct reading {
	struct arena *arena;
	struct practice_file *file;
	struct playbook_item *items;
	struct practice_item *words;
	int n;
};

static const char *word(const json_t *object, const char *field)
{
	const char *text = json_string_value(json_object_get(object, field));
	if (!text || !*text) BUG("practice: no %s", field);
	return text;
}

static json_t *json_of(struct arena *arena, const struct content_file *file)
{
	json_error_t error;
	json_t *json = json_loads(file->json, JSON_REJECT_DUPLICATES, &error);
	if (!json) BUG("practice %s, line %d: %s", file->name, error.line, error.text);
	arena_defer(arena, (void (*)(void *))json_decref, json);
	return json;
}

static const json_t *file_of(struct arena *arena, const struct content_file *files, int n, const char *key)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(files[i].name, key)) return json_of(arena, &files[i]);
	return NULL;
}

static int value_of(enum word_of of, const json_t *json, const char *field)
{
	int value;
	if (!playbook_value(of, word(json, field), &value)) BUG("practice: \"%s\" is no %s", word(json, field), field);
	return value;
}

static struct playbook_item *add(struct reading *reading, enum item_kind kind, const json_t *words)
{
	MUST(reading->n < ITEMS_MAX);
	struct playbook_item *item = &reading->items[reading->n];
	reading->words[reading->n] = (struct practice_item){.key = word(words, "key"), .words = words};
	*item = (struct playbook_item){.id = ++reading->n, .kind = kind, .order = reading->n};
	return item;
}

static uint32_t motives_of(const json_t *json, const char *field)
{
	return (uint32_t)content_motives(json_object_get(json, field));
}

static int64_t item_named(const struct reading *reading, enum item_kind kind, const char *key)
{
	for (int i = 0; i < reading->n; i++)
		if (reading->items[i].kind == kind && !strcmp(reading->words[i].key, key)) return reading->items[i].id;
	BUG("practice %s: the playbook has no \"%s\"", reading->file->key, key);
}

/* What only a negotiation hears or prepares. */
static bool negotiation_only(const json_t *item)
{
	const char *mode = json_string_value(json_object_get(item, "heard"));
	if (!mode) mode = json_string_value(json_object_get(item, "for"));
	return mode && !strcmp(mode, "negotiation");
}

static void spin_read(struct reading *reading, const json_t *questions, int64_t objection)
{
	size_t i;
	json_t *at;
	json_array_foreach(questions, i, at) {
		struct playbook_item *item = add(reading, ITEM_SPIN, at);
		item->objection = objection;
		item->level = (enum question_level)value_of(WORD_LEVEL, at, "level");
	}
}

static void book_read(struct reading *reading, const json_t *book)
{
	size_t i, j;
	json_t *at, *inner;
	json_array_foreach(json_object_get(book, "preparation"), i, at) add(reading, ITEM_PREPARATION, at)->negotiation = negotiation_only(at);
	json_array_foreach(json_object_get(book, "openers"), i, at) add(reading, ITEM_OPENER, at)->opener = (enum opener_kind)value_of(WORD_OPENER, at, "tone");
	json_array_foreach(json_object_get(book, "funnels"), i, at) {
		int motive;
		MUST(playbook_value(WORD_MOTIVE, word(at, "motive"), &motive));
		json_array_foreach(json_object_get(at, "questions"), j, inner) {
			struct playbook_item *item = add(reading, ITEM_QUESTION, inner);
			item->motives = MOTIVE_BIT(motive);
			item->level = (enum question_level)value_of(WORD_LEVEL, inner, "level");
			item->type = (enum question_type)value_of(WORD_QUESTION, inner, "type");
			item->order = (int32_t)(10 * j + i);
		}
	}
	json_array_foreach(json_object_get(json_object_get(book, "product"), "features"), i, at) add(reading, ITEM_POINT, at)->motives = motives_of(at, "motives");
	json_array_foreach(json_object_get(book, "probes"), i, at) add(reading, ITEM_PROBE, at);
	json_array_foreach(json_object_get(book, "objections"), i, at) {
		struct playbook_item *item = add(reading, ITEM_OBJECTION, at);
		int whose = reading->n - 1;
		item->motives = motives_of(at, "mirrors");
		item->compliance = json_object_get(at, "risk") != NULL;
		item->negotiation = negotiation_only(at);
		json_array_foreach(json_object_get(at, "answers"), j, inner) {
			struct playbook_item *answer = add(reading, ITEM_ANSWER, inner);
			answer->objection = reading->items[whose].id;
			answer->motives = motives_of(inner, "motives");
			reading->words[reading->n - 1].objection = &reading->words[whose];
		}
		json_array_foreach(json_object_get(at, "interests"), j, inner) {
			struct playbook_item *interest = add(reading, ITEM_INTEREST, inner);
			interest->objection = reading->items[whose].id;
			interest->compliance = json_object_get(inner, "risk") != NULL;
			interest->motives = motives_of(inner, "motives");
		}
		spin_read(reading, json_object_get(at, "spin"), reading->items[whose].id);
	}
	spin_read(reading, json_object_get(book, "spin"), 0);
	json_array_foreach(json_object_get(book, "terms"), i, at) add(reading, ITEM_TERM, at);
	json_array_foreach(json_object_get(book, "closes"), i, at) add(reading, ITEM_CLOSE, at)->close = (enum close_kind)value_of(WORD_CLOSE, at, "form");
}

static struct scenario_span span_of(const json_t *json, const char *field)
{
	const json_t *span = json_object_get(json, field);
	struct scenario_span ret = {json_integer_value(json_array_get(span, 0)), json_integer_value(json_array_get(span, 1))};
	if (json_array_size(span) != 2 || ret.low > ret.high) BUG("practice: %s is no span", field);
	return ret;
}

static void weights_read(const json_t *json, const char *const *words, int n, int *ret_weights)
{
	int found = 0;
	for (int i = 0; i < n; i++) {
		const json_t *weight = json_object_get(json, words[i]);
		ret_weights[i] = (int)json_integer_value(weight);
		found += weight != NULL;
	}
	MUST(found > 0 && (size_t)found == json_object_size(json));
}

/* ---- The table ---- */

static const struct board *board_read(struct reading *reading, const json_t *table)
{
	struct arena *arena = reading->arena;
	const json_t *variables = json_object_get(table, "variables");
	int n = (int)json_array_size(variables), flaw;
	MUST(n >= 1 && n <= PACKAGE_VARIABLES);
	struct variable *values = ARENA_ARRAY(arena, struct variable, n);
	struct board_variable *ids = ARENA_ARRAY(arena, struct board_variable, n);
	struct bargain *bargain = ARENA_NEW(arena, struct bargain);
	struct board *board = ARENA_NEW(arena, struct board);
	*board = (struct board){.bargain = bargain, .variables = ids, .limit = json_integer_value(json_object_get(table, "limit"))};
	for (int v = 0; v < n; v++) {
		const json_t *variable = json_array_get(variables, (size_t)v), *list = json_object_get(variable, "options");
		int m = (int)json_array_size(list), starts = 0;
		MUST(m >= 2 && m < VARIABLE_IDS);
		struct option *options = ARENA_ARRAY(arena, struct option, m);
		int64_t *option_ids = ARENA_ARRAY(arena, int64_t, m);
		for (int o = 0; o < m; o++) {
			const json_t *option = json_array_get(list, (size_t)o);
			options[o] = (struct option){json_integer_value(json_object_get(option, "ours")), json_integer_value(json_object_get(option, "theirs"))};
			option_ids[o] = VARIABLE_IDS * (v + 1) + o + 1;
			if (!json_is_true(json_object_get(option, "starts"))) continue;
			board->start.choice[v] = (uint16_t)o;
			starts++;
		}
		MUST(starts == 1);
		values[v] = (struct variable){options, m, json_is_true(json_object_get(variable, "price"))};
		ids[v] = (struct board_variable){VARIABLE_IDS * (v + 1), option_ids};
	}
	*bargain = (struct bargain){.variables = values, .n = n};
	MUST(package_check(bargain, &flaw) == PACKAGE_SOUND);
	return board;
}

static void terms_read(struct reading *reading, const struct board *board)
{
	struct playbook_term *terms = ARENA_ARRAY(reading->arena, struct playbook_term, board->bargain->n);
	for (int v = 0; v < board->bargain->n; v++)
		terms[v] = (struct playbook_term){.variable = board->variables[v].id, .stands = board->variables[v].options[board->start.choice[v]]};
	reading->file->book.terms = terms;
	reading->file->book.n_terms = board->bargain->n;
}

static void interests_read(struct reading *reading, const json_t *json)
{
	const json_t *list = json_object_get(json, "interests"), *variables = json_object_get(json_object_get(json, "table"), "variables");
	int n = (int)json_array_size(list);
	struct scenario_interest *interests = ARENA_ARRAY(reading->arena, struct scenario_interest, n + 1);
	MUST(n <= SCENARIO_INTERESTS);
	for (int i = 0; i < n; i++) {
		const json_t *at = json_array_get(list, (size_t)i);
		const struct playbook_item *item = &reading->items[item_named(reading, ITEM_INTEREST, word(at, "key")) - 1];
		reading->words[item->id - 1].scenario = at;
		json_t *stress = json_object_get(at, "stress"), *percent;
		const char *key;
		struct scenario_stress *stresses = ARENA_ARRAY(reading->arena, struct scenario_stress, json_object_size(stress) + 1);
		int n_stresses = 0;
		json_object_foreach(stress, key, percent) {
			int v = 0, all = (int)json_array_size(variables);
			while (v < all && strcmp(word(json_array_get(variables, (size_t)v), "key"), key)) v++;
			MUST(v < all && json_integer_value(percent) > 0);
			stresses[n_stresses++] = (struct scenario_stress){v, (int)json_integer_value(percent)};
		}
		interests[i] = (struct scenario_interest){.item = item->id, .position = item->objection, .percent = (int)json_integer_value(json_object_get(at, "percent")),
							  .compliance = item->compliance, .stresses = stresses, .n_stresses = n_stresses};
	}
	reading->file->scenario.interests = interests;
	reading->file->scenario.n_interests = n;
}

struct practice_file *practice_file_load(struct arena *arena, const char *key)
{
	const json_t *json = file_of(arena, scenario_files, scenario_files_count, key);
	if (!json) return NULL;
	const json_t *book = file_of(arena, content_files, content_files_count, word(json, "playbook")), *table = json_object_get(json, "table");
	MUST(book && !strcmp(word(json, "key"), key));
	struct practice_file *file = ARENA_NEW(arena, struct practice_file);
	struct reading reading = {arena, file, ARENA_ARRAY(arena, struct playbook_item, ITEMS_MAX), ARENA_ARRAY(arena, struct practice_item, ITEMS_MAX), 0};
	struct scenario *scenario = &file->scenario;
	file->key = word(json, "key");
	file->talk = (int)json_integer_value(json_object_get(json, "talk"));
	MUST(file->talk >= 1);
	file->json = json;
	file->product = json_object_get(book, "product");
	file->currency = word(file->product, "currency");
	book_read(&reading, book);
	scenario->mode = (enum call_mode)value_of(WORD_MODE, json, "mode");
	scenario->b2b = !strcmp(word(book, "segment"), "b2b");
	scenario->wish_mean = json_number_value(json_object_get(json_object_get(json, "wish"), "mean"));
	scenario->wish_sd = json_number_value(json_object_get(json_object_get(json, "wish"), "sd"));
	scenario->patience = span_of(json, "patience");
	weights_read(json_object_get(json, "characters"), character_words, CHARACTERS, scenario->characters);
	const json_t *favours = json_object_get(json, "favours");
	for (int i = 0; i < CHARACTERS; i++)
		if (json_object_get(favours, character_words[i])) scenario->favours[i] = item_named(&reading, ITEM_OBJECTION, word(favours, character_words[i]));
	interests_read(&reading, json);
	if (json_object_get(json, "budget")) {
		scenario->price = json_integer_value(json_object_get(file->product, "price_minor"));
		scenario->budget = span_of(json, "budget");
	}
	if (table) {
		file->currency = word(table, "currency");
		file->variables = json_object_get(table, "variables");
		scenario->board = board_read(&reading, table);
		scenario->spread = span_of(json, "spread");
		scenario->rounds = span_of(json, "rounds");
		scenario->their_limit = span_of(json, "their_limit");
		scenario->aspiration = (int)json_integer_value(json_object_get(json, "aspiration"));
		MUST(scenario->their_limit.high < scenario->aspiration && scenario->aspiration <= 1000);
		weights_read(json_object_get(json, "strategies"), strategy_words, HAGGLE_STRATEGIES, scenario->strategies);
		terms_read(&reading, scenario->board);
	}
	file->book.items = reading.items;
	file->book.n_items = reading.n;
	file->items = reading.words;
	return file;
}

/* ---- Words ---- */

static const char *in(const json_t *words, enum lang lang)
{
	const char *text = json_string_value(json_object_get(words, lang_code(lang)));
	return text ? text : "";
}

const char *practice_file_text(const struct practice_file *file, int64_t item, const char *part, enum lang lang)
{
	if (item < 1 || item > file->book.n_items) return "";
	const struct practice_item *at = &file->items[item - 1];
	const json_t *words = at->objection && part ? at->objection->words : at->words;
	if (part) return in(json_object_get(words, part), lang);
	if (file->book.items[item - 1].kind == ITEM_POINT) return in(json_object_get(words, "benefit"), lang);
	return in(words, lang);
}

enum item_kind practice_file_kind(const struct practice_file *file, int64_t item)
{
	return item >= 1 && item <= file->book.n_items ? file->book.items[item - 1].kind : ITEM_KINDS;
}

const char *practice_file_title(const struct practice_file *file, const char *field, enum lang lang)
{
	return in(json_object_get(file->json, field), lang);
}

const char *practice_file_variable(const struct practice_file *file, int variable, enum lang lang)
{
	return in(json_object_get(json_array_get(file->variables, (size_t)variable), "name"), lang);
}

const char *practice_file_option(const struct practice_file *file, int variable, int option, enum lang lang)
{
	const json_t *options = json_object_get(json_array_get(file->variables, (size_t)variable), "options");
	return in(json_object_get(json_array_get(options, (size_t)option), "name"), lang);
}

bool practice_file_known(const struct practice_file *file, const char *signal)
{
	size_t i;
	const json_t *key;
	json_array_foreach(json_object_get(file->json, "known"), i, key)
		if (!strcmp(json_string_value(key), signal)) return true;
	return false;
}

const json_t *practice_file_interest(const struct practice_file *file, int64_t item)
{
	if (item < 1 || item > file->book.n_items || file->book.items[item - 1].kind != ITEM_INTEREST) return NULL;
	return file->items[item - 1].scenario;
}
