/* Card: a post that is offered in calls, used there, and counts for it (L4).
 *
 * A use: the line was said (or, of an answer, argued) in a call that has ended, and not taken back. It went on where the call ended as won or with a next talk agreed, and
 *   of an answer        its objection was taken after it;
 *   of anything else    a later step of the conversation was reached after it, or it was used in the last one.
 *
 * When a call ends, each card used in it gives one vote "use" (1) of the manager whose call it is, and one "well" (2) where it went on; a deal's end as won gives "well" for the cards of its
 * calls that gave none from that call. Once a call and card, ever; by T8's rule of weight. What a card's author uses himself is counted and weighs nothing. */
#ifndef STURGEON_APP_CARD_H
#define STURGEON_APP_CARD_H

#include "app/use.h"
#include "core/playbook/talk.h"
#include "store/call_store.h"

/* Adds the cards that may stand in this call to the items of its playbook: as call_items has them, with author, own, top (position at its beginning; 0), named. ended: only those used in it. */
enum outcome card_add(struct use *use, const struct call_row *call, int64_t playbook_id, bool ended, json_t *items);

/* What the events of an ended call say of cards. Writes nothing but that: a rebuild does it again. */
enum err card_derive(struct use *use, const struct call_row *call, const struct talk *talk);

/* The counts and the votes of a call that has just ended, of a deal that has just been won. */
enum outcome card_call_ended(struct use *use, int64_t call_id);
enum outcome card_deal_won(struct use *use, int64_t deal_id);

/* "Used in 41 calls, went on in 27": {n, worked, share, from, to (percent), few}; NULL where it never was used. */
enum outcome card_uses(struct use *use, int64_t post_id, json_t **ret_uses);
/* The same for lines of a list, as their "uses". */
enum outcome card_uses_put(struct use *use, json_t *lines);

#endif
