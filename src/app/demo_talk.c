#include "app/demo_talk.h"

#include "app/demo_barter.h"
#include "app/demo_words.h"
#include "base/moment.h"
#include "core/playbook/playbook_word.h"

enum { OBJECTIONS_MAX = 3, STEPS_MAX = 60 }; /* a call that goes on longer is closed: people have other things to do */

static const int sign_evidence[PERSONA_SIGNS] = {
	[PERSONA_ASKS_CONTRACT] = EVIDENCE_ASKED_CONTRACT,
	[PERSONA_COMPARES] = EVIDENCE_COMPARES_SUPPLIERS,
	[PERSONA_DEADLINE] = EVIDENCE_NAMED_DEADLINE,
	[PERSONA_BUDGET] = EVIDENCE_HAS_BUDGET,
	[PERSONA_DECIDES] = EVIDENCE_DECISION_MAKER,
	[PERSONA_RECOMMENDED] = EVIDENCE_BY_RECOMMENDATION,
	[PERSONA_PROBLEM] = EVIDENCE_OWN_PROBLEM,
	[PERSONA_ASKS_PRICE] = EVIDENCE_ASKED_PRICE,
	[PERSONA_SEND] = EVIDENCE_SEND_ME_SOMETHING,
	[PERSONA_NO_NEED] = EVIDENCE_NO_NEED,
};

static bool happens(struct demo_talk *talk, double probability)
{
	return rng_unit(talk->rng) < probability;
}

static const struct talk_state *state_of(const struct demo_talk *talk)
{
	return &talk->live->live.talk.state;
}

bool demo_talk_put(struct demo_talk *talk, enum call_event_kind kind, int64_t item, int64_t value, int64_t amount, const char *text, int seconds)
{
	char at[32];
	struct call_event event = {.seq = talk->n_events + 1, .item = item, .value = value, .amount = amount, .kind = kind};
	talk->at += (seconds ? rng_between(talk->rng, seconds / 2 + 1, seconds * 2) : 0) * MOMENT_SECOND;
	event.at = talk->at;
	if (live_apply(&talk->live->live, &event) != TALK_APPLIED) return false;
	moment_iso(event.at, at);
	json_array_append_new(talk->events, json_pack("{ss ss ss sI sI ss*}", "id", arena_printf(talk->arena, "demo-%d", ++talk->n_events), "kind",
						      playbook_word(WORD_EVENT, (int)kind), "at", at, "item", (json_int_t)item, "value", (json_int_t)value,
						      "text", text));
	return true;
}

static bool put(struct demo_talk *talk, enum call_event_kind kind, int64_t item, int64_t value, const char *text, int seconds)
{
	return demo_talk_put(talk, kind, item, value, 0, text, seconds);
}

/* The wishes have crossed: the screen proposes, the manager mostly follows. */
static void propose(struct demo_talk *talk)
{
	if (!talk->live->live.propose) return;
	enum call_mode mode = (enum call_mode)(talk->live->live.propose - 1);
	if (!put(talk, EVENT_MODE_PROPOSED, 0, mode, NULL, 0)) return;
	bool follows = !(talk->lasts && !talk->first) && happens(talk, 0.8);
	put(talk, follows ? EVENT_MODE_ACCEPTED : EVENT_MODE_KEPT, 0, 0, NULL, 4);
	if (follows) persona_led(talk->client, mode);
}

static int64_t signal_id(const struct demo_talk *talk, int index)
{
	for (int i = 0; i < talk->live->live_known.n_signals; i++)
		if (talk->live->signals[i].index == index) return talk->live->signals[i].id;
	return 0;
}

static bool known(const struct demo_talk *talk, int index)
{
	return talk->live->live.evidence.x[index] != 0.0;
}

