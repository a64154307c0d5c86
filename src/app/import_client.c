/* A row of a table as a client: what it says, whether he is here already, and what is added to him. */
#include <ctype.h>
#include <string.h>

#include "app/client.h"
#include "app/import_rows.h"
#include "base/id.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"

enum { NAME_LONGEST = 200, TEXT_LONGEST = 120, VALUE_LONGEST = 500, TAG_LONGEST = 40, NOTE_MAX = 1 << 20 };

enum row_end row_refuse(struct import_run *run, const char *why, const char *what)
{
	run->why = why;
	run->what = what;
	return ROW_REFUSED;
}

bool run_failed(const struct import_run *run)
{
	return run->use->error.kind != ERR_NONE;
}

/* ---- Reading the cells ---- */

static void note_line(struct row_client *c, const char *heading, const char *text)
{
	if (c->note.used) buf_char(&c->note, '\n');
	if (*heading) buf_printf(&c->note, "%s: ", heading);
	buf_text(&c->note, text);
}

/* The next piece of a cell that holds several; moves *at behind it. "a ::: b" is Google's way. */
static const char *piece_next(struct arena *arena, const char **at, const char *signs)
{
	while (**at) {
		size_t n = strcspn(*at, signs);
		const char *google = strstr(*at, ":::");
		if (google && (size_t)(google - *at) < n) n = (size_t)(google - *at);
		const char *piece = text_clean(arena, arena_strndup(arena, *at, n));
		*at += n;
		while (**at && (strchr(signs, **at) || **at == ':')) (*at)++;
		if (*piece) return piece;
	}
	return NULL;
}

static void phones_take(struct import_run *run, struct row_client *c, const char *heading, const char *cell)
{
	const char *at = cell, *piece;
	int before = c->n_phones;
	while ((piece = piece_next(run->row_arena, &at, ",;\n"))) {
		size_t digits = 0;
		for (const char *p = piece; *p; p++) digits += isdigit((unsigned char)*p) != 0;
		bool extension = digits > 0 && digits < 5 && c->n_phones > before; /* "…, доб. 12" */
		if (extension) {
			const char *longer = arena_printf(run->row_arena, "%s, %s", c->phones[c->n_phones - 1], piece);
			if (client_phone_good(longer)) c->phones[c->n_phones - 1] = longer;
		} else if (client_phone_good(piece) && c->n_phones < CLIENT_PHONES) {
			c->phones[c->n_phones++] = piece;
		} else {
			note_line(c, heading, piece); /* nothing is lost: "немає, дзвонити Олені" */
		}
	}
}

/* "Олена <olena@kava.example>", "mailto:…" → the address */
static const char *email_bare(struct arena *arena, const char *piece)
{
	const char *open = strchr(piece, '<'), *close = open ? strchr(open, '>') : NULL;
	if (close) piece = arena_strndup(arena, open + 1, (size_t)(close - open - 1));
	return strncmp(piece, "mailto:", 7) ? piece : piece + 7;
}

static void emails_take(struct import_run *run, struct row_client *c, const char *heading, const char *cell)
{
	const char *at = cell, *piece;
	const char *signs = strchr(cell, '<') ? ",;\n" : ",; \n";
	while ((piece = piece_next(run->row_arena, &at, signs))) {
		const char *email = email_bare(run->row_arena, piece);
		if (client_email_good(email) && c->n_emails < CLIENT_EMAILS) c->emails[c->n_emails++] = email;
		else note_line(c, heading, piece);
	}
}

static void tags_take(struct import_run *run, struct row_client *c, const char *cell)
{
	const char *at = cell, *tag;
	while ((tag = piece_next(run->row_arena, &at, ",;\n"))) {
		while (*tag == '*' || *tag == ' ') tag++;
		const char *fold = text_fold(run->row_arena, tag);
		bool machines = !strcmp(fold, "mycontacts") || !strcmp(fold, "my contacts") || !strcmp(fold, "starred");
		if (!*tag || machines) continue;
		if (text_length(tag) > TAG_LONGEST || c->n_tags == CLIENT_TAGS) note_line(c, "", tag);
		else c->tags[c->n_tags++] = tag;
	}
}

