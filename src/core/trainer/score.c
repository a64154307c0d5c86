#include "core/trainer/score.h"

#include <string.h>

#include "core/bargain/frontier.h"

enum { FUNNEL = 3, OPENERS = 3 };
static const uint32_t FUNNEL_LEVELS = 1 << LEVEL_SITUATIONAL | 1 << LEVEL_SPECIFYING | 1 << LEVEL_DETAILING;

static const char *const words[SCORE_CRITERIA] = {"contact", "funnel", "motives", "presentation", "objections", "closing", "person", "interests", "justification", "arguments", "trade",
	"package", "mode", "compliance"};

const char *score_word(enum score_criterion criterion)
{
	return words[criterion];
}

bool score_named(const char *word, enum score_criterion *ret_criterion)
{
	for (int i = 0; i < SCORE_CRITERIA; i++) {
		if (strcmp(words[i], word) != 0) continue;
		*ret_criterion = (enum score_criterion)i;
		return true;
	}
	return false;
}

struct scoring {
	const struct talk *talk;
	const struct score_known *known;
	struct score *score;
};

static const struct playbook_item *item_of(const struct scoring *scoring, int64_t id)
{
	for (int i = 0; i < scoring->known->book->n_items; i++)
		if (scoring->known->book->items[i].id == id) return &scoring->known->book->items[i];
	return NULL;
}

/* The state just before an event. */
static struct talk_state state_before(const struct talk *talk, int event)
{
	struct talk fresh;
	talk_init(&fresh);
	struct talk_state state = fresh.state;
	for (int i = 0; i < event; i++) talk_pretend(&state, &talk->log[i]);
	return state;
}

/* What was offered is what was done: there was no better line. */
static bool followed(const struct talk_hint *hint, const struct call_event *event)
{
	switch (hint->kind) {
	case HINT_ITEM: return event->kind == EVENT_SAID && event->item == hint->item;
	case HINT_SAY_OFFER: return event->kind == EVENT_OFFERED;
	case HINT_CONTRACT: return event->kind == EVENT_CONTRACT;
	case HINT_ALTERNATIVE: return event->kind == EVENT_PLANNED;
	case HINT_END: return event->kind == EVENT_ENDED;
	default: return false;
	}
}

static struct score_mark *mark_put(struct scoring *scoring, enum score_criterion criterion, int value, int event)
{
	struct score_mark *at = &scoring->score->marks[scoring->score->n++];
	*at = (struct score_mark){.criterion = criterion, .mark = value < 1 ? 1 : value > 5 ? 5 : value, .seq = event < 0 ? 0 : scoring->talk->log[event].seq};
	return at;
}

/* With what was offered then. event −1: the talk as a whole. */
static void mark(struct scoring *scoring, enum score_criterion criterion, int value, int event)
{
	struct score_mark *at = mark_put(scoring, criterion, value, event);
	if (event < 0 || at->mark >= 5) return;
	struct talk_state state = state_before(scoring->talk, event);
	struct talk_hint hints[TALK_HINTS];
	if (talk_next(&state, scoring->known->book, hints) > 0 && !followed(&hints[0], &scoring->talk->log[event])) at->better = hints[0];
}

/* With a better line that the criterion itself knows; NULL: what was offered then. */
static void mark_item(struct scoring *scoring, enum score_criterion criterion, int value, int event, const struct playbook_item *better)
{
	if (!better) mark(scoring, criterion, value, event);
	else if (mark_put(scoring, criterion, value, event)->mark < 5) scoring->score->marks[scoring->score->n - 1].better = (struct talk_hint){.kind = HINT_ITEM, .item = better->id};
}

/* Was it said, or argued with, anywhere in the talk? */
static bool used(const struct scoring *scoring, int64_t item)
{
	for (int i = 0; i < scoring->talk->n_log; i++) {
		const struct call_event *at = &scoring->talk->log[i];
		if (at->item == item && (at->kind == EVENT_SAID || (at->kind == EVENT_OBJECTION_PART && at->value % 8 == PART_ARGUE))) return true;
	}
	return false;
}

