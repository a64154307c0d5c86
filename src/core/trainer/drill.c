#include "core/trainer/drill.h"

#include "base/moment.h"
#include "core/bargain/solution.h"

enum { OFFERS = 7, FURTHER = 4, TERMS = 2, ARGUMENTS = 2, SECONDS = 15 };

struct drill {
	struct practice *practice;
	struct arena *arena;
	drill_told *told;
	void *arg;
	int64_t at;
	int moves, offers, terms;
	bool agreed, signed_, paid, off, over;  /* off: he put it off */
	bool countered;
	struct package counter;                 /* his last */
};

static const struct talk_state *state_of(const struct drill *drill)
{
	return &drill->practice->talk.state;
}

static enum talk_result put(struct drill *drill, enum call_event_kind kind, int64_t item, int64_t value);

/* What a manager who listens ticks. */
static void hear(struct drill *drill, const struct acts *reply)
{
	for (int i = 0; i < reply->n; i++) {
		const struct act *act = &reply->acts[i];
		int64_t position = 0;
		switch (act->kind) {
		case ACT_MOTIVE:
			put(drill, EVENT_MOTIVE_ON, 0, act->value);
			break;
		case ACT_INTEREST:
			for (int j = 0; j < drill->practice->book->n_items; j++)
				if (drill->practice->book->items[j].id == act->item) position = drill->practice->book->items[j].objection;
			put(drill, EVENT_INTEREST_ON, act->item, position);
			break;
		case ACT_COUNTERS:
			drill->countered = true;
			drill->counter = act->package;
			break;
		case ACT_ACCEPTS: drill->agreed = true; break;
		case ACT_SIGNS: drill->signed_ = true; break;
		case ACT_PAYS: drill->paid = true; break;
		case ACT_LATER: drill->off = true; break;
		default: break;
		}
		drill->over |= act->ends;
	}
}

static enum talk_result put(struct drill *drill, enum call_event_kind kind, int64_t item, int64_t value)
{
	struct acts reply;
	drill->at += SECONDS * MOMENT_SECOND;
	enum talk_result result = practice_event(drill->practice, kind, item, value, drill->at, &reply);
	struct call_event event = {.at = drill->at, .item = item, .value = value, .kind = kind};
	if (drill->told && (result == TALK_APPLIED || reply.n > 0)) drill->told(drill->arg, &event, &reply);
	drill->moves += reply.n > 0;
	hear(drill, &reply);
	return result;
}

static const struct playbook_item *item_of(const struct drill *drill, int64_t id)
{
	for (int i = 0; i < drill->practice->book->n_items; i++)
		if (drill->practice->book->items[i].id == id) return &drill->practice->book->items[i];
	return NULL;
}

/* ---- Objections, both playbooks ---- */

static const struct playbook_item *answer_pick(const struct drill *drill, int64_t objection, const struct playbook_item *not_this)
{
	const struct playbook *book = drill->practice->book;
	const struct playbook_item *pick = NULL;
	uint32_t wanted = talk_wanted(state_of(drill), book);
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_ANSWER || item->objection != objection || item == not_this) continue;
		if (!pick || (!(pick->motives & wanted) && (item->motives & wanted))) pick = item;
	}
	return pick;
}

static bool in_hand(const struct drill *drill, int64_t objection)
{
	const struct talk_state *state = state_of(drill);
	return state->in_hand != 0 && state->objections[state->in_hand - 1].item == objection && !drill->over;
}

static void object(struct drill *drill)
{
	const struct playbook_item *answer = NULL;
	int64_t objection = state_of(drill)->objections[state_of(drill)->in_hand - 1].item;
	const struct playbook_item *item = item_of(drill, objection);
	for (int i = 0; i < ARGUMENTS && in_hand(drill, objection); i++) {
		answer = answer_pick(drill, objection, answer);
		if (!answer) break;
		if (i == 0) {
			put(drill, EVENT_OBJECTION_PART, answer->id, playbook_part_value(PART_CLARIFY, METHOD_ARGUE));
			if (!item || !item->compliance) put(drill, EVENT_OBJECTION_PART, answer->id, playbook_part_value(PART_AGREE, METHOD_ARGUE));
		}
		put(drill, EVENT_OBJECTION_PART, answer->id, playbook_part_value(PART_ARGUE, METHOD_ARGUE));
	}
	/* It stands: on with the talk. The client notices by what is said next. */
	if (in_hand(drill, objection)) put(drill, EVENT_OBJECTION_LEFT, objection, 0);
}

/* ---- The table ---- */

static const struct board *board_of(const struct drill *drill)
{
	return drill->practice->scenario->board;
}

/* What a package would bring us against what stands: something given and nothing taken is a gift, which is not said unless nothing else is left (N6). */
static bool gift(const struct drill *drill, const struct package *package)
{
	const struct bargain *bargain = board_of(drill)->bargain;
	struct package stands = board_stands(board_of(drill), state_of(drill));
	bool gives = false, takes = false;
	for (int v = 0; v < bargain->n; v++) {
		int64_t by = bargain->variables[v].options[package->choice[v]].ours - bargain->variables[v].options[stands.choice[v]].ours;
		gives |= by < 0;
		takes |= by > 0;
	}
	return gives && !takes;
}

