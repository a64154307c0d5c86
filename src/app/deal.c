#include "app/deal.h"

#include <string.h>

#include "app/advise_deal.h"
#include "app/advise_facts.h"
#include "app/client.h"
#include "app/crib.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/client_words.h"
#include "store/member_store.h"
#include "store/product_store.h"

static const char *const open_stages[] = {"new", "contact", "offer", "contract"};
enum { OPEN_STAGES = 4, EVENTS_SHOWN = 100, CLIENTS_SHOWN = 8 };

bool deal_may(const struct use *use, int64_t owner_id)
{
	return use->who.role >= ROLE_LEAD || use->who.member_id == owner_id;
}

static bool stage_open(const char *stage)
{
	for (int i = 0; i < OPEN_STAGES; i++)
		if (!strcmp(stage, open_stages[i])) return true;
	return false;
}

/* ---- Reading ---- */

const char *deal_amount(struct arena *arena, int64_t minor)
{
	if (minor < 0) return "";
	return minor % 100 ? arena_printf(arena, "%lld.%02d", (long long)(minor / 100), (int)(minor % 100)) : arena_printf(arena, "%lld", (long long)(minor / 100));
}

/* Words → what client_words is asked. Signs alone find nobody. */
static enum outcome client_match(struct use *use, const char *words, const char **ret_match)
{
	static const struct client_scope any = {.segment = "", .tag = ""};
	const char *country;
	enum outcome outcome = client_country(use, &country);
	if (outcome) return outcome;
	*ret_match = client_words_match(use->arena, use->who.team_id, words, &any, country);
	if (!*ret_match) *ret_match = "\"t0\"";
	return DONE;
}

static bool mine(const struct use *use, const char *whose)
{
	return !strcmp(whose, "mine") || (!*whose && use->who.role < ROLE_LEAD);
}

static void after_parse(const struct use *use, const char *after, struct deal_filter *filter)
{
	char *key = arena_strdup(use->arena, after), *dot = strchr(key, '.');
	if (!dot) return;
	*dot = '\0';
	filter->after = parse_int(key, &filter->after_key) && parse_int(dot + 1, &filter->after_id);
}

static enum outcome filter_of(struct use *use, const struct deal_query *q, struct deal_filter *ret_filter)
{
	static const char *const sorts[] = {"close", "value", "change", "end"};
	struct deal_filter filter = {.product_id = q->product_id, .stage = "", .descending = q->descending, .limit = DEAL_PAGE + 1};
	filter.owner_id = mine(use, q->whose) ? use->who.member_id : 0;
	filter.finished = !strcmp(q->stage, "finished") || !strcmp(q->stage, "won") || !strcmp(q->stage, "lost");
	if (*q->stage && strcmp(q->stage, "open") && strcmp(q->stage, "finished")) filter.stage = q->stage;
	filter.sort = filter.finished ? DEAL_BY_END : DEAL_BY_CLOSE;
	if (!*q->sort && filter.finished) filter.descending = true; /* the latest first */
	for (int i = 0; i < 4; i++)
		if (!strcmp(q->sort, sorts[i])) filter.sort = (enum deal_sort)i;
	if (filter.sort == DEAL_BY_END && !filter.finished) filter.sort = DEAL_BY_CLOSE;
	filter.words_fold = text_fold(use->arena, q->words);
	filter.words_match = "";
	after_parse(use, q->after, &filter);
	enum outcome outcome = *filter.words_fold ? client_match(use, q->words, &filter.words_match) : DONE;
	*ret_filter = filter;
	return outcome;
}

/* What was asked for, so that a page's links can ask for nearly the same. */
static json_t *query_json(const struct deal_query *q, const struct deal_filter *filter)
{
	static const char *const sorts[] = {"close", "value", "change", "end"};
	json_t *json = json_pack("{ss ss ss ss sb sb}", "whose", filter->owner_id ? "mine" : "team", "stage", *q->stage ? q->stage : "open", "q", q->words, "sort",
				 sorts[filter->sort], "desc", filter->descending, "finished", filter->finished);
	json_object_set_new(json, "product", q->product_id ? json_integer(q->product_id) : json_null());
	json_object_set_new(json, "narrow", json_boolean(*filter->words_fold || q->product_id)); /* the page's emptiness is the filter's doing */
	return json;
}

