#include "prose_check.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { DEEP = 4096 };

static char said[256];

static const char *wrong(const char *what, const char *at)
{
	snprintf(said, sizeof said, "%s at “%.60s”", what, at);
	return said;
}

/* Which element may stand in which: r root, b blocks hold blocks, i inline. */
static const struct element {
	const char *name, *attributes; /* allowed names, each with a space before and after */
	const char *in;                /* parents, the same way; "": anywhere where blocks stand; "~": anywhere where text stands */
	bool leaf;
} elements[] = {
	{"p", "", "", false}, {"h2", "", "", false}, {"h3", "", "", false}, {"h4", "", "", false}, {"h5", "", "", false}, {"h6", "", "", false},
	{"ul", "", "", false}, {"ol", " start ", "", false}, {"li", "", " ul ol ", false}, {"dl", "", "", false}, {"dt", "", " dl ", false}, {"dd", "", " dl ", false},
	{"blockquote", "", "", false}, {"figure", "", "", false}, {"figcaption", "", " figure ", false}, {"hr", "", "", true}, {"pre", " tabindex ", "", false},
	{"div", " class tabindex ", "", false}, {"table", "", " div ", false}, {"caption", "", " table ", false}, {"thead", "", " table ", false}, {"tbody", "", " table ", false},
	{"tr", "", " thead tbody ", false}, {"th", " scope colspan rowspan class ", " tr ", false}, {"td", " colspan rowspan class ", " tr ", false},
	{"a", " href rel ", "~", false}, {"strong", "", "~", false}, {"em", "", "~", false}, {"s", "", "~", false}, {"code", "", "~", false}, {"kbd", "", "~", false},
	{"sub", "", "~", false}, {"sup", "", "~", false}, {"mark", "", "~", false}, {"q", "", "~", false}, {"br", "", "~", true},
	{"img", " src width height alt loading decoding ", "~", true},
};

static const struct element *find(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		if (strlen(elements[i].name) == n && memcmp(elements[i].name, name, n) == 0) return &elements[i];
	}
	return NULL;
}

static bool listed(const char *list, const char *name, size_t n)
{
	char padded[64];
	snprintf(padded, sizeof padded, " %.*s ", (int)n, name);
	return strstr(list, padded) != NULL;
}

static bool phrase(const struct element *element)
{
	return element && strcmp(element->in, "~") == 0;
}

static bool holds_blocks(const struct element *parent)
{
	return !parent || listed(" li dd blockquote figure td th ", parent->name, strlen(parent->name));
}

static bool holds_text(const struct element *parent, bool root_too)
{
	if (!parent) return root_too;
	return !listed(" ul ol dl table thead tbody tr div figure blockquote ", parent->name, strlen(parent->name));
}

/* & stands only as one of the five. */
static const char *entity_end(const char *p)
{
	static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strncmp(p, known[i], strlen(known[i])) == 0) return p + strlen(known[i]);
	}
	return NULL;
}

