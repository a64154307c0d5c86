/* The tree against the HTML around it: each value gets the escaping of its place, or is refused; each message its msgid.
 *
 * Invariant: a section, a block and what replaces it end in the same place of the HTML as they begin, so that the place of all
 * that follows does not depend on the model. */
#include "tmplc.h"

#include <stdio.h>
#include <string.h>

static void check_nodes(struct compiler *tc, struct node *node, struct html *html);

static void fail(struct compiler *tc, const struct node *node, const char *what)
{
	tmplc_error(tc, node->template, node->line, node->column, "%s", what);
}

static bool space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A run of white space is one to the reader: one byte of it is enough. */
static void squeeze(struct compiler *tc, struct node *node, struct html html)
{
	char *text = arena_alloc(tc->arena, node->length + 1);
	size_t used = 0;
	int line = 0, column = 0;
	const char *mistake;
	for (size_t i = 0; i < node->length; i++) {
		char c = node->text[i];
		bool free = !html.pre && (html.kind == HTML_TEXT || html.kind == HTML_TAG || html.kind == HTML_ATTR_ENDED);
		html_feed(&html, &c, 1, &line, &column, &mistake);
		if (free && space(c) && used && space(text[used - 1]) && i && space(node->text[i - 1])) {
			if (c == '\n') text[used - 1] = '\n';
			continue;
		}
		text[used++] = c;
	}
	node->text = text;
	node->length = used;
}

static void check_text(struct compiler *tc, struct node *node, struct html *html)
{
	int line = node->line, column = node->column;
	const char *mistake;
	struct html before = *html;
	if (!html_feed(html, node->text, node->length, &line, &column, &mistake)) {
		tmplc_error(tc, node->template, line, column, "%s", mistake);
		return;
	}
	if (tc->squeeze) squeeze(tc, node, before);
}

/* HTML that is ready: in an element's content only, and only what is named so. */
static void check_ready(struct compiler *tc, struct node *node, const struct html *html)
{
	size_t n = strlen(node->name);
	if (html->kind != HTML_TEXT) fail(tc, node, "what is ready can stand in an element's content only");
	if (n < 6 || strcmp(node->name + n - 5, "_html") != 0) fail(tc, node, "only a value whose name ends in _html can be ready");
	node->escape = ESCAPE_READY;
}

/* What a value's place asks for; a place that no escaping makes safe is refused. */
static void check_value(struct compiler *tc, struct node *node, struct html *html)
{
	bool json = node->filter && strcmp(node->filter, "json") == 0;
	node->checked = true;
	node->escape = ESCAPE_HTML;
	if (node->filter && strcmp(node->filter, "ready") == 0) {
		check_ready(tc, node, html);
		return;
	}
	switch (html->kind) {
	case HTML_TEXT:
	case HTML_RCDATA:
		return;
	case HTML_VALUE: {
		enum attr_class class = html_attr_class(html->attr);
		if (class == ATTR_NO_VALUES) fail(tc, node, "no value can be made safe in this attribute");
		if (class == ATTR_JSON && !json) fail(tc, node, "only {{value | json}} can stand in this attribute");
		if (strcmp(html->element, "script") == 0 && (strcmp(html->attr, "type") == 0 || strcmp(html->attr, "src") == 0)) {
			fail(tc, node, "a script's type and address cannot be values");
		}
		if (class == ATTR_URL) node->escape = html->started ? ESCAPE_URL_PART : ESCAPE_URL;
		html->started = true;
		if (html->value_used + 1 < sizeof html->value) {
			html->value[html->value_used++] = '\1'; /* a byte no address begins with */
			html->value[html->value_used] = '\0';
		}
		return;
	}
	case HTML_RAW:
		if (!html->json || !json) fail(tc, node, "in a script only {{value | json}} can stand, and only where its type is application/json");
		node->escape = ESCAPE_SCRIPT_JSON;
		return;
	case HTML_BEFORE_VALUE:
	case HTML_UNQUOTED:
		fail(tc, node, "put the attribute's value in quotes");
		html->kind = HTML_UNQUOTED;
		return;
	default:
		tmplc_error(tc, node->template, node->line, node->column, "a value cannot stand in %s", html_describe(html));
		return;
	}
}

static void check_body(struct compiler *tc, struct node *node, struct html *html)
{
	struct html end = *html, begin = *html;
	check_nodes(tc, node->child, &end);
	if (!html_join(&end, html)) {
		tmplc_error(tc, node->template, node->line, node->column, "this section begins in %s and ends in %s", html_describe(&begin),
			html_describe(&end));
		return;
	}
	*html = end;
}

