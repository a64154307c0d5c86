/* The parts of the company's answer, each opened by what its counts allow to be said. */
#include <stdlib.h>
#include <string.h>

#include "app/answer_paper.h"
#include "app/call_view.h"
#include "core/playbook/playbook_word.h"
#include "store/answer_store.h"

enum { FINDS_MOST = 400 };

static struct fact_ask of_mode(const struct paper *p, int mode)
{
	struct fact_ask ask = p->ask.fact;
	ask.mode = mode;
	return ask;
}

static const char *percent(const struct paper *p, const json_t *figure)
{
	return answer_percent(p->use->arena, p->lang, json_real_value(json_object_get(figure, "share")));
}

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

json_t *paper_share_say(const struct paper *p, const char *text, const json_t *figure, const struct say_with *more)
{
	struct arena *arena = p->use->arena;
	struct say_with with[12] = {
		{"share", percent(p, figure), text_of(figure, "calls")},
		{"interval", answer_interval(arena, p->lang, json_real_value(json_object_get(figure, "low")), json_real_value(json_object_get(figure, "high"))), NULL},
		{"n", arena_printf(arena, "n = %s", answer_count(arena, p->lang, json_integer_value(json_object_get(figure, "n")))), text_of(figure, "all_calls")},
	};
	for (int i = 0; more && more[i].name && i < 8; i++) with[3 + i] = more[i];
	return answer_say(text, with);
}

json_t *paper_saying(bool enough, json_t *parts)
{
	return json_pack("{sb so}", "enough", enough, "parts", parts);
}

json_t *paper_few(const struct paper *p, const char *text, int64_t n, int needed, const char *calls)
{
	struct say_with with[] = {{"n", answer_count(p->use->arena, p->lang, n), n ? calls : NULL}, {"needed", answer_count(p->use->arena, p->lang, needed), NULL}, {NULL, NULL, NULL}};
	return paper_saying(false, answer_say(text, with));
}

const char *paper_step(const struct paper *p, int mode, int step)
{
	static const char *const names[2][STEP_COUNT] = {
		{[STEP_CONTACT] = NC_("step", "Contact"), [STEP_MOTIVES] = NC_("step", "Motives"), [STEP_PRESENTATION] = NC_("step", "Presentation"),
		 [STEP_OBJECTIONS] = NC_("step", "Objections"), [STEP_CLOSING] = NC_("step", "Closing")},
		{[STEP_CONTACT] = NC_("step", "Person"), [STEP_MOTIVES] = NC_("step", "Interests"), [STEP_PRESENTATION] = NC_("step", "Justification"),
		 [STEP_OBJECTIONS] = NC_("step", "Arguments"), [STEP_CLOSING] = NC_("step", "Trade")},
	};
	return tr_c(p->lang, "step", names[mode][step]);
}

/* ---- The answer itself ---- */

/* Which kind of conversation makes the largest part of those of a mode; told only where that mode prevails in the kind for certain, too, and no other part is as large. */
static json_t *why(const struct paper *p, int mode)
{
	static const char *const says[2][4] = {
		{N_("The largest part of the sales are first conversations with private clients: {share} ({interval}; {n})."),
		 N_("The largest part of the sales are later conversations with private clients: {share} ({interval}; {n})."),
		 N_("The largest part of the sales are first conversations with companies: {share} ({interval}; {n})."),
		 N_("The largest part of the sales are later conversations with companies: {share} ({interval}; {n}).")},
		{N_("The largest part of the negotiations are first conversations with private clients: {share} ({interval}; {n})."),
		 N_("The largest part of the negotiations are later conversations with private clients: {share} ({interval}; {n})."),
		 N_("The largest part of the negotiations are first conversations with companies: {share} ({interval}; {n})."),
		 N_("The largest part of the negotiations are later conversations with companies: {share} ({interval}; {n}).")},
	};
	int64_t most = 0;
	int pick = -1;
	for (int kind = 0; kind < 4; kind++) {
		int64_t n = p->tally.cell[kind / 2][kind % 2][mode];
		if (n == most) pick = -1;
		if (n <= most) continue;
		most = n;
		pick = kind;
	}
	if (pick < 0) return json_null();
	const int64_t *cell = p->tally.cell[pick / 2][pick % 2];
	if (share_of(cell[mode], cell[0] + cell[1]).low <= 0.5) return json_null();
	struct fact_ask ask = of_mode(p, mode), all = ask;
	ask.b2b = pick / 2;
	ask.later = pick % 2;
	json_t *figure = paper_figure(p, &ask, p->tally.cell[pick / 2][pick % 2][mode], &all, p->tally.mode[mode]);
	json_t *parts = paper_share_say(p, tr(p->lang, says[mode][pick]), figure, NULL);
	json_decref(figure);
	return parts;
}

