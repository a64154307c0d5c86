/* Text: UTF-8 as people write it, made comparable. Over libunistring; no process locale. */
#ifndef STURGEON_BASE_TEXT_H
#define STURGEON_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

bool text_valid(const char *text, size_t bytes);  /* well-formed UTF-8 without NUL */
size_t text_length(const char *text);             /* in characters (code points) */

/* What two spellings of one name have in common: NFKC, full case folding, every apostrophe dropped (’ ʼ ' ` ′ ‘), white space
 * and dashes folded to single spaces, none at the ends. For searching and comparing, never for showing. */
char *text_fold(struct arena *arena, const char *text);

/* Trimmed at both ends, control characters out, runs of spaces inside a line to one; lines kept. What forms store. */
char *text_clean(struct arena *arena, const char *text);

/* Markdown as it was written: lines end with \n, white space at their ends and empty lines around it all are gone, control characters too; indentation,
 * tabs and runs of spaces stay. */
char *text_written(struct arena *arena, const char *text);

/* The digits of a phone number in one form: "+38 (067) 123-45-67", "067 1234567" and "0038067…" all give "380671234567".
 * country is the digits of the company's own country code ("380") that a national number with a leading 0 is given. "" where there are fewer than
 * three digits. Letters that begin an extension ("ext", "доб") end the number. */
char *text_phone_digits(struct arena *arena, const char *text, const char *country);

#endif
