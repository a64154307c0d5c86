#include "app/practice_show.h"

#include "base/say.h"

static const char *const sale_steps[STEP_COUNT] = {"", NC_("step", "Preparation"), NC_("step", "Contact"), NC_("step", "Motives"), NC_("step", "Presentation"), NC_("step", "Objections"), NC_("step", "Closing"), ""};
static const char *const negotiation_steps[STEP_COUNT] = {"", NC_("step", "Terms"), NC_("step", "Person"), NC_("step", "Interests"), NC_("step", "Justification"), NC_("step", "Arguments"), NC_("step", "Trade"), ""};
static const char *const motive_names[MOTIVE_COUNT] = {NC_("practice", "safety"), NC_("practice", "economy"), NC_("practice", "prestige"), NC_("practice", "comfort")};
static const char *const characters[CHARACTERS] = {NC_("practice", "in a hurry"), NC_("practice", "talkative"), NC_("practice", "suspicious"), NC_("practice", "friendly"), NC_("practice", "“send me something”")};
static const char *const strategies[HAGGLE_STRATEGIES] = {N_("holds out, gives way at the end (Boulware)"), N_("gives way evenly"), N_("gives way early (conceder)"),
	N_("tit for tat: goes the share of the way that you go"), N_("tit for tat: gives back as much as you give"), N_("tit for tat over your last two steps")};
static const char *const criteria[SCORE_CRITERIA] = {
	[SCORE_CONTACT] = N_("A first word about the client"), [SCORE_FUNNEL] = N_("The funnel of questions"), [SCORE_MOTIVES] = N_("Motives before the presentation"),
	[SCORE_PRESENTATION] = N_("Presentation on the motives"), [SCORE_OBJECTIONS] = N_("Objections by the algorithm"), [SCORE_CLOSING] = N_("The decision asked for"),
	[SCORE_PERSON] = N_("A word to the person"), [SCORE_INTERESTS] = N_("Interests behind the positions"), [SCORE_JUSTIFICATION] = N_("Justification on the interests"),
	[SCORE_ARGUMENTS] = N_("Two arguments to each of theirs"), [SCORE_TRADE] = N_("Nothing for nothing, price last"), [SCORE_PACKAGE] = N_("A package that nothing betters"),
	[SCORE_MODE] = N_("The right conversation"), [SCORE_COMPLIANCE] = N_("A personal cut refused"),
};
static const char *const ends[] = {
	[PARTNER_TALKS] = N_("The talk ended without a decision."), [PARTNER_SIGNED] = N_("Signed."), [PARTNER_PUT_OFF] = N_("Put off."), [PARTNER_REFUSED] = N_("The client refused."),
	[PARTNER_WALKED] = N_("The client walked away: there is better to be had elsewhere."), [PARTNER_TIRED] = N_("The client’s patience ended."),
	[PARTNER_BROKEN] = N_("A personal cut was offered: the practice has failed. Never offer one; say no and call your team lead."),
};

static const char *t(const struct practice_show *show, const char *msgid)
{
	return *msgid ? tr(show->lang, msgid) : "";
}

static const struct talk_state *state_of(const struct practice_show *show)
{
	return &show->practice->talk.state;
}

const char *practice_show_step(const struct practice_show *show, enum talk_step step)
{
	const char *name = (state_of(show)->mode == MODE_SALE ? sale_steps : negotiation_steps)[step];
	return *name ? tr_c(show->lang, "step", name) : "";
}

const char *practice_show_motive(const struct practice_show *show, int motive)
{
	return tr_c(show->lang, "practice", motive_names[motive]);
}

static const char *item_text(const struct practice_show *show, int64_t item)
{
	return practice_file_text(show->file, item, NULL, show->lang);
}

static const char *quoted(const struct practice_show *show, int64_t item)
{
	return arena_printf(show->practice->partner.arena, show->lang == LANG_UK ? "«%s»" : "“%s”", item_text(show, item));
}

void practice_show_intro(struct practice_show *show)
{
	buf_printf(show->out, "%s\n%s\n%s\n\n", practice_file_title(show->file, "name", show->lang), practice_file_title(show->file, "about", show->lang),
		   practice_file_title(show->file, "person", show->lang));
}

static void money(struct practice_show *show, int64_t minor)
{
	if (minor > 0) buf_char(show->out, '+');
	say_money(show->out, show->lang, minor, show->file->currency);
}

