/* Raw: bytes on a connection to the server of web_fixture.h, for what no browser sends.
 *
 *   struct raw *raw = raw_ask(web, "GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
 *   assert_int_equal(raw_status(raw, 0), 200);
 *
 * Texts live until web_close. */
#ifndef STURGEON_TESTS_RAW_H
#define STURGEON_TESTS_RAW_H

#include "web_fixture.h"

int raw_open(struct web *web);                                  /* a connected socket */
void raw_send(int fd, const void *bytes, size_t n);             /* what the other side does not take any more is dropped */
void raw_text(int fd, const char *text);
void raw_reset(int fd);                                         /* hangs up at once: the other side sees an error */

struct raw {
	const char *bytes;                                      /* everything that came, NUL-closed */
	size_t count;
};

struct raw *raw_read(struct web *web, int fd);                  /* until the server closes, or nothing comes for ten seconds; closes */
struct raw *raw_ask(struct web *web, const char *request);      /* open, send, read */

int raw_status(const struct raw *raw, int which);               /* of the n-th reply in it, from 0; 0 where there is none */
const char *raw_header(struct web *web, const struct raw *raw, const char *name); /* of the first reply; NULL */

#endif
