/* Check: cmocka with its includes in the order that it wants. A test's name is its file and what it shows: `money_parse__takes_thousands`. */
#ifndef STURGEON_TESTS_CHECK_H
#define STURGEON_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
