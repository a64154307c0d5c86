/* Call run: a conversation while it runs: what the manager's screen says has happened becomes events, in order and once.
 *
 * The browser gives each event an id of its own and may send it again and again: it is taken once. An event that the playbook does not allow as
 * things stand (another window was quicker) is refused by itself, with its reason; the rest of the batch is taken. An
 * answered event is on disk.
 *
 * What an offer brings us is computed here from the deal's table, and one below the limit is refused (N9).
 *
 * Who may: the manager whose call it is, and the team's lead; whoever else of the team asks is REFUSED. */
#ifndef STURGEON_APP_CALL_RUN_H
#define STURGEON_APP_CALL_RUN_H

#include "app/use.h"
#include "core/playbook/talk.h"
#include "store/call_store.h"

#define CALL_BATCH_MAX 250   /* events in one request */
#define CALL_TEXT_MAX 2000   /* characters of an answer, a note, a promise, a reason */
#define CALL_EVENT_ID_MAX 40 /* of A–Z a–z 0–9 _ - */

/* A batch: {"events": [{"id", "kind", "at", "item", "value", "text"} …], "after": the last seq that the browser has}.
 * kind is a word of playbook_word.h; at an ISO moment (one that cannot be, by the server's clock, is taken as now).
 * Answer: {"seq": the last, "results": [{"id", "result", "seq"} …], "events": [those after `after`]}. INVALID where the batch is none. */
enum outcome call_happened(struct use *use, int64_t call_id, json_t *batch, json_t **ret_answer);

/* One event from a form: "said 123 0" (kind item value), with words where it has them; a ready trade is several, "put 1 2, put 3 4". What the advisor proposes upon it is noted too. Refusals are silent: the
 * page shows how things are. event_id: from the form, so that a form sent twice counts once. */
enum outcome call_happened_once(struct use *use, int64_t call_id, const char *event_id, const char *what, const char *text);

/* The form that ends a call, for whoever has no script. Amounts of −1 and moments of 0: not given. */
struct call_end {
	const char *event_id;
	enum call_outcome outcome;
	int64_t contract_minor, paid_minor, next_at;
	const char *promised, *reason;
};
enum outcome call_end(struct use *use, int64_t call_id, const struct call_end *end);

/* Parts of what comes in, for whoever takes events of his own (practice_run.h). */
bool call_event_id_good(const char *id);
int64_t call_event_when(const struct use *use, const char *iso); /* one that cannot be is taken as now */
const char *call_event_words(struct use *use, const char *text); /* cleaned; NULL where none are left */
const char *call_event_what(const char *what, struct call_event *ret_event); /* "said 123 0, …": where the next begins; NULL where it is none */

/* An event as JSON: seq, id, kind, at, item, value, amount, text, undone. */
json_t *call_event_json(const struct call_event_row *row);

#endif
