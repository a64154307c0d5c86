#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "core/playbook/talk.h"

#define ITEMS_MAX 32
#define ERROR(...) fail_msg("talk.case, line %d (%s): %s", script->line, script->name, script_printf(__VA_ARGS__))

static const char *const kind_names[ITEM_KINDS] = {"preparation", "opener", "question", "point", "probe", "objection", "answer", "close", "term", "interest", "spin"};
static const char *const level_names[] = {"situational", "specifying", "detailing", "situation", "problem", "implication", "direct"};
static const char *const motive_names[MOTIVE_COUNT] = {"safety", "economy", "prestige", "comfort"};
static const char *const close_names[] = {"contract", "payment", "alternative"};
static const char *const part_names[PART_COUNT] = {"clarify", "agree", "argue", "complete"};
static const char *const mode_names[] = {"sale", "negotiation"};
static const char *const outcome_names[OUTCOME_COUNT] = {"", "won", "lost", "next", "no-answer"};
static const char *const step_names[STEP_COUNT] = {"planned", "preparation", "contact", "motives", "presentation", "objections", "closing", "ended"};
static const char *const event_names[EVENT_KINDS] = {"", "began", "step", "said", "skipped", "answered", "note", "motive-on", "motive-off",
	"signal-on", "signal-off", "objection", "objection-part", "objection-closed", "objection-left", "mode-proposed", "mode-accepted",
	"mode-kept", "mode-set", "contract", "payment", "promised", "planned", "undone", "ended", "interest-on", "interest-off", "asked", "refused", "declined", "put",
	"offered"};
static const char *const result_names[TALK_RESULTS] = {"applied", "not-begun", "begun", "over", "same", "malformed", "order", "no-objection",
	"no-proposal", "no-contract", "no-next", "nothing", "full", "no-return", "below-limit"};
static const char *const hint_names[HINT_KINDS] = {"nothing", "begin", "item", "step", "no-motive", "no-point", "objection", "contract",
	"payment", "alternative", "end", "position", "offer", "trade", "return", "say-offer"};
static const char *const opener_names[] = {"small-talk", "compliment", "topic", "story", "association"};

struct script {
	int line;
	char name[128];
	struct playbook_item items[ITEMS_MAX];
	int64_t heard[ITEMS_MAX];
	struct playbook_term terms[ITEMS_MAX];
	struct playbook book;
	struct talk talk;
	int64_t at;
};

static const char *script_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

static const char *script_printf(const char *format, ...)
{
	static char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return text;
}

static int word_find(const char *const *names, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], word)) return (int)i;
	return -1;
}
#define FIND(names, word) word_find(names, sizeof(names) / sizeof *(names), word)

/* The next word of a line, "" at its end. */
static const char *word_take(char **rest)
{
	*rest += strspn(*rest, " \t");
	char *word = *rest;
	*rest += strcspn(*rest, " \t");
	if (**rest) *(*rest)++ = '\0';
	return word;
}

static int64_t number_of(const struct script *script, const char *word)
{
	int64_t number = 0;
	if (!parse_int(word, &number)) ERROR("%s is no number", word);
	return number;
}

static void item_add(struct script *script, char *rest)
{
	struct playbook_item *item = &script->items[script->book.n_items++];
	memset(item, 0, sizeof *item);
	item->id = number_of(script, word_take(&rest));
	int kind = FIND(kind_names, word_take(&rest));
	if (kind < 0) ERROR("no such kind of item");
	item->kind = (enum item_kind)kind;
	for (const char *word; *(word = word_take(&rest));) {
		int i;
		if ((i = FIND(level_names, word)) >= 0) item->level = (enum question_level)i;
		else if ((i = FIND(motive_names, word)) >= 0) item->motives |= MOTIVE_BIT(i);
		else if ((i = FIND(close_names, word)) >= 0) item->close = (enum close_kind)i;
		else if (!strcmp(word, "order")) item->order = (int32_t)number_of(script, word_take(&rest));
		else if ((i = FIND(opener_names, word)) >= 0) item->opener = (enum opener_kind)i;
		else if (!strcmp(word, "compliance")) item->compliance = true;
		else if (!strcmp(word, "negotiation")) item->negotiation = true;
		else if (kind == ITEM_ANSWER || kind == ITEM_INTEREST || kind == ITEM_SPIN) item->objection = number_of(script, word);
		else ERROR("%s is not understood", word);
	}
}

