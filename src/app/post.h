/* Post: writing: what is new, drafts, publishing, changing, deleting; and who may read and change which.
 *
 * A post is readable by everyone who may read at all once it is published, and not hidden, deleted or merged into another. Its author sees it otherwise too; so do the
 * moderators of its community and of the company, but for drafts, which are their author's alone. Only its author changes it, while he is not banned. */
#ifndef STURGEON_APP_POST_H
#define STURGEON_APP_POST_H

#include "app/card_form.h"
#include "app/poll.h"
#include "app/use.h"
#include "store/post_store.h"

enum { POST_TITLE_LONGEST = 200, POST_BODY_LONGEST = 32768, POST_TAG_LONGEST = 40 };

/* ---- By the program: the demo company, outside feeds. Nothing is asked: fields are as they must be. ---- */

/* published_at 0: a draft. The author's journal must be there. fields->plain NULL: made from the Markdown. */
enum outcome post_new(struct use *use, const struct post_fields *fields, int64_t published_at, int64_t *ret_post_id);
/* What it says becomes this; the text before is kept in its history. */
enum outcome post_change(struct use *use, int64_t post_id, const struct post_fields *fields);
/* After its being readable changed (hidden, shown, merged, deleted): searching finds it, or not. */
enum outcome post_found_anew(struct use *use, int64_t post_id);

/* ---- By its author ---- */

struct post_form {
	const char *kind, *language, *title, *body;
	int64_t community_id;           /* 0: one's own journal alone */
	const char *tags;               /* parted by commas */
	struct poll_form poll;
	struct card_form card;          /* where it is offered in calls; of an article nothing */
};

/* Before anything is published: does it name one of the team's clients? A card (every kind but an article) is refused then: mistake named; an article asks, unless
 * `anyway`: mistake anyway. Reads every client's name: away from the writer. */
enum outcome post_look(struct use *use, const struct post_form *form, bool anyway);
/* Whom it names, its line (NULL: it has none), too: client_named's list. */
enum outcome post_named(struct use *use, const char *title, const char *line, const char *body, json_t **ret_clients);

/* Keeps a draft as it is, however unfinished. post_id 0: a new one; what stood in *ret_post_id is the draft's id afterwards. Mistakes: community, tags, body (too long), poll_question, option, line, objection. */
enum outcome post_draft(struct use *use, int64_t post_id, const struct post_form *form, int64_t *ret_post_id);
/* Publishes a draft (or, with post_id 0, what was never one). Mistakes: as post_draft; title, body. */
enum outcome post_publish(struct use *use, int64_t post_id, const struct post_form *form, int64_t *ret_post_id);
/* Changes a published post; where its title or text differs, what they were stays in its history. Its community stays. Mistakes as post_publish. */
enum outcome post_edit(struct use *use, int64_t post_id, const struct post_form *form);
/* The text goes for good; that there was a post stays, and its votes count no more. A draft goes without a trace. *ret_draft: it was one. */
enum outcome post_delete(struct use *use, int64_t post_id, bool *ret_draft);

/* ---- Who may ---- */

/* ABSENT where there is none that the one who asks may see. */
enum outcome post_seen(struct use *use, int64_t post_id, struct post_state *ret_state);
/* The same; also ABSENT where he sees it only as its author or a moderator: to vote, to answer. */
enum outcome post_readable(struct use *use, int64_t post_id, struct post_state *ret_state);
/* His own, and he may change it now: otherwise ABSENT, REFUSED (banned). */
enum outcome post_own(struct use *use, int64_t post_id, struct post_state *ret_state);

#endif
