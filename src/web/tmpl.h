/* Tmpl: a page's model through its template. (Stands in until templates are compiled.) */
#ifndef STURGEON_WEB_TMPL_H
#define STURGEON_WEB_TMPL_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"

bool tmpl_render(const char *name, json_t *model, json_t *frame, struct buf *out);

#endif
