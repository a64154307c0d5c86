#include "web/params.h"

#include <string.h>

#include "base/moment.h"
#include "base/money.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"

enum { MAX_LIST = 256 };

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
	char *text = param->type == PARAM_SECRET    ? arena_strdup(arena, raw)
		     : param->type == PARAM_WRITTEN ? text_written(arena, raw)
						    : text_clean(arena, raw);
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
	case PARAM_WRITTEN:
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

/* "put", and "put.0", "put.1" …: radio buttons are one field a group, and each group is a line of the list. */
static bool of_list(const char *field, const char *name)
{
	size_t n = strlen(name);
	if (strncmp(field, name, n)) return false;
	return !field[n] || (field[n] == '.' && field[n + 1] && !field[n + 1 + strspn(field + n + 1, "0123456789")]);
}

static void list_read(struct request *request, const struct param *param, const struct form *form, struct value *value)
{
	const char **list = ARENA_ARRAY(request->arena, const char *, MAX_LIST + 1);
	json_t *typed = json_array();
	size_t n = 0;
	for (size_t i = 0; i < form->count; i++) {
		const struct field *field = &form->list[i];
		if (!of_list(field->name, param->name)) continue;
		if (n == MAX_LIST) {
			mistake(request, param, N_("There are too many of these"));
			break;
		}
		if (!text_valid(field->text, field->bytes)) {
			mistake(request, param, N_("This is not text in UTF-8"));
			continue;
		}
		char *text = text_clean(request->arena, field->text);
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
	if (!body_is(body, "application/json")) {
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

static void file_read(struct request *request, const struct param *param, const struct field *field, struct value *value)
{
	if (!field || !field->file || !field->bytes) return;
	const char *name = text_valid(field->file, strlen(field->file)) ? field->file : "file";
	*value = (struct value){.there = true, .text = name, .bytes = field->text, .bytes_count = field->bytes};
	if (value->bytes_count > (size_t)param->max) mistake(request, param, N_("This file is too large"));
}

static void text_read(struct request *request, const struct param *param, const struct field *field, struct value *value)
{
	if (!field) return;
	if (!text_valid(field->text, field->bytes)) {
		value->there = true;
		mistake(request, param, N_("This is not text in UTF-8"));
		return;
	}
	if (param->type != PARAM_SECRET) json_object_set_new(request->typed, param->name, json_string(field->text));
	const char *wrong = value_read(request->arena, param, field->text, value);
	if (wrong) mistake(request, param, wrong);
}

static void param_read(struct request *request, const struct param *param, const struct form *form, const struct body *body, struct value *value)
{
	switch (param->type) {
	case PARAM_LIST: list_read(request, param, form, value); break;
	case PARAM_JSON: json_read(request, param, body, value); return;
	case PARAM_FILE: file_read(request, param, form_find(form, param->name), value); break;
	default: text_read(request, param, form_find(form, param->name), value); break;
	}
	if (!value->there && param->need == MUST_HAVE) mistake(request, param, N_("This is needed"));
}

void params_path(struct form *form, const struct route_match *match)
{
	int taken = 0;
	for (const struct param *p = match->route->params; p->type; p++) {
		if (!p->in_path || taken == match->taken) continue;
		form_value(form, p->name, match->start[taken], match->bytes[taken]);
		taken++;
	}
}

void params_read(struct request *request, const struct form *form, const struct body *body)
{
	request->typed = json_object();
	arena_defer(request->arena, json_close, request->typed);
	memset(request->values, 0, sizeof request->values);
	const struct param *params = request->route->params;
	for (int i = 0; params[i].type; i++) param_read(request, &params[i], form, body, &request->values[i]);
}
