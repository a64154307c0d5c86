#include "app/practice_run.h"

#include <stdio.h>
#include <string.h>

#include "app/call_run.h"
#include "app/practice_book.h"
#include "app/practice_show.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/say.h"
#include "base/text.h"
#include "core/playbook/playbook_word.h"

enum { SAID_MOST = 16 << 10, FORM_EVENTS = 4 };

static void json_close(void *json)
{
	json_decref(json);
}

/* ---- One event: what it is to the client, and what is told of it ---- */

static bool is_words(const char *kind)
{
	return !strcmp(kind, PRACTICE_WORDS);
}

static const char *text_of(const struct practice_run *run, int64_t item, const char *part)
{
	return practice_file_text(run->file, item, part, run->lang);
}

const char *practice_said(struct arena *arena, const struct practice_file *file, int64_t item, enum lang lang)
{
	const char *text = practice_file_text(file, item, NULL, lang);
	struct buf sentence;
	if (!*text || practice_file_kind(file, item) != ITEM_POINT) return text;
	buf_init(&sentence, 4096);
	say_fill(&sentence, tr(lang, "So {benefit}."), "benefit", text, NULL);
	text = arena_strdup(arena, sentence.bytes ? sentence.bytes : "");
	buf_done(&sentence);
	return text;
}

static const char *part_text(const struct practice_run *run, int64_t item, int64_t value)
{
	static const char *const parts[PART_COUNT] = {[PART_CLARIFY] = "clarify", [PART_AGREE] = "agree", [PART_COMPLETE] = "complete"};
	return text_of(run, item, parts[value & 7 & (PART_COUNT - 1)]);
}

/* What our offer changes of what stood. */
static const char *offer_text(struct use *use, const struct practice_run *run, const struct package *before)
{
	const struct board *board = run->file->scenario.board;
	const char *text = "";
	if (!board) return text;
	struct package now = board_stands(board, &run->practice.talk.state);
	for (int v = 0; v < board->bargain->n; v++)
		if (now.choice[v] != before->choice[v])
			text = arena_printf(use->arena, "%s%s%s: %s", text, *text ? "; " : "", practice_file_variable(run->file, v, run->lang),
					    practice_file_option(run->file, v, now.choice[v], run->lang));
	return text;
}

static const char *variable_text(const struct practice_run *run, int64_t variable)
{
	int v, o;
	const struct board *board = run->file->scenario.board;
	return board && board_find(board, variable, 0, &v, &o) ? practice_file_variable(run->file, v, run->lang) : "";
}

/* what: said aloud by the manager, or a mark in the margin. */
static void told(struct use *use, struct practice_run *run, const struct practice_event_row *row, int64_t first, const struct package *before, const struct practice_hearing *hearing)
{
	const char *who = "mark", *text = "", *word = "";
	int kind = EVENT_NONE;
	json_t *heard = json_null();
	playbook_value(WORD_EVENT, row->kind, &kind);
	if (hearing) {
		who = "me";
		text = row->text;
		heard = practice_hearing_json(hearing);
	}
	switch (kind) {
	case EVENT_SAID: who = "me"; text = practice_said(use->arena, run->file, row->item, run->lang); break;
	case EVENT_OBJECTION_PART: who = "me"; text = part_text(run, row->item, row->value); break;
	case EVENT_OFFERED: who = "me"; text = offer_text(use, run, before); word = row->value ? "nothing" : ""; break;
	case EVENT_DECLINED: who = "me"; text = variable_text(run, row->item); break;
	case EVENT_CONTRACT: who = "me"; text = tr(run->lang, "Shall we sign?"); break;
	case EVENT_PAYMENT: who = "me"; text = tr(run->lang, "Shall we settle the payment?"); break;
	case EVENT_STEP: word = playbook_word(WORD_STEP, (int)row->value); break;
	case EVENT_MOTIVE_ON:
	case EVENT_MOTIVE_OFF: word = playbook_word(WORD_MOTIVE, (int)row->value); break;
	case EVENT_INTEREST_ON:
	case EVENT_INTEREST_OFF:
	case EVENT_OBJECTION:
	case EVENT_OBJECTION_LEFT: text = text_of(run, row->item, NULL); break;
	case EVENT_BEGAN:
	case EVENT_MODE_PROPOSED:
	case EVENT_MODE_SET: word = playbook_word(WORD_MODE, (int)row->value); break;
	case EVENT_ENDED: word = playbook_word(WORD_OUTCOME, (int)row->value); break;
	case EVENT_PROMISED: text = row->text ? row->text : ""; break;
	case EVENT_PUT:        /* told with its offer */
	case EVENT_SKIPPED:
		json_decref(heard);
		return;
	default: break;
	}
	int64_t at_s = row->at > run->row.created_at ? (row->at - run->row.created_at) / MOMENT_SECOND : 0;
	json_array_append_new(run->talk, json_pack("{ss ss ss sI ss sI sI so s[]}", "who", who, "what", row->kind, "text", text, "item", (json_int_t)row->item, "word", word ? word : "", "at_s",
		(json_int_t)at_s, "seq", (json_int_t)first, "heard", heard, "words"));
	if (!*row->said) return;
	json_t *words = json_array();
	for (const char *at = row->said; *at;) {
		size_t n = strcspn(at, "\n");
		json_array_append_new(words, json_stringn(at, n));
		at += n + (at[n] == '\n');
	}
	json_array_append_new(run->talk, json_pack("{ss ss ss sI ss sI sI sn so}", "who", "client", "what", "client", "text", "", "item", (json_int_t)0, "word", "", "at_s", (json_int_t)at_s,
		"seq", (json_int_t)first, "heard", "words", words));
}

