#include "app/top_keep.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/idmap.h"
#include "base/moment.h"
#include "core/top/top.h"
#include "core/top/vote_weight.h"
#include "store/rating_store.h"
#include "store/tenure_store.h"
#include "store/vote_store.h"

enum { KEEP_ARENA = 512 << 20, VOTES_A_RUN = 20000 };

/* A post that takes part in this run. */
struct part {
	int64_t post_id;
	struct heat_row heat;
	bool touched;                   /* its heat is to be saved */
};

struct keep {
	struct db *db;
	struct arena *arena;
	struct top_rules rules;
	struct top_state state;
	struct top *top;
	struct idmap posts;             /* post_id → part */
	struct part *parts;
	uint32_t room;
	int64_t done_before;            /* how far the run before had come */
	int64_t again;                  /* from when history is written anew; INT64_MAX: it is only continued */
	bool changed;
	enum err kind;                  /* the first failure met in a callback */
	struct error *error;
};

/* What a post's votes before the run gave it. A run from a moment on adds them up again; one that continues has them on disk. */
static enum err heat_before(struct keep *keep, int64_t post_id, struct heat_row *ret_heat)
{
	if (keep->again == INT64_MAX) return post_heat_load(keep->db, post_id, ret_heat, keep->error);
	struct vote_row *votes;
	int n;
	struct arena *arena = arena_new(KEEP_ARENA);
	enum err kind = vote_list_before(keep->db, arena, post_id, keep->again, &votes, &n, keep->error);
	*ret_heat = (struct heat_row){0};
	for (int i = 0; !kind && i < n; i++) {
		if (!votes[i].counts) continue;
		if (votes[i].adds) heat_add(&ret_heat->heat, votes[i].at, keep->rules.half_life_us, votes[i].weight);
		ret_heat->votes++;
		ret_heat->weight += votes[i].weight;
	}
	arena_free(arena);
	return kind;
}

static enum err part_of(struct keep *keep, int64_t post_id, int64_t published_at, int64_t community_id, uint32_t *ret_part)
{
	bool is_new;
	*ret_part = idmap_add(&keep->posts, post_id, &is_new);
	if (!is_new) return ERR_NONE;
	if (*ret_part == keep->room) {
		keep->room = keep->room ? keep->room * 2 : 1024;
		keep->parts = reallocarray(keep->parts, keep->room, sizeof *keep->parts);
		if (!keep->parts) abort();
	}
	struct part *part = &keep->parts[*ret_part];
	*part = (struct part){.post_id = post_id};
	enum err kind = heat_before(keep, post_id, &part->heat);
	if (!kind) top_post(keep->top, *ret_part, post_id, published_at, community_id, part->heat.heat);
	return kind;
}

static void told(void *arg, uint64_t number, const struct tenure *tenure)
{
	struct keep *keep = arg;
	(void)number;
	keep->changed = true;
	if (!keep->kind)
		keep->kind = tenure_write(keep->db, keep->parts[tenure->post].post_id, tenure->position, tenure->from, tenure->to, keep->state.run, keep->error);
}

static enum err restore(struct keep *keep)
{
	struct held_row *held;
	int n;
	enum err kind = tenure_held(keep->db, keep->arena, keep->again, &held, &n, keep->error);
	if (!kind && keep->again != INT64_MAX) kind = tenure_cut(keep->db, keep->again, keep->state.run, keep->error);
	for (int i = 0; i < n && !kind; i++) {
		uint32_t part;
		kind = part_of(keep, held[i].post_id, held[i].published_at, held[i].community_id, &part);
		if (!kind) top_restore(keep->top, part, held[i].from);
	}
	return kind;
}

static enum err weigh(struct keep *keep, struct vote_row *vote)
{
	struct vote_row was = *vote;
	int64_t earlier = 0;
	vote->nth = 0;
	vote->weight = 0;
	vote->adds = false;
	if (vote->counts) {
		enum err kind = vote_earlier(keep->db, vote, vote->at - VOTE_WINDOW, &earlier, keep->error);
		if (kind) return kind;
		vote->nth = earlier + 1;
		vote->weight = vote_weight(false, (int)vote->nth, vote->base);
		vote->adds = vote->at - vote->published_at <= keep->rules.late_us;
	}
	if (was.nth == vote->nth && was.adds == vote->adds && was.weight == vote->weight) return ERR_NONE;
	return vote_weigh(keep->db, vote, keep->error);
}

