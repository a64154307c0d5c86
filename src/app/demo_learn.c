#include "app/demo_learn.h"

#include "app/lesson.h"
#include "app/lesson_text.h"

enum { LEAD = DEMO_FIRST_MANAGER - 1 };

struct pupil {
	int member, passed;
	bool reads;     /* one lesson more is read, and its quiz failed or put off */
	bool answered;
	int every;      /* a lesson each so many days */
	int slips;      /* every so manieth quiz is failed first; 0: none */
};

static const struct pupil pupils[] = {
	{LEAD, 12, false, false, 2, 0},
	{DEMO_FIRST_MANAGER, 4, true, false, 4, 3},
	{DEMO_FIRST_MANAGER + 1, 8, true, true, 3, 2},
	{DEMO_FIRST_MANAGER + 2, 11, false, false, 3, 5},
};

/* Right answers; or, failed, the first wrong one of each question. */
static const char *const *answers(struct arena *arena, const struct lesson *lesson, bool failed)
{
	const char **list = ARENA_ARRAY(arena, const char *, LESSON_QUESTIONS * LESSON_CHOICES + 1);
	int n = 0;
	for (int q = 0; q < lesson->n_questions; q++) {
		bool chosen = false;
		for (int c = 0; c < lesson->questions[q].n_choices; c++) {
			if (lesson->questions[q].choices[c].right == failed || (failed && chosen)) continue;
			list[n++] = arena_printf(arena, "%d:%d", q + 1, c + 1);
			chosen = true;
		}
	}
	return list;
}

static enum outcome study(struct demo_world *world, int member, const struct lesson *lesson, int64_t at, bool reads, bool fails)
{
	int64_t try_id;
	struct use use = demo_world_act(world, member, at);
	return demo_world_acted(world, &use, reads ? lesson_tick(&use, lesson->key) : lesson_quiz(&use, lesson->key, "", answers(use.arena, lesson, fails), &try_id));
}

static enum outcome pupil_learn(struct demo_world *world, const struct pupil *pupil, const struct lesson *const *lessons, int n)
{
	int last = pupil->passed + pupil->reads;
	if (last > n) last = n;
	enum outcome outcome = DONE;
	for (int i = 0; !outcome && i < last; i++) {
		bool passes = i < pupil->passed, slips = pupil->slips && i % pupil->slips == pupil->slips - 1;
		int32_t day = world->today - 2 - (last - 1 - i) * pupil->every;
		while (!demo_world_workday(day, DEMO_CRM)) day--;
		int minute = 17 * 60 + 20 + 7 * (i % 3);
		outcome = study(world, pupil->member, lessons[i], demo_world_moment(day, minute), true, false);
		if (!outcome && (slips || (!passes && pupil->answered))) outcome = study(world, pupil->member, lessons[i], demo_world_moment(day, minute + 4), false, true);
		if (!outcome && passes) outcome = study(world, pupil->member, lessons[i], demo_world_moment(day, minute + 9), false, false);
	}
	return outcome;
}

enum outcome demo_learn(struct demo_world *world)
{
	const struct lesson *const *lessons;
	int n = lesson_list(world->use->arena, LANG_UK, &lessons);
	enum outcome outcome = DONE;
	for (size_t i = 0; !outcome && i < sizeof pupils / sizeof *pupils; i++) outcome = pupil_learn(world, &pupils[i], lessons, n);
	return outcome;
}
