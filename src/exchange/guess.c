#include "exchange/guess.h"

#include <ctype.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "base/text.h"
#include "exchange/table_day.h"

#define CLIENTS (1 << GUESS_CLIENTS)
#define DEALS (1 << GUESS_DEALS)

struct field_row {
	const char *word;
	int kinds;
	bool several;
};

static const struct field_row fields[COLUMN_FIELDS] = {
	[COLUMN_SKIP] = {"skip", CLIENTS | DEALS, true},
	[COLUMN_NAME] = {"name", CLIENTS | DEALS, false},
	[COLUMN_FIRST] = {"first_name", CLIENTS | DEALS, false},
	[COLUMN_MIDDLE] = {"middle_name", CLIENTS | DEALS, false},
	[COLUMN_LAST] = {"last_name", CLIENTS | DEALS, false},
	[COLUMN_COMPANY] = {"company", CLIENTS | DEALS, false},
	[COLUMN_POSITION] = {"position", CLIENTS, false},
	[COLUMN_PHONE] = {"phone", CLIENTS | DEALS, true},
	[COLUMN_EMAIL] = {"email", CLIENTS | DEALS, true},
	[COLUMN_TAGS] = {"tags", CLIENTS, true},
	[COLUMN_SOURCE] = {"source", CLIENTS | DEALS, false},
	[COLUMN_SEGMENT] = {"segment", CLIENTS | DEALS, false},
	[COLUMN_NOTE] = {"note", CLIENTS, true},
	[COLUMN_NAMED] = {"note_named", CLIENTS, true},
	[COLUMN_OUTSIDE] = {"outside_id", CLIENTS | DEALS, false},
	[COLUMN_OWNER] = {"owner", CLIENTS | DEALS, false},
	[COLUMN_OWN] = {"own", CLIENTS, true},
	[COLUMN_PRODUCT] = {"product", DEALS, false},
	[COLUMN_STAGE] = {"stage", DEALS, false},
	[COLUMN_VALUE] = {"value", DEALS, false},
	[COLUMN_OPENED] = {"opened", DEALS, false},
	[COLUMN_CLOSED] = {"closed", DEALS, false},
	[COLUMN_EXPECTED] = {"expected", DEALS, false},
	[COLUMN_TITLE] = {"title", DEALS, false},
	[COLUMN_REASON] = {"reason", DEALS, false},
};

const char *guess_word(enum column_field field)
{
	return field < COLUMN_FIELDS ? fields[field].word : NULL;
}

bool guess_field(const char *word, enum column_field *ret_field)
{
	for (int i = 0; i < COLUMN_FIELDS; i++)
		if (!strcmp(fields[i].word, word)) {
			*ret_field = (enum column_field)i;
			return true;
		}
	return false;
}

bool guess_serves(enum guess_kind kind, enum column_field field)
{
	return fields[field].kinds & (1 << kind);
}

bool guess_several(enum column_field field)
{
	return fields[field].several;
}

/* ---- Headers ---- */

/* What headers say, folded, without numbers and signs; those of one field are parted by |. The first row that knows a header wins. */
struct phrase {
	int kinds;
	enum column_field field;
	const char *phrases;
};

