/* Nobody sees another team's data: every route of routes.def is asked by team B's people with team A's ids in every parameter that takes one.
 *
 * Team A's texts all hold MARK. The answer must not, must be a refusal where the path itself names a thing of team A's, and must leave every row of
 * team A's as it was. So that the test cannot pass by asking nonsense, each route is also asked by the admin of the team that owns the things, and must work.
 *
 * A new route is taken in by itself: parameters are filled by their type and name. What this test cannot guess it asks for: an id of a new
 * kind is added to `world` (a row of that kind in world_make), a JSON body, a list or a file to `samples`. */
#include <string.h>

#include "base/buf.h"
#include "base/id.h"
#include "base/moment.h"
#include "check.h"
#include "store/db.h"
#include "web/route.h"
#include "web_fixture.h"

#define MARK "ЧУЖЕ"
#define MARK_ESCAPED "\\u0427\\u0423\\u0416\\u0415"

/* ---- A team with one of everything ---- */

/* One id for each name that a parameter may have. `company` is a client of kind company. */
#define WORLD(X) \
	X(team) X(member) X(client) X(company) X(deal) X(call) X(product) X(feature) X(lesson) X(playbook) X(item) X(signal) X(field) X(note) X(import) \
	X(invitation) X(position) X(post) X(comment) X(picture) X(community) X(variable) X(option) X(second) X(library) X(crib) X(interest) X(try) X(practice)

struct world {
#define X(name) int64_t name;
	WORLD(X)
#undef X
	struct person admin;
};

static int64_t world_id(const struct world *world, const char *name)
{
	if (!strcmp(name, "owner")) name = "member";
	if (!strcmp(name, "journal") || !strcmp(name, "admin")) return world->admin.member_id; /* who writes: what is his he alone changes */
#define X(id) if (!strcmp(name, #id)) return world->id;
	WORLD(X)
#undef X
	return 0;
}

struct making {
	struct web *web;
	struct world *world;
};

static void row(struct use *use, const char *sql)
{
	struct error error;
	if (db_exec(use->db, &error, sql, "")) fail_msg("%s: %s", sql, error.text);
}

