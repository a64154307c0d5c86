#include "app/card_worked.h"

#include <string.h>

#include "app/call_book.h"
#include "app/vote.h"
#include "base/text.h"
#include "base/tr.h"
#include "core/playbook/playbook_word.h"

enum { TITLE_LETTERS = 80 };

/* What was going on. */
struct going {
	const struct call_book *book;
	struct talk_state state;         /* up to the moment */
	int64_t item, objection;         /* last said; the one talked of last, 0 none */
	const char *words;               /* typed */
	const char *answer;              /* what the client said to it */
};

static bool said(const struct call_event *event)
{
	return event->kind == EVENT_SAID || event->kind == EVENT_ANSWERED || (event->kind == EVENT_OBJECTION_PART && event->value % 8 == PART_ARGUE);
}

static enum outcome going_find(struct use *use, const struct card_moment *moment, struct call_row *call, struct going *g)
{
	struct call_event_row *rows;
	struct call_book *book;
	int n;
	*g = (struct going){.words = text_clean(use->arena, moment->words ? moment->words : ""), .answer = ""};
	if (call_find(use->db, use->who.team_id, moment->call_id, call, &use->error)) return FAILED;
	if (!call->there) return ABSENT;
	if (use->who.role < ROLE_LEAD && use->who.member_id != call->owner_id) return REFUSED;
	if (call_event_list(use->db, use->arena, use->who.team_id, moment->call_id, &rows, &n, &use->error)) return FAILED;
	enum outcome outcome = call_book_load(use, call, call->ended_at != 0, &book);
	if (outcome) return outcome;
	struct talk *talk = ARENA_NEW(use->arena, struct talk);
	talk_init(talk);
	for (int i = 0; i < n && (!moment->seq || rows[i].event.seq <= moment->seq); i++) {
		const struct call_event *event = &rows[i].event;
		if (talk->state.step == STEP_ENDED || event->kind == EVENT_ENDED) break;
		talk_apply(talk, event);
		if (rows[i].undone) continue;
		if (event->kind == EVENT_OBJECTION) g->objection = event->item;
		if (said(event)) g->item = event->item;
		if (event->seq == moment->seq && event->kind == EVENT_NOTE && !*g->words && rows[i].text) g->words = text_clean(use->arena, rows[i].text);
	}
	g->book = book;
	g->state = talk->state;
	if (moment->item_id) g->item = moment->item_id;
	for (int i = 0; i < n; i++)
		if (rows[i].event.kind == EVENT_ANSWERED && rows[i].event.item == g->item && !rows[i].undone && rows[i].text) g->answer = rows[i].text;
	return DONE;
}

/* What was typed is of the kind that is wanted where the talk stands. */
static enum item_kind kind_at(const struct going *g)
{
	bool negotiates = g->state.mode == MODE_NEGOTIATION;
	if (g->state.in_hand || (g->objection && g->state.step == STEP_OBJECTIONS)) return ITEM_ANSWER;
	switch (g->state.step) {
	case STEP_PLANNED:
	case STEP_PREPARATION:
	case STEP_CONTACT: return ITEM_OPENER;
	case STEP_MOTIVES: return negotiates ? ITEM_SPIN : ITEM_QUESTION;
	case STEP_CLOSING: return negotiates ? ITEM_CONCESSION : ITEM_POINT;
	default: return ITEM_POINT;
	}
}

static const char *post_kind(enum item_kind kind, const char *variety)
{
	switch (kind) {
	case ITEM_OPENER: return strcmp(variety, "story") ? "opener" : "story";
	case ITEM_QUESTION:
	case ITEM_PROBE:
	case ITEM_TERM:
	case ITEM_SPIN: return "question";
	case ITEM_ANSWER: return "answer";
	case ITEM_CONCESSION: return "concession";
	default: return "argument";
	}
}

static const char *title_of(struct arena *arena, const char *line)
{
	size_t n = 0, word = 0;
	for (int letters = 0; line[n] && letters < TITLE_LETTERS; letters++) {
		if (line[n] == ' ') word = n;
		for (n++; ((unsigned char)line[n] & 0xc0) == 0x80; n++) {}
	}
	return line[n] ? arena_printf(arena, "%.*s…", (int)(word ? word : n), line) : line;
}

