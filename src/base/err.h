/* Errors of the world, and our own bugs.
 *
 * Four kinds of failure, never mixed:
 *   the user's mistake   field errors in the model, answered 422; not here
 *   an expected outcome  a small enum of the function itself; not here
 *   the world failed     `enum err`, with the story in `struct error`; the caller must look
 *   our bug              BUG(), which aborts: going on would spoil data
 *
 * A function that can fail by the world's fault takes `struct error *err` and returns `enum err`
 * (ERR_NONE is 0). Only src/web and src/cli log what they get, once. */
#ifndef STURGEON_BASE_ERR_H
#define STURGEON_BASE_ERR_H

enum err {
	ERR_NONE = 0,
	ERR_IO,        /* a file or socket could not be read or written */
	ERR_STORE,     /* the data file answered with an error */
	ERR_CONFLICT,  /* a unique key exists already, or a transaction must be retried */
	ERR_CORRUPT,   /* stored bytes are not what they must be */
	ERR_LIMIT,     /* a stated maximum would be passed */
	ERR_SYNTAX,    /* bytes from outside do not follow their format */
	ERR_CLOSED,    /* the server is stopping */
	ERR_FULL,      /* there is no room on the disk */
	ERR_BUSY,      /* somebody else (a command beside the server) held the data for too long */
};

struct error {
	enum err kind;
	char text[256]; /* English, for the log and the command line; no personal data */
};

/* Fills *err (which may be NULL) and returns kind, so that `return err_set(err, ERR_IO, …)` reads well. */
enum err err_set(struct error *err, enum err kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

const char *err_name(enum err kind);

_Noreturn void err_bug(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

#define BUG(...) err_bug(__FILE__, __LINE__, __VA_ARGS__)
#define MUST(condition)                                      \
	do {                                                 \
		if (!(condition)) BUG("broken: %s", #condition); \
	} while (0)

#define MUST_CHECK __attribute__((warn_unused_result))

#endif
