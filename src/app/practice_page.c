#include "app/practice_page.h"

#include <string.h>

#include "app/call_engine.h"
#include "app/call_view.h"
#include "base/id.h"
#include "base/moment.h"
#include "core/playbook/playbook_word.h"

enum { LIST_READ = 300, LAST = 3, CURVE_WIDTH = 1000, CURVE_HEIGHT = 100, CURVE_BYTES = 64 << 10 };

static const char *const characters[CHARACTERS] = {"hurried", "talkative", "suspicious", "friendly", "send_me"};
static const char *const strategies[HAGGLE_STRATEGIES] = {"boulware", "linear", "conceder", "tit", "tit_absolute", "tit_averaged"};
static const char *const ends[] = {[PARTNER_TALKS] = "talks", [PARTNER_SIGNED] = "signed", [PARTNER_PUT_OFF] = "put_off", [PARTNER_REFUSED] = "refused", [PARTNER_WALKED] = "walked",
	[PARTNER_TIRED] = "tired", [PARTNER_BROKEN] = "broken"};

/* 38 → "3,8" */
static json_t *score_json(const struct use *use, int64_t tenths)
{
	return json_string(arena_printf(use->arena, "%d%c%d", (int)(tenths / 10), lang_parse(use->who.language) == LANG_UK ? ',' : '.', (int)(tenths % 10)));
}

/* ---- The list ---- */

/* "Пані Наталія, комерційна директорка" → "Наталія" */
static json_t *person_name(const char *person)
{
	size_t n = strcspn(person, ","), from = strcspn(person, " ");
	return from < n ? json_stringn(person + from + 1, n - from - 1) : json_stringn(person, n);
}

static json_t *scenario_json(const struct practice_file *file, enum lang lang)
{
	const char *person = practice_file_title(file, "person", lang);
	return json_pack("{ss so ss ss ss ss si sn s[]}", "key", file->key, "person_name", person_name(person), "name", practice_file_title(file, "name", lang), "about",
			 practice_file_title(file, "about", lang), "person", person, "learns", practice_file_title(file, "learns", lang), "tries", 0, "best_tenths", "last");
}

static json_t *scenario_of(json_t *scenarios, const char *key)
{
	size_t i;
	json_t *one;
	json_array_foreach(scenarios, i, one)
		if (!strcmp(json_string_value(json_object_get(one, "key")), key)) return one;
	return NULL;
}

static void tried(const struct use *use, json_t *scenario, json_t *practice)
{
	json_t *last = json_object_get(scenario, "last"), *tenths = json_object_get(practice, "tenths");
	json_object_set_new(scenario, "tries", json_integer(1 + json_integer_value(json_object_get(scenario, "tries"))));
	if (json_integer_value(tenths) > json_integer_value(json_object_get(scenario, "best_tenths"))) json_object_set(scenario, "best_tenths", tenths);
	json_object_set_new(practice, "score", score_json(use, json_integer_value(tenths)));
	if (json_array_size(last) < LAST) json_array_append(last, practice);
}

enum outcome practice_list_page(struct use *use, json_t **ret_model)
{
	json_t *list, *one, *scenarios = json_array(), *running = json_null();
	enum lang lang = lang_parse(use->who.language);
	size_t i;
	*ret_model = NULL;
	if (practice_list(use->db, use->who.team_id, use->who.member_id, LIST_READ, &list, &use->error)) {
		json_decref(scenarios);
		return FAILED;
	}
	for (int f = 0; f < scenario_files_count; f++) json_array_append_new(scenarios, scenario_json(practice_file_load(use->arena, scenario_files[f].name), lang));
	json_array_foreach(list, i, one) {
		json_t *scenario = scenario_of(scenarios, json_string_value(json_object_get(one, "scenario")));
		if (!scenario) continue;
		if (!json_is_null(json_object_get(one, "ended_at"))) tried(use, scenario, one);
		else if (json_is_null(running))
			running = json_pack("{sO sO sO sO}", "id", json_object_get(one, "id"), "name", json_object_get(scenario, "name"), "person", json_object_get(scenario, "person"), "created_at",
				json_object_get(one, "created_at"));
	}
	*ret_model = json_pack("{so so sb}", "scenarios", scenarios, "running", running, "practised", json_array_size(list) > 0);
	json_decref(list);
	return DONE;
}

/* ---- What stands on both pages ---- */

static json_t *about_json(const struct use *use, const struct practice_run *run)
{
	const struct practice_file *file = run->file;
	return json_pack("{sI sb so ss ss ss ss sI ss ss ss}", "id", (json_int_t)run->row.practice_id, "mine", run->row.member_id == use->who.member_id, "person_name",
			 person_name(practice_file_title(file, "person", run->lang)), "name", practice_file_title(file, "name", run->lang),
			 "about", practice_file_title(file, "about", run->lang), "person", practice_file_title(file, "person", run->lang), "learns", practice_file_title(file, "learns", run->lang),
			 "seed", (json_int_t)run->row.seed, "scenario", run->row.scenario, "mode", run->row.mode, "member_name", run->row.member_name);
}

