/* Demo answer: a week ago the lead published the company's answer, and colleagues from the other towns said how it is with them. */
#ifndef STURGEON_APP_DEMO_ANSWER_H
#define STURGEON_APP_DEMO_ANSWER_H

#include "app/demo_crowd.h"

/* On the evening of a day, and on the days after it until world->now. */
enum outcome demo_answer_make(struct demo_world *world, struct demo_crowd *crowd, int32_t day);

#endif
