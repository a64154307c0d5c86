/* Answer publish: the company's answer as a post of the lead's with a poll, "and in your company?" (L2). It says what the page says, in the reader's language, without the parts that
 * speak of managers; a client is named nowhere in it, and a narrowing to one manager does not go with it. */
#ifndef STURGEON_APP_ANSWER_PUBLISH_H
#define STURGEON_APP_ANSWER_PUBLISH_H

#include "app/answer_ask.h"
#include "app/post.h"

struct answer_text {
	const char *title, *body;       /* Markdown */
	const char *figures;            /* JSON: what its numbers were */
	int32_t from_day, to_day;
	int64_t n;
	struct post_form form;          /* of these, with the poll */
	const char *options[4];
};

/* Puts it together; nothing is written. INVALID (n) while there are too few conversations. Lives in the arena; ret_text stays where it is. */
enum outcome answer_compose(struct use *use, const struct answer_given *given, struct answer_text *ret_text);

/* How it will look: {title, body, body_html, question, options, n, ask}; {few, n, enough} while there are too few conversations. A lead's. */
enum outcome answer_publish_page(struct use *use, const struct answer_given *given, json_t **ret_model);

/* Publishes what was composed. */
enum outcome answer_publish(struct use *use, const struct answer_text *text, int64_t *ret_post_id);

#endif
