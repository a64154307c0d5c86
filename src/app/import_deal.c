/* A row of a table as a deal: its client and product found or made, its stage and dates read, and whether it is here already. */
#include <string.h>

#include "app/deal.h"
#include "app/import_rows.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/money.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/product_store.h"

enum { STAGE_LONGEST = 120 }; /* bytes: what is longer is no word for a stage */

struct row_deal {
	const char *outside, *product, *stage, *title, *reason;
	int64_t value_minor;            /* DEAL_NO_VALUE */
	int32_t opened, closed, expected; /* DEAL_NO_DAY */
};

static bool day_read(struct import_run *run, const struct import_column *column, const char *cell, int32_t *ret_day)
{
	if (table_day_read(cell, &column->votes, ret_day)) return true;
	row_refuse(run, N_("There is no such date"), cell);
	return false;
}

static const char *stage_read(struct import_run *run, const char *cell)
{
	if (strlen(cell) > STAGE_LONGEST) return NULL;
	const char *fold = text_fold(run->row_arena, cell);
	const char *chosen = json_string_value(json_object_get(run->stages, fold));
	json_object_set_new(run->stage_words, cell, json_integer(json_integer_value(json_object_get(run->stage_words, cell)) + 1));
	if (chosen && *chosen) return chosen;
	return chosen ? NULL : guess_stage(run->row_arena, cell);
}

static bool deal_read(struct import_run *run, struct row_deal *d)
{
	*d = (struct row_deal){"", "", "new", "", "", DEAL_NO_VALUE, DEAL_NO_DAY, DEAL_NO_DAY, DEAL_NO_DAY};
	for (int i = 0; i < run->columns; i++) {
		const struct import_column *column = &run->column[i];
		const char *cell = run->cell[i];
		if (!*cell || guess_is_nothing(run->row_arena, cell)) continue;
		switch (column->field) {
		case COLUMN_OUTSIDE: d->outside = cell; break;
		case COLUMN_PRODUCT: d->product = cell; break;
		case COLUMN_TITLE: d->title = cell; break;
		case COLUMN_REASON: d->reason = cell; break;
		case COLUMN_OPENED:
			if (!day_read(run, column, cell, &d->opened)) return false;
			break;
		case COLUMN_CLOSED:
			if (!day_read(run, column, cell, &d->closed)) return false;
			break;
		case COLUMN_EXPECTED:
			if (!day_read(run, column, cell, &d->expected)) return false;
			break;
		case COLUMN_VALUE:
			if (!money_parse(cell, &d->value_minor) || d->value_minor < 0) {
				row_refuse(run, N_("This is no amount"), cell);
				return false;
			}
			break;
		case COLUMN_STAGE:
			d->stage = stage_read(run, cell);
			if (!d->stage) {
				row_refuse(run, N_("It is not said which stage this is"), cell);
				return false;
			}
			break;
		default: break;
		}
	}
	if (d->opened != DEAL_NO_DAY && d->closed != DEAL_NO_DAY && d->closed < d->opened) {
		row_refuse(run, N_("It is closed before it was opened"), "");
		return false;
	}
	if (text_length(d->title) > 200 || text_length(d->product) > 120 || text_length(d->outside) > 200) {
		row_refuse(run, N_("A text is longer than its field"), "");
		return false;
	}
	return true;
}

/* "GTXPro" and "GTX Pro" are one product. */
static const char *product_key(struct arena *arena, const char *name)
{
	char *key = client_name_fold(arena, name), *to = key;
	for (const char *p = key; *p; p++)
		if (*p != ' ') *to++ = *p;
	*to = '\0';
	return key;
}

void row_product(struct import_run *run, const char *name, int64_t product_id)
{
	keymap_put(&run->products, product_key(run->row_arena, name), product_id);
}

/* false where the world failed. */
static bool product_place(struct import_run *run, const char *name, int64_t *ret_product)
{
	const char *key = product_key(run->row_arena, name);
	*ret_product = 0;
	if (!*key || keymap_get(&run->products, key, ret_product)) return true;
	struct product_fields f = {.name = name, .summary = "", .segment = "b2b", .price_minor = -1};
	*ret_product = id_new(run->use->now);
	keymap_put(&run->products, key, *ret_product);
	run->counts.products++;
	return !run->write ||
	       !product_insert(run->use->db, run->row_arena, run->use->who.team_id, *ret_product, "", &f, run->use->now, &run->use->error);
}

