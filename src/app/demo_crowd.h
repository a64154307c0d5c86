/* Demo crowd: those of demo_text.h as members of the company: the teams of the other towns and who works there. They have no clients and cannot log in. */
#ifndef STURGEON_APP_DEMO_CROWD_H
#define STURGEON_APP_DEMO_CROWD_H

#include "app/demo_text.h"
#include "app/demo_world.h"

struct demo_crowd {
	struct demo_world *world;
	const struct demo_text *text;
	struct actor people[DEMO_PEOPLE_MAX]; /* as text->people */
};

enum outcome demo_crowd_hire(struct demo_crowd *crowd, struct demo_world *world, const struct demo_text *text, int64_t at);

/* As demo_world_act and demo_world_acted, for anybody of the text. */
struct use demo_crowd_act(struct demo_crowd *crowd, int who, int64_t at);
enum outcome demo_crowd_acted(struct demo_crowd *crowd, struct use *use, enum outcome outcome);

#endif
