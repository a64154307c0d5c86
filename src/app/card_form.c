#include "app/card_form.h"

#include <string.h>

#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"
#include "core/playbook/playbook_word.h"
#include "store/call_store.h"

static const struct card_fields NONE = {"", "", "", 0, "", "", "", "", 0, 0, 0};

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static bool is(const char *kind, const char *other)
{
	return !strcmp(kind, other);
}

static bool objected(const char *kind)
{
	return is(kind, "answer") || is(kind, "argument");
}

/* "key", "playbook/key", "#id". */
static void objection_read(struct use *use, const char *typed, struct card_fields *card)
{
	const char *slash = strchr(typed, '/');
	if (*typed == '#') {
		if (!parse_int(typed + 1, &card->objection_id)) card->objection_id = 0;
		return;
	}
	if (slash) card->playbook_key = arena_strndup(use->arena, typed, (size_t)(slash - typed));
	card->objection_key = slash ? arena_strdup(use->arena, slash + 1) : typed;
}

static const char *objection_typed(struct use *use, const struct card_fields *card)
{
	if (card->objection_id) return arena_printf(use->arena, "#%lld", (long long)card->objection_id);
	if (!*card->objection_key || !*card->playbook_key) return card->objection_key;
	return arena_printf(use->arena, "%s/%s", card->playbook_key, card->objection_key);
}

/* As the keys of the starting content are written. This team may not have it where another has. */
static bool is_key(const char *typed)
{
	return *typed && typed[strspn(typed, "abcdefghijklmnopqrstuvwxyz0123456789_/")] == '\0';
}

/* The one of the list; NULL. A common objection is also found by its playbook's name for it. */
static json_t *choice_find(json_t *list, const char *id)
{
	const char *slash = strchr(id, '/');
	json_t *one;
	size_t i;
	json_array_foreach(list, i, one) {
		const char *is_id = json_string_value(json_object_get(one, "id"));
		if (!strcmp(is_id, id) || (slash && !strcmp(is_id, slash + 1))) return one;
	}
	return NULL;
}

enum outcome card_form_read(struct use *use, const char *kind, const struct card_form *form, bool finished, struct card_fields *card)
{
	struct card_fields read = NONE;
	const char *typed = objected(kind) ? or_empty(form->objection) : "";
	json_t *objections;
	*card = NONE;
	if (is(kind, "article")) return DONE;
	read.line = text_clean(use->arena, or_empty(form->line));
	read.playbook_key = or_empty(form->playbook);
	if (text_length(read.line) > CARD_LINE_LONGEST) use_mistake(use, "line", N_("A line that is said has at most 300 letters"));
	if (*typed) {
		if (card_objections(use->db, use->who.team_id, use->who.language, &objections, &use->error)) return FAILED;
		if (choice_find(objections, typed) || is_key(typed)) objection_read(use, typed, &read);
		else use_mistake(use, "objection", N_("There is no such objection in the playbook"));
		json_decref(objections);
	}
	if (finished && is(kind, "answer") && *read.line && !*typed) use_mistake(use, "objection", N_("Which objection does it answer? The call screen offers it there"));
	if (is(kind, "opener")) read.variety = or_empty(form->variety);
	if (is(kind, "question")) {
		read.level = or_empty(form->level);
		read.question_type = or_empty(form->question_type);
	}
	if (is(kind, "concession")) read.family = or_empty(form->family);
	for (int i = 0; form->motives && form->motives[i] && (is(kind, "question") || objected(kind)); i++) {
		int motive;
		if (playbook_value(WORD_MOTIVE, form->motives[i], &motive)) read.motives |= MOTIVE_BIT(motive);
	}
	if (form->call_id) {
		struct call_row call;
		if (call_find(use->db, use->who.team_id, form->call_id, &call, &use->error)) return FAILED;
		if (call.there) {
			read.team_id = use->who.team_id;
			read.call_id = form->call_id;
		}
	}
	*card = read;
	return DONE;
}