static bool stands_already(const struct drill *drill, const struct package *package)
{
	struct package stands = board_stands(board_of(drill), state_of(drill));
	for (int v = 0; v < board_of(drill)->bargain->n; v++)
		if (stands.choice[v] != package->choice[v]) return false;
	return true;
}

/* Lays it in and says it. */
static bool offer(struct drill *drill, const struct package *package)
{
	const struct board *board = board_of(drill);
	struct package stands = board_stands(board, state_of(drill));
	bool nothing_back = gift(drill, package);
	if (stands_already(drill, package)) return false;
	for (int v = 0; v < board->bargain->n; v++)
		if (stands.choice[v] != package->choice[v]) put(drill, EVENT_PUT, board->variables[v].id, board->variables[v].options[package->choice[v]]);
	return put(drill, EVENT_OFFERED, 0, nothing_back) == TALK_APPLIED;
}

/* The table as he knows it: what an interest that was found makes dearer to them is so. */
static struct bargain known(const struct drill *drill)
{
	const struct scenario *scenario = drill->practice->scenario;
	struct bargain bargain = *scenario->board->bargain;
	struct variable *variables = ARENA_ARRAY(drill->arena, struct variable, bargain.n);
	for (int v = 0; v < bargain.n; v++) {
		int64_t percent = 100;
		for (int i = 0; i < state_of(drill)->n_interests; i++)
			for (int j = 0; j < scenario->n_interests; j++) {
				if (scenario->interests[j].item != state_of(drill)->interests[i].item) continue;
				for (int s = 0; s < scenario->interests[j].n_stresses; s++)
					if (scenario->interests[j].stresses[s].variable == v) percent = percent * scenario->interests[j].stresses[s].percent / 100;
			}
		struct option *options = ARENA_ARRAY(drill->arena, struct option, bargain.variables[v].n);
		for (int o = 0; o < bargain.variables[v].n; o++) {
			options[o] = bargain.variables[v].options[o];
			options[o].theirs = options[o].theirs * percent / 100;
		}
		variables[v] = (struct variable){options, bargain.variables[v].n, bargain.variables[v].price};
	}
	bargain.variables = variables;
	return bargain;
}

/* The next offer: what he asked for himself where it is as good as what we aimed at; otherwise from the frontier, a step lower each time. false: we stand at the limit. */
static bool trade(struct drill *drill)
{
	const struct board *board = board_of(drill);
	struct frontier frontier;
	struct package package, plain;
	struct bargain bargain = known(drill);
	if (!frontier_make(&bargain, FRONTIER_MOST, drill->arena, &frontier) || frontier.n == 0) return false;
	int64_t theirs = package_value(&bargain, &board->start).theirs, best = frontier.points[frontier.n - 1].theirs;
	int first = frontier_first_theirs(&frontier, theirs + (best - theirs) / 8);
	int fair = solution_find(&frontier, SOLUTION_NASH, board->limit, theirs);
	if (first >= frontier.n) return false;
	for (; drill->offers <= OFFERS; ) {
		int64_t high = frontier.points[first].ours, low = fair >= 0 && drill->offers < OFFERS - 3 ? frontier.points[fair].ours : board->limit;
		int64_t aim = high - (high - low) * drill->offers / OFFERS;
		drill->offers++;
		if (aim < board->limit) aim = board->limit;
		if (drill->countered && package_value(board->bargain, &drill->counter).ours >= aim && offer(drill, &drill->counter)) return true;
		int at = frontier_last_ours(&frontier, aim);
		bool found = false;
		/* A little further down where this one would only give. */
		for (int i = at; i >= 0 && i < frontier.n && i < at + FURTHER && frontier.points[i].ours >= board->limit; i++) {
			if (!frontier_packages(&frontier, i, 1, &package) || stands_already(drill, &package)) continue;
			if (!found) plain = package;
			found = true;
			if (!gift(drill, &package)) return offer(drill, &package);
		}
		if (found) return offer(drill, &plain);
	}
	return false;
}

/* The other man's way: a step of the price down, for nothing. false: there is none above the limit. */
static bool price_down(struct drill *drill)
{
	const struct board *board = board_of(drill);
	struct package package = board_stands(board, state_of(drill));
	for (int v = 0; v < board->bargain->n; v++) {
		const struct variable *variable = &board->bargain->variables[v];
		if (!variable->price) continue;
		int next = -1;
		for (int o = 0; o < variable->n; o++)
			if (variable->options[o].ours < variable->options[package.choice[v]].ours && (next < 0 || variable->options[o].ours > variable->options[next].ours)) next = o;
		if (next < 0) continue;
		package.choice[v] = (uint16_t)next;
		if (package_value(board->bargain, &package).ours < board->limit) return false;
		return offer(drill, &package);
	}
	return false;
}

/* ---- The lead ---- */

