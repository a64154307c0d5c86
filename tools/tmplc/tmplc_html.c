/* Where in the HTML a byte stands: the states of the HTML standard's tokenizer, as far as escaping needs them.
 *
 * Invariant: the state depends only on literal bytes of templates. Values cannot change it, because each is escaped
 * for its state; so what holds at build holds for every reader. */
#include "tmplc.h"

#include <string.h>
#include <strings.h>

enum { DASHES_AND_BANG = 1 << 30 };

struct html html_start(void)
{
	return (struct html){.kind = HTML_TEXT};
}

static bool space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool one_of(const char *text, const char *const *list)
{
	for (; *list; list++) {
		if (strcmp(text, *list) == 0) return true;
	}
	return false;
}

static void append(char *to, size_t size, char c)
{
	size_t n = strlen(to);
	if (n + 1 < size) {
		to[n] = lower(c);
		to[n + 1] = '\0';
	}
}

enum attr_class html_attr_class(const char *attr)
{
	static const char *const urls[] = {
		"action", "background", "cite", "data", "formaction", "href", "hx-delete", "hx-get", "hx-patch", "hx-post", "hx-push-url", "hx-put",
		"hx-replace-url", "icon", "longdesc", "manifest", "ping", "poster", "profile", "src", "sse-connect", "ws-connect", "xlink:href", NULL,
	};
	/* hx-trigger's filters and hx-vars are run as script; srcset and srcdoc hold more than one thing. */
	static const char *const closed[] = {"hx-request", "hx-trigger", "hx-vars", "srcdoc", "srcset", NULL};
	static const char *const json[] = {"hx-headers", "hx-vals", NULL};
	if (starts(attr, "data-hx-")) attr += 5;
	if (starts(attr, "on") || starts(attr, "hx-on") || strcmp(attr, "style") == 0) return ATTR_REFUSED;
	if (one_of(attr, urls)) return ATTR_URL;
	if (one_of(attr, closed)) return ATTR_NO_VALUES;
	return one_of(attr, json) ? ATTR_JSON : ATTR_PLAIN;
}

/* A new tag: what was said of the last one is forgotten. */
static void tag_begin(struct html *html, enum html_kind kind)
{
	html->kind = kind;
	html->element[0] = html->attr[0] = html->value[0] = '\0';
	html->value_used = 0;
	html->json = html->src = false;
}

static bool tag_end(struct html *html, const char **ret_mistake)
{
	bool script = strcmp(html->element, "script") == 0, style = strcmp(html->element, "style") == 0;
	if (style) {
		*ret_mistake = "an inline style cannot work under the Content-Security-Policy: put it in assets/, as .css";
		return false;
	}
	html->kind = script ? HTML_RAW : strcmp(html->element, "title") == 0 || strcmp(html->element, "textarea") == 0 ? HTML_RCDATA : HTML_TEXT;
	if (strcmp(html->element, "pre") == 0 || strcmp(html->element, "textarea") == 0) html->pre = true;
	return true;
}

static bool attr_named(struct html *html, const char **ret_mistake)
{
	if (html_attr_class(html->attr) == ATTR_REFUSED) {
		*ret_mistake = "on* and style attributes cannot work under the Content-Security-Policy: use assets/";
		return false;
	}
	if (strcmp(html->element, "script") == 0 && strcmp(html->attr, "src") == 0) html->src = true;
	return true;
}

static bool value_byte(struct html *html, char c, const char **ret_mistake)
{
	if (!html->started) {
		html->value_used = 0;
		html->value[0] = '\0';
		if (space(c)) return true;
	}
	html->started = true;
	if (html->value_used + 1 < sizeof html->value) {
		html->value[html->value_used++] = lower(c);
		html->value[html->value_used] = '\0';
	}
	enum attr_class class = html_attr_class(html->attr);
	if (c == ':' && class == ATTR_URL && !starts(html->value, "http:") && !starts(html->value, "https:") &&
		!starts(html->value, "mailto:") && !starts(html->value, "tel:") && strcspn(html->value, "/?#") > strcspn(html->value, ":")) {
		*ret_mistake = "an address may be relative, http, https, mailto or tel";
		return false;
	}
	if (c == ':' && class == ATTR_JSON && (strcmp(html->value, "js:") == 0 || strcmp(html->value, "javascript:") == 0)) {
		*ret_mistake = "script in an attribute cannot work under the Content-Security-Policy";
		return false;
	}
	return true;
}

