/* The pages of an import: what was brought, what would become of it, what was refused. */
#include <string.h>

#include "app/client.h"
#include "app/import.h"
#include "base/tr.h"
#include "exchange/csv.h"
#include "store/import_store.h"

enum { REFUSED_SHOWN = 50, ROW_SHOWN = 200, TABLE_MAX = 64 << 20 };

enum outcome import_list_page(struct use *use, json_t **ret_model)
{
	json_t *imports;
	if (import_list(use->db, use->who.team_id, &imports, &use->error)) return FAILED;
	*ret_model = json_pack("{so}", "imports", imports);
	return DONE;
}

const char *import_why(struct use *use, const json_t *refused)
{
	const char *why = tr(lang_parse(use->who.language), json_string_value(json_object_get(refused, "why")));
	const char *what = json_string_value(json_object_get(refused, "what"));
	return what && *what ? arena_printf(use->arena, "%s: %s", why, what) : why;
}

/* What a column may be taken as: {word, chosen}, own fields with their names. */
static json_t *column_choices(struct use *use, enum guess_kind kind, const json_t *fields, const char *chosen)
{
	json_t *list = json_array(), *field;
	size_t i;
	for (int f = 0; f < COLUMN_FIELDS; f++) {
		const char *word = guess_word((enum column_field)f);
		if (!guess_serves(kind, (enum column_field)f) || f == COLUMN_OWN) continue;
		json_array_append_new(list, json_pack("{ss sb}", "word", word, "chosen", !strcmp(word, chosen)));
	}
	if (!guess_serves(kind, COLUMN_OWN)) return list;
	json_array_foreach(fields, i, field) {
		const char *word = arena_printf(use->arena, "own:%lld", (long long)json_integer_value(json_object_get(field, "id")));
		json_array_append_new(list, json_pack("{ss sO sb}", "word", word, "name", json_object_get(field, "name"), "chosen", !strcmp(word, chosen)));
	}
	return list;
}

/* The columns that hold anything: {place, header, sample, field, choices}; and for each of the first rows its cells in these columns. */
static json_t *columns_said(struct use *use, enum guess_kind kind, const json_t *fields, const json_t *choices, const json_t *report)
{
	json_t *list = json_array(), *column;
	size_t i;
	json_array_foreach(json_object_get(report, "columns"), i, column) {
		const char *word = json_string_value(json_array_get(json_object_get(choices, "columns"), i));
		if (!json_is_true(json_object_get(column, "filled"))) continue;
		json_array_append_new(list, json_pack("{sI sO sO sb so}", "place", (json_int_t)i, "header", json_object_get(column, "header"), "sample",
						      json_object_get(column, "sample"), "skipped", !word || !strcmp(word, "skip"), "choices",
						      column_choices(use, kind, fields, word ? word : "skip")));
	}
	return list;
}

static json_t *first_said(const json_t *columns, const json_t *report)
{
	json_t *list = json_array(), *row, *column;
	size_t i, k;
	json_array_foreach(json_object_get(report, "first"), i, row) {
		json_t *cells = json_array();
		json_array_foreach(columns, k, column) {
			json_t *cell = json_array_get(json_object_get(row, "cells"), (size_t)json_integer_value(json_object_get(column, "place")));
			json_array_append_new(cells, json_pack("{so sO}", "text", cell ? json_incref(cell) : json_string(""), "skipped", json_object_get(column, "skipped")));
		}
		json_array_append_new(list, json_pack("{sO so sO}", "row", json_object_get(row, "row"), "cells", cells, "refused", json_object_get(row, "refused")));
	}
	return list;
}

static const char *row_text(struct use *use, const json_t *cells)
{
	const char *text = "";
	json_t *cell;
	size_t i;
	json_array_foreach(cells, i, cell) {
		const char *said = json_string_value(cell);
		if (*said && strlen(text) < ROW_SHOWN) text = arena_printf(use->arena, "%s%s%s", text, *text ? " · " : "", said);
	}
	return text;
}

static json_t *refused_said(struct use *use, const json_t *report)
{
	json_t *list = json_array(), *row;
	size_t i;
	json_array_foreach(json_object_get(report, "refused"), i, row) {
		if (i == REFUSED_SHOWN) break;
		json_array_append_new(list, json_pack("{sO ss ss}", "row", json_object_get(row, "row"), "why", import_why(use, row), "text", row_text(use, json_object_get(row, "cells"))));
	}
	return list;
}