static int64_t value_of(const struct script *script, enum call_event_kind kind, const char *word)
{
	int i = -1;
	switch (kind) {
	case EVENT_BEGAN:
	case EVENT_MODE_PROPOSED:
	case EVENT_MODE_SET: i = FIND(mode_names, word); break;
	case EVENT_STEP: i = FIND(step_names, word); break;
	case EVENT_MOTIVE_ON:
	case EVENT_MOTIVE_OFF: i = FIND(motive_names, word); break;
	case EVENT_OBJECTION_PART: i = FIND(part_names, word); break;
	case EVENT_ENDED: i = FIND(outcome_names, word); break;
	default: break;
	}
	return i >= 0 ? i : number_of(script, word);
}

static struct call_event event_of(struct script *script, char *rest)
{
	const char *name = word_take(&rest);
	int kind = FIND(event_names, name);
	if (kind < 1) ERROR("no such event: %s", name);
	struct call_event event = {.at = script->at += 1000000, .kind = (enum call_event_kind)kind};
	char words[3][64];
	int n = 0;
	for (const char *word; n < 3 && *(word = word_take(&rest)); n++) snprintf(words[n], sizeof words[n], "%s", word);
	/* One argument is the value where the event has no item. */
	bool value_only = kind == EVENT_BEGAN || kind == EVENT_STEP || kind == EVENT_MOTIVE_ON || kind == EVENT_MOTIVE_OFF || kind == EVENT_ENDED ||
		kind == EVENT_OFFERED;
	if (n == 1 && value_only) {
		event.value = value_of(script, event.kind, words[0]);
	} else {
		if (n > 0) event.item = number_of(script, words[0]);
		if (n > 1) event.value = value_of(script, event.kind, words[1]);
		if (n > 2) event.amount = number_of(script, words[2]);
	}
	return event;
}

static void happen(struct script *script, char *rest, enum talk_result expected)
{
	struct call_event event = event_of(script, rest);
	struct talk_state before = script->talk.state;
	enum talk_result result = talk_apply(&script->talk, &event);
	if (result != expected) ERROR("%s was answered %s, not %s", event_names[event.kind], result_names[result], result_names[expected]);
	if (result != TALK_APPLIED && memcmp(&before, &script->talk.state, sizeof before)) ERROR("a refused event changed the state");
	if (!talk_sound(&script->talk.state)) ERROR("the invariant is broken");
}

static void next_check(const struct script *script, const char *expected)
{
	struct talk_hint hints[TALK_HINTS];
	char found[256] = "";
	int n = talk_next(&script->talk.state, &script->book, hints);
	for (int i = 0; i < n; i++) {
		size_t used = strlen(found);
		snprintf(found + used, sizeof found - used, "%s%s", i ? ", " : "", hint_names[hints[i].kind]);
		used = strlen(found);
		if (hints[i].item && hints[i].value) snprintf(found + used, sizeof found - used, " %lld %lld", (long long)hints[i].item, (long long)hints[i].value);
		else if (hints[i].item) snprintf(found + used, sizeof found - used, " %lld", (long long)hints[i].item);
		else if (hints[i].kind == HINT_END) snprintf(found + used, sizeof found - used, " %s", outcome_names[hints[i].value]);
		else if (hints[i].value) snprintf(found + used, sizeof found - used, " %s", step_names[hints[i].value]);
	}
	if (n == 0) snprintf(found, sizeof found, "nothing");
	if (strcmp(found, expected)) ERROR("offered next is “%s”, not “%s”", found, expected);
}

static void mirror_check(const struct script *script, char *rest)
{
	int64_t objection = number_of(script, word_take(&rest));
	uint32_t expected = 0;
	for (const char *word; *(word = word_take(&rest));) {
		int i = FIND(motive_names, word);
		if (i < 0) ERROR("no such motive: %s", word);
		expected |= MOTIVE_BIT(i);
	}
	uint32_t found = talk_mirror(&script->talk.state, &script->book, objection);
	if (found != expected) ERROR("it mirrors %x, not %x", found, expected);
}