/* What the machine has that the log has not yet. The event's own id goes to the first of them. */
static int64_t log_follow(struct use *use, struct practice_run *run, const struct practice_event_row *row)
{
	const struct talk *talk = &run->practice.talk;
	int64_t first = run->n_log < talk->n_log ? run->n_log + 1 : 0;
	for (; run->n_log < talk->n_log; run->n_log++) {
		bool own = run->n_log + 1 == first;
		const struct call_event *event = &talk->log[run->n_log];
		bool words = own && is_words(row->kind);
		run->log[run->n_log] = (struct call_event_row){.event = *event, .member_id = run->row.member_id, .event_id = own ? row->event_id : arena_printf(use->arena, "c%lld", (long long)event->seq),
			.text = words || event->kind == EVENT_PROMISED ? row->text : NULL};
		run->wish[run->n_log] = persona_wish(&run->practice.partner.persona);
	}
	return first;
}

/* What he says to it; the variants move on whether the words are kept already or not. */
static const char *said_words(struct use *use, struct practice_run *run, const struct acts *reply)
{
	struct buf out;
	buf_init(&out, SAID_MOST);
	for (int i = 0; i < reply->n; i++) {
		struct buf one;
		buf_init(&one, SAID_MOST);
		practice_words_say(&run->words, run->file, run->practice.partner.character, &reply->acts[i], run->lang, &one);
		if (one.used) buf_printf(&out, "%s%s", out.used ? "\n" : "", one.bytes);
		buf_done(&one);
	}
	const char *text = arena_strdup(use->arena, out.bytes ? out.bytes : "");
	buf_done(&out);
	return text;
}

/* What he says by the rules, in another's words where there are some for exactly this. */
static const char *voiced(struct practice_run *run, const struct practice_event_row *row, const char *said)
{
	struct practice_voice *voice = run->voice;
	if (!voice || !*said) return said;
	if (voice->dry) {
		voice->event_id = row->event_id;
		voice->plain = said;
		return said;
	}
	return voice->worded && !strcmp(voice->event_id, row->event_id) && !strcmp(voice->plain, said) ? voice->worded : said;
}

/* To whom it was said, and what: for whoever words it. */
static void voice_fill(const struct practice_run *run)
{
	struct practice_voice *voice = run->voice;
	size_t i;
	json_t *line;
	if (!voice || !voice->dry) return;
	voice->lang = run->lang;
	voice->person = practice_file_title(run->file, "person", run->lang);
	voice->manager = "";
	json_array_foreach(run->talk, i, line)
		if (!strcmp(json_string_value(json_object_get(line, "who")), "me")) voice->manager = json_string_value(json_object_get(line, "text"));
}

/* What was heard is kept with the words; it is listened to once, and never what a browser says of it. */
static void listen(struct use *use, struct practice_run *run, struct practice_event_row *row, struct practice_hearing *ret_hearing)
{
	if (row->said) {
		practice_hearing_again(&run->practice, row->item, row->value, ret_hearing);
		return;
	}
	if (!run->lexicon) run->lexicon = practice_heard_load(use->arena, run->lang);
	practice_hear(&run->practice, run->file, run->lexicon, run->lang, row->text ? row->text : "", use->arena, ret_hearing);
	row->item = ret_hearing->card;
	row->value = practice_hearing_pack(ret_hearing);
}