/* A block must leave the place as it is, whatever replaces it. */
static void check_block(struct compiler *tc, struct node *node, struct html *html)
{
	node->html = *html;
	node->checked = true;
	struct html end = *html;
	check_nodes(tc, node->child, &end);
	if (!html_same_place(&end, html)) {
		tmplc_error(tc, node->template, node->line, node->column, "this block begins in %s and ends in %s", html_describe(html), html_describe(&end));
	}
	html->started = html->started && end.started;
}

struct search {
	const char *name;
	const struct template *seen[64];
	size_t seen_count;
	const struct node *found;
	bool conflict;
};

static bool text_like(const struct html *html)
{
	return html->kind == HTML_TEXT || html->kind == HTML_RCDATA;
}

static void search_template(struct compiler *tc, struct search *search, const char *name);

static void search_nodes(struct compiler *tc, struct search *search, const struct node *node)
{
	for (; node; node = node->next) {
		if (node->kind == NODE_BLOCK && node->checked && strcmp(node->name, search->name) == 0) {
			const struct node *found = search->found;
			if (!found) search->found = node;
			else if (text_like(&found->html) && text_like(&node->html)) search->found = node->html.kind == HTML_TEXT ? node : found;
			else if (!html_same_place(&found->html, &node->html)) search->conflict = true;
		}
		search_nodes(tc, search, node->child);
		if (node->kind == NODE_PARTIAL || node->kind == NODE_PARENT) search_template(tc, search, node->name);
	}
}

static void search_template(struct compiler *tc, struct search *search, const char *name)
{
	const struct template *template = tmplc_find(tc, name);
	if (!template || search->seen_count == sizeof search->seen / sizeof *search->seen) return;
	for (size_t i = 0; i < search->seen_count; i++) {
		if (search->seen[i] == template) return;
	}
	search->seen[search->seen_count++] = template;
	search_nodes(tc, search, template->root);
}

static void check_parent(struct compiler *tc, struct node *node, const struct html *html)
{
	struct template *parent = tmplc_find(tc, node->name);
	if (!parent) {
		tmplc_error(tc, node->template, node->line, node->column, "there is no template “%s”", node->name);
		return;
	}
	if (html->kind != HTML_TEXT) tmplc_error(tc, node->template, node->line, node->column, "a parent cannot stand in %s", html_describe(html));
	check_template(tc, parent);
	for (struct node *block = node->child; block; block = block->next) {
		if (block->kind != NODE_BLOCK) continue;
		struct search search = {.name = block->name};
		search_template(tc, &search, node->name);
		if (!search.found) {
			tmplc_error(tc, node->template, block->line, block->column, "“%s” has no block “%s”", node->name, block->name);
		} else if (search.conflict) {
			tmplc_error(tc, node->template, block->line, block->column, "“%s” has the block “%s” in different places of the HTML", node->name, block->name);
		} else {
			struct html place = search.found->html;
			check_block(tc, block, &place);
		}
	}
}

/* White space as HTML reads it: a run is one space; what stands at the ends is not the translator's business. */
static void message_text(struct buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!space(text[i])) buf_char(out, text[i]);
		else if (!out->used || out->bytes[out->used - 1] != ' ') buf_char(out, ' ');
	}
}

static const char *message_take(struct compiler *tc, struct node *node, struct buf *out)
{
	const char *text = out->used ? out->bytes : "";
	size_t n = out->used;
	while (n && *text == ' ') text++, n--;
	while (n && text[n - 1] == ' ') n--;
	if (n == 0) fail(tc, node, "this message is empty");
	const char *taken = arena_strndup(tc->arena, text, n);
	out->used = 0;
	return taken;
}

/* A name stands for one value in a message. */
static void check_twins(struct compiler *tc, const struct node *node)
{
	for (const struct node *a = node->child; a; a = a->next) {
		for (const struct node *b = a->next; a->kind == NODE_VALUE && b; b = b->next) {
			if (b->kind != NODE_VALUE || strcmp(a->name, b->name) != 0) continue;
			bool filter = (a->filter && b->filter) ? strcmp(a->filter, b->filter) == 0 : a->filter == b->filter;
			if (!filter || a->escape != b->escape) fail(tc, b, "the same name stands twice in one message, written differently");
		}
	}
}

