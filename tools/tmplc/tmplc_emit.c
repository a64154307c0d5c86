/* The tree as C: a function a template, a function a block given to a parent, a table of names. The functions that the code
 * calls are src/web/tmpl.h. */
#include "tmplc.h"

#include <string.h>

struct emitter {
	struct compiler *tc;
	struct buf *out;
	const char **paths;   /* p_N */
	size_t path_count;
	const char **blocks;  /* names of blocks, by number */
	size_t block_count;
	const char **assets, **icons;
	size_t asset_count, icon_count;
	size_t capacity;
	int serial;           /* of the variables of sections, so that none hides another */
};

static void emit_nodes(struct emitter *e, const struct node *node, int depth);

static void quoted(struct buf *out, const char *text, size_t n)
{
	buf_char(out, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '"' || c == '\\') buf_printf(out, "\\%c", c);
		else if (c == '\n') buf_text(out, "\\n");
		else if (c == '\t') buf_text(out, "\\t");
		else if (c < 32 || c == '?') buf_printf(out, "\\%03o", c);
		else buf_char(out, (char)c);
	}
	buf_char(out, '"');
}

static void quoted_text(struct buf *out, const char *text)
{
	quoted(out, text, strlen(text));
}

static void tabs(struct emitter *e, int depth)
{
	for (int i = 0; i < depth; i++) buf_char(e->out, '\t');
}

static size_t intern(const char ***list, size_t *count, size_t capacity, const char *name)
{
	for (size_t i = 0; i < *count; i++) {
		if (strcmp((*list)[i], name) == 0) return i;
	}
	if (*count < capacity) (*list)[(*count)++] = name;
	return *count - 1;
}

static void line(struct emitter *e, const struct node *node)
{
	buf_printf(e->out, "#line %d ", node->line);
	quoted_text(e->out, node->template->path);
	buf_char(e->out, '\n');
}

/* The C expression of a path's value. */
static void path(struct emitter *e, const char *name)
{
	bool frame = strncmp(name, "frame.", 6) == 0;
	size_t n = intern(&e->paths, &e->path_count, e->capacity, frame ? name + 6 : name);
	buf_printf(e->out, "%s(c, p_%zu)", frame ? "tmpl_frame" : "tmpl_get", n);
}

/* The C expression of a condition. */
static void condition(struct emitter *e, const char *name)
{
	if (strcmp(name, "-first") == 0) {
		buf_text(e->out, "tmpl_first(c)");
	} else if (strcmp(name, "-last") == 0) {
		buf_text(e->out, "tmpl_last(c)");
	} else {
		buf_text(e->out, "tmpl_true(");
		path(e, name);
		buf_char(e->out, ')');
	}
}

static const char *const escapes[] = {
	[ESCAPE_HTML] = "TMPL_HTML", [ESCAPE_URL] = "TMPL_URL", [ESCAPE_URL_PART] = "TMPL_URL_PART", [ESCAPE_SCRIPT_JSON] = "TMPL_SCRIPT_JSON",
	[ESCAPE_READY] = "TMPL_READY",
};

/* {value, escape, filter, its word}: what a value needs wherever it stands. */
static void value(struct emitter *e, const struct node *node)
{
	if (strcmp(node->name, "-index") == 0) buf_text(e->out, "tmpl_index(c)");
	else path(e, node->name);
	buf_printf(e->out, ", %s, ", escapes[node->escape]);
	if (node->filter) buf_printf(e->out, "filter_%s, ", node->filter);
	else buf_text(e->out, "NULL, ");
	if (node->filter_arg) quoted_text(e->out, node->filter_arg);
	else buf_text(e->out, "NULL");
}

static void emit_message(struct emitter *e, const struct node *node, int depth)
{
	size_t args = 0;
	if (*node->lead) {
		tabs(e, depth);
		buf_text(e->out, "tmpl_text(c, \" \", 1);\n");
	}
	tabs(e, depth);
	buf_text(e->out, "{\n");
	for (const struct node *child = node->child; child; child = child->next) {
		if (child->kind != NODE_VALUE) continue;
		tabs(e, depth + 1);
		buf_text(e->out, args++ ? "\t" : "struct tmpl_arg args[] = {\n");
		if (args == 1) {
			tabs(e, depth + 1);
			buf_char(e->out, '\t');
		}
		buf_char(e->out, '{');
		quoted_text(e->out, child->name);
		buf_text(e->out, ", ");
		value(e, child);
		buf_text(e->out, "},\n");
	}
	if (args) {
		tabs(e, depth + 1);
		buf_text(e->out, "};\n");
	}
	line(e, node);
	tabs(e, depth + 1);
	buf_text(e->out, "tmpl_message(c, ");
	if (node->kind == NODE_PLURAL) {
		buf_text(e->out, node->arg ? "tmpl_tcn(c, " : "tmpl_tn(c, ");
		if (node->arg) quoted_text(e->out, node->arg), buf_text(e->out, ", ");
		quoted_text(e->out, node->msgid);
		buf_text(e->out, ", ");
		quoted_text(e->out, node->msgid_many);
		buf_text(e->out, ", ");
		path(e, node->name);
		buf_char(e->out, ')');
	} else {
		buf_text(e->out, node->arg ? "tmpl_tc(c, " : "tmpl_t(c, ");
		if (node->arg) quoted_text(e->out, node->arg), buf_text(e->out, ", ");
		quoted_text(e->out, node->msgid);
		buf_char(e->out, ')');
	}
	buf_printf(e->out, ", %s, %zu, %s);\n", args ? "args" : "NULL", args, node->html.kind == HTML_VALUE ? "true" : "false");
	tabs(e, depth);
	buf_text(e->out, "}\n");
	if (*node->tail) {
		tabs(e, depth);
		buf_text(e->out, "tmpl_text(c, \" \", 1);\n");
	}
}

