#include "app/client_named.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "app/client.h"
#include "base/text.h"
#include "store/client_words.h"

enum { BUCKETS = 1024, NAME_WORDS = 6, NUMBERS_MOST = 200 };

/* ---- The text as words ---- */

struct word {
	const char *fold, *text;        /* folded; as it stands in the text */
	size_t n;                       /* bytes of text */
	bool capital;
	int next;                       /* of its bucket, −1: none */
};

struct reading {
	struct use *use;
	struct word *words;
	int n;
	int bucket[BUCKETS];            /* by their first three letters */
	json_t *found;
};

static size_t letters(const char *text, int most)
{
	const char *at = text;
	for (int i = 0; *at && i < most; i++)
		for (at++; ((unsigned char)*at & 0xc0) == 0x80; at++) {}
	return (size_t)(at - text);
}

static unsigned bucket_of(const char *fold)
{
	unsigned hash = 2166136261u;
	for (size_t n = letters(fold, 3); n; n--) hash = (hash ^ (unsigned char)*fold++) * 16777619u;
	return hash % BUCKETS;
}

static bool in_word(ucs4_t c)
{
	return uc_is_alnum(c) || uc_is_general_category(c, UC_CATEGORY_M) || c == '\'' || c == 0x2019 || c == 0x2bc;
}

static void word_add(struct reading *r, const char *text, size_t n)
{
	ucs4_t first;
	char *fold = client_name_fold(r->use->arena, arena_strndup(r->use->arena, text, n));
	if (!*fold || strchr(fold, ' ')) return;
	u8_strmbtouc(&first, (const uint8_t *)text);
	unsigned bucket = bucket_of(fold);
	r->words[r->n] = (struct word){fold, text, n, uc_is_general_category_withtable(first, UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt), r->bucket[bucket]};
	r->bucket[bucket] = r->n++;
}

static void text_read(struct reading *r, const char *text)
{
	r->words = ARENA_ARRAY(r->use->arena, struct word, strlen(text) / 2 + 2);
	for (int i = 0; i < BUCKETS; i++) r->bucket[i] = -1;
	const char *from = NULL;
	for (ucs4_t c; *text;) {
		int step = u8_strmbtouc(&c, (const uint8_t *)text);
		if (step <= 0) break;
		if (in_word(c) && !from) from = text;
		if (!in_word(c) && from) {
			word_add(r, from, (size_t)(text - from));
			from = NULL;
		}
		text += step;
	}
	if (from) word_add(r, from, strlen(from));
}

/* ---- Names in their cases ---- */

