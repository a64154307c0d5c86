#include "app/comment.h"

#include <string.h>

#include "app/journal.h"
#include "app/post.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/tr.h"
#include "exchange/markdown.h"

/* ---- Writing ---- */

static enum outcome may_answer(struct use *use, int64_t post_id)
{
	struct post_state s;
	enum outcome outcome = post_readable(use, post_id, &s);
	return outcome ? outcome : journal_unbanned(use, s.community_id);
}

enum outcome comment_make(struct use *use, int64_t post_id, int64_t parent_id, const char *text, int64_t *ret_comment)
{
	struct comment_state parent = {.found = true};
	enum outcome outcome = may_answer(use, post_id);
	if (outcome) return outcome;
	if (parent_id && comment_state_load(use->db, post_id, parent_id, &parent, &use->error)) return FAILED;
	if (!parent.found || parent.hidden_at) return use_mistake(use, "text", N_("What you answer is not there any more"));
	if (!*text) return use_mistake(use, "text", N_("There is no text yet"));
	outcome = journal_of_member(use, use->who.team_id, use->who.member_id);
	if (outcome) return outcome;
	*ret_comment = id_new(use->now);
	return use_done(comment_insert(use->db, post_id, *ret_comment, parent_id, use->who.member_id, use->now, text, &use->error));
}

enum outcome comment_change(struct use *use, int64_t post_id, int64_t comment_id, const char *text)
{
	struct comment_state s;
	enum outcome outcome = may_answer(use, post_id);
	if (outcome) return outcome;
	if (comment_state_load(use->db, post_id, comment_id, &s, &use->error)) return FAILED;
	if (!s.found || s.author_id != use->who.member_id || s.hidden_at) return ABSENT;
	if (use->now - s.at > COMMENT_CHANGEABLE) return use_mistake(use, "text", N_("A comment can be changed for a quarter of an hour"));
	if (!*text) return use_mistake(use, "text", N_("There is no text yet"));
	return use_done(comment_update(use->db, post_id, comment_id, text, use->now, &use->error));
}

/* ---- Threads ---- */

struct node {
	json_t *comment;                /* borrowed from the list */
	int64_t id, parent;
	int first, last, next;          /* places of the children, of the next of its parent; −1: none */
	bool shown;                     /* or something under it is */
};

struct forest {
	struct use *use;
	struct node *nodes;
	int n;
	bool moderates;
	json_t *out;
};

static int node_find(const struct forest *f, int64_t id)
{
	int low = 0, high = f->n;
	while (low < high) {
		int middle = (low + high) / 2;
		if (f->nodes[middle].id < id) low = middle + 1;
		else high = middle;
	}
	return low < f->n && f->nodes[low].id == id ? low : -1;
}

static bool own(const struct forest *f, const json_t *comment)
{
	json_int_t author = json_integer_value(json_object_get(json_object_get(comment, "author"), "id"));
	return f->use->who.member_id && author == f->use->who.member_id;
}

static bool hidden(const struct node *node)
{
	return !json_is_null(json_object_get(node->comment, "hidden_at"));
}

/* Ids grow with time, and an answer comes after what it answers: so children stand after their parents, and one pass builds the tree, one back says what is shown. */
static void forest_grow(struct forest *f, const json_t *list, int *ret_roots)
{
	json_t *comment;
	size_t i;
	int *last_root = ret_roots, root = -1;
	*ret_roots = -1;
	json_array_foreach(list, i, comment) {
		struct node *node = &f->nodes[f->n++];
		*node = (struct node){comment, json_integer_value(json_object_get(comment, "id")), json_integer_value(json_object_get(comment, "parent_id")), -1, -1, -1, false};
	}
	for (int k = 0; k < f->n; k++) {
		int parent = f->nodes[k].parent ? node_find(f, f->nodes[k].parent) : -1;
		if (parent >= k) parent = -1;
		f->nodes[k].parent = parent;
		if (parent < 0) {
			*(root < 0 ? last_root : &f->nodes[root].next) = k;
			root = k;
		} else {
			*(f->nodes[parent].first < 0 ? &f->nodes[parent].first : &f->nodes[f->nodes[parent].last].next) = k;
			f->nodes[parent].last = k;
		}
	}
	for (int k = f->n - 1; k >= 0; k--) {
		struct node *node = &f->nodes[k];
		node->shown = node->shown || !hidden(node) || f->moderates || own(f, node->comment);
		if (node->shown && node->parent >= 0) f->nodes[node->parent].shown = true;
	}
}

static void node_say(struct forest *f, const struct node *node, int depth)
{
	json_t *comment = node->comment;
	bool mine = own(f, comment), dark = hidden(node);
	int64_t at = 0;
	moment_parse(json_string_value(json_object_get(comment, "at")), &at);
	bool changeable = mine && !dark && f->use->now - at <= COMMENT_CHANGEABLE;
	json_object_set_new(comment, "depth", json_integer(depth < COMMENT_DEEPEST ? depth : COMMENT_DEEPEST));
	json_object_set_new(comment, "own", json_boolean(mine));
	json_object_set_new(comment, "hidden", json_boolean(dark));
	json_object_set_new(comment, "changeable", json_boolean(changeable));
	if (depth > COMMENT_DEEPEST) {
		const json_t *to = f->nodes[node->parent].comment;
		json_object_set_new(comment, "to", json_pack("{sO sO}", "id", json_object_get(to, "id"), "name", json_object_get(json_object_get(to, "author"), "name")));
	}
	if (dark && !f->moderates && !mine) {
		json_object_del(comment, "body");
		json_object_set_new(comment, "author", json_null());
	} else {
		json_object_set_new(comment, "body_html", json_string(markdown_brief(f->use->arena, json_string_value(json_object_get(comment, "body")))));
		if (!changeable) json_object_del(comment, "body");
	}
	json_object_del(comment, "parent_id");
	json_array_append(f->out, comment);
}

/* Without recursion: a thread may be as deep as there are comments. */
static void forest_walk(struct forest *f, int at)
{
	int depth = 0;
	while (at >= 0) {
		const struct node *node = &f->nodes[at];
		if (node->shown) node_say(f, node, depth);
		if (node->shown && node->first >= 0) {
			at = node->first;
			depth++;
			continue;
		}
		while (at >= 0 && f->nodes[at].next < 0) {
			at = (int)f->nodes[at].parent;
			depth--;
		}
		if (at >= 0) at = f->nodes[at].next;
	}
}

enum outcome comment_threads(struct use *use, int64_t post_id, bool moderates, json_t **ret_comments)
{
	json_t *list;
	int roots;
	if (comment_list(use->db, post_id, &list, &use->error)) return FAILED;
	struct forest f = {use, ARENA_ARRAY(use->arena, struct node, json_array_size(list) + 1), 0, moderates, json_array()};
	forest_grow(&f, list, &roots);
	forest_walk(&f, roots);
	json_decref(list);
	*ret_comments = f.out;
	return DONE;
}
