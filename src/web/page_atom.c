/* Feeds of our own, and the key by which a reader of feeds reads them. */
#include <string.h>

#include "app/atom_feed.h"
#include "base/digest.h"
#include "base/err.h"
#include "web/pages.h"

static const char *origin_of(const struct request *r)
{
	return arena_printf(r->arena, "%s://%s", r->secure ? "https" : "http", *r->host ? r->host : "localhost");
}

static bool may_read(struct request *r)
{
	if (r->use.who.role || json_is_true(json_object_get(r->company, "open_reading")) || atom_key_good(&r->use, request_text(r, "key"))) return true;
	reply_problem(r, r->company ? 401 : 404);
	return false;
}

static void feed_reply(struct request *r, struct atom_ask ask)
{
	struct buf out;
	if (!may_read(r)) return;
	ask.origin = origin_of(r);
	ask.self = ask.tag && *ask.tag ? arena_printf(r->arena, "%s?tag=%s", r->path, ask.tag) : r->path;
	buf_init(&out, ATOM_BYTES);
	if (reply_outcome(r, atom_feed(&r->use, &ask, &out))) {
		if (out.overflow) BUG("a feed of more than %d bytes", ATOM_BYTES);
		reply_bytes(r, "application/atom+xml; charset=utf-8", NULL, arena_strndup(r->arena, out.bytes, out.used), out.used);
		reply_etag(r, arena_printf(r->arena, "\"%016llx\"", (unsigned long long)digest_bytes(out.bytes, out.used)));
	}
	buf_done(&out);
}

void posts_atom(struct request *r)
{
	feed_reply(r, (struct atom_ask){.kind = ATOM_POSTS, .tag = request_text(r, "tag")});
}

void top_atom(struct request *r)
{
	feed_reply(r, (struct atom_ask){.kind = ATOM_TOP});
}

void rating_atom(struct request *r)
{
	feed_reply(r, (struct atom_ask){.kind = ATOM_RATING});
}

void journal_atom(struct request *r)
{
	feed_reply(r, (struct atom_ask){.kind = ATOM_JOURNAL, .journal_id = request_id(r, "journal")});
}

void feed_key_show(struct request *r)
{
	reply_page(r, "feed_key", json_pack("{ss sn}", "origin", origin_of(r), "key"));
}

void feed_key_new(struct request *r)
{
	const char *key;
	if (reply_outcome(r, atom_key_make(&r->use, &key))) reply_page(r, "feed_key", json_pack("{ss ss}", "origin", origin_of(r), "key", key));
}
