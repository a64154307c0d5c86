#include "web/render.h"

#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/tr.h"
#include "web/label.h"
#include "web/tmpl.h"

enum { PAGE_MAX = 16 << 20 };

static enum lang language(const struct request *request)
{
	return lang_parse(request->use.who.language);
}

static const char *role_word(enum role role)
{
	return role ? role_name(role) : "";
}

static json_t *frame_make(const struct request *request, const char *flash)
{
	const struct actor *who = &request->use.who;
	char now[32];
	moment_iso(request->use.now, now);
	json_t *frame = json_pack("{ss ss ss ss ss ss ss ss sO? sb sb}", "lang", who->language, "theme", request->theme, "path", request->path, "query",
				  request->query, "section", request->route ? request->route->section : "", "csrf", request->csrf ? request->csrf : "", "version",
				  STURGEON_VERSION, "now", now, "company", request->company, "htmx", request->htmx, "secure", request->secure);
	MUST(frame);
	json_t *currency = json_object_get(request->company, "currency");
	json_object_set(frame, "currency", currency ? currency : json_null());
	if (flash) json_object_set_new(frame, "flash", json_string(label_find(language(request), "flash", flash)));
	if (who->member_id)
		json_object_set_new(frame, "member",
				    json_pack("{sI ss ss sb sb}", "id", (json_int_t)who->member_id, "name", request->member_name, "role", role_word(who->role), "lead",
					      who->role >= ROLE_LEAD, "admin", who->role == ROLE_ADMIN));
	return frame;
}

static const char *const problem_words[][2] = {
	{N_("This request makes no sense"), N_("The program did not understand it. Go back and try once more.")},
	{N_("Log in first"), N_("This page is for members of the company.")},
	{N_("This is not yours to do"), N_("It is for another role. Ask your lead.")},
	{N_("There is no such page"), N_("It may have moved, or it belongs to another team.")},
	{N_("This is done in another way"), N_("This address does not take what was sent.")},
	{N_("Two changes met"), N_("Somebody changed the same thing. Look at it again and repeat.")},
	{N_("This is too large"), N_("What was sent is larger than this page takes.")},
	{N_("Something here is not right yet"), N_("Go back, put it right and send it again.")},
	{N_("Too many tries"), N_("Wait a little, then try again.")},
	{N_("The program failed"), N_("It is noted in its log. Nothing of yours was half done; try again.")},
	{N_("The program cannot take this just now"), N_("It is busy, or about to start anew. What you sent was not taken: send it again in a moment.")},
	{N_("There is no room on the disk"), N_("Nothing of yours was half done. Tell whoever runs the program: it goes on by itself when there is room again.")},
};
static const int problem_status[] = {400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503, 507};

static int problem_place(int status)
{
	for (size_t i = 0; i < sizeof problem_status / sizeof *problem_status; i++)
		if (problem_status[i] == status) return (int)i;
	return 9;
}

static json_t *mistakes_said(const struct request *request, json_t *mistakes)
{
	json_t *said = json_object(), *msgid;
	const char *field;
	json_object_foreach(mistakes, field, msgid) json_object_set_new(said, field, json_string(tr(language(request), json_string_value(msgid))));
	return said;
}

void render_mistakes(struct request *request, json_t *model, json_t *typed, json_t *mistakes)
{
	json_t *form = json_object_get(model, "form");
	if (form) json_object_update(form, typed);
	else json_object_set(model, "form", typed);
	json_object_set_new(model, "mistakes", mistakes_said(request, mistakes));
}

/* An id of a model and what a form sent for it: 12 and "12" are the same. */
static bool same_id(const json_t *id, const json_t *value)
{
	char number[32];
	const char *text = json_string_value(id);
	if (json_is_integer(id)) {
		if (json_is_integer(value)) return json_integer_value(id) == json_integer_value(value);
		snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
		text = number;
	}
	return text && json_is_string(value) && !strcmp(text, json_string_value(value));
}

