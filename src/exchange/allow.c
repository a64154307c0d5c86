/* A walk over gumbo's tree, which tells allow_write.h what it meets. */
#include "exchange/allow.h"

#include <string.h>
#include <strings.h>

#include <gumbo.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/text.h"
#include "exchange/address.h"
#include "exchange/allow_pool.h"
#include "exchange/allow_scan.h"
#include "exchange/allow_write.h"
#include "exchange/prose.h"

enum {
	HTML_MAX = 6 * ALLOW_MAX + 64,
	/* Of one cleaning: an address for each link, joined to a base. */
	ARENA_MAX = 256 << 20,
};

enum what {
	THROUGH,  /* the element itself is nothing; the zero of the table */
	DROP,     /* with all that is in it */
	BOUNDARY, /* a block without a look of its own */
	PARAGRAPH,
	HEADING,
	INLINE,
	LINK,
	PICTURE,
	FRAMED,   /* iframe, video: a link to it */
	BREAK,
	RULE,
	LIST,
	LIST_ITEM,
	TERMS,
	TERM,
	QUOTE,
	FIGURE,
	CAPTION,
	PRE,
	TABLE,
	SECTION,
	ROW,
	CELL,
};

static const struct {
	enum what what;
	const char *tag; /* as it is written */
} elements[GUMBO_TAG_LAST] = {
	[GUMBO_TAG_P] = {PARAGRAPH, ""},
	[GUMBO_TAG_H1] = {HEADING, "1"}, [GUMBO_TAG_H2] = {HEADING, "2"}, [GUMBO_TAG_H3] = {HEADING, "3"},
	[GUMBO_TAG_H4] = {HEADING, "4"}, [GUMBO_TAG_H5] = {HEADING, "5"}, [GUMBO_TAG_H6] = {HEADING, "6"},
	[GUMBO_TAG_B] = {INLINE, "strong"}, [GUMBO_TAG_STRONG] = {INLINE, "strong"},
	[GUMBO_TAG_I] = {INLINE, "em"}, [GUMBO_TAG_EM] = {INLINE, "em"}, [GUMBO_TAG_CITE] = {INLINE, "em"}, [GUMBO_TAG_DFN] = {INLINE, "em"}, [GUMBO_TAG_VAR] = {INLINE, "em"},
	[GUMBO_TAG_S] = {INLINE, "s"}, [GUMBO_TAG_STRIKE] = {INLINE, "s"}, [GUMBO_TAG_DEL] = {INLINE, "s"},
	[GUMBO_TAG_CODE] = {INLINE, "code"}, [GUMBO_TAG_TT] = {INLINE, "code"}, [GUMBO_TAG_SAMP] = {INLINE, "code"},
	[GUMBO_TAG_KBD] = {INLINE, "kbd"}, [GUMBO_TAG_SUB] = {INLINE, "sub"}, [GUMBO_TAG_SUP] = {INLINE, "sup"}, [GUMBO_TAG_MARK] = {INLINE, "mark"},
	[GUMBO_TAG_Q] = {INLINE, "q"},
	[GUMBO_TAG_A] = {LINK, "a"},
	[GUMBO_TAG_IMG] = {PICTURE, ""},
	[GUMBO_TAG_IFRAME] = {FRAMED, "src"}, [GUMBO_TAG_VIDEO] = {FRAMED, "src"}, [GUMBO_TAG_AUDIO] = {FRAMED, "src"}, [GUMBO_TAG_EMBED] = {FRAMED, "src"},
	[GUMBO_TAG_SOURCE] = {FRAMED, "src"},
	[GUMBO_TAG_BR] = {BREAK, ""}, [GUMBO_TAG_HR] = {RULE, ""},
	[GUMBO_TAG_UL] = {LIST, "ul"}, [GUMBO_TAG_OL] = {LIST, "ol"}, [GUMBO_TAG_MENU] = {LIST, "ul"}, [GUMBO_TAG_DIR] = {LIST, "ul"}, [GUMBO_TAG_LI] = {LIST_ITEM, "li"},
	[GUMBO_TAG_DL] = {TERMS, "dl"}, [GUMBO_TAG_DT] = {TERM, "dt"}, [GUMBO_TAG_DD] = {TERM, "dd"},
	[GUMBO_TAG_BLOCKQUOTE] = {QUOTE, "blockquote"},
	[GUMBO_TAG_FIGURE] = {FIGURE, "figure"}, [GUMBO_TAG_FIGCAPTION] = {CAPTION, "figcaption"}, [GUMBO_TAG_CAPTION] = {CAPTION, "caption"},
	[GUMBO_TAG_PRE] = {PRE, "pre"}, [GUMBO_TAG_LISTING] = {PRE, "pre"}, [GUMBO_TAG_XMP] = {PRE, "pre"}, [GUMBO_TAG_PLAINTEXT] = {PRE, "pre"},
	[GUMBO_TAG_TABLE] = {TABLE, "table"},
	[GUMBO_TAG_THEAD] = {SECTION, "thead"}, [GUMBO_TAG_TBODY] = {SECTION, "tbody"}, [GUMBO_TAG_TFOOT] = {SECTION, "tbody"},
	[GUMBO_TAG_TR] = {ROW, "tr"}, [GUMBO_TAG_TD] = {CELL, "td"}, [GUMBO_TAG_TH] = {CELL, "th"},
	[GUMBO_TAG_ADDRESS] = {BOUNDARY, ""}, [GUMBO_TAG_ARTICLE] = {BOUNDARY, ""}, [GUMBO_TAG_ASIDE] = {BOUNDARY, ""}, [GUMBO_TAG_CENTER] = {BOUNDARY, ""},
	[GUMBO_TAG_DETAILS] = {BOUNDARY, ""}, [GUMBO_TAG_DIV] = {BOUNDARY, ""}, [GUMBO_TAG_FIELDSET] = {BOUNDARY, ""}, [GUMBO_TAG_FOOTER] = {BOUNDARY, ""},
	[GUMBO_TAG_FORM] = {BOUNDARY, ""}, [GUMBO_TAG_HEADER] = {BOUNDARY, ""}, [GUMBO_TAG_HGROUP] = {BOUNDARY, ""}, [GUMBO_TAG_LEGEND] = {BOUNDARY, ""},
	[GUMBO_TAG_MAIN] = {BOUNDARY, ""}, [GUMBO_TAG_NAV] = {BOUNDARY, ""}, [GUMBO_TAG_SECTION] = {BOUNDARY, ""}, [GUMBO_TAG_SUMMARY] = {BOUNDARY, ""},
	[GUMBO_TAG_BUTTON] = {DROP, ""}, [GUMBO_TAG_CANVAS] = {DROP, ""}, [GUMBO_TAG_DATALIST] = {DROP, ""}, [GUMBO_TAG_HEAD] = {DROP, ""}, [GUMBO_TAG_INPUT] = {DROP, ""},
	[GUMBO_TAG_MATH] = {DROP, ""}, [GUMBO_TAG_NOEMBED] = {DROP, ""}, [GUMBO_TAG_NOFRAMES] = {DROP, ""}, [GUMBO_TAG_NOSCRIPT] = {DROP, ""}, [GUMBO_TAG_OPTION] = {DROP, ""},
	[GUMBO_TAG_RP] = {DROP, ""}, [GUMBO_TAG_SCRIPT] = {DROP, ""}, [GUMBO_TAG_SELECT] = {DROP, ""}, [GUMBO_TAG_STYLE] = {DROP, ""}, [GUMBO_TAG_SVG] = {DROP, ""},
	[GUMBO_TAG_TEMPLATE] = {DROP, ""}, [GUMBO_TAG_TEXTAREA] = {DROP, ""}, [GUMBO_TAG_TITLE] = {DROP, ""},
};

