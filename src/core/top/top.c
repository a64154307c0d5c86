#include "core/top/top.h"

#include <stdlib.h>

#include "base/err.h"

/* 32 bytes: a vote for a post outside the top touches one line of memory. */
struct top_post {
	struct heat heat;
	int64_t published;
	uint32_t community;
	uint16_t position; /* 0: outside */
};

/* Who is at a position since an instant that is over. */
struct top_stay {
	int64_t since;
	uint64_t number;
	uint32_t post;
};

/* now[] is the top as it stands; held[] as it stood when the present instant began. They differ in [low, high) at most: when the instant is over (at moves on)
 * what still differs is told, and held becomes now. */
struct top {
	struct top_rules rules;
	top_told *told;
	void *arg;
	struct top_post *posts;
	int64_t *ids;
	size_t n, room;
	int64_t at, due;              /* due: when the last one leaves; INT64_MAX where nobody is there */
	int length, held_length, low, high;
	uint64_t begun;
	int64_t moment_at;            /* of the moment worked out last */
	struct heat_moment moment;
	uint32_t now[TOP_MOST + 1];
	struct top_stay held[TOP_MOST];
};

const struct top_rules top_rules_default = {
	.half_life_us = INT64_C(12) * 3600 * 1000000,
	.floor = 2,
	.places = 50,
	.late_us = INT64_C(7) * 24 * 3600 * 1000000,
};

struct top *top_new(const struct top_rules *rules, top_told *told, void *arg)
{
	MUST(rules->half_life_us > 0 && rules->floor > 0 && rules->places >= 1 && rules->places <= TOP_MOST && rules->late_us >= 0 && rules->community_most >= 0);
	struct top *top = calloc(1, sizeof *top);
	if (!top) abort();
	top->rules = *rules;
	top->told = told;
	top->arg = arg;
	top->at = top->moment_at = INT64_MIN;
	top->moment = heat_moment(INT64_MIN, rules->half_life_us);
	top->due = INT64_MAX;
	top->low = TOP_MOST;
	return top;
}

void top_free(struct top *top)
{
	if (!top) return;
	free(top->posts);
	free(top->ids);
	free(top);
}

void top_post(struct top *top, uint32_t post, int64_t id, int64_t published, uint32_t community, struct heat heat)
{
	MUST(post == top->n);
	if (top->n == top->room) {
		top->room += top->room / 2 + 64;
		top->posts = reallocarray(top->posts, top->room, sizeof *top->posts);
		top->ids = reallocarray(top->ids, top->room, sizeof *top->ids);
		if (!top->posts || !top->ids) abort();
	}
	top->posts[top->n] = (struct top_post){.heat = heat, .published = published, .community = community};
	top->ids[top->n++] = id;
}

static bool before(const struct top *top, uint32_t a, uint32_t b)
{
	const struct top_post *x = &top->posts[a], *y = &top->posts[b];
	int hotter = heat_compare(&x->heat, &y->heat);
	if (hotter) return hotter > 0;
	if (x->published != y->published) return x->published < y->published;
	return top->ids[a] < top->ids[b];
}

static void due_find(struct top *top)
{
	top->due = top->length ? heat_until(&top->posts[top->now[top->length - 1]].heat, top->rules.floor, top->rules.half_life_us) : INT64_MAX;
}

/* Positions from low up to, not including, high (from 0) are not as they were. */
static void touched(struct top *top, int low, int high)
{
	if (low < top->low) top->low = low;
	if (high > top->high) top->high = high;
}

void top_restore(struct top *top, uint32_t post, int64_t since)
{
	int at = top->length;
	MUST(post < top->n && at < top->rules.places && !top->posts[post].position && at == top->held_length && top->low >= top->high);
	MUST(!at || before(top, top->now[at - 1], post));
	top->now[at] = post;
	top->held[at] = (struct top_stay){since, top->begun++, post};
	top->posts[post].position = (uint16_t)(at + 1);
	top->length = top->held_length = at + 1;
	if (since > top->at) top->at = since;
	due_find(top);
}

static void stay_told(const struct top *top, int at, int64_t to)
{
	const struct top_stay *stay = &top->held[at];
	if (stay->since < to) top->told(top->arg, stay->number, &(struct tenure){stay->since, to, stay->post, (uint16_t)(at + 1)});
}

