#include "app/client.h"

#include <ctype.h>
#include <string.h>

#include "app/advise_deal.h"
#include "app/crib.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/call_store.h"
#include "store/member_store.h"

enum { NAME_MAX_LENGTH = 200, TAG_LONGEST = 40, TAGS_SHOWN = 40, SOURCES_SHOWN = 30, TALKS_SHOWN = 20, COMPANIES_SHOWN = 8, FIELDS_MOST = CLIENT_FIELDS };

enum outcome client_country(struct use *use, const char **ret_country)
{
	json_t *company;
	*ret_country = "";
	if (company_load(use->db, &company, &use->error)) return FAILED;
	if (company) *ret_country = arena_strdup(use->arena, json_string_value(json_object_get(company, "country")));
	json_decref(company);
	return DONE;
}

/* ---- The list ---- */

static struct client_scope scope_of(const struct use *use, const struct client_query *q)
{
	return (struct client_scope){!strcmp(q->whose, "mine") ? use->who.member_id : 0, q->segment, q->tag, q->archived};
}

/* "number.id" or "name.id": where the page before ended. */
static int64_t after_id(struct use *use, const char *after, const char **ret_key)
{
	int64_t id;
	const char *dot = strrchr(after, '.');
	*ret_key = "";
	if (!dot || !parse_int(dot + 1, &id)) return 0;
	*ret_key = arena_strndup(use->arena, after, (size_t)(dot - after));
	return id;
}

static enum outcome listed(struct use *use, const struct client_query *q, const struct client_scope *scope, json_t **lines, int64_t *count)
{
	const char *key;
	int64_t id = after_id(use, q->after, &key), at = 0;
	if (id && !parse_int(key, &at)) id = 0;
	if (client_list(use->db, use->arena, use->who.team_id, scope, at, id, CLIENT_PAGE + 1, lines, &use->error)) return FAILED;
	return use_done(client_count(use->db, use->arena, use->who.team_id, scope, CLIENT_COUNT_MOST, count, &use->error));
}

static enum outcome searched(struct use *use, const struct client_query *q, const char *match, json_t **lines, int64_t *count)
{
	const char *name;
	int64_t id = after_id(use, q->after, &name);
	int found = 0;
	enum err kind = client_search(use->db, use->who.team_id, match, name, id, CLIENT_PAGE + 1, lines, &found, &use->error);
	*count = found;
	return use_done(kind);
}

/* "tel:+380671234567": a number that may be dialled from anywhere begins with a plus; a short one (an extension, 0 800) is dialled as it is. */
static const char *dial(struct use *use, const char *phone, const char *country)
{
	const char *digits = text_phone_digits(use->arena, phone, country);
	return arena_printf(use->arena, "tel:%s%s", strlen(digits) > 9 ? "+" : "", digits);
}

/* One row more was asked for than a page shows: where it came, the next page begins after the last that is shown. */
static void page_end(struct use *use, const char *country, json_t *lines, json_t *model)
{
	json_t *line;
	size_t i;
	if (json_array_size(lines) > CLIENT_PAGE) {
		json_array_remove(lines, CLIENT_PAGE);
		line = json_array_get(lines, CLIENT_PAGE - 1);
		const json_t *key = json_object_get(line, "key");
		long long id = json_integer_value(json_object_get(line, "id"));
		const char *next = json_is_string(key) ? arena_printf(use->arena, "%s.%lld", json_string_value(key), id)
						       : arena_printf(use->arena, "%lld.%lld", (long long)json_integer_value(key), id);
		json_object_set_new(model, "next", json_string(next));
	}
	json_array_foreach(lines, i, line) {
		const char *phone = json_string_value(json_object_get(line, "phone"));
		if (phone) json_object_set_new(line, "dial", json_string(dial(use, phone, country)));
		json_object_del(line, "key");
		json_object_del(line, "found");
	}
}

