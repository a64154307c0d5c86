#include "app/demo_crowd.h"

#include "app/member.h"
#include "base/id.h"
#include "base/moment.h"
#include "store/member_store.h"

struct use demo_crowd_act(struct demo_crowd *crowd, int who, int64_t at)
{
	struct use use;
	use_init(&use, arena_new((size_t)64 << 20), crowd->world->use->db, crowd->people[who], at);
	return use;
}

enum outcome demo_crowd_acted(struct demo_crowd *crowd, struct use *use, enum outcome outcome)
{
	return demo_world_acted(crowd->world, use, outcome);
}

static enum outcome person_come(struct demo_crowd *crowd, int who, const int64_t teams[], int64_t at)
{
	const struct demo_figure *figure = &crowd->text->people[who];
	struct actor *actor = &crowd->people[who];
	struct demo_world *world = crowd->world;
	if (figure->home >= 0) {
		*actor = (struct actor){world->team_id, world->members[figure->home], role_parse(demo_members[figure->home].role), "uk"};
		return DONE;
	}
	*actor = (struct actor){teams[figure->team], id_new(at), role_parse(figure->role), "uk"};
	return use_done(member_insert(world->use->db, actor->team_id, actor->member_id, figure->name, figure->role, "uk", NULL, NULL, at, &world->use->error));
}

enum outcome demo_crowd_hire(struct demo_crowd *crowd, struct demo_world *world, const struct demo_text *text, int64_t at)
{
	int64_t teams[DEMO_TEAMS_MAX] = {0};
	bool lived_in[DEMO_TEAMS_MAX] = {false};
	enum outcome outcome = DONE;
	*crowd = (struct demo_crowd){.world = world, .text = text};
	for (int i = 0; i < text->n_people; i++)
		if (text->people[i].home < 0) lived_in[text->people[i].team] = true;
	for (int i = 0; i < text->n_teams && !outcome; i++) {
		if (!lived_in[i]) continue;
		struct use use = demo_world_act(world, 0, at += MOMENT_MINUTE);
		outcome = demo_world_acted(world, &use, team_make(&use, text->teams[i].name, &teams[i]));
	}
	for (int i = 0; i < text->n_people && !outcome; i++) outcome = person_come(crowd, i, teams, at += MOMENT_SECOND);
	return outcome;
}
