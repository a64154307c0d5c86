/* Timemark: where an axis of time has its marks, so that they are read at a glance: whole hours, days, Mondays, months, years of the company's zone. */
#ifndef STURGEON_BASE_TIMEMARK_H
#define STURGEON_BASE_TIMEMARK_H

#include <stdint.h>

/* How a mark is best written: 14:30; 25 Nov; November 2026; 2026. Where hours are marked, midnight is a DAY. */
enum timemark_unit { TIMEMARK_TIME, TIMEMARK_DAY, TIMEMARK_MONTH, TIMEMARK_YEAR };

struct timemark {
	int64_t at;
	enum timemark_unit unit;
};

extern const char *const timemark_unit_names[]; /* "time", "day", "month", "year" */

/* The marks in [from, to], from < to, of the finest step (5 minutes … 100 years) that gives at most `most` ≥ 2 of them. How many: none only where the
 * coarsest step falls outside. Through changes of the clock the marks stay at their hour. */
int timemark_list(int64_t from, int64_t to, int most, struct timemark *ret);

#endif
