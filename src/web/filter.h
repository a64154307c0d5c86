/* Filter: {{value | filter}} in templates: raw values of a model (ISO moments, minor units, codes) as the reader writes them, in the
 * language of the frame (base/say.h has the forms). Each adds plain text to out (the template escapes it); a value of the wrong type
 * adds nothing. A new filter is a function here and a row in tools/tmplc/tmplc_parse.c. */
#ifndef STURGEON_WEB_FILTER_H
#define STURGEON_WEB_FILTER_H

#include <jansson.h>

#include "base/buf.h"

struct tmpl_context;

#define FILTER(name) void filter_##name(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out)

FILTER(number);       /* 12 000; 1,5 */
FILTER(tenth);        /* with one decimal: 0,1; 12,0 */
FILTER(fine);         /* with three decimals: 0,125; 0,500 */
FILTER(money);        /* minor units of frame.currency: 12 000 ₴ */
FILTER(short);        /* minor units in little room: 96,3 тис. */
FILTER(gain);         /* the same with its sign: +9 тис.; −2 тис. */
FILTER(percent);      /* 0.66: 66 % */
FILTER(points);       /* 1.5: +1,5 */
FILTER(duration);     /* seconds: 04:12 */
FILTER(span);         /* seconds, roughly: 3 год */
FILTER(phone);        /* +38 067 123 45 67 */

/* Of an ISO moment, and where it makes sense of an ISO day. */
FILTER(moment);       /* сьогодні 14:30; 25 лист., 14:30 */
FILTER(second);       /* сьогодні 14:30:05; 25 лист., 14:30:05 */
FILTER(ago);          /* 3 год тому; за 2 дні */
FILTER(time);         /* 14:30 */
FILTER(day);          /* середа, 25 листопада */
FILTER(date);         /* 25 лист. */
FILTER(written);      /* 25 листопада 2026 */
FILTER(month);        /* листопад 2026 */
FILTER(weekday);      /* ср */

/* As the values of <input>: datetime-local, date, and an amount to be typed over. */
FILTER(field_moment); /* 2026-11-25T14:30 */
FILTER(field_second); /* 2026-11-25T14:30:05 */
FILTER(field_day);    /* 2026-11-25 */
FILTER(field_money);  /* 12000.50 */

FILTER(label);        /* word is the group, label.h: {{mode | label mode}} → ПРОДАЖ */
FILTER(initials);     /* of a name, at most two letters: «Кава Поруч» → КП */
FILTER(ready);        /* a string, as it is: HTML made by exchange/markdown.h or allow.h */
FILTER(json);         /* < > & are \u escaped: safe in a script */

#undef FILTER

#endif
