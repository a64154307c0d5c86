#include "app/community.h"

#include <string.h>

#include "app/journal.h"
#include "base/id.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/act_store.h"
#include "store/ban_store.h"
#include "store/journal_store.h"

/* {id, name, closed_at} of a community; ABSENT where there is none. */
static enum outcome community_of(struct use *use, int64_t community_id, json_t **ret_community)
{
	json_t *journal;
	*ret_community = NULL;
	if (journal_load(use->db, community_id, &journal, &use->error)) return FAILED;
	if (!journal || strcmp(json_string_value(json_object_get(journal, "kind")), "community")) {
		json_decref(journal);
		return ABSENT;
	}
	*ret_community = journal;
	return DONE;
}

static json_t *brief(json_t *journal)
{
	return json_pack("{sO sO sO}", "id", json_object_get(journal, "id"), "name", json_object_get(journal, "name"), "closed_at", json_object_get(journal, "closed_at"));
}

static enum outcome moderated(struct use *use, int64_t community_id, json_t **ret_community)
{
	bool may;
	enum outcome outcome = community_of(use, community_id, ret_community);
	if (!outcome) outcome = journal_moderates(use, community_id, &may);
	if (!outcome && !may) outcome = REFUSED;
	if (outcome) {
		json_decref(*ret_community);
		*ret_community = NULL;
	}
	return outcome;
}

static enum outcome ban_told(struct use *use, int64_t community_id, json_t **ret_ban)
{
	return use_done(ban_active(use->db, use->who.member_id, community_id, use->now, ret_ban, &use->error));
}

static enum outcome ban_refuses(struct use *use, int64_t community_id)
{
	json_t *ban;
	enum outcome outcome = ban_told(use, community_id, &ban);
	if (outcome || !ban) return outcome;
	bool everywhere = json_is_true(json_object_get(ban, "everywhere"));
	json_decref(ban);
	return use_mistake(use, "ban", everywhere ? N_("You are banned: you cannot write, vote or join anywhere until that ends") : N_("You are banned in this community"));
}

/* ---- Founding and changing ---- */

static enum outcome fields_check(struct use *use, int64_t community_id, const struct community_fields *f)
{
	bool there;
	if (!*text_fold(use->arena, f->name)) return use_mistake(use, "name", N_("A name has letters in it"));
	if (community_named(use->db, use->arena, f->name, community_id, &there, &use->error)) return FAILED;
	return there ? use_mistake(use, "name", N_("There is a community called so already")) : DONE;
}

enum outcome community_found(struct use *use, const struct community_fields *f, int64_t *ret_community_id)
{
	int64_t id = id_new(use->now), me = use->who.member_id;
	enum outcome outcome = ban_refuses(use, 0);
	if (!outcome) outcome = fields_check(use, 0, f);
	if (!outcome) outcome = journal_of_member(use, use->who.team_id, me);
	if (outcome) return outcome;
	if (community_insert(use->db, use->arena, id, f, me, use->now, &use->error)) return FAILED;
	if (community_role_set(use->db, id, me, COMMUNITY_MODERATOR, use->now, &use->error)) return FAILED;
	*ret_community_id = id;
	return use_done(follow_set(use->db, me, id, true, use->now, &use->error));
}

enum outcome community_change(struct use *use, int64_t community_id, const struct community_fields *f)
{
	json_t *community;
	enum outcome outcome = moderated(use, community_id, &community);
	json_decref(community);
	if (!outcome) outcome = fields_check(use, community_id, f);
	if (outcome) return outcome;
	return use_done(community_update(use->db, use->arena, community_id, f, &use->error));
}

enum outcome community_form_page(struct use *use, int64_t community_id, json_t **ret_model)
{
	json_t *community, *ban;
	if (!community_id) {
		enum outcome outcome = ban_told(use, 0, &ban);
		*ret_model = outcome ? NULL : json_pack("{s{ss ss ss} so?}", "form", "name", "", "about", "", "rules", "", "ban", ban);
		return outcome;
	}
	enum outcome outcome = moderated(use, community_id, &community);
	if (outcome) return outcome;
	*ret_model = json_pack("{s{sO sO sO} so}", "form", "name", json_object_get(community, "name"), "about", json_object_get(community, "about"), "rules",
			       json_object_get(community, "rules"), "community", brief(community));
	json_decref(community);
	return DONE;
}

/* ---- Members ---- */

static enum outcome last_moderator_stays(struct use *use, int64_t community_id, int64_t member_id)
{
	int64_t others;
	if (community_moderators_but(use->db, community_id, member_id, &others, &use->error)) return FAILED;
	return others ? DONE : use_mistake(use, "moderator", N_("A community needs a moderator: make somebody else one first"));
}

enum outcome community_join_or_leave(struct use *use, int64_t community_id, bool join)
{
	json_t *community;
	enum community_role role;
	int64_t me = use->who.member_id;
	enum outcome outcome = community_of(use, community_id, &community);
	bool closed = !json_is_null(json_object_get(community, "closed_at"));
	json_decref(community);
	if (outcome) return outcome;
	if (community_role_load(use->db, community_id, me, &role, &use->error)) return FAILED;
	if (join == (role != COMMUNITY_STRANGER)) return DONE;
	if (join) {
		if (closed) return use_mistake(use, "closed", N_("This community is closed: it is read, and nothing new comes"));
		outcome = ban_refuses(use, community_id);
		if (!outcome) outcome = journal_of_member(use, use->who.team_id, me);
	} else if (role == COMMUNITY_MODERATOR) {
		outcome = last_moderator_stays(use, community_id, me);
	}
	if (outcome) return outcome;
	return use_done(community_role_set(use->db, community_id, me, join ? COMMUNITY_MEMBER : COMMUNITY_STRANGER, use->now, &use->error));
}

