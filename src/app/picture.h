/* Picture: a member brings a picture for his posts; it is told by its bytes, rid of places and cameras (exchange/image.h), and kept once. Whoever brought it sees it,
 * others where a post that they can read shows it. */
#ifndef STURGEON_APP_PICTURE_H
#define STURGEON_APP_PICTURE_H

#include "app/use.h"
#include "store/picture_store.h"

enum { PICTURE_MAX = 2 << 20, PICTURE_PIXELS_MAX = 40000000, PICTURES_BYTES_MAX = 300 << 20, PICTURES_LISTED = 60 };

/* A picture that was read and cleaned; in the arena. */
struct picture_read {
	struct picture_row row;
	char digest[65];
	const char *alt;
};

/* Reads it, away from the writer. Mistake: picture (no picture of these kinds, too large). */
enum outcome picture_read(struct use *use, const char *file_name, const char *bytes, size_t n, struct picture_read *ret_read);
/* Mistake: picture (he has brought too many). *ret_picture {id, width, height, alt, markdown}. */
enum outcome picture_keep(struct use *use, const struct picture_read *read, json_t **ret_picture);
enum outcome picture_see(struct use *use, int64_t picture_id, struct picture_row *ret_picture);
/* One's own: pictures [{id, width, height, alt, at, bytes, posts, markdown}]. */
enum outcome picture_list_page(struct use *use, json_t **ret_model);
enum outcome picture_away(struct use *use, int64_t picture_id); /* his own that no post shows; otherwise mistake picture */

#endif
