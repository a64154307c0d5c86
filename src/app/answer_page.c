#include "app/answer_page.h"

#include <string.h>

#include "app/answer_paper.h"
#include "app/poll.h"
#include "base/buf.h"
#include "base/moment.h"
#include "core/playbook/playbook_word.h"
#include "store/answer_store.h"
#include "store/member_store.h"

enum { WEEKS_UP_TO = 120, CHART_WIDTH = 1000, CHART_HEIGHT = 300, PATH_BYTES = 16384 };

/* ---- The paper ---- */

static int32_t month_first(int32_t day)
{
	int year, month, of_month;
	day_to_date(day, &year, &month, &of_month);
	return day_from_date(year, month, 1);
}

static int32_t month_next(int32_t day)
{
	int year, month, of_month;
	day_to_date(day, &year, &month, &of_month);
	return month == 12 ? day_from_date(year + 1, 1, 1) : day_from_date(year, month + 1, 1);
}

/* Weeks from Monday, or months; the last TALLY_SPANS of them where there are more. */
static void spans_make(struct paper *p)
{
	int32_t from = p->ask.from_day, to = p->ask.to_day;
	p->weeks = to - from < WEEKS_UP_TO;
	int32_t day = p->weeks ? from - (day_weekday(from) - 1) : month_first(from);
	if (!p->weeks) {
		int months = 0;
		for (int32_t d = day; d <= to; d = month_next(d)) months++;
		for (; months > TALLY_SPANS; months--) day = month_next(day);
	}
	p->n_spans = 0;
	for (; day <= to && p->n_spans < TALLY_SPANS; day = p->weeks ? day + 7 : month_next(day)) p->bounds[p->n_spans++] = day_start(day);
	p->bounds[p->n_spans] = day_start(day);
}

void paper_count(struct paper *p, const struct answer_given *given)
{
	p->ask = answer_ask_of(given, p->shelf, p->use->now);
	spans_make(p);
	tally_make(p->facts, &p->ask.fact, p->bounds, p->n_spans, p->use->arena, &p->tally);
}

enum outcome paper_open(struct use *use, const struct answer_given *given, struct paper *p)
{
	json_t *company;
	memset(p, 0, sizeof *p);
	p->use = use;
	p->lang = lang_parse(use->who.language);
	if (company_load(use->db, &company, &use->error)) return FAILED;
	p->currency = arena_strdup(use->arena, json_string_value(json_object_get(company, "currency")));
	json_decref(company);
	if (fact_shelf_open(use->db, use->who.team_id, &p->shelf, &use->error)) return FAILED;
	p->facts = fact_shelf_facts(p->shelf);
	paper_count(p, given);
	return DONE;
}

void paper_close(struct paper *p)
{
	fact_shelf_close(p->shelf);
}

const char *paper_calls(const struct paper *p, const struct fact_ask *ask)
{
	return answer_ask_address(p->use->arena, &p->ask, ask, p->facts);
}

json_t *paper_figure(const struct paper *p, const struct fact_ask *yes_ask, int64_t yes, const struct fact_ask *ask, int64_t n)
{
	struct share s = share_of(yes, n);
	return json_pack("{sI sI sf sf sf sb ss ss sf sf sf}", "yes", (json_int_t)yes, "n", (json_int_t)n, "share", s.share, "low", s.low, "high", s.high, "enough", n >= ANSWER_ENOUGH, "calls",
			 paper_calls(p, yes_ask), "all_calls", paper_calls(p, ask), "x", 100 * s.share, "x1", 100 * s.low, "x2", 100 * s.high);
}

/* ---- The share over time ---- */

static double y_of(double share)
{
	return CHART_HEIGHT * (1 - share);
}