/* The first of a kind that was not: levels and motives are masks, 0 any; objection 0 any. */
static const struct playbook_item *unused(const struct scoring *scoring, enum item_kind kind, int64_t objection, uint32_t levels, uint32_t motives)
{
	const struct playbook *book = scoring->known->book;
	const struct playbook_item *best = NULL;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != kind || (objection && item->objection != objection) || (levels && !(levels >> item->level & 1)) || (motives && !(item->motives & motives))) continue;
		if ((!best || item->order < best->order) && !used(scoring, item->id)) best = item;
	}
	return best;
}

static const struct playbook_item *said(const struct scoring *scoring, int event, enum item_kind kind)
{
	const struct call_event *at = &scoring->talk->log[event];
	const struct playbook_item *item = at->kind == EVENT_SAID ? item_of(scoring, at->item) : NULL;
	return item && item->kind == kind ? item : NULL;
}

static int first_said(const struct scoring *scoring, enum item_kind kind)
{
	for (int i = 0; i < scoring->talk->n_log; i++)
		if (said(scoring, i, kind)) return i;
	return -1;
}

static int first_of(const struct scoring *scoring, enum call_event_kind kind)
{
	for (int i = 0; i < scoring->talk->n_log; i++)
		if (scoring->talk->log[i].kind == kind) return i;
	return -1;
}

/* Where the talk went on to a decision, or ended. */
static int towards_end(const struct scoring *scoring)
{
	static const enum call_event_kind kinds[] = {EVENT_CONTRACT, EVENT_ENDED};
	int at = first_said(scoring, ITEM_CLOSE);
	for (int i = 0; at < 0 && i < 2; i++) at = first_of(scoring, kinds[i]);
	return at;
}

/* The first moment at which the matter was spoken of. */
static int matter(const struct scoring *scoring)
{
	for (int i = 0; i < scoring->talk->n_log; i++) {
		enum call_event_kind kind = scoring->talk->log[i].kind;
		bool spoken = kind == EVENT_SAID && !said(scoring, i, ITEM_OPENER) && !said(scoring, i, ITEM_PREPARATION);
		if (spoken || kind == EVENT_OFFERED || kind == EVENT_CONTRACT) return i;
	}
	return -1;
}

/* ---- The sale ---- */

static void contact(struct scoring *scoring)
{
	int first = first_said(scoring, ITEM_OPENER), begins = matter(scoring), n = 0;
	for (int i = 0; i < scoring->talk->n_log; i++) n += said(scoring, i, ITEM_OPENER) != NULL;
	if (first < 0) mark(scoring, SCORE_CONTACT, 1, begins);
	else if (begins >= 0 && begins < first) mark(scoring, SCORE_CONTACT, 3, begins);
	else mark(scoring, SCORE_CONTACT, n > OPENERS ? 4 : 5, first);
}

static void funnel(struct scoring *scoring)
{
	int n = 0, last = -1, point = first_said(scoring, ITEM_POINT);
	uint32_t levels = 0;
	bool open = false;
	for (int i = 0; i < scoring->talk->n_log; i++) {
		const struct playbook_item *item = said(scoring, i, ITEM_QUESTION);
		if (!item) continue;
		n++;
		last = i;
		levels |= UINT32_C(1) << item->level;
		open |= item->type == QUESTION_OPEN;
	}
	int n_levels = __builtin_popcount(levels), onward = point >= 0 ? point : towards_end(scoring);
	const struct playbook_item *next = unused(scoring, ITEM_QUESTION, 0, FUNNEL_LEVELS & ~levels, 0);
	if (!next || n_levels == FUNNEL) next = unused(scoring, ITEM_QUESTION, 0, 0, 0);
	if (n < FUNNEL) mark_item(scoring, SCORE_FUNNEL, n == 0 ? 1 : 2, onward >= 0 ? onward : last, next);
	else mark_item(scoring, SCORE_FUNNEL, n_levels == FUNNEL && open ? 5 : n_levels >= 2 ? 4 : 3, last, next);
}

