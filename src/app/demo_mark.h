/* Demo mark: the demo company's lead has listened to a few talks and overruled a mark of the rubric, with her reason (L1). */
#ifndef STURGEON_APP_DEMO_MARK_H
#define STURGEON_APP_DEMO_MARK_H

#include "app/demo_world.h"

enum outcome demo_mark(struct demo_world *world);

#endif