/* Leads the talk through one event. row->said NULL: it happens now, and is filled. An event that changes nothing and to which he says nothing is none: ret_happened. */
static enum talk_result run_take(struct use *use, struct practice_run *run, struct practice_event_row *row, struct acts *reply, bool *ret_happened)
{
	struct practice *practice = &run->practice;
	enum talk_result result;
	struct practice_hearing hearing;
	struct package before = {0};
	int kind = EVENT_NONE;
	const struct practice_hearing *heard = NULL;
	if (practice->scenario->board) before = board_stands(practice->scenario->board, &practice->talk.state);
	reply->n = 0;
	if (is_words(row->kind)) {
		listen(use, run, row, &hearing);
		heard = &hearing;
		result = TALK_APPLIED;
		if (hearing.card) result = practice_event(practice, EVENT_SAID, hearing.card, 0, row->at, reply);
		else if (!hearing.offers) result = practice_says(practice, hearing.move, row->at, reply);
	} else if (playbook_value(WORD_EVENT, row->kind, &kind)) {
		result = practice_event(practice, (enum call_event_kind)kind, row->item, row->value, row->at, reply);
	} else {
		result = TALK_MALFORMED;
	}
	*ret_happened = result == TALK_APPLIED || reply->n > 0;
	if (!*ret_happened) return result;
	const char *said = said_words(use, run, reply);
	if (!row->said) row->said = voiced(run, row, said);
	told(use, run, row, log_follow(use, run, row), &before, heard);
	return TALK_APPLIED;
}

json_t *practice_aloud(const struct practice_run *run)
{
	static const char *const fields[] = {"who", "what", "text", "word", "words", "heard"};
	json_t *said = json_array(), *line;
	size_t i;
	json_array_foreach(run->talk, i, line) {
		if (!strcmp(json_string_value(json_object_get(line, "who")), "mark")) continue;
		json_t *one = json_object();
		for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
			json_t *value = json_object_get(line, fields[f]);
			bool empty = json_is_null(value) || (json_is_string(value) && !*json_string_value(value)) || (json_is_array(value) && !json_array_size(value));
			if (!empty) json_object_set(one, fields[f], value);
		}
		json_array_append_new(said, one);
	}
	return said;
}

/* ---- Loading ---- */

static void run_make(struct use *use, struct practice_run *run)
{
	run->lang = lang_parse(run->row.language);
	run->log = ARENA_ARRAY(use->arena, struct call_event_row, TALK_LOG_MAX);
	run->wish = ARENA_ARRAY(use->arena, double, TALK_LOG_MAX);
	run->talk = json_array();
	arena_defer(use->arena, json_close, run->talk);
	practice_words_init(&run->words, (uint64_t)run->row.seed, use->arena);
	practice_make(&run->practice, &run->file->scenario, &run->file->book, (uint64_t)run->row.seed, use->arena);
}

enum outcome practice_load(struct use *use, int64_t practice_id, struct practice_run **ret_run)
{
	struct practice_run *run = *ret_run = ARENA_NEW(use->arena, struct practice_run);
	if (practice_find(use->db, use->arena, use->who.team_id, practice_id, &run->row, &use->error)) return FAILED;
	if (!run->row.there || (use->who.role < ROLE_LEAD && use->who.member_id != run->row.member_id)) return ABSENT;
	if (!(run->file = practice_file_load(use->arena, run->row.scenario))) return ABSENT;
	if (practice_event_list(use->db, use->arena, use->who.team_id, practice_id, &run->rows, &run->n_rows, &use->error)) return FAILED;
	run_make(use, run);
	for (int i = 0; i < run->n_rows; i++) {
		struct acts reply;
		bool happened;
		run_take(use, run, &run->rows[i], &reply, &happened);
		run->seq = run->rows[i].seq;
	}
	return DONE;
}

/* To play it, not to look at it. */
static enum outcome run_open(struct use *use, int64_t practice_id, struct practice_voice *voice, struct practice_run **ret_run)
{
	enum outcome outcome = practice_load(use, practice_id, ret_run);
	if (outcome) return outcome;
	struct practice_run *run = *ret_run;
	if (run->row.member_id != use->who.member_id) return REFUSED;
	run->voice = voice;
	run->room = run->n_rows + CALL_BATCH_MAX + FORM_EVENTS + 4;
	struct practice_event_row *rows = ARENA_ARRAY(use->arena, struct practice_event_row, run->room);
	memcpy(rows, run->rows, sizeof *rows * (size_t)run->n_rows);
	run->rows = rows;
	return DONE;
}

