#include "exchange/csv.h"

#include <errno.h>
#include <iconv.h>
#include <zlib.h>

#include "base/parse.h"
#include "base/text.h"

enum { GUESS_BYTES = 65536, GUESS_ROWS = 50 };

struct span {
	char *from, *to;
	bool quoted;
};

struct csv {
	char *text, *at, *end; /* the copy, in UTF-8; *end is NUL */
	int64_t row, line;     /* of `at` */
	char separator;
	enum csv_encoding encoding;
	struct span spans[CSV_COLUMNS_MAX];
	const char *fields[CSV_COLUMNS_MAX];
};

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

/* Encodings. */

const char *csv_encoding_name(enum csv_encoding encoding)
{
	switch (encoding) {
	case CSV_ENCODING_GUESS: break;
	case CSV_UTF8: return "UTF-8";
	case CSV_UTF16LE: return "UTF-16LE";
	case CSV_UTF16BE: return "UTF-16BE";
	case CSV_WINDOWS_1251: return "WINDOWS-1251";
	case CSV_WINDOWS_1252: return "WINDOWS-1252";
	}
	return "";
}

/* Bytes of one well-formed character of several bytes at `at`; 0 where there is none. */
static size_t utf8_wide(const unsigned char *at, const unsigned char *end)
{
	size_t n = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
	return at[0] >= 0xc2 && (size_t)(end - at) >= n && text_valid((const char *)at, n) ? n : 0;
}

/* Text without a BOM. Two-byte text shows as a constant high byte: 00 for Latin, digits and separators, 04 for Cyrillic. Otherwise it is UTF-8 unless far
 * more of its high bytes are malformed than well-formed (a few broken ones are reported with their rows); then, Cyrillic letters stand side by
 * side, while Western accents stand alone among plain letters. */
static enum csv_encoding encoding_guess(const unsigned char *bytes, size_t n)
{
	size_t look = (n < 4096 ? n : 4096) & ~(size_t)1, high[2] = {0, 0}, zero[2] = {0, 0};
	for (size_t i = 0; i < look; i++) {
		high[i % 2] += bytes[i] == 0 || bytes[i] == 4;
		zero[i % 2] += bytes[i] == 0;
	}
	if (zero[1] && high[1] * 10 >= look / 2 * 8 && high[1] > high[0]) return CSV_UTF16LE;
	if (zero[0] && high[0] * 10 >= look / 2 * 8 && high[0] > high[1]) return CSV_UTF16BE;
	size_t well = 0, broken = 0, together = 0, alone = 0;
	for (size_t i = 0; i < n;) {
		size_t wide = bytes[i] < 0x80 ? 0 : utf8_wide(bytes + i, bytes + n);
		if (bytes[i] >= 0xc0) {
			bool near = (i && bytes[i - 1] >= 0xc0) || (i + 1 < n && bytes[i + 1] >= 0xc0);
			*(near ? &together : &alone) += 1;
		}
		well += wide > 0;
		broken += bytes[i] >= 0x80 && !wide;
		i += wide ? wide : 1;
	}
	if (well >= 4 * broken) return CSV_UTF8;
	return together >= alone ? CSV_WINDOWS_1251 : CSV_WINDOWS_1252;
}

static enum csv_encoding encoding_find(const unsigned char *bytes, size_t n, enum csv_encoding asked, size_t *ret_bom)
{
	enum csv_encoding bom = CSV_ENCODING_GUESS;
	*ret_bom = 0;
	if (n >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) bom = CSV_UTF8, *ret_bom = 3;
	else if (n >= 2 && !memcmp(bytes, "\xff\xfe", 2)) bom = CSV_UTF16LE, *ret_bom = 2;
	else if (n >= 2 && !memcmp(bytes, "\xfe\xff", 2)) bom = CSV_UTF16BE, *ret_bom = 2;
	if (asked != CSV_ENCODING_GUESS && asked != bom) *ret_bom = 0;
	if (asked != CSV_ENCODING_GUESS) return asked;
	return bom != CSV_ENCODING_GUESS ? bom : encoding_guess(bytes, n);
}

/* The copy in UTF-8. Three bytes for each that came are enough: no character of the encodings known here takes more. */
static enum err convert(struct csv *csv, const char *bytes, size_t n, struct error *err)
{
	char *in = (char *)bytes; /* iconv does not write to it */
	if (csv->encoding == CSV_UTF8) {
		csv->text = must(malloc(n + 1));
		if (n) memcpy(csv->text, bytes, n);
		csv->end = csv->text + n;
	} else {
		size_t room = 3 * n;
		iconv_t converter = iconv_open("UTF-8", csv_encoding_name(csv->encoding));
		if (converter == (iconv_t)-1) return err_set(err, ERR_IO, "this system cannot read %s", csv_encoding_name(csv->encoding));
		csv->text = csv->end = must(malloc(room + 1));
		size_t left = iconv(converter, &in, &n, &csv->end, &room);
		iconv_close(converter);
		if (left == (size_t)-1) {
			long long line = 1;
			for (const char *p = csv->text; p < csv->end; p++) line += *p == '\n';
			return err_set(err, ERR_SYNTAX, "line %lld: this is no %s", line, csv_encoding_name(csv->encoding));
		}
	}
	*csv->end = '\0';
	csv->at = csv->text;
	return ERR_NONE;
}

