#include "web/tmpl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/moment.h"
#include "base/parse.h"
#include "web/asset.h"

enum { SCRATCH_MAX = 4 << 20 };

/* ---- looking up ---- */

static json_t *walk(json_t *value, const char *const *path)
{
	for (; value && *path; path++) value = json_object_get(value, *path);
	return value;
}

json_t *tmpl_get(const struct tmpl_context *c, const char *const *path)
{
	json_t *top = c->levels[c->depth - 1].value;
	if (!path[0]) return top;
	if (!path[0][0]) return walk(top, path + 1);
	for (int i = c->depth - 1; i >= 0; i--) {
		json_t *value = json_object_get(c->levels[i].value, path[0]);
		if (value) return walk(value, path + 1);
	}
	return NULL;
}

json_t *tmpl_frame(const struct tmpl_context *c, const char *const *path)
{
	return walk(c->frame, path);
}

static const struct tmpl_level *in_list(const struct tmpl_context *c)
{
	static const struct tmpl_level none;
	for (int i = c->depth - 1; i >= 0; i--) {
		if (c->levels[i].count) return &c->levels[i];
	}
	return &none;
}

json_t *tmpl_index(const struct tmpl_context *c)
{
	json_integer_set(c->index, (json_int_t)in_list(c)->index);
	return c->index;
}

bool tmpl_first(const struct tmpl_context *c)
{
	return in_list(c)->index == 1;
}

bool tmpl_last(const struct tmpl_context *c)
{
	const struct tmpl_level *level = in_list(c);
	return level->count && level->index == level->count;
}

bool tmpl_true(const json_t *value)
{
	if (!value) return false;
	switch (json_typeof(value)) {
	case JSON_OBJECT:
	case JSON_TRUE: return true;
	case JSON_ARRAY: return json_array_size(value) > 0;
	case JSON_STRING: return json_string_length(value) > 0;
	case JSON_INTEGER: return json_integer_value(value) != 0;
	case JSON_REAL: return json_real_value(value) != 0.0;
	default: return false;
	}
}

bool tmpl_is(const json_t *value, const char *word)
{
	double number;
	if (!value) return false;
	switch (json_typeof(value)) {
	case JSON_STRING: return strcmp(json_string_value(value), word) == 0;
	case JSON_INTEGER:
	case JSON_REAL: return parse_double(word, &number) && !(json_number_value(value) < number) && !(json_number_value(value) > number);
	case JSON_TRUE: return strcmp(word, "true") == 0;
	case JSON_FALSE: return strcmp(word, "false") == 0;
	default: return false;
	}
}

/* ---- writing ---- */

/* A line of a partial that stood alone on its line begins with that line's indentation. */
static void begin_line(struct tmpl_context *c)
{
	if (c->line_start && c->indent_used) buf_add(c->out, c->indent, c->indent_used);
	c->line_start = false;
}

void tmpl_text(struct tmpl_context *c, const char *bytes, size_t n)
{
	if (!n) return;
	if (!c->indent_used) {
		buf_add(c->out, bytes, n);
		c->line_start = bytes[n - 1] == '\n';
		return;
	}
	while (n) {
		const char *end = memchr(bytes, '\n', n);
		size_t line = end ? (size_t)(end - bytes) + 1 : n;
		begin_line(c);
		buf_add(c->out, bytes, line);
		c->line_start = end != NULL;
		bytes += line;
		n -= line;
	}
}

void tmpl_plain(const json_t *value, struct buf *out)
{
	if (!value) return;
	switch (json_typeof(value)) {
	case JSON_STRING: buf_add(out, json_string_value(value), json_string_length(value)); break;
	case JSON_INTEGER: buf_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value)); break;
	case JSON_REAL: {
		double real = json_real_value(value), again;
		char text[40];
		for (int digits = 15; digits <= 17; digits++) {
			snprintf(text, sizeof text, "%.*g", digits, real);
			if (parse_double(text, &again) && !(again < real) && !(again > real)) break;
		}
		buf_text(out, text);
		break;
	}
	case JSON_TRUE: buf_text(out, "true"); break;
	case JSON_FALSE: buf_text(out, "false"); break;
	default: break;
	}
}

