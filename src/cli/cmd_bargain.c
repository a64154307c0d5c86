/* The table of a negotiation from a file: frontier, solutions, ladder, trades, several offers, the limit. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/bargain_solve.h"
#include "base/buf.h"
#include "base/parse.h"
#include "base/say.h"
#include "cli/commands.h"
#include "core/bargain/meso.h"

enum { FILE_MOST = 16 << 20, SAID_MOST = 64 << 20 };

/* NULL and a told mistake where it cannot be read. */
static char *file_read(struct arena *arena, const char *path, size_t *ret_n)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	char *bytes = arena_alloc(arena, FILE_MOST + 1);
	bool bad = !file;
	*ret_n = bad ? 0 : fread(bytes, 1, FILE_MOST + 1, file);
	bad = bad || ferror(file);
	if (file && file != stdin) fclose(file);
	if (bad) cli_fail("%s cannot be read", path);
	else if (*ret_n > FILE_MOST) cli_fail("%s has more than %d MB: that is no table of a negotiation", path, FILE_MOST >> 20);
	return bad || *ret_n > FILE_MOST ? NULL : bytes;
}

/* ---- In words ---- */

struct said {
	struct buf out;
	const char *currency;
};

static void money(struct said *said, const char *label, const json_t *json, const char *key)
{
	buf_text(&said->out, label);
	say_money(&said->out, LANG_EN, json_integer_value(json_object_get(json, key)), said->currency);
}

static void choices(struct said *said, const json_t *package)
{
	const char *name;
	const json_t *option;
	bool first = true;
	json_object_foreach((json_t *)(uintptr_t)package, name, option) {
		buf_printf(&said->out, "%s%s = %s", first ? "" : ", ", name, json_string_value(option));
		first = false;
	}
}

static void valued(struct said *said, const char *label, const json_t *json)
{
	buf_text(&said->out, label);
	money(said, "ours ", json, "ours");
	money(said, ", theirs ", json, "theirs");
	if (json_object_get(json, "package")) {
		buf_text(&said->out, ": ");
		choices(said, json_object_get(json, "package"));
	}
	buf_char(&said->out, '\n');
}

static void list(struct said *said, const char *title, const json_t *items, const char *nothing)
{
	size_t i;
	const json_t *item;
	if (!items) return;
	buf_printf(&said->out, "\n%s\n", title);
	if (!json_array_size(items)) buf_printf(&said->out, "  %s\n", nothing);
	json_array_foreach((json_t *)(uintptr_t)items, i, item) {
		const char *variable = json_string_value(json_object_get(item, "variable"));
		if (variable) buf_printf(&said->out, "  %s", variable);
		if (json_object_get(item, "option")) buf_printf(&said->out, " → %s", json_string_value(json_object_get(item, "option")));
		if (json_object_get(item, "cost")) {
			money(said, ": costs us ", item, "cost");
			money(said, ", is worth ", item, "worth");
			buf_text(&said->out, json_is_true(json_object_get(item, "price")) ? " to them (price)\n" : " to them\n");
		} else if (json_object_get(item, "ask")) {
			buf_text(&said->out, "  ask ");
			choices(said, json_object_get(item, "ask"));
			valued(said, "; all in all ", item);
		} else if (json_object_get(item, "settles")) {
			buf_printf(&said->out, ": would settle %lld more", (long long)json_integer_value(json_object_get(item, "settles")));
			money(said, ", doubt falls by ", item, "doubt");
			buf_char(&said->out, '\n');
		} else {
			const char *word = json_string_value(json_object_get(item, "efficient"));
			if (word) buf_printf(&said->out, "  %-7s", word);
			valued(said, variable ? ": " : "  ", item);
		}
	}
}

static void check(struct said *said, const char *title, const json_t *json)
{
	if (!json) return;
	valued(said, title, json);
	if (!json_is_true(json_object_get(json, "allowed"))) buf_text(&said->out, "  It holds a forbidden pair.\n");
	if (json_is_true(json_object_get(json, "efficient"))) buf_text(&said->out, "  Neither side could improve it for free.\n");
	if (!json_integer_value(json_object_get(json, "shortfall"))) return;
	money(said, "  Below our limit by ", json, "shortfall");
	buf_text(&said->out, ": it is not to be proposed.\n");
	list(said, "What lifts it back, one change", json_object_get(json, "changes"), "no single change does");
	if (!json_array_size(json_object_get(json, "changes"))) list(said, "What lifts it back, together", json_object_get(json, "together"), "nothing does");
}