enum outcome card_form_write(struct use *use, int64_t post_id, const char *kind, const struct card_fields *card)
{
	struct card_fields was;
	bool there = true;
	if (is(kind, "article") && card_find(use->db, use->arena, post_id, &was, &there, &use->error)) return FAILED;
	return there ? use_done(card_put(use->db, post_id, card, &use->error)) : DONE;
}

static json_t *words_of(enum word_of of, int first, int end)
{
	json_t *list = json_array();
	for (int i = first; i < end; i++) json_array_append_new(list, json_pack("{ss}", "id", playbook_word(of, i)));
	return list;
}

enum outcome card_form_put(struct use *use, const struct card_fields *card, json_t *form, json_t *choices)
{
	static const char *const families[] = {"deadline", "cost", "service", "extra_service", "free_product"};
	json_t *playbooks, *objections, *motives = json_array(), *varieties = words_of(WORD_OPENER, OPENER_SMALL_TALK, OPENER_STORY), *list = json_array();
	if (card_playbooks(use->db, use->who.team_id, use->who.language, &playbooks, &use->error)) return FAILED;
	json_object_set_new(choices, "playbook", playbooks);
	if (card_objections(use->db, use->who.team_id, use->who.language, &objections, &use->error)) return FAILED;
	json_object_set_new(choices, "objection", objections);
	json_array_append_new(varieties, json_pack("{ss}", "id", "association"));
	json_object_set_new(choices, "variety", varieties);
	json_object_set_new(choices, "level", words_of(WORD_LEVEL, 0, LEVEL_DIRECT + 1));
	json_object_set_new(choices, "question_type", words_of(WORD_QUESTION, 0, QUESTION_FOCUSED + 1));
	json_object_set_new(choices, "motives", words_of(WORD_MOTIVE, 0, MOTIVE_COUNT));
	for (size_t i = 0; i < sizeof families / sizeof *families; i++) json_array_append_new(list, json_pack("{ss}", "id", families[i]));
	json_object_set_new(choices, "family", list);
	for (int i = 0; i < MOTIVE_COUNT; i++)
		if (card->motives & MOTIVE_BIT(i)) json_array_append_new(motives, json_string(playbook_word(WORD_MOTIVE, i)));
	json_t *objection = choice_find(objections, objection_typed(use, card));
	json_t *mine = json_pack("{ss ss sO? ss ss ss ss so}", "line", card->line, "playbook", card->playbook_key, "objection", json_object_get(objection, "id"), "variety", card->variety, "level",
		card->level, "question_type", card->question_type, "family", card->family, "motives", motives);
	if (!objection) json_object_set_new(mine, "objection", json_string(""));
	json_object_set_new(mine, "call", card->call_id ? json_integer((json_int_t)card->call_id) : json_string(""));
	json_object_update(form, mine);
	json_decref(mine);
	return DONE;
}

enum outcome card_said(struct use *use, int64_t post_id, json_t **ret_card)
{
	struct card_fields card;
	bool there;
	json_t *form, *choices;
	*ret_card = NULL;
	if (card_find(use->db, use->arena, post_id, &card, &there, &use->error)) return FAILED;
	if (!there || !*card.line) return DONE;
	form = json_object();
	choices = json_object();
	enum outcome outcome = card_form_put(use, &card, form, choices);
	if (!outcome) {
		json_t *playbook = choice_find(json_object_get(choices, "playbook"), card.playbook_key), *objection = choice_find(json_object_get(choices, "objection"), objection_typed(use, &card));
		json_object_set(form, "playbook", playbook ? json_object_get(playbook, "name") : json_null());
		json_object_set(form, "objection", objection ? json_object_get(objection, "name") : json_null());
		json_object_del(form, "call"); /* whose call it was is nobody's business but his */
		*ret_card = json_incref(form);
	}
	json_decref(form);
	json_decref(choices);
	return outcome;
}