static bool chosen(const json_t *id, const json_t *value)
{
	size_t i;
	json_t *one;
	if (!json_is_array(value)) return same_id(id, value);
	json_array_foreach(value, i, one) if (same_id(id, one)) return true;
	return false;
}

void render_choices(json_t *model)
{
	const char *field;
	json_t *list, *choice, *values = json_object_get(model, "form");
	size_t i;
	if (!values) values = json_object_get(model, "filter");
	json_object_foreach(json_object_get(model, "choices"), field, list)
		json_array_foreach(list, i, choice)
			json_object_set_new(choice, "chosen", json_boolean(chosen(json_object_get(choice, "id"), json_object_get(values, field))));
}

static json_t *problem_model(struct request *request)
{
	int at = problem_place(request->reply.status);
	json_t *model = json_pack("{si ss ss}", "status", request->reply.status, "title", tr(language(request), problem_words[at][0]), "text",
				  tr(language(request), problem_words[at][1]));
	MUST(model);
	if (request->reply.status == 403 && request->use.ban) {
		json_object_set_new(model, "title", json_string(tr(language(request), N_("You are banned"))));
		json_object_set_new(model, "text", json_string(tr(language(request), N_("You can read, and neither write nor vote."))));
		json_object_set(model, "ban", request->use.ban);
	}
	if (request->use.mistakes && json_object_size(request->use.mistakes)) {
		json_t *said = mistakes_said(request, request->use.mistakes), *list = json_array(), *text;
		const char *field;
		json_object_foreach(said, field, text) json_array_append_new(list, json_pack("{ss sO}", "field", field, "text", text));
		json_object_set_new(model, "mistakes", said);
		json_object_set_new(model, "mistake_list", list);
	}
	return model;
}

static void json_write(json_t *model, struct rendered *ret)
{
	char *text = json_dumps(model, JSON_COMPACT | JSON_ENCODE_ANY);
	ret->content_type = "application/json";
	if (text) buf_text(&ret->body, text);
	buf_char(&ret->body, '\n');
	free(text);
}

static void html_write(struct request *request, const char *template, json_t *model, const char *flash, struct rendered *ret)
{
	json_t *frame = frame_make(request, flash);
	render_choices(model);
	ret->content_type = "text/html; charset=utf-8";
	bool whole = tmpl_render(template, model, frame, &ret->body);
	json_decref(frame);
	if (whole || ret->body.overflow) return;
	BUG("the template %s is not there, or its model has no end", template);
}

void render_reply(struct request *request, const char *flash, struct rendered *ret)
{
	struct reply *reply = &request->reply;
	ret->status = reply->status;
	buf_init(&ret->body, PAGE_MAX);
	switch (reply->kind) {
	case REPLY_PAGE:
		if (request->wants_json) json_write(reply->model, ret);
		else html_write(request, request->htmx && reply->fragment ? reply->fragment : reply->template, reply->model, flash, ret);
		break;
	case REPLY_BYTES:
		ret->content_type = reply->content_type;
		buf_init(&ret->body, reply->bytes_count);
		buf_add(&ret->body, reply->bytes, reply->bytes_count);
		break;
	case REPLY_REDIRECT:
		if (request->wants_json) {
			json_t *model = json_pack("{ss}", "location", reply->location);
			ret->status = 200;
			json_write(model, ret);
			json_decref(model);
		} else {
			ret->content_type = "text/plain; charset=utf-8";
		}
		break;
	case REPLY_STREAM: BUG("a stream is not rendered");
	case REPLY_NONE: BUG("%s %s replied nothing", request->route->method == GET ? "GET" : "POST", request->route->path);
	case REPLY_PROBLEM: {
		json_t *model = problem_model(request);
		if (request->wants_json) json_write(model, ret);
		else html_write(request, request->htmx ? "problem_fragment" : "problem", model, flash, ret);
		json_decref(model);
		break;
	}
	}
}
