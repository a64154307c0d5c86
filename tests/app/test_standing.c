/* The rating in memory follows the keeper: whatever was voted, taken back or hidden meanwhile, it is what the rows on disk say. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/standing.h"
#include "app/top_keep.h"
#include "app/top_work.h"
#include "app/vote.h"
#include "base/moment.h"
#include "base/rng.h"
#include "store/migrate.h"
#include "store/tenure_store.h"
#include "store/vote_store.h"

#define START INT64_C(1790000000000000)
enum { BLOGGERS = 7, READERS = 15, POSTS = 40 };

static char path[64];
static struct db *db;
static struct arena *arena;
static int64_t now;
static struct error error;

static void must(enum err kind)
{
	if (kind) fail_msg("%s", error.text);
}

static int set_up(void **state)
{
	(void)state;
	int applied;
	snprintf(path, sizeof path, "/tmp/sturgeon-standing-XXXXXX");
	int fd = mkstemp(path);
	if (fd < 0) return -1;
	close(fd);
	now = START;
	must(db_open(path, DB_WRITE, &error, &db));
	must(migrate_run(db, START, &error, &applied));
	arena = arena_new(64 << 20);
	for (int64_t i = 1; i <= BLOGGERS; i++)
		must(db_exec(db, &error, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES ($1, 'blogger', 'b', 'b', 1), ($1 + 100, 'community', 'c', 'c', 1)", "i", i));
	must(db_begin(db, &error));
	return 0;
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char file[96];
	(void)state;
	must(db_commit(db, &error));
	db_close(db);
	arena_free(arena);
	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", path, ends[i]);
		unlink(file);
	}
	return 0;
}

static void post_make(int64_t post_id, int64_t author_id, int64_t community_id)
{
	must(db_exec(db, &error, "INSERT INTO post (post_id, author_id, community_id, kind, language, title, body, format, created_at, changed_at, published_at)"
				 " VALUES ($1, $2, NULLIF($3, 0), 'article', 'uk', 't', 'b', 'markdown', $4, $4, $4)", "iiii", post_id, author_id, community_id, now));
}

static void vote(int64_t reader, int64_t post_id, bool back)
{
	struct use use;
	use_init(&use, arena, db, (struct actor){1, reader, ROLE_MANAGER, "uk"}, now);
	if (vote_cast(&use, post_id, back) == FAILED) fail_msg("%s", use.error.text);
}

static void keep(void)
{
	int64_t due;
	bool changed;
	must(top_keep(db, now, &due, &changed, &error));
}

static void hide(int64_t post_id)
{
	int64_t first;
	must(db_exec(db, &error, "UPDATE post SET hidden_at = 5 WHERE post_id = $1", "i", post_id));
	must(vote_first_of_post(db, post_id, &first, &error));
	must(top_work_again(db, first, &error));
}

static int64_t number(const char *sql, int64_t journal)
{
	int64_t n;
	must(db_query_int(db, &error, 0, &n, sql, "ii", journal, now));
	return n;
}

static enum err put(void *arg, const struct tenure_row *row, struct error *err)
{
	struct rating *rating = arg;
	uint32_t post = (uint32_t)(row->post_id - 1000);
	(void)err;
	while (rating_posts(rating) <= post) {
		int64_t author, community;
		int64_t id = 1000 + rating_posts(rating);
		must(db_query_int(db, &error, 0, &author, "SELECT author_id FROM post WHERE post_id = $1", "i", id));
		must(db_query_int(db, &error, 0, &community, "SELECT COALESCE(community_id, 0) FROM post WHERE post_id = $1", "i", id));
		rating_post(rating, rating_posts(rating), (uint32_t)author, community ? (uint32_t)community : RATING_NOBODY);
	}
	assert_true(rating_put(rating, &(struct tenure){row->from, row->to, post, (uint16_t)row->position}));
	return ERR_NONE;
}

/* All figures, to the bit, are those of an index that was read from the disk this moment. */
static void assert_as_read_anew(const struct standing *standing)
{
	struct rating *anew = rating_new();
	int64_t begun = INT64_MAX;
	must(tenure_each(db, 0, put, anew, &error));
	for (uint32_t post = 0; post < rating_posts(anew); post++)
		if (rating_entered(anew, post) < begun) begun = rating_entered(anew, post);
	assert_int_equal(standing_begun(standing), begun);
	assert_int_equal(rating_tenures(standing_rating(standing)), rating_tenures(anew));
	for (int64_t id = 1; id <= 100 + BLOGGERS; id++) {
		enum rating_by by = id > 100 ? RATING_COMMUNITIES : RATING_AUTHORS;
		struct rating_span spans[] = {{RATING_ALL_TIME, now}, {START + (now - START) / 3, START + (now - START) / 2}};
		for (int i = 0; i < 2; i++) {
			struct rating_figure wanted = rating_of(anew, by, (uint32_t)id, spans[i]), figure = {0};
			uint32_t who = standing_number(standing, by, id);
			if (who != RATING_NOBODY) figure = rating_of(standing_rating(standing), by, who, spans[i]);
			figure.who = wanted.who;
			assert_memory_equal(&figure, &wanted, sizeof figure);
		}
	}
	rating_free(anew);
}

