/* What to say or do next in a sale: sale.h has the contract.
 *
 * One question is answered, "what is the next thing?" (next_one); the two things after it are found by pretending that
 * the first was done and asking again. So the grey lines under the question are what will really come. */
#include "core/playbook/sale.h"

#include "base/err.h"

#define FUNNEL_MIN 3 /* S3: a funnel of three to five questions */
#define FUNNEL_MAX 5
#define COST_MAX INT64_MAX

static const struct playbook_item *item_find(const struct playbook *book, int64_t id)
{
	for (int i = 0; i < book->n_items; i++)
		if (book->items[i].id == id) return &book->items[i];
	return NULL;
}

static bool touched(const struct sale_state *state, int64_t item)
{
	for (int i = 0; i < state->n_said; i++)
		if (state->said[i].item == item) return true;
	return false;
}

static bool heard(const struct playbook *book, int64_t item)
{
	for (int i = 0; i < book->n_heard; i++)
		if (book->heard[i] == item) return true;
	return false;
}

static int bits(uint32_t mask)
{
	int n = 0;
	for (; mask != 0; mask &= mask - 1) n++;
	return n;
}

/* How many of a kind were said aloud in this call; the last of them; the union of their motives. */
struct spoken {
	const struct playbook_item *last;
	uint32_t motives;
	int n, n_detailing;
};

static struct spoken spoken_of(const struct sale_state *state, const struct playbook *book, enum item_kind kind)
{
	struct spoken spoken = {0};
	int64_t last_at = INT64_MIN;
	for (int i = 0; i < state->n_said; i++) {
		const struct sale_said *said = &state->said[i];
		const struct playbook_item *item = said->as == SAID_SKIPPED ? NULL : item_find(book, said->item);
		if (item == NULL || item->kind != kind) continue;
		spoken.n++;
		spoken.n_detailing += item->level == LEVEL_DETAILING;
		spoken.motives |= item->motives;
		if (said->at >= last_at) {
			last_at = said->at;
			spoken.last = item;
		}
	}
	return spoken;
}

uint32_t sale_probed(const struct sale_state *state, const struct playbook *book)
{
	return spoken_of(state, book, ITEM_QUESTION).motives;
}

uint32_t sale_mirror(const struct sale_state *state, const struct playbook *book, int64_t objection)
{
	const struct playbook_item *item = item_find(book, objection);
	return item == NULL ? 0 : item->motives & ~(sale_probed(state, book) | state->motives);
}

static struct sale_hint hint(enum hint_kind kind, int64_t item, int64_t value, uint32_t motives)
{
	return (struct sale_hint){.kind = kind, .item = item, .value = value, .motives = motives};
}

static struct sale_hint go_on(enum sale_step step)
{
	return hint(HINT_STEP, 0, step, 0);
}

/* The cheapest item that may be offered: by cost, then order, then id. cost < 0: not this one. */
struct pick {
	const struct playbook_item *item;
	int64_t cost;
};

static void pick_offer(struct pick *pick, const struct playbook_item *item, int64_t cost)
{
	if (cost < 0) return;
	if (pick->item != NULL) {
		if (cost > pick->cost) return;
		if (cost == pick->cost && item->order > pick->item->order) return;
		if (cost == pick->cost && item->order == pick->item->order && item->id >= pick->item->id) return;
	}
	pick->item = item;
	pick->cost = cost;
}

static const struct playbook_item *first_of(const struct sale_state *state, const struct playbook *book, enum item_kind kind)
{
	struct pick pick = {0};
	for (int i = 0; i < book->n_items; i++)
		if (book->items[i].kind == kind && !touched(state, book->items[i].id)) pick_offer(&pick, &book->items[i], 0);
	return pick.item;
}

static bool asked_more(const struct sale_state *state)
{
	return (state->more & MACHINE_BIT(state->step)) != 0;
}

static struct sale_hint next_preparation(const struct sale_state *state, const struct playbook *book)
{
	const struct playbook_item *item = first_of(state, book, ITEM_PREPARATION);
	return item != NULL ? hint(HINT_ITEM, item->id, 0, 0) : go_on(STEP_CONTACT);
}