/* The client shows a sign; the manager ticks it if he hears it and it is new. */
static void listen(struct demo_talk *talk, enum persona_sign sign)
{
	int64_t id = signal_id(talk, sign_evidence[sign]);
	if (!persona_shows(talk->client, sign, talk->rng) || !happens(talk, talk->manager->notices)) return;
	if (!id || known(talk, sign_evidence[sign])) return;
	put(talk, EVENT_SIGNAL_ON, id, 0, NULL, 3);
	propose(talk);
}

/* What was ticked in an earlier talk and is plainly so no more. */
static void correct(struct demo_talk *talk, enum persona_sign sign)
{
	int64_t id = signal_id(talk, sign_evidence[sign]);
	if (!id || !known(talk, sign_evidence[sign]) || talk->client->wish < 0.7 || !happens(talk, talk->manager->notices)) return;
	put(talk, EVENT_SIGNAL_OFF, id, 0, NULL, 3);
	propose(talk);
}

static const struct playbook_item *item_of(const struct demo_talk *talk, int64_t id)
{
	for (int i = 0; i < talk->book->book.n_items; i++)
		if (talk->book->book.items[i].id == id) return &talk->book->book.items[i];
	return NULL;
}

static bool is_card(const struct demo_talk *talk, const struct playbook_item *item)
{
	return json_object_get(call_book_item(talk->book, item->id), "author") != NULL;
}

/* What the playbook has was said a hundred times: where a colleague's card is the next thing of the same kind, the manager is curious. */
static const struct playbook_item *curious(struct demo_talk *talk, const struct playbook_item *item)
{
	struct talk_hint hints[TALK_HINTS];
	struct call_event skips = {.at = talk->at, .item = item->id, .kind = EVENT_SKIPPED};
	if (is_card(talk, item)) return item;
	struct talk_state *ahead = ARENA_NEW(talk->arena, struct talk_state);
	*ahead = *state_of(talk);
	if (talk_pretend(ahead, &skips) != TALK_APPLIED || talk_next(ahead, &talk->book->book, hints) == 0 || hints[0].kind != HINT_ITEM) return item;
	const struct playbook_item *other = item_of(talk, hints[0].item);
	if (!other || other->kind != item->kind || !is_card(talk, other) || !happens(talk, 0.5)) return item;
	return put(talk, EVENT_SKIPPED, item->id, 0, NULL, 2) ? other : item;
}

/* How good a line is, whoever says it: from its words, so that it is the same in every call (FNV-1a, then the stream of that seed). */
static double craft(const struct demo_talk *talk, int64_t id)
{
	const char *text = json_string_value(json_object_get(call_book_item(talk->book, id), "text"));
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ talk->seed;
	for (; text && *text; text++) hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	struct rng rng;
	rng_init(&rng, hash);
	return rng_normal(&rng, 0.0, 0.7);
}

/* An objection that the client means: the mirror of what was not found, mostly. NULL: he has said them all. */
static const struct playbook_item *objection_pick(struct demo_talk *talk)
{
	const struct playbook *book = &talk->book->book;
	const struct playbook_item *pick = NULL;
	double sum = 0.0;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_OBJECTION) continue;
		bool said = false;
		for (int j = 0; j < state_of(talk)->n_objections; j++) said |= state_of(talk)->objections[j].item == item->id;
		const char *risk = json_string_value(json_object_get(call_book_item(talk->book, item->id), "variety"));
		bool cut = risk && *risk;
		if (said || (cut && !talk->client->wants_cut)) continue;
		double weight = cut ? 6.0 : persona_means(talk->client, item->motives);
		sum += weight;
		if (happens(talk, weight / sum)) pick = item;
	}
	return pick;
}

/* The answer that the manager takes: the first ones of the card as a rule (they have worked best), one for a motive found if he has it. */
static const struct playbook_item *answer_pick(struct demo_talk *talk, int64_t objection, const struct playbook_item *not_this)
{
	const struct playbook *book = &talk->book->book;
	const struct playbook_item *pick = NULL;
	double sum = 0.0;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_ANSWER || item->objection != objection || item == not_this) continue;
		double weight = (1.0 + 2.0 * ((item->motives & state_of(talk)->motives) != 0)) * (is_card(talk, item) ? 2.0 : 1.0);
		sum += weight;
		if (happens(talk, weight / sum)) pick = item;
	}
	return pick;
}

