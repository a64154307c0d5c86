/* Demo journal: three months of journals in the demo company: what demo_plan.h says is done, by the use cases of the program, as people would. */
#ifndef STURGEON_APP_DEMO_JOURNAL_H
#define STURGEON_APP_DEMO_JOURNAL_H

#include "app/demo_world.h"

struct demo_journal;

/* The people of the other towns come to work, on the first day; what everyone will do is known. It lives in the arena of world->use. */
enum outcome demo_journal_begin(struct demo_world *world, int32_t first, struct demo_journal **ret_journal);
/* What they do before a moment. */
enum outcome demo_journal_until(struct demo_journal *journal, int64_t at);
/* The same, and the top is looked after: what stands in it is offered in the calls of the next day. */
enum outcome demo_journal_night(struct demo_journal *journal, int64_t at);
/* The top is true to it all, and those who can log in looked at it yesterday. */
enum outcome demo_journal_end(struct demo_journal *journal);

/* On the evening of that day the lead publishes the company's answer (demo_answer.h). */
enum outcome demo_journal_answer(struct demo_journal *journal, int32_t day);

void demo_journal_tell(const struct demo_journal *journal, struct demo_done *done); /* how much there is of it */

#endif
