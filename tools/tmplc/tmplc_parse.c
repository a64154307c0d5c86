/* Text → tokens → tree.
 *
 * White space (the specification's "standalone" rule): a tag that has its line to itself takes the whole line with it. The
 * decisions are made on the tokens, from the text as it was written, and kept as how many bytes of each text token
 * are dropped on either side; only then is the tree built.
 *
 * Inheritance adds three cases: a parent from its opening to its closing tag counts as one tag; a block given to a parent
 * begins on its line and loses its own indentation, to get that of the place where it is put in. */
#include "tmplc.h"

#include <string.h>

struct token {
	enum { TOKEN_TEXT, TOKEN_COMMENT, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_LEAF } kind;
	enum node_kind node;
	const char *name, *arg, *filter, *filter_arg;
	const char *text;
	size_t length, drop_left, drop_right;
	int line, column;
	int match;          /* the other end of an OPEN or CLOSE */
	int inside;         /* the OPEN that this token stands directly in, or −1 */
	bool may_stand_alone;
	bool alone;
	const char *indent;
};

struct parser {
	struct compiler *tc;
	struct template *template;
	struct token *tokens;
	int count;
	int at; /* for the tree */
};

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool space(char c)
{
	return blank(c) || c == '\n' || c == '\r';
}

static const char *trimmed(struct arena *arena, const char *text, size_t n)
{
	while (n && space(*text)) text++, n--;
	while (n && space(text[n - 1])) n--;
	return arena_strndup(arena, text, n);
}

/* Splits off the next word of *text; a "quoted one" may have spaces. NULL where there is none. */
static const char *next_word(struct arena *arena, const char **text)
{
	const char *p = *text;
	while (space(*p)) p++;
	if (!*p) return NULL;
	const char *start = p, *end;
	if (*p == '"' && (end = strchr(p + 1, '"'))) {
		start++;
		p = end + 1;
	} else {
		while (*p && !space(*p)) p++;
		end = p;
	}
	*text = p;
	return arena_strndup(arena, start, (size_t)(end - start));
}

static bool path_valid(const char *name)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "-index") == 0 || strcmp(name, "-first") == 0 || strcmp(name, "-last") == 0) return true;
	if (!*name) return false;
	for (const char *p = name; *p; p++) {
		bool word = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_';
		if (!word && *p != '.') return false;
		if (*p == '.' && (p[1] == '.' || !p[1])) return false;
	}
	return true;
}

static const struct {
	const char *name;
	bool takes_arg;
} filters[] = {
	{"ago", false}, {"date", false}, {"day", false}, {"duration", false}, {"field_day", false},
	{"field_moment", false}, {"field_money", false}, {"field_second", false}, {"fine", false}, {"gain", false}, {"initials", false}, {"json", false}, {"label", true}, {"moment", false},
	{"money", false}, {"month", false}, {"number", false}, {"percent", false}, {"phone", false},
	{"points", false}, {"ready", false}, {"second", false}, {"short", false}, {"span", false}, {"tenth", false}, {"time", false}, {"weekday", false}, {"written", false},
};

static void read_filter(struct parser *p, struct token *token, const char *text)
{
	struct arena *arena = p->tc->arena;
	token->filter = next_word(arena, &text);
	token->filter_arg = next_word(arena, &text);
	if (next_word(arena, &text) || !token->filter) {
		tmplc_error(p->tc, p->template, token->line, token->column, "a filter is written {{value | filter}} or {{value | filter word}}");
		return;
	}
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
		if (strcmp(filters[i].name, token->filter) != 0) continue;
		if (filters[i].takes_arg != (token->filter_arg != NULL)) {
			tmplc_error(p->tc, p->template, token->line, token->column, "the filter “%s” %s", token->filter,
				filters[i].takes_arg ? "needs a word after it" : "takes no word after it");
		} else if (token->filter_arg && p->tc->labels && !strstr(p->tc->labels, arena_printf(arena, "(\"%s.", token->filter_arg))) {
			tmplc_error(p->tc, p->template, token->line, token->column, "there are no labels “%s”", token->filter_arg);
		}
		return;
	}
	tmplc_error(p->tc, p->template, token->line, token->column, "there is no filter “%s”", token->filter);
}

static void want_path(struct parser *p, const struct token *token)
{
	if (!token->name || !path_valid(token->name)) {
		tmplc_error(p->tc, p->template, token->line, token->column, "“%s” is not a name", token->name ? token->name : "");
	}
}

