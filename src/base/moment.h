/* Moment: a point in time as int64_t microseconds since 1970-01-01T00:00:00Z (leap seconds not counted).
 * Day: an int32_t count of days since 1970-01-01 in the company's zone.
 *
 * Everything stored and computed is UTC; only pages and calendars speak of the company's zone, which is one for the
 * process (UTC until it is set; it may be set anew at any time, from any thread). Proleptic Gregorian calendar, years 0001 to 9999. */
#ifndef STURGEON_BASE_MOMENT_H
#define STURGEON_BASE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#define MOMENT_SECOND INT64_C(1000000)
#define MOMENT_MINUTE (60 * MOMENT_SECOND)
#define MOMENT_HOUR (60 * MOMENT_MINUTE)
#define MOMENT_DAY (24 * MOMENT_HOUR)
#define MOMENT_NONE INT64_MIN

struct moment_parts {
	int year, month, day;       /* month 1–12, day 1–31 */
	int hour, minute, second, micro;
	int weekday;                /* 1 Monday … 7 Sunday (ISO 8601) */
	int offset_s;               /* seconds east of UTC */
};

int64_t moment_now(void);          /* the clock; the core never calls it */
int64_t moment_steady(void);       /* microseconds of a clock that never steps, for durations */

bool moment_zone_known(const char *zone); /* an IANA name such as "Europe/Kyiv", which the system has */
bool moment_zone_set(const char *zone);   /* false where it is not known; setting what is set costs a comparison */

struct moment_parts moment_utc(int64_t at);
struct moment_parts moment_local(int64_t at);
int64_t moment_from_utc(int year, int month, int day, int hour, int minute, int second);
int64_t moment_from_local(int year, int month, int day, int hour, int minute); /* in a gap: after it; in a fold: the first */

int32_t day_of(int64_t at);                              /* the local day of a moment */
int64_t day_start(int32_t day);                          /* the moment at which a local day begins */
int32_t day_from_date(int year, int month, int day);     /* civil date → day count */
void day_to_date(int32_t day, int *ret_year, int *ret_month, int *ret_day);
int day_weekday(int32_t day);                            /* 1 Monday … 7 Sunday */

/* "2026-11-25T08:30:00Z"; with microseconds only where they are not 0. out holds at least 32 bytes. */
void moment_iso(int64_t at, char out[32]);
void day_iso(int32_t day, char out[16]);                 /* "2026-11-25" */

/* ISO 8601 as people and programs write it: date alone (local midnight), date and time with T or a space, with Z, an offset
 * or none (local), seconds and fractions optional. false when it is not one. */
bool moment_parse(const char *text, int64_t *ret_at);
bool day_parse(const char *text, int32_t *ret_day);      /* "2026-11-25" only */

#endif