/* Rows are written as SQL so that this test depends on no page's own code. {name} stands for the world's id. */
static void put(struct use *use, const struct world *world, const char *text)
{
	struct buf sql;
	buf_init(&sql, 4000);
	while (*text) {
		size_t letters = *text == '{' ? strspn(text + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
		const char *end = letters && text[1 + letters] == '}' ? text + 1 + letters : NULL; /* other braces are JSON's */
		if (end) {
			char *name = arena_strndup(use->arena, text + 1, letters);
			int64_t id = strcmp(name, "now") ? world_id(world, name) : use->now;
			if (!id) fail_msg("the world has no {%s}", name);
			buf_printf(&sql, "%lld", (long long)id);
			text = end + 1;
		} else {
			buf_char(&sql, *text++);
		}
	}
	row(use, sql.bytes);
	buf_done(&sql);
}

static void world_fill(struct use *use, void *arg)
{
	static const char *const rows[] = {
		"INSERT INTO client (team_id, client_id, kind, segment, name, name_fold, source, owner_id, created_at, changed_at) "
		"VALUES ({team}, {company}, 'company', 'b2b', '" MARK " фірма', 'чуже фірма', '" MARK " джерело', {member}, {now}, {now})",
		"INSERT INTO client (team_id, client_id, kind, segment, name, name_fold, company_id, owner_id, created_at, changed_at) "
		"VALUES ({team}, {client}, 'person', 'b2b', '" MARK " людина', 'чуже людина', {company}, {member}, {now}, {now})",
		"INSERT INTO client_words (rowid, team, words, parts) VALUES ({client}, '{team} live{team} o{member} sb2b', 'чуже людина text', '671112233')",
		"INSERT INTO client_phone (team_id, client_id, line, phone, digits) VALUES ({team}, {client}, 1, '067 111 22 33 " MARK "', '380671112233')",
		"INSERT INTO client_email (team_id, client_id, line, email, email_fold) VALUES ({team}, {client}, 1, '" MARK "@example.org', 'чуже@example.org')",
		"INSERT INTO client_tag (team_id, client_id, tag) VALUES ({team}, {client}, '" MARK " мітка')",
		"INSERT INTO client_note (team_id, client_id, note_id, member_id, at, text) VALUES ({team}, {client}, {note}, {member}, {now}, '" MARK " нотатка')",
		"INSERT INTO field (team_id, field_id, name, place) VALUES ({team}, {field}, '" MARK " поле', 1)",
		"INSERT INTO client_field (team_id, client_id, field_id, value) VALUES ({team}, {client}, {field}, '" MARK " значення')",
		"INSERT INTO playbook (team_id, playbook_id, key, segment, place) VALUES ({team}, {playbook}, '', 'b2b', 99)",
		"INSERT INTO playbook_name (team_id, playbook_id, language, name) VALUES ({team}, {playbook}, 'uk', '" MARK " план')",
		"INSERT INTO playbook_name (team_id, playbook_id, language, name) VALUES ({team}, {playbook}, 'en', '" MARK " plan')",
		"INSERT INTO item (team_id, item_id, playbook_id, key, kind, place, variety, motives) VALUES ({team}, {item}, {playbook}, '', 'opener', 1, 'small_talk', 0)",
		"INSERT INTO item_text (team_id, item_id, language, part, text) VALUES ({team}, {item}, 'uk', 'text', '" MARK " початок')",
		"INSERT INTO item_text (team_id, item_id, language, part, text) VALUES ({team}, {item}, 'en', 'text', '" MARK " opener')",
		"INSERT INTO item (team_id, item_id, playbook_id, key, kind, place, motives) VALUES ({team}, {position}, {playbook}, 'position', 'objection', 1, 0)",
		"INSERT INTO item_text (team_id, item_id, language, part, text) VALUES ({team}, {position}, 'en', 'text', '" MARK " position')",
		"INSERT INTO item (team_id, item_id, playbook_id, key, kind, place, variety, motives, objection_id) "
		"VALUES ({team}, {interest}, {playbook}, 'cut', 'interest', 1, 'compliance', 0, {position})",
		"INSERT INTO item_text (team_id, item_id, language, part, text) VALUES ({team}, {interest}, 'en', 'text', '" MARK " interest'), "
		"({team}, {interest}, 'en', 'say', '" MARK " say')",
		"INSERT INTO client_crib (team_id, client_id, crib_id, variety, text, member_id, created_at) VALUES ({team}, {client}, {crib}, 'topic', '" MARK " тема', {member}, {now})",
		"INSERT INTO client_interest (team_id, client_id, interest_id, position_id, call_id, at) VALUES ({team}, {client}, {interest}, {position}, {call}, {now})",
		"INSERT INTO product (team_id, product_id, playbook_id, name, name_fold, segment, created_at) "
		"VALUES ({team}, {product}, {playbook}, '" MARK " товар', 'чуже товар', 'b2b', {now})",
		"INSERT INTO product_feature (team_id, product_id, feature_id, place, characteristic, advantage, benefit, motives) "
		"VALUES ({team}, {product}, {feature}, 1, '" MARK " х', '" MARK " п', '" MARK " в', 1)",
		"INSERT INTO product_lesson (team_id, product_id, lesson_id, place, text) VALUES ({team}, {product}, {lesson}, 1, '" MARK " урок')",
		"INSERT INTO deal (team_id, deal_id, client_id, product_id, owner_id, title, value_minor, stage, created_at, changed_at) "
		"VALUES ({team}, {deal}, {client}, {product}, {member}, '" MARK " угода', 100, 'new', {now}, {now})",
		"INSERT INTO deal_proposal VALUES ({team}, {deal}, '" MARK " вступ', '" MARK " крок', 80000, {member}, {now})",
		"INSERT INTO call (team_id, call_id, client_id, deal_id, owner_id, number, planned_at, purpose) "
		"VALUES ({team}, {call}, {client}, {deal}, {member}, 1, {now}, '" MARK " мета')",
		"INSERT INTO signal (team_id, signal_id, key, place, mean, sd, created_at) VALUES ({team}, {signal}, 'own_foreign', 99, 0.1, 0.7, {now})",
		"INSERT INTO signal_text (team_id, signal_id, language, name, why) VALUES ({team}, {signal}, 'uk', '" MARK " сигнал', '" MARK " бо')",
		"INSERT INTO signal_text (team_id, signal_id, language, name, why) VALUES ({team}, {signal}, 'en', '" MARK " signal', '" MARK " why')",
		"INSERT INTO import (team_id, import_id, member_id, kind, file, content, choices, report, state, at) "
		"VALUES ({team}, {import}, {member}, 'clients', '" MARK ".csv', 'bmFtZTtwaG9uZQrQp9Cj0JbQlSDQhtCy0LDQvTswNjcxMjM0NTY3Cg==', '{\"columns\": [\"name\", \"phone\"], \"stages\": {}, \"twins\": \"fill\", \"segment\": \"b2c\", \"nameless\": \"\"}', "
		"'{\"columns\": [{\"header\": \"" MARK "\", \"filled\": true, \"sample\": \"\"}], \"counts\": {}, \"first\": [], \"refused\": [], \"stages\": [], "
		"\"owners\": [], \"encoding\": \"UTF-8\", \"separator\": \";\"}', 'preview', {now})",
		"INSERT INTO invitation (token, team_id, invitation_id, name, role, invited_by_team, invited_by, created_at, expires_at) "
		"VALUES ('hash of {invitation}', {team}, {invitation}, '" MARK " гість', 'manager', {team}, {member}, {now}, {now} + 1000000000)",
		"INSERT INTO trade_variable (team_id, variable_id, family, place) VALUES ({team}, {library}, 'service', 1)",
		"INSERT INTO trade_variable_text (team_id, variable_id, language, name, hint) VALUES ({team}, {library}, 'uk', '" MARK " змінна', '" MARK " ознака')",
		"INSERT INTO trade_option (team_id, variable_id, option_id, place) VALUES ({team}, {library}, {option}, 1), ({team}, {library}, {second}, 2)",
		"INSERT INTO trade_option_text (team_id, variable_id, option_id, language, name) VALUES ({team}, {library}, {option}, 'uk', '" MARK " вибір')",
		"INSERT INTO bargain (team_id, deal_id, limit_minor, created_at, changed_at) VALUES ({team}, {deal}, -100, {now}, {now})",
		"INSERT INTO bargain_variable (team_id, deal_id, variable_id, family, name, hint, place) VALUES ({team}, {deal}, {variable}, 'service', '" MARK " строк', '" MARK " ознака', 1), "
		"({team}, {deal}, {library}, 'service', '" MARK " доставка', '', 2)",
		"INSERT INTO bargain_option (team_id, deal_id, variable_id, option_id, place, name, ours_minor, theirs_low_minor, theirs_high_minor) VALUES "
		"({team}, {deal}, {variable}, {option}, 1, '" MARK " вибір', 0, 0, 0), ({team}, {deal}, {variable}, {second}, 2, '" MARK " інше', 5, 0, 0), "
		"({team}, {deal}, {library}, {option}, 1, '" MARK " вибір', 0, 0, 0)",
		"INSERT INTO practice (team_id, practice_id, member_id, scenario, seed, language, mode, created_at) VALUES ({team}, {practice}, {admin}, 'mall_card', 1, 'uk', 'sale', {now})",
		"INSERT INTO practice_event (team_id, practice_id, seq, event_id, at, kind, value, text, said) VALUES ({team}, {practice}, 1, 'began', {now}, 'began', 0, NULL, '" MARK " голос'), "
		"({team}, {practice}, 2, 'w', {now}, 'words', NULL, '" MARK " слова', '" MARK " відповідь')",
		/* Journals are the whole company's: nothing in them is marked. */
		"INSERT INTO journal (journal_id, kind, team_id, name, name_fold, created_at) VALUES ({admin}, 'blogger', {team}, 'блогер', 'блогер', {now})",
		"INSERT INTO post (post_id, author_id, kind, language, title, body, format, created_at, changed_at, published_at) "
		"VALUES ({post}, {admin}, 'article', 'uk', 'допис', 'текст', 'markdown', {now}, {now}, {now})",
		"INSERT INTO comment (post_id, comment_id, author_id, at, body) VALUES ({post}, {comment}, {admin}, {now}, 'коментар')",
		"INSERT INTO poll (post_id, question) VALUES ({post}, 'так?')",
		"INSERT INTO poll_option (post_id, place, text) VALUES ({post}, 1, 'так'), ({post}, 2, 'ні')",
		"INSERT INTO picture (picture_id, member_id, at, content_type, width, height, digest, content) VALUES ({picture}, {admin}, {now}, 'image/png', 1, 1, 'd', 'x')",
		"INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES ({community}, 'community', 'спільнота {community}', 'спільнота {community}', {now})",
		"INSERT INTO journal (journal_id, kind, team_id, name, name_fold, created_at) VALUES ({member}, 'blogger', {team}, 'учасник', 'учасник', {now})",
		"INSERT INTO community_member (journal_id, member_id, role, joined_at) VALUES ({community}, {admin}, 'moderator', {now}), ({community}, {member}, 'member', {now})",
		"INSERT INTO feed (journal_id, url, every_us, next_at) VALUES ({admin}, 'https://src.example/{admin}', 1, 1)",
		"INSERT INTO team_lesson (team_id, lesson_id, text, member_id, created_at, changed_at) VALUES ({team}, {lesson}, '# " MARK " назва\nSummary: " MARK " суть\n\n" MARK " текст\n\n"
		"# " MARK "\n\n## " MARK "?\n- [x] " MARK " так\n  " MARK " бо\n- [ ] " MARK " ні\n  " MARK " бо\n', {member}, {now}, {now})",
		"INSERT INTO lesson_read (team_id, member_id, lesson, at) VALUES ({team}, {admin}, 't{lesson}', {now})",
		"INSERT INTO quiz_try (team_id, try_id, member_id, lesson, quiz, at, answers, n_right, n) VALUES ({team}, {try}, {admin}, 't{lesson}', 0, {now}, '[[1]]', 1, 1)",
		"UPDATE top_state SET run = run + 1",
		"INSERT INTO tenure (post_id, from_at, position, to_at, run) SELECT {post}, {now} - 7200000000, 1, {now} - 3600000000, run FROM top_state",
	};
	struct making *making = arg;
	struct world *world = making->world;
#define X(name) if (!world->name) world->name = id_new(use->now);
	WORLD(X)
#undef X
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) put(use, world, rows[i]);
}

