#include "app/demo_people.h"

const char *const demo_trade_keys[DEMO_TRADES] = {"card", "crm", "service"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
	const char *name, *slug, *tag;
	enum demo_trade trade;
} companies[DEMO_COMPANIES] = {
	{"Пекарня «Житній дворик»", "zhytnii-dvoryk", "виробництво", DEMO_SERVICE},
	{"Крамниці «Сусідський кошик»", "susidskyi-koshyk", "мережа", DEMO_SERVICE},
	{"Кав’ярні «Тепла чашка»", "tepla-chashka", "мережа", DEMO_SERVICE},
	{"Ресторан «Три яблуні»", "try-yabluni", "громадське харчування", DEMO_SERVICE},
	{"М’ясна лавка «Полонинський смак»", "polonynskyi-smak", "виробництво", DEMO_SERVICE},
	{"Сироварня «Біла череда»", "bila-chereda", "виробництво", DEMO_SERVICE},
	{"Аптеки «Зелена полиця»", "zelena-polytsia", "мережа", DEMO_SERVICE},
	{"Готель «Липовий гай»", "lypovyi-hai", "готель", DEMO_SERVICE},
	{"Квітковий склад «Ранкова роса»", "rankova-rosa", "склад", DEMO_SERVICE},
	{"Морозиво «Три пінгвіни»", "try-pinhviny", "виробництво", DEMO_SERVICE},
	{"Рибне господарство «Срібна луска»", "sribna-luska", "виробництво", DEMO_SERVICE},
	{"Дитячий садок «Ліхтарик»", "likhtaryk", "освіта", DEMO_SERVICE},
	{"Покрівлі «Дахмайстер Центр»", "dakhmaister-tsentr", "будівництво", DEMO_CRM},
	{"Вікна «Світла кімната»", "svitla-kimnata", "будівництво", DEMO_CRM},
	{"Меблі «Дубова нитка»", "dubova-nytka", "виробництво", DEMO_CRM},
	{"Автосервіс «П’ята передача»", "piata-peredacha", "авто", DEMO_CRM},
	{"Нерухомість «Власний поріг»", "vlasnyi-porih", "послуги", DEMO_CRM},
	{"Школа мов «Другий голос»", "druhyi-holos", "освіта", DEMO_CRM},
	{"Стоматологія «Ясна усмішка»", "yasna-usmishka", "медицина", DEMO_CRM},
	{"Туристична агенція «Вітер мандрів»", "viter-mandriv", "послуги", DEMO_CRM},
	{"Будівельна компанія «Рівний кут»", "rivnyi-kut", "будівництво", DEMO_CRM},
	{"Друкарня «Синій відбиток»", "synii-vidbytok", "виробництво", DEMO_CRM},
	{"Логістика «Швидкий причіп»", "shvydkyi-prychip", "логістика", DEMO_CRM},
	{"Насіння «Чорнозем плюс»", "chornozem-plius", "агро", DEMO_CRM},
	{"Сонячні станції «Ясна батарея»", "yasna-batareia", "енергетика", DEMO_CRM},
	{"Спортклуб «Друге дихання»", "druhe-dykhannia", "послуги", DEMO_CRM},
	{"Ветклініка «Лапа в лапу»", "lapa-v-lapu", "медицина", DEMO_CRM},
	{"Спецодяг «Міцний шов»", "mitsnyi-shov", "виробництво", DEMO_CRM},
	{"Кухні на замовлення «Тиха шухляда»", "tykha-shukhliada", "виробництво", DEMO_CRM},
	{"Складська техніка «Верхня полиця»", "verkhnia-polytsia", "логістика", DEMO_CRM},
};

