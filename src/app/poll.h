/* Poll: a question with two to ten options under a post; every member has one answer, which he may change while it is open, and may say why (L2). How others
 * answered is shown to who has answered, to everyone when it is closed, and to its author always. */
#ifndef STURGEON_APP_POLL_H
#define STURGEON_APP_POLL_H

#include "app/use.h"
#include "store/poll_store.h"

enum { POLL_QUESTION_LONGEST = 200, POLL_OPTION_LONGEST = 120, POLL_REASON_LONGEST = 500 };

struct poll_form {
	const char *question;           /* "": no poll */
	const char *const *options;     /* closed by NULL; empty ones are left out */
	int64_t closes_day;             /* its last day; −1: it does not close */
};

/* What was typed → fields; mistakes poll_question, option, poll_closes. */
void poll_read(struct use *use, const struct poll_form *form, struct poll_fields *ret_fields);
/* After the post was written. Once somebody has answered, only when it closes can change. */
enum outcome poll_write(struct use *use, int64_t post_id, const struct poll_fields *fields);

/* Of a readable post. Mistakes: place; closed. */
enum outcome poll_answer(struct use *use, int64_t post_id, int64_t place, const char *reason);

/* {question, closes_at, closed, answers, mine or null, reason, may (answer), shown (the results), options [{place, text, mine, and where shown count, share}],
 * reasons [{option, name, reason, at}]} or null. */
enum outcome poll_view(struct use *use, int64_t post_id, int64_t author_id, bool may, json_t **ret_poll);

#endif
