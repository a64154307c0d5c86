/* Content seed: puts the starting content (playbooks, products, signals; content/ in the source, embedded) into a team. */
#ifndef STURGEON_APP_CONTENT_SEED_H
#define STURGEON_APP_CONTENT_SEED_H

#include "app/use.h"
#include "store/store.h"

/* For use->who.team_id. Pieces that are there already (by key) stay as they are. */
enum outcome content_seed(struct use *use);

/* What this program brings and the teams do not have yet, into every team; nothing where they have it. What a team changed or retired stays as it is. */
enum err content_upgrade(struct store *store, struct error *err) MUST_CHECK;

#endif
