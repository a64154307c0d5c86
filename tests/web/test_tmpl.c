/* The runtime with templates that tmplc has compiled from tests/tools/tmplc_*.json. The files are named in TMPL_CASES, in the order in
 * which the build has given them to tmplc_cases.mjs. */
#include "check.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "web/tmpl.h"

extern const struct tmpl_table tmpl_cases;

struct kase {
	int number;
	json_t *json;
};

static void tmpl_render__does_what_the_case_says(void **state)
{
	const struct kase *kase = *state;
	json_t *model = json_object_get(kase->json, "model"), *frame = json_object_get(kase->json, "frame");
	const char *expected = json_string_value(json_object_get(kase->json, "expected"));
	const char *pattern = json_string_value(json_object_get(kase->json, "pattern"));
	char name[16];
	snprintf(name, sizeof name, "c%d", kase->number);
	struct buf out;
	buf_init(&out, 1 << 16);
	assert_true(tmpl_render_from(&tmpl_cases, name, model, frame, &out));
	if (expected) {
		assert_string_equal(out.used ? out.bytes : "", expected);
	} else {
		regex_t regex;
		assert_non_null(pattern);
		assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
		if (regexec(&regex, out.bytes, 0, NULL, 0) != 0) fail_msg("“%s” is not like “%s”", out.bytes, pattern);
		regfree(&regex);
	}
	buf_done(&out);
}

static void tmpl_render__says_no_to_what_it_does_not_know(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 1 << 16);
	assert_false(tmpl_render_from(&tmpl_cases, "nobody", NULL, NULL, &out));
	assert_int_equal(out.used, 0);
	buf_done(&out);
}

static void tmpl_render__says_when_the_page_did_not_fit(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 3);
	assert_false(tmpl_render_from(&tmpl_cases, "c0", NULL, NULL, &out));
	buf_done(&out);
}

/* A tree deeper than any page needs must end in a refusal and not in a crash. */
static void tmpl_render__refuses_a_model_without_a_bottom(void **state)
{
	int number = *(int *)*state;
	char name[16];
	snprintf(name, sizeof name, "c%d", number);
	json_t *model = json_object();
	for (int i = 0; i < 500; i++) model = json_pack("{s:s, s:[o]}", "content", "x", "nodes", model);
	struct buf out;
	buf_init(&out, 1 << 20);
	assert_false(tmpl_render_from(&tmpl_cases, name, model, NULL, &out));
	buf_done(&out);
	json_decref(model);
}

int main(void)
{
	enum { CASES_MAX = 1000 };
	static struct CMUnitTest tests[CASES_MAX];
	static struct kase kases[CASES_MAX];
	static int recursion = -1;
	if (!moment_zone_set("Europe/Kyiv")) return 1;
	int count = 0, roots_count = 0;
	json_t *roots[8];
	struct arena *arena = arena_new(1 << 20);
	char *files = arena_strdup(arena, getenv("TMPL_CASES")), *rest = files;
	for (const char *file; files && (file = strsep(&rest, ":"));) {
		json_error_t error;
		json_t *root = json_load_file(file, 0, &error);
		if (!root || roots_count == 8) {
			fprintf(stderr, "%s:%d: %s\n", file, error.line, error.text);
			return 1;
		}
		roots[roots_count++] = root;
		for (size_t i = 0; i < json_array_size(root) && count < CASES_MAX - 3; i++, count++) {
			kases[count] = (struct kase){count, json_array_get(root, i)};
			const char *name = json_string_value(json_object_get(kases[count].json, "name"));
			if (strcmp(name, "partials: Recursion") == 0) recursion = count;
			tests[count] = (struct CMUnitTest){arena_printf(arena, "tmpl_render__%s", name), tmpl_render__does_what_the_case_says, NULL, NULL, &kases[count]};
		}
	}
	if (!count || recursion < 0) return 1;
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(tmpl_render__says_no_to_what_it_does_not_know);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(tmpl_render__says_when_the_page_did_not_fit);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test_prestate(tmpl_render__refuses_a_model_without_a_bottom, &recursion);
	int failed = _cmocka_run_group_tests("tmpl", tests, (size_t)count, NULL, NULL);
	for (int i = 0; i < roots_count; i++) json_decref(roots[i]);
	arena_free(arena);
	return failed;
}
