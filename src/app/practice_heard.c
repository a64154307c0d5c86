#include "app/practice_heard.h"

#include <string.h>

#include "base/err.h"
#include "core/playbook/playbook_word.h"

enum { PATTERNS_MAX = 1000, FILLERS_MAX = 60, ALIKE = 75 /* so much in common with a card: it is the card */ };

const struct lexicon *practice_heard_load(struct arena *arena, enum lang lang)
{
	struct lexicon *lexicon = ARENA_NEW(arena, struct lexicon);
	json_error_t error;
	json_t *json = NULL, *names, *list, *at;
	const char *group, *name;
	size_t i;
	for (int f = 0; f < heard_files_count; f++)
		if (!strcmp(heard_files[f].name, lang_code(lang))) json = json_loads(heard_files[f].json, JSON_REJECT_DUPLICATES, &error);
	if (!json) BUG("heard %s: line %d: %s", lang_code(lang), error.line, error.text);
	heard_lexicon(lexicon, arena, PATTERNS_MAX, FILLERS_MAX);
	json_array_foreach(json_object_get(json, "fillers"), i, at) MUST(heard_filler(lexicon, json_string_value(at)));
	json_object_foreach(json, group, names) {
		if (!json_is_object(names)) continue;
		json_object_foreach(names, name, list)
			json_array_foreach(list, i, at)
				if (!heard_learn(lexicon, group, name, json_string_value(at))) BUG("heard %s: \"%s\" of %s %s is no pattern", lang_code(lang), json_string_value(at), group, name);
	}
	json_decref(json);
	return lexicon;
}

static bool touched(const struct practice *practice, int64_t item)
{
	for (int i = 0; i < practice->talk.state.n_said; i++)
		if (practice->talk.state.said[i].item == item) return true;
	return false;
}

static int64_t alike(const struct practice *practice, const struct practice_file *file, enum lang lang, const char *text, struct arena *arena)
{
	const struct playbook *book = practice->book;
	int64_t best = 0;
	int most = ALIKE - 1;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (practice_card(book, item->id).kind == MOVE_UNKNOWN || item->kind == ITEM_ANSWER || touched(practice, item->id)) continue;
		int share = heard_alike(text, practice_file_text(file, item->id, NULL, lang), arena);
		if (share <= most) continue;
		most = share;
		best = item->id;
	}
	return best;
}

static void hearing_make(const struct practice *practice, const struct heard *heard, int64_t card, struct practice_hearing *ret_hearing)
{
	*ret_hearing = (struct practice_hearing){.heard = *heard, .move = heard_move(heard, practice->talk.state.mode, practice->partner.in_hand != 0), .card = card};
	if (card) ret_hearing->move = practice_card(practice->book, card);
	ret_hearing->offers = ret_hearing->move.kind == MOVE_OFFER && practice->scenario->board;
}

void practice_hear(const struct practice *practice, const struct practice_file *file, const struct lexicon *lexicon, enum lang lang, const char *text, struct arena *arena,
		   struct practice_hearing *ret_hearing)
{
	struct heard heard = heard_words(lexicon, text, arena);
	hearing_make(practice, &heard, alike(practice, file, lang, text, arena), ret_hearing);
}

/* A byte each: act, type, funnel and spin (one more than they are: −1 is none), close; then the motives. */
int64_t practice_hearing_pack(const struct practice_hearing *hearing)
{
	const struct heard *heard = &hearing->heard;
	return (int64_t)heard->act | (int64_t)heard->type << 8 | (int64_t)(heard->funnel + 1) << 16 | (int64_t)(heard->spin + 1) << 24 | (int64_t)heard->close << 32 |
	       (int64_t)(heard->motives & MOTIVE_ALL) << 40;
}

void practice_hearing_again(const struct practice *practice, int64_t card, int64_t packed, struct practice_hearing *ret_hearing)
{
	struct heard heard = {
		.act = (enum heard_act)(packed & 0xff), .type = (enum question_type)(packed >> 8 & 0xff), .funnel = (int)(packed >> 16 & 0xff) - 1, .spin = (int)(packed >> 24 & 0xff) - 1,
		.close = (enum close_kind)(packed >> 32 & 0xff), .motives = (uint32_t)(packed >> 40) & MOTIVE_ALL,
	};
	if ((unsigned)heard.act >= HEARD_ACTS) heard.act = HEARD_NOTHING;
	hearing_make(practice, &heard, card, ret_hearing);
}

json_t *practice_hearing_json(const struct practice_hearing *hearing)
{
	const struct move *move = &hearing->move;
	bool question = move->kind == MOVE_QUESTION || move->kind == MOVE_SPIN;
	json_t *motives = json_array();
	for (int i = 0; i < MOTIVE_COUNT; i++)
		if (move->motives & MOTIVE_BIT(i)) json_array_append_new(motives, json_string(playbook_word(WORD_MOTIVE, i)));
	enum heard_act act = hearing->heard.act;
	if (hearing->card)
		act = question || move->kind == MOVE_TERM || move->kind == MOVE_PROBE ? HEARD_QUESTION : move->kind == MOVE_POINT ? HEARD_ARGUMENT : move->kind == MOVE_CLOSE ? HEARD_CLOSING : HEARD_SMALL_TALK;
	return json_pack("{ss ss ss so sb sb sb}", "act", heard_act_word(act), "type", move->kind == MOVE_QUESTION ? playbook_word(WORD_QUESTION, (int)move->type) : "", "level",
			 question ? playbook_word(WORD_LEVEL, (int)move->level) : "", "motives", motives, "card", hearing->card != 0, "clarifies", move->kind == MOVE_CLARIFY, "table", hearing->offers);
}