/* A text that is longer than its field goes on in the note. */
static const char *fitted(struct import_run *run, struct row_client *c, const char *heading, const char *text, size_t most)
{
	(void)run;
	if (text_length(text) <= most) return text;
	note_line(c, heading, text);
	return "";
}

static void own_take(struct import_run *run, struct row_client *c, const struct import_column *column, const char *cell)
{
	const char *value = fitted(run, c, column->header, cell, VALUE_LONGEST);
	if (*value && c->n_values < CLIENT_FIELDS) c->values[c->n_values++] = (struct client_value){column->field_id, value};
}

void row_client_read(struct import_run *run, struct row_client *c)
{
	const char *first = "", *middle = "", *last = "";
	*c = (struct row_client){.name = "", .company = "", .position = "", .source = "", .segment = "", .outside = "", .owner = ""};
	buf_init(&c->note, NOTE_MAX);
	for (int i = 0; i < run->columns; i++) {
		const struct import_column *column = &run->column[i];
		const char *cell = run->cell[i];
		if (!*cell || column->field == COLUMN_SKIP || guess_is_nothing(run->row_arena, cell)) continue;
		switch (column->field) {
		case COLUMN_NAME: c->name = cell; break;
		case COLUMN_FIRST: first = cell; break;
		case COLUMN_MIDDLE: middle = cell; break;
		case COLUMN_LAST: last = cell; break;
		case COLUMN_COMPANY: c->company = cell; break;
		case COLUMN_POSITION: c->position = fitted(run, c, column->header, cell, TEXT_LONGEST); break;
		case COLUMN_PHONE: phones_take(run, c, column->header, cell); break;
		case COLUMN_EMAIL: emails_take(run, c, column->header, cell); break;
		case COLUMN_TAGS: tags_take(run, c, cell); break;
		case COLUMN_SOURCE: c->source = fitted(run, c, column->header, cell, TEXT_LONGEST); break;
		case COLUMN_SEGMENT: {
			const char *segment = guess_segment(run->row_arena, cell);
			if (segment) c->segment = segment;
			else note_line(c, column->header, cell);
			break;
		}
		case COLUMN_NOTE: note_line(c, "", cell); break;
		case COLUMN_NAMED: note_line(c, column->header, cell); break;
		case COLUMN_OUTSIDE: c->outside = cell; break;
		case COLUMN_OWNER: c->owner = cell; break;
		case COLUMN_OWN: own_take(run, c, column, cell); break;
		default: break;
		}
	}
	if (!*c->name && (*first || *last))
		c->name = text_clean(run->row_arena, arena_printf(run->row_arena, "%s %s %s", first, middle, last));
}

/* ---- Whose ---- */

/* The words of a name in the order of their letters: "Гнатюк Олена" and "Олена Гнатюк" are one. */
static const char *name_key(struct arena *arena, const char *name)
{
	const char *words[8];
	char *fold = client_name_fold(arena, name);
	int n = 0;
	for (char *at = fold; *at && n < 8;) {
		size_t m = strcspn(at, " ");
		const char *word = arena_strndup(arena, at, m);
		int place = n++;
		for (; place && strcmp(words[place - 1], word) > 0; place--) words[place] = words[place - 1];
		words[place] = word;
		at += m + (at[m] == ' ');
	}
	const char *key = "";
	for (int i = 0; i < n; i++) key = arena_printf(arena, "%s %s", key, words[i]);
	return key;
}

void row_member(struct import_run *run, const char *name, int64_t member_id)
{
	keymap_put(&run->members, name_key(run->row_arena, name), member_id);
}

int64_t row_owner(struct import_run *run, const char *name)
{
	int64_t member_id;
	if (!*name) return run->use->who.member_id;
	if (keymap_get(&run->members, name_key(run->row_arena, name), &member_id)) return member_id;
	if (strlen(name) <= NAME_LONGEST) {
		json_t *count = json_object_get(run->owner_words, name);
		json_object_set_new(run->owner_words, name, json_integer(json_integer_value(count) + 1));
	}
	return run->use->who.member_id;
}

/* ---- Who is here already ---- */

