/* The company's answer: do we sell or do we negotiate, and why. */
#include "app/answer_page.h"
#include "app/answer_publish.h"
#include "app/answer_week.h"
#include "web/pages.h"

/* -1: not given. Of before 1970 there is nothing. */
static int64_t day_given(const struct request *r, const char *name)
{
	int64_t day = request_int(r, name, INT64_MIN);
	return day == INT64_MIN ? -1 : day < 0 ? 0 : day;
}

/* What narrows the whole page. */
static struct answer_given given_of(const struct request *r)
{
	return (struct answer_given){
		.span = request_text(r, "span"), .from = day_given(r, "from"), .to = day_given(r, "to"), .segment = request_text(r, "segment"),
		.product_id = request_id(r, "product"), .member_id = request_id(r, "member"), .since = -1, .until = -1,
		.mode = "", .advised = "", .led = "", .outcome = "", .step = "", .reached = "", .first = "", .package = "", .motive = "", .turn = "",
	};
}

void answer_show(struct request *r)
{
	struct answer_given given = given_of(r);
	json_t *model;
	if (reply_outcome(r, answer_page(&r->use, &given, &model))) reply_page(r, "answer", model);
}

/* And what one number of it counts. */
void answer_calls_show(struct request *r)
{
	struct answer_given given = given_of(r);
	json_t *model;
	given.mode = request_text(r, "mode");
	given.advised = request_text(r, "advised");
	given.led = request_text(r, "led");
	given.outcome = request_text(r, "outcome");
	given.step = request_text(r, "step");
	given.reached = request_text(r, "reached");
	given.first = request_text(r, "first");
	given.package = request_text(r, "package");
	given.motive = request_text(r, "motive");
	given.turn = request_text(r, "turn");
	given.item_id = request_id(r, "item");
	given.number = request_int(r, "number", 0);
	given.since = request_int(r, "since", -1);
	given.until = request_int(r, "until", -1);
	given.gave = request_flag(r, "gave");
	given.without = request_flag(r, "without");
	if (reply_outcome(r, answer_calls_page(&r->use, &given, (int)request_int(r, "page", 1), &model))) reply_page(r, "answer_calls", model);
}

void answer_publish_show(struct request *r)
{
	struct answer_given given = given_of(r);
	json_t *model;
	if (reply_outcome(r, answer_publish_page(&r->use, &given, &model))) reply_page(r, "answer_publish", model);
}

/* What it says is put together away from the writer; so is looking for clients' names. */
void answer_publish_look(struct request *r)
{
	struct answer_given given = given_of(r);
	struct answer_text *text = ARENA_NEW(r->arena, struct answer_text);
	enum outcome outcome = answer_compose(&r->use, &given, text);
	if (!outcome) outcome = post_look(&r->use, &text->form, request_flag(r, "anyway"));
	if (reply_outcome(r, outcome)) r->prepared = text;
}

void answer_publish_do(struct request *r)
{
	int64_t post_id;
	if (!reply_outcome(r, answer_publish(&r->use, r->prepared, &post_id))) return;
	reply_flash(r, "post_published");
	reply_redirect(r, "/posts/%lld", (long long)post_id);
}

void answer_digest_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, answer_week_page(&r->use, request_text(r, "week"), &model))) reply_page(r, "answer_week", model);
}
