/* Journals of a busy company in a data file that is there (of bench_seed, or a demo company), for whoever measures or looks at the top and the rating.
 *
 *   build/bench/bench_seed_top FILE [--posts 100000] [--votes 1000000] [--days 90] [--bloggers 500] [--readers 5000]
 *
 * Posts come evenly; few get many votes, most get few, and half of a post's votes come in its first hours. The votes are written as they are, then the keeper of the
 * top runs over all of them once. The same numbers give the same history, counted back from now. Prints one JSON object. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/top_keep.h"
#include "app/top_work.h"
#include "base/arena.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/rng.h"
#include "base/text.h"
#include "store/store.h"

enum { COMMUNITIES = 6, BATCH = 20000, READERS_FROM = 1000000, HALF_OF_VOTES_H = 6 };

struct ballot {
	int64_t at;
	int32_t post, reader;
};

struct seed {
	struct rng rng;
	int64_t posts, votes, days, bloggers, readers, now;
	int64_t *author, community[COMMUNITIES];
	int64_t *post, *post_author;    /* their ids */
	struct ballot *ballots;
	int64_t made_posts, made_votes, n;
};

static const char *const starts[] = {"Як я", "Чому ми", "Що сказати, коли", "Три питання перед тим, як", "Коли клієнт каже «дорого», а ви", "Навіщо", "Історія про те, як", "Помилка, через яку"};
static const char *const ends[] = {"закрили угоду за один дзвінок", "не прогнулися на умовах", "перестали знижувати ціну", "знайшли справжній мотив", "повернули мовчазного клієнта",
				   "домовилися про передоплату", "дізналися, хто вирішує", "обійшлися без знижки", "почули «так» після третього «ні»"};
static const char *const kinds[] = {"article", "article", "article", "story", "opener", "question", "answer", "argument", "concession"};
static const char *const firsts[] = {"Олена", "Тарас", "Марія", "Богдан", "Світлана", "Юрій", "Ірина", "Андрій", "Оксана", "Василь", "Наталія", "Михайло"};
static const char *const lasts[] = {"Гнатюк", "Ковальчук", "Савчук", "Бойко", "Мельник", "Шевченко", "Лисенко", "Ткач", "Марченко", "Мороз", "Клименко", "Яценко"};
static const char *const communities[] = {"Холодні дзвінки", "Великі угоди", "Умови без знижок", "Роздріб і ТРЦ", "Історії з полів", "Новачки"};

#define PICK(seed, list) (list)[rng_below(&(seed)->rng, sizeof(list) / sizeof *(list))]

static void die(const char *what, const struct error *err)
{
	fprintf(stderr, "bench_seed_top: %s: %s\n", what, err->text);
	exit(1);
}

static enum err journal_make(struct db *db, struct arena *arena, int64_t id, const char *kind, const char *name, int64_t at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", "ittti", id, kind, name,
		       text_fold(arena, name), at);
}

/* The members write too; the others are outside feeds. */
static enum err journals_make(struct db *db, void *arg, struct error *err)
{
	struct seed *s = arg;
	struct arena *arena = arena_new(64 << 20);
	enum err kind = ERR_NONE;
	int64_t n = 0;
	struct rows *rows = db_query(db, "SELECT member_id, name FROM member ORDER BY member_id", "");
	while (!kind && n < s->bloggers && rows_next(rows)) {
		s->author[n] = rows_int(rows, 0);
		kind = journal_make(db, arena, s->author[n++], "blogger", rows_text(rows, 1), s->now - 400 * MOMENT_DAY, err);
	}
	if (rows_done(rows, err)) kind = err->kind;
	for (; !kind && n < s->bloggers; n++) {
		s->author[n] = id_new(s->now);
		kind = journal_make(db, arena, s->author[n], "blogger", arena_printf(arena, "%s %s", PICK(s, firsts), PICK(s, lasts)), s->now - 400 * MOMENT_DAY, err);
	}
	for (int i = 0; !kind && i < COMMUNITIES; i++) {
		s->community[i] = id_new(s->now);
		kind = journal_make(db, arena, s->community[i], "community", communities[i], s->now - 400 * MOMENT_DAY, err);
	}
	arena_free(arena);
	return kind;
}

static enum err posts_make(struct db *db, void *arg, struct error *err)
{
	struct seed *s = arg;
	struct arena *arena = arena_new(256 << 20);
	enum err kind = ERR_NONE;
	for (int64_t end = s->made_posts + BATCH; !kind && s->made_posts < s->posts && s->made_posts < end; s->made_posts++) {
		int64_t i = s->made_posts, at = s->now - s->days * MOMENT_DAY + s->days * MOMENT_DAY * i / s->posts;
		s->post[i] = id_new(s->now);
		s->post_author[i] = s->author[(int64_t)((double)s->bloggers * pow(rng_unit(&s->rng), 2))];
		int64_t community = rng_below(&s->rng, 3) ? 0 : PICK(s, s->community);
		kind = db_exec(db, err,
			       "INSERT INTO post (post_id, author_id, community_id, kind, language, title, body, format, created_at, changed_at, published_at)"
			       " VALUES ($1, $2, NULLIF($3, 0), $4, 'uk', $5, '', 'markdown', $6, $6, $6)",
			       "iiitti", s->post[i], s->post_author[i], community, PICK(s, kinds), arena_printf(arena, "%s %s", PICK(s, starts), PICK(s, ends)), at);
	}
	arena_free(arena);
	return kind;
}

