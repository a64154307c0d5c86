/* Card store: posts as cards of calls (L4): where each is offered, and in which calls it was used.
 *
 * A card is a post with a row of post_card whose line is not empty. Posts are the company's, so are their counts; a use belongs to the team whose call it was in. */
#ifndef STURGEON_STORE_CARD_STORE_H
#define STURGEON_STORE_CARD_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

/* What a post's row of post_card says. Strings are never NULL: "" says any, or nothing. */
struct card_fields {
	const char *line;
	const char *playbook_key, *objection_key;
	int64_t objection_id;           /* a team's own; 0: none */
	const char *variety, *level, *question_type, *family;
	int64_t motives;
	int64_t team_id, call_id;       /* from whose call it was written; 0: from none */
};
enum err card_put(struct db *db, int64_t post_id, const struct card_fields *card, struct error *err) MUST_CHECK;
/* *ret_there false, and all empty, where there is none. */
enum err card_find(struct db *db, struct arena *arena, int64_t post_id, struct card_fields *ret_card, bool *ret_there, struct error *err) MUST_CHECK;
/* May an event of a call name it? It may once it was published, whatever became of it since: a phone may have been out of reach. */
enum err card_exists(struct db *db, int64_t post_id, bool *ret_exists, struct error *err) MUST_CHECK;

/* What a card may be said to belong to: the team's playbooks that have a key (id: it, name), its objections (id: "key" where several playbooks have one of this key, "playbook/key", "#id" of the
 * team's own; name; playbook: whose, "" of several). */
enum err card_playbooks(struct db *db, int64_t team_id, const char *language, json_t **ret_playbooks, struct error *err) MUST_CHECK;
enum err card_objections(struct db *db, int64_t team_id, const char *language, json_t **ret_objections, struct error *err) MUST_CHECK;
/* The key of a playbook, of an item; "" of the team's own. */
enum err card_keys(struct db *db, struct arena *arena, int64_t team_id, int64_t playbook_id, int64_t item_id, const char **ret_playbook, const char **ret_item, struct error *err) MUST_CHECK;

/* ---- For a call ---- */

struct card_want {
	int64_t team_id, playbook_id, call_id; /* call_id 0: none */
	int64_t at;                     /* at which moment the top is looked at */
	const char *language;           /* of the line */
};
/* Cards for a playbook: id, post_kind, text (the line), variety, level, question_type, motives, objection_id (in that playbook; 0 none), author, used, worked, own (1: the team's), top
 * (its position then, 0: not in it), named (1: an event of this call names it). Those of the team; of others those that stood in the top; and those named, even if they can be read
 * no more. each once, in the order of their ids. */
enum err card_list(struct db *db, const struct card_want *want, json_t **ret_cards, struct error *err) MUST_CHECK;

/* ---- Uses ---- */

/* Says of an ended call that a card was used in it; nothing happens where `post_id` is no card. Of two uses in one call it is the first, and it went on where either did. */
enum err card_use_put(struct db *db, int64_t team_id, int64_t call_id, int64_t post_id, int64_t member_id, int64_t at, bool went_on, struct error *err) MUST_CHECK;

struct card_use_row {
	int64_t call_id, post_id, member_id, use_vote_id, well_vote_id; /* votes: 0 none yet */
	bool went_on;
};
/* Of one call, or of all calls of a deal. */
enum err card_use_of_call(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, struct card_use_row **ret_uses, int *ret_n, struct error *err) MUST_CHECK;
enum err card_use_of_deal(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct card_use_row **ret_uses, int *ret_n, struct error *err) MUST_CHECK;
enum err card_use_voted(struct db *db, int64_t team_id, int64_t call_id, int64_t post_id, const char *kind, int64_t vote_id, struct error *err) MUST_CHECK; /* "use" or "well" */

/* How often a card was used in the company, and how often the call went on. 0, 0 where it never was. */
enum err card_count_add(struct db *db, int64_t post_id, bool went_on, struct error *err) MUST_CHECK;
enum err card_count_find(struct db *db, int64_t post_id, int64_t *ret_used, int64_t *ret_went_on, struct error *err) MUST_CHECK;

/* For a rebuild. Uses of a team are forgotten but for the votes they gave; afterwards those that the events do not show go, where they gave none. */
enum err card_use_drop(struct db *db, int64_t team_id, struct error *err) MUST_CHECK;
enum err card_use_sweep(struct db *db, int64_t team_id, struct error *err) MUST_CHECK;
/* Counts all of the company's uses anew. *ret_changed: some count was another. */
enum err card_recount(struct db *db, bool *ret_changed, struct error *err) MUST_CHECK;

#endif