static json_t *spot_json(const struct paper *p, int i)
{
	char from[16];
	struct fact_ask all = p->ask.fact, sale;
	all.since = p->bounds[i];
	all.until = p->bounds[i + 1];
	sale = all;
	sale.mode = MODE_SALE;
	const int64_t *n = p->tally.span[i];
	json_t *figure = paper_figure(p, &sale, n[MODE_SALE], &all, n[0] + n[1]);
	day_iso(day_of(p->bounds[i]), from);
	return json_pack("{ss sf sf sf sf so sb sb sb}", "from", from, "x", 100 * (i + 0.5) / p->n_spans, "left", 100.0 * i / p->n_spans, "wide", 100.0 / p->n_spans, "y",
			 100 * (1 - json_real_value(json_object_get(figure, "share"))), "sale", figure, "any", n[0] + n[1] > 0, "first", i == 0, "last", i + 1 == p->n_spans);
}

/* The line of the share of sales and the band of its interval; where nothing was, both are broken. */
static void line_write(const struct paper *p, struct buf *line, struct buf *band)
{
	for (int i = 0; i < p->n_spans;) {
		int end = i;
		while (end < p->n_spans && p->tally.span[end][0] + p->tally.span[end][1] > 0) end++;
		for (int j = i; j < end; j++) {
			struct share s = share_of(p->tally.span[j][MODE_SALE], p->tally.span[j][0] + p->tally.span[j][1]);
			double x = CHART_WIDTH * (j + 0.5) / p->n_spans;
			buf_printf(line, "%s%.1f %.1f", j == i ? "M" : "L", x, y_of(s.share));
			buf_printf(band, "%s%.1f %.1f", j == i ? "M" : "L", x, y_of(s.high));
		}
		for (int j = end; j-- > i;) {
			struct share s = share_of(p->tally.span[j][MODE_SALE], p->tally.span[j][0] + p->tally.span[j][1]);
			buf_printf(band, "L%.1f %.1f", CHART_WIDTH * (j + 0.5) / p->n_spans, y_of(s.low));
		}
		if (end > i) buf_text(band, "Z");
		i = end > i ? end : i + 1;
	}
}

static json_t *timeline(const struct paper *p)
{
	struct buf line, band;
	json_t *spots = json_array();
	if (p->n_spans < 2 || p->tally.n == 0) {
		json_decref(spots);
		return json_null();
	}
	buf_init(&line, PATH_BYTES);
	buf_init(&band, PATH_BYTES);
	line_write(p, &line, &band);
	for (int i = 0; i < p->n_spans; i++) json_array_append_new(spots, spot_json(p, i));
	json_t *json = json_pack("{sb ss ss so}", "weeks", p->weeks, "line", line.bytes ? line.bytes : "", "band", band.bytes ? band.bytes : "", "spots", spots);
	buf_done(&line);
	buf_done(&band);
	return json;
}

/* ---- By what ---- */

static json_t *row_json(const struct paper *p, const struct fact_ask *all, const int64_t n[2], const char *name, int64_t id)
{
	struct fact_ask sale = *all;
	sale.mode = MODE_SALE;
	return json_pack("{ss sI so}", "name", name, "id", (json_int_t)id, "sale", paper_figure(p, &sale, n[MODE_SALE], all, n[0] + n[1]));
}

/* Two rows against each other. */
static json_t *pair_saying(const struct paper *p, const json_t *rows, size_t one, size_t other, const char *more, const char *less, const char *alike)
{
	const json_t *a = json_object_get(json_array_get(rows, one), "sale"), *b = json_object_get(json_array_get(rows, other), "sale");
	int64_t n = json_integer_value(json_object_get(a, "n")), m = json_integer_value(json_object_get(b, "n"));
	if (n < ANSWER_ENOUGH_SIDE || m < ANSWER_ENOUGH_SIDE) return json_null();
	struct compared c = compare_shares(json_integer_value(json_object_get(a, "yes")), n, json_integer_value(json_object_get(b, "yes")), m, 1);
	struct arena *arena = p->use->arena;
	struct say_with with[] = {
		{"points", answer_points(arena, p->lang, c.difference), NULL},
		{"interval", answer_points_interval(arena, p->lang, c.low, c.high), NULL},
		{"n", answer_count(arena, p->lang, n), json_string_value(json_object_get(a, "all_calls"))},
		{"m", answer_count(arena, p->lang, m), json_string_value(json_object_get(b, "all_calls"))},
		{NULL, NULL, NULL},
	};
	return paper_saying(true, answer_say(compare_chance(&c) ? alike : c.difference > 0 ? more : less, with));
}