static enum err take_in(struct keep *keep, struct vote_row *vote)
{
	uint32_t at;
	enum err kind = part_of(keep, vote->post_id, vote->published_at, vote->community_id, &at);
	if (!kind) kind = weigh(keep, vote);
	if (kind) return kind;
	struct part *part = &keep->parts[at];
	part->touched = true;
	keep->changed = true;
	if (!vote->counts) return ERR_NONE;
	if (keep->again != INT64_MAX) { /* otherwise they moved with the vote itself */
		part->heat.votes++;
		part->heat.weight += vote->weight;
	}
	if (vote->adds) top_vote(keep->top, at, vote->at, vote->weight);
	return keep->kind;
}

static enum err take_in_all(struct keep *keep)
{
	int64_t from = keep->again, after_id = 0;
	for (int n = VOTES_A_RUN; n == VOTES_A_RUN;) {
		struct arena *arena = arena_new(KEEP_ARENA);
		struct vote_row *votes;
		enum err kind = keep->again == INT64_MAX ? work_votes(keep->db, arena, VOTES_A_RUN, &votes, &n, keep->error)
							 : vote_list_from(keep->db, arena, from, after_id, VOTES_A_RUN, &votes, &n, keep->error);
		for (int i = 0; i < n && !kind; i++) {
			kind = take_in(keep, &votes[i]);
			if (!kind && keep->again == INT64_MAX) kind = work_vote_done(keep->db, votes[i].vote_id, keep->error);
		}
		if (!kind && n) {
			from = votes[n - 1].at;
			after_id = votes[n - 1].vote_id;
		}
		arena_free(arena);
		if (kind) return kind;
	}
	return keep->again == INT64_MAX ? ERR_NONE : work_all_done(keep->db, keep->error);
}

static enum err save(struct keep *keep)
{
	enum err kind = keep->kind;
	for (uint32_t i = 0; i < keep->posts.n && !kind; i++) {
		if (!keep->parts[i].touched) continue;
		keep->parts[i].heat.heat = top_heat(keep->top, i);
		kind = post_heat_save(keep->db, keep->parts[i].post_id, &keep->parts[i].heat, keep->error);
	}
	for (int position = 1; position <= top_length(keep->top) && !kind; position++) {
		int64_t since;
		uint32_t part = top_at(keep->top, position, &since);
		if (since < keep->done_before && keep->again == INT64_MAX) continue; /* it stands there already */
		kind = tenure_write(keep->db, keep->parts[part].post_id, position, since, TENURE_OPEN, keep->state.run, keep->error);
	}
	return kind;
}

/* ---- What an act of moderation changed in the rating of all time (T7: figures stand in the public log) ---- */

struct figure {
	int64_t journal_id, last_post;
	double rating;
};

struct figures {
	struct figure *all;
	int n, room;
	int64_t now;
};

static struct figure *figure_of(struct figures *figures, int64_t journal_id)
{
	for (int i = figures->n - 1; i >= 0; i--)
		if (figures->all[i].journal_id == journal_id) return &figures->all[i];
	if (figures->n == figures->room) {
		figures->room = figures->room ? figures->room * 2 : 256;
		figures->all = realloc(figures->all, (size_t)figures->room * sizeof *figures->all);
		if (!figures->all) abort();
	}
	figures->all[figures->n] = (struct figure){.journal_id = journal_id};
	return &figures->all[figures->n++];
}

static enum err figure_add(void *arg, const struct tenure_row *row, struct error *err)
{
	struct figures *figures = arg;
	const int64_t ids[] = {row->author_id, row->community_id};
	int64_t to = row->to < figures->now ? row->to : figures->now;
	(void)err;
	for (int i = 0; i < 2; i++) {
		if (!ids[i]) continue;
		struct figure *figure = figure_of(figures, ids[i]);
		if (figure->last_post != row->post_id) figure->rating += 1; /* its rows come together */
		figure->last_post = row->post_id;
		figure->rating += (double)(to - row->from) / (double)MOMENT_HOUR / log2((double)row->position + 1);
	}
	return ERR_NONE;
}

struct effect {
	int64_t journal_id;
	double was, now;
};

/* What changed most comes first. */
static int by_change(const void *a, const void *b)
{
	const struct effect *x = a, *y = b;
	double p = fabs(x->now - x->was), q = fabs(y->now - y->was);
	if (p != q) return p > q ? -1 : 1;
	return x->journal_id < y->journal_id ? -1 : 1;
}

