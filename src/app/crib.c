#include "app/crib.h"

#include <string.h>

#include "app/call_book.h"
#include "base/id.h"
#include "base/tr.h"
#include "core/playbook/playbook_word.h"
#include "core/playbook/talk.h"
#include "store/client_store.h"
#include "store/crib_store.h"

enum { SERVED_SHOWN = 2, OPEN_SHOWN = 6, BOOKS = 4 };

static int64_t whole(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* ---- What to say next, asked of the core as in a call ---- */

struct books {
	int64_t client_id;
	struct call_book *book[BOOKS];
	int n;
};

static enum outcome book_of(struct use *use, struct books *books, int64_t playbook_id, bool b2b, struct call_book **ret_book)
{
	struct call_row row = {.client_id = books->client_id, .playbook_id = playbook_id, .b2b = b2b};
	for (int i = 0; i < books->n; i++)
		if (books->book[i]->playbook_id == playbook_id) return *ret_book = books->book[i], DONE;
	enum outcome outcome = call_book_load(use, &row, false, ret_book);
	if (!outcome && books->n < BOOKS) books->book[books->n++] = *ret_book;
	return outcome;
}

/* The state of a talk that begins knowing what earlier ones have found, at a step. */
static struct talk_state *state_at(struct use *use, enum talk_step step)
{
	struct talk_state *state = ARENA_NEW(use->arena, struct talk_state);
	state->began_at = state->step_since = 1;
	state->mode = MODE_NEGOTIATION;
	state->step = step;
	return state;
}

static json_t *next_said(struct use *use, const struct talk_state *state, const struct call_book *book, enum item_kind kind)
{
	struct talk_hint hints[TALK_HINTS];
	if (talk_next(state, &book->book, hints) < 1 || hints[0].kind != HINT_ITEM) return json_null();
	json_t *item = call_book_item(book, hints[0].item);
	if (!item || strcmp(word(item, "kind"), playbook_word(WORD_ITEM, (int)kind)) != 0) return json_null();
	return json_pack("{sO ss ss ss}", "id", json_object_get(item, "id"), "variety", word(item, "variety"), "level", word(item, "level"), "text",
			 call_book_text(use, book, hints[0].item));
}

static bool is_spin(const struct call_book *book, int64_t id)
{
	for (int i = 0; i < book->book.n_items; i++)
		if (book->book.items[i].id == id) return book->book.items[i].kind == ITEM_SPIN;
	return false;
}

/* The SPIN question to a position that was not asked yet; null where the funnel is through. */
static json_t *next_question(struct use *use, const struct call_book *book, int64_t position, const json_t *found)
{
	struct talk_state *state = state_at(use, STEP_MOTIVES);
	size_t i;
	json_t *one;
	state->objections[state->n_objections++] = (struct talk_objection){.item = position, .raised_at = 1, .closed_at = 1, .state = OBJECTION_LEFT};
	json_array_foreach(found, i, one)
		if (state->n_interests < TALK_INTERESTS_MAX)
			state->interests[state->n_interests++] = (struct talk_interest){whole(one, "id"), whole(one, "position_id"), 1};
	for (int h = 0; h < book->book.n_heard && state->n_said < TALK_SAID_MAX; h++)
		if (is_spin(book, book->book.heard[h]))
			state->said[state->n_said++] = (struct talk_said){book->book.heard[h], 1, SAID_ALOUD, STEP_MOTIVES};
	return next_said(use, state, book, ITEM_SPIN);
}

/* ---- The map (N3) ---- */

/* What was told him that serves an interest: benefits of a product of the same playbook. */
static json_t *served(const json_t *points, int64_t playbook_id, int64_t motives)
{
	json_t *list = json_array(), *point;
	size_t i;
	json_array_foreach(points, i, point)
		if ((whole(point, "motives") & motives) && whole(point, "playbook_id") == playbook_id && json_array_size(list) < SERVED_SHOWN) json_array_append(list, json_object_get(point, "text"));
	return list;
}

static json_t *found_behind(const json_t *found, int64_t position, const json_t *points)
{
	json_t *list = json_array(), *one;
	size_t i;
	json_array_foreach(found, i, one) {
		if (whole(one, "position_id") != position) continue;
		json_array_append_new(list, json_pack("{sO sO sO sO sO so}", "id", json_object_get(one, "id"), "text", json_object_get(one, "text"), "at",
			json_object_get(one, "at"), "call_id", json_object_get(one, "call_id"), "compliance", json_object_get(one, "compliance"), "served",
			served(points, whole(one, "playbook_id"), whole(one, "motives"))));
	}
	return list;
}

/* What may stand behind a position and was not found. A personal cut is not looked for: it is heard or not. */
static json_t *open_behind(struct use *use, const struct call_book *book, int64_t position, const json_t *found)
{
	json_t *list = json_array();
	for (int i = 0; i < book->book.n_items; i++) {
		const struct playbook_item *item = &book->book.items[i];
		bool known = false;
		size_t j;
		json_t *one;
		if (item->kind != ITEM_INTEREST || item->objection != position || item->compliance) continue;
		json_array_foreach(found, j, one) known |= whole(one, "id") == item->id;
		if (!known && json_array_size(list) < OPEN_SHOWN) json_array_append_new(list, json_string(call_book_text(use, book, item->id)));
	}
	return list;
}

enum { MAP_OPEN = 3 }; /* positions shown at once, the latest; the others on demand */

static bool listed(const json_t *positions, int64_t id)
{
	size_t i;
	json_t *one;
	json_array_foreach(positions, i, one)
		if (whole(one, "id") == id) return true;
	return false;
}

static enum outcome map_put(struct use *use, struct books *books, bool b2b, const json_t *found, json_t *model)
{
	json_t *positions, *points = NULL, *position, *one, *loose = json_array();
	const int64_t team_id = use->who.team_id;
	enum outcome outcome = DONE;
	size_t i, j;
	json_object_set_new(model, "loose", loose);
	if (interest_positions(use->db, team_id, books->client_id, use->who.language, &positions, &use->error)) return FAILED;
	json_object_set_new(model, "map", positions);
	if (interest_points_told(use->db, team_id, books->client_id, &points, &use->error)) return FAILED;
	json_array_foreach(positions, i, position) {
		struct call_book *book;
		const int64_t id = whole(position, "id");
		if ((outcome = book_of(use, books, whole(position, "playbook_id"), b2b, &book))) break;
		json_object_set_new(position, "folds", json_boolean(i == MAP_OPEN && json_array_size(positions) > MAP_OPEN + 1)); /* from here on they are folded away; one alone is not */
		json_object_set_new(position, "folded", json_boolean(i >= MAP_OPEN && json_array_size(positions) > MAP_OPEN + 1));
		json_object_set_new(position, "rest", json_integer((json_int_t)(json_array_size(positions) - MAP_OPEN)));
		json_object_set_new(position, "found", found_behind(found, id, points));
		json_object_set_new(position, "open", open_behind(use, book, id, found));
		json_object_set_new(position, "ask", next_question(use, book, id, found));
	}
	/* Behind no position, or behind one that was taken back since. */
	json_array_foreach(found, i, one) {
		bool twice = listed(positions, whole(one, "position_id"));
		for (j = 0; j < i && !twice; j++) twice = whole(json_array_get(found, j), "position_id") == whole(one, "position_id");
		if (twice) continue;
		json_t *behind = found_behind(found, whole(one, "position_id"), points);
		json_array_extend(loose, behind);
		json_decref(behind);
	}
	json_decref(points);
	return outcome;
}

/* ---- The warning ---- */

static enum outcome cut_put(struct use *use, const json_t *found, json_t *model)
{
	json_t *one, *lead;
	size_t i;
	json_object_set_new(model, "cut", json_null());
	json_array_foreach(found, i, one) {
		if (!json_is_true(json_object_get(one, "compliance"))) continue;
		if (interest_lead(use->db, use->who.team_id, &lead, &use->error)) return FAILED;
		json_object_set_new(model, "cut", json_pack("{sO sO sO sO so}", "text", json_object_get(one, "text"), "say", json_object_get(one, "say"), "at",
			json_object_get(one, "at"), "call_id", json_object_get(one, "call_id"), "lead", lead ? lead : json_null()));
		return DONE;
	}
	return DONE;
}

enum outcome crib_cut_put(struct use *use, int64_t client_id, json_t *model)
{
	json_t *found;
	if (interest_found(use->db, use->who.team_id, client_id, use->who.language, &found, &use->error)) return FAILED;
	enum outcome outcome = cut_put(use, found, model);
	json_decref(found);
	return outcome;
}

enum outcome crib_cuts(struct use *use, json_t **ret_cuts)
{
	if (use->who.role < ROLE_LEAD) return REFUSED;
	return use_done(interest_cuts(use->db, use->who.team_id, use->who.language, ret_cuts, &use->error));
}

/* ---- The person (N2) ---- */

static enum outcome person_put(struct use *use, struct books *books, bool b2b, json_t *model)
{
	json_t *lines, *told = NULL;
	const int64_t team_id = use->who.team_id;
	int64_t playbook_id;
	struct call_book *book;
	if (interest_playbook(use->db, team_id, books->client_id, &playbook_id, &use->error)) return FAILED;
	if (!playbook_id && call_playbook_default(use->db, team_id, b2b, &playbook_id, &use->error)) return FAILED;
	enum outcome outcome = book_of(use, books, playbook_id, b2b, &book);
	if (outcome) return outcome;
	if (crib_list(use->db, team_id, books->client_id, false, &lines, &use->error)) return FAILED;
	if (crib_told(use->db, team_id, books->client_id, use->who.language, &told, &use->error)) {
		json_decref(lines);
		return FAILED;
	}
	json_object_set_new(model, "crib", json_pack("{sb so so so}", "full", json_array_size(lines) >= CRIB_MOST, "lines", lines, "told", told, "next",
		next_said(use, state_at(use, STEP_CONTACT), book, ITEM_OPENER)));
	return DONE;
}

enum outcome crib_put(struct use *use, int64_t client_id, bool b2b, json_t *model)
{
	struct books books = {.client_id = client_id};
	json_t *found;
	if (interest_found(use->db, use->who.team_id, client_id, use->who.language, &found, &use->error)) return FAILED;
	enum outcome outcome = person_put(use, &books, b2b, model);
	if (!outcome) outcome = map_put(use, &books, b2b, found, model);
	if (!outcome) outcome = cut_put(use, found, model);
	json_decref(found);
	return outcome;
}

enum outcome crib_write(struct use *use, int64_t client_id, const char *variety, const char *text)
{
	const int64_t team_id = use->who.team_id;
	bool there;
	int64_t n;
	if (client_exists(use->db, team_id, client_id, &there, &use->error) || crib_count(use->db, team_id, client_id, &n, &use->error)) return FAILED;
	if (!there) return ABSENT;
	if (n >= CRIB_MOST) return use_mistake(use, "text", N_("The crib is full: strike something out first"));
	return use_done(crib_insert(use->db, team_id, client_id, id_new(use->now), variety, text, use->who.member_id, use->now, &use->error));
}

enum outcome crib_strike(struct use *use, int64_t client_id, int64_t crib_id, bool back)
{
	bool there;
	if (crib_remove(use->db, use->who.team_id, client_id, crib_id, back ? 0 : use->now, &there, &use->error)) return FAILED;
	return there ? DONE : ABSENT;
}
