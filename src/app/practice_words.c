#include "app/practice_words.h"

#include <string.h>

#include "base/err.h"
#include "base/say.h"
#include "core/playbook/playbook_word.h"

static const char *const character_words[CHARACTERS] = {"hurried", "talkative", "suspicious", "friendly", "send_me"};

static const char *const act_words[ACT_KINDS] = {
	[ACT_GREETS] = "greets", [ACT_CHATS] = "chats", [ACT_HURRIES] = "hurries", [ACT_DIGRESSES] = "digresses", [ACT_VAGUE] = "vague", [ACT_OBJECTS] = "objects",
	[ACT_REPEATS] = "repeats", [ACT_CLARIFIES] = "clarifies", [ACT_NODS] = "nods", [ACT_TAKES] = "takes", [ACT_STANDS] = "stands", [ACT_LIKES] = "likes",
	[ACT_SHRUGS] = "shrugs", [ACT_NOTHING_ELSE] = "nothing_else", [ACT_ASKS] = "asks", [ACT_COUNTERS] = "counters", [ACT_ACCEPTS] = "accepts", [ACT_NOTED] = "noted",
	[ACT_TERMS_FIRST] = "terms_first", [ACT_SIGNS] = "signs", [ACT_PAYS] = "pays", [ACT_LATER] = "later", [ACT_REFUSES_ALL] = "refuses_all", [ACT_WALKS] = "walks",
	[ACT_TIRED] = "tired", [ACT_HINTS_CUT] = "hints_cut", [ACT_DROPS_CUT] = "drops_cut", [ACT_TAKES_CUT] = "takes_cut", [ACT_ANNOYED] = "annoyed",
	[ACT_PUZZLED] = "puzzled", [ACT_COOLS] = "cools", [ACT_LEAVES] = "leaves",
};

static const char *const sign_words[PERSONA_SIGNS] = {
	[PERSONA_ASKS_CONTRACT] = "sign_asks_contract", [PERSONA_COMPARES] = "sign_compares", [PERSONA_DEADLINE] = "sign_deadline", [PERSONA_BUDGET] = "sign_budget",
	[PERSONA_DECIDES] = "sign_decides", [PERSONA_RECOMMENDED] = "sign_recommended", [PERSONA_PROBLEM] = "sign_problem", [PERSONA_ASKS_PRICE] = "sign_asks_price",
	[PERSONA_SEND] = "sign_send", [PERSONA_NO_NEED] = "sign_no_need",
};

const char *practice_words_key(const struct act *act)
{
	return act->kind == ACT_SIGN ? sign_words[act->value] : act_words[act->kind];
}

void practice_words_init(struct practice_words *words, uint64_t seed, struct arena *arena)
{
	json_error_t error;
	MUST(practice_files_count == 1);
	json_t *json = json_loads(practice_files[0].json, JSON_REJECT_DUPLICATES, &error);
	if (!json) BUG("practice words, line %d: %s", error.line, error.text);
	arena_defer(arena, (void (*)(void *))json_decref, json);
	*words = (struct practice_words){.json = json};
	rng_init(&words->rng, seed);
}

/* One of two lists; not what was said just now where there is another. */
static const char *pick(struct practice_words *words, const json_t *own, const json_t *any, enum lang lang)
{
	size_t n = json_array_size(own), all = n + json_array_size(any);
	if (all == 0) return "";
	size_t at = rng_below(&words->rng, all);
	/* His own manner twice as often. */
	if (n > 0 && at >= n && rng_below(&words->rng, 2) == 0) at = rng_below(&words->rng, n);
	for (int i = 0; i < 2; i++) {
		const char *text = json_string_value(json_object_get(at < n ? json_array_get(own, at) : json_array_get(any, at - n), lang_code(lang)));
		if (text != words->last || all == 1) {
			words->last = text;
			return text ? text : "";
		}
		at = (at + 1) % all;
	}
	return "";
}

/* What only this scenario's client can say. */
static const json_t *scenario_words(const struct practice_file *file, const struct act *act)
{
	const json_t *interest = practice_file_interest(file, act->item);
	switch (act->kind) {
	case ACT_MOTIVE: return json_object_get(json_object_get(file->json, "motives"), playbook_word(WORD_MOTIVE, act->value));
	case ACT_SITUATION: return json_object_get(file->json, "situation");
	case ACT_PROBLEM: return json_object_get(interest, "problem");
	case ACT_FEELS: return json_object_get(interest, "feels");
	case ACT_INTEREST: return json_object_get(interest, "says");
	default: return NULL;
	}
}

static bool is_cut(const struct practice_file *file, int64_t item)
{
	return item >= 1 && item <= file->book.n_items && file->book.items[item - 1].compliance;
}

void practice_words_say(struct practice_words *words, const struct practice_file *file, enum character character, const struct act *act, enum lang lang, struct buf *out)
{
	const char *key = practice_words_key(act);
	if (act->kind == ACT_CLARIFIES && is_cut(file, act->item)) key = "clarifies_cut";
	const json_t *general = key ? json_object_get(words->json, key) : NULL;
	const json_t *own = general ? json_object_get(general, character_words[character]) : scenario_words(file, act);
	const char *text = pick(words, own, json_object_get(general, "any"), lang);
	/* A motive that the scenario has no words for is still told. */
	if (!*text && act->kind == ACT_MOTIVE) text = pick(words, NULL, json_object_get(json_object_get(words->json, "vague"), "any"), lang);
	say_fill(out, text, "item", practice_file_text(file, act->item, NULL, lang), "variable", practice_file_variable(file, act->variable, lang), "option",
		 practice_file_option(file, act->variable, act->option, lang), NULL);
}