static int by_time(const void *a, const void *b)
{
	const struct ballot *x = a, *y = b;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* How many votes each post gets goes as 1/rank does; readers of a post are those from a chance one on, so nobody votes for it twice. */
static void ballots_cast(struct seed *s)
{
	double whole = 0;
	for (int64_t i = 0; i < s->posts; i++) whole += 1.0 / (double)(i + 20);
	if (s->posts < 1 || s->posts > INT32_MAX) abort();
	int64_t *rank = calloc((size_t)s->posts, sizeof *rank);
	if (!rank) abort();
	for (int64_t i = 0; i < s->posts; i++) rank[i] = i;
	for (int64_t i = s->posts - 1; i > 0; i--) {
		int64_t j = (int64_t)rng_below(&s->rng, (uint64_t)i + 1), keep = rank[i];
		rank[i] = rank[j];
		rank[j] = keep;
	}
	for (int64_t i = 0; i < s->posts; i++) {
		int64_t published = s->now - s->days * MOMENT_DAY + s->days * MOMENT_DAY * i / s->posts;
		double wanted = (double)s->votes / whole / (double)(rank[i] + 20) + rng_unit(&s->rng);
		int64_t n = wanted < (double)s->readers ? (int64_t)wanted : s->readers, reader = (int64_t)rng_below(&s->rng, (uint64_t)s->readers);
		for (int64_t k = 0; k < n && s->n < s->votes; k++) {
			int64_t at = published + (int64_t)(-log(1 - rng_unit(&s->rng)) / log(2) * HALF_OF_VOTES_H * MOMENT_HOUR);
			if (at < s->now) s->ballots[s->n++] = (struct ballot){at, (int32_t)i, (int32_t)((reader + k) % s->readers)};
		}
	}
	free(rank);
	qsort(s->ballots, (size_t)s->n, sizeof *s->ballots, by_time);
}

static enum err votes_make(struct db *db, void *arg, struct error *err)
{
	struct seed *s = arg;
	enum err kind = ERR_NONE;
	for (int64_t end = s->made_votes + BATCH; !kind && s->made_votes < s->n && s->made_votes < end; s->made_votes++) {
		const struct ballot *b = &s->ballots[s->made_votes];
		kind = db_exec(db, err, "INSERT INTO vote (vote_id, post_id, voter_id, author_id, kind, base, at) VALUES ($1, $2, $3, $4, 'up', 1, $5)", "iiiii", id_new(s->now),
			       s->post[b->post], (int64_t)READERS_FROM + b->reader, s->post_author[b->post], b->at);
	}
	return kind;
}

static enum err keep(struct db *db, void *arg, struct error *err)
{
	const struct seed *s = arg;
	int64_t due;
	bool changed;
	enum err kind = s->n ? top_work_again(db, s->ballots[0].at, err) : ERR_NONE;
	return kind ? kind : top_keep(db, s->now, &due, &changed, err);
}

static enum err counted(struct db *db, void *arg, struct error *err)
{
	return db_query_int(db, err, 0, arg, "SELECT count(*) FROM tenure", "");
}

static int64_t option(int argc, char **argv, const char *name, int64_t otherwise)
{
	int64_t n = otherwise;
	for (int i = 2; i + 1 < argc; i++)
		if (!strcmp(argv[i], name) && (!parse_int(argv[i + 1], &n) || n < 1)) n = otherwise;
	return n;
}

int main(int argc, char **argv)
{
	struct error error;
	struct store *store;
	static struct seed s;
	if (argc < 2) {
		fprintf(stderr, "usage: bench_seed_top FILE [--posts N] [--votes N] [--days N] [--bloggers N] [--readers N]\n");
		return 2;
	}
	s.posts = option(argc, argv, "--posts", 100000);
	s.votes = option(argc, argv, "--votes", 1000000);
	s.days = option(argc, argv, "--days", 90);
	s.bloggers = option(argc, argv, "--bloggers", 500);
	s.readers = option(argc, argv, "--readers", 5000);
	s.now = moment_now();
	s.author = calloc((size_t)s.bloggers, sizeof *s.author);
	s.post = calloc((size_t)s.posts, sizeof *s.post);
	s.post_author = calloc((size_t)s.posts, sizeof *s.post_author);
	s.ballots = calloc((size_t)s.votes, sizeof *s.ballots);
	if (!s.author || !s.post || !s.post_author || !s.ballots) abort();
	rng_init(&s.rng, 42);
	if (store_open(argv[1], &error, &store)) die("open", &error);
	if (store_write(store, journals_make, &s, &error)) die("journals", &error);
	while (s.made_posts < s.posts)
		if (store_write(store, posts_make, &s, &error)) die("posts", &error);
	ballots_cast(&s);
	while (s.made_votes < s.n)
		if (store_write(store, votes_make, &s, &error)) die("votes", &error);
	int64_t began = moment_steady(), tenures = 0;
	if (store_write(store, keep, &s, &error)) die("keep", &error);
	double took = (double)(moment_steady() - began) / 1e6;
	if (store_write(store, counted, &tenures, &error)) die("count", &error);
	store_close(store);
	printf("{\"posts\": %lld, \"votes\": %lld, \"tenures\": %lld, \"keeper_s\": %.2f}\n", (long long)s.posts, (long long)s.n, (long long)tenures, took);
	free(s.author);
	free(s.post);
	free(s.post_author);
	free(s.ballots);
	return 0;
}
