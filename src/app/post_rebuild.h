/* Post rebuild: what is derived from posts, made anew from them and compared (app/check.h). */
#ifndef STURGEON_APP_POST_REBUILD_H
#define STURGEON_APP_POST_REBUILD_H

#include <stdbool.h>

#include "store/db.h"

enum err post_rebuild_words(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;
enum err post_rebuild_pictures(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;
enum err post_rebuild_comments(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

#endif
