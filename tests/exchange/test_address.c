#include "exchange/address.h"

#include "check.h"

/* RFC 3986, 5.4, whose base is http://a/b/c/d;p?q, less what browsers do otherwise. */
static const char *const cases[][2] = {
	{"g:h", "g:h"}, {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"}, {"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"}, {"//g", "http://g"}, {"?y", "http://a/b/c/d;p?y"},
	{"g?y", "http://a/b/c/g?y"}, {"#s", "http://a/b/c/d;p?q#s"}, {"g#s", "http://a/b/c/g#s"}, {"g?y#s", "http://a/b/c/g?y#s"}, {";x", "http://a/b/c/;x"}, {"g;x?y#s", "http://a/b/c/g;x?y#s"},
	{"", "http://a/b/c/d;p?q"}, {".", "http://a/b/c/"}, {"./", "http://a/b/c/"}, {"..", "http://a/b/"}, {"../", "http://a/b/"}, {"../g", "http://a/b/g"}, {"../..", "http://a/"}, {"../../g", "http://a/g"},
	{"../../../g", "http://a/g"}, {"/./g", "http://a/g"}, {"/../g", "http://a/g"}, {"g.", "http://a/b/c/g."}, {".g", "http://a/b/c/.g"}, {"g..", "http://a/b/c/g.."}, {"..g", "http://a/b/c/..g"},
	{"./../g", "http://a/b/g"}, {"./g/.", "http://a/b/c/g/"}, {"g/./h", "http://a/b/c/g/h"}, {"g/../h", "http://a/b/c/h"}, {"g;x=1/../y", "http://a/b/c/y"}, {"g?y/../x", "http://a/b/c/g?y/../x"},
	{"g#s/../x", "http://a/b/c/g#s/../x"}, {"  g\n", "http://a/b/c/g"}, {"g\th", "http://a/b/c/gh"}, {"шлях", "http://a/b/c/шлях"}, {"HTTPS://x/../y", "HTTPS://x/../y"},
};

static void address_join__reads_an_address_against_another(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(address_join(arena, "http://a/b/c/d;p?q", cases[i][0]), cases[i][1]);
	assert_string_equal(address_join(arena, "https://a", "g"), "https://a/g");
	assert_string_equal(address_join(arena, "https://a", "?g"), "https://a?g");
	assert_null(address_join(arena, NULL, "g"));
	assert_null(address_join(arena, "ftp://a/b", "g"));
	assert_null(address_join(arena, "/b", "g"));
	assert_string_equal(address_join(arena, NULL, "https://x"), "https://x");
	arena_free(arena);
}

static void address_web__is_of_the_web(void **state)
{
	(void)state;
	assert_true(address_web("http://a"));
	assert_true(address_web("HTTPS://a.example:8080/x"));
	assert_false(address_web("https:///x"));
	assert_false(address_web("https:x"));
	assert_false(address_web("https://:80"));
	assert_false(address_web("ftp://a"));
	assert_false(address_web("//a"));
	assert_false(address_web("a"));
}

static void address_host__is_what_people_call_a_site(void **state)
{
	struct arena *arena = arena_new(1 << 16);
	(void)state;
	assert_string_equal(address_host(arena, "https://www.x.example:8080/y"), "x.example");
	assert_string_equal(address_host(arena, "https://u:p@x.example?y"), "x.example");
	assert_string_equal(address_host(arena, "https://[::1]:80/"), "[::1]");
	assert_string_equal(address_host(arena, "/y"), "");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address_join__reads_an_address_against_another),
		cmocka_unit_test(address_web__is_of_the_web),
		cmocka_unit_test(address_host__is_what_people_call_a_site),
	};
	return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
