/* Openapi: routes.def as an OpenAPI 3.1 document. */
#ifndef STURGEON_WEB_OPENAPI_H
#define STURGEON_WEB_OPENAPI_H

#include "base/buf.h"

void openapi_render(struct buf *out);

#endif
