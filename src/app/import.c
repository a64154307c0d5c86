#include "app/import.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/advise_deal.h"
#include "app/client.h"
#include "app/import_rows.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"
#include "exchange/csv.h"
#include "store/import_store.h"
#include "store/member_store.h"
#include "store/product_store.h"

enum { SAMPLE_ROWS = 200, CELL_SAMPLED = 256, CELL_SAID = 2000, WHAT_SAID = 120, FIRST_ROWS = 8, SAMPLE_LONGEST = 120, STAGES_SHOWN = 40, OWNERS_SHOWN = 100, KEPT_DAYS = 7 };
/* Folding may make eleven bytes of one, and a cell is folded a few times: a row's arena holds that of the longest row. Of 100,000 rows everything that names
 * somebody takes some hundred MB at the worst. */
enum { ROW_LONGEST = 256 << 10, ROW_ARENA = 64 << 20, RUN_ARENA = 512 << 20 };

const char *guess_kind_name(enum guess_kind kind)
{
	return kind == GUESS_DEALS ? "deals" : "clients";
}

/* ---- The table ---- */

struct table {
	const char *bytes;
	size_t n;
	char separator;
	enum csv_encoding encoding;
	bool header;                    /* the first row is one */
	int columns, rows_sampled;
	const char **heading;           /* columns of them */
	const char *const **sample;     /* rows_sampled × columns */
	bool *filled;                   /* per column */
	int64_t rows;                   /* without the header */
};

/* At most so many bytes of a text, and no letter in halves. */
static const char *cut(struct arena *arena, const char *text, size_t longest)
{
	size_t n = strlen(text);
	if (n <= longest) return text;
	for (n = longest; n && ((unsigned char)text[n] & 0xc0) == 0x80; n--) {}
	return arena_strndup(arena, text, n);
}

/* A row's cells, cleaned, as many as the table has columns; each at most `longest` bytes. */
static const char *const *cells_of(struct arena *arena, const struct csv_row *row, int columns, size_t longest)
{
	const char **cells = ARENA_ARRAY(arena, const char *, columns + 1);
	for (int i = 0; i < columns; i++) cells[i] = i < row->fields ? text_clean(arena, cut(arena, row->field[i], longest)) : "";
	return cells;
}

static size_t row_bytes(const struct csv_row *row)
{
	size_t n = 0;
	for (int i = 0; i < row->fields; i++) n += strlen(row->field[i]);
	return n;
}

/* ";;;": a spreadsheet's way of an empty line. */
static bool empty(const struct csv_row *row)
{
	for (int i = 0; i < row->fields; i++)
		if (row->field[i][strspn(row->field[i], " \t\n")]) return false;
	return true;
}

/* Reads all of it once: how wide, how long, which columns hold anything, the first rows. */
static enum outcome table_read(struct use *use, const char *bytes, size_t n, struct table *t)
{
	struct csv *csv;
	struct csv_row row;
	struct error err;
	enum csv_step step;
	*t = (struct table){.bytes = bytes, .n = n};
	if (csv_open(bytes, n, NULL, &csv, &err)) return use_mistake(use, "file", N_("This is no table that can be read: save it as CSV"));
	t->separator = csv_separator(csv);
	t->encoding = csv_encoding(csv);
	t->sample = ARENA_ARRAY(use->arena, const char *const *, SAMPLE_ROWS);
	while ((step = csv_next(csv, &row, &err)) != CSV_END) {
		if (step == CSV_BAD) {
			t->rows++;
			continue;
		}
		if (empty(&row)) continue;
		if (!t->columns) {
			t->columns = row.fields < IMPORT_COLUMNS ? row.fields : IMPORT_COLUMNS;
			t->heading = ARENA_ARRAY(use->arena, const char *, t->columns);
			t->filled = ARENA_ARRAY(use->arena, bool, t->columns);
			const char *const *cells = cells_of(use->arena, &row, t->columns, CELL_SAMPLED);
			t->header = guess_is_header(cells, t->columns);
			for (int i = 0; i < t->columns; i++) t->heading[i] = t->header ? cells[i] : "";
			if (t->header) continue;
		}
		t->rows++;
		for (int i = 0; i < t->columns && i < row.fields; i++) t->filled[i] = t->filled[i] || row.field[i][0];
		if (t->rows_sampled < SAMPLE_ROWS) t->sample[t->rows_sampled++] = cells_of(use->arena, &row, t->columns, CELL_SAMPLED);
	}
	csv_close(csv);
	if (!t->columns || !t->rows) return use_mistake(use, "file", N_("There are no rows in this file"));
	if (t->rows > IMPORT_ROWS) return use_mistake(use, "file", N_("There are more than 100,000 rows in this file: bring it in parts"));
	return DONE;
}

