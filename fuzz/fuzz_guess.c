/* Whatever a table holds, its columns are guessed as something that such a table may have, nothing but the many-valued twice; a date that is read is a date. */
#include <stdint.h>
#include <string.h>

#include "base/moment.h"
#include "exchange/csv.h"
#include "exchange/guess.h"
#include "exchange/table_day.h"

enum { COLUMNS = 64, ROWS = 50 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void cell_look(struct arena *arena, const char *cell)
{
	struct table_day_votes votes = {0};
	int32_t day;
	int year, month, date;
	table_day_vote(&votes, cell);
	if (table_day_read(cell, &votes, &day)) {
		day_to_date(day, &year, &month, &date);
		MUST(year >= 1900 && year <= 2200);
	}
	const char *stage = guess_stage(arena, cell), *segment = guess_segment(arena, cell);
	MUST(!stage || strstr("|new|contact|offer|contract|won|lost|", stage));
	MUST(!segment || !strcmp(segment, "b2b") || !strcmp(segment, "b2c"));
	MUST(!guess_is_nothing(arena, cell) || !guess_looks_email(cell));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct csv *csv;
	struct csv_row row;
	struct error err;
	if (csv_open(data, n, NULL, &csv, &err)) return 0;
	struct arena *arena = arena_new(256 << 20);
	const char *cells[ROWS + 1][COLUMNS];
	const char *const *sample[ROWS];
	int rows = 0, columns = 0;
	for (enum csv_step step; rows <= ROWS && (step = csv_next(csv, &row, &err)) != CSV_END;) {
		if (step == CSV_BAD) continue;
		if (!columns) columns = row.fields < COLUMNS ? row.fields : COLUMNS;
		for (int i = 0; i < columns; i++) {
			cells[rows][i] = i < row.fields ? arena_strdup(arena, row.field[i]) : "";
			cell_look(arena, cells[rows][i]);
		}
		rows++;
	}
	csv_close(csv);
	for (int i = 0; i < rows; i++) sample[i > 0 ? i - 1 : 0] = cells[i];
	for (int kind = GUESS_CLIENTS; rows > 0 && kind <= GUESS_DEALS; kind++) {
		enum column_field field[COLUMNS];
		bool taken[COLUMN_FIELDS] = {false};
		struct guess_table table = {columns, guess_is_header(cells[0], columns) ? cells[0] : NULL, rows - 1, sample};
		guess_columns((enum guess_kind)kind, arena, &table, field);
		for (int i = 0; i < columns; i++) {
			MUST(guess_serves((enum guess_kind)kind, field[i]));
			MUST(!taken[field[i]] || guess_several(field[i]));
			taken[field[i]] = true;
		}
	}
	arena_free(arena);
	return 0;
}
