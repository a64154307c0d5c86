#include "web/form.h"

#include <string.h>
#include <strings.h>

void form_init(struct form *form, struct arena *arena)
{
	*form = (struct form){.arena = arena};
}

/* Room for one field more; NULL where there are too many: then nothing more is decoded. */
static struct field *field_add(struct form *form)
{
	if (form->count == FORM_FIELDS) {
		form->too_many = true;
		return NULL;
	}
	if (form->count == form->room) {
		size_t room = form->room ? 2 * form->room : 16;
		struct field *list = ARENA_ARRAY(form->arena, struct field, room);
		if (form->count) memcpy(list, form->list, form->count * sizeof *list);
		form->list = list;
		form->room = room;
	}
	return &form->list[form->count++];
}

static int hex(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %41 → A and, where `spaces`, + → space. A % without two hexadecimal digits is itself. */
static char *decode(struct arena *arena, const char *at, size_t n, bool spaces, size_t *ret_bytes)
{
	char *out = arena_alloc(arena, n + 1), *to = out;
	for (size_t i = 0; i < n; i++) {
		if (at[i] == '+' && spaces) {
			*to++ = ' ';
		} else if (at[i] == '%' && i + 2 < n && hex(at[i + 1]) >= 0 && hex(at[i + 2]) >= 0) {
			*to++ = (char)(hex(at[i + 1]) * 16 + hex(at[i + 2]));
			i += 2;
		} else {
			*to++ = at[i];
		}
	}
	*to = '\0';
	*ret_bytes = (size_t)(to - out);
	return out;
}

void form_value(struct form *form, const char *name, const char *encoded, size_t n)
{
	struct field *field = field_add(form);
	if (!field) return;
	field->name = name;
	field->text = decode(form->arena, encoded, n, false, &field->bytes);
}

static void urlencoded(struct form *form, const char *at, size_t count)
{
	const char *end = at + count;
	while (at < end) {
		const char *stop = memchr(at, '&', (size_t)(end - at));
		if (!stop) stop = end;
		const char *equals = memchr(at, '=', (size_t)(stop - at)), *name_end = equals ? equals : stop;
		if (name_end > at) {
			struct field *field = field_add(form);
			size_t name_bytes;
			if (!field) return;
			field->name = decode(form->arena, at, (size_t)(name_end - at), true, &name_bytes);
			if (strlen(field->name) != name_bytes) field->name = ""; /* no parameter is called that */
			field->text = "";
			if (equals) field->text = decode(form->arena, equals + 1, (size_t)(stop - equals - 1), true, &field->bytes);
		}
		at = stop + 1;
	}
}

void form_query(struct form *form, const char *text)
{
	urlencoded(form, text, strlen(text));
}

/* ---- multipart/form-data (RFC 7578): what a browser sends for a form with a file ---- */

static const char *find(const char *in, const char *end, const char *what, size_t n)
{
	return (size_t)(end - in) < n ? NULL : memmem(in, (size_t)(end - in), what, n);
}

/* The boundary of a Content-Type, with the line break and the two dashes that stand before it in the body. NULL where there is none. */
static char *boundary_mark(struct arena *arena, const char *type)
{
	const char *at = strcasestr(type, "boundary=");
	if (!at) return NULL;
	at += 9;
	size_t n = *at == '"' ? strcspn(++at, "\"") : strcspn(at, "; \t");
	return n && n <= 70 ? arena_printf(arena, "\r\n--%.*s", (int)n, at) : NULL;
}

/* What follows a mark is the end of its line, behind white space, or two dashes after the last part. Anything else: it was part of a longer line, and no
 * mark. ret_after: behind that line; NULL after the last part. */
static bool mark_ends(const char *at, const char *end, const char **ret_after)
{
	*ret_after = NULL;
	if (end - at >= 2 && at[0] == '-' && at[1] == '-') return true;
	while (at < end && (*at == ' ' || *at == '\t')) at++;
	if (end - at < 2 || at[0] != '\r' || at[1] != '\n') return false;
	*ret_after = at + 2;
	return true;
}

static const char *mark_find(const char *at, const char *end, const char *mark, size_t mark_bytes, const char **ret_after)
{
	while ((at = find(at, end, mark, mark_bytes)) && !mark_ends(at + mark_bytes, end, ret_after)) at += mark_bytes;
	return at;
}

/* A quoted attribute of the Content-Disposition line: name="…". Browsers write " as %22. */
static char *attribute(struct arena *arena, const char *line, const char *end, const char *pattern)
{
	size_t n = strlen(pattern);
	const char *at = find(line, end, pattern, n);
	if (!at) return NULL;
	at += n;
	const char *stop = memchr(at, '"', (size_t)(end - at));
	return stop && !memchr(at, 0, (size_t)(stop - at)) ? arena_strndup(arena, at, (size_t)(stop - at)) : NULL;
}

/* One part: its lines of head, an empty line, its content. */
static bool part_read(struct form *form, const char *at, const char *stop)
{
	static const char disposition[] = "Content-Disposition: form-data;";
	const char *name = NULL, *file = NULL;
	for (;;) {
		const char *end = find(at, stop, "\r\n", 2);
		if (!end) return false;
		if (end == at) break;
		if ((size_t)(end - at) > sizeof disposition && !strncasecmp(at, disposition, sizeof disposition - 1)) {
			name = attribute(form->arena, at, end, " name=\"");
			file = attribute(form->arena, at, end, " filename=\"");
		}
		at = end + 2;
	}
	at += 2;
	if (!name) return true;
	struct field *field = field_add(form);
	if (!field) return false;
	field->name = name;
	field->file = file;
	field->bytes = (size_t)(stop - at);
	field->text = arena_strndup(form->arena, at, field->bytes);
	return true;
}

static bool multipart(struct form *form, const struct body *body)
{
	char *mark = boundary_mark(form->arena, body->content_type);
	if (!mark) return false;
	size_t n = strlen(mark);
	const char *at = body->bytes, *end = at + body->count, *after;
	/* The first mark may stand at the very beginning, without a line break before it. */
	bool at_once = body->count >= n - 2 && !memcmp(at, mark + 2, n - 2) && mark_ends(at + n - 2, end, &after);
	if (!at_once && !mark_find(at, end, mark, n, &after)) return false;
	while (after) {
		const char *part = after, *stop = mark_find(part, end, mark, n, &after);
		if (!stop || !part_read(form, part, stop)) return false;
	}
	return true;
}

bool body_is(const struct body *body, const char *type)
{
	size_t n = strlen(type);
	return body->content_type && !strncasecmp(body->content_type, type, n) && strchr("; \t", body->content_type[n]);
}

void form_body(struct form *form, const struct body *body)
{
	form->body_at = form->count;
	if (body_is(body, "application/x-www-form-urlencoded")) urlencoded(form, body->bytes, body->count);
	else if (body_is(body, "multipart/form-data") && !multipart(form, body)) form->broken = !form->too_many;
}

static const struct field *find_from(const struct form *form, size_t i, const char *name)
{
	for (; i < form->count; i++)
		if (!strcmp(form->list[i].name, name)) return &form->list[i];
	return NULL;
}

const struct field *form_find(const struct form *form, const char *name)
{
	return find_from(form, 0, name);
}

const struct field *form_find_in_body(const struct form *form, const char *name)
{
	return find_from(form, form->body_at, name);
}
