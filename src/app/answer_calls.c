/* The conversations behind a number of the company's answer (answer_page.h). */
#include <string.h>

#include "app/answer_paper.h"
#include "base/moment.h"
#include "store/answer_store.h"

static void about_add(json_t *about, const char *text)
{
	if (text) json_array_append_new(about, json_string(text));
}

static const char *mode_words(const struct paper *p, int mode)
{
	return mode == MODE_SALE ? tr(p->lang, N_("led as a sale")) : tr(p->lang, N_("led as a negotiation"));
}

static const char *outcome_words(const struct paper *p, enum fact_outcomes outcome)
{
	static const char *const words[] = {NULL, N_("ended in agreement"), N_("ended in refusal"), N_("to be continued"), N_("the deal stayed alive"), N_("the deal was decided")};
	return outcome ? tr(p->lang, words[outcome]) : NULL;
}

static enum outcome found_words(const struct paper *p, const struct fact_ask *ask, const char **ret_words)
{
	static const char *const motives[MOTIVE_COUNT] = {N_("Safety"), N_("Economy"), N_("Prestige"), N_("Convenience and comfort")};
	json_t *item = NULL;
	const char *name = NULL;
	*ret_words = NULL;
	if (ask->motive != FACT_ANY) name = tr(p->lang, motives[ask->motive]);
	if (ask->find >= 0 && ask->find < p->facts->n_finds) {
		if (answer_item_load(p->use->db, p->use->who.team_id, p->facts->finds[ask->find], lang_code(p->lang), &item, &p->use->error)) return FAILED;
		if (item) name = arena_strdup(p->use->arena, json_string_value(json_object_get(item, "text")));
		json_decref(item);
	}
	if (!name) return DONE;
	struct say_with with[] = {{"what", name, NULL}, {NULL, NULL, NULL}};
	json_t *parts = answer_say(ask->without ? tr(p->lang, N_("“{what}” had not come up by then")) : tr(p->lang, N_("“{what}” had come up by then")), with);
	*ret_words = answer_say_plain(p->use->arena, parts);
	json_decref(parts);
	return DONE;
}

/* What the number counts, in words. */
static enum outcome about(const struct paper *p, json_t **ret_about)
{
	static const char *const numbers[] = {NULL, N_("the first conversation of the deal"), N_("the second"), N_("the third"), N_("the fourth or later")};
	static const char *const packages[] = {NULL, N_("a package was signed at a table with a limit"), N_("the package could not be bettered without loss to them"), N_("something was left on the table")};
	const struct fact_ask *ask = &p->ask.fact;
	const char *words = NULL;
	struct arena *arena = p->use->arena;
	json_t *list = json_array();
	*ret_about = list;
	if (ask->b2b != FACT_ANY) about_add(list, ask->b2b ? tr(p->lang, N_("with companies")) : tr(p->lang, N_("with private clients")));
	if (p->ask.given.product_id && answer_product_name(p->use->db, arena, p->use->who.team_id, p->ask.given.product_id, &words, &p->use->error)) return FAILED;
	if (p->ask.given.product_id) about_add(list, words);
	if (p->ask.given.member_id && answer_member_name(p->use->db, arena, p->use->who.team_id, p->ask.given.member_id, &words, &p->use->error)) return FAILED;
	if (p->ask.given.member_id) about_add(list, words);
	if (ask->number != FACT_ANY) about_add(list, tr(p->lang, numbers[ask->number]));
	if (ask->later != FACT_ANY) about_add(list, ask->later ? tr(p->lang, N_("the second conversation or a later one")) : tr(p->lang, numbers[1]));
	if (ask->mode != FACT_ANY) about_add(list, mode_words(p, ask->mode));
	if (ask->advised != FACT_ANY) about_add(list, ask->advised == MODE_SALE ? tr(p->lang, N_("a sale had been advised")) : tr(p->lang, N_("a negotiation had been advised")));
	if (ask->known_advice) about_add(list, tr(p->lang, N_("the advice at its beginning is known")));
	if (ask->followed != FACT_ANY) about_add(list, ask->followed ? tr(p->lang, N_("led as was advised")) : tr(p->lang, N_("led otherwise than was advised")));
	if (ask->reached != FACT_ANY) about_add(list, arena_printf(arena, "%s “%s”", tr(p->lang, N_("came to the step")), paper_step(p, ask->mode == MODE_NEGOTIATION, ask->reached)));
	if (ask->step != FACT_ANY) about_add(list, arena_printf(arena, "%s “%s”", tr(p->lang, N_("came no further than the step")), paper_step(p, ask->mode == MODE_NEGOTIATION, ask->step)));
	about_add(list, outcome_words(p, ask->outcome));
	if (ask->conceded) about_add(list, tr(p->lang, N_("the first thing of the deal was given in it")));
	if (ask->price_first != FACT_ANY) about_add(list, ask->price_first ? tr(p->lang, N_("price was given first")) : tr(p->lang, N_("something other than price was given first")));
	if (ask->package) about_add(list, tr(p->lang, packages[ask->package]));
	if (ask->gave) about_add(list, tr(p->lang, N_("something was given for nothing")));
	if (found_words(p, ask, &words)) return FAILED;
	about_add(list, words);
	return DONE;
}