static void tell(struct said *said, const json_t *json)
{
	static const char *const names[][2] = {{"nash", "Nash              "}, {"kalai", "Kalai–Smorodinsky "}, {"egalitarian", "Egalitarian       "}, {"sum", "Greatest sum      "}};
	const json_t *packages = json_object_get(json, "packages"), *learned = json_object_get(json, "learned");
	if (json_is_string(packages)) buf_printf(&said->out, "%s packages", json_string_value(packages));
	else buf_printf(&said->out, "%lld packages", (long long)json_integer_value(packages));
	buf_printf(&said->out, ", %lld points on the frontier (%s", (long long)json_integer_value(json_object_get(json, "frontier_points")), json_object_get(json, "epsilon") ? "" : "exact)");
	if (json_object_get(json, "epsilon")) money(said, "nothing gives us more than ", json, "epsilon"), buf_text(&said->out, " above one of them and them as much)");
	buf_printf(&said->out, ", %lld of them both accept; %.1f ms.\n\n", (long long)json_integer_value(json_object_get(json, "both_accept")), 1000 * json_real_value(json_object_get(json, "seconds")));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (json_is_object(json_object_get(json, names[i][0]))) valued(said, names[i][1], json_object_get(json, names[i][0]));
	if (json_object_get(json, "none")) buf_printf(&said->out, "Nothing to agree on: %s.\n", json_string_value(json_object_get(json, "none")));
	check(said, "\nNow: ", json_object_get(json, "now"));
	check(said, "\nThe package: ", json_object_get(json, "check"));
	list(said, "Concessions, the cheapest first, price last", json_object_get(json, "ladder"), "none");
	list(said, "What to ask in return", json_object_get(json, "trade"), "nothing they have makes up for it");
	list(said, "Offers that are equal for us", json_object_get(json, "offers"), "none reaches the limit");
	list(said, "Whatever the values to them are within their ranges, efficient", json_object_get(learned, "packages"), "none");
	list(said, "What to ask about", json_object_get(learned, "ask"), "nothing");
	list(said, "Not on the table yet, and good for both", json_object_get(json, "pie"), "nothing");
}

static int print(const struct bargain_file *file, json_t *json, bool as_json, bool frontier)
{
	if (as_json) {
		json_dumpf(json, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
		putchar('\n');
	} else {
		struct said said = {.currency = *file->currency ? file->currency : "minor/100"};
		buf_init(&said.out, SAID_MOST);
		tell(&said, json);
		if (frontier) list(&said, "The frontier, the best for us first", json_object_get(json, "frontier"), "no package is allowed");
		fwrite(said.out.bytes, 1, said.out.used, stdout);
		buf_done(&said.out);
	}
	return fflush(stdout) || ferror(stdout) ? cli_fail("what was to be printed could not be written") : 0;
}

/* ---- The command ---- */

struct asked {
	const char *path, *trade, *check, *offers;
	bool json, frontier;
	struct bargain_wish wish;
};

static int mistake(const struct error *error)
{
	cli_fail("%s", error->text);
	return 2;
}

static int run(struct arena *arena, struct asked *asked)
{
	struct bargain_file file;
	struct package package;
	struct error error;
	json_t *json;
	int64_t offers = 0;
	size_t n;
	char *bytes = file_read(arena, asked->path, &n);
	if (!bytes) return 2;
	if (bargain_file_read(arena, bytes, n, asked->path, &file, &error)) return mistake(&error);
	if (asked->trade && !bargain_option_find(&file, asked->trade, &asked->wish.trade_variable, &asked->wish.trade_option))
		return cli_usage("--trade wants VARIABLE=OPTION of the table, not \"%s\"", asked->trade);
	if (asked->offers && (!parse_int(asked->offers, &offers) || offers < 1 || offers > MESO_MOST)) return cli_usage("--offers wants a number from 1 to %d, not \"%s\"", MESO_MOST, asked->offers);
	asked->wish.offers = (int)offers;
	if (asked->check) {
		bytes = file_read(arena, asked->check, &n);
		if (!bytes) return 2;
		if (bargain_package_read(arena, &file, bytes, n, asked->check, &package, &error)) return mistake(&error);
		asked->wish.check = &package;
	}
	if (bargain_solve(arena, &file, &asked->wish, &json, &error)) return mistake(&error);
	int code = print(&file, json, asked->json, asked->frontier);
	json_decref(json);
	return code;
}

int cmd_bargain(struct cli_args *args)
{
	struct asked asked = {.wish = {.trade_variable = -1}};
	asked.frontier = asked.wish.frontier = cli_flag(args, "--frontier");
	asked.wish.ladder = cli_flag(args, "--ladder");
	asked.json = cli_flag(args, "--json") || !isatty(STDOUT_FILENO);
	cli_value(args, "--trade", &asked.trade);
	cli_value(args, "--check", &asked.check);
	cli_value(args, "--offers", &asked.offers);
	asked.path = cli_positional(args);
	if (!cli_rest(args)) return 2;
	if (!asked.path) return cli_usage("name the table: a JSON file, or - for standard input");
	struct arena *arena = arena_new((size_t)8 << 30);
	int code = run(arena, &asked);
	arena_free(arena);
	return code;
}
