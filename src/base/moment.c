#include "base/moment.h"

#include <ctype.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/zone.h"

static int64_t floor_div(int64_t a, int64_t b)
{
	int64_t q = a / b;
	return q - ((a % b != 0) && ((a < 0) != (b < 0)));
}

/* Days from civil and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013). Eras of 400 years, years that
 * begin in March, so that the leap day is the last of its year. */
int32_t day_from_date(int year, int month, int day)
{
	year -= month <= 2;
	int era = (int)floor_div(year, 400);
	int yoe = year - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

void day_to_date(int32_t day, int *ret_year, int *ret_month, int *ret_day)
{
	int z = day + 719468;
	int era = (int)floor_div(z, 146097);
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	*ret_day = doy - (153 * mp + 2) / 5 + 1;
	*ret_month = mp < 10 ? mp + 3 : mp - 9;
	*ret_year = yoe + era * 400 + (*ret_month <= 2);
}

int day_weekday(int32_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7) + 1; /* 1970-01-01 was a Thursday */
}

int64_t moment_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * MOMENT_SECOND + t.tv_nsec / 1000;
}

int64_t moment_steady(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * MOMENT_SECOND + t.tv_nsec / 1000;
}

static const struct zone *_Atomic current; /* NULL: UTC */

bool moment_zone_known(const char *zone)
{
	return zone_find(zone) != NULL;
}

bool moment_zone_set(const char *zone)
{
	const struct zone *now = atomic_load_explicit(&current, memory_order_acquire);
	if (now && zone && !strcmp(zone_name(now), zone)) return true;
	const struct zone *found = zone_find(zone);
	if (found) atomic_store_explicit(&current, found, memory_order_release);
	return found != NULL;
}

static struct moment_parts parts_of(int64_t local_us, int offset_s)
{
	struct moment_parts p = {.offset_s = offset_s};
	int64_t days = floor_div(local_us, MOMENT_DAY), rest = local_us - days * MOMENT_DAY;
	day_to_date((int32_t)days, &p.year, &p.month, &p.day);
	p.weekday = day_weekday((int32_t)days);
	p.hour = (int)(rest / MOMENT_HOUR);
	p.minute = (int)(rest / MOMENT_MINUTE % 60);
	p.second = (int)(rest / MOMENT_SECOND % 60);
	p.micro = (int)(rest % MOMENT_SECOND);
	return p;
}

static int offset_at(int64_t at)
{
	const struct zone *zone = atomic_load_explicit(&current, memory_order_acquire);
	return zone ? zone_offset(zone, floor_div(at, MOMENT_SECOND)) : 0;
}

struct moment_parts moment_utc(int64_t at)
{
	return parts_of(at, 0);
}

struct moment_parts moment_local(int64_t at)
{
	int offset_s = offset_at(at);
	return parts_of(at + offset_s * MOMENT_SECOND, offset_s);
}

int64_t moment_from_utc(int year, int month, int day, int hour, int minute, int second)
{
	return day_from_date(year, month, day) * MOMENT_DAY + hour * MOMENT_HOUR + minute * MOMENT_MINUTE + second * MOMENT_SECOND;
}

/* The offset is guessed from the same wall clock read as UTC, then put right: it is off only beside a change of the clock.
 * The larger offset gives the earlier moment, which is the first reading of a fold. */
static int64_t local_to_moment(int64_t wall)
{
	int before = offset_at(wall - MOMENT_DAY), after = offset_at(wall + MOMENT_DAY);
	int64_t first = wall - (int64_t)(before > after ? before : after) * MOMENT_SECOND;
	int64_t second = wall - (int64_t)(before > after ? after : before) * MOMENT_SECOND;
	if (first + offset_at(first) * MOMENT_SECOND == wall) return first;
	return second; /* also where the wall clock never showed it: the moment after the gap */
}

int64_t moment_from_local(int year, int month, int day, int hour, int minute)
{
	return local_to_moment(moment_from_utc(year, month, day, hour, minute, 0));
}

int32_t day_of(int64_t at)
{
	return (int32_t)floor_div(at + offset_at(at) * MOMENT_SECOND, MOMENT_DAY);
}