/* The deal's client: the company where one is named, with the person made beside; the person otherwise; the stand-in where nobody is. */
static bool client_place(struct import_run *run, int64_t owner_id, int64_t *ret_client)
{
	struct row_client c;
	bool placed = true;
	row_client_read(run, &c);
	c.owner = "";
	bool nobody = !*c.name && !*c.company && !c.n_phones && !c.n_emails;
	if (nobody && !*run->nameless) {
		row_refuse(run, N_("Nobody to call: no client is named"), "");
		placed = false;
	} else if (nobody) {
		run->counts.nameless++;
		placed = row_company_place(run, run->nameless, "", run->use->who.member_id, ret_client);
	} else if (*c.company && !*c.name && !c.n_phones && !c.n_emails) {
		placed = row_company_place(run, c.company, c.source, owner_id, ret_client);
	} else {
		const char *twins = run->twins;
		run->twins = "fill"; /* a client that is here is the deal's client, whatever was chosen for deals */
		int64_t met = run->n_met;
		placed = row_client_place(run, &c, ret_client) != ROW_REFUSED;
		run->twins = twins;
		if (placed && run->n_met > met && run->met[run->n_met - 1].fresh) run->counts.clients++;
		if (placed && *c.company && *c.name) placed = row_company_place(run, c.company, c.source, owner_id, ret_client);
	}
	buf_done(&c.note);
	return placed;
}

static int64_t moment_at(int32_t day, int64_t otherwise, int hour)
{
	return day == DEAL_NO_DAY ? otherwise : day_start(day) + hour * MOMENT_HOUR;
}

static bool finished(const char *stage)
{
	return !strcmp(stage, "won") || !strcmp(stage, "lost");
}

static void count_stage(struct import_run *run, const char *stage)
{
	if (!strcmp(stage, "won")) run->counts.won++;
	else if (!strcmp(stage, "lost")) run->counts.lost++;
	else run->counts.open++;
}

/* The deal ends: as any other would, at the day that the table has. The advisor learns of all of them afterwards, in the order in which they ended. */
static bool close_it(struct import_run *run, const struct row_deal *d, int64_t deal_id, const char *was, int64_t opened_at)
{
	int64_t at = moment_at(d->closed, opened_at > run->use->now ? opened_at : d->opened == DEAL_NO_DAY ? run->use->now : opened_at, 13);
	bool won = !strcmp(d->stage, "won");
	return deal_event_add(run->use, deal_id, won ? "won" : "lost", was, won ? "" : d->reason, at) == DONE &&
	       !deal_close(run->use->db, run->use->who.team_id, deal_id, won, won ? "" : d->reason, at, &run->use->error);
}

static enum row_end make(struct import_run *run, const struct row_deal *d, struct deal_fields *f)
{
	struct use *use = run->use;
	int64_t deal_id = id_new(use->now), closed_at = moment_at(d->closed, use->now, 13);
	int64_t opened_at = moment_at(d->opened, finished(d->stage) ? closed_at : use->now, 12);
	count_stage(run, d->stage);
	if (!run->write) return ROW_MADE;
	const char *first = finished(d->stage) ? "new" : d->stage;
	if (deal_insert(use->db, run->row_arena, use->who.team_id, deal_id, f, first, d->outside, opened_at, &use->error) ||
	    deal_event_add(use, deal_id, "made", "", first, opened_at) != DONE)
		return ROW_REFUSED;
	if (finished(d->stage) && !close_it(run, d, deal_id, first, opened_at)) return ROW_REFUSED;
	return ROW_MADE;
}