static json_t *by_segment(const struct paper *p)
{
	static const char *const names[2] = {N_("Private clients"), N_("Companies")};
	json_t *rows = json_array();
	for (int b2b = 0; b2b < 2; b2b++) {
		struct fact_ask all = p->ask.fact;
		int64_t n[2];
		all.b2b = b2b;
		for (int mode = 0; mode < 2; mode++) n[mode] = p->tally.cell[b2b][0][mode] + p->tally.cell[b2b][1][mode];
		if (n[0] + n[1]) json_array_append_new(rows, row_json(p, &all, n, tr(p->lang, names[b2b]), 0));
	}
	json_t *saying = json_array_size(rows) < 2 ? json_null()
		: pair_saying(p, rows, 0, 1, tr(p->lang, N_("To private clients we sell {points} points more often than to companies (from {interval}; {n} against {m}).")),
			      tr(p->lang, N_("To private clients we sell {points} points less often than to companies (from {interval}; {n} against {m}).")),
			      tr(p->lang, N_("Private clients or companies: no difference beyond chance ({interval} points; {n} against {m}).")));
	return json_pack("{ss so so}", "key", "segment", "saying", saying, "rows", rows);
}

static json_t *by_number(const struct paper *p)
{
	static const char *const names[FACT_NUMBERS + 1] = {"", N_("First conversation"), N_("Second"), N_("Third"), N_("Fourth and later")};
	json_t *rows = json_array(), *pair = json_array();
	for (int number = 1; number <= FACT_NUMBERS; number++) {
		struct fact_ask all = p->ask.fact;
		const int64_t *n = p->tally.number[number];
		all.number = number;
		if (n[0] + n[1]) json_array_append_new(rows, row_json(p, &all, n, tr(p->lang, names[number]), 0));
	}
	for (int later = 0; later < 2; later++) {
		struct fact_ask all = p->ask.fact;
		int64_t n[2];
		all.later = later;
		for (int mode = 0; mode < 2; mode++) n[mode] = p->tally.cell[0][later][mode] + p->tally.cell[1][later][mode];
		json_array_append_new(pair, row_json(p, &all, n, "", 0));
	}
	json_t *saying = pair_saying(p, pair, 0, 1, tr(p->lang, N_("In a first conversation we sell {points} points more often than in later ones (from {interval}; {n} against {m}).")),
				     tr(p->lang, N_("In a first conversation we sell {points} points less often than in later ones (from {interval}; {n} against {m}).")),
				     tr(p->lang, N_("First or later: no difference beyond chance ({interval} points; {n} against {m}).")));
	json_decref(pair);
	return json_pack("{ss so so}", "key", "number", "saying", saying, "rows", rows);
}

static enum outcome by_product(const struct paper *p, json_t **ret_group)
{
	json_t *rows = json_array();
	for (uint32_t i = 0; i < p->facts->n_products; i++) {
		struct fact_ask all = p->ask.fact;
		const int64_t *n = p->tally.product[i];
		const char *name = NULL;
		all.product = i;
		if (n[0] + n[1] == 0 || !p->facts->products[i]) continue;
		if (answer_product_name(p->use->db, p->use->arena, p->use->who.team_id, p->facts->products[i], &name, &p->use->error)) return FAILED;
		json_array_append_new(rows, row_json(p, &all, n, name ? name : "…", p->facts->products[i]));
	}
	*ret_group = json_pack("{ss sn so}", "key", "product", "saying", "rows", rows);
	return DONE;
}