/* {name, chosen}; the one that is asked for is among them, however many tags there are. */
static json_t *tags_chosen(json_t *tags, const char *tag)
{
	json_t *list = json_array(), *name;
	bool there = !*tag;
	size_t i;
	json_array_foreach(tags, i, name) {
		bool chosen = !strcmp(json_string_value(name), tag);
		there = there || chosen;
		json_array_append_new(list, json_pack("{sO sb}", "name", name, "chosen", chosen));
	}
	if (!there) json_array_append_new(list, json_pack("{ss sb}", "name", tag, "chosen", true));
	json_decref(tags);
	return list;
}

enum outcome client_list_page(struct use *use, const struct client_query *q, json_t **ret_model)
{
	struct client_scope scope = scope_of(use, q);
	int64_t count = 0;
	const char *country, *match = NULL;
	json_t *tags, *lines = NULL;
	enum outcome outcome = client_country(use, &country);
	if (outcome) return outcome;
	if (*q->words) match = client_words_match(use->arena, use->who.team_id, q->words, &scope, country);
	outcome = match ? searched(use, q, match, &lines, &count) : listed(use, q, &scope, &lines, &count);
	if (!outcome && client_tags(use->db, use->who.team_id, TAGS_SHOWN, &tags, &use->error)) outcome = FAILED;
	if (outcome) {
		json_decref(lines);
		return outcome;
	}
	tags = tags_chosen(tags, q->tag);
	bool narrowed = match || scope.owner_id || *scope.segment || *scope.tag || scope.archived;
	*ret_model = json_pack("{s{ss ss ss ss sb} so so sI sb sb sb}", "query", "words", q->words, "whose", scope.owner_id ? "mine" : "team", "segment", q->segment, "tag",
			       q->tag, "archived", q->archived, "clients", lines, "tags", tags, "count", (json_int_t)count, "more",
			       count >= (match ? CLIENT_FOUND_MAX : CLIENT_COUNT_MOST), "narrowed", narrowed, "none", !json_array_size(lines) && !narrowed && !*q->after);
	page_end(use, country, lines, *ret_model);
	return DONE;
}

enum outcome client_companies(struct use *use, const char *typed, json_t **ret_model)
{
	struct client_scope scope = {0, "b2b", "", false};
	const char *country, *match;
	json_t *lines = NULL, *line, *companies = json_array();
	size_t i;
	int found;
	enum outcome outcome = client_country(use, &country);
	match = outcome ? NULL : client_words_match(use->arena, use->who.team_id, typed, &scope, country);
	if (match && client_search(use->db, use->who.team_id, match, "", 0, CLIENT_PAGE, &lines, &found, &use->error)) outcome = FAILED;
	json_array_foreach(lines, i, line) {
		bool company = !strcmp(json_string_value(json_object_get(line, "kind")), "company");
		if (company && json_array_size(companies) < COMPANIES_SHOWN)
			json_array_append_new(companies, json_pack("{sO sO}", "id", json_object_get(line, "id"), "name", json_object_get(line, "name")));
	}
	json_decref(lines);
	*ret_model = json_pack("{so}", "companies", companies);
	return outcome;
}

/* ---- One client ---- */

static json_t *phones_said(struct use *use, const json_t *phones, const char *country)
{
	json_t *list = json_array(), *phone;
	size_t i;
	json_array_foreach(phones, i, phone) {
		json_array_append_new(list, json_pack("{sO ss}", "phone", phone, "dial", dial(use, json_string_value(phone), country)));
	}
	return list;
}

static json_t *emails_said(struct use *use, const json_t *emails)
{
	json_t *list = json_array(), *email;
	size_t i;
	json_array_foreach(emails, i, email) {
		const char *write = "mailto:";
		for (const char *p = json_string_value(email); *p; p++) write = arena_printf(use->arena, strchr("%?&#\"", *p) ? "%s%%%02X" : "%s%c", write, (unsigned char)*p);
		json_array_append_new(list, json_pack("{sO ss}", "email", email, "write", write));
	}
	return list;
}