static struct met *met_add(struct import_run *run, struct met met)
{
	if (run->n_met == run->room_met) {
		struct met *wider = ARENA_ARRAY(run->known.arena, struct met, run->room_met ? run->room_met * 4 : 256);
		if (run->n_met) memcpy(wider, run->met, (size_t)run->n_met * sizeof *wider);
		run->met = wider;
		run->room_met = run->room_met ? run->room_met * 4 : 256;
	}
	run->met[run->n_met] = met;
	keymap_put(&run->known, arena_printf(run->row_arena, "i:%lld", (long long)met.id), run->n_met);
	return &run->met[run->n_met++];
}

/* NULL on failure. */
static struct met *met_of(struct import_run *run, int64_t client_id)
{
	int64_t place;
	struct met met = {.id = client_id};
	if (keymap_get(&run->known, arena_printf(run->row_arena, "i:%lld", (long long)client_id), &place)) return &run->met[place];
	if (import_client_find(run->use->db, run->known.arena, run->use->who.team_id, client_id, &met.client, &run->use->error)) return NULL;
	return met_add(run, met);
}

static bool share_a_word(const char *a, const char *b)
{
	for (const char *at = a; *at;) {
		size_t n = strcspn(at, " ");
		for (const char *other = b; *other;) {
			size_t m = strcspn(other, " ");
			if (n == m && n >= 3 && !memcmp(at, other, n)) return true;
			other += m + (other[m] == ' ');
		}
		at += n + (at[n] == ' ');
	}
	return false;
}

struct sought {
	const char *kind, *name_fold, *company_fold;
	bool named, reach;
};

/* Who shares a phone or an e-mail is the same, but not a person and his company, nor two colleagues with different names. */
static bool same_by_reach(const struct met *met, const struct sought *s)
{
	if (!met->client.there || strcmp(met->client.kind, s->kind)) return false;
	if (!s->named || share_a_word(met->client.name_fold, s->name_fold)) return true;
	return !strcmp(s->kind, "person") && !(*s->company_fold && !strcmp(met->client.company_fold, s->company_fold));
}

/* One name alone is the same person only where nothing speaks against it: no other company, and not two with phones of their own, which all differ. */
static bool same_by_name(const struct met *met, const struct sought *s)
{
	if (!met->client.there || strcmp(met->client.kind, s->kind)) return false;
	if (!strcmp(s->kind, "company")) return true;
	if (*s->company_fold && *met->client.company_fold && strcmp(s->company_fold, met->client.company_fold)) return false;
	return !(s->reach && met->client.reach);
}

/* Looks a key up in what this run has met, then in the data. NULL: nobody (or failure). */
static struct met *look(struct import_run *run, const char *key, enum err found, int64_t id)
{
	int64_t place;
	if (keymap_get(&run->known, key, &place)) return &run->met[place];
	return found || !id ? NULL : met_of(run, id);
}

static struct met *by_phone(struct import_run *run, const char *digits)
{
	int64_t id = 0;
	enum err kind = client_by_phone(run->use->db, run->use->who.team_id, digits, 0, &id, &run->use->error);
	return look(run, arena_printf(run->row_arena, "p:%s", digits), kind, id);
}

static struct met *by_email(struct import_run *run, const char *fold)
{
	int64_t id = 0;
	enum err kind = client_by_email(run->use->db, run->use->who.team_id, fold, 0, &id, &run->use->error);
	return look(run, arena_printf(run->row_arena, "e:%s", fold), kind, id);
}

static struct met *by_name(struct import_run *run, const char *fold, const char *kind_name)
{
	int64_t id = 0;
	enum err kind = client_by_name(run->use->db, run->use->who.team_id, fold, kind_name, 0, &id, &run->use->error);
	return look(run, arena_printf(run->row_arena, "n:%s:%s", kind_name, fold), kind, id);
}

static struct met *by_outside(struct import_run *run, const char *outside)
{
	int64_t id = 0;
	enum err kind = client_by_outside(run->use->db, run->use->who.team_id, outside, &id, &run->use->error);
	return look(run, arena_printf(run->row_arena, "x:%s", outside), kind, id);
}

