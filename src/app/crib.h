/* Crib: the person and the interests of a client (N2, N3), as his page shows them and as calls are prepared by them.
 *
 * What to talk about with him, by what he will remember us, what to answer to "how are you?": each told once. And the map: every position that he voiced, which
 * interests were found behind it and in which call, what of ours served them, which may stand there still, and the next SPIN question. Everything told and found
 * comes from calls (app/call_finish.h); what to offer and ask next is core's (talk_next), as in a call.
 * A personal cut that was found is a warning: what to say, and to whom to take it; it is never served. */
#ifndef STURGEON_APP_CRIB_H
#define STURGEON_APP_CRIB_H

#include "app/use.h"

enum { CRIB_TEXT = 400 };

/* Into a client's model: crib {lines, told, next (null where nothing is left), full}, map [{id, text, at, call_id, times, found, open, ask}], loose (found, with
 * no position named), cut (null, or {text, say, at, call_id, lead}). b2b: which playbook where he has no deal. Reads three lists and a playbook. */
enum outcome crib_put(struct use *use, int64_t client_id, bool b2b, json_t *model);

/* The warning alone: of a client, into `model` as cut; of the whole team, for its lead: [{client_id, client, call_id, at, deal_id, member, text}]. */
enum outcome crib_cut_put(struct use *use, int64_t client_id, json_t *model);
enum outcome crib_cuts(struct use *use, json_t **ret_cuts);

/* Mistakes: text (too many). */
enum outcome crib_write(struct use *use, int64_t client_id, const char *variety, const char *text);
enum outcome crib_strike(struct use *use, int64_t client_id, int64_t crib_id, bool back);

#endif