static struct world *world_make(struct web *web, const char *team_name)
{
	struct world *world = ARENA_NEW(web->arena, struct world);
	world->team = web_team(web, team_name);
	world->admin = web_person(web, world->team, MARK " адмін", "admin");
	world->member = web_person(web, world->team, MARK " менеджер", "manager").member_id;
	struct making making = {web, world};
	web_do(web, (struct actor){world->team, world->member, ROLE_ADMIN, "en"}, world_fill, &making);
	return world;
}

/* ---- What every row of a team says, as one text ---- */

struct digesting {
	int64_t team_id;
	struct buf text;
};

static void digest_table(struct use *use, const char *table, struct digesting *digesting)
{
	struct error error;
	char *sql = arena_printf(use->arena, "SELECT * FROM %s WHERE team_id = $1", table);
	json_t *list = db_query_json(use->db, &error, sql, "i", digesting->team_id);
	if (!list) fail_msg("%s", error.text);
	char *text = json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS);
	buf_printf(&digesting->text, "%s: %s\n", table, text);
	free(text);
	json_decref(list);
}

static void digest(struct use *use, void *arg)
{
	struct error error;
	size_t i;
	json_t *row_, *tables = db_query_json(use->db, &error,
					      "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'team_id' "
					      "AND m.name <> 'session' ORDER BY m.name", "");
	if (!tables) fail_msg("%s", error.text);
	json_array_foreach(tables, i, row_) digest_table(use, json_string_value(json_object_get(row_, "name")), arg);
	json_decref(tables);
}

