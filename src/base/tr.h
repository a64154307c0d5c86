/* Tr: messages in the reader's language, from catalogues that are part of the program.
 *
 * A msgid is the English text itself, so English needs no catalogue; Ukrainian is po/uk/, merged and compiled by the build.
 * A message without a translation is shown in English (a test lets none through). What is returned lives as long as the program.
 * No process locale is read or set; thread-safe; a look-up is a binary search in the catalogue: some ten string comparisons.
 *
 * In static tables a message is marked N_("…"), with a context NC_("question", "Open"), and looked up where it is shown. */
#ifndef STURGEON_BASE_TR_H
#define STURGEON_BASE_TR_H

#include <stdint.h>

enum lang { LANG_UK, LANG_EN, LANG_COUNT };

#define N_(text) text
#define NC_(context, text) text

enum lang lang_parse(const char *code); /* "uk", "en", also "en-GB"; what is neither, and NULL, is Ukrainian */
const char *lang_code(enum lang lang);

const char *tr(enum lang lang, const char *msgid) __attribute__((format_arg(2)));
const char *tr_c(enum lang lang, const char *context, const char *msgid) __attribute__((format_arg(3)));
const char *tr_n(enum lang lang, const char *one, const char *many, int64_t n) __attribute__((format_arg(2), format_arg(3)));
const char *tr_cn(enum lang lang, const char *context, const char *one, const char *many, int64_t n) __attribute__((format_arg(3), format_arg(4)));

/* Which of a language's plural forms a number takes: English 0 call, 1 calls; Ukrainian 0 дзвінок, 1 дзвінки, 2 дзвінків. */
int tr_plural(enum lang lang, int64_t n);

#endif
