/* Params: a request's query, path and body → the values that its row of routes.def asks for, checked. */
#ifndef STURGEON_WEB_PARAMS_H
#define STURGEON_WEB_PARAMS_H

#include "web/request.h"

struct body {
	const char *content_type;       /* NULL where none was sent */
	const char *bytes;
	size_t count;
};

/* Fills request->values and ->typed. Mistakes of the user's stand in request->use.mistakes afterwards. */
void params_read(struct request *request, const struct route_match *match, const struct body *body);

/* One field of a form body or query by name, before any route is known to want it (csrf). NULL where there is none. */
const char *params_field(struct arena *arena, const struct body *body, const char *name);

#endif