/* S5: clarify, agree with the opinion, argue, complete; a second argument where the first was not taken. */
static void settle(struct demo_talk *talk, int64_t objection)
{
	const struct playbook_item *answer = NULL;
	bool taken = false;
	for (int round = 0; round < 2 && !taken; round++) {
		answer = answer_pick(talk, objection, answer);
		if (!answer) break;
		int steps = 1;
		if (round == 0 && happens(talk, talk->manager->thorough))
			steps += put(talk, EVENT_OBJECTION_PART, answer->id, playbook_part_value(PART_CLARIFY, METHOD_ARGUE), NULL, 12);
		if (round == 0 && happens(talk, 0.3 + 0.7 * talk->manager->thorough))
			steps += put(talk, EVENT_OBJECTION_PART, answer->id, playbook_part_value(PART_AGREE, METHOD_ARGUE), NULL, 8);
		put(talk, EVENT_OBJECTION_PART, answer->id, playbook_part_value(PART_ARGUE, METHOD_ARGUE), NULL, 15);
		if (round == 0 && happens(talk, talk->manager->thorough))
			steps += put(talk, EVENT_OBJECTION_PART, answer->id, playbook_part_value(PART_COMPLETE, METHOD_ARGUE), NULL, 8);
		taken = persona_takes(talk->client, answer->motives, steps, talk->manager->skill + craft(talk, answer->id), talk->rng);
		if (!happens(talk, 0.6)) break;
	}
	if (!taken) persona_unanswered(talk->client);
	put(talk, taken ? EVENT_OBJECTION_CLOSED : EVENT_OBJECTION_LEFT, objection, 0, NULL, 6);
	propose(talk);
}

static const struct playbook_item *raise(struct demo_talk *talk)
{
	const struct playbook_item *objection = objection_pick(talk);
	return objection && put(talk, EVENT_OBJECTION, objection->id, 0, NULL, 8) ? objection : NULL;
}

static int64_t in_hand(const struct demo_talk *talk)
{
	const struct talk_state *state = state_of(talk);
	return state->in_hand ? state->objections[state->in_hand - 1].item : 0;
}

static void object(struct demo_talk *talk)
{
	const struct playbook_item *objection = in_hand(talk) ? NULL : raise(talk);
	if (objection) settle(talk, objection->id);
}

/* N3: what may stand behind his position: what serves a motive of his, mostly. A personal cut where he hopes for one. */
static const struct playbook_item *interest_pick(struct demo_talk *talk, int64_t position)
{
	const struct playbook *book = &talk->book->book;
	const struct playbook_item *pick = NULL;
	double sum = 0.0;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_INTEREST || item->objection != position || (item->compliance && !talk->client->wants_cut)) continue;
		double weight = item->compliance ? 20.0 : 1.0 + 3.0 * ((item->motives & talk->client->motives) != 0);
		sum += weight;
		if (happens(talk, weight / sum)) pick = item;
	}
	return pick;
}

/* A personal cut is recognised, marked and taken to the lead; never spoken of as a term. */
static void cut_recognised(struct demo_talk *talk)
{
	put(talk, EVENT_NOTE, 0, 0, demo_words_cut(talk->rng), 12);
	talk->cut_told = true;
	talk->client->wants_cut = false; /* he was told no, and hopes no more */
}