/* ---- How it is read: guessed, or chosen ---- */

static const char *text_of(const json_t *object, const char *name, const char *otherwise)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : otherwise;
}

/* An own field of this name that is in use; 0: none. */
static int64_t own_field(struct use *use, const json_t *fields, const char *heading)
{
	json_t *field;
	size_t i;
	const char *fold = text_fold(use->arena, heading);
	json_array_foreach(fields, i, field) {
		if (*fold && !strcmp(text_fold(use->arena, text_of(field, "name", "")), fold)) return json_integer_value(json_object_get(field, "id"));
	}
	return 0;
}

static enum outcome columns_guess(struct use *use, const struct table *t, struct import_run *run)
{
	json_t *fields;
	struct guess_table sample = {t->columns, t->header ? t->heading : NULL, t->rows_sampled, t->sample};
	enum column_field *guessed = ARENA_ARRAY(use->arena, enum column_field, t->columns);
	if (field_list(use->db, use->who.team_id, false, &fields, &use->error)) return FAILED;
	guess_columns(run->kind, use->arena, &sample, guessed);
	for (int i = 0; i < t->columns; i++) {
		run->column[i].field = guessed[i];
		int64_t own = guessed[i] == COLUMN_NAMED ? own_field(use, fields, t->heading[i]) : 0;
		if (own) run->column[i] = (struct import_column){.header = t->heading[i], .field = COLUMN_OWN, .field_id = own};
	}
	json_decref(fields);
	return DONE;
}

/* "phone", or "own:ID" of a field of this team. Words that mean nothing here leave the column out. */
static void column_choose(const json_t *fields, const char *word, enum guess_kind kind, struct import_column *column)
{
	json_t *field;
	size_t i;
	int64_t id;
	column->field = COLUMN_SKIP;
	if (!strncmp(word, "own:", 4) && parse_int(word + 4, &id) && guess_serves(kind, COLUMN_OWN)) {
		json_array_foreach(fields, i, field) {
			if (json_integer_value(json_object_get(field, "id")) == id) *column = (struct import_column){.header = column->header, .field = COLUMN_OWN, .field_id = id};
		}
	} else if (guess_field(word, &column->field) && (!guess_serves(kind, column->field) || column->field == COLUMN_OWN)) {
		column->field = COLUMN_SKIP;
	}
}

static enum outcome columns_choose(struct use *use, const struct table *t, const json_t *words, struct import_run *run)
{
	json_t *fields;
	bool taken[COLUMN_FIELDS] = {false};
	if (field_list(use->db, use->who.team_id, false, &fields, &use->error)) return FAILED;
	for (int i = 0; i < t->columns; i++) {
		const char *word = json_string_value(json_array_get(words, (size_t)i));
		column_choose(fields, word ? word : "skip", run->kind, &run->column[i]);
		enum column_field field = run->column[i].field;
		if (taken[field] && !guess_several(field)) use_mistake(use, "column", N_("Two columns are taken as one thing; choose which it is"));
		taken[field] = true;
	}
	json_decref(fields);
	return use_valid(use) ? DONE : INVALID;
}

static json_t *choices_said(const struct import_run *run)
{
	json_t *columns = json_array(), *stages = run->stages ? json_deep_copy(run->stages) : json_object();
	for (int i = 0; i < run->columns; i++) {
		const struct import_column *c = &run->column[i];
		json_t *word = c->field == COLUMN_OWN ? json_sprintf("own:%lld", (long long)c->field_id) : json_string(guess_word(c->field));
		json_array_append_new(columns, word);
	}
	return json_pack("{so so ss ss ss}", "columns", columns, "stages", stages, "twins", run->twins, "segment", run->segment, "nameless", run->nameless);
}