json_t *paper_lead(const struct paper *p)
{
	struct fact_ask all = p->ask.fact, sale = of_mode(p, MODE_SALE), negotiation = of_mode(p, MODE_NEGOTIATION);
	const struct tally *t = &p->tally;
	json_t *sales = paper_figure(p, &sale, t->mode[MODE_SALE], &all, t->n), *talks = paper_figure(p, &negotiation, t->mode[MODE_NEGOTIATION], &all, t->n), *lead;
	struct share share = share_of(t->mode[MODE_SALE], t->n);
	const char *mode = t->n < ANSWER_ENOUGH ? "" : share.low > 0.5 ? "sale" : share.high < 0.5 ? "negotiation" : "both";
	if (t->n < ANSWER_ENOUGH) lead = paper_few(p, tr(p->lang, N_("Too early to say: {n} conversations so far, and from {needed} on there is an answer.")), t->n, ANSWER_ENOUGH, paper_calls(p, &all));
	else if (share.low > 0.5) lead = paper_saying(true, paper_share_say(p, tr(p->lang, N_("We sell: in {share} of conversations ({interval}; {n}).")), sales, NULL));
	else if (share.high < 0.5) lead = paper_saying(true, paper_share_say(p, tr(p->lang, N_("We negotiate: in {share} of conversations ({interval}; {n}).")), talks, NULL));
	else lead = paper_saying(true, paper_share_say(p, tr(p->lang, N_("Both alike: we sell in {share} of conversations ({interval}; {n}), too near to half to call it.")), sales, NULL));
	json_object_set_new(lead, "mode", json_string(mode));
	json_object_set_new(lead, "sale", sales);
	json_object_set_new(lead, "negotiation", talks);
	json_object_set_new(lead, "why", t->n < ANSWER_ENOUGH ? json_null() : why(p, share.share >= 0.5 ? MODE_SALE : MODE_NEGOTIATION));
	return lead;
}

/* ---- Where each kind is lost ---- */

static json_t *lost_saying(const struct paper *p, int mode)
{
	const struct tally *t = &p->tally;
	int64_t all = t->outcome[mode][OUTCOME_LOST];
	int worst = STEP_CONTACT;
	struct fact_ask ask = of_mode(p, mode), lost = ask;
	lost.outcome = OUTCOMES_LOST;
	if (all < ANSWER_ENOUGH)
		return paper_few(p, mode == MODE_SALE ? tr(p->lang, N_("Too few lost sales to say where: {n}, and {needed} are needed.")) : tr(p->lang, N_("Too few lost negotiations to say where: {n}, and {needed} are needed.")),
				 all, ANSWER_ENOUGH, paper_calls(p, &lost));
	for (int step = STEP_CONTACT; step <= STEP_CLOSING; step++)
		if (tally_lost(t, mode, step) > tally_lost(t, mode, worst)) worst = step;
	struct fact_ask at = lost;
	at.step = worst;
	json_t *figure = paper_figure(p, &at, tally_lost(t, mode, worst), &lost, all);
	struct say_with more[] = {{"step", paper_step(p, mode, worst), NULL}, {NULL, NULL, NULL}};
	json_t *parts = paper_share_say(p, mode == MODE_SALE ? tr(p->lang, N_("A sale is lost most often at the step “{step}”: {share} of the lost ones ({interval}; {n})."))
							      : tr(p->lang, N_("A negotiation is lost most often at the step “{step}”: {share} of the lost ones ({interval}; {n}).")), figure, more);
	json_decref(figure);
	return paper_saying(true, parts);
}

