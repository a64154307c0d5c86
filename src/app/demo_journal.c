#include "app/demo_journal.h"

#include <string.h>

#include "app/comment.h"
#include "app/community.h"
#include "app/demo_answer.h"
#include "app/demo_crowd.h"
#include "app/demo_plan.h"
#include "app/journal.h"
#include "app/journal_page.h"
#include "app/moderate.h"
#include "app/poll.h"
#include "app/post.h"
#include "app/top_keep.h"
#include "app/top_visit.h"
#include "app/vote.h"
#include "base/moment.h"
#include "store/top_store.h"
#include "store/vote_store.h"

struct demo_journal {
	struct demo_world *world;
	const struct demo_text *text;
	const struct demo_plan *plan;
	struct demo_crowd crowd;
	int next;                       /* of the plan's deeds */
	int64_t clubs[DEMO_CLUBS_MAX];
	int64_t posts[DEMO_POSTS_MAX];  /* their ids; 0: not published yet */
	int64_t comments[DEMO_POSTS_MAX][DEMO_COMMENTS_MAX];
	int n_posts, n_comments, n_votes;
};

/* The top as it is at a moment, but not before the last vote: people in calls are told of as if they had been alone. */
static enum outcome keep(struct demo_journal *journal, int64_t at)
{
	int64_t due, last;
	bool changed;
	if (vote_latest(journal->world->use->db, &last, &journal->world->use->error)) return FAILED;
	if (last > at) at = last;
	return use_done(top_keep(journal->world->use->db, at, &due, &changed, &journal->world->use->error));
}

/* ---- What is done ---- */

/* The text with its links to other posts as addresses. */
static const char *linked(const struct demo_journal *journal, struct arena *arena, const char *body)
{
	const char *at = body, *from, *done = body, *text = "";
	for (int to; (to = demo_text_link(journal->text, &at, &from)) >= 0; done = at) {
		MUST(journal->posts[to]);
		text = arena_printf(arena, "%s%.*s/posts/%lld", text, (int)(from - done), done, (long long)journal->posts[to]);
	}
	return *text ? arena_printf(arena, "%s%s", text, done) : body;
}

static enum outcome join(struct demo_journal *journal, struct use *use, const struct demo_deed *deed)
{
	const struct demo_club *club = &journal->text->clubs[deed->post];
	int64_t *id = &journal->clubs[deed->post];
	bool moderates = false;
	for (int i = 0; i < club->n_moderators; i++) moderates = moderates || club->moderators[i] == deed->who;
	if (!*id) return community_found(use, &(struct community_fields){club->name, club->about, club->rules}, id);
	enum outcome outcome = community_join_or_leave(use, *id, true);
	if (outcome || !moderates) return outcome;
	struct use founder = demo_crowd_act(&journal->crowd, club->moderators[0], use->now);
	return demo_crowd_acted(&journal->crowd, &founder, community_moderator_or_not(&founder, *id, use->who.member_id, true));
}

static struct post_form form_of(const struct demo_journal *journal, struct arena *arena, const struct demo_post *post, const char *body)
{
	const char **options = ARENA_ARRAY(arena, const char *, DEMO_OPTIONS_MAX + 1);
	for (int i = 0; i < post->n_options; i++) options[i] = post->options[i];
	return (struct post_form){
		.kind = post->kind, .language = post->language, .title = post->title, .body = linked(journal, arena, body), .tags = post->tags,
		.community_id = post->club >= 0 ? journal->clubs[post->club] : 0,
		.poll = {.question = post->question ? post->question : "", .options = options, .closes_day = -1},
		.card = {
			.line = post->line, .playbook = post->playbook, .objection = post->objection, .variety = post->variety, .level = post->level, .question_type = post->type,
			.family = post->family, .motives = post->motives,
		},
	};
}

static enum outcome publish(struct demo_journal *journal, struct use *use, const struct demo_deed *deed)
{
	const struct demo_post *post = &journal->text->posts[deed->post];
	struct post_form form = form_of(journal, use->arena, post, post->body);
	journal->n_posts++;
	return post_publish(use, 0, &form, &journal->posts[deed->post]);
}

static enum outcome edit(struct demo_journal *journal, struct use *use, const struct demo_deed *deed)
{
	const struct demo_post *post = &journal->text->posts[deed->post];
	struct post_form form = form_of(journal, use->arena, post, post->edited);
	return post_edit(use, journal->posts[deed->post], &form);
}

static enum outcome comment(struct demo_journal *journal, struct use *use, const struct demo_deed *deed)
{
	const struct demo_comment *c = &journal->text->posts[deed->post].comments[deed->place];
	int64_t *ids = journal->comments[deed->post];
	journal->n_comments++;
	return comment_make(use, journal->posts[deed->post], c->parent >= 0 ? ids[c->parent] : 0, linked(journal, use->arena, c->body), &ids[deed->place]);
}

