/* What must hold of the main top for any votes (T1, T5, T6, T8), tried on many that were drawn, beside a model that knows nothing of how it is done: at every
 * instant it sums each post's votes anew by the definition, sorts all posts and takes the first. */
#include "check.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "core/top/top.h"

#define S INT64_C(1000000)
#define START (INT64_C(1760000000) * S)

enum { POSTS = 24, VOTES = 160, TENURES = 8192, INSTANTS = VOTES * (POSTS + 2) + 8, PLACES = 12 };

struct vote {
	int64_t at;
	uint32_t post;
	double weight;
	bool erased;
};

struct post {
	int64_t id, published;
	uint32_t community;
};

struct world {
	struct top_rules rules;
	int posts, votes;
	struct post post[POSTS];
	struct vote vote[VOTES];
	int64_t end;
};

struct told {
	struct tenure tenure[TENURES];
	uint64_t number[TENURES];
	int n;
};

/* ---- drawing ---- */

/* How votes are drawn. WHOLE: at whole half-lives with weights of a few binary digits, so that equal heats are equal whoever adds them. ANY: any
 * microsecond and weight. CROWDED: few instants and weight 1, so that posts have the very same votes. */
enum manner { WHOLE, ANY, CROWDED, MANNERS };

static int by_at(const void *a, const void *b)
{
	const struct vote *x = a, *y = b;
	return (x->at > y->at) - (x->at < y->at);
}

static void draw(struct rng *rng, enum manner manner, struct world *w)
{
	w->rules = (struct top_rules){
		.half_life_us = manner == WHOLE ? 3600 * S : rng_between(rng, 60 * S, 48 * 3600 * S),
		.floor = (double[]){2, 1, 0.5, 3, 7.25}[rng_below(rng, 5)],
		.places = rng_below(rng, 6) ? 1 + (int)rng_below(rng, PLACES) : 1000,
		.late_us = rng_below(rng, 3) ? INT64_C(7) * 24 * 3600 * S : rng_between(rng, 0, 6) * 3600 * S,
		.community_most = (int[]){0, 0, 1, 2, 3}[rng_below(rng, 5)],
	};
	w->posts = 1 + (int)rng_below(rng, POSTS);
	w->votes = 1 + (int)rng_below(rng, VOTES);
	int64_t span = w->rules.half_life_us * (1 + (int64_t)rng_below(rng, 12));
	for (int i = 0; i < w->posts; i++)
		w->post[i] = (struct post){.id = (i * 7919) % 31, .published = START + (rng_below(rng, 2) ? 0 : rng_between(rng, -span, span)), .community = (uint32_t)rng_below(rng, 4)};
	for (int i = 0; i < w->votes; i++) {
		struct vote *v = &w->vote[i];
		v->post = (uint32_t)(rng_below(rng, 3) ? rng_below(rng, (uint64_t)w->posts) : rng_below(rng, (uint64_t)(w->posts + 3) / 4));
		v->erased = rng_below(rng, 8) == 0;
		v->at = manner == WHOLE ? START / w->rules.half_life_us * w->rules.half_life_us + w->rules.half_life_us * (int64_t)rng_below(rng, 9)
			: manner == CROWDED ? START + (int64_t)rng_below(rng, 12) * (span / 12) : START + rng_between(rng, 0, span);
		v->weight = manner == WHOLE ? (double)rng_between(rng, -1, 8) / 4 : manner == CROWDED ? 1 : rng_below(rng, 2) ? 1.0 / (double)(1 + rng_below(rng, 6)) : rng_unit(rng) * 3;
	}
	qsort(w->vote, (size_t)w->votes, sizeof *w->vote, by_at);
	w->end = w->vote[w->votes - 1].at + (rng_below(rng, 2) ? 0 : 5 * w->rules.half_life_us);
}

/* ---- the model ---- */

static bool adds(const struct world *w, const struct vote *v)
{
	return !v->erased && v->weight > 0 && v->at - w->post[v->post].published <= w->rules.late_us;
}

