#include "app/content.h"

#include <string.h>

#include "base/err.h"
#include "core/advisor/evidence.h"
#include "core/playbook/playbook.h"

const char *const content_languages[CONTENT_LANGUAGES] = {"uk", "en"};

static const char *const motive_names[MOTIVE_COUNT] = {
	[MOTIVE_SAFETY] = "safety",
	[MOTIVE_ECONOMY] = "economy",
	[MOTIVE_PRESTIGE] = "prestige",
	[MOTIVE_COMFORT] = "comfort",
};

int64_t content_digest(void)
{
	uint64_t digest = UINT64_C(14695981039346656037); /* FNV-1a */
	for (int i = 0; i < content_files_count; i++)
		for (const char *at = content_files[i].json; *at; at++) digest = (digest ^ (unsigned char)*at) * UINT64_C(1099511628211);
	return (int64_t)(digest >> 1);
}

int64_t content_motives(const json_t *names)
{
	int64_t mask = 0;
	size_t i;
	json_t *name;
	MUST(json_is_array(names));
	json_array_foreach(names, i, name) {
		int motive = 0;
		while (motive < MOTIVE_COUNT && strcmp(motive_names[motive], json_string_value(name) ? json_string_value(name) : "")) motive++;
		MUST(motive < MOTIVE_COUNT);
		mask |= MOTIVE_BIT(motive);
	}
	return mask;
}

static const char *word(const json_t *object, const char *field)
{
	const char *text = json_string_value(json_object_get(object, field));
	if (!text || !*text) BUG("content: no %s", field);
	return text;
}

static void said(const json_t *object)
{
	for (int i = 0; i < CONTENT_LANGUAGES; i++) word(object, content_languages[i]);
}

