/* What is embedded is what the pages name, whole, and under addresses that may be kept for ever. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include <zlib.h>

#include "base/arena.h"
#include "web/asset.h"
#include "web/tmpl.h"

static void asset_find__finds_each_and_nothing_else(void **state)
{
	(void)state;
	assert_true(assets_count > 5);
	for (size_t i = 0; i < assets_count; i++) {
		assert_ptr_equal(asset_find(assets[i].path), &assets[i]);
		if (i) assert_true(strcmp(assets[i - 1].path, assets[i].path) < 0);
	}
	assert_null(asset_find("/assets/"));
	assert_null(asset_find("/assets/app.css"));
	assert_null(asset_find(""));
	assert_null(asset_path("nobody.css"));
}

static void asset_path__has_what_every_template_names(void **state)
{
	(void)state;
	for (const char *const *name = tmpl_pages.assets; *name; name++) {
		if (!asset_path(*name)) fail_msg("templates name %s, which is not embedded", *name);
	}
	const struct asset *sprite = asset_find(asset_path("icons.svg"));
	assert_non_null(sprite);
	struct arena *arena = arena_new(1 << 20);
	const char *text = arena_strndup(arena, (const char *)sprite->bytes, sprite->size);
	for (const char *const *icon = tmpl_pages.icons; *icon; icon++) {
		if (!strstr(text, arena_printf(arena, "id=\"%s\"", *icon))) fail_msg("the sprite has no icon %s", *icon);
	}
	arena_free(arena);
}

static void assets__are_packed_without_loss(void **state)
{
	(void)state;
	static unsigned char plain[4 << 20];
	for (size_t i = 0; i < assets_count; i++) {
		const struct asset *asset = &assets[i];
		if (!asset->gzip) continue;
		z_stream stream = {.next_in = (unsigned char *)(uintptr_t)asset->gzip, .avail_in = (unsigned)asset->gzip_bytes, .next_out = plain, .avail_out = sizeof plain};
		assert_int_equal(inflateInit2(&stream, 31), Z_OK);
		assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
		assert_int_equal(stream.total_out, asset->size);
		assert_memory_equal(plain, asset->bytes, asset->size);
		assert_true(asset->gzip_bytes < asset->size);
		inflateEnd(&stream);
	}
}

/* A style sheet that names a font by its file's own name would not find it. */
static void assets__name_one_another_by_their_addresses(void **state)
{
	(void)state;
	struct arena *arena = arena_new(16 << 20);
	const struct asset *sheet = asset_find(asset_path("app.css"));
	assert_non_null(sheet);
	const char *text = arena_strndup(arena, (const char *)sheet->bytes, sheet->size);
	int named = 0;
	for (const char *p = text; (p = strstr(p, "url(")); named++) {
		p += 4;
		if (*p == '"') p++;
		if (strncmp(p, "data:", 5) == 0) continue;
		const char *path = arena_strndup(arena, p, strcspn(p, "\")#"));
		if (!asset_find(path)) fail_msg("app.css names %s, which is not embedded", path);
	}
	assert_true(named > 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asset_find__finds_each_and_nothing_else),
		cmocka_unit_test(asset_path__has_what_every_template_names),
		cmocka_unit_test(assets__are_packed_without_loss),
		cmocka_unit_test(assets__name_one_another_by_their_addresses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