/* A deal that is here and open goes on to where the table has it; one that is finished stays as it is. */
static enum row_end go_on(struct import_run *run, const struct row_deal *d, const struct deal_fields *f, int64_t deal_id)
{
	struct use *use = run->use;
	struct deal_row was;
	if (deal_find(use->db, run->row_arena, use->who.team_id, deal_id, &was, &use->error)) return ROW_REFUSED;
	if (!was.there || was.closed_at || !strcmp(run->twins, "skip")) return ROW_SAME;
	bool moved = strcmp(was.stage, d->stage), revalued = d->value_minor != DEAL_NO_VALUE && d->value_minor != was.fields.value_minor;
	bool expected = f->expected_close != DEAL_NO_DAY && f->expected_close != was.fields.expected_close;
	if (!moved && !revalued && !expected) return ROW_SAME;
	count_stage(run, d->stage);
	if (!run->write) return ROW_FILLED;
	if (revalued) was.fields.value_minor = d->value_minor;
	if (expected) was.fields.expected_close = f->expected_close;
	if ((revalued || expected) && deal_update(use->db, run->row_arena, use->who.team_id, deal_id, &was.fields, use->now, &use->error)) return ROW_REFUSED;
	if (moved && finished(d->stage)) return close_it(run, d, deal_id, was.stage, was.created_at) ? ROW_FILLED : ROW_REFUSED;
	if (moved && (deal_event_add(use, deal_id, "stage", was.stage, d->stage, use->now) != DONE ||
		      deal_stage_set(use->db, use->who.team_id, deal_id, d->stage, use->now, &use->error)))
		return ROW_REFUSED;
	return ROW_FILLED;
}

/* Rows without an id of their own: the n-th that are alike is the n-th of those in the data. */
static bool like_is_here(struct import_run *run, const struct row_deal *d, const struct deal_fields *f, bool *ret_here)
{
	int64_t before = 0, seen = 0;
	int64_t at = moment_at(d->opened, finished(d->stage) ? moment_at(d->closed, 0, 13) : 0, 12);
	const char *key = arena_printf(run->row_arena, "%lld %lld %lld %lld", (long long)f->client_id, (long long)f->product_id, (long long)f->value_minor, (long long)at);
	const char *seen_key = arena_printf(run->row_arena, "d:%s", key), *before_key = arena_printf(run->row_arena, "b:%s", key);
	*ret_here = false;
	if (!keymap_get(&run->known, before_key, &before)) {
		if (import_deals_like(run->use->db, run->use->who.team_id, f->client_id, f->product_id, f->value_minor, at, &before, &run->use->error)) return false;
		keymap_put(&run->known, before_key, before);
	}
	keymap_get(&run->known, seen_key, &seen);
	keymap_put(&run->known, seen_key, seen + 1);
	*ret_here = seen < before;
	return true;
}

enum row_end import_deal_row(struct import_run *run)
{
	struct row_deal d;
	struct deal_fields f = {.wish_sell = 80};
	const char *owner = "";
	int64_t deal_id = 0;
	bool here = false;
	if (!deal_read(run, &d)) return ROW_REFUSED;
	for (int i = 0; i < run->columns; i++)
		if (run->column[i].field == COLUMN_OWNER) owner = run->cell[i];
	const char *key = arena_printf(run->row_arena, "o:%s", d.outside);
	if (*d.outside) {
		if (keymap_get(&run->known, key, &deal_id)) return row_refuse(run, N_("A row above has the same id"), d.outside);
		if (import_deal_by_outside(run->use->db, run->use->who.team_id, d.outside, &deal_id, &run->use->error)) return ROW_REFUSED;
	}
	f.owner_id = row_owner(run, owner);
	f.title = d.title;
	f.value_minor = !strcmp(d.stage, "lost") && d.value_minor == 0 ? DEAL_NO_VALUE : d.value_minor;
	f.expected_close = finished(d.stage) ? DEAL_NO_DAY : d.expected != DEAL_NO_DAY ? d.expected : d.closed;
	if (!deal_id && (!client_place(run, f.owner_id, &f.client_id) || !product_place(run, d.product, &f.product_id))) return ROW_REFUSED;
	if (*d.outside) keymap_put(&run->known, key, 1);
	else if (strcmp(run->twins, "make") && !like_is_here(run, &d, &f, &here)) return ROW_REFUSED;
	if (deal_id) {
		run->counts.by_outside++;
		return go_on(run, &d, &f, deal_id);
	}
	return here ? ROW_SAME : make(run, &d, &f);
}