/* http, https, mailto, tel; or relative: nothing before a colon, no host ("//", "\\"), nothing browsers skip over. */
static bool url_harmless(const char *url)
{
	static const char *const schemes[] = {"http://", "https://", "mailto:", "tel:"};
	for (const char *p = url; *p; p++) {
		if ((unsigned char)*p <= ' ' || *p == '\\') return false;
	}
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0) return true;
	}
	if (url[0] == '/' && url[1] == '/') return false;
	return strcspn(url, ":") >= strcspn(url, "/?#");
}

static void percent_encode(struct buf *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		unsigned char b = (unsigned char)*p;
		bool plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '.' || b == '_' || b == '~';
		if (plain) buf_char(out, (char)b);
		else buf_printf(out, "%%%02X", b);
	}
}

static void put(struct tmpl_context *c, const struct tmpl_arg *arg)
{
	struct buf *plain = &c->scratch;
	plain->used = 0;
	if (plain->bytes) plain->bytes[0] = '\0';
	if (arg->filter) arg->filter(c, arg->value, arg->word, plain);
	else tmpl_plain(arg->value, plain);
	if (plain->overflow) c->failed = true;
	const char *text = plain->used ? plain->bytes : "";
	switch (arg->escape) {
	case TMPL_HTML: buf_html(c->out, text); break;
	case TMPL_URL: buf_html(c->out, url_harmless(text) ? text : "#unsafe-address"); break;
	case TMPL_URL_PART: percent_encode(c->out, text); break;
	case TMPL_SCRIPT_JSON:
	case TMPL_READY: buf_text(c->out, text); break;
	}
}

void tmpl_put(struct tmpl_context *c, json_t *value, enum tmpl_escape escape,
	void (*filter)(struct tmpl_context *, const json_t *, const char *, struct buf *), const char *word)
{
	begin_line(c);
	struct tmpl_arg arg = {NULL, value, escape, filter, word};
	put(c, &arg);
}

void tmpl_asset(struct tmpl_context *c, const char *name)
{
	const char *path = asset_path(name);
	if (!path) BUG("there is no file %s in assets/", name);
	begin_line(c);
	buf_text(c->out, path);
}

void tmpl_icon(struct tmpl_context *c, const char *name)
{
	begin_line(c);
	buf_text(c->out, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"");
	tmpl_asset(c, "icons.svg");
	buf_char(c->out, '#');
	buf_html(c->out, name);
	buf_text(c->out, "\"></use></svg>");
}

/* ---- sections ---- */

struct tmpl_section tmpl_section(json_t *value)
{
	bool list = json_is_array(value);
	return (struct tmpl_section){.value = value, .list = list, .count = list ? json_array_size(value) : tmpl_true(value)};
}

bool tmpl_next(struct tmpl_context *c, struct tmpl_section *section)
{
	if (section->pushed) c->depth--;
	section->pushed = false;
	if (section->next >= section->count || c->failed) return false;
	if (c->depth == TMPL_DEPTH) {
		c->failed = true;
		return false;
	}
	struct tmpl_level *level = &c->levels[c->depth++];
	*level = (struct tmpl_level){.value = section->value};
	if (section->list) *level = (struct tmpl_level){json_array_get(section->value, section->next), section->next + 1, section->count};
	section->next++;
	return section->pushed = true;
}

/* ---- partials, parents, blocks ---- */

static size_t indent_push(struct tmpl_context *c, const char *indent)
{
	size_t before = c->indent_used, n = strlen(indent);
	if (n > TMPL_INDENT - before) n = TMPL_INDENT - before;
	memcpy(c->indent + before, indent, n);
	c->indent_used += n;
	return before;
}

void tmpl_call(struct tmpl_context *c, void (*render)(struct tmpl_context *), const struct tmpl_given *given, const char *indent)
{
	if (c->failed || ++c->calls > TMPL_CALLS) {
		c->failed = true;
		return;
	}
	const struct tmpl_given *outer = c->given;
	if (given) c->given = given;
	size_t before = indent_push(c, indent);
	render(c);
	c->indent_used = before;
	c->given = outer;
	c->calls--;
}

