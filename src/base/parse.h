/* Parse: numbers from text, whole or not at all: "12x", "", " 1" and what does not fit are refused. */
#ifndef STURGEON_BASE_PARSE_H
#define STURGEON_BASE_PARSE_H

#include <stdbool.h>
#include <stdint.h>

bool parse_int(const char *text, int64_t *ret);      /* decimal, with an optional minus */
bool parse_double(const char *text, double *ret);    /* finite; the point is '.', whatever the locale */

#endif
