/* Journals: bloggers and communities, following, founding and leading a community, moderation and its public log, the journals' rules. */
#include <string.h>

#include "app/community.h"
#include "app/journal_page.h"
#include "app/journal_rules.h"
#include "app/moderate.h"
#include "web/pages.h"

/* ---- Reading ---- */

void journal_show(struct request *r)
{
	struct rating_ask ask = {.name = request_text(r, "span"), .from = request_int(r, "from", 0), .to = request_int(r, "to", 0)};
	json_t *model;
	if (reply_outcome(r, journal_page(&r->use, request_id(r, "journal"), &ask, !strcmp(request_text(r, "sort"), "best"), &model))) reply_page(r, "journal", model);
}

void journals_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, journal_directory(&r->use, request_text(r, "kind"), request_text(r, "q"), request_text(r, "after"), &model)))
		reply_fragment(r, "journals", "journals_found", model);
}

static void back_to(struct request *r, int64_t journal_id)
{
	if (*request_text(r, "to")) reply_redirect(r, "%s", request_text(r, "to"));
	else reply_redirect(r, "/journals/%lld", (long long)journal_id);
}

void journal_follow_do(struct request *r)
{
	if (reply_outcome(r, journal_follow(&r->use, request_id(r, "journal"), request_flag(r, "back")))) back_to(r, request_id(r, "journal"));
}

void journal_about_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, journal_about_page(&r->use, &model))) reply_page(r, "journal_about", model);
}

void journal_about_do(struct request *r)
{
	if (!reply_outcome(r, journal_about_change(&r->use, request_text(r, "about")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/journals/%lld", (long long)r->use.who.member_id);
}

/* ---- Communities ---- */

static struct community_fields fields_of(const struct request *r)
{
	return (struct community_fields){request_text(r, "name"), request_text(r, "about"), request_text(r, "rules")};
}

void community_new_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, community_form_page(&r->use, 0, &model))) reply_page(r, "community_form", model);
}

void community_new_do(struct request *r)
{
	struct community_fields fields = fields_of(r);
	int64_t community_id;
	if (!reply_outcome(r, community_found(&r->use, &fields, &community_id))) return;
	reply_flash(r, "community_founded");
	reply_redirect(r, "/journals/%lld", (long long)community_id);
}

void community_edit_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, community_form_page(&r->use, request_id(r, "community"), &model))) reply_page(r, "community_form", model);
}

void community_edit_do(struct request *r)
{
	struct community_fields fields = fields_of(r);
	if (!reply_outcome(r, community_change(&r->use, request_id(r, "community"), &fields))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/journals/%lld", (long long)request_id(r, "community"));
}

void community_join_do(struct request *r)
{
	if (reply_outcome(r, community_join_or_leave(&r->use, request_id(r, "community"), !request_flag(r, "back")))) back_to(r, request_id(r, "community"));
}

void community_members_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, community_members_page(&r->use, request_id(r, "community"), request_text(r, "q"), request_text(r, "after"), &model))) reply_page(r, "community_members", model);
}

void community_moderator_do(struct request *r)
{
	if (reply_outcome(r, community_moderator_or_not(&r->use, request_id(r, "community"), request_id(r, "member"), !request_flag(r, "back"))))
		reply_redirect(r, "/journals/%lld/members", (long long)request_id(r, "community"));
}

void community_close_do(struct request *r)
{
	if (reply_outcome(r, community_close_or_reopen(&r->use, request_id(r, "community"), !request_flag(r, "back"), request_text(r, "reason"))))
		reply_redirect(r, "/journals/%lld", (long long)request_id(r, "community"));
}

/* ---- Moderation ---- */

void moderation_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, moderation_page(&r->use, request_id(r, "community"), request_int(r, "journal", 0), request_text(r, "after"), &model))) reply_page(r, "moderation", model);
}

void post_moderate_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, moderate_post_page(&r->use, request_id(r, "post"), &model))) reply_page(r, "moderate_post", model);
}

void post_moderate_do(struct request *r)
{
	const char *act = request_text(r, "act"), *reason = request_text(r, "reason");
	int64_t post_id = request_id(r, "post");
	enum outcome outcome = !strcmp(act, "merge")   ? moderate_merge(&r->use, post_id, request_text(r, "into"), reason)
			       : !strcmp(act, "unmerge") ? moderate_merge(&r->use, post_id, NULL, reason)
							 : moderate_post(&r->use, post_id, !strcmp(act, "hide"), reason);
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, "moderated");
	reply_redirect(r, "/moderation");
}

void comment_moderate_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, moderate_comment_page(&r->use, request_id(r, "post"), request_id(r, "comment"), &model))) reply_page(r, "moderate_comment", model);
}

void comment_moderate_do(struct request *r)
{
	if (!reply_outcome(r, moderate_comment(&r->use, request_id(r, "post"), request_id(r, "comment"), !request_flag(r, "back"), request_text(r, "reason")))) return;
	reply_flash(r, "moderated");
	reply_redirect(r, "/posts/%lld", (long long)request_id(r, "post"));
}

void journal_ban_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, moderate_ban_page(&r->use, request_id(r, "journal"), &model))) reply_page(r, "moderate_ban", model);
}

void journal_ban_do(struct request *r)
{
	int64_t member_id = request_id(r, "journal"), community_id = request_int(r, "community", 0);
	enum outcome outcome = request_flag(r, "back") ? moderate_unban(&r->use, member_id, community_id, request_text(r, "reason"))
							: moderate_ban(&r->use, member_id, community_id, (int32_t)request_int(r, "until", 0), request_text(r, "reason"));
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, "moderated");
	reply_redirect(r, "/moderation");
}

/* ---- Rules ---- */

void journal_rules_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, journal_rules_page(&r->use, &model))) reply_page(r, "journal_rules", model);
}

void journal_rules_do(struct request *r)
{
	struct journal_rules_form form = {
		.open_reading = request_flag(r, "open_reading"),
		.places = request_int(r, "places", 50),
		.half_life_h = request_int(r, "half_life_h", 12),
		.late_d = request_int(r, "late_d", 7),
		.community_most = request_int(r, "community_most", 0),
		.floor = request_real(r, "floor", 2),
		.reason = request_text(r, "reason"),
	};
	if (!reply_outcome(r, journal_rules_change(&r->use, &form))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/journals/settings");
}
