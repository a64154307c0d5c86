#include "app/answer_week.h"

#include "app/answer_paper.h"
#include "app/week.h"
#include "base/moment.h"
#include "store/answer_store.h"
#include "store/digest_store.h"

enum { OVERDUE_SHOWN = 6, MOVES_SHOWN = 6, CARDS_SHOWN = 5, ROSE_SHOWN = 5 };

static json_t *counted(const struct paper *p, const struct fact_ask *ask)
{
	uint32_t none, n_none;
	uint32_t n = fact_list(p->facts, ask, 0, 0, &none, &n_none);
	return json_pack("{si ss}", "n", (int)n, "calls", paper_calls(p, ask));
}

static struct fact_ask of(const struct paper *p, int mode, enum fact_outcomes outcome)
{
	struct fact_ask ask = p->ask.fact;
	ask.mode = mode;
	ask.outcome = outcome;
	return ask;
}

static json_t *week_counts(const struct paper *p)
{
	struct fact_ask all = p->ask.fact, sale = of(p, MODE_SALE, OUTCOMES_ANY), won = of(p, FACT_ANY, OUTCOMES_WON), lost = of(p, FACT_ANY, OUTCOMES_LOST);
	return json_pack("{sI ss so so so}", "n", (json_int_t)p->tally.n, "calls", paper_calls(p, &all), "sale", paper_figure(p, &sale, p->tally.mode[MODE_SALE], &all, p->tally.n), "won",
			 counted(p, &won), "lost", counted(p, &lost));
}

static json_t *left_counts(const struct paper *p, json_t *cuts)
{
	struct fact_ask price = p->ask.fact, gifts = price, otherwise = price;
	price.price_first = 1;
	gifts.gave = true;
	otherwise.followed = 0;
	return json_pack("{so so so so}", "price", counted(p, &price), "gifts", counted(p, &gifts), "otherwise", counted(p, &otherwise), "cuts", cuts);
}

/* Everyone who talked in this week or in the one before. */
static enum outcome managers(const struct paper *p, const struct paper *before, json_t *model)
{
	json_t *list = json_array();
	json_object_set_new(model, "managers", list);
	for (uint32_t i = 0; i < p->facts->n_managers; i++) {
		int64_t n = p->tally.manager[i][0] + p->tally.manager[i][1], was = before->tally.manager[i][0] + before->tally.manager[i][1];
		const char *name = NULL;
		if (n + was == 0) continue;
		if (answer_member_name(p->use->db, p->use->arena, p->use->who.team_id, p->facts->managers[i], &name, &p->use->error)) return FAILED;
		struct fact_ask all = p->ask.fact, asks[5];
		all.manager = i;
		for (int a = 0; a < 5; a++) asks[a] = all;
		asks[0].mode = MODE_SALE;
		asks[1].mode = MODE_NEGOTIATION;
		asks[2].outcome = OUTCOMES_WON;
		asks[3].outcome = OUTCOMES_LOST;
		asks[4].followed = 0;
		json_array_append_new(list, json_pack("{sI ss sI ss sI so so so so so}", "id", (json_int_t)p->facts->managers[i], "name", name ? name : "…", "n", (json_int_t)n, "calls", paper_calls(p, &all),
						      "before", (json_int_t)was, "sale", counted(p, &asks[0]), "negotiation", counted(p, &asks[1]), "won", counted(p, &asks[2]), "lost",
						      counted(p, &asks[3]), "otherwise", counted(p, &asks[4])));
	}
	return DONE;
}