static size_t template_number(const struct emitter *e, const char *name)
{
	return (size_t)(tmplc_find(e->tc, name) - e->tc->templates);
}

static void emit_call(struct emitter *e, const struct node *node, const char *given, int depth)
{
	tabs(e, depth);
	buf_printf(e->out, "tmpl_call(c, t_%zu, %s, ", template_number(e, node->name), given);
	quoted_text(e->out, node->indent ? node->indent : "");
	buf_text(e->out, ");\n");
}

static void emit_parent(struct emitter *e, const struct node *node, int depth)
{
	size_t overrides = 0;
	for (const struct node *block = node->child; block; block = block->next) {
		if (block->kind != NODE_BLOCK) continue;
		if (!overrides++) {
			tabs(e, depth);
			buf_text(e->out, "{\n");
			tabs(e, depth + 1);
			buf_text(e->out, "static const struct tmpl_override overrides[] = {");
		}
		buf_printf(e->out, "{%zu, o_%d}, ", intern(&e->blocks, &e->block_count, e->capacity, block->name), block->id);
	}
	if (!overrides) {
		emit_call(e, node, "NULL", depth);
		return;
	}
	buf_text(e->out, "};\n");
	tabs(e, depth + 1);
	buf_printf(e->out, "struct tmpl_given given = {overrides, %zu, c->given};\n", overrides);
	emit_call(e, node, "&given", depth + 1);
	tabs(e, depth);
	buf_text(e->out, "}\n");
}

static void emit_section(struct emitter *e, const struct node *node, int depth)
{
	bool flag = strcmp(node->name, "-first") == 0 || strcmp(node->name, "-last") == 0;
	tabs(e, depth);
	if (flag) {
		buf_text(e->out, "if (");
		condition(e, node->name);
		buf_text(e->out, ") {\n");
	} else {
		int n = e->serial++;
		buf_printf(e->out, "for (struct tmpl_section s_%d = tmpl_section(", n);
		path(e, node->name);
		buf_printf(e->out, "); tmpl_next(c, &s_%d);) {\n", n);
	}
	emit_nodes(e, node->child, depth + 1);
	tabs(e, depth);
	buf_text(e->out, "}\n");
}

static void emit_if(struct emitter *e, const struct node *node, int depth)
{
	tabs(e, depth);
	buf_text(e->out, node->kind == NODE_IS ? "if (" : "if (!");
	if (node->kind == NODE_INVERTED) {
		condition(e, node->name);
	} else {
		buf_text(e->out, "tmpl_is(");
		if (strcmp(node->name, "-index") == 0) buf_text(e->out, "tmpl_index(c)");
		else path(e, node->name);
		buf_text(e->out, ", ");
		quoted_text(e->out, node->arg);
		buf_char(e->out, ')');
	}
	buf_text(e->out, ") {\n");
	emit_nodes(e, node->child, depth + 1);
	tabs(e, depth);
	buf_text(e->out, "}\n");
}