static json_t *step_json(const struct paper *p, int mode, int step)
{
	const struct tally *t = &p->tally;
	struct fact_ask came = of_mode(p, mode), lost = came, won = came, next = came;
	int64_t reached = tally_reached(t, mode, step);
	came.reached = step;
	lost.step = won.step = next.step = step;
	lost.outcome = OUTCOMES_LOST;
	won.outcome = OUTCOMES_WON;
	next.outcome = OUTCOMES_NEXT;
	double all = t->mode[mode] ? (double)t->mode[mode] : 1;
	json_t *figure = paper_figure(p, &lost, tally_lost(t, mode, step), &came, reached);
	double width = 100 * (double)reached / all, lost_width = 100 * (double)tally_lost(t, mode, step) / all;
	return json_pack("{ss ss si sI ss so sI ss sI ss sf sf sf}", "key", playbook_word(WORD_STEP, step), "words", paper_step(p, mode, step), "number", step - STEP_PLANNED, "reached", (json_int_t)reached,
			 "reached_calls", paper_calls(p, &came), "lost", figure, "won", (json_int_t)t->step[mode][step][OUTCOME_WON], "won_calls", paper_calls(p, &won), "next",
			 (json_int_t)t->step[mode][step][OUTCOME_NEXT], "next_calls", paper_calls(p, &next), "width", width, "lost_x", width - lost_width, "lost_width", lost_width);
}

json_t *paper_lost(const struct paper *p)
{
	json_t *list = json_array();
	for (int mode = MODE_SALE; mode <= MODE_NEGOTIATION; mode++) {
		struct fact_ask ask = of_mode(p, mode);
		json_t *steps = json_array();
		for (int step = STEP_CONTACT; step <= STEP_CLOSING; step++) json_array_append_new(steps, step_json(p, mode, step));
		json_array_append_new(list, json_pack("{ss so sI ss so}", "mode", playbook_word(WORD_MODE, mode), "saying", lost_saying(p, mode), "n", (json_int_t)p->tally.mode[mode], "calls",
						      paper_calls(p, &ask), "steps", steps));
	}
	return list;
}

/* ---- The advisor's word and ours ---- */

static json_t *difference_parts(const struct paper *p, const char *more_text, const char *less_text, const char *alike_text, const struct compared *c, const struct say_with *more)
{
	struct arena *arena = p->use->arena;
	struct say_with with[12] = {
		{"points", answer_points(arena, p->lang, c->difference), NULL},
		{"interval", answer_points_interval(arena, p->lang, c->low, c->high), NULL},
	};
	for (int i = 0; more && more[i].name && i < 8; i++) with[2 + i] = more[i];
	return answer_say(compare_chance(c) ? alike_text : c->difference > 0 ? more_text : less_text, with);
}

static int64_t on(const int64_t outcomes[OUTCOME_COUNT])
{
	return outcomes[OUTCOME_WON] + outcomes[OUTCOME_NEXT];
}

static int64_t all_of(const int64_t outcomes[OUTCOME_COUNT])
{
	return on(outcomes) + outcomes[OUTCOME_LOST];
}

static json_t *count_with(const struct paper *p, int64_t n)
{
	return json_string(answer_count(p->use->arena, p->lang, n));
}

static json_t *otherwise(const struct paper *p, const int64_t followed[2], const int64_t other[2])
{
	struct fact_ask otherwise_ask = p->ask.fact, followed_ask = p->ask.fact;
	otherwise_ask.followed = 0;
	followed_ask.followed = 1;
	if (other[1] < ANSWER_ENOUGH_SIDE || followed[1] < ANSWER_ENOUGH_SIDE)
		return paper_few(p, tr(p->lang, N_("What came of it when it was not: too few to say, {n} such conversations, and {needed} are needed.")), other[1], ANSWER_ENOUGH_SIDE,
				 paper_calls(p, &otherwise_ask));
	struct compared c = compare_shares(other[0], other[1], followed[0], followed[1], 1);
	json_t *n = count_with(p, other[1]), *m = count_with(p, followed[1]);
	struct say_with more[] = {{"n", json_string_value(n), paper_calls(p, &otherwise_ask)}, {"m", json_string_value(m), paper_calls(p, &followed_ask)}, {NULL, NULL, NULL}};
	json_t *parts = difference_parts(p, tr(p->lang, N_("Where we led otherwise, the deal stayed alive {points} points more often (from {interval}; {n} such conversations against {m}).")),
					 tr(p->lang, N_("Where we led otherwise, the deal stayed alive {points} points less often (from {interval}; {n} such conversations against {m}).")),
					 tr(p->lang, N_("Where we led otherwise, the deal stayed alive about as often: the difference ({interval} points; {n} such conversations against {m}) may be chance.")), &c, more);
	json_decref(n);
	json_decref(m);
	return paper_saying(true, parts);
}