/* An element that we are in, and what its end has to undo. */
struct step {
	const GumboVector *children;
	unsigned next;
	enum { UNDO_NOTHING, UNDO_BOUNDARY, UNDO_PARAGRAPH, UNDO_FRAME, UNDO_INLINE, UNDO_HEADING } undo;
	bool counted;
	int depth;
};

struct walk {
	struct allow_writer w;
	struct arena *arena;
	const char *base;
	struct allow_pool *pool;
	struct step *steps;
	size_t step_count, step_size;
};

/* What gumbo makes of a number past all characters ("&#2222222222;") may be no character at all: in place, only what is UTF-8 stays. */
static const char *sound(const char *text)
{
	if (!text || text_valid(text, strlen(text))) return text;
	char *to = (char *)(uintptr_t)text; /* gumbo's own copy of it */
	for (const char *p = text; *p;) {
		size_t n = (unsigned char)*p < 0x80 ? 1 : (unsigned char)*p < 0xe0 ? 2 : (unsigned char)*p < 0xf0 ? 3 : 4;
		if (strnlen(p, n) < n || !text_valid(p, n)) {
			p++;
			continue;
		}
		memmove(to, p, n);
		to += n;
		p += n;
	}
	*to = '\0';
	return text;
}

static const char *attribute(const GumboElement *element, const char *name)
{
	const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
	return found ? sound(found->value) : NULL;
}

