/* Pages: the handlers that routes.def names. */
#ifndef STURGEON_WEB_PAGES_H
#define STURGEON_WEB_PAGES_H

#include "web/request.h"

#define ROUTE(method, path, handler, who, section, params, help) void handler(struct request *request);
#define ROUTE_SLOW(method, path, handler, slow, who, section, params, help) void handler(struct request *request), slow(struct request *request);
#include "web/routes.def"
#undef ROUTE
#undef ROUTE_SLOW

#endif
