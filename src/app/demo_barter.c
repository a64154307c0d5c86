#include "app/demo_barter.h"

#include "core/bargain/frontier.h"
#include "core/bargain/trade.h"

enum {
	ROUNDS_SIGN = 5, /* offers of ours in the conversation in which it may be signed */
	AIM_STEPS = 5,   /* offers in which the aim comes down from the target to the limit */
	NEAR = 30,       /* frontier packages that he looks at for one in his manner */
	TIES = 8,
	AT_ONCE = 2,     /* things given, and things asked in return, in one breath */
	TRADES = 6,
	GIVEN = 3,       /* hundredths of the deal, given in price by who gives there first */
};

struct barter {
	struct demo_talk *talk;
	const struct bargain_table *table;
	const struct bargain *felt; /* as he feels it */
	struct frontier frontier;   /* as we see it */
	struct package start, stands;
};

static bool happens(struct barter *barter, double probability)
{
	return rng_unit(barter->talk->rng) < probability;
}

/* What an option brings us against where we stand. */
static int64_t amount_of(const struct barter *barter, int v, int o)
{
	const struct option *options = barter->table->bargain.variables[v].options;
	return options[o].ours - options[barter->stands.choice[v]].ours;
}

static bool say(struct barter *barter, enum call_event_kind kind, int v, int o, int seconds)
{
	const struct table_variable *variable = &barter->table->variables[v];
	return demo_talk_put(barter->talk, kind, variable->row->id, variable->options[o].value, amount_of(barter, v, o), NULL, seconds);
}

/* What a package's price brings us against where the talk started. */
static int64_t price_of(const struct barter *barter, const struct package *package)
{
	int64_t sum = 0;
	for (int v = 0; v < barter->table->bargain.n; v++) {
		const struct variable *variable = &barter->table->bargain.variables[v];
		if (variable->price) sum += variable->options[package->choice[v]].ours - variable->options[barter->start.choice[v]].ours;
	}
	return sum;
}

static int differences(const struct barter *barter, const struct package *a, const struct package *b)
{
	int n = 0;
	for (int v = 0; v < barter->table->bargain.n; v++) n += a->choice[v] != b->choice[v];
	return n;
}

static bool may(const struct barter *barter, const struct package *package)
{
	struct table_below below;
	return differences(barter, package, &barter->stands) > 0 && !bargain_table_below(barter->table, package, &below);
}

static bool for_nothing(const struct barter *barter, const struct package *package)
{
	bool gives = false, takes = false;
	for (int v = 0; v < barter->table->bargain.n; v++) {
		int64_t amount = amount_of(barter, v, package->choice[v]);
		gives |= amount < 0;
		takes |= amount > 0;
	}
	return gives && !takes;
}

/* First what is given, then what is asked for it. */
static bool offer(struct barter *barter, const struct package *package)
{
	bool nothing = for_nothing(barter, package);
	for (int takes = 0; takes < 2; takes++)
		for (int v = 0; v < barter->table->bargain.n; v++)
			if (package->choice[v] != barter->stands.choice[v] && (amount_of(barter, v, package->choice[v]) > 0) == takes)
				say(barter, EVENT_PUT, v, package->choice[v], 7);
	if (!demo_talk_put(barter->talk, EVENT_OFFERED, 0, nothing, 0, NULL, 12)) return false;
	barter->stands = *package;
	return true;
}

/* ---- How the manager answers ---- */

/* Of that many steps towards a package those that are worth most for what they cost; nobody says ten things at once. */
static struct package part_of(const struct barter *barter, const struct package *whole)
{
	struct package part = barter->stands;
	for (int takes = 0; takes < 2; takes++) {
		for (int i = 0; i < AT_ONCE; i++) {
			int pick = -1;
			double most = 0.0;
			for (int v = 0; v < barter->table->bargain.n; v++) {
				const struct option *options = barter->table->bargain.variables[v].options;
				int64_t ours = amount_of(barter, v, whole->choice[v]), theirs = options[whole->choice[v]].theirs - options[barter->stands.choice[v]].theirs;
				if (part.choice[v] == whole->choice[v] || (ours > 0) != takes) continue;
				double worth = takes ? (double)ours / (double)(theirs < 0 ? 1 - theirs : 1) : (double)(theirs > 0 ? theirs : 0) / (double)(1 - ours);
				if (pick >= 0 && worth <= most) continue;
				most = worth;
				pick = v;
			}
			if (pick >= 0) part.choice[pick] = whole->choice[pick];
		}
	}
	return part;
}

static bool better_for_them(const struct barter *barter, const struct package *package)
{
	return package_value(&barter->table->bargain, package).theirs > package_value(&barter->table->bargain, &barter->stands).theirs;
}

