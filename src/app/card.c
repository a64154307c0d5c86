#include "app/card.h"

#include <math.h>
#include <string.h>

#include "app/vote.h"
#include "base/share.h"
#include "base/tr.h"
#include "core/playbook/playbook_word.h"
#include "store/card_store.h"

enum { FEW = 5 }; /* fewer uses say nothing of how well it works (call_book.h: CALL_FEW) */

/* ---- In a call ---- */

static const char *word(const json_t *card, const char *name, const char *otherwise)
{
	const char *text = json_string_value(json_object_get(card, name));
	return text && *text ? text : otherwise;
}

static void word_set(json_t *card, const char *name, const char *text)
{
	json_object_set_new(card, name, json_string(text));
}

static bool is_spin(const char *level)
{
	int value = 0;
	return playbook_value(WORD_LEVEL, level, &value) && value >= LEVEL_SITUATION;
}

/* As what of the playbook a post stands. false: it has no place in a call. */
static bool card_place(json_t *card)
{
	const char *kind = word(card, "post_kind", ""), *item = "";
	bool objection = json_integer_value(json_object_get(card, "objection_id")) > 0;
	if (!strcmp(kind, "opener") || !strcmp(kind, "story")) {
		item = "opener";
		word_set(card, "variety", !strcmp(kind, "story") ? "story" : word(card, "variety", "small_talk"));
	} else if (!strcmp(kind, "question")) {
		word_set(card, "level", word(card, "level", "situational"));
		item = is_spin(word(card, "level", "")) ? "spin" : "question";
	} else if (!strcmp(kind, "answer") || (!strcmp(kind, "argument") && objection)) {
		item = objection ? "answer" : "";
	} else if (!strcmp(kind, "argument")) {
		item = "point";
		if (!json_integer_value(json_object_get(card, "motives"))) json_object_set_new(card, "motives", json_integer(MOTIVE_ALL));
	} else if (!strcmp(kind, "concession")) {
		item = "concession";
	}
	if (strcmp(item, "opener")) word_set(card, "variety", "");
	if (strcmp(item, "question") && strcmp(item, "spin")) word_set(card, "level", "");
	if (strcmp(item, "question")) word_set(card, "question_type", "");
	if (strcmp(item, "answer") && strcmp(item, "spin")) json_object_set_new(card, "objection_id", json_integer(0));
	word_set(card, "kind", *item ? item : "answer");
	json_object_del(card, "post_kind");
	return *item;
}

enum outcome card_add(struct use *use, const struct call_row *call, int64_t playbook_id, bool ended, json_t *items)
{
	struct card_want want = {use->who.team_id, playbook_id, call->call_id, call->began_at ? call->began_at : use->now, ended ? "" : use->who.language};
	json_t *cards, *card;
	size_t i;
	if (!call->call_id) return DONE;
	if (card_list(use->db, &want, &cards, &use->error)) return FAILED;
	json_array_foreach(cards, i, card) {
		bool named = json_integer_value(json_object_get(card, "named"));
		if (!card_place(card) && !named) continue;
		if (!*word(card, "text", "")) word_set(card, "text", tr(lang_parse(use->who.language), N_("a card that was deleted")));
		json_object_set_new(card, "place", json_integer(0));
		json_array_append(items, card);
	}
	json_decref(cards);
	return DONE;
}

/* ---- Used ---- */

static bool ended_well(const struct talk_state *state)
{
	return state->outcome == OUTCOME_WON || state->outcome == OUTCOME_NEXT;
}

/* Was a later step reached after this event than the one it was in? */
static bool step_later(const struct talk *talk, int at, int64_t step)
{
	for (int i = at + 1; i < talk->n_log; i++)
		if (talk->log[i].kind == EVENT_STEP && talk->log[i].value > step) return true;
	return step == STEP_CLOSING;
}

/* Was the objection taken before it was raised anew? */
static bool objection_taken(const struct talk *talk, int at, int64_t objection)
{
	for (int i = at + 1; i < talk->n_log; i++) {
		const struct call_event *event = &talk->log[i];
		if (event->item != objection) continue;
		if (event->kind == EVENT_OBJECTION_CLOSED) return true;
		if (event->kind == EVENT_OBJECTION_LEFT || event->kind == EVENT_OBJECTION) return false;
	}
	return false;
}

