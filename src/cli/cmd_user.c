#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/member.h"
#include "app/secret.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/text.h"
#include "cli/commands.h"
#include "store/member_store.h"
#include "store/store.h"

enum { PASSWORD = 1024 }; /* bytes of the longest line that is read */

/* A line of standard input, without echo on a terminal. */
static bool password_read(char out[PASSWORD])
{
	struct termios was, quiet;
	bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &was) == 0;
	if (terminal) {
		fputs("Password: ", stderr);
		quiet = was;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	bool got = fgets(out, PASSWORD, stdin) != NULL;
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
		fputc('\n', stderr);
	}
	if (got) out[strcspn(out, "\r\n")] = '\0';
	return got;
}

struct user {
	const char *login, *name, *role, *language, *team;
	char hash[SECRET_HASH];
	const char *mistake;
};

static enum err team_choose(struct db *db, const char *name, int64_t *ret_team, struct error *err)
{
	json_t *teams, *team;
	size_t i;
	enum err kind = team_list(db, &teams, err);
	if (kind) return kind;
	*ret_team = 0;
	json_array_foreach(teams, i, team) {
		if (!name || !strcmp(name, json_string_value(json_object_get(team, "name")))) {
			*ret_team = json_integer_value(json_object_get(team, "id"));
			break;
		}
	}
	json_decref(teams);
	return ERR_NONE;
}

static enum err user_insert(struct db *db, void *arg, struct error *err)
{
	struct user *user = arg;
	int64_t team_id, now = moment_now();
	enum err kind = team_choose(db, user->team, &team_id, err);
	if (kind) return kind;
	if (!team_id) return err_set(err, ERR_STORE, user->team ? "there is no team \"%s\"" : "there is no company yet: open the page of the first start%s", user->team ? user->team : "");
	kind = member_insert(db, team_id, id_new(now), user->name, user->role, user->language, user->login, user->hash, now, err);
	return kind == ERR_CONFLICT ? err_set(err, kind, "the name %s is taken", user->login) : kind;
}

static enum err password_set(struct db *db, void *arg, struct error *err)
{
	struct user *user = arg;
	struct login login;
	enum err kind = login_find(db, user->login, &login, err);
	if (kind) return kind;
	if (!login.member_id) return err_set(err, ERR_STORE, "nobody logs in as %s", user->login);
	if ((kind = member_password_set(db, login.team_id, login.member_id, user->hash, err))) return kind;
	return session_end_all(db, login.team_id, login.member_id, "", err);
}

static int user_run(struct cli_args *args, enum err (*change)(struct db *, void *, struct error *), struct user *user)
{
	const char *db = "sturgeon.db";
	struct store *store;
	struct error error;
	char password[PASSWORD];
	cli_value(args, "--db", &db);
	const char *login = cli_positional(args);
	if (!login) return cli_usage("a LOGIN is wanted");
	if (!cli_rest(args)) return 2;
	if (!text_valid(login, strlen(login)) || text_length(login) > 120) return cli_usage("a LOGIN is text of at most 120 characters");
	struct arena *arena = arena_new(1 << 20);
	user->login = text_fold(arena, login);
	if (!user->name) user->name = login;
	int code = 0;
	if (access(db, F_OK)) code = cli_fail("there is no data file %s", db);
	else if (!password_read(password)) code = cli_fail("no password came on standard input");
	else if (!text_valid(password, strlen(password))) code = cli_usage("a password is text in UTF-8");
	else if (text_length(password) < 8 || text_length(password) > 200) code = cli_usage("a password has 8 to 200 characters");
	else if (strlen(user->login) < 3) code = cli_usage("a LOGIN has at least three characters");
	if (!code) {
		secret_init();
		secret_password_hash(password, user->hash);
		if (store_open(db, &error, &store)) {
			code = cli_fail("%s", error.text);
		} else {
			if (store_write(store, change, user, &error)) code = cli_fail("%s", error.text);
			store_close(store);
		}
	}
	arena_free(arena);
	return code;
}

int cmd_user_add(struct cli_args *args)
{
	struct user user = {.role = "manager", .language = "uk"};
	cli_value(args, "--name", &user.name);
	cli_value(args, "--role", &user.role);
	cli_value(args, "--team", &user.team);
	cli_value(args, "--language", &user.language);
	if (!role_parse(user.role)) return cli_usage("--role wants manager, lead or admin, not \"%s\"", user.role);
	if (user.name && (!text_valid(user.name, strlen(user.name)) || !*user.name || text_length(user.name) > 120)) return cli_usage("--name wants text of at most 120 characters");
	if (strcmp(user.language, "uk") && strcmp(user.language, "en")) return cli_usage("--language wants uk or en, not \"%s\"", user.language);
	return user_run(args, user_insert, &user);
}

int cmd_user_passwd(struct cli_args *args)
{
	struct user user = {0};
	return user_run(args, password_set, &user);
}
