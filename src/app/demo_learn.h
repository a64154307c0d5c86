/* Demo learn: how far the demo company's people are in the course (L1): the first manager a third of the way, so that there is a next lesson to read, the others
 * further; now and then a quiz is passed only at the second try. */
#ifndef STURGEON_APP_DEMO_LEARN_H
#define STURGEON_APP_DEMO_LEARN_H

#include "app/demo_world.h"

enum outcome demo_learn(struct demo_world *world);

#endif