static json_t *totals_json(const struct deal_total *totals, int n, const char *stage, int64_t *ret_count, int64_t *ret_value)
{
	json_t *list = json_array();
	*ret_count = *ret_value = 0;
	for (int i = 0; i < n; i++) {
		json_array_append_new(list, json_pack("{ss sI sI}", "stage", totals[i].stage, "count", (json_int_t)totals[i].count, "value_minor",
						      (json_int_t)totals[i].value_minor));
		if (*stage && strcmp(stage, totals[i].stage)) continue;
		*ret_count += totals[i].count;
		*ret_value += totals[i].value_minor;
	}
	return list;
}

/* A model that was made is handed out only where all went well. */
static enum outcome given(enum outcome outcome, json_t **model)
{
	if (outcome) json_decref(*model);
	return outcome;
}

/* What rows and cards show beside what is stored: open, late (it was to be closed before today), silent_days (where there are many). */
static void signs_put(const struct use *use, json_t *deal, int64_t heard_at)
{
	int32_t close;
	const char *day = json_string_value(json_object_get(deal, "expected_close"));
	bool open = json_is_null(json_object_get(deal, "closed_at"));
	int64_t silent = heard_at ? (use->now - heard_at) / MOMENT_DAY : 0;
	json_object_set_new(deal, "open", json_boolean(open));
	json_object_set_new(deal, "late", json_boolean(open && day && day_parse(day, &close) && close < day_of(use->now)));
	json_object_set_new(deal, "silent_days", open && silent >= ADVISE_SILENCE_DAYS ? json_integer(silent) : json_null());
}

/* The same, and of open deals what the advisor says; *advisor is loaded where it is first needed. */
static enum outcome rows_complete(struct use *use, struct advise_team **advisor, const struct facts *facts, json_t *deals)
{
	size_t i;
	json_t *deal;
	json_array_foreach(deals, i, deal) {
		signs_put(use, deal, facts[i].held_at);
		if (!json_is_true(json_object_get(deal, "open"))) continue;
		if (!*advisor) {
			enum outcome outcome = advise_team_load(use, advisor);
			if (outcome) return outcome;
		}
		json_object_set_new(deal, "advice", advise_facts_model(*advisor, &facts[i], use->now, 0));
	}
	return DONE;
}

enum outcome deal_list_page(struct use *use, const struct deal_query *query, json_t **ret_model)
{
	struct deal_filter filter;
	struct deal_total totals[8];
	struct facts facts[DEAL_PAGE + 1];
	struct advise_team *advisor = NULL;
	json_t *deals, *products;
	int n;
	enum outcome outcome = filter_of(use, query, &filter);
	if (outcome) return outcome;
	if (deal_list(use->db, use->arena, use->who.team_id, &filter, &deals, facts, &use->error) ||
	    deal_totals(use->db, use->arena, use->who.team_id, &filter, totals, &n, &use->error) ||
	    product_choices(use->db, use->who.team_id, &products, &use->error))
		return FAILED;
	json_t *more = NULL;
	if (json_array_size(deals) > DEAL_PAGE) {
		json_array_remove(deals, DEAL_PAGE);
		json_t *last = json_array_get(deals, DEAL_PAGE - 1);
		more = json_string(arena_printf(use->arena, "%lld.%lld", (long long)json_integer_value(json_object_get(last, "key")),
						(long long)json_integer_value(json_object_get(last, "id"))));
	}
	outcome = rows_complete(use, &advisor, facts, deals);
	int64_t count, value;
	json_t *by_stage = totals_json(totals, n, filter.stage, &count, &value);
	*ret_model = json_pack("{so so so so? sI sI s{so} sb sb}", "filter", query_json(query, &filter), "deals", deals, "totals", by_stage, "more", more, "count",
			       (json_int_t)count, "value_minor", (json_int_t)value, "choices", "product", products, "later", filter.after, "paged", more || filter.after);
	return given(outcome, ret_model);
}