static void emit_nodes(struct emitter *e, const struct node *node, int depth)
{
	for (; node; node = node->next) {
		switch (node->kind) {
		case NODE_TEXT:
			tabs(e, depth);
			buf_text(e->out, "tmpl_text(c, ");
			quoted(e->out, node->text, node->length);
			buf_printf(e->out, ", %zu);\n", node->length);
			break;
		case NODE_VALUE:
			tabs(e, depth);
			buf_text(e->out, "tmpl_put(c, ");
			value(e, node);
			buf_text(e->out, ");\n");
			break;
		case NODE_SECTION:
			emit_section(e, node, depth);
			break;
		case NODE_INVERTED:
		case NODE_IS:
		case NODE_IS_NOT:
			emit_if(e, node, depth);
			break;
		case NODE_BLOCK:
			tabs(e, depth);
			buf_printf(e->out, "if (!tmpl_block(c, %zu, ", intern(&e->blocks, &e->block_count, e->capacity, node->name));
			quoted_text(e->out, node->indent ? node->indent : "");
			buf_text(e->out, ")) {\n");
			emit_nodes(e, node->child, depth + 1);
			tabs(e, depth);
			buf_text(e->out, "}\n");
			break;
		case NODE_PARTIAL:
			emit_call(e, node, "NULL", depth);
			break;
		case NODE_PARENT:
			emit_parent(e, node, depth);
			break;
		case NODE_MESSAGE:
		case NODE_PLURAL:
			emit_message(e, node, depth);
			break;
		case NODE_ASSET:
		case NODE_ICON:
			if (node->kind == NODE_ASSET) intern(&e->assets, &e->asset_count, e->capacity, node->name);
			else intern(&e->icons, &e->icon_count, e->capacity, node->name);
			tabs(e, depth);
			buf_printf(e->out, "tmpl_%s(c, ", node->kind == NODE_ASSET ? "asset" : "icon");
			quoted_text(e->out, node->name);
			buf_text(e->out, ");\n");
			break;
		}
	}
}

static void emit_function(struct emitter *e, const char *name, const struct node *node)
{
	buf_printf(e->out, "\nstatic void %s(struct tmpl_context *c)\n{\n", name);
	if (!node) buf_text(e->out, "\t(void)c;\n");
	emit_nodes(e, node, 1);
	buf_text(e->out, "}\n");
}

/* The blocks given to parents, wherever they stand. */
static void emit_overrides(struct emitter *e, const struct node *node)
{
	for (; node; node = node->next) {
		emit_overrides(e, node->child);
		if (node->override) emit_function(e, arena_printf(e->tc->arena, "o_%d", node->id), node->child);
	}
}

/* p_N: the path's words; "" first where the path begins with a point and only the nearest value counts. */
static void emit_path(struct emitter *e, size_t n)
{
	const char *name = e->paths[n];
	buf_printf(e->out, "static const char *const p_%zu[] = {", n);
	if (strcmp(name, ".") != 0) {
		for (;;) {
			size_t word = strcspn(name, ".");
			quoted(e->out, name, word);
			buf_text(e->out, ", ");
			if (!name[word]) break;
			name += word + 1;
		}
	}
	buf_text(e->out, "NULL};\n");
}

static void emit_names(struct buf *out, const char *what, const char *const *names, size_t count)
{
	buf_printf(out, "\nstatic const char *const %s[] = {", what);
	for (size_t i = 0; i < count; i++) {
		quoted_text(out, names[i]);
		buf_text(out, ", ");
	}
	buf_text(out, "NULL};\n");
}

void emit_templates(struct compiler *tc, const char *symbol, struct buf *out)
{
	struct buf functions;
	buf_init(&functions, out->max);
	size_t capacity = 1;
	for (size_t i = 0; i < tc->count; i++) capacity += tc->templates[i].length; /* no template has more names than bytes */
	struct emitter e = {.tc = tc, .out = &functions, .capacity = capacity};
	e.paths = ARENA_ARRAY(tc->arena, const char *, capacity);
	e.blocks = ARENA_ARRAY(tc->arena, const char *, capacity);
	e.assets = ARENA_ARRAY(tc->arena, const char *, capacity);
	e.icons = ARENA_ARRAY(tc->arena, const char *, capacity);
	for (size_t i = 0; i < tc->count; i++) {
		emit_overrides(&e, tc->templates[i].root);
		emit_function(&e, arena_printf(tc->arena, "t_%zu", i), tc->templates[i].root);
	}

	e.out = out;
	buf_text(out, "/* Made by tools/tmplc from the templates; not for hands. */\n#include \"web/filter.h\"\n#include \"web/tmpl.h\"\n\n");
	for (size_t i = 0; i < e.path_count; i++) emit_path(&e, i);
	buf_char(out, '\n');
	for (int i = 0; i < tc->overrides; i++) buf_printf(out, "static void o_%d(struct tmpl_context *c);\n", i);
	for (size_t i = 0; i < tc->count; i++) buf_printf(out, "static void t_%zu(struct tmpl_context *c);\n", i);
	if (functions.used) buf_add(out, functions.bytes, functions.used);
	buf_done(&functions);

	buf_text(out, "\nstatic const struct tmpl_entry entries[] = {\n");
	for (size_t i = 0; i < tc->count; i++) {
		buf_text(out, "\t{");
		quoted_text(out, tc->templates[i].name);
		buf_printf(out, ", t_%zu},\n", i);
	}
	buf_text(out, "\t{NULL, NULL},\n};\n");
	emit_names(out, "assets", e.assets, e.asset_count);
	emit_names(out, "icons", e.icons, e.icon_count);
	buf_printf(out, "\nconst struct tmpl_table %s = {entries, %zu, assets, icons};\n", symbol, tc->count);
}
