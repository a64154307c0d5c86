#include "app/poll.h"

#include <string.h>

#include "app/journal.h"
#include "app/post.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tr.h"

enum { REASONS_SHOWN = 100 };

/* ---- Writing ---- */

void poll_read(struct use *use, const struct poll_form *form, struct poll_fields *f)
{
	int n = 0;
	*f = (struct poll_fields){.question = form->question};
	for (int i = 0; form->options[i]; i++) {
		const char *option = form->options[i];
		bool twice = false;
		if (!*option) continue;
		for (int k = 0; k < n; k++) twice = twice || !strcmp(text_fold(use->arena, f->options[k]), text_fold(use->arena, option));
		if (twice) use_mistake(use, "option", N_("Two answers are the same"));
		else if (n == POLL_OPTIONS) use_mistake(use, "option", N_("At most ten answers to choose from"));
		else f->options[n++] = option;
	}
	if (!*f->question && n) use_mistake(use, "poll_question", N_("What is asked?"));
	if (*f->question && n < 2) use_mistake(use, "option", N_("At least two answers to choose from"));
	if (form->closes_day >= 0 && *f->question) f->closes_at = day_start((int32_t)form->closes_day + 1);
}

/* Is the poll as it stands the one that is asked for, but for when it closes? */
static bool same_poll(const json_t *poll, const struct poll_fields *f)
{
	json_t *option;
	size_t i;
	if (!poll || strcmp(json_string_value(json_object_get(poll, "question")), f->question)) return false;
	json_array_foreach(json_object_get(poll, "options"), i, option) {
		if (i >= POLL_OPTIONS || !f->options[i] || strcmp(json_string_value(json_object_get(option, "text")), f->options[i])) return false;
	}
	return !f->options[json_array_size(json_object_get(poll, "options"))];
}

enum outcome poll_write(struct use *use, int64_t post_id, const struct poll_fields *f)
{
	json_t *poll;
	if (poll_load(use->db, post_id, 0, &poll, &use->error)) return FAILED;
	bool same = same_poll(poll, f), none = !poll && !*f->question;
	int64_t answers = json_integer_value(json_object_get(poll, "answers"));
	json_decref(poll);
	if (none) return DONE;
	if (same) return use_done(poll_closes_put(use->db, post_id, f->closes_at, &use->error));
	if (answers) return use_mistake(use, "poll_question", N_("Somebody has answered already: the question and the answers stay as they are"));
	return use_done(poll_put(use->db, post_id, f, &use->error));
}

static bool closed(const struct use *use, const json_t *poll)
{
	int64_t at;
	const char *closes = json_string_value(json_object_get(poll, "closes_at"));
	return closes && moment_parse(closes, &at) && at <= use->now;
}

enum outcome poll_answer(struct use *use, int64_t post_id, int64_t place, const char *reason)
{
	struct post_state s;
	json_t *poll;
	enum outcome outcome = post_readable(use, post_id, &s);
	if (!outcome) outcome = journal_unbanned(use, s.community_id);
	if (outcome) return outcome;
	if (poll_load(use->db, post_id, use->who.member_id, &poll, &use->error)) return FAILED;
	if (!poll) return ABSENT;
	bool over = closed(use, poll);
	size_t options = json_array_size(json_object_get(poll, "options"));
	json_decref(poll);
	if (over) return use_mistake(use, "place", N_("The poll is closed"));
	if (place < 1 || place > (int64_t)options) return use_mistake(use, "place", N_("This is none of the choices"));
	outcome = journal_of_member(use, use->who.team_id, use->who.member_id); /* his name stands under his reason */
	return outcome ? outcome : use_done(poll_answer_put(use->db, post_id, use->who.member_id, place, reason, use->now, &use->error));
}

/* ---- Showing ---- */

static void options_view(json_t *poll, bool shown)
{
	json_t *option;
	size_t i;
	json_int_t mine = json_integer_value(json_object_get(poll, "mine")), answers = json_integer_value(json_object_get(poll, "answers")), most = 0;
	json_array_foreach(json_object_get(poll, "options"), i, option) {
		json_int_t count = json_integer_value(json_object_get(option, "count"));
		most = count > most ? count : most;
	}
	json_array_foreach(json_object_get(poll, "options"), i, option) {
		json_int_t count = json_integer_value(json_object_get(option, "count"));
		json_object_set_new(option, "mine", json_boolean(mine && json_integer_value(json_object_get(option, "place")) == mine));
		if (!shown) json_object_del(option, "count");
		if (shown) json_object_set_new(option, "share", json_real(answers ? (double)count / (double)answers : 0));
		if (shown) json_object_set_new(option, "first", json_boolean(count && count == most));
	}
}

static enum outcome reasons_view(struct use *use, int64_t post_id, json_t *poll)
{
	json_t *reasons, *reason;
	size_t i;
	if (poll_reasons(use->db, post_id, REASONS_SHOWN, &reasons, &use->error)) return FAILED;
	json_array_foreach(reasons, i, reason) {
		json_t *option = json_array_get(json_object_get(poll, "options"), (size_t)json_integer_value(json_object_get(reason, "place")) - 1);
		json_object_set(reason, "option", json_object_get(option, "text"));
	}
	json_object_set_new(poll, "reasons", reasons);
	return DONE;
}

enum outcome poll_view(struct use *use, int64_t post_id, int64_t author_id, bool may, json_t **ret_poll)
{
	json_t *poll;
	if (poll_load(use->db, post_id, use->who.member_id, &poll, &use->error)) return FAILED;
	*ret_poll = json_null();
	if (!poll) return DONE;
	bool over = closed(use, poll), answered = json_is_integer(json_object_get(poll, "mine"));
	bool shown = over || answered || (use->who.member_id && use->who.member_id == author_id);
	json_object_set_new(poll, "closed", json_boolean(over));
	json_object_set_new(poll, "may", json_boolean(may && !over));
	json_object_set_new(poll, "shown", json_boolean(shown));
	options_view(poll, shown);
	enum outcome outcome = shown ? reasons_view(use, post_id, poll) : DONE;
	if (outcome) json_decref(poll);
	else *ret_poll = poll;
	return outcome;
}
