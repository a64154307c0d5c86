/* Image: what a picture is by its bytes, and the picture without what it says of people: places, cameras, times, names.
 *
 * PNG, JPEG, GIF and WebP are told by their bytes, whatever a file is called. image_clean writes only the parts that are needed to show it as it was: for
 * PNG and WebP a list of chunks that are kept, for JPEG the tables, the scans, the colour profile and, of all its EXIF, the one number that says which side is up; GIF
 * loses comments and applications' data but the loop. What follows the end of the picture (a film, another picture) is gone. Nothing is decoded.
 *
 * A picture that breaks off, or whose parts do not fit together, is refused. Cost: one pass. */
#ifndef STURGEON_EXCHANGE_IMAGE_H
#define STURGEON_EXCHANGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum image_kind { IMAGE_NONE, IMAGE_PNG, IMAGE_JPEG, IMAGE_GIF, IMAGE_WEBP };

struct image {
	enum image_kind kind;
	uint32_t width, height;         /* as it is shown: a JPEG that lies on its side is turned */
};

const char *image_content_type(enum image_kind kind); /* "image/png"… */

/* Adds the clean picture to `out` (whose maximum is the caller's). false: it is no whole picture of these kinds; out holds rubbish then. */
bool image_clean(const void *bytes, size_t n, struct image *ret_image, struct buf *out);

#endif
