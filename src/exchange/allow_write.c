#include "exchange/allow_write.h"

#include <string.h>

enum { BLANK_MAX = 1024 };

static struct frame *top(struct allow_writer *w)
{
	return &w->frames[w->top];
}

static bool flow(enum frame_kind kind)
{
	return kind <= FRAME_CELL;
}

static bool line(enum frame_kind kind)
{
	return kind == FRAME_LINE || kind == FRAME_HEADING || kind == FRAME_PRE;
}

static void blank_clear(struct allow_writer *w)
{
	w->blank->used = 0;
	w->blank->overflow = false;
}

/* ---- runs of text ---- */

static void inline_close(struct allow_writer *w, int down_to)
{
	while (w->open_count > down_to) buf_printf(w->out, "</%s>", w->open[--w->open_count].tag);
}

static void run_end(struct allow_writer *w)
{
	inline_close(w, 0);
	w->begun = w->gap = false;
	w->breaks = 0;
	blank_clear(w);
}

static bool same(const struct inline_element *a, const struct inline_element *b)
{
	return a->tag == b->tag && (a->href == b->href || (a->href && b->href && strcmp(a->href, b->href) == 0));
}

/* What is wanted, in pre without code, which it has already. */
static int wanted_here(struct allow_writer *w, struct inline_element list[INLINE_MOST])
{
	bool pre = top(w)->kind == FRAME_PRE;
	int n = 0;
	for (int i = 0; i < w->wanted_count; i++) {
		if (!pre || strcmp(w->wanted[i].tag, "code") != 0) list[n++] = w->wanted[i];
	}
	return n;
}

static void paragraph_close(struct allow_writer *w)
{
	struct frame *frame = top(w);
	run_end(w);
	if (frame->p_open) buf_text(w->out, "</p>");
	frame->p_open = false;
	frame->broken = frame->said;
}

void allow_write_boundary(struct allow_writer *w)
{
	struct frame *frame = top(w);
	if (w->plain) prose_plain_gap(w->plain);
	else if (flow(frame->kind)) paragraph_close(w);
	else if (frame->kind == FRAME_PRE && w->begun) buf_char(w->blank, '\n');
	else if (line(frame->kind)) w->gap = true;
}

static void rule_due(struct allow_writer *w, struct frame *frame)
{
	if (frame->rule && frame->said) buf_text(w->out, "<hr>");
	frame->rule = false;
}

static void frame_open(struct allow_writer *w, struct frame *frame)
{
	if (frame->kind == FRAME_HEADING) {
		frame->rank = prose_rank(&w->rank, frame->level);
		buf_printf(w->out, "<h%d>", frame->rank);
	} else if (frame->kind == FRAME_PRE) {
		buf_text(w->out, "<pre tabindex=\"0\"><code>");
	} else {
		buf_printf(w->out, frame->kind == FRAME_TABLE ? "<div class=\"scroll\" tabindex=\"0\"><%s%s>" : "<%s%s>", frame->tag, frame->attributes);
	}
	frame->opened = true;
}

static void frame_close(struct allow_writer *w, struct frame *frame)
{
	if (!frame->opened) return;
	if (frame->kind == FRAME_HEADING) buf_printf(w->out, "</h%d>", frame->rank);
	else if (frame->kind == FRAME_PRE) buf_text(w->out, "</code></pre>");
	else buf_printf(w->out, frame->kind == FRAME_TABLE ? "</%s></div>" : "</%s>", frame->tag);
}

static void open_all(struct allow_writer *w)
{
	for (int i = 1; i <= w->top; i++) {
		if (w->frames[i].opened) continue;
		rule_due(w, &w->frames[i - 1]);
		frame_open(w, &w->frames[i]);
	}
}

