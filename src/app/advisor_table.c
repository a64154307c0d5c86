#include "app/advisor_table.h"

#include <math.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/parse.h"
#include "exchange/csv.h"

struct advisor_table_column {
	bool words;
	int feature; /* its first in x */
	int n;       /* features: 1, or one a word */
};

/* While the table is read: where each cell's text is. */
struct reading {
	const struct advisor_table_spec *spec;
	struct csv *csv;
	struct buf cells;   /* const char *[rows][columns] */
	struct buf header;  /* const char *[columns] */
	int columns, outcome;
	char separator;
};

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

static const char *cell_text(const struct reading *reading, size_t row, int column)
{
	return ((const char *const *)(const void *)reading->cells.bytes)[row * (size_t)reading->columns + (size_t)column];
}

static const char *header_text(const struct reading *reading, int column)
{
	return ((const char *const *)(const void *)reading->header.bytes)[column];
}

static int header_find(const struct reading *reading, const char *name)
{
	for (int i = 0; i < reading->columns; i++)
		if (!strcmp(header_text(reading, i), name)) return i;
	return -1;
}

static enum err no_such_column(const struct reading *reading, const char *name, struct error *err)
{
	struct buf names;
	buf_init(&names, 160);
	for (int i = 0; i < reading->columns; i++) buf_printf(&names, "%s%s", i ? ", " : "", header_text(reading, i));
	enum err failed = err_set(err, ERR_SYNTAX, "there is no column \"%.40s\"; there are: %s%s", name, names.used ? names.bytes : "", names.overflow ? ", …" : "");
	buf_done(&names);
	return failed;
}

static bool dropped(const struct reading *reading, int column)
{
	for (int i = 0; i < reading->spec->drops; i++)
		if (!strcmp(reading->spec->drop[i], header_text(reading, column))) return true;
	return column == reading->outcome;
}

bool advisor_table_trains(const struct advisor_table *table, size_t row)
{
	return table->train == ADVISOR_TRAIN_EVEN ? row % 2 == 0 : row < table->trained;
}

static enum err header_read(struct reading *reading, struct error *err)
{
	struct csv_row row;
	enum csv_step step = csv_next(reading->csv, &row, err);
	if (step == CSV_BAD) return err->kind;
	if (step == CSV_END) return err_set(err, ERR_SYNTAX, "the table is empty");
	reading->columns = row.fields;
	buf_add(&reading->header, row.field, sizeof *row.field * (size_t)row.fields);
	reading->outcome = header_find(reading, reading->spec->outcome);
	if (reading->outcome < 0) return no_such_column(reading, reading->spec->outcome, err);
	for (int i = 0; i < reading->spec->drops; i++)
		if (header_find(reading, reading->spec->drop[i]) < 0) return no_such_column(reading, reading->spec->drop[i], err);
	return ERR_NONE;
}

static enum err rows_read(struct reading *reading, struct advisor_table *table, struct error *err)
{
	struct csv_row row;
	for (enum csv_step step; (step = csv_next(reading->csv, &row, NULL)) != CSV_END;) {
		if (step == CSV_BAD || row.fields != reading->columns) {
			table->passed_over++;
			continue;
		}
		buf_add(&reading->cells, row.field, sizeof *row.field * (size_t)row.fields);
		table->rows++;
	}
	if (reading->cells.overflow) return err_set(err, ERR_LIMIT, "the table has too many cells");
	table->trained = table->train == ADVISOR_TRAIN_EVEN ? (table->rows + 1) / 2 : table->rows * 7 / 10;
	if (table->trained < 2 || table->trained == table->rows)
		return err_set(err, ERR_SYNTAX, "%zu usable rows are too few to train on some and test on others (%zu were unreadable)", table->rows, table->passed_over);
	return ERR_NONE;
}

static enum err outcomes_read(const struct reading *reading, struct advisor_table *table, struct error *err)
{
	size_t yes = 0;
	table->happened = must(calloc(table->rows, sizeof *table->happened));
	for (size_t i = 0; i < table->rows; i++) {
		table->happened[i] = !strcmp(cell_text(reading, i, reading->outcome), reading->spec->yes);
		yes += advisor_table_trains(table, i) && table->happened[i];
	}
	if (!yes)
		return err_set(err, ERR_SYNTAX, "no training row has \"%.40s\" in the column \"%.40s\" (the first has \"%.40s\")", reading->spec->yes,
			reading->spec->outcome, cell_text(reading, 0, reading->outcome));
	if (yes == table->trained)
		return err_set(err, ERR_SYNTAX, "every training row has \"%.40s\" in the column \"%.40s\": there is nothing to tell apart", reading->spec->yes,
			reading->spec->outcome);
	return ERR_NONE;
}

static bool number(const struct reading *reading, const char *text, double *ret)
{
	char point[64];
	if (parse_double(text, ret)) return true;
	if (reading->separator == ',' || strlen(text) >= sizeof point || !strchr(text, ',')) return false;
	memcpy(point, text, strlen(text) + 1);
	*strchr(point, ',') = '.';
	return parse_double(point, ret);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The different words of the training rows, sorted; the caller frees *ret_words. */
static size_t words_find(const struct reading *reading, const struct advisor_table *table, int column, const char ***ret_words)
{
	const char **words = must(malloc(sizeof *words * table->trained));
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < table->rows; i++)
		if (advisor_table_trains(table, i) && *cell_text(reading, i, column)) words[n++] = cell_text(reading, i, column);
	qsort(words, n, sizeof *words, by_text);
	for (size_t i = 0; i < n; i++)
		if (!kept || strcmp(words[kept - 1], words[i])) words[kept++] = words[i];
	*ret_words = words;
	return kept;
}

