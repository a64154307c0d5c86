/* Functions that this house does not use, each with what to use instead. Forced into every translation unit by the build.
 *
 * strcpy, strcat, sprintf, vsprintf, gets: no bound      → buf_*, arena_printf, snprintf
 * strncpy: leaves strings unclosed                       → arena_strndup
 * strtok: hidden state                                   → strcspn
 * atoi, atol, atoll, atof: cannot say "not a number"     → parse.h
 * localtime, gmtime, ctime, asctime: shared buffers      → moment.h
 * rand, srand: hidden state, weak                → rng.h, libsodium
 * setlocale: the process has no locale                   → tr.h */
#ifndef STURGEON_BASE_BANNED_H
#define STURGEON_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf gets strncpy strncat strtok atoi atol atoll atof
#pragma GCC poison localtime gmtime ctime asctime rand srand setlocale

#endif
