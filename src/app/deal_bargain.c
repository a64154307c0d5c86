#include "app/deal_bargain.h"

#include <string.h>

#include "app/bargain_advice.h"
#include "app/bargain_words.h"
#include "app/call_fact.h"
#include "app/deal.h"
#include "base/id.h"
#include "base/money.h"
#include "base/parse.h"
#include "base/say.h"
#include "base/text.h"
#include "base/tr.h"

#define AMOUNT_MOST INT64_C(100000000000000) /* minor units: sums of a whole table stay exact in a browser */

enum outcome deal_bargain_open(struct use *use, int64_t deal_id, struct bargain_table **ret_table)
{
	enum outcome outcome = bargain_table_load(use, deal_id, 0, ret_table);
	if (outcome) return outcome;
	const struct deal_row *deal = &(*ret_table)->deal;
	if (!deal_may(use, deal->fields.owner_id)) return REFUSED;
	return deal->closed_at ? use_mistake(use, "deal", N_("The deal is over: its table stays as it was")) : DONE;
}

/* The same for a change: there is a row to write to. */
static enum outcome lay(struct use *use, int64_t deal_id, struct bargain_table **ret_table)
{
	enum outcome outcome = deal_bargain_open(use, deal_id, ret_table);
	return outcome ? outcome : use_done(bargain_make(use->db, use->who.team_id, deal_id, use->now, &use->error));
}

static enum outcome note(struct use *use, int64_t deal_id, const char *kind, int64_t variable_id, const char *was, const char *became, const char *reason)
{
	struct bargain_event_row row = {.event_id = id_new(use->now), .at = use->now, .member_id = use->who.member_id, .variable_id = variable_id, .kind = kind, .was = was,
					.became = became, .reason = reason};
	return use_done(bargain_event_insert(use->db, use->who.team_id, deal_id, &row, &use->error));
}

/* ---- Limits ---- */

static const char *minor_text(struct use *use, int64_t minor)
{
	return minor == BARGAIN_NONE ? "" : arena_printf(use->arena, "%lld", (long long)minor);
}

/* "" is none. */
static bool amount_read(struct use *use, const char *field, const char *text, int64_t deal_value, int64_t *ret_minor)
{
	*ret_minor = BARGAIN_NONE;
	if (!*text) return true;
	if (money_parse_of(text, deal_value, ret_minor) && *ret_minor <= AMOUNT_MOST && *ret_minor >= -AMOUNT_MOST) return true;
	use_mistake(use, field, strchr(text, '%') && deal_value < 0 ? N_("A share of what? Say first what the deal is worth") : N_("Type an amount: 12 000, 12k, 12.5k; or a share of the deal: 3 %"));
	return false;
}

static enum outcome amount_change(struct use *use, const struct bargain_table *table, enum bargain_amount which, const char *kind, int64_t was, int64_t became, const char *reason)
{
	if (was == became) return DONE;
	if (bargain_amount_set(use->db, use->who.team_id, table->deal.deal_id, which, became, use->now, &use->error)) return FAILED;
	return note(use, table->deal.deal_id, kind, 0, minor_text(use, was), minor_text(use, became), reason);
}

enum outcome deal_bargain_limits(struct use *use, int64_t deal_id, const struct bargain_limits *form)
{
	struct bargain_table *table;
	int64_t limit, target, their_limit;
	enum outcome outcome = lay(use, deal_id, &table);
	if (outcome) return outcome;
	const struct bargain_head *head = &table->head;
	int64_t value = table->deal.fields.value_minor;
	amount_read(use, "limit", form->limit, value, &limit);
	amount_read(use, "target", form->target, value, &target);
	amount_read(use, "their_limit", form->their_limit, value, &their_limit);
	if (!use_valid(use)) return INVALID;
	bool bends = table->began_at && head->limit != BARGAIN_NONE && limit != head->limit;
	if (bends && use->who.role < ROLE_LEAD) use_mistake(use, "limit", N_("The talk has begun: your limit holds. Only a lead can move it, with a reason"));
	else if (bends && !*form->reason) use_mistake(use, "reason", N_("Why does the limit move in the middle of the talk?"));
	if (limit != BARGAIN_NONE && target != BARGAIN_NONE && target < limit) use_mistake(use, "target", N_("The target is below the limit"));
	if (!use_valid(use)) return INVALID;
	outcome = amount_change(use, table, BARGAIN_LIMIT, "limit", head->limit, limit, form->reason);
	if (!outcome) outcome = amount_change(use, table, BARGAIN_TARGET, "target", head->target, target, "");
	return outcome ? outcome : amount_change(use, table, BARGAIN_THEIR_LIMIT, "their_limit", head->their_limit, their_limit, "");
}

