#include "app/standing.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/idmap.h"
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
};

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
	s->run = 0;
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

/* With the lock held for writing. */
static enum err follow(struct standing *s, struct db *db, const struct top_state *state, struct error *err)
{
	const char *path = db_path(db);
	if (!s->path || strcmp(s->path, path) || state->again > s->run) {
		forget(s);
		s->rating = rating_new();
		if (!(s->path = strdup(path))) abort();
	}
	enum err kind = tenure_each(db, s->run, take, s, err);
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

/* All figures of a span, in memory of their own: free it. */
static struct rating_figure *figures_of(const struct standing *s, enum rating_by by, struct rating_span span, size_t *ret_n)
{
	uint32_t groups = rating_groups(s->rating, by);
	struct rating_figure *figures = reallocarray(NULL, groups ? groups : 1, sizeof *figures);
	if (!figures) abort();
	*ret_n = rating_all(s->rating, by, span, figures);
	return figures;
}

size_t standing_table(const struct standing *standing, enum rating_by by, struct rating_span span, enum rating_key key, size_t offset, size_t most, struct arena *arena,
		      struct rating_figure **ret_figures, size_t *ret_n)
{
	size_t all;
	struct rating_figure *figures = figures_of(standing, by, span, &all);
	rating_rank(figures, all, key, standing->order[by]);
	size_t n = offset >= all ? 0 : all - offset < most ? all - offset : most;
	*ret_figures = ARENA_ARRAY(arena, struct rating_figure, n);
	if (n) memcpy(*ret_figures, figures + offset, n * sizeof *figures);
	*ret_n = n;
	free(figures);
	return all;
}

size_t standing_rank(const struct standing *standing, enum rating_by by, struct rating_span span, enum rating_key key, uint32_t who)
{
	size_t all, rank = 1;
	struct rating_figure own = rating_of(standing->rating, by, who, span), *figures;
	if (!own.posts) return 0;
	figures = figures_of(standing, by, span, &all);
	for (size_t i = 0; i < all; i++)
		if (figures[i].who != who && rating_compare(&figures[i], &own, key, standing->order[by]) < 0) rank++;
	free(figures);
	return rank;
}

void standing_ranks(const struct standing *standing, enum rating_by by, enum rating_key key, const struct rating_span *buckets, size_t n_buckets, const uint32_t *who,
		    size_t n_who, uint32_t *ret_ranks)
{
	uint32_t groups = rating_groups(standing->rating, by), *rank = reallocarray(NULL, (size_t)groups + 1, sizeof *rank);
	if (!rank) abort();
	for (size_t b = 0; b < n_buckets; b++) {
		size_t all;
		struct rating_figure *figures = figures_of(standing, by, buckets[b], &all);
		rating_rank(figures, all, key, standing->order[by]);
		memset(rank, 0, (size_t)groups * sizeof *rank);
		for (size_t at = 0; at < all; at++) rank[figures[at].who] = (uint32_t)at + 1;
		for (size_t i = 0; i < n_who; i++) ret_ranks[b * n_who + i] = rank[who[i]];
		free(figures);
	}
	free(rank);
}
