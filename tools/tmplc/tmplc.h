/* Tmplc: compiles the templates into one C file, at build.
 *
 * Mustache syntax, of which the double brace escapes by the HTML that stands around it: the compiler follows the HTML of every
 * template (html.c) and refuses, with file:line:column, a value where no escaping would make it safe. All templates are compiled
 * together, so a missing partial, a block that the parent does not have and an unbalanced section are found here and not by a reader.
 *
 *   parse.c   text → tokens → tree; the whitespace rules of standalone tags
 *   html.c    where in the HTML a byte stands
 *   check.c   tree × HTML: each value gets its escaping, each message its msgid
 *   emit.c    tree → C, with #line directives so that xgettext and the C compiler point at the template
 *
 * Written text (src/exchange/prose.h) comes as HTML: {{x_html | ready}} puts it in, as it is, in an element's content and nowhere else.
 *
 * Departures from the Mustache specification: no {{{raw}}} and {{&raw}}; no delimiter change; no lambdas; what the
 * specification lets render as nothing (a missing partial, a misspelt block) is an error of the build. */
#ifndef STURGEON_TOOLS_TMPLC_H
#define STURGEON_TOOLS_TMPLC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,    /* {{x}}, {{x | filter arg}} */
	NODE_SECTION,  /* {{#x}} */
	NODE_INVERTED, /* {{^x}} */
	NODE_IS,       /* {{#is x word}} */
	NODE_IS_NOT,   /* {{^is x word}} */
	NODE_PARTIAL,  /* {{> x}} */
	NODE_PARENT,   /* {{< x}} */
	NODE_BLOCK,    /* {{$x}} */
	NODE_MESSAGE,  /* {{#t}} */
	NODE_PLURAL,   /* {{#tn x}} */
	NODE_ASSET,    /* {{asset:x}} */
	NODE_ICON,     /* {{icon:x}} */
};

/* Where in the HTML. */
enum html_kind {
	HTML_TEXT,
	HTML_TAG_OPEN,     /* after < */
	HTML_TAG_NAME,
	HTML_END_TAG,
	HTML_TAG,          /* between attributes */
	HTML_ATTR_NAME,
	HTML_ATTR_ENDED,   /* white space after the name */
	HTML_ATTR_EITHER,  /* after a section that may have ended with an attribute's name */
	HTML_BEFORE_VALUE, /* after = */
	HTML_VALUE,        /* inside quotes */
	HTML_UNQUOTED,
	HTML_RAW,          /* script, style */
	HTML_RCDATA,       /* title, textarea */
	HTML_COMMENT,
	HTML_DECLARATION,
};

struct html {
	enum html_kind kind;
	char quote;
	bool started;      /* a value has something in it already: what follows is a part of it and not its start */
	bool json;         /* the script is application/json */
	bool src;          /* the script has a src */
	bool pre;          /* white space is kept */
	char element[16];
	char attr[32];
	char value[32];    /* the first bytes of the value, lower case */
	size_t value_used;
};

enum attr_class {
	ATTR_PLAIN,
	ATTR_URL,
	ATTR_JSON,      /* only {{x | json}} may stand in it */
	ATTR_NO_VALUES, /* no value may stand in it */
	ATTR_REFUSED,   /* the Content-Security-Policy does not let it work at all */
};

/* How a value is written; the names of enum tmpl_escape in src/web/tmpl.h. */
enum escape { ESCAPE_HTML, ESCAPE_URL, ESCAPE_URL_PART, ESCAPE_SCRIPT_JSON, ESCAPE_READY };

struct template;

struct node {
	enum node_kind kind;
	struct node *next, *child;
	struct template *template;
	int line, column;
	const char *name;       /* path, partial, parent, block, asset, icon */
	const char *arg;        /* is: the word; message: its context */
	const char *filter, *filter_arg;
	const char *text;       /* NODE_TEXT */
	size_t length;
	const char *indent;     /* white space that stood before a standalone tag; of a block: of the lines that replace it */
	bool alone;             /* the opening tag had its line to itself */
	bool override;          /* a block given to a parent */
	int id;                 /* of an override: of its function */
	/* set by check */
	bool checked;
	struct html html;       /* block: where it stands */
	enum escape escape;     /* value */
	const char *msgid, *msgid_many;
	const char *lead, *tail; /* message: white space around it, which is not the translator's */
};

struct template {
	const char *name;       /* path under the root, without .html */
	const char *path;       /* as messages name it */
	const char *source;
	size_t length;
	struct node *root;
	bool checked;
};

struct compiler {
	struct arena *arena;
	struct template *templates; /* sorted by name */
	size_t count;
	const char *icons;      /* the folder in which NAME.svg stands for each {{icon:NAME}}; NULL: not looked at */
	const char *labels;     /* the text of labels.def, for {{x | label GROUP}}; NULL: not looked at */
	bool squeeze;           /* white space at the start of lines is left out where HTML does not see it */
	int overrides;
	int errors;
};

/* Says what is wrong at line:column; the build goes on to find more, and fails at the end. */
void tmplc_error(struct compiler *tc, const struct template *template, int line, int column, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
struct template *tmplc_find(struct compiler *tc, const char *name);

void parse_template(struct compiler *tc, struct template *template);

struct html html_start(void);
/* Takes n bytes of literal HTML; *line and *column follow. Says false with the mistake where the HTML is not allowed. */
bool html_feed(struct html *html, const char *text, size_t n, int *line, int *column, const char **ret_mistake);
enum attr_class html_attr_class(const char *attr);
/* One place in HTML reached by two ways (with and without a section): false where they differ. */
bool html_join(struct html *html, const struct html *other);
bool html_same_place(const struct html *a, const struct html *b);
const char *html_describe(const struct html *html);

void check_template(struct compiler *tc, struct template *template);

/* symbol names the table; references of errors and messages are to the templates' paths. */
void emit_templates(struct compiler *tc, const char *symbol, struct buf *out);

#endif