/* ---- Variables ---- */

const char *const bargain_cut_words = N_("This reads as a personal cut. It is never a term of a deal: say that your company does not pay so, and take it to your lead");

bool bargain_name_is_cut(struct arena *arena, const char *name)
{
	static const char *const words[] = {"відкат", "откат", "хабар", "взятк", "неофіційна подяка", "kickback", "bribe", "personal cut", "under the table"};
	const char *folded = text_fold(arena, name);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(folded, text_fold(arena, words[i]))) return true;
	return false;
}

static const struct bargain_variable_row *row_find(const struct bargain_table *table, int64_t variable_id)
{
	for (int i = 0; i < table->n_rows; i++)
		if (table->rows[i].id == variable_id) return &table->rows[i];
	return NULL;
}

/* What an event keeps of a variable: "30 днів 0 / 0; 14 днів −2 тис. / +9 тис." */
static const char *options_said(struct use *use, const struct bargain_option_row *options, int n)
{
	enum lang lang = lang_parse(use->who.language);
	struct buf text;
	buf_init(&text, 4000);
	for (int i = 0; i < n; i++) {
		if (options[i].x != BARGAIN_NONE) buf_printf(&text, "%s%lld ", i ? "; " : "", (long long)options[i].x);
		else buf_printf(&text, "%s%s ", i ? "; " : "", options[i].name);
		say_short(&text, lang, options[i].ours, 1);
		buf_text(&text, " / ");
		say_short(&text, lang, options[i].theirs_low, 1);
		if (options[i].theirs_high == options[i].theirs_low) continue;
		buf_text(&text, "…");
		say_short(&text, lang, options[i].theirs_high, 1);
	}
	const char *said = arena_strdup(use->arena, text.used ? text.bytes : "");
	buf_done(&text);
	return said;
}

static const char *stood_said(struct use *use, const struct bargain_table *table, int64_t variable_id)
{
	struct bargain_option_row *live = ARENA_ARRAY(use->arena, struct bargain_option_row, table->n_options + 1);
	int n = 0;
	for (int i = 0; i < table->n_options; i++)
		if (table->options[i].variable_id == variable_id && !table->options[i].removed) live[n++] = table->options[i];
	return options_said(use, live, n);
}

static int64_t id_known(const struct bargain_table *table, int64_t variable_id, const char *text)
{
	int64_t id;
	if (!parse_int(text, &id)) return 0;
	for (int i = 0; i < table->n_options; i++)
		if (table->options[i].variable_id == variable_id && table->options[i].id == id) return id;
	return 0;
}

/* A range's numbers rise from 0 or above (bargain_number_value), and can be stepped through. */
static void range_look(struct use *use, const struct bargain_option_row *options, int n, int64_t step)
{
	for (int i = 0; i < n; i++) {
		if (options[i].x < 0) use_mistake(use, "options", N_("The numbers of a range are whole, 0 or above"));
		else if (i && options[i].x <= options[i - 1].x) use_mistake(use, "options", N_("The numbers of a range rise from line to line"));
		else if (step > 0 && (options[i].x - options[0].x) % step) use_mistake(use, "options", N_("Every number is whole steps away from the first"));
	}
	if (n < 2) use_mistake(use, "options", N_("A range has at least two numbers: where it begins and where it ends"));
	else if (step > 0 && (options[n - 1].x - options[0].x) / step >= BARGAIN_NUMBERS) use_mistake(use, "step", N_("That makes too many numbers: take a larger step"));
}

