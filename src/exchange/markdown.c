#include "exchange/markdown.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include "base/buf.h"
#include "base/err.h"
#include "exchange/prose.h"

enum { HTML_MAX = 8 * MARKDOWN_MAX };

static pthread_mutex_t parsing = PTHREAD_MUTEX_INITIALIZER;
static cmark_syntax_extension *extensions[3];

static void extensions_find(void)
{
	static const char *const names[] = {"table", "strikethrough", "autolink"};
	if (extensions[0]) return;
	cmark_gfm_core_extensions_ensure_registered();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		extensions[i] = cmark_find_syntax_extension(names[i]);
		if (!extensions[i]) BUG("cmark-gfm has no extension %s", names[i]);
	}
}

/* The types of extensions' nodes are given out while the program runs; their names are not. */
static bool is(cmark_node *node, const char *name)
{
	return strcmp(cmark_node_get_type_string(node), name) == 0;
}

/* How much of the text is read: to the end of the last line that fits. */
static size_t text_read(const char *text)
{
	size_t n = strnlen(text, MARKDOWN_MAX + 1);
	if (n <= MARKDOWN_MAX) return n;
	const char *line = memrchr(text, '\n', MARKDOWN_MAX);
	n = line ? (size_t)(line - text) : MARKDOWN_MAX;
	while (n && ((unsigned char)text[n] & 0xC0) == 0x80) n--;
	return n;
}

static cmark_node *parse(const char *text)
{
	pthread_mutex_lock(&parsing);
	extensions_find();
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) cmark_parser_attach_syntax_extension(parser, extensions[i]);
	cmark_parser_feed(parser, text, text_read(text));
	cmark_node *document = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	pthread_mutex_unlock(&parsing);
	return document;
}

/* ---- HTML ---- */

struct writer {
	struct buf *out;
	struct prose_rank rank, rank_before; /* before the heading that we are in */
	bool brief;
	bool said;          /* since the link began: it has a name */
	int heading;        /* its level in the page */
	size_t heading_at, heading_text;
	int links;          /* links we are in: they do not nest */
	bool in_head;       /* of a table */
	bool in_body;
	int column;
	cmark_node *picture; /* that we are in: its text goes to alt */
	struct buf alt;
};

/* As text; a reference such as &#29; may have made a character that no page can hold: it is left out. */
static void written(struct buf *out, const char *literal)
{
	for (const char *p = literal; *p;) {
		char piece[512];
		size_t n = 0;
		for (; *p && n < sizeof piece - 1; p++)
			if (!(((unsigned char)*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f)) piece[n++] = *p;
		piece[n] = '\0';
		buf_html(out, piece);
	}
}

static void text(struct writer *w, const char *literal)
{
	if (!literal) return;
	if (w->picture) {
		buf_text(&w->alt, literal);
		return;
	}
	w->said = w->said || literal[strspn(literal, " \t\r\n")];
	written(w->out, literal);
}

static void plain_tag(struct writer *w, bool entering, const char *name)
{
	buf_printf(w->out, entering ? "<%s>" : "</%s>", name);
}

static void heading(struct writer *w, cmark_node *node, bool entering)
{
	if (entering) {
		w->heading_at = w->out->used;
		w->rank_before = w->rank;
		w->heading = w->brief ? 0 : prose_rank(&w->rank, cmark_node_get_heading_level(node));
		if (w->brief) buf_text(w->out, "<p><strong>");
		else buf_printf(w->out, "<h%d>", w->heading);
		w->heading_text = w->out->used;
	} else if (w->out->used == w->heading_text) { /* an empty heading is a riddle to who hears the page */
		w->out->used = w->heading_at;
		w->rank = w->rank_before;
	} else if (w->brief) {
		buf_text(w->out, "</strong></p>");
	} else {
		buf_printf(w->out, "</h%d>", w->heading);
	}
}

static void list(struct writer *w, cmark_node *node, bool entering)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);
	if (entering && ordered && start != 1) buf_printf(w->out, "<ol start=\"%d\">", start);
	else plain_tag(w, entering, ordered ? "ol" : "ul");
}

/* In a list without blank lines the paragraphs of items are bare. */
static bool bare_paragraph(cmark_node *node)
{
	cmark_node *item = cmark_node_parent(node), *above = item ? cmark_node_parent(item) : NULL;
	return above && cmark_node_get_type(above) == CMARK_NODE_LIST && cmark_node_get_list_tight(above);
}

static void link_node(struct writer *w, cmark_node *node, bool entering)
{
	const char *url = cmark_node_get_url(node);
	if (w->picture) return;
	if (entering) {
		bool made = !w->links && prose_link(w->out, url);
		cmark_node_set_user_data(node, made ? w : NULL);
		w->links += made;
		if (made) w->said = false;
	} else if (cmark_node_get_user_data(node)) {
		if (!w->said) text(w, url);
		buf_text(w->out, "</a>");
		w->links--;
	}
}

static void picture(struct writer *w, cmark_node *node, bool entering)
{
	if (entering && !w->picture) {
		w->picture = node;
		w->alt.used = 0;
	}
	if (entering || w->picture != node) return;
	w->picture = NULL;
	const char *url = cmark_node_get_url(node), *words = w->alt.used ? w->alt.bytes : "";
	if (prose_picture(w->out, url, words)) {
		w->said = w->said || *words;
	} else if (!w->links && prose_link(w->out, url)) {
		text(w, *words ? words : url);
		buf_text(w->out, "</a>");
	} else {
		text(w, words);
	}
}