static bool all_numbers(const struct reading *reading, const struct advisor_table *table, int column)
{
	double value;
	for (size_t i = 0; i < table->rows; i++)
		if (advisor_table_trains(table, i) && *cell_text(reading, i, column) && !number(reading, cell_text(reading, i, column), &value)) return false;
	return true;
}

/* Writes the column's numbers to out, standardised; false where the training rows all have the same. */
static bool numbers_read(const struct reading *reading, const struct advisor_table *table, int column, double *out, size_t stride)
{
	double mean = 0, squares = 0, n = 0;
	for (size_t i = 0; i < table->rows; i++) {
		double value;
		out[i * stride] = number(reading, cell_text(reading, i, column), &value) ? value : NAN;
		if (!advisor_table_trains(table, i) || isnan(out[i * stride])) continue;
		double off = out[i * stride] - mean; /* Welford 1962 */
		mean += off / ++n;
		squares += off * (out[i * stride] - mean);
	}
	double sd = n > 0 ? sqrt(squares / n) : 0;
	for (size_t i = 0; i < table->rows; i++) out[i * stride] = (out[i * stride] - mean) / sd;
	return sd > 0 && isfinite(sd);
}

/* Writes the column's words to out, as indices; how many words there are, 0 where they say nothing. */
static size_t words_read(const struct reading *reading, const struct advisor_table *table, int column, double *out, size_t stride)
{
	const char **words;
	size_t n = words_find(reading, table, column, &words);
	for (size_t i = 0; i < table->rows; i++) {
		const char *text = cell_text(reading, i, column);
		const char **found = bsearch(&text, words, n, sizeof *words, by_text);
		out[i * stride] = found ? (double)(found - words) : NAN;
	}
	bool same = n == 1;
	for (size_t i = 0; same && i < table->rows; i++) same = !advisor_table_trains(table, i) || !isnan(out[i * stride]);
	free(words);
	return same ? 0 : n;
}

static enum err columns_read(const struct reading *reading, struct advisor_table *table, struct error *err)
{
	size_t stride = (size_t)reading->columns;
	table->column = must(calloc(stride, sizeof *table->column));
	table->cell = must(calloc(table->rows * stride, sizeof *table->cell));
	table->features = 1;
	for (int c = 0; c < reading->columns; c++) {
		if (dropped(reading, c)) continue;
		double *out = table->cell + table->columns;
		bool words = !all_numbers(reading, table, c);
		size_t n = words ? words_read(reading, table, c, out, stride) : numbers_read(reading, table, c, out, stride);
		if (n + (size_t)table->features > ADVISOR_TABLE_FEATURES_MAX)
			return err_set(err, ERR_LIMIT, "the column \"%.40s\" has %zu different words, too many to learn from: drop it (--drop)", header_text(reading, c), n);
		if (!n) continue;
		table->column[table->columns++] = (struct advisor_table_column){words, table->features, (int)n};
		table->features += (int)n;
	}
	if (!table->columns) return err_set(err, ERR_SYNTAX, "no column says anything about the outcome");
	for (size_t i = 0; i < table->rows; i++) /* from as many as the file has to as many as say something, in place */
		memmove(table->cell + i * (size_t)table->columns, table->cell + i * stride, sizeof *table->cell * (size_t)table->columns);
	return ERR_NONE;
}

enum err advisor_table_read(const struct advisor_table_spec *spec, struct advisor_table *ret_table, struct error *err)
{
	struct reading reading = {.spec = spec};
	struct advisor_table table = {.train = spec->train};
	char *bytes;
	size_t n;
	enum err failed = csv_load(spec->path, ADVISOR_TABLE_BYTES, &bytes, &n, err);
	if (failed) return failed;
	failed = csv_open(bytes, n, &(struct csv_options){.separator = spec->separator}, &reading.csv, err);
	free(bytes);
	if (failed) return failed;
	reading.separator = csv_separator(reading.csv);
	buf_init(&reading.cells, (size_t)4 << 30);
	buf_init(&reading.header, CSV_COLUMNS_MAX * sizeof(char *));
	failed = header_read(&reading, err);
	if (!failed) failed = rows_read(&reading, &table, err);
	if (!failed) failed = outcomes_read(&reading, &table, err);
	if (!failed) failed = columns_read(&reading, &table, err);
	buf_done(&reading.cells);
	buf_done(&reading.header);
	csv_close(reading.csv);
	if (failed) advisor_table_done(&table);
	else *ret_table = table;
	return failed;
}

void advisor_table_done(struct advisor_table *table)
{
	free(table->column);
	free(table->cell);
	free(table->happened);
}

void advisor_table_row(const struct advisor_table *table, size_t row, double *ret_x)
{
	memset(ret_x, 0, sizeof *ret_x * (size_t)table->features);
	ret_x[0] = 1;
	for (int c = 0; c < table->columns; c++) {
		double value = table->cell[row * (size_t)table->columns + (size_t)c];
		if (isnan(value)) continue;
		if (table->column[c].words) ret_x[table->column[c].feature + (int)value] = 1;
		else ret_x[table->column[c].feature] = value;
	}
}
