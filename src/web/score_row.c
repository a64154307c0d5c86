#include "web/score_row.h"

#include <string.h>

void score_row_open(json_t *model, const json_t *typed)
{
	json_t *row, *pick;
	size_t i, j;
	const char *criterion = json_string_value(json_object_get(typed, "criterion")), *mark = json_string_value(json_object_get(typed, "mark"));
	json_array_foreach(json_object_get(json_object_get(model, "score"), "marks"), i, row) {
		if (!criterion || strcmp(json_string_value(json_object_get(row, "criterion")), criterion) != 0) continue;
		json_object_set_new(row, "open", json_true());
		json_array_foreach(json_object_get(row, "picks"), j, pick)
			if (mark) json_object_set_new(pick, "on", json_boolean(mark[0] == (char)('0' + json_integer_value(json_object_get(pick, "n")))));
	}
}