/* A package on the frontier that is worth his aim to us; near it the one in his manner: the price last (N1), and little changed. */
static bool wisely(struct barter *barter)
{
	const struct bargain_head *head = &barter->table->head;
	struct package ties[TIES], pick = {0};
	int gone = barter->talk->buyer->heard < AIM_STEPS ? barter->talk->buyer->heard : AIM_STEPS, least = PACKAGE_VARIABLES * 2;
	int point = frontier_last_ours(&barter->frontier, head->target - (head->target - head->limit) / AIM_STEPS * gone);
	for (int i = point; i >= 0 && i > point - NEAR; i--) {
		int n = frontier_packages(&barter->frontier, i, TIES, ties);
		for (int t = 0; t < n; t++) {
			int cost = differences(barter, &ties[t], &barter->stands) + (price_of(barter, &ties[t]) < price_of(barter, &barter->stands) ? PACKAGE_VARIABLES : 0);
			if (cost >= least) continue;
			least = cost;
			pick = ties[t];
		}
	}
	if (point < 0) return false;
	struct package part = part_of(barter, &pick);
	if (!better_for_them(barter, &part)) part = pick;
	bool opens = barter->talk->buyer->heard == 0;
	return (opens || better_for_them(barter, &part)) && may(barter, &part) && !for_nothing(barter, &part) && offer(barter, &part);
}

/* Of several trades the first that takes nothing back of what was given before. */
static const struct trade *trade_pick(const struct barter *barter, const struct trade *trades, int n)
{
	for (int i = 0; i < n; i++) {
		bool back = false;
		for (int c = 0; c < trades[i].n; c++) back |= barter->stands.choice[trades[i].variable[c]] != barter->start.choice[trades[i].variable[c]];
		if (!back) return &trades[i];
	}
	return &trades[0];
}

/* Something of what they ask, for something in return; the price only where nothing else is asked. */
static bool in_return(struct barter *barter, const struct demo_want *wants, int n)
{
	struct trade trades[TRADES];
	for (int price = 0; price < 2; price++) {
		for (int i = 0; i < n; i++) {
			if (barter->table->bargain.variables[wants[i].variable].price != price) continue;
			int found = trade_for(&barter->table->bargain, &barter->stands, wants[i].variable, wants[i].option, TRADES, barter->talk->arena, trades);
			if (!found) continue;
			const struct trade *trade = trade_pick(barter, trades, found);
			struct package package = barter->stands;
			package.choice[wants[i].variable] = (uint16_t)wants[i].option;
			for (int c = 0; c < trade->n; c++) package.choice[trade->variable[c]] = trade->to[c];
			if (may(barter, &package)) return offer(barter, &package);
		}
	}
	return false;
}

/* Asked or not, some hundredths of the price: the dear thing first, as one should not (N1). */
static bool give_price(struct barter *barter)
{
	struct package pick = barter->stands;
	int64_t wanted = -barter->talk->value_minor / 100 * GIVEN, nearest = INT64_MAX;
	for (int v = 0; v < barter->table->bargain.n; v++) {
		for (int o = 0; barter->table->bargain.variables[v].price && o < barter->table->bargain.variables[v].n; o++) {
			struct package package = barter->stands;
			int64_t amount = amount_of(barter, v, o), apart = amount > wanted ? amount - wanted : wanted - amount;
			package.choice[v] = (uint16_t)o;
			if (amount >= 0 || apart >= nearest || !may(barter, &package)) continue;
			nearest = apart;
			pick = package;
		}
	}
	return nearest != INT64_MAX && offer(barter, &pick);
}

/* Half of the way to what they ask, and nothing for it. */
static bool give_way(struct barter *barter, const struct demo_want *wants, int n)
{
	if (happens(barter, barter->talk->manager->price) && give_price(barter)) return true;
	for (int i = 0; i < n; i++) {
		int v = wants[i].variable, from = barter->stands.choice[v], to = wants[i].option;
		for (int part = barter->table->bargain.variables[v].price ? 2 : 1; part <= 16; part *= 2) {
			struct package package = barter->stands;
			package.choice[v] = (uint16_t)(from + (to - from) / part);
			if (may(barter, &package)) return offer(barter, &package);
		}
	}
	return false;
}

/* In price as far as the limit lets him. */
static void give_all(struct barter *barter)
{
	struct package package = barter->stands, last = barter->stands;
	for (int v = 0; v < barter->table->bargain.n; v++) {
		const struct variable *variable = &barter->table->bargain.variables[v];
		for (int o = 0; variable->price && o < variable->n; o++) {
			package.choice[v] = (uint16_t)o;
			bool less = package_value(&barter->table->bargain, &package).ours < package_value(&barter->table->bargain, &last).ours;
			if (may(barter, &package) && less) last = package;
		}
		package.choice[v] = last.choice[v];
	}
	if (differences(barter, &last, &barter->stands)) offer(barter, &last);
}