/* "Пані Наталія, комерційна директорка" is a name and a position. */
static json_t *client_json(const struct practice_run *run)
{
	const char *person = practice_file_title(run->file, "person", run->lang);
	size_t n = strcspn(person, ",");
	return json_pack("{si so ss sn s[]}", "id", 0, "name", json_stringn(person, n), "position", person[n] ? person + n + 2 : "", "company", "phones");
}

/* What was said, oldest first, and his last words apart. */
static json_t *talk_said(const struct practice_run *run, json_t **ret_says)
{
	json_t *said = practice_aloud(run);
	*ret_says = json_array();
	for (size_t i = json_array_size(said); i-- > 0;) {
		json_t *line = json_array_get(said, i);
		if (strcmp(json_string_value(json_object_get(line, "who")), "client") != 0) continue;
		json_array_extend(*ret_says, json_object_get(line, "words"));
		json_array_remove(said, i);
		break;
	}
	return said;
}

/* ---- While it runs ---- */

static bool left_standing(const struct talk_state *state, int64_t objection)
{
	for (int i = 0; i < state->n_objections; i++)
		if (state->objections[i].item == objection) return state->objections[i].state == OBJECTION_LEFT;
	return false;
}

/* What he does himself is no button of the manager's. */
static void view_fit(struct use *use, json_t *view, const struct talk_state *state)
{
	json_t *ask = json_object_get(view, "ask"), *objections = json_object_get(view, "objections"), *card;
	const char *kind = json_string_value(json_object_get(ask, "kind"));
	int64_t at;
	for (size_t i = json_array_size(objections); i-- > 0;)
		if (!left_standing(state, json_integer_value(json_object_get(json_array_get(objections, i), "id")))) json_array_remove(objections, i);
	if (json_is_object(card = json_object_get(view, "objection"))) json_object_set_new(card, "closed", json_null());
	if (json_is_object(card = json_object_get(view, "position"))) json_object_set_new(card, "closed", json_null());
	if (kind && !strcmp(kind, "alternative") && moment_parse(json_string_value(json_object_get(view, "suggest_at")), &at)) {
		json_object_set_new(ask, "do", json_string(arena_printf(use->arena, "planned 0 %lld", (long long)at)));
		json_object_set_new(ask, "close", json_null());
	}
	json_object_set_new(view, "answering", json_false());
	json_object_set_new(view, "note_do", json_string(PRACTICE_WORDS));
}

json_t *practice_talk_model(struct use *use, const struct practice_run *run, const struct practice_side *side, int64_t look)
{
	json_t *cases = json_array(), *says, *talk = talk_said(run, &says);
	json_t *view = call_view(use, &side->call, side->live, side->book, run->log, run->n_log, side->trade, look), *practice = about_json(use, run);
	json_t *engine = call_engine(use, &side->call, cases, side->live, side->book, side->trade, run->log, run->n_log);
	json_t *words = call_engine_words(), *heard = json_array();
	for (int act = 0; act < HEARD_ACTS; act++) json_array_append_new(heard, json_string(heard_act_word((enum heard_act)act)));
	json_object_set_new(words, "heard", heard);
	json_object_set_new(engine, "talk", practice_aloud(run));
	view_fit(use, view, &run->practice.talk.state);
	return json_pack("{s{sI so sn sn} so so so so so s{ss sb s[] sb s[] s[]} sb sb ss ss so so}", "call", "id", (json_int_t)run->row.practice_id, "client", client_json(run), "purpose", "product",
		"practice", practice, "talk", talk, "says", says, "view", view, "cases", cases, "strip", "promised", "", "any_motives", false, "motives", "any_told", false, "told", "earlier",
		"may", run->row.member_id == use->who.member_id, "over", false, "base", arena_printf(use->arena, "/practice/%lld", (long long)run->row.practice_id), "event",
		arena_printf(use->arena, "f%lld", (long long)id_new(use->now)), "words", words, "engine", engine);
}

/* ---- When it is over ---- */

static json_t *points(const double *wish, int n)
{
	struct buf text;
	buf_init(&text, CURVE_BYTES);
	for (int i = 0; i < n; i++)
		buf_printf(&text, "%s%d,%.1f", i ? " " : "", n > 1 ? i * CURVE_WIDTH / (n - 1) : 0, CURVE_HEIGHT - wish[i] * CURVE_HEIGHT / 100.0);
	json_t *json = json_string(text.bytes ? text.bytes : "");
	buf_done(&text);
	return json;
}

/* What he wanted, and what the advisor made of it, after each event. */
static json_t *curve_json(struct use *use, const struct practice_run *run, const struct practice_side *side)
{
	struct live *live = ARENA_NEW(use->arena, struct live);
	double *advisor = ARENA_ARRAY(use->arena, double, run->n_log + 1);
	live_init(live, &side->live->live_known);
	for (int i = 0; i < run->n_log; i++) {
		live_apply(live, &run->log[i].event);
		advisor[i] = live->advice.wish_buy;
	}
	int last = run->n_log - 1;
	return json_pack("{so so si si si si sf}", "real", points(run->wish, run->n_log), "advisor", points(advisor, run->n_log), "first", (int)(run->wish[0] + 0.5), "last", (int)(run->wish[last] + 0.5),
		"advisor_first", (int)(advisor[0] + 0.5), "advisor_last", (int)(advisor[last] + 0.5), "threshold_y", CURVE_HEIGHT - live->advice.threshold * CURVE_HEIGHT / 100.0);
}

