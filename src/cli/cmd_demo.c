/* A demo company in a new data file. */
#include <stdio.h>
#include <string.h>

#include "app/demo.h"
#include "app/secret.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/text.h"
#include "cli/commands.h"
#include "store/store.h"

struct demo_run {
	uint64_t seed;
	int64_t now;
	const char *hash;
	enum outcome outcome;
	struct demo_done done;
};

static enum err demo_in(struct db *db, void *arg, struct error *err)
{
	struct demo_run *run = arg;
	struct arena *arena = arena_new((size_t)64 << 20);
	struct use use;
	use_init(&use, arena, db, (struct actor){.language = "uk"}, run->now);
	run->outcome = demo_make(&use, run->seed, run->hash, &run->done);
	enum err kind = ERR_NONE;
	if (run->outcome == FAILED) kind = err_set(err, use.error.kind, "%s", use.error.text);
	else if (run->outcome == REFUSED) kind = err_set(err, ERR_CONFLICT, "there is a company in this file already: choose a new one");
	else MUST(run->outcome == DONE);
	arena_free(arena);
	return kind;
}

/* Twelve letters and digits that are not taken for one another: 59 bits. */
static void password_make(char out[13])
{
	char token[SECRET_TOKEN];
	int n = 0;
	while (n < 12) {
		secret_token(token);
		for (const char *c = token; *c && n < 12; c++)
			if (strchr("abcdefghijkmnpqrstuvwxyz23456789", *c)) out[n++] = *c;
	}
	out[n] = '\0';
}

static void say(const struct demo_run *run, const char *password)
{
	printf("Demo company: %d clients, %d deals, %d conversations.\n", run->done.clients, run->done.deals, run->done.calls);
	printf("Its journals: %d posts, %d comments and %d votes of %d people.\n", run->done.posts, run->done.comments, run->done.votes, run->done.readers);
	puts("Log in as");
	for (int i = 0; i < DEMO_MEMBERS; i++) printf("  %-8s %-8s %s\n", demo_members[i].login, demo_members[i].role, demo_members[i].name);
	printf("with the password\n  %s\n", password);
}

int cmd_demo(struct cli_args *args)
{
	const char *path = "sturgeon.db", *seed_text = "1", *now_text = NULL, *password = NULL;
	char made[13], hash[SECRET_HASH];
	int64_t seed;
	struct demo_run run = {.now = moment_now(), .hash = hash};
	struct store *store;
	struct error error;
	cli_value(args, "--db", &path);
	cli_value(args, "--seed", &seed_text);
	cli_value(args, "--now", &now_text);
	cli_value(args, "--password", &password);
	if (!cli_rest(args)) return 2;
	if (!parse_int(seed_text, &seed)) return cli_usage("--seed wants a whole number, not \"%s\"", seed_text);
	if (now_text && !moment_parse(now_text, &run.now)) return cli_usage("--now wants a moment such as 2026-11-25T08:30:00Z, not \"%s\"", now_text);
	if (password && text_length(password) < 8) return cli_usage("a password has at least 8 characters");
	run.seed = (uint64_t)seed;
	secret_init();
	if (!password) {
		password_make(made);
		password = made;
	}
	secret_password_hash(password, hash);
	if (store_open(path, &error, &store)) return cli_fail("%s", error.text);
	enum err kind = store_write(store, demo_in, &run, &error);
	store_close(store);
	if (kind) return cli_fail("%s", error.text);
	say(&run, password);
	return 0;
}
