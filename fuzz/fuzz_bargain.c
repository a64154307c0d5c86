/* Whatever a file holds, it is read as a table that can be computed with, or refused with words; what comes out of a table holds together. */
#include <stdint.h>
#include <string.h>

#include "app/bargain_solve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void point_check(const struct bargain_file *file, const json_t *root, const char *name)
{
	const json_t *point = json_object_get(root, name);
	if (!json_is_object(point)) return;
	MUST(json_integer_value(json_object_get(point, "ours")) >= file->limit);
	MUST(json_integer_value(json_object_get(point, "theirs")) >= file->their_limit);
	MUST(json_object_size(json_object_get(point, "package")) == (size_t)file->bargain.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_new((size_t)2 << 30);
	struct bargain_file file;
	struct package package;
	struct error err = {0};
	json_t *json;
	enum err kind = bargain_file_read(arena, (const char *)data, n, "fuzz", &file, &err);
	MUST(!kind || err.text[0]);
	if (!kind) {
		struct bargain_wish wish = {.ladder = true, .offers = 3, .trade_variable = file.bargain.n - 1, .trade_option = file.bargain.variables[file.bargain.n - 1].n - 1, .check = &file.now};
		MUST(package_check(&file.bargain, &wish.trade_option) == PACKAGE_SOUND);
		wish.trade_option = file.bargain.variables[file.bargain.n - 1].n - 1;
		if (!bargain_solve(arena, &file, &wish, &json, &err)) {
			static const char *const names[] = {"nash", "kalai", "egalitarian", "sum"};
			for (size_t i = 0; i < sizeof names / sizeof *names; i++) point_check(&file, json, names[i]);
			size_t at;
			const json_t *offer;
			json_array_foreach(json_object_get(json, "offers"), at, offer) MUST(json_integer_value(json_object_get(offer, "ours")) >= file.limit);
			json_decref(json);
		}
	}
	if (!kind && !bargain_package_read(arena, &file, (const char *)data, n, "fuzz", &package, &err)) MUST(package.choice[0] < file.bargain.variables[0].n);
	arena_free(arena);
	return 0;
}