static json_t *saying(const struct paper *p, const struct paper *before)
{
	struct arena *arena = p->use->arena;
	int64_t n = p->tally.n, was = before->tally.n;
	struct fact_ask all = p->ask.fact, all_before = before->ask.fact;
	struct compared c = compare_shares(p->tally.mode[MODE_SALE], n, before->tally.mode[MODE_SALE], was, 1);
	struct say_with with[] = {
		{"n", answer_count(arena, p->lang, n), paper_calls(p, &all)},
		{"was", answer_count(arena, p->lang, was), paper_calls(before, &all_before)},
		{"share", answer_percent(arena, p->lang, share_of(p->tally.mode[MODE_SALE], n).share), NULL},
		{"before", answer_percent(arena, p->lang, share_of(before->tally.mode[MODE_SALE], was).share), NULL},
		{"interval", answer_points_interval(arena, p->lang, c.low, c.high), NULL}, {NULL, NULL, NULL},
	};
	if (n == 0) return answer_say(tr(p->lang, N_("No conversation ended in this week; in the week before: {was}.")), with);
	if (was == 0) return answer_say(tr(p->lang, N_("Conversations: {n}, of them sales {share}. In the week before there was none.")), with);
	if (compare_chance(&c)) return answer_say(tr(p->lang, N_("Conversations: {n}, in the week before {was}. Sales {share} after {before}: no change beyond chance ({interval} points).")), with);
	return answer_say(c.difference > 0 ? tr(p->lang, N_("Conversations: {n}, in the week before {was}. We sell more: {share} after {before} ({interval} points)."))
					   : tr(p->lang, N_("Conversations: {n}, in the week before {was}. We negotiate more: sales {share} after {before} ({interval} points).")), with);
}

static enum outcome rows_put(const struct paper *p, bool present, json_t *model)
{
	struct use *use = p->use;
	const int64_t team_id = use->who.team_id, from = p->ask.fact.from, to = p->ask.fact.to;
	json_t *rows = NULL;
	int64_t overdue = 0;
	if (present) {
		if (digest_overdue(use->db, team_id, day_start(day_of(use->now)), OVERDUE_SHOWN, &rows, &overdue, &use->error)) return FAILED;
		json_object_set_new(model, "overdue", rows);
		json_object_set_new(model, "overdue_more", json_integer(overdue - (json_int_t)json_array_size(rows)));
	}
	json_object_set_new(model, "overdue_n", json_integer(overdue));
	if (digest_moves(use->db, team_id, from, to, MOVES_SHOWN, &rows, &use->error)) return FAILED;
	json_object_set_new(model, "moves", rows);
	if (digest_cards(use->db, team_id, from, to, CARDS_SHOWN, &rows, &use->error)) return FAILED;
	json_object_set_new(model, "cards", rows);
	if (digest_rose(use->db, from, to, ROSE_SHOWN, &rows, &use->error)) return FAILED;
	json_object_set_new(model, "rose", rows);
	if (digest_practice(use->db, team_id, from, to, &rows, &use->error)) return FAILED;
	json_object_set_new(model, "practice", rows);
	if (digest_cuts(use->db, team_id, from, to, &rows, &use->error)) return FAILED;
	json_object_set_new(model, "left", left_counts(p, rows));
	return DONE;
}

static json_t *week_json(struct use *use, int32_t monday, int32_t present)
{
	char from[16], until[16];
	day_iso(monday, from);
	day_iso(monday + 6, until);
	json_t *week = json_pack("{ss ss ss ss sb sn}", "text", week_text(use, monday), "from", from, "until", until, "before", week_text(use, monday - 7), "present", monday == present, "after");
	if (monday < present) json_object_set_new(week, "after", json_string(week_text(use, monday + 7)));
	return week;
}

static struct answer_given given_days(int32_t from)
{
	return (struct answer_given){.span = "days", .from = from, .to = from + 6, .segment = "", .since = -1, .until = -1, .mode = "", .advised = "", .led = "", .outcome = "", .step = "",
				     .reached = "", .first = "", .package = "", .motive = "", .turn = ""};
}

enum outcome answer_week_page(struct use *use, const char *text, json_t **ret_model)
{
	if (use->who.role < ROLE_LEAD) return REFUSED;
	int32_t today = day_of(use->now), present = today - (day_weekday(today) - 1), monday = present;
	if (*text && !week_parse(text, &monday)) return use_mistake(use, "week", N_("There is no such week: write it as 2026-W48"));
	struct paper *p = ARENA_NEW(use->arena, struct paper), *before = ARENA_NEW(use->arena, struct paper);
	struct answer_given given = given_days(monday), given_before = given_days(monday - 7);
	enum outcome outcome = paper_open(use, &given, p);
	if (outcome) return outcome;
	/* One shelf for both: a second opening could wait for a writer that waits for the first. */
	*before = *p;
	paper_count(before, &given_before);
	json_t *model = json_pack("{so so so so}", "week", week_json(use, monday, present), "now", week_counts(p), "was", week_counts(before), "saying", saying(p, before));
	outcome = managers(p, before, model);
	if (!outcome) outcome = rows_put(p, monday == present, model);
	paper_close(p);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}
