/* The page of all posts: the newest, the hottest, those that words find. */
#include <string.h>

#include "app/card.h"
#include "app/post_page.h"
#include "app/post_text.h"
#include "base/parse.h"
#include "base/text.h"
#include "store/journal_store.h"
#include "store/post_words.h"

enum { TAGS_SHOWN = 24, SNIPPET = 220 };

static bool is_hot(const struct post_query *q)
{
	return !strcmp(q->sort, "hot");
}

/* Where the page before ended: "moment.id", or how many came before. */
static bool after_read(const char *after, int64_t *ret_at, int64_t *ret_id, struct arena *arena)
{
	const char *dot = strchr(after, '.');
	return dot && parse_int(arena_strndup(arena, after, (size_t)(dot - after)), ret_at) && parse_int(dot + 1, ret_id) && *ret_id > 0;
}

static int skip_read(const char *after)
{
	int64_t skip;
	return parse_int(after, &skip) && skip > 0 && skip < POST_HOT_MOST ? (int)skip : 0;
}

/* ---- Found by words ---- */

static enum outcome found_marked(struct use *use, const char *typed, json_t *lines)
{
	json_t *line, *post;
	size_t i;
	json_array_foreach(lines, i, line) {
		if (post_load(use->db, json_integer_value(json_object_get(line, "id")), &post, &use->error)) return FAILED;
		const char *plain = post_text_plain(use->arena, json_string_value(json_object_get(post, "format")), json_string_value(json_object_get(post, "body")));
		json_object_set_new(line, "title_parts", post_text_marked(use->arena, json_string_value(json_object_get(line, "title")), typed));
		json_object_set_new(line, "snippet", post_text_snippet(use->arena, plain, typed, SNIPPET));
		json_decref(post);
	}
	return DONE;
}

static enum outcome found(struct use *use, const struct post_query *q, const struct post_scope *scope, json_t **ret_lines, int *ret_found, const char **ret_next)
{
	const int64_t *ids;
	int n, skip = skip_read(q->after);
	if (post_words_find(use->db, use->arena, q->words, scope, &ids, &n, &use->error)) return FAILED;
	*ret_found = n;
	if (n < 0) return DONE;
	int shown = skip >= n ? 0 : n - skip > POST_PAGE ? POST_PAGE : n - skip;
	if (post_list_these(use->db, ids + (shown ? skip : 0), shown, ret_lines, &use->error)) return FAILED;
	if (skip + shown < n) *ret_next = arena_printf(use->arena, "%d", skip + shown);
	return found_marked(use, q->words, *ret_lines);
}

/* ---- In their order ---- */

static enum outcome listed(struct use *use, const struct post_query *q, const struct post_scope *scope, json_t **ret_lines, const char **ret_next)
{
	int64_t at = 0, id = 0;
	if (!is_hot(q) && !after_read(q->after, &at, &id, use->arena)) id = 0;
	enum err kind = is_hot(q) ? post_list_hot(use->db, use->arena, scope, skip_read(q->after), POST_PAGE + 1, ret_lines, &use->error)
				  : post_list(use->db, use->arena, scope, at, id, POST_PAGE + 1, ret_lines, &use->error);
	if (kind) return FAILED;
	if (json_array_size(*ret_lines) > POST_PAGE) {
		json_array_remove(*ret_lines, POST_PAGE);
		const json_t *last = json_array_get(*ret_lines, POST_PAGE - 1);
		long long key = json_integer_value(json_object_get(last, "key"));
		*ret_next = is_hot(q) ? arena_printf(use->arena, "%lld", key) : arena_printf(use->arena, "%lld.%lld", key, (long long)json_integer_value(json_object_get(last, "id")));
	}
	return DONE;
}

/* ---- The page ---- */

/* What is asked for is among them, however seldom it is. */
static json_t *tags_chosen(struct use *use, json_t *tags, const char *asked)
{
	json_t *tag;
	size_t i;
	bool there = !*asked;
	const char *fold = text_fold(use->arena, asked);
	json_array_foreach(tags, i, tag) {
		bool chosen = *asked && !strcmp(text_fold(use->arena, json_string_value(json_object_get(tag, "tag"))), fold);
		there = there || chosen;
		json_object_set_new(tag, "chosen", json_boolean(chosen));
	}
	if (!there) json_array_append_new(tags, json_pack("{ss sb}", "tag", asked, "chosen", true));
	return tags;
}

static json_t *chosen_of(json_t *list, const char *asked)
{
	json_t *one;
	size_t i;
	json_array_foreach(list, i, one) json_object_set_new(one, "chosen", json_boolean(!strcmp(json_string_value(json_object_get(one, "id")), asked)));
	return list;
}

static json_t *kinds(void)
{
	return json_pack("[{ss}{ss}{ss}{ss}{ss}{ss}{ss}]", "id", "article", "id", "opener", "id", "question", "id", "answer", "id", "argument", "id", "story", "id", "concession");
}

/* Whose posts are asked for. ABSENT where there is no such journal. */
static enum outcome journal_read(struct use *use, int64_t journal_id, struct post_scope *scope, json_t **ret_journal)
{
	json_t *journal;
	*ret_journal = json_null();
	if (!journal_id) return DONE;
	if (journal_load(use->db, journal_id, &journal, &use->error)) return FAILED;
	if (!journal) return ABSENT;
	const char *kind = json_string_value(json_object_get(journal, "kind"));
	*(strcmp(kind, "community") ? &scope->author_id : &scope->community_id) = journal_id;
	*ret_journal = json_pack("{sI sO ss}", "id", (json_int_t)journal_id, "name", json_object_get(journal, "name"), "kind", kind);
	json_decref(journal);
	return DONE;
}

enum outcome post_list_page(struct use *use, const struct post_query *q, json_t **ret_model)
{
	struct post_scope scope = {0, 0, q->kind, q->language, q->tag};
	json_t *lines = NULL, *tags = NULL, *journal, *line;
	const char *next = NULL;
	int n = -1;
	size_t i;
	enum outcome outcome = journal_read(use, q->journal_id, &scope, &journal);
	if (outcome) return outcome;
	if (*q->words) outcome = found(use, q, &scope, &lines, &n, &next);
	if (!outcome && n < 0) outcome = listed(use, q, &scope, &lines, &next);
	if (!outcome && post_tags(use->db, TAGS_SHOWN, &tags, &use->error)) outcome = FAILED;
	if (outcome) {
		json_decref(lines);
		json_decref(journal);
		return outcome;
	}
	json_array_foreach(lines, i, line) json_object_del(line, "key");
	if (card_uses_put(use, lines)) return FAILED;
	bool narrowed = n >= 0 || is_hot(q) || *q->kind || *q->language || *q->tag || q->journal_id;
	json_t *model = json_pack("{s{ss ss ss ss ss} so so so so so sb sb}", "query", "words", n >= 0 ? q->words : "", "sort", is_hot(q) ? "hot" : "new", "kind", q->kind, "language", q->language,
				  "tag", q->tag, "journal", journal, "kinds", chosen_of(kinds(), q->kind), "languages", chosen_of(post_languages(), q->language), "posts", lines, "tags",
				  tags_chosen(use, tags, q->tag), "narrowed", narrowed, "none", !json_array_size(lines) && !narrowed && !*q->after);
	if (n >= 0) json_object_set_new(model, "found", json_integer(n));
	if (n >= 0) json_object_set_new(model, "more", json_boolean(n >= POST_FOUND_MAX));
	if (next) json_object_set_new(model, "next", json_string(next));
	*ret_model = model;
	return DONE;
}
