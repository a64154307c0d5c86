#include "app/feed_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal.h"
#include "app/post.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tr.h"
#include "exchange/allow.h"
#include "exchange/fetch.h"
#include "store/community_store.h"
#include "store/feed_store.h"
#include "store/post_store.h"

enum { SHOWN = 5, LOOK_SECONDS = 10 /* somebody waits, and so may others behind him */, WORK_ARENA = 384 << 20, FEEDS_A_RUN = 50, TAKEN_A_READING = 100 };

#define EVERY_FIRST MOMENT_HOUR
#define EVERY_LEAST (MOMENT_HOUR / 2)
#define EVERY_MOST MOMENT_DAY
#define RETRY_FIRST (15 * MOMENT_MINUTE)

/* ---- Looking ---- */

static struct feed_found *look(struct arena *arena, const struct fetch_ask *ask, int depth, enum fetch_end *ret_end, struct fetched *ret_got)
{
	struct feed_found *found = ARENA_NEW(arena, struct feed_found);
	char detail[120];
	*found = (struct feed_found){.url = ask->url, .etag = "", .last_modified = "", .problem = "", .detail = "", .feed = {.title = "", .link = ""}};
	*ret_end = fetch(arena, ask, ret_got);
	if (*ret_end == FETCH_SAME) return found;
	if (*ret_end != FETCH_GOT) {
		found->problem = fetch_words(*ret_end);
		found->detail = arena_strdup(arena, ret_got->detail);
		return found;
	}
	enum feed_refusal refusal = feed_read(arena, ret_got->bytes, ret_got->n, ret_got->content_type, ret_got->url, &found->feed, detail);
	const char *named = refusal == FEED_IS_PAGE && depth < 1 ? feed_discover(arena, ret_got->bytes, ret_got->n, ret_got->url) : NULL;
	if (named) {
		struct fetch_ask next = *ask;
		next.url = named;
		next.etag = next.last_modified = "";
		return look(arena, &next, depth + 1, ret_end, ret_got);
	}
	found->problem = feed_refusal_words(refusal);
	found->detail = arena_strdup(arena, detail);
	found->etag = ret_got->etag;
	found->last_modified = ret_got->last_modified;
	return found;
}

struct feed_found *feed_look(struct arena *arena, const char *url, bool loopback_too)
{
	enum fetch_end end;
	struct fetched got;
	const char *whole = strstr(url, "://") ? url : arena_printf(arena, "https://%s", url);
	struct fetch_ask ask = {.url = whole, .etag = "", .last_modified = "", .most = FEED_BYTES, .seconds = LOOK_SECONDS, .loopback_too = loopback_too};
	fetch_begin();
	return look(arena, &ask, 0, &end, &got);
}

/* ---- Taking ---- */

