/* Demo barter: the trade in one conversation of the demo company, offer upon offer (N6–N9).
 *
 * The client is a demo_buyer. The manager sees the deal's table alone, and plays by his style: now and then the package on the frontier that is worth his aim, or a trade for
 * what is asked, or he gives way in price for nothing. Nobody offers below the limit. What is said goes through the machine of the screen (demo_talk_put). */
#ifndef STURGEON_APP_DEMO_BARTER_H
#define STURGEON_APP_DEMO_BARTER_H

#include "app/demo_talk.h"

/* signs: the client would sign today if the terms were agreed. True: they are, and what stands at the end is what is signed.
 * talk->price_minor is set to what was given in price. */
bool demo_barter_run(struct demo_talk *talk, bool signs);

#endif
