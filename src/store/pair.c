#include "store/pair.h"

#include <stdio.h>

void pair_fold_as(json_t *row, const char *name, const char *word)
{
	char id_key[40], word_key[40];
	snprintf(id_key, sizeof id_key, "%s_id", name);
	snprintf(word_key, sizeof word_key, "%s_%s", name, word);
	json_t *id = json_object_get(row, id_key);
	json_t *pair = json_is_integer(id) ? json_pack("{sO sO?}", "id", id, word, json_object_get(row, word_key)) : json_null();
	json_object_set_new(row, name, pair);
	json_object_del(row, id_key);
	json_object_del(row, word_key);
}

void pair_fold(json_t *row, const char *name)
{
	pair_fold_as(row, name, "name");
}

void pair_fold_all(json_t *list, const char *name)
{
	json_t *row;
	size_t i;
	json_array_foreach(list, i, row) pair_fold(row, name);
}