/* ---- One run ---- */

static enum outcome names_load(struct use *use, struct import_run *run)
{
	json_t *members, *products, *row;
	size_t i;
	if (member_list(use->db, use->who.team_id, &members, &use->error)) return FAILED;
	json_array_foreach(members, i, row) {
		if (json_is_null(json_object_get(row, "retired_at"))) row_member(run, text_of(row, "name", ""), json_integer_value(json_object_get(row, "id")));
	}
	json_decref(members);
	for (int archived = 1; run->kind == GUESS_DEALS && archived >= 0; archived--) {
		if (product_list(use->db, use->who.team_id, use->who.member_id, archived, &products, &use->error)) return FAILED;
		json_array_foreach(products, i, row) row_product(run, text_of(row, "name", ""), json_integer_value(json_object_get(row, "id")));
		json_decref(products);
	}
	return DONE;
}

static enum outcome run_begin(struct use *use, enum guess_kind kind, const struct table *t, const json_t *choices, bool write, struct import_run *run)
{
	*run = (struct import_run){
		.use = use, .write = write, .kind = kind, .columns = t->columns, .column = ARENA_ARRAY(use->arena, struct import_column, t->columns),
		.twins = text_of(choices, "twins", "fill"), .segment = text_of(choices, "segment", "b2c"), .stages = json_object_get(choices, "stages"),
		.nameless = text_of(choices, "nameless", kind == GUESS_DEALS ? tr(lang_parse(use->who.language), N_("Client not named")) : ""),
		.stage_words = json_object(), .owner_words = json_object(),
	};
	run->arena = arena_new(RUN_ARENA);
	keymap_init(&run->known, run->arena);
	keymap_init(&run->members, run->arena);
	keymap_init(&run->products, run->arena);
	for (int i = 0; i < t->columns; i++) run->column[i].header = t->heading[i];
	const json_t *columns = json_object_get(choices, "columns");
	enum outcome outcome = columns ? columns_choose(use, t, columns, run) : columns_guess(use, t, run);
	if (!outcome) outcome = client_country(use, &run->country);
	run->row_arena = use->arena;
	return outcome ? outcome : names_load(use, run);
}

static void run_end(struct import_run *run)
{
	json_decref(run->stage_words);
	json_decref(run->owner_words);
	arena_free(run->arena);
}

static bool is_day(enum column_field field)
{
	return field == COLUMN_OPENED || field == COLUMN_CLOSED || field == COLUMN_EXPECTED;
}

/* Which of two short numbers is the day is told by all the rows of a column. */
static void days_vote(const struct table *t, struct import_run *run)
{
	struct csv *csv;
	struct csv_row row;
	struct error err;
	bool any = false;
	for (int i = 0; i < run->columns; i++) any = any || is_day(run->column[i].field);
	if (!any || csv_open(t->bytes, t->n, NULL, &csv, &err)) return;
	for (enum csv_step step; (step = csv_next(csv, &row, &err)) != CSV_END;)
		for (int i = 0; step == CSV_ROW && i < run->columns && i < row.fields; i++)
			if (is_day(run->column[i].field)) table_day_vote(&run->column[i].votes, row.field[i]);
	csv_close(csv);
}

/* As they are told to people: cleaned, and not longer than anyone reads. */
static json_t *cells_said(struct arena *arena, const struct csv_row *row)
{
	json_t *said = json_array();
	const char *const *cells = cells_of(arena, row, row->fields, CELL_SAID);
	for (int i = 0; i < row->fields; i++) json_array_append_new(said, json_string(cells[i]));
	return said;
}

static void refused_add(json_t *refused, int64_t row, const char *why, const char *what, json_t *cells)
{
	json_array_append_new(refused, json_pack("{sI ss ss so}", "row", (json_int_t)row, "why", why, "what", what, "cells", cells));
}

