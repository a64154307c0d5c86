/* Asset: the files of assets/, bundled and embedded by tools/assets.mjs.
 *
 * An address holds the hash of the bytes, so a browser may keep what it got for ever. */
#ifndef STURGEON_WEB_ASSET_H
#define STURGEON_WEB_ASSET_H

#include <stdbool.h>
#include <stddef.h>

struct asset {
	const char *name, *path, *content_type; /* "app.css", "/assets/app.1a2b3c.css", "text/css…" */
	const unsigned char *bytes, *gzip, *br; /* packed as gzip and as Brotli: NULL where that would not help */
	size_t size, gzip_bytes, br_bytes;
	bool forever;
};

extern const struct asset assets[];             /* in the order of path */
extern const size_t assets_count;

const struct asset *asset_find(const char *path); /* NULL where there is none. Cost: O(log assets) */
const char *asset_path(const char *name);         /* the address of a file by its name in assets/; NULL where there is none */

#endif