/* {{#…}}: which kind of section. */
static void read_section(struct parser *p, struct token *token, const char *inner, bool inverted)
{
	struct arena *arena = p->tc->arena;
	const char *rest = inner, *first = next_word(arena, &rest);
	token->kind = TOKEN_OPEN;
	token->node = inverted ? NODE_INVERTED : NODE_SECTION;
	token->name = first;
	if (!first) {
		want_path(p, token);
		return;
	}
	const char *colon = strchr(first, ':');
	const char *word = colon ? arena_strndup(arena, first, (size_t)(colon - first)) : first;
	if (!inverted && (strcmp(word, "t") == 0 || strcmp(word, "tn") == 0)) {
		token->node = strcmp(word, "t") == 0 ? NODE_MESSAGE : NODE_PLURAL;
		token->arg = colon ? colon + 1 : NULL;
		token->name = "t";
		if (token->node == NODE_PLURAL) {
			token->name = next_word(arena, &rest);
			want_path(p, token);
		}
	} else if (strcmp(first, "is") == 0) {
		token->node = inverted ? NODE_IS_NOT : NODE_IS;
		token->name = next_word(arena, &rest);
		token->arg = next_word(arena, &rest);
		want_path(p, token);
		if (!token->arg) tmplc_error(p->tc, p->template, token->line, token->column, "write {{#is name word}}");
	} else {
		want_path(p, token);
	}
	if (next_word(arena, &rest)) tmplc_error(p->tc, p->template, token->line, token->column, "too many words in “%s”", inner);
}

/* What closes a section: its first word. */
static const char *closing_name(const struct token *open)
{
	switch (open->node) {
	case NODE_MESSAGE: return "t";
	case NODE_PLURAL: return "tn";
	case NODE_IS:
	case NODE_IS_NOT: return "is";
	default: return open->name ? open->name : "";
	}
}

static void read_tag(struct parser *p, struct token *token, const char *text, size_t n)
{
	struct arena *arena = p->tc->arena;
	char sign = n ? text[0] : '\0';
	const char *inner = trimmed(arena, text, n);
	const char *after = *inner ? trimmed(arena, inner + 1, strlen(inner + 1)) : "";
	token->may_stand_alone = true;
	switch (sign) {
	case '!':
		token->kind = TOKEN_COMMENT;
		return;
	case '#':
	case '^':
		read_section(p, token, after, sign == '^');
		return;
	case '/':
		token->kind = TOKEN_CLOSE;
		token->name = after;
		return;
	case '<':
	case '$':
		token->kind = TOKEN_OPEN;
		token->node = sign == '<' ? NODE_PARENT : NODE_BLOCK;
		token->name = after;
		break;
	case '>':
		token->kind = TOKEN_LEAF;
		token->node = NODE_PARTIAL;
		token->name = after;
		break;
	case '{':
	case '&':
		tmplc_error(p->tc, p->template, token->line, token->column, "unescaped values are not allowed");
		token->kind = TOKEN_COMMENT;
		return;
	case '=':
		tmplc_error(p->tc, p->template, token->line, token->column, "the delimiters cannot be changed");
		token->kind = TOKEN_COMMENT;
		return;
	default: {
		token->kind = TOKEN_LEAF;
		token->may_stand_alone = false;
		if (strncmp(inner, "asset:", 6) == 0 || strncmp(inner, "icon:", 5) == 0) {
			token->node = *inner == 'a' ? NODE_ASSET : NODE_ICON;
			token->name = strchr(inner, ':') + 1;
			break;
		}
		token->node = NODE_VALUE;
		const char *bar = strchr(inner, '|');
		token->name = bar ? trimmed(arena, inner, (size_t)(bar - inner)) : inner;
		want_path(p, token);
		if (bar) read_filter(p, token, bar + 1);
		return;
	}
	}
	for (const char *c = token->name; ; c++) {
		if (!*token->name || space(*c)) {
			tmplc_error(p->tc, p->template, token->line, token->column, "“%s” is not a name", token->name);
			return;
		}
		if (!*c) return;
	}
}

static struct token *token_add(struct parser *p, int *capacity)
{
	if (p->count == *capacity) {
		int grown = *capacity ? *capacity * 2 : 64;
		struct token *tokens = ARENA_ARRAY(p->tc->arena, struct token, grown);
		if (p->count) memcpy(tokens, p->tokens, sizeof *tokens * (size_t)p->count);
		p->tokens = tokens;
		*capacity = grown;
	}
	struct token *token = &p->tokens[p->count++];
	*token = (struct token){.match = -1, .inside = -1};
	return token;
}

