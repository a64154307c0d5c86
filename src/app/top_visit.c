#include "app/top_visit.h"

#include <stdlib.h>

#include "base/moment.h"
#include "store/top_store.h"

enum outcome top_visit_before(struct use *use, int64_t *ret_at)
{
	int64_t at, before;
	*ret_at = 0;
	if (!use->who.member_id) return DONE;
	if (top_visit_load(use->db, use->who.member_id, &at, &before, &use->error)) return FAILED;
	*ret_at = use->now - at >= TOP_VISIT_APART ? at : before;
	return DONE;
}

struct look {
	struct write write;
	int64_t member_id, at;
};

static enum err look_run(struct write *write, struct db *db, struct error *err)
{
	const struct look *look = (const struct look *)write;
	return top_visit_put(db, look->member_id, look->at, TOP_VISIT_APART, err);
}

/* A look that was not noted is noted by the next. */
static void look_done(struct write *write, enum err kind, const struct error *err)
{
	(void)kind, (void)err;
	free(write);
}

enum outcome top_visit_note(struct use *use, struct store *store)
{
	int64_t at, before;
	if (!use->who.member_id) return DONE;
	if (top_visit_load(use->db, use->who.member_id, &at, &before, &use->error)) return FAILED;
	if (use->now - at < MOMENT_MINUTE) return DONE;
	struct look *look = calloc(1, sizeof *look);
	if (!look) abort();
	*look = (struct look){.write = {.run = look_run, .done = look_done}, .member_id = use->who.member_id, .at = use->now};
	if (!store_submit(store, &look->write)) free(look);
	return DONE;
}
