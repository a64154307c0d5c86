/* Call trade: the table of the deal in a running call (N6–N9): where the talk stands, the draft of our next offer, what of it is given and taken, whether it
 * falls below the limit, the ladder, and ready answers to what they ask. The browser makes the same by the same engine (assets/call/trade.js). */
#ifndef STURGEON_APP_CALL_TRADE_H
#define STURGEON_APP_CALL_TRADE_H

#include "app/bargain_table.h"
#include "core/playbook/talk.h"

struct call_trade {
	const struct bargain_table *table; /* as it stood before this call */
	struct package stands, draft;      /* after what was offered in it; with what is put and not offered yet */
	bool open;                         /* something is put */
};

/* Reads the deal's table and leads it to `state`. */
enum outcome call_trade_load(struct use *use, int64_t call_id, int64_t deal_id, const struct talk_state *state, struct call_trade **ret_trade);
void call_trade_follow(struct call_trade *trade, const struct talk_state *state); /* the state has gone on */

/* The table for the core: a term a variable. */
void call_trade_terms(struct use *use, const struct call_trade *trade, struct playbook *book);

/* Whether the event speaks of what is on the table, and what it brings us against where we stand: never taken from the browser. Other kinds: true, 0. */
bool call_trade_amount(const struct call_trade *trade, const struct call_event *event, int64_t *ret_amount);
/* May the draft be said? An offer for which no limit was set, which falls below it, or which holds what is not to be had together, is not made (N9). */
bool call_trade_may_offer(const struct call_trade *trade);

/* The names of a variable and of one of its options, also of what is on the table no more; "" where there is none. */
void call_trade_names(struct use *use, const struct call_trade *trade, int64_t variable, int64_t value, const char **ret_variable, const char **ret_option);

/* What was put since our last offer, by the events: to tell an offer in words when it is made. */
struct trade_put {
	int64_t variable, value, amount;
};
struct trade_story {
	struct trade_put puts[TALK_TERMS_MAX];
	int n;
};
/* False for kinds that are no part of the dance (among them `put`: it is told with its offer). Otherwise who says what: "доставка: наша", and what it brings us. */
bool call_trade_tell(struct use *use, const struct call_trade *trade, struct trade_story *story, const struct call_event *event, const char **ret_text, int64_t *ret_amount);

/* What the deal is worth at the price that stands: its value, moved by what the price was conceded; where it has none, the price itself, and else `otherwise`. */
int64_t call_trade_price(const struct call_trade *trade, int64_t value_minor, int64_t otherwise_minor);

/* For the screen. `by` is what is spoken of: {variable, option}.
 *   missing      "table" or "limit" where that must be made first; null
 *   deal_id, limit_minor, ours_minor, theirs_minor (where we stand), room_minor (above the limit), room_share, draft_share (0…100, of the way from the limit up)
 *   variables    [{id, letter, name, price, options [{value, n, name, ours, theirs (against where we stand), stands, draft, asked, refused, put_do, ask_do}], decline_do, refuse_do}]
 *   ladder       [{letter, n, by, cost, worth, price, over (below the limit), do}], cheapest first, price last
 *   asks         what waits for our answer: [{by, ours, theirs, do (declines it), trades}]; trades of the first alone
 *   trades       ready answers to the first ask, or what may be asked for what the draft gives: [{n, gives, asks [by], ours, theirs, do}]
 *   draft        null, or {gives [by], takes [by], both (it does), ours, theirs, gives_only, below {shortfall, forbidden, together, changes [{n, by, ours, theirs, do}]}, do, nothing_do}
 *   better       where what stands could be better for both: {ours, theirs (how much), package [by]}; null
 *   package      what stands, in words: [by] */
json_t *call_trade_json(struct use *use, const struct call_trade *trade, const struct talk_state *state);

#endif
