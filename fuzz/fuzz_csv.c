/* Any bytes are a table or an error, never worse; every field is text; and what was read, written and read again is the same. */
#include <stdint.h>

#include "base/text.h"
#include "exchange/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct csv *open_again(const struct buf *written, char separator)
{
	struct csv *csv;
	struct csv_options options = {separator, CSV_UTF8};
	struct csv_row row;
	MUST(csv_open(written->bytes, written->used, &options, &csv, NULL) == ERR_NONE);
	MUST(csv_next(csv, &row, NULL) == CSV_ROW); /* the "x" that keeps a BOM or "sep=" in the first field from being one */
	return csv;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char separators[] = {0, ',', ';', '\t', '|'};
	struct error err;
	struct csv *csv;
	struct csv_row row;
	enum csv_step step;
	if (n < 1) return 0;
	struct csv_options options = {separators[data[0] % 5], (enum csv_encoding)(data[0] / 5 % 6)};
	if (csv_open(data + 1, n - 1, &options, &csv, &err)) return 0;
	struct buf written;
	buf_init(&written, 64 << 20);
	struct csv_writer writer = {.buf = &written, .separator = csv_separator(csv)};
	csv_write(&writer, "x");
	csv_write_end(&writer);
	int64_t rows = 0, last_row = 0, last_line = 0;
	while ((step = csv_next(csv, &row, &err)) != CSV_END) {
		MUST(row.row > last_row && row.line > last_line);
		last_row = row.row;
		last_line = row.line;
		if (step == CSV_BAD) continue;
		MUST(row.fields >= 1 && row.fields <= CSV_COLUMNS_MAX);
		for (int i = 0; i < row.fields; i++) {
			MUST(text_valid(row.field[i], strlen(row.field[i])));
			csv_write(&writer, row.field[i]);
		}
		csv_write_end(&writer);
		rows++;
	}
	csv_close(csv);
	csv = open_again(&written, writer.separator);
	struct buf rewritten;
	buf_init(&rewritten, 64 << 20);
	struct csv_writer rewriter = {.buf = &rewritten, .separator = writer.separator};
	csv_write(&rewriter, "x");
	csv_write_end(&rewriter);
	while ((step = csv_next(csv, &row, &err)) != CSV_END) {
		MUST(step == CSV_ROW);
		for (int i = 0; i < row.fields; i++) csv_write(&rewriter, row.field[i]);
		csv_write_end(&rewriter);
		rows--;
	}
	MUST(rows == 0);
	MUST(written.used == rewritten.used && !memcmp(written.bytes, rewritten.bytes, written.used));
	csv_close(csv);
	buf_done(&written);
	buf_done(&rewritten);
	return 0;
}