static json_t *motives_json(const struct practice_run *run)
{
	const struct persona *persona = &run->practice.partner.persona;
	json_t *list = json_array();
	for (int m = 0; m < MOTIVE_COUNT; m++)
		if (persona->motives & MOTIVE_BIT(m))
			json_array_append_new(list, json_pack("{ss sb sb}", "key", playbook_word(WORD_MOTIVE, m), "told", (persona->revealed & MOTIVE_BIT(m)) != 0, "found",
				(run->practice.talk.state.motives & MOTIVE_BIT(m)) != 0));
	return list;
}

static bool ticked(const struct talk_state *state, int64_t interest)
{
	for (int i = 0; i < state->n_interests; i++)
		if (state->interests[i].item == interest) return true;
	return false;
}

static json_t *interests_json(const struct practice_run *run)
{
	const struct partner *partner = &run->practice.partner;
	json_t *list = json_array();
	for (int i = 0; i < partner->n_interests && run->file->scenario.mode == MODE_NEGOTIATION; i++) {
		const struct scenario_interest *interest = &run->file->scenario.interests[partner->interests[i].of];
		json_array_append_new(list, json_pack("{ss ss sb sb sb}", "position", practice_file_text(run->file, interest->position, NULL, run->lang), "interest",
			practice_file_text(run->file, interest->item, NULL, run->lang), "cut", interest->compliance, "named", partner->interests[i].named, "found",
			ticked(&run->practice.talk.state, interest->item)));
	}
	return list;
}

static json_t *hidden_json(const struct practice_run *run)
{
	const struct partner *partner = &run->practice.partner;
	json_t *json = json_pack("{ss so so sb sb}", "character", characters[partner->character], "motives", motives_json(run), "interests", interests_json(run), "any_interests", run->file->scenario.mode == MODE_NEGOTIATION && partner->n_interests > 0, "expects_cut", partner->expects_cut);
	if (partner->budget) {
		json_object_set_new(json, "budget_minor", json_integer((json_int_t)partner->budget));
		json_object_set_new(json, "price_minor", json_integer((json_int_t)run->file->scenario.price));
		json_object_set_new(json, "short", json_boolean(partner->budget < run->file->scenario.price));
	}
	if (partner->trades) {
		json_object_set_new(json, "strategy", json_string(strategies[partner->haggle.nature.strategy]));
		json_object_set_new(json, "limit_minor", json_integer((json_int_t)partner->haggle.nature.limit));
		json_object_set_new(json, "worth_minor", json_integer((json_int_t)haggle_worth(&partner->haggle, &partner->package)));
		json_object_set_new(json, "offered", json_boolean(partner->haggle.heard > 0));
	}
	return json;
}

/* A tick of a signal is told by the signal's name. */
static void signals_name(const struct practice_run *run, const struct practice_side *side)
{
	size_t i;
	json_t *line;
	json_array_foreach(run->talk, i, line) {
		if (strncmp(json_string_value(json_object_get(line, "what")), "signal_", 7) != 0) continue;
		int64_t id = json_integer_value(json_object_get(line, "item"));
		for (int s = 0; s < side->live->team->n; s++)
			if (side->live->team->signal[s].signal_id == id) json_object_set_new(line, "text", json_string(side->live->team->signal[s].name));
	}
}

json_t *practice_over_model(struct use *use, const struct practice_run *run, const struct practice_side *side)
{
	const struct practice_row *row = &run->row;
	json_t *practice = about_json(use, run), *more;
	char ended[32];
	signals_name(run, side);
	moment_iso(row->ended_at, ended);
	more = json_pack("{so si sb sb ss sI ss so}", "score", score_json(use, row->tenths), "tenths", row->tenths, "won", row->won, "failed", row->failed, "ended_at", ended, "lasted_s", (json_int_t)((row->ended_at - row->created_at) / MOMENT_SECOND),
		"end", ends[run->practice.partner.end], "left_minor", row->agreed ? json_integer((json_int_t)row->left_minor) : json_null());
	json_object_update(practice, more);
	json_decref(more);
	enum call_mode mode = run->practice.talk.state.mode;
	json_object_set_new(practice, "right", json_boolean(mode == run->file->scenario.mode));
	json_object_set_new(practice, "right_mode", json_string(playbook_word(WORD_MODE, (int)run->file->scenario.mode)));
	return json_pack("{so sO so so s{ss} ss}", "practice", practice, "talk", run->talk, "curve", curve_json(use, run, side), "hidden", hidden_json(run), "view", "mode",
		playbook_word(WORD_MODE, (int)mode), "currency", run->file->currency);
}
