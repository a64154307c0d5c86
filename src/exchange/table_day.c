#include "exchange/table_day.h"

#include <ctype.h>
#include <string.h>

#include "base/moment.h"
#include "base/text.h"

enum { PARTS = 3, SERIAL_FIRST = 20000, SERIAL_LAST = 80000, SERIAL_ZERO = -25569 /* 1899-12-30, counted from 1970 */ };

/* A date taken apart: numbers as they stand, and the month where a word names it. */
struct parts {
	int number[PARTS], digits[PARTS], n;
	int month;      /* 0: no word */
	int month_at;   /* how many numbers stood before the word */
};

static int month_word(const char *word)
{
	static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
					    "січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру"};
	for (int i = 0; i < 24; i++)
		if (!strncmp(word, names[i], strlen(names[i]))) return i % 12 + 1;
	return 0;
}

/* The first three numbers, until a time begins; false where words stand in it that are no month. */
static bool parts_read(const char *text, struct parts *parts)
{
	*parts = (struct parts){.n = 0};
	for (const char *p = text; *p && parts->n < PARTS;) {
		if (isdigit((unsigned char)*p)) {
			int value = 0, digits = 0;
			for (; isdigit((unsigned char)*p); p++, digits++)
				if (digits < 8) value = value * 10 + (*p - '0');
			if (*p == ':') return false;
			parts->number[parts->n] = value;
			parts->digits[parts->n++] = digits;
		} else if (isalpha((unsigned char)*p) || (unsigned char)*p >= 0x80) {
			size_t n = 0;
			while (isalpha((unsigned char)p[n]) || (unsigned char)p[n] >= 0x80) n++;
			int month = month_word(p);
			bool year_sign = n <= 4 && parts->n == PARTS; /* р. */
			if (!month && !year_sign) return false;
			if (parts->month) return false;
			parts->month = month;
			parts->month_at = parts->n;
			p += n;
			if (parts->n == 2) break;
		} else {
			p++;
		}
		if (parts->month && parts->n == 2) break;
		if (parts->n == PARTS && (*p == '.' || *p == '/') && isdigit((unsigned char)p[1])) return false; /* an address, a version */
	}
	return true;
}

static int year_of(int number, int digits)
{
	if (digits == 4) return number;
	return digits == 2 ? number < 70 ? 2000 + number : 1900 + number : 0;
}

static bool day_from(int year, int month, int day, int32_t *ret_day)
{
	int y, m, d;
	if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return false;
	*ret_day = day_from_date(year, month, day);
	day_to_date(*ret_day, &y, &m, &d);
	return y == year && m == month && d == day;
}

static bool ambiguous_order(const struct parts *p)
{
	return !p->month && p->n == PARTS && p->digits[0] <= 2 && p->digits[1] <= 2;
}

static bool fold_parts(const char *text, struct parts *parts)
{
	struct arena *arena = arena_new(1 << 16);
	bool good = strlen(text) < 64 && parts_read(text_fold(arena, text), parts);
	arena_free(arena);
	return good;
}

void table_day_vote(struct table_day_votes *votes, const char *text)
{
	struct parts p;
	if (!fold_parts(text, &p) || !ambiguous_order(&p)) return;
	if (p.number[0] > 12 && p.number[1] <= 12) votes->day_first++;
	if (p.number[1] > 12 && p.number[0] <= 12) votes->month_first++;
}

bool table_day_read(const char *text, const struct table_day_votes *votes, int32_t *ret_day)
{
	struct parts p;
	if (!fold_parts(text, &p)) return false;
	if (p.month && p.n == 2) {
		bool year_first = p.digits[0] == 4;
		return day_from(year_of(p.number[!year_first], p.digits[!year_first]), p.month, p.number[year_first], ret_day);
	}
	if (p.n == 1 && !p.month && p.number[0] >= SERIAL_FIRST && p.number[0] <= SERIAL_LAST && p.digits[0] == 5) {
		*ret_day = p.number[0] + SERIAL_ZERO;
		return true;
	}
	if (p.n != PARTS || p.month) return false;
	if (p.digits[0] == 4) return day_from(p.number[0], p.number[1], p.number[2], ret_day);
	int year = year_of(p.number[2], p.digits[2]);
	bool month_first = votes->month_first > votes->day_first;
	return day_from(year, p.number[!month_first], p.number[month_first], ret_day);
}
