/* What to say or do next in a talk: talk.h has the contract.
 *
 * One question is answered, "what is the next thing?" (next_one); the two things after it are found by pretending that
 * the first was done and asking again. So the grey lines under the question are what will really come. */
#include "core/playbook/talk.h"

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

static bool touched(const struct talk_state *state, int64_t item)
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

static struct spoken spoken_of(const struct talk_state *state, const struct playbook *book, enum item_kind kind)
{
	struct spoken spoken = {0};
	int64_t last_at = INT64_MIN;
	for (int i = 0; i < state->n_said; i++) {
		const struct talk_said *said = &state->said[i];
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

uint32_t talk_probed(const struct talk_state *state, const struct playbook *book)
{
	return spoken_of(state, book, ITEM_QUESTION).motives;
}

uint32_t talk_mirror(const struct talk_state *state, const struct playbook *book, int64_t objection)
{
	const struct playbook_item *item = item_find(book, objection);
	return item == NULL ? 0 : item->motives & ~(talk_probed(state, book) | state->motives);
}

static struct talk_hint hint(enum hint_kind kind, int64_t item, int64_t value, uint32_t motives)
{
	return (struct talk_hint){.kind = kind, .item = item, .value = value, .motives = motives};
}

static struct talk_hint go_on(enum talk_step step)
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

static const struct playbook_item *first_of(const struct talk_state *state, const struct playbook *book, enum item_kind kind)
{
	struct pick pick = {0};
	for (int i = 0; i < book->n_items; i++)
		if (book->items[i].kind == kind && !touched(state, book->items[i].id)) pick_offer(&pick, &book->items[i], 0);
	return pick.item;
}

static bool asked_more(const struct talk_state *state)
{
	return (state->more & MACHINE_BIT(state->step)) != 0;
}

/* S1: the product. N1: first the limit and the concessions, which a sale has not. */
static struct talk_hint next_preparation(const struct talk_state *state, const struct playbook *book)
{
	struct pick pick = {0};
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_PREPARATION || touched(state, item->id)) continue;
		if (state->mode == MODE_SALE) pick_offer(&pick, item, item->negotiation ? -1 : 0);
		else pick_offer(&pick, item, !item->negotiation);
	}
	const struct playbook_item *item = pick.item;
	return item != NULL ? hint(HINT_ITEM, item->id, 0, 0) : go_on(STEP_CONTACT);
}

/* S2: small talk, a compliment. N2: first what belongs to this person. */
static int64_t opener_cost(const struct talk_state *state, const struct playbook_item *item)
{
	bool personal = item->opener >= OPENER_TOPIC;
	if (state->mode == MODE_SALE) return personal ? -1 : 0;
	return personal ? 0 : 1;
}

static struct talk_hint next_contact(const struct talk_state *state, const struct playbook *book)
{
	struct pick pick = {0};
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_OPENER || touched(state, item->id) || heard(book, item->id)) continue;
		pick_offer(&pick, item, opener_cost(state, item));
	}
	bool enough = spoken_of(state, book, ITEM_OPENER).n > 0 && !asked_more(state);
	return pick.item == NULL || enough ? go_on(STEP_MOTIVES) : hint(HINT_ITEM, pick.item->id, 0, 0);
}

/* S3. The last question says where in the funnel we are. A motive just heard that no question has followed up leads it
 * aside; at the bottom a new funnel begins, for motives that nobody has asked about. */
static const struct playbook_item *question_pick(const struct talk_state *state, const struct playbook *book, const struct spoken *asked)
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

static struct talk_hint next_motives(const struct talk_state *state, const struct playbook *book)
{
	struct spoken asked = spoken_of(state, book, ITEM_QUESTION);
	const struct playbook_item *item = question_pick(state, book, &asked);
	bool deep = asked.n >= FUNNEL_MAX || (asked.n >= FUNNEL_MIN && asked.n_detailing > 0);
	if (state->motives != 0 && (item == NULL || (deep && !asked_more(state)))) return go_on(STEP_PRESENTATION);
	return item != NULL ? hint(HINT_ITEM, item->id, 0, item->motives) : hint(HINT_NO_MOTIVE, 0, 0, 0);
}

