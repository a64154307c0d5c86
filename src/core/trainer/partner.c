#include "core/trainer/partner.h"

#include "base/err.h"

enum { STEPS_MOST = 4 }; /* clarify, agree, argue, complete */

const int partner_spin[PARTNER_DEPTHS] = {5, 20, 50, 90};

const struct partner_nature partner_natures[CHARACTERS] = {
	[CHARACTER_HURRIED] = {.candour = 0.0, .patience = 75, .digresses = 0, .warms = false, .puts_off = false, .pressed = 1},
	[CHARACTER_TALKATIVE] = {.candour = 0.1, .patience = 125, .digresses = 25, .warms = true, .puts_off = false, .pressed = 1},
	[CHARACTER_SUSPICIOUS] = {.candour = -0.15, .patience = 100, .digresses = 0, .warms = false, .puts_off = false, .pressed = 2},
	[CHARACTER_FRIENDLY] = {.candour = 0.15, .patience = 110, .digresses = 0, .warms = true, .puts_off = false, .pressed = 1},
	[CHARACTER_SEND_ME] = {.candour = -0.1, .patience = 90, .digresses = 0, .warms = true, .puts_off = true, .pressed = 1},
};

struct answer {
	struct act *acts;
	int n;
};

static struct act *say(struct answer *answer, enum act_kind kind, int64_t item)
{
	struct act *act = &answer->acts[answer->n < ACTS_MAX ? answer->n++ : ACTS_MAX - 1];
	*act = (struct act){.kind = kind, .item = item, .variable = -1, .option = -1};
	return act;
}

static bool happens(struct partner *partner, double percent)
{
	return rng_unit(&partner->rng) * 100.0 < percent;
}

static void end(struct partner *partner, struct answer *answer, enum act_kind kind, enum partner_end how)
{
	say(answer, kind, 0)->ends = true;
	if (partner->end == PARTNER_TALKS) partner->end = how;
}

static const struct playbook_item *item_of(const struct partner *partner, int64_t id)
{
	for (int i = 0; i < partner->book->n_items; i++)
		if (partner->book->items[i].id == id) return &partner->book->items[i];
	return NULL;
}

static const struct scenario_interest *drawn_from(const struct partner *partner, const struct partner_interest *interest)
{
	return &partner->scenario->interests[interest->of];
}

static bool negotiates(const struct partner *partner)
{
	return partner->scenario->mode == MODE_NEGOTIATION;
}

/* ---- What he says ---- */

static void shows(struct partner *partner, struct answer *answer, enum persona_sign sign)
{
	if (persona_shows(&partner->persona, sign, &partner->rng)) say(answer, ACT_SIGN, 0)->value = (int)sign;
}

static void objection_raise(struct partner *partner, struct answer *answer, int64_t item, enum act_kind kind)
{
	say(answer, kind, item);
	partner->in_hand = item;
	partner->steps = 1;
	for (int i = 0; i < partner->n_said; i++)
		if (partner->said[i] == item) return;
	if (partner->n_said < TALK_OBJECTIONS_MAX) partner->said[partner->n_said++] = item;
}

static bool objected(const struct partner *partner, int64_t item)
{
	for (int i = 0; i < partner->n_said; i++)
		if (partner->said[i] == item) return true;
	return false;
}

/* One that he means: the mirror of what was not found, mostly; what such a man likes to say; money where it is short. NULL: he has said them all. */
static const struct playbook_item *objection_pick(struct partner *partner, uint32_t only)
{
	const struct playbook_item *pick = NULL;
	double sum = 0.0;
	for (int i = 0; i < partner->book->n_items; i++) {
		const struct playbook_item *item = &partner->book->items[i];
		if (item->kind != ITEM_OBJECTION || item->compliance || item->negotiation || objected(partner, item->id) || (only && !(item->motives & only))) continue;
		double weight = persona_means(&partner->persona, item->motives);
		if (partner->scenario->favours[partner->character] == item->id) weight *= 3.0;
		if (partner->short_of_money && (item->motives & MOTIVE_BIT(MOTIVE_ECONOMY))) weight *= 2.0;
		sum += weight;
		if (rng_unit(&partner->rng) < weight / sum) pick = item;
	}
	return pick;
}

static void maybe_object(struct partner *partner, struct answer *answer)
{
	if (partner->in_hand || partner->objections >= PARTNER_OBJECTIONS || !persona_objects(&partner->persona, &partner->rng)) return;
	const struct playbook_item *item = objection_pick(partner, 0);
	if (!item) return;
	partner->objections++;
	objection_raise(partner, answer, item->id, ACT_OBJECTS);
}

