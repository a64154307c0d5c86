/* Csv: tables as people have them, row by row: Excel, Google, Outlook exports, and what was typed by hand.
 *
 * Read as RFC 4180 says, with these liberties:
 *   separators   , ; tab |  guessed from the first rows where not given; a first line "sep=;" is obeyed and is no row
 *   encodings    UTF-8 and UTF-16 (either order, with BOM or without), Windows-1251, Windows-1252; guessed where not given
 *   line ends    LF, CRLF, CR; inside a quoted field each becomes \n
 *   quotes       spaces around a quoted field are dropped; a quote inside a field that does not begin with one is a plain character; a field that begins
 *                with one but is not closed by one before the separator ("Ромашка" ТОВ;) is taken literally, quotes and all
 *   blank lines  skipped
 *
 * Rows may differ in their number of fields: what to make of that is the caller's. A row that cannot be read (a field over CSV_FIELD_MAX bytes, over
 * CSV_COLUMNS_MAX fields, a quote that is never closed, bytes that are no UTF-8, a NUL) is reported with its place, and reading goes on after its first line.
 *
 * Invariant: fields are valid UTF-8 and NUL-terminated. A row's fields live until csv_close (the array that names them: until the next csv_next). The bytes given are copied: the copy
 * (at most 3 times their size) is all the memory that a table of any length costs. One pass: there is no way back but to open anew. */
#ifndef STURGEON_EXCHANGE_CSV_H
#define STURGEON_EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define CSV_FIELD_MAX 65536
#define CSV_COLUMNS_MAX 512

enum csv_encoding { CSV_ENCODING_GUESS, CSV_UTF8, CSV_UTF16LE, CSV_UTF16BE, CSV_WINDOWS_1251, CSV_WINDOWS_1252 };

struct csv_options {
	char separator; /* 0: guessed */
	enum csv_encoding encoding;
};

struct csv_row {
	int64_t row;  /* from 1, as a spreadsheet numbers it: the header is 1, blank lines count */
	int64_t line; /* from 1: the line of the file on which the row begins */
	int fields;
	const char *const *field;
};

enum csv_step {
	CSV_ROW, /* *ret_row is a row */
	CSV_BAD, /* a row was passed over: ret_row->row and ->line say which, err why */
	CSV_END,
};

struct csv;

/* ERR_SYNTAX where the bytes are not in the encoding (asked for or found) throughout; options may be NULL. */
MUST_CHECK enum err csv_open(const void *bytes, size_t n, const struct csv_options *options, struct csv **ret_csv, struct error *err);
void csv_close(struct csv *csv); /* NULL is allowed */
MUST_CHECK enum csv_step csv_next(struct csv *csv, struct csv_row *ret_row, struct error *err);

char csv_separator(const struct csv *csv);
enum csv_encoding csv_encoding(const struct csv *csv);
const char *csv_encoding_name(enum csv_encoding encoding); /* "UTF-8", … as iconv and people call it */

/* A whole file, unpacked where it is gzip; the caller frees *ret_bytes. ERR_IO, or ERR_LIMIT where it is (unpacked) longer than max_bytes. */
MUST_CHECK enum err csv_load(const char *path, size_t max_bytes, char **ret_bytes, size_t *ret_n, struct error *err);

/* Writing: quotes where they are needed, CRLF after each row (RFC 4180). With guard, a cell that a spreadsheet would run as a formula (it begins with
 * = + - @ tab or CR, and is no plain number) gets a leading apostrophe. */
struct csv_writer {
	struct buf *buf;
	char separator;
	bool guard;
	bool begun; /* the row has a field already */
};

void csv_write(struct csv_writer *writer, const char *field); /* NULL writes an empty field */
void csv_write_end(struct csv_writer *writer);                /* ends the row */

#endif
