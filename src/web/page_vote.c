/* A vote for a post: the button that stands beside posts wherever they are shown. */
#include "app/vote.h"
#include "web/pages.h"

void post_vote(struct request *r)
{
	int64_t post_id = request_id(r, "post");
	json_t *vote;
	if (!reply_outcome(r, vote_cast(&r->use, post_id, request_flag(r, "back")))) return;
	if (!r->htmx && !r->wants_json) {
		if (*request_text(r, "to")) reply_redirect(r, "%s", request_text(r, "to"));
		else reply_redirect(r, "/posts/%lld", (long long)post_id);
		return;
	}
	if (reply_outcome(r, vote_view(&r->use, post_id, &vote))) reply_page(r, "vote", json_pack("{sI so}", "id", (json_int_t)post_id, "vote", vote));
}