/* false: nothing is offered, and what was asked is declined. */
static bool answer(struct barter *barter, const struct demo_want *wants, int n)
{
	const struct demo_talk *talk = barter->talk;
	double style = rng_unit(talk->rng);
	bool gives = talk->gives_way || style >= talk->manager->wise + talk->manager->trades, wise = style < talk->manager->wise, offered;
	if (gives) offered = give_way(barter, wants, n);
	else offered = (wise && wisely(barter)) || in_return(barter, wants, n) || (!wise && wisely(barter));
	/* Pressed for long, anybody gives something. */
	if (!offered && !gives && talk->buyer->heard > 2 && happens(barter, 0.5)) offered = give_way(barter, wants, n);
	if (!offered && gives && !talk->gives_way) offered = in_return(barter, wants, n);
	for (int i = 0; i < n && !offered; i++) {
		/* What they would give us nobody declines. */
		if (amount_of(barter, wants[i].variable, wants[i].option) < 0)
			demo_talk_put(barter->talk, EVENT_DECLINED, barter->table->variables[wants[i].variable].row->id, 0, 0, NULL, 9);
	}
	return offered;
}

/* ---- The client ---- */

static int ask(struct barter *barter, struct demo_want wants[DEMO_WANTS])
{
	int n = demo_buyer_asks(barter->talk->buyer, barter->felt, &barter->start, &barter->stands, wants);
	for (int i = 0; i < n; i++) say(barter, EVENT_ASKED, wants[i].variable, wants[i].option, 14);
	return n;
}

static bool content(const struct barter *barter)
{
	return package_value(barter->felt, &barter->stands).theirs >= demo_buyer_demand(barter->talk->buyer, barter->felt, &barter->start);
}

/* What of an offer hurts him most, aloud. */
static void refuse(struct barter *barter, const struct package *stood)
{
	int pick = -1;
	int64_t worst = 0;
	for (int v = 0; v < barter->felt->n; v++) {
		const struct option *options = barter->felt->variables[v].options;
		int64_t change = options[barter->stands.choice[v]].theirs - options[stood->choice[v]].theirs;
		if (change >= worst) continue;
		worst = change;
		pick = v;
	}
	if (pick >= 0 && happens(barter, 0.4)) say(barter, EVENT_REFUSED, pick, barter->stands.choice[pick], 9);
}

/* N7. Before it is signed a good manager looks whether both could have it better. */
static void better_for_both(struct barter *barter)
{
	struct option now = package_value(&barter->table->bargain, &barter->stands);
	struct package ties[TIES];
	for (int i = frontier_last_ours(&barter->frontier, now.ours); i >= 0 && barter->frontier.points[i].theirs >= now.theirs; i--) {
		int n = frontier_packages(&barter->frontier, i, TIES, ties);
		for (int t = 0; t < n; t++) {
			bool likes = package_value(barter->felt, &ties[t]).theirs >= package_value(barter->felt, &barter->stands).theirs;
			if (likes && may(barter, &ties[t]) && !for_nothing(barter, &ties[t]) && offer(barter, &ties[t])) return;
		}
	}
}

bool demo_barter_run(struct demo_talk *talk, bool signs)
{
	struct barter barter = {.talk = talk, .table = talk->table, .felt = demo_buyer_feels(talk->buyer, talk->table, talk->arena), .stands = talk->table->now};
	struct demo_want wants[DEMO_WANTS];
	bool agreed = false;
	for (int v = 0; v < barter.table->bargain.n; v++) barter.start.choice[v] = (uint16_t)barter.table->variables[v].starts;
	if (!frontier_make(&barter.table->bargain, FRONTIER_MOST, talk->arena, &barter.frontier)) return false;
	int rounds = signs ? ROUNDS_SIGN : (int)rng_between(talk->rng, 2, 3);
	for (int round = 0, moved = true; round < rounds && moved && !agreed; round++) {
		struct package stood = barter.stands;
		bool first = round == 0 && !talk->table->offers_ours && !talk->gives_way && happens(&barter, talk->manager->wise);
		if (!first || !wisely(&barter)) moved = answer(&barter, wants, ask(&barter, wants));
		talk->buyer->heard++;
		agreed = content(&barter);
		if (!agreed && moved) refuse(&barter, &stood);
	}
	if (agreed && signs && happens(&barter, talk->manager->wise + 0.2)) better_for_both(&barter);
	if (talk->gives_way) give_all(&barter);
	if (!signs && (talk->leaves_ask || happens(&barter, 0.5))) ask(&barter, wants);
	talk->price_minor = price_of(&barter, &barter.stands);
	return agreed && signs;
}
