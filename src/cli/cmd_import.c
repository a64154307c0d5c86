/* sturgeon import clients|deals FILE: the same as the page of imports, from the command line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/import.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tr.h"
#include "cli/commands.h"
#include "exchange/csv.h"
#include "store/member_store.h"
#include "store/store.h"

enum { MAPS = 64, ARENA_CAP = 1 << 30 };

struct importing {
	enum guess_kind kind;
	const char *path, *team, *login, *twins, *nameless;
	const char *map[MAPS];
	int maps;
	bool preview;
	char *bytes;
	size_t n;
	struct arena *arena;
	struct import_found found;
	const char *mistake;
	bool unusable;
};

/* Who brings it: the member who logs in so; otherwise the first of the team (or company) who leads it. */
static enum err who_find(struct db *db, struct importing *in, struct actor *ret_who, struct error *err)
{
	json_t *teams, *team, *members, *member;
	size_t i, k;
	struct login login;
	*ret_who = (struct actor){0, 0, ROLE_NONE, "uk"};
	if (in->login) {
		enum err kind = login_find(db, text_fold(in->arena, in->login), &login, err);
		if (kind) return kind;
		ret_who->team_id = login.team_id;
		ret_who->member_id = login.member_id;
	}
	enum err kind = team_list(db, &teams, err);
	if (kind) return kind;
	json_array_foreach(teams, i, team) {
		int64_t team_id = json_integer_value(json_object_get(team, "id"));
		if (in->team && strcmp(in->team, json_string_value(json_object_get(team, "name")))) continue;
		if (in->login && team_id != ret_who->team_id) continue;
		if ((kind = member_list(db, team_id, &members, err))) break;
		json_array_foreach(members, k, member) {
			enum role role = role_parse(json_string_value(json_object_get(member, "role")));
			int64_t id = json_integer_value(json_object_get(member, "id"));
			bool wanted = in->login ? id == ret_who->member_id : json_is_null(json_object_get(member, "retired_at")) && role > ret_who->role;
			if (!wanted) continue;
			*ret_who = (struct actor){team_id, id, role, arena_strdup(in->arena, json_string_value(json_object_get(member, "language")))};
		}
		json_decref(members);
		if (ret_who->role) break;
	}
	json_decref(teams);
	return kind;
}

static bool map_split(struct importing *in, const char *map, const char **ret_header, const char **ret_field)
{
	const char *equals = strrchr(map, '=');
	if (!equals) return false;
	*ret_header = text_fold(in->arena, arena_strndup(in->arena, map, (size_t)(equals - map)));
	*ret_field = equals + 1;
	return true;
}

/* The guessed choices with what the command line says of columns. */
static json_t *choices_mapped(struct importing *in, const struct import_found *guessed)
{
	json_t *choices = json_deep_copy(guessed->choices), *columns = json_object_get(choices, "columns"), *column;
	for (int m = 0; m < in->maps; m++) {
		const char *header, *field;
		enum column_field known;
		bool there = false;
		size_t i;
		if (!map_split(in, in->map[m], &header, &field) || !guess_field(field, &known)) {
			in->mistake = arena_printf(in->arena, "--map wants COLUMN=FIELD with a field such as name, phone or value, not \"%s\"", in->map[m]);
			continue;
		}
		json_array_foreach(json_object_get(guessed->report, "columns"), i, column) {
			if (strcmp(text_fold(in->arena, json_string_value(json_object_get(column, "header"))), header)) continue;
			json_array_set_new(columns, i, json_string(field));
			there = true;
		}
		if (!there) in->mistake = arena_printf(in->arena, "there is no column for --map \"%s\"", in->map[m]);
	}
	json_object_set_new(choices, "twins", json_string(in->twins));
	if (in->nameless) json_object_set_new(choices, "nameless", json_string(in->nameless));
	return choices;
}

static void json_close(void *json)
{
	json_decref(json);
}

static enum err taken(struct importing *in, struct use *use, enum outcome outcome, struct error *err)
{
	if (outcome == DONE) return ERR_NONE;
	*err = use->error;
	if (outcome == FAILED) return err->kind ? err->kind : err_set(err, ERR_STORE, "the data does not answer");
	const char *field;
	json_t *words;
	in->unusable = true;
	json_object_foreach(use->mistakes, field, words) in->mistake = arena_strdup(in->arena, json_string_value(words));
	return err_set(err, ERR_SYNTAX, "%s", in->mistake ? in->mistake : "this is not allowed");
}

static enum err import_file(struct db *db, void *arg, struct error *err)
{
	struct importing *in = arg;
	struct use use;
	struct actor who;
	enum err kind = who_find(db, in, &who, err);
	if (kind) return kind;
	if (!who.role) return err_set(err, ERR_STORE, "%s", in->login ? "nobody logs in so" : in->team ? "there is no such team, or nobody in it" : "there is no company yet");
	use_init(&use, in->arena, db, who, moment_now());
	kind = taken(in, &use, import_run(&use, in->kind, in->bytes, in->n, NULL, false, &in->found), err);
	if (kind) return kind;
	json_t *choices = choices_mapped(in, &in->found);
	arena_defer(in->arena, json_close, choices);
	if (in->mistake) {
		in->unusable = true;
		return err_set(err, ERR_SYNTAX, "%s", in->mistake);
	}
	struct import_found looked = in->found;
	kind = taken(in, &use, import_run(&use, in->kind, in->bytes, in->n, choices, !in->preview, &in->found), err);
	if (kind || in->preview) return kind;
	/* It stands among the team's imports like one from the page. */
	int64_t import_id;
	kind = taken(in, &use, import_keep(&use, in->kind, in->path, "", 0, &looked, &import_id), err);
	return kind ? kind : taken(in, &use, import_keep_done(&use, import_id, &in->found), err);
}

