#include "app/standing.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/recall.h"
#include "base/idmap.h"
#include "base/moment.h"
#include "store/tenure_store.h"

struct standing {
	pthread_rwlock_t lock;
	char *path;                     /* of the data file that this is about; NULL: nothing is read yet */
	struct rating *rating;
	struct idmap posts, journals[RATING_BYS];
	int64_t *post_journals[RATING_BYS]; /* by post number */
	uint32_t post_room;
	uint32_t *order[RATING_BYS];    /* by number: its place by journal id */
	int64_t begun, run;
	int64_t latest;                 /* whatever comes now comes at this moment or later, or what was answered is forgotten */
	struct recall *recall;
	_Atomic int64_t until, until_run; /* standing_until's last answer, and when it was given */
};

enum { RECALLED = 128, UNTIL_S = 10 };

static struct standing house = {.lock = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP};

static void forget(struct standing *s)
{
	free(s->path);
	rating_free(s->rating);
	idmap_done(&s->posts);
	for (int by = 0; by < RATING_BYS; by++) {
		idmap_done(&s->journals[by]);
		free(s->post_journals[by]);
		free(s->order[by]);
		s->post_journals[by] = NULL;
		s->order[by] = NULL;
	}
	s->path = NULL;
	s->rating = NULL;
	s->post_room = 0;
	s->begun = INT64_MAX;
	s->latest = INT64_MIN;
	s->run = 0;
	s->until = INT64_MIN;
	if (s->recall) recall_forget(s->recall);
	else s->recall = recall_new(RECALLED);
}

static uint32_t number_of(struct standing *s, enum rating_by by, int64_t journal_id)
{
	return journal_id ? idmap_add(&s->journals[by], journal_id, NULL) : RATING_NOBODY;
}

static uint32_t post_of(struct standing *s, const struct tenure_row *row)
{
	bool is_new;
	uint32_t post = idmap_add(&s->posts, row->post_id, &is_new);
	if (!is_new) return post;
	if (post == s->post_room) {
		s->post_room = s->post_room ? s->post_room * 2 : 1024;
		for (int by = 0; by < RATING_BYS; by++) {
			s->post_journals[by] = reallocarray(s->post_journals[by], s->post_room, sizeof *s->post_journals[by]);
			if (!s->post_journals[by]) abort();
		}
	}
	s->post_journals[RATING_AUTHORS][post] = row->author_id;
	s->post_journals[RATING_COMMUNITIES][post] = row->community_id;
	rating_post(s->rating, post, number_of(s, RATING_AUTHORS, row->author_id), number_of(s, RATING_COMMUNITIES, row->community_id));
	return post;
}

static enum err take(void *arg, const struct tenure_row *row, struct error *err)
{
	struct standing *s = arg;
	struct tenure tenure = {.from = row->from, .to = row->to, .post = post_of(s, row), .position = (uint16_t)row->position};
	if (tenure.from < s->begun) s->begun = tenure.from;
	if (tenure.from > s->latest) s->latest = tenure.from;
	if (tenure.to > s->latest && tenure.to != TENURE_OPEN) s->latest = tenure.to;
	if (rating_put(s->rating, &tenure)) return ERR_NONE;
	return err_set(err, ERR_CORRUPT, "the tenures of post %lld do not follow one another: run sturgeon check", (long long)row->post_id);
}

struct place {
	int64_t journal_id;
	uint32_t number;
};

static int place_order(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	return x->journal_id < y->journal_id ? -1 : x->journal_id > y->journal_id;
}

static void order_make(struct standing *s, enum rating_by by)
{
	uint32_t n = s->journals[by].n;
	struct place *places = reallocarray(NULL, n ? n : 1, sizeof *places);
	s->order[by] = reallocarray(s->order[by], n ? n : 1, sizeof *s->order[by]);
	if (!places || !s->order[by]) abort();
	for (uint32_t i = 0; i < n; i++) places[i] = (struct place){s->journals[by].ids[i], i};
	qsort(places, n, sizeof *places, place_order);
	for (uint32_t i = 0; i < n; i++) s->order[by][places[i].number] = i;
	free(places);
}

static bool is_current(const struct standing *s, const char *path, const struct top_state *state)
{
	return s->path && !strcmp(s->path, path) && s->run >= state->run;
}

/* What happened at `at` or later is as if it had not: it is read again. */
static void take_back(struct standing *s, int64_t at)
{
	rating_cut(s->rating, at);
	recall_forget(s->recall);
	s->begun = INT64_MAX;
	for (uint32_t post = 0; post < s->posts.n; post++) {
		int64_t entered = rating_entered(s->rating, post);
		if (entered < s->begun) s->begun = entered;
	}
	if (s->latest > at) s->latest = at;
}