/* A small number, as attributes have it; 0 where it is none. */
static int number(const char *text, int most)
{
	int n = 0;
	while (text && *text == ' ') text++;
	if (!text || !*text) return 0;
	for (; *text >= '0' && *text <= '9' && n <= most; text++) n = 10 * n + (*text - '0');
	return n <= most ? n : 0;
}

static bool said(const char *text)
{
	return text && text[strspn(text, " \t\r\n\f")];
}

/* Where a link leads, or NULL: anything but the web and mail is no link. */
static const char *leads_to(struct walk *walk, const char *address)
{
	if (!said(address) || strlen(address) > PROSE_ADDRESS_MAX) return NULL;
	const char *whole = address_join(walk->arena, walk->base, address);
	enum prose_address kind = whole ? prose_address(whole) : PROSE_REFUSED;
	return kind == PROSE_OUTSIDE || kind == PROSE_MAIL ? whole : NULL;
}

static void link_to(struct walk *walk, const char *href, const char *text)
{
	bool linked = href && allow_write_inline(&walk->w, "a", href);
	allow_write_text(&walk->w, text);
	if (linked) allow_write_inline_end(&walk->w);
}

/* One of the two measures of a picture that only counts readers. */
static bool tiny(const char *text)
{
	return text && *text >= '0' && *text <= '2' && !(text[1] >= '0' && text[1] <= '9') && text[1] != '%' && text[1] != '.';
}

/* What to call a picture that says nothing of itself: the file's name. */
static const char *file_name(struct walk *walk, const char *address)
{
	size_t n = strcspn(address, "?#");
	const char *slash = memrchr(address, '/', n);
	size_t length = slash ? n - (size_t)(slash + 1 - address) : 0;
	return length && length <= 80 ? arena_strndup(walk->arena, slash + 1, length) : address;
}

static void picture(struct walk *walk, const GumboElement *element)
{
	static const char *const sources[] = {"data-src", "data-lazy-src", "data-original", "src"};
	const char *alt = attribute(element, "alt"), *href = NULL;
	if (walk->w.plain || (tiny(attribute(element, "width")) && tiny(attribute(element, "height")))) return;
	for (size_t i = 0; !href && i < sizeof sources / sizeof *sources; i++) href = leads_to(walk, attribute(element, sources[i]));
	if (said(alt) && (unsigned char)*alt >= 0x80 && text_length(alt) <= 2) href = NULL; /* an emoji as a picture */
	if (said(alt)) link_to(walk, href, alt);
	else if (href) link_to(walk, href, file_name(walk, href));
}

static void framed(struct walk *walk, const GumboElement *element)
{
	const char *href = walk->w.plain ? NULL : leads_to(walk, attribute(element, "src"));
	if (!href) return;
	allow_write_boundary(&walk->w);
	link_to(walk, href, href);
	allow_write_boundary(&walk->w);
}

static enum what what_is(const GumboNode *node)
{
	GumboTag tag = node->v.element.tag;
	if (node->type == GUMBO_NODE_TEMPLATE || node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML) return DROP;
	return tag < GUMBO_TAG_LAST ? elements[tag].what : THROUGH;
}