static void advance(const char *text, size_t n, int *line, int *column)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n') {
			++*line;
			*column = 1;
		} else if (((unsigned char)text[i] & 0xC0) != 0x80) { /* columns are characters */
			++*column;
		}
	}
}

static void tokenize(struct parser *p)
{
	const char *at = p->template->source, *end = at + p->template->length;
	int line = 1, column = 1, capacity = 0;
	while (at < end) {
		const char *open = strstr(at, "{{");
		size_t n = (size_t)((open ? open : end) - at);
		if (n) {
			struct token *text = token_add(p, &capacity);
			text->kind = TOKEN_TEXT;
			text->text = at;
			text->length = n;
			text->line = line;
			text->column = column;
			advance(at, n, &line, &column);
		}
		if (!open) break;
		const char *close = strstr(open + 2, "}}");
		if (!close) {
			tmplc_error(p->tc, p->template, line, column, "{{ is not closed");
			return;
		}
		struct token *tag = token_add(p, &capacity);
		tag->line = line;
		tag->column = column;
		read_tag(p, tag, open + 2, (size_t)(close - open - 2));
		if (open[2] == '{' && close[2] == '}') close++;
		advance(open, (size_t)(close + 2 - open), &line, &column);
		at = close + 2;
	}
}

/* Pairs every opening tag with its closing one. */
static bool match(struct parser *p)
{
	int errors = p->tc->errors, open = -1;
	for (int i = 0; i < p->count; i++) {
		struct token *token = &p->tokens[i];
		if (token->kind == TOKEN_CLOSE) {
			if (open < 0) {
				tmplc_error(p->tc, p->template, token->line, token->column, "{{/%s}} closes nothing", token->name);
				continue;
			}
			struct token *opener = &p->tokens[open];
			if (strcmp(closing_name(opener), token->name) != 0) {
				tmplc_error(p->tc, p->template, token->line, token->column, "{{/%s}} stands where {{/%s}} of line %d must",
					token->name, closing_name(opener), opener->line);
				return false;
			}
			opener->match = i;
			token->match = open;
			open = token->inside = opener->inside;
		} else {
			token->inside = open;
			if (token->kind == TOKEN_OPEN) open = i;
		}
	}
	for (; open >= 0; open = p->tokens[open].inside) {
		tmplc_error(p->tc, p->template, p->tokens[open].line, p->tokens[open].column, "{{/%s}} is missing", closing_name(&p->tokens[open]));
	}
	return p->tc->errors == errors;
}

/* Only white space between the start of the line and token i: how many bytes of it; −1 where there is something else. */
static int blank_before(const struct parser *p, int i)
{
	if (i == 0) return 0;
	const struct token *token = &p->tokens[i - 1];
	if (token->kind != TOKEN_TEXT) return -1;
	size_t n = token->length;
	while (n && blank(token->text[n - 1])) n--;
	if (n == 0 ? i == 1 : token->text[n - 1] == '\n') return (int)(token->length - n);
	return -1;
}

/* Only white space between token i and the end of the line: how many bytes with the line's end; −1 otherwise. */
static int blank_after(const struct parser *p, int i)
{
	if (i == p->count - 1) return 0;
	const struct token *token = &p->tokens[i + 1];
	if (token->kind != TOKEN_TEXT) return -1;
	size_t n = 0;
	while (n < token->length && blank(token->text[n])) n++;
	if (n == token->length) return i + 1 == p->count - 1 ? (int)n : -1;
	if (token->text[n] == '\n') return (int)n + 1;
	if (token->text[n] == '\r' && n + 1 < token->length && token->text[n + 1] == '\n') return (int)n + 2;
	return -1;
}

static void drop_before(struct parser *p, int i, int bytes)
{
	if (bytes <= 0) return;
	struct token *text = &p->tokens[i - 1];
	text->drop_right = (size_t)bytes;
}

static void drop_after(struct parser *p, int i, int bytes)
{
	if (bytes > 0) p->tokens[i + 1].drop_left = (size_t)bytes;
}

static const char *indent_before(struct parser *p, int i, int bytes)
{
	if (bytes <= 0) return "";
	const struct token *text = &p->tokens[i - 1];
	return arena_strndup(p->tc->arena, text->text + text->length - bytes, (size_t)bytes);
}

static bool in_parent(const struct parser *p, int i)
{
	int open = p->tokens[i].inside;
	return open >= 0 && p->tokens[open].node == NODE_PARENT;
}

