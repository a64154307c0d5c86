/* Which vote of a reader for an author it is (T8). */
#include "core/top/weigher.h"

#include <stdbool.h>

#include "base/rng.h"
#include "check.h"
#include "core/top/vote_weight.h"

#define NOW (INT64_C(1760000000) * 1000000)

static void weigher_vote__one_per_reader_and_post(void **state)
{
	(void)state;
	struct weigher *w = weigher_new();
	assert_int_equal(weigher_vote(w, 0, 0, 1, NOW), 1);
	assert_int_equal(weigher_vote(w, 0, 0, 1, NOW), WEIGHER_AGAIN);
	assert_int_equal(weigher_vote(w, 0, 0, 1, NOW + 100 * VOTE_WINDOW), WEIGHER_AGAIN);
	assert_int_equal(weigher_vote(w, 2, 0, 1, NOW + 100 * VOTE_WINDOW), 1);
	weigher_free(w);
}

static void weigher_vote__own_weighs_nothing_and_counts_for_nothing(void **state)
{
	(void)state;
	struct weigher *w = weigher_new();
	assert_int_equal(weigher_vote(w, 5, 0, 5, NOW), WEIGHER_OWN);
	assert_int_equal(weigher_vote(w, 5, 0, 5, NOW), WEIGHER_AGAIN);
	assert_int_equal(weigher_vote(w, 5, 1, 5, NOW), WEIGHER_OWN);
	assert_int_equal(weigher_vote(w, 5, 2, 6, NOW), 1);
	weigher_free(w);
}

static void weigher_vote__counts_thirty_days_to_the_microsecond(void **state)
{
	(void)state;
	struct weigher *w = weigher_new();
	assert_int_equal(weigher_vote(w, 0, 0, 1, NOW), 1);
	assert_int_equal(weigher_vote(w, 0, 1, 1, NOW + 5), 2);
	assert_int_equal(weigher_vote(w, 0, 2, 1, NOW + VOTE_WINDOW), 3);
	assert_int_equal(weigher_vote(w, 0, 3, 1, NOW + VOTE_WINDOW + 1), 3); /* the first is out by a microsecond */
	assert_int_equal(weigher_vote(w, 0, 4, 2, NOW + VOTE_WINDOW + 1), 1); /* another author */
	assert_int_equal(weigher_vote(w, 0, 5, 1, NOW + 3 * VOTE_WINDOW), 1);
	weigher_free(w);
}

static void weigher_vote__is_what_counting_gives(void **state)
{
	(void)state;
	enum { VOTES = 6000 };
	static struct { uint32_t voter, post, author; int64_t at; bool counts; } vote[VOTES];
	struct rng rng;
	rng_init(&rng, 11);
	for (int round = 0; round < 6; round++) {
		uint32_t people = (uint32_t[]){2, 5, 30, 30, 300, 3000}[round], of_each = round % 2 ? 40 : 3;
		struct weigher *w = weigher_new();
		int64_t at = NOW;
		for (int i = 0; i < VOTES; i++) {
			at += rng_between(&rng, 0, round == 2 ? 40 * VOTE_WINDOW / VOTES : 5 * VOTE_WINDOW / VOTES);
			uint32_t author = (uint32_t)rng_below(&rng, people), post = author * of_each + (uint32_t)rng_below(&rng, of_each);
			uint32_t voter = (uint32_t)rng_below(&rng, people);
			int n = 1;
			bool again = false;
			for (int j = 0; j < i; j++) {
				again |= vote[j].voter == voter && vote[j].post == post;
				n += vote[j].counts && vote[j].voter == voter && vote[j].author == author && at - vote[j].at <= VOTE_WINDOW;
			}
			int wanted = again ? WEIGHER_AGAIN : voter == author ? WEIGHER_OWN : n;
			vote[i].voter = voter;
			vote[i].post = post;
			vote[i].author = author;
			vote[i].at = at;
			vote[i].counts = wanted > 0;
			weigher_expect(w, voter, post, author);
			assert_int_equal(weigher_vote(w, voter, post, author, at), wanted);
		}
		weigher_free(w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weigher_vote__one_per_reader_and_post),
		cmocka_unit_test(weigher_vote__own_weighs_nothing_and_counts_for_nothing),
		cmocka_unit_test(weigher_vote__counts_thirty_days_to_the_microsecond),
		cmocka_unit_test(weigher_vote__is_what_counting_gives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
