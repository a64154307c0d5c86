#include "app/atom_feed.h"

#include <string.h>

#include "app/post_text.h"
#include "app/secret.h"
#include "app/standing.h"
#include "base/moment.h"
#include "base/say.h"
#include "base/tr.h"
#include "exchange/atom.h"
#include "store/journal_store.h"
#include "store/member_store.h"
#include "store/post_store.h"
#include "store/rating_store.h"
#include "store/tenure_store.h"
#include "store/top_store.h"

enum { TEXTS_MOST = 4 << 20 }; /* of one feed: a foreign post may be long */

struct writing {
	struct use *use;
	const struct atom_ask *ask;
	struct buf *out;
	enum lang lang;
};

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text ? text : "";
}

static int64_t moment_of(const json_t *object, const char *key)
{
	int64_t at = 0;
	const char *text = json_string_value(json_object_get(object, key));
	return text && moment_parse(text, &at) ? at : 0;
}

static const char *address(const struct writing *w, const char *path)
{
	return arena_printf(w->use->arena, "%s%s", w->ask->origin, path);
}

static void head(const struct writing *w, const char *title, const char *path, int64_t updated)
{
	atom_begin(w->out, &(struct atom_head){.id = address(w, w->ask->self), .title = title, .link = address(w, path), .self = address(w, w->ask->self), .updated = updated});
}

static enum outcome post_write(const struct writing *w, int64_t post_id, int position)
{
	struct use *use = w->use;
	json_t *post;
	if (post_load(use->db, post_id, &post, &use->error)) return FAILED;
	if (!post) return DONE;
	if (*text_of(post, "hidden_at") || *text_of(post, "deleted_at") || json_integer_value(json_object_get(post, "merged_into"))) { /* the top's keeper is about to see it */
		json_decref(post);
		return DONE;
	}
	const char *title = text_of(post, "title"), *path = arena_printf(use->arena, "/posts/%lld", (long long)post_id);
	int64_t published = moment_of(post, "published_at"), changed = moment_of(post, "changed_at");
	const char *author = text_of(json_object_get(post, "author"), "name");
	atom_entry(w->out, &(struct atom_entry){
		.id = address(w, path),
		.title = position ? arena_printf(use->arena, "%d. %s", position, title) : title,
		.link = address(w, path),
		.author = *author ? author : text_of(post, "byline"),
		.html = w->out->used < TEXTS_MOST ? post_text_html(use->arena, text_of(post, "format"), text_of(post, "body")) : "", /* it is read at its address */
		.published = published,
		.updated = changed > published ? changed : published,
	});
	json_decref(post);
	return DONE;
}

static enum outcome posts_write(const struct writing *w, const char *title, const char *path, const struct post_scope *scope)
{
	struct use *use = w->use;
	json_t *lines, *line;
	size_t i;
	enum outcome outcome = DONE;
	if (post_list(use->db, use->arena, scope, 0, 0, ATOM_ENTRIES, &lines, &use->error)) return FAILED;
	head(w, title, path, json_array_size(lines) ? moment_of(json_array_get(lines, 0), "published_at") : 0);
	json_array_foreach(lines, i, line)
		if (!outcome) outcome = post_write(w, json_integer_value(json_object_get(line, "id")), 0);
	json_decref(lines);
	return outcome;
}

static enum outcome journal_write(const struct writing *w)
{
	struct use *use = w->use;
	const char *name, *kind;
	if (rating_journal_load(use->db, use->arena, w->ask->journal_id, &name, &kind, &use->error)) return FAILED;
	if (!*kind) return ABSENT;
	bool community = !strcmp(kind, "community");
	struct post_scope scope = {.author_id = community ? 0 : w->ask->journal_id, .community_id = community ? w->ask->journal_id : 0, .kind = "", .language = "", .tag = ""};
	return posts_write(w, name, arena_printf(use->arena, "/journals/%lld", (long long)w->ask->journal_id), &scope);
}

static enum outcome top_write(const struct writing *w)
{
	struct use *use = w->use;
	struct top_place *places;
	struct top_state state;
	int n;
	enum outcome outcome = DONE;
	if (top_places(use->db, use->arena, TOP_NOW, &places, &n, &use->error) || top_state_load(use->db, &state, &use->error)) return FAILED;
	head(w, tr(w->lang, "The main top"), "/top", state.done_at);
	for (int i = 0; i < n && i < ATOM_ENTRIES && !outcome; i++) outcome = post_write(w, places[i].post_id, i + 1);
	return outcome;
}

/* One entry a blogger: his place, figures, and the address where they open. It is new whenever the day is. */
static enum outcome rating_write(const struct writing *w)
{
	struct use *use = w->use;
	struct standing *standing;
	struct rating_figure *figures;
	size_t n;
	int64_t today = day_start(day_of(use->now));
	struct rating_span span = {today - 30 * MOMENT_DAY, today};
	enum outcome outcome = DONE;
	if (standing_open(use->db, &standing, &use->error)) return FAILED;
	standing_table(standing, RATING_AUTHORS, span, RATING_KEY_POINTS, 0, ATOM_ENTRIES, use->arena, &figures, &n);
	head(w, tr(w->lang, "Rating"), "/rating", today);
	for (size_t i = 0; i < n && !outcome; i++) {
		const char *name, *kind;
		int64_t id = standing_journal(standing, RATING_AUTHORS, figures[i].who);
		if (rating_journal_load(use->db, use->arena, id, &name, &kind, &use->error)) {
			outcome = FAILED;
			break;
		}
		const char *link = address(w, arena_printf(use->arena, "/rating/%lld?span=month", (long long)id));
		atom_entry(w->out, &(struct atom_entry){
			.id = arena_printf(use->arena, "%s#%lld", link, (long long)day_of(use->now)),
			.title = arena_printf(use->arena, "%zu. %s: %.2f", i + 1, name, rating_points(&figures[i])),
			.link = link,
			.author = name,
			.html = arena_printf(use->arena, "<p>%s: %u. %s: %.1f.</p>", tr(w->lang, "Posts"), figures[i].posts, tr(w->lang, "Weighed hours"), rating_hours(figures[i].place)),
			.published = today,
			.updated = today,
		});
	}
	standing_close(standing);
	return outcome;
}

enum outcome atom_feed(struct use *use, const struct atom_ask *ask, struct buf *out)
{
	struct writing w = {use, ask, out, lang_parse(use->who.language)};
	struct post_scope scope = {.kind = "", .language = "", .tag = ask->tag ? ask->tag : ""};
	enum outcome outcome = ask->kind == ATOM_JOURNAL  ? journal_write(&w)
			       : ask->kind == ATOM_TOP    ? top_write(&w)
			       : ask->kind == ATOM_RATING ? rating_write(&w)
							  : posts_write(&w, tr(w.lang, "Journals"), "/posts", &scope);
	if (!outcome) atom_end(out);
	return outcome;
}

bool atom_key_good(struct use *use, const char *key)
{
	char hash[SECRET_TOKEN_HASH];
	bool good = false;
	if (!*key) return false;
	secret_token_hash(key, hash);
	return !feed_key_good(use->db, hash, &good, &use->error) && good;
}

enum outcome atom_key_make(struct use *use, const char **ret_key)
{
	char token[SECRET_TOKEN], hash[SECRET_TOKEN_HASH];
	secret_token(token);
	secret_token_hash(token, hash);
	*ret_key = arena_strdup(use->arena, token);
	return use_done(feed_key_put(use->db, use->who.team_id, use->who.member_id, hash, use->now, &use->error));
}
