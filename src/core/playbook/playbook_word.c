#include "core/playbook/playbook_word.h"

#include <stddef.h>
#include <string.h>

#include "base/err.h"

#define WORDS_MAX 48

static const char *const words[WORD_KINDS][WORDS_MAX] = {
	[WORD_EVENT] = {"none", "began", "step", "said", "skipped", "answered", "note", "motive_on", "motive_off", "signal_on", "signal_off", "objection",
		"objection_part", "objection_closed", "objection_left", "mode_proposed", "mode_accepted", "mode_kept", "mode_set", "contract",
		"payment", "promised", "planned", "undone", "ended", "interest_on", "interest_off", "asked", "refused", "declined", "put", "offered"},
	[WORD_ITEM] = {"preparation", "opener", "question", "point", "probe", "objection", "answer", "close", "term", "interest", "spin", "concession"},
	[WORD_LEVEL] = {"situational", "specifying", "detailing", "situation", "problem", "implication", "direct"},
	[WORD_QUESTION] = {"open", "closed", "alternative", "focused"},
	[WORD_METHOD] = {"argue", "similar_case", "everyone", "three_arguments"},
	[WORD_PART] = {"clarify", "agree", "argue", "complete"},
	[WORD_CLOSE] = {"contract", "payment", "alternative"},
	[WORD_MODE] = {"sale", "negotiation"},
	[WORD_MOTIVE] = {"safety", "economy", "prestige", "comfort"},
	[WORD_OUTCOME] = {"none", "won", "lost", "next", "no_answer"},
	[WORD_STEP] = {"planned", "preparation", "contact", "motives", "presentation", "objections", "closing", "ended"},
	[WORD_HINT] = {"none", "begin", "item", "step", "no_motive", "no_point", "objection", "contract", "payment", "alternative", "end", "position", "offer", "trade",
		"return", "say_offer"},
	[WORD_RESULT] = {"applied", "not_begun", "begun", "over", "same", "malformed", "order", "no_objection", "no_proposal", "no_contract", "no_next",
		"nothing", "full", "no_return", "below_limit"},
	[WORD_OBJECTION] = {"raised", "clarified", "agreed", "argued", "completed", "answered", "left"},
	[WORD_SAID] = {"skipped", "aloud", "answered"},
	[WORD_OPENER] = {"small_talk", "compliment", "topic", "story", "association"},
};

const char *playbook_word(enum word_of of, int value)
{
	if (value < 0 || value >= WORDS_MAX || words[of][value] == NULL) BUG("no word %d of %d", value, (int)of);
	return words[of][value];
}

bool playbook_value(enum word_of of, const char *word, int *ret_value)
{
	for (int i = 0; word != NULL && i < WORDS_MAX && words[of][i] != NULL; i++) {
		if (strcmp(words[of][i], word) != 0) continue;
		*ret_value = i;
		return true;
	}
	return false;
}
