/* Check: cmocka with its includes in the order that it wants. A test's name is its file and what it shows: `money_parse__takes_thousands`. */
#ifndef STURGEON_TESTS_CHECK_H
#define STURGEON_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

/* A test that lacks what it needs says so and ends. cmocka's own skip() is written as "not ok … # SKIP", which is read as a failure. */
#define CHECK_LEFT_OUT(...) do { printf("# left out: " __VA_ARGS__); putchar('\n'); return; } while (0)
#undef skip
#define skip() CHECK_LEFT_OUT("what it needs is not here")

#endif