/* ---- What happens now ---- */

static enum outcome run_keep(struct use *use, struct practice_run *run, struct practice_event_row *row, struct acts *reply, enum talk_result *ret_result)
{
	bool happened;
	row->said = NULL;
	*ret_result = run_take(use, run, row, reply, &happened);
	if (!happened) return DONE;
	row->seq = ++run->seq;
	MUST(run->n_rows < run->room);
	run->rows[run->n_rows++] = *row;
	if (run->voice && run->voice->dry) return DONE;
	return use_done(practice_event_insert(use->db, use->who.team_id, run->row.practice_id, row, &use->error));
}

static enum outcome run_finish(struct use *use, struct practice_run *run, const char *event_id, int64_t at)
{
	const struct talk_state *state = &run->practice.talk.state;
	struct practice_event_row contract = {.event_id = arena_printf(use->arena, "c.%.38s", event_id), .at = at, .kind = playbook_word(WORD_EVENT, EVENT_CONTRACT), .value = run->file->scenario.price};
	struct practice_event_row ended = {.event_id = arena_printf(use->arena, "e.%.38s", event_id), .at = at, .kind = playbook_word(WORD_EVENT, EVENT_ENDED)};
	struct acts reply;
	enum talk_result result;
	enum outcome outcome = DONE;
	bool signed_ = run->practice.partner.end == PARTNER_SIGNED;
	if (run->row.ended_at) return DONE;
	if (signed_ && !state->contract_at) outcome = run_keep(use, run, &contract, &reply, &result);
	ended.value = signed_ ? OUTCOME_WON : state->next_at ? OUTCOME_NEXT : OUTCOME_LOST;
	if (!outcome && !state->ended_at) outcome = run_keep(use, run, &ended, &reply, &result);
	if (outcome) return outcome;
	struct score score = practice_score(&run->practice, use->arena);
	run->row.ended_at = at;
	run->row.tenths = score.tenths;
	run->row.won = practice_won(&run->practice);
	run->row.failed = score.failed;
	run->row.agreed = score.agreed;
	run->row.left_minor = score.left;
	if (run->voice && run->voice->dry) return DONE;
	return use_done(practice_close(use->db, use->who.team_id, &run->row, &use->error));
}

static bool standing(const struct talk_state *state, int64_t objection)
{
	for (int i = 0; i < state->n_objections; i++)
		if (state->objections[i].item == objection) return state->objections[i].state == OBJECTION_LEFT;
	return false;
}

/* Is it the manager's to enter? */
static enum outcome may_enter(struct use *use, const struct practice_run *run, const struct practice_event_row *row, bool *ret_may)
{
	int kind = EVENT_NONE;
	*ret_may = true;
	if (is_words(row->kind)) return DONE;
	playbook_value(WORD_EVENT, row->kind, &kind);
	switch (kind) {
	case EVENT_SIGNAL_ON:
	case EVENT_SIGNAL_OFF: return use_done(call_signal_exists(use->db, use->who.team_id, row->item, ret_may, &use->error));
	case EVENT_INTEREST_ON:
	case EVENT_INTEREST_OFF: *ret_may = practice_file_kind(run->file, row->item) == ITEM_INTEREST; break;
	case EVENT_OBJECTION: *ret_may = standing(&run->practice.talk.state, row->item); break;
	case EVENT_NONE:
	case EVENT_BEGAN:
	case EVENT_ANSWERED:
	case EVENT_NOTE:
	case EVENT_OBJECTION_CLOSED:
	case EVENT_ASKED:
	case EVENT_REFUSED:
	case EVENT_UNDONE:
	case EVENT_ENDED: *ret_may = false; break;
	default: break;
	}
	return DONE;
}

/* The opposite of a tick; EVENT_NONE: it is none that can be taken back. */
static enum call_event_kind opposite(enum call_event_kind kind)
{
	switch (kind) {
	case EVENT_MOTIVE_ON: return EVENT_MOTIVE_OFF;
	case EVENT_MOTIVE_OFF: return EVENT_MOTIVE_ON;
	case EVENT_SIGNAL_ON: return EVENT_SIGNAL_OFF;
	case EVENT_SIGNAL_OFF: return EVENT_SIGNAL_ON;
	case EVENT_INTEREST_ON: return EVENT_INTEREST_OFF;
	case EVENT_INTEREST_OFF: return EVENT_INTEREST_ON;
	default: return EVENT_NONE;
	}
}

