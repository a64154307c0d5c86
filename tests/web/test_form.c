/* What a query or a body may look like, and what is read from it. */
#include "check.h"

#include <string.h>

#include "base/buf.h"
#include "web/params.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct form read_body(const char *type, const char *bytes, size_t n)
{
	struct form form;
	form_init(&form, arena);
	form_body(&form, &(struct body){type, bytes, n});
	return form;
}

#define READ(type, text) read_body(type, text, sizeof(text) - 1)
#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=B"

static const char *text_of(const struct form *form, const char *name)
{
	const struct field *field = form_find(form, name);
	return field ? field->text : NULL;
}

static void form__urlencoded(void **state)
{
	(void)state;
	struct form form = READ(URLENCODED "; charset=utf-8", "a=1+2&%D1%96=%d1%97&b=%&c=%4&d=%zz&e&=x&&f=a=b&a=second&g=%00x");
	assert_string_equal(text_of(&form, "a"), "1 2");
	assert_string_equal(text_of(&form, "і"), "ї");
	assert_string_equal(text_of(&form, "b"), "%");
	assert_string_equal(text_of(&form, "c"), "%4");
	assert_string_equal(text_of(&form, "d"), "%zz");
	assert_string_equal(text_of(&form, "e"), "");
	assert_string_equal(text_of(&form, "f"), "a=b");
	assert_int_equal(form_find(&form, "g")->bytes, 2); /* a NUL is not the end of it: text_valid will see it */
	assert_int_equal(form.count, 9);
	assert_false(form.broken || form.too_many);
	form = READ("text/plain", "a=1");
	assert_int_equal(form.count, 0);
	form = READ(NULL, "a=1");
	assert_int_equal(form.count, 0);
	form = READ("application/x-www-form-urlencodedx", "a=1");
	assert_int_equal(form.count, 0);
}

static void form__too_many_fields(void **state)
{
	struct buf body;
	(void)state;
	buf_init(&body, 8 << 20);
	for (int i = 0; i < 1000000; i++) buf_text(&body, "a&");
	size_t before = arena_used(arena);
	struct form form = read_body(URLENCODED, body.bytes, body.used);
	buf_done(&body);
	assert_true(form.too_many);
	assert_int_equal(form.count, FORM_FIELDS);
	assert_true(arena_used(arena) - before < 256 * 1024); /* and what comes after them costs nothing */
}

static void form__multipart(void **state)
{
	(void)state;
	struct form form = READ(MULTIPART, "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--B \t\r\ncontent-disposition: form-data; name=\"file\"; filename=\"і.csv\"\r\n"
				"Content-Type: text/csv\r\n\r\n1\r\n--Bx\r\n2\0\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--B--\r\nepilogue");
	assert_false(form.broken);
	assert_int_equal(form.count, 3);
	assert_string_equal(text_of(&form, "a"), "one");
	const struct field *file = form_find(&form, "file");
	assert_string_equal(file->file, "і.csv");
	assert_int_equal(file->bytes, 13); /* a longer line that begins like the boundary is content, and so is a line break before the boundary's own */
	assert_memory_equal(file->text, "1\r\n--Bx\r\n2\0\r\n", 13);
	assert_string_equal(text_of(&form, "empty"), "");
	form = READ(MULTIPART, "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--");
	assert_string_equal(text_of(&form, "a"), "x");
	form = READ("multipart/form-data; boundary=\"a b\"; charset=utf-8", "--a b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--a b--");
	assert_string_equal(text_of(&form, "a"), "x");
}

static void form__a_part_cannot_name_itself_elsewhere(void **state)
{
	(void)state;
	/* The name is looked for in its own line only, and not in the content. */
	struct form form = READ(MULTIPART, "--B\r\nX: form-data; name=\"csrf\"\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nContent-Disposition: form-data; name=\"csrf\"\r\n--B--");
	assert_null(form_find(&form, "csrf"));
	assert_non_null(form_find(&form, "a"));
}

static void form__multipart_that_breaks_off(void **state)
{
	static const char *const broken[] = {
		"", "--", "--B", "--B\r\n", "--B\r\nContent-Disposition: form-data; name=\"a\"", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--", "--B\r\n--B\r\n--B--", "nothing of it",
		"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--Bx",
	};
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		if (!read_body(MULTIPART, broken[i], strlen(broken[i])).broken) fail_msg("not seen as broken: %s", broken[i]);
	assert_true(READ("multipart/form-data", "--B--").broken);
	assert_true(READ("multipart/form-data; boundary=", "----").broken);
	assert_true(READ("multipart/form-data; boundary=\"", "----").broken);
	assert_false(READ(MULTIPART, "--B--").broken);
}

/* ---- Parameters ---- */