/* N3, SPIN: the deeper it is asked, the likelier it comes out, as open as he is. */
static void spin(struct demo_talk *talk, const struct playbook_item *question)
{
	static const double deep[] = {[LEVEL_SITUATION] = 0.15, [LEVEL_PROBLEM] = 0.4, [LEVEL_IMPLICATION] = 0.6, [LEVEL_DIRECT] = 0.9};
	int64_t position = in_hand(talk);
	const struct playbook_item *interest = position ? interest_pick(talk, position) : NULL;
	int motive = interest ? persona_asked(talk->client, interest->motives, talk->rng) : -1;
	if (motive >= 0 || happens(talk, 0.4)) put(talk, EVENT_ANSWERED, question->id, 0, demo_words_answer(talk->trade, motive, talk->rng), 22);
	for (int i = 0; i < state_of(talk)->n_interests; i++)
		if (state_of(talk)->interests[i].position == position) return;
	bool told = interest && happens(talk, deep[question->level] * (0.5 + talk->client->candour / 2)) && happens(talk, talk->manager->notices);
	if (told && put(talk, EVENT_INTEREST_ON, interest->id, position, NULL, 3) && interest->compliance) cut_recognised(talk);
}

static void maybe_object(struct demo_talk *talk)
{
	if (state_of(talk)->n_objections < OBJECTIONS_MAX && persona_objects(talk->client, talk->rng)) object(talk);
}

/* S3: a question, its answer noted, the motive tagged. Now and then the wrong key is hit, and taken back. */
static void ask(struct demo_talk *talk, const struct playbook_item *item)
{
	put(talk, EVENT_SAID, item->id, 0, NULL, 14);
	int motive = persona_asked(talk->client, item->motives, talk->rng);
	if (motive >= 0 || happens(talk, 0.4))
		put(talk, EVENT_ANSWERED, item->id, 0, demo_words_answer(talk->trade, motive, talk->rng), 22);
	if (motive < 0 || !happens(talk, talk->manager->notices)) return;
	int other = (motive + 1) % MOTIVE_COUNT;
	if (!(state_of(talk)->motives & MOTIVE_BIT(other)) && happens(talk, 0.03) && put(talk, EVENT_MOTIVE_ON, 0, other, NULL, 2))
		put(talk, EVENT_UNDONE, 0, 0, NULL, 2);
	put(talk, EVENT_MOTIVE_ON, 0, motive, NULL, 2);
	listen(talk, PERSONA_PROBLEM);
}

static void say(struct demo_talk *talk, const struct playbook_item *item)
{
	if (item->kind == ITEM_QUESTION) {
		ask(talk, item);
		listen(talk, PERSONA_BUDGET);
		listen(talk, PERSONA_DEADLINE);
		return;
	}
	put(talk, EVENT_SAID, item->id, 0, NULL, item->kind == ITEM_POINT ? 28 : 14);
	switch (item->kind) {
	case ITEM_SPIN:
		spin(talk, item);
		listen(talk, PERSONA_PROBLEM);
		break;
	case ITEM_OPENER:
		if (talk->first) listen(talk, PERSONA_RECOMMENDED);
		listen(talk, PERSONA_DECIDES);
		correct(talk, PERSONA_NO_NEED);
		correct(talk, PERSONA_SEND);
		break;
	case ITEM_POINT:
		persona_shown(talk->client, item->motives);
		listen(talk, PERSONA_ASKS_PRICE);
		listen(talk, PERSONA_ASKS_CONTRACT);
		break;
	case ITEM_TERM:
		listen(talk, PERSONA_ASKS_CONTRACT);
		listen(talk, PERSONA_COMPARES);
		listen(talk, PERSONA_DEADLINE);
		listen(talk, PERSONA_BUDGET);
		break;
	case ITEM_PROBE:
		maybe_object(talk);
		break;
	default:
		break;
	}
}

/* Says the phrase that the screen offers for the close, where there is one. */
static void phrase(struct demo_talk *talk)
{
	struct talk_hint hints[TALK_HINTS];
	if (talk_next(state_of(talk), &talk->book->book, hints) > 0 && hints[0].kind == HINT_ITEM) put(talk, EVENT_SAID, hints[0].item, 0, NULL, 14);
}