static bool value_fits(const struct element *element, const char *name, size_t name_n, const char *value, size_t n, bool foreign)
{
	char attribute[32], text[4096 * 6];
	snprintf(attribute, sizeof attribute, "%.*s", (int)name_n, name);
	snprintf(text, sizeof text, "%.*s", (int)n, value);
	if (strcmp(attribute, "href") == 0) {
		if (strncmp(text, "mailto:", 7) == 0 || strncmp(text, "MAILTO:", 7) == 0) return true;
		char scheme[9] = "";
		for (size_t i = 0; i < 8 && text[i]; i++) scheme[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
		if (strncmp(scheme, "http://", 7) == 0 || strncmp(scheme, "https://", 8) == 0 || strncmp(scheme, "mailto:", 7) == 0) return true;
		return !foreign && ((text[0] == '/' && text[1] != '/' && text[1] != '\\') || text[0] == '#');
	}
	if (strcmp(attribute, "rel") == 0) return strcmp(text, "nofollow noopener ugc") == 0;
	if (strcmp(attribute, "tabindex") == 0) return strcmp(text, "0") == 0;
	if (strcmp(attribute, "class") == 0) {
		return strcmp(element->name, "div") == 0 ? strcmp(text, "scroll") == 0 : !foreign && (strcmp(text, "to-end") == 0 || strcmp(text, "to-middle") == 0);
	}
	if (strcmp(attribute, "scope") == 0) return strcmp(text, "col") == 0 || strcmp(text, "row") == 0;
	if (strcmp(attribute, "src") == 0) return !foreign && strncmp(text, "/pictures/", 10) == 0 && text[10] && !text[10 + strspn(text + 10, "0123456789")];
	if (strcmp(attribute, "loading") == 0) return strcmp(text, "lazy") == 0;
	if (strcmp(attribute, "decoding") == 0) return strcmp(text, "async") == 0;
	if (strcmp(attribute, "alt") == 0) return !foreign;
	return *text && !text[strspn(text, "0123456789")]; /* start, colspan, rowspan, width, height */
}

const char *prose_check(const char *html, bool foreign)
{
	const struct element *open[DEEP];
	size_t depth = 0;
	int heading = 1;
	if (!text_valid(html, strlen(html))) return "no UTF-8";
	for (const char *p = html; *p;) {
		const struct element *parent = depth ? open[depth - 1] : NULL;
		if (*p == '&') {
			if (!entity_end(p)) return wrong("an entity that is not one of the five", p);
			if (!holds_text(parent, false)) return wrong("text where none can stand", p);
			p = entity_end(p);
			continue;
		}
		if (*p == '>' || *p == '"' || *p == '\'') return wrong("not escaped", p);
		if (*p != '<') {
			if ((unsigned char)*p < ' ' && *p != '\n' && *p != '\t') return wrong("a control character", p);
			if (!holds_text(parent, false)) return wrong("text where none can stand", p);
			p++;
			continue;
		}
		const char *at = p++;
		bool closing = *p == '/';
		p += closing;
		size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789");
		const struct element *element = find(p, n);
		if (!element) return wrong("an element that is not listed", at);
		p += n;
		if (closing) {
			if (*p != '>') return wrong("an end tag with something in it", at);
			if (parent != element) return wrong("not closed in order", at);
			depth--;
			p++;
			continue;
		}
		if (phrase(element)) {
			if (!holds_text(parent, false)) return wrong("an inline element where none can stand", at);
			for (size_t i = 0; i < depth; i++) {
				if (open[i] == element && foreign) return wrong("an inline element in its own kind", at);
				if (open[i] == element && strcmp(element->name, "a") == 0) return wrong("a link in a link", at);
			}
		} else if (*element->in) {
			if (!parent || !listed(element->in, parent->name, strlen(parent->name))) return wrong("an element outside of its parent", at);
		} else if (!holds_blocks(parent)) {
			return wrong("a block where none can stand", at);
		}
		if (element->name[0] == 'h' && element->name[1] >= '2' && element->name[1] <= '6') {
			if (element->name[1] - '0' > heading + 1) return wrong("a heading's level is left out", at);
			heading = element->name[1] - '0';
		}
		bool outside = false, rel = false;
		while (*p == ' ') {
			const char *name = ++p;
			n = strspn(p, "abcdefghijklmnopqrstuvwxyz");
			p += n;
			if (!listed(element->attributes, name, n) || p[0] != '=' || p[1] != '"') return wrong("an attribute that is not listed", at);
			const char *value = p += 2;
			for (; *p != '"'; p++) {
				if (!*p || *p == '<' || *p == '>' || *p == '\'') return wrong("an attribute that is not escaped", at);
				if (*p == '&' && !entity_end(p)) return wrong("an entity in an attribute that is not one of the five", at);
				if ((unsigned char)*p < ' ') return wrong("a control character in an attribute", at);
			}
			if (!value_fits(element, name, n, value, (size_t)(p - value), foreign)) return wrong("an attribute's value that is not allowed", at);
			outside = outside || (n == 4 && memcmp(name, "href", 4) == 0 && strchr("hH", *value));
			rel = rel || (n == 3 && memcmp(name, "rel", 3) == 0);
			p++;
		}
		if (*p != '>') return wrong("a tag that is not closed", at);
		if (outside != rel) return wrong("a link outside without its rel", at);
		p++;
		if (element->leaf) continue;
		if (depth == DEEP) return "too deep";
		open[depth++] = element;
	}
	return depth ? wrong("not closed", open[depth - 1]->name) : NULL;
}