static enum err effect_write(struct keep *keep, struct figures *was, struct figures *is)
{
	json_t *effect = json_array();
	enum err kind = ERR_NONE;
	size_t n = 0;
	for (int i = 0; i < is->n; i++) figure_of(was, is->all[i].journal_id);
	struct effect *effects = ARENA_ARRAY(keep->arena, struct effect, was->n + 1);
	for (int i = 0; i < was->n; i++) {
		struct effect one = {was->all[i].journal_id, was->all[i].rating, figure_of(is, was->all[i].journal_id)->rating};
		if (fabs(one.was - one.now) >= 0.005) effects[n++] = one; /* what the log can show */
	}
	if (n) qsort(effects, n, sizeof *effects, by_change);
	for (size_t i = 0; i < n && !kind; i++) {
		const char *name, *sort;
		kind = rating_journal_load(keep->db, keep->arena, effects[i].journal_id, &name, &sort, keep->error);
		if (!kind) json_array_append_new(effect, json_pack("{sI ss sf sf}", "journal", (json_int_t)effects[i].journal_id, "name", name, "was", effects[i].was, "now", effects[i].now));
	}
	char *text = json_dumps(effect, JSON_COMPACT);
	if (!kind) kind = act_effects_save(keep->db, text, keep->error);
	free(text);
	json_decref(effect);
	return kind;
}

/* ---- The run ---- */

static enum err keep_run(struct keep *keep, int64_t now, int64_t *ret_due)
{
	enum err kind = restore(keep);
	if (!kind) kind = take_in_all(keep);
	if (kind) return kind;
	top_until(keep->top, now);
	keep->state.done_at = now;
	kind = save(keep);
	*ret_due = top_due(keep->top);
	if (!kind) kind = top_state_save(keep->db, &keep->state, keep->error);
	return kind;
}

static enum err keep_from(struct db *db, int64_t again, int64_t now, int64_t *ret_due, bool *ret_changed, struct error *err)
{
	struct keep keep = {.db = db, .again = again, .error = err};
	int64_t latest;
	enum err kind = top_rules_load(db, &keep.rules, err);
	if (!kind) kind = top_state_load(db, &keep.state, err);
	if (kind) return kind;
	keep.done_before = keep.state.done_at;
	kind = vote_latest(db, &latest, err);
	if (kind) return kind;
	if (now < keep.state.done_at) now = keep.state.done_at;
	if (now <= latest) now = latest + 1; /* an instant is taken in when it is over: votes of the same microsecond are one change of the top */
	keep.state.run++;
	if (again != INT64_MAX) keep.state.again = keep.state.run;
	keep.arena = arena_new(KEEP_ARENA);
	keep.top = top_new(&keep.rules, told, &keep);
	idmap_init(&keep.posts);
	kind = keep_run(&keep, now, ret_due);
	*ret_changed = keep.changed || again != INT64_MAX;
	top_free(keep.top);
	free(keep.parts);
	idmap_done(&keep.posts);
	arena_free(keep.arena);
	return kind;
}

static enum err figures_take(struct db *db, int64_t now, struct figures *ret_figures, struct error *err)
{
	*ret_figures = (struct figures){.now = now};
	return tenure_each(db, 0, figure_add, ret_figures, err);
}

enum err top_keep(struct db *db, int64_t now, int64_t *ret_due, bool *ret_changed, struct error *err)
{
	int64_t acts, again;
	struct figures was = {0}, is = {0};
	*ret_changed = false;
	enum err kind = work_again_from(db, &again, err);
	if (!kind) kind = act_effects_open(db, &acts, err);
	if (!kind && acts) kind = figures_take(db, now, &was, err);
	if (!kind) kind = keep_from(db, again, now, ret_due, ret_changed, err);
	if (!kind && acts) {
		struct keep keep = {.db = db, .arena = arena_new(KEEP_ARENA), .error = err};
		kind = figures_take(db, now, &is, err);
		if (!kind) kind = effect_write(&keep, &was, &is);
		arena_free(keep.arena);
	}
	free(was.all);
	free(is.all);
	return kind;
}

enum err top_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	uint64_t before, after;
	int64_t due;
	bool changed;
	struct top_state state;
	enum err kind = top_keep(db, 0, &due, &changed, err); /* what waits is taken in; time stands */
	if (!kind) kind = top_derived_digest(db, &before, err);
	if (!kind) kind = top_state_load(db, &state, err);
	if (!kind) kind = top_derived_drop(db, err);
	if (!kind) kind = keep_from(db, INT64_MIN, state.done_at, &due, &changed, err);
	if (!kind) kind = top_derived_digest(db, &after, err);
	if (kind) return kind;
	*ret_equal = before == after;
	if (!*ret_equal) snprintf(detail, 120, "the main top was written anew from the votes");
	return ERR_NONE;
}