static enum outcome column(struct use *use, struct advise_team **advisor, struct deal_filter filter, const struct deal_total *totals, int n, const char *stage, json_t *stages)
{
	json_t *deals;
	struct facts facts[DEAL_COLUMN];
	struct deal_total total = {.count = 0};
	for (int i = 0; i < n; i++)
		if (!strcmp(totals[i].stage, stage)) total = totals[i];
	filter.stage = stage;
	filter.limit = DEAL_COLUMN;
	if (deal_list(use->db, use->arena, use->who.team_id, &filter, &deals, facts, &use->error)) return FAILED;
	enum outcome outcome = rows_complete(use, advisor, facts, deals);
	int64_t more = total.count - (int64_t)json_array_size(deals);
	json_array_append_new(stages, json_pack("{ss sI sI sI so}", "stage", stage, "count", (json_int_t)total.count, "value_minor", (json_int_t)total.value_minor,
						"more", (json_int_t)(more > 0 ? more : 0), "deals", deals));
	return outcome;
}

enum outcome deal_board_page(struct use *use, const struct deal_query *query, json_t **ret_model)
{
	struct deal_filter filter;
	struct deal_total totals[8], finished[8];
	struct moment_parts today = moment_local(use->now);
	int64_t month = moment_from_local(today.year, today.month, 1, 0, 0), count, value, finished_count, finished_value;
	json_t *products, *stages;
	int n, n_finished;
	enum outcome outcome = filter_of(use, query, &filter);
	if (outcome) return outcome;
	stages = json_array();
	filter.sort = DEAL_BY_CLOSE;
	filter.descending = filter.finished = filter.after = false;
	if (deal_totals(use->db, use->arena, use->who.team_id, &filter, totals, &n, &use->error) ||
	    deal_totals_since(use->db, use->who.team_id, filter.owner_id, month, finished, &n_finished, &use->error) ||
	    product_choices(use->db, use->who.team_id, &products, &use->error)) {
		json_decref(stages);
		return FAILED;
	}
	struct advise_team *advisor = NULL;
	for (int i = 0; i < OPEN_STAGES && !outcome; i++) outcome = column(use, &advisor, filter, totals, n, open_stages[i], stages);
	json_decref(totals_json(totals, n, "", &count, &value));
	json_t *ends = json_array();
	static const char *const end_stages[] = {"won", "lost"};
	for (int i = 0; i < 2; i++) {
		json_decref(totals_json(finished, n_finished, end_stages[i], &finished_count, &finished_value));
		json_array_append_new(ends, json_pack("{ss sI sI}", "stage", end_stages[i], "count", (json_int_t)finished_count, "value_minor", (json_int_t)finished_value));
	}
	*ret_model = json_pack("{so so so sI sI s{so}}", "filter", query_json(query, &filter), "stages", stages, "finished", ends, "count", (json_int_t)count,
			       "value_minor", (json_int_t)value, "choices", "product", products);
	return given(outcome, ret_model);
}

/* An event's amounts as numbers; and whether was and became are plain words. */
static void event_signs_put(json_t *event)
{
	static const char *const words[] = {"client", "product", "owner", "title", "wish_sell"};
	const char *kind = json_string_value(json_object_get(event, "kind"));
	int64_t was, became;
	bool plain = false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) plain = plain || !strcmp(kind, words[i]);
	json_object_set_new(event, "plain", json_boolean(plain));
	if (strcmp(kind, "value")) return;
	json_object_set_new(event, "was_minor", parse_int(json_string_value(json_object_get(event, "was")), &was) ? json_integer(was) : json_null());
	json_object_set_new(event, "became_minor", parse_int(json_string_value(json_object_get(event, "became")), &became) ? json_integer(became) : json_null());
}

/* Evidence that takes from the wish is shown as that. */
static void why_signs_put(json_t *deal)
{
	size_t i;
	json_t *why;
	json_array_foreach(json_object_get(json_object_get(deal, "advice"), "why"), i, why)
		json_object_set_new(why, "minus", json_boolean(json_number_value(json_object_get(why, "points")) < 0));
}

