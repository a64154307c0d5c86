/* Playbook word: the stable names of the playbook's enums, as they stand in the data file, in JSON and in exports. Never shown to people. */
#ifndef STURGEON_CORE_PLAYBOOK_PLAYBOOK_WORD_H
#define STURGEON_CORE_PLAYBOOK_PLAYBOOK_WORD_H

#include <stdbool.h>

#include "core/playbook/talk.h"

enum word_of {
	WORD_EVENT,     /* enum call_event_kind: "said", "motive_on" … */
	WORD_ITEM,      /* enum item_kind */
	WORD_LEVEL,     /* enum question_level */
	WORD_QUESTION,  /* enum question_type */
	WORD_METHOD,    /* enum answer_method */
	WORD_PART,      /* enum answer_part */
	WORD_CLOSE,     /* enum close_kind */
	WORD_MODE,      /* enum call_mode */
	WORD_MOTIVE,    /* enum motive */
	WORD_OUTCOME,   /* enum call_outcome */
	WORD_STEP,      /* enum talk_step */
	WORD_HINT,      /* enum hint_kind */
	WORD_RESULT,    /* enum talk_result */
	WORD_OBJECTION, /* enum objection_state */
	WORD_SAID,      /* enum said_as */
	WORD_OPENER,    /* enum opener_kind */
	WORD_KINDS
};

/* The word of a value; a value that the enum does not have is a BUG. */
const char *playbook_word(enum word_of of, int value);

/* The value of a word; false where there is no such word (NULL included). */
bool playbook_value(enum word_of of, const char *word, int *ret_value);

#endif
