#include "app/use.h"

#include <string.h>

static void json_close(void *json)
{
	json_decref(json);
}

void use_init(struct use *use, struct arena *arena, struct db *db, struct actor who, int64_t now)
{
	*use = (struct use){.arena = arena, .db = db, .who = who, .now = now, .mistakes = json_object()};
	arena_defer(arena, json_close, use->mistakes);
}

enum outcome use_mistake(struct use *use, const char *field, const char *msgid)
{
	if (!json_object_get(use->mistakes, field)) json_object_set_new(use->mistakes, field, json_string(msgid));
	return INVALID;
}

bool use_valid(const struct use *use)
{
	return json_object_size(use->mistakes) == 0;
}

enum outcome use_done(enum err kind)
{
	return kind ? FAILED : DONE;
}

static const char *const names[] = {"none", "manager", "lead", "admin"};

const char *role_name(enum role role)
{
	return names[role];
}

enum role role_parse(const char *name)
{
	for (int i = ROLE_MANAGER; name && i <= ROLE_ADMIN; i++)
		if (!strcmp(name, names[i])) return (enum role)i;
	return ROLE_NONE;
}
