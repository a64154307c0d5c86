/* Picture store: pictures that members brought, and which posts show them. */
#ifndef STURGEON_STORE_PICTURE_STORE_H
#define STURGEON_STORE_PICTURE_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

struct picture_row {
	int64_t picture_id, member_id;
	const char *content_type, *bytes;
	size_t n;
	int64_t width, height;
};

/* The same picture is kept once for a member: *ret_picture is the one that stands. */
enum err picture_put(struct db *db, const struct picture_row *picture, const char *alt, const char *digest, int64_t at, int64_t *ret_picture, struct error *err) MUST_CHECK;
/* found false: there is none. Bytes in the arena. */
enum err picture_load(struct db *db, struct arena *arena, int64_t picture_id, struct picture_row *ret_picture, bool *ret_found, struct error *err) MUST_CHECK;
/* Whose it is, and whether a post that can be read shows it. member_id 0: there is none. */
enum err picture_shown(struct db *db, int64_t picture_id, int64_t *ret_member, bool *ret_shown, struct error *err) MUST_CHECK;
/* A member's own, the last first: id, width, height, alt, at, bytes, posts (how many of any kind show it). At most `limit`. */
enum err picture_list(struct db *db, int64_t member_id, int limit, json_t **ret_pictures, struct error *err) MUST_CHECK;
/* How much he has brought, in bytes. */
enum err picture_bytes(struct db *db, int64_t member_id, int64_t *ret_bytes, struct error *err) MUST_CHECK;
/* Drops his picture where no post shows it. */
enum err picture_drop(struct db *db, int64_t member_id, int64_t picture_id, bool *ret_dropped, struct error *err) MUST_CHECK;
/* Drops what one post shows and no other does (before the post's text goes). */
enum err picture_drop_of_post(struct db *db, int64_t post_id, struct error *err) MUST_CHECK;

#endif
