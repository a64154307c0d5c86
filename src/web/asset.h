/* Asset: files embedded in the program. (Stands in until they are: there are none.) */
#ifndef STURGEON_WEB_ASSET_H
#define STURGEON_WEB_ASSET_H

#include <stdbool.h>
#include <stddef.h>

struct asset {
	const char *path, *content_type;
	const unsigned char *bytes, *gzip;
	size_t size, gzip_bytes;
	bool forever;
};

static inline const struct asset *asset_find(const char *path)
{
	(void)path;
	return NULL;
}

#endif