static void one_of(const char *value, const char *choices)
{
	size_t n = strlen(value);
	for (const char *at = choices; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
		if (!strncmp(at, value, n) && (at[n] == '|' || !at[n])) return;
	BUG("content: \"%s\" is none of %s", value, choices);
}

static json_t *list(const json_t *object, const char *field)
{
	json_t *array = json_object_get(object, field);
	if (!json_array_size(array)) BUG("content: no %s", field);
	return array;
}

#define SPIN_LEVELS "situation|problem|implication|direct"

static void product_check(const json_t *product)
{
	size_t i;
	json_t *at;
	word(product, "key");
	word(product, "currency");
	said(json_object_get(product, "name"));
	said(json_object_get(product, "summary"));
	MUST(json_integer_value(json_object_get(product, "price_minor")) > 0);
	json_array_foreach(list(product, "features"), i, at) {
		content_motives(json_object_get(at, "motives"));
		said(json_object_get(at, "characteristic"));
		said(json_object_get(at, "advantage"));
		said(json_object_get(at, "benefit"));
	}
	json_array_foreach(list(product, "course"), i, at) said(json_object_get(at, "text"));
}

static void lines_check(const json_t *playbook, const char *field, const char *variety, const char *choices)
{
	size_t i;
	json_t *at;
	json_array_foreach(list(playbook, field), i, at) {
		word(at, "key");
		said(at);
		if (variety) one_of(word(at, variety), choices);
	}
}

/* A personal cut is recognised, never served: it has what to say instead of what a client would read. */
static void interest_check(const json_t *interest)
{
	bool cut = json_object_get(interest, "risk");
	int64_t motives = content_motives(json_object_get(interest, "motives"));
	if (cut) one_of(word(interest, "risk"), "compliance");
	MUST(cut == (motives == 0));
	said(json_object_get(interest, cut ? "say" : "client"));
}

static void value_check(const json_t *value)
{
	MUST(json_array_size(value) == 2 && json_is_integer(json_array_get(value, 0)) && json_is_integer(json_array_get(value, 1)));
}

static void variable_check(const json_t *variable)
{
	bool range = json_object_get(variable, "step");
	int starts = 0;
	size_t i;
	json_t *option;
	word(variable, "key");
	said(variable);
	said(json_object_get(variable, "hint"));
	one_of(word(variable, "family"), "deadline|cost|service|extra_service|free_product");
	if (range) said(json_object_get(variable, "unit"));
	json_array_foreach(list(variable, "options"), i, option) {
		said(option);
		const json_t *x = json_object_get(option, "x");
		MUST(range == json_is_integer(x));
		starts += json_is_true(json_object_get(option, "starts"));
		value_check(json_object_get(option, "ours"));
		MUST(json_array_size(json_object_get(option, "theirs")) == 2);
		for (size_t j = 0; j < 2; j++) value_check(json_array_get(json_object_get(option, "theirs"), j));
	}
	MUST(i > 1 && starts == 1);
}

static void playbook_check(const json_t *playbook)
{
	size_t i, j;
	json_t *at, *inner;
	word(playbook, "key");
	one_of(word(playbook, "segment"), "b2c|b2b");
	said(json_object_get(playbook, "name"));
	product_check(json_object_get(playbook, "product"));
	lines_check(playbook, "preparation", NULL, NULL);
	lines_check(playbook, "spin", "level", SPIN_LEVELS);
	lines_check(playbook, "openers", "tone", "small_talk|compliment|topic|story|association");
	lines_check(playbook, "probes", NULL, NULL);
	lines_check(playbook, "terms", NULL, NULL);
	lines_check(playbook, "closes", "form", "contract|payment|alternative");
	json_array_foreach(list(playbook, "funnels"), i, at) {
		one_of(word(at, "motive"), "safety|economy|prestige|comfort");
		lines_check(at, "questions", "level", "situational|specifying|detailing");
		lines_check(at, "questions", "type", "open|closed|alternative|focused");
	}
	json_array_foreach(list(playbook, "objections"), i, at) {
		word(at, "key");
		said(at);
		content_motives(json_object_get(at, "mirrors"));
		said(json_object_get(at, "clarify"));
		said(json_object_get(at, "agree"));
		said(json_object_get(at, "complete"));
		if (json_object_get(at, "risk")) one_of(word(at, "risk"), "compliance");
		if (json_object_get(at, "heard")) one_of(word(at, "heard"), "negotiation");
		lines_check(at, "answers", NULL, NULL);
		json_array_foreach(list(at, "answers"), j, inner) content_motives(json_object_get(inner, "motives"));
		lines_check(at, "spin", "level", SPIN_LEVELS);
		lines_check(at, "interests", NULL, NULL);
		json_array_foreach(list(at, "interests"), j, inner) interest_check(inner);
	}
	MUST(json_integer_value(json_object_get(playbook, "deal_minor")) > 0);
	json_array_foreach(list(playbook, "variables"), i, at) variable_check(at);
}

/* The built-in evidence in its own order: a signal's place is its index in the advisor's evidence. */
static void signals_check(const json_t *signals)
{
	MUST(json_array_size(signals) == EVIDENCE_BUILTIN);
	for (int i = 0; i < EVIDENCE_BUILTIN; i++) {
		const json_t *signal = json_array_get(signals, (size_t)i), *absent = json_object_get(signal, "absent");
		const char *hotkey = json_string_value(json_object_get(signal, "hotkey"));
		MUST(!strcmp(word(signal, "key"), evidence_builtin[i].key));
		MUST(hotkey && (*hotkey != '\0') == (evidence_builtin[i].source == EVIDENCE_SIGNAL));
		said(json_object_get(signal, "name"));
		said(json_object_get(signal, "why"));
		if (absent) said(absent);
	}
}

json_t *content_load(const struct content_file *file)
{
	json_error_t error;
	json_t *content = json_loads(file->json, JSON_REJECT_DUPLICATES, &error);
	if (!content) BUG("content %s, line %d: %s", file->name, error.line, error.text);
	if (!strcmp(file->name, "signals")) {
		signals_check(content);
	} else {
		playbook_check(content);
		MUST(!strcmp(file->name, word(content, "key")));
	}
	return content;
}
