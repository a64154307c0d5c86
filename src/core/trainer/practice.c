#include "core/trainer/practice.h"

void practice_make(struct practice *practice, const struct scenario *scenario, const struct playbook *book, uint64_t seed, struct arena *arena)
{
	practice->scenario = scenario;
	practice->book = book;
	practice->seq = 0;
	talk_init(&practice->talk);
	partner_make(&practice->partner, scenario, book, seed, arena);
}

static const struct playbook_item *item_of(const struct playbook *book, int64_t id)
{
	for (int i = 0; id != 0 && i < book->n_items; i++)
		if (book->items[i].id == id) return &book->items[i];
	return NULL;
}

struct move practice_card(const struct playbook *book, int64_t id)
{
	const struct playbook_item *item = item_of(book, id);
	struct move move = {.kind = MOVE_UNKNOWN, .item = id};
	if (!item) return move;
	move.motives = item->motives;
	move.level = item->level;
	move.type = item->type;
	move.close = item->close;
	move.position = item->objection;
	switch (item->kind) {
	case ITEM_OPENER: move.kind = MOVE_SMALL_TALK; break;
	case ITEM_QUESTION: move.kind = MOVE_QUESTION; break;
	case ITEM_POINT: move.kind = MOVE_POINT; break;
	case ITEM_PROBE: move.kind = MOVE_PROBE; break;
	case ITEM_CLOSE: move.kind = MOVE_CLOSE; break;
	case ITEM_TERM: move.kind = MOVE_TERM; break;
	case ITEM_SPIN: move.kind = MOVE_SPIN; break;
	case ITEM_ANSWER: move.kind = MOVE_ARGUE; break;
	default: break;
	}
	return move;
}

static enum talk_result put(struct practice *practice, enum call_event_kind kind, int64_t item, int64_t value, int64_t amount, int64_t at)
{
	struct call_event event = {.seq = practice->seq + 1, .at = at, .item = item, .value = value, .amount = amount, .kind = kind};
	enum talk_result result = talk_apply(&practice->talk, &event);
	if (result == TALK_APPLIED) practice->seq++;
	return result;
}

/* What an option brings us against where we stand. */
static int64_t amount(const struct practice *practice, int64_t variable, int64_t option)
{
	const struct board *board = practice->scenario->board;
	int v, o;
	if (!board || option == 0 || !board_find(board, variable, option, &v, &o)) return 0;
	struct package stands = board_stands(board, &practice->talk.state);
	return board->bargain->variables[v].options[o].ours - board->bargain->variables[v].options[stands.choice[v]].ours;
}

/* What the client did, as it is entered. */
static void entered(struct practice *practice, const struct move *move, int64_t in_hand, const struct acts *reply, int64_t at)
{
	const struct board *board = practice->scenario->board;
	bool held = false, answered = false;
	for (int i = 0; i < reply->n; i++) held |= reply->acts[i].kind == ACT_TAKES || reply->acts[i].kind == ACT_DROPS_CUT;
	if (in_hand != 0 && held && put(practice, EVENT_OBJECTION_CLOSED, in_hand, 0, 0, at) != TALK_APPLIED) held = false;
	if (in_hand != 0 && !held && practice->partner.in_hand != in_hand) put(practice, EVENT_OBJECTION_LEFT, in_hand, 0, 0, at);
	for (int i = 0; i < reply->n; i++) {
		const struct act *act = &reply->acts[i];
		switch (act->kind) {
		case ACT_OBJECTS:
		case ACT_HINTS_CUT:
			put(practice, EVENT_OBJECTION, act->item, 0, 0, at);
			break;
		case ACT_MOTIVE:
		case ACT_SITUATION:
		case ACT_PROBLEM:
		case ACT_FEELS:
		case ACT_INTEREST:
			answered = true;
			break;
		case ACT_ASKS:
			put(practice, EVENT_ASKED, board->variables[act->variable].id, board->variables[act->variable].options[act->option],
			    amount(practice, board->variables[act->variable].id, board->variables[act->variable].options[act->option]), at);
			break;
		default:
			break;
		}
	}
	if (answered && move->item != 0) put(practice, EVENT_ANSWERED, move->item, 0, 0, at);
}

static void said(struct practice *practice, const struct move *move, int64_t at, struct acts *ret_reply)
{
	int64_t in_hand = practice->partner.in_hand;
	ret_reply->n = partner_hears(&practice->partner, move, ret_reply->acts);
	entered(practice, move, in_hand, ret_reply, at);
}

static bool is_cut(const struct practice *practice, int64_t objection)
{
	const struct playbook_item *item = item_of(practice->book, objection);
	return item && item->compliance;
}

/* The move that an event is to the client; MOVE_UNKNOWN: none. */
static struct move move_of(const struct practice *practice, enum call_event_kind kind, int64_t item, int64_t value)
{
	struct move move = {.kind = MOVE_UNKNOWN, .item = item};
	switch (kind) {
	case EVENT_SAID:
		return practice_card(practice->book, item);
	case EVENT_OBJECTION_PART:
		move = practice_card(practice->book, item);
		switch ((enum answer_part)(value % 8)) {
		case PART_CLARIFY: move.kind = MOVE_CLARIFY; break;
		case PART_AGREE: move.kind = MOVE_AGREE_OPINION; break;
		case PART_COMPLETE: move.kind = MOVE_COMPLETE; break;
		default: move.kind = is_cut(practice, practice->partner.in_hand) ? MOVE_REFUSE_CUT : MOVE_ARGUE; break;
		}
		break;
	case EVENT_DECLINED:
		move.kind = MOVE_DECLINE;
		break;
	case EVENT_CONTRACT:
		move.kind = MOVE_CLOSE;
		move.close = CLOSE_CONTRACT;
		move.item = 0;
		break;
	case EVENT_PAYMENT:
		move.kind = MOVE_CLOSE;
		move.close = CLOSE_PAYMENT;
		move.item = 0;
		break;
	default:
		break;
	}
	return move;
}

