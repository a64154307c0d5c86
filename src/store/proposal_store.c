#include "store/proposal_store.h"

enum err proposal_load(struct db *db, int64_t team_id, int64_t deal_id, json_t **ret_words, struct error *err)
{
	return db_query_row(db, err, ret_words,
			    "SELECT opening, next_step, valid_until AS valid_until__day FROM deal_proposal WHERE team_id = $1 AND deal_id = $2", "ii", team_id, deal_id);
}

enum err proposal_put(struct db *db, int64_t team_id, int64_t deal_id, const char *opening, const char *next_step, int64_t valid_until, int64_t member_id, int64_t at,
		      struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO deal_proposal (team_id, deal_id, opening, next_step, valid_until, member_id, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
		       "ON CONFLICT (team_id, deal_id) DO UPDATE SET opening = excluded.opening, next_step = excluded.next_step, valid_until = excluded.valid_until, "
		       "member_id = excluded.member_id, changed_at = excluded.changed_at",
		       "iittiii", team_id, deal_id, opening, next_step, valid_until, member_id, at);
}
