/* Learn page: where a member stands in the course, in practice and in the products' courses; and for a lead, where everybody does (L1). */
#ifndef STURGEON_APP_LEARN_PAGE_H
#define STURGEON_APP_LEARN_PAGE_H

#include "app/use.h"

enum outcome learn_page(struct use *use, json_t **ret_model);
enum outcome learn_team_page(struct use *use, json_t **ret_model); /* lead */

#endif
