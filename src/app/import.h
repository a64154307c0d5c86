/* Import: a table that people bring becomes clients, or deals.
 *
 * Looking comes first and writes nothing: how the columns are read (guessed, or as somebody chose), what would become of every row. Taking does the same
 * again with what is there at that moment, and writes, in one transaction: all of it or nothing. A row is found to be here already by the id it has outside, by
 * phone, e-mail or name, so that a table taken twice changes nothing the second time. What is refused is told with its row and why.
 *
 * choices: how it was read, as JSON that a person may change: columns [word of guess.h; "own:ID" for an own field], stages {word: stage},
 *   twins "fill" (what is missing is added to who is here already), "skip", "make"; segment "b2c"|"b2b" of people who name no company;
 *   nameless: the client under whom deals go that name none; "" refuses them.
 * report: encoding, separator, rows, columns [{header, filled, sample}], first [{row, cells}], counts {…}, refused [{row, why, what, cells}],
 *   stages [{word, count, stage}], owners [{name, count, member}]. why is a msgid. */
#ifndef STURGEON_APP_IMPORT_H
#define STURGEON_APP_IMPORT_H

#include "app/use.h"
#include "exchange/guess.h"

enum { IMPORT_MAX = 16 << 20, IMPORT_COLUMNS = 256, IMPORT_ROWS = 100000 };

/* What looking or taking gave; owned by the use's arena. */
struct import_found {
	json_t *choices, *report;
};

/* Looks at a file, or takes it (write: the writer's thread). choices NULL: guessed. Mistake "file": it is no table. */
enum outcome import_run(struct use *use, enum guess_kind kind, const char *bytes, size_t n, const json_t *choices, bool write, struct import_found *ret_found);

/* ---- Pages ---- */

struct import_typed {               /* what the form of a preview holds; lists closed by NULL */
	const char *const *columns;     /* "3:phone" */
	const char *const *stages;      /* "won:Closed Won" */
	const char *twins, *segment, *nameless;
};

enum outcome import_list_page(struct use *use, json_t **ret_model);
enum outcome import_page(struct use *use, int64_t import_id, json_t **ret_model);
/* Keeps an uploaded file with what looking at it gave. */
enum outcome import_keep(struct use *use, enum guess_kind kind, const char *file, const char *bytes, size_t n, const struct import_found *found, int64_t *ret_import);
/* Looks again at a kept file as somebody chose (reads only), and keeps that. */
enum outcome import_look_again(struct use *use, int64_t import_id, const struct import_typed *typed, struct import_found *ret_found);
enum outcome import_keep_done(struct use *use, int64_t import_id, const struct import_found *found); /* what taking it gave */
enum outcome import_keep_again(struct use *use, int64_t import_id, const struct import_found *found);
enum outcome import_take(struct use *use, int64_t import_id);
enum outcome import_forget(struct use *use, int64_t import_id); /* a preview */
/* The refused rows as a table: row, why, then the cells as they were. Lives in the arena. */
enum outcome import_refused_table(struct use *use, int64_t import_id, const char **ret_bytes, size_t *ret_n);

/* A refused row's reason in the reader's language. */
const char *import_why(struct use *use, const json_t *refused);
const char *guess_kind_name(enum guess_kind kind); /* "clients", "deals" */

#endif
