#include "web/params.h"

#include <ctype.h>
#include <string.h>

#include "base/moment.h"
#include "base/money.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"

enum { MAX_FIELDS = 1024, MAX_LIST = 64 };

struct field {
	const char *name, *text;        /* text is NUL-closed; a file's content may hold NULs */
	size_t bytes;
	const char *file;               /* its name where it is a file */
};

struct fields {
	struct arena *arena;
	struct field *list;
	size_t count;
};

static int hex(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static char *decode(struct arena *arena, const char *at, size_t n)
{
	char *out = arena_alloc(arena, n + 1), *to = out;
	for (size_t i = 0; i < n; i++) {
		if (at[i] == '+') {
			*to++ = ' ';
		} else if (at[i] == '%' && i + 2 < n && hex(at[i + 1]) >= 0 && hex(at[i + 2]) >= 0) {
			*to++ = (char)(hex(at[i + 1]) * 16 + hex(at[i + 2]));
			i += 2;
		} else {
			*to++ = at[i];
		}
	}
	*to = '\0';
	return out;
}

static void field_add(struct fields *fields, struct field field)
{
	if (fields->count < MAX_FIELDS) fields->list[fields->count++] = field;
}

static void urlencoded(struct fields *fields, const char *at, size_t count)
{
	const char *end = at + count;
	while (at < end) {
		const char *stop = memchr(at, '&', (size_t)(end - at));
		if (!stop) stop = end;
		const char *equals = memchr(at, '=', (size_t)(stop - at));
		const char *name_end = equals ? equals : stop;
		if (name_end > at) {
			char *text = equals ? decode(fields->arena, equals + 1, (size_t)(stop - equals - 1)) : arena_strdup(fields->arena, "");
			field_add(fields, (struct field){decode(fields->arena, at, (size_t)(name_end - at)), text, strlen(text), NULL});
		}
		at = stop + 1;
	}
}

static const char *find(const char *in, size_t n, const char *what, size_t m)
{
	return n < m ? NULL : memmem(in, n, what, m);
}

/* A quoted attribute of a Content-Disposition line: name="…". Browsers write " as %22. */
static char *attribute(struct arena *arena, const char *head, size_t n, const char *name)
{
	char *pattern = arena_printf(arena, " %s=\"", name);
	const char *at = find(head, n, pattern, strlen(pattern));
	if (!at) return NULL;
	at += strlen(pattern);
	const char *end = memchr(at, '"', (size_t)(head + n - at));
	return end ? arena_strndup(arena, at, (size_t)(end - at)) : NULL;
}

/* multipart/form-data (RFC 7578): what a browser sends for a form with a file. */
static void multipart(struct fields *fields, const char *type, const char *at, size_t count)
{
	const char *boundary = strstr(type, "boundary=");
	if (!boundary) return;
	boundary += 9;
	if (*boundary == '"') boundary++;
	size_t n = strcspn(boundary, "\"; ");
	char *mark = arena_printf(fields->arena, "\r\n--%.*s", (int)n, boundary);
	size_t mark_bytes = strlen(mark);
	const char *end = at + count;
	at = find(at, count, mark + 2, mark_bytes - 2);
	while (at) {
		at += at[0] == '\r' ? mark_bytes : mark_bytes - 2;
		if (end - at < 4 || (at[0] == '-' && at[1] == '-')) return;
		at += 2;
		const char *head_end = find(at, (size_t)(end - at), "\r\n\r\n", 4);
		if (!head_end) return;
		const char *content = head_end + 4, *stop = find(content, (size_t)(end - content), mark, mark_bytes);
		if (!stop) return;
		char *name = attribute(fields->arena, at, (size_t)(head_end - at), "name");
		char *file = attribute(fields->arena, at, (size_t)(head_end - at), "filename");
		size_t bytes = (size_t)(stop - content);
		if (name) field_add(fields, (struct field){name, arena_strndup(fields->arena, content, bytes), bytes, file});
		at = stop;
	}
}

static bool is_type(const struct body *body, const char *type)
{
	return body->content_type && !strncasecmp(body->content_type, type, strlen(type));
}

static void body_fields(struct fields *fields, const struct body *body)
{
	if (!body->count) return;
	if (is_type(body, "application/x-www-form-urlencoded")) urlencoded(fields, body->bytes, body->count);
	else if (is_type(body, "multipart/form-data")) multipart(fields, body->content_type, body->bytes, body->count);
}

const char *params_field(struct arena *arena, const struct body *body, const char *name)
{
	struct fields fields = {arena, ARENA_ARRAY(arena, struct field, MAX_FIELDS), 0};
	body_fields(&fields, body);
	for (size_t i = 0; i < fields.count; i++)
		if (!strcmp(fields.list[i].name, name)) return fields.list[i].text;
	return NULL;
}

static bool choice(const char *words, const char *text)
{
	size_t n = strlen(text);
	for (const char *at = words; n; at++) {
		size_t m = strcspn(at, "|");
		if (m == n && !memcmp(at, text, n)) return true;
		at += m;
		if (!*at) break;
	}
	return false;
}

/* Reads one text as the parameter's type. NULL or what is wrong, as a msgid. */
static const char *value_read(struct arena *arena, const struct param *param, const char *raw, struct value *value)
{
	int32_t day;
	char *text = param->type == PARAM_SECRET ? arena_strdup(arena, raw) : text_clean(arena, raw);
	if (!*text) return NULL; /* empty is as if it had not come */
	value->there = true;
	value->text = text;
	switch (param->type) {
	case PARAM_ID:
	case PARAM_INT:
		if (!parse_int(text, &value->number)) return N_("A whole number is wanted here");
		if (value->number < param->min) return N_("This is too small");
		if (value->number > param->max) return N_("This is too large");
		return NULL;
	case PARAM_REAL:
		for (char *p = text; *p; p++)
			if (*p == ',') *p = '.';
		if (!parse_double(text, &value->real)) return N_("A number is wanted here");
		if (value->real < (double)param->min) return N_("This is too small");
		if (value->real > (double)param->max) return N_("This is too large");
		return NULL;
	case PARAM_TEXT:
		for (char *p = text; *p; p++)
			if (*p == '\n') *p = ' ';
		/* fallthrough */
	case PARAM_LINES:
		return text_length(text) > (size_t)param->max ? N_("This text is too long") : NULL;
	case PARAM_SECRET:
		if (text_length(text) < (size_t)param->min) return N_("This is too short");
		return text_length(text) > (size_t)param->max ? N_("This text is too long") : NULL;
	case PARAM_FLAG:
		value->number = strcmp(text, "0") != 0;
		return NULL;
	case PARAM_DAY:
		if (!day_parse(text, &day)) return N_("A date is wanted here, such as 2026-11-25");
		value->number = day;
		return NULL;
	case PARAM_MOMENT:
		return moment_parse(text, &value->number) ? NULL : N_("A date and time are wanted here, such as 2026-11-25 14:30");
	case PARAM_MONEY:
		return money_parse(text, &value->number) ? NULL : N_("An amount is wanted here, such as 12 000 or 12.5k");
	case PARAM_CHOICE:
		return choice(param->words, text) ? NULL : N_("This is none of the choices");
	default:
		return NULL;
	}
}

static void mistake(struct request *request, const struct param *param, const char *msgid)
{
	use_mistake(&request->use, param->name, msgid);
}

static void list_read(struct request *request, const struct param *param, const struct fields *fields, struct value *value)
{
	const char **list = ARENA_ARRAY(request->arena, const char *, MAX_LIST + 1);
	json_t *typed = json_array();
	size_t n = 0;
	for (size_t i = 0; i < fields->count && n < MAX_LIST; i++) {
		if (strcmp(fields->list[i].name, param->name)) continue;
		char *text = text_clean(request->arena, fields->list[i].text);
		if (text_length(text) > (size_t)param->max) mistake(request, param, N_("This text is too long"));
		list[n++] = text;
		json_array_append_new(typed, json_string(text));
	}
	value->there = n > 0;
	value->list = list;
	json_object_set_new(request->typed, param->name, typed);
}

static void json_close(void *json)
{
	json_decref(json);
}

static void json_read(struct request *request, const struct param *param, const struct body *body, struct value *value)
{
	if (!is_type(body, "application/json")) {
		mistake(request, param, N_("JSON is wanted here"));
		return;
	}
	value->json = json_loadb(body->bytes, body->count, JSON_REJECT_DUPLICATES, NULL);
	if (!value->json) {
		mistake(request, param, N_("This is not JSON"));
		return;
	}
	arena_defer(request->arena, json_close, value->json);
	value->there = true;
}

static const struct field *field_find(const struct fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++)
		if (!strcmp(fields->list[i].name, name)) return &fields->list[i];
	return NULL;
}

