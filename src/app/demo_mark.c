#include "app/demo_mark.h"

#include "app/call_score.h"
#include "app/mark.h"
#include "base/moment.h"
#include "store/mark_store.h"

enum { LEAD = DEMO_FIRST_MANAGER - 1, DAYS = 30, LOOKED_AT = 30 };

static const struct overruled {
	int manager;
	const char *criterion;
	int below, mark;                /* the last talk in which the rubric gives less than `below` gets this mark */
	const char *reason;
} overrules[] = {
	{0, "motives", 5, 5, "Другий мотив клієнт назвав сам, уже в першій відповіді. Його просто не позначили."},
	{0, "closing", 5, 3, "Наступну розмову призначив клієнт, а не ти. Пропонуй день і годину першою."},
	{1, "interests", 4, 4, "Інтерес прозвучав між рядками: «мусимо показати власникові». Позначай одразу."},
	{2, "trade", 5, 5, "Поступку задарма я дозволила заздалегідь, це не помилка."},
};

static enum outcome mark_of(struct use *use, int64_t call_id, enum score_criterion criterion, int *ret_mark)
{
	struct call_scored scored;
	struct score score;
	enum outcome outcome = call_score_find(use, call_id, &scored);
	if (!outcome) outcome = call_score(use, &scored, &score);
	*ret_mark = 0; /* it has none */
	for (int i = 0; !outcome && i < score.n; i++)
		if (score.marks[i].criterion == criterion) *ret_mark = score.marks[i].mark;
	return outcome;
}

static enum outcome overrule(struct demo_world *world, const struct overruled *how)
{
	enum score_criterion criterion;
	json_t *calls, *call;
	size_t i;
	if (!score_named(how->criterion, &criterion)) BUG("no criterion %s", how->criterion);
	struct use use = demo_world_act(world, LEAD, world->now);
	int64_t member = world->members[DEMO_FIRST_MANAGER + how->manager];
	enum outcome outcome = use_done(call_score_list(use.db, world->team_id, member, world->now - DAYS * MOMENT_DAY, LOOKED_AT, &calls, &use.error));
	if (outcome) return demo_world_acted(world, &use, outcome);
	json_array_foreach(calls, i, call) {
		int64_t id = json_integer_value(json_object_get(call, "id")), at = json_integer_value(json_object_get(call, "at_us")) + 2 * MOMENT_HOUR;
		int mark;
		if (at > world->now) continue;
		if ((outcome = mark_of(&use, id, criterion, &mark)) || !mark || mark >= how->below || mark == how->mark) {
			if (outcome) break;
			continue;
		}
		use.now = at;
		outcome = mark_call(&use, id, how->criterion, how->mark, how->reason);
		break;
	}
	json_decref(calls);
	return demo_world_acted(world, &use, outcome);
}

enum outcome demo_mark(struct demo_world *world)
{
	enum outcome outcome = DONE;
	for (size_t i = 0; !outcome && i < sizeof overrules / sizeof *overrules; i++) outcome = overrule(world, &overrules[i]);
	return outcome;
}