/* The two that lie furthest apart, of those with enough conversations; every pair might have been the one, so the interval is drawn for all pairs. */
static json_t *managers_saying(const struct paper *p, const json_t *rows)
{
	const json_t *most = NULL, *least = NULL;
	size_t i;
	json_t *row;
	int n = 0;
	json_array_foreach((json_t *)(uintptr_t)rows, i, row) {
		const json_t *sale = json_object_get(row, "sale");
		double share = json_real_value(json_object_get(sale, "share"));
		if (json_integer_value(json_object_get(sale, "n")) < ANSWER_ENOUGH) continue;
		n++;
		if (!most || share > json_real_value(json_object_get(json_object_get(most, "sale"), "share"))) most = row;
		if (!least || share < json_real_value(json_object_get(json_object_get(least, "sale"), "share"))) least = row;
	}
	if (n < 2 || most == least) return json_null();
	const json_t *a = json_object_get(most, "sale"), *b = json_object_get(least, "sale");
	struct compared c = compare_shares(json_integer_value(json_object_get(a, "yes")), json_integer_value(json_object_get(a, "n")), json_integer_value(json_object_get(b, "yes")),
					   json_integer_value(json_object_get(b, "n")), n * (n - 1) / 2);
	struct arena *arena = p->use->arena;
	struct say_with with[] = {
		{"most", json_string_value(json_object_get(most, "name")), NULL}, {"least", json_string_value(json_object_get(least, "name")), NULL},
		{"share", answer_percent(arena, p->lang, json_real_value(json_object_get(a, "share"))), json_string_value(json_object_get(a, "calls"))},
		{"other", answer_percent(arena, p->lang, json_real_value(json_object_get(b, "share"))), json_string_value(json_object_get(b, "calls"))},
		{"interval", answer_points_interval(arena, p->lang, c.low, c.high), NULL}, {NULL, NULL, NULL},
	};
	return paper_saying(true, answer_say(compare_chance(&c) ? tr(p->lang, N_("Managers: from {other} sales ({least}) to {share} ({most}); so much may be chance (difference {interval} points)."))
								 : tr(p->lang, N_("Managers differ: {most} sells in {share}, {least} in {other} (difference from {interval} points).")), with));
}

static enum outcome by_manager(const struct paper *p, json_t **ret_group)
{
	json_t *rows = json_array();
	for (uint32_t i = 0; i < p->facts->n_managers; i++) {
		struct fact_ask all = p->ask.fact;
		const int64_t *n = p->tally.manager[i];
		const char *name = NULL;
		all.manager = i;
		if (n[0] + n[1] == 0) continue;
		if (answer_member_name(p->use->db, p->use->arena, p->use->who.team_id, p->facts->managers[i], &name, &p->use->error)) return FAILED;
		json_array_append_new(rows, row_json(p, &all, n, name ? name : "…", p->facts->managers[i]));
	}
	*ret_group = json_pack("{ss so so}", "key", "manager", "saying", managers_saying(p, rows), "rows", rows);
	return DONE;
}

static enum outcome groups(const struct paper *p, json_t **ret_groups)
{
	json_t *product = NULL, *manager = NULL;
	enum outcome outcome = by_product(p, &product);
	if (!outcome) outcome = by_manager(p, &manager);
	if (outcome) return outcome;
	*ret_groups = json_pack("[o o o o]", by_segment(p), by_number(p), product, manager);
	return DONE;
}

/* ---- What the page can be narrowed to ---- */

