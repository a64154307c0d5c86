#include "deal_fixture.h"

#include "app/call_rebuild.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/text.h"
#include "check.h"
#include "store/client_words.h"
#include "store/db.h"
#include "store/deal_store.h"

struct doing {
	const char *sql, *name, *text;
	int64_t id, team_id, owner_id, a, b, c, d, e;
};

static void must(enum err kind, const struct error *error)
{
	if (kind) fail_msg("%s", error->text);
}

static void do_client(struct use *use, void *arg)
{
	struct doing *d = arg;
	struct error error;
	must(db_exec(use->db, &error,
		     "INSERT INTO client (team_id, client_id, kind, segment, name, name_fold, owner_id, created_at, changed_at) VALUES ($1, $2, 'company', $3, $4, $5, $6, $7, $7)",
		     "iitttii", d->team_id, d->id, d->text, d->name, text_fold(use->arena, d->name), d->owner_id, use->now),
	     &error);
	must(client_words_put(use->db, d->team_id, d->id, false, &error), &error);
}

static void do_product(struct use *use, void *arg)
{
	struct doing *d = arg;
	struct error error;
	must(db_exec(use->db, &error, "INSERT INTO product (team_id, product_id, name, name_fold, segment, created_at) VALUES ($1, $2, $3, $4, 'b2b', $5)", "iitti",
		     d->team_id, d->id, d->name, text_fold(use->arena, d->name), use->now),
	     &error);
}

static void do_deal(struct use *use, void *arg)
{
	struct doing *d = arg;
	struct error error;
	struct deal_fields fields = {d->a, d->owner_id, 0, d->name, d->b, 80, d->c < 0 ? DEAL_NO_DAY : (int32_t)d->c};
	must(deal_insert(use->db, use->arena, d->team_id, d->id, &fields, d->text, "", use->now, &error), &error);
}

static void do_call(struct use *use, void *arg)
{
	struct doing *d = arg;
	struct error error;
	must(db_exec(use->db, &error,
		     "INSERT INTO call (team_id, call_id, client_id, deal_id, owner_id, number, planned_at, purpose, began_at, ended_at, mode, outcome, promised) "
		     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULLIF($9, 0), NULLIF($9, 0), CASE WHEN $9 <> 0 THEN 'sale' END, CASE WHEN $9 <> 0 THEN 'next' END, $10)",
		     "iiiiiiitit", d->team_id, d->id, d->a, d->b, d->owner_id, d->c, d->d, d->name, d->e, d->text),
	     &error);
	if (!d->e) return;
	must(db_exec(use->db, &error, "INSERT INTO call_evidence (team_id, call_id, deal_id, ended_at, held, held_at, missed, shown) VALUES ($1, $2, $3, $4, $5, $4, 0, '{}')",
		     "iiiii", d->team_id, d->id, d->b, d->e, d->c),
	     &error);
}

static void do_shown(struct use *use, void *arg)
{
	struct doing *d = arg;
	struct error error;
	must(db_exec(use->db, &error, "UPDATE call_evidence SET shown = $1, missed = $2 WHERE call_id = $3", "tii", d->text, d->b, d->a), &error);
}

static void do_number(struct use *use, void *arg)
{
	struct doing *d = arg;
	struct error error;
	must(db_query_int(use->db, &error, INT64_MIN, &d->a, d->sql, ""), &error);
}

static int64_t done(struct web *web, const struct person *owner, void (*does)(struct use *, void *), struct doing *d)
{
	d->team_id = owner->team_id;
	d->owner_id = owner->member_id;
	d->id = id_new(moment_now());
	web_do(web, web_actor(owner, ROLE_ADMIN), does, d);
	return d->id;
}

int64_t fixture_client(struct web *web, const struct person *owner, const char *name, const char *segment)
{
	return done(web, owner, do_client, &(struct doing){.name = name, .text = segment});
}

int64_t fixture_product(struct web *web, const char *name)
{
	return done(web, &web->admin, do_product, &(struct doing){.name = name});
}

int64_t fixture_deal(struct web *web, const struct person *owner, int64_t client_id, const char *title, int64_t value_minor, const char *stage, int32_t close_day)
{
	return done(web, owner, do_deal, &(struct doing){.a = client_id, .name = title, .b = value_minor, .text = stage, .c = close_day});
}

int64_t fixture_call(struct web *web, const struct person *owner, int64_t client_id, int64_t deal_id, int number, int64_t planned_at, int64_t ended_at,
		     const char *purpose, const char *promised)
{
	return done(web, owner, do_call,
		    &(struct doing){.a = client_id, .b = deal_id, .c = number, .d = planned_at, .e = ended_at, .name = purpose, .text = promised});
}

void fixture_shown(struct web *web, int64_t call_id, const char *shown, bool missed)
{
	struct doing d = {.a = call_id, .b = missed, .text = shown};
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), do_shown, &d);
}

int64_t fixture_number(struct web *web, const char *sql)
{
	struct doing d = {.sql = sql};
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), do_number, &d);
	return d.a;
}

static void rebuild(struct use *use, void *arg)
{
	char detail[120];
	if (call_rebuild(use->db, arg, detail, &use->error)) fail_msg("%s", use->error.text);
}

bool fixture_rebuild(struct web *web)
{
	bool equal = false;
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), rebuild, &equal);
	return equal;
}