static json_t *motives_said(json_t *talks)
{
	static const char *const names[] = {"safety", "economy", "prestige", "comfort"};
	json_t *known = json_array(), *talk;
	json_int_t mask = 0;
	size_t i;
	json_array_foreach(talks, i, talk) mask |= json_integer_value(json_object_get(talk, "motives"));
	for (int m = 0; m < MOTIVE_COUNT; m++)
		if (mask & (json_int_t)MOTIVE_BIT(m)) json_array_append_new(known, json_string(names[m]));
	return known;
}

/* The last promise that was given: {text, at, id of the conversation}, or null. */
static json_t *promise_said(json_t *talks)
{
	json_t *talk;
	size_t i;
	json_array_foreach(talks, i, talk) {
		const char *text = json_string_value(json_object_get(talk, "promised"));
		if (text && *text) return json_pack("{ss sO sO}", "text", text, "at", json_object_get(talk, "ended_at"), "call", json_object_get(talk, "id"));
	}
	return json_null();
}

/* ---- What was, the last first ---- */

struct past {
	int64_t at;
	json_t *event; /* borrowed */
};

static int past_compare(const void *a, const void *b)
{
	const struct past *x = a, *y = b;
	return (x->at < y->at) - (x->at > y->at);
}

static void past_add(json_t *events, const char *what, json_t *row, const char *at_name)
{
	json_object_set_new(row, "what", json_string(what));
	if (strcmp(at_name, "at")) json_object_set(row, "at", json_object_get(row, at_name));
	json_array_append(events, row);
}

/* Conversations, notes, finished deals and the day he came, as one list: each {what, at, …}. */
static json_t *history_said(struct use *use, const json_t *client, json_t *talks, json_t *notes, json_t *finished)
{
	json_t *events = json_array(), *row, *sorted = json_array();
	size_t i;
	json_array_foreach(talks, i, row) past_add(events, "talk", row, "ended_at");
	json_array_foreach(notes, i, row) past_add(events, "note", row, "at");
	json_array_foreach(finished, i, row) past_add(events, "deal", row, "closed_at");
	json_array_append_new(events, json_pack("{ss sO sO}", "what", "came", "at", json_object_get(client, "created_at"), "source", json_object_get(client, "source")));
	size_t n = json_array_size(events);
	struct past *past = ARENA_ARRAY(use->arena, struct past, n);
	json_array_foreach(events, i, row) {
		past[i].event = row;
		if (!moment_parse(json_string_value(json_object_get(row, "at")), &past[i].at)) past[i].at = 0;
	}
	qsort(past, n, sizeof *past, past_compare);
	for (i = 0; i < n; i++) json_array_append(sorted, past[i].event);
	json_decref(events);
	return sorted;
}

/* The next conversation, with what the advisor says of it; null where none is planned. */
static enum outcome next_said(struct use *use, json_t *planned, json_t *model)
{
	struct advise_team *team;
	struct advise_known known;
	int64_t at;
	json_t *next = json_array_get(planned, 0);
	json_object_set(model, "next", next ? next : json_null());
	if (!next || !moment_parse(json_string_value(json_object_get(next, "planned_at")), &at)) return DONE;
	enum outcome outcome = advise_team_load(use, &team);
	if (!outcome) outcome = advise_deal_known(use, team, json_integer_value(json_object_get(next, "deal_id")), at > use->now ? at : use->now, &known);
	if (!outcome) json_object_set_new(next, "advice", advise_team_model(team, known.evidence.x, known.wish_sell));
	return outcome == FAILED ? FAILED : DONE;
}

static void deals_part(const json_t *deals, json_t *open, json_t *finished)
{
	json_t *deal;
	size_t i;
	json_array_foreach(deals, i, deal) json_array_append(json_is_null(json_object_get(deal, "closed_at")) ? open : finished, deal);
}

/* Everything that hangs on a client; each a new reference. */
struct around {
	json_t *notes, *people, *deals, *planned, *talks, *open, *finished;
};

