#include "exchange/feed_date.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"

/* The first letters of months, folded; several for one, parted by |. */
static const char *const months[12] = {
	"jan|січ|янв|ene|sty", "feb|лют|фев|fév|fev|lut", "mar|бер|мар|mär|maer", "apr|кві|апр|avr|abr|kwi", "may|mai|тра|май|мая|maj", "jun|juin|чер|июн|cze",
	"jul|juil|лип|июл|lip", "aug|aoû|aou|сер|авг|ago|sie", "sep|вер|сен|set|wrz", "oct|okt|жов|окт|paź|paz", "nov|лис|ноя|lis", "dec|dez|déc|гру|дек|dic|gru",
};

static const struct {
	const char *name;
	int minutes;
} zones[] = {{"utc", 0}, {"gmt", 0}, {"ut", 0}, {"z", 0}, {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"bst", 60},
	     {"cet", 60}, {"cest", 120}, {"eet", 120}, {"eest", 180}, {"msk", 180}, {"msd", 240}, {"jst", 540}, {"ist", 330}, {"aest", 600}};

/* The parts of a date as they are found: tokens of letters, of digits, and signs. */
struct reading {
	int year, month, day, hour, minute, second, offset; /* −1: not yet; offset in minutes */
	bool has_offset;
};

static int month_of(const char *word)
{
	for (int m = 0; m < 12; m++) {
		for (const char *p = months[m]; *p;) {
			size_t n = strcspn(p, "|");
			if (!strncmp(word, p, n)) return m + 1;
			p += n + (p[n] == '|');
		}
	}
	return 0;
}

static bool zone_of(const char *word, int *ret_minutes)
{
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		if (strcmp(word, zones[i].name)) continue;
		*ret_minutes = zones[i].minutes;
		return true;
	}
	return false;
}

static int digits(const char **p, int most)
{
	int value = 0, n = 0;
	while (n < most && isdigit((unsigned char)**p)) {
		value = value * 10 + (**p - '0');
		++*p;
		n++;
	}
	return value;
}

static int count_digits(const char *p)
{
	int n = 0;
	while (isdigit((unsigned char)p[n])) n++;
	return n;
}

/* 12:30, 12:30:15, 12:30:15.25 */
static void clock_read(struct reading *r, const char **p)
{
	r->hour = digits(p, 2);
	if (**p == ':') ++*p;
	r->minute = digits(p, 2);
	r->second = 0;
	if (**p == ':' || (**p == '.' && count_digits(*p + 1) == 2)) {
		++*p;
		r->second = digits(p, 2);
		if (**p == '.' || **p == ',') {
			++*p;
			digits(p, 9);
			while (isdigit((unsigned char)**p)) ++*p;
		}
	}
}

/* +02:00, -0530, +3 */
static void offset_read(struct reading *r, const char **p)
{
	int sign = **p == '-' ? -1 : 1, n, hours, minutes = 0;
	++*p;
	n = count_digits(*p);
	hours = digits(p, n > 2 ? n - 2 : 2);
	if (n > 2) minutes = digits(p, 2);
	else if (**p == ':') {
		++*p;
		minutes = digits(p, 2);
	}
	r->offset = sign * (hours * 60 + minutes);
	r->has_offset = true;
}

/* 2026-11-25, 2026-11, 20261125, and what follows a T. */
static void iso_read(struct reading *r, const char **p)
{
	int n = count_digits(*p);
	r->year = digits(p, 4);
	r->month = r->day = 1;
	if (n == 8) {
		r->month = digits(p, 2);
		r->day = digits(p, 2);
	} else if (**p == '-' && isdigit((unsigned char)(*p)[1])) {
		++*p;
		r->month = digits(p, 2);
		if (**p == '-' && isdigit((unsigned char)(*p)[1])) {
			++*p;
			r->day = digits(p, 2);
		}
	}
	if ((**p == 't' || **p == ' ') && isdigit((unsigned char)(*p)[1])) {
		++*p;
		clock_read(r, p);
	}
}