/* true where the line checked something */
static bool line_run(struct script *script, char *line)
{
	line[strcspn(line, "#\r\n")] = '\0';
	for (size_t n = strlen(line); n && (line[n - 1] == ' ' || line[n - 1] == '\t'); n--) line[n - 1] = '\0';
	char *rest = line;
	const char *word = word_take(&rest);
	if (!*word) return false;
	if (!strcmp(word, "case")) {
		snprintf(script->name, sizeof script->name, "%s", rest);
		script->book = (struct playbook){.items = script->items, .heard = script->heard, .terms = script->terms};
		script->at = INT64_C(1790000000000000);
		talk_init(&script->talk);
		return false;
	}
	if (!strcmp(word, "item")) {
		item_add(script, rest);
		return false;
	}
	if (!strcmp(word, "heard")) {
		script->heard[script->book.n_heard++] = number_of(script, word_take(&rest));
		return false;
	}
	if (!strcmp(word, "table")) {
		struct playbook_term *term = &script->terms[script->book.n_terms++];
		term->variable = number_of(script, word_take(&rest));
		term->stands = number_of(script, word_take(&rest));
		word = word_take(&rest);
		term->asked = *word ? number_of(script, word) : 0;
		return false;
	}
	if (!strcmp(word, "do")) {
		happen(script, rest, TALK_APPLIED);
	} else if (!strcmp(word, "not")) {
		const char *why = word_take(&rest);
		int result = FIND(result_names, why);
		if (result < 1) ERROR("no such reason: %s", why);
		happen(script, rest, (enum talk_result)result);
	} else if (!strcmp(word, "next")) {
		next_check(script, rest);
	} else if (!strcmp(word, "step")) {
		if (strcmp(rest, step_names[script->talk.state.step])) ERROR("the step is %s", step_names[script->talk.state.step]);
	} else if (!strcmp(word, "mode")) {
		if (strcmp(rest, mode_names[script->talk.state.mode])) ERROR("the mode is %s", mode_names[script->talk.state.mode]);
	} else if (!strcmp(word, "mirror")) {
		mirror_check(script, rest);
	} else {
		ERROR("%s is not understood", word);
	}
	return true;
}

static void talk__the_cases(void **state)
{
	static struct script script;
	char path[1024], line[512];
	int checks = 0;
	(void)state;
	snprintf(path, sizeof path, "%s/core/playbook/talk.case", getenv("STURGEON_TESTS"));
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		script.line++;
		checks += line_run(&script, line);
	}
	fclose(file);
	assert_true(checks > 100);
}

static struct talk talk;

static enum talk_result happened(enum call_event_kind kind, int64_t at, int64_t item, int64_t value)
{
	struct call_event event = {.at = at, .item = item, .value = value, .kind = kind};
	return talk_apply(&talk, &event);
}

static void talk_step_spent__adds_up_and_never_falls(void **state)
{
	const int64_t s = 1000000, t0 = 1790000000 * s;
	(void)state;
	talk_init(&talk);
	assert_int_equal(talk_step_spent(&talk.state, STEP_PLANNED, t0), 0);
	happened(EVENT_BEGAN, t0, 0, MODE_SALE);
	assert_int_equal(talk_step_spent(&talk.state, STEP_CONTACT, t0 + 7 * s), 7 * s);
	happened(EVENT_STEP, t0 + 10 * s, 0, STEP_MOTIVES);
	happened(EVENT_STEP, t0 + 5 * s, 0, STEP_CONTACT); /* the clock was put back */
	happened(EVENT_STEP, t0 + 15 * s, 0, STEP_CLOSING);
	assert_int_equal(talk_step_spent(&talk.state, STEP_CONTACT, t0 + 99 * s), 20 * s);
	assert_int_equal(talk_step_spent(&talk.state, STEP_MOTIVES, t0 + 99 * s), 0);
	happened(EVENT_ENDED, t0 + 20 * s, 0, OUTCOME_LOST);
	assert_int_equal(talk_step_spent(&talk.state, STEP_CLOSING, t0 + 99 * s), 5 * s);
	assert_int_equal(talk_step_spent(&talk.state, STEP_ENDED, t0 + 99 * s), 0);
	assert_int_equal(talk_step_spent(&talk.state, (enum talk_step)77, t0), 0);
}

static void talk_apply__refuses_what_no_call_can_hold(void **state)
{
	(void)state;
	talk_init(&talk);
	assert_int_equal(happened(EVENT_BEGAN, 0, 0, MODE_SALE), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_BEGAN, 1, 0, 2), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_BEGAN, 1, 0, MODE_SALE), TALK_APPLIED);
	assert_int_equal(happened(EVENT_BEGAN, 2, 0, MODE_SALE), TALK_BEGUN);
	assert_int_equal(happened((enum call_event_kind)99, 2, 0, 0), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_NONE, 2, 0, 0), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_STEP, 2, 0, STEP_ENDED), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_STEP, 2, 0, -1), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_STEP, 2, 0, INT64_MAX), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_MOTIVE_ON, 2, 0, MOTIVE_COUNT), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_SAID, 2, 0, 0), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_SIGNAL_ON, 2, 0, 0), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_OBJECTION, 2, 0, 0), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_CONTRACT, 2, 0, -1), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_CONTRACT, 2, 0, INT64_MAX), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_PLANNED, 2, 0, 0), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_ENDED, 2, 0, OUTCOME_COUNT), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_OBJECTION, 2, 5, 0), TALK_APPLIED);
	assert_int_equal(happened(EVENT_OBJECTION_PART, 2, 5, PART_COUNT), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_OBJECTION_PART, 2, 5, 8 * METHOD_COUNT), TALK_MALFORMED);
	assert_int_equal(happened(EVENT_OBJECTION_PART, 2, 5, -1), TALK_MALFORMED);
}

