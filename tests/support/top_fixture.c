#include "top_fixture.h"

#include "app/top_keep.h"
#include "app/vote.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/text.h"
#include "check.h"
#include "store/db.h"

struct doing {
	const char *kind, *name;
	int64_t id, author_id, community_id, voter_id, at;
	int n;
};

static void must(enum err kind, const struct error *error)
{
	if (kind) fail_msg("%s", error->text);
}

static void does(struct web *web, void (*what)(struct use *use, void *arg), struct doing *doing)
{
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), what, doing);
}

static void do_journal(struct use *use, void *arg)
{
	const struct doing *d = arg;
	struct error error;
	must(db_exec(use->db, &error, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES ($1, $2, $3, $4, $5)", "ittti", d->id, d->kind, d->name,
		     text_fold(use->arena, d->name), use->now),
	     &error);
}

static void do_post(struct use *use, void *arg)
{
	const struct doing *d = arg;
	struct error error;
	must(db_exec(use->db, &error,
		     "INSERT INTO post (post_id, author_id, community_id, kind, language, title, body, format, created_at, changed_at, published_at)"
		     " VALUES ($1, NULLIF($2, 0), NULLIF($3, 0), 'article', 'uk', $4, '', 'markdown', $5, $5, $5)",
		     "iiiti", d->id, d->author_id, d->community_id, d->name, d->at),
	     &error);
}

static void do_vote(struct use *use, void *arg)
{
	const struct doing *d = arg;
	use->now = d->at;
	for (int i = 0; i < d->n; i++) {
		use->who.member_id = d->voter_id ? d->voter_id : id_new(moment_now());
		if (vote_cast(use, d->id, false)) fail_msg("no vote: %s", use->error.text);
	}
}

static void do_keep(struct use *use, void *arg)
{
	struct error error;
	int64_t due;
	bool changed;
	(void)arg;
	must(top_keep(use->db, use->now, &due, &changed, &error), &error);
}

int64_t fixture_blogger(struct web *web, int64_t journal_id, const char *name)
{
	struct doing d = {.kind = "blogger", .id = journal_id ? journal_id : id_new(moment_now()), .name = name};
	does(web, do_journal, &d);
	return d.id;
}

int64_t fixture_community(struct web *web, const char *name)
{
	struct doing d = {.kind = "community", .id = id_new(moment_now()), .name = name};
	does(web, do_journal, &d);
	return d.id;
}

int64_t fixture_post(struct web *web, int64_t author_id, int64_t community_id, const char *title, int64_t published_at)
{
	struct doing d = {.id = id_new(moment_now()), .author_id = author_id, .community_id = community_id, .name = title, .at = published_at};
	does(web, do_post, &d);
	return d.id;
}

void fixture_vote(struct web *web, int64_t post_id, int64_t voter_id, int64_t at)
{
	struct doing d = {.id = post_id, .voter_id = voter_id, .at = at, .n = 1};
	does(web, do_vote, &d);
}

void fixture_votes(struct web *web, int64_t post_id, int n, int64_t at)
{
	struct doing d = {.id = post_id, .at = at, .n = n};
	does(web, do_vote, &d);
}

void fixture_keep(struct web *web)
{
	does(web, do_keep, &(struct doing){0});
}
