#include "app/mark.h"

#include "app/practice_score.h"
#include "app/score_keep.h"
#include "app/score_page.h"
#include "base/id.h"
#include "base/tr.h"
#include "store/mark_store.h"

static enum outcome mark_check(struct use *use, const struct score *score, const char *criterion, int mark, const char *reason)
{
	enum score_criterion known;
	int i = 0;
	bool named = score_named(criterion, &known);
	while (named && i < score->n && score->marks[i].criterion != known) i++;
	if (!named || i == score->n) return use_mistake(use, "criterion", N_("This talk has no such criterion"));
	if (mark && !*reason) return use_mistake(use, "reason", N_("Say why: the manager learns from it"));
	return DONE;
}

static enum outcome mark_put(struct use *use, struct mark_of of, const char *criterion, int mark, const char *reason)
{
	struct mark_new put = {.mark_id = id_new(use->now), .of = of, .criterion = criterion, .mark = mark, .reason = reason, .member_id = use->who.member_id, .at = use->now};
	return use_done(mark_insert(use->db, use->who.team_id, &put, &use->error));
}

enum outcome mark_call(struct use *use, int64_t call_id, const char *criterion, int mark, const char *reason)
{
	struct call_scored scored;
	struct score score;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = call_score_find(use, call_id, &scored);
	if (!outcome) outcome = call_score(use, &scored, &score);
	if (!outcome) outcome = mark_check(use, &score, criterion, mark, reason);
	if (!outcome) outcome = mark_put(use, (struct mark_of){.call_id = call_id}, criterion, mark, reason);
	return outcome ? outcome : score_keep(use, &scored);
}

enum outcome mark_practice(struct use *use, int64_t practice_id, const char *criterion, int mark, const char *reason)
{
	const struct mark_of of = {.practice_id = practice_id};
	struct practice_run *run;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = practice_load(use, practice_id, &run);
	if (!outcome && !run->row.ended_at) outcome = ABSENT;
	if (outcome) return outcome;
	struct score score = practice_score(&run->practice, use->arena);
	outcome = mark_check(use, &score, criterion, mark, reason);
	if (!outcome) outcome = mark_put(use, of, criterion, mark, reason);
	if (!outcome) outcome = score_overruled(use, of, &score, NULL);
	return outcome ? outcome : use_done(practice_tenths_set(use->db, use->who.team_id, practice_id, score.tenths, &use->error));
}
