#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "exchange/csv.h"

/* The whole table as text: fields in ⟨⟩, rows ended by \n, bad rows as "! text". */
static char *read_all(const void *bytes, size_t n, const struct csv_options *options)
{
	struct csv *csv;
	struct csv_row row;
	struct error err;
	struct buf buf;
	enum csv_step step;
	buf_init(&buf, 1 << 20);
	if (csv_open(bytes, n, options, &csv, &err)) {
		buf_printf(&buf, "! %s", err.text);
		return buf_take(&buf);
	}
	while ((step = csv_next(csv, &row, &err)) != CSV_END) {
		if (step == CSV_BAD) buf_printf(&buf, "! %s", err.text);
		else
			for (int i = 0; i < row.fields; i++) buf_printf(&buf, "<%s>", row.field[i]);
		buf_char(&buf, '\n');
	}
	csv_close(csv);
	return buf_take(&buf);
}

static void expect_bytes(const void *bytes, size_t n, const struct csv_options *options, const char *expected)
{
	char *got = read_all(bytes, n, options);
	assert_string_equal(got, expected);
	free(got);
}

static void expect(const char *text, const char *expected)
{
	expect_bytes(text, strlen(text), NULL, expected);
}

static void csv_next__reads_rfc_4180(void **state)
{
	(void)state;
	expect("a,b\r\n1,\"x,y\"\r\n", "<a><b>\n<1><x,y>\n");
	expect("a,b\n1,\"say \"\"hi\"\"\"", "<a><b>\n<1><say \"hi\">\n");
	expect("a,b\n1,\"two\r\nlines\"\n3,", "<a><b>\n<1><two\nlines>\n<3><>\n");
	expect("a,b\r1,2\r", "<a><b>\n<1><2>\n");
	expect("", "");
	expect("a", "<a>\n");
	expect("a,b\n\"\",\"\"\"\"\n", "<a><b>\n<><\">\n");
}

static void csv_next__forgives_what_people_do(void **state)
{
	(void)state;
	expect("a;b\n \"x\" ; y\n", "<a><b>\n<x>< y>\n");
	expect("a;b\n5\" труба;2\n", "<a><b>\n<5\" труба><2>\n");
	expect("a;b\n\"Ромашка\" ТОВ;2\n", "<a><b>\n<\"Ромашка\" ТОВ><2>\n");
	expect("a;b\n\n1;2\n\r\n3;4\n", "<a><b>\n<1><2>\n<3><4>\n");
	expect("sep=;\na,b;c\n", "<a,b><c>\n");
	expect("\"sep=|\"\na|c\n", "<a><c>\n");
	expect("sep= \na,b\n", "<sep= >\n<a><b>\n"); /* a space separates nothing (found by the fuzzer) */
	expect("a,b,c\n1\n1,2,3,4\n", "<a><b><c>\n<1>\n<1><2><3><4>\n");
}

static void csv_next__goes_on_after_a_bad_row(void **state)
{
	(void)state;
	expect("a,b\n1,\"never closed\n3,4\n", "<a><b>\n! line 2: a quote is opened in column 2 and never closed\n<3><4>\n");
	expect("a,б,б,б,б\nx,\xff\n3,4\n", "<a><б><б><б><б>\n! line 2: column 2 is not text (invalid UTF-8)\n<3><4>\n");
	expect_bytes("a,b\n1\0,2\n3,4", 12, NULL, "<a><b>\n! line 2: column 1 is not text (invalid UTF-8)\n<3><4>\n");
}

static void csv_next__counts_rows_and_lines(void **state)
{
	(void)state;
	static const char text[] = "a,b\r\n\r\n\"1\n\n1\",\"2\r\n2\"\r\nx,\"\n3,4\n";
	static const struct { enum csv_step step; int64_t row, line; } expected[] = {{CSV_ROW, 1, 1}, {CSV_ROW, 3, 3}, {CSV_BAD, 4, 7}, {CSV_ROW, 5, 8}};
	struct csv *csv;
	struct csv_row row;
	assert_int_equal(csv_open(text, sizeof text - 1, NULL, &csv, NULL), ERR_NONE);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(csv_next(csv, &row, NULL), expected[i].step);
		assert_int_equal(row.row, expected[i].row);
		assert_int_equal(row.line, expected[i].line);
	}
	assert_int_equal(csv_next(csv, &row, NULL), CSV_END);
	assert_int_equal(csv_next(csv, &row, NULL), CSV_END);
	csv_close(csv);
}

