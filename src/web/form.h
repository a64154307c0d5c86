/* Form: the fields that a request brings: those of its path and query, then those of its body, decoded.
 *
 * A body is urlencoded or multipart/form-data; of any other type it brings no fields. Nothing is checked here but the shape: texts may be no
 * text at all (`bytes` counts NULs too). The first field of a name counts. Cost: one pass; memory in proportion to what came, at most FORM_FIELDS
 * fields. */
#ifndef STURGEON_WEB_FORM_H
#define STURGEON_WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { FORM_FIELDS = 1024 };

struct body {
	const char *content_type;       /* NULL where none was sent */
	const char *bytes;
	size_t count;
};

struct field {
	const char *name, *text;        /* closed by NUL; a file's content may hold NULs */
	size_t bytes;                   /* of text */
	const char *file;               /* its name where it is a file; NULL */
};

struct form {
	struct arena *arena;
	struct field *list;
	size_t count, room;
	size_t body_at;                 /* the first field of the body */
	bool too_many, broken;          /* more than FORM_FIELDS; a multipart body that breaks off or has no boundary */
};

void form_init(struct form *form, struct arena *arena);
void form_value(struct form *form, const char *name, const char *encoded, size_t n); /* a piece of the path: "+" is itself there */
void form_query(struct form *form, const char *text);
void form_body(struct form *form, const struct body *body);

bool body_is(const struct body *body, const char *type);
const struct field *form_find(const struct form *form, const char *name);      /* NULL where there is none */
const struct field *form_find_in_body(const struct form *form, const char *name);

#endif
