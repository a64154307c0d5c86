/* The table of a negotiation from a file: frontier, solutions, ladder, trades, the limit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/bargain_file.h"
#include "cli/commands.h"

enum { FILE_MOST = 64 << 20 };

static char *file_read(struct arena *arena, const char *path, size_t *ret_n)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	size_t room = 1 << 16, n = 0;
	if (!file) return NULL;
	char *bytes = arena_alloc(arena, room);
	for (size_t got; (got = fread(bytes + n, 1, room - n, file)) > 0;) {
		n += got;
		if (n < room || room >= FILE_MOST) continue;
		char *wider = arena_alloc(arena, room * 2);
		memcpy(wider, bytes, n);
		bytes = wider;
		room *= 2;
	}
	if (file != stdin) fclose(file);
	*ret_n = n;
	return bytes;
}

static int run(struct arena *arena, const char *path, const char *trade, const char *check, struct bargain_wish *wish)
{
	struct bargain_file file;
	struct package package;
	struct error error;
	json_t *json;
	size_t n;
	char *bytes = file_read(arena, path, &n);
	if (!bytes) return cli_fail("%s cannot be read", path);
	if (bargain_file_read(arena, bytes, n, path, &file, &error)) {
		cli_fail("%s", error.text);
		return 2;
	}
	if (trade && !bargain_option_find(&file, trade, &wish->trade_variable, &wish->trade_option)) return cli_usage("--trade wants VARIABLE=OPTION of the table, not \"%s\"", trade);
	if (check) {
		bytes = file_read(arena, check, &n);
		if (!bytes) return cli_fail("%s cannot be read", check);
		if (bargain_package_read(arena, &file, bytes, n, check, &package, &error)) {
			cli_fail("%s", error.text);
			return 2;
		}
		wish->check = &package;
	}
	if (bargain_solve(arena, &file, wish, &json, &error)) return cli_fail("%s", error.text);
	json_dumpf(json, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
	putchar('\n');
	json_decref(json);
	return ferror(stdout) ? cli_fail("what was to be printed could not be written") : 0;
}

int cmd_bargain(struct cli_args *args)
{
	const char *trade = NULL, *check = NULL, *path;
	struct bargain_wish wish = {.trade_variable = -1};
	wish.frontier = cli_flag(args, "--frontier");
	wish.ladder = cli_flag(args, "--ladder");
	cli_flag(args, "--json"); /* it is what is printed in any case */
	cli_value(args, "--trade", &trade);
	cli_value(args, "--check", &check);
	path = cli_positional(args);
	if (!cli_rest(args)) return 2;
	if (!path) return cli_usage("name the table: a JSON file, or - for standard input");
	struct arena *arena = arena_new((size_t)4 << 30);
	int code = run(arena, path, trade, check, &wish);
	arena_free(arena);
	return code;
}