static struct met *found(int64_t *count, struct met *met)
{
	(*count)++;
	return met;
}

/* Who of those here is meant; NULL: nobody, or the world failed (run_failed). Counts how he was found. */
static struct met *who_is_it(struct import_run *run, const struct row_client *c, const struct sought *s)
{
	struct met *met;
	if (*c->outside && run->kind == GUESS_CLIENTS && (met = by_outside(run, c->outside))) return found(&run->counts.by_outside, met);
	for (int i = 0; i < c->n_phones && !run_failed(run); i++) {
		const char *digits = text_phone_digits(run->row_arena, c->phones[i], run->country);
		if (*digits && (met = by_phone(run, digits)) && same_by_reach(met, s)) return found(&run->counts.by_phone, met);
	}
	for (int i = 0; i < c->n_emails && !run_failed(run); i++) {
		met = by_email(run, text_fold(run->row_arena, c->emails[i]));
		if (met && same_by_reach(met, s)) return found(&run->counts.by_email, met);
	}
	if (run_failed(run) || !s->named) return NULL;
	met = by_name(run, s->name_fold, s->kind);
	return met && same_by_name(met, s) ? found(&run->counts.by_name, met) : NULL;
}

/* What names a client from now on. */
static void remember(struct import_run *run, const struct row_client *c, const struct sought *s, int64_t place)
{
	for (int i = 0; i < c->n_phones; i++) {
		const char *digits = text_phone_digits(run->row_arena, c->phones[i], run->country);
		if (*digits) keymap_put(&run->known, arena_printf(run->row_arena, "p:%s", digits), place);
	}
	for (int i = 0; i < c->n_emails; i++) keymap_put(&run->known, arena_printf(run->row_arena, "e:%s", text_fold(run->row_arena, c->emails[i])), place);
	if (s->named) keymap_put(&run->known, arena_printf(run->row_arena, "n:%s:%s", s->kind, s->name_fold), place);
	if (*c->outside && run->kind == GUESS_CLIENTS) keymap_put(&run->known, arena_printf(run->row_arena, "x:%s", c->outside), place);
}

/* ---- Making ---- */

static bool note_write(struct import_run *run, int64_t client_id, const char *text)
{
	return !client_note_insert(run->use->db, run->use->who.team_id, client_id, id_new(run->use->now), run->use->who.member_id, text, run->use->now, &run->use->error);
}

static struct met *made(struct import_run *run, const struct row_client *c, const struct sought *s, const struct client_fields *f)
{
	struct met met = {id_new(run->use->now),
			  {true, s->reach, s->kind, arena_strdup(run->known.arena, s->name_fold), arena_strdup(run->known.arena, s->company_fold)},
			  true};
	if (run->write && client_insert(run->use->db, run->use->who.team_id, met.id, f, run->country, run->use->now, &run->use->error)) return NULL;
	if (run->write && c->note.used && !note_write(run, met.id, c->note.bytes)) return NULL;
	return met_add(run, met);
}

bool row_company_place(struct import_run *run, const char *name, const char *source, int64_t owner_id, int64_t *ret_client)
{
	struct row_client none = {.name = name, .outside = ""};
	struct sought s = {"company", client_name_fold(run->row_arena, name), "", true, false};
	struct met *met = by_name(run, s.name_fold, "company");
	if (run_failed(run)) return false;
	if (!met || !met->client.there) {
		struct client_fields f = {.kind = "company", .segment = "b2b", .name = name, .position = "", .source = source, .owner_id = owner_id};
		met = made(run, &none, &s, &f);
		if (!met) return false;
		run->counts.clients++;
		remember(run, &none, &s, met - run->met);
	}
	*ret_client = met->id;
	return true;
}

/* ---- Adding to who is here ---- */

