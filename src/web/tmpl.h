/* Tmpl: the pages in templates/, compiled by tools/tmplc, rendered with a model.
 *
 * A page calls tmpl_render; everything below the line is for the generated code. What the templates may say is in
 * docs/templates.md.
 *
 * Names are looked up in the model, from the innermost section outwards; `frame.…` names only the frame, so a model cannot pass
 * itself off as one. Of the frame this file itself reads: lang ("uk", "en"), currency ("UAH"), now (an ISO moment; the clock where
 * absent). As in JavaScript, null, false, 0, "" and [] are not true; {} is.
 *
 * Invariant: no byte of a value reaches the page but through the escaping that the compiler chose for its place, and HTML that is ready
 * (exchange/prose.h) where the template says so. */
#ifndef STURGEON_WEB_TMPL_H
#define STURGEON_WEB_TMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/tr.h"

struct tmpl_table;

/* Adds the page to out. False where there is no such template, out overflowed, or the model nests deeper than TMPL_DEPTH. The
 * values are borrowed for the time of the call. */
bool tmpl_render(const char *name, json_t *model, json_t *frame, struct buf *out);
bool tmpl_render_from(const struct tmpl_table *table, const char *name, json_t *model, json_t *frame, struct buf *out);

/* ---- for the generated code and src/web/filter.c ---- */

enum { TMPL_DEPTH = 64, TMPL_CALLS = 100, TMPL_INDENT = 128 };

enum tmpl_escape {
	TMPL_HTML,        /* text and quoted attributes */
	TMPL_URL,         /* a whole address, or its beginning: only a harmless one is written */
	TMPL_URL_PART,    /* inside an address: percent-encoded */
	TMPL_SCRIPT_JSON, /* in <script type="application/json">; the filter has escaped it */
	TMPL_READY,       /* {{x_html | ready}}: HTML that exchange/markdown.h or allow.h has made */
};

struct tmpl_level {
	json_t *value;
	size_t index, count; /* of the list it stands in; 0 where in none */
};

struct tmpl_context {
	struct buf *out;
	struct tmpl_level levels[TMPL_DEPTH]; /* the innermost last */
	int depth, calls;
	json_t *frame, *index;
	enum lang lang;
	int64_t now;
	const char *currency;
	const struct tmpl_given *given;
	char indent[TMPL_INDENT]; /* what every line of the partial being rendered begins with */
	size_t indent_used;
	bool line_start, failed;
	struct buf scratch;
};

/* The blocks given to a parent, and those that were in force where they were given. */
struct tmpl_override {
	size_t block;
	void (*render)(struct tmpl_context *c);
};
struct tmpl_given {
	const struct tmpl_override *overrides;
	size_t count;
	const struct tmpl_given *outer;
};

struct tmpl_section {
	json_t *value;
	size_t next, count;
	bool list, pushed;
};

struct tmpl_arg {
	const char *name;
	json_t *value;
	enum tmpl_escape escape;
	void (*filter)(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out);
	const char *word;
};

struct tmpl_entry {
	const char *name;
	void (*render)(struct tmpl_context *c);
};
struct tmpl_table {
	const struct tmpl_entry *entries; /* by name */
	size_t count;
	const char *const *assets, *const *icons; /* what the templates name; ended by NULL. A test looks whether they are there */
};
extern const struct tmpl_table tmpl_pages;

void tmpl_text(struct tmpl_context *c, const char *bytes, size_t n);
void tmpl_put(struct tmpl_context *c, json_t *value, enum tmpl_escape escape,
	void (*filter)(struct tmpl_context *, const json_t *, const char *, struct buf *), const char *word);
void tmpl_asset(struct tmpl_context *c, const char *name);
void tmpl_icon(struct tmpl_context *c, const char *name);

json_t *tmpl_get(const struct tmpl_context *c, const char *const *path);
json_t *tmpl_frame(const struct tmpl_context *c, const char *const *path);
json_t *tmpl_index(const struct tmpl_context *c);
bool tmpl_first(const struct tmpl_context *c);
bool tmpl_last(const struct tmpl_context *c);
bool tmpl_true(const json_t *value);
bool tmpl_is(const json_t *value, const char *word);

struct tmpl_section tmpl_section(json_t *value);
bool tmpl_next(struct tmpl_context *c, struct tmpl_section *section);

void tmpl_call(struct tmpl_context *c, void (*render)(struct tmpl_context *), const struct tmpl_given *given, const char *indent);
bool tmpl_block(struct tmpl_context *c, size_t block, const char *indent);

/* xgettext finds messages by these names. */
const char *tmpl_t(const struct tmpl_context *c, const char *msgid);
const char *tmpl_tc(const struct tmpl_context *c, const char *context, const char *msgid);
const char *tmpl_tn(const struct tmpl_context *c, const char *one, const char *many, const json_t *count);
const char *tmpl_tcn(const struct tmpl_context *c, const char *context, const char *one, const char *many, const json_t *count);
void tmpl_message(struct tmpl_context *c, const char *text, const struct tmpl_arg *args, size_t count, bool in_attribute);

void tmpl_plain(const json_t *value, struct buf *out); /* a value as text: numbers at their shortest, lists and objects not at all */

#endif