static void table(struct writer *w, bool entering)
{
	if (entering) {
		/* The table scrolls in its own box, which the keyboard can reach. */
		buf_text(w->out, "<div class=\"scroll\" tabindex=\"0\"><table>");
		w->in_body = false;
		return;
	}
	buf_text(w->out, w->in_body ? "</tbody></table></div>" : "</table></div>");
}

static void row(struct writer *w, cmark_node *node, bool entering)
{
	bool head = cmark_gfm_extensions_get_table_row_is_header(node);
	if (entering) {
		if (head) buf_text(w->out, "<thead>");
		else if (!w->in_body) buf_text(w->out, "<tbody>");
		w->in_head = head;
		w->in_body = !head;
		w->column = 0;
		buf_text(w->out, "<tr>");
		return;
	}
	buf_text(w->out, head ? "</tr></thead>" : "</tr>");
}

static void cell(struct writer *w, cmark_node *node, bool entering)
{
	bool head = w->in_head && cmark_node_first_child(node); /* an empty head names nothing */
	if (!entering) {
		buf_text(w->out, head ? "</th>" : "</td>");
		return;
	}
	cmark_node *whole = cmark_node_parent(cmark_node_parent(node));
	const uint8_t *align = cmark_gfm_extensions_get_table_alignments(whole);
	char side = align && w->column < cmark_gfm_extensions_get_table_columns(whole) ? (char)align[w->column] : '\0';
	w->column++;
	buf_text(w->out, head ? "<th scope=\"col\"" : "<td");
	if (side == 'r') buf_text(w->out, " class=\"to-end\"");
	else if (side == 'c') buf_text(w->out, " class=\"to-middle\"");
	buf_char(w->out, '>');
}

static void node_write(struct writer *w, cmark_node *node, bool entering)
{
	cmark_node_type type = cmark_node_get_type(node);
	if (type == CMARK_NODE_IMAGE) picture(w, node, entering);
	else if (type == CMARK_NODE_TEXT) text(w, cmark_node_get_literal(node));
	else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) w->picture ? text(w, " ") : buf_text(w->out, "<br>");
	else if (type == CMARK_NODE_CODE && w->picture) text(w, cmark_node_get_literal(node));
	else if (w->picture) return;
	else if (type == CMARK_NODE_PARAGRAPH && !bare_paragraph(node)) plain_tag(w, entering, "p");
	else if (type == CMARK_NODE_HEADING) heading(w, node, entering);
	else if (type == CMARK_NODE_BLOCK_QUOTE) plain_tag(w, entering, "blockquote");
	else if (type == CMARK_NODE_LIST) list(w, node, entering);
	else if (type == CMARK_NODE_ITEM) plain_tag(w, entering, "li");
	else if (type == CMARK_NODE_EMPH) plain_tag(w, entering, "em");
	else if (type == CMARK_NODE_STRONG) plain_tag(w, entering, "strong");
	else if (is(node, "strikethrough")) plain_tag(w, entering, "s");
	else if (type == CMARK_NODE_LINK) link_node(w, node, entering);
	else if (is(node, "table")) table(w, entering);
	else if (is(node, "table_row") || is(node, "table_header")) row(w, node, entering);
	else if (is(node, "table_cell")) cell(w, node, entering);
	else if (type == CMARK_NODE_THEMATIC_BREAK) buf_text(w->out, "<hr>");
	else if (type == CMARK_NODE_CODE) {
		buf_text(w->out, "<code>");
		text(w, cmark_node_get_literal(node));
		buf_text(w->out, "</code>");
	} else if (type == CMARK_NODE_CODE_BLOCK) {
		buf_text(w->out, "<pre tabindex=\"0\"><code>");
		text(w, cmark_node_get_literal(node));
		buf_text(w->out, "</code></pre>");
	}
	/* The rest is raw HTML, and what only holds others. */
}

static char *html(struct arena *arena, const char *source, bool brief)
{
	struct buf out;
	buf_init(&out, HTML_MAX);
	struct writer w = {.out = &out, .brief = brief};
	buf_init(&w.alt, HTML_MAX);
	cmark_node *document = parse(source);
	cmark_iter *iter = cmark_iter_new(document);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) node_write(&w, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
	cmark_iter_free(iter);
	cmark_node_free(document);
	buf_done(&w.alt);
	if (out.overflow) { /* one address named a thousand times: made up to hurt, and shown as it was typed */
		buf_done(&out);
		char *typed = arena_strndup(arena, source, text_read(source));
		buf_text(&out, "<p>");
		written(&out, typed);
		buf_text(&out, "</p>");
	}
	char *whole = arena_strndup(arena, out.used ? out.bytes : "", out.used);
	buf_done(&out);
	return whole;
}

char *markdown_html(struct arena *arena, const char *text)
{
	return html(arena, text, false);
}

char *markdown_brief(struct arena *arena, const char *text)
{
	return html(arena, text, true);
}

/* ---- plain text ---- */

char *markdown_plain(struct arena *arena, const char *source, size_t most)
{
	struct buf out;
	buf_init(&out, HTML_MAX);
	struct prose_plain plain = {.out = &out, .most = most};
	cmark_node *document = parse(source);
	cmark_iter *iter = cmark_iter_new(document);
	for (cmark_event_type event; !plain.cut && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		const char *literal = cmark_node_get_literal(node);
		if (type == CMARK_NODE_HEADING && event == CMARK_EVENT_EXIT) prose_plain_heading(&plain);
		else if (((int)type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK || type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) prose_plain_gap(&plain);
		if (literal && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK)) prose_plain_add(&plain, literal, strlen(literal));
	}
	cmark_iter_free(iter);
	cmark_node_free(document);
	prose_plain_end(&plain);
	char *whole = arena_strndup(arena, out.used ? out.bytes : "", out.used);
	buf_done(&out);
	return whole;
}
