/* Money: an amount as int64_t minor units (kopiyky, cents) of a currency that is known from where it stands.
 *
 * Amounts are never floating point. |amount| <= MONEY_MAX, so that a sum of a thousand of them cannot overflow. */
#ifndef STURGEON_BASE_MONEY_H
#define STURGEON_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#define MONEY_MAX INT64_C(9000000000000000)

/* Reads an amount as people type it: "12000", "12 000", "12,000.50", "12.000,50", "12k", "1.5M", "12,5 тис.", "2 млн", with an
 * optional sign and currency sign or code (₴ $ € грн UAH …), which is skipped. A single separator followed by exactly three
 * digits groups thousands; otherwise it is the decimal sign. More than two decimals are refused unless a multiplier takes them up. */
bool money_parse(const char *text, int64_t *ret_minor);

/* The same, or a share of an amount: "3 %", "−2,5%" of what the deal is worth, at most two decimals. Where the whole is not known (below 0), a share is refused. */
bool money_parse_of(const char *text, int64_t whole_minor, int64_t *ret_minor);

/* So many ten-thousandths of an amount, rounded to a whole minor unit, halves to the even one. The result must fit: |share| <= 1000000. */
int64_t money_share(int64_t minor, int64_t ten_thousandths);

#endif
