/* Store: the data file, one writer and many readers.
 *
 * The writer is a thread that gathers what has arrived, runs it in one transaction (each piece in a savepoint of its own, so that one that
 * fails is undone alone), commits, and only then tells each piece's owner: what is answered is on disk. A group holds what arrived while
 * the one before it was being committed, so the cost of a commit is shared by everyone who waits for it.
 * Readers are connections that see the last commit; one belongs to one thread at a time. */
#ifndef STURGEON_STORE_STORE_H
#define STURGEON_STORE_STORE_H

#include "base/err.h"
#include "store/db.h"

struct store;

/* Opens or makes the data file, migrates it, starts the writer. */
enum err store_open(const char *path, struct error *err, struct store **ret_store) MUST_CHECK;
/* Lets the writer finish what was submitted, then closes. Every reader must have been given back. */
void store_close(struct store *store);

struct write {
	/* Runs on the writer's thread. Anything but ERR_NONE undoes this piece alone. May return ERR_NONE after
	 * write_refuse(): the piece is undone, yet nothing of the world failed (a mistake of the user's found on the way). */
	enum err (*run)(struct write *write, struct db *db, struct error *err);
	/* Runs on the writer's thread after the commit (or its failure: kind tells). May free the write. */
	void (*done)(struct write *write, enum err kind, const struct error *err);
	bool refused;
	enum err kind;
	struct error error;
	struct write *next;
};

void write_refuse(struct write *write);

/* Takes the write into the queue; `done` will be called once. false where the store is closing: it was not taken. */
bool store_submit(struct store *store, struct write *write);
/* Submits and waits: for the command line and tests. */
enum err store_write(struct store *store, enum err (*run)(struct db *db, void *arg, struct error *err), void *arg, struct error *err) MUST_CHECK;

struct db *store_reader_take(struct store *store, struct error *err); /* in a read transaction: one snapshot; NULL on failure */
void store_reader_give(struct store *store, struct db *db);

const char *store_path(const struct store *store);

struct store_figures {
	int64_t groups, writes;         /* commits, and pieces in them */
	int64_t waiting;                /* in the queue now */
};
struct store_figures store_figures(struct store *store);

#endif
