/* Guess: what the columns of a table that people bring are, by the words of its header (English and Ukrainian; exports of Google, Outlook and other programs)
 * and, where those say nothing, by what its values look like. Also what the words in some cells mean. A guess: a person sees it and may change it. */
#ifndef STURGEON_EXCHANGE_GUESS_H
#define STURGEON_EXCHANGE_GUESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum guess_kind { GUESS_CLIENTS, GUESS_DEALS };

enum column_field {
	COLUMN_SKIP,
	COLUMN_NAME, COLUMN_FIRST, COLUMN_MIDDLE, COLUMN_LAST, COLUMN_COMPANY, COLUMN_POSITION, COLUMN_PHONE, COLUMN_EMAIL, COLUMN_TAGS, COLUMN_SOURCE,
	COLUMN_SEGMENT, COLUMN_NOTE,
	COLUMN_NAMED,    /* into the note, after its heading */
	COLUMN_OUTSIDE,  /* what the row is called where it comes from */
	COLUMN_OWNER,
	COLUMN_OWN,      /* one of the team's own fields */
	COLUMN_PRODUCT, COLUMN_STAGE, COLUMN_VALUE, COLUMN_OPENED, COLUMN_CLOSED, COLUMN_EXPECTED, COLUMN_TITLE, COLUMN_REASON,
	COLUMN_FIELDS
};

/* The word of a field, as the command line and the data have it: "first_name"; NULL where there is none. */
const char *guess_word(enum column_field field);
bool guess_field(const char *word, enum column_field *ret_field);
bool guess_serves(enum guess_kind kind, enum column_field field); /* may a column of such a table be this? */
bool guess_several(enum column_field field);                      /* may several columns be this? */

struct guess_table {
	int columns;
	const char *const *header;          /* NULL where the first row is no header */
	int rows;
	const char *const *const *row;      /* samples; each of `columns` cells */
};

/* Is the first row a header? It is not where a cell of it is a phone, an e-mail or a date. */
bool guess_is_header(const char *const *cells, int n);

/* Fills field[columns]. */
void guess_columns(enum guess_kind kind, struct arena *arena, const struct guess_table *table, enum column_field *field);

/* "Closed Won", "виграно", "Engaging" → one of "new", "contact", "offer", "contract", "won", "lost"; NULL where the word is strange. */
const char *guess_stage(struct arena *arena, const char *word);
/* "B2B", "юрособа", "private" → "b2b" or "b2c"; NULL. */
const char *guess_segment(struct arena *arena, const char *word);
/* "-", "n/a", "немає", "null": a cell that says that it says nothing. */
bool guess_is_nothing(struct arena *arena, const char *cell);

bool guess_looks_phone(const char *cell);
bool guess_looks_email(const char *cell);

#endif
