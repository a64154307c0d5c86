#include "exchange/guess.h"

#include <string.h>

#include "check.h"

enum { MOST = 40 };

/* Splits "a|b|c"; returns how many. */
static int split(struct arena *arena, const char *text, const char **list)
{
	int n = 0;
	for (const char *at = text;; at++) {
		size_t m = strcspn(at, "|");
		list[n++] = arena_strndup(arena, at, m);
		at += m;
		if (!*at) return n;
	}
}

/* header and up to two rows, cells parted by | → the words of the fields, parted by | */
static const char *guessed(struct arena *arena, enum guess_kind kind, const char *header, const char *first, const char *second)
{
	const char *heading[MOST], *rows[2][MOST];
	const char *const *sample[2] = {rows[0], rows[1]};
	enum column_field field[MOST];
	int n = split(arena, header, heading);
	memset(rows, 0, sizeof rows);
	for (int i = 0; i < MOST; i++) rows[0][i] = rows[1][i] = "";
	split(arena, first, rows[0]);
	split(arena, second, rows[1]);
	struct guess_table table = {n, heading, 2, sample};
	guess_columns(kind, arena, &table, field);
	const char *out = "";
	for (int i = 0; i < n; i++) out = arena_printf(arena, "%s%s%s", out, i ? "|" : "", guess_word(field[i]));
	return out;
}

static const struct {
	enum guess_kind kind;
	const char *header, *row, *fields;
} tables[] = {
	/* Google Contacts, as it exports now and as it did before 2024 */
	{GUESS_CLIENTS,
	 "First Name|Middle Name|Last Name|Phonetic First Name|Nickname|File As|Organization Name|Organization Title|Birthday|Notes|Photo|Labels|E-mail 1 - Label|E-mail 1 - Value|Phone 1 - Label|"
	 "Phone 1 - Value|Phone 2 - Value|Website 1 - Value",
	 "Олена||Гнатюк||||Кава Поруч|власниця|1990-05-06|||* myContacts ::: HoReCa|Work|o@kava.example|Mobile|067 123 45 67|044 555 10 20|kava.example",
	 "first_name|middle_name|last_name|skip|skip|name|company|position|note_named|note|skip|tags|skip|email|skip|phone|phone|note_named"},
	{GUESS_CLIENTS,
	 "Name|Given Name|Additional Name|Family Name|Yomi Name|Group Membership|E-mail 1 - Type|E-mail 1 - Value|Phone 1 - Type|Phone 1 - Value|Organization 1 - Name|Organization 1 - Title",
	 "Олена Гнатюк|Олена||Гнатюк||* myContacts|* Work|o@kava.example|Mobile|067 123 45 67|Кава Поруч|власниця",
	 "name|first_name|middle_name|last_name|skip|tags|skip|email|skip|phone|company|position"},
	/* Outlook */
	{GUESS_CLIENTS,
	 "Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Street|Business Fax|Business Phone|Business Phone 2|Mobile Phone|Categories|E-mail Address|E-mail Type|"
	 "E-mail Display Name|E-mail 2 Address|Notes|Priority|Sensitivity",
	 "Ms.|Olena||Hnatiuk||Kava|Sales|Owner|Franka 1|044 1|044 555 10 20||067 123 45 67|HoReCa|o@kava.example|SMTP|Olena (o@kava.example)||a note|Normal|Normal",
	 "note_named|first_name|middle_name|last_name|skip|company|note_named|position|note_named|note_named|phone|phone|phone|tags|email|skip|skip|email|note|skip|skip"},
	/* as people keep it */
	{GUESS_CLIENTS, "ПІБ|Моб. телефон|E-mail|Посада|Організація|Звідки дізнались|Відповідальний|Примітка|Тип клієнта|ЄДРПОУ", "Гнатюк О. П.|0671234567|o@kava.example|власниця|Кава|сайт|Марко|гарна|ФОП|12345678",
	 "name|phone|email|position|company|source|owner|note|segment|note_named"},
	{GUESS_CLIENTS, "№|Клієнт|Тел.|Тел. 2|Тип|Місто", "1|Олена|0671234567||червоний|Львів", "skip|name|phone|phone|note_named|note_named"},
	{GUESS_CLIENTS, "account|sector|year_established|revenue|employees|office_location|subsidiary_of", "Acme|retail|1996|1100.04|2822|Kenya|", "company|tags|note_named|note_named|note_named|note_named|skip"},
	{GUESS_CLIENTS, "Record ID|First Name|Last Name|Email|Phone Number|Contact owner|Associated Company", "1|O|H|o@k.ua|1|Marko|Kava", "outside_id|first_name|last_name|email|phone|owner|note_named"},
	/* nothing but what the values look like */
	{GUESS_CLIENTS, "Column A|Column B|Column C", "Олена Гнатюк|+38 (067) 123-45-67|o@kava.example", "name|phone|email"},
	{GUESS_CLIENTS, "а|б", "2016-10-20|5 000", "note_named|note_named"},
	/* deals */
	{GUESS_DEALS, "opportunity_id|sales_agent|product|account|deal_stage|engage_date|close_date|close_value", "1C1I7A6R|Moses Frase|GTXPro|Isdom|Won|2016-10-20|2017-03-01|1054",
	 "outside_id|owner|product|company|stage|opened|closed|value"},
	{GUESS_DEALS, "Клієнт|Товар|Сума|Статус|Дата створення|Дата закриття|Менеджер|Причина відмови|Телефон", "Кава|Термінал|1200|Виграно|01.02.2020|03.04.2020|Марко||067", "company|product|value|stage|opened|closed|owner|reason|phone"},
	{GUESS_DEALS, "Deal Name|Amount|Deal Stage|Close Date|Create Date|Deal owner|Contact|Company Name", "T|1|Closed Won|2020-01-01|2020-01-01|M|O|K", "title|value|stage|closed|opened|owner|name|company"},
};

