#include "app/check.h"

#include <stddef.h>

#include "app/advise_rebuild.h"
#include "store/client_words.h"

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
	{"what conversations have shown", advise_rebuild_shown},
	{"what the advisor has learnt", advise_rebuild_belief},
	{"what clients are found by", client_words_rebuild},
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