static void motives(struct scoring *scoring)
{
	const struct talk_state *state = &scoring->talk->state;
	int point = first_said(scoring, ITEM_POINT), tick = first_of(scoring, EVENT_MOTIVE_ON);
	uint32_t before = point >= 0 ? state_before(scoring->talk, point).motives : state->motives;
	int n = __builtin_popcount(before), value = n >= 2 ? 5 : n == 1 ? 4 : state->motives ? 2 : 1;
	if (scoring->known->motives) value -= __builtin_popcount(state->motives & ~scoring->known->motives);
	mark_item(scoring, SCORE_MOTIVES, value, n > 0 ? tick : point >= 0 ? point : towards_end(scoring), unused(scoring, ITEM_QUESTION, 0, 0, MOTIVE_ALL & ~state->motives));
}

static void presentation(struct scoring *scoring, enum score_criterion criterion)
{
	int n = 0, served = 0, first = -1, miss = -1;
	for (int i = 0; i < scoring->talk->n_log; i++) {
		const struct playbook_item *item = said(scoring, i, ITEM_POINT);
		if (!item) continue;
		struct talk_state state = state_before(scoring->talk, i);
		bool hit = (item->motives & talk_wanted(&state, scoring->known->book)) != 0;
		n++;
		served += hit;
		if (first < 0) first = i;
		if (!hit && miss < 0) miss = i;
	}
	const struct playbook_item *point = unused(scoring, ITEM_POINT, 0, 0, talk_wanted(&scoring->talk->state, scoring->known->book));
	if (n == 0) mark_item(scoring, criterion, 1, towards_end(scoring), point);
	else mark_item(scoring, criterion, 1 + 4 * served / n, miss >= 0 ? miss : first, point);
}

/* What became of an objection: from the events, since a state keeps only where it stands. */
struct handled {
	int64_t item;
	int raised, last;               /* events */
	int argued;
	bool clarified, agreed;         /* before the first argument */
	bool held;
};

static int handled(const struct scoring *scoring, struct handled handled[TALK_OBJECTIONS_MAX])
{
	int n = 0;
	for (int i = 0; i < scoring->talk->n_log; i++) {
		const struct call_event *at = &scoring->talk->log[i];
		int in = 0;
		switch (at->kind) {
		case EVENT_OBJECTION:
			while (in < n && handled[in].item != at->item) in++;
			if (in == n && n < TALK_OBJECTIONS_MAX) handled[n++] = (struct handled){.item = at->item, .raised = i, .last = i};
			break;
		case EVENT_OBJECTION_PART: {
			/* It belongs to the one in hand: the last raised. */
			const struct playbook_item *answer = item_of(scoring, at->item); /* the objection itself, where the method composes one */
			int64_t to = !answer ? 0 : answer->kind == ITEM_OBJECTION ? answer->id : answer->objection;
			while (in < n && handled[in].item != to) in++;
			if (in == n) break;
			handled[in].last = i;
			if (handled[in].argued == 0) {
				handled[in].clarified |= at->value % 8 == PART_CLARIFY;
				handled[in].agreed |= at->value % 8 == PART_AGREE;
			}
			handled[in].argued += at->value % 8 == PART_ARGUE;
			break;
		}
		case EVENT_OBJECTION_CLOSED:
		case EVENT_OBJECTION_LEFT:
			while (in < n && handled[in].item != at->item) in++;
			if (in == n) break;
			handled[in].last = i;
			handled[in].held = at->kind == EVENT_OBJECTION_CLOSED;
			break;
		default:
			break;
		}
	}
	return n;
}

static bool cut(const struct scoring *scoring, int64_t objection)
{
	const struct playbook_item *item = item_of(scoring, objection);
	return item && item->compliance;
}

static int algorithm(const struct handled *one)
{
	if (one->held) return 3 + one->clarified + one->agreed;
	return one->clarified || one->agreed ? 2 : 1;
}