static const char *team_digest(struct web *web, int64_t team_id)
{
	struct digesting digesting = {.team_id = team_id};
	buf_init(&digesting.text, 8 << 20);
	web_do(web, (struct actor){team_id, 0, ROLE_ADMIN, "en"}, digest, &digesting);
	const char *text = arena_strdup(web->arena, digesting.text.bytes);
	buf_done(&digesting.text);
	return text;
}

/* ---- How each route is asked ---- */

/* For routes whose parameters cannot be filled by type and name alone. {name} stands for the world's id. */
struct sample {
	enum method method;
	const char *path;
	const char *form[30];    /* names and values that replace or add to what is filled in */
	const char *json;       /* the body of a JSON_BODY route */
	const char *alone;      /* why the owner himself is refused with this sample, where he is */
	const char *admin_may;  /* why an admin reaches into another team by this route, where he does */
};

#define VARIABLE_LISTS "step", "", "option", "", "option.1", "", "option_name", "один", "option_name.1", "два", "ours", "1", "ours.1", "2", "low", "0", "low.1", "0", "high", "0", "high.1", "0"
#define OWN_LESSON "# T\nSummary: s\n\nText\n\n# Q\n\n## Q?\n- [x] a\n  b\n- [ ] c\n  d\n"
#define CLIENT_LISTS "phone", "067 555 44 33", "email", "somebody@example.org", "field", "{field}", "value", "a value"

