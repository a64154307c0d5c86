/* Practice heard: the patterns of content/heard/ of a language, by which typed words are recognised (core/trainer/heard.h). */
#ifndef STURGEON_APP_PRACTICE_HEARD_H
#define STURGEON_APP_PRACTICE_HEARD_H

#include "app/content.h"
#include "base/tr.h"
#include "core/trainer/heard.h"

extern const struct content_file heard_files[]; /* made by tools/content2c.sh from content/heard/ */
extern const int heard_files_count;

/* Lives in the arena. A pattern that is none is a bug of the content. */
const struct lexicon *practice_heard_load(struct arena *arena, enum lang lang);

#endif