static void end(struct demo_talk *talk, enum call_outcome outcome, const char *reason)
{
	put(talk, EVENT_ENDED, 0, outcome, reason, 6);
	talk->outcome = outcome;
}

static void agree(struct demo_talk *talk)
{
	int64_t agreed = talk->value_minor + talk->price_minor;
	put(talk, EVENT_CONTRACT, 0, agreed, NULL, 40);
	phrase(talk);
	if (!talk->client->b2b || happens(talk, 0.6)) put(talk, EVENT_PAYMENT, 0, talk->pay_minor * agreed / talk->value_minor, NULL, 45);
	end(talk, OUTCOME_WON, NULL);
}

static void put_off(struct demo_talk *talk)
{
	put(talk, EVENT_SKIPPED, 0, 0, NULL, 4);
	phrase(talk);
	listen(talk, PERSONA_SEND);
	talk->promise = demo_words_promise(talk->trade, talk->rng);
	put(talk, EVENT_PROMISED, 0, 0, talk->promise, 12);
	talk->next_at[0] = talk->next_at[live_advised(&talk->live->live)];
	put(talk, EVENT_PLANNED, 0, talk->next_at[0], NULL, 8);
	end(talk, OUTCOME_NEXT, NULL);
}

/* N6: an idea of a colleague's of what to give, where there is one. */
static void idea(struct demo_talk *talk)
{
	const struct playbook_item *first = NULL;
	for (int i = 0; i < talk->book->book.n_items; i++) {
		const struct playbook_item *item = &talk->book->book.items[i];
		if (item->kind == ITEM_CONCESSION && (!first || item->order < first->order)) first = item;
	}
	if (first && happens(talk, 0.4)) put(talk, EVENT_SAID, first->id, 0, NULL, 18);
}

/* S6. What stood between them may come up now; then the client decides. */
static void close_up(struct demo_talk *talk)
{
	put(talk, EVENT_STEP, 0, STEP_CLOSING, NULL, 3);
	phrase(talk);
	maybe_object(talk);
	if (happens(talk, 0.35)) put(talk, EVENT_NOTE, 0, 0, demo_words_note(talk->client->b2b, talk->rng), 8);
	enum persona_end closed = talk->lasts ? PERSONA_LATER : persona_closed(talk->client, talk->rng);
	bool trades = talk->table && state_of(talk)->mode == MODE_NEGOTIATION;
	if (trades) idea(talk);
	/* N6: who would sign does so once the terms are agreed; who would not talks of them all the same. */
	if (trades && !demo_barter_run(talk, closed == PERSONA_BUYS) && closed == PERSONA_BUYS)
		closed = demo_buyer_tired(talk->buyer) ? PERSONA_REFUSES : PERSONA_LATER;
	switch (closed) {
	case PERSONA_BUYS:
		agree(talk);
		break;
	case PERSONA_REFUSES:
		listen(talk, PERSONA_NO_NEED);
		end(talk, OUTCOME_LOST, trades ? demo_words_apart(talk->rng) : demo_words_lost(talk->trade, talk->rng));
		break;
	case PERSONA_LATER:
		put_off(talk);
		break;
	}
}

/* The interest is found, and an impatient manager answers at once. */
static bool enough_asked(struct demo_talk *talk)
{
	const struct talk_state *state = state_of(talk);
	for (int i = 0; i < state->n_interests; i++)
		if (state->interests[i].position == in_hand(talk)) return !happens(talk, talk->manager->thorough);
	return false;
}

/* A client with little wish does not hear it out: after an objection that was not answered, or as something new is begun. */
static bool breaks_off(struct demo_talk *talk)
{
	double wish = persona_wish(talk->client) / 100;
	int standing = talk_unanswered(state_of(talk));
	if (talk->lasts || talk->table || in_hand(talk) || !happens(talk, (1 - wish) * (1 - wish) * (standing ? 0.35 : 0.1))) return false;
	if (happens(talk, 0.6)) {
		listen(talk, PERSONA_NO_NEED);
		end(talk, OUTCOME_LOST, demo_words_lost(talk->trade, talk->rng));
	} else {
		put_off(talk);
	}
	return true;
}