static int arguments(const struct handled *one)
{
	return one->held ? 5 : one->argued >= 2 ? 4 : one->argued == 1 ? 3 : 1;
}

/* What was left out of an objection: a part of the algorithm, or one more answer. */
static struct talk_hint missed(const struct scoring *scoring, enum score_criterion criterion, const struct handled *one)
{
	const struct playbook_item *answer = unused(scoring, ITEM_ANSWER, one->item, 0, 0);
	bool parts = criterion == SCORE_OBJECTIONS && !(one->clarified && one->agreed);
	if (parts) return (struct talk_hint){.kind = HINT_OBJECTION, .item = one->item, .value = 1 + (one->clarified ? PART_AGREE : PART_CLARIFY)};
	if (answer) return (struct talk_hint){.kind = HINT_ITEM, .item = answer->id};
	return (struct talk_hint){.kind = HINT_OBJECTION, .item = one->item};
}

/* The mean of the objections, rounded; it rests on the worst. */
static void objections(struct scoring *scoring, enum score_criterion criterion, int (*value_of)(const struct handled *))
{
	struct handled all[TALK_OBJECTIONS_MAX];
	int n = handled(scoring, all), sum = 0, counted = 0, worst = -1, least = 6;
	for (int i = 0; i < n; i++) {
		if (cut(scoring, all[i].item)) continue;
		int value = value_of(&all[i]);
		sum += value;
		counted++;
		if (value >= least) continue;
		least = value;
		worst = i;
	}
	if (counted == 0) return;
	struct score_mark *at = mark_put(scoring, criterion, (2 * sum + counted) / (2 * counted), all[worst].last);
	if (at->mark < 5) at->better = missed(scoring, criterion, &all[worst]);
}

static void closing(struct scoring *scoring)
{
	const struct talk_state *state = &scoring->talk->state;
	int phrase = first_said(scoring, ITEM_CLOSE), contract = first_of(scoring, EVENT_CONTRACT), planned = first_of(scoring, EVENT_PLANNED), end = first_of(scoring, EVENT_ENDED);
	if (state->contract_at) mark(scoring, SCORE_CLOSING, 5, contract);
	else if (phrase >= 0) mark(scoring, SCORE_CLOSING, state->next_at ? 4 : 3, phrase);
	else mark(scoring, SCORE_CLOSING, state->next_at ? 2 : 1, state->next_at ? planned : end);
}

/* ---- The negotiation ---- */

static void person(struct scoring *scoring)
{
	const struct playbook *book = scoring->known->book;
	int first = first_said(scoring, ITEM_OPENER);
	bool personal = false, crib = false;
	for (int i = 0; i < scoring->talk->n_log; i++) {
		const struct playbook_item *item = said(scoring, i, ITEM_OPENER);
		personal |= item && item->opener >= OPENER_TOPIC;
	}
	for (int i = 0; i < book->n_items; i++) {
		bool heard = false;
		for (int j = 0; j < book->n_heard; j++) heard |= book->heard[j] == book->items[i].id;
		crib |= book->items[i].kind == ITEM_OPENER && book->items[i].opener >= OPENER_TOPIC && !heard;
	}
	mark(scoring, SCORE_PERSON, first < 0 ? 1 : personal || !crib ? 5 : 4, first < 0 ? matter(scoring) : first);
}