static void assert_as_on_disk(void)
{
	struct standing *standing;
	must(standing_open(db, &standing, &error));
	assert_as_read_anew(standing);
	struct rating_span span = {RATING_ALL_TIME, now};
	for (int64_t who = 1; who <= BLOGGERS; who++) {
		uint32_t author = standing_number(standing, RATING_AUTHORS, who), community = standing_number(standing, RATING_COMMUNITIES, who + 100);
		struct rating_figure a = {0}, c = {0};
		if (author != RATING_NOBODY) a = rating_of(standing_rating(standing), RATING_AUTHORS, author, span);
		if (community != RATING_NOBODY) c = rating_of(standing_rating(standing), RATING_COMMUNITIES, community, span);
		assert_int_equal(a.posts, number("SELECT count(DISTINCT t.post_id) FROM tenure t JOIN post p ON p.post_id = t.post_id WHERE p.author_id = $1 AND $2 > 0", who));
		assert_int_equal(a.time_us, number("SELECT COALESCE(sum(COALESCE(t.to_at, $2) - t.from_at), 0) FROM tenure t JOIN post p ON p.post_id = t.post_id WHERE p.author_id = $1", who));
		assert_int_equal(a.now, number("SELECT count(*) FROM tenure t JOIN post p ON p.post_id = t.post_id WHERE p.author_id = $1 AND t.to_at IS NULL AND $2 > 0", who));
		assert_int_equal(c.time_us, number("SELECT COALESCE(sum(COALESCE(t.to_at, $2) - t.from_at), 0) FROM tenure t JOIN post p ON p.post_id = t.post_id WHERE p.community_id = $1", who + 100));
	}
	standing_close(standing);
}