/* Everything that has to stand before a word. */
static void word_begin(struct allow_writer *w)
{
	struct frame *frame = top(w);
	if (w->breaks > 1 && flow(frame->kind)) paragraph_close(w); /* two line ends were a paragraph's end in their day */
	open_all(w);
	if (flow(frame->kind) && !w->begun) {
		rule_due(w, frame);
		frame->p_open = frame->kind <= FRAME_FIGURE || frame->in_p || frame->broken;
		if (frame->p_open) buf_text(w->out, "<p>");
	}
	struct inline_element list[INLINE_MOST];
	int n = wanted_here(w, list), kept = 0;
	while (kept < n && kept < w->open_count && same(&list[kept], &w->open[kept])) kept++;
	inline_close(w, kept);
	if (frame->kind == FRAME_PRE) buf_add(w->out, w->blank->bytes, w->blank->used);
	else if (w->begun && w->breaks && frame->kind != FRAME_HEADING) buf_text(w->out, "<br>");
	else if (w->begun && (w->gap || w->breaks)) buf_char(w->out, ' ');
	for (; kept < n; kept++) {
		if (list[kept].href) prose_link(w->out, list[kept].href);
		else buf_printf(w->out, "<%s>", list[kept].tag);
		w->open[w->open_count++] = list[kept];
	}
	w->begun = true;
	w->gap = false;
	w->breaks = 0;
	blank_clear(w);
	for (int i = 0; i <= w->top; i++) w->frames[i].said = true;
}

static bool fit(struct allow_writer *w)
{
	enum frame_kind kind = top(w)->kind;
	if (kind == FRAME_LIST || kind == FRAME_TERMS) {
		if (!allow_write_push(w, FRAME_ITEM, kind == FRAME_LIST ? "li" : "dd", "")) return false;
		top(w)->implicit = true;
	}
	return top(w)->kind < FRAME_TABLE;
}

static bool white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Bytes of the control character that stands here (C0, DEL, C1): left out. */
static size_t control(const char *p)
{
	unsigned char c = (unsigned char)*p;
	if ((c < ' ' && !white(*p)) || c == 0x7F) return 1;
	return c == 0xC2 && ((unsigned char)p[1] & 0xE0) == 0x80 ? 2 : 0;
}

static bool nothing_to_see(const char *text)
{
	for (const char *p = text; *p;) {
		size_t n = control(p);
		if (white(*p)) n = 1;
		else if (strncmp(p, "\xC2\xA0", 2) == 0) n = 2;                                                 /* no-break space */
		else if (strncmp(p, "\xE2\x80\x8B", 3) == 0 || strncmp(p, "\xEF\xBB\xBF", 3) == 0) n = 3; /* of no width */
		if (!n) return false;
		p += n;
	}
	return true;
}

static void white_space(struct allow_writer *w, const char *p)
{
	if (top(w)->kind != FRAME_PRE) {
		w->gap = true;
	} else if (*p == '\n' || *p == '\t' || *p == ' ') {
		/* Blank lines at the beginning are nobody's; the first line keeps its indentation. */
		if (*p == '\n' && !w->begun) blank_clear(w);
		else if (w->blank->used < BLANK_MAX) buf_char(w->blank, *p);
	}
}

void allow_write_text(struct allow_writer *w, const char *text)
{
	if (w->plain) {
		prose_plain_add(w->plain, text, strlen(text));
		return;
	}
	bool pre = top(w)->kind == FRAME_PRE;
	if (!pre && nothing_to_see(text)) {
		w->gap = w->gap || *text;
		return;
	}
	if (!fit(w)) return;
	while (*text) {
		size_t skip = control(text), n = 0;
		if (white(*text)) {
			white_space(w, text);
			skip = 1;
		}
		if (skip) {
			text += skip;
			continue;
		}
		while (text[n] && !white(text[n]) && !control(text + n)) n++;
		word_begin(w);
		for (size_t i = 0; i < n; i++) {
			char one[2] = {text[i], '\0'};
			if (strchr("&<>\"'", text[i])) buf_html(w->out, one);
			else buf_char(w->out, text[i]);
		}
		text += n;
	}
}

void allow_write_break(struct allow_writer *w)
{
	if (w->plain) prose_plain_gap(w->plain);
	else if (top(w)->kind == FRAME_PRE) white_space(w, "\n");
	else if (w->begun) w->breaks++;
}

void allow_write_rule(struct allow_writer *w)
{
	allow_write_boundary(w);
	if (!w->plain && flow(top(w)->kind) && top(w)->said) top(w)->rule = true;
}