static struct partner_interest *interest_at(struct partner *partner, int64_t position)
{
	for (int i = 0; i < partner->n_interests; i++)
		if (drawn_from(partner, &partner->interests[i])->position == position) return &partner->interests[i];
	return NULL;
}

const struct partner_interest *partner_open(const struct partner *partner, int64_t position)
{
	for (int i = 0; i < partner->n_interests; i++) {
		const struct partner_interest *interest = &partner->interests[i];
		if (interest->spoken && !interest->named && (position == 0 || drawn_from(partner, interest)->position == position)) return interest;
	}
	return NULL;
}

/* The next position, once nothing else is in hand. */
static bool position_raise(struct partner *partner, struct answer *answer)
{
	if (partner->in_hand) return false;
	for (int i = 0; i < partner->n_interests; i++) {
		struct partner_interest *interest = &partner->interests[i];
		if (interest->spoken) continue;
		interest->spoken = true;
		objection_raise(partner, answer, drawn_from(partner, interest)->position, ACT_OBJECTS);
		return true;
	}
	return false;
}

static const struct scenario_interest *cut_of(const struct partner *partner)
{
	for (int i = 0; i < partner->scenario->n_interests; i++)
		if (partner->scenario->interests[i].compliance) return &partner->scenario->interests[i];
	return NULL;
}

static bool cut_hangs(const struct partner *partner)
{
	return partner->hinted && !partner->cut_refused;
}

/* The objection in hand was not answered, and the talk goes on. */
static void passed_over(struct partner *partner)
{
	if (!partner->in_hand) return;
	struct partner_interest *interest = interest_at(partner, partner->in_hand);
	if (cut_hangs(partner) && cut_of(partner)->position == partner->in_hand) {
		persona_moved(&partner->persona, WISH_CUT_IGNORED);
	} else if (!interest || !interest->named) {
		persona_unanswered(&partner->persona);
	}
	partner->in_hand = 0;
}

static void taken(struct partner *partner, struct answer *answer)
{
	struct partner_interest *interest = interest_at(partner, partner->in_hand);
	const struct playbook_item *item = item_of(partner, partner->in_hand);
	if (interest) interest->answered = true;
	if (item && (item->motives & MOTIVE_BIT(MOTIVE_ECONOMY))) partner->short_of_money = false;
	say(answer, ACT_TAKES, partner->in_hand);
	partner->in_hand = 0;
}

/* ---- What he hears: the sale ---- */

static void small_talk(struct partner *partner, struct answer *answer)
{
	bool much = ++partner->small_talk > PARTNER_SMALL_TALK;
	bool hurried = partner->character == CHARACTER_HURRIED;
	if (much || (hurried && partner->small_talk > 1)) {
		persona_moved(&partner->persona, WISH_HELD_UP);
		partner->patience--;
		say(answer, ACT_HURRIES, 0);
		return;
	}
	if (partner_natures[partner->character].warms) persona_moved(&partner->persona, WISH_WARMED);
	say(answer, ACT_CHATS, 0);
	shows(partner, answer, PERSONA_RECOMMENDED);
	shows(partner, answer, PERSONA_DECIDES);
	shows(partner, answer, PERSONA_NO_NEED);
}

static bool digresses(struct partner *partner, struct answer *answer)
{
	if (!happens(partner, partner_natures[partner->character].digresses)) return false;
	say(answer, ACT_DIGRESSES, 0);
	return true;
}

static void asked(struct partner *partner, struct answer *answer, uint32_t motives)
{
	if (digresses(partner, answer)) return;
	int motive = persona_asked(&partner->persona, motives, &partner->rng);
	say(answer, motive < 0 ? ACT_VAGUE : ACT_MOTIVE, 0)->value = motive;
	if (motive >= 0) shows(partner, answer, PERSONA_PROBLEM);
	shows(partner, answer, PERSONA_BUDGET);
	shows(partner, answer, PERSONA_DEADLINE);
}

static void shown(struct partner *partner, struct answer *answer, uint32_t motives)
{
	uint32_t before = partner->persona.served;
	persona_shown(&partner->persona, motives);
	say(answer, partner->persona.served != before ? ACT_LIKES : ACT_SHRUGS, 0);
	struct partner_interest *interest = partner->in_hand ? interest_at(partner, partner->in_hand) : NULL;
	if (interest && interest->named && partner->persona.served != before) taken(partner, answer);
	else if (partner->in_hand) passed_over(partner);
	shows(partner, answer, PERSONA_ASKS_PRICE);
	shows(partner, answer, PERSONA_ASKS_CONTRACT);
	if (!negotiates(partner)) maybe_object(partner, answer);
}

