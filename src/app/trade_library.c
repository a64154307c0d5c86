#include "app/trade_library.h"

#include <string.h>

#include "app/deal.h"
#include "base/id.h"
#include "base/money.h"
#include "base/parse.h"
#include "base/say.h"
#include "base/tr.h"
#include "store/product_store.h"

#define AMOUNT_MOST INT64_C(100000000000000)
enum { SHARE_MOST = 1000000, WHOLE = 10000 };

static const char *const families[] = {"deadline", "service", "extra_service", "free_product", "cost"};
enum { FAMILIES = sizeof families / sizeof *families };

/* ---- Amounts: money, a share, or both ---- */

/* A share of a whole of as many minor units as there are ten-thousandths in one. */
static bool part_read(const char *text, int64_t *minor, int64_t *share)
{
	int64_t value;
	bool of = strchr(text, '%') != NULL;
	if (!money_parse_of(text, WHOLE, &value)) return false;
	if (value > (of ? SHARE_MOST : AMOUNT_MOST) || value < -(of ? SHARE_MOST : AMOUNT_MOST)) return false;
	*(of ? share : minor) += value;
	return true;
}

static bool amount_read(struct use *use, const char *text, int64_t *ret_minor, int64_t *ret_share)
{
	char *rest = arena_strdup(use->arena, text), *part;
	*ret_minor = *ret_share = 0;
	while (*text && (part = strsep(&rest, "+"))) {
		if (part_read(part, ret_minor, ret_share)) continue;
		use_mistake(use, "options", N_("Type an amount: 2 000, 2k; or a share of the deal: 3 %; or both: 2k + 3 %"));
		return false;
	}
	return true;
}

static const char *share_text(struct use *use, int64_t share)
{
	struct buf text;
	buf_init(&text, 40);
	say_decimal(&text, lang_parse(use->who.language), (double)share / 100, 2);
	const char *said = arena_printf(use->arena, "%s\u00a0%%", text.bytes);
	buf_done(&text);
	return said;
}

/* As a form shows it, to be typed over. */
static const char *amount_typed(struct use *use, int64_t minor, int64_t share)
{
	const char *plain = deal_amount(use->arena, minor < 0 ? -minor : minor);
	if (!minor && !share) return "";
	if (!share) return arena_printf(use->arena, "%s%s", minor < 0 ? "-" : "", plain);
	return minor ? arena_printf(use->arena, "%s%s + %s", minor < 0 ? "-" : "", plain, share_text(use, share)) : share_text(use, share);
}

/* As people read it: −2 тис. + 3 % */
static const char *amount_said(struct use *use, int64_t minor, int64_t share)
{
	struct buf text;
	buf_init(&text, 80);
	if (minor || !share) say_short(&text, lang_parse(use->who.language), minor, 1);
	if (share) buf_printf(&text, "%s%s", minor ? " + " : share > 0 ? "+" : "", share_text(use, share));
	const char *said = arena_strdup(use->arena, text.bytes);
	buf_done(&text);
	return said;
}

/* ---- Reading ---- */

static json_t *option_json(struct use *use, const struct trade_variable_row *row, const struct trade_option_row *o)
{
	const char *low = amount_said(use, o->low_minor, o->low_share), *high = amount_said(use, o->high_minor, o->high_share);
	const char *name = row->step ? arena_printf(use->arena, "%lld\u00a0%s", (long long)o->x, row->unit) : o->name;
	return json_pack("{sI ss sb ss ss}", "id", (json_int_t)o->option_id, "name", name, "starts", o->starts, "ours", amount_said(use, o->ours_minor, o->ours_share), "theirs",
			 strcmp(low, high) ? arena_printf(use->arena, "%s … %s", low, high) : low);
}

static json_t *variable_json(struct use *use, const struct trade_variable_row *row)
{
	json_t *options = json_array();
	for (int o = 0; o < row->n; o++) json_array_append_new(options, option_json(use, row, &row->options[o]));
	return json_pack("{sI ss ss ss ss sb sb sb so}", "id", (json_int_t)row->variable_id, "name", row->name, "family", row->family, "hint", row->hint, "playbook", row->playbook, "price", row->price,
			 "range", row->step != 0, "retired", row->retired, "options", options);
}

