/* Learning: the course, its lessons and their quizzes (L1). */
#include "app/learn_page.h"
#include "app/lesson.h"
#include "app/lesson_own.h"
#include "base/moment.h"
#include "web/pages.h"

void learn_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, learn_page(&r->use, &model))) reply_page(r, "learn", model);
}

void learn_team_show(struct request *r)
{
	json_t *model;
	int64_t member_id = request_id(r, "member");
	if (reply_outcome(r, learn_team_page(&r->use, member_id, &model))) reply_page(r, member_id ? "score_one" : "learn_team", model);
}

void course_lesson_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, lesson_page(&r->use, request_text(r, "key"), request_id(r, "try"), "", NULL, &model))) reply_page(r, "lesson", model);
}

void course_lesson_read(struct request *r)
{
	const char *key = request_text(r, "key");
	if (!reply_outcome(r, lesson_tick(&r->use, key))) return;
	if (!r->htmx) {
		reply_redirect(r, "/lessons/%s#quiz", key);
		return;
	}
	char at[32];
	moment_iso(r->use.now, at);
	reply_page(r, "lesson_read", json_pack("{s{ss}}", "progress", "read_at", at));
}

/* Where the quiz was to be answered; what was ticked stays. */
void quiz_show(struct request *r)
{
	const json_t *list = json_object_get(r->again, "answer");
	const char **chosen = ARENA_ARRAY(r->arena, const char *, json_array_size(list) + 1);
	for (size_t i = 0; i < json_array_size(list); i++) chosen[i] = json_string_value(json_array_get(list, i));
	const char *quiz = json_string_value(json_object_get(r->again, "quiz"));
	json_t *model;
	if (reply_outcome(r, lesson_page(&r->use, request_text(r, "key"), 0, quiz ? quiz : "", chosen, &model))) reply_page(r, "lesson", model);
}

void quiz_do(struct request *r)
{
	const char *key = request_text(r, "key");
	int64_t try_id;
	if (!reply_outcome(r, lesson_quiz(&r->use, key, request_text(r, "quiz"), request_list(r, "answer"), &try_id))) return;
	reply_redirect(r, "/lessons/%s?try=%lld#result", key, (long long)try_id);
}

/* ---- The team's own ---- */

void lesson_own_new_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, lesson_own_form(&r->use, NULL, json_string_value(json_object_get(r->again, "text")), &model))) reply_page(r, "lesson_form", model);
}

void lesson_own_edit_show(struct request *r)
{
	json_t *model;
	const char *typed = json_string_value(json_object_get(r->again, "text"));
	if (reply_outcome(r, lesson_own_form(&r->use, request_text(r, "key"), typed, &model))) reply_page(r, "lesson_form", model);
}

/* Nothing is written: answered before the writer is asked. */
void lesson_own_preview(struct request *r)
{
	json_t *model;
	const char *key = request_text(r, "key");
	if (r->htmx || r->wants_json) {
		if (reply_outcome(r, lesson_own_preview_page(&r->use, request_text(r, "text"), &model))) reply_page(r, "lesson_preview", model);
	} else if (reply_outcome(r, lesson_own_form(&r->use, *key ? key : NULL, request_text(r, "text"), &model))) {
		reply_page(r, "lesson_form", model);
	}
}

void lesson_own_preview_show(struct request *r)
{
	lesson_own_preview(r);
}

static void own_save(struct request *r, const char *key)
{
	const char *saved;
	if (!reply_outcome(r, lesson_own_save(&r->use, key, request_text(r, "text"), &saved))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/lessons/%s", saved);
}

void lesson_own_new_do(struct request *r)
{
	own_save(r, NULL);
}

void lesson_own_edit_do(struct request *r)
{
	own_save(r, request_text(r, "key"));
}

void lesson_own_retire_do(struct request *r)
{
	const char *key = request_text(r, "key");
	if (!reply_outcome(r, lesson_own_retire(&r->use, key, request_flag(r, "back")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/learn");
}
