#include "app/demo_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/demo_world.h"
#include "base/err.h"
#include "base/moment.h"

enum {
	DEEDS_MAX = 40000,
	FRESH_DAYS = 7,                 /* what is older is not read by chance */
	RING_HELPERS = 2,
};

static const double SLOW = 0.13;         /* what is written on the first day, to the growth over all of the time */
static const char *const ring[] = {"artem", "yehor", "pavlo"};

struct reader {
	double active;                  /* the chance that he looks in on a working day */
	double evening;                 /* the chance that he does so after work */
	double taste[DEMO_CLUBS_MAX + 1]; /* for communities; the last: for what stands in no community */
	bool english, ring, follows[DEMO_PEOPLE_MAX], in[DEMO_CLUBS_MAX];
	uint8_t read[DEMO_POSTS_MAX];
	int64_t voted_at[DEMO_POSTS_MAX]; /* 0: not */
};

struct visit {
	int64_t at;
	int who;
};

struct planning {
	struct arena *arena;
	const struct demo_text *text;
	struct rng *rng;
	struct demo_plan *plan;
	struct reader *readers;
	int32_t first, today;
	int64_t now, ban_from, ban_until;
	int votes[DEMO_POSTS_MAX];
	bool used[DEMO_POSTS_MAX][DEMO_SAID_MAX]; /* the reasons of a poll that somebody has given */
};

static bool happens(struct planning *p, double probability)
{
	return rng_unit(p->rng) < probability;
}

static bool weekend(int32_t day)
{
	return day_weekday(day) > 5;
}

static bool may_act(const struct planning *p, int who, int64_t at)
{
	return at <= p->now && (who != p->text->banned || at < p->ban_from || at >= p->ban_until);
}

static void deed(struct planning *p, struct demo_deed d)
{
	struct demo_plan *plan = p->plan;
	MUST(plan->n < DEEDS_MAX);
	if (!d.reason) d.reason = "";
	plan->deeds[plan->n++] = d;
}

/* ---- When it is published ---- */

/* A minute of a day at which people write and read: most before noon, some after work. */
static int minute(struct planning *p, double evening)
{
	if (happens(p, evening)) return (int)rng_between(p->rng, 18 * 60 + 20, 22 * 60 + 20);
	double u = rng_unit(p->rng);
	if (u < 0.5) return (int)rng_between(p->rng, 8 * 60 + 40, 12 * 60);
	if (u < 0.65) return (int)rng_between(p->rng, 12 * 60, 14 * 60);
	return (int)rng_between(p->rng, 14 * 60, 18 * 60);
}

static int64_t second_of(struct planning *p, int32_t day, int of_day)
{
	return demo_world_moment(day, of_day) + rng_between(p->rng, 0, 59999) * (MOMENT_SECOND / 1000);
}

/* A time of that day, or of the working day before it where it is a week-end or still to come. */
static int64_t time_to_write(struct planning *p, int32_t day, bool at_weekend)
{
	for (;; day--) {
		if (weekend(day) && !at_weekend) continue;
		int64_t at = second_of(p, day, minute(p, 0.22));
		if (at <= p->now - 20 * MOMENT_MINUTE) return at;
	}
}

static int by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* The posts of one file between two days: in their order, more with every week. */
static void publish_list(struct planning *p, int list, double days)
{
	int64_t times[DEMO_POSTS_MAX];
	int n = 0, of = 0;
	const struct demo_post *posts = p->text->posts;
	for (int i = 0; i < p->text->n_posts; i++) of += posts[i].list == list && posts[i].ago < 0;
	for (int i = 0; i < p->text->n_posts; i++) {
		if (posts[i].list != list || posts[i].ago >= 0) continue;
		double until = posts[i].until < days ? posts[i].until : days, u = (n + 0.15 + 0.7 * rng_unit(p->rng)) / of;
		double at = posts[i].from + (until - posts[i].from) * (sqrt(SLOW * SLOW + 2 * u * (SLOW + 0.5)) - SLOW);
		times[n++] = time_to_write(p, p->first + (int32_t)at, happens(p, 0.12));
	}
	qsort(times, (size_t)n, sizeof *times, by_time);
	n = 0;
	for (int i = 0; i < p->text->n_posts; i++)
		if (posts[i].list == list && posts[i].ago < 0) p->plan->published[i] = times[n++];
}

/* Not two at the same instant, and none before what it links to. */
static void publish_in_order(struct planning *p)
{
	const struct demo_text *text = p->text;
	int64_t *published = p->plan->published;
	for (int i = 0; i < text->n_posts; i++) {
		const char *at = text->posts[i].body, *from;
		for (int to; (to = demo_text_link(text, &at, &from)) >= 0;)
			if (published[to] >= published[i]) published[i] = published[to] + 3 * MOMENT_HOUR;
		MUST(published[i] <= p->now);
	}
}