/* Surnames that fit whoever bears them. */
static const struct {
	const char *name, *latin;
} firsts[] = {
	{"Оксана", "oksana"}, {"Андрій", "andrii"}, {"Наталія", "nataliia"}, {"Богдан", "bohdan"}, {"Світлана", "svitlana"},
	{"Василь", "vasyl"}, {"Юлія", "yuliia"}, {"Дмитро", "dmytro"}, {"Тетяна", "tetiana"}, {"Ігор", "ihor"},
	{"Галина", "halyna"}, {"Максим", "maksym"}, {"Катерина", "kateryna"}, {"Олег", "oleh"}, {"Людмила", "liudmyla"},
	{"Роман", "roman"}, {"Леся", "lesia"}, {"Сергій", "serhii"}, {"Надія", "nadiia"}, {"Юрій", "yurii"},
}, lasts[] = {
	{"Бондаренко", "bondarenko"}, {"Шевчук", "shevchuk"}, {"Мельник", "melnyk"}, {"Гнатюк", "hnatiuk"}, {"Лисенко", "lysenko"},
	{"Остапчук", "ostapchuk"}, {"Данилюк", "danyliuk"}, {"Козак", "kozak"}, {"Яремчук", "yaremchuk"}, {"Грицай", "hrytsai"},
	{"Пилипенко", "pylypenko"}, {"Дорошенко", "doroshenko"}, {"Захарчук", "zakharchuk"}, {"Кравець", "kravets"}, {"Левченко", "levchenko"},
	{"Музика", "muzyka"}, {"Назаренко", "nazarenko"}, {"Олійник", "oliinyk"}, {"Панасюк", "panasiuk"}, {"Рудь", "rud"},
	{"Савчук", "savchuk"}, {"Таран", "taran"}, {"Усенко", "usenko"}, {"Федорук", "fedoruk"}, {"Хоменко", "khomenko"},
	{"Цимбал", "tsymbal"}, {"Чайка", "chaika"}, {"Шпак", "shpak"}, {"Щерба", "shcherba"}, {"Юрченко", "yurchenko"},
};

static const char *const positions[] = {"керівниця відділу продажу", "директор", "комерційна директорка", "власник", "завідувачка господарства",
					"головний інженер", "офіс-менеджерка", "керівник відділу продажу", "виконавча директорка", "закупівельник"};
static const char *const company_sources[] = {"сайт", "холодний дзвінок", "виставка", "рекомендація", "реклама", "довідник"};
static const char *const private_sources[] = {"торговий центр", "торговий центр", "торговий центр", "рекомендація", "реклама"};

/* As people type them: the program must find each by any part of it. */
static const char *phone_of(struct arena *arena, struct rng *rng, int n)
{
	int low = n % 100;
	switch (rng_below(rng, 5)) {
	case 0: return arena_printf(arena, "(040) 555-01-%02d", low);
	case 1: return arena_printf(arena, "04055501%02d", low);
	default: return arena_printf(arena, "+380 40 555 01 %02d", low);
	}
}

void demo_people_make(struct arena *arena, struct rng *rng, struct demo_person ret_people[DEMO_CLIENTS])
{
	int n = 0;
	for (int i = 0; i < DEMO_COMPANIES; i++, n++) {
		ret_people[n] = (struct demo_person){
			.name = companies[i].name, .position = "", .tag = companies[i].tag, .company = -1, .b2b = true, .trade = companies[i].trade,
			.source = company_sources[rng_below(rng, COUNT(company_sources))],
			.email = arena_printf(arena, "office@%s.example.com", companies[i].slug),
		};
		ret_people[n].phone = phone_of(arena, rng, n);
	}
	/* Two different steps through the lists: no first and last name meet twice. */
	for (int i = 0; i < DEMO_CONTACTS + DEMO_PRIVATE; i++, n++) {
		size_t first = (size_t)i % COUNT(firsts), last = (size_t)(i * 7 + 3) % COUNT(lasts);
		bool works = i < DEMO_CONTACTS;
		int company = works ? i * 3 : -1;
		ret_people[n] = (struct demo_person){
			.name = arena_printf(arena, "%s %s", firsts[first].name, lasts[last].name), .position = works ? positions[i % (int)COUNT(positions)] : "",
			.company = company, .b2b = works, .tag = works ? "контакт" : "", .trade = works ? companies[company].trade : DEMO_CARD,
			.source = works ? "рекомендація" : private_sources[rng_below(rng, COUNT(private_sources))],
			.email = arena_printf(arena, "%s.%s@example.com", firsts[first].latin, lasts[last].latin),
		};
		ret_people[n].phone = phone_of(arena, rng, n);
	}
}