/* The words of the stage column, each with the stages it may mean. */
static json_t *stages_said(const json_t *report)
{
	static const char *const stages[] = {"new", "contact", "offer", "contract", "won", "lost"};
	json_t *list = json_array(), *word;
	size_t i;
	json_array_foreach(json_object_get(report, "stages"), i, word) {
		const char *chosen = json_string_value(json_object_get(word, "stage"));
		json_t *choices = json_array();
		for (size_t k = 0; k < sizeof stages / sizeof *stages; k++)
			json_array_append_new(choices, json_pack("{ss sb}", "stage", stages[k], "chosen", !strcmp(stages[k], chosen)));
		json_array_append_new(list, json_pack("{sO sO so sb}", "word", json_object_get(word, "word"), "count", json_object_get(word, "count"), "choices", choices, "unsaid",
						      !*chosen));
	}
	return list;
}

enum outcome import_page(struct use *use, int64_t import_id, json_t **ret_model)
{
	json_t *import, *fields;
	if (import_load(use->db, use->who.team_id, import_id, &import, &use->error)) return FAILED;
	if (!import) return ABSENT;
	if (field_list(use->db, use->who.team_id, false, &fields, &use->error)) {
		json_decref(import);
		return FAILED;
	}
	const json_t *choices = json_object_get(import, "choices"), *report = json_object_get(import, "report");
	enum guess_kind kind = !strcmp(json_string_value(json_object_get(import, "kind")), "deals") ? GUESS_DEALS : GUESS_CLIENTS;
	bool mine = use->who.role >= ROLE_LEAD || json_integer_value(json_object_get(import, "member_id")) == use->who.member_id;
	bool preview = !strcmp(json_string_value(json_object_get(import, "state")), "preview");
	json_t *columns = columns_said(use, kind, fields, choices, report);
	json_t *model = json_pack("{s{sO sO sO sO sO sO sO sO} sO sO sO sO so so so so sb sb sb}", "import", "id", json_object_get(import, "id"), "kind", json_object_get(import, "kind"),
				  "file", json_object_get(import, "file"), "state", json_object_get(import, "state"), "at", json_object_get(import, "at"), "member",
				  json_object_get(import, "member"), "separator", json_object_get(report, "separator"), "encoding", json_object_get(report, "encoding"), "counts",
				  json_object_get(report, "counts"), "twins", json_object_get(choices, "twins"), "segment", json_object_get(choices, "segment"), "nameless",
				  json_object_get(choices, "nameless"), "columns", json_incref(columns), "first", first_said(columns, report), "refused", refused_said(use, report), "stages",
				  stages_said(report), "preview", preview, "may_take", preview && mine, "more_refused",
				  json_array_size(json_object_get(report, "refused")) > REFUSED_SHOWN);
	json_object_set(model, "owners", json_object_get(report, "owners"));
	json_decref(columns);
	json_decref(fields);
	json_decref(import);
	*ret_model = model;
	return DONE;
}

enum outcome import_refused_table(struct use *use, int64_t import_id, const char **ret_bytes, size_t *ret_n)
{
	json_t *import, *row, *cell;
	size_t i, k;
	struct buf out;
	if (import_load(use->db, use->who.team_id, import_id, &import, &use->error)) return FAILED;
	if (!import) return ABSENT;
	const json_t *report = json_object_get(import, "report");
	buf_init(&out, TABLE_MAX);
	buf_text(&out, "\xef\xbb\xbf"); /* so that Excel sees that it is UTF-8 */
	struct csv_writer writer = {&out, ';', true, false};
	enum lang lang = lang_parse(use->who.language);
	csv_write(&writer, tr(lang, N_("Row")));
	csv_write(&writer, tr(lang, N_("Why not")));
	json_array_foreach(json_object_get(report, "columns"), i, cell) csv_write(&writer, json_string_value(json_object_get(cell, "header")));
	csv_write_end(&writer);
	json_array_foreach(json_object_get(report, "refused"), i, row) {
		csv_write(&writer, arena_printf(use->arena, "%lld", (long long)json_integer_value(json_object_get(row, "row"))));
		csv_write(&writer, import_why(use, row));
		json_array_foreach(json_object_get(row, "cells"), k, cell) csv_write(&writer, json_string_value(cell));
		csv_write_end(&writer);
	}
	*ret_n = out.used;
	*ret_bytes = arena_strndup(use->arena, out.bytes, out.used);
	buf_done(&out);
	json_decref(import);
	return DONE;
}
