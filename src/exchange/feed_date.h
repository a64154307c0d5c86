/* Feed date: the moments that feeds write, as they write them: RFC 822 with any weekday, zone and year, W3C dates down to a year, asctime, and what programs make of
 * them in other languages (months in English, Ukrainian, Russian, German, French, Spanish, Polish). Without a zone: UTC. */
#ifndef STURGEON_EXCHANGE_FEED_DATE_H
#define STURGEON_EXCHANGE_FEED_DATE_H

#include <stdbool.h>
#include <stdint.h>

bool feed_date_read(const char *text, int64_t *ret_at); /* years 1970 to 9999; false where it is none */

#endif
