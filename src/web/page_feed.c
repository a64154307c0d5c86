/* Outside feeds: what is read from elsewhere, adding one after a look at it. */
#include <string.h>

#include "app/feed_read.h"
#include "base/tr.h"
#include "web/pages.h"

void feeds_show(struct request *r)
{
	json_t *model;
	if (!reply_outcome(r, feed_page(&r->use, &model))) return;
	size_t i;
	json_t *feed;
	json_array_foreach(json_object_get(model, "feeds"), i, feed) /* kept as a msgid: said in the reader's language */
		json_object_set_new(feed, "problem", json_string(*json_string_value(json_object_get(feed, "problem")) ? tr(lang_parse(r->use.who.language), json_string_value(json_object_get(feed, "problem"))) : ""));
	reply_page(r, "feeds", model);
}

void feed_new_show(struct request *r)
{
	reply_page(r, "feed_new", json_pack("{s{ss ss ss}}", "form", "url", "", "kind", "blogger", "name", ""));
}

/* The web is asked away from the writer. */
void feed_new_look(struct request *r)
{
	struct feed_found *found = feed_look(r->arena, request_text(r, "url"), r->feeds_at_home);
	if (*found->problem) {
		use_mistake(&r->use, "url", found->problem);
		reply_outcome(r, INVALID);
		return;
	}
	r->prepared = found;
}

void feed_new_do(struct request *r)
{
	const struct feed_found *found = r->prepared;
	int64_t journal_id;
	if (strcmp(request_text(r, "do"), "add")) {
		json_t *model = json_pack("{s{ss ss ss} so}", "form", "url", found->url, "kind", request_text(r, "kind"), "name", *request_text(r, "name") ? request_text(r, "name") : found->feed.title, "found",
					  feed_found_json(&r->use, found));
		reply_page(r, "feed_new", model);
		return;
	}
	if (!reply_outcome(r, feed_add(&r->use, found, request_text(r, "kind"), request_text(r, "name"), &journal_id))) return;
	reply_flash(r, "feed_added");
	reply_redirect(r, "/journals/%lld", (long long)journal_id);
}

static void back(struct request *r, enum outcome outcome)
{
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/feeds");
}

void feed_now_do(struct request *r)
{
	back(r, feed_now(&r->use, request_id(r, "journal")));
}

void feed_pause_do(struct request *r)
{
	back(r, feed_pause(&r->use, request_id(r, "journal")));
}

void feed_stop_do(struct request *r)
{
	back(r, feed_stop(&r->use, request_id(r, "journal")));
}