static json_t *advice_cells(const struct paper *p)
{
	json_t *cells = json_array();
	for (int advised = 0; advised < 2; advised++) {
		for (int led = 0; led < 2; led++) {
			const int64_t *outcomes = p->tally.advised[advised][led];
			struct fact_ask ask = of_mode(p, led), went_on = ask;
			ask.advised = advised;
			went_on.advised = advised;
			went_on.outcome = OUTCOMES_ON;
			double n = all_of(outcomes) ? (double)all_of(outcomes) : 1;
			json_array_append_new(cells, json_pack("{ss ss sb so sf sf sf}", "advised", playbook_word(WORD_MODE, advised), "led", playbook_word(WORD_MODE, led), "same", advised == led, "on",
							       paper_figure(p, &went_on, on(outcomes), &ask, all_of(outcomes)), "won_width", 100 * (double)outcomes[OUTCOME_WON] / n, "next_width",
							       100 * (double)outcomes[OUTCOME_NEXT] / n, "lost_x", 100 - 100 * (double)outcomes[OUTCOME_LOST] / n));
		}
	}
	return cells;
}

json_t *paper_advice(const struct paper *p)
{
	int64_t followed[2] = {0, 0}, other[2] = {0, 0}; /* that went on, of all */
	for (int advised = 0; advised < 2; advised++) {
		for (int led = 0; led < 2; led++) {
			int64_t *to = advised == led ? followed : other;
			to[0] += on(p->tally.advised[advised][led]);
			to[1] += all_of(p->tally.advised[advised][led]);
		}
	}
	struct fact_ask ask = p->ask.fact, so = p->ask.fact;
	ask.known_advice = true;
	so.followed = 1;
	int64_t n = followed[1] + other[1];
	json_t *figure = paper_figure(p, &so, followed[1], &ask, n);
	bool enough = n >= ANSWER_ENOUGH;
	json_t *saying = enough ? paper_saying(true, paper_share_say(p, tr(p->lang, N_("We led what the advisor had advised in {share} of conversations ({interval}; {n}).")), figure, NULL))
				: paper_few(p, tr(p->lang, N_("Too few conversations whose advice was kept: {n}, and {needed} are needed.")), n, ANSWER_ENOUGH, paper_calls(p, &ask));
	return json_pack("{so so so so sb}", "saying", saying, "otherwise", enough ? otherwise(p, followed, other) : json_null(), "followed", figure, "cells", advice_cells(p), "any", n > 0);
}

/* ---- What was given first; what was signed ---- */

json_t *paper_price(const struct paper *p)
{
	const struct tally *t = &p->tally;
	int64_t n = t->price_first[0] + t->price_first[1], talks = t->mode[MODE_NEGOTIATION];
	struct fact_ask any = p->ask.fact, price = any, gave = of_mode(p, MODE_NEGOTIATION), negotiations = gave;
	any.conceded = true;
	price.price_first = 1;
	gave.gave = true;
	json_t *first = paper_figure(p, &price, t->price_first[1], &any, n), *gifts = paper_figure(p, &gave, t->gave, &negotiations, talks);
	json_t *saying = n >= ANSWER_ENOUGH
		? paper_saying(true, paper_share_say(p, tr(p->lang, N_("Price was the first thing given in {share} of the deals in which anything was given ({interval}; {n}).")), first, NULL))
		: paper_few(p, tr(p->lang, N_("Whether price is given first cannot be said yet: {n} deals in which anything was given, and {needed} are needed.")), n, ANSWER_ENOUGH, paper_calls(p, &any));
	json_t *nothing = talks >= ANSWER_ENOUGH
		? paper_saying(true, paper_share_say(p, tr(p->lang, N_("Something was given for nothing in return in {share} of negotiations ({interval}; {n}).")), gifts, NULL))
		: json_null();
	return json_pack("{so so so so}", "saying", saying, "gave", nothing, "first", first, "gifts", gifts);
}

