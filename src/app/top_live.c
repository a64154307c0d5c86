#include "app/top_live.h"

#include "base/arena.h"
#include "base/moment.h"
#include "store/top_store.h"

enum { LIVE_ARENA = 4 << 20 };

static int position_of(const struct top_place *places, int n, int64_t post_id)
{
	for (int i = 0; i < n; i++)
		if (places[i].post_id == post_id) return i + 1;
	return 0;
}

static enum err say(struct db *db, struct arena *arena, struct buf *out, struct error *err)
{
	struct top_place *now, *then;
	int n, n_then;
	int64_t votes;
	enum err kind = top_places(db, arena, TOP_NOW, &now, &n, err);
	if (!kind) kind = top_places(db, arena, moment_now() - MOMENT_HOUR, &then, &n_then, err);
	if (kind) return kind;
	buf_text(out, "{\"top\":[");
	for (int i = 0; i < n && !kind; i++) {
		kind = top_votes(db, now[i].post_id, TOP_NOW, &votes, err);
		buf_printf(out, "%s[%lld,%d,%lld]", i ? "," : "", (long long)now[i].post_id, position_of(then, n_then, now[i].post_id), (long long)votes);
	}
	buf_text(out, "]}");
	return kind;
}

enum err top_live_state(struct db *db, struct buf *out, struct error *err)
{
	struct arena *arena = arena_new(LIVE_ARENA);
	enum err kind = say(db, arena, out, err);
	arena_free(arena);
	return kind;
}
