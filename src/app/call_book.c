#include "app/call_book.h"

#include <string.h>

#include "app/call_order.h"
#include "app/card.h"
#include "base/say.h"
#include "base/tr.h"
#include "core/playbook/playbook_word.h"
#include "store/crib_store.h"

static void json_close(void *json)
{
	json_decref(json);
}

static int64_t whole(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* 0, the first of its enum, where there is no such word. */
static int value_of(enum word_of of, const char *text)
{
	int value = 0;
	playbook_value(of, text, &value);
	return value;
}

static struct playbook_item item_of(const json_t *item)
{
	return (struct playbook_item){
		.id = whole(item, "id"),
		.objection = whole(item, "objection_id"),
		.kind = (enum item_kind)value_of(WORD_ITEM, word(item, "kind")),
		.level = (enum question_level)value_of(WORD_LEVEL, word(item, "level")),
		.type = (enum question_type)value_of(WORD_QUESTION, word(item, "question_type")),
		.close = (enum close_kind)value_of(WORD_CLOSE, word(item, "variety")),
		.opener = (enum opener_kind)value_of(WORD_OPENER, word(item, "variety")),
		.compliance = !strcmp(word(item, "variety"), "compliance"),
		.negotiation = !strcmp(word(item, "variety"), "negotiation"),
		.motives = (uint32_t)whole(item, "motives") & MOTIVE_ALL,
		.order = (int32_t)whole(item, "place"),
	};
}

/* N2: what belongs to this person comes before what the playbook has for anybody. */
static enum err person_add(struct use *use, int64_t client_id, bool all, json_t *items)
{
	json_t *lines, *line;
	size_t i;
	enum err kind = crib_list(use->db, use->who.team_id, client_id, all, &lines, &use->error);
	if (kind) return kind;
	json_array_foreach(lines, i, line)
		json_array_append_new(items, json_pack("{sO ss sO ss ss si si si sO si si}", "id", json_object_get(line, "id"), "kind", "opener", "variety",
			json_object_get(line, "variety"), "level", "", "question_type", "", "motives", 0, "objection_id", 0, "place", (int)i - 2 * CRIB_MOST, "text",
			json_object_get(line, "text"), "used", 0, "worked", 0));
	json_decref(lines);
	return ERR_NONE;
}

static void points_add(json_t *items, json_t *points)
{
	size_t i;
	json_t *point;
	json_array_foreach(points, i, point) {
		json_object_set_new(point, "kind", json_string("point"));
		json_array_append(items, point);
	}
}

/* What must not be left out: what was said in this call, all of one that is over; and what this client has heard before. */
static enum err marks_put(struct use *use, const struct call_row *call, bool all, const struct call_book *book)
{
	int64_t *said = NULL;
	int n = 0;
	size_t i;
	json_t *item;
	enum err kind = call->began_at && !all ? call_items_named(use->db, use->arena, use->who.team_id, call->call_id, &said, &n, &use->error) : ERR_NONE;
	json_array_foreach(book->items, i, item) {
		int64_t id = whole(item, "id");
		bool named = all, heard = false;
		for (int j = 0; j < n; j++) named |= said[j] == id;
		for (int j = 0; j < book->book.n_heard; j++) heard |= book->book.heard[j] == id;
		if (named) json_object_set_new(item, "named", json_integer(1));
		if (heard) json_object_set_new(item, "heard", json_integer(1));
	}
	return kind;
}

enum outcome call_book_load(struct use *use, const struct call_row *call, bool all, struct call_book **ret_book)
{
	const int64_t team_id = use->who.team_id;
	struct call_book *book = ARENA_NEW(use->arena, struct call_book);
	json_t *points;
	int64_t *heard;
	book->playbook_id = call->playbook_id;
	if (!book->playbook_id && call_playbook_default(use->db, team_id, call->b2b, &book->playbook_id, &use->error)) return FAILED;
	if (call_items(use->db, team_id, book->playbook_id, use->who.language, all, &book->items, &use->error)) return FAILED;
	arena_defer(use->arena, json_close, book->items);
	if (person_add(use, call->client_id, all, book->items)) return FAILED;
	if (call_points(use->db, team_id, call->product_id, &points, &use->error)) return FAILED;
	points_add(book->items, points);
	json_decref(points);
	enum outcome outcome = card_add(use, call, book->playbook_id, all, book->items);
	if (outcome) return outcome;
	if (call_heard(use->db, team_id, call->client_id, use->arena, &heard, &book->book.n_heard, &use->error)) return FAILED;
	book->book.heard = heard;
	if (marks_put(use, call, all, book)) return FAILED;
	int n = (int)json_array_size(book->items);
	struct playbook_item *items = ARENA_ARRAY(use->arena, struct playbook_item, n + 1);
	for (int i = 0; i < n; i++) items[i] = item_of(json_array_get(book->items, (size_t)i));
	n = call_order(use->arena, items, book->items, n, call->call_id);
	for (int i = 0; i < n; i++) json_object_set_new(json_array_get(book->items, (size_t)i), "order", json_integer(items[i].order));
	book->book.items = items;
	book->book.n_items = n;
	*ret_book = book;
	return DONE;
}

const char *call_book_text(struct use *use, const struct call_book *book, int64_t id)
{
	json_t *item = call_book_item(book, id);
	const char *text = json_string_value(json_object_get(item, "text")), *benefit = json_string_value(json_object_get(item, "benefit"));
	struct buf sentence;
	if (text || !benefit) return text ? text : "";
	buf_init(&sentence, 4096);
	say_fill(&sentence, tr(lang_parse(use->who.language), N_("So {benefit}.")), "benefit", benefit, NULL);
	text = arena_strdup(use->arena, sentence.bytes ? sentence.bytes : "");
	buf_done(&sentence);
	return text;
}

json_t *call_book_item(const struct call_book *book, int64_t id)
{
	for (int i = 0; i < book->book.n_items; i++)
		if (book->book.items[i].id == id) return json_array_get(book->items, (size_t)i);
	return NULL;
}

struct call_live *call_live_make(struct use *use, struct advise_team *team, const struct advise_known *known, const struct call_event *events, int n_events)
{
	struct call_live *live = ARENA_NEW(use->arena, struct call_live);
	live->team = team;
	live->known = *known;
	live->live_known = (struct live_known){
		.belief = &live->team->belief,
		.defs = live->team->defs,
		.signals = live->signals,
		.n_signals = advise_team_signals(live->team, live->signals),
		.wish_sell = live->known.wish_sell,
		.before = live->known.evidence,
	};
	live_init(&live->live, &live->live_known);
	for (int i = 0; i < n_events; i++) live_apply(&live->live, &events[i]);
	return live;
}

enum outcome call_live_load(struct use *use, int64_t call_id, const struct call_event *events, int n_events, struct call_live **ret_live)
{
	struct advise_team *team;
	struct advise_known known;
	enum outcome outcome = advise_team_load(use, &team);
	if (!outcome) outcome = advise_call_known(use, team, call_id, &known);
	if (!outcome) *ret_live = call_live_make(use, team, &known, events, n_events);
	return outcome;
}
