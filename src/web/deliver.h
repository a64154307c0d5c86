/* Deliver: a reply → bytes on the connection, with the headers that every reply has. */
#ifndef STURGEON_WEB_DELIVER_H
#define STURGEON_WEB_DELIVER_H

#include "web/asset.h"
#include "web/exchange.h"

/* false: the connection cannot be answered any more. */
bool deliver_reply(struct exchange *x);
bool deliver_asset(struct exchange *x);

/* `attachment` with a file's name as RFC 6266 has it: every browser gets the name, an old one with _ for what is not ASCII. In the arena. */
const char *deliver_disposition(struct arena *arena, const char *file_name);

#endif
