/* Filter: {{value | filter}} in templates: raw values of a model (ISO moments, minor units, codes) as the reader writes them, in the
 * language of the frame. Each adds plain text to out (the template escapes it); a value of the wrong type adds nothing. */
#ifndef STURGEON_WEB_FILTER_H
#define STURGEON_WEB_FILTER_H

#include <jansson.h>

#include "base/buf.h"

struct tmpl_context;

void filter_initials(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out); /* of a name, at most two letters */
void filter_json(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out); /* < > & are \u escaped: safe in a script */
void filter_label(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out); /* word is the group: label.h */

#endif