/* The outermost wins. What it renders stands where it was written: only the blocks given further out are in force in it. */
bool tmpl_block(struct tmpl_context *c, size_t block, const char *indent)
{
	const struct tmpl_given *at = NULL;
	void (*render)(struct tmpl_context *) = NULL;
	for (const struct tmpl_given *given = c->given; given; given = given->outer) {
		for (size_t i = 0; i < given->count; i++) {
			if (given->overrides[i].block != block) continue;
			at = given;
			render = given->overrides[i].render;
		}
	}
	if (!render) return false;
	const struct tmpl_given *inner = c->given;
	c->given = at->outer;
	tmpl_call(c, render, NULL, indent);
	c->given = inner;
	return true;
}

/* ---- messages ---- */

const char *tmpl_t(const struct tmpl_context *c, const char *msgid)
{
	return tr(c->lang, msgid);
}

const char *tmpl_tc(const struct tmpl_context *c, const char *context, const char *msgid)
{
	return tr_c(c->lang, context, msgid);
}

const char *tmpl_tn(const struct tmpl_context *c, const char *one, const char *many, const json_t *count)
{
	return tr_n(c->lang, one, many, json_integer_value(count));
}

const char *tmpl_tcn(const struct tmpl_context *c, const char *context, const char *one, const char *many, const json_t *count)
{
	return tr_cn(c->lang, context, one, many, json_integer_value(count));
}

/* The text is ours or the translator's: markup in it is meant, but in an attribute it must not end the attribute. */
static void message_part(struct tmpl_context *c, const char *text, size_t n, bool in_attribute)
{
	for (size_t i = 0; in_attribute && i < n; i++) {
		if (!strchr("\"'<>", text[i])) continue;
		char one[2] = {text[i], '\0'};
		buf_add(c->out, text, i);
		buf_html(c->out, one);
		text += i + 1;
		n -= i + 1;
		i = (size_t)-1;
	}
	buf_add(c->out, text, n);
}

void tmpl_message(struct tmpl_context *c, const char *text, const struct tmpl_arg *args, size_t count, bool in_attribute)
{
	begin_line(c);
	while (*text) {
		size_t n = strcspn(text, "{");
		message_part(c, text, n, in_attribute);
		text += n;
		if (!*text) break;
		const struct tmpl_arg *found = NULL;
		size_t name = strcspn(text + 1, "}");
		for (size_t i = 0; i < count && !found; i++) {
			if (strlen(args[i].name) == name && memcmp(args[i].name, text + 1, name) == 0) found = &args[i];
		}
		if (found && text[1 + name]) {
			put(c, found);
			text += name + 2;
		} else {
			buf_char(c->out, *text++);
		}
	}
}

/* ---- pages ---- */

static int by_name(const void *name, const void *entry)
{
	return strcmp(name, ((const struct tmpl_entry *)entry)->name);
}

static const struct tmpl_entry *entry_find(const struct tmpl_table *table, const char *name)
{
	return bsearch(name, table->entries, table->count, sizeof *table->entries, by_name);
}

bool tmpl_render_from(const struct tmpl_table *table, const char *name, json_t *model, json_t *frame, struct buf *out)
{
	const struct tmpl_entry *entry = entry_find(table, name);
	if (!entry) return false;
	const char *now = json_string_value(json_object_get(frame, "now")), *currency = json_string_value(json_object_get(frame, "currency"));
	struct tmpl_context c = {
		.out = out, .levels = {{.value = model}}, .depth = 1, .frame = frame, .index = json_integer(0), .currency = currency ? currency : "UAH",
		.lang = lang_parse(json_string_value(json_object_get(frame, "lang"))), .line_start = true,
	};
	if (!now || !moment_parse(now, &c.now)) c.now = moment_now();
	buf_init(&c.scratch, SCRATCH_MAX);
	entry->render(&c);
	buf_done(&c.scratch);
	json_decref(c.index);
	return !c.failed && !out->overflow;
}

bool tmpl_render(const char *name, json_t *model, json_t *frame, struct buf *out)
{
	return tmpl_render_from(&tmpl_pages, name, model, frame, out);
}
