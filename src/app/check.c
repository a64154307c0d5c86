#include "app/check.h"

#include <stddef.h>

#include "app/advise_rebuild.h"
#include "app/call_rebuild.h"
#include "app/post_rebuild.h"
#include "app/score_keep.h"
#include "app/top_keep.h"
#include "base/moment.h"
#include "store/advisor_store.h"
#include "store/client_words.h"
#include "store/deal_store.h"

enum { ARENA_MAX = 64 << 20 };

/* One derived thing: rebuilds it and says whether it was equal before. A row is added here with each derived table. */
struct derived {
	const char *what;
	enum err (*rebuild)(struct db *db, bool *ret_equal, char detail[120], struct error *err);
};

static enum err whole(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	(void)detail;
	*ret_equal = true;
	return db_integrity(db, err);
}

static const struct derived deriveds[] = {
	{"integrity", whole},
	{"what was said in conversations", call_rebuild},
	{"how conversations were scored", score_rebuild},
	{"what conversations have shown", advise_rebuild_shown},
	{"what the advisor has learnt", advise_rebuild_belief},
	{"what clients are found by", client_words_rebuild},
	{"the totals of deals", deal_totals_rebuild},
	{"the main top and what the rating is computed from", top_rebuild},
	{"what posts are found by", post_rebuild_words},
	{"which pictures posts show", post_rebuild_pictures},
	{"how many comments posts have", post_rebuild_comments},
};

struct run {
	void (*say)(void *, const char *, bool, const char *);
	void *arg;
};

static enum err run_all(struct db *db, void *arg, struct error *err)
{
	const struct run *run = arg;
	for (size_t i = 0; i < sizeof deriveds / sizeof *deriveds; i++) {
		bool equal = false;
		char detail[120] = "";
		enum err kind = deriveds[i].rebuild(db, &equal, detail, err);
		if (kind) return kind;
		run->say(run->arg, deriveds[i].what, equal, detail);
	}
	return ERR_NONE;
}

enum err check_run(struct store *store, void (*say)(void *arg, const char *what, bool equal, const char *detail), void *arg, struct error *err)
{
	struct run run = {say, arg};
	return store_write(store, run_all, &run, err);
}

enum err check_each_team(struct db *db, enum outcome (*one)(struct use *use, int64_t *ret_wrong), int64_t *ret_wrong, struct error *err)
{
	struct arena *arena = arena_new(ARENA_MAX);
	int64_t *teams;
	int n = 0;
	*ret_wrong = 0;
	enum err kind = advisor_teams(db, arena, &teams, &n, err);
	for (int i = 0; i < n && !kind; i++) {
		struct arena *own = arena_new(ARENA_MAX);
		struct use use;
		int64_t wrong = 0;
		use_init(&use, own, db, (struct actor){teams[i], 0, ROLE_ADMIN, "uk"}, moment_now());
		if (one(&use, &wrong) != DONE) {
			*err = use.error;
			kind = use.error.kind;
		}
		*ret_wrong += wrong;
		arena_free(own);
	}
	arena_free(arena);
	return kind;
}