enum outcome deal_page(struct use *use, int64_t deal_id, json_t **ret_model)
{
	json_t *deal, *calls, *events;
	int64_t team_id = use->who.team_id;
	if (deal_load(use->db, team_id, deal_id, &deal, &use->error)) return FAILED;
	if (!deal) return ABSENT;
	if (deal_calls(use->db, team_id, deal_id, &calls, &use->error) || deal_event_list(use->db, team_id, deal_id, EVENTS_SHOWN, &events, &use->error)) {
		json_decref(deal);
		return FAILED;
	}
	json_t *list = json_pack("[O]", deal), *call, *event, *next = NULL;
	int64_t heard_at;
	const char *heard = json_string_value(json_object_get(deal, "heard_at"));
	signs_put(use, deal, heard && moment_parse(heard, &heard_at) ? heard_at : 0);
	struct advise_team *advisor;
	enum outcome outcome = advise_team_load(use, &advisor);
	if (!outcome && json_is_null(json_object_get(deal, "closed_at"))) outcome = advise_deals_put(use, advisor, list, "id");
	json_decref(list);
	size_t i;
	json_array_foreach(calls, i, call) {
		bool running = !json_is_null(json_object_get(call, "began_at")), over = !json_is_null(json_object_get(call, "ended_at"));
		json_object_set_new(call, "state", json_string(over ? "over" : running ? "running" : "planned"));
		if (!over) next = call;
		json_object_set_new(call, "mine", json_boolean(json_integer_value(json_object_get(call, "owner_id")) == use->who.member_id));
	}
	json_array_foreach(events, i, event) event_signs_put(event);
	why_signs_put(deal);
	bool may = deal_may(use, json_integer_value(json_object_get(deal, "owner_id"))), open = json_is_null(json_object_get(deal, "closed_at"));
	*ret_model = json_pack("{so so so sO? sb sb sb}", "deal", deal, "calls", calls, "events", events, "next", next, "may_change", may && open, "may", may, "open", open);
	if (!outcome) outcome = crib_cut_put(use, json_integer_value(json_object_get(deal, "client_id")), *ret_model);
	return given(outcome, ret_model);
}

static enum outcome choices_put(struct use *use, json_t *model)
{
	json_t *products, *members;
	if (product_choices(use->db, use->who.team_id, &products, &use->error)) return FAILED;
	json_t *choices = json_pack("{so}", "product", products);
	json_object_set_new(model, "choices", choices);
	if (use->who.role < ROLE_LEAD) return DONE;
	if (member_list(use->db, use->who.team_id, &members, &use->error)) return FAILED;
	for (size_t i = json_array_size(members); i-- > 0;)
		if (!json_is_null(json_object_get(json_array_get(members, i), "retired_at"))) json_array_remove(members, i);
	json_object_set_new(choices, "owner", members);
	return DONE;
}

static json_t *id_or_empty(int64_t id)
{
	return id ? json_integer(id) : json_string("");
}

static json_t *form_json(struct use *use, const struct deal_fields *f, const char *client)
{
	char day[16] = "";
	if (f->expected_close != DEAL_NO_DAY) day_iso(f->expected_close, day);
	return json_pack("{so ss so so ss ss si ss}", "client", id_or_empty(f->client_id), "client_name", client, "product", id_or_empty(f->product_id), "owner",
			 id_or_empty(f->owner_id), "title", f->title, "value", deal_amount(use->arena, f->value_minor), "wish_sell", f->wish_sell, "close", day);
}

enum outcome deal_clients(struct use *use, const char *words, json_t **ret_clients)
{
	const char *match = "";
	enum outcome outcome = *words ? client_match(use, words, &match) : DONE;
	return outcome ? outcome : use_done(deal_client_choices(use->db, use->who.team_id, match, CLIENTS_SHOWN, ret_clients, &use->error));
}

enum outcome deal_form_page(struct use *use, int64_t deal_id, int64_t client_id, int64_t product_id, const char *words, json_t **ret_model)
{
	struct deal_row deal = {.fields = {client_id, use->who.member_id, product_id, "", DEAL_NO_VALUE, 80, DEAL_NO_DAY}, .client = "", .stage = "new"};
	if (deal_id) {
		if (deal_find(use->db, use->arena, use->who.team_id, deal_id, &deal, &use->error)) return FAILED;
		if (!deal.there) return ABSENT;
		if (!deal_may(use, deal.fields.owner_id)) return REFUSED;
	} else if (client_id) {
		if (client_name_find(use->db, use->arena, use->who.team_id, client_id, &deal.client, &use->error)) return FAILED;
	}
	if (!*deal.client) {
		json_t *clients;
		if (deal_clients(use, words, &clients)) return FAILED;
		*ret_model = json_pack("{so ss so}", "clients", clients, "q", words, "product", product_id ? json_integer(product_id) : json_null());
		return DONE;
	}
	*ret_model = json_pack("{so so}", "form", form_json(use, &deal.fields, deal.client), "deal", deal_id ? json_integer(deal_id) : json_null());
	json_object_set_new(json_object_get(*ret_model, "form"), "stage", json_string(deal.stage));
	return given(choices_put(use, *ret_model), ret_model);
}

