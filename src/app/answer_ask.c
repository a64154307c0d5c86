#include "app/answer_ask.h"

#include <string.h>

#include "base/buf.h"
#include "base/moment.h"
#include "base/parse.h"
#include "core/playbook/playbook_word.h"

enum { QUERY_BYTES = 2000 };

static const char *const outcomes[] = {"", "won", "lost", "next", "on", "decided"};
static const char *const packages[] = {"", "measured", "edge", "inside"};

static int word_of(const char *const *words, int n, const char *word)
{
	for (int i = 1; i < n; i++)
		if (!strcmp(words[i], word)) return i;
	return 0;
}

static int value_of(enum word_of of, const char *word)
{
	int value;
	return playbook_value(of, word, &value) ? value : FACT_ANY;
}

static void span_of(const struct answer_given *given, const struct fact_set *facts, int64_t now, struct answer_ask *ask)
{
	int32_t today = day_of(now);
	ask->to_day = today;
	if (!strcmp(given->span, "all")) ask->from_day = facts->n ? day_of(facts->list[0].ended_at) : today;
	else if (!strcmp(given->span, "days") && given->from >= 0) {
		ask->from_day = (int32_t)given->from;
		ask->to_day = given->to >= 0 ? (int32_t)given->to : today;
		if (given->to >= 0 && given->to < given->from) { /* the wrong way round */
			ask->from_day = (int32_t)given->to;
			ask->to_day = (int32_t)given->from;
		}
	} else {
		int64_t days;
		ask->from_day = today - (parse_int(given->span, &days) ? (int32_t)days : 90) + 1;
	}
	if (ask->to_day < ask->from_day) ask->to_day = ask->from_day;
}

struct answer_ask answer_ask_of(const struct answer_given *given, const struct fact_shelf *shelf, int64_t now)
{
	struct answer_ask ask = {.given = *given};
	span_of(given, fact_shelf_facts(shelf), now, &ask);
	struct fact_ask fact = fact_ask_all(day_start(ask.from_day), day_start(ask.to_day + 1));
	if (*given->segment) fact.b2b = !strcmp(given->segment, "b2b");
	if (given->product_id) fact.product = fact_shelf_product(shelf, given->product_id);
	if (given->member_id) fact.manager = fact_shelf_manager(shelf, given->member_id);
	if (*given->mode) fact.mode = value_of(WORD_MODE, given->mode);
	if (!strcmp(given->advised, "any")) fact.known_advice = true;
	else if (*given->advised) fact.advised = value_of(WORD_MODE, given->advised);
	if (*given->led) fact.followed = !strcmp(given->led, "advised");
	if (*given->step) fact.step = value_of(WORD_STEP, given->step);
	if (*given->reached) fact.reached = value_of(WORD_STEP, given->reached);
	if (*given->motive) fact.motive = value_of(WORD_MOTIVE, given->motive);
	if (!strcmp(given->first, "any")) fact.conceded = true;
	else if (*given->first) fact.price_first = !strcmp(given->first, "price");
	if (given->item_id) fact.find = fact_shelf_find(shelf, given->item_id);
	if (given->number) fact.number = (int)given->number;
	if (*given->turn) fact.later = !strcmp(given->turn, "later");
	if (given->since >= 0 && given->until > given->since) {
		fact.since = day_start((int32_t)given->since);
		fact.until = day_start((int32_t)given->until);
	}
	fact.gave = given->gave;
	fact.without = given->without;
	fact.outcome = (enum fact_outcomes)word_of(outcomes, 6, given->outcome);
	fact.package = (enum fact_package)word_of(packages, 4, given->package);
	ask.fact = fact;
	return ask;
}

static void span_add(struct buf *out, const struct answer_ask *ask)
{
	char from[16], to[16];
	const char *span = *ask->given.span ? ask->given.span : "90";
	buf_printf(out, "span=%s", span);
	if (strcmp(span, "days")) return;
	day_iso(ask->from_day, from);
	day_iso(ask->to_day, to);
	buf_printf(out, "&from=%s&to=%s", from, to);
}