/* Follows what the screen offers until it comes to the close; false where the client ended it before. An impatient manager presents as soon as he has anything to build on. */
static bool lead(struct demo_talk *talk)
{
	bool back = false; /* led back to the motives once already */
	bool took = false; /* he took a position */
	for (int i = 0; i < STEPS_MAX; i++) {
		const struct talk_state *state = state_of(talk);
		struct talk_hint hints[TALK_HINTS];
		if (state->step == STEP_CLOSING || talk_next(state, &talk->book->book, hints) == 0) return true;
		enum talk_step was = state->step;
		const struct playbook_item *item = hints[0].kind == HINT_ITEM ? item_of(talk, hints[0].item) : NULL;
		/* In a negotiation he comes with a position; it is asked about before it is answered (N3, N5). */
		if (was == STEP_MOTIVES && state->mode == MODE_NEGOTIATION && !state->n_objections && !took && happens(talk, 0.85) && raise(talk)) {
			took = true;
			continue;
		}
		if (in_hand(talk) && (!item || item->kind != ITEM_SPIN || enough_asked(talk))) {
			settle(talk, in_hand(talk));
			if (breaks_off(talk)) return false;
			continue;
		}
		int64_t to = STEP_CLOSING;
		if (item) {
			say(talk, curious(talk, item));
			bool enough = was == STEP_MOTIVES && state->mode == MODE_SALE && state->motives && !happens(talk, talk->manager->thorough);
			if (!enough) continue;
			to = STEP_PRESENTATION;
		} else if (hints[0].kind == HINT_STEP || hints[0].kind == HINT_NO_POINT) {
			to = hints[0].value;
		} else if (hints[0].kind == HINT_POSITION) {
			if (!put(talk, EVENT_SKIPPED, 0, 0, NULL, 3)) return true; /* it did not come out */
			continue;
		} else if (hints[0].kind == HINT_NO_MOTIVE && hints[0].value && !back) {
			to = hints[0].value;
			back = true;
		}
		if (was == STEP_CONTACT) listen(talk, PERSONA_NO_NEED);
		if (was == STEP_PRESENTATION || was == STEP_OBJECTIONS || state->mode == MODE_NEGOTIATION) {
			listen(talk, PERSONA_COMPARES);
			maybe_object(talk);
		}
		if (was != STEP_CONTACT && breaks_off(talk)) return false;
		if (!put(talk, EVENT_STEP, 0, to, NULL, 3)) return true;
	}
	return true;
}

void demo_talk_run(struct demo_talk *talk)
{
	talk->events = json_array();
	talk->n_events = 0;
	talk->promise = NULL;
	bool in_mall = talk->first && !talk->client->b2b; /* face to face: nobody to miss */
	if (!in_mall && !persona_answers_phone(talk->client, talk->rng)) {
		end(talk, OUTCOME_NO_ANSWER, NULL);
		return;
	}
	persona_again(talk->client, talk->days, talk->kept, talk->rng);
	/* A long deal is talked of in its terms from the second time on, whatever is advised (C5). Whoever has prepared its terms talks of them; otherwise one follows the advice, or knows better. */
	enum call_mode mode = talk->lasts && !talk->first ? MODE_NEGOTIATION : live_advised(&talk->live->live);
	if (!talk->lasts && !talk->table && happens(talk, talk->manager->own_way)) mode = mode == MODE_SALE ? MODE_NEGOTIATION : MODE_SALE;
	put(talk, EVENT_BEGAN, 0, mode, NULL, 6);
	persona_led(talk->client, mode);
	if (talk->first && happens(talk, 0.4 * talk->manager->thorough)) put(talk, EVENT_STEP, 0, STEP_PREPARATION, NULL, 2);
	if (lead(talk)) close_up(talk);
}