static void row_count(struct import_run *run, enum row_end end, const struct csv_row *row, json_t *refused)
{
	run->counts.made += end == ROW_MADE;
	run->counts.filled += end == ROW_FILLED;
	run->counts.same += end == ROW_SAME;
	run->counts.refused += end == ROW_REFUSED;
	if (end == ROW_REFUSED) refused_add(refused, row->row, run->why, cut(run->row_arena, run->what, WHAT_SAID), cells_said(run->row_arena, row));
}

static enum row_end row_take(struct import_run *run, const struct csv_row *row)
{
	if (row_bytes(row) > ROW_LONGEST) return row_refuse(run, N_("It is longer than 256 KB"), "");
	run->cell = cells_of(run->row_arena, row, run->columns, ROW_LONGEST);
	for (int i = run->columns; i < row->fields; i++)
		if (row->field[i][0]) return row_refuse(run, N_("It has more cells than the table has columns"), "");
	return run->kind == GUESS_DEALS ? import_deal_row(run) : import_client_row(run);
}

/* All rows, in their order. */
static enum outcome rows_take(const struct table *t, struct import_run *run, json_t *first, json_t *refused)
{
	struct csv *csv;
	struct csv_row row;
	struct error err;
	bool header = t->header;
	if (csv_open(t->bytes, t->n, NULL, &csv, &run->use->error)) return FAILED;
	for (enum csv_step step; !run_failed(run) && (step = csv_next(csv, &row, &err)) != CSV_END;) {
		if (step == CSV_BAD) {
			run->counts.rows++;
			run->counts.refused++;
			refused_add(refused, row.row, N_("This row cannot be read as cells"), err.text, json_array());
			continue;
		}
		if (empty(&row)) continue;
		if (header) {
			header = false;
			continue;
		}
		run->counts.rows++;
		run->row_arena = arena_new(ROW_ARENA);
		enum row_end end = row_take(run, &row);
		if (!run_failed(run)) row_count(run, end, &row, refused);
		if (json_array_size(first) < FIRST_ROWS)
			json_array_append_new(first, json_pack("{sI so sb}", "row", (json_int_t)row.row, "cells", cells_said(run->row_arena, &row), "refused", end == ROW_REFUSED));
		arena_free(run->row_arena);
	}
	csv_close(csv);
	return run_failed(run) ? FAILED : DONE;
}

/* ---- The report ---- */

static json_t *columns_said(const struct table *t)
{
	json_t *columns = json_array();
	for (int i = 0; i < t->columns; i++) {
		const char *sample = "";
		for (int k = 0; !*sample && k < t->rows_sampled; k++) sample = t->sample[k][i];
		if (strlen(sample) > SAMPLE_LONGEST) sample = "";
		json_array_append_new(columns, json_pack("{ss sb ss}", "header", t->heading[i], "filled", t->filled[i], "sample", sample));
	}
	return columns;
}

static json_t *stages_said(struct import_run *run)
{
	json_t *list = json_array(), *count;
	const char *word;
	json_object_foreach(run->stage_words, word, count) {
		const char *chosen = json_string_value(json_object_get(run->stages, text_fold(run->use->arena, word)));
		const char *stage = chosen ? chosen : guess_stage(run->use->arena, word);
		if (json_array_size(list) < STAGES_SHOWN)
			json_array_append_new(list, json_pack("{ss sO ss}", "word", word, "count", count, "stage", stage ? stage : ""));
	}
	return list;
}

static json_t *owners_said(const struct import_run *run)
{
	json_t *list = json_array(), *count;
	const char *name;
	json_object_foreach(run->owner_words, name, count) {
		if (json_array_size(list) < OWNERS_SHOWN) json_array_append_new(list, json_pack("{ss sO}", "name", name, "count", count));
	}
	return list;
}

static json_t *counts_said(const struct import_counts *c)
{
	return json_pack("{sI sI sI sI sI sI sI sI sI sI sI sI sI sI sI sI}", "rows", (json_int_t)c->rows, "made", (json_int_t)c->made, "filled", (json_int_t)c->filled, "same",
			 (json_int_t)c->same, "refused", (json_int_t)c->refused, "by_outside", (json_int_t)c->by_outside, "by_phone", (json_int_t)c->by_phone, "by_email",
			 (json_int_t)c->by_email, "by_name", (json_int_t)c->by_name, "clients", (json_int_t)c->clients, "products", (json_int_t)c->products, "nameless",
			 (json_int_t)c->nameless, "open", (json_int_t)c->open, "won", (json_int_t)c->won, "lost", (json_int_t)c->lost, "learnt", (json_int_t)c->learnt);
}