void practice_show_table(struct practice_show *show, const struct package *package)
{
	const struct board *board = show->practice->scenario->board;
	if (!board) return;
	for (int v = 0; v < board->bargain->n; v++) {
		buf_printf(show->out, "  %d %s:", v + 1, practice_file_variable(show->file, v, show->lang));
		for (int o = 0; o < board->bargain->variables[v].n; o++) {
			buf_printf(show->out, "%s %s%d %s%s ", o ? " ·" : "", o == package->choice[v] ? "[" : "", o + 1, practice_file_option(show->file, v, o, show->lang),
				   o == package->choice[v] ? "]" : "");
			money(show, board->bargain->variables[v].options[o].ours);
		}
		buf_char(show->out, '\n');
	}
	buf_printf(show->out, "  %s ", t(show, N_("What it brings us:")));
	money(show, package_value(board->bargain, package).ours);
	buf_printf(show->out, " · %s ", t(show, N_("our limit:")));
	money(show, board->limit);
	buf_char(show->out, '\n');
}

/* Only what differs from where the talk started. */
static void offer(struct practice_show *show)
{
	const struct board *board = show->practice->scenario->board;
	struct package stands = board_stands(board, state_of(show));
	const char *between = " ";
	buf_printf(show->out, "> %s", t(show, N_("Our offer:")));
	for (int v = 0; v < board->bargain->n; v++) {
		if (stands.choice[v] == board->start.choice[v]) continue;
		buf_printf(show->out, "%s%s: %s", between, practice_file_variable(show->file, v, show->lang), practice_file_option(show->file, v, stands.choice[v], show->lang));
		between = "; ";
	}
	buf_text(show->out, " (");
	money(show, package_value(board->bargain, &stands).ours);
	buf_text(show->out, ")\n");
}

void practice_show_event(struct practice_show *show, const struct call_event *event, const struct acts *reply)
{
	static const char *const parts[] = {"clarify", "agree", NULL, "complete"};
	switch (event->kind) {
	case EVENT_SAID:
		buf_printf(show->out, "> %s\n", item_text(show, event->item));
		break;
	case EVENT_OBJECTION_PART: {
		const char *part = parts[event->value % 8];
		buf_printf(show->out, "> %s\n", part ? practice_file_text(show->file, event->item, part, show->lang) : item_text(show, event->item));
		break;
	}
	case EVENT_STEP:
		buf_printf(show->out, "  — %s —\n", practice_show_step(show, (enum talk_step)event->value));
		break;
	case EVENT_MOTIVE_ON:
		buf_printf(show->out, "  [%s: %s]\n", tr_c(show->lang, "practice", NC_("practice", "motive")), practice_show_motive(show, (int)event->value));
		break;
	case EVENT_INTEREST_ON:
		buf_printf(show->out, "  [%s: %s]\n", tr_c(show->lang, "practice", NC_("practice", "interest")), item_text(show, event->item));
		break;
	case EVENT_OFFERED:
		offer(show);
		break;
	case EVENT_CONTRACT:
		if (reply->n > 0) buf_printf(show->out, "> %s\n", t(show, N_("Shall we sign?")));
		else buf_printf(show->out, "  [%s]\n", t(show, N_("the contract")));
		break;
	case EVENT_PAYMENT:
		buf_printf(show->out, "  [%s]\n", tr_c(show->lang, "practice", NC_("practice", "payment")));
		break;
	case EVENT_PLANNED:
		buf_printf(show->out, "  [%s]\n", t(show, N_("the next talk is agreed")));
		break;
	default:
		break;
	}
}

void practice_show_reply(struct practice_show *show, const struct acts *reply)
{
	for (int i = 0; i < reply->n; i++) {
		size_t before = show->out->used;
		buf_text(show->out, "        ");
		size_t from = show->out->used;
		practice_words_say(&show->words, show->file, show->practice->partner.character, &reply->acts[i], show->lang, show->out);
		if (show->out->used == from) show->out->used = before; /* nothing was said */
		else buf_char(show->out, '\n');
		if (show->out->bytes) show->out->bytes[show->out->used] = '\0';
	}
}