static void talk_apply__a_full_call_can_still_be_ended(void **state)
{
	int64_t at = 1;
	(void)state;
	talk_init(&talk);
	happened(EVENT_BEGAN, at, 0, MODE_SALE);
	while (happened(EVENT_NOTE, ++at, 0, 0) == TALK_APPLIED) assert_true(at < 2 * TALK_LOG_MAX);
	assert_int_equal(happened(EVENT_NOTE, at, 0, 0), TALK_FULL);
	assert_int_equal(happened(EVENT_MOTIVE_ON, at, 0, MOTIVE_SAFETY), TALK_FULL);
	assert_int_equal(happened(EVENT_ENDED, at, 0, OUTCOME_LOST), TALK_APPLIED);
	talk_init(&talk);
	happened(EVENT_BEGAN, 1, 0, MODE_SALE);
	for (int64_t item = 1; item <= TALK_SAID_MAX; item++) assert_int_equal(happened(EVENT_SAID, 1, item, 0), TALK_APPLIED);
	assert_int_equal(happened(EVENT_SAID, 1, TALK_SAID_MAX + 1, 0), TALK_FULL);
	assert_int_equal(happened(EVENT_ANSWERED, 1, TALK_SAID_MAX, 0), TALK_APPLIED);
	for (int64_t item = 1; item <= TALK_SIGNALS_MAX; item++) assert_int_equal(happened(EVENT_SIGNAL_ON, 1, item, 0), TALK_APPLIED);
	assert_int_equal(happened(EVENT_SIGNAL_ON, 1, TALK_SIGNALS_MAX + 1, 0), TALK_FULL);
	for (int64_t item = 1; item <= TALK_OBJECTIONS_MAX; item++) {
		assert_int_equal(happened(EVENT_OBJECTION, 1, item, 0), TALK_APPLIED);
		assert_int_equal(happened(EVENT_OBJECTION_LEFT, 1, item, 0), TALK_APPLIED);
	}
	assert_int_equal(happened(EVENT_OBJECTION, 1, TALK_OBJECTIONS_MAX + 1, 0), TALK_FULL);
	assert_int_equal(talk_unanswered(&talk.state), TALK_OBJECTIONS_MAX);
}

static void talk_apply__an_objection_in_hand_at_the_end_is_left(void **state)
{
	(void)state;
	talk_init(&talk);
	happened(EVENT_BEGAN, 1, 0, MODE_SALE);
	happened(EVENT_OBJECTION, 2, 61, 0);
	assert_int_equal(talk_unanswered(&talk.state), 0);
	happened(EVENT_ENDED, 3, 0, OUTCOME_LOST);
	assert_int_equal(talk_unanswered(&talk.state), 1);
	assert_true(talk_sound(&talk.state));
}

static void talk_replay__says_the_first_refusal_and_goes_on(void **state)
{
	const struct call_event events[] = {
		{.kind = EVENT_BEGAN, .at = 1}, {.kind = EVENT_PAYMENT, .at = 2}, {.kind = EVENT_BEGAN, .at = 3}, {.kind = EVENT_MOTIVE_ON, .at = 4},
	};
	(void)state;
	assert_int_equal(talk_replay(&talk, events, 4), TALK_NO_CONTRACT);
	assert_int_equal(talk.state.motives, 1);
	assert_int_equal(talk.n_log, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talk__the_cases),
		cmocka_unit_test(talk_step_spent__adds_up_and_never_falls),
		cmocka_unit_test(talk_apply__refuses_what_no_call_can_hold),
		cmocka_unit_test(talk_apply__a_full_call_can_still_be_ended),
		cmocka_unit_test(talk_apply__an_objection_in_hand_at_the_end_is_left),
		cmocka_unit_test(talk_replay__says_the_first_refusal_and_goes_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