/* With the lock held for writing. */
static enum err follow(struct standing *s, struct db *db, const struct top_state *state, struct error *err)
{
	const char *path = db_path(db);
	bool here = s->path && !strcmp(s->path, path);
	int64_t again = INT64_MIN;
	enum err kind = here && state->again > s->run ? tenure_again_since(db, s->run, &again, err) : ERR_NONE;
	if (kind) return kind;
	if (here && state->again > s->run && again != INT64_MIN) {
		take_back(s, again);
	} else if (!here || state->again > s->run) {
		forget(s);
		s->rating = rating_new();
		if (!(s->path = strdup(path))) abort();
	}
	kind = tenure_each(db, s->run, take, s, err);
	if (kind) {
		forget(s); /* half of it is worse than none */
		return kind;
	}
	order_make(s, RATING_AUTHORS);
	order_make(s, RATING_COMMUNITIES);
	s->run = state->run;
	return ERR_NONE;
}

enum err standing_open(struct db *db, struct standing **ret_standing, struct error *err)
{
	struct standing *s = &house;
	struct top_state state;
	enum err kind = top_state_load(db, &state, err);
	while (!kind) {
		pthread_rwlock_rdlock(&s->lock);
		if (is_current(s, db_path(db), &state)) {
			*ret_standing = s;
			return ERR_NONE;
		}
		pthread_rwlock_unlock(&s->lock);
		pthread_rwlock_wrlock(&s->lock);
		if (!is_current(s, db_path(db), &state)) kind = follow(s, db, &state, err);
		pthread_rwlock_unlock(&s->lock);
	}
	return kind;
}

void standing_close(struct standing *standing)
{
	pthread_rwlock_unlock(&standing->lock);
}

const struct rating *standing_rating(const struct standing *standing)
{
	return standing->rating;
}

uint32_t standing_number(const struct standing *standing, enum rating_by by, int64_t journal_id)
{
	return idmap_find(&standing->journals[by], journal_id);
}

int64_t standing_journal(const struct standing *standing, enum rating_by by, uint32_t number)
{
	return standing->journals[by].ids[number];
}

uint32_t standing_post_number(const struct standing *standing, int64_t post_id)
{
	return idmap_find(&standing->posts, post_id);
}

int64_t standing_post(const struct standing *standing, uint32_t number)
{
	return standing->posts.ids[number];
}

int64_t standing_author(const struct standing *standing, uint32_t post_number)
{
	return standing->post_journals[RATING_AUTHORS][post_number];
}

int64_t standing_community(const struct standing *standing, uint32_t post_number)
{
	return standing->post_journals[RATING_COMMUNITIES][post_number];
}

int64_t standing_begun(const struct standing *standing)
{
	return standing->begun;
}

int64_t standing_run(const struct standing *standing)
{
	return standing->run;
}

int64_t standing_until(struct standing *standing, int64_t now)
{
	int64_t until = standing->until, age = now - until;
	if (until != INT64_MIN && standing->until_run == standing->run && age >= 0 && age < UNTIL_S * MOMENT_SECOND) return until;
	until = now - now % MOMENT_SECOND;
	standing->until = until;
	standing->until_run = standing->run;
	return until;
}

/* ---- Questions, whose answers are recalled ---- */

enum asked { ASKED_TABLE, ASKED_RANKS };

struct question {
	int64_t from, to;
	uint32_t asked, by, key, offset, most;
	uint32_t n_who, who[STANDING_WHO];
};

static size_t question_bytes(const struct question *question)
{
	return offsetof(struct question, who) + question->n_who * sizeof *question->who;
}

/* A span that ended before the last thing known of is settled: only history written anew can change it. */
static void keep(const struct standing *s, const struct question *question, const void *answer, size_t bytes)
{
	recall_keep(s->recall, question, question_bytes(question), question->to < s->latest ? RECALL_ALWAYS : s->run, answer, bytes);
}

static bool recalled(const struct standing *s, const struct question *question, void *answer, size_t *ret_bytes)
{
	return recall_find(s->recall, question, question_bytes(question), s->run, answer, ret_bytes);
}

/* All figures of a span, by number, in memory of their own: free it. */
static struct rating_figure *figures_of(const struct standing *s, enum rating_by by, struct rating_span span, size_t *ret_n)
{
	uint32_t groups = rating_groups(s->rating, by);
	struct rating_figure *figures = reallocarray(NULL, groups ? groups : 1, sizeof *figures);
	if (!figures) abort();
	*ret_n = rating_all(s->rating, by, span, figures);
	return figures;
}

struct table {
	size_t all, n;
	struct rating_figure figures[];
};

