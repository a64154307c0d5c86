#include "exchange/allow_scan.h"

#include <string.h>
#include <strings.h>

/* Void, or ended by what follows; in alphabetical order of nothing: a tag's name is compared whole. */
static const char *const short_lived[] = {
	"area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "image", "img", "input", "keygen", "li", "link", "meta", "optgroup",
	"option", "p", "param", "rb", "rp", "rt", "rtc", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
};
static const char *const raw[] = {"iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"};

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool named(const char *const *list, size_t count, const char *name, size_t n)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(list[i]) == n && strncasecmp(list[i], name, n) == 0) return true;
	}
	return false;
}

static bool white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* From after the name to after ">"; counts attributes. */
static const char *tag_end(const char *p, const char *end, int *ret_attributes)
{
	int count = 0;
	while (p < end && *p != '>') {
		if (white(*p) || *p == '/') {
			p++;
			continue;
		}
		count++;
		while (p < end && !white(*p) && *p != '>' && *p != '/' && *p != '=') p++;
		while (p < end && white(*p)) p++;
		if (p == end || *p != '=') continue;
		p++;
		while (p < end && white(*p)) p++;
		if (p < end && (*p == '"' || *p == '\'')) {
			const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
			p = close ? close + 1 : end;
		} else {
			while (p < end && !white(*p) && *p != '>') p++;
		}
	}
	*ret_attributes = count;
	return p < end ? p + 1 : end;
}

static const char *after(const char *p, const char *end, const char *what)
{
	const char *found = memmem(p, (size_t)(end - p), what, strlen(what));
	return found ? found + strlen(what) : end;
}

static const char *raw_end(const char *p, const char *end, const char *name, size_t n)
{
	for (; (p = after(p, end, "</")) < end;) {
		if ((size_t)(end - p) >= n && strncasecmp(p, name, n) == 0) return p - 2;
	}
	return end;
}

bool allow_scan(const char *html, size_t n, int depth, int attributes)
{
	const char *p = html, *end = html + n;
	int open = 0, has;
	while (p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
		bool closing = p + 1 < end && p[1] == '/';
		const char *name = p + 1 + closing;
		if (name >= end) break;
		if (!letter(*name)) {
			if ((size_t)(end - p) >= 4 && memcmp(p, "<!--", 4) == 0) p = after(p + 2, end, "-->");
			else if (closing || *name == '!' || *name == '?') p = after(p, end, ">");
			else p++;
			continue;
		}
		size_t length = 0;
		while (name + length < end && !white(name[length]) && name[length] != '/' && name[length] != '>') length++;
		p = tag_end(name + length, end, &has);
		if (has > attributes) return false;
		if (!closing && named(raw, sizeof raw / sizeof *raw, name, length)) p = raw_end(p, end, name, length);
		else if (named(short_lived, sizeof short_lived / sizeof *short_lived, name, length)) continue;
		else if (!closing && ++open > depth) return false;
		else if (closing && open) open--;
	}
	return true;
}

char *allow_scan_text(struct arena *arena, const char *html, size_t n)
{
	char *out = arena_alloc(arena, n + 1);
	size_t used = 0;
	bool inside = false;
	for (size_t i = 0; i < n; i++) {
		char c = html[i];
		if (c == '<') inside = true;
		if (!inside) out[used++] = c ? c : ' ';
		if (c == '>') {
			if (inside) out[used++] = ' ';
			inside = false;
		}
	}
	out[used] = '\0';
	return out;
}
