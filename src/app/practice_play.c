#include "app/practice_play.h"

#include <stdlib.h>
#include <string.h>

#include "base/moment.h"

static const char *t(const struct play *play, const char *msgid)
{
	return tr(play->show.lang, msgid);
}

static const struct talk_state *state_of(const struct play *play)
{
	return &play->practice.talk.state;
}

static void say(struct play *play, const char *text)
{
	buf_printf(play->show.out, "%s\n", text);
}

/* ---- The cards ---- */

static void card(struct play *play, enum call_event_kind kind, int64_t item, int64_t value, const char *text)
{
	for (int i = 0; i < play->n_cards; i++)
		if (play->cards[i].kind == kind && play->cards[i].item == item && play->cards[i].value == value) return;
	struct talk_state state = *state_of(play);
	struct call_event event = {.kind = kind, .item = item, .value = value, .at = play->at};
	bool may = kind == EVENT_CONTRACT || kind == EVENT_PAYMENT || talk_pretend(&state, &event) == TALK_APPLIED;
	if (play->n_cards < PLAY_CARDS && may && *text) play->cards[play->n_cards++] = (struct play_card){kind, item, value, text};
}

static const char *text_of(const struct play *play, int64_t item, const char *part)
{
	return practice_file_text(play->show.file, item, part, play->show.lang);
}

static void objection_cards(struct play *play)
{
	const struct playbook *book = play->practice.book;
	int64_t objection = state_of(play)->objections[state_of(play)->in_hand - 1].item;
	for (int part = PART_CLARIFY; part < PART_COUNT; part++) {
		static const char *const parts[] = {"clarify", "agree", NULL, "complete"};
		for (int i = 0; i < book->n_items; i++) {
			const struct playbook_item *item = &book->items[i];
			if (item->kind != ITEM_ANSWER || item->objection != objection) continue;
			card(play, EVENT_OBJECTION_PART, item->id, playbook_part_value((enum answer_part)part, METHOD_ARGUE), text_of(play, item->id, parts[part]));
			if (part != PART_ARGUE) break;
		}
	}
}

static bool touched(const struct play *play, int64_t item)
{
	for (int i = 0; i < state_of(play)->n_said; i++)
		if (state_of(play)->said[i].item == item) return true;
	return false;
}

static void step_cards(struct play *play)
{
	const struct playbook *book = play->practice.book;
	bool negotiates = state_of(play)->mode == MODE_NEGOTIATION;
	int64_t position = talk_position(state_of(play));
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		bool fits = false;
		switch (state_of(play)->step) {
		case STEP_PREPARATION: fits = item->kind == ITEM_PREPARATION && item->negotiation <= negotiates; break;
		case STEP_CONTACT: fits = item->kind == ITEM_OPENER; break;
		case STEP_MOTIVES: fits = negotiates ? (item->kind == ITEM_SPIN && (item->objection == position || item->objection == 0)) || item->kind == ITEM_TERM : item->kind == ITEM_QUESTION; break;
		case STEP_PRESENTATION: fits = item->kind == ITEM_POINT; break;
		case STEP_OBJECTIONS: fits = item->kind == ITEM_PROBE; break;
		case STEP_CLOSING: fits = item->kind == ITEM_CLOSE; break;
		default: break;
		}
		if (fits && !touched(play, item->id)) card(play, EVENT_SAID, item->id, 0, text_of(play, item->id, NULL));
	}
	if (state_of(play)->step == STEP_CLOSING && !state_of(play)->contract_at) card(play, EVENT_CONTRACT, 0, play->practice.scenario->price, t(play, N_("Shall we sign?")));
	if (state_of(play)->contract_at && !state_of(play)->paid_at) card(play, EVENT_PAYMENT, 0, play->practice.scenario->price, t(play, N_("Shall we settle the payment?")));
}