json_t *paper_packages(const struct paper *p)
{
	struct arena *arena = p->use->arena;
	const struct tally *t = &p->tally;
	struct fact_ask all = p->ask.fact, edge = all, inside = all;
	all.package = PACKAGE_MEASURED;
	edge.package = PACKAGE_EDGE;
	inside.package = PACKAGE_INSIDE;
	json_t *figure = paper_figure(p, &edge, t->edge, &all, t->measured), *saying, *middle = json_null();
	struct middle left = compare_middle(t->left_minor, t->measured), share = compare_middle(t->left_share, t->measured);
	if (t->measured < ANSWER_ENOUGH_PACKAGES) {
		saying = paper_few(p, tr(p->lang, N_("How far signed packages lay from the best ones cannot be said yet: {n} signed at a table with a limit, and {needed} are needed.")), t->measured,
				   ANSWER_ENOUGH_PACKAGES, paper_calls(p, &all));
	} else {
		saying = paper_saying(true, paper_share_say(p, tr(p->lang, N_("Of the signed packages {share} could not be bettered for us without loss to them ({interval}; {n}).")), figure, NULL));
		struct say_with with[] = {
			{"money", answer_money(arena, p->lang, left.middle, p->currency), paper_calls(p, &inside)}, {"low", answer_money(arena, p->lang, left.low, p->currency), NULL},
			{"high", answer_money(arena, p->lang, left.high, p->currency), NULL}, {"share", answer_percent(arena, p->lang, share.middle), NULL}, {NULL, NULL, NULL},
		};
		middle = paper_saying(true, answer_say(tr(p->lang, N_("The middle one left {money} on the table (from {low} to {high}): {share} of what lay above our limit.")), with));
	}
	return json_pack("{so so so s{sf sf sf sf}}", "saying", saying, "middle", middle, "edge", figure, "left", "middle", left.middle, "low", left.low, "high", left.high, "share", share.middle);
}

/* ---- What decides ---- */

struct found {
	struct compared c;
	int motive;                     /* FACT_ANY: a find */
	uint32_t find;
};

static int by_distance(const void *a, const void *b)
{
	double x = compare_distance(&((const struct found *)a)->c), y = compare_distance(&((const struct found *)b)->c);
	return x > y ? -1 : x < y;
}

static bool comparable(const struct tally_found *f, int64_t decided)
{
	return f->with >= ANSWER_ENOUGH_SIDE && decided - f->with >= ANSWER_ENOUGH_SIDE;
}

static struct compared found_compare(const struct tally *t, const struct tally_found *f, int m)
{
	int64_t decided = t->decided[0] + t->decided[1];
	return compare_shares(f->with_won, f->with, t->decided[1] - f->with_won, decided - f->with, m);
}

static int found_list(const struct paper *p, struct found *list)
{
	const struct tally *t = &p->tally;
	int64_t decided = t->decided[0] + t->decided[1];
	int n = 0;
	for (int m = 0; m < MOTIVE_COUNT; m++)
		if (comparable(&t->motive[m], decided)) list[n++] = (struct found){.motive = m};
	for (uint32_t f = 0; f < p->facts->n_finds && n < FINDS_MOST; f++)
		if (comparable(&t->find[f], decided)) list[n++] = (struct found){.motive = FACT_ANY, .find = f};
	for (int i = 0; i < n; i++) list[i].c = found_compare(t, list[i].motive != FACT_ANY ? &t->motive[list[i].motive] : &t->find[list[i].find], n);
	qsort(list, (size_t)n, sizeof *list, by_distance);
	return n;
}