static void interests(struct scoring *scoring)
{
	const struct talk_state *state = &scoring->talk->state;
	struct handled all[TALK_OBJECTIONS_MAX];
	int n = handled(scoring, all), sum = 0, counted = 0, worst = -1, least = 6;
	int64_t next = 0, position = 0;
	for (int i = 0; i < n; i++) {
		if (cut(scoring, all[i].item)) continue;
		int value = 1, last = all[i].last;
		for (int e = all[i].raised; e < scoring->talk->n_log; e++) {
			const struct playbook_item *item = said(scoring, e, ITEM_SPIN);
			if (!item || (item->objection != 0 && item->objection != all[i].item)) continue;
			/* Only in order: a direct question alone asks nothing. */
			if ((int)item->level - LEVEL_SITUATION > value) continue;
			if (item->level > LEVEL_SITUATION && (int)item->level - LEVEL_SITUATION == value) value++;
			last = e;
		}
		for (int j = 0; j < state->n_interests; j++)
			if (state->interests[j].position == all[i].item) value = 5;
		if (value > 5) value = 5;
		sum += value;
		counted++;
		if (value >= least) continue;
		least = value;
		worst = last;
		next = talk_spin(state, scoring->known->book, all[i].item);
		position = all[i].item;
	}
	if (counted == 0) {
		int spin = first_said(scoring, ITEM_SPIN), point = first_said(scoring, ITEM_POINT);
		if (spin < 0 && state->n_interests == 0 && state->motives) return; /* it was a sale until then, and what it found serves */
		mark_item(scoring, SCORE_INTERESTS, state->n_interests > 0 ? 5 : spin >= 0 ? 3 : 1, spin >= 0 ? spin : point >= 0 ? point : towards_end(scoring), unused(scoring, ITEM_SPIN, 0, 0, 0));
		return;
	}
	/* The next question of SPIN; where it is through, the interest was to be noticed. */
	struct score_mark *at = mark_put(scoring, SCORE_INTERESTS, (2 * sum + counted) / (2 * counted), worst);
	if (at->mark < 5) at->better = next ? (struct talk_hint){.kind = HINT_ITEM, .item = next} : (struct talk_hint){.kind = HINT_POSITION, .item = position};
}

static void trade(struct scoring *scoring)
{
	const struct board *board = scoring->known->board;
	int gifts = 0, offers = 0, first_gift = -1, first_offer = -1, price = -1;
	for (int i = 0, conceded = 0, puts_price = -1; i < scoring->talk->n_log; i++) {
		const struct call_event *at = &scoring->talk->log[i];
		int v, o;
		if (at->kind == EVENT_PUT && at->amount < 0 && board && board_find(board, at->item, 0, &v, &o) && board->bargain->variables[v].price) puts_price = i;
		if (at->kind == EVENT_PUT && at->amount < 0 && puts_price != i) conceded++;
		if (at->kind != EVENT_OFFERED) continue;
		if (first_offer < 0) first_offer = i;
		offers++;
		gifts += at->value == 1;
		if (at->value == 1 && first_gift < 0) first_gift = i;
		if (puts_price >= 0 && conceded == 0 && price < 0) price = puts_price;
	}
	int value = 5 - gifts;
	if (price >= 0 && value > 2) value = 2;
	if (offers == 0) mark_put(scoring, SCORE_TRADE, 1, towards_end(scoring))->better = (struct talk_hint){.kind = HINT_OFFER};
	else mark(scoring, SCORE_TRADE, value, price >= 0 ? price : first_gift >= 0 ? first_gift : first_offer);
}

static void package(struct scoring *scoring, struct arena *arena)
{
	const struct board *board = scoring->known->board;
	struct score *score = scoring->score;
	struct frontier frontier;
	if (!scoring->talk->state.contract_at || !frontier_make(board->bargain, FRONTIER_MOST, arena, &frontier) || frontier.n == 0) return;
	struct package stands = board_stands(board, &scoring->talk->state);
	struct option value = package_value(board->bargain, &stands);
	int at = frontier_first_theirs(&frontier, value.theirs);
	if (at >= frontier.n || frontier_packages(&frontier, at, 1, &score->best) == 0) return;
	score->agreed = true;
	score->left = frontier.points[at].ours > value.ours ? frontier.points[at].ours - value.ours : 0;
	int64_t room = frontier.points[0].ours - board->limit, share = room > 0 ? score->left * 1000 / room : 0;
	int level = score->left == 0 ? 5 : share <= 20 ? 4 : share <= 50 ? 3 : share <= 150 ? 2 : 1;
	int offered = -1;
	for (int i = 0; i < scoring->talk->n_log; i++)
		if (scoring->talk->log[i].kind == EVENT_OFFERED) offered = i;
	mark_put(scoring, SCORE_PACKAGE, value.ours < board->limit ? 1 : level, offered >= 0 ? offered : first_of(scoring, EVENT_CONTRACT));
}