void practice_show_hint(struct practice_show *show, const struct talk_hint *hint)
{
	switch (hint->kind) {
	case HINT_ITEM: buf_text(show->out, item_text(show, hint->item)); break;
	case HINT_STEP:
	case HINT_NO_POINT: buf_printf(show->out, "%s %s", t(show, N_("go on to")), practice_show_step(show, (enum talk_step)hint->value)); break;
	case HINT_NO_MOTIVE: buf_text(show->out, t(show, N_("find a motive first"))); break;
	case HINT_OBJECTION: buf_printf(show->out, "%s %s", t(show, N_("come back to")), quoted(show, hint->item)); break;
	case HINT_CONTRACT: buf_text(show->out, t(show, N_("propose the contract"))); break;
	case HINT_PAYMENT: buf_text(show->out, t(show, N_("ask for the payment"))); break;
	case HINT_ALTERNATIVE: buf_text(show->out, t(show, N_("today or tomorrow: agree when"))); break;
	case HINT_POSITION: buf_printf(show->out, "%s %s", t(show, N_("ask what stands behind")), quoted(show, hint->item)); break;
	case HINT_OFFER: buf_text(show->out, t(show, N_("make the first offer"))); break;
	case HINT_TRADE:
	case HINT_RETURN: buf_text(show->out, t(show, N_("ask something in return"))); break;
	case HINT_SAY_OFFER: buf_text(show->out, t(show, N_("say the offer"))); break;
	default: break;
	}
}

struct score practice_score(const struct practice *practice, struct arena *arena)
{
	const struct scenario *scenario = practice->scenario;
	struct board board;
	struct score_known known = {.book = practice->book, .mode = 1 + (int)scenario->mode, .motives = practice->partner.persona.motives, .bribed = practice->partner.end == PARTNER_BROKEN};
	if (scenario->board) {
		board = *scenario->board;
		board.bargain = practice->partner.values;
		known.board = &board;
	}
	struct score score;
	score_talk(&practice->talk, &known, arena, &score);
	return score;
}

static void hidden(struct practice_show *show)
{
	const struct partner *partner = &show->practice->partner;
	const struct scenario *scenario = show->practice->scenario;
	buf_printf(show->out, "\n%s\n  %s, %s %d\n  %s:", t(show, N_("What was hidden")), tr_c(show->lang, "practice", characters[partner->character]), t(show, N_("wish to buy at the end")),
		   (int)(persona_wish(&partner->persona) + 0.5), tr_c(show->lang, "practice", NC_("practice", "motives")));
	for (int m = 0; m < MOTIVE_COUNT; m++)
		if (partner->persona.motives & MOTIVE_BIT(m))
			buf_printf(show->out, " %s%s", practice_show_motive(show, m), partner->persona.revealed & MOTIVE_BIT(m) ? " ✓" : "");
	buf_char(show->out, '\n');
	for (int i = 0; i < partner->n_interests; i++) {
		const struct scenario_interest *interest = &scenario->interests[partner->interests[i].of];
		if (scenario->mode != MODE_NEGOTIATION) break;
		buf_printf(show->out, "  %s ← %s%s\n", quoted(show, interest->position), item_text(show, interest->item), partner->interests[i].named ? " ✓" : "");
	}
	if (partner->trades) {
		buf_printf(show->out, "  %s; %s ", t(show, strategies[partner->haggle.nature.strategy]), t(show, N_("the client’s limit:")));
		money(show, partner->haggle.nature.limit);
		buf_printf(show->out, "; %s ", t(show, N_("what you offered was worth to the client:")));
		money(show, haggle_worth(&partner->haggle, &partner->package));
		buf_char(show->out, '\n');
	}
}

static void marks(struct practice_show *show)
{
	struct score score = practice_score(show->practice, show->practice->partner.arena);
	buf_printf(show->out, "\n%s %d.%d %s 5\n", t(show, N_("Score:")), score.tenths / 10, score.tenths % 10, tr_c(show->lang, "practice", NC_("practice", "of")));
	for (int i = 0; i < score.n; i++) {
		const struct score_mark *mark = &score.marks[i];
		buf_printf(show->out, "  %d  %s", mark->mark, t(show, criteria[mark->criterion]));
		if (mark->seq) buf_printf(show->out, " (#%lld)", (long long)mark->seq);
		if (mark->mark < 5 && mark->better.kind != HINT_NONE) {
			buf_printf(show->out, "\n     %s ", t(show, N_("better:")));
			practice_show_hint(show, &mark->better);
		}
		buf_char(show->out, '\n');
	}
	if (!score.agreed) return;
	if (score.left > 0) {
		struct buf left;
		buf_init(&left, 100);
		say_money(&left, show->lang, score.left, show->file->currency);
		buf_text(show->out, "  ");
		say_fill(show->out, t(show, N_("You left {money} on the table: the same was worth as much to the client for more to us.")), "money", left.bytes ? left.bytes : "", NULL);
		buf_done(&left);
	} else {
		buf_printf(show->out, "  %s", t(show, N_("Nothing was left on the table.")));
	}
	buf_char(show->out, '\n');
}

void practice_show_end(struct practice_show *show)
{
	buf_printf(show->out, "\n%s\n", t(show, ends[show->practice->partner.end]));
	hidden(show);
	marks(show);
}
