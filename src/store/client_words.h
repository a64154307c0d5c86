/* Client words: finding clients as one types: the row of client_words that a client has, and what it is asked.
 *
 * Invariant: after every function of client_store.h that changes a client, its row here is what client_words_put would write.
 * `sturgeon check` proves it (client_words_rebuild). */
#ifndef STURGEON_STORE_CLIENT_WORDS_H
#define STURGEON_STORE_CLIENT_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

/* Writes the client's row anew from its tables; for a company also the rows of the people who work there where `people`. */
enum err client_words_put(struct db *db, int64_t team_id, int64_t client_id, bool people, struct error *err) MUST_CHECK;

/* What narrows a search besides the words. */
struct client_scope {
	int64_t owner_id;               /* 0: anyone's */
	const char *segment;            /* "": any */
	const char *tag;                /* "": any; as it is spelled */
	bool archived;                  /* the archived ones instead of the live */
};

/* What was typed → what client_words is asked by MATCH: every word the beginning of one of the client's, in any order; three digits or more of a number
 * anywhere in a phone, however it is written; part of an e-mail's name. country: the company's own phone code. NULL where nothing to look for
 * was typed. */
const char *client_words_match(struct arena *arena, int64_t team_id, const char *typed, const struct client_scope *scope, const char *country);

/* The same where no words were typed: everything in the scope. */
const char *client_words_scope(struct arena *arena, int64_t team_id, const struct client_scope *scope);

/* Folded, and only letters, digits and single spaces: what names are compared and sorted by. */
char *client_name_fold(struct arena *arena, const char *name);

/* Every row as it should be, and none that should not; what was different is put right. detail: how many were. */
enum err client_words_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

#endif