static bool is_element(const GumboNode *node)
{
	return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

/* No row has two cells: it is there for the look, and what it holds is read better without it. */
static bool for_the_look(const GumboNode *table)
{
	const GumboVector *parts = &table->v.element.children;
	for (unsigned i = 0; i < parts->length; i++) {
		const GumboNode *part = parts->data[i];
		if (!is_element(part) || what_is(part) != SECTION) continue;
		for (unsigned j = 0; j < part->v.element.children.length; j++) {
			const GumboNode *row = part->v.element.children.data[j];
			if (!is_element(row) || what_is(row) != ROW) continue;
			int cells = 0;
			for (unsigned k = 0; k < row->v.element.children.length; k++) {
				const GumboNode *cell = row->v.element.children.data[k];
				if (is_element(cell) && what_is(cell) == CELL && ++cells == 2) return false;
			}
		}
	}
	return true;
}

static const char *cell_attributes(struct walk *walk, const GumboElement *element, bool head)
{
	const char *scope = head ? attribute(element, "scope") : NULL;
	int columns = number(attribute(element, "colspan"), 100), rows = number(attribute(element, "rowspan"), 100);
	const char *all = "";
	if (scope && (strcasecmp(scope, "col") == 0 || strcasecmp(scope, "row") == 0)) all = strcasecmp(scope, "col") == 0 ? " scope=\"col\"" : " scope=\"row\"";
	if (columns > 1) all = arena_printf(walk->arena, "%s colspan=\"%d\"", all, columns);
	if (rows > 1) all = arena_printf(walk->arena, "%s rowspan=\"%d\"", all, rows);
	return all;
}

/* A part of something (an item, a row) stands in it or is a mere boundary. */
static void part(struct walk *walk, struct step *step, bool fits, enum frame_kind kind, const char *tag, const char *attributes)
{
	struct allow_writer *w = &walk->w;
	if (fits && allow_write_push(w, kind, tag, attributes)) {
		step->undo = UNDO_FRAME;
		step->depth = w->top - 1;
	} else {
		allow_write_boundary(w);
		step->undo = UNDO_BOUNDARY;
	}
}

static enum frame_kind inside(const struct walk *walk)
{
	return walk->w.frames[walk->w.top].kind;
}

/* False: what is in the element is not looked at. */
static bool enter(struct walk *walk, const GumboNode *node, struct step *step)
{
	const GumboElement *element = &node->v.element;
	struct allow_writer *w = &walk->w;
	const char *tag = element->tag < GUMBO_TAG_LAST ? elements[element->tag].tag : NULL;
	int start;
	switch (what_is(node)) {
	case THROUGH: return true;
	case DROP: return false;
	case BREAK: allow_write_break(w); return false;
	case RULE: allow_write_rule(w); return false;
	case PICTURE: picture(walk, element); return false;
	case FRAMED: framed(walk, element); return element->tag != GUMBO_TAG_IFRAME;
	case BOUNDARY:
		allow_write_boundary(w);
		step->undo = UNDO_BOUNDARY;
		return true;
	case PARAGRAPH:
		step->counted = allow_write_p_begin(w);
		step->undo = UNDO_PARAGRAPH;
		return true;
	case HEADING:
		step->depth = w->top;
		if (allow_write_heading(w, tag[0] - '0')) step->depth = w->top - 1;
		step->undo = UNDO_HEADING;
		return true;
	case INLINE:
		if (allow_write_inline(w, tag, NULL)) step->undo = UNDO_INLINE;
		return true;
	case LINK: {
		const char *href = w->plain ? NULL : leads_to(walk, attribute(element, "href"));
		if (href && allow_write_inline(w, tag, href)) step->undo = UNDO_INLINE;
		return true;
	}
	case LIST:
		start = tag[0] == 'o' ? number(attribute(element, "start"), 99999) : 0;
		part(walk, step, true, FRAME_LIST, tag, start > 1 ? arena_printf(walk->arena, " start=\"%d\"", start) : "");
		return true;
	case TERMS: part(walk, step, true, FRAME_TERMS, tag, ""); return true;
	case LIST_ITEM:
		if (inside(walk) == FRAME_ITEM) allow_write_pop_implicit(w);
		part(walk, step, inside(walk) == FRAME_LIST, FRAME_ITEM, tag, "");
		return true;
	case TERM:
		if (inside(walk) == FRAME_ITEM) allow_write_pop_implicit(w);
		part(walk, step, inside(walk) == FRAME_TERMS, tag[1] == 't' ? FRAME_LINE : FRAME_ITEM, tag, "");
		return true;
	case QUOTE: part(walk, step, true, FRAME_QUOTE, tag, ""); return true;
	case FIGURE: part(walk, step, true, FRAME_FIGURE, tag, ""); return true;
	case CAPTION: part(walk, step, inside(walk) == (tag[0] == 'f' ? FRAME_FIGURE : FRAME_TABLE), FRAME_LINE, tag, ""); return true;
	case PRE: part(walk, step, true, FRAME_PRE, tag, ""); return true;
	case TABLE: part(walk, step, !for_the_look(node), FRAME_TABLE, tag, ""); return true;
	case SECTION: part(walk, step, inside(walk) == FRAME_TABLE, FRAME_SECTION, tag, ""); return true;
	case ROW: part(walk, step, inside(walk) == FRAME_SECTION, FRAME_ROW, tag, ""); return true;
	case CELL: part(walk, step, inside(walk) == FRAME_ROW, FRAME_CELL, tag, cell_attributes(walk, element, tag[1] == 'h')); return true;
	}
	return false;
}

static void leave(struct walk *walk, const struct step *step)
{
	struct allow_writer *w = &walk->w;
	switch (step->undo) {
	case UNDO_NOTHING: break;
	case UNDO_BOUNDARY: allow_write_boundary(w); break;
	case UNDO_PARAGRAPH: allow_write_p_end(w, step->counted); break;
	case UNDO_FRAME: allow_write_pop(w, step->depth); break;
	case UNDO_INLINE: allow_write_inline_end(w); break;
	case UNDO_HEADING:
		if (w->plain) prose_plain_heading(w->plain);
		else if (w->top == step->depth) allow_write_boundary(w);
		else allow_write_pop(w, step->depth);
		break;
	}
}

static void step_push(struct walk *walk, struct step step)
{
	if (walk->step_count == walk->step_size) {
		size_t size = walk->step_size ? 2 * walk->step_size : 64;
		struct step *steps = allow_pool_take(walk->pool, size * sizeof *steps);
		if (walk->step_count) memcpy(steps, walk->steps, walk->step_count * sizeof *steps);
		walk->steps = steps;
		walk->step_size = size;
	}
	walk->steps[walk->step_count++] = step;
}

static void walk_tree(struct walk *walk, const GumboNode *root)
{
	step_push(walk, (struct step){.children = &root->v.element.children});
	while (walk->step_count) {
		struct step *step = &walk->steps[walk->step_count - 1];
		if (step->next == step->children->length) {
			struct step done = *step;
			walk->step_count--;
			leave(walk, &done);
			continue;
		}
		const GumboNode *node = step->children->data[step->next++];
		if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
			allow_write_text(&walk->w, sound(node->v.text.text));
		} else if (is_element(node)) {
			struct step into = {.children = &node->v.element.children};
			if (enter(walk, node, &into)) step_push(walk, into);
		}
	}
}