static void argued(struct partner *partner, struct answer *answer, uint32_t motives)
{
	if (!partner->in_hand) {
		say(answer, ACT_PUZZLED, 0);
		return;
	}
	struct partner_interest *interest = interest_at(partner, partner->in_hand);
	if (partner->steps == 1) persona_moved(&partner->persona, WISH_CONTRADICTED);
	/* What speaks to the interest that he named is not an argument any more, it is an answer. */
	double craft = interest && interest->named ? 1.5 : 0.3;
	if (persona_takes(&partner->persona, motives, partner->steps, craft, &partner->rng)) {
		taken(partner, answer);
		return;
	}
	say(answer, ACT_STANDS, partner->in_hand);
}

/* An objection is the mirror of a need that was not found: who asks what is meant by it may hear the need (S5). */
static void mirrored(struct partner *partner, struct answer *answer)
{
	const struct playbook_item *item = item_of(partner, partner->in_hand);
	if (negotiates(partner) || !item || item->compliance || !(item->motives & partner->persona.motives & ~partner->persona.revealed)) return;
	int motive = persona_asked(&partner->persona, item->motives & ~partner->persona.revealed, &partner->rng);
	if (motive >= 0) say(answer, ACT_MOTIVE, 0)->value = motive;
}

static void signs(struct partner *partner, struct answer *answer)
{
	partner->end = PARTNER_SIGNED;
	say(answer, ACT_SIGNS, 0);
}

static void later(struct partner *partner, struct answer *answer)
{
	if (partner->closes >= PARTNER_CLOSES) end(partner, answer, ACT_LATER, PARTNER_PUT_OFF);
	else say(answer, ACT_LATER, 0);
}

static void closed_sale(struct partner *partner, struct answer *answer, enum close_kind kind)
{
	passed_over(partner);
	const struct playbook_item *item = NULL;
	bool first = partner->closes == 0;
	if (first && partner_natures[partner->character].puts_off && kind != CLOSE_ALTERNATIVE && partner->scenario->favours[partner->character]
	    && !objected(partner, partner->scenario->favours[partner->character]))
		item = item_of(partner, partner->scenario->favours[partner->character]);
	else if (partner->short_of_money)
		item = objection_pick(partner, MOTIVE_BIT(MOTIVE_ECONOMY));
	else if (first && partner->objections < PARTNER_OBJECTIONS && persona_objects(&partner->persona, &partner->rng))
		item = objection_pick(partner, 0);
	partner->closes++;
	if (partner->closes > 1) persona_moved(&partner->persona, WISH_TOO_EARLY);
	if (item) {
		partner->objections++;
		objection_raise(partner, answer, item->id, ACT_OBJECTS);
		return;
	}
	if (partner->short_of_money) {
		later(partner, answer);
		return;
	}
	switch (persona_closed(&partner->persona, &partner->rng)) {
	case PERSONA_BUYS:
		signs(partner, answer);
		break;
	case PERSONA_REFUSES:
		end(partner, answer, ACT_REFUSES_ALL, PARTNER_REFUSED);
		break;
	case PERSONA_LATER:
		later(partner, answer);
		break;
	}
}

/* ---- The negotiation ---- */

/* Whether he speaks of terms at all. */
static bool cooled(struct partner *partner, struct answer *answer)
{
	if (!negotiates(partner) || partner->persona.wish >= PARTNER_SIGNS) {
		partner->cooled = false;
		return false;
	}
	say(answer, ACT_COOLS, 0);
	if (!partner->cooled) {
		partner->cooled = true;
		say(answer, ACT_SIGN, 0)->value = PERSONA_SEND;
	}
	return true;
}