static enum outcome choices(const struct paper *p, json_t *model)
{
	json_t *products = json_array(), *members = json_array();
	const char *name;
	json_object_set_new(model, "products", products);
	json_object_set_new(model, "members", members);
	for (uint32_t i = 0; i < p->facts->n_products; i++) {
		if (!p->facts->products[i]) continue;
		if (answer_product_name(p->use->db, p->use->arena, p->use->who.team_id, p->facts->products[i], &name, &p->use->error)) return FAILED;
		if (name) json_array_append_new(products, json_pack("{sI ss sb}", "id", (json_int_t)p->facts->products[i], "name", name, "chosen", p->facts->products[i] == p->ask.given.product_id));
	}
	for (uint32_t i = 0; i < p->facts->n_managers; i++) {
		if (answer_member_name(p->use->db, p->use->arena, p->use->who.team_id, p->facts->managers[i], &name, &p->use->error)) return FAILED;
		if (name) json_array_append_new(members, json_pack("{sI ss sb}", "id", (json_int_t)p->facts->managers[i], "name", name, "chosen", p->facts->managers[i] == p->ask.given.member_id));
	}
	return DONE;
}

static json_t *ask_json(const struct paper *p)
{
	char from[16], to[16];
	const struct answer_given *given = &p->ask.given;
	day_iso(p->ask.from_day, from);
	day_iso(p->ask.to_day, to);
	return json_pack("{ss ss ss ss sI sI ss sb}", "span", *given->span ? given->span : "90", "from", from, "to", to, "segment", given->segment, "product", (json_int_t)given->product_id, "member",
			 (json_int_t)given->member_id, "query", answer_ask_query(p->use->arena, &p->ask), "narrowed", *given->segment || given->product_id || given->member_id);
}

static enum outcome readers(const struct paper *p, json_t *model)
{
	struct use *use = p->use;
	json_t *post, *poll = NULL;
	if (answer_post_latest(use->db, use->who.team_id, &post, &use->error)) return FAILED;
	json_object_set_new(model, "readers", post ? post : json_null());
	if (!post) return DONE;
	json_object_set_new(model, "post", json_pack("{sO}", "id", json_object_get(post, "id"))); /* whom the poll's form answers */
	enum outcome outcome = poll_view(use, json_integer_value(json_object_get(post, "id")), json_integer_value(json_object_get(post, "author_id")), true, &poll);
	if (!outcome) json_object_set_new(post, "poll", poll ? poll : json_null());
	return outcome;
}

static enum outcome model_make(const struct paper *p, json_t **ret_model)
{
	json_t *model = json_object(), *part = NULL;
	struct fact_ask all = p->ask.fact;
	*ret_model = model;
	json_object_set_new(model, "ask", ask_json(p));
	json_object_set_new(model, "n", json_integer(p->tally.n));
	json_object_set_new(model, "n_calls", json_string(paper_calls(p, &all)));
	json_object_set_new(model, "ever", json_boolean(p->facts->n > 0));
	json_object_set_new(model, "enough", json_integer(ANSWER_ENOUGH));
	json_object_set_new(model, "lead", paper_lead(p));
	json_object_set_new(model, "timeline", timeline(p));
	json_object_set_new(model, "lost", paper_lost(p));
	json_object_set_new(model, "advice", paper_advice(p));
	json_object_set_new(model, "price", paper_price(p));
	json_object_set_new(model, "packages", paper_packages(p));
	json_object_set_new(model, "may_publish", json_boolean(p->use->who.role >= ROLE_LEAD && p->tally.n >= ANSWER_ENOUGH));
	enum outcome outcome = groups(p, &part);
	if (!outcome) json_object_set_new(model, "groups", part);
	if (!outcome) outcome = paper_decide(p, &part);
	if (!outcome) json_object_set_new(model, "decide", part);
	if (!outcome) outcome = choices(p, model);
	if (!outcome) outcome = readers(p, model);
	if (outcome) json_decref(model);
	return outcome;
}

enum outcome answer_page(struct use *use, const struct answer_given *given, json_t **ret_model)
{
	struct paper *p = ARENA_NEW(use->arena, struct paper);
	enum outcome outcome = paper_open(use, given, p);
	if (outcome) return outcome;
	outcome = model_make(p, ret_model);
	paper_close(p);
	return outcome;
}