enum outcome community_moderator_or_not(struct use *use, int64_t community_id, int64_t member_id, bool moderator)
{
	json_t *community, *ban = NULL;
	enum community_role role;
	enum outcome outcome = moderated(use, community_id, &community);
	json_decref(community);
	if (outcome) return outcome;
	if (community_role_load(use->db, community_id, member_id, &role, &use->error)) return FAILED;
	if (role == COMMUNITY_STRANGER) return use_mistake(use, "moderator", N_("Only a member of the community can be its moderator"));
	if (moderator == (role == COMMUNITY_MODERATOR)) return DONE;
	if (moderator) {
		if (ban_active(use->db, member_id, community_id, use->now, &ban, &use->error)) return FAILED;
		if (ban) outcome = use_mistake(use, "moderator", N_("Who is banned cannot moderate: lift the ban first"));
		json_decref(ban);
	} else {
		outcome = last_moderator_stays(use, community_id, member_id);
	}
	if (outcome) return outcome;
	return use_done(community_role_set(use->db, community_id, member_id, moderator ? COMMUNITY_MODERATOR : COMMUNITY_MEMBER, use->now, &use->error));
}

enum outcome community_close_or_reopen(struct use *use, int64_t community_id, bool close, const char *reason)
{
	json_t *community;
	enum outcome outcome = moderated(use, community_id, &community);
	bool closed = !json_is_null(json_object_get(community, "closed_at"));
	json_decref(community);
	if (outcome || close == closed) return outcome;
	struct act act = {.kind = close ? "close" : "reopen", .member_id = use->who.member_id, .community_id = community_id, .reason = reason, .effect = "[]"};
	if (community_close(use->db, community_id, close ? use->now : 0, &use->error)) return FAILED;
	if (journal_member_put(use->db, use->who.team_id, use->who.member_id, use->now, &use->error)) return FAILED;
	return use_done(act_insert(use->db, id_new(use->now), &act, use->now, &use->error));
}

/* "name.id": where the page before ended. */
static int64_t after_id(struct use *use, const char *after, const char **ret_key)
{
	int64_t id;
	const char *dot = strrchr(after, '.');
	*ret_key = "";
	if (!dot || !parse_int(dot + 1, &id)) return 0;
	*ret_key = arena_strndup(use->arena, after, (size_t)(dot - after));
	return id;
}

static void page_end(struct use *use, json_t *members, json_t *model)
{
	json_t *member;
	size_t i;
	if (json_array_size(members) > COMMUNITY_MEMBERS_PAGE) {
		json_array_remove(members, COMMUNITY_MEMBERS_PAGE);
		member = json_array_get(members, COMMUNITY_MEMBERS_PAGE - 1);
		json_object_set_new(model, "next", json_string(arena_printf(use->arena, "%s.%lld", json_string_value(json_object_get(member, "key")),
									    (long long)json_integer_value(json_object_get(member, "id")))));
	}
	json_array_foreach(members, i, member) json_object_del(member, "key");
}

enum outcome community_members_page(struct use *use, int64_t community_id, const char *words, const char *after, json_t **ret_model)
{
	json_t *community, *moderators = NULL, *members = NULL, *bans = NULL;
	const char *key;
	int64_t id = after_id(use, after, &key);
	bool may = false;
	enum outcome outcome = community_of(use, community_id, &community);
	if (!outcome) outcome = journal_moderates(use, community_id, &may);
	if (!outcome && community_moderators(use->db, community_id, &moderators, &use->error)) outcome = FAILED;
	if (!outcome && community_members(use->db, use->arena, community_id, words, key, id, COMMUNITY_MEMBERS_PAGE + 1, use->now, &members, &use->error)) outcome = FAILED;
	if (!outcome && may && ban_list(use->db, community_id, use->now, &bans, &use->error)) outcome = FAILED;
	if (!outcome) {
		*ret_model = json_pack("{so so so s{ss} sb so?}", "community", brief(community), "moderators", moderators, "members", members, "query", "words", words,
				       "may_moderate", may, "bans", bans);
		page_end(use, members, *ret_model);
	} else {
		json_decref(moderators);
		json_decref(members);
	}
	json_decref(community);
	return outcome;
}

/* ---- A blogger's own words ---- */

enum outcome journal_about_change(struct use *use, const char *about)
{
	enum outcome outcome = ban_refuses(use, 0);
	if (!outcome) outcome = journal_of_member(use, use->who.team_id, use->who.member_id);
	return outcome ? outcome : use_done(journal_about_set(use->db, use->who.member_id, about, &use->error));
}

enum outcome journal_about_page(struct use *use, json_t **ret_model)
{
	json_t *journal;
	if (journal_load(use->db, use->who.member_id, &journal, &use->error)) return FAILED;
	const char *about = journal ? json_string_value(json_object_get(journal, "about")) : "";
	*ret_model = json_pack("{s{ss} s{sI}}", "form", "about", about, "journal", "id", (json_int_t)use->who.member_id);
	json_decref(journal);
	return DONE;
}
