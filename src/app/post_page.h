/* Post page: the models of the pages on which posts are written and read. */
#ifndef STURGEON_APP_POST_PAGE_H
#define STURGEON_APP_POST_PAGE_H

#include "app/post.h"

/* The languages that a text may be said to be in: [{id}]. A new reference. */
json_t *post_languages(void);

/* ---- Writing ---- */

/* What the form of a new post begins with. */
struct post_begin {
	const char *kind;               /* "": an article */
	int64_t community_id;
	int64_t call_id, seq;           /* "this worked": an event of a call that the post is about; 0 */
};

/* form (title, body, kind, language, community, tags, poll_question, option, poll_closes), choices (community, language; those of card_form_put), poll_open, post (null, or id, published_at, changed_at, version,
 * community), poll_fixed (somebody has answered), named (clients, after a mistake that says so). post_id 0: a new one. typed: what was refused, or NULL. */
enum outcome post_form_page(struct use *use, int64_t post_id, const struct post_begin *begin, const json_t *typed, json_t **ret_model);
enum outcome post_drafts_page(struct use *use, json_t **ret_model); /* drafts */

/* ---- Reading ---- */

/* post (post_load's with body_html, not body; edited_at or null), card (card_said's) or null, uses (card_uses') or null, vote (vote_view's), poll or null, life (post_life's; null where it never was in the top), comments, own, moderates, may_comment, may_edit,
 * ban (of the reader: ban_active's; or null), readable, journal_id (whose it is), may_follow, follows. Of a deleted
 * one only what it was: post {id, author, published_at, deleted_at}, gone. *ret_into: the post that it was merged into, where that can be read; 0. */
enum outcome post_read_page(struct use *use, int64_t post_id, json_t **ret_model, int64_t *ret_into);

/* post {id, title}, versions [{version, at, chosen}], version, at, before {version, at} or null, title [{kind, text}], lines [{kind, text | parts [{kind, text}] | n}]. kind: same,
 * gone, come, changed (parts), left_out (n lines that are the same). version 0: the latest. */
enum outcome post_history_page(struct use *use, int64_t post_id, int64_t version, json_t **ret_model);

/* ---- Finding ---- */

struct post_query {
	const char *words;              /* as typed */
	const char *sort;               /* "new" (also ""), "hot" */
	const char *kind, *language, *tag; /* "": any */
	int64_t journal_id;             /* a blogger's or a community's; 0: any */
	const char *after;              /* where the page before ended, as its model.next says */
};

enum { POST_PAGE = 20 };

/* query, kinds and languages ([{id, chosen}]), posts (post_list's lines; where words were typed with title_parts and snippet: [{text, mark}]), tags [{tag, count, chosen}], journal {id, name, kind} (whose posts these are, where one is asked
 * for) or null, found (how many, where words were typed), more (found is a floor), next (or absent), narrowed, none (there is no post at all). */
enum outcome post_list_page(struct use *use, const struct post_query *query, json_t **ret_model);

#endif