static bool is_ending(const char *tail)
{
	static const char *const endings[] = {"", "а", "я", "у", "ю", "і", "ї", "и", "о", "е", "є", "й", "ь", "ою", "ею", "єю", "ом", "ем", "єм", "ові", "еві", "єві", "ів", "їв", "ам", "ям", "ах",
					      "ях", "ами", "ями", "ей", "ого", "ому", "ий", "ій", "ої", "их", "им", "ими", "ього", "ьому", "ьої", "іх", "ім", "іми", "ін", "ина", "s", "es"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (!strcmp(tail, endings[i])) return true;
	return false;
}

/* «Кава» and «Кавою»: the same beginning of three letters or more, then nothing but an ending. */
static bool same_word(const char *a, const char *b)
{
	size_t same = 0;
	if (!strcmp(a, b)) return true;
	while (a[same] && a[same] == b[same]) same++;
	while (same && ((unsigned char)a[same] & 0xc0) == 0x80) same--;
	return same >= letters(a, 3) && letters(a, 3) == letters(b, 3) && a[letters(a, 2)] && is_ending(a + same) && is_ending(b + same);
}

static bool form_of_ownership(const char *word)
{
	static const char *const forms[] = {"тов", "тзов", "фоп", "спд", "пп", "ат", "прат", "пат", "дп", "кп", "нвп", "тд", "llc", "ltd", "inc", "gmbh", "ооо", "sp", "zoo"};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (!strcmp(word, forms[i])) return true;
	return false;
}

/* A name's words: those that mean somebody. */
struct name {
	const char *word[NAME_WORDS];
	char text[400];
	int n;
};

static void name_read(const char *name_fold, struct name *name)
{
	name->n = 0;
	snprintf(name->text, sizeof name->text, "%s", name_fold);
	for (char *at = name->text, *next; *at && name->n < NAME_WORDS; at = next) {
		size_t n = strcspn(at, " ");
		next = at + n + (at[n] == ' ');
		at[n] = '\0';
		if (letters(at, 2) < strlen(at) && !form_of_ownership(at)) name->word[name->n++] = at;
	}
}

/* ---- Is it there? ---- */

static void found_add(struct reading *r, int64_t id, const char *name, const char *as, size_t as_bytes)
{
	json_t *one;
	size_t i;
	if (json_array_size(r->found) == CLIENTS_NAMED) return;
	json_array_foreach(r->found, i, one) if (json_integer_value(json_object_get(one, "id")) == id) return;
	json_array_append_new(r->found, json_pack("{sI ss ss#}", "id", (json_int_t)id, "name", name, "as", as, (int)as_bytes));
}

static bool any_of(const struct name *name, const char *fold, int but)
{
	for (int i = 0; i < name->n; i++)
		if (i != but && same_word(name->word[i], fold)) return true;
	return false;
}

/* Where the words from `at` on name him: the last of them, or −1. */
static int person_at(const struct reading *r, const struct name *name, int which, int at)
{
	if (!r->words[at].capital) return -1;
	return at + 1 < r->n && r->words[at + 1].capital && any_of(name, r->words[at + 1].fold, which) ? at + 1 : -1;
}

static int company_at(const struct reading *r, const struct name *name, int at)
{
	if (name->n == 1 && (!r->words[at].capital || letters(name->word[0], 3) == strlen(name->word[0]))) return -1;
	for (int i = 1; i < name->n; i++)
		if (at + i >= r->n || !same_word(name->word[i], r->words[at + i].fold)) return -1;
	return at + name->n - 1;
}

static bool sought(struct reading *r, int64_t client_id, const char *shown, const struct name *name, bool company)
{
	for (int which = 0; which < (company ? 1 : name->n); which++) {
		for (int at = r->bucket[bucket_of(name->word[which])]; at >= 0; at = r->words[at].next) {
			if (!same_word(name->word[which], r->words[at].fold)) continue;
			int last = company ? company_at(r, name, at) : person_at(r, name, which, at);
			if (last < 0) continue;
			const struct word *a = &r->words[at], *b = &r->words[last];
			found_add(r, client_id, shown, a->text, (size_t)(b->text + b->n - a->text));
			return true;
		}
	}
	return false;
}

/* What stands in quotes at the end of a company's name, of two words or more, is said without what stands before it: «у Житньому дворику». 0: nothing does. */
static int quoted_words(const char *shown)
{
	const char *from = strstr(shown, "«"), *to = from ? strstr(from, "»") : NULL;
	int n = 1;
	if (!to || to[strlen("»")]) return 0;
	for (const char *at = from; at < to; at++) n += *at == ' ';
	return n > 1 ? n : 0;
}

static void name_seek(void *arg, int64_t client_id, const char *kind, const char *shown, const char *name_fold)
{
	struct reading *r = arg;
	struct name name;
	bool company = !strcmp(kind, "company");
	name_read(name_fold, &name);
	if (!name.n || (!company && name.n < 2) || sought(r, client_id, shown, &name, company) || !company) return;
	int quoted = quoted_words(shown), before = name.n - quoted;
	if (!quoted || before <= 0) return;
	memmove(name.word, name.word + before, (size_t)quoted * sizeof *name.word);
	name.n = quoted;
	sought(r, client_id, shown, &name, true);
}

/* ---- Phones and e-mails ---- */

static enum outcome client_add(struct reading *r, int64_t client_id, const char *as, size_t n)
{
	json_t *line;
	if (!client_id) return DONE;
	if (client_line(r->use->db, r->use->who.team_id, client_id, &line, &r->use->error)) return FAILED;
	if (line) found_add(r, client_id, json_string_value(json_object_get(line, "name")), as, n);
	json_decref(line);
	return DONE;
}

/* Groups of figures that stand together as in a number: parted by spaces, dots, brackets, dashes, slashes, at most three of them. */
struct group {
	const char *text;               /* where it begins in the text; with a plus before it, there */
	size_t n;                       /* bytes up to its last figure */
	char figures[16];
};
enum { GROUPS = 12, PHONE_LEAST = 7, PHONE_MOST = 15, BETWEEN_MOST = 3 };

static bool parts_number(ucs4_t c)
{
	return c == ' ' || c == '.' || c == '(' || c == ')' || c == '-' || c == '/' || c == 0xad || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Zs | UC_CATEGORY_MASK_Pd) || c == 0x2212;
}

