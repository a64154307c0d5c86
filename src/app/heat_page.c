#include "app/heat_page.h"

#include <math.h>

#include "base/moment.h"
#include "store/tenure_store.h"
#include "store/top_store.h"

struct page {
	struct use *use;
	int64_t post_id, at, as_of;     /* of the page; TOP_NOW or at */
	struct top_rules rules;
	struct top_vote *votes;         /* the latest first */
	size_t n;
	struct heat heat;
	int position, length;           /* in the top; 0: not there. How many are */
};

static json_t *moment_json(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}

static double decay(const struct page *page, const struct top_vote *vote)
{
	return exp2(-(double)(page->at - vote->at) / (double)page->rules.half_life_us);
}

static double left_of(const struct page *page, const struct top_vote *vote)
{
	return vote->adds ? vote->weight * decay(page, vote) : 0;
}

static enum outcome page_load(struct page *page)
{
	struct use *use = page->use;
	struct top_place *places;
	if (top_rules_load(use->db, &page->rules, &use->error) || top_vote_list(use->db, use->arena, page->post_id, page->at, &page->votes, &page->n, &use->error) ||
	    top_places(use->db, use->arena, page->as_of, &places, &page->length, &use->error))
		return FAILED;
	for (int i = 0; i < page->length; i++)
		if (places[i].post_id == page->post_id) page->position = i + 1;
	for (size_t i = page->n; i-- > 0;) /* as the keeper adds them up: in the order of time */
		if (page->votes[i].adds) heat_add(&page->heat, page->votes[i].at, page->rules.half_life_us, page->votes[i].weight);
	return DONE;
}

static json_t *vote_json(const struct page *page, const struct top_vote *vote, double most)
{
	int64_t me = page->use->who.member_id;
	double left = left_of(page, vote);
	return json_pack("{so ss sI sf sf sI sf sb sf sb sf sf}", "at", moment_json(vote->at), "kind", vote->kind, "nth", (json_int_t)vote->nth, "base", vote->base, "weight",
			 vote->weight, "age_s", (json_int_t)((page->at - vote->at) / MOMENT_SECOND), "decay", decay(page, vote), "adds", vote->adds, "left", left, "mine",
			 me && vote->voter_id == me, "bar_weight", 100 * vote->weight / most, "bar_left", 100 * left / most);
}

/* The latest one by one; those before them together, as `earlier`. */
static void votes_put(const struct page *page, size_t room, json_t *model)
{
	json_t *list = json_array();
	double most = 1, earlier = 0, weight = 0;
	size_t shown = page->n <= room ? page->n : room - 1; /* one line is for the others together */
	for (size_t i = 0; i < page->n; i++) {
		if (page->votes[i].weight > most) most = page->votes[i].weight;
		weight += page->votes[i].weight;
		if (i >= shown) earlier += left_of(page, &page->votes[i]);
	}
	for (size_t i = 0; i < shown; i++) json_array_append_new(list, vote_json(page, &page->votes[i], most));
	json_object_set_new(model, "votes", list);
	json_object_set_new(model, "votes_count", json_integer((json_int_t)page->n));
	json_object_set_new(model, "weights", json_real(weight));
	json_object_set_new(model, "earlier", page->n > shown ? json_pack("{sI sf}", "count", (json_int_t)(page->n - shown), "left", earlier) : json_null());
}

/* Why it is not in the top, where it is not. */
static const char *outside_because(const struct page *page, double heat)
{
	if (page->position) return "";
	if (!page->n) return "no_votes";
	if (heat < page->rules.floor) return "floor";
	return page->length < page->rules.places ? "community" : "places";
}

enum outcome heat_page(struct use *use, int64_t post_id, int64_t as_of, bool few, json_t **ret_model)
{
	bool past = as_of && as_of < use->now;
	struct page page = {.use = use, .post_id = post_id, .at = past ? as_of : use->now, .as_of = past ? as_of : TOP_NOW};
	json_t *post;
	if (top_row(use->db, post_id, page.as_of, &post, &use->error)) return FAILED;
	if (!post) return ABSENT;
	if (page_load(&page)) {
		json_decref(post);
		return FAILED;
	}
	double heat = heat_at(&page.heat, page.at, page.rules.half_life_us);
	int64_t until = heat_until(&page.heat, page.rules.floor, page.rules.half_life_us);
	*ret_model = json_pack("{so so so si ss sf so}", "post", post, "as_of", past ? moment_json(page.at) : json_null(), "at", moment_json(page.at), "position", page.position,
			       "outside", outside_because(&page, heat), "heat", heat, "leaves_at", page.position && until > page.at ? moment_json(until) : json_null());
	json_object_set_new(*ret_model, "rules", json_pack("{sI sf si sI sI}", "half_life_s", (json_int_t)(page.rules.half_life_us / MOMENT_SECOND), "floor", page.rules.floor,
							   "places", page.rules.places, "late_s", (json_int_t)(page.rules.late_us / MOMENT_SECOND), "community_most",
							   (json_int_t)page.rules.community_most));
	json_object_set_new(*ret_model, "few", json_boolean(few));
	votes_put(&page, few ? HEAT_FEW : HEAT_VOTES, *ret_model);
	return DONE;
}
