/* Demo practice: talks of the demo company's people with simulated clients (L1), played by the trainer's scripted manager: one has tried the other conversation first, and learnt. */
#ifndef STURGEON_APP_DEMO_PRACTICE_H
#define STURGEON_APP_DEMO_PRACTICE_H

#include "app/demo_world.h"

enum outcome demo_practice(struct demo_world *world);

#endif