static void publish_all(struct planning *p)
{
	const struct demo_text *text = p->text;
	for (int list = 0; list < journal_files_count; list++) publish_list(p, list, p->today - p->first);
	for (int i = 0; i < text->n_posts; i++)
		if (text->posts[i].ago >= 0) p->plan->published[i] = time_to_write(p, p->today - (int32_t)text->posts[i].ago, false);
	publish_in_order(p);
	for (int i = 0; i < text->n_posts; i++) {
		const struct demo_post *post = &text->posts[i];
		int64_t at = p->plan->published[i], edited = at + (int64_t)(post->edit_hours * (double)MOMENT_HOUR);
		int64_t hidden = at + (int64_t)(post->hidden_hours * (double)MOMENT_HOUR);
		MUST(may_act(p, post->author, at));
		deed(p, (struct demo_deed){.at = at, .kind = DEED_PUBLISH, .who = post->author, .post = i});
		if (post->edited && edited < p->now) deed(p, (struct demo_deed){.at = edited, .kind = DEED_EDIT, .who = post->author, .post = i});
		if (post->hidden_by >= 0 && hidden < p->now) deed(p, (struct demo_deed){.at = hidden, .kind = DEED_HIDE, .who = post->hidden_by, .post = i});
	}
}

/* ---- What is answered ---- */

/* Nobody writes at night. */
static int64_t awake(struct planning *p, int64_t at)
{
	struct moment_parts parts = moment_local(at);
	if (parts.hour >= 8 && parts.hour < 23) return at;
	int32_t day = day_of(at) + (parts.hour >= 23);
	return second_of(p, day, (int)rng_between(p->rng, 8 * 60 + 5, 10 * 60));
}

static int64_t later(struct planning *p, double mean_minutes)
{
	return (int64_t)((2 - log(1 - rng_unit(p->rng)) * mean_minutes) * (double)MOMENT_MINUTE);
}

static bool is_hidden(const struct planning *p, int post, int64_t at)
{
	const struct demo_post *of = &p->text->posts[post];
	return of->hidden_by >= 0 && at >= p->plan->published[post] + (int64_t)(of->hidden_hours * (double)MOMENT_HOUR) - MOMENT_MINUTE;
}

/* One after another; an answer comes sooner than a remark. What would come too late does not come, nor what answers it. */
static void comments_plan(struct planning *p, int post)
{
	const struct demo_post *of = &p->text->posts[post];
	int64_t when[DEMO_COMMENTS_MAX], last = p->plan->published[post];
	for (int i = 0; i < of->n_comments; i++) {
		const struct demo_comment *c = &of->comments[i];
		when[i] = c->parent >= 0 ? when[c->parent] : last;
		if (when[i] < 0) continue;
		when[i] = awake(p, when[i] + later(p, c->parent >= 0 ? 70 : i == 0 ? 150 : 300));
		if (!may_act(p, c->author, when[i]) || is_hidden(p, post, when[i])) when[i] = -1;
		else deed(p, (struct demo_deed){.at = when[i], .kind = DEED_COMMENT, .who = c->author, .post = post, .place = i});
		if (c->parent < 0 && when[i] >= 0) last = when[i];
	}
}

static void answers_plan(struct planning *p, int post)
{
	const struct demo_post *of = &p->text->posts[post];
	for (int i = 0; i < of->n_said; i++) {
		const struct demo_said *said = &of->said[i];
		if (said->author < 0) continue;
		int64_t at = awake(p, p->plan->published[post] + later(p, 9 * 60));
		if (!may_act(p, said->author, at)) continue;
		deed(p, (struct demo_deed){.at = at, .kind = DEED_ANSWER, .who = said->author, .post = post, .place = said->place, .reason = said->reason});
		p->used[post][i] = true;
	}
}

/* A reader's answer: as others think, now and then with a reason that nobody has given yet. */
static void answer_plan(struct planning *p, int who, int post, int64_t at)
{
	const struct demo_post *of = &p->text->posts[post];
	if (who < p->text->n_writers || !happens(p, 0.6)) return;
	int i = (int)rng_below(p->rng, (uint64_t)of->n_said);
	bool says = of->said[i].author < 0 && !p->used[post][i];
	if (says) p->used[post][i] = true;
	deed(p, (struct demo_deed){.at = at + rng_between(p->rng, 40, 200) * MOMENT_SECOND, .kind = DEED_ANSWER, .who = who, .post = post, .place = of->said[i].place,
				   .reason = says ? of->said[i].reason : ""});
}

/* ---- Who joins what ---- */

