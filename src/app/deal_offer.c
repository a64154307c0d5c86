#include "app/deal_offer.h"

#include <string.h>

#include "app/bargain_words.h"
#include "app/deal_bargain.h"
#include "base/id.h"
#include "base/tr.h"

static bool put_apply(const struct bargain_table *table, const char *put, struct package *package)
{
	int v, o;
	if (!bargain_words_put(table, put, &v, &o)) return false;
	package->choice[v] = (uint16_t)o;
	return true;
}

bool deal_offer_package(struct arena *arena, const struct bargain_table *table, const char *const *puts, const char *also, struct package *ret_package)
{
	*ret_package = table->now;
	for (; *puts; puts++)
		if (**puts && !put_apply(table, *puts, ret_package)) return false;
	char *rest = arena_strdup(arena, also), *word;
	while ((word = strsep(&rest, " ")))
		if (*word && !put_apply(table, word, ret_package)) return false;
	return true;
}

static int64_t amount_of(const struct bargain_table *table, const struct package *package, int v)
{
	const struct option *options = table->bargain.variables[v].options;
	return options[package->choice[v]].ours - options[table->now.choice[v]].ours;
}

bool deal_offer_only_gives(const struct bargain_table *table, const struct package *package)
{
	bool gives = false;
	for (int v = 0; v < table->bargain.n; v++) {
		int64_t amount = amount_of(table, package, v);
		if (amount > 0) return false;
		gives = gives || amount < 0;
	}
	return gives;
}

static bool same(const struct bargain_table *table, const struct package *package)
{
	return !memcmp(package->choice, table->now.choice, sizeof *package->choice * (size_t)table->bargain.n);
}

static enum outcome ours_check(struct use *use, const struct bargain_table *table, const struct package *package, bool nothing)
{
	struct table_below below;
	if (same(table, package) && table->offers_ours) return use_mistake(use, "put", N_("This is what you stand on already: choose something else"));
	if (!package_allowed(&table->bargain, package)) return use_mistake(use, "forbidden", N_("Two of these cannot be had together"));
	if (bargain_table_below(table, package, &below)) return use_mistake(use, "limit", N_("This is below your limit: it is not proposed"));
	if (deal_offer_only_gives(table, package) && !nothing) return use_mistake(use, "return", N_("In return for what?"));
	return DONE;
}

static enum outcome event(struct use *use, const struct bargain_table *table, const char *kind, int64_t variable_id, int64_t value, int64_t amount, const char *reason)
{
	struct bargain_event_row row = {.event_id = id_new(use->now), .at = use->now, .member_id = use->who.member_id, .variable_id = variable_id, .value = value, .amount = amount,
					.kind = kind, .reason = reason};
	return use_done(bargain_event_insert(use->db, use->who.team_id, table->deal.deal_id, &row, &use->error));
}

enum outcome deal_offer(struct use *use, int64_t deal_id, const struct offer *offer)
{
	static const char *const kinds[] = {[OFFER_OURS] = "put", [OFFER_THEIRS] = "asked", [OFFER_REFUSED] = "refused"};
	struct bargain_table *table;
	struct package package;
	enum outcome outcome = deal_bargain_open(use, deal_id, &table);
	if (outcome) return outcome;
	if (!table->bargain.n || !deal_offer_package(use->arena, table, offer->puts, offer->also, &package)) return use_mistake(use, "put", N_("There is no such option on the table"));
	if (offer->side == OFFER_OURS) outcome = ours_check(use, table, &package, offer->nothing);
	else if (same(table, &package)) outcome = use_mistake(use, "put", N_("Choose first what they said"));
	if (outcome) return outcome;
	bool for_nothing = offer->side == OFFER_OURS && deal_offer_only_gives(table, &package);
	int64_t total = 0;
	for (int v = 0; v < table->bargain.n && !outcome; v++) {
		if (package.choice[v] == table->now.choice[v]) continue;
		const struct table_variable *variable = &table->variables[v];
		total += amount_of(table, &package, v);
		outcome = event(use, table, kinds[offer->side], variable->row->id, variable->options[package.choice[v]].value, amount_of(table, &package, v), offer->note);
	}
	return outcome || offer->side != OFFER_OURS ? outcome : event(use, table, "offered", 0, for_nothing, total, offer->note);
}