static void spin(struct partner *partner, struct answer *answer, const struct move *move)
{
	if (!negotiates(partner)) {
		/* He holds no position to look behind: what hurts he may tell, the rest leads nowhere. */
		passed_over(partner);
		if (move->level == LEVEL_PROBLEM) asked(partner, answer, move->motives);
		else say(answer, move->level == LEVEL_SITUATION ? ACT_SITUATION : ACT_VAGUE, 0);
		return;
	}
	int64_t position = move->position ? move->position : partner->in_hand;
	struct partner_interest *interest = position ? interest_at(partner, position) : NULL;
	if (!interest || !interest->spoken) interest = (struct partner_interest *)partner_open(partner, 0);
	partner->situation |= move->level == LEVEL_SITUATION;
	if (!interest) {
		say(answer, move->level == LEVEL_SITUATION ? ACT_SITUATION : ACT_VAGUE, 0);
		position_raise(partner, answer);
		return;
	}
	if (partner->situation && interest->depth == 0) interest->depth = 1;
	const struct scenario_interest *drawn = drawn_from(partner, interest);
	if (digresses(partner, answer)) return;
	int depth = (int)move->level - (int)LEVEL_SITUATION;
	switch (move->level) {
	case LEVEL_SITUATION:
		say(answer, ACT_SITUATION, drawn->item);
		break;
	case LEVEL_PROBLEM:
		say(answer, interest->depth >= 1 ? ACT_PROBLEM : ACT_VAGUE, drawn->item);
		break;
	case LEVEL_IMPLICATION:
		if (interest->depth < 2) {
			say(answer, ACT_VAGUE, 0);
			break;
		}
		say(answer, ACT_FEELS, drawn->item);
		if (!interest->felt) persona_moved(&partner->persona, WISH_FELT);
		interest->felt = true;
		break;
	case LEVEL_DIRECT:
		if (interest->named || happens(partner, partner_spin[interest->depth] * (0.55 + partner->persona.candour * 0.6))) {
			say(answer, ACT_INTEREST, drawn->item);
			if (!interest->named) {
				persona_moved(&partner->persona, WISH_NAMED);
				partner->patience += PARTNER_PATIENCE_BACK;
			}
			interest->named = true;
			const struct playbook_item *item = item_of(partner, drawn->item);
			if (item) partner->persona.revealed |= item->motives & partner->persona.motives;
			return;
		}
		say(answer, ACT_REPEATS, drawn->position);
		return;
	default:
		say(answer, ACT_VAGUE, 0);
		return;
	}
	if (depth == interest->depth && interest->depth < PARTNER_DEPTHS - 1) interest->depth++;
}

static void term(struct partner *partner, struct answer *answer)
{
	if (cooled(partner, answer)) return;
	if (!negotiates(partner)) {
		passed_over(partner);
		say(answer, ACT_VAGUE, 0);
		persona_moved(&partner->persona, WISH_TERMS);
		maybe_object(partner, answer);
		return;
	}
	say(answer, ACT_SITUATION, 0);
	shows(partner, answer, PERSONA_COMPARES);
	shows(partner, answer, PERSONA_DEADLINE);
	position_raise(partner, answer);
}

/* What he asks beyond what lies on the table, dearest to him first; room is left for a word more. */
static void asks(struct partner *partner, struct answer *answer, const struct package *counter)
{
	bool asked[PACKAGE_VARIABLES] = {false};
	while (answer->n < ACTS_MAX - 3) {
		int dearest = -1;
		int64_t most = 0;
		for (int v = 0; v < partner->values->n; v++) {
			const struct option *options = partner->values->variables[v].options;
			int64_t by = options[counter->choice[v]].theirs - options[partner->package.choice[v]].theirs;
			if (asked[v] || by <= most) continue;
			most = by;
			dearest = v;
		}
		if (dearest < 0) return;
		asked[dearest] = true;
		struct act *act = say(answer, ACT_ASKS, 0);
		act->variable = dearest;
		act->option = counter->choice[dearest];
	}
}

/* A position that nobody asked behind and nobody answered costs: he is not sure, so he wants more. */
static int64_t grudge(const struct partner *partner)
{
	int64_t n = 0;
	for (int i = 0; i < partner->n_interests; i++) n += !partner->interests[i].named && !partner->interests[i].answered;
	return n * (partner->haggle.nature.aspiration - partner->haggle.nature.limit) * PARTNER_GRUDGE / 100;
}

