/* Demo talk: one conversation between a simulated manager and a hidden client, led as the call screen would lead it.
 *
 * The manager sees what a real one sees: the playbook's next things (talk_next), what the advisor proposes, and what the client says and
 * shows. The client is a persona. What comes out is the batch of events that a browser would send to call_happened; nothing is written here. */
#ifndef STURGEON_APP_DEMO_TALK_H
#define STURGEON_APP_DEMO_TALK_H

#include "app/call_book.h"
#include "app/demo_buyer.h"
#include "app/demo_people.h"
#include "core/trainer/persona.h"

struct demo_style {
	double thorough;   /* 0–1: asks on, instead of presenting at once */
	double notices;    /* 0–1: ticks what he hears */
	double skill;      /* logits: how well his answers land */
	double wise, trades; /* how often he offers what is best for both, or gives in return; otherwise he gives way (demo_barter.h) */
	double own_way;    /* 0–1: leads the other conversation than is advised */
	double price;      /* 0–1: where he gives way, in price before all else */
};

struct demo_talk {
	struct arena *arena;
	struct rng *rng;
	struct persona *client;
	const struct demo_style *manager;
	const struct call_book *book;
	struct call_live *live;
	enum demo_trade trade;
	int64_t at;            /* in: when the phone rings; out: when it was put down */
	int64_t value_minor;   /* what a contract is worth */
	int64_t pay_minor;     /* what is paid at once */
	int64_t next_at[2];    /* in: when they would talk again, if they agree to, by the mode advised for it; out: [0] when they will */
	bool first, kept;      /* of this deal; what was promised before was done */
	const struct bargain_table *table; /* of the deal; NULL: none was made */
	struct demo_buyer *buyer;
	bool lasts;            /* whatever comes of it, they will talk again */
	bool gives_way;        /* the manager, this time, in everything down to the limit */
	bool leaves_ask;       /* the client: what he asks last is left with the manager */
	double days;           /* since they talked last */
	uint64_t seed;         /* of how good each answer is */
	int64_t price_minor;   /* out: what was given in price; 0 and below */
	bool cut_told;         /* out: a personal cut was recognised, and the lead is to know */
	const char *promise;   /* out: what was promised; NULL */
	enum call_outcome outcome; /* out */
	json_t *events;        /* out: an array; a new reference */
	int n_events;
};

/* One event, some seconds later, through the machine of the screen; false where it does not allow it. amount: of what is asked for or put. */
bool demo_talk_put(struct demo_talk *talk, enum call_event_kind kind, int64_t item, int64_t value, int64_t amount, const char *text, int seconds);

/* Leads it from the first ring to the end. */
void demo_talk_run(struct demo_talk *talk);

#endif