/* Undo: the last tick that was not taken back yet. A pair of a tick and its opposite is passed over. */
static bool undo_read(const struct practice_run *run, struct practice_event_row *row)
{
	const struct talk *talk = &run->practice.talk;
	int taken = 0;
	for (int i = talk->n_log - 1; i >= 0; i--) {
		const struct call_event *event = &talk->log[i];
		if (!opposite(event->kind)) continue;
		if (!strncmp(run->log[i].event_id, "u.", 2)) {
			taken++;
			continue;
		}
		if (taken > 0) {
			taken--;
			continue;
		}
		row->kind = playbook_word(WORD_EVENT, (int)opposite(event->kind));
		row->item = event->item;
		row->value = event->value;
		return true;
	}
	return false;
}

static bool known(const struct practice_run *run, const char *event_id)
{
	for (int i = 0; i < run->n_rows; i++)
		if (!strcmp(run->rows[i].event_id, event_id)) return true;
	return false;
}

static enum outcome one(struct use *use, struct practice_run *run, struct practice_event_row *row, enum talk_result *ret_result)
{
	struct acts reply = {.n = 0};
	bool may;
	*ret_result = TALK_APPLIED;
	const char *undone = arena_printf(use->arena, "u.%.38s", row->event_id);
	if (known(run, row->event_id) || known(run, undone)) return DONE;
	if (run->row.ended_at) {
		*ret_result = TALK_OVER;
		return DONE;
	}
	if (!strcmp(row->kind, playbook_word(WORD_EVENT, EVENT_UNDONE))) {
		if (!undo_read(run, row)) {
			*ret_result = TALK_NOTHING;
			return DONE;
		}
		row->event_id = undone;
	}
	enum outcome outcome = may_enter(use, run, row, &may);
	if (outcome) return outcome;
	if (!may || (is_words(row->kind) && (!row->text || !*row->text))) {
		*ret_result = TALK_MALFORMED;
		return DONE;
	}
	if ((outcome = run_keep(use, run, row, &reply, ret_result))) return outcome;
	bool over = run->practice.partner.end == PARTNER_BROKEN || run->practice.talk.n_log >= TALK_LOG_MAX - ACTS_MAX - 4;
	for (int i = 0; i < reply.n; i++) over |= reply.acts[i].ends;
	return over ? run_finish(use, run, row->event_id, row->at) : DONE;
}

static bool event_read(struct use *use, json_t *given, struct practice_event_row *ret_row)
{
	const char *id = json_string_value(json_object_get(given, "id")), *kind = json_string_value(json_object_get(given, "kind")), *text = json_string_value(json_object_get(given, "text"));
	json_t *item = json_object_get(given, "item"), *value = json_object_get(given, "value");
	int word;
	if (!call_event_id_good(id) || !kind || (!is_words(kind) && !playbook_value(WORD_EVENT, kind, &word))) return false;
	if ((item && !json_is_integer(item) && !json_is_null(item)) || (value && !json_is_integer(value) && !json_is_null(value))) return false;
	if (text && text_length(text) > CALL_TEXT_MAX) return false;
	*ret_row = (struct practice_event_row){.event_id = id, .kind = kind, .text = call_event_words(use, text), .at = call_event_when(use, json_string_value(json_object_get(given, "at"))),
		.item = json_integer_value(item), .value = json_integer_value(value)};
	return ret_row->item >= 0;
}

enum outcome practice_happened(struct use *use, int64_t practice_id, json_t *batch, struct practice_voice *voice, json_t **ret_answer)
{
	struct practice_run *run;
	json_t *events = json_object_get(batch, "events"), *after = json_object_get(batch, "after"), *given;
	size_t i;
	*ret_answer = NULL;
	if (!json_is_array(events) || json_array_size(events) > CALL_BATCH_MAX) return use_mistake(use, "events", N_("A list of events is wanted"));
	enum outcome outcome = run_open(use, practice_id, voice, &run);
	if (outcome) return outcome;
	json_t *results = json_array(), *log = json_array();
	json_array_foreach(events, i, given) {
		struct practice_event_row row;
		enum talk_result result;
		outcome = event_read(use, given, &row) ? one(use, run, &row, &result) : use_mistake(use, "events", N_("This is no event of a call"));
		if (outcome) break;
		json_array_append_new(results, json_pack("{ss ss}", "id", json_string_value(json_object_get(given, "id")), "result", playbook_word(WORD_RESULT, (int)result)));
	}
	for (int64_t e = json_is_integer(after) ? json_integer_value(after) : run->n_log; !outcome && e >= 0 && e < run->n_log; e++) json_array_append_new(log, call_event_json(&run->log[e]));
	if (outcome) {
		json_decref(results);
		json_decref(log);
		return outcome;
	}
	voice_fill(run);
	*ret_answer = json_pack("{si so so so sb}", "seq", run->n_log, "results", results, "events", log, "talk", practice_aloud(run), "over", run->row.ended_at != 0);
	return DONE;
}