static void offered(struct partner *partner, struct answer *answer, const struct package *package)
{
	if (!partner->trades || !package) {
		say(answer, ACT_VAGUE, 0);
		return;
	}
	passed_over(partner);
	partner->package = *package;
	partner->agreed = false;
	if (cooled(partner, answer)) return;
	struct package counter;
	struct haggle before = partner->haggle;
	enum haggle_reply reply = haggle_hears(&partner->haggle, package, partner->arena, &counter);
	/* What would have been enough is not, while something stands between us. At the last he takes what reaches his limit all the same. */
	bool last = partner->haggle.heard == partner->haggle.nature.rounds;
	if (reply == HAGGLE_ACCEPTS && !last && haggle_worth(&partner->haggle, package) < partner->haggle.demand + grudge(partner)) {
		partner->haggle.demand += grudge(partner);
		if (partner->haggle.demand > before.demand) partner->haggle.demand = before.demand;
		if (haggle_worth(&partner->haggle, package) < partner->haggle.demand) {
			reply = HAGGLE_COUNTERS;
			counter = haggle_proposes(&partner->haggle, partner->arena);
		}
	}
	switch (reply) {
	case HAGGLE_ACCEPTS:
		partner->agreed = true;
		say(answer, ACT_ACCEPTS, 0);
		break;
	case HAGGLE_WALKS:
		end(partner, answer, ACT_WALKS, PARTNER_WALKED);
		break;
	case HAGGLE_COUNTERS:
		say(answer, ACT_COUNTERS, 0)->package = counter;
		asks(partner, answer, &counter);
		break;
	}
	if (reply != HAGGLE_WALKS && !partner->agreed) position_raise(partner, answer);
}

static void closed_terms(struct partner *partner, struct answer *answer)
{
	passed_over(partner);
	partner->closes++;
	if (partner->persona.wish < PARTNER_SIGNS) {
		cooled(partner, answer);
		later(partner, answer);
		return;
	}
	if (cut_hangs(partner)) {
		say(answer, ACT_HINTS_CUT, cut_of(partner)->position);
		partner->in_hand = cut_of(partner)->position;
		return;
	}
	if (!partner->trades || partner->agreed) {
		partner->agreed = true;
		signs(partner, answer);
		return;
	}
	/* To ask for the signature now is to say: that is our offer, take it or leave it. */
	struct package package = partner->package;
	struct answer quiet = {.acts = (struct act[ACTS_MAX]){{0}}};
	offered(partner, &quiet, &package);
	if (partner->agreed) {
		signs(partner, answer);
		return;
	}
	persona_moved(&partner->persona, WISH_TOO_EARLY);
	if (partner->end == PARTNER_TALKS) say(answer, ACT_TERMS_FIRST, 0);
	for (int i = 0; i < quiet.n && answer->n < ACTS_MAX; i++) answer->acts[answer->n++] = quiet.acts[i];
}

/* ---- The cut ---- */

/* true: the move was about it, and is answered. */
static bool about_cut(struct partner *partner, struct answer *answer, const struct move *move)
{
	const struct scenario_interest *cut = cut_of(partner);
	if (move->kind == MOVE_OFFER_CUT) {
		end(partner, answer, ACT_TAKES_CUT, PARTNER_BROKEN);
		partner->end = PARTNER_BROKEN;
		return true;
	}
	if (move->kind == MOVE_REFUSE_CUT) {
		if (cut_hangs(partner)) {
			partner->cut_refused = true;
			if (partner->in_hand == cut->position) partner->in_hand = 0;
			persona_moved(&partner->persona, WISH_CUT_REFUSED);
			say(answer, ACT_DROPS_CUT, cut->position);
		} else {
			say(answer, ACT_PUZZLED, 0);
		}
		return true;
	}
	return false;
}

static void hint(struct partner *partner, struct answer *answer)
{
	if (!partner->expects_cut || partner->cut_refused || partner->in_hand || partner->moves < PARTNER_HINT) return;
	if (partner->hinted && partner->moves % 3 != 0) return;
	partner->hinted = true;
	objection_raise(partner, answer, cut_of(partner)->position, ACT_HINTS_CUT);
}

/* ---- */

int partner_greets(struct partner *partner, enum call_mode mode, struct act ret_acts[ACTS_MAX])
{
	struct answer answer = {.acts = ret_acts};
	say(&answer, ACT_GREETS, 0);
	if (negotiates(partner)) say(&answer, ACT_SIGN, 0)->value = PERSONA_COMPARES;
	partner_led(partner, mode);
	return answer.n;
}

void partner_led(struct partner *partner, enum call_mode mode)
{
	persona_led(&partner->persona, mode);
}

bool partner_back(struct partner *partner, int64_t objection)
{
	if (partner->in_hand == objection) return true;
	if (partner->in_hand || !objected(partner, objection)) return false;
	partner->in_hand = objection;
	partner->steps = 1;
	return true;
}

bool partner_over(const struct partner *partner)
{
	return partner->end != PARTNER_TALKS && partner->end != PARTNER_SIGNED;
}

