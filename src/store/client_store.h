/* Client store: companies and people, what hangs on them, and a team's own fields. Every function takes team_id and sees that team alone.
 * Whatever changes a client writes its row of client_words in the same write (client_words.h). */
#ifndef STURGEON_STORE_CLIENT_STORE_H
#define STURGEON_STORE_CLIENT_STORE_H

#include "base/arena.h"
#include "store/client_words.h"
#include "store/db.h"

enum { CLIENT_PHONES = 8, CLIENT_EMAILS = 8, CLIENT_TAGS = 20, CLIENT_FIELDS = 40 };

struct client_value {
	int64_t field_id;
	const char *value;
};

/* What people write of a client. Lists are closed by NULL (values: by field_id 0); empty values are left out. */
struct client_fields {
	const char *kind, *segment;     /* "company" or "person"; "b2b" or "b2c" */
	const char *name, *position, *source;
	int64_t company_id;             /* 0: none */
	int64_t owner_id;
	const char *phones[CLIENT_PHONES + 1], *emails[CLIENT_EMAILS + 1], *tags[CLIENT_TAGS + 1];
	struct client_value values[CLIENT_FIELDS + 1];
	const char *outside_id;         /* "" or its name where it came from; only client_insert reads it */
};

/* country: the company's own phone code, for the digits of national numbers. */
enum err client_insert(struct db *db, int64_t team_id, int64_t client_id, const struct client_fields *fields, const char *country, int64_t now,
		       struct error *err) MUST_CHECK;
enum err client_update(struct db *db, int64_t team_id, int64_t client_id, const struct client_fields *fields, const char *country, int64_t now,
		       struct error *err) MUST_CHECK;
enum err client_archive(struct db *db, int64_t team_id, int64_t client_id, int64_t at, struct error *err) MUST_CHECK; /* at 0: brings it back */
/* Something happened to a client (a note, a deal, a conversation): it comes first in the list. */
enum err client_touch(struct db *db, int64_t team_id, int64_t client_id, int64_t at, struct error *err) MUST_CHECK;

enum err client_note_insert(struct db *db, int64_t team_id, int64_t client_id, int64_t note_id, int64_t member_id, const char *text, int64_t at,
			    struct error *err) MUST_CHECK;

/* id, kind, segment, name, position, source, company {id, name} or null, owner {id, name}, phones, emails, tags (arrays), fields [{id, name, value}] of every
 * field in use and those that have a value, created_at, changed_at, archived_at. NULL where there is none. */
enum err client_load(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_client, struct error *err) MUST_CHECK;
enum err client_exists(struct db *db, int64_t team_id, int64_t client_id, bool *ret_exists, struct error *err) MUST_CHECK;
enum err client_notes(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_notes, struct error *err) MUST_CHECK; /* the last first */
/* The people who work at a company: id, name, position, phone. */
enum err client_people(struct db *db, int64_t team_id, int64_t company_id, json_t **ret_people, struct error *err) MUST_CHECK;
enum err client_deals(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_deals, struct error *err) MUST_CHECK; /* open ones first */
enum err client_calls_planned(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_calls, struct error *err) MUST_CHECK;

/* ---- Lists ---- */

enum { CLIENT_FOUND_MAX = 200, CLIENT_LINES_MAX = 31 };

/* Rows of a list: id, kind, segment, name, position, company, phone, tags, archived_at, last_at (the last conversation), next_at, open_value (of open deals; 0
 * where they have none, null where there are no deals), and key, by which the next page begins. At most CLIENT_LINES_MAX. */

/* The live (or archived) clients in a scope, the last changed first, from after a place on (after_id 0: the first). */
enum err client_list(struct db *db, struct arena *arena, int64_t team_id, const struct client_scope *scope, int64_t after_at, int64_t after_id, int limit,
		     json_t **ret_lines, struct error *err) MUST_CHECK;
/* Those that client_words_match asks for, by name, from after a place on (after_id 0: the first). *ret_found: how many there are in all;
 * where there are more than CLIENT_FOUND_MAX, it is that, and only the youngest are among them. */
enum err client_search(struct db *db, int64_t team_id, const char *match, const char *after_name, int64_t after_id, int limit, json_t **ret_lines,
		       int *ret_found, struct error *err) MUST_CHECK;
/* How many a scope holds, counted no further than `most`. */
enum err client_count(struct db *db, struct arena *arena, int64_t team_id, const struct client_scope *scope, int64_t most, int64_t *ret_count,
		      struct error *err) MUST_CHECK;
/* One such row, with owner; NULL where there is none. */
enum err client_line(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_line, struct error *err) MUST_CHECK;
/* The team's tags, in the order of their letters, at most `limit`. */
enum err client_tags(struct db *db, int64_t team_id, int limit, json_t **ret_tags, struct error *err) MUST_CHECK;
enum err client_sources(struct db *db, int64_t team_id, int limit, json_t **ret_sources, struct error *err) MUST_CHECK;

/* ---- Who may be the same ---- */

/* One client by a thing that names it; 0 where there is none. The live before the archived, then the oldest. */
enum err client_by_phone(struct db *db, int64_t team_id, const char *digits, int64_t but_id, int64_t *ret_id, struct error *err) MUST_CHECK;
enum err client_by_email(struct db *db, int64_t team_id, const char *email_fold, int64_t but_id, int64_t *ret_id, struct error *err) MUST_CHECK;
enum err client_by_name(struct db *db, int64_t team_id, const char *name_fold, const char *kind, int64_t but_id, int64_t *ret_id,
			struct error *err) MUST_CHECK; /* kind "": either */
enum err client_by_outside(struct db *db, int64_t team_id, const char *outside_id, int64_t *ret_id, struct error *err) MUST_CHECK;

/* Tells every client's name, the archived ones' too. */
enum err client_each_name(struct db *db, int64_t team_id, void (*each)(void *arg, int64_t client_id, const char *kind, const char *name, const char *name_fold), void *arg,
			  struct error *err) MUST_CHECK;

/* ---- A team's own fields ---- */

enum err field_list(struct db *db, int64_t team_id, bool retired, json_t **ret_fields, struct error *err) MUST_CHECK; /* id, name, retired_at */
enum err field_insert(struct db *db, int64_t team_id, int64_t field_id, const char *name, struct error *err) MUST_CHECK; /* stands last */
enum err field_rename(struct db *db, int64_t team_id, int64_t field_id, const char *name, struct error *err) MUST_CHECK;
enum err field_retire(struct db *db, int64_t team_id, int64_t field_id, int64_t at, struct error *err) MUST_CHECK; /* at 0: brings it back */

#endif
