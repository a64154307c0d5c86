/* Render: a reply's model → HTML through its template, or JSON. What only templates need stands in the frame, apart from the model:
 *   frame.lang, .theme, .path, .query, .section, .csrf, .flash (words), .currency, .company, .version, .now (moment), .member {id, name, role, lead, admin} */
#ifndef STURGEON_WEB_RENDER_H
#define STURGEON_WEB_RENDER_H

#include "base/buf.h"
#include "web/request.h"

struct rendered {
	int status;
	const char *content_type;
	struct buf body;
};

/* Writes the reply out. A template that is missing is a BUG. */
void render_reply(struct request *request, const char *flash, struct rendered *ret);

/* Marks what is chosen in a form: model.choices.FIELD is a list of {id, …}; that whose id stands in form.FIELD (or filter.FIELD, where there is no form; in a
 * list of them) gets `chosen`. After a mistake that is what was typed. */
void render_choices(json_t *model);

/* Puts what was typed and what is wrong into the model of a form's page. */
void render_mistakes(struct request *request, json_t *model, json_t *typed, json_t *mistakes);

#endif