static void offer_cards(struct play *play)
{
	struct talk_hint hints[TALK_HINTS];
	play->n_cards = 0;
	if (state_of(play)->in_hand != 0) {
		int64_t position = talk_position(state_of(play)), question = talk_spin(state_of(play), play->practice.book, position);
		if (state_of(play)->mode == MODE_NEGOTIATION && question != 0) card(play, EVENT_SAID, question, 0, text_of(play, question, NULL));
		objection_cards(play);
	}
	int n = talk_next(state_of(play), play->practice.book, hints);
	for (int i = 0; i < n; i++) {
		if (hints[i].kind == HINT_ITEM && i == 0) card(play, EVENT_SAID, hints[i].item, 0, text_of(play, hints[i].item, NULL));
		if ((hints[i].kind == HINT_STEP || hints[i].kind == HINT_NO_POINT) && i == 0) {
			struct practice_show *show = &play->show;
			card(play, EVENT_STEP, 0, hints[i].value, arena_printf(play->arena, "→ %s", practice_show_step(show, (enum talk_step)hints[i].value)));
		}
	}
	if (state_of(play)->in_hand == 0) step_cards(play);
	buf_printf(play->show.out, "\n%s · %s\n", t(play, state_of(play)->mode == MODE_SALE ? N_("Sale") : N_("Negotiation")), practice_show_step(&play->show, state_of(play)->step));
	for (int i = 0; i < play->n_cards; i++) buf_printf(play->show.out, "  %2d  %s\n", i + 1, play->cards[i].text);
	if (n > 0 && hints[0].kind != HINT_ITEM && hints[0].kind != HINT_STEP) {
		buf_text(play->show.out, "      (");
		practice_show_hint(&play->show, &hints[0]);
		buf_text(play->show.out, ")\n");
	}
}

/* ---- What happens ---- */

static void finish(struct play *play)
{
	struct acts reply;
	const struct talk_state *state = state_of(play);
	if (play->over) return;
	play->over = true;
	if (!state->ended_at && play->practice.partner.end == PARTNER_SIGNED) {
		if (!state->contract_at) practice_event(&play->practice, EVENT_CONTRACT, 0, play->practice.scenario->price, play->at, &reply);
		practice_event(&play->practice, EVENT_ENDED, 0, OUTCOME_WON, play->at, &reply);
	} else if (!state->ended_at) {
		practice_event(&play->practice, EVENT_ENDED, 0, state->next_at ? OUTCOME_NEXT : OUTCOME_LOST, play->at, &reply);
	}
	practice_show_end(&play->show);
}

static void happened(struct play *play, enum talk_result result, const struct acts *reply)
{
	static const char *const refusals[TALK_RESULTS] = {
		[TALK_NO_RETURN] = N_("In return for what? Take something into the offer, or say “o!” to give it for nothing on purpose."),
		[TALK_BELOW_LIMIT] = N_("This is below our limit: it is not proposed."), [TALK_ORDER] = N_("Not at this moment."), [TALK_SAME] = N_("So it is already."),
	};
	practice_show_reply(&play->show, reply);
	if (result != TALK_APPLIED && refusals[result] && reply->n == 0) say(play, t(play, refusals[result]));
	for (int i = 0; i < reply->n; i++)
		if (reply->acts[i].ends || play->practice.partner.end == PARTNER_BROKEN) {
			finish(play);
			return;
		}
}

static void event(struct play *play, enum call_event_kind kind, int64_t item, int64_t value)
{
	struct acts reply;
	enum talk_result result = practice_event(&play->practice, kind, item, value, play->at, &reply);
	struct call_event shown = {.kind = kind, .item = item, .value = value};
	if (result == TALK_APPLIED || reply.n > 0) practice_show_event(&play->show, &shown, &reply);
	happened(play, result, &reply);
}

/* ---- Commands ---- */

static bool number(const char **at, int most, int *ret)
{
	char *end;
	while (**at == ' ') ++*at;
	long n = strtol(*at, &end, 10);
	if (end == *at || n < 1 || n > most) return false;
	*at = end;
	*ret = (int)n;
	return true;
}

static void help(struct play *play)
{
	say(play, t(play, N_("A number says that card; anything else is your own words.\n"
			     "  m N   tick a motive: 1 safety, 2 economy, 3 prestige, 4 comfort\n"
			     "  i     which interests may stand behind the position; i N ticks one\n"
			     "  s N   go to a step, 1 to 6\n"
			     "  t     the table; t V O puts option O of variable V into the offer; o says the offer\n"
			     "  mode  change between sale and negotiation\n"
			     "  next  agree the next talk; end  end it")));
}

static void interest(struct play *play, const char *rest)
{
	const struct playbook *book = play->practice.book;
	int64_t position = talk_position(state_of(play));
	int n = 0, want = 0;
	bool picks = number(&rest, 99, &want);
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind != ITEM_INTEREST || item->objection != position || position == 0) continue;
		if (++n == want) event(play, EVENT_INTEREST_ON, item->id, position);
		else if (!picks) buf_printf(play->show.out, "  %d %s\n", n, text_of(play, item->id, NULL));
	}
	if (n == 0) say(play, t(play, N_("No position was heard yet.")));
}