static void check_message(struct compiler *tc, struct node *node, struct html *html)
{
	bool plural = node->kind == NODE_PLURAL;
	if (!text_like(html) && html->kind != HTML_VALUE) {
		tmplc_error(tc, node->template, node->line, node->column, "a message cannot stand in %s", html_describe(html));
		return;
	}
	if (html->kind == HTML_VALUE && html_attr_class(html->attr) != ATTR_PLAIN) {
		fail(tc, node, "a message cannot stand in this attribute");
		return;
	}
	node->html = *html;
	struct html place = *html;
	struct buf out;
	buf_init(&out, 1 << 16);
	node->lead = node->tail = "";
	for (struct node *child = node->child; child; child = child->next) {
		if (child->kind == NODE_VALUE) {
			check_value(tc, child, &place);
			if (child->escape == ESCAPE_READY) fail(tc, child, "what is ready cannot stand in a message");
			buf_printf(&out, "{%s}", child->name);
			continue;
		}
		if (child->kind != NODE_TEXT) {
			fail(tc, child, "only text and values can stand in a message");
			continue;
		}
		if (child == node->child && child->length && space(child->text[0])) node->lead = " ";
		if (!child->next && child->length && space(child->text[child->length - 1])) node->tail = " ";
		const char *text = child->text, *end = text + child->length, *bars = memmem(text, child->length, "||", 2);
		int line = child->line, column = child->column;
		const char *mistake;
		if (plural && bars) {
			if (node->msgid) fail(tc, child, "a plural has two forms: one||many");
			if (!html_feed(&place, text, (size_t)(bars - text), &line, &column, &mistake)) tmplc_error(tc, child->template, line, column, "%s", mistake);
			message_text(&out, text, (size_t)(bars - text));
			node->msgid = message_take(tc, node, &out);
			if (!html_same_place(&place, html)) fail(tc, node, "the first form ends in another place of the HTML");
			text = bars + 2;
			column += 2;
		}
		if (!html_feed(&place, text, (size_t)(end - text), &line, &column, &mistake)) tmplc_error(tc, child->template, line, column, "%s", mistake);
		message_text(&out, text, (size_t)(end - text));
	}
	const char *last = message_take(tc, node, &out);
	buf_done(&out);
	if (!plural) node->msgid = last;
	else if (node->msgid) node->msgid_many = last;
	else fail(tc, node, "a plural has two forms: one||many");
	if (!html_same_place(&place, html)) fail(tc, node, "this message ends in another place of the HTML than it begins");
	check_twins(tc, node);
	html->started = true;
}

static void check_icon(struct compiler *tc, struct node *node, const struct html *html)
{
	if (html->kind != HTML_TEXT) fail(tc, node, "an icon can stand in text only");
	if (!tc->icons) return;
	const char *path = arena_printf(tc->arena, "%s/%s.svg", tc->icons, node->name);
	FILE *file = fopen(path, "rb");
	if (file) fclose(file);
	else tmplc_error(tc, node->template, node->line, node->column, "there is no icon “%s”", node->name);
}

static void check_nodes(struct compiler *tc, struct node *node, struct html *html)
{
	for (; node; node = node->next) {
		switch (node->kind) {
		case NODE_TEXT:
			check_text(tc, node, html);
			break;
		case NODE_VALUE:
			if (strcmp(node->name, "-first") == 0 || strcmp(node->name, "-last") == 0) fail(tc, node, "this is a section and not a value");
			check_value(tc, node, html);
			break;
		case NODE_SECTION:
		case NODE_INVERTED:
			if (strcmp(node->name, "-index") == 0) fail(tc, node, "this is a value and not a section");
			check_body(tc, node, html);
			break;
		case NODE_IS:
		case NODE_IS_NOT:
			check_body(tc, node, html);
			break;
		case NODE_BLOCK:
			check_block(tc, node, html);
			break;
		case NODE_PARTIAL:
			if (html->kind != HTML_TEXT) tmplc_error(tc, node->template, node->line, node->column, "a partial cannot stand in %s", html_describe(html));
			if (!tmplc_find(tc, node->name)) tmplc_error(tc, node->template, node->line, node->column, "there is no template “%s”", node->name);
			break;
		case NODE_PARENT:
			check_parent(tc, node, html);
			break;
		case NODE_MESSAGE:
		case NODE_PLURAL:
			check_message(tc, node, html);
			break;
		case NODE_ASSET:
			if (!text_like(html) && html->kind != HTML_VALUE) fail(tc, node, "an asset's address can stand in a quoted attribute");
			html->started = true;
			break;
		case NODE_ICON:
			check_icon(tc, node, html);
			break;
		}
		if (tc->squeeze && node->indent) node->indent = "";
	}
}

void check_template(struct compiler *tc, struct template *template)
{
	if (template->checked) return;
	template->checked = true;
	struct html html = html_start(), begin = html;
	check_nodes(tc, template->root, &html);
	if (!html_same_place(&html, &begin)) {
		tmplc_error(tc, template, 1, 1, "this template ends in %s", html_describe(&html));
	}
}