static bool around_load(struct use *use, int64_t client_id, struct around *ret)
{
	struct db *db = use->db;
	int64_t team_id = use->who.team_id;
	return !client_notes(db, team_id, client_id, &ret->notes, &use->error) && !client_people(db, team_id, client_id, &ret->people, &use->error) &&
	       !client_deals(db, team_id, client_id, &ret->deals, &use->error) && !client_calls_planned(db, team_id, client_id, &ret->planned, &use->error) &&
	       !call_earlier(db, team_id, client_id, 0, TALKS_SHOWN, &ret->talks, &use->error);
}

static void around_done(struct around *a)
{
	json_t *all[] = {a->notes, a->people, a->deals, a->planned, a->talks, a->open, a->finished};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) json_decref(all[i]);
}

enum outcome client_page(struct use *use, int64_t client_id, json_t **ret_model)
{
	json_t *client, *model = NULL;
	const char *country;
	enum outcome outcome = client_country(use, &country);
	if (outcome) return outcome;
	if (client_load(use->db, use->who.team_id, client_id, &client, &use->error)) return FAILED;
	if (!client) return ABSENT;
	struct around a = {.open = json_array(), .finished = json_array()};
	if (around_load(use, client_id, &a)) {
		json_object_set_new(client, "phones", phones_said(use, json_object_get(client, "phones"), country));
		json_object_set_new(client, "emails", emails_said(use, json_object_get(client, "emails")));
		deals_part(a.deals, a.open, a.finished);
		model = json_pack("{sO sO sO sO so so so}", "client", client, "people", a.people, "planned", a.planned, "deals", a.open, "promised", promise_said(a.talks),
				  "motives", motives_said(a.talks), "history", history_said(use, client, a.talks, a.notes, a.finished));
		outcome = next_said(use, a.planned, model);
		if (!outcome) outcome = crib_put(use, client_id, !strcmp(json_string_value(json_object_get(client, "segment")), "b2b"), model);
	} else {
		outcome = FAILED;
	}
	around_done(&a);
	json_decref(client);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

enum outcome client_note(struct use *use, int64_t client_id, const char *text)
{
	bool there;
	if (client_exists(use->db, use->who.team_id, client_id, &there, &use->error)) return FAILED;
	if (!there) return ABSENT;
	if (client_note_insert(use->db, use->who.team_id, client_id, id_new(use->now), use->who.member_id, text, use->now, &use->error)) return FAILED;
	return use_done(client_touch(use->db, use->who.team_id, client_id, use->now, &use->error));
}

enum outcome client_archive_or_return(struct use *use, int64_t client_id, bool archive)
{
	bool there;
	if (client_exists(use->db, use->who.team_id, client_id, &there, &use->error)) return FAILED;
	if (!there) return ABSENT;
	return use_done(client_archive(use->db, use->who.team_id, client_id, archive ? use->now : 0, &use->error));
}

/* ---- Making and changing ---- */

bool client_phone_good(const char *phone)
{
	size_t digits = 0;
	for (const char *p = phone; *p; p++) digits += isdigit((unsigned char)*p) != 0;
	return digits >= 3 && digits <= 20 && text_length(phone) <= 40;
}

bool client_email_good(const char *email)
{
	const char *at = strchr(email, '@'), *dot = at ? strrchr(at, '.') : NULL;
	return at && at > email && !strchr(at + 1, '@') && dot && dot > at + 1 && dot[1] && !strpbrk(email, " \t,;<>()") && text_length(email) <= 254;
}

static void phones_read(struct use *use, const struct client_form *form, struct client_fields *f)
{
	int n = 0;
	for (int i = 0; form->phones[i]; i++) {
		if (!*form->phones[i]) continue;
		if (!client_phone_good(form->phones[i])) use_mistake(use, "phone", N_("A phone number has from three to twenty digits"));
		if (n == CLIENT_PHONES) use_mistake(use, "phone", N_("At most eight phone numbers"));
		else f->phones[n++] = form->phones[i];
	}
}

static void emails_read(struct use *use, const struct client_form *form, struct client_fields *f)
{
	int n = 0;
	for (int i = 0; form->emails[i]; i++) {
		if (!*form->emails[i]) continue;
		if (!client_email_good(form->emails[i])) use_mistake(use, "email", N_("An e-mail address looks like name@company.com"));
		if (n == CLIENT_EMAILS) use_mistake(use, "email", N_("At most eight e-mail addresses"));
		else f->emails[n++] = form->emails[i];
	}
}

static void tags_read(struct use *use, const struct client_form *form, struct client_fields *f)
{
	int n = 0;
	for (const char *at = form->tags; *at;) {
		size_t m = strcspn(at, ",;\n");
		const char *tag = text_clean(use->arena, arena_strndup(use->arena, at, m));
		if (text_length(tag) > TAG_LONGEST) use_mistake(use, "tags", N_("A tag is at most forty characters long; tags are parted by commas"));
		else if (*tag && n == CLIENT_TAGS) use_mistake(use, "tags", N_("At most twenty tags"));
		else if (*tag) f->tags[n++] = tag;
		at += m + (at[m] != '\0');
	}
}

static void values_read(struct use *use, const struct client_form *form, struct client_fields *f)
{
	int n = 0;
	for (int i = 0; form->field_ids[i] && form->field_values[i] && n < CLIENT_FIELDS; i++) {
		int64_t id;
		if (parse_int(form->field_ids[i], &id) && id > 0) f->values[n++] = (struct client_value){id, form->field_values[i]};
	}
	(void)use;
}

/* Values of fields that are not this team's are dropped: the form was made before a field was, or by hand. */
static enum outcome values_keep_own(struct use *use, struct client_fields *f)
{
	json_t *fields, *field;
	size_t i;
	int kept = 0;
	if (field_list(use->db, use->who.team_id, true, &fields, &use->error)) return FAILED;
	for (int k = 0; k < CLIENT_FIELDS && f->values[k].field_id; k++) {
		struct client_value value = f->values[k];
		json_array_foreach(fields, i, field) {
			if (json_integer_value(json_object_get(field, "id")) == value.field_id) f->values[kept++] = value;
		}
	}
	f->values[kept].field_id = 0;
	json_decref(fields);
	return DONE;
}

static enum outcome owner_read(struct use *use, int64_t owner_id)
{
	json_t *owner;
	if (member_load(use->db, use->who.team_id, owner_id, &owner, &use->error)) return FAILED;
	bool good = owner && json_is_null(json_object_get(owner, "retired_at"));
	json_decref(owner);
	return good ? DONE : use_mistake(use, "owner", N_("Choose a member of the team"));
}

/* Reads a form; the company is found or made only when everything else is right. */
static enum outcome form_read(struct use *use, int64_t client_id, const struct client_form *form, int64_t was_owner, struct client_fields *f)
{
	bool company = !strcmp(form->kind, "company");
	*f = (struct client_fields){.kind = form->kind, .segment = company ? "b2b" : form->segment, .name = form->name, .position = company ? "" : form->position,
				    .source = form->source};
	f->owner_id = form->owner_id ? form->owner_id : was_owner;
	if (!*client_name_fold(use->arena, form->name)) use_mistake(use, "name", N_("Write the name"));
	phones_read(use, form, f);
	emails_read(use, form, f);
	tags_read(use, form, f);
	values_read(use, form, f);
	if (values_keep_own(use, f) == FAILED || (f->owner_id != was_owner && owner_read(use, f->owner_id) == FAILED)) return FAILED;
	if (!company && *form->company) {
		const char *fold = client_name_fold(use->arena, form->company);
		if (!*fold) return use_mistake(use, "company", N_("Write the company's name"));
		if (client_by_name(use->db, use->who.team_id, fold, "company", client_id, &f->company_id, &use->error)) return FAILED;
	}
	return use_valid(use) ? DONE : INVALID;
}

static enum outcome company_found_or_made(struct use *use, const struct client_form *form, const char *country, struct client_fields *f)
{
	if (f->company_id || !strcmp(form->kind, "company") || !*form->company) return DONE;
	struct client_fields company = {.kind = "company", .segment = "b2b", .name = form->company, .position = "", .source = form->source, .owner_id = f->owner_id};
	f->company_id = id_new(use->now);
	return use_done(client_insert(use->db, use->who.team_id, f->company_id, &company, country, use->now, &use->error));
}

/* Ids of clients that share a phone, an e-mail or the name, at most `max`; *ret_n of them. */
static enum outcome twins_find(struct use *use, const struct client_fields *f, const char *country, int64_t but_id, int max, int64_t *ids, int *ret_n)
{
	int64_t team_id = use->who.team_id, id = 0, found[CLIENT_PHONES + CLIENT_EMAILS + 1];
	int n = 0;
	enum err kind = client_by_name(use->db, team_id, client_name_fold(use->arena, f->name), "", but_id, &id, &use->error);
	found[n++] = id;
	for (int i = 0; !kind && i < CLIENT_PHONES && f->phones[i]; i++) {
		const char *digits = text_phone_digits(use->arena, f->phones[i], country);
		id = 0;
		if (*digits) kind = client_by_phone(use->db, team_id, digits, but_id, &id, &use->error);
		found[n++] = id;
	}
	for (int i = 0; !kind && i < CLIENT_EMAILS && f->emails[i]; i++) {
		kind = client_by_email(use->db, team_id, text_fold(use->arena, f->emails[i]), but_id, &id, &use->error);
		found[n++] = id;
	}
	*ret_n = 0;
	for (int i = 0; i < n && *ret_n < max; i++) {
		bool there = !found[i];
		for (int k = 0; k < *ret_n; k++) there = there || ids[k] == found[i];
		if (!there) ids[(*ret_n)++] = found[i];
	}
	return use_done(kind);
}

enum outcome client_make(struct use *use, const struct client_form *form, int64_t *ret_client_id)
{
	struct client_fields f;
	const char *country;
	int64_t twin;
	int n = 0;
	enum outcome outcome = client_country(use, &country);
	if (!outcome) outcome = form_read(use, 0, form, use->who.member_id, &f);
	if (!outcome && !form->anyway) outcome = twins_find(use, &f, country, 0, 1, &twin, &n);
	if (outcome) return outcome;
	if (n) return use_mistake(use, "anyway", N_("Somebody like this is here already. Look whether it is the same client; if not, make a new one all the same"));
	outcome = company_found_or_made(use, form, country, &f);
	if (outcome) return outcome;
	*ret_client_id = id_new(use->now);
	return use_done(client_insert(use->db, use->who.team_id, *ret_client_id, &f, country, use->now, &use->error));
}

enum outcome client_change(struct use *use, int64_t client_id, const struct client_form *form)
{
	struct client_fields f;
	const char *country;
	json_t *client;
	if (client_load(use->db, use->who.team_id, client_id, &client, &use->error)) return FAILED;
	if (!client) return ABSENT;
	int64_t owner_id = json_integer_value(json_object_get(json_object_get(client, "owner"), "id"));
	json_decref(client);
	enum outcome outcome = client_country(use, &country);
	if (!outcome) outcome = form_read(use, client_id, form, owner_id, &f);
	if (!outcome) outcome = company_found_or_made(use, form, country, &f);
	return outcome ? outcome : use_done(client_update(use->db, use->who.team_id, client_id, &f, country, use->now, &use->error));
}

/* ---- The form ---- */

static const char *typed_text(const json_t *typed, const char *name)
{
	const char *text = json_string_value(json_object_get(typed, name));
	return text ? text : "";
}

/* A list that was typed, as fields of a client read it; at most max. */
static void typed_list(const json_t *typed, const char *name, const char **list, int max)
{
	json_t *text;
	size_t i;
	int n = 0;
	json_array_foreach(json_object_get(typed, name), i, text) {
		if (n < max && *json_string_value(text)) list[n++] = json_string_value(text);
	}
	list[n] = NULL;
}

static enum outcome twins_said(struct use *use, const json_t *typed, json_t *model)
{
	struct client_fields f = {.name = typed_text(typed, "name")};
	const char *country;
	int64_t ids[5];
	int n = 0;
	json_t *list = json_array(), *line;
	typed_list(typed, "phone", f.phones, CLIENT_PHONES);
	typed_list(typed, "email", f.emails, CLIENT_EMAILS);
	json_object_set_new(model, "twins", list);
	enum outcome outcome = client_country(use, &country);
	if (!outcome) outcome = twins_find(use, &f, country, 0, 5, ids, &n);
	for (int i = 0; !outcome && i < n; i++) {
		if (client_line(use->db, use->who.team_id, ids[i], &line, &use->error)) return FAILED;
		if (line) json_array_append_new(list, line);
	}
	return outcome;
}

/* The own fields of the form, with what the client has or what was typed. */
static void values_said(json_t *fields, const json_t *typed)
{
	const json_t *ids = json_object_get(typed, "field"), *values = json_object_get(typed, "value");
	json_t *field, *id;
	size_t i, k;
	int64_t number;
	json_array_foreach(fields, i, field) {
		if (!json_object_get(field, "value")) json_object_set_new(field, "value", json_string(""));
		if (json_is_null(json_object_get(field, "value"))) json_object_set_new(field, "value", json_string(""));
		json_array_foreach(ids, k, id) {
			json_t *value = json_array_get(values, k);
			if (value && parse_int(json_string_value(id), &number) && number == json_integer_value(json_object_get(field, "id"))) json_object_set(field, "value", value);
		}
	}
}

static json_t *joined(struct use *use, const json_t *list)
{
	const char *text = "";
	json_t *part;
	size_t i;
	json_array_foreach(list, i, part) text = i ? arena_printf(use->arena, "%s, %s", text, json_string_value(part)) : json_string_value(part);
	return json_string(text);
}

static json_t *form_of(struct use *use, json_t *client)
{
	json_t *company = json_object_get(client, "company");
	json_t *form = json_pack("{sO sO sO sO sO sO sO sO so sO}", "kind", json_object_get(client, "kind"), "segment", json_object_get(client, "segment"), "name",
				 json_object_get(client, "name"), "position", json_object_get(client, "position"), "source", json_object_get(client, "source"), "phone",
				 json_object_get(client, "phones"), "email", json_object_get(client, "emails"), "owner",
				 json_object_get(json_object_get(client, "owner"), "id"), "tags", joined(use, json_object_get(client, "tags")), "fields",
				 json_object_get(client, "fields"));
	json_object_set_new(form, "company", json_is_object(company) ? json_incref(json_object_get(company, "name")) : json_string(""));
	return form;
}

static enum outcome form_new(struct use *use, int64_t company_id, const char *kind, json_t **ret_form)
{
	json_t *fields, *company = NULL;
	if (field_list(use->db, use->who.team_id, false, &fields, &use->error)) return FAILED;
	if (company_id && client_load(use->db, use->who.team_id, company_id, &company, &use->error)) {
		json_decref(fields);
		return FAILED;
	}
	*ret_form = json_pack("{ss ss ss ss ss s[] s[] sI ss so ss}", "kind", kind, "segment", company ? "b2b" : "b2c", "name", "", "position", "", "source", "", "phone",
			      "email", "owner", (json_int_t)use->who.member_id, "tags", "", "fields", fields, "company",
			      company ? json_string_value(json_object_get(company, "name")) : "");
	json_decref(company);
	return DONE;
}

static enum outcome choices(struct use *use, const json_t *typed, json_t *model)
{
	json_t *members, *tags = NULL, *sources = NULL, *member;
	int64_t owner_id = json_integer_value(json_object_get(json_object_get(model, "form"), "owner"));
	size_t i;
	if (typed && !parse_int(typed_text(typed, "owner"), &owner_id)) owner_id = use->who.member_id;
	if (member_list(use->db, use->who.team_id, &members, &use->error)) return FAILED;
	json_t *present = json_array();
	json_array_foreach(members, i, member) {
		int64_t id = json_integer_value(json_object_get(member, "id"));
		if (json_is_null(json_object_get(member, "retired_at")) || id == owner_id)
			json_array_append_new(present, json_pack("{sI sO sb}", "id", (json_int_t)id, "name", json_object_get(member, "name"), "chosen", id == owner_id));
	}
	json_decref(members);
	json_object_set_new(model, "members", present);
	if (client_tags(use->db, use->who.team_id, TAGS_SHOWN, &tags, &use->error) || client_sources(use->db, use->who.team_id, SOURCES_SHOWN, &sources, &use->error)) {
		json_decref(tags);
		return FAILED;
	}
	json_object_set_new(model, "tags", tags);
	json_object_set_new(model, "sources", sources);
	return DONE;
}

enum outcome client_form_page(struct use *use, int64_t client_id, int64_t company_id, const char *kind, const json_t *typed, json_t **ret_model)
{
	json_t *client = NULL, *form = NULL, *model = json_object();
	enum outcome outcome = DONE;
	if (client_id) {
		if (client_load(use->db, use->who.team_id, client_id, &client, &use->error)) outcome = FAILED;
		else if (!client) outcome = ABSENT;
		else form = form_of(use, client);
		if (!outcome) json_object_set_new(model, "client", json_pack("{sI sO}", "id", (json_int_t)client_id, "name", json_object_get(client, "name")));
	} else {
		outcome = form_new(use, company_id, kind, &form);
	}
	json_decref(client);
	if (!outcome) {
		json_object_set_new(model, "form", form);
		values_said(json_object_get(form, "fields"), typed);
		outcome = choices(use, typed, model);
	}
	if (!outcome && typed && !client_id && json_object_get(use->mistakes, "anyway")) outcome = twins_said(use, typed, model);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

/* ---- Own fields ---- */

enum outcome field_page(struct use *use, json_t **ret_model)
{
	json_t *fields;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	if (field_list(use->db, use->who.team_id, true, &fields, &use->error)) return FAILED;
	*ret_model = json_pack("{so}", "fields", fields);
	return DONE;
}

/* Finds the field; with a name also whether another has it. */
static enum outcome field_check(struct use *use, int64_t field_id, const char *name)
{
	json_t *fields, *field;
	size_t i;
	bool there = false, taken = false;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	if (field_list(use->db, use->who.team_id, true, &fields, &use->error)) return FAILED;
	const char *fold = name ? text_fold(use->arena, name) : "";
	json_array_foreach(fields, i, field) {
		if (json_integer_value(json_object_get(field, "id")) == field_id) there = true;
		else if (name && !strcmp(text_fold(use->arena, json_string_value(json_object_get(field, "name"))), fold)) taken = true;
	}
	size_t n = json_array_size(fields);
	json_decref(fields);
	if (field_id && !there) return ABSENT;
	if (taken) return use_mistake(use, "name", N_("There is such a field already"));
	if (!field_id && n >= FIELDS_MOST) return use_mistake(use, "name", N_("At most forty fields, those in retirement too"));
	return DONE;
}

enum outcome field_make(struct use *use, const char *name, int64_t *ret_field_id)
{
	enum outcome outcome = field_check(use, 0, name);
	if (outcome) return outcome;
	*ret_field_id = id_new(use->now);
	return use_done(field_insert(use->db, use->who.team_id, *ret_field_id, name, &use->error));
}

enum outcome field_change(struct use *use, int64_t field_id, const char *name)
{
	enum outcome outcome = field_check(use, field_id, name);
	return outcome ? outcome : use_done(field_rename(use->db, use->who.team_id, field_id, name, &use->error));
}

enum outcome field_retire_or_return(struct use *use, int64_t field_id, bool retire)
{
	enum outcome outcome = field_check(use, field_id, NULL);
	return outcome ? outcome : use_done(field_retire(use->db, use->who.team_id, field_id, retire ? use->now : 0, &use->error));
}