static bool below_limit(const struct practice *practice)
{
	const struct board *board = practice->scenario->board;
	if (!board) return false;
	struct package draft = board_draft(board, &practice->talk.state);
	return package_value(board->bargain, &draft).ours < board->limit;
}

enum talk_result practice_event(struct practice *practice, enum call_event_kind kind, int64_t item, int64_t value, int64_t at, struct acts *ret_reply)
{
	struct partner *partner = &practice->partner;
	struct move move = move_of(practice, kind, item, value);
	ret_reply->n = 0;
	/* The client's yes comes first. */
	bool asks = (kind == EVENT_CONTRACT && partner->end != PARTNER_SIGNED) || (kind == EVENT_PAYMENT && partner->end == PARTNER_SIGNED && !partner->paid);
	if (asks) {
		said(practice, &move, at, ret_reply);
		if (kind == EVENT_CONTRACT ? partner->end != PARTNER_SIGNED : !partner->paid) return TALK_ORDER;
	}
	if (kind == EVENT_OFFERED && below_limit(practice)) return TALK_BELOW_LIMIT;
	enum talk_result result = put(practice, kind, item, value, kind == EVENT_PUT ? amount(practice, item, value) : 0, at);
	if (result != TALK_APPLIED) return result;
	if (kind == EVENT_BEGAN) {
		ret_reply->n = partner_greets(partner, (enum call_mode)value, ret_reply->acts);
	} else if (kind == EVENT_OBJECTION) {
		partner_back(partner, item);
	} else if (kind == EVENT_MODE_ACCEPTED || kind == EVENT_MODE_SET) {
		partner_led(partner, practice->talk.state.mode);
	} else if (kind == EVENT_OFFERED && practice->scenario->board) {
		struct package stands = board_stands(practice->scenario->board, &practice->talk.state);
		move = (struct move){.kind = MOVE_OFFER, .package = &stands};
		said(practice, &move, at, ret_reply);
	} else if (move.kind != MOVE_UNKNOWN && kind != EVENT_CONTRACT && kind != EVENT_PAYMENT) {
		said(practice, &move, at, ret_reply);
	}
	return result;
}

static bool touched(const struct practice *practice, int64_t item)
{
	for (int i = 0; i < practice->talk.state.n_said; i++)
		if (practice->talk.state.said[i].item == item) return true;
	return false;
}

/* How far a card is from a move; −1: it is another thing. */
static int distance(const struct playbook *book, const struct playbook_item *item, const struct move *move, int64_t in_hand)
{
	struct move card = practice_card(book, item->id);
	if (card.kind != move->kind || (card.kind == MOVE_CLOSE && card.close != move->close)) return -1;
	int away = card.level == move->level ? 0 : 2;
	if (card.kind == MOVE_QUESTION && card.type != move->type) away++;
	if (card.kind == MOVE_SPIN && item->objection != in_hand) away += item->objection == 0 ? 1 : 6;
	if (move->motives != 0 && card.kind != MOVE_SPIN && !(card.motives & move->motives)) away += 4;
	return away;
}

enum talk_result practice_says(struct practice *practice, struct move move, int64_t at, struct acts *ret_reply)
{
	const struct playbook *book = practice->book;
	const struct playbook_item *pick = NULL;
	int64_t in_hand = practice->partner.in_hand;
	int least = -1;
	ret_reply->n = 0;
	bool part = move.kind == MOVE_CLARIFY || move.kind == MOVE_AGREE_OPINION || move.kind == MOVE_COMPLETE || move.kind == MOVE_REFUSE_CUT;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		bool answers = item->kind == ITEM_ANSWER && in_hand != 0 && item->objection == in_hand && (move.kind == MOVE_ARGUE || part);
		if (!answers && (item->kind == ITEM_ANSWER || touched(practice, item->id) || move.kind == MOVE_ARGUE)) continue;
		int away = answers && part ? 0 : distance(book, item, &move, in_hand);
		if (away < 0 || (pick && away >= least)) continue;
		pick = item;
		least = away;
	}
	if (pick && pick->kind == ITEM_ANSWER) {
		enum answer_part parts = move.kind == MOVE_CLARIFY ? PART_CLARIFY : move.kind == MOVE_AGREE_OPINION ? PART_AGREE : move.kind == MOVE_COMPLETE ? PART_COMPLETE : PART_ARGUE;
		put(practice, EVENT_OBJECTION_PART, pick->id, playbook_part_value(parts, METHOD_ARGUE), 0, at);
		move.item = pick->id;
	} else if (pick) {
		put(practice, EVENT_SAID, pick->id, 0, 0, at);
		move.item = pick->id;
		if (move.kind == MOVE_SPIN && move.position == 0) move.position = pick->objection;
	} else {
		put(practice, EVENT_NOTE, 0, 0, 0, at);
		move.item = 0;
	}
	said(practice, &move, at, ret_reply);
	return TALK_APPLIED;
}

bool practice_won(const struct practice *practice)
{
	const struct board *board = practice->scenario->board;
	if (practice->partner.end != PARTNER_SIGNED) return false;
	return !board || package_value(board->bargain, &practice->partner.package).ours >= board->limit;
}