static const char *word_of(const json_t *item, const char *name)
{
	const char *text = json_string_value(json_object_get(item, name));
	return text ? text : "";
}

static enum outcome card_fill(struct use *use, const struct call_row *call, const struct going *g, enum item_kind kind, const json_t *item, struct card_form *card)
{
	int64_t objection = json_integer_value(json_object_get(item, "objection_id")), motives = json_integer_value(json_object_get(item, "motives"));
	const char *playbook, *key, **words = ARENA_ARRAY(use->arena, const char *, MOTIVE_COUNT + 1);
	int n = 0;
	if (kind == ITEM_ANSWER && !objection) objection = g->objection;
	if (card_keys(use->db, use->arena, use->who.team_id, g->book->playbook_id, kind == ITEM_ANSWER ? objection : 0, &playbook, &key, &use->error)) return FAILED;
	if (!motives && kind == ITEM_POINT) motives = g->state.motives;
	for (int i = 0; i < MOTIVE_COUNT; i++)
		if (motives & MOTIVE_BIT(i)) words[n++] = playbook_word(WORD_MOTIVE, i);
	*card = (struct card_form){
		.line = *g->words ? g->words : call_book_text(use, g->book, json_integer_value(json_object_get(item, "id"))), .playbook = playbook, .motives = words, .call_id = call->call_id,
		.variety = word_of(item, "variety"), .level = word_of(item, "level"), .question_type = word_of(item, "question_type"), .family = "",
		.objection = kind != ITEM_ANSWER || !objection ? "" : *key && *playbook ? arena_printf(use->arena, "%s/%s", playbook, key) : arena_printf(use->arena, "#%lld", (long long)objection),
	};
	if (kind == ITEM_SPIN && !*card->level) card->level = "problem";
	if (!*card->level) card->level = "situational";
	return DONE;
}

enum outcome card_worked_form(struct use *use, const struct card_moment *moment, struct post_form *ret_form, int64_t *ret_post_id)
{
	struct call_row call;
	struct going g;
	int kind = 0;
	*ret_post_id = 0;
	static const char *const no_options[] = {NULL};
	*ret_form = (struct post_form){.kind = "article", .language = use->who.language, .title = "", .body = "", .tags = "", .poll = {"", no_options, -1}};
	enum outcome outcome = going_find(use, moment, &call, &g);
	if (outcome) return outcome;
	json_t *item = g.item ? call_book_item(g.book, g.item) : NULL;
	if (!item && !*g.words) return use_mistake(use, "worked", N_("Nothing was said yet"));
	if (item) playbook_value(WORD_ITEM, word_of(item, "kind"), &kind);
	if (*g.words) {
		if (!item || kind != (int)kind_at(&g)) item = NULL;
		kind = (int)kind_at(&g);
	} else if (json_object_get(item, "author")) {
		*ret_post_id = g.item;
		return DONE;
	}
	outcome = card_fill(use, &call, &g, (enum item_kind)kind, item, &ret_form->card);
	ret_form->kind = post_kind((enum item_kind)kind, word_of(item, "variety"));
	ret_form->title = title_of(use->arena, ret_form->card.line);
	if (*g.answer && !*g.words) ret_form->body = arena_printf(use->arena, "> %s\n", g.answer);
	return outcome;
}

enum outcome card_worked(struct use *use, const struct card_moment *moment, const char **ret_done, int64_t *ret_draft_id)
{
	struct post_form form;
	struct post_state post;
	int64_t post_id;
	*ret_draft_id = 0;
	enum outcome outcome = card_worked_form(use, moment, &form, &post_id);
	if (outcome) return outcome;
	if (!post_id) {
		*ret_done = "drafted";
		return post_draft(use, 0, &form, ret_draft_id);
	}
	if (post_state_load(use->db, post_id, &post, &use->error)) return FAILED;
	*ret_done = post.author_id == use->who.member_id ? "own" : "voted";
	return post.author_id == use->who.member_id ? DONE : vote_cast(use, post_id, false);
}