/* The lines of the form as options; how many. */
static int options_read(struct use *use, const struct bargain_table *table, int64_t variable_id, const struct bargain_variable_form *form, int64_t step, struct bargain_option_row *options)
{
	int n = 0, line = 0;
	int64_t value = table->deal.fields.value_minor;
	bool starts = false;
	for (; form->names[line] && form->options[line] && form->ours[line] && form->lows[line] && form->highs[line]; line++) {
		if (!*form->names[line]) continue;
		if (n == BARGAIN_OPTIONS) {
			use_mistake(use, "options", N_("That is more than a table can show: twelve options are the most"));
			break;
		}
		struct bargain_option_row *option = &options[n++];
		*option = (struct bargain_option_row){.variable_id = variable_id, .id = id_known(table, variable_id, form->options[line]), .x = BARGAIN_NONE, .name = form->names[line]};
		option->starts = line == form->starts;
		starts = starts || option->starts;
		if (!option->id) option->id = id_new(use->now);
		if (step && !parse_int(option->name, &option->x)) use_mistake(use, "options", N_("The numbers of a range are whole, 0 or above"));
		amount_read(use, "options", *form->ours[line] ? form->ours[line] : "0", value, &option->ours);
		amount_read(use, "options", *form->lows[line] ? form->lows[line] : "0", value, &option->theirs_low);
		amount_read(use, "options", *form->highs[line] ? form->highs[line] : *form->lows[line] ? form->lows[line] : "0", value, &option->theirs_high);
		if (option->theirs_low > option->theirs_high) {
			int64_t low = option->theirs_high;
			option->theirs_high = option->theirs_low;
			option->theirs_low = low;
		}
		if (bargain_name_is_cut(use->arena, option->name)) use_mistake(use, "options", bargain_cut_words);
	}
	if (n && !starts) options[0].starts = true;
	return n;
}

static enum outcome options_write(struct use *use, int64_t deal_id, int64_t variable_id, const struct bargain_option_row *options, int n)
{
	int64_t team_id = use->who.team_id;
	if (bargain_option_remove_all(use->db, team_id, deal_id, variable_id, use->now, &use->error)) return FAILED;
	for (int i = 0; i < n; i++)
		if (bargain_option_put(use->db, team_id, deal_id, i + 1, &options[i], &use->error)) return FAILED;
	return DONE;
}

static bool family_known(const char *family)
{
	static const char *const families[] = {"deadline", "cost", "service", "extra_service", "free_product"};
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (!strcmp(families[i], family)) return true;
	return false;
}

enum outcome deal_bargain_variable(struct use *use, int64_t deal_id, int64_t variable_id, const struct bargain_variable_form *form)
{
	struct bargain_table *table;
	struct bargain_option_row options[BARGAIN_OPTIONS];
	int64_t step = 0;
	enum outcome outcome = lay(use, deal_id, &table);
	if (outcome) return outcome;
	const struct bargain_variable_row *was = variable_id ? row_find(table, variable_id) : NULL;
	if (variable_id && !was) return ABSENT;
	if (!variable_id && table->bargain.n >= BARGAIN_VARIABLES) return use_mistake(use, "name", N_("Two dozen variables are the most: take one off first"));
	if (!variable_id) variable_id = id_new(use->now);
	if (!*form->name) use_mistake(use, "name", N_("This is needed"));
	else if (bargain_name_is_cut(use->arena, form->name)) use_mistake(use, "name", bargain_cut_words);
	if (!family_known(form->family)) use_mistake(use, "family", N_("There is no such kind"));
	if (*form->step && (!parse_int(form->step, &step) || step <= 0)) use_mistake(use, "step", N_("A step is a whole number above 0"));
	int n = options_read(use, table, variable_id, form, step, options);
	if (step) range_look(use, options, n, step);
	else if (n < 2) use_mistake(use, "options", N_("Give at least two options: with one there is nothing to trade"));
	if (!use_valid(use)) return INVALID;
	struct bargain_variable_row row = {.id = variable_id, .library_id = was ? was->library_id : 0, .family = form->family, .name = form->name, .unit = form->unit, .hint = form->hint,
					   .price = form->price, .hinted = was && was->hinted, .step = step};
	if (bargain_variable_put(use->db, use->who.team_id, deal_id, &row, use->now, &use->error)) return FAILED;
	outcome = options_write(use, deal_id, variable_id, options, n);
	if (!outcome && was && was->price != form->price) outcome = call_fact_deal(use, deal_id); /* whether price was given first */
	return outcome ? outcome
		       : note(use, deal_id, was ? "variable_changed" : "variable_added", variable_id, was ? stood_said(use, table, variable_id) : "", options_said(use, options, n), "");
}

