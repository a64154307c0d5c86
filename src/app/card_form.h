/* Card form: what the author of a post says of where it is offered in calls (L4); of an article nothing. */
#ifndef STURGEON_APP_CARD_FORM_H
#define STURGEON_APP_CARD_FORM_H

#include "app/use.h"
#include "store/card_store.h"

enum { CARD_LINE_LONGEST = 300 };

/* As typed; NULL is "". */
struct card_form {
	const char *line;               /* as it is said; "": it is read, and not offered in calls */
	const char *playbook;           /* a key; "": in every playbook */
	const char *objection;          /* as card_objections names it */
	const char *variety, *level, *question_type, *family;
	const char *const *motives;     /* words, closed by NULL */
	int64_t call_id;                /* from which call it was written; 0 */
};

/* What was typed, for a post of this kind: what the kind does not need is left out. Mistakes: line, objection. finished: an answer must say which objection it answers. */
enum outcome card_form_read(struct use *use, const char *kind, const struct card_form *form, bool finished, struct card_fields *ret_card);
/* Of an article nothing is written, but that it is no card any more. */
enum outcome card_form_write(struct use *use, int64_t post_id, const char *kind, const struct card_fields *card);

/* Puts a card into the form's values (line, playbook, objection, variety, level, question_type, family, motives [words], call), and what may be chosen into `choices`. */
enum outcome card_form_put(struct use *use, const struct card_fields *card, json_t *form, json_t *choices);

/* What a reader is told of a card: {line, playbook (its name), objection (its words), variety, level, question_type, motives}; NULL where it is none. */
enum outcome card_said(struct use *use, int64_t post_id, json_t **ret_card);

#endif