static const struct phrase phrases[] = {
	{CLIENTS | DEALS, COLUMN_SKIP, "photo|yomi name|given name yomi|additional name yomi|family name yomi|phonetic first name|phonetic middle name|phonetic last name|directory server|"
				       "sensitivity|priority|mileage|private|schedule|e mail display name|email display name|initials|short name|organization yomi name|"
				       "organization symbol|organization type|n|no|номер рядка|з п|п п"},
	{DEALS, COLUMN_OUTSIDE, "opportunity id|deal id|lead id|id|record id|external id|uid|код угоди|номер угоди|ід угоди|ід|код|ключ"},
	{DEALS, COLUMN_TITLE, "title|deal name|deal|deal title|opportunity|opportunity name|name|subject|назва угоди|угода|тема|назва"},
	{DEALS, COLUMN_NAME, "contact|contact name|contact person|person|person name|контакт|контактна особа|піб|пiб|фіо|імя клієнта"},
	{DEALS, COLUMN_COMPANY, "account|account name|client|client name|customer|customer name|company|company name|organization|organization name|organisation|buyer|клієнт|назва клієнта|"
				"замовник|покупець|компанія|назва компанії|організація|контрагент|підприємство|фірма"},
	{DEALS, COLUMN_PRODUCT, "product|product name|item|service|products|продукт|товар|послуга|номенклатура|назва товару|що продаємо"},
	{DEALS, COLUMN_STAGE, "stage|deal stage|status|outcome|deal status|opportunity stage|sales stage|result|pipeline stage|стадія|етап|статус|результат|стадія угоди|етап угоди|"
			      "чим скінчилось|чим закінчилось"},
	{DEALS, COLUMN_EXPECTED, "expected close|expected close date|planned close|planned close date|forecast close date|estimated close date|очікувана дата|очікувана дата закриття|"
				 "планова дата|планова дата закриття|план закриття"},
	{DEALS, COLUMN_VALUE, "value|amount|deal value|close value|price|sum|total|revenue|budget|deal amount|opportunity amount|сума|вартість|ціна|бюджет|сума угоди|дохід"},
	{DEALS, COLUMN_OPENED, "engage date|open date|opened|opened at|created|created date|create date|created at|date created|creation date|start date|deal created|date|дата створення|"
			       "створено|дата початку|відкрито|дата відкриття|дата звернення|дата"},
	{DEALS, COLUMN_CLOSED, "close date|closed|closed date|closed at|close time|won time|lost time|end date|date closed|дата закриття|закрито|завершено|дата завершення|дата угоди|дата продажу"},
	{DEALS, COLUMN_REASON, "lost reason|loss reason|reason|close reason|reason lost|причина|причина відмови|причина програшу|чому програно"},
	{CLIENTS, COLUMN_OUTSIDE, "id|record id|contact id|client id|customer id|account id|external id|uid|user id|код|код клієнта|ід|ід клієнта|ключ"},
	{CLIENTS, COLUMN_NAME, "name|full name|display name|file as|contact|contact name|contact person|person name|person|client|client name|customer|customer name|піб|пiб|фіо|"
			       "імя та прізвище|прізвище та імя|прізвище імя|прізвище імя по батькові|повне імя|контакт|контактна особа|клієнт|імя клієнта|назва клієнта|назва|замовник|"
			       "покупець|хто"},
	{CLIENTS | DEALS, COLUMN_FIRST, "first name|given name|firstname|first|forename|імя"},
	{CLIENTS | DEALS, COLUMN_MIDDLE, "middle name|additional name|middlename|по батькові"},
	{CLIENTS | DEALS, COLUMN_LAST, "last name|family name|surname|lastname|last|прізвище"},
	{CLIENTS, COLUMN_COMPANY, "company|company name|organization|organization name|organisation|organisation name|account|account name|firm|employer|business|business name|компанія|"
				  "назва компанії|організація|назва організації|підприємство|фірма|контрагент|юридична особа|юрособа|місце роботи|установа"},
	{CLIENTS, COLUMN_POSITION, "job title|position|organization title|organisation title|occupation|role|job|посада|должність"},
	{CLIENTS, COLUMN_TAGS, "tags|tag|labels|categories|category|group membership|groups|group|мітки|мітка|теги|тег|категорія|категорії|група|групи|ярлики|industry|sector|галузь|сектор|"
			       "сфера|сфера діяльності"},
	{CLIENTS | DEALS, COLUMN_SOURCE, "source|lead source|origin|channel|utm source|original source|referred by|джерело|звідки|канал|джерело ліда|звідки дізнались|звідки прийшов"},
	{CLIENTS | DEALS, COLUMN_SEGMENT, "segment|client type|customer type|account type|b b|сегмент|тип клієнта|тип"},
	{CLIENTS, COLUMN_NOTE, "notes|note|comment|comments|description|remarks|примітка|примітки|нотатки|нотатка|коментар|коментарі|опис|додатково|зауваження"},
	{CLIENTS | DEALS, COLUMN_OWNER, "owner|contact owner|account owner|deal owner|opportunity owner|sales agent|agent|manager|account manager|sales rep|sales representative|salesperson|"
					"responsible|responsible person|assigned to|assignee|менеджер|відповідальний|відповідальна|відповідальний менеджер|агент|хто веде|продавець|власник"},
};

/* Letters in single spaces; numbers and signs are dropped: "E-mail 1 - Value" → "e mail value", "deal_stage" → "deal stage". */
static char *header_fold(struct arena *arena, const char *header)
{
	char *fold = text_fold(arena, header), *to = fold;
	bool gap = false;
	for (const char *at = fold; *at;) {
		ucs4_t c;
		int step = u8_strmbtouc(&c, (const uint8_t *)at);
		if (step <= 0) break;
		if (uc_is_alpha(c)) {
			if (gap && to > fold) *to++ = ' ';
			gap = false;
			memmove(to, at, (size_t)step);
			to += step;
		} else {
			gap = true;
		}
		at += step;
	}
	*to = '\0';
	return fold;
}

static bool among(const char *list, const char *text)
{
	size_t n = strlen(text);
	for (const char *at = list; n; at++) {
		size_t m = strcspn(at, "|");
		if (m == n && !memcmp(at, text, n)) return true;
		at += m;
		if (!*at) break;
	}
	return false;
}

static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = text; (at = strstr(at, word)); at += n)
		if ((at == text || at[-1] == ' ') && (!at[n] || at[n] == ' ')) return true;
	return false;
}