enum outcome trade_library_page(struct use *use, bool retired, json_t **ret_model)
{
	struct trade_filter filter = {.language = use->who.language, .retired = retired};
	struct trade_variable_row *rows;
	int n;
	if (trade_list(use->db, use->arena, use->who.team_id, &filter, &rows, &n, &use->error)) return FAILED;
	json_t *groups = json_array();
	for (int f = 0; f < FAMILIES; f++) {
		json_t *variables = json_array();
		for (int i = 0; i < n; i++)
			if (!strcmp(rows[i].family, families[f]) && rows[i].retired == retired) json_array_append_new(variables, variable_json(use, &rows[i]));
		if (json_array_size(variables)) json_array_append_new(groups, json_pack("{ss so}", "family", families[f], "variables", variables));
		else json_decref(variables);
	}
	*ret_model = json_pack("{so sb sb}", "shelves", groups, "retired", retired, "may_change", use->who.role >= ROLE_LEAD);
	return DONE;
}

/* The variable, or *ret_row NULL where the team has none such. */
static enum outcome row_find(struct use *use, int64_t variable_id, struct trade_variable_row **ret_row)
{
	struct trade_filter filter = {.language = use->who.language, .retired = true, .variable_id = variable_id};
	int n;
	if (trade_list(use->db, use->arena, use->who.team_id, &filter, ret_row, &n, &use->error)) return FAILED;
	return n ? DONE : ABSENT;
}

static const char *typed_at(const json_t *typed, const char *key, size_t i)
{
	const char *text = json_string_value(json_array_get(json_object_get(typed, key), i));
	return text ? text : "";
}

static void line_add(json_t *lines, const char *id, const char *name, const char *ours, const char *low, const char *high, bool starts)
{
	json_array_append_new(lines, json_pack("{sI ss ss ss ss ss sb}", "zero", (json_int_t)json_array_size(lines), "id", id, "name", name, "ours", ours, "low", low, "high", high, "starts", starts));
}

static json_t *lines_json(struct use *use, const struct trade_variable_row *row, const json_t *typed)
{
	json_t *lines = json_array();
	int64_t starts = json_integer_value(json_object_get(typed, "starts"));
	const char *first = json_string_value(json_object_get(typed, "starts"));
	if (first) parse_int(first, &starts);
	for (size_t i = 0; typed && i < json_array_size(json_object_get(typed, "option")); i++)
		line_add(lines, typed_at(typed, "option", i), typed_at(typed, "option_name", i), typed_at(typed, "ours", i), typed_at(typed, "low", i), typed_at(typed, "high", i), (int64_t)i == starts);
	if (typed) return lines;
	for (int o = 0; row && o < row->n; o++) {
		const struct trade_option_row *option = &row->options[o];
		const char *low = amount_typed(use, option->low_minor, option->low_share), *high = amount_typed(use, option->high_minor, option->high_share);
		const char *name = row->step ? arena_printf(use->arena, "%lld", (long long)option->x) : option->name;
		line_add(lines, arena_printf(use->arena, "%lld", (long long)option->option_id), name, amount_typed(use, option->ours_minor, option->ours_share), low, strcmp(low, high) ? high : "", option->starts);
	}
	size_t want = json_array_size(lines) + (row ? 2 : 3);
	while (json_array_size(lines) < want && json_array_size(lines) < BARGAIN_OPTIONS) line_add(lines, "", "", "", "", "", !json_array_size(lines));
	return lines;
}

enum outcome trade_library_form(struct use *use, int64_t variable_id, const json_t *typed, json_t **ret_model)
{
	struct trade_variable_row *row = NULL, none = {.family = "service", .name = "", .unit = "", .hint = ""};
	json_t *playbooks;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = variable_id ? row_find(use, variable_id, &row) : DONE;
	if (outcome) return outcome;
	if (product_playbooks(use->db, use->who.team_id, use->who.language, &playbooks, &use->error)) return FAILED;
	const struct trade_variable_row *shown = row ? row : &none;
	*ret_model = json_pack("{so sb s{so} so s{ss ss ss ss ss sb so}}", "variable", row ? json_integer(variable_id) : json_null(), "retired", shown->retired, "choices", "playbook", playbooks, "lines",
			       lines_json(use, row, typed), "form", "name", shown->name, "family", shown->family, "unit", shown->unit, "hint", shown->hint, "step",
			       shown->step ? arena_printf(use->arena, "%lld", (long long)shown->step) : "", "price", shown->price, "playbook",
			       shown->playbook_id ? json_integer(shown->playbook_id) : json_string(""));
	return DONE;
}

/* ---- Writing ---- */

