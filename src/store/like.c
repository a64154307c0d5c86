#include "store/like.h"

#include <string.h>

const char *like_anywhere(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) * 2 + 3), *to = out;
	*to++ = '%';
	for (; *text; text++) {
		if (strchr("%_\\", *text)) *to++ = '\\';
		*to++ = *text;
	}
	*to++ = '%';
	*to = '\0';
	return out;
}
