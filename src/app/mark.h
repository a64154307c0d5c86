/* Mark: a lead overrules what the rubric says of a talk, or takes that back (L1). The rubric's own mark stays visible beside his, with his name and reason. */
#ifndef STURGEON_APP_MARK_H
#define STURGEON_APP_MARK_H

#include "app/use.h"

/* mark 1 … 5, with a reason; 0: the rubric's own again, where no reason is needed. REFUSED to managers; ABSENT where there is no such talk or it has not taken place;
 * INVALID where it has no such criterion. */
enum outcome mark_call(struct use *use, int64_t call_id, const char *criterion, int mark, const char *reason);
enum outcome mark_practice(struct use *use, int64_t practice_id, const char *criterion, int mark, const char *reason);

#endif