static const struct sample samples[] = {
	{GET, "/answer/digest", .form = {"week", "2026-W48"}},
	{GET, "/posts/new", .form = {"community", ""}},
	{POST, "/posts/draft", .form = {"post", "", "community", "", "poll_question", "", "option", "", "motives", "economy"}},
	{POST, "/posts/new", .form = {"community", "", "poll_question", "", "option", "", "motives", "economy"}},
	{POST, "/posts/preview", .form = {"community", "", "poll_question", "", "option", "", "motives", "economy"}},
	{POST, "/posts/{post}/edit", .form = {"community", "", "poll_question", "", "option", "", "motives", "economy"}},
	{POST, "/posts/{post}/comments", .form = {"parent", "{comment}"}},
	{POST, "/pictures", .alone = "a table is no picture"},
	{POST, "/me/password", .alone = "the fixture's people have no password"},
	{GET, "/deals/{deal}/bargain", .form = {"put", "{variable}:{option}"}},
	{POST, "/deals/{deal}/bargain", .form = {"put", "{variable}:{second}", "also", "", "side", "ours"}},
	{POST, "/deals/{deal}/bargain/limits", .form = {"limit", "-2", "target", "3", "their_limit", ""}},
	{POST, "/deals/{deal}/bargain/forbid", .form = {"one", "{variable}:{second}", "other", "{library}:{option}"}},
	{POST, "/deals/{deal}/bargain/variables/new", .form = {VARIABLE_LISTS}},
	{POST, "/deals/{deal}/bargain/variables/{variable}", .form = {VARIABLE_LISTS}},
	{POST, "/library/new", .form = {VARIABLE_LISTS}},
	{POST, "/library/{library}", .form = {VARIABLE_LISTS}},
	{POST, "/products/{product}/features/new", .form = {"motives", "economy"}},
	{POST, "/products/{product}/features/{feature}", .form = {"motives", "economy"}},
	{POST, "/products/{product}/studied", .form = {"subject", "{feature}", "forget", "{feature}"}},
	{POST, "/lessons/new", .form = {"text", OWN_LESSON}},
	{GET, "/lessons/{key}/edit", .form = {"key", "t{lesson}"}},
	{POST, "/lessons/{key}/edit", .form = {"key", "t{lesson}", "text", OWN_LESSON}},
	{POST, "/lessons/{key}/retire", .form = {"key", "t{lesson}", "back", "0"}},
	{GET, "/lessons/{key}", .form = {"key", "t{lesson}"}},
	{POST, "/lessons/{key}/read", .form = {"key", "t{lesson}"}},
	{GET, "/lessons/{key}/quiz", .form = {"key", "t{lesson}"}},
	{POST, "/lessons/{key}/quiz", .form = {"key", "t{lesson}", "quiz", "", "answer", "1:1"}},
	{POST, "/start", .alone = "there is a company"},
	{POST, "/deals/{deal}/proposal", .form = {"valid_until", "2090-01-16"}},
	{POST, "/calls/new", .form = {"deal", "{deal}", "day", "2090-01-16", "time", "14:30", "now", "0"}},
	{POST, "/calls/{call}/plan", .form = {"day", "2090-01-16", "time", "14:30"}},
	{POST, "/calls/{call}/events", .json = "{\"events\": [{\"id\": \"e1\", \"kind\": \"began\"}, {\"id\": \"e2\", \"kind\": \"said\", \"item\": {item}}], \"after\": 0}"},
	{POST, "/calls/{call}/do", .form = {"do", "began 0 0", "event", "f1"}},
	{POST, "/calls/{call}/end", .form = {"outcome", "no_answer", "next", "2090-01-16T10:00:00Z", "event", "f1"}},
	{POST, "/calls/{call}/mark", .alone = "nobody was reached in it: tests/web/test_mark.c marks one that took place"},
	{POST, "/practice", .form = {"scenario", "mall_card"}},
	{POST, "/practice/{practice}/events", .json = "{\"events\": [{\"id\": \"e1\", \"kind\": \"motive_on\", \"value\": 1}], \"after\": 0}"},
	{POST, "/practice/{practice}/do", .form = {"do", "motive_on 0 1", "event", "f1"}},
	{GET, "/practice/{practice}/mark", .alone = "it runs"},
	{POST, "/practice/{practice}/mark", .alone = "it runs: tests/web/test_mark.c marks one that has ended"},
	{POST, "/clients/new", .form = {CLIENT_LISTS}},
	{POST, "/clients/{client}/edit", .form = {CLIENT_LISTS}},
	{POST, "/clients/{client}/crib/{crib}", .form = {"back", "0"}},
	{POST, "/answer/publish", .alone = "of too few conversations there is no answer"},
	{POST, "/feeds/new", .form = {"url", "http://10.0.0.1/"}, .alone = "nothing is read from inside the house"},
	{POST, "/journals/settings", .form = {"floor", "2", "open_reading", "0"}},
	{POST, "/communities/new", .form = {"name", "ще {community}"}},
	{POST, "/journals/{community}/edit", .form = {"name", "нова {community}"}},
	{POST, "/journals/{community}/join", .form = {"back", "0"}},
	{POST, "/journals/{community}/moderators/{member}", .form = {"back", "0"}},
	{POST, "/journals/{community}/close", .form = {"back", "0"}},
	{GET, "/journals/{journal}/ban", .alone = "he is the administrator himself"},
	{POST, "/journals/{journal}/ban", .alone = "he is the administrator himself"},
	{POST, "/import/{import}", .form = {"column", "0:name", "stage", "won:" MARK}},
	{POST, "/company", .form = {"zone", "Europe/Kyiv", "country", "380"}},
	{POST, "/team/invitations", .admin_may = "he invites people into any team of the company"},
	{POST, "/team/members/{member}/retire", .form = {"back", "0"}},
};