/* The same questions again and again, while the history goes on and is written anew: what is recalled is what would be reckoned. */
static void assert_ranks(void)
{
	struct standing *standing;
	must(standing_open(db, &standing, &error));
	for (int i = 0; i < 6; i++) {
		struct rating_span span = {START, i < 5 ? START + (i + 1) * 40 * MOMENT_HOUR : now};
		enum rating_key key = (enum rating_key)(i % RATING_KEYS);
		if (span.to > now) continue;
		struct rating_figure all[BLOGGERS + 1], *figures;
		uint32_t who[BLOGGERS], ranks[BLOGGERS], n_who = 0;
		size_t n, n_all = rating_all(standing_rating(standing), RATING_AUTHORS, span, all);
		for (int64_t id = 1; id <= BLOGGERS; id++)
			if ((who[n_who] = standing_number(standing, RATING_AUTHORS, id)) != RATING_NOBODY) n_who++;
		assert_int_equal(standing_table(standing, RATING_AUTHORS, span, key, 0, BLOGGERS, arena, &figures, &n), n_all);
		assert_int_equal(n, n_all);
		standing_ranks(standing, RATING_AUTHORS, key, &span, 1, who, n_who, ranks);
		for (size_t at = 0; at < n; at++) {
			struct rating_figure figure = rating_of(standing_rating(standing), RATING_AUTHORS, figures[at].who, span);
			assert_memory_equal(&figure, &figures[at], sizeof figure);
			for (size_t k = at + 1; k < n; k++) assert_true(rating_points(&figures[at]) >= rating_points(&figures[k]) || key != RATING_KEY_POINTS);
			for (uint32_t k = 0; k < n_who; k++)
				if (who[k] == figures[at].who) assert_int_equal(ranks[k], at + 1);
			assert_int_equal(standing_rank(standing, RATING_AUTHORS, span, key, figures[at].who), at + 1);
		}
	}
	standing_close(standing);
}

static void standing_until__stays_while_nothing_changes(void **state)
{
	(void)state;
	struct standing *standing;
	post_make(1, 1, 0);
	for (int64_t reader = 10; reader < 14; reader++) vote(reader, 1, false);
	keep();
	must(standing_open(db, &standing, &error));
	int64_t at = START + 100 * MOMENT_SECOND + 700;
	assert_int_equal(standing_until(standing, at), START + 100 * MOMENT_SECOND);
	assert_int_equal(standing_until(standing, at + 9 * MOMENT_SECOND), START + 100 * MOMENT_SECOND);
	assert_int_equal(standing_until(standing, at + 11 * MOMENT_SECOND), START + 111 * MOMENT_SECOND);
	assert_int_equal(standing_until(standing, at), START + 100 * MOMENT_SECOND); /* never after now */
	standing_close(standing);
	now += MOMENT_HOUR;
	vote(20, 1, false);
	keep();
	must(standing_open(db, &standing, &error));
	assert_int_equal(standing_until(standing, at + MOMENT_SECOND), START + 101 * MOMENT_SECOND); /* something has changed */
	standing_close(standing);
}

static void standing_open__follows_the_keeper(void **state)
{
	(void)state;
	struct rng rng;
	rng_init(&rng, 3);
	for (int64_t i = 0; i < POSTS; i++) {
		post_make(1000 + i, rng_between(&rng, 1, BLOGGERS), rng_below(&rng, 2) ? 100 + rng_between(&rng, 1, BLOGGERS) : 0);
		for (int j = 0; j < 12; j++) {
			now += rng_between(&rng, 1, MOMENT_HOUR);
			vote(rng_between(&rng, 1, READERS), 1000 + i - rng_between(&rng, 0, i < 5 ? i : 5), rng_below(&rng, 10) == 0);
			if (rng_below(&rng, 3)) continue;
			keep();
			assert_as_on_disk();
			assert_ranks();
		}
		if (i % 9 != 8) continue;
		hide(1000 + i - 2);
		keep();
		assert_ranks();
	}
	keep();
	assert_as_on_disk();
}