static void after_signing(struct partner *partner, struct answer *answer, const struct move *move)
{
	if (move->kind != MOVE_CLOSE || partner->paid || ++partner->closes > 2 * PARTNER_CLOSES) {
		say(answer, ACT_LEAVES, 0)->ends = true;
		return;
	}
	partner->paid = !partner->persona.b2b || partner->persona.budget || partner->persona.wish > 1.0;
	say(answer, partner->paid ? ACT_PAYS : ACT_LATER, 0);
}

static void listens(struct partner *partner, struct answer *answer, const struct move *move)
{
	switch (move->kind) {
	case MOVE_SMALL_TALK:
		passed_over(partner);
		small_talk(partner, answer);
		break;
	case MOVE_QUESTION:
		if (!negotiates(partner)) passed_over(partner);
		asked(partner, answer, move->motives);
		if (negotiates(partner)) position_raise(partner, answer);
		break;
	case MOVE_SPIN:
		spin(partner, answer, move);
		break;
	case MOVE_TERM:
		term(partner, answer);
		break;
	case MOVE_POINT:
		shown(partner, answer, move->motives);
		break;
	case MOVE_PROBE:
		passed_over(partner);
		if (negotiates(partner)) position_raise(partner, answer);
		else maybe_object(partner, answer);
		if (answer->n == 0) say(answer, ACT_NOTHING_ELSE, 0);
		break;
	case MOVE_CLARIFY:
	case MOVE_AGREE_OPINION:
	case MOVE_COMPLETE:
		if (!partner->in_hand) {
			say(answer, ACT_PUZZLED, 0);
			break;
		}
		if (partner->steps < STEPS_MOST) partner->steps++;
		say(answer, move->kind == MOVE_CLARIFY ? ACT_CLARIFIES : ACT_NODS, partner->in_hand);
		if (move->kind == MOVE_CLARIFY) mirrored(partner, answer);
		break;
	case MOVE_AGREE_FACT:
		persona_moved(&partner->persona, WISH_AGREED_FACT);
		say(answer, partner->in_hand ? ACT_STANDS : ACT_NODS, partner->in_hand);
		break;
	case MOVE_ARGUE:
		argued(partner, answer, move->motives);
		break;
	case MOVE_OFFER:
		offered(partner, answer, move->package);
		break;
	case MOVE_DECLINE:
		say(answer, ACT_NOTED, 0);
		break;
	case MOVE_CLOSE:
		if (negotiates(partner)) closed_terms(partner, answer);
		else closed_sale(partner, answer, move->close);
		break;
	case MOVE_PRESSURE:
		for (int i = partner_natures[partner->character].pressed; i > 0; i--) persona_moved(&partner->persona, WISH_PRESSED);
		say(answer, ACT_ANNOYED, 0);
		break;
	case MOVE_GOODBYE:
		end(partner, answer, ACT_LEAVES, PARTNER_PUT_OFF);
		break;
	case MOVE_UNKNOWN:
		persona_moved(&partner->persona, WISH_PUZZLED);
		say(answer, ACT_PUZZLED, 0);
		break;
	case MOVE_REFUSE_CUT:
	case MOVE_OFFER_CUT:
	case MOVE_KINDS:
		BUG("a move that is answered elsewhere");
	}
}

int partner_hears(struct partner *partner, const struct move *move, struct act ret_acts[ACTS_MAX])
{
	struct answer answer = {.acts = ret_acts};
	if (partner_over(partner)) {
		say(&answer, ACT_LEAVES, 0)->ends = true;
		return answer.n;
	}
	bool free = move->kind == MOVE_CLARIFY || move->kind == MOVE_AGREE_OPINION || move->kind == MOVE_COMPLETE;
	partner->moves++;
	partner->patience -= !free || !partner->in_hand || partner->steps == STEPS_MOST;
	if (!about_cut(partner, &answer, move)) {
		if (partner->end == PARTNER_SIGNED) {
			after_signing(partner, &answer, move);
			return answer.n;
		}
		listens(partner, &answer, move);
	}
	if (partner->end != PARTNER_TALKS) return answer.n;
	if (partner->patience <= (partner->agreed ? -PARTNER_WAITS : 0)) {
		if (answer.n == ACTS_MAX) answer.n--;
		end(partner, &answer, ACT_TIRED, PARTNER_TIRED);
	} else if (!partner->agreed) {
		hint(partner, &answer);
	}
	return answer.n;
}
