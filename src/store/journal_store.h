/* Journal store: journals, who may write in them, who is banned. Journals are the company's: no team leads their keys. */
#ifndef STURGEON_STORE_JOURNAL_STORE_H
#define STURGEON_STORE_JOURNAL_STORE_H

#include <stdbool.h>

#include "store/db.h"

/* A member's journal (journal_id = member_id) under his name; nothing where it is there already. */
enum err journal_member_put(struct db *db, int64_t team_id, int64_t member_id, int64_t now, struct error *err) MUST_CHECK;
/* His journal, if he has one, takes his new name. */
enum err journal_member_rename(struct db *db, int64_t member_id, const char *name, struct error *err) MUST_CHECK;

/* id, kind, team_id, name, about, rules, created_at, founder_id, closed_at, feed__bool; NULL where there is none. */
enum err journal_load(struct db *db, int64_t journal_id, json_t **ret_journal, struct error *err) MUST_CHECK;

/* The open communities of a member, without those he is banned in, by name: id, name. */
enum err journal_writable(struct db *db, int64_t member_id, int64_t now, json_t **ret_communities, struct error *err) MUST_CHECK;
/* Is he in this open community? */
enum err journal_member_of(struct db *db, int64_t community_id, int64_t member_id, bool *ret_member, bool *ret_moderator, struct error *err) MUST_CHECK;

#endif