/* The instant is over: what it changed has been so since then. */
static void commit(struct top *top)
{
	for (int i = top->low; i < top->high; i++) {
		bool was = i < top->held_length, is = i < top->length;
		if (was && is && top->held[i].post == top->now[i]) continue;
		if (was) stay_told(top, i, top->at);
		if (is) top->held[i] = (struct top_stay){top->at, top->begun++, top->now[i]};
	}
	top->held_length = top->length;
	top->low = TOP_MOST;
	top->high = 0;
}

static void leave_last(struct top *top)
{
	int last = --top->length;
	top->posts[top->now[last]].position = 0;
	touched(top, last, last + 1);
	due_find(top);
}

void top_until(struct top *top, int64_t at)
{
	MUST(at >= top->at);
	if (at == top->at) return;
	while (top->low < top->high || top->due < at) {
		while (top->due <= top->at) leave_last(top);
		commit(top);
		if (top->due >= at) break;
		top->at = top->due;
	}
	top->at = at;
}

void top_end(struct top *top, int64_t at)
{
	top_until(top, at);
	for (int i = 0; i < top->held_length; i++) stay_told(top, i, at);
}

/* The post takes the place `at` (from 0) and goes up past those it comes before; where it ends. */
static int rise(struct top *top, uint32_t post, int at)
{
	int from = at;
	for (; at > 0 && before(top, post, top->now[at - 1]); at--) {
		top->now[at] = top->now[at - 1];
		top->posts[top->now[at]].position = (uint16_t)(at + 1);
	}
	top->now[at] = post;
	top->posts[post].position = (uint16_t)(at + 1);
	if (from == top->length - 1) due_find(top);
	return at;
}

/* The coolest of a community that holds as many places as it may; −1 where it has room. */
static int community_last(const struct top *top, uint32_t community)
{
	int n = 0, last = -1;
	for (int i = top->length - 1; i >= 0; i--) {
		if (top->posts[top->now[i]].community != community) continue;
		if (last < 0) last = i;
		if (++n == top->rules.community_most) return last;
	}
	return -1;
}

static void enter(struct top *top, uint32_t post)
{
	const struct top_post *p = &top->posts[post];
	int place = top->length;
	bool full = place == top->rules.places;
	if (full && !before(top, post, top->now[place - 1])) return;
	int rival = top->rules.community_most && p->community ? community_last(top, p->community) : -1;
	if (rival >= 0) place = rival;
	else if (full) place--;
	if (place == top->length) {
		if (heat_until(&p->heat, top->rules.floor, top->rules.half_life_us) < top->at) return;
		top->length++;
	} else {
		if (!before(top, post, top->now[place])) return;
		top->posts[top->now[place]].position = 0;
	}
	touched(top, rise(top, post, place), place + 1);
}

void top_vote(struct top *top, uint32_t post, int64_t at, double weight)
{
	MUST(post < top->n);
	top_until(top, at);
	struct top_post *p = &top->posts[post];
	int64_t earliest;
	if (__builtin_sub_overflow(at, top->rules.late_us, &earliest)) earliest = INT64_MIN;
	if (!(weight > 0) || p->published < earliest) return;
	if (at != top->moment_at) {
		top->moment = heat_moment(at, top->rules.half_life_us);
		top->moment_at = at;
	}
	heat_add_then(&p->heat, &top->moment, weight);
	if (!p->position) {
		enter(top, post);
		return;
	}
	int from = p->position - 1, to = rise(top, post, from);
	if (to < from) touched(top, to, from + 1);
}

void top_expect(const struct top *top, uint32_t post)
{
	__builtin_prefetch(&top->posts[post], 1);
}

int top_length(const struct top *top)
{
	return top->length;
}

uint32_t top_at(const struct top *top, int position, int64_t *ret_since)
{
	MUST(position >= 1 && position <= top->length);
	int i = position - 1;
	bool stays = i < top->held_length && top->held[i].post == top->now[i];
	*ret_since = stays ? top->held[i].since : top->at;
	return top->now[i];
}

struct heat top_heat(const struct top *top, uint32_t post)
{
	MUST(post < top->n);
	return top->posts[post].heat;
}

int64_t top_due(const struct top *top)
{
	return top->due;
}