static const struct route json_route = {.method = POST, .path = "/x", .handler_name = "x", .section = "", .help = "x", .params = PARAMS(JSON_BODY(65536))};
static const struct route typed_route = {
	.method = POST, .path = "/x/{id}/{word}", .handler_name = "x", .section = "", .help = "x",
	.params = PARAMS(PATH_ID("id"), PATH_TEXT("word", 10), TEXT("text", MUST_HAVE, 5), REAL("real", MAY, -10, 10), INT("int", MAY, 0, 100), LIST("list", 3)),
};

static struct request asked(const struct route *route, const char *path_word, const char *query, const char *type, const char *bytes, size_t n)
{
	struct request r = {.arena = arena, .route = route};
	struct form form;
	struct body body = {type, bytes, n};
	use_init(&r.use, arena, NULL, (struct actor){.language = "en"}, 0);
	form_init(&form, arena);
	if (path_word) params_path(&form, &(struct route_match){.route = route, .taken = 2, .start = {"7", path_word}, .bytes = {1, strlen(path_word)}});
	form_query(&form, query);
	form_body(&form, &body);
	params_read(&r, &form, &body);
	return r;
}

static bool mistaken(const struct request *r, const char *field)
{
	return json_object_get(r->use.mistakes, field) != NULL;
}

static void params__json_bombs_are_mistakes(void **state)
{
	static const char *const bad[] = {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "[1e400]", "[9223372036854775808]", "[\"\\u0000\"]", "[\"\xff\"]", "[\"\\ud800\"]", "nul", "{} x", "[01]"};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct request r = asked(&json_route, NULL, "", "application/json", bad[i], strlen(bad[i]));
		if (!mistaken(&r, "")) fail_msg("taken: %s", bad[i]);
	}
	char deep[50000];
	memset(deep, '[', sizeof deep);
	struct request r = asked(&json_route, NULL, "", "application/json", deep, sizeof deep);
	assert_true(mistaken(&r, ""));
	r = asked(&json_route, NULL, "", "text/plain", "{}", 2);
	assert_true(mistaken(&r, ""));
	r = asked(&json_route, NULL, "", "application/json; charset=utf-8", "{\"a\":9223372036854775807}", 25);
	assert_false(mistaken(&r, ""));
	assert_int_equal(json_integer_value(json_object_get(request_json(&r), "a")), INT64_MAX);
}

static void params__what_is_no_text_is_a_mistake(void **state)
{
	static const char *const bad[] = {"text=a%00b", "text=%ff", "text=%c0%af", "text=%ed%a0%80", "text=abcdef"};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct request r = asked(&typed_route, "w", bad[i], NULL, "", 0);
		if (!mistaken(&r, "text")) fail_msg("taken: %s", bad[i]);
	}
	struct request r = asked(&typed_route, "a%00b", "text=x", NULL, "", 0);
	assert_true(mistaken(&r, "word"));
	r = asked(&typed_route, "a+b%2Fc", "text=x", NULL, "", 0);
	assert_string_equal(request_text(&r, "word"), "a+b/c"); /* in a path + is itself */
	r = asked(&typed_route, "w", "text=+++%0b%7f+", NULL, "", 0);
	assert_true(mistaken(&r, "text")); /* nothing but space is nothing */
	r = asked(&typed_route, "w", "text=a&list=%ff", NULL, "", 0);
	assert_true(mistaken(&r, "list"));
}

static void params__the_path_comes_first(void **state)
{
	(void)state;
	struct request r = asked(&typed_route, "w", "id=8&text=query", URLENCODED, "id=9&text=body", 14);
	assert_int_equal(request_id(&r, "id"), 7);
	assert_string_equal(request_text(&r, "text"), "query");
}

static void params__numbers(void **state)
{
	static const struct {
		const char *query;
		bool good;
	} rows[] = {
		{"int=100", true}, {"int=101", false}, {"int=-1", false}, {"int=99999999999999999999", false}, {"int=1.5", false}, {"int=0x10", false}, {"int=+5", true}, {"int=%2B5", false},
		{"real=1,5", true}, {"real=nan", false}, {"real=inf", false}, {"real=0x1p3", false}, {"real=1e400", false}, {"real=-10", true}, {"real=10.5", false}, {"real=1.2.3", false},
		{"real=--5", false}, {"real=1e-400", true},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct request r = asked(&typed_route, "w", arena_printf(arena, "text=x&%s", rows[i].query), NULL, "", 0);
		if (mistaken(&r, "int") || mistaken(&r, "real") ? rows[i].good : !rows[i].good) fail_msg("%s is %s", rows[i].query, rows[i].good ? "refused" : "taken");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(form__urlencoded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(form__too_many_fields, set_up, tear_down),
		cmocka_unit_test_setup_teardown(form__multipart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(form__a_part_cannot_name_itself_elsewhere, set_up, tear_down),
		cmocka_unit_test_setup_teardown(form__multipart_that_breaks_off, set_up, tear_down),
		cmocka_unit_test_setup_teardown(params__json_bombs_are_mistakes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(params__what_is_no_text_is_a_mistake, set_up, tear_down),
		cmocka_unit_test_setup_teardown(params__the_path_comes_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(params__numbers, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