/* FNV-1a of title and text: not against forgery, only to see an edit. */
static const char *digest_of(struct arena *arena, const struct feed_entry *entry)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (const char *p = entry->title; *p; p++) hash = (hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
	hash = (hash ^ 0xff) * UINT64_C(1099511628211);
	for (const char *p = entry->html; *p; p++) hash = (hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
	return arena_printf(arena, "%016llx", (unsigned long long)hash);
}

/* Cyrillic is taken for Ukrainian: it is what most here read. */
static const char *language_of(const char *text)
{
	size_t cyrillic = 0, latin = 0;
	for (; *text; text++) {
		if (((unsigned char)*text & 0xfe) == 0xd0) cyrillic++;
		else if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z')) latin++;
	}
	return cyrillic > latin ? "uk" : "en";
}

/* An entry on its way to be a post. */
struct coming {
	const struct feed_entry *entry;
	const char *guid;               /* what it is known by */
	const char *link;               /* by which it may be known too; "": others of the feed lead there as well */
	int64_t at;
	int place;
	bool twice;                     /* one that comes before it in the feed is called so too */
};

static enum outcome entry_change(struct use *use, int64_t post_id, const struct post_fields *fields)
{
	struct post_state state;
	if (post_state_load(use->db, post_id, &state, &use->error)) return FAILED;
	return !state.found || state.deleted_at ? DONE : post_change(use, post_id, fields); /* what was taken away stays so */
}

static enum outcome entry_take(struct use *use, int64_t journal_id, bool community, const struct coming *coming, bool pass, int *ret_taken)
{
	struct arena *arena = use->arena;
	const struct feed_entry *entry = coming->entry;
	const char *digest = digest_of(arena, entry), *was;
	bool known;
	int64_t post_id;
	if (feed_entry_find(use->db, arena, journal_id, coming->guid, coming->link, &known, &post_id, &was, &use->error)) return FAILED;
	if (known && (!post_id || !strcmp(was, digest))) return DONE;
	if (pass) return use_done(feed_entry_put(use->db, journal_id, coming->guid, entry->link, digest, 0, &use->error));
	if (*ret_taken >= TAKEN_A_READING) return DONE;
	const char *plain = allow_plain(arena, entry->html, 0);
	if (!*entry->title && !*plain) return DONE;
	struct post_fields fields = {
		.author_id = community ? 0 : journal_id,
		.community_id = community ? journal_id : 0,
		.kind = "article",
		.language = language_of(*plain ? plain : entry->title),
		.title = *entry->title ? entry->title : allow_plain(arena, entry->html, 80),
		.body = entry->html,
		.format = "html",
		.plain = plain,
		.link = entry->link,
		.byline = entry->author,
	};
	int64_t at = entry->published && entry->published < use->now ? entry->published : use->now;
	enum outcome outcome = post_id ? entry_change(use, post_id, &fields) : post_new(use, &fields, at, &post_id);
	if (!outcome) outcome = use_done(feed_entry_put(use->db, journal_id, coming->guid, entry->link, digest, post_id, &use->error));
	if (!outcome) ++*ret_taken;
	return outcome;
}

static int by_time(const void *a, const void *b) /* the newest first; without a time, as the feed has them */
{
	const struct coming *x = a, *y = b;
	if (x->at != y->at) return x->at > y->at ? -1 : 1;
	return x->place - y->place;
}

static int by_guid(const void *a, const void *b)
{
	const struct coming *x = a, *y = b;
	int order = strcmp(x->guid, y->guid);
	return order ? order : x->place - y->place;
}

static int by_link(const void *a, const void *b)
{
	return strcmp(((const struct coming *)a)->entry->link, ((const struct coming *)b)->entry->link);
}

/* Ready to be taken, the newest first. Where two are called alike the first is meant; where two lead to one address (a site's front page) it tells nothing about either. */
static struct coming *coming_of(const struct use *use, const struct feed *feed)
{
	struct coming *coming = ARENA_ARRAY(use->arena, struct coming, feed->n + 1);
	size_t n = (size_t)feed->n;
	for (size_t i = 0; i < n; i++) {
		const struct feed_entry *entry = &feed->entries[i];
		const char *guid = *entry->guid ? entry->guid : *entry->link ? entry->link : digest_of(use->arena, entry);
		coming[i] = (struct coming){entry, guid, entry->link, entry->published ? entry->published : use->now, (int)i, false};
	}
	if (!n) return coming;
	qsort(coming, n, sizeof *coming, by_link);
	for (size_t i = 1; i < n; i++)
		if (!by_link(&coming[i - 1], &coming[i])) coming[i - 1].link = coming[i].link = "";
	qsort(coming, n, sizeof *coming, by_guid);
	for (size_t i = 1; i < n; i++) coming[i].twice = !strcmp(coming[i - 1].guid, coming[i].guid);
	qsort(coming, n, sizeof *coming, by_time);
	return coming;
}

enum outcome feed_take(struct use *use, int64_t journal_id, bool community, const struct feed *feed, bool first, int *ret_taken)
{
	const struct coming *coming = coming_of(use, feed);
	int kept = 0, oldest = feed->n;
	enum outcome outcome = DONE;
	*ret_taken = 0;
	if (first)
		for (oldest = 0; oldest < feed->n && kept < FEED_FIRST; oldest++) kept += !coming[oldest].twice;
	for (int i = feed->n - 1; i >= 0 && !outcome; i--)
		if (!coming[i].twice) outcome = entry_take(use, journal_id, community, &coming[i], i >= oldest, ret_taken);
	return outcome;
}

json_t *feed_found_json(const struct use *use, const struct feed_found *found)
{
	const struct coming *coming = coming_of(use, &found->feed);
	json_t *entries = json_array();
	for (int i = 0, shown = 0; i < found->feed.n && shown < SHOWN; i++) {
		const struct feed_entry *entry = coming[i].entry;
		char at[32] = "";
		if (coming[i].twice) continue;
		if (entry->published) moment_iso(entry->published, at);
		json_t *line = json_pack("{ss ss}", "title", *entry->title ? entry->title : allow_plain(use->arena, entry->html, 80), "link", entry->link);
		json_object_set_new(line, "at", *at ? json_string(at) : json_null());
		json_array_append_new(entries, line);
		shown++;
	}
	return json_pack("{ss ss so si si}", "title", found->feed.title, "url", found->url, "entries", entries, "count", found->feed.n, "taken", found->feed.n < FEED_FIRST ? found->feed.n : FEED_FIRST);
}

/* ---- Adding, pausing, ending ---- */

enum outcome feed_add(struct use *use, const struct feed_found *found, const char *kind, const char *name, int64_t *ret_journal_id)
{
	bool community = !strcmp(kind, "community"), there;
	int64_t known, journal_id = id_new(use->now);
	int taken;
	if (*found->problem) return use_mistake(use, "url", found->problem);
	if (feed_by_address(use->db, found->url, &known, &use->error)) return FAILED;
	if (known) return use_mistake(use, "url", N_("This feed is read already"));
	if (!*name) name = found->feed.title;
	if (!*text_fold(use->arena, name)) return use_mistake(use, "name", N_("It does not say what it is called: give it a name"));
	enum outcome outcome = journal_of_member(use, use->who.team_id, use->who.member_id);
	if (outcome) return outcome;
	const char *about = *found->feed.link ? arena_printf(use->arena, "<%s>", found->feed.link) : "";
	if (community) {
		struct community_fields fields = {name, about, ""};
		if (community_named(use->db, use->arena, name, 0, &there, &use->error)) return FAILED;
		if (there) return use_mistake(use, "name", N_("There is a community called so already"));
		if (community_insert(use->db, use->arena, journal_id, &fields, use->who.member_id, use->now, &use->error)) return FAILED;
	} else if (feed_blogger_insert(use->db, use->arena, journal_id, name, about, use->who.member_id, use->now, &use->error)) {
		return FAILED;
	}
	if (feed_insert(use->db, journal_id, found->url, EVERY_FIRST, use->now + EVERY_FIRST, &use->error)) return FAILED;
	struct feed_row row = {journal_id, community, found->url, found->etag, found->last_modified, EVERY_FIRST, use->now + EVERY_FIRST, 0, false};
	if (feed_read_note(use->db, &row, use->now, "", "", &use->error)) return FAILED;
	*ret_journal_id = journal_id;
	return feed_take(use, journal_id, community, &found->feed, true, &taken);
}

enum outcome feed_page(struct use *use, json_t **ret_model)
{
	json_t *feeds;
	if (feed_list(use->db, &feeds, &use->error)) return FAILED;
	*ret_model = json_pack("{so}", "feeds", feeds);
	return DONE;
}

static enum outcome next_set(struct use *use, int64_t journal_id, int64_t at)
{
	struct feed_row row;
	if (feed_row_load(use->db, use->arena, journal_id, &row, &use->error)) return FAILED;
	return row.journal_id ? use_done(feed_next_set(use->db, journal_id, at, &use->error)) : ABSENT;
}

enum outcome feed_now(struct use *use, int64_t journal_id)
{
	return next_set(use, journal_id, use->now);
}

enum outcome feed_pause(struct use *use, int64_t journal_id)
{
	return next_set(use, journal_id, FEED_NEVER);
}

enum outcome feed_stop(struct use *use, int64_t journal_id)
{
	enum outcome outcome = next_set(use, journal_id, FEED_NEVER);
	return outcome ? outcome : use_done(feed_end(use->db, journal_id, use->now, &use->error));
}

/* ---- The schedule ---- */

/* So that feeds that were added together are not read together for ever. */
static int64_t jittered(int64_t us, int64_t journal_id, int64_t now)
{
	uint64_t mix = ((uint64_t)journal_id ^ (uint64_t)now) * UINT64_C(0x9e3779b97f4a7c15);
	return us - us / 10 + (int64_t)((mix >> 32) % (uint64_t)(us / 5 + 1));
}

struct taking {
	struct feed_row row;
	const struct feed_found *found;
	enum fetch_end end;
	int64_t retry_after_us, now;
};

static void plan(struct taking *t, int taken)
{
	struct feed_row *row = &t->row;
	bool bad = *t->found->problem;
	if (bad) {
		int64_t wait = RETRY_FIRST << (row->failures < 7 ? row->failures : 7);
		if (wait > EVERY_MOST) wait = EVERY_MOST;
		if (wait < t->retry_after_us) wait = t->retry_after_us;
		row->failures++;
		row->next_at = t->now + jittered(wait, row->journal_id, t->now);
		return;
	}
	row->failures = 0;
	row->every_us = taken ? row->every_us / 2 : row->every_us + row->every_us / 2;
	if (row->every_us < EVERY_LEAST) row->every_us = EVERY_LEAST;
	if (row->every_us > EVERY_MOST) row->every_us = EVERY_MOST;
	row->next_at = t->now + jittered(row->every_us, row->journal_id, t->now);
	if (t->end == FETCH_GOT) {
		row->etag = t->found->etag;
		row->last_modified = t->found->last_modified;
	}
}

static enum err take(struct db *db, void *arg, struct error *err)
{
	struct taking *t = arg;
	struct arena *arena = arena_new(WORK_ARENA);
	struct feed_row now;
	struct use use;
	int taken = 0;
	use_init(&use, arena, db, (struct actor){.language = "uk"}, t->now);
	enum outcome outcome = use_done(feed_row_load(db, arena, t->row.journal_id, &now, &use.error));
	if (!outcome && (!now.journal_id || now.next_at == FEED_NEVER)) { /* ended or paused while it was read */
		arena_free(arena);
		return ERR_NONE;
	}
	if (!outcome && !*t->found->problem && t->end == FETCH_GOT)
		outcome = feed_take(&use, t->row.journal_id, t->row.community, &t->found->feed, !t->row.ever, &taken);
	enum err kind = outcome ? use.error.kind ? use.error.kind : ERR_STORE : ERR_NONE;
	if (kind) err_set(err, kind, "%s", use.error.text);
	if (!kind) {
		plan(t, taken);
		kind = feed_read_note(db, &t->row, t->now, t->found->problem, t->found->detail, err);
	}
	arena_free(arena);
	return kind;
}

/* What came could not be kept: the others must not wait behind it. */
static enum err put_off(struct db *db, void *arg, struct error *err)
{
	struct taking *t = arg;
	struct feed_found lost = {.problem = N_("What it sent could not be kept"), .detail = ""};
	t->found = &lost;
	plan(t, 0);
	return feed_read_note(db, &t->row, t->now, lost.problem, lost.detail, err);
}

static enum err read_one(struct store *store, struct arena *arena, const struct feed_row *row, const struct fetch_ask *how, struct error *err)
{
	struct fetch_ask ask = *how;
	struct fetched got;
	struct taking t = {.row = *row};
	ask.url = row->url;
	ask.etag = row->etag;
	ask.last_modified = row->last_modified;
	ask.most = FEED_BYTES;
	t.found = look(arena, &ask, 0, &t.end, &got);
	if (ask.stopping && ask.stopping(ask.arg)) return ERR_NONE; /* it was cut by us, not by them */
	t.retry_after_us = got.retry_after_s * MOMENT_SECOND;
	t.now = moment_now();
	enum err kind = store_write(store, take, &t, err);
	struct error second; /* the first is told */
	if (kind && kind != ERR_CLOSED) (void)!store_write(store, put_off, &t, &second);
	return kind;
}

enum err feed_work(struct store *store, bool (*stopping)(void *arg), void *arg, bool loopback_too, struct error *err)
{
	struct fetch_ask how = {.loopback_too = loopback_too, .stopping = stopping, .arg = arg};
	enum err kind = ERR_NONE;
	for (int i = 0; i < FEEDS_A_RUN && !kind && !(stopping && stopping(arg)); i++) {
		struct arena *arena = arena_new(WORK_ARENA);
		struct feed_row row = {0};
		struct db *db = store_reader_take(store, err);
		kind = db ? feed_due(db, arena, moment_now(), &row, err) : err->kind;
		if (db) store_reader_give(store, db);
		if (!kind && row.journal_id) {
			fetch_begin();
			kind = read_one(store, arena, &row, &how, err);
		}
		arena_free(arena);
		if (!row.journal_id) break;
	}
	return kind;
}