static void join(struct planning *p, int who, int club, int64_t at)
{
	if (p->readers[who].in[club]) return;
	p->readers[who].in[club] = true;
	deed(p, (struct demo_deed){.at = at, .kind = DEED_JOIN, .who = who, .post = club});
}

static void joins_plan(struct planning *p)
{
	int64_t at = demo_world_moment(p->first, 9 * 60 + 30);
	for (int club = 0; club < p->text->n_clubs; club++) {
		const struct demo_club *c = &p->text->clubs[club];
		for (int i = 0; i < c->n_moderators; i++) join(p, c->moderators[i], club, at += MOMENT_MINUTE); /* the first founds it */
	}
	for (int i = 0; i < p->text->n_posts; i++)
		if (p->text->posts[i].club >= 0) join(p, p->text->posts[i].author, p->text->posts[i].club, at += 7 * MOMENT_SECOND);
}

/* ---- Reading ---- */

static void readers_make(struct planning *p)
{
	const struct demo_text *text = p->text;
	int helpers = 0;
	p->readers = ARENA_ARRAY(p->arena, struct reader, text->n_people);
	for (int i = 0; i < text->n_people; i++) {
		struct reader *r = &p->readers[i];
		bool writes = i < text->n_writers;
		r->active = writes ? 0.75 : 0.25 + 0.65 * rng_unit(p->rng);
		r->evening = 0.5 * rng_unit(p->rng);
		r->english = writes || happens(p, 0.55);
		for (int club = 0; club <= text->n_clubs; club++) r->taste[club] = 0.45 + 1.1 * rng_unit(p->rng);
		for (size_t k = 0; writes && k < sizeof ring / sizeof *ring; k++) r->ring = r->ring || !strcmp(text->people[i].key, ring[k]);
	}
	for (int i = text->n_writers; i < text->n_people && helpers < RING_HELPERS; i++) {
		int of = 0;
		while (of < text->n_writers && !p->readers[of].ring) of++;
		if (of < text->n_writers && text->people[i].team == text->people[of].team) p->readers[i].ring = ++helpers;
	}
}

static void vote(struct planning *p, int who, int post, int64_t at)
{
	struct reader *r = &p->readers[who];
	const struct demo_post *of = &p->text->posts[post];
	if (r->voted_at[post] || of->author == who || !may_act(p, who, at) || is_hidden(p, post, at)) return;
	r->voted_at[post] = at;
	p->votes[post]++;
	deed(p, (struct demo_deed){.at = at, .kind = DEED_VOTE, .who = who, .post = post});
	if (of->club >= 0 && happens(p, 0.5)) join(p, who, of->club, at + 20 * MOMENT_SECOND);
}

/* How often he has voted for this author of late. */
static int votes_for(const struct planning *p, int who, int author, int64_t at)
{
	int n = 0;
	for (int i = 0; i < p->text->n_posts; i++) {
		int64_t voted = p->readers[who].voted_at[i];
		n += p->text->posts[i].author == author && voted && voted > at - 30 * MOMENT_DAY;
	}
	return n;
}

static double taste(const struct planning *p, int who, int post)
{
	const struct demo_post *of = &p->text->posts[post];
	const struct reader *r = &p->readers[who];
	double taste = r->taste[of->club >= 0 ? of->club : p->text->n_clubs];
	if (!strcmp(of->language, "en") && !r->english) taste *= 0.2;
	if (p->text->people[of->author].team == p->text->people[who].team) taste *= 1.25;
	if (r->follows[of->author]) taste *= 1.4;
	return taste;
}

static bool likes(struct planning *p, int who, int post, int64_t at)
{
	const struct demo_post *of = &p->text->posts[post];
	double good = 0.95 * pow(of->worth / 10.0, 1.3) * (strcmp(of->kind, "article") ? 0.8 : 1);
	if (of->worth <= 2) good /= 3;
	return happens(p, good * (0.5 + 0.5 * taste(p, who, post)) * pow(0.87, votes_for(p, who, of->author, at)));
}

static void read_one(struct planning *p, int who, int post, int64_t at)
{
	struct reader *r = &p->readers[who];
	const struct demo_post *of = &p->text->posts[post];
	r->read[post] = 1;
	if (of->author == who || !likes(p, who, post, at)) return;
	vote(p, who, post, at);
	if (of->question) answer_plan(p, who, post, at);
	if (!r->follows[of->author] && votes_for(p, who, of->author, at) >= 2 && happens(p, 0.4)) {
		r->follows[of->author] = true;
		deed(p, (struct demo_deed){.at = at + 30 * MOMENT_SECOND, .kind = DEED_FOLLOW, .who = who, .post = of->author});
	}
}