/* ---- blocks ---- */

bool allow_write_p_begin(struct allow_writer *w)
{
	if (!w->plain && !line(top(w)->kind)) fit(w);
	allow_write_boundary(w);
	if (w->plain || !flow(top(w)->kind)) return false;
	top(w)->in_p++;
	return true;
}

void allow_write_p_end(struct allow_writer *w, bool counted)
{
	allow_write_boundary(w);
	if (counted && top(w)->in_p) top(w)->in_p--; /* an item that the source has left out may have ended inside the paragraph */
}

bool allow_write_push(struct allow_writer *w, enum frame_kind kind, const char *tag, const char *attributes)
{
	if (w->plain || line(top(w)->kind)) {
		allow_write_boundary(w);
		return false;
	}
	bool item = top(w)->kind == FRAME_LIST || top(w)->kind == FRAME_TERMS;
	bool place = kind == FRAME_ITEM || (kind == FRAME_LINE && strcmp(tag, "dt") == 0);
	if (item && !place && !fit(w)) return false;
	int room = kind == FRAME_TABLE ? 4 : (kind == FRAME_LIST || kind == FRAME_TERMS) ? 2 : 1;
	if (w->top + room >= FRAME_MOST) {
		allow_write_boundary(w);
		return false;
	}
	if (flow(top(w)->kind)) paragraph_close(w);
	if (kind == FRAME_TABLE) {
		struct allow_writer **saved = &w->saved[w->tables];
		if (!*saved) *saved = ARENA_NEW(w->arena, struct allow_writer);
		**saved = *w;
		(*saved)->out_used = w->out->used;
		w->tables++;
	}
	w->frames[++w->top] = (struct frame){.kind = kind, .tag = tag, .attributes = attributes};
	run_end(w);
	if (kind == FRAME_CELL) open_all(w); /* an empty cell holds its place */
	return true;
}

bool allow_write_heading(struct allow_writer *w, int level)
{
	if (!allow_write_push(w, FRAME_HEADING, "", "")) return false;
	top(w)->level = level;
	return true;
}

/* A table in which nothing was said was never begun. */
static void table_forget(struct allow_writer *w)
{
	struct allow_writer keep = *w;
	*w = *w->saved[w->tables - 1];
	memcpy(w->saved, keep.saved, sizeof w->saved);
	memcpy(w->wanted, keep.wanted, sizeof w->wanted);
	w->wanted_count = keep.wanted_count;
	w->out->used = w->out_used;
	if (w->out->bytes) w->out->bytes[w->out->used] = '\0';
}

void allow_write_pop(struct allow_writer *w, int depth)
{
	while (!w->plain && w->top > depth) {
		struct frame *frame = top(w);
		if (flow(frame->kind)) paragraph_close(w);
		run_end(w);
		if (frame->kind == FRAME_TABLE && !frame->said) {
			table_forget(w);
			continue;
		}
		frame_close(w, frame);
		w->tables -= frame->kind == FRAME_TABLE;
		w->top--;
		top(w)->broken = top(w)->said;
	}
}

void allow_write_pop_implicit(struct allow_writer *w)
{
	if (!w->plain && top(w)->implicit) allow_write_pop(w, w->top - 1);
}

/* ---- inline elements ---- */

bool allow_write_inline(struct allow_writer *w, const char *tag, const char *href)
{
	for (int i = 0; i < w->wanted_count; i++) {
		if (strcmp(w->wanted[i].tag, tag) == 0) return false;
	}
	if (w->wanted_count == INLINE_MOST) return false;
	w->wanted[w->wanted_count++] = (struct inline_element){tag, href};
	return true;
}

void allow_write_inline_end(struct allow_writer *w)
{
	w->wanted_count--;
}

void allow_write_begin(struct allow_writer *w)
{
	w->frames[0] = (struct frame){.kind = FRAME_ROOT, .opened = true};
}

void allow_write_end(struct allow_writer *w)
{
	allow_write_pop(w, 0);
	if (!w->plain) paragraph_close(w);
}