static void value_end(struct html *html)
{
	if (strcmp(html->element, "script") == 0 && strcmp(html->attr, "type") == 0) {
		html->json = strcmp(html->value, "application/json") == 0 || strcmp(html->value, "application/ld+json") == 0;
	}
	html->attr[0] = '\0';
}

/* "</script" and what may follow a tag's name. */
static bool closes(const struct html *html, const char *text, size_t n)
{
	size_t length = strlen(html->element);
	if (n < length + 2 || text[0] != '<' || text[1] != '/' || strncasecmp(text + 2, html->element, length) != 0) return false;
	return n == length + 2 || space(text[length + 2]) || text[length + 2] == '>' || text[length + 2] == '/';
}

/* One byte, or none: where a state ends before a byte that the next state must see, *take is left false. */
static bool step(struct html *html, const char *text, size_t n, bool *take, const char **ret_mistake)
{
	char c = *text;
	switch (html->kind) {
	case HTML_TEXT:
		if (c == '<') html->kind = HTML_TAG_OPEN;
		return true;
	case HTML_TAG_OPEN:
		if (letter(c)) {
			tag_begin(html, HTML_TAG_NAME);
			append(html->element, sizeof html->element, c);
		} else if (c == '/') {
			tag_begin(html, HTML_END_TAG);
		} else if (c == '!' && n >= 3 && text[1] == '-' && text[2] == '-') {
			html->kind = HTML_COMMENT;
			html->value_used = 0;
		} else if (c == '!' || c == '?') {
			html->kind = HTML_DECLARATION;
		} else {
			html->kind = HTML_TEXT;
			*take = false;
		}
		return true;
	case HTML_TAG_NAME:
		if (c == '>') return tag_end(html, ret_mistake);
		if (space(c) || c == '/') html->kind = HTML_TAG;
		else append(html->element, sizeof html->element, c);
		return true;
	case HTML_END_TAG:
		if (c == '>') {
			if (strcmp(html->element, "pre") == 0 || strcmp(html->element, "textarea") == 0) html->pre = false;
			html->kind = HTML_TEXT;
		} else if (letter(c) || (c >= '0' && c <= '9')) {
			append(html->element, sizeof html->element, c);
		}
		return true;
	case HTML_TAG:
	case HTML_ATTR_ENDED:
	case HTML_ATTR_EITHER:
		if (c == '>') return tag_end(html, ret_mistake);
		if (space(c) || c == '/') {
			if (html->kind == HTML_ATTR_EITHER) html->kind = HTML_TAG;
			return true;
		}
		if (c == '=' && html->kind == HTML_ATTR_ENDED) {
			html->kind = HTML_BEFORE_VALUE;
			return true;
		}
		if (html->kind == HTML_ATTR_EITHER || c == '=' || c == '"' || c == '\'' || c == '<') {
			*ret_mistake = html->kind == HTML_ATTR_EITHER ? "a space is missing between attributes" : "an attribute's name is expected here";
			return false;
		}
		html->kind = HTML_ATTR_NAME;
		html->attr[0] = '\0';
		append(html->attr, sizeof html->attr, c);
		return true;
	case HTML_ATTR_NAME:
		if (c == '>' || c == '/' || space(c) || c == '=') {
			if (!attr_named(html, ret_mistake)) return false;
			if (c == '>') return tag_end(html, ret_mistake);
			html->kind = c == '=' ? HTML_BEFORE_VALUE : c == '/' ? HTML_TAG : HTML_ATTR_ENDED;
		} else {
			append(html->attr, sizeof html->attr, c);
		}
		return true;
	case HTML_BEFORE_VALUE:
		if (space(c)) return true;
		if (c == '>') {
			*ret_mistake = "the attribute's value is missing";
			return false;
		}
		html->started = false;
		html->value[0] = '\0';
		html->value_used = 0;
		html->kind = HTML_VALUE;
		html->quote = c;
		if (c != '"' && c != '\'') {
			html->kind = HTML_UNQUOTED;
			*take = false;
		}
		return true;
	case HTML_VALUE:
		if (c != html->quote) return value_byte(html, c, ret_mistake);
		value_end(html);
		html->kind = HTML_TAG;
		return true;
	case HTML_UNQUOTED:
		if (space(c) || c == '>') {
			value_end(html);
			html->kind = HTML_TAG;
			*take = space(c);
			return true;
		}
		return value_byte(html, c, ret_mistake);
	case HTML_RAW:
		if (closes(html, text, n)) {
			html->kind = HTML_TAG_OPEN;
		} else if (!space(c) && !html->json) {
			*ret_mistake = "an inline script cannot work under the Content-Security-Policy: put it in assets/, as .js";
			return false;
		}
		return true;
	case HTML_RCDATA:
		if (closes(html, text, n)) {
			html->kind = HTML_TAG_OPEN;
		} else if (c == '<' && n > 1 && letter(text[1])) { /* no tag here, but one inside an <svg> */
			*ret_mistake = "a tag cannot stand in title or textarea";
			return false;
		}
		return true;
	case HTML_COMMENT: /* value_used counts the dashes before this byte; "--!>" ends a comment, too */
		if (c == '>' && html->value_used >= 2) html->kind = HTML_TEXT;
		if (c == '-') html->value_used = html->value_used == DASHES_AND_BANG ? 1 : html->value_used + 1;
		else html->value_used = c == '!' && html->value_used >= 2 ? DASHES_AND_BANG : 0;
		return true;
	case HTML_DECLARATION:
		if (c == '>') html->kind = HTML_TEXT;
		return true;
	}
	return true;
}