/* Without a script the server proposes the other mode, as in a call. */
static enum outcome propose(struct use *use, struct practice_run *run, const char *event_id)
{
	struct practice_side *side;
	struct acts reply;
	enum talk_result result;
	if (run->row.ended_at) return DONE;
	enum outcome outcome = practice_side_load(use, run, &side);
	if (outcome || !side->live->live.propose) return outcome;
	struct practice_event_row row = {.event_id = arena_printf(use->arena, "p.%.38s", event_id), .kind = playbook_word(WORD_EVENT, EVENT_MODE_PROPOSED), .at = use->now,
		.value = side->live->live.propose - 1};
	return run_keep(use, run, &row, &reply, &result);
}

enum outcome practice_happened_once(struct use *use, int64_t practice_id, const char *event_id, const char *what, const char *text, struct practice_voice *voice)
{
	struct practice_run *run;
	if (!call_event_id_good(event_id)) return use_mistake(use, "do", N_("This is no event of a call"));
	enum outcome outcome = run_open(use, practice_id, voice, &run);
	if (outcome) return outcome;
	enum talk_result result = TALK_SAME;
	for (int i = 0; what && *what && i < FORM_EVENTS && !outcome; i++) {
		struct practice_event_row row = {.event_id = i ? arena_printf(use->arena, "%.36s-%d", event_id, i) : event_id, .at = use->now, .text = call_event_words(use, text)};
		struct call_event event;
		if (!strcmp(what, PRACTICE_WORDS)) {
			row.kind = PRACTICE_WORDS;
			what = "";
		} else if ((what = call_event_what(what, &event))) {
			row.kind = playbook_word(WORD_EVENT, (int)event.kind);
			row.item = event.item;
			row.value = event.value;
		} else break;
		outcome = one(use, run, &row, &result);
	}
	if (outcome) return outcome;
	if (!what || *what) return use_mistake(use, "do", N_("This is no event of a call"));
	voice_fill(run);
	return result == TALK_APPLIED ? propose(use, run, event_id) : DONE;
}

enum outcome practice_start(struct use *use, const char *scenario, const char *mode, int64_t seed, int64_t *ret_practice_id)
{
	struct practice_run *run = ARENA_NEW(use->arena, struct practice_run);
	struct acts reply;
	enum talk_result result;
	int value;
	if (!(run->file = practice_file_load(use->arena, scenario))) return use_mistake(use, "scenario", N_("There is no such client"));
	MUST(playbook_value(WORD_MODE, mode, &value));
	int64_t id = id_new(use->now);
	struct rng rng;
	rng_init(&rng, (uint64_t)id);
	run->row = (struct practice_row){.practice_id = id, .member_id = use->who.member_id, .seed = seed >= 0 ? seed : 1 + (int64_t)rng_below(&rng, PRACTICE_SEED_MOST), .created_at = use->now,
		.scenario = run->file->key, .language = use->who.language, .mode = playbook_word(WORD_MODE, value)};
	run_make(use, run);
	run->rows = ARENA_ARRAY(use->arena, struct practice_event_row, run->room = 4);
	if (practice_insert(use->db, use->who.team_id, &run->row, &use->error)) return FAILED;
	struct practice_event_row began = {.event_id = "began", .kind = playbook_word(WORD_EVENT, EVENT_BEGAN), .at = use->now, .value = value};
	*ret_practice_id = id;
	return run_keep(use, run, &began, &reply, &result);
}

enum outcome practice_end(struct use *use, int64_t practice_id)
{
	struct practice_run *run;
	enum outcome outcome = run_open(use, practice_id, NULL, &run);
	return outcome ? outcome : run_finish(use, run, "end", use->now);
}