static void csv_next__holds_its_limits(void **state)
{
	(void)state;
	struct buf buf;
	buf_init(&buf, 1 << 20);
	for (int i = 0; i < CSV_COLUMNS_MAX; i++) buf_text(&buf, i ? ",1" : "1");
	buf_text(&buf, ",too many\n\"");
	for (int i = 0; i <= CSV_FIELD_MAX; i++) buf_char(&buf, 'x');
	buf_text(&buf, "\",2\n3,4\n");
	expect_bytes(buf.bytes, buf.used, &(struct csv_options){',', CSV_UTF8},
		"! line 1: more than 512 columns\n! line 2: column 1 is longer than 65536 bytes\n<3><4>\n");
	buf_done(&buf);
}

static void csv_open__guesses_the_separator(void **state)
{
	(void)state;
	static const struct { const char *text; char separator; } known[] = {
		{"a,b,c\n1,2,3\n", ','}, {"a;b\n1,5;2,7\n3,1;4,0\n", ';'}, {"a\tb\n1, or so\t2\n", '\t'}, {"a|b\n\"x;y\"|z\n", '|'},
		{"one column\nonly\n", ','}, {"назва;ціна;опис\nА;1;так, саме так, еге ж\nБ;2;ні\n", ';'}, {"a,b\n\"x;y;z\",2\n\"q;r;s\",3\n", ','},
		{"", ','},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct csv *csv;
		assert_int_equal(csv_open(known[i].text, strlen(known[i].text), NULL, &csv, NULL), ERR_NONE);
		if (csv_separator(csv) != known[i].separator) fail_msg("%s: '%c'", known[i].text, csv_separator(csv));
		csv_close(csv);
	}
}

static void csv_open__knows_encodings(void **state)
{
	(void)state;
	static const char cp1251[] = "\xcd\xe0\xe7\xe2\xe0;\xca\xe8\xbf\xe2\n\xb2\xe2\xe0\xed;\xb9 1\n"; /* Назва;Київ Іван;№ 1 */
	static const char cp1252[] = "name;city\nRen\xe9;M\xfcnchen\n";
	static const char utf16le[] = "\xff\xfe\x1a\x04;\0\"\0a\0\"\0\r\0\n\0" "1\0;\0\x56\x04";
	static const char utf16be[] = "\xfe\xff\x04\x1a\0;\0a\0\n\0" "1\0;\x04\x56";
	expect_bytes(cp1251, sizeof cp1251 - 1, NULL, "<Назва><Київ>\n<Іван><№ 1>\n");
	expect_bytes(cp1252, sizeof cp1252 - 1, NULL, "<name><city>\n<René><München>\n");
	expect_bytes(utf16le, sizeof utf16le - 1, NULL, "<К><a>\n<1><і>\n");
	expect_bytes(utf16be, sizeof utf16be - 1, NULL, "<К><a>\n<1><і>\n");
	expect_bytes(utf16le + 2, sizeof utf16le - 3, NULL, "<К><a>\n<1><і>\n"); /* no BOM */
	expect_bytes(utf16be + 2, sizeof utf16be - 3, NULL, "<К><a>\n<1><і>\n");
	expect("\xef\xbb\xbfназва,b\n", "<назва><b>\n");
	expect_bytes(cp1251, sizeof cp1251 - 1, &(struct csv_options){';', CSV_WINDOWS_1251}, "<Назва><Київ>\n<Іван><№ 1>\n");
}

static void csv_open__says_where_the_encoding_breaks(void **state)
{
	(void)state;
	expect_bytes("a;b\n1;\x98\n", 8, &(struct csv_options){';', CSV_WINDOWS_1251}, "! line 2: this is no WINDOWS-1251");
	expect_bytes("a\0\n\0\x00\xd8z\0", 8, &(struct csv_options){';', CSV_UTF16LE}, "! line 2: this is no UTF-16LE");
}

