#include "app/vote.h"

#include <string.h>

#include "app/journal.h"
#include "app/top_work.h"
#include "base/id.h"
#include "core/top/vote_weight.h"
#include "store/tenure_store.h"
#include "store/vote_store.h"

/* What a vote given now would be. Its moment is not before what the keeper has done, nor before his last vote for this author, which would weigh less after it: requests may reach the
 * writer in another order than they came. */
static enum err vote_plan(struct use *use, const struct vote_post *post, const char *kind, struct vote_row *ret_vote)
{
	struct top_state state;
	struct top_rules rules;
	int64_t earlier = 0, last = INT64_MIN;
	enum err err = top_state_load(use->db, &state, &use->error);
	if (!err) err = top_rules_load(use->db, &rules, &use->error);
	if (!err) err = vote_last_for(use->db, use->who.member_id, post->author_id, &last, &use->error);
	if (err) return err;
	struct vote_row vote = {
		.vote_id = INT64_MAX,
		.post_id = post->post_id,
		.voter_id = use->who.member_id,
		.author_id = post->author_id,
		.at = use->now > state.done_at ? use->now : state.done_at,
		.published_at = post->published_at,
		.community_id = post->community_id,
		.base = strcmp(kind, "well") ? 1 : 2,
	};
	if (last > vote.at) vote.at = last;
	bool own = vote.voter_id == vote.author_id;
	if (!own) err = vote_earlier(use->db, &vote, vote.at - VOTE_WINDOW, &earlier, &use->error);
	vote.nth = own ? 0 : earlier + 1;
	vote.weight = vote_weight(own, (int)(earlier + 1), vote.base);
	vote.adds = !own && vote.at - vote.published_at <= rules.late_us;
	*ret_vote = vote;
	return err;
}

static enum outcome vote_put(struct use *use, const struct vote_post *post, const char *kind, int64_t *ret_vote_id)
{
	struct vote_row vote;
	if (vote_plan(use, post, kind, &vote)) return FAILED;
	*ret_vote_id = vote.vote_id = id_new(use->now);
	if (vote_insert(use->db, &vote, kind, &use->error) || top_work_vote(use->db, vote.vote_id, vote.at, &use->error)) return FAILED;
	if (!vote.nth) return DONE;
	return use_done(post_heat_count(use->db, post->post_id, 1, vote.weight, &use->error));
}

/* Later votes of his for this author weigh more without it, so history is written anew from it. */
static enum outcome vote_drop(struct use *use, const struct vote_row *vote)
{
	if (vote_take_back(use->db, vote->vote_id, use->now, &use->error) || top_work_again(use->db, vote->at, &use->error)) return FAILED;
	if (vote->nth <= 0) return DONE;
	return use_done(post_heat_count(use->db, vote->post_id, -1, -vote->weight, &use->error));
}

static enum outcome post_open(struct use *use, int64_t post_id, struct vote_post *ret_post)
{
	if (vote_post_find(use->db, post_id, ret_post, &use->error)) return FAILED;
	return ret_post->post_id ? journal_unbanned(use, ret_post->community_id) : ABSENT;
}

enum outcome vote_cast(struct use *use, int64_t post_id, bool back)
{
	struct vote_post post;
	struct vote_row standing;
	int64_t vote_id;
	enum outcome outcome = post_open(use, post_id, &post);
	if (outcome) return outcome;
	if (vote_find(use->db, post_id, use->who.member_id, &standing, &use->error)) return FAILED;
	if (back) return standing.vote_id ? vote_drop(use, &standing) : DONE;
	return standing.vote_id ? DONE : vote_put(use, &post, "up", &vote_id);
}

enum outcome vote_of_call(struct use *use, int64_t post_id, const char *kind, int64_t *ret_vote_id)
{
	struct vote_post post;
	enum outcome outcome = post_open(use, post_id, &post);
	return outcome ? outcome : vote_put(use, &post, kind, ret_vote_id);
}

enum outcome vote_view(struct use *use, int64_t post_id, json_t **ret_vote)
{
	struct vote_post post;
	struct heat_row heat;
	struct vote_row vote;
	if (post_heat_load(use->db, post_id, &heat, &use->error)) return FAILED;
	*ret_vote = json_pack("{sI}", "votes", (json_int_t)heat.votes);
	if (!use->who.member_id) return DONE;
	if (vote_find(use->db, post_id, use->who.member_id, &vote, &use->error) || vote_post_find(use->db, post_id, &post, &use->error)) return FAILED;
	bool mine = vote.vote_id != 0;
	if (!mine && post.post_id && vote_plan(use, &post, "up", &vote)) return FAILED;
	json_object_set_new(*ret_vote, "mine", json_boolean(mine));
	if (!mine && !post.post_id) return DONE;
	bool own = vote.voter_id == vote.author_id;
	json_object_set_new(*ret_vote, "own", json_boolean(own));
	json_object_set_new(*ret_vote, "nth", json_integer(vote.nth < 0 ? 0 : vote.nth));
	json_object_set_new(*ret_vote, "weight", json_real(vote.weight));
	json_object_set_new(*ret_vote, "late", json_boolean(!own && !vote.adds));
	return DONE;
}