/* ---- Both ---- */

static void mode(struct scoring *scoring)
{
	const struct talk *talk = scoring->talk;
	int proposed = first_of(scoring, EVENT_MODE_PROPOSED);
	if (scoring->known->mode == 0) {
		if (proposed < 0) return;
		bool followed = false;
		for (int i = proposed; i < talk->n_log; i++) followed |= talk->log[i].kind == EVENT_MODE_ACCEPTED;
		mark_put(scoring, SCORE_MODE, followed ? 5 : 2, proposed);
		return;
	}
	/* Moves in the right mode, from the beginning. */
	struct talk fresh;
	talk_init(&fresh);
	struct talk_state state = fresh.state;
	int n = 0, right = 0, first = -1;
	for (int i = 0; i < talk->n_log; i++) {
		talk_pretend(&state, &talk->log[i]);
		bool so = (int)state.mode == scoring->known->mode - 1;
		n++;
		right += so;
		if (!so && first < 0) first = i;
	}
	mark_put(scoring, SCORE_MODE, 10 * right >= 9 * n ? 5 : 2 * right >= n ? 3 : 1, first >= 0 ? first : 0);
}

static void compliance(struct scoring *scoring)
{
	struct handled all[TALK_OBJECTIONS_MAX];
	int n = handled(scoring, all), hint = -1;
	bool refused = false;
	for (int i = 0; i < n; i++) {
		if (!cut(scoring, all[i].item)) continue;
		hint = all[i].last;
		refused |= all[i].argued > 0;
	}
	if (hint < 0 && !scoring->known->bribed) return;
	mark_put(scoring, SCORE_COMPLIANCE, scoring->known->bribed ? 1 : refused ? 5 : 2, hint);
}

static void total(struct score *score)
{
	int sum = 0, most = 50;
	if (score->n == 0) return;
	for (int i = 0; i < score->n; i++) sum += score->marks[i].mark;
	/* However well it was led: it was the other conversation. */
	for (int i = 0; i < score->n && score->known; i++)
		if (score->marks[i].criterion == SCORE_MODE) most = score->marks[i].mark <= 2 ? SCORE_WRONG : score->marks[i].mark == 3 ? SCORE_LATE : 50;
	score->tenths = (20 * sum + score->n) / (2 * score->n);
	if (score->tenths > most) score->tenths = most;
	if (score->failed) score->tenths = 10;
}

bool score_overrule(struct score *score, enum score_criterion criterion, int mark)
{
	int i = 0;
	while (i < score->n && score->marks[i].criterion != criterion) i++;
	if (i == score->n) return false;
	score->marks[i].mark = mark;
	total(score);
	return true;
}

void score_talk(const struct talk *talk, const struct score_known *known, struct arena *arena, struct score *ret_score)
{
	struct scoring scoring = {talk, known, ret_score};
	*ret_score = (struct score){.failed = known->bribed, .known = known->mode != 0};
	if (talk->n_log == 0) return;
	if (talk->state.mode == MODE_SALE) {
		contact(&scoring);
		funnel(&scoring);
		motives(&scoring);
		presentation(&scoring, SCORE_PRESENTATION);
		objections(&scoring, SCORE_OBJECTIONS, algorithm);
		closing(&scoring);
	} else {
		person(&scoring);
		interests(&scoring);
		presentation(&scoring, SCORE_JUSTIFICATION);
		objections(&scoring, SCORE_ARGUMENTS, arguments);
		if (known->board) {
			trade(&scoring);
			package(&scoring, arena);
		}
	}
	mode(&scoring);
	compliance(&scoring);
	total(ret_score);
}