static void standing_table__ranks_whoever_was_there(void **state)
{
	(void)state;
	struct standing *standing;
	struct rating_figure *figures;
	size_t n;
	post_make(1, 1, 0);
	post_make(2, 2, 101);
	for (int64_t reader = 10; reader < 14; reader++) vote(reader, 1, false);
	for (int64_t reader = 10; reader < 13; reader++) vote(reader, 2, false);
	now += MOMENT_HOUR;
	keep();
	must(standing_open(db, &standing, &error));
	struct rating_span span = {RATING_ALL_TIME, now};
	assert_int_equal(standing_table(standing, RATING_AUTHORS, span, RATING_KEY_POINTS, 0, 10, arena, &figures, &n), 2);
	assert_int_equal(n, 2);
	assert_int_equal(standing_journal(standing, RATING_AUTHORS, figures[0].who), 1);
	assert_int_equal(standing_rank(standing, RATING_AUTHORS, span, RATING_KEY_POINTS, figures[1].who), 2);
	assert_int_equal(standing_table(standing, RATING_AUTHORS, span, RATING_KEY_POINTS, 1, 10, arena, &figures, &n), 2);
	assert_int_equal(n, 1);
	assert_int_equal(standing_table(standing, RATING_COMMUNITIES, span, RATING_KEY_POSTS, 0, 10, arena, &figures, &n), 1);
	uint32_t ranks[4], who[2] = {standing_number(standing, RATING_AUTHORS, 2), standing_number(standing, RATING_AUTHORS, 1)};
	struct rating_span buckets[2] = {{START - 2, START - 1}, {START - 1, now}};
	standing_ranks(standing, RATING_AUTHORS, RATING_KEY_POINTS, buckets, 2, who, 2, ranks);
	assert_int_equal(ranks[0], 0);
	assert_int_equal(ranks[2], 2);
	assert_int_equal(ranks[3], 1);
	assert_int_equal(standing_number(standing, RATING_AUTHORS, 77), RATING_NOBODY);
	assert_int_equal(standing_begun(standing), START);
	standing_close(standing);
}

/* What a hidden post did is cut away; the rest stays as it was read. */
static void standing_open__cuts_back_what_was_written_anew(void **state)
{
	(void)state;
	struct standing *standing;
	for (int64_t post = 1000; post < 1003; post++) {
		now += MOMENT_HOUR;
		post_make(post, post - 999, 0);
		for (int64_t reader = 10; reader < 14; reader++) vote(reader, post, false);
		keep();
	}
	must(standing_open(db, &standing, &error));
	uint32_t hidden = standing_post_number(standing, 1001);
	assert_int_not_equal(hidden, RATING_NOBODY);
	assert_int_not_equal(rating_entered(standing_rating(standing), hidden), INT64_MAX);
	standing_close(standing);
	now += MOMENT_HOUR;
	hide(1001);
	keep();
	vote(10, 1002, true);
	keep();
	must(standing_open(db, &standing, &error));
	assert_int_equal(standing_post_number(standing, 1001), hidden); /* it was not read again */
	assert_int_equal(rating_entered(standing_rating(standing), hidden), INT64_MAX);
	assert_as_read_anew(standing);
	standing_close(standing);
}

/* Only the last of such runs are noted: whoever has missed more reads everything. */
static void standing_open__reads_all_where_it_missed_too_much(void **state)
{
	(void)state;
	struct standing *standing;
	for (int64_t post = 1000; post < 1002; post++) {
		post_make(post, 1, 0);
		for (int64_t reader = 10; reader < 14; reader++) vote(reader, post, false);
	}
	keep();
	must(standing_open(db, &standing, &error));
	assert_int_not_equal(standing_post_number(standing, 1000), RATING_NOBODY);
	standing_close(standing);
	hide(1000);
	for (int i = 0; i < 70; i++) {
		now += MOMENT_SECOND;
		must(top_work_again(db, now, &error));
		keep();
	}
	int64_t at;
	must(tenure_again_since(db, 1, &at, &error));
	assert_int_equal(at, INT64_MIN);
	must(standing_open(db, &standing, &error));
	assert_int_equal(standing_post_number(standing, 1000), RATING_NOBODY);
	assert_as_read_anew(standing);
	standing_close(standing);
	must(db_query_int(db, &error, 0, &at, "SELECT count(*) FROM top_again", ""));
	assert_int_equal(at, 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(standing_open__follows_the_keeper, set_up, tear_down),
		cmocka_unit_test_setup_teardown(standing_open__cuts_back_what_was_written_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(standing_open__reads_all_where_it_missed_too_much, set_up, tear_down),
		cmocka_unit_test_setup_teardown(standing_table__ranks_whoever_was_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(standing_until__stays_while_nothing_changes, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