static json_t *report_said(struct import_run *run, const struct table *t, json_t *first, json_t *refused)
{
	char separator[2] = {t->separator, '\0'};
	return json_pack("{ss ss sb so sO sO so so so}", "encoding", csv_encoding_name(t->encoding), "separator", t->separator == '\t' ? "Tab" : separator, "header", t->header,
			 "columns", columns_said(t), "first", first, "refused", refused, "counts", counts_said(&run->counts), "stages", stages_said(run), "owners",
			 owners_said(run));
}

static void json_close(void *json)
{
	json_decref(json);
}

enum outcome import_run(struct use *use, enum guess_kind kind, const char *bytes, size_t n, const json_t *choices, bool write, struct import_found *ret)
{
	struct table table;
	struct import_run run;
	json_t *first = json_array(), *refused = json_array();
	arena_defer(use->arena, json_close, first);
	arena_defer(use->arena, json_close, refused);
	enum outcome outcome = table_read(use, bytes, n, &table);
	if (outcome) return outcome;
	outcome = run_begin(use, kind, &table, choices, write, &run);
	if (!outcome) {
		days_vote(&table, &run);
		outcome = rows_take(&table, &run, first, refused);
		run.row_arena = use->arena;
	}
	int learnt = 0;
	if (!outcome && write && kind == GUESS_DEALS) outcome = advise_deals_finished(use, &learnt);
	run.counts.learnt = write ? learnt : run.counts.won + run.counts.lost;
	if (!outcome) {
		*ret = (struct import_found){choices_said(&run), report_said(&run, &table, first, refused)};
		arena_defer(use->arena, json_close, ret->choices);
		arena_defer(use->arena, json_close, ret->report);
	}
	run_end(&run);
	return outcome;
}

/* ---- Kept, looked at again, taken ---- */

static const char *dumped(struct use *use, const json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);
	MUST(text);
	const char *kept = arena_strdup(use->arena, text);
	free(text);
	return kept;
}

enum outcome import_keep(struct use *use, enum guess_kind kind, const char *file, const char *bytes, size_t n, const struct import_found *found, int64_t *ret_import)
{
	size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
	char *content = arena_alloc(use->arena, room);
	sodium_bin2base64(content, room, (const unsigned char *)bytes, n, sodium_base64_VARIANT_ORIGINAL);
	if (import_sweep(use->db, use->who.team_id, use->now - KEPT_DAYS * MOMENT_DAY, &use->error)) return FAILED;
	*ret_import = id_new(use->now);
	return use_done(import_insert(use->db, use->who.team_id, *ret_import, use->who.member_id, guess_kind_name(kind), file, content, dumped(use, found->choices),
				      dumped(use, found->report), use->now, &use->error));
}

/* What is kept of a preview that one may change: his own, or any for a lead. */
struct kept {
	json_t *import;                 /* freed with the arena */
	enum guess_kind kind;
	char *bytes;
	size_t n;
};

static enum outcome kept_load(struct use *use, int64_t import_id, bool content, struct kept *kept)
{
	const char *text;
	if (import_load(use->db, use->who.team_id, import_id, &kept->import, &use->error)) return FAILED;
	if (!kept->import) return ABSENT;
	arena_defer(use->arena, json_close, kept->import);
	kept->kind = !strcmp(text_of(kept->import, "kind", ""), "deals") ? GUESS_DEALS : GUESS_CLIENTS;
	if (!content) return DONE;
	if (use->who.role < ROLE_LEAD && json_integer_value(json_object_get(kept->import, "member_id")) != use->who.member_id) return REFUSED;
	if (strcmp(text_of(kept->import, "state", ""), "preview")) return use_mistake(use, "import", N_("This table is taken already"));
	if (import_content(use->db, use->arena, use->who.team_id, import_id, &text, &use->error)) return FAILED;
	size_t room = strlen(text);
	kept->bytes = arena_alloc(use->arena, room + 1);
	if (sodium_base642bin((unsigned char *)kept->bytes, room, text, room, NULL, &kept->n, NULL, sodium_base64_VARIANT_ORIGINAL)) {
		err_set(&use->error, ERR_CORRUPT, "the content of an import is not what was kept");
		return FAILED;
	}
	return DONE;
}