bool html_feed(struct html *html, const char *text, size_t n, int *line, int *column, const char **ret_mistake)
{
	for (size_t i = 0; i < n;) {
		bool take = true;
		if (!step(html, text + i, n - i, &take, ret_mistake)) return false;
		if (!take) continue;
		if (text[i] == '\n') {
			++*line;
			*column = 1;
		} else if (((unsigned char)text[i] & 0xC0) != 0x80) {
			++*column;
		}
		i++;
	}
	return true;
}

static bool in_tag(enum html_kind kind)
{
	return kind == HTML_TAG || kind == HTML_ATTR_NAME || kind == HTML_ATTR_ENDED || kind == HTML_ATTR_EITHER;
}

bool html_same_place(const struct html *a, const struct html *b)
{
	if (a->kind != b->kind || a->pre != b->pre) return false;
	if (a->kind == HTML_VALUE) return a->quote == b->quote && strcmp(a->attr, b->attr) == 0;
	return a->kind != HTML_RAW || a->json == b->json;
}

bool html_join(struct html *html, const struct html *other)
{
	if (in_tag(html->kind) && in_tag(other->kind) && html->pre == other->pre && strcmp(html->element, other->element) == 0) {
		bool same = html->kind == HTML_TAG && other->kind == HTML_TAG;
		html->kind = same ? HTML_TAG : HTML_ATTR_EITHER;
		html->json = html->json && other->json;
		return true;
	}
	if (!html_same_place(html, other)) return false;
	if (!other->started) {
		html->started = false;
		html->value_used = 0;
		html->value[0] = '\0';
	}
	return true;
}

const char *html_describe(const struct html *html)
{
	switch (html->kind) {
	case HTML_TEXT: return "text";
	case HTML_TAG_OPEN:
	case HTML_TAG_NAME: return "a tag's name";
	case HTML_END_TAG: return "an end tag";
	case HTML_TAG:
	case HTML_ATTR_ENDED:
	case HTML_ATTR_EITHER: return "a tag";
	case HTML_ATTR_NAME: return "an attribute's name";
	case HTML_BEFORE_VALUE:
	case HTML_UNQUOTED: return "an unquoted attribute";
	case HTML_VALUE: return "an attribute's value";
	case HTML_RAW: return "a script";
	case HTML_RCDATA: return "the text of title or textarea";
	case HTML_COMMENT: return "a comment";
	case HTML_DECLARATION: return "a declaration";
	}
	return "";
}
