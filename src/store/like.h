/* Like: what stands behind LIKE … ESCAPE '\' to find a text anywhere in another. */
#ifndef STURGEON_STORE_LIKE_H
#define STURGEON_STORE_LIKE_H

#include "base/arena.h"

const char *like_anywhere(struct arena *arena, const char *text);

#endif
