#include "web/openapi.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "web/route.h"

static json_t *choices(const char *words)
{
	json_t *list = json_array();
	while (*words) {
		size_t n = strcspn(words, "|");
		json_array_append_new(list, json_stringn(words, n));
		words += n + (words[n] == '|');
	}
	return list;
}

static json_t *schema(const struct param *p)
{
	switch (p->type) {
	case PARAM_ID: return json_pack("{ss si}", "type", "integer", "minimum", 1);
	case PARAM_INT: return json_pack("{ss sI sI}", "type", "integer", "minimum", (json_int_t)p->min, "maximum", (json_int_t)p->max);
	case PARAM_REAL: return json_pack("{ss sI sI}", "type", "number", "minimum", (json_int_t)p->min, "maximum", (json_int_t)p->max);
	case PARAM_FLAG: return json_pack("{ss s[ss]}", "type", "string", "enum", "0", "1");
	case PARAM_DAY: return json_pack("{ss ss}", "type", "string", "format", "date");
	case PARAM_MOMENT: return json_pack("{ss ss}", "type", "string", "format", "date-time");
	case PARAM_CHOICE: return json_pack("{ss so}", "type", "string", "enum", choices(p->words));
	case PARAM_LIST: return json_pack("{ss s{ss sI}}", "type", "array", "items", "type", "string", "maxLength", (json_int_t)p->max);
	case PARAM_FILE: return json_pack("{ss ss}", "type", "string", "format", "binary");
	case PARAM_SECRET: return json_pack("{ss ss sI sI}", "type", "string", "format", "password", "minLength", (json_int_t)p->min, "maxLength", (json_int_t)p->max);
	case PARAM_MONEY: return json_pack("{ss ss}", "type", "string", "description", "an amount as people type it");
	case PARAM_JSON: return json_object();
	default: return json_pack("{ss sI}", "type", "string", "maxLength", (json_int_t)p->max);
	}
}

static const char *body_type(const struct route *route)
{
	for (const struct param *p = route->params; p->type; p++) {
		if (p->type == PARAM_FILE) return "multipart/form-data";
		if (p->type == PARAM_JSON) return "application/json";
	}
	return "application/x-www-form-urlencoded";
}

static json_t *operation(const struct route *route)
{
	static const char *const who[] = {"anyone", "strangers", "the first administrator", "this machine", "readers", "members", "leads", "administrators"};
	json_t *op = json_pack("{ss ss ss s{s{ss}}}", "operationId", route->handler_name, "summary", route->help, "x-who", who[route->who], "responses", "default",
			       "description", "The page; its model with Accept: application/json.");
	json_t *parameters = json_array(), *properties = json_object(), *required = json_array();
	for (const struct param *p = route->params; p->type; p++) {
		if (p->in_path || route->method == GET) {
			json_array_append_new(parameters, json_pack("{ss ss sb so}", "name", p->name, "in", p->in_path ? "path" : "query", "required", p->need == MUST_HAVE,
								    "schema", schema(p)));
		} else if (p->type != PARAM_JSON) {
			json_object_set_new(properties, p->name, schema(p));
			if (p->need == MUST_HAVE) json_array_append_new(required, json_string(p->name));
		}
	}
	if (json_array_size(parameters)) json_object_set(op, "parameters", parameters);
	if (route->method == POST) {
		json_t *body = json_pack("{ss sO}", "type", "object", "properties", properties);
		if (json_array_size(required)) json_object_set(body, "required", required);
		json_object_set_new(op, "requestBody", json_pack("{s{s{so}}}", "content", body_type(route), "schema", body));
	}
	json_decref(parameters);
	json_decref(properties);
	json_decref(required);
	return op;
}

void openapi_render(struct buf *out)
{
	json_t *paths = json_object();
	for (size_t i = 0; i < routes_count; i++) {
		json_t *path = json_object_get(paths, routes[i].path);
		if (!path) {
			path = json_object();
			json_object_set_new(paths, routes[i].path, path);
		}
		json_object_set_new(path, routes[i].method == GET ? "get" : "post", operation(&routes[i]));
	}
	json_t *doc = json_pack("{ss s{ss ss ss} so}", "openapi", "3.1.0", "info", "title", "Sturgeon", "version", STURGEON_VERSION, "description",
				"Every page is the API: ask for it with Accept: application/json. What is posted carries X-CSRF-Token (see /session).", "paths", paths);
	char *text = json_dumps(doc, JSON_COMPACT);
	buf_text(out, text);
	free(text);
	json_decref(doc);
}
