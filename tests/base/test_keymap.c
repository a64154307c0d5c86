#include "base/keymap.h"
#include "check.h"

static void keymap__keeps_what_was_put_last(void **state)
{
	(void)state;
	struct arena *arena = arena_new(16 << 20);
	struct keymap map;
	int64_t value = 0;
	keymap_init(&map, arena);
	assert_false(keymap_get(&map, "a", &value));
	for (int64_t i = 0; i < 20000; i++) keymap_put(&map, arena_printf(arena, "key %lld", (long long)(i % 5000)), i);
	for (int64_t i = 0; i < 5000; i++) {
		assert_true(keymap_get(&map, arena_printf(arena, "key %lld", (long long)i), &value));
		assert_int_equal(value, 15000 + i);
	}
	assert_false(keymap_get(&map, "key 5000", &value));
	keymap_put(&map, "", 7);
	assert_true(keymap_get(&map, "", &value) && value == 7);
	assert_int_equal(map.used, 5001);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(keymap__keeps_what_was_put_last)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