enum outcome deal_finish_page(struct use *use, int64_t deal_id, const char *stage, json_t **ret_model)
{
	json_t *deal;
	if (deal_load(use->db, use->who.team_id, deal_id, &deal, &use->error)) return FAILED;
	if (!deal) return ABSENT;
	int64_t owner_id = json_integer_value(json_object_get(deal, "owner_id"));
	json_t *value = json_object_get(deal, "value_minor");
	const char *amount = deal_amount(use->arena, json_is_integer(value) ? json_integer_value(value) : DEAL_NO_VALUE);
	if (deal_may(use, owner_id)) {
		*ret_model = json_pack("{so s{ss ss ss}}", "deal", deal, "form", "stage", stage, "value", amount, "reason", "");
		return DONE;
	}
	json_decref(deal);
	return REFUSED;
}

/* ---- Changing ---- */

enum outcome deal_event_add(struct use *use, int64_t deal_id, const char *kind, const char *was, const char *became, int64_t at)
{
	return use_done(deal_event_insert(use->db, use->who.team_id, deal_id, id_new(use->now), use->who.member_id, kind, was, became, at, &use->error));
}

/* Everything that a deal points at is there and is the team's own. */
static enum outcome fields_check(struct use *use, const struct deal_fields *f)
{
	const char *client;
	int64_t team_id = use->who.team_id;
	if (client_name_find(use->db, use->arena, team_id, f->client_id, &client, &use->error)) return FAILED;
	if (!*client) use_mistake(use, "client", N_("Choose the client"));
	if (f->product_id) {
		bool there;
		if (product_there(use->db, team_id, f->product_id, &there, &use->error)) return FAILED;
		if (!there) use_mistake(use, "product", N_("There is no such product"));
	}
	if (f->owner_id != use->who.member_id) {
		json_t *member;
		if (member_load(use->db, team_id, f->owner_id, &member, &use->error)) return FAILED;
		if (!member) use_mistake(use, "owner", N_("There is no such member in the team"));
		json_decref(member);
	}
	return use_valid(use) ? DONE : INVALID;
}

enum outcome deal_make(struct use *use, struct deal_fields *fields, const char *stage, int64_t *ret_deal_id)
{
	if (!fields->owner_id) fields->owner_id = use->who.member_id;
	if (!deal_may(use, fields->owner_id)) return REFUSED;
	enum outcome outcome = fields_check(use, fields);
	if (outcome) return outcome;
	int64_t deal_id = *ret_deal_id = id_new(use->now);
	if (deal_insert(use->db, use->arena, use->who.team_id, deal_id, fields, stage, "", use->now, &use->error) ||
	    client_touch(use->db, use->who.team_id, fields->client_id, use->now, &use->error))
		return FAILED;
	return deal_event_add(use, deal_id, "made", "", stage, use->now);
}

static const char *number(struct use *use, int64_t value, int64_t none)
{
	return value == none ? "" : arena_printf(use->arena, "%lld", (long long)value);
}

static const char *day_text(struct use *use, int32_t day)
{
	char text[16] = "";
	if (day != DEAL_NO_DAY) day_iso(day, text);
	return arena_strdup(use->arena, text);
}