/* Puts what he has into fields; texts live as long as the JSON does. */
static void fields_of(const json_t *client, struct client_fields *f)
{
	json_t *part;
	size_t i;
	const json_t *company = json_object_get(client, "company");
	*f = (struct client_fields){
		.kind = json_string_value(json_object_get(client, "kind")), .segment = json_string_value(json_object_get(client, "segment")),
		.name = json_string_value(json_object_get(client, "name")), .position = json_string_value(json_object_get(client, "position")),
		.source = json_string_value(json_object_get(client, "source")), .company_id = json_integer_value(json_object_get(company, "id")),
		.owner_id = json_integer_value(json_object_get(json_object_get(client, "owner"), "id")),
	};
	json_array_foreach(json_object_get(client, "phones"), i, part) if (i < CLIENT_PHONES) f->phones[i] = json_string_value(part);
	json_array_foreach(json_object_get(client, "emails"), i, part) if (i < CLIENT_EMAILS) f->emails[i] = json_string_value(part);
	json_array_foreach(json_object_get(client, "tags"), i, part) if (i < CLIENT_TAGS) f->tags[i] = json_string_value(part);
}

static bool text_added(const char **field, const char *text)
{
	if (**field || !*text) return false;
	*field = text;
	return true;
}

/* Adds a text to a list where none of it has the same key; true where it did. */
static bool list_added(const char **list, int most, const char *text, const char *(*key)(struct import_run *, const char *), struct import_run *run)
{
	int n = 0;
	for (; n < most && list[n]; n++)
		if (!strcmp(key(run, list[n]), key(run, text))) return false;
	if (n == most) return false;
	list[n] = text;
	return true;
}

static const char *phone_key(struct import_run *run, const char *phone)
{
	return text_phone_digits(run->row_arena, phone, run->country);
}

static const char *fold_key(struct import_run *run, const char *text)
{
	return text_fold(run->row_arena, text);
}

static bool value_there(const json_t *client, int64_t field_id)
{
	json_t *field;
	size_t i;
	json_array_foreach(json_object_get(client, "fields"), i, field) {
		if (json_integer_value(json_object_get(field, "id")) == field_id) return json_is_string(json_object_get(field, "value"));
	}
	return false;
}

/* What the row knows and the client's card does not. */
static bool fields_added(struct import_run *run, struct row_client *c, const json_t *client, struct client_fields *f)
{
	bool changed = text_added(&f->source, c->source);
	if (!strcmp(f->kind, "person")) changed |= text_added(&f->position, c->position);
	for (int i = 0; i < c->n_phones; i++) changed |= list_added(f->phones, CLIENT_PHONES, c->phones[i], phone_key, run);
	for (int i = 0; i < c->n_emails; i++) changed |= list_added(f->emails, CLIENT_EMAILS, c->emails[i], fold_key, run);
	for (int i = 0; i < c->n_tags; i++) changed |= list_added(f->tags, CLIENT_TAGS, c->tags[i], fold_key, run);
	for (int i = 0, n = 0; i < c->n_values; i++) {
		if (value_there(client, c->values[i].field_id)) continue;
		f->values[n++] = c->values[i];
		changed = true;
	}
	return changed;
}

/* Is the note among his already? An import repeated adds it once. */
static bool note_there(struct import_run *run, int64_t client_id, const char *text)
{
	json_t *notes, *note;
	size_t i;
	bool there = false;
	if (client_notes(run->use->db, run->use->who.team_id, client_id, &notes, &run->use->error)) return true;
	json_array_foreach(notes, i, note) there = there || !strcmp(json_string_value(json_object_get(note, "text")), text);
	json_decref(notes);
	return there;
}

static enum row_end filled(struct import_run *run, struct row_client *c, const struct met *met)
{
	json_t *client;
	struct client_fields f;
	if (met->fresh && !run->write) return ROW_FILLED; /* met in this very table */
	if (client_load(run->use->db, run->use->who.team_id, met->id, &client, &run->use->error)) return ROW_REFUSED;
	if (!client) return ROW_SAME;
	fields_of(client, &f);
	bool changed = fields_added(run, c, client, &f);
	if (*c->company && !f.company_id && !strcmp(f.kind, "person")) {
		if (!row_company_place(run, c->company, "", f.owner_id, &f.company_id)) changed = false;
		else changed = true;
	}
	bool note = c->note.used && !note_there(run, met->id, c->note.bytes);
	if (changed && run->write && !run_failed(run) &&
	    client_update(run->use->db, run->use->who.team_id, met->id, &f, run->country, run->use->now, &run->use->error))
		changed = false;
	if (note && run->write && !run_failed(run)) note_write(run, met->id, c->note.bytes);
	json_decref(client);
	return changed || note ? ROW_FILLED : ROW_SAME;
}

