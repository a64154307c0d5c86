/* Fact shelf: the facts of every team's conversations in memory, for pages (L2): 100,000 of them are counted in some milliseconds, which no query does.
 *
 * A page opens it with its read snapshot, asks, and closes it. Opening compares call_fact_state with what is here: what was written since is read and takes the place of what
 * was; after a rebuild all is read anew. What is here may be newer than the snapshot, never older. The first opening reads all of a team's, about a fifth of a second for 100,000.
 * On the connection that writes, the whole is read for this opening alone: what is not committed yet must not stand here for others.
 * One data file a process at a time. Thread-safe: any number of pages ask at once; close soon, since the next change waits for it. Memory: some 150 bytes a conversation.
 *
 *   const struct fact_shelf *shelf;
 *   if (fact_shelf_open(use->db, team_id, &shelf, &use->error)) return FAILED;
 *   … fact_shelf_facts(shelf) …
 *   fact_shelf_close(shelf); */
#ifndef STURGEON_APP_FACT_SHELF_H
#define STURGEON_APP_FACT_SHELF_H

#include "core/answer/fact.h"
#include "store/db.h"

struct fact_shelf;

enum err fact_shelf_open(struct db *db, int64_t team_id, const struct fact_shelf **ret_shelf, struct error *err) MUST_CHECK; /* never NULL on success; to be closed */
void fact_shelf_close(const struct fact_shelf *shelf);

const struct fact_set *fact_shelf_facts(const struct fact_shelf *shelf);

/* The number of an id; of one that no conversation has, a number that none has either. */
int64_t fact_shelf_manager(const struct fact_shelf *shelf, int64_t member_id);
int64_t fact_shelf_product(const struct fact_shelf *shelf, int64_t product_id);
int64_t fact_shelf_find(const struct fact_shelf *shelf, int64_t item_id);

#endif