static struct sale_hint next_contact(const struct sale_state *state, const struct playbook *book)
{
	struct pick pick = {0};
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind == ITEM_OPENER && !touched(state, item->id) && !heard(book, item->id)) pick_offer(&pick, item, 0);
	}
	bool enough = spoken_of(state, book, ITEM_OPENER).n > 0 && !asked_more(state);
	return pick.item == NULL || enough ? go_on(STEP_MOTIVES) : hint(HINT_ITEM, pick.item->id, 0, 0);
}

/* S3. The last question says where in the funnel we are. A motive just heard that no question has followed up leads it
 * aside; at the bottom a new funnel begins, for motives that nobody has asked about. */
static const struct playbook_item *question_pick(const struct sale_state *state, const struct playbook *book, const struct spoken *asked)
{
	uint32_t fresh = state->motives & ~asked->motives;
	uint32_t unknown = ~(asked->motives | state->motives);
	uint32_t chain = 0;
	int want = LEVEL_SITUATIONAL;
	if (fresh != 0) {
		chain = fresh;
		want = asked->n > 0 ? LEVEL_SPECIFYING : LEVEL_SITUATIONAL;
		if (asked->last != NULL && asked->last->level == LEVEL_SPECIFYING && asked->last->motives == 0) want = LEVEL_DETAILING;
	} else if (asked->last != NULL && asked->last->level < LEVEL_DETAILING) {
		chain = asked->last->motives;
		want = (int)asked->last->level + 1;
	}
	struct pick pick = {0};
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_QUESTION || touched(state, item->id)) continue;
		int away = (int)item->level - want;
		int64_t level_cost = away >= 0 ? 2 * away - (away > 0) : -2 * away;
		int64_t chain_cost = chain == 0 || (item->motives & chain) != 0 ? 0 : item->motives == 0 ? 1 : 2;
		int64_t known_cost = chain != 0 || item->motives == 0 || (item->motives & unknown) != 0 ? 0 : 1;
		pick_offer(&pick, item, level_cost + 8 * (chain_cost + known_cost));
	}
	return pick.item;
}

static struct sale_hint next_motives(const struct sale_state *state, const struct playbook *book)
{
	struct spoken asked = spoken_of(state, book, ITEM_QUESTION);
	const struct playbook_item *item = question_pick(state, book, &asked);
	bool deep = asked.n >= FUNNEL_MAX || (asked.n >= FUNNEL_MIN && asked.n_detailing > 0);
	if (state->motives != 0 && (item == NULL || (deep && !asked_more(state)))) return go_on(STEP_PRESENTATION);
	return item != NULL ? hint(HINT_ITEM, item->id, 0, item->motives) : hint(HINT_NO_MOTIVE, 0, 0, 0);
}

/* S4. Only what serves a motive found; first what serves most of those not served yet. */
static struct sale_hint next_presentation(const struct sale_state *state, const struct playbook *book)
{
	if (state->motives == 0) return hint(HINT_NO_MOTIVE, 0, STEP_MOTIVES, 0);
	struct spoken shown = spoken_of(state, book, ITEM_POINT);
	struct pick pick = {0};
	uint32_t can = 0;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_POINT || (item->motives & state->motives) == 0) continue;
		can |= item->motives & state->motives;
		if (touched(state, item->id)) continue;
		pick_offer(&pick, item, MOTIVE_COUNT - bits(item->motives & state->motives & ~shown.motives));
	}
	enum sale_step onward = sale_unanswered(state) > 0 ? STEP_OBJECTIONS : STEP_CLOSING;
	if (can == 0) return hint(HINT_NO_POINT, 0, onward, state->motives);
	bool served = (can & ~shown.motives) == 0;
	if (pick.item == NULL || (served && !asked_more(state))) return go_on(onward);
	return hint(HINT_ITEM, pick.item->id, 0, pick.item->motives & state->motives);
}

static struct sale_hint next_objections(const struct sale_state *state, const struct playbook *book)
{
	if (!asked_more(state))
		for (int i = 0; i < state->n_objections; i++)
			if (state->objections[i].state == OBJECTION_LEFT) return hint(HINT_OBJECTION, state->objections[i].item, 0, 0);
	const struct playbook_item *item = first_of(state, book, ITEM_PROBE);
	bool enough = spoken_of(state, book, ITEM_PROBE).n > 0 && !asked_more(state);
	return item == NULL || enough ? go_on(STEP_CLOSING) : hint(HINT_ITEM, item->id, 0, 0);
}