/* ---- One row ---- */

/* "ТОВ Ромашка", "Acme Inc.", «Кава Поруч»: a company, though the column says "name". */
static bool looks_company(struct arena *arena, const char *name)
{
	static const char *const forms[] = {"тов", "пп", "ат", "пат", "прат", "дп", "кп", "тзов", "нвп", "ооо", "llc", "ltd", "inc", "gmbh", "corp", "corporation", "plc", "company", "sa", "bv"};
	if (strstr(name, "«") || strstr(name, "\"")) return true;
	char *fold = client_name_fold(arena, name);
	for (const char *at = fold; *at;) {
		size_t n = strcspn(at, " ");
		for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
			if (strlen(forms[i]) == n && !memcmp(forms[i], at, n)) return true;
		at += n + (at[n] == ' ');
	}
	return false;
}

/* A name for somebody of whom only an address or a number is known. */
static const char *name_from_reach(struct import_run *run, const struct row_client *c)
{
	if (c->n_emails) return arena_strndup(run->row_arena, c->emails[0], strcspn(c->emails[0], "@"));
	return c->n_phones ? c->phones[0] : "";
}

enum row_end row_client_place(struct import_run *run, struct row_client *c, int64_t *ret_client)
{
	struct arena *arena = run->row_arena;
	bool company = (!*c->name && *c->company) || (*c->name && !*c->company && looks_company(arena, c->name));
	bool named = *client_name_fold(arena, *c->name ? c->name : c->company);
	const char *name = *c->name ? c->name : company ? c->company : name_from_reach(run, c);
	if (!*name) return row_refuse(run, N_("Nobody to call: no name, no phone, no e-mail"), "");
	if (text_length(name) > NAME_LONGEST || text_length(c->company) > NAME_LONGEST) return row_refuse(run, N_("The name is longer than 200 characters"), name);
	struct sought s = {company ? "company" : "person", client_name_fold(arena, name), company ? "" : client_name_fold(arena, c->company), named, c->n_phones + c->n_emails > 0};
	struct met *met = strcmp(run->twins, "make") ? who_is_it(run, c, &s) : NULL;
	if (run_failed(run)) return ROW_REFUSED;
	if (met) {
		*ret_client = met->id;
		if (!strcmp(run->twins, "skip")) return ROW_SAME;
		if (s.named && strcmp(s.kind, "company") && !share_a_word(met->client.name_fold, s.name_fold))
			note_line(c, tr(lang_parse(run->use->who.language), N_("Also named")), name);
		int64_t place = met - run->met; /* where he stands, though the list may move */
		enum row_end end = filled(run, c, met);
		remember(run, c, &s, place);
		return end;
	}
	int64_t owner_id = row_owner(run, c->owner);
	const char *segment = company || *c->company ? "b2b" : run->segment;
	struct client_fields f = {.kind = s.kind, .segment = *c->segment && !company ? c->segment : segment, .name = name, .position = company ? "" : c->position,
				  .source = c->source, .owner_id = owner_id, .outside_id = run->kind == GUESS_CLIENTS ? c->outside : ""};
	memcpy(f.phones, c->phones, sizeof f.phones);
	memcpy(f.emails, c->emails, sizeof f.emails);
	memcpy(f.tags, c->tags, sizeof f.tags);
	memcpy(f.values, c->values, sizeof f.values);
	if (!company && *client_name_fold(arena, c->company) && !row_company_place(run, c->company, c->source, owner_id, &f.company_id)) return ROW_REFUSED;
	met = made(run, c, &s, &f);
	if (!met) return ROW_REFUSED;
	remember(run, c, &s, met - run->met);
	*ret_client = met->id;
	return ROW_MADE;
}

enum row_end import_client_row(struct import_run *run)
{
	struct row_client c;
	int64_t client_id;
	row_client_read(run, &c);
	enum row_end end = row_client_place(run, &c, &client_id);
	buf_done(&c.note);
	return end;
}
