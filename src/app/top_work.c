#include "app/top_work.h"

#include "base/id.h"
#include "store/vote_store.h"

enum err top_work_vote(struct db *db, int64_t vote_id, int64_t at, struct error *err)
{
	return work_vote_insert(db, id_new(at), vote_id, at, err);
}

enum err top_work_again(struct db *db, int64_t at, struct error *err)
{
	return at == INT64_MAX ? ERR_NONE : work_again_insert(db, id_new(at), at, err);
}