static const struct sample *sample_find(const struct route *route)
{
	static const struct sample none;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		if (samples[i].method == route->method && !strcmp(samples[i].path, route->path)) return &samples[i];
	return &none;
}

static const char *filled(struct web *web, const struct world *world, const char *text)
{
	struct buf out;
	buf_init(&out, 1 << 16);
	while (*text) {
		const char *end = *text == '{' ? strchr(text, '}') : NULL;
		int64_t id = end ? world_id(world, arena_strndup(web->arena, text + 1, (size_t)(end - text - 1))) : 0;
		if (id) {
			buf_printf(&out, "%lld", (long long)id);
			text = end + 1;
		} else {
			buf_char(&out, *text++);
		}
	}
	const char *copy = arena_strdup(web->arena, out.bytes ? out.bytes : "");
	buf_done(&out);
	return copy;
}

static const char *this_moment(void)
{
	static char iso[32];
	moment_iso(moment_now(), iso);
	return iso;
}

static const char *value_for(struct web *web, const struct world *world, const struct route *route, const struct param *param)
{
	switch (param->type) {
	case PARAM_ID: {
		int64_t id = world_id(world, param->name);
		if (!id) fail_msg("%s takes an id \"%s\": add such a thing to WORLD in %s", route->path, param->name, __FILE__);
		return web_path(web, "%lld", (long long)id);
	}
	case PARAM_INT: return web_path(web, "%lld", (long long)param->min);
	case PARAM_REAL: return web_path(web, "%lld", (long long)param->min);
	case PARAM_TEXT: return param->in_path ? "nothing" : "text";
	case PARAM_LINES:
	case PARAM_WRITTEN: return "lines";
	case PARAM_SECRET: return "a long enough secret";
	case PARAM_FLAG: return "1";
	case PARAM_DAY: return "2026-11-25";
	case PARAM_MOMENT: return this_moment(); /* what the world holds has happened by now, whenever the test runs */
	case PARAM_MONEY: return "1000";
	case PARAM_CHOICE: return arena_strndup(web->arena, param->words, strcspn(param->words, "|"));
	default: return NULL;
	}
}

struct asked {
	const char *path;               /* with query */
	const char *form[2 * ROUTE_PARAMS + 40];
	const char *json, *file_field;
	bool names_thing;               /* the path has an id in it */
};

static const char *sample_value(const struct sample *sample, const char *name)
{
	for (int i = 0; sample->form[i]; i += 2)
		if (!strcmp(sample->form[i], name)) return sample->form[i + 1];
	return NULL;
}

static void asked_add(struct asked *asked, int *n, const char *name, const char *value)
{
	asked->form[(*n)++] = name;
	asked->form[(*n)++] = value;
}

