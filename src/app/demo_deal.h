/* Demo deal: a deal of the demo company from its beginning to its end, one conversation after another. */
#ifndef STURGEON_APP_DEMO_DEAL_H
#define STURGEON_APP_DEMO_DEAL_H

#include "app/demo_world.h"

/* Somebody who may be offered something that day, at random: rather one who never was. manager −1: anyone's. NULL: nobody. */
struct demo_client *demo_deal_client(struct demo_world *world, int32_t day, int manager, bool private_too);
enum demo_trade demo_deal_trade(const struct demo_client *client);   /* what he is offered next */

/* His manager enters a deal at a moment and plans its first conversation. */
enum outcome demo_deal_open(struct demo_world *world, struct demo_client *client, int64_t at, int64_t first_at);

/* The conversation that is planned is held, a little late, and what follows from it is done. */
enum outcome demo_deal_talk(struct demo_world *world, struct demo_deal *deal);

/* The minute of the day as the form of a plan has it: what is planned for the day's first moment is for any hour. */
int demo_deal_minute(int64_t at);

#endif
