/* Any address and body: every value that a handler would be given is of its type and within its limits, or its field stands among the mistakes. */
#include <stdint.h>
#include <string.h>

#include "app/use.h"
#include "base/err.h"
#include "base/moment.h"
#include "base/money.h"
#include "base/text.h"
#include "web/deliver.h"
#include "web/params.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct route typed = {
	.method = POST, .path = "/x/{id}/{word}", .handler_name = "x", .section = "", .help = "x",
	.params = PARAMS(PATH_ID("id"), PATH_TEXT("word", 20), INT("int", MAY, -5, 500), REAL("real", MAY, 0, 10), TEXT("text", MUST_HAVE, 12), LINES("lines", MAY, 30),
			 SECRET("secret", 2, 9), FLAG("flag"), DAY("day", MAY), MOMENT("moment", MAY), MONEY("money", MAY), CHOICE("choice", MUST_HAVE, "a|bb|c"), LIST("list", 5),
			 UPLOAD("file", 100)),
};
static const struct route json = {.method = POST, .path = "/x", .handler_name = "x", .section = "", .help = "x", .params = PARAMS(JSON_BODY(4096))};

static bool good_text(const struct value *value, size_t max)
{
	return text_valid(value->text, strlen(value->text)) && text_length(value->text) <= max;
}

static void value_check(const struct param *p, const struct value *v)
{
	size_t max = (size_t)p->max;
	switch (p->type) {
	case PARAM_ID:
	case PARAM_INT: MUST(v->number >= p->min && v->number <= p->max); break;
	case PARAM_REAL: MUST(v->real >= (double)p->min && v->real <= (double)p->max); break;
	case PARAM_TEXT: MUST(good_text(v, max) && !strpbrk(v->text, "\r\n")); break;
	case PARAM_LINES:
	case PARAM_SECRET: MUST(good_text(v, max)); break;
	case PARAM_CHOICE: MUST(!strcmp(v->text, "a") || !strcmp(v->text, "bb") || !strcmp(v->text, "c")); break;
	case PARAM_MONEY: MUST(v->number >= -MONEY_MAX && v->number <= MONEY_MAX); break;
	case PARAM_FILE: MUST(v->bytes_count <= max && good_text(v, 1 << 20)); break;
	case PARAM_LIST:
		for (int i = 0; v->list[i]; i++) MUST(i < 256 && text_valid(v->list[i], strlen(v->list[i])) && text_length(v->list[i]) <= max);
		break;
	default: break;
	}
}

static void redirect_check(struct request *r, const char *text)
{
	reply_redirect(r, "%s", text);
	const char *at = r->reply.location;
	MUST(reply_leads_home(at));
	for (; *at; at++) MUST(*at > ' ' && (unsigned char)*at < 0x7f && !strchr("\"<>\\", *at));
	if (!text_valid(text, strlen(text))) return;
	const char *disposition = deliver_disposition(r->arena, text);
	for (at = disposition; *at; at++) MUST(*at >= ' ' && (unsigned char)*at < 0x7f);
}

/* How a body of each kind is told; %s: the boundary. */
static const char *const kinds[] = {
	"application/x-www-form-urlencoded", "multipart/form-data; boundary=B", "multipart/form-data; boundary=\"----x\"", "application/json", "multipart/form-data", NULL,
};

/* Input: kind, then path, query and body, parted by 0x01. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (!n) return 0;
	const char *at = (const char *)data + 1, *end = (const char *)data + n;
	const char *first = memchr(at, 1, (size_t)(end - at));
	if (!first) return 0;
	const char *second = memchr(first + 1, 1, (size_t)(end - first - 1));
	if (!second) return 0;
	struct arena *arena = arena_new(64 << 20);
	struct request r = {.arena = arena};
	use_init(&r.use, arena, NULL, (struct actor){.language = "en"}, 0);
	struct body body = {kinds[data[0] % 6], second + 1, (size_t)(end - second - 1)};
	char *copy = arena_strndup(arena, body.bytes, body.count); /* of its own size: reading past it is seen */
	body.bytes = copy;
	r.route = data[0] % 6 == 3 ? &json : &typed;
	struct route_match match = {.route = r.route, .taken = r.route == &typed ? 2 : 0, .start = {"77", at}, .bytes = {2, (size_t)(first - at)}};
	struct form form;
	form_init(&form, arena);
	params_path(&form, &match);
	form_query(&form, arena_strndup(arena, first + 1, (size_t)(second - first - 1)));
	form_body(&form, &body);
	MUST(form.count <= FORM_FIELDS && form.body_at <= form.count);
	for (size_t i = 0; i < form.count; i++) MUST(form.list[i].name && form.list[i].text[form.list[i].bytes] == '\0');
	params_read(&r, &form, &body);
	for (int i = 0; r.route->params[i].type; i++) {
		const struct param *p = &r.route->params[i];
		const struct value *v = &r.values[i];
		if (json_object_get(r.use.mistakes, p->name)) continue;
		MUST(v->there || p->need == MAY);
		if (v->there) value_check(p, v);
	}
	char *typed_text = json_dumps(r.typed, JSON_COMPACT); /* what is shown again in the form */
	MUST(typed_text);
	free(typed_text);
	redirect_check(&r, arena_strndup(arena, at, (size_t)(first - at)));
	arena_free(arena);
	return 0;
}
