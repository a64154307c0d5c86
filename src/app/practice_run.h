/* Practice run: a talk with a simulated client, kept as the manager's events and led through them again each time (L1). Rows of `call` are never touched by it.
 *
 * Scenario, seed, language and the manager's events give everything else; the client's words are kept as they were said. An event is taken once, by its id.
 *
 * Who may: the manager whose practice it is plays it; his team's lead may look at it, for anybody else it is not there.
 *
 * The manager enters what he says, ticks and lays on the table. What the client does nobody enters for him: an objection, an ask or its end come from him alone; only one that was
 * left standing can be come back to. What was said cannot be unsaid: undo takes back the last tick of a motive, an interest or a signal, by its opposite. */
#ifndef STURGEON_APP_PRACTICE_RUN_H
#define STURGEON_APP_PRACTICE_RUN_H

#include "app/practice_heard.h"
#include "app/practice_words.h"
#include "app/use.h"
#include "store/call_store.h"
#include "store/practice_store.h"

#define PRACTICE_WORDS "words"         /* the kind of an event that is the manager's own words */
#define PRACTICE_SEED_MOST 999999999

/* An outside voice (exchange/wording.h) for what the client says to a batch. It is asked where nothing waits for it, so first the batch is led through without keeping anything (`dry`): the last thing
 * that he says by the rules, and to what. Then it happens, with `worded` instead, if what he says is still exactly that. It changes words alone. */
struct practice_voice {
	bool dry;
	const char *event_id, *manager, *person, *plain; /* filled by a dry run; plain: a line each thing he does; NULL: he says nothing */
	enum lang lang;
	const char *worded;             /* NULL: the rules' own words */
};

struct practice_run {
	struct practice_row row;
	enum lang lang;
	const struct practice_file *file;
	struct practice practice;
	struct practice_words words;
	const struct lexicon *lexicon;  /* read when the first words are heard */
	/* Every event as a call has it, the client's part too; and what he really wanted after it, 0 … 100. seq of log[i] is i + 1. */
	struct call_event_row *log;
	double *wish;
	int n_log;
	int64_t seq;                    /* of the last event kept */
	struct practice_voice *voice;   /* NULL: none */
	struct practice_event_row *rows; /* those kept, oldest first */
	int n_rows, room;
	/* Line by line: {who: me|client|mark, what, text, item, word, at_s, seq (of the first event of the log that it is, 0 none), words: [what the client said, one thing a line],
	 *  heard: null or {act, type, level, motives, card, clarifies}}. `what` is a kind of event, or "words"; word: a motive, a step, a mode, an outcome. Owned by the arena. */
	json_t *talk;
};

/* What is said aloud, of an item: a benefit as a sentence. "" where there is none. */
const char *practice_said(struct arena *arena, const struct practice_file *file, int64_t item, enum lang lang);

/* ABSENT: there is none, it is another team's, another manager's (but the lead), or its scenario is the program's no more. Lives in the arena. */
enum outcome practice_load(struct use *use, int64_t practice_id, struct practice_run **ret_run);

/* What was said aloud, as the screen takes it: the lines of `talk` without marks, each with who, what and, where it has them, text, word, words, heard. A new reference. */
json_t *practice_aloud(const struct practice_run *run);

/* Begins one: the client picks up. seed < 0: a client of its own. Mistakes: scenario. */
enum outcome practice_start(struct use *use, const char *scenario, const char *mode, int64_t seed, int64_t *ret_practice_id);

/* A batch as call_happened has it, with the kind "words" too. Answer: {seq, results, events (of the log, after `after`), talk (practice_aloud), over}. voice NULL: none. */
enum outcome practice_happened(struct use *use, int64_t practice_id, json_t *batch, struct practice_voice *voice, json_t **ret_answer);
/* From a form: call_happened_once. */
enum outcome practice_happened_once(struct use *use, int64_t practice_id, const char *event_id, const char *what, const char *text, struct practice_voice *voice);

/* The manager ends it: with what was agreed. Twice is once. */
enum outcome practice_end(struct use *use, int64_t practice_id);

#endif