/* One row is scanned first, without a change, so that a row that fails can be left at its first line; then its fields are closed with NULs, in place. */

static bool is_end(const struct csv *csv, const char *p)
{
	return p == csv->end || *p == '\n' || *p == '\r';
}

static char *after_line_end(const struct csv *csv, char *p)
{
	if (p == csv->end) return p;
	return p + (p[0] == '\r' && p[1] == '\n' ? 2 : 1);
}

static char *skip_spaces(char *p)
{
	while (*p == ' ') p++;
	return p;
}

/* The closing quote of the field whose opening one is at p; NULL where there is none. */
static char *closing_quote(const struct csv *csv, char *p)
{
	for (p++; p < csv->end; p++) {
		if (*p != '"') continue;
		if (p[1] != '"') return p;
		p++;
	}
	return NULL;
}

/* *ret_unclosed: the quote that opens the field is never closed; it is then read literally, as far as the line goes. */
static char *span_find(const struct csv *csv, char *p, struct span *ret_span, bool *ret_unclosed)
{
	char *open = csv->separator == ' ' ? p : skip_spaces(p);
	*ret_unclosed = false;
	if (*open == '"') {
		char *close = closing_quote(csv, open);
		*ret_unclosed = !close;
		char *after = close ? skip_spaces(close + 1) : NULL;
		if (after && (is_end(csv, after) || *after == csv->separator)) {
			*ret_span = (struct span){open + 1, close, true};
			return after;
		}
	}
	char *to = p;
	while (!is_end(csv, to) && *to != csv->separator) to++;
	*ret_span = (struct span){p, to, false};
	return to;
}

static enum err row_scan(struct csv *csv, int *ret_fields, char **ret_after, struct error *err)
{
	char *p = csv->at;
	for (int n = 0;; p++) {
		bool unclosed;
		if (n == CSV_COLUMNS_MAX) return err_set(err, ERR_LIMIT, "line %lld: more than %d columns", (long long)csv->line, CSV_COLUMNS_MAX);
		struct span *span = &csv->spans[n++];
		p = span_find(csv, p, span, &unclosed);
		if (unclosed) return err_set(err, ERR_SYNTAX, "line %lld: a quote is opened in column %d and never closed", (long long)csv->line, n);
		if (span->to - span->from > CSV_FIELD_MAX)
			return err_set(err, ERR_LIMIT, "line %lld: column %d is longer than %d bytes", (long long)csv->line, n, CSV_FIELD_MAX);
		if (!text_valid(span->from, (size_t)(span->to - span->from)))
			return err_set(err, ERR_SYNTAX, "line %lld: column %d is not text (invalid UTF-8)", (long long)csv->line, n);
		if (is_end(csv, p)) {
			*ret_fields = n;
			*ret_after = after_line_end(csv, p);
			return ERR_NONE;
		}
	}
}

/* Ends the field in place: doubled quotes become one, line ends \n. Never longer than it was. Returns how many lines it ran over. */
static int64_t span_close(const struct span *span)
{
	char *out = span->from;
	int64_t lines = 0;
	for (const char *p = span->from; span->quoted && p < span->to; p++) {
		if (*p == '"') p++;
		else if (*p == '\r' && p[1] == '\n' && p + 1 < span->to) continue;
		*out = *p == '\r' ? '\n' : *p;
		lines += *out++ == '\n';
	}
	*(span->quoted ? out : span->to) = '\0';
	return lines;
}

/* Past the rest of the line, for a row that could not be read. */
static void skip_line(struct csv *csv)
{
	char *p = csv->at;
	while (!is_end(csv, p)) p++;
	csv->at = after_line_end(csv, p);
	csv->line++;
}

enum csv_step csv_next(struct csv *csv, struct csv_row *ret_row, struct error *err)
{
	for (;;) {
		int n;
		char *after;
		if (csv->at == csv->end) return CSV_END;
		*ret_row = (struct csv_row){.row = ++csv->row, .line = csv->line, .field = csv->fields};
		if (is_end(csv, csv->at)) {
			skip_line(csv);
			continue;
		}
		if (row_scan(csv, &n, &after, err)) {
			skip_line(csv);
			return CSV_BAD;
		}
		for (int i = 0; i < n; i++) {
			csv->line += span_close(&csv->spans[i]);
			csv->fields[i] = csv->spans[i].from;
		}
		csv->line++;
		csv->at = after;
		ret_row->fields = n;
		return CSV_ROW;
	}
}