static void days_add(struct buf *out, const struct fact_ask *fact)
{
	char since[16], until[16];
	if (fact->since >= fact->until) return;
	day_iso(day_of(fact->since), since);
	day_iso(day_of(fact->until), until);
	buf_printf(out, "&since=%s&until=%s", since, until);
}

static void word_add(struct buf *out, const char *name, enum word_of of, int value)
{
	if (value != FACT_ANY) buf_printf(out, "&%s=%s", name, playbook_word(of, value));
}

/* otherwise: the id that was asked for and that no conversation has; its list is as empty as its number says. */
static void id_add(struct buf *out, const char *name, const int64_t *ids, uint32_t n, int64_t number, int64_t otherwise)
{
	if (number == FACT_ANY) return;
	int64_t id = number < (int64_t)n ? ids[number] : otherwise;
	if (id) buf_printf(out, "&%s=%lld", name, (long long)id);
}

static const char *taken(struct arena *arena, struct buf *out)
{
	const char *text = arena_strdup(arena, out->bytes ? out->bytes : "");
	buf_done(out);
	return text;
}

const char *answer_ask_query(struct arena *arena, const struct answer_ask *ask)
{
	struct buf out;
	buf_init(&out, QUERY_BYTES);
	span_add(&out, ask);
	if (*ask->given.segment) buf_printf(&out, "&segment=%s", ask->given.segment);
	if (ask->given.product_id) buf_printf(&out, "&product=%lld", (long long)ask->given.product_id);
	if (ask->given.member_id) buf_printf(&out, "&member=%lld", (long long)ask->given.member_id);
	return taken(arena, &out);
}

const char *answer_ask_address(struct arena *arena, const struct answer_ask *ask, const struct fact_ask *fact, const struct fact_set *facts)
{
	struct buf out;
	buf_init(&out, QUERY_BYTES);
	buf_text(&out, "/answer/calls?");
	span_add(&out, ask);
	if (fact->b2b != FACT_ANY) buf_printf(&out, "&segment=%s", fact->b2b ? "b2b" : "b2c");
	id_add(&out, "product", facts->products, facts->n_products, fact->product, ask->given.product_id);
	id_add(&out, "member", facts->managers, facts->n_managers, fact->manager, ask->given.member_id);
	word_add(&out, "mode", WORD_MODE, fact->mode);
	word_add(&out, "advised", WORD_MODE, fact->advised);
	if (fact->known_advice) buf_text(&out, "&advised=any");
	if (fact->followed != FACT_ANY) buf_printf(&out, "&led=%s", fact->followed ? "advised" : "otherwise");
	if (fact->outcome) buf_printf(&out, "&outcome=%s", outcomes[fact->outcome]);
	word_add(&out, "step", WORD_STEP, fact->step);
	word_add(&out, "reached", WORD_STEP, fact->reached);
	if (fact->number != FACT_ANY) buf_printf(&out, "&number=%d", fact->number);
	if (fact->later != FACT_ANY) buf_printf(&out, "&turn=%s", fact->later ? "later" : "first");
	if (fact->conceded) buf_text(&out, "&first=any");
	if (fact->price_first != FACT_ANY) buf_printf(&out, "&first=%s", fact->price_first ? "price" : "other");
	if (fact->package) buf_printf(&out, "&package=%s", packages[fact->package]);
	if (fact->gave) buf_text(&out, "&gave=1");
	word_add(&out, "motive", WORD_MOTIVE, fact->motive);
	id_add(&out, "item", facts->finds, facts->n_finds, fact->find, ask->given.item_id);
	if (fact->without) buf_text(&out, "&without=1");
	days_add(&out, fact);
	return taken(arena, &out);
}