/* log2 of the heat at `at` by the definition: votes up to it. */
static long double heat_log2_model(const struct world *w, int post, int64_t at)
{
	long double sum = 0;
	for (int i = 0; i < w->votes && w->vote[i].at <= at; i++)
		if ((int)w->vote[i].post == post && adds(w, &w->vote[i]))
			sum += (long double)w->vote[i].weight * exp2l((long double)(w->vote[i].at - at) / (long double)w->rules.half_life_us);
	return sum > 0 ? log2l(sum) : -INFINITY;
}

/* The first moment at which it is below the floor if nothing more comes. */
static int64_t until_model(const struct world *w, long double heat_log2, int64_t at)
{
	return at + llroundl((long double)w->rules.half_life_us * (heat_log2 - log2l((long double)w->rules.floor)));
}

static int instant_add(int64_t *instant, int n, int64_t at)
{
	for (int i = 0; i < n; i++)
		if (instant[i] == at) return n;
	instant[n] = at;
	return n + 1;
}

static int by_instant(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Who is at which position for the time that begins at `at`; how many there are. Equal heats are those within 1e-16 of each other. */
static int arrangement(const struct world *w, int64_t at, int *ret_post)
{
	long double heat[POSTS];
	int order[POSTS], taken[4] = {0}, length = 0;
	for (int i = 0; i < w->posts; i++) {
		heat[i] = heat_log2_model(w, i, at);
		int j = i;
		for (; j > 0; j--) {
			const struct post *a = &w->post[i], *b = &w->post[order[j - 1]];
			long double hotter = heat[i] - heat[order[j - 1]];
			bool equal = !(fabsl(hotter) > 1e-16L);
			if (!(equal ? a->published != b->published ? a->published < b->published : a->id < b->id : hotter > 0)) break;
			order[j] = order[j - 1];
		}
		order[j] = i;
	}
	for (int i = 0; i < w->posts && length < w->rules.places; i++) {
		int post = order[i];
		uint32_t community = w->post[post].community;
		if (heat[post] < -1000 || until_model(w, heat[post], at) <= at) continue;
		if (w->rules.community_most && community && taken[community]++ >= w->rules.community_most) continue;
		ret_post[length++] = post;
	}
	return length;
}

static void model(const struct world *w, struct told *ret)
{
	static int64_t instant[INSTANTS];
	int n = instant_add(instant, 0, w->end);
	for (int i = 0; i < w->votes; i++) {
		int64_t at = w->vote[i].at, next = i + 1 < w->votes ? w->vote[i + 1].at : w->end;
		n = instant_add(instant, n, at);
		if (next == at) continue;
		for (int p = 0; p < w->posts; p++) {
			int64_t until = until_model(w, fmaxl(heat_log2_model(w, p, at), -900), at);
			if (until > at && until < next) n = instant_add(instant, n, until);
		}
	}
	qsort(instant, (size_t)n, sizeof *instant, by_instant);
	int held[POSTS], held_length = 0;
	int64_t since[POSTS];
	ret->n = 0;
	for (int i = 0; i < n; i++) {
		int now[POSTS], length = instant[i] == w->end ? 0 : arrangement(w, instant[i], now);
		for (int p = 0; p < POSTS; p++) {
			bool was = p < held_length, is = p < length;
			if (was && is && held[p] == now[p]) continue;
			if (was) {
				assert_true(ret->n < TENURES);
				ret->tenure[ret->n++] = (struct tenure){since[p], instant[i], (uint32_t)held[p], (uint16_t)(p + 1)};
			}
			if (is) {
				held[p] = now[p];
				since[p] = instant[i];
			}
		}
		held_length = length;
		if (instant[i] == w->end) break;
	}
}

/* ---- the machine ---- */

static void keep(void *arg, uint64_t number, const struct tenure *tenure)
{
	struct told *told = arg;
	assert_true(told->n < TENURES);
	told->number[told->n] = number;
	told->tenure[told->n++] = *tenure;
}

static struct top *machine(const struct world *w, struct told *told)
{
	told->n = 0;
	return top_new(&w->rules, keep, told);
}

static struct top *machine_with_posts(const struct world *w, struct told *told)
{
	struct top *top = machine(w, told);
	for (int i = 0; i < w->posts; i++) top_post(top, (uint32_t)i, w->post[i].id, w->post[i].published, w->post[i].community, (struct heat){0});
	return top;
}

/* Votes number first … beyond − 1 that are not erased. */
static void eat(const struct world *w, struct top *top, int first, int beyond)
{
	for (int i = first; i < beyond; i++)
		if (!w->vote[i].erased) top_vote(top, w->vote[i].post, w->vote[i].at, w->vote[i].weight);
}

static int by_from(const void *a, const void *b)
{
	const struct tenure *x = a, *y = b;
	if (x->from != y->from) return x->from < y->from ? -1 : 1;
	return x->position - y->position;
}

static void sort(struct told *told)
{
	qsort(told->tenure, (size_t)told->n, sizeof *told->tenure, by_from);
}

static void same(const struct told *a, const struct told *b)
{
	assert_int_equal(a->n, b->n);
	for (int i = 0; i < a->n; i++) {
		const struct tenure *x = &a->tenure[i], *y = &b->tenure[i];
		assert_true(x->post == y->post && x->position == y->position && x->from == y->from);
		assert_true(llabs(x->to - y->to) <= 1); /* the moment of a floor, rounded from a sum of 45 digits a vote */
	}
}

static void each(int rounds, uint64_t seed, void (*law)(struct rng *, struct world *))
{
	static struct world world;
	struct rng rng;
	rng_init(&rng, seed);
	for (int i = 0; i < rounds; i++) {
		draw(&rng, (enum manner)(i % MANNERS), &world);
		law(&rng, &world);
	}
}

/* ---- the laws ---- */

static struct told said, wanted;

static void law_model(struct rng *rng, struct world *w)
{
	(void)rng;
	struct top *top = machine_with_posts(w, &said);
	eat(w, top, 0, w->votes);
	top_end(top, w->end);
	top_free(top);
	sort(&said);
	model(w, &wanted);
	sort(&wanted);
	same(&said, &wanted);
}

static void top__is_what_sorting_all_posts_at_every_instant_gives(void **state)
{
	(void)state;
	each(1500, 21, law_model);
}

static void law_cover(struct rng *rng, struct world *w)
{
	(void)rng;
	struct top *top = machine_with_posts(w, &said);
	eat(w, top, 0, w->votes);
	top_end(top, w->end);
	top_free(top);
	for (int i = 0; i < said.n; i++) {
		const struct tenure *a = &said.tenure[i];
		assert_true(a->from < a->to && a->to <= w->end && a->position >= 1 && a->position <= w->rules.places);
		int above = 0;
		for (int j = 0; j < said.n; j++) {
			const struct tenure *b = &said.tenure[j];
			if (i != j && b->from < a->to && a->from < b->to) assert_true(a->position != b->position && a->post != b->post);
			if (b->post == a->post && b->from == a->to) assert_true(b->position != a->position);
			above += b->from <= a->from && a->from < b->to && b->position < a->position;
			/* Told in the order of time for one post and one position; numbered in the order of beginning. */
			if (i < j && (a->post == b->post || a->position == b->position)) assert_true(a->to <= b->from);
			if (a->from < b->from || (a->from == b->from && a->position < b->position)) assert_true(said.number[i] < said.number[j]);
		}
		assert_int_equal(above, a->position - 1); /* with the disjointness above: each position above is held by exactly one */
		assert_true(said.number[i] < (uint64_t)said.n);
	}
}

static void top__holds_each_position_once_without_a_gap(void **state)
{
	(void)state;
	each(1500, 22, law_cover);
}

static void law_heat(struct rng *rng, struct world *w)
{
	(void)rng;
	struct top *top = machine_with_posts(w, &said);
	for (int i = 0; i < w->votes; i++) {
		eat(w, top, i, i + 1);
		int p = (int)w->vote[i].post;
		struct heat heat = top_heat(top, (uint32_t)p);
		double by_definition = 0;
		if (i + 1 == w->votes || w->vote[i + 1].at > w->vote[i].at) {
			by_definition = (double)exp2l(heat_log2_model(w, p, w->vote[i].at));
			assert_true(fabs(heat_at(&heat, w->vote[i].at, w->rules.half_life_us) - by_definition) <= 1e-9 * by_definition);
		}
	}
	top_free(top);
}

static void top__heat_is_the_sum_by_definition(void **state)
{
	(void)state;
	each(600, 23, law_heat);
}

static void law_until(struct rng *rng, struct world *w)
{
	struct top *top = machine_with_posts(w, &wanted);
	eat(w, top, 0, w->votes);
	top_end(top, w->end);
	top_free(top);
	top = machine_with_posts(w, &said);
	int64_t at = w->vote[0].at;
	for (int i = 0; i < w->votes; i++) {
		int64_t next = w->vote[i].at;
		while (rng_below(rng, 3)) {
			at = rng_below(rng, 4) == 0 ? next : top_due(top) < next && top_due(top) > at && rng_below(rng, 2) ? top_due(top) + (int64_t)rng_below(rng, 2) : rng_between(rng, at, next);
			top_until(top, at);
		}
		eat(w, top, i, i + 1);
		at = next;
	}
	top_end(top, w->end);
	top_free(top);
	same(&said, &wanted);
}

static void top_until__changes_nothing_that_is_told(void **state)
{
	(void)state;
	each(1500, 24, law_until);
}

/* What is erased: as if it had never been, from the state before it. */
static void law_erased(struct rng *rng, struct world *w)
{
	static struct told first;
	static struct world whole;
	struct top *top = machine_with_posts(w, &wanted);
	eat(w, top, 0, w->votes);
	top_end(top, w->end);
	top_free(top);
	whole = *w; /* as it was before anything was erased */
	int earliest = w->votes;
	for (int i = w->votes - 1; i >= 0; i--) {
		if (w->vote[i].erased) earliest = i;
		whole.vote[i].erased = false;
	}
	int from = (int)rng_below(rng, (uint64_t)earliest + 1);
	while (from > 0 && from < w->votes && w->vote[from - 1].at == w->vote[from].at) from--; /* an instant is taken whole */
	top = machine_with_posts(&whole, &first);
	eat(&whole, top, 0, from);
	top_until(top, from < w->votes ? w->vote[from].at : w->end);
	struct top *again = machine(w, &said);
	for (int i = 0; i < w->posts; i++)
		top_post(again, (uint32_t)i, w->post[i].id, w->post[i].published, w->post[i].community, top_heat(top, (uint32_t)i));
	for (int p = 1; p <= top_length(top); p++) {
		int64_t since;
		uint32_t post = top_at(top, p, &since);
		top_restore(again, post, since);
	}
	top_free(top);
	eat(w, again, from, w->votes);
	top_end(again, w->end);
	top_free(again);
	for (int i = 0; i < first.n; i++) keep(&said, 0, &first.tenure[i]);
	sort(&said);
	sort(&wanted);
	same(&said, &wanted);
}

static void top_restore__without_the_erased_is_a_run_that_never_saw_them(void **state)
{
	(void)state;
	each(1500, 25, law_erased);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(top__is_what_sorting_all_posts_at_every_instant_gives),
		cmocka_unit_test(top__holds_each_position_once_without_a_gap),
		cmocka_unit_test(top__heat_is_the_sum_by_definition),
		cmocka_unit_test(top_until__changes_nothing_that_is_told),
		cmocka_unit_test(top_restore__without_the_erased_is_a_run_that_never_saw_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