static int options_read(struct use *use, const struct trade_variable_row *was, const struct bargain_variable_form *form, int64_t step, struct trade_option_row *options)
{
	int n = 0;
	bool starts = false;
	for (int line = 0; form->names[line] && form->options[line] && form->ours[line] && form->lows[line] && form->highs[line]; line++) {
		int64_t id = 0;
		if (!*form->names[line]) continue;
		if (n == BARGAIN_OPTIONS) {
			use_mistake(use, "options", N_("That is more than a table can show: twelve options are the most"));
			break;
		}
		struct trade_option_row *option = &options[n++];
		*option = (struct trade_option_row){.x = TRADE_NO_X, .name = step ? "" : form->names[line], .starts = line == form->starts};
		starts = starts || option->starts;
		for (int o = 0; was && parse_int(form->options[line], &id) && o < was->n; o++)
			if (was->options[o].option_id == id) option->option_id = id;
		if (!option->option_id) option->option_id = id_new(use->now);
		if (step && !parse_int(form->names[line], &option->x)) use_mistake(use, "options", N_("The numbers of a range are whole, 0 or above"));
		amount_read(use, form->ours[line], &option->ours_minor, &option->ours_share);
		amount_read(use, form->lows[line], &option->low_minor, &option->low_share);
		amount_read(use, *form->highs[line] ? form->highs[line] : form->lows[line], &option->high_minor, &option->high_share);
		if (bargain_name_is_cut(use->arena, form->names[line])) use_mistake(use, "options", bargain_cut_words);
	}
	if (n && !starts) options[0].starts = true;
	return n;
}

/* The same rules as on a table. */
static void range_look(struct use *use, const struct trade_option_row *options, int n, int64_t step)
{
	for (int i = 0; i < n; i++) {
		if (options[i].x < 0) use_mistake(use, "options", N_("The numbers of a range are whole, 0 or above"));
		else if (i && options[i].x <= options[i - 1].x) use_mistake(use, "options", N_("The numbers of a range rise from line to line"));
		else if ((options[i].x - options[0].x) % step) use_mistake(use, "options", N_("Every number is whole steps away from the first"));
	}
	if (n < 2) use_mistake(use, "options", N_("A range has at least two numbers: where it begins and where it ends"));
	else if ((options[n - 1].x - options[0].x) / step >= BARGAIN_NUMBERS) use_mistake(use, "step", N_("That makes too many numbers: take a larger step"));
}

static enum outcome playbook_look(struct use *use, int64_t playbook_id)
{
	json_t *playbooks, *playbook;
	size_t i;
	bool found = !playbook_id;
	if (found) return DONE;
	if (product_playbooks(use->db, use->who.team_id, use->who.language, &playbooks, &use->error)) return FAILED;
	json_array_foreach(playbooks, i, playbook) found = found || json_integer_value(json_object_get(playbook, "id")) == playbook_id;
	json_decref(playbooks);
	if (!found) use_mistake(use, "playbook", N_("There is no such playbook"));
	return DONE;
}

enum outcome trade_library_save(struct use *use, int64_t variable_id, int64_t playbook_id, const struct bargain_variable_form *form)
{
	struct trade_variable_row *was = NULL;
	struct trade_option_row options[BARGAIN_OPTIONS];
	int64_t step = 0, team_id = use->who.team_id;
	const char *language = use->who.language;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = variable_id ? row_find(use, variable_id, &was) : DONE;
	if (!outcome) outcome = playbook_look(use, playbook_id);
	if (outcome) return outcome;
	if (bargain_name_is_cut(use->arena, form->name)) use_mistake(use, "name", bargain_cut_words);
	if (*form->step && (!parse_int(form->step, &step) || step <= 0)) use_mistake(use, "step", N_("A step is a whole number above 0"));
	int n = options_read(use, was, form, step > 0 ? step : 0, options);
	if (step > 0) range_look(use, options, n, step);
	else if (n < 2) use_mistake(use, "options", N_("Give at least two options: with one there is nothing to trade"));
	if (!use_valid(use)) return INVALID;
	struct trade_variable_row row = {.variable_id = was ? variable_id : id_new(use->now), .playbook_id = playbook_id, .family = form->family, .name = form->name, .unit = form->unit,
					 .hint = form->hint, .price = form->price, .step = step};
	if (trade_variable_put(use->db, team_id, language, &row, &use->error) || trade_option_clear(use->db, team_id, row.variable_id, use->now, &use->error)) return FAILED;
	for (int i = 0; i < n; i++)
		if (trade_option_put(use->db, team_id, row.variable_id, language, i + 1, &options[i], &use->error)) return FAILED;
	return DONE;
}

enum outcome trade_library_leave(struct use *use, int64_t variable_id, bool back)
{
	struct trade_variable_row *row;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = row_find(use, variable_id, &row);
	return outcome ? outcome : use_done(trade_retire(use->db, use->who.team_id, variable_id, back ? 0 : use->now, &use->error));
}