static void csv_load__reads_plain_and_gzip_and_holds_the_limit(void **state)
{
	(void)state;
	char path[] = "/tmp/sturgeon_csv_XXXXXX", *bytes;
	size_t n;
	struct error err;
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "a,b\n", 4), 4);
	close(fd);
	assert_int_equal(csv_load(path, 4, &bytes, &n, &err), ERR_NONE);
	assert_int_equal(n, 4);
	assert_string_equal(bytes, "a,b\n");
	free(bytes);
	assert_int_equal(csv_load(path, 3, &bytes, &n, &err), ERR_LIMIT);
	gzFile file = gzopen(path, "wb");
	for (int i = 0; i < 1000; i++) gzprintf(file, "%d,%d\n", i, i * i);
	gzclose(file);
	assert_int_equal(csv_load(path, 1 << 20, &bytes, &n, &err), ERR_NONE);
	assert_true(n > 5000 && !strncmp(bytes, "0,0\n1,1\n", 8));
	free(bytes);
	assert_int_equal(truncate(path, 1000), 0);
	assert_int_equal(csv_load(path, 1 << 20, &bytes, &n, &err), ERR_IO);
	unlink(path);
	assert_int_equal(csv_load(path, 1 << 20, &bytes, &n, &err), ERR_IO);
}

static void csv_write__quotes_and_guards(void **state)
{
	(void)state;
	struct buf buf;
	buf_init(&buf, 4096);
	struct csv_writer writer = {.buf = &buf, .separator = ';', .guard = true};
	static const char *const cells[] = {"a;b", "say \"hi\"", "two\nlines", "=1+1", "-5", "+380671234567", "@x", "-", "", NULL, " x"};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) csv_write(&writer, cells[i]);
	csv_write_end(&writer);
	csv_write(&writer, NULL);
	csv_write_end(&writer);
	writer.guard = false;
	csv_write(&writer, "=1+1");
	csv_write_end(&writer);
	assert_string_equal(buf.bytes, "\"a;b\";\"say \"\"hi\"\"\";\"two\nlines\";'=1+1;-5;+380671234567;'@x;'-;;;\" x\"\r\n\"\"\r\n=1+1\r\n");
	expect_bytes(buf.bytes, buf.used, NULL, "<a;b><say \"hi\"><two\nlines><'=1+1><-5><+380671234567><'@x><'-><><>< x>\n<>\n<=1+1>\n");
	buf_done(&buf);
}

static void csv_next__reads_real_exports(void **state)
{
	(void)state;
	static const struct { const char *path; int rows, columns; char separator; } real[] = {
		{"pipeline/sales_pipeline.csv", 8801, 8, ','}, {"pipeline/accounts.csv", 86, 7, ','}, {"calls/bank_calls_even.csv.gz", 20595, 21, ';'},
	};
	const char *shared = getenv("STURGEON_SHARED");
	char path[4096], *bytes;
	for (size_t i = 0; i < sizeof real / sizeof *real; i++) {
		struct csv *csv;
		struct csv_row row;
		struct error err;
		size_t n;
		int rows = 0;
		snprintf(path, sizeof path, "%s/data/%s", shared ? shared : "", real[i].path);
		if (access(path, R_OK)) CHECK_LEFT_OUT("%s is not here", path);
		assert_int_equal(csv_load(path, 64 << 20, &bytes, &n, &err), ERR_NONE);
		assert_int_equal(csv_open(bytes, n, NULL, &csv, &err), ERR_NONE);
		assert_int_equal(csv_separator(csv), real[i].separator);
		for (enum csv_step step; (step = csv_next(csv, &row, &err)) != CSV_END; rows++) {
			assert_int_equal(step, CSV_ROW);
			assert_int_equal(row.fields, real[i].columns);
		}
		assert_int_equal(rows, real[i].rows);
		csv_close(csv);
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_next__reads_rfc_4180),
		cmocka_unit_test(csv_next__forgives_what_people_do),
		cmocka_unit_test(csv_next__goes_on_after_a_bad_row),
		cmocka_unit_test(csv_next__counts_rows_and_lines),
		cmocka_unit_test(csv_next__holds_its_limits),
		cmocka_unit_test(csv_open__guesses_the_separator),
		cmocka_unit_test(csv_open__knows_encodings),
		cmocka_unit_test(csv_open__says_where_the_encoding_breaks),
		cmocka_unit_test(csv_load__reads_plain_and_gzip_and_holds_the_limit),
		cmocka_unit_test(csv_write__quotes_and_guards),
		cmocka_unit_test(csv_next__reads_real_exports),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
