/* Learn page: where a member stands in the course, in practice and in the products' courses; and for a lead, where everybody does (L1). */
#ifndef STURGEON_APP_LEARN_PAGE_H
#define STURGEON_APP_LEARN_PAGE_H

#include "app/use.h"

enum outcome learn_page(struct use *use, json_t **ret_model);

/* What a lead sees of everybody (member_id 0), or of one: the model of app/score_team.h, where each member has also lessons [{place, key, title, mode, minutes, state, read_at, passed_at, best, tries}],
 * passed, read and learnt_at (the last lesson or quiz; null), and the one own (lessons of the team's own, the same). course: how many lessons it has. ABSENT: no such member. */
enum outcome learn_team_page(struct use *use, int64_t member_id, json_t **ret_model);

#endif
