#include "app/proposal.h"

#include <string.h>

#include "app/bargain_table.h"
#include "app/deal.h"
#include "base/moment.h"
#include "base/tr.h"
#include "core/playbook/playbook_word.h"
#include "store/call_store.h"
#include "store/client_store.h"
#include "store/crib_store.h"
#include "store/product_store.h"
#include "store/proposal_store.h"

enum { INTERESTS = 6, POINTS = 2, POINTS_ALL = 60, TALKS = 8 };

static int64_t whole(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* ---- What matters to him, and what of the product serves it ---- */

/* Points that serve some of the motives, those that stand nowhere yet first. */
static json_t *points_for(const json_t *features, int64_t motives, bool used[POINTS_ALL])
{
	json_t *list = json_array(), *feature;
	size_t i;
	for (int again = 0; again < 2 && json_array_size(list) < POINTS; again++) {
		if (again && json_array_size(list)) break; /* nothing is said twice where something else could be */
		json_array_foreach(features, i, feature) {
			if (i >= POINTS_ALL || json_array_size(list) >= POINTS || !(whole(feature, "motives") & motives) || (used[i] && !again)) continue;
			used[i] = true;
			json_array_append_new(list, json_pack("{sO sO sO}", "characteristic", json_object_get(feature, "characteristic"), "advantage",
				json_object_get(feature, "advantage"), "benefit", json_object_get(feature, "benefit")));
		}
	}
	return list;
}

static bool stands(const json_t *interests, const char *text)
{
	size_t i;
	json_t *one;
	json_array_foreach(interests, i, one)
		if (!strcmp(word(one, "text"), text)) return true;
	return false;
}

static void interest_add(json_t *interests, const char *text, int64_t motives, const json_t *features, bool used[POINTS_ALL])
{
	if (!*text || json_array_size(interests) >= INTERESTS || stands(interests, text)) return;
	json_array_append_new(interests, json_pack("{ss so}", "text", text, "points", points_for(features, motives, used)));
}

/* Where no interest was found, the motives that were heard carry the proposal (S4). */
static enum err by_motives(struct use *use, int64_t client_id, const json_t *features, bool used[POINTS_ALL], json_t *interests)
{
	static const char *const said[MOTIVE_COUNT] = {
		[MOTIVE_SAFETY] = N_("Being sure that nothing goes wrong"),
		[MOTIVE_ECONOMY] = N_("Spending less and earning more"),
		[MOTIVE_PRESTIGE] = N_("Looking good to clients and partners"),
		[MOTIVE_COMFORT] = N_("Having less trouble and more time"),
	};
	json_t *talks, *talk;
	int64_t motives = 0;
	size_t i;
	enum err kind = call_earlier(use->db, use->who.team_id, client_id, 0, TALKS, &talks, &use->error);
	if (kind) return kind;
	json_array_foreach(talks, i, talk) motives |= whole(talk, "motives");
	json_decref(talks);
	for (int m = 0; m < MOTIVE_COUNT; m++)
		if (motives & (int64_t)MOTIVE_BIT(m)) interest_add(interests, tr(lang_parse(use->who.language), said[m]), (int64_t)MOTIVE_BIT(m), features, used);
	return ERR_NONE;
}

static enum outcome interests_put(struct use *use, int64_t client_id, int64_t product_id, json_t *model)
{
	const int64_t team_id = use->who.team_id;
	json_t *found = NULL, *features = NULL, *interests = json_array(), *one;
	bool used[POINTS_ALL] = {false};
	size_t i;
	json_object_set_new(model, "interests", interests);
	enum err kind = interest_found(use->db, team_id, client_id, use->who.language, &found, &use->error);
	if (!kind) kind = product_feature_list(use->db, team_id, product_id, use->who.member_id, &features, &use->error);
	if (!kind)
		json_array_foreach(found, i, one)
			if (!json_is_true(json_object_get(one, "compliance"))) interest_add(interests, word(one, "client"), whole(one, "motives"), features, used);
	bool none = !json_array_size(interests);
	if (!kind && none) kind = by_motives(use, client_id, features, used, interests);
	json_object_set_new(model, "by_motives", json_boolean(none));
	json_decref(found);
	json_decref(features);
	return use_done(kind);
}

/* ---- The package ---- */

/* What is given besides stands there once it is given; what a contract always says (when, how it is paid, which service) stands there anyway. */
static bool worth_saying(const struct table_variable *variable, int now)
{
	if (variable->row->price) return false;
	if (now != variable->starts) return true;
	if (variable->row->step && !variable->options[now].value) return false; /* a range at nothing */
	return !strcmp(variable->row->family, "deadline") || !strcmp(variable->row->family, "cost") || !strcmp(variable->row->family, "service");
}

static enum outcome package_put(struct use *use, int64_t deal_id, json_t *model)
{
	struct bargain_table *table;
	json_t *terms = json_array(), *value = json_object_get(json_object_get(model, "deal"), "value_minor");
	int64_t price = json_integer_value(value);
	json_object_set_new(model, "terms", terms);
	enum outcome outcome = bargain_table_load(use, deal_id, 0, &table);
	if (outcome) return outcome;
	for (int v = 0; v < table->bargain.n; v++) {
		const struct table_variable *variable = &table->variables[v];
		const int now = table->now.choice[v];
		const struct table_option *option = &variable->options[now];
		if (variable->row->price) price += option->ours - variable->options[variable->starts].ours;
		if (!worth_saying(variable, now)) continue;
		json_array_append_new(terms, json_pack("{ss ss}", "name", variable->row->name, "value", option->name));
	}
	json_object_set_new(model, "price_minor", json_is_integer(value) ? json_integer((json_int_t)price) : json_null());
	return DONE;
}

/* ---- The page ---- */

static enum outcome words_put(struct use *use, int64_t deal_id, int64_t client_id, json_t *model)
{
	json_t *words, *planned, *call, *next_at = json_null();
	char day[16];
	size_t i;
	if (proposal_load(use->db, use->who.team_id, deal_id, &words, &use->error)) return FAILED;
	day_iso(day_of(use->now) + PROPOSAL_DAYS, day);
	json_t *form = json_pack("{ss ss ss}", "opening", word(words, "opening"), "next_step", word(words, "next_step"), "valid_until", words ? word(words, "valid_until") : day);
	json_decref(words);
	json_object_update(model, form);
	json_object_set_new(model, "form", form);
	if (client_calls_planned(use->db, use->who.team_id, client_id, &planned, &use->error)) return FAILED;
	json_array_foreach(planned, i, call) {
		int64_t planned_at;
		if (whole(call, "deal_id") != deal_id || !json_is_null(next_at) || !moment_parse(word(call, "planned_at"), &planned_at) || planned_at < use->now) continue;
		next_at = json_object_get(call, "planned_at");
	}
	json_object_set(model, "next_at", next_at);
	json_decref(planned);
	char at[32];
	moment_iso(use->now, at);
	json_object_set_new(model, "at", json_string(at));
	return DONE;
}

static enum outcome product_put(struct use *use, int64_t product_id, json_t *model)
{
	json_t *product = NULL;
	if (product_id && product_load(use->db, use->who.team_id, product_id, &product, &use->error)) return FAILED;
	json_object_set_new(model, "product", product ? json_pack("{sO sO}", "name", json_object_get(product, "name"), "summary", json_object_get(product, "summary"))
						      : json_null());
	json_decref(product);
	return DONE;
}

enum outcome proposal_page(struct use *use, int64_t deal_id, json_t **ret_model)
{
	json_t *deal;
	if (deal_load(use->db, use->who.team_id, deal_id, &deal, &use->error)) return FAILED;
	if (!deal) return ABSENT;
	const int64_t client_id = whole(deal, "client_id"), product_id = whole(deal, "product_id");
	bool may = deal_may(use, whole(deal, "owner_id")) && json_is_null(json_object_get(deal, "closed_at"));
	json_t *model = json_pack("{so s{sO sO sO} sb}", "deal", deal, "to", "name", json_object_get(deal, "client"), "position", json_object_get(deal, "position"), "company",
				  json_object_get(deal, "company"), "may_change", may);
	enum outcome outcome = product_put(use, product_id, model);
	if (!outcome) outcome = interests_put(use, client_id, product_id, model);
	if (!outcome) outcome = package_put(use, deal_id, model);
	if (!outcome) outcome = words_put(use, deal_id, client_id, model);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

enum outcome proposal_write(struct use *use, int64_t deal_id, const char *opening, const char *next_step, int32_t valid_until)
{
	struct deal_row deal;
	if (deal_find(use->db, use->arena, use->who.team_id, deal_id, &deal, &use->error)) return FAILED;
	if (!deal.there) return ABSENT;
	if (!deal_may(use, deal.fields.owner_id) || deal.closed_at) return REFUSED;
	if (valid_until < day_of(use->now)) return use_mistake(use, "valid_until", N_("That day is past"));
	return use_done(proposal_put(use->db, use->who.team_id, deal_id, opening, next_step, valid_until, use->who.member_id, use->now, &use->error));
}