/* gumbo's tree; NULL where it would cost too much. */
static const GumboOutput *read(struct allow_pool *pool, const char *html, size_t n)
{
	if (!allow_scan(html, n, ALLOW_DEPTH, ALLOW_ATTRIBUTES)) return NULL;
	if (setjmp(pool->full)) return NULL;
	GumboOptions options = kGumboDefaultOptions;
	options.allocator = allow_pool_take;
	options.deallocator = allow_pool_leave;
	options.userdata = pool;
	options.max_errors = 0;
	options.fragment_context = GUMBO_TAG_DIV;
	return gumbo_parse_with_options(&options, html, n);
}

/* How much is read: what is longer ends before a tag, or at least not inside a character. */
static size_t length_read(const char *html)
{
	size_t n = strnlen(html, ALLOW_MAX + 1);
	if (n <= ALLOW_MAX) return n;
	const char *tag = memrchr(html, '<', ALLOW_MAX);
	n = tag && (size_t)(tag - html) > ALLOW_MAX / 2 ? (size_t)(tag - html) : ALLOW_MAX;
	while (n && ((unsigned char)html[n] & 0xC0) == 0x80) n--;
	return n;
}

static void clean(struct walk *walk, const char *html, bool bare)
{
	struct allow_pool pool = {.most = ALLOW_MEMORY};
	size_t n = length_read(html);
	walk->pool = &pool;
	const GumboOutput *tree = bare ? NULL : read(&pool, html, n);
	allow_write_begin(&walk->w);
	if (tree) {
		pool.most += ALLOW_MEMORY; /* the walk's own stack is small beside the tree, and must not jump back into its reading */
		walk_tree(walk, tree->root);
	} else {
		allow_write_text(&walk->w, allow_scan_text(walk->arena, html, n));
	}
	allow_write_end(&walk->w);
	allow_pool_done(&pool);
}

static void run(const char *html, const char *base, struct prose_plain *plain, bool bare, struct buf *out)
{
	struct buf blank;
	struct arena *own = arena_new(ARENA_MAX);
	buf_init(&blank, 1024);
	struct walk walk = {.arena = own, .base = base && strlen(base) <= PROSE_ADDRESS_MAX ? base : NULL, .w = {.arena = own, .out = out, .blank = &blank, .plain = plain}};
	clean(&walk, html, bare);
	buf_done(&blank);
	arena_free(own);
}

static char *take(struct arena *arena, struct buf *out)
{
	char *whole = arena_strndup(arena, out->used ? out->bytes : "", out->used);
	buf_done(out);
	return whole;
}

char *allow_html(struct arena *arena, const char *html, const char *base)
{
	struct buf out;
	buf_init(&out, HTML_MAX);
	run(html, base, NULL, false, &out);
	if (out.overflow) { /* one long link around thousands of paragraphs, each of which has it anew */
		buf_done(&out);
		buf_init(&out, HTML_MAX);
		run(html, base, NULL, true, &out);
	}
	return take(arena, &out);
}

char *allow_plain(struct arena *arena, const char *html, size_t most)
{
	struct buf out;
	buf_init(&out, HTML_MAX);
	struct prose_plain plain = {.out = &out, .most = most};
	run(html, NULL, &plain, false, &out);
	prose_plain_end(&plain);
	return take(arena, &out);
}