size_t standing_table(const struct standing *standing, enum rating_by by, struct rating_span span, enum rating_key key, size_t offset, size_t most, struct arena *arena,
		      struct rating_figure **ret_figures, size_t *ret_n)
{
	struct question question = {.from = span.from, .to = span.to, .asked = ASKED_TABLE, .by = by, .key = key, .offset = (uint32_t)offset, .most = (uint32_t)most};
	struct table *table = arena_alloc(arena, RECALL_BYTES);
	size_t all, bytes;
	if (!recalled(standing, &question, table, &bytes)) {
		struct rating_figure *figures = figures_of(standing, by, span, &all);
		size_t n = offset >= all ? 0 : all - offset < most ? all - offset : most;
		rating_rank_part(figures, all, key, standing->order[by], offset, offset + n);
		bytes = sizeof *table + n * sizeof *figures;
		table = arena_alloc(arena, bytes);
		*table = (struct table){.all = all, .n = n};
		if (n) memcpy(table->figures, figures + offset, n * sizeof *figures);
		free(figures);
		keep(standing, &question, table, bytes);
	}
	*ret_figures = table->figures;
	*ret_n = table->n;
	return table->all;
}

/* One whose rank is asked for. */
struct target {
	struct rating_figure figure;
	size_t at;                      /* in the question */
	uint32_t before;                /* figures that stand before him, and not before the target before him */
};

struct ranking {
	const struct standing *standing;
	enum rating_by by;
	enum rating_key key;
};

static int by_place(const void *a, const void *b, void *arg)
{
	const struct target *x = a, *y = b;
	const struct ranking *ranking = arg;
	return rating_compare(&x->figure, &y->figure, ranking->key, ranking->standing->order[ranking->by]);
}

/* The first target that this figure stands before; n: none. Most stand behind all of them. */
static size_t first_behind(const struct ranking *ranking, const struct rating_figure *figure, const struct target *targets, size_t n)
{
	const uint32_t *order = ranking->standing->order[ranking->by];
	size_t low = 0, high = n;
	if (rating_compare(figure, &targets[n - 1].figure, ranking->key, order) >= 0) return n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (rating_compare(figure, &targets[middle].figure, ranking->key, order) < 0) high = middle;
		else low = middle + 1;
	}
	return low;
}

/* Without ordering everybody: each figure is held to those who are asked for. */
static void ranks_reckon(const struct ranking *ranking, struct rating_span span, const uint32_t *who, size_t n_who, uint32_t *ret_ranks)
{
	size_t all, n = 0;
	struct target *targets = reallocarray(NULL, n_who + 1, sizeof *targets);
	if (!targets) abort();
	memset(ret_ranks, 0, n_who * sizeof *ret_ranks);
	for (size_t i = 0; i < n_who; i++) {
		targets[n] = (struct target){.figure = rating_of(ranking->standing->rating, ranking->by, who[i], span), .at = i};
		if (targets[n].figure.posts) n++;
	}
	if (n) {
		struct rating_figure *figures = figures_of(ranking->standing, ranking->by, span, &all);
		qsort_r(targets, n, sizeof *targets, by_place, (void *)(uintptr_t)ranking);
		for (size_t i = 0; i < all; i++) {
			size_t behind = first_behind(ranking, &figures[i], targets, n);
			if (behind < n) targets[behind].before++;
		}
		free(figures);
	}
	for (size_t i = 0, before = 0; i < n; i++) ret_ranks[targets[i].at] = (uint32_t)((before += targets[i].before) + 1);
	free(targets);
}

void standing_ranks(const struct standing *standing, enum rating_by by, enum rating_key key, const struct rating_span *buckets, size_t n_buckets, const uint32_t *who,
		    size_t n_who, uint32_t *ret_ranks)
{
	struct ranking ranking = {standing, by, key};
	struct question question = {.asked = ASKED_RANKS, .by = by, .key = key, .n_who = (uint32_t)n_who};
	char answer[RECALL_BYTES];
	size_t bytes;
	MUST(n_who <= STANDING_WHO);
	memcpy(question.who, who, n_who * sizeof *who);
	for (size_t b = 0; b < n_buckets; b++) {
		uint32_t *ranks = ret_ranks + b * n_who;
		question.from = buckets[b].from;
		question.to = buckets[b].to;
		if (recalled(standing, &question, answer, &bytes)) {
			memcpy(ranks, answer, bytes);
			continue;
		}
		ranks_reckon(&ranking, buckets[b], who, n_who, ranks);
		keep(standing, &question, ranks, n_who * sizeof *ranks);
	}
}

size_t standing_rank(const struct standing *standing, enum rating_by by, struct rating_span span, enum rating_key key, uint32_t who)
{
	uint32_t rank;
	standing_ranks(standing, by, key, &span, 1, &who, 1, &rank);
	return rank;
}