static struct asked asked_make(struct web *web, const struct world *world, const struct route *route)
{
	const struct sample *sample = sample_find(route);
	struct asked asked = {0};
	int n = 0;
	struct buf path;
	buf_init(&path, 1 << 16);
	buf_text(&path, filled(web, world, route->path));
	for (const struct param *p = route->params; p->type; p++) {
		const char *given = sample_value(sample, p->name);
		const char *value = given ? filled(web, world, given) : value_for(web, world, route, p);
		if (p->in_path) {
			if (p->type == PARAM_ID) asked.names_thing = true;
			else {
				char *hole = strstr(path.bytes, "{"), *end = hole ? strstr(hole, "}") : NULL;
				if (!hole || !end) continue;
				const char *rest = arena_strdup(web->arena, end + 1), *head = arena_strndup(web->arena, path.bytes, (size_t)(hole - path.bytes));
				buf_done(&path);
				buf_init(&path, 1 << 16);
				buf_printf(&path, "%s%s%s", head, web_escape(web, value), rest);
			}
		} else if (p->type == PARAM_JSON) {
			if (!sample->json) fail_msg("%s takes JSON: give it a sample in %s", route->path, __FILE__);
			asked.json = filled(web, world, sample->json);
		} else if (p->type == PARAM_FILE) {
			asked.file_field = p->name;
		} else if (value) {
			asked_add(&asked, &n, p->name, value);
		} else {
			fail_msg("%s takes a list \"%s\": give it a sample in %s", route->path, p->name, __FILE__);
		}
	}
	for (int i = 0; sample->form[i]; i += 2) {
		bool there = false;
		for (int k = 0; k < n; k += 2) there = there || !strcmp(asked.form[k], sample->form[i]);
		if (!there) asked_add(&asked, &n, sample->form[i], filled(web, world, sample->form[i + 1]));
	}
	if (route->method == GET)
		for (int i = 0; i < n; i += 2) buf_printf(&path, "%c%s=%s", i ? '&' : '?', asked.form[i], web_escape(web, asked.form[i + 1]));
	asked.path = arena_strdup(web->arena, path.bytes);
	buf_done(&path);
	return asked;
}

static struct answer *ask(struct web *web, struct person *who, enum as as, const struct route *route, const struct asked *asked)
{
	static const char table[] = "Name;Phone\nІван Невідомий;0671234567\n";
	if (route->method == GET) return web_get(web, who, as, asked->path);
	if (asked->json) return web_post_json(web, who, asked->path, asked->json);
	if (asked->file_field) return web_upload(web, who, as, asked->path, asked->form, asked->file_field, "table.csv", table, sizeof table - 1);
	return web_post(web, who, as, asked->path, asked->form);
}

/* ---- The laws ---- */

static struct web *web;

static bool inside(const struct route *route)
{
	return route->who >= WHO_READER;
}

/* What is the company's and not a team's: journals, the top, the rating. Whose it is within the company, other tests ask. */
static bool shared(const struct route *route)
{
	return !strcmp(route->section, "top") || !strcmp(route->section, "rating") || !strcmp(route->section, "journals");
}

static bool ends_session(const struct route *route)
{
	return !strcmp(route->path, "/logout");
}

static bool person_is_admin(const char *role)
{
	return !strcmp(role, "admin");
}

static const char *method_name(const struct route *route)
{
	return route->method == GET ? "GET" : "POST";
}

static void look(const struct route *route, const struct asked *asked, const struct answer *a, const char *role)
{
	if (strstr(a->body, MARK) || strstr(a->body, MARK_ESCAPED))
		fail_msg("%s %s shows %s of another team its texts: %.3000s", method_name(route), asked->path, role, a->body);
	if (a->status >= 500) fail_msg("%s %s answers %d to another team's %s: %.1000s", method_name(route), asked->path, a->status, role, a->body);
	if (asked->names_thing && !shared(route) && a->status != 404 && a->status != 403)
		fail_msg("%s %s is answered %d to another team's %s, not 404 or 403: %.1000s", method_name(route), asked->path, a->status, role, a->body);
}

static void routes__show_and_change_nothing_of_another_team(void **state)
{
	static const char *const roles[] = {"manager", "lead", "admin"};
	(void)state;
	struct world *theirs = world_make(web, "Чужа команда");
	int64_t own_team = web_team(web, "Своя команда");
	const char *before = team_digest(web, theirs->team);
	for (int r = 0; r < 3; r++) {
		struct person person = web_person(web, own_team, "Свій", roles[r]);
		web_person(web, own_team, "Ще один адмін", "admin");
		for (size_t i = 0; i < routes_count; i++) {
			const struct route *route = &routes[i];
			if (!inside(route) || ends_session(route) || (person_is_admin(roles[r]) && sample_find(route)->admin_may)) continue;
			struct asked asked = asked_make(web, theirs, route);
			look(route, &asked, ask(web, &person, AS_JSON, route, &asked), roles[r]);
			if (route->method == GET) look(route, &asked, ask(web, &person, AS_PAGE, route, &asked), roles[r]);
			else if (strcmp(team_digest(web, theirs->team), before)) fail_msg("%s %s as %s changed another team's data", method_name(route), asked.path, roles[r]);
		}
	}
}