uint32_t talk_wanted(const struct talk_state *state, const struct playbook *book)
{
	uint32_t wanted = state->motives;
	for (int i = 0; i < state->n_interests; i++) {
		const struct playbook_item *item = item_find(book, state->interests[i].item);
		if (item != NULL && !item->compliance) wanted |= item->motives;
	}
	return wanted;
}

/* S4, N4. Only what serves a motive or an interest found; first what serves most of those not served yet. */
static struct talk_hint next_presentation(const struct talk_state *state, const struct playbook *book)
{
	const uint32_t wanted = talk_wanted(state, book);
	if (wanted == 0) return hint(HINT_NO_MOTIVE, 0, STEP_MOTIVES, 0);
	struct spoken shown = spoken_of(state, book, ITEM_POINT);
	struct pick pick = {0};
	uint32_t can = 0;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_POINT || (item->motives & wanted) == 0) continue;
		can |= item->motives & wanted;
		if (touched(state, item->id)) continue;
		pick_offer(&pick, item, MOTIVE_COUNT - bits(item->motives & wanted & ~shown.motives));
	}
	enum talk_step onward = talk_unanswered(state) > 0 ? STEP_OBJECTIONS : STEP_CLOSING;
	if (can == 0) return hint(HINT_NO_POINT, 0, onward, wanted);
	bool served = (can & ~shown.motives) == 0;
	if (pick.item == NULL || (served && !asked_more(state))) return go_on(onward);
	return hint(HINT_ITEM, pick.item->id, 0, pick.item->motives & wanted);
}

static struct talk_hint next_objections(const struct talk_state *state, const struct playbook *book)
{
	if (!asked_more(state))
		for (int i = 0; i < state->n_objections; i++)
			if (state->objections[i].state == OBJECTION_LEFT) return hint(HINT_OBJECTION, state->objections[i].item, 0, 0);
	const struct playbook_item *item = first_of(state, book, ITEM_PROBE);
	bool enough = spoken_of(state, book, ITEM_PROBE).n > 0 && !asked_more(state);
	return item == NULL || enough ? go_on(STEP_CLOSING) : hint(HINT_ITEM, item->id, 0, 0);
}

static const struct playbook_item *close_phrase(const struct talk_state *state, const struct playbook *book, enum close_kind kind)
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
static struct talk_hint next_closing(const struct talk_state *state, const struct playbook *book)
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

/* ---- A negotiation ---- */

int64_t talk_position(const struct talk_state *state)
{
	int64_t position = 0, at = INT64_MIN;
	for (int i = 0; i < state->n_objections; i++) {
		if (state->objections[i].raised_at < at) continue;
		at = state->objections[i].raised_at;
		position = state->objections[i].item;
	}
	return position;
}

static bool interest_found(const struct talk_state *state, int64_t position)
{
	for (int i = 0; i < state->n_interests; i++)
		if (position == 0 || state->interests[i].position == position) return true;
	return false;
}

static bool interest_known(const struct playbook *book, int64_t position)
{
	for (int i = 0; i < book->n_items; i++)
		if (book->items[i].kind == ITEM_INTEREST && book->items[i].objection == position) return true;
	return false;
}

/* SPIN: one question a level, upwards; the position's own before the general ones. An interest that is found needs no more search, it needs to be felt: then only the
 * implication and the direct question are left. NULL: the funnel is through. */
static const struct playbook_item *spin_pick(const struct talk_state *state, const struct playbook *book, int64_t position)
{
	int deepest = interest_found(state, position) ? LEVEL_PROBLEM : LEVEL_SITUATION - 1;
	for (int i = 0; i < state->n_said; i++) {
		const struct playbook_item *item = state->said[i].as == SAID_SKIPPED ? NULL : item_find(book, state->said[i].item);
		if (item == NULL || item->kind != ITEM_SPIN || (item->objection != position && item->objection != 0)) continue;
		if ((int)item->level > deepest) deepest = (int)item->level;
	}
	struct pick pick = {0};
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_SPIN || (item->objection != position && item->objection != 0) || touched(state, item->id)) continue;
		if ((int)item->level <= deepest) continue;
		pick_offer(&pick, item, 2 * (int64_t)item->level + (item->objection != position));
	}
	return pick.item;
}

int64_t talk_spin(const struct talk_state *state, const struct playbook *book, int64_t position)
{
	const struct playbook_item *item = spin_pick(state, book, position);
	return item == NULL ? 0 : item->id;
}

