/* Squeeze: a reply's bytes as gzip or Brotli, for a browser that takes it.
 *
 * Pages hold a secret (the form token) beside what a stranger may choose (the query), and the length of what is compressed together tells of both
 * (BREACH, Prado, Harris, Gluck 2013). Each reply therefore carries something of random length that says nothing, as in "Heal the Breach" (Palacios et al. 2022): a name
 * in its gzip header, a block of metadata before its Brotli. Lengths have to be averaged over very many page loads, each of which the browser makes with its cookie only as a
 * visible navigation (SameSite=Lax). */
#ifndef STURGEON_WEB_SQUEEZE_H
#define STURGEON_WEB_SQUEEZE_H

#include <stdbool.h>
#include <stddef.h>

enum squeeze { SQUEEZE_GZIP, SQUEEZE_BROTLI };

/* True where it is worth it: *ret_bytes is malloc'ed, shorter than bytes. About 3 ms for 100 KB; Brotli is an eighth shorter. */
bool squeeze(enum squeeze coding, const char *bytes, size_t n, char **ret_bytes, size_t *ret_n);

#endif