static bool has_any(const char *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (has_word(text, words[i])) return true;
	return false;
}

#define HAS_ANY(text, ...) has_any(text, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Headers with a phone's or an e-mail's word among others: "Business Phone 2", "Моб. телефон", "E-mail 1 - Value". */
static enum column_field reach_field(const char *fold)
{
	bool about = HAS_ANY(fold, "type", "label", "тип", "display", "status", "opt");
	if (HAS_ANY(fold, "fax", "факс", "pager", "video", "assistant", "assistants", "tty", "telex", "isdn", "radio")) return COLUMN_FIELDS; /* no number of his to dial */
	if (HAS_ANY(fold, "email", "emails", "mail", "пошта", "імейл", "емейл", "емайл", "пошти")) return about ? COLUMN_SKIP : COLUMN_EMAIL;
	if (HAS_ANY(fold, "phone", "phones", "telephone", "tel", "mobile", "cell", "whatsapp", "viber", "телефон", "телефону", "телефони", "тел", "моб", "мобільний", "вайбер"))
		return about ? COLUMN_SKIP : COLUMN_PHONE;
	return COLUMN_FIELDS;
}

static enum column_field header_field(enum guess_kind kind, const char *fold)
{
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if ((phrases[i].kinds & (1 << kind)) && among(phrases[i].phrases, fold)) return phrases[i].field;
	return reach_field(fold);
}

/* ---- Values ---- */

bool guess_looks_email(const char *cell)
{
	const char *at = strchr(cell, '@'), *dot = at ? strrchr(at, '.') : NULL;
	return at && at > cell && dot && dot > at + 1 && dot[1] && !strchr(cell, ' ');
}

bool guess_looks_phone(const char *cell)
{
	size_t digits = 0;
	for (const char *p = cell; *p; p++) {
		if (isdigit((unsigned char)*p)) digits++;
		else if (!strchr("+()-. /", *p)) return false;
	}
	struct table_day_votes votes = {0};
	int32_t day;
	return digits >= 9 && digits <= 13 && !table_day_read(cell, &votes, &day);
}

static bool looks_day(const char *cell)
{
	struct table_day_votes votes = {0};
	int32_t day;
	return strlen(cell) >= 8 && (table_day_read(cell, &votes, &day) || table_day_read(cell, &(struct table_day_votes){0, 1}, &day));
}

bool guess_is_nothing(struct arena *arena, const char *cell)
{
	char *fold = header_fold(arena, cell);
	if (!*fold) {
		for (const char *p = cell; *p; p++)
			if (isdigit((unsigned char)*p)) return false;
		return true; /* signs alone: "-", "—" */
	}
	return !strpbrk(cell, "0123456789") && among("n a|na|null|none|nan|немає|нема|ні|відсутній|відсутня|не вказано|невідомо", fold);
}

bool guess_is_header(const char *const *cells, int n)
{
	for (int i = 0; i < n; i++)
		if (guess_looks_email(cells[i]) || guess_looks_phone(cells[i]) || looks_day(cells[i])) return false;
	return true;
}

static int share(const struct guess_table *table, int column, bool (*looks)(const char *))
{
	int filled = 0, good = 0;
	for (int i = 0; i < table->rows; i++) {
		const char *cell = table->row[i][column];
		if (!*cell) continue;
		filled++;
		good += looks(cell);
	}
	return filled ? 100 * good / filled : 0;
}

static bool looks_name(const char *cell)
{
	int words = 0;
	bool in = false;
	for (const char *p = cell; *p; p++) {
		if (isdigit((unsigned char)*p) || *p == '@') return false;
		if (*p != ' ' && !in) words++;
		in = *p != ' ';
	}
	return words >= 2 && words <= 4;
}

static enum column_field value_field(enum guess_kind kind, const struct guess_table *table, int column)
{
	if (share(table, column, guess_looks_email) > 60) return COLUMN_EMAIL;
	if (share(table, column, guess_looks_phone) > 60) return COLUMN_PHONE;
	if (kind == GUESS_DEALS && share(table, column, looks_day) > 60) return COLUMN_OPENED;
	return COLUMN_FIELDS;
}

static bool any_filled(const struct guess_table *table, int column)
{
	for (int i = 0; i < table->rows; i++)
		if (*table->row[i][column]) return true;
	return false;
}

/* A segment's column holds segments; otherwise "type" meant something else. */
static bool segment_holds(struct arena *arena, const struct guess_table *table, int column)
{
	int filled = 0, known = 0;
	for (int i = 0; i < table->rows; i++) {
		if (!*table->row[i][column]) continue;
		filled++;
		known += guess_segment(arena, table->row[i][column]) != NULL;
	}
	return known * 2 >= filled;
}

