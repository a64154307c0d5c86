#include "app/score_page.h"

#include <string.h>

#include "app/call_view.h"
#include "core/playbook/playbook_word.h"

enum { BEST = 5 };

enum outcome score_overruled(struct use *use, struct mark_of of, struct score *score, json_t **ret_marks)
{
	json_t *marks, *one;
	size_t i;
	if (mark_list(use->db, use->who.team_id, of, &marks, &use->error)) return FAILED;
	json_array_foreach(marks, i, one) {
		enum score_criterion criterion;
		if (score_named(json_string_value(json_object_get(one, "criterion")), &criterion))
			score_overrule(score, criterion, (int)json_integer_value(json_object_get(one, "mark")));
	}
	if (ret_marks) *ret_marks = marks;
	else json_decref(marks);
	return DONE;
}

/* The line of the time line that an event stands in: its own, or the last before it. */
static json_t *moment(const struct score_told *told, int64_t seq)
{
	json_t *step, *line, *found = NULL;
	size_t i, j;
	if (!seq) return json_null();
	json_array_foreach((json_t *)(uintptr_t)told->steps, i, step)
		json_array_foreach(json_object_get(step, "lines"), j, line) {
			const char *who = json_string_value(json_object_get(line, "who"));
			int64_t at = json_integer_value(json_object_get(line, "seq"));
			if (who && !strcmp(who, "client")) continue; /* his answer to it */
			if (at > 0 && at <= seq && !json_is_true(json_object_get(line, "undone"))) found = line;
		}
	return found ? json_copy(found) : json_null();
}

/* What the screen offered then, under the key of its words. */
static json_t *better(const struct score_told *told, const struct talk_hint *hint)
{
	const char *kind = playbook_word(WORD_HINT, (int)hint->kind), *words = kind, *part = NULL;
	bool negotiates = told->mode == MODE_NEGOTIATION;
	switch (hint->kind) {
	case HINT_NONE:
	case HINT_BEGIN:
	case HINT_END: return json_null();
	case HINT_STEP: words = call_view_step(told->mode, (enum talk_step)hint->value); break;
	case HINT_NO_MOTIVE: words = negotiates ? "no_interest" : "no_motive"; break;
	case HINT_NO_POINT: words = negotiates ? "no_reason" : "no_point"; break;
	case HINT_OBJECTION:
		if (hint->value) {
			part = words = playbook_word(WORD_PART, (int)hint->value - 1);
			kind = "part";
			break;
		}
		words = negotiates ? "position_stands" : "objection";
		break;
	default: break;
	}
	bool speaks = hint->kind == HINT_ITEM || hint->kind == HINT_OBJECTION || hint->kind == HINT_POSITION; /* a trade's items are variables */
	return json_pack("{ss ss ss}", "kind", kind, "words", words, "text", speaks && hint->item ? told->text(told->arg, hint->item, part) : "");
}

static json_t *lead_of(json_t *marks, const char *criterion)
{
	json_t *one;
	size_t i;
	json_array_foreach(marks, i, one)
		if (!strcmp(json_string_value(json_object_get(one, "criterion")), criterion)) return json_incref(one);
	return json_null();
}

/* The marks that the rubric gives (score.h); a lead may give any. */
#define GIVES(n) (1 << (n))
static const int gives[SCORE_CRITERIA] = {
	[SCORE_CONTACT] = GIVES(1) | GIVES(3) | GIVES(4) | GIVES(5), [SCORE_FUNNEL] = 62, [SCORE_MOTIVES] = 62, [SCORE_PRESENTATION] = 62, [SCORE_OBJECTIONS] = 62, [SCORE_CLOSING] = 62,
	[SCORE_PERSON] = GIVES(1) | GIVES(4) | GIVES(5), [SCORE_INTERESTS] = 62, [SCORE_JUSTIFICATION] = 62, [SCORE_ARGUMENTS] = 62, [SCORE_TRADE] = 62, [SCORE_PACKAGE] = 62,
	[SCORE_MODE] = GIVES(1) | GIVES(2) | GIVES(3) | GIVES(5), [SCORE_COMPLIANCE] = GIVES(1) | GIVES(2) | GIVES(5),
};

/* The key of what a mark means; "": the rubric never gives it. */
static const char *says(struct use *use, enum score_criterion criterion, int mark)
{
	return gives[criterion] & GIVES(mark) ? arena_printf(use->arena, "%s_%d", score_word(criterion), mark) : "";
}

static json_t *scale(struct use *use, enum score_criterion criterion, int mark)
{
	json_t *list = json_array();
	for (int n = BEST; n >= 1; n--)
		if (gives[criterion] & GIVES(n)) json_array_append_new(list, json_pack("{si ss sb}", "n", n, "says", says(use, criterion, n), "on", n == mark));
	return list;
}

static json_t *picks(int mark)
{
	json_t *list = json_array();
	for (int n = 1; n <= BEST; n++) json_array_append_new(list, json_pack("{si sb}", "n", n, "on", n == mark));
	return list;
}

enum outcome score_page(struct use *use, const struct score_told *told, json_t **ret_score)
{
	struct score score = *told->score;
	json_t *leads, *marks = json_array();
	int least = BEST;
	*ret_score = json_null();
	if (score.n == 0) return DONE;
	if (score_overruled(use, told->of, &score, &leads)) return FAILED;
	for (int i = 0; i < score.n; i++)
		if (score.marks[i].mark < least) least = score.marks[i].mark;
	for (int i = 0, first = 1; i < score.n; i++) {
		const struct score_mark *own = &told->score->marks[i], *now = &score.marks[i];
		const char *criterion = score_word(now->criterion);
		bool worst = first && now->mark == least && least < BEST;
		if (worst) first = 0;
		json_array_append_new(marks, json_pack("{ss si ss so so sb so so si so}", "criterion", criterion, "mark", now->mark, "says",
			says(use, now->criterion, now->mark), "scale", scale(use, now->criterion, now->mark), "picks", picks(now->mark), "first", worst, "moment", moment(told, own->seq), "better",
			now->mark < BEST ? better(told, &own->better) : json_null(), "rubric", own->mark, "lead", lead_of(leads, criterion)));
	}
	*ret_score = json_pack("{ss si sf si sb sb sb sf so sb sI so}", "path",
		told->of.call_id ? arena_printf(use->arena, "/calls/%lld", (long long)told->of.call_id) : arena_printf(use->arena, "/practice/%lld", (long long)told->of.practice_id),
		"n", score.n, "score", score.tenths / 10.0, "tenths", score.tenths, "failed", score.failed, "may", use->who.role >= ROLE_LEAD, "overruled", json_array_size(leads) > 0, "rubric",
		told->score->tenths / 10.0, "marks", marks, "agreed", score.agreed, "left_minor", (json_int_t)score.left, "best", told->best ? told->best : json_array());
	json_decref(leads);
	return DONE;
}
