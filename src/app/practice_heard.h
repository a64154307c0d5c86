/* Practice heard: the patterns of content/heard/ of a language, by which typed words are recognised (core/trainer/heard.h). */
#ifndef STURGEON_APP_PRACTICE_HEARD_H
#define STURGEON_APP_PRACTICE_HEARD_H

#include <jansson.h>

#include "app/practice_file.h"
#include "core/trainer/heard.h"
#include "core/trainer/practice.h"

extern const struct content_file heard_files[]; /* made by tools/content2c.sh from content/heard/ */
extern const int heard_files_count;

/* Lives in the arena. A pattern that is none is a bug of the content. */
const struct lexicon *practice_heard_load(struct arena *arena, enum lang lang);

/* What typed words are in this talk. */
struct practice_hearing {
	struct heard heard;
	struct move move;               /* what they are to the client */
	int64_t card;                   /* a card that they are, said with other endings perhaps; 0 none */
	bool offers;                    /* of terms, where there is a table: what exactly is laid there; the words alone are no move */
};
void practice_hear(const struct practice *practice, const struct practice_file *file, const struct lexicon *lexicon, enum lang lang, const char *text, struct arena *arena,
		   struct practice_hearing *ret_hearing);
/* What was heard as a number, to be kept with the words: whoever leads the talk again need not listen again, and hears the same when the patterns have changed. */
int64_t practice_hearing_pack(const struct practice_hearing *hearing);
void practice_hearing_again(const struct practice *practice, int64_t card, int64_t packed, struct practice_hearing *ret_hearing);

/* {act (a word of heard.h), type, level ("" where it is no question), motives, card, clarifies, table}. A new reference. */
json_t *practice_hearing_json(const struct practice_hearing *hearing);

#endif