static void routes__ask_strangers_to_log_in(void **state)
{
	(void)state;
	struct world *world = world_make(web, "Команда за дверима");
	const char *before = team_digest(web, world->team);
	for (size_t i = 0; i < routes_count; i++) {
		const struct route *route = &routes[i];
		if (!inside(route)) continue;
		struct person stranger = {0};
		struct asked asked = asked_make(web, world, route);
		struct answer *a = ask(web, &stranger, AS_JSON, route, &asked);
		if (a->status != 401) fail_msg("%s %s answers %d to a stranger", method_name(route), asked.path, a->status);
		if (strstr(a->body, MARK)) fail_msg("%s %s shows a stranger: %s", method_name(route), asked.path, a->body);
	}
	assert_string_equal(team_digest(web, world->team), before);
}

/* Without this the walls could stand because the questions make no sense. */
static void routes__answer_their_own_team(void **state)
{
	(void)state;
	for (size_t i = 0; i < routes_count; i++) {
		const struct route *route = &routes[i];
		if (!inside(route) || sample_find(route)->alone) continue;
		struct world *world = world_make(web, web_path(web, "Команда %zu", i));
		struct asked asked = asked_make(web, world, route);
		struct answer *a = ask(web, &world->admin, AS_JSON, route, &asked);
		if (a->status >= 400) fail_msg("%s %s answers %d to its own team's admin: %.2000s", method_name(route), asked.path, a->status, a->body);
	}
}

/* Everything at once that may be changed without a proof that it was meant: nothing. */
static void routes__posts_that_were_not_meant_change_nothing(void **state)
{
	(void)state;
	struct world *world = world_make(web, "Команда без підпису");
	const char *before = team_digest(web, world->team);
	for (size_t i = 0; i < routes_count; i++) {
		const struct route *route = &routes[i];
		if (route->method != POST) continue;
		struct person forged = inside(route) ? world->admin : (struct person){0};
		if (inside(route)) snprintf(forged.csrf, sizeof forged.csrf, "0123456789012345678901234567890123456789012");
		else snprintf(forged.form, sizeof forged.form, "short");
		struct asked asked = asked_make(web, world, route);
		struct answer *a = ask(web, &forged, AS_JSON, route, &asked);
		bool elsewhere = route->who == WHO_FIRST && a->status == 200 && *a->location; /* there is a company: led away before anything is looked at */
		if (a->status != 403 && !elsewhere) fail_msg("POST %s without its token is answered %d: %.500s", asked.path, a->status, a->body);
		if (*forged.session && inside(route) && strcmp(forged.session, world->admin.session)) fail_msg("POST %s without its token changed the session", asked.path);
	}
	assert_string_equal(team_digest(web, world->team), before);
	assert_int_equal(web_get(web, &world->admin, AS_JSON, "/session")->status, 200); /* nor was he logged out */
}

static void routes__lead_and_admin_routes_refuse_a_manager(void **state)
{
	(void)state;
	struct world *world = world_make(web, "Команда з лідом");
	struct person manager = web_person(web, world->team, "Менеджер", "manager"), lead = web_person(web, world->team, "Лід", "lead");
	const char *before = team_digest(web, world->team);
	for (size_t i = 0; i < routes_count; i++) {
		const struct route *route = &routes[i];
		struct asked asked = asked_make(web, world, route);
		if (route->who == WHO_LEAD || route->who == WHO_ADMIN) assert_int_equal(ask(web, &manager, AS_JSON, route, &asked)->status, 403);
		if (route->who == WHO_ADMIN) assert_int_equal(ask(web, &lead, AS_JSON, route, &asked)->status, 403);
	}
	assert_string_equal(team_digest(web, world->team), before);
}

static int open_web(void **state)
{
	(void)state;
	web = web_open();
	return 0;
}

static int close_web(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(routes__show_and_change_nothing_of_another_team),
		cmocka_unit_test(routes__ask_strangers_to_log_in),
		cmocka_unit_test(routes__answer_their_own_team),
		cmocka_unit_test(routes__posts_that_were_not_meant_change_nothing),
		cmocka_unit_test(routes__lead_and_admin_routes_refuse_a_manager),
	};
	return cmocka_run_group_tests(tests, open_web, close_web);
}