static void lay_out(struct parser *p)
{
	for (int i = 0; i < p->count; i++) {
		struct token *token = &p->tokens[i];
		if (!token->may_stand_alone || token->kind == TOKEN_TEXT) continue;
		int before = blank_before(p, i), after = blank_after(p, i);
		token->indent = indent_before(p, i, before);
		enum node_kind node = token->kind == TOKEN_CLOSE ? p->tokens[token->match].node : token->node;
		if (node == NODE_PARENT) {
			if (token->kind != TOKEN_OPEN) continue;
			int last = blank_after(p, token->match);
			if (before < 0 || last < 0) {
				token->indent = "";
				continue;
			}
			token->alone = true;
			drop_before(p, i, before);
			drop_after(p, token->match, last);
		} else if (node == NODE_BLOCK && in_parent(p, i)) {
			if (token->kind == TOKEN_OPEN && after > 0) {
				token->alone = true;
				drop_after(p, i, after);
			} else if (token->kind == TOKEN_CLOSE) {
				drop_before(p, i, before);
			}
		} else if (before >= 0 && after >= 0) {
			token->alone = true;
			drop_before(p, i, before);
			drop_after(p, i, after);
		} else if (node == NODE_PARTIAL) {
			token->indent = "";
		}
	}
}

static const char *leading_blank(struct arena *arena, const char *text, size_t n)
{
	size_t blanks = 0;
	while (blanks < n && blank(text[blanks])) blanks++;
	return arena_strndup(arena, text, blanks);
}

/* The indentation of a block's first line. */
static const char *intrinsic(struct arena *arena, const struct node *block)
{
	const struct node *first = block->child;
	if (!block->alone || !first) return NULL;
	if (first->kind == NODE_TEXT) return leading_blank(arena, first->text, first->length);
	return first->indent;
}

/* Takes up to n bytes of white space off the start of every line of a block given to a parent. */
static void dedent(struct arena *arena, struct node *node, size_t n, bool *line_start)
{
	for (; node; node = node->next) {
		if (node->indent) node->indent += strlen(node->indent) < n ? strlen(node->indent) : n;
		if (node->kind == NODE_TEXT) {
			char *text = arena_alloc(arena, node->length + 1);
			size_t used = 0, skipped = *line_start ? 0 : n;
			for (size_t i = 0; i < node->length; i++) {
				char c = node->text[i];
				if (skipped < n && blank(c)) {
					skipped++;
					continue;
				}
				skipped = c == '\n' ? 0 : n;
				text[used++] = c;
			}
			*line_start = skipped == 0;
			node->text = text;
			node->length = used;
		} else if (node->kind == NODE_VALUE || node->kind == NODE_ASSET || node->kind == NODE_ICON) {
			*line_start = false;
		}
		if (node->kind != NODE_PARENT) dedent(arena, node->child, n, line_start);
	}
}

static struct node *build(struct parser *p, int end)
{
	struct node *first = NULL, **link = &first;
	while (p->at < end) {
		int i = p->at++;
		const struct token *token = &p->tokens[i];
		if (token->kind == TOKEN_COMMENT || token->kind == TOKEN_CLOSE) continue;
		if (token->kind == TOKEN_TEXT && token->drop_left + token->drop_right >= token->length) continue;
		struct node *node = ARENA_NEW(p->tc->arena, struct node);
		*node = (struct node){
			.kind = token->kind == TOKEN_TEXT ? NODE_TEXT : token->node, .template = p->template, .line = token->line, .column = token->column,
			.name = token->name, .arg = token->arg, .filter = token->filter, .filter_arg = token->filter_arg, .indent = token->indent,
			.alone = token->alone,
		};
		if (token->kind == TOKEN_TEXT) {
			advance(token->text, token->drop_left, &node->line, &node->column);
			node->text = token->text + token->drop_left;
			node->length = token->length - token->drop_left - token->drop_right;
		} else if (token->kind == TOKEN_OPEN) {
			node->override = token->node == NODE_BLOCK && in_parent(p, i);
			if (node->override) node->id = p->tc->overrides++;
			node->child = build(p, token->match);
			p->at = token->match + 1;
			if (token->node == NODE_BLOCK) {
				const char *own = intrinsic(p->tc->arena, node);
				if (!node->override) {
					if (own && *own) node->indent = own;
				} else if (own && *own) {
					bool line_start = true;
					dedent(p->tc->arena, node->child, strlen(own), &line_start);
				}
			}
		}
		*link = node;
		link = &node->next;
	}
	return first;
}

void parse_template(struct compiler *tc, struct template *template)
{
	struct parser p = {.tc = tc, .template = template};
	tokenize(&p);
	if (!match(&p)) return;
	lay_out(&p);
	template->root = build(&p, p.count);
}