static void end(struct drill *drill)
{
	const struct talk_state *state = state_of(drill);
	if (state->ended_at) return;
	if (drill->practice->partner.end == PARTNER_SIGNED) {
		if (!state->contract_at) put(drill, EVENT_CONTRACT, 0, drill->practice->scenario->price);
		put(drill, EVENT_ENDED, 0, OUTCOME_WON);
	} else if (state->next_at) {
		put(drill, EVENT_ENDED, 0, OUTCOME_NEXT);
	} else {
		put(drill, EVENT_ENDED, 0, OUTCOME_LOST);
	}
}

/* false: nothing more can be done. */
static bool close(struct drill *drill, const struct talk_hint *hint)
{
	bool off = drill->off;
	drill->off = false;
	if (board_of(drill) && drill->countered && !drill->agreed) {
		drill->countered = false;
		if (state_of(drill)->mode == MODE_SALE ? price_down(drill) : trade(drill)) return true;
	}
	switch (hint->kind) {
	case HINT_ITEM:
		put(drill, EVENT_SAID, hint->item, 0);
		if (drill->signed_ && !state_of(drill)->contract_at) put(drill, EVENT_CONTRACT, 0, drill->practice->scenario->price);
		return true;
	case HINT_CONTRACT:
		if (off) return put(drill, EVENT_SKIPPED, 0, 0) == TALK_APPLIED; /* not now: today or tomorrow, then */
		if (put(drill, EVENT_CONTRACT, 0, drill->practice->scenario->price) == TALK_APPLIED || state_of(drill)->in_hand != 0 || drill->countered) return true;
		return put(drill, EVENT_SKIPPED, 0, 0) == TALK_APPLIED;
	case HINT_PAYMENT:
		if (put(drill, EVENT_PAYMENT, 0, drill->practice->scenario->price) != TALK_APPLIED) put(drill, EVENT_SKIPPED, 0, 0);
		return true;
	case HINT_ALTERNATIVE:
		return put(drill, EVENT_PLANNED, 0, drill->at + MOMENT_DAY) == TALK_APPLIED;
	case HINT_OFFER:
	case HINT_TRADE:
	case HINT_SAY_OFFER:
	case HINT_RETURN:
		return board_of(drill) && (trade(drill) || put(drill, EVENT_CONTRACT, 0, drill->practice->scenario->price) == TALK_APPLIED || !drill->over);
	default:
		return false;
	}
}

static bool lead(struct drill *drill)
{
	const struct talk_state *state = state_of(drill);
	struct talk_hint hints[TALK_HINTS];
	bool negotiates = state->mode == MODE_NEGOTIATION;
	if (talk_next(state, drill->practice->book, hints) == 0) return false;
	const struct playbook_item *item = hints[0].kind == HINT_ITEM ? item_of(drill, hints[0].item) : NULL;
	/* What stands in the way is answered at once in a sale; in a negotiation after what is behind it was asked. A cut: at once. */
	if (state->in_hand != 0) {
		const struct playbook_item *objection = item_of(drill, state->objections[state->in_hand - 1].item);
		bool asks = negotiates && item && item->kind == ITEM_SPIN && !(objection && objection->compliance);
		if (!asks) {
			object(drill);
			return true;
		}
	}
	if (drill->agreed && !drill->signed_) {
		if (state->step != STEP_CLOSING) put(drill, EVENT_STEP, 0, STEP_CLOSING);
		put(drill, EVENT_CONTRACT, 0, drill->practice->scenario->price);
		return drill->signed_ || state->in_hand != 0;
	}
	if (state->step == STEP_CLOSING) return close(drill, &hints[0]);
	switch (hints[0].kind) {
	case HINT_ITEM:
		if (item->kind == ITEM_TERM && drill->terms++ >= TERMS)
			return put(drill, EVENT_STEP, 0, talk_wanted(state, drill->practice->book) ? STEP_PRESENTATION : STEP_CLOSING) == TALK_APPLIED;
		return put(drill, EVENT_SAID, item->id, 0) == TALK_APPLIED;
	case HINT_STEP:
	case HINT_NO_POINT:
		return put(drill, EVENT_STEP, 0, hints[0].value) == TALK_APPLIED;
	case HINT_POSITION:
		return put(drill, EVENT_SKIPPED, 0, 0) == TALK_APPLIED;
	default:
		return put(drill, EVENT_STEP, 0, STEP_CLOSING) == TALK_APPLIED;
	}
}

bool drill_run(struct practice *practice, enum call_mode mode, int64_t start, struct arena *arena, drill_told *told, void *arg)
{
	struct drill drill = {.practice = practice, .arena = arena, .told = told, .arg = arg, .at = start};
	put(&drill, EVENT_BEGAN, 0, mode);
	for (int i = 0; i < 3 * DRILL_MOVES_MAX && drill.moves < DRILL_MOVES_MAX && !drill.over && !state_of(&drill)->ended_at; i++) {
		if (partner_over(&practice->partner) || !lead(&drill)) break;
	}
	end(&drill);
	return practice_won(practice);
}