/* One event for each field that is not what it was. */
static enum outcome changes_note(struct use *use, int64_t deal_id, const struct deal_fields *was, const struct deal_fields *now)
{
	const struct {
		const char *kind, *was, *became;
	} changes[] = {
		{"client", number(use, was->client_id, 0), number(use, now->client_id, 0)},
		{"product", number(use, was->product_id, 0), number(use, now->product_id, 0)},
		{"owner", number(use, was->owner_id, 0), number(use, now->owner_id, 0)},
		{"title", was->title, now->title},
		{"value", number(use, was->value_minor, DEAL_NO_VALUE), number(use, now->value_minor, DEAL_NO_VALUE)},
		{"wish_sell", number(use, was->wish_sell, -1), number(use, now->wish_sell, -1)},
		{"close", day_text(use, was->expected_close), day_text(use, now->expected_close)},
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		if (!strcmp(changes[i].was, changes[i].became)) continue;
		enum outcome outcome = deal_event_add(use, deal_id, changes[i].kind, changes[i].was, changes[i].became, use->now);
		if (outcome) return outcome;
	}
	return DONE;
}

/* A deal that one may change. */
static enum outcome own(struct use *use, int64_t deal_id, struct deal_row *ret_deal)
{
	if (deal_find(use->db, use->arena, use->who.team_id, deal_id, ret_deal, &use->error)) return FAILED;
	if (!ret_deal->there) return ABSENT;
	return deal_may(use, ret_deal->fields.owner_id) ? DONE : REFUSED;
}

/* And that is not finished. */
static enum outcome changeable(struct use *use, int64_t deal_id, struct deal_row *ret_deal)
{
	enum outcome outcome = own(use, deal_id, ret_deal);
	if (outcome) return outcome;
	return ret_deal->closed_at ? use_mistake(use, "stage", N_("This deal is finished already")) : DONE;
}

enum outcome deal_change(struct use *use, int64_t deal_id, struct deal_fields *fields)
{
	struct deal_row deal;
	enum outcome outcome = changeable(use, deal_id, &deal);
	if (outcome) return outcome;
	if (!fields->owner_id) fields->owner_id = deal.fields.owner_id;
	if (fields->owner_id != deal.fields.owner_id && use->who.role < ROLE_LEAD) return REFUSED;
	outcome = fields_check(use, fields);
	if (!outcome && fields->client_id != deal.fields.client_id) {
		bool talked;
		if (deal_talked(use->db, use->who.team_id, deal_id, &talked, &use->error)) return FAILED;
		if (talked) outcome = use_mistake(use, "client", N_("There were conversations about this deal with its client: make a new deal for another"));
	}
	if (!outcome) outcome = changes_note(use, deal_id, &deal.fields, fields);
	return outcome ? outcome : use_done(deal_update(use->db, use->arena, use->who.team_id, deal_id, fields, use->now, &use->error));
}

enum outcome deal_value_set(struct use *use, int64_t deal_id, int64_t value_minor)
{
	struct deal_row deal;
	enum outcome outcome = changeable(use, deal_id, &deal);
	if (outcome || deal.fields.value_minor == value_minor) return outcome;
	struct deal_fields fields = deal.fields;
	fields.value_minor = value_minor;
	outcome = changes_note(use, deal_id, &deal.fields, &fields);
	return outcome ? outcome : use_done(deal_update(use->db, use->arena, use->who.team_id, deal_id, &fields, use->now, &use->error));
}

/* From whatever stage it is in to an open one. */
static enum outcome stage_to(struct use *use, const struct deal_row *deal, const char *kind, const char *stage)
{
	if (!stage_open(stage)) return use_mistake(use, "stage", N_("A deal is finished with its outcome"));
	if (!strcmp(stage, deal->stage)) return DONE;
	enum outcome outcome = deal_event_add(use, deal->deal_id, kind, deal->stage, stage, use->now);
	return outcome ? outcome : use_done(deal_stage_set(use->db, use->who.team_id, deal->deal_id, stage, use->now, &use->error));
}

enum outcome deal_stage_move(struct use *use, int64_t deal_id, const char *stage)
{
	struct deal_row deal;
	enum outcome outcome = changeable(use, deal_id, &deal);
	return outcome ? outcome : stage_to(use, &deal, "stage", stage);
}

enum outcome deal_reopen(struct use *use, int64_t deal_id, const char *stage)
{
	struct deal_row deal;
	enum outcome outcome = own(use, deal_id, &deal);
	if (outcome || !deal.closed_at) return outcome;
	outcome = stage_to(use, &deal, "reopened", stage);
	return outcome ? outcome : advise_deal_reopened(use, deal_id);
}
