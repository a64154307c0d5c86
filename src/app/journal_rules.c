#include "app/journal_rules.h"

#include <stdlib.h>

#include "app/journal.h"
#include "app/top_work.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/tr.h"
#include "store/act_store.h"
#include "store/moderate_store.h"

enum outcome journal_rules_page(struct use *use, json_t **ret_model)
{
	struct journal_rules rules;
	if (journal_rules_load(use->db, &rules, &use->error)) return FAILED;
	*ret_model = json_pack("{s{sb si sI sf sI si}}", "form", "open_reading", rules.open_reading, "places", rules.top.places, "half_life_h", (json_int_t)(rules.top.half_life_us / MOMENT_HOUR),
			       "floor", rules.top.floor, "late_d", (json_int_t)(rules.top.late_us / MOMENT_DAY), "community_most", rules.top.community_most);
	return DONE;
}

static void change_note(json_t *detail, const char *rule, double was, double now)
{
	if (was < now || was > now) json_array_append_new(detail, json_pack("{ss sf sf}", "rule", rule, "was", was, "now", now));
}

enum outcome journal_rules_change(struct use *use, const struct journal_rules_form *form)
{
	struct journal_rules was;
	if (form->floor < 0.01) return use_mistake(use, "floor", N_("A floor is above 0"));
	if (journal_rules_load(use->db, &was, &use->error)) return FAILED;
	struct journal_rules now = {form->open_reading,
				    {.half_life_us = form->half_life_h * MOMENT_HOUR, .floor = form->floor, .places = (int)form->places, .late_us = form->late_d * MOMENT_DAY,
				     .community_most = (int)form->community_most}};
	json_t *detail = json_array();
	change_note(detail, "places", was.top.places, now.top.places);
	change_note(detail, "half_life_h", (double)was.top.half_life_us / (double)MOMENT_HOUR, (double)form->half_life_h);
	change_note(detail, "floor", was.top.floor, now.top.floor);
	change_note(detail, "late_d", (double)was.top.late_us / (double)MOMENT_DAY, (double)form->late_d);
	change_note(detail, "community_most", was.top.community_most, now.top.community_most);
	bool shapes = json_array_size(detail) > 0;
	char *text = json_dumps(detail, JSON_COMPACT | JSON_REAL_PRECISION(6));
	const char *kept = arena_strdup(use->arena, text);
	free(text);
	json_decref(detail);
	if (shapes && !*form->reason) return use_mistake(use, "reason", N_("Say why: it stands in the public log"));
	if (journal_rules_save(use->db, &now, &use->error)) return FAILED;
	if (!shapes) return DONE;
	enum outcome outcome = journal_of_member(use, use->who.team_id, use->who.member_id);
	if (outcome) return outcome;
	struct act act = {.kind = "rules", .member_id = use->who.member_id, .reason = form->reason, .detail = kept};
	if (act_insert(use->db, id_new(use->now), &act, use->now, &use->error)) return FAILED;
	return use_done(top_work_again(use->db, INT64_MIN, &use->error)); /* all of history */
}