static void guess_columns__knows_exports_and_what_people_keep(void **state)
{
	(void)state;
	struct arena *arena = arena_new(8 << 20);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		const char *fields = guessed(arena, tables[i].kind, tables[i].header, tables[i].row, "");
		if (strcmp(fields, tables[i].fields)) fail_msg("%s\nis read as\n%s\nand not\n%s", tables[i].header, fields, tables[i].fields);
	}
	arena_free(arena);
}

static void guess_is_header__is_not_where_the_first_row_speaks_of_somebody(void **state)
{
	(void)state;
	assert_true(guess_is_header((const char *const[]){"Name", "Phone"}, 2));
	assert_true(guess_is_header((const char *const[]){"ПІБ", "Сума, грн"}, 2));
	assert_false(guess_is_header((const char *const[]){"Олена", "067 123 45 67"}, 2));
	assert_false(guess_is_header((const char *const[]){"Олена", "o@kava.example"}, 2));
	assert_false(guess_is_header((const char *const[]){"1C1I7A6R", "2016-10-20"}, 2));
}

static void guess_stage__reads_the_words_of_both_languages(void **state)
{
	static const char *const words[][2] = {
		{"Won", "won"}, {"Closed Won", "won"}, {"ВИГРАНО", "won"}, {"Успішно реалізовано", "won"}, {"Оплачено", "won"}, {"Lost", "lost"}, {"closed lost", "lost"}, {"Відмова клієнта", "lost"},
		{"Не реалізовано", "lost"}, {"Закрито неуспішно", "lost"}, {"Engaging", "contact"}, {"В роботі", "contact"}, {"Prospecting", "new"}, {"Нова заявка", "new"}, {"КП надіслано", "offer"},
		{"Proposal/Quote", "offer"}, {"Negotiation", "contract"}, {"Договір", "contract"}, {"Рахунок виставлено", "contract"}, {"Qwerty", NULL}, {"", NULL}, {"7", NULL},
	};
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *stage = guess_stage(arena, words[i][0]);
		if ((stage == NULL) != (words[i][1] == NULL) || (stage && strcmp(stage, words[i][1]))) fail_msg("\"%s\" is taken as %s", words[i][0], stage ? stage : "nothing");
	}
	arena_free(arena);
}

static void guess_segment__and_nothing(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	assert_string_equal(guess_segment(arena, "B2B"), "b2b");
	assert_string_equal(guess_segment(arena, "Юридична особа"), "b2b");
	assert_string_equal(guess_segment(arena, "приватна особа"), "b2c");
	assert_null(guess_segment(arena, "червоний"));
	static const char *const nothing[] = {"-", "—", "n/a", "N/A", "немає", "Нема", "null", "...", "не вказано"};
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) assert_true(guess_is_nothing(arena, nothing[i]));
	assert_false(guess_is_nothing(arena, "0") || guess_is_nothing(arena, "немає, питати Олену") || guess_is_nothing(arena, "ТОВ Немає-Ліс"));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guess_columns__knows_exports_and_what_people_keep),
		cmocka_unit_test(guess_is_header__is_not_where_the_first_row_speaks_of_somebody),
		cmocka_unit_test(guess_stage__reads_the_words_of_both_languages),
		cmocka_unit_test(guess_segment__and_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
