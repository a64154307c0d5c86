/* Import rows: what one run of an import knows, and how it takes one row. Between import.c, import_client.c and import_deal.c. */
#ifndef STURGEON_APP_IMPORT_ROWS_H
#define STURGEON_APP_IMPORT_ROWS_H

#include "app/import.h"
#include "base/buf.h"
#include "base/keymap.h"
#include "exchange/table_day.h"
#include "store/client_store.h"
#include "store/import_store.h"

struct import_column {
	const char *header;             /* "" where the table has none */
	enum column_field field;
	int64_t field_id;               /* of COLUMN_OWN */
	struct table_day_votes votes;   /* of a column of days */
};

/* A client that this run has met: one that was here, or one that it made. */
struct met {
	int64_t id;
	struct import_client client;
	bool fresh;
};

enum row_end { ROW_MADE, ROW_FILLED, ROW_SAME, ROW_REFUSED };

struct import_counts {
	int64_t rows, made, filled, same, refused;
	int64_t by_outside, by_phone, by_email, by_name; /* how those that are here already were found */
	int64_t clients, products, nameless;             /* made beside; deals of nobody */
	int64_t open, won, lost, learnt;                 /* of deals */
};

struct import_run {
	struct use *use;
	bool write;
	enum guess_kind kind;
	int columns;
	struct import_column *column;
	const char *twins, *segment, *nameless;
	const json_t *stages;           /* chosen: {word: stage} */
	const char *country;
	struct arena *arena;            /* of the run: what it has met, and the names of it */
	struct keymap known;            /* "p:digits", "e:mail", "n:kind:name", "x:outside", "i:id" → place in met; "d:…" → of deals */
	struct keymap members, products;
	struct met *met;
	int64_t n_met, room_met;
	struct import_counts counts;
	json_t *stage_words, *owner_words; /* {word: count} */
	struct arena *row_arena;        /* lives for one row */
	const char *const *cell;        /* the row's cells, `columns` of them */
	const char *why, *what;         /* of a row refused: msgid, and the words at fault or "" */
};

/* What a row says of a client. */
struct row_client {
	const char *name, *company, *position, *source, *segment, *outside, *owner;
	const char *phones[CLIENT_PHONES + 1], *emails[CLIENT_EMAILS + 1], *tags[CLIENT_TAGS + 1];
	int n_phones, n_emails, n_tags, n_values;
	struct client_value values[CLIENT_FIELDS + 1];
	struct buf note;                /* buf_done by whoever read it */
};

enum row_end import_client_row(struct import_run *run);
enum row_end import_deal_row(struct import_run *run);

/* Reads the row's cells that speak of a client. */
void row_client_read(struct import_run *run, struct row_client *client);
/* Finds or makes the one that the row names: the person, or the company where it names no person. ROW_REFUSED where it names nobody. */
enum row_end row_client_place(struct import_run *run, struct row_client *client, int64_t *ret_client);
/* Finds or makes a company by its name; *ret_client 0 on failure of the world, which stands in use->error. */
bool row_company_place(struct import_run *run, const char *name, const char *source, int64_t owner_id, int64_t *ret_client);
/* Whose it is: the member of this name; oneself where there is none (noted). */
int64_t row_owner(struct import_run *run, const char *name);

/* A name that owners, products are found by. */
void row_member(struct import_run *run, const char *name, int64_t member_id);
void row_product(struct import_run *run, const char *name, int64_t product_id);

enum row_end row_refuse(struct import_run *run, const char *why, const char *what);
/* use->error says that the world failed: the run ends. */
bool run_failed(const struct import_run *run);

#endif