/* He reads some of what he has not read, the likelier the newer and the nearer to his heart. */
static void visit_run(struct planning *p, const struct visit *visit)
{
	struct reader *r = &p->readers[visit->who];
	int64_t at = visit->at;
	for (int left = (int)rng_between(p->rng, 2, 4); left > 0; left--) {
		double weights[DEMO_POSTS_MAX], all = 0;
		for (int i = 0; i < p->text->n_posts; i++) {
			double days = (double)(at - p->plan->published[i]) / (double)MOMENT_DAY;
			weights[i] = 0;
			if (days < 0 || days > FRESH_DAYS || r->read[i] || is_hidden(p, i, at)) continue;
			weights[i] = taste(p, visit->who, i) * (0.9 + 0.1 * exp(-days / 1.5));
			all += weights[i];
		}
		if (all <= 0) return;
		double u = rng_unit(p->rng) * all;
		int pick = 0;
		while (pick < p->text->n_posts - 1 && (weights[pick] <= 0 || u >= weights[pick])) u -= weights[pick++];
		read_one(p, visit->who, pick, at);
		at += rng_between(p->rng, 50, 240) * MOMENT_SECOND;
	}
}

static int by_visit(const void *a, const void *b)
{
	const struct visit *x = a, *y = b;
	return x->at != y->at ? (x->at > y->at) - (x->at < y->at) : x->who - y->who;
}

static void visits_run(struct planning *p)
{
	int n = 0, days = p->today - p->first;
	struct visit *visits = ARENA_ARRAY(p->arena, struct visit, p->text->n_people * (days + 1) * 2);
	for (int32_t day = p->first + 1; day <= p->today; day++) {
		double taken_to = 0.45 + 0.55 * (day - p->first) / days;
		for (int who = 0; who < p->text->n_people; who++) {
			double active = p->readers[who].active * taken_to * (weekend(day) ? 0.65 : 1);
			for (int time = 0; time < 2; time++, active *= 0.35) { /* some look in twice */
				struct visit visit = {second_of(p, day, minute(p, weekend(day) ? 0.6 : p->readers[who].evening)), who};
				if (happens(p, active) && may_act(p, who, visit.at)) visits[n++] = visit;
			}
		}
	}
	qsort(visits, (size_t)n, sizeof *visits, by_visit);
	for (int i = 0; i < n; i++) visit_run(p, &visits[i]);
}

/* Friends vote for one another, unread, until one of them is banned. */
static void ring_run(struct planning *p)
{
	for (int post = 0; post < p->text->n_posts; post++) {
		int64_t at = p->plan->published[post];
		if (!p->readers[p->text->posts[post].author].ring || at >= p->ban_from) continue;
		for (int who = 0; who < p->text->n_people; who++)
			if (p->readers[who].ring) vote(p, who, post, at + rng_between(p->rng, 40, 540) * MOMENT_SECOND);
	}
}

/* ---- All together ---- */

static int by_deed(const void *a, const void *b)
{
	const struct demo_deed *x = a, *y = b;
	if (x->at != y->at) return (x->at > y->at) - (x->at < y->at);
	if (x->kind != y->kind) return (int)x->kind - (int)y->kind;
	if (x->post != y->post) return x->post - y->post;
	return x->who != y->who ? x->who - y->who : x->place - y->place;
}

struct demo_plan *demo_plan_make(struct arena *arena, const struct demo_text *text, struct rng *rng, int32_t first, int64_t now)
{
	struct planning *p = ARENA_NEW(arena, struct planning);
	*p = (struct planning){.arena = arena, .text = text, .rng = rng, .first = first, .today = day_of(now), .now = now, .ban_from = INT64_MAX, .ban_until = INT64_MAX};
	p->plan = ARENA_NEW(arena, struct demo_plan);
	p->plan->deeds = ARENA_ARRAY(arena, struct demo_deed, DEEDS_MAX);
	if (text->banned >= 0) {
		int32_t day = first + (int32_t)text->ban_day;
		while (weekend(day)) day++;
		p->ban_from = demo_world_moment(day, 11 * 60 + 20);
		p->ban_until = p->ban_from + (int64_t)text->ban_days * MOMENT_DAY;
		deed(p, (struct demo_deed){.at = p->ban_from, .kind = DEED_BAN, .who = text->banned_by, .post = text->banned});
	}
	readers_make(p);
	publish_all(p);
	joins_plan(p);
	for (int i = 0; i < text->n_posts; i++) {
		comments_plan(p, i);
		if (text->posts[i].question) answers_plan(p, i);
	}
	ring_run(p);
	visits_run(p);
	qsort(p->plan->deeds, (size_t)p->plan->n, sizeof *p->plan->deeds, by_deed);
	return p->plan;
}