static enum outcome lines(const struct paper *p, const uint32_t *indexes, uint32_t n, json_t *rows)
{
	for (uint32_t i = 0; i < n; i++) {
		json_t *line;
		if (answer_line_load(p->use->db, p->use->who.team_id, p->facts->list[indexes[i]].call_id, &line, &p->use->error)) return FAILED;
		if (line) json_array_append_new(rows, line);
	}
	return DONE;
}

static json_t *days_json(const struct paper *p)
{
	char from[16], to[16];
	const struct fact_ask *ask = &p->ask.fact;
	bool narrow = ask->since < ask->until;
	int32_t first = narrow && ask->since > ask->from ? day_of(ask->since) : p->ask.from_day, last = narrow && ask->until < ask->to ? day_of(ask->until) - 1 : p->ask.to_day;
	day_iso(first, from);
	day_iso(last, to);
	return json_pack("{ss ss}", "from", from, "to", to);
}

static enum outcome calls_make(const struct paper *p, int page, json_t **ret_model)
{
	uint32_t indexes[ANSWER_ROWS], n_rows, n = fact_list(p->facts, &p->ask.fact, 0, 0, indexes, &n_rows);
	int last = n ? (int)((n - 1) / ANSWER_ROWS) + 1 : 1;
	if (page > last) page = last; /* an old address of a list that has become shorter */
	uint32_t skip = (uint32_t)(page - 1) * ANSWER_ROWS;
	json_t *words = NULL, *rows = json_array();
	fact_list(p->facts, &p->ask.fact, skip, ANSWER_ROWS, indexes, &n_rows);
	const char *address = paper_calls(p, &p->ask.fact);
	enum outcome outcome = about(p, &words);
	if (!outcome) outcome = lines(p, indexes, n_rows, rows);
	*ret_model = json_pack("{so so si si so sb}", "days", days_json(p), "about", words, "n", (int)n, "page", page, "rows", rows, "paged", n > ANSWER_ROWS);
	json_object_set_new(*ret_model, "back", json_sprintf("/answer?%s", answer_ask_query(p->use->arena, &p->ask)));
	json_object_set_new(*ret_model, "first", json_integer(n_rows ? skip + 1 : 0));
	json_object_set_new(*ret_model, "last", json_integer(skip + n_rows));
	json_object_set_new(*ret_model, "total", json_integer(n));
	if (page > 1) json_object_set_new(*ret_model, "before", json_sprintf("%s&page=%d", address, page - 1));
	if (skip + n_rows < n) json_object_set_new(*ret_model, "after", json_sprintf("%s&page=%d", address, page + 1));
	if (outcome) json_decref(*ret_model);
	return outcome;
}

enum outcome answer_calls_page(struct use *use, const struct answer_given *given, int page, json_t **ret_model)
{
	struct paper *p = ARENA_NEW(use->arena, struct paper);
	enum outcome outcome = paper_open(use, given, p);
	if (outcome) return outcome;
	outcome = calls_make(p, page, ret_model);
	paper_close(p);
	return outcome;
}