static enum outcome vote(struct demo_journal *journal, struct use *use, const struct demo_deed *deed)
{
	journal->n_votes++;
	return vote_cast(use, journal->posts[deed->post], false);
}

/* The rating is looked at just before and after it, so that the log tells what the act alone did. */
static enum outcome moderate(struct demo_journal *journal, struct use *use, const struct demo_deed *deed)
{
	const struct demo_text *text = journal->text;
	enum outcome outcome = keep(journal, deed->at);
	if (!outcome && deed->kind == DEED_HIDE)
		outcome = moderate_post(use, journal->posts[deed->post], true, text->posts[deed->post].hidden_why);
	else if (!outcome)
		outcome = moderate_ban(use, journal->crowd.people[deed->post].member_id, 0, day_of(deed->at) + (int32_t)text->ban_days, text->ban_why);
	return outcome ? outcome : keep(journal, deed->at);
}

static enum outcome deed_do(struct demo_journal *journal, const struct demo_deed *deed)
{
	struct use use = demo_crowd_act(&journal->crowd, deed->who, deed->at);
	enum outcome outcome = DONE;
	switch (deed->kind) {
	case DEED_JOIN: outcome = join(journal, &use, deed); break;
	case DEED_PUBLISH: outcome = publish(journal, &use, deed); break;
	case DEED_EDIT: outcome = edit(journal, &use, deed); break;
	case DEED_COMMENT: outcome = comment(journal, &use, deed); break;
	case DEED_VOTE: outcome = vote(journal, &use, deed); break;
	case DEED_ANSWER: outcome = poll_answer(&use, journal->posts[deed->post], deed->place, deed->reason); break;
	case DEED_FOLLOW: outcome = journal_follow(&use, journal->crowd.people[deed->post].member_id, false); break;
	case DEED_HIDE:
	case DEED_BAN: outcome = moderate(journal, &use, deed); break;
	}
	return demo_crowd_acted(&journal->crowd, &use, outcome);
}

/* ---- From the first day to now ---- */

static enum outcome abouts(struct demo_journal *journal, int64_t at)
{
	enum outcome outcome = DONE;
	for (int i = 0; i < journal->text->n_writers && !outcome; i++) {
		struct use use = demo_crowd_act(&journal->crowd, i, at += MOMENT_MINUTE);
		outcome = journal_of_member(&use, use.who.team_id, use.who.member_id);
		if (!outcome) outcome = journal_about_change(&use, journal->text->people[i].about);
		outcome = demo_crowd_acted(&journal->crowd, &use, outcome);
	}
	return outcome;
}

enum outcome demo_journal_begin(struct demo_world *world, int32_t first, struct demo_journal **ret_journal)
{
	struct rng rng; /* of its own: what the journals do changes nothing of what clients do */
	struct arena *arena = world->use->arena;
	struct demo_journal *journal = ARENA_NEW(arena, struct demo_journal);
	rng_init(&rng, world->seed ^ UINT64_C(0x6a6f75726e616c73));
	journal->world = world;
	journal->text = demo_text_load(arena);
	journal->plan = demo_plan_make(arena, journal->text, &rng, first, world->now);
	*ret_journal = journal;
	enum outcome outcome = demo_crowd_hire(&journal->crowd, world, journal->text, demo_world_moment(first, 8 * 60 + 20));
	return outcome ? outcome : abouts(journal, demo_world_moment(first, 9 * 60));
}

enum outcome demo_journal_until(struct demo_journal *journal, int64_t at)
{
	const struct demo_plan *plan = journal->plan;
	enum outcome outcome = DONE;
	while (!outcome && journal->next < plan->n && plan->deeds[journal->next].at < at) outcome = deed_do(journal, &plan->deeds[journal->next++]);
	return outcome;
}

enum outcome demo_journal_night(struct demo_journal *journal, int64_t at)
{
	enum outcome outcome = demo_journal_until(journal, at);
	return outcome ? outcome : keep(journal, at);
}

enum outcome demo_journal_answer(struct demo_journal *journal, int32_t day)
{
	journal->n_posts++;
	return demo_answer_make(journal->world, &journal->crowd, day);
}

enum outcome demo_journal_end(struct demo_journal *journal)
{
	struct demo_world *world = journal->world;
	enum outcome outcome = demo_journal_until(journal, world->now + 1);
	if (!outcome) outcome = keep(journal, world->now);
	for (int i = 0; i < DEMO_MEMBERS && !outcome; i++)
		outcome = use_done(top_visit_put(world->use->db, world->members[i], world->now - (20 + i) * MOMENT_HOUR, TOP_VISIT_APART, &world->use->error));
	return outcome;
}

void demo_journal_tell(const struct demo_journal *journal, struct demo_done *done)
{
	done->readers = journal->text->n_people;
	done->posts = journal->n_posts;
	done->comments = journal->n_comments;
	done->votes = journal->n_votes;
}