int64_t day_start(int32_t day)
{
	return local_to_moment((int64_t)day * MOMENT_DAY);
}

/* Writes exactly n digits; pages hold thousands of moments, and printf is ten times slower. */
static char *digits_write(char *to, int n, int value)
{
	for (int i = n; i-- > 0; value /= 10) to[i] = (char)('0' + value % 10);
	return to + n;
}

static char *date_write(char *to, int year, int month, int date)
{
	to = digits_write(to, 4, year);
	*to++ = '-';
	to = digits_write(to, 2, month);
	*to++ = '-';
	return digits_write(to, 2, date);
}

void moment_iso(int64_t at, char out[32])
{
	struct moment_parts p = moment_utc(at);
	char *to = date_write(out, p.year, p.month, p.day);
	*to++ = 'T';
	to = digits_write(to, 2, p.hour);
	*to++ = ':';
	to = digits_write(to, 2, p.minute);
	*to++ = ':';
	to = digits_write(to, 2, p.second);
	if (p.micro) {
		*to++ = '.';
		to = digits_write(to, 6, p.micro);
	}
	*to++ = 'Z';
	*to = '\0';
}

void day_iso(int32_t day, char out[16])
{
	int y, m, d;
	day_to_date(day, &y, &m, &d);
	*date_write(out, y, m, d) = '\0';
}

/* Reads exactly n digits. */
static bool digits(const char **at, int n, int *ret)
{
	int value = 0;
	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)(*at)[i])) return false;
		value = value * 10 + ((*at)[i] - '0');
	}
	*at += n;
	*ret = value;
	return true;
}

static bool date_read(const char **at, int32_t *ret_day)
{
	int y, m, d, back_y, back_m, back_d;
	if (!digits(at, 4, &y) || *(*at)++ != '-' || !digits(at, 2, &m) || *(*at)++ != '-' || !digits(at, 2, &d)) return false;
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > 31) return false;
	*ret_day = day_from_date(y, m, d);
	day_to_date(*ret_day, &back_y, &back_m, &back_d);
	return back_d == d; /* 31 February comes back as March */
}

bool day_parse(const char *text, int32_t *ret_day)
{
	return text && date_read(&text, ret_day) && *text == '\0';
}

bool moment_parse(const char *text, int64_t *ret_at)
{
	int32_t day;
	int hour = 0, minute = 0, second = 0, offset_h, offset_m = 0;
	int64_t micro = 0;
	if (!text || !date_read(&text, &day)) return false;
	if (*text == '\0') {
		*ret_at = day_start(day);
		return true;
	}
	if (*text != 'T' && *text != ' ' && *text != 't') return false;
	text++;
	if (!digits(&text, 2, &hour) || *text++ != ':' || !digits(&text, 2, &minute)) return false;
	if (*text == ':') {
		text++;
		if (!digits(&text, 2, &second)) return false;
		if (*text == '.' || *text == ',') {
			int64_t unit = 100000;
			text++;
			if (!isdigit((unsigned char)*text)) return false;
			for (; isdigit((unsigned char)*text); text++, unit /= 10) micro += (*text - '0') * unit;
		}
	}
	if (hour > 23 || minute > 59 || second > 59) return false;
	int64_t wall = day * MOMENT_DAY + hour * MOMENT_HOUR + minute * MOMENT_MINUTE + second * MOMENT_SECOND + micro;
	if (*text == '\0') {
		*ret_at = local_to_moment(wall);
		return true;
	}
	if ((*text == 'Z' || *text == 'z') && text[1] == '\0') {
		*ret_at = wall;
		return true;
	}
	if (*text != '+' && *text != '-') return false;
	int sign = *text++ == '-' ? -1 : 1;
	if (!digits(&text, 2, &offset_h)) return false;
	if (*text == ':') text++;
	if (*text && !digits(&text, 2, &offset_m)) return false;
	if (*text || offset_h > 14 || offset_m > 59) return false;
	*ret_at = wall - sign * (offset_h * MOMENT_HOUR + offset_m * MOMENT_MINUTE);
	return true;
}