static bool argued(const struct call_event *event)
{
	int64_t method = event->value / 8;
	return event->kind == EVENT_OBJECTION_PART && event->value % 8 == PART_ARGUE && (method == METHOD_ARGUE || method == METHOD_THREE_ARGUMENTS);
}

enum err card_derive(struct use *use, const struct call_row *call, const struct talk *talk)
{
	bool well = ended_well(&talk->state);
	int64_t objection = 0, step = STEP_CONTACT;
	for (int i = 0; i < talk->n_log; i++) {
		const struct call_event *event = &talk->log[i];
		bool said = event->kind == EVENT_SAID || event->kind == EVENT_ANSWERED;
		if (event->kind == EVENT_STEP) step = event->value;
		if (event->kind == EVENT_OBJECTION) objection = event->item;
		if (!said && !argued(event)) continue;
		bool on = well && (said ? step_later(talk, i, step) : objection_taken(talk, i, objection));
		enum err kind = card_use_put(use->db, use->who.team_id, call->call_id, event->item, call->owner_id, event->at, on, &use->error);
		if (kind) return kind;
	}
	return ERR_NONE;
}

/* ---- Counted and voted for ---- */

/* A vote of the manager whose call it was, where the post can be voted for still and he may vote. */
static enum outcome vote(struct use *use, const struct card_use_row *row, const char *kind)
{
	struct use his = *use;
	int64_t vote_id = 0;
	his.who.member_id = row->member_id;
	enum outcome outcome = vote_of_call(&his, row->post_id, kind, &vote_id);
	use->error = his.error;
	if (outcome == ABSENT || outcome == REFUSED) return DONE;
	return outcome ? outcome : use_done(card_use_voted(use->db, use->who.team_id, row->call_id, row->post_id, kind, vote_id, &use->error));
}

enum outcome card_call_ended(struct use *use, int64_t call_id)
{
	struct card_use_row *uses;
	int n;
	enum outcome outcome = DONE;
	if (card_use_of_call(use->db, use->arena, use->who.team_id, call_id, &uses, &n, &use->error)) return FAILED;
	for (int i = 0; i < n && !outcome; i++) {
		if (card_count_add(use->db, uses[i].post_id, uses[i].went_on, &use->error)) return FAILED;
		if (!uses[i].use_vote_id) outcome = vote(use, &uses[i], "use");
		if (!outcome && uses[i].went_on && !uses[i].well_vote_id) outcome = vote(use, &uses[i], "well");
	}
	return outcome;
}

enum outcome card_deal_won(struct use *use, int64_t deal_id)
{
	struct card_use_row *uses;
	int n;
	enum outcome outcome = DONE;
	if (card_use_of_deal(use->db, use->arena, use->who.team_id, deal_id, &uses, &n, &use->error)) return FAILED;
	for (int i = 0; i < n && !outcome; i++)
		if (!uses[i].well_vote_id) outcome = vote(use, &uses[i], "well");
	return outcome;
}

/* ---- Said of it ---- */

static enum err uses_load(struct use *use, int64_t post_id, json_t **ret_uses)
{
	int64_t used, went_on;
	enum err kind = card_count_find(use->db, post_id, &used, &went_on, &use->error);
	*ret_uses = NULL;
	if (kind || !used) return kind;
	struct share share = share_of(went_on, used);
	*ret_uses = json_pack("{sI sI sf si si sb}", "n", (json_int_t)used, "worked", (json_int_t)went_on, "share", share.share, "from", (int)lround(100 * share.low), "to",
		(int)lround(100 * share.high), "few", used < FEW);
	return ERR_NONE;
}

enum outcome card_uses(struct use *use, int64_t post_id, json_t **ret_uses)
{
	return use_done(uses_load(use, post_id, ret_uses));
}

enum outcome card_uses_put(struct use *use, json_t *lines)
{
	json_t *line, *uses;
	size_t i;
	json_array_foreach(lines, i, line) {
		if (uses_load(use, json_integer_value(json_object_get(line, "id")), &uses)) return FAILED;
		json_object_set_new(line, "uses", uses ? uses : json_null());
	}
	return DONE;
}