enum outcome deal_bargain_remove(struct use *use, int64_t deal_id, int64_t variable_id, bool back)
{
	struct bargain_table *table;
	enum outcome outcome = lay(use, deal_id, &table);
	if (outcome) return outcome;
	const struct bargain_variable_row *row = row_find(table, variable_id);
	if (!row) return ABSENT;
	if (row->removed != back) return DONE;
	if (back && table->bargain.n >= BARGAIN_VARIABLES) return use_mistake(use, "name", N_("Two dozen variables are the most: take one off first"));
	if (bargain_variable_remove(use->db, use->who.team_id, deal_id, variable_id, back ? 0 : use->now, &use->error)) return FAILED;
	return note(use, deal_id, back ? "variable_added" : "variable_removed", variable_id, back ? "" : row->name, back ? row->name : "", "");
}

enum outcome deal_bargain_hint(struct use *use, int64_t deal_id, int64_t variable_id, bool hinted)
{
	struct bargain_table *table;
	enum outcome outcome = lay(use, deal_id, &table);
	if (outcome) return outcome;
	const struct bargain_variable_row *row = row_find(table, variable_id);
	if (!row) return ABSENT;
	if (row->hinted == hinted) return DONE;
	if (bargain_hint_set(use->db, use->who.team_id, deal_id, variable_id, hinted, &use->error)) return FAILED;
	return note(use, deal_id, "hint", variable_id, hinted ? "" : row->hint, hinted ? row->hint : "", "");
}

enum outcome deal_bargain_add(struct use *use, int64_t deal_id, int64_t library_id)
{
	struct bargain_table *table;
	struct trade_variable_row *rows;
	int n;
	enum outcome outcome = lay(use, deal_id, &table);
	if (outcome) return outcome;
	struct trade_filter filter = {.variable_id = library_id, .language = use->who.language};
	if (trade_list(use->db, use->arena, use->who.team_id, &filter, &rows, &n, &use->error)) return FAILED;
	if (!n || !rows[0].n) return ABSENT;
	for (int i = 0; i < table->n_rows; i++) /* it was here before: it comes back as it was */
		if (table->rows[i].library_id == library_id) return deal_bargain_remove(use, deal_id, table->rows[i].id, true);
	if (table->bargain.n >= BARGAIN_VARIABLES) return use_mistake(use, "name", N_("Two dozen variables are the most: take one off first"));
	struct bargain_variable_row row = {.id = id_new(use->now), .library_id = library_id, .family = rows[0].family, .name = rows[0].name, .unit = rows[0].unit, .hint = rows[0].hint,
					   .price = rows[0].price, .step = rows[0].step};
	if (bargain_variable_put(use->db, use->who.team_id, deal_id, &row, use->now, &use->error)) return FAILED;
	struct bargain_option_row *options = ARENA_ARRAY(use->arena, struct bargain_option_row, rows[0].n);
	for (int o = 0; o < rows[0].n; o++) {
		options[o] = bargain_advice_priced(&rows[0].options[o], table->deal.fields.value_minor);
		options[o].variable_id = row.id;
		options[o].id = id_new(use->now);
	}
	if (row.price) bargain_advice_price(options, rows[0].n, table->deal.fields.value_minor);
	outcome = options_write(use, deal_id, row.id, options, rows[0].n);
	return outcome ? outcome : note(use, deal_id, "variable_added", row.id, "", options_said(use, options, rows[0].n), "");
}

/* ---- Pairs ---- */

enum outcome deal_bargain_forbid(struct use *use, int64_t deal_id, const char *one, const char *other, bool back)
{
	struct bargain_table *table;
	int v[2], o[2];
	enum outcome outcome = lay(use, deal_id, &table);
	if (outcome) return outcome;
	if (!bargain_words_put(table, one, &v[0], &o[0])) return use_mistake(use, "one", N_("There is no such option on the table"));
	if (!bargain_words_put(table, other, &v[1], &o[1])) return use_mistake(use, "other", N_("There is no such option on the table"));
	if (v[0] == v[1]) return use_mistake(use, "other", N_("These are of one variable: they never stand together anyway"));
	const struct table_variable *a = &table->variables[v[0]], *b = &table->variables[v[1]];
	struct bargain_pair_row pair = {a->row->id, a->options[o[0]].value, b->row->id, b->options[o[1]].value};
	int64_t team_id = use->who.team_id;
	if (back ? bargain_pair_drop(use->db, team_id, deal_id, &pair, &use->error) : bargain_pair_put(use->db, team_id, deal_id, &pair, &use->error)) return FAILED;
	const char *said = arena_printf(use->arena, "%s: %s + %s: %s", a->row->name, a->options[o[0]].name, b->row->name, b->options[o[1]].name);
	return note(use, deal_id, "forbidden", a->row->id, back ? said : "", back ? "" : said, "");
}
