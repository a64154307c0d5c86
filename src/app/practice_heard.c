#include "app/practice_heard.h"

#include <string.h>

#include "base/err.h"

enum { PATTERNS_MAX = 1000, FILLERS_MAX = 60 };

const struct lexicon *practice_heard_load(struct arena *arena, enum lang lang)
{
	struct lexicon *lexicon = ARENA_NEW(arena, struct lexicon);
	json_error_t error;
	json_t *json = NULL, *names, *list, *at;
	const char *group, *name;
	size_t i;
	for (int f = 0; f < heard_files_count; f++)
		if (!strcmp(heard_files[f].name, lang_code(lang))) json = json_loads(heard_files[f].json, JSON_REJECT_DUPLICATES, &error);
	if (!json) BUG("heard %s: line %d: %s", lang_code(lang), error.line, error.text);
	heard_lexicon(lexicon, arena, PATTERNS_MAX, FILLERS_MAX);
	json_array_foreach(json_object_get(json, "fillers"), i, at) MUST(heard_filler(lexicon, json_string_value(at)));
	json_object_foreach(json, group, names) {
		if (!json_is_object(names)) continue;
		json_object_foreach(names, name, list)
			json_array_foreach(list, i, at)
				if (!heard_learn(lexicon, group, name, json_string_value(at))) BUG("heard %s: \"%s\" of %s %s is no pattern", lang_code(lang), json_string_value(at), group, name);
	}
	json_decref(json);
	return lexicon;
}
