/* Say: numbers, money, days and times as the reader writes them, in his language.
 *
 * Pure but for the company's zone (moment.h): whoever calls says what time it is. Each adds to a buf; the text is plain (not escaped).
 * Ukrainian groups digits with a narrow no-break space and has a decimal comma, English a comma and a point; what belongs together is held
 * together by no-break spaces; the minus is "−". Hours are 24 in both languages. */
#ifndef STURGEON_BASE_SAY_H
#define STURGEON_BASE_SAY_H

#include <stdint.h>

#include "base/buf.h"
#include "base/tr.h"

void say_number(struct buf *out, enum lang lang, int64_t n);                               /* 12 000 · 12,000 */
void say_decimal(struct buf *out, enum lang lang, double x, int decimals);                 /* that many, without closing zeros: 1,5 · 1.5 */
void say_fixed(struct buf *out, enum lang lang, double x, int decimals);                    /* that many, zeros too: for columns */
void say_money(struct buf *out, enum lang lang, int64_t minor, const char *currency);      /* 12 000 ₴, 12 000,50 ₴ · ₴12,000; the code where there is no sign */
void say_short(struct buf *out, enum lang lang, int64_t minor, int signs);                    /* money in little room, no currency: 9,5 тис. · 1.25M; four figures at most, halves away from 0. signs 1: + where it adds */
void say_percent(struct buf *out, enum lang lang, double share);                           /* 66 % · 66%; 0 and 100 only where it is exactly so */
void say_points(struct buf *out, enum lang lang, double points);                           /* +1,5 · −0.3 · 0,0 */

void say_day(struct buf *out, enum lang lang, int32_t day, int32_t today);                 /* середа, 25 листопада; with the year where it is another */
void say_date(struct buf *out, enum lang lang, int32_t day, int32_t today);                /* 25 лист.; 25 лист. 2025 */
void say_written(struct buf *out, enum lang lang, int32_t day);                            /* 25 листопада 2026, as in a letter */
void say_month(struct buf *out, enum lang lang, int32_t day);                              /* листопад 2026 */
void say_weekday(struct buf *out, enum lang lang, int32_t day);                            /* ср */
void say_time(struct buf *out, int64_t at);                                                /* 14:30 */
void say_moment(struct buf *out, enum lang lang, int64_t at, int64_t now);                 /* сьогодні 14:30; 25 лист., 14:30 */
void say_second(struct buf *out, enum lang lang, int64_t at, int64_t now);                 /* the same to the second: сьогодні 14:30:05 */
void say_ago(struct buf *out, enum lang lang, int64_t at, int64_t now);                    /* щойно, 5 хв тому, 3 год тому, учора, 4 дні тому, 25 лист.; за 2 дні */
void say_span(struct buf *out, enum lang lang, int64_t seconds);                            /* how long, roughly: 5 хв, 3 год, 4 дні; 1 хв is the least */
void say_duration(struct buf *out, int64_t seconds);                                       /* 04:12; 1:04:12 */

void say_phone(struct buf *out, const char *phone);                                        /* +38 067 123 45 67; what is not a Ukrainian number, as it stands */

/* A message with its {names} filled in: pairs of name and value, then NULL. What is not among them stays. */
void say_fill(struct buf *out, const char *text, ...) __attribute__((sentinel));

#endif