/* "3:phone" → the word of the third column becomes "phone". */
static void columns_typed(json_t *columns, const char *const *typed)
{
	for (int i = 0; typed[i]; i++) {
		const char *colon = strchr(typed[i], ':');
		int64_t place;
		char number[24];
		if (!colon || colon - typed[i] >= (ptrdiff_t)sizeof number) continue;
		snprintf(number, sizeof number, "%.*s", (int)(colon - typed[i]), typed[i]);
		if (parse_int(number, &place) && place >= 0 && place < (int64_t)json_array_size(columns)) json_array_set_new(columns, (size_t)place, json_string(colon + 1));
	}
}

/* "won:Closed Won" → the word means that stage; ":Closed Won" leaves it unsaid. */
static void stages_typed(struct use *use, json_t *stages, const char *const *typed)
{
	static const char known[] = "|new|contact|offer|contract|won|lost|";
	for (int i = 0; typed[i]; i++) {
		const char *colon = strchr(typed[i], ':');
		if (!colon) continue;
		const char *stage = arena_strndup(use->arena, typed[i], (size_t)(colon - typed[i]));
		bool good = !*stage || strstr(known, arena_printf(use->arena, "|%s|", stage));
		if (good) json_object_set_new(stages, text_fold(use->arena, colon + 1), json_string(stage));
	}
}

enum outcome import_look_again(struct use *use, int64_t import_id, const struct import_typed *typed, struct import_found *ret)
{
	struct kept kept;
	enum outcome outcome = kept_load(use, import_id, true, &kept);
	if (outcome) return outcome;
	json_t *choices = json_deep_copy(json_object_get(kept.import, "choices"));
	arena_defer(use->arena, json_close, choices);
	columns_typed(json_object_get(choices, "columns"), typed->columns);
	stages_typed(use, json_object_get(choices, "stages"), typed->stages);
	if (*typed->twins) json_object_set_new(choices, "twins", json_string(typed->twins));
	if (*typed->segment) json_object_set_new(choices, "segment", json_string(typed->segment));
	json_object_set_new(choices, "nameless", json_string(typed->nameless));
	return import_run(use, kept.kind, kept.bytes, kept.n, choices, false, ret);
}

enum outcome import_keep_again(struct use *use, int64_t import_id, const struct import_found *found)
{
	return use_done(import_choices_set(use->db, use->who.team_id, import_id, dumped(use, found->choices), dumped(use, found->report), &use->error));
}

enum outcome import_keep_done(struct use *use, int64_t import_id, const struct import_found *found)
{
	const json_t *counts = json_object_get(found->report, "counts");
	int64_t taken = json_integer_value(json_object_get(counts, "made")) + json_integer_value(json_object_get(counts, "filled"));
	return use_done(import_done_set(use->db, use->who.team_id, import_id, taken, json_integer_value(json_object_get(counts, "refused")), dumped(use, found->choices),
					dumped(use, found->report), use->now, &use->error));
}

enum outcome import_take(struct use *use, int64_t import_id)
{
	struct kept kept;
	struct import_found found;
	enum outcome outcome = kept_load(use, import_id, true, &kept);
	if (!outcome) outcome = import_run(use, kept.kind, kept.bytes, kept.n, json_object_get(kept.import, "choices"), true, &found);
	return outcome ? outcome : import_keep_done(use, import_id, &found);
}

enum outcome import_forget(struct use *use, int64_t import_id)
{
	struct kept kept;
	enum outcome outcome = kept_load(use, import_id, true, &kept);
	return outcome ? outcome : use_done(import_drop(use->db, use->who.team_id, import_id, &use->error));
}