static void table(struct play *play, const char *rest)
{
	const struct board *board = play->practice.scenario->board;
	int v, o;
	if (!board) {
		say(play, t(play, N_("There is no table in this talk.")));
		return;
	}
	if (number(&rest, board->bargain->n, &v) && number(&rest, board->bargain->variables[v - 1].n, &o)) {
		struct package stands = board_stands(board, state_of(play));
		bool back = stands.choice[v - 1] == o - 1;
		event(play, EVENT_PUT, board->variables[v - 1].id, back ? 0 : board->variables[v - 1].options[o - 1]);
	}
	struct package draft = board_draft(board, state_of(play));
	practice_show_table(&play->show, &draft);
}

static bool is(const char *line, const char *command, const char **ret_rest)
{
	size_t n = strlen(command);
	*ret_rest = line + n;
	return !strncmp(line, command, n) && (line[n] == '\0' || line[n] == ' ');
}

/* The same keys as one types them in Ukrainian. */
static const char *latin(struct play *play, const char *line)
{
	static const char *const words[][2] = {{"м", "m"}, {"і", "i"}, {"к", "s"}, {"т", "t"}, {"о", "o"}, {"о!", "o!"}, {"режим", "mode"}, {"далі", "next"}, {"кінець", "end"}};
	size_t n = strcspn(line, " ");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i][0]) == n && !strncmp(line, words[i][0], n)) return arena_printf(play->arena, "%s%s", words[i][1], line + n);
	return line;
}

static bool commanded(struct play *play, const char *line)
{
	const char *rest;
	int n;
	line = latin(play, line);
	if (is(line, "?", &rest) || is(line, "help", &rest)) help(play);
	else if (is(line, "m", &rest) && number(&rest, MOTIVE_COUNT, &n)) event(play, EVENT_MOTIVE_ON, 0, n - 1);
	else if (is(line, "i", &rest)) interest(play, rest);
	else if (is(line, "s", &rest) && number(&rest, STEP_CLOSING, &n)) event(play, EVENT_STEP, 0, n);
	else if (is(line, "t", &rest)) table(play, rest);
	else if (is(line, "o", &rest) || is(line, "o!", &rest)) event(play, EVENT_OFFERED, 0, line[1] == '!');
	else if (is(line, "mode", &rest)) event(play, EVENT_MODE_SET, 0, state_of(play)->mode == MODE_SALE ? MODE_NEGOTIATION : MODE_SALE);
	else if (is(line, "next", &rest)) event(play, EVENT_PLANNED, 0, play->at + MOMENT_DAY);
	else if (is(line, "end", &rest)) finish(play);
	else return false;
	return true;
}

/* ---- Words ---- */

static void words(struct play *play, const char *line)
{
	struct acts reply;
	struct practice_hearing hearing;
	practice_hear(&play->practice, play->show.file, play->lexicon, play->show.lang, line, play->arena, &hearing);
	if (hearing.card != 0) {
		event(play, EVENT_SAID, hearing.card, 0);
		return;
	}
	if (hearing.offers) {
		say(play, t(play, N_("An offer: lay it on the table with t, then say it with o.")));
		return;
	}
	if (hearing.move.kind == MOVE_UNKNOWN) say(play, t(play, N_("(Not understood: say it otherwise, or pick a card.)")));
	enum talk_result result = practice_says(&play->practice, hearing.move, play->at, &reply);
	happened(play, result, &reply);
}

void play_begin(struct play *play, const struct practice_file *file, enum call_mode mode, uint64_t seed, enum lang lang, int64_t at, struct arena *arena, struct buf *out)
{
	*play = (struct play){.arena = arena, .at = at, .lexicon = practice_heard_load(arena, lang)};
	play->show = (struct practice_show){.file = file, .practice = &play->practice, .lang = lang, .out = out};
	practice_words_init(&play->show.words, seed, arena);
	practice_make(&play->practice, &file->scenario, &file->book, seed, arena);
	practice_show_intro(&play->show);
	event(play, EVENT_BEGAN, 0, mode);
	offer_cards(play);
}

void play_line(struct play *play, const char *line, int64_t at)
{
	const char *rest = line;
	int n;
	if (play->over) return;
	play->at = at;
	while (*line == ' ') line++;
	rest = line;
	if (!*line) {
		/* nothing was typed */
	} else if (number(&rest, play->n_cards, &n) && !*rest) {
		struct play_card chosen = play->cards[n - 1];
		event(play, chosen.kind, chosen.item, chosen.value);
	} else if (!commanded(play, line)) {
		words(play, line);
	}
	if (!play->over) offer_cards(play);
}

void play_end(struct play *play)
{
	finish(play);
}
