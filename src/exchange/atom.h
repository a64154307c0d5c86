/* Atom: a feed of our own (RFC 4287), written. Texts are escaped here; html is escaped HTML. Characters that XML does not allow are left out. */
#ifndef STURGEON_EXCHANGE_ATOM_H
#define STURGEON_EXCHANGE_ATOM_H

#include <stdint.h>

#include "base/buf.h"

struct atom_head {
	const char *id, *title, *link, *self; /* addresses are absolute */
	int64_t updated;
};

struct atom_entry {
	const char *id, *title, *link;
	const char *author;             /* "": the feed's title */
	const char *html;               /* "": no content */
	int64_t published, updated;
};

void atom_begin(struct buf *out, const struct atom_head *head);
void atom_entry(struct buf *out, const struct atom_entry *entry);
void atom_end(struct buf *out);

#endif
