/* Wire: what an exchange asks of the server that it came in by. server.c has them: it and deliver.c alone know the HTTP library. */
#ifndef STURGEON_WEB_WIRE_H
#define STURGEON_WEB_WIRE_H

#include <stdbool.h>

struct exchange;
struct slow;
struct store;
struct streams;

const char *wire_header(const struct exchange *x, const char *name); /* NULL where it did not come; lives as long as the exchange */
const char *wire_cookie(const struct exchange *x, const char *name);

struct store *wire_store(const struct exchange *x);
struct slow *wire_slow(const struct exchange *x);
struct streams *wire_streams(const struct exchange *x);

bool wire_stopping(const struct exchange *x);
bool wire_sleep(struct exchange *x);    /* the connection waits for wire_wake; false: the server is stopping, nothing sleeps any more */
void wire_wake(struct exchange *x);     /* from any thread; the exchange is its connection's again at once */

#endif
