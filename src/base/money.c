#include "base/money.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "base/wide.h"

struct word {
	const char *text;
	int64_t factor; /* 1 for a currency */
};

/* Longest first where one begins another. Upper and lower case both stand here: this is all the folding it needs. */
static const struct word words[] = {
	{"тисяч", 1000}, {"тис.", 1000}, {"тис", 1000}, {"Тис", 1000}, {"мільйон", 1000000}, {"млн.", 1000000}, {"млн", 1000000},
	{"млрд", 1000000000}, {"к", 1000}, {"К", 1000}, {"k", 1000}, {"K", 1000}, {"mln", 1000000}, {"M", 1000000}, {"m", 1000000},
	{"М", 1000000}, {"грн.", 1}, {"грн", 1}, {"₴", 1}, {"$", 1}, {"€", 1}, {"£", 1}, {"UAH", 1}, {"USD", 1}, {"EUR", 1}, {"GBP", 1},
	{"PLN", 1}, {"zł", 1},
};

static size_t space_at(const char *p)
{
	if (*p == ' ' || *p == '\t' || *p == '\'' || *p == '_') return 1;
	if (!strncmp(p, "\xc2\xa0", 2)) return 2;                                        /* no-break space */
	if (!strncmp(p, "\xe2\x80\xaf", 3) || !strncmp(p, "\xe2\x80\x89", 3)) return 3; /* narrow no-break, thin */
	return 0;
}

static const struct word *word_at(const char *p)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strncmp(p, words[i].text, strlen(words[i].text))) return &words[i];
	return NULL;
}

bool money_parse(const char *text, int64_t *ret_minor)
{
	char digits[24];
	size_t n = 0, at_last = 0; /* digits before the last separator */
	char last = 0;
	int points = 0, commas = 0;
	int64_t factor = 1;
	bool negative = false, number_over = false;
	if (!text) return false;
	for (const char *p = text; *p;) {
		size_t skip = space_at(p);
		const struct word *word;
		if (skip) {
			p += skip;
		} else if (isdigit((unsigned char)*p)) {
			if (n + 1 >= sizeof digits || number_over) return false;
			digits[n++] = *p++;
		} else if ((*p == '.' || *p == ',') && n && !number_over) {
			if (*p == '.') points++;
			else commas++;
			last = *p++;
			at_last = n;
		} else if (!n && !negative && (*p == '-' || !strncmp(p, "\xe2\x88\x92", 3))) {
			negative = true;
			p += *p == '-' ? 1 : 3;
		} else if ((word = word_at(p))) {
			if (word->factor > 1 && (!n || factor > 1)) return false;
			if (n) number_over = true;
			factor *= word->factor;
			p += strlen(word->text);
		} else {
			return false;
		}
	}
	if (!n) return false;
	size_t decimals = last ? n - at_last : 0;
	int same = last == '.' ? points : commas;
	bool both = points && commas;
	if (last && (same > 1 || (!both && decimals == 3 && factor == 1))) {
		if (decimals != 3 || (same > 1 && both)) return false;
		decimals = 0; /* it grouped thousands */
	}
	if (last && decimals == 0 && at_last == n) return false; /* "12." */
	int64_t value = 0;
	for (size_t i = 0; i < n; i++) {
		if (value > MONEY_MAX / 10) return false;
		value = value * 10 + (digits[i] - '0');
	}
	if (value > MONEY_MAX / factor / 100) return false;
	value *= factor * 100;
	for (; decimals; decimals--) {
		if (value % 10) return false;
		value /= 10;
	}
	*ret_minor = negative ? -value : value;
	return true;
}

enum { WHOLE = 10000, SHARE_MAX = 1000000 };

int64_t money_share(int64_t minor, int64_t ten_thousandths)
{
	wide product = (wide)minor * ten_thousandths, whole = product / WHOLE, rest = product % WHOLE;
	wide beyond = (rest < 0 ? -rest : rest) * 2 - WHOLE; /* past the half, on it, before it */
	if (beyond > 0 || (beyond == 0 && whole % 2)) whole += product < 0 ? -1 : 1;
	return (int64_t)whole;
}

bool money_parse_of(const char *text, int64_t whole_minor, int64_t *ret_minor)
{
	char number[64];
	int64_t share;
	const char *sign = text ? strchr(text, '%') : NULL;
	if (!sign) return money_parse(text, ret_minor);
	size_t n = (size_t)(sign - text), after = 1;
	while (space_at(sign + after)) after += space_at(sign + after);
	if (sign[after] || n >= sizeof number || whole_minor < 0) return false;
	memcpy(number, text, n);
	number[n] = '\0';
	size_t decimals = strspn(number + strcspn(number, ".,") + (strpbrk(number, ".,") != NULL), "0123456789");
	if (strpbrk(number, ".,") && decimals > 2) return false; /* nobody groups thousands of per cent */
	/* Hundredths of a per cent are what minor units are to an amount. */
	if (!money_parse(number, &share) || share > SHARE_MAX || share < -SHARE_MAX) return false;
	*ret_minor = money_share(whole_minor, share);
	return true;
}