static enum outcome found_json(const struct paper *p, const struct found *f, json_t **ret_row)
{
	static const char *const motives[MOTIVE_COUNT] = {N_("Safety"), N_("Economy"), N_("Prestige"), N_("Convenience and comfort")};
	struct fact_ask with = p->ask.fact, without, won, won_without;
	json_t *item = NULL;
	with.outcome = OUTCOMES_DECIDED;
	with.motive = f->motive;
	with.find = f->motive != FACT_ANY ? FACT_ANY : (int64_t)f->find;
	won = without = with;
	without.without = true;
	won.outcome = OUTCOMES_WON;
	won_without = without;
	won_without.outcome = OUTCOMES_WON;
	if (f->motive == FACT_ANY && answer_item_load(p->use->db, p->use->who.team_id, p->facts->finds[f->find], lang_code(p->lang), &item, &p->use->error)) return FAILED;
	const char *name = f->motive != FACT_ANY ? tr(p->lang, motives[f->motive]) : item ? text_of(item, "text") : "…";
	const struct compared *c = &f->c;
	*ret_row = json_pack("{ss ss sb so so sf sf sf sb sf sf sf}", "kind", f->motive != FACT_ANY ? "motive" : item ? text_of(item, "kind") : "objection", "name", name, "cut",
			     item && json_is_true(json_object_get(item, "cut")), "with", paper_figure(p, &won, c->yes, &with, c->n), "without",
			     paper_figure(p, &won_without, c->other_yes, &without, c->other_n), "difference", c->difference, "low", c->low, "high", c->high, "chance", compare_chance(c), "x",
			     50 + 50 * c->difference, "x1", 50 + 50 * c->low, "x2", 50 + 50 * c->high);
	json_decref(item);
	return DONE;
}

static json_t *decide_saying(const struct paper *p, const json_t *rows, int m)
{
	struct fact_ask decided = p->ask.fact;
	int64_t n = p->tally.decided[0] + p->tally.decided[1];
	decided.outcome = OUTCOMES_DECIDED;
	const json_t *first = json_array_get(rows, 0);
	if (n >= ANSWER_ENOUGH && !m)
		return paper_few(p, tr(p->lang, N_("What decides cannot be said yet: of {n} decided deals, no motive, interest or objection came up in {needed} and was absent in as many.")), n,
				 ANSWER_ENOUGH_SIDE, paper_calls(p, &decided));
	if (n < ANSWER_ENOUGH)
		return paper_few(p, tr(p->lang, N_("What decides cannot be said yet: {n} deals decided in a conversation, and with less than {needed} nothing shows.")), n, ANSWER_ENOUGH, paper_calls(p, &decided));
	if (json_is_true(json_object_get(first, "chance"))) {
		struct say_with with[] = {
			{"m", answer_count(p->use->arena, p->lang, m), NULL}, {"n", arena_printf(p->use->arena, "n = %s", answer_count(p->use->arena, p->lang, n)), paper_calls(p, &decided)}, {NULL, NULL, NULL},
		};
		return paper_saying(true, answer_say(tr(p->lang, N_("Of {m} motives, interests and objections none stands out beyond chance yet ({n} decided deals).")), with));
	}
	struct compared c = {.difference = json_real_value(json_object_get(first, "difference")), .low = json_real_value(json_object_get(first, "low")), .high = json_real_value(json_object_get(first, "high"))};
	const json_t *with = json_object_get(first, "with"), *without = json_object_get(first, "without");
	const char *with_share = percent(p, with), *without_share = percent(p, without);
	struct say_with more[] = {
		{"what", text_of(first, "name"), NULL}, {"with", with_share, text_of(with, "calls")}, {"without", without_share, text_of(without, "calls")},
		{"n", arena_printf(p->use->arena, "n = %s", answer_count(p->use->arena, p->lang, n)), paper_calls(p, &decided)}, {NULL, NULL, NULL},
	};
	return paper_saying(true, difference_parts(p, tr(p->lang, N_("“{what}” goes with winning most surely: {with} of such deals were won, {without} of the others; {points} points more (from {interval}; {n}).")),
						   tr(p->lang, N_("“{what}” goes with losing most surely: {with} of such deals were won, {without} of the others; {points} points less (from {interval}; {n}).")), "", &c, more));
}

enum outcome paper_decide(const struct paper *p, json_t **ret_decide)
{
	struct found *list = ARENA_ARRAY(p->use->arena, struct found, FINDS_MOST + MOTIVE_COUNT);
	int n = found_list(p, list);
	struct fact_ask decided = p->ask.fact;
	json_t *rows = json_array(), *row;
	decided.outcome = OUTCOMES_DECIDED;
	for (int i = 0; i < n && i < ANSWER_DECIDE; i++) {
		if (found_json(p, &list[i], &row)) return FAILED;
		json_array_append_new(rows, row);
	}
	*ret_decide = json_pack("{so si sI ss so}", "saying", decide_saying(p, rows, n), "m", n, "n", (json_int_t)(p->tally.decided[0] + p->tally.decided[1]), "calls", paper_calls(p, &decided), "rows", rows);
	return DONE;
}
