/* Params: the fields that a request brought (form.h) → the values that its row of routes.def asks for, checked. */
#ifndef STURGEON_WEB_PARAMS_H
#define STURGEON_WEB_PARAMS_H

#include "web/form.h"
#include "web/request.h"

/* The segments of the path that the row names, as fields. They come first, so that nothing in the query or the body stands for them. */
void params_path(struct form *form, const struct route_match *match);

/* Fills request->values and ->typed for request->route. Mistakes of the user's stand in request->use.mistakes afterwards. */
void params_read(struct request *request, const struct form *form, const struct body *body);

#endif