static enum column_field column_field(enum guess_kind kind, struct arena *arena, const struct guess_table *table, int column, const bool taken[COLUMN_FIELDS])
{
	const char *fold = table->header ? header_fold(arena, table->header[column]) : "";
	enum column_field field = header_field(kind, fold);
	if (field == COLUMN_SEGMENT && !segment_holds(arena, table, column)) field = COLUMN_FIELDS;
	if (field == COLUMN_FIELDS) field = value_field(kind, table, column);
	if (field == COLUMN_FIELDS || (taken[field] && !guess_several(field))) field = kind == GUESS_CLIENTS && any_filled(table, column) ? COLUMN_NAMED : COLUMN_SKIP;
	return field;
}

void guess_columns(enum guess_kind kind, struct arena *arena, const struct guess_table *table, enum column_field *field)
{
	bool taken[COLUMN_FIELDS] = {false};
	for (int i = 0; i < table->columns; i++) {
		field[i] = column_field(kind, arena, table, i, taken);
		taken[field[i]] = true;
	}
	/* Nobody is named: the first column that looks like names of people. */
	if (taken[COLUMN_NAME] || taken[COLUMN_FIRST] || taken[COLUMN_LAST] || taken[COLUMN_COMPANY]) return;
	for (int i = 0; i < table->columns; i++) {
		if ((field[i] == COLUMN_NAMED || field[i] == COLUMN_SKIP) && share(table, i, looks_name) > 60) {
			field[i] = kind == GUESS_DEALS ? COLUMN_COMPANY : COLUMN_NAME;
			return;
		}
	}
}

/* ---- Words in cells ---- */

struct meaning {
	const char *meaning, *exact;
	const char *within[6];  /* or any of these words anywhere in it */
};

static const char *meaning_of(const struct meaning *list, size_t n, const char *fold)
{
	for (size_t i = 0; i < n; i++)
		if (among(list[i].exact, fold)) return list[i].meaning;
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < 6 && list[i].within[k]; k++)
			if (has_word(fold, list[i].within[k])) return list[i].meaning;
	return NULL;
}

const char *guess_stage(struct arena *arena, const char *word)
{
	static const struct meaning stages[] = {
		{"lost", "lost|lose|failed|rejected|refused|cancelled|canceled|declined|dead|програно|програна|програш|відмова|відмовились|втрачено|неуспішно|не реалізовано|закрито неуспішно|"
			 "скасовано|зірвалось|не купили|ні",
		 {"lost", "відмова", "програно", "неуспішно", "скасовано", "rejected"}},
		{"won", "won|win|success|successful|sold|paid|bought|виграно|виграна|виграш|успішно|успіх|успішна|продано|куплено|оплачено|реалізовано|закрито успішно|купили|так",
		 {"won", "виграно", "успішно", "продано", "sold", "paid"}},
		{"contract", "contract|contract sent|negotiation|negotiations|agreement|invoice|invoice sent|договір|контракт|переговори|узгодження|рахунок|рахунок виставлено|оплата|чекаємо оплату",
		 {"contract", "договір", "контракт", "negotiation", "переговори", "рахунок"}},
		{"offer", "offer|proposal|quote|quotation|proposal sent|presentation|кп|пропозиція|комерційна пропозиція|презентація|кп надіслано", {"proposal", "offer", "пропозиція", "кп", "quote"}},
		{"contact", "contact|contacted|engaging|engaged|qualified|qualification|meeting|demo|discovery|in progress|active|working|контакт|на звязку|в роботі|кваліфікація|зустріч|демо|"
			    "перший контакт",
		 {"contacted", "qualified", "meeting", "зустріч", "роботі", "demo"}},
		{"new", "new|lead|leads|prospecting|prospect|open|unqualified|inbox|новий|нова|нові|лід|заявка|вхідний|первинний|нова заявка|відкрита|відкрито", {"new", "lead", "новий", "нова", "лід", "заявка"}},
	};
	return meaning_of(stages, sizeof stages / sizeof *stages, header_fold(arena, word));
}

const char *guess_segment(struct arena *arena, const char *word)
{
	static const struct meaning segments[] = {
		{"b2b", "company|business|corporate|organization|legal|legal entity|компанія|бізнес|юрособа|юридична особа|юр|юо|фоп|підприємство|корпоративний|організація", {"company", "юридична", "бізнес"}},
		{"b2c", "person|private|individual|consumer|retail|людина|особа|фізособа|фізична особа|фіз|фо|приватний|приватна особа|роздріб|приватна", {"private", "фізична", "приватна"}},
	};
	char *fold = text_fold(arena, word);
	if (!strcmp(fold, "b2b") || !strcmp(fold, "в2в")) return "b2b";
	if (!strcmp(fold, "b2c") || !strcmp(fold, "в2с")) return "b2c";
	return meaning_of(segments, sizeof segments / sizeof *segments, header_fold(arena, word));
}
