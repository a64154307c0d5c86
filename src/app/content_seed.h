/* Content seed: puts the starting content (playbooks, products, signals; content/ in the source, embedded) into a team. */
#ifndef STURGEON_APP_CONTENT_SEED_H
#define STURGEON_APP_CONTENT_SEED_H

#include "app/use.h"

/* For use->who.team_id. Pieces that are there already (by key) stay as they are. */
enum outcome content_seed(struct use *use);

#endif
