#include "app/answer_publish.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer_paper.h"
#include "app/post_text.h"
#include "base/buf.h"
#include "base/moment.h"
#include "base/say.h"
#include "store/answer_store.h"

enum { BODY_BYTES = 16000 };
static const int64_t AGAIN_WITHIN = 10 * MOMENT_MINUTE;

/* What Markdown would take for its own; a line of a name does not begin a line of the text. */
static void plain_add(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\`*_[]<>#|~&!", *text)) buf_char(out, '\\');
		buf_char(out, *text == '\n' || *text == '\r' ? ' ' : *text);
	}
}

static void parts_add(struct buf *out, const json_t *parts)
{
	size_t i;
	json_t *part;
	if (!json_array_size(parts)) return;
	json_array_foreach((json_t *)(uintptr_t)parts, i, part) plain_add(out, json_string_value(json_object_get(part, "text")));
	buf_text(out, "\n\n");
}

/* A sentence that could be said; what is too little to say is not for readers. */
static bool saying_add(struct buf *out, const json_t *saying)
{
	if (!json_is_true(json_object_get(saying, "enough"))) return false;
	parts_add(out, json_object_get(saying, "parts"));
	return true;
}

static void head_add(struct buf *out, const struct paper *p, const char *words)
{
	buf_printf(out, "## %s\n\n", tr(p->lang, words));
}

static void lost_add(struct buf *out, const struct paper *p)
{
	json_t *lost = paper_lost(p), *one;
	size_t i;
	bool any = false;
	json_array_foreach(lost, i, one) any |= json_is_true(json_object_get(json_object_get(one, "saying"), "enough"));
	if (any) head_add(out, p, N_("Where they are lost"));
	json_array_foreach(lost, i, one) saying_add(out, json_object_get(one, "saying"));
	json_decref(lost);
}

static void pair_add(struct buf *out, const struct paper *p, json_t *part, const char *head, const char *one, const char *other)
{
	struct buf said;
	buf_init(&said, BODY_BYTES);
	saying_add(&said, json_object_get(part, one));
	saying_add(&said, json_object_get(part, other));
	if (said.used) {
		if (head) head_add(out, p, head);
		buf_text(out, said.bytes);
	}
	buf_done(&said);
	json_decref(part);
}

/* The answer of a part is told as of a part. */
static enum outcome narrow_add(struct buf *out, const struct paper *p)
{
	const struct answer_given *given = &p->ask.given;
	const char *product = NULL;
	if (*given->segment) buf_printf(out, "%s\n\n", strcmp(given->segment, "b2b") ? tr(p->lang, N_("This is of conversations with private clients alone.")) : tr(p->lang, N_("This is of conversations with companies alone.")));
	if (!given->product_id) return DONE;
	if (answer_product_name(p->use->db, p->use->arena, p->use->who.team_id, given->product_id, &product, &p->use->error)) return FAILED;
	struct say_with with[] = {{"product", product ? product : "…", NULL}, {NULL, NULL, NULL}};
	json_t *parts = answer_say(tr(p->lang, N_("This is of conversations about “{product}” alone.")), with);
	parts_add(out, parts);
	json_decref(parts);
	return DONE;
}

static json_t *counts(const struct paper *p)
{
	const struct tally *t = &p->tally;
	return json_pack("{sI sI sI s[I I] s[I I] sI sI sI sI}", "n", (json_int_t)t->n, "sales", (json_int_t)t->mode[0], "negotiations", (json_int_t)t->mode[1], "lost",
			 (json_int_t)t->outcome[0][OUTCOME_LOST], (json_int_t)t->outcome[1][OUTCOME_LOST], "price_first", (json_int_t)t->price_first[1],
			 (json_int_t)(t->price_first[0] + t->price_first[1]), "packages", (json_int_t)t->measured, "edge", (json_int_t)t->edge, "decided",
			 (json_int_t)(t->decided[0] + t->decided[1]), "won", (json_int_t)t->decided[1]);
}

static const char *kept(struct arena *arena, struct buf *out)
{
	const char *text = arena_strdup(arena, out->bytes ? out->bytes : "");
	buf_done(out);
	return text;
}

static enum outcome write_it(const struct paper *p, struct answer_text *text)
{
	struct arena *arena = p->use->arena;
	struct buf out;
	json_t *decide = NULL, *lead = paper_lead(p), *figures = counts(p);
	char *json = json_dumps(figures, JSON_COMPACT | JSON_SORT_KEYS);
	text->title = tr(p->lang, N_("Do we sell or do we negotiate? What our conversations say"));
	text->figures = arena_strdup(arena, json);
	free(json);
	json_decref(figures);
	buf_init(&out, BODY_BYTES);
	buf_text(&out, "**");
	parts_add(&out, json_object_get(lead, "parts"));
	while (out.used && out.bytes[out.used - 1] == '\n') out.used--;
	buf_text(&out, "**\n\n");
	enum outcome outcome = narrow_add(&out, p);
	parts_add(&out, json_object_get(lead, "why"));
	json_decref(lead);
	lost_add(&out, p);
	pair_add(&out, p, paper_advice(p), N_("The advisor’s word and ours"), "saying", "otherwise");
	pair_add(&out, p, paper_price(p), N_("What we give, and what we leave"), "saying", "gave");
	pair_add(&out, p, paper_packages(p), NULL, "saying", "middle");
	if (!outcome) outcome = paper_decide(p, &decide);
	if (!outcome) pair_add(&out, p, decide, N_("What decides"), "saying", "");
	buf_printf(&out, "---\n\n%s ", tr(p->lang, N_("Counted from our own conversations,")));
	say_written(&out, p->lang, p->ask.from_day);
	buf_text(&out, " – ");
	say_written(&out, p->lang, p->ask.to_day);
	buf_printf(&out, ". %s\n", tr(p->lang, N_("In brackets: where the share may really be at 95 %, and of how many. What goes together need not bring about one another.")));
	text->body = kept(arena, &out);
	return outcome;
}

enum outcome answer_compose(struct use *use, const struct answer_given *given, struct answer_text *text)
{
	struct paper *p = ARENA_NEW(use->arena, struct paper);
	struct answer_given team = *given;
	team.member_id = 0; /* of no manager alone */
	*text = (struct answer_text){.title = ""};
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = paper_open(use, &team, p);
	if (outcome) return outcome;
	text->from_day = p->ask.from_day;
	text->to_day = p->ask.to_day;
	text->n = p->tally.n;
	if (p->tally.n < ANSWER_ENOUGH) outcome = use_mistake(use, "n", N_("Too few conversations for an answer yet"));
	else outcome = write_it(p, text);
	paper_close(p);
	enum lang lang = lang_parse(use->who.language);
	text->options[0] = tr(lang, N_("We sell"));
	text->options[1] = tr(lang, N_("We negotiate"));
	text->options[2] = tr(lang, N_("Both, about alike"));
	text->options[3] = NULL;
	text->form = (struct post_form){.kind = "article", .language = lang_code(lang), .title = text->title, .body = text->body ? text->body : "", .tags = "",
					.poll = {tr(lang, N_("And in your company?")), text->options, -1}};
	return outcome;
}

enum outcome answer_publish_page(struct use *use, const struct answer_given *given, json_t **ret_model)
{
	struct answer_text *text = ARENA_NEW(use->arena, struct answer_text);
	enum outcome outcome = answer_compose(use, given, text);
	if (outcome == INVALID) { /* nothing was typed: the page says so */
		json_object_clear(use->mistakes);
		*ret_model = json_pack("{sb sI si}", "few", true, "n", (json_int_t)text->n, "enough", ANSWER_ENOUGH);
		return DONE;
	}
	if (outcome) return outcome;
	*ret_model = json_pack("{ss ss ss ss s[s s s] sI}", "title", text->title, "body", text->body, "body_html", post_text_html(use->arena, "markdown", text->body), "question",
			       text->form.poll.question, "options", text->options[0], text->options[1], text->options[2], "n", (json_int_t)text->n);
	json_object_set_new(*ret_model, "ask", json_pack("{ss ss sI}", "span", *given->span ? given->span : "90", "segment", given->segment, "product", (json_int_t)given->product_id));
	if (given->from >= 0 && given->to >= 0) {
		char from[16], to[16];
		day_iso(text->from_day, from);
		day_iso(text->to_day, to);
		json_object_set_new(*ret_model, "days", json_pack("{ss ss}", "from", from, "to", to));
	}
	return DONE;
}

enum outcome answer_publish(struct use *use, const struct answer_text *text, int64_t *ret_post_id)
{
	struct answer_post post = {0, use->who.member_id, text->from_day, text->to_day, text->figures};
	/* The button pressed twice: it stands there already. */
	if (answer_post_same(use->db, use->who.team_id, &post, use->now - AGAIN_WITHIN, ret_post_id, &use->error)) return FAILED;
	if (*ret_post_id) return DONE;
	enum outcome outcome = post_publish(use, 0, &text->form, ret_post_id);
	if (outcome) return outcome;
	post.post_id = *ret_post_id;
	return use_done(answer_post_put(use->db, use->who.team_id, &post, use->now, &use->error));
}