static int64_t count(const struct importing *in, const char *name)
{
	return json_integer_value(json_object_get(json_object_get(in->found.report, "counts"), name));
}

static void say_columns(const struct importing *in)
{
	json_t *column;
	size_t i;
	printf("Columns (encoding %s, separator %s):\n", json_string_value(json_object_get(in->found.report, "encoding")),
	       json_string_value(json_object_get(in->found.report, "separator")));
	json_array_foreach(json_object_get(in->found.report, "columns"), i, column) {
		if (!json_is_true(json_object_get(column, "filled"))) continue;
		printf("  %-24s %-12s %s\n", json_string_value(json_object_get(column, "header")),
		       json_string_value(json_array_get(json_object_get(in->found.choices, "columns"), i)), json_string_value(json_object_get(column, "sample")));
	}
}

static void say_stages(const struct importing *in)
{
	json_t *word;
	size_t i;
	json_array_foreach(json_object_get(in->found.report, "stages"), i, word) {
		const char *stage = json_string_value(json_object_get(word, "stage"));
		if (!i) puts("Stages:");
		printf("  %-24s %-12s %lld rows\n", json_string_value(json_object_get(word, "word")), *stage ? stage : "not known",
		       (long long)json_integer_value(json_object_get(word, "count")));
	}
}

static void say_counts(const struct importing *in)
{
	const char *what = in->kind == GUESS_DEALS ? "deals" : "clients";
	printf("%lld rows: %lld new %s, %lld that are here already got what was missing, %lld unchanged, %lld refused\n", (long long)count(in, "rows"),
	       (long long)count(in, "made"), what, (long long)count(in, "filled"), (long long)count(in, "same"), (long long)count(in, "refused"));
	if (count(in, "clients") || count(in, "products"))
		printf("Made beside: %lld %s, %lld products\n", (long long)count(in, "clients"), in->kind == GUESS_DEALS ? "clients" : "companies", (long long)count(in, "products"));
	if (in->kind == GUESS_DEALS)
		printf("%lld won, %lld lost, %lld open; the advisor %s %lld\n", (long long)count(in, "won"), (long long)count(in, "lost"), (long long)count(in, "open"),
		       in->preview ? "would learn from" : "has learnt from", (long long)count(in, "learnt"));
	if (count(in, "nameless")) printf("%lld rows name no client: they stand under \"%s\"\n", (long long)count(in, "nameless"), json_string_value(json_object_get(in->found.choices, "nameless")));
	size_t owners = json_array_size(json_object_get(in->found.report, "owners"));
	if (owners) printf("%zu owners are no members of the team: what is theirs goes to whoever imports\n", owners);
}

static void say_refused(const struct importing *in)
{
	json_t *row;
	size_t i;
	json_array_foreach(json_object_get(in->found.report, "refused"), i, row) {
		const char *what = json_string_value(json_object_get(row, "what"));
		printf("row %lld: %s%s%s\n", (long long)json_integer_value(json_object_get(row, "row")), json_string_value(json_object_get(row, "why")), *what ? ": " : "", what);
	}
}

static int import_cmd(struct cli_args *args, enum guess_kind kind)
{
	const char *db = "sturgeon.db", *map;
	struct importing in = {.kind = kind, .twins = "fill"};
	struct store *store;
	struct error error;
	cli_value(args, "--db", &db);
	cli_value(args, "--team", &in.team);
	cli_value(args, "--as", &in.login);
	cli_value(args, "--twins", &in.twins);
	cli_value(args, "--nameless", &in.nameless);
	while (in.maps < MAPS && cli_value(args, "--map", &map)) in.map[in.maps++] = map;
	in.preview = cli_flag(args, "--preview");
	in.path = cli_positional(args);
	if (!in.path) return cli_usage("a FILE is wanted");
	if (!cli_rest(args)) return 2;
	if (strcmp(in.twins, "fill") && strcmp(in.twins, "skip") && strcmp(in.twins, "make")) return cli_usage("--twins wants fill, skip or make, not \"%s\"", in.twins);
	if (access(db, F_OK)) return cli_fail("there is no data file %s", db);
	if (csv_load(in.path, IMPORT_MAX, &in.bytes, &in.n, &error)) return cli_usage("%s", error.text);
	const char *slash = strrchr(in.path, '/');
	if (slash) in.path = slash + 1;
	in.arena = arena_new(ARENA_CAP);
	int code = 0;
	if (store_open(db, &error, &store)) {
		code = cli_fail("%s", error.text);
	} else {
		if (store_write(store, import_file, &in, &error)) code = in.unusable ? cli_usage("%s", error.text) : cli_fail("%s", error.text);
		store_close(store);
	}
	if (!code) {
		say_columns(&in);
		say_stages(&in);
		say_refused(&in);
		say_counts(&in);
		if (in.preview) puts("Nothing was written: this was a preview.");
	}
	arena_free(in.arena);
	free(in.bytes);
	return code;
}

int cmd_import_clients(struct cli_args *args)
{
	return import_cmd(args, GUESS_CLIENTS);
}

int cmd_import_deals(struct cli_args *args)
{
	return import_cmd(args, GUESS_DEALS);
}
