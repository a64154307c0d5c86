#include "app/demo_practice.h"

#include "app/practice_run.h"
#include "base/moment.h"
#include "core/playbook/playbook_word.h"
#include "core/trainer/drill.h"

enum { LEAD = DEMO_FIRST_MANAGER - 1, ARENA_MOST = 256 << 20 };

struct talked {
	int member;
	const char *scenario;
	enum call_mode mode;
	int64_t seed;
	int days_ago, minute;
};

static const struct talked talks[] = {
	{DEMO_FIRST_MANAGER, "mall_card", MODE_SALE, 14, 19, 9 * 60 + 10},
	{DEMO_FIRST_MANAGER, "crm_three", MODE_SALE, 21, 15, 17 * 60 + 25}, /* persuaded whoever had decided */
	{DEMO_FIRST_MANAGER, "crm_three", MODE_NEGOTIATION, 21, 15, 17 * 60 + 50},
	{DEMO_FIRST_MANAGER, "service_contract", MODE_NEGOTIATION, 5, 6, 16 * 60 + 40},
	{DEMO_FIRST_MANAGER + 1, "crm_phone", MODE_SALE, 3, 12, 9 * 60 + 5},
	{DEMO_FIRST_MANAGER + 1, "crm_phone", MODE_SALE, 8, 11, 9 * 60 + 5},
	{DEMO_FIRST_MANAGER + 1, "own_share", MODE_NEGOTIATION, 2, 4, 17 * 60 + 30},
	{DEMO_FIRST_MANAGER + 2, "mall_card", MODE_NEGOTIATION, 9, 9, 18 * 60},
	{DEMO_FIRST_MANAGER + 2, "service_contract", MODE_NEGOTIATION, 12, 8, 18 * 60},
	{LEAD, "own_share", MODE_NEGOTIATION, 1, 20, 8 * 60 + 40},
};

static void told(void *arg, const struct call_event *event, const struct acts *acts)
{
	json_t *events = arg;
	char at[32];
	(void)acts;
	if (event->kind == EVENT_BEGAN || event->kind == EVENT_ENDED) return; /* practice_start's and practice_end's */
	moment_iso(event->at, at);
	json_array_append_new(events, json_pack("{so ss ss sI sI}", "id", json_sprintf("demo-%zu", json_array_size(events)), "kind", playbook_word(WORD_EVENT, (int)event->kind), "at", at, "item",
		(json_int_t)event->item, "value", (json_int_t)event->value));
}

/* What a scripted manager does, as the browser would send it. */
static json_t *played(const struct talked *talk, int64_t start, int64_t *ret_end)
{
	struct arena *arena = arena_new(ARENA_MOST);
	const struct practice_file *file = practice_file_load(arena, talk->scenario);
	struct practice *practice = ARENA_NEW(arena, struct practice);
	json_t *events = json_array();
	practice_make(practice, &file->scenario, &file->book, (uint64_t)talk->seed, arena);
	drill_run(practice, talk->mode, start, arena, told, events);
	*ret_end = practice->talk.log[practice->talk.n_log - 1].at;
	arena_free(arena);
	return json_pack("{so}", "events", events);
}

static enum outcome talk_practise(struct demo_world *world, const struct talked *talk)
{
	int32_t day = world->today - talk->days_ago;
	while (!demo_world_workday(day, DEMO_CRM)) day--;
	int64_t start = demo_world_moment(day, talk->minute), end, id;
	struct use begins = demo_world_act(world, talk->member, start);
	enum outcome outcome = demo_world_acted(world, &begins, practice_start(&begins, talk->scenario, playbook_word(WORD_MODE, (int)talk->mode), talk->seed, &id));
	if (outcome) return outcome;
	json_t *answer = NULL, *batch = played(talk, start, &end);
	struct use leads = demo_world_act(world, talk->member, end);
	outcome = practice_happened(&leads, id, batch, NULL, &answer);
	if (!outcome) outcome = practice_end(&leads, id);
	json_decref(answer);
	json_decref(batch);
	return demo_world_acted(world, &leads, outcome);
}

enum outcome demo_practice(struct demo_world *world)
{
	enum outcome outcome = DONE;
	for (size_t i = 0; !outcome && i < sizeof talks / sizeof *talks; i++) outcome = talk_practise(world, &talks[i]);
	return outcome;
}