/* N3: first the interest behind the position, then the terms that he must have (N1). */
static struct talk_hint next_interests(const struct talk_state *state, const struct playbook *book)
{
	int64_t position = talk_position(state);
	const struct playbook_item *item = spin_pick(state, book, position);
	if (item != NULL) return hint(HINT_ITEM, item->id, 0, 0);
	if (position != 0 && !interest_found(state, position) && interest_known(book, position) && !asked_more(state)) return hint(HINT_POSITION, position, 0, 0);
	item = first_of(state, book, ITEM_TERM);
	if (item != NULL) return hint(HINT_ITEM, item->id, 0, 0);
	return go_on(talk_wanted(state, book) != 0 ? STEP_PRESENTATION : STEP_CLOSING);
}

static int64_t stood_before(const struct playbook *book, int64_t variable)
{
	for (int i = 0; i < book->n_terms; i++)
		if (book->terms[i].variable == variable) return book->terms[i].stands;
	return 0;
}

/* N6. What they ask for is answered first; nothing is given without asking. */
static struct talk_hint next_trade(const struct talk_state *state, const struct playbook *book)
{
	if (talk_draft_open(state)) {
		if (!talk_draft_gives(state)) return hint(HINT_SAY_OFFER, 0, 0, 0);
		for (int i = 0; i < state->n_terms; i++)
			if (state->terms[i].draft_amount < 0) return hint(HINT_RETURN, state->terms[i].variable, state->terms[i].draft, 0);
	}
	for (int i = 0; i < state->n_terms; i++) {
		const struct talk_term *term = &state->terms[i];
		if (term->waits && (term->stands != 0 || term->asked != stood_before(book, term->variable))) return hint(HINT_TRADE, term->variable, term->asked, 0);
	}
	for (int i = 0; i < book->n_terms && state->n_offered == 0; i++)
		if (book->terms[i].asked != 0 && talk_term(state, book->terms[i].variable) == NULL) return hint(HINT_TRADE, book->terms[i].variable, book->terms[i].asked, 0);
	bool offer = book->n_terms > 0 && book->offers == 0 && state->n_offered == 0;
	return offer && !asked_more(state) && state->contract_at == 0 ? hint(HINT_OFFER, 0, 0, 0) : next_closing(state, book);
}

static struct talk_hint next_one(const struct talk_state *state, const struct playbook *book)
{
	bool negotiates = state->mode == MODE_NEGOTIATION;
	switch (state->step) {
	case STEP_PLANNED: return hint(HINT_BEGIN, 0, 0, 0);
	case STEP_PREPARATION: return next_preparation(state, book);
	case STEP_CONTACT: return next_contact(state, book);
	case STEP_MOTIVES: return negotiates ? next_interests(state, book) : next_motives(state, book);
	case STEP_PRESENTATION: return next_presentation(state, book);
	case STEP_OBJECTIONS: return next_objections(state, book);
	case STEP_CLOSING: return negotiates ? next_trade(state, book) : next_closing(state, book);
	case STEP_ENDED:
	case STEP_COUNT: break;
	}
	return hint(HINT_NONE, 0, 0, 0);
}

/* The event by which the hint is followed; EVENT_NONE where nothing can be foreseen. */
static struct call_event follow(const struct talk_hint *next, int64_t at)
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
	case HINT_SAY_OFFER:
		event.kind = EVENT_OFFERED;
		break;
	case HINT_NONE:
	case HINT_OBJECTION:
	case HINT_END:
	case HINT_POSITION:
	case HINT_OFFER:
	case HINT_TRADE:
	case HINT_RETURN:
	case HINT_KINDS: event.kind = EVENT_NONE; break;
	}
	return event;
}

int talk_next(const struct talk_state *state, const struct playbook *book, struct talk_hint ret_hints[TALK_HINTS])
{
	struct talk_state ahead = *state;
	int64_t at = state->step_since;
	for (int i = 0; i < state->n_said; i++)
		if (state->said[i].at > at) at = state->said[i].at;
	int n = 0;
	while (n < TALK_HINTS) {
		struct talk_hint next = next_one(&ahead, book);
		if (next.kind == HINT_NONE) break;
		ret_hints[n++] = next;
		struct call_event event = follow(&next, at + n);
		if (event.kind == EVENT_NONE || talk_pretend(&ahead, &event) != TALK_APPLIED) break;
	}
	return n;
}
