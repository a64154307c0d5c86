#include "web/request.h"

#include <string.h>

static const struct value *value(const struct request *request, const char *name)
{
	for (int i = 0; request->route->params[i].type; i++)
		if (!strcmp(request->route->params[i].name, name)) return &request->values[i];
	BUG("%s has no parameter %s", request->route->path, name);
}

bool request_has(const struct request *request, const char *name)
{
	return value(request, name)->there;
}

int64_t request_id(const struct request *request, const char *name)
{
	return value(request, name)->number;
}

int64_t request_int(const struct request *request, const char *name, int64_t otherwise)
{
	const struct value *v = value(request, name);
	return v->there ? v->number : otherwise;
}

double request_real(const struct request *request, const char *name, double otherwise)
{
	const struct value *v = value(request, name);
	return v->there ? v->real : otherwise;
}

const char *request_text(const struct request *request, const char *name)
{
	const struct value *v = value(request, name);
	return v->text ? v->text : "";
}

bool request_flag(const struct request *request, const char *name)
{
	return value(request, name)->number != 0;
}

const char *const *request_list(const struct request *request, const char *name)
{
	static const char *const none[] = {NULL};
	const struct value *v = value(request, name);
	return v->list ? v->list : none;
}

json_t *request_json(const struct request *request)
{
	return value(request, "")->json;
}

const struct value *request_file(const struct request *request, const char *name)
{
	return value(request, name);
}

static void reply_new(struct request *request, enum reply_kind kind, int status)
{
	const char *flash = request->reply.flash;
	json_decref(request->reply.model);
	request->reply = (struct reply){.kind = kind, .status = status, .flash = flash};
}

void reply_page(struct request *request, const char *template, json_t *model)
{
	reply_fragment(request, template, NULL, model);
}

void reply_fragment(struct request *request, const char *template, const char *fragment, json_t *model)
{
	if (!model) { /* json_pack refuses a NULL or broken text: better a failure that is logged than a page about nothing */
		err_set(&request->use.error, ERR_CORRUPT, "no model was made for the page %s", template);
		reply_problem(request, 500);
		return;
	}
	reply_new(request, REPLY_PAGE, 200);
	request->reply.template = template;
	request->reply.fragment = fragment;
	request->reply.model = model;
}

bool reply_leads_home(const char *location)
{
	return location[0] == '/' && location[1] != '/' && location[1] != '\\';
}

/* Non-ASCII, white space, control characters and what delimits addresses elsewhere, as %XX. */
static const char *location_encode(struct arena *arena, const char *location)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out = arena_alloc(arena, 3 * strlen(location) + 1), *to = out;
	for (const unsigned char *p = (const unsigned char *)location; *p; p++) {
		if (*p <= ' ' || *p >= 0x7f || strchr("\"<>\\^`{|}", *p)) {
			*to++ = '%';
			*to++ = hex[*p >> 4];
			*to++ = hex[*p & 15];
		} else {
			*to++ = (char)*p;
		}
	}
	return out;
}

void reply_redirect(struct request *request, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *location = arena_vprintf(request->arena, format, args);
	va_end(args);
	reply_new(request, REPLY_REDIRECT, 303);
	request->reply.location = reply_leads_home(location) ? location_encode(request->arena, location) : "/";
}

void reply_flash(struct request *request, const char *key)
{
	request->reply.flash = key;
}

void reply_bytes(struct request *request, const char *content_type, const char *file_name, const char *bytes, size_t n)
{
	reply_new(request, REPLY_BYTES, 200);
	request->reply.content_type = content_type;
	request->reply.file_name = file_name;
	request->reply.bytes = bytes;
	request->reply.bytes_count = n;
}

void reply_etag(struct request *request, const char *etag)
{
	request->reply.etag = etag;
	if (!request->if_none_match || !strstr(request->if_none_match, etag)) return;
	request->reply.status = 304;
	request->reply.bytes = "";
	request->reply.bytes_count = 0;
}

void reply_stream(struct request *request)
{
	reply_new(request, REPLY_STREAM, 200);
}

void reply_forever(struct request *request)
{
	request->reply.forever = true;
}

void reply_status(struct request *request, int status)
{
	request->reply.status = status;
}

void reply_problem(struct request *request, int status)
{
	reply_new(request, REPLY_PROBLEM, status);
}

bool reply_outcome(struct request *request, enum outcome outcome)
{
	static const int status[] = {[DONE] = 200, [ABSENT] = 404, [REFUSED] = 403, [INVALID] = 422, [FAILED] = 500};
	if (outcome == DONE) return true;
	reply_problem(request, status[outcome]);
	return false;
}