static void param_read(struct request *request, const struct param *param, const struct fields *fields, const struct body *body, struct value *value)
{
	const struct field *field = field_find(fields, param->name);
	if (param->type == PARAM_LIST) {
		list_read(request, param, fields, value);
		return;
	}
	if (param->type == PARAM_JSON) {
		json_read(request, param, body, value);
		return;
	}
	if (param->type == PARAM_FILE) {
		if (field && field->file && field->bytes) *value = (struct value){.there = true, .text = text_valid(field->file, strlen(field->file)) ? field->file : "file", .bytes = field->text, .bytes_count = field->bytes};
		if (value->there && value->bytes_count > (size_t)param->max) mistake(request, param, N_("This file is too large"));
	} else if (field && !text_valid(field->text, field->bytes)) {
		mistake(request, param, N_("This is not text in UTF-8"));
		return;
	} else if (field) {
		if (param->type != PARAM_SECRET) json_object_set_new(request->typed, param->name, json_string(field->text));
		const char *wrong = value_read(request->arena, param, field->text, value);
		if (wrong) mistake(request, param, wrong);
	}
	if (!value->there && param->need == MUST_HAVE) mistake(request, param, N_("This is needed"));
}

void params_read(struct request *request, const struct route_match *match, const struct body *body)
{
	struct fields fields = {request->arena, ARENA_ARRAY(request->arena, struct field, MAX_FIELDS), 0};
	request->typed = json_object();
	arena_defer(request->arena, json_close, request->typed);
	int taken = 0;
	for (const struct param *p = match->route->params; p->type; p++)
		if (p->in_path && taken < match->taken) {
			char *text = decode(request->arena, match->start[taken], match->bytes[taken]);
			taken++;
			field_add(&fields, (struct field){p->name, text, strlen(text), NULL});
		}
	urlencoded(&fields, request->query, strlen(request->query));
	body_fields(&fields, body);
	for (int i = 0; match->route->params[i].type; i++) param_read(request, &match->route->params[i], &fields, body, &request->values[i]);
}