static const struct playbook_item *close_phrase(const struct sale_state *state, const struct playbook *book, enum close_kind kind)
{
	struct pick pick = {0};
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_CLOSE || item->close != kind) continue;
		if (touched(state, item->id)) return NULL; /* proposed once; now the answer to it is waited for */
		pick_offer(&pick, item, 0);
	}
	return pick.item;
}

/* S6. The contract and the payment; what was asked for instead ("more") is the alternative: today or tomorrow. */
static struct sale_hint next_closing(const struct sale_state *state, const struct playbook *book)
{
	const struct playbook_item *phrase;
	bool declined = asked_more(state);
	if (state->contract_at != 0) {
		if (state->paid_at != 0 || declined) return hint(HINT_END, 0, OUTCOME_WON, 0);
		phrase = close_phrase(state, book, CLOSE_PAYMENT);
		return phrase != NULL ? hint(HINT_ITEM, phrase->id, 0, 0) : hint(HINT_PAYMENT, 0, 0, 0);
	}
	if (state->next_at != 0) return hint(HINT_END, 0, OUTCOME_NEXT, 0);
	phrase = close_phrase(state, book, declined ? CLOSE_ALTERNATIVE : CLOSE_CONTRACT);
	if (phrase != NULL) return hint(HINT_ITEM, phrase->id, 0, 0);
	return hint(declined ? HINT_ALTERNATIVE : HINT_CONTRACT, 0, 0, 0);
}

/* A negotiation: who has decided to buy is not persuaded; the terms are asked about, and then agreed. */
static struct sale_hint next_terms(const struct sale_state *state, const struct playbook *book)
{
	const struct playbook_item *item = first_of(state, book, ITEM_TERM);
	return item != NULL ? hint(HINT_ITEM, item->id, 0, 0) : go_on(STEP_CLOSING);
}

static struct sale_hint next_one(const struct sale_state *state, const struct playbook *book)
{
	switch (state->step) {
	case STEP_PLANNED: return hint(HINT_BEGIN, 0, 0, 0);
	case STEP_PREPARATION: return next_preparation(state, book);
	case STEP_CONTACT: return next_contact(state, book);
	case STEP_MOTIVES: return state->mode == MODE_NEGOTIATION ? next_terms(state, book) : next_motives(state, book);
	case STEP_PRESENTATION: return state->mode == MODE_NEGOTIATION ? next_terms(state, book) : next_presentation(state, book);
	case STEP_OBJECTIONS: return next_objections(state, book);
	case STEP_CLOSING: return next_closing(state, book);
	case STEP_ENDED:
	case STEP_COUNT: break;
	}
	return hint(HINT_NONE, 0, 0, 0);
}

/* The event by which the hint is followed; EVENT_NONE where nothing can be foreseen. */
static struct call_event follow(const struct sale_hint *next, int64_t at)
{
	struct call_event event = {.at = at, .item = next->item, .value = next->value};
	switch (next->kind) {
	case HINT_BEGIN: event.kind = EVENT_BEGAN; break;
	case HINT_ITEM: event.kind = EVENT_SAID; break;
	case HINT_NO_POINT:
	case HINT_STEP: event.kind = EVENT_STEP; break;
	case HINT_NO_MOTIVE: event.kind = next->value != 0 ? EVENT_STEP : EVENT_NONE; break;
	case HINT_CONTRACT: event.kind = EVENT_CONTRACT; break;
	case HINT_PAYMENT: event.kind = EVENT_PAYMENT; break;
	case HINT_ALTERNATIVE:
		event.kind = EVENT_PLANNED;
		event.value = 1;
		break;
	case HINT_NONE:
	case HINT_OBJECTION:
	case HINT_END:
	case HINT_KINDS: event.kind = EVENT_NONE; break;
	}
	return event;
}

int sale_next(const struct sale_state *state, const struct playbook *book, struct sale_hint ret_hints[SALE_HINTS])
{
	struct sale_state ahead = *state;
	int64_t at = state->step_since;
	for (int i = 0; i < state->n_said; i++)
		if (state->said[i].at > at) at = state->said[i].at;
	int n = 0;
	while (n < SALE_HINTS) {
		struct sale_hint next = next_one(&ahead, book);
		if (next.kind == HINT_NONE) break;
		ret_hints[n++] = next;
		struct call_event event = follow(&next, at + n);
		if (event.kind == EVENT_NONE || sale_pretend(&ahead, &event) != SALE_APPLIED) break;
	}
	return n;
}
