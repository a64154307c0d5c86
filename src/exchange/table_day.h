/* Table day: dates as tables hold them: 2016-10-20, 20.10.2016, 10/20/2016, "20 жовтня 2016", Oct 20, 2016, with a time after them or none, and
 * the serial numbers that spreadsheets keep. Which of two short numbers is the day is told by the whole column, not by one cell. */
#ifndef STURGEON_EXCHANGE_TABLE_DAY_H
#define STURGEON_EXCHANGE_TABLE_DAY_H

#include <stdbool.h>
#include <stdint.h>

/* What the cells of a column have told so far; begins zeroed. */
struct table_day_votes {
	int day_first, month_first;
};

void table_day_vote(struct table_day_votes *votes, const char *text);

/* false where it is no date, or there is no such day (31.02). A column that told nothing has the day first. */
bool table_day_read(const char *text, const struct table_day_votes *votes, int32_t *ret_day);

#endif