static void number_read(struct reading *r, const char **p)
{
	int n = count_digits(*p);
	if ((*p)[n] == ':' && r->hour < 0) {
		clock_read(r, p);
		return;
	}
	if (r->year < 0 && (n == 8 || (n == 4 && ((*p)[4] == '-' || r->day < 0)) )) {
		iso_read(r, p);
		return;
	}
	if (n >= 3 && (*p)[n] == '\0' && r->year < 0 && r->day < 0) {
		iso_read(r, p);
		return;
	}
	int value = digits(p, n > 9 ? 9 : n);
	if ((**p == '/' || **p == '.') && r->day < 0 && isdigit((unsigned char)(*p)[1])) { /* 25.11.2026, 11/25/2026 */
		bool american = **p == '/';
		int other;
		++*p;
		other = digits(p, 2);
		if (american && value > 12) american = false;
		r->month = american ? value : other;
		r->day = american ? other : value;
		if (**p == '/' || **p == '.') ++*p;
		return;
	}
	if (r->day < 0 && value >= 1 && value <= 31 && n <= 2) r->day = value;
	else if (r->year < 0) r->year = n <= 2 ? value + (value < 70 ? 2000 : 1900) : value;
}

static void word_read(struct reading *r, const char **p)
{
	char word[48];
	size_t n = 0;
	int minutes;
	while (**p && !strchr(" ,;:.+-/()0123456789", **p)) {
		if (n < sizeof word - 1) word[n++] = **p;
		++*p;
	}
	word[n] = '\0';
	if (r->hour >= 0 && zone_of(word, &minutes)) {
		r->offset = minutes;
		r->has_offset = true;
	} else if (r->hour >= 0 && (!strcmp(word, "pm") || !strcmp(word, "am"))) {
		if (*word == 'p' && r->hour < 12) r->hour += 12;
		if (*word == 'a' && r->hour == 12) r->hour = 0;
	} else if (r->month < 0) {
		int month = month_of(word);
		if (month && !(r->day < 0 && r->hour < 0 && r->year < 0 && **p == ',')) r->month = month; /* "Mar," would be a weekday in Spanish */
	}
}

bool feed_date_read(const char *text, int64_t *ret_at)
{
	struct reading r = {-1, -1, -1, -1, -1, -1, 0, false};
	if (strlen(text) > 120) return false;
	struct arena *arena = arena_new(1 << 16);
	const char *folded = text_fold(arena, text), *p;
	/* folding may drop signs that a date needs: letters alone are folded here */
	char *copy = arena_strdup(arena, text);
	for (char *c = copy; *c; c++) *c = (char)tolower((unsigned char)*c);
	for (const char *c = copy; *c; c++)
		if ((unsigned char)*c >= 0x80) {
			copy = NULL;
			break;
		}
	p = copy ? copy : folded;
	while (*p) {
		if (isdigit((unsigned char)*p)) number_read(&r, &p);
		else if ((*p == '+' || *p == '-') && isdigit((unsigned char)p[1]) && r.hour >= 0 && !r.has_offset) offset_read(&r, &p);
		else if (strchr(" ,;:.+-/()\t\r\n", *p)) p++;
		else {
			const char *before = p;
			word_read(&r, &p);
			if (p == before) p++;
		}
	}
	arena_free(arena);
	if (r.year < 1970 || r.year > 9999 || r.month < 1 || r.month > 12) return false;
	if (r.day < 1) r.day = 1;
	if (r.hour < 0) r.hour = r.minute = r.second = 0;
	if (r.day > 31 || r.hour > 24 || r.minute > 59 || r.second > 60 || r.offset < -14 * 60 || r.offset > 14 * 60) return false;
	*ret_at = moment_from_utc(r.year, r.month, r.day, 0, 0, 0) + ((int64_t)r.hour * 60 + r.minute - r.offset) * MOMENT_MINUTE + r.second * MOMENT_SECOND;
	return true;
}