/* The groups from *at on that may be one number; *at moves past the first figure run that ends it. 0: there is no figure left. */
static int groups_read(const char **at, struct group groups[GROUPS])
{
	const char *text = *at, *plus = NULL;
	int n = 0, between = 0;
	bool in = false;
	for (int step; *text; text += step) {
		ucs4_t c;
		step = u8_strmbtouc(&c, (const uint8_t *)text);
		if (step <= 0) {
			step = 1; /* no letter at all */
			c = 0xfffd;
		}
		int figure = uc_decimal_value(c);
		if (figure >= 0) {
			if (!in && n == GROUPS) break;
			if (!in) groups[n++] = (struct group){plus ? plus : text, 0, ""};
			struct group *group = &groups[n - 1];
			size_t length = strlen(group->figures);
			if (length < sizeof group->figures - 1) group->figures[length] = (char)('0' + figure);
			group->n = (size_t)(text - group->text) + (size_t)step;
			in = true;
			between = 0;
			plus = NULL;
			continue;
		}
		in = false;
		plus = c == '+' ? text : NULL;
		if (n && (!parts_number(c) || ++between > BETWEEN_MOST)) break;
	}
	*at = text;
	return n;
}

/* The client of these figures: as they stand, or, where the country's own are wont to be written without the nought, with it. */
static enum outcome phone_try(struct reading *r, const char *country, const char *typed, bool *ret_found, const char *as, size_t n)
{
	const char *const written[] = {typed, strlen(typed) == 9 ? arena_printf(r->use->arena, "0%s", typed) : ""};
	for (int i = 0; i < 2 && !*ret_found && *written[i]; i++) {
		int64_t client_id = 0;
		const char *digits = text_phone_digits(r->use->arena, written[i], country);
		if (client_by_phone(r->use->db, r->use->who.team_id, digits, 0, &client_id, &r->use->error)) return FAILED;
		*ret_found = client_id != 0;
		if (client_add(r, client_id, as, n)) return FAILED;
	}
	return DONE;
}

/* A phone in any writing: every run of neighbouring groups that is as long as a number is tried, the longest first. */
static enum outcome phones_seek(struct reading *r, const char *text)
{
	const char *country;
	struct group groups[GROUPS];
	enum outcome outcome = client_country(r->use, &country);
	int tried = 0, n;
	while (!outcome && *text && tried < NUMBERS_MOST) {
		n = groups_read(&text, groups);
		if (!n && *text) text++;
		for (int from = 0; from < n && !outcome; from++) {
			bool found = false;
			for (int until = n; until > from && !found && !outcome && tried < NUMBERS_MOST; until--) {
				const char *typed = *groups[from].text == '+' ? "+" : "";
				for (int i = from; i < until; i++) typed = arena_printf(r->use->arena, "%s%s", typed, groups[i].figures);
				size_t length = strlen(typed) - (*typed == '+');
				if (length < PHONE_LEAST || length > PHONE_MOST) continue;
				tried++;
				const struct group *last = &groups[until - 1];
				outcome = phone_try(r, country, typed, &found, groups[from].text, (size_t)(last->text - groups[from].text) + last->n);
			}
		}
	}
	return outcome;
}

static enum outcome emails_seek(struct reading *r, const char *text)
{
	static const char local[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-";
	enum outcome outcome = DONE;
	int tried = 0;
	for (const char *sign = text; (sign = strchr(sign, '@')) && !outcome && tried < NUMBERS_MOST; sign++, tried++) {
		const char *from = sign, *until = sign + 1;
		int64_t client_id = 0;
		while (from > text && strchr(local, from[-1])) from--;
		until += strspn(until, local);
		while (until > sign && (until[-1] == '.' || until[-1] == '-')) until--;
		size_t n = (size_t)(until - from);
		if (client_by_email(r->use->db, r->use->who.team_id, text_fold(r->use->arena, arena_strndup(r->use->arena, from, n)), 0, &client_id, &r->use->error)) return FAILED;
		outcome = client_add(r, client_id, from, n);
	}
	return outcome;
}

enum outcome client_named(struct use *use, const char *text, json_t **ret_clients)
{
	struct reading *r = ARENA_NEW(use->arena, struct reading);
	r->use = use;
	r->found = json_array();
	text_read(r, text);
	enum outcome outcome = use_done(client_each_name(use->db, use->who.team_id, name_seek, r, &use->error));
	if (!outcome) outcome = phones_seek(r, text);
	if (!outcome) outcome = emails_seek(r, text);
	if (outcome) json_decref(r->found);
	else *ret_clients = r->found;
	return outcome;
}