/* The separator: in the first rows, the one that most rows have equally many of (and, of equals, the more). */
static char separator_guess(struct csv *csv)
{
	static const char candidates[] = {',', ';', '\t', '|'};
	char best = ',', *start = csv->at;
	int most = 0;
	for (size_t c = 0; c < sizeof candidates; c++) {
		int rows = 0, first = 0, alike = 0, n;
		char *after;
		csv->separator = candidates[c];
		for (; csv->at < csv->end && csv->at - start < GUESS_BYTES && rows < GUESS_ROWS && !row_scan(csv, &n, &after, NULL); csv->at = after) {
			if (is_end(csv, csv->at)) continue;
			if (!rows++) first = n;
			alike += n == first;
		}
		int score = first < 2 ? 0 : alike * 1000 / rows * CSV_COLUMNS_MAX + first;
		if (score > most) most = score, best = candidates[c];
		csv->at = start;
	}
	return best;
}

/* Excel's own line "sep=;": 0 where there is none. */
static char separator_line(struct csv *csv)
{
	char *p = csv->at + (*csv->at == '"');
	if (strncmp(p, "sep=", 4) || is_end(csv, p + 4)) return 0;
	char separator = p[4];
	p += 5 + (*csv->at == '"' && p[5] == '"');
	if (!is_end(csv, p) || !strchr(",;\t|:~^#", separator)) return 0; /* not a space: it stands inside of what is separated */
	csv->at = after_line_end(csv, p);
	csv->line++;
	csv->row++;
	return separator;
}

enum err csv_open(const void *bytes, size_t n, const struct csv_options *options, struct csv **ret_csv, struct error *err)
{
	static const struct csv_options guess = {0};
	size_t bom;
	if (!options) options = &guess;
	MUST(options->separator != '"' && options->separator != '\n' && options->separator != '\r' && (unsigned char)options->separator < 0x80);
	struct csv *csv = must(calloc(1, sizeof *csv));
	csv->line = 1;
	csv->encoding = encoding_find(bytes, n, options->encoding, &bom);
	enum err failed = convert(csv, (const char *)bytes + bom, n - bom, err);
	if (failed) {
		csv_close(csv);
		return failed;
	}
	char said = separator_line(csv);
	csv->separator = options->separator ? options->separator : said ? said : separator_guess(csv);
	*ret_csv = csv;
	return ERR_NONE;
}

void csv_close(struct csv *csv)
{
	if (!csv) return;
	free(csv->text);
	free(csv);
}

char csv_separator(const struct csv *csv)
{
	return csv->separator;
}

enum csv_encoding csv_encoding(const struct csv *csv)
{
	return csv->encoding;
}

enum err csv_load(const char *path, size_t max_bytes, char **ret_bytes, size_t *ret_n, struct error *err)
{
	gzFile file = gzopen(path, "rb"); /* a file that is not gzip it reads as it is */
	if (!file) return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	struct buf buf;
	static const size_t step = 65536;
	char *piece = must(malloc(step));
	int n, code;
	buf_init(&buf, max_bytes);
	while ((n = gzread(file, piece, step)) > 0 && !buf.overflow) buf_add(&buf, piece, (size_t)n);
	free(piece);
	const char *story = gzerror(file, &code);
	enum err failed = ERR_NONE;
	if (buf.overflow) failed = err_set(err, ERR_LIMIT, "%s: longer than %zu bytes", path, max_bytes);
	else if (n < 0 || (code != Z_OK && code != Z_STREAM_END))
		failed = err_set(err, ERR_IO, "%s: %s", path, code == Z_ERRNO ? strerror(errno) : code == Z_BUF_ERROR ? "the gzip file is cut short" : story);
	gzclose(file);
	if (!failed) {
		*ret_n = buf.used;
		*ret_bytes = buf_take(&buf);
	}
	buf_done(&buf);
	return failed;
}

void csv_write(struct csv_writer *writer, const char *field)
{
	double number;
	if (!field) field = "";
	bool alone = !writer->begun && !*field; /* quoted, lest a row of one empty field be a blank line */
	if (writer->begun) buf_char(writer->buf, writer->separator);
	writer->begun = true;
	bool guard = writer->guard && *field && strchr("=+-@\t\r", *field) && !parse_double(field, &number);
	bool quote = alone || *field == ' ' || strpbrk(field, "\"\r\n") || strchr(field, writer->separator);
	if (quote) buf_char(writer->buf, '"');
	if (guard) buf_char(writer->buf, '\'');
	for (const char *p = field; *p;) {
		size_t plain = strcspn(p, "\"");
		buf_add(writer->buf, p, plain);
		p += plain;
		if (*p) buf_text(writer->buf, "\"\""), p++;
	}
	if (quote) buf_char(writer->buf, '"');
}

void csv_write_end(struct csv_writer *writer)
{
	buf_text(writer->buf, "\r\n");
	writer->begun = false;
}
