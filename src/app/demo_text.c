#include "app/demo_text.h"

#include <stdlib.h>
#include <string.h>

#include "app/demo.h"
#include "base/err.h"

struct reading {
	struct arena *arena;
	struct demo_text *text;
	const char *file;
	int line, list, club, team, depth;
	int thread[DEMO_DEPTH_MAX];     /* the last comment of each depth */
	double from, until;
	const char **sink;              /* where the lines that come belong; NULL: nowhere */
	const char *begun;              /* their beginning */
	const char *names;              /* of readers of the team */
};

#define WRONG(r, what) BUG("content/journals/%s.txt, line %d: %s", (r)->file, (r)->line, (what))

/* The next word of a line; "" at its end. */
static char *word(char **at)
{
	char *begin = *at + strspn(*at, " "), *end = begin + strcspn(begin, " ");
	*at = *end ? end + 1 : end;
	*end = '\0';
	return begin;
}

static double number(struct reading *r, char **at)
{
	char *end, *typed = word(at);
	double value = strtod(typed, &end);
	if (!*typed || *end) WRONG(r, "a number is wanted");
	return value;
}

static const char *rest(struct reading *r, char *at)
{
	at += strspn(at, " ");
	if (!*at) WRONG(r, "something is missing");
	return arena_strdup(r->arena, at);
}

static int person(struct reading *r, const char *key)
{
	for (int i = 0; i < r->text->n_people; i++)
		if (r->text->people[i].key && !strcmp(r->text->people[i].key, key)) return i;
	WRONG(r, "nobody is called so");
}

static int club(struct reading *r, const char *key)
{
	for (int i = 0; i < r->text->n_clubs; i++)
		if (!strcmp(r->text->clubs[i].key, key)) return i;
	if (strcmp(key, "-")) WRONG(r, "no such community");
	return -1;
}

static int one_more(struct reading *r, int *n, int most)
{
	if (*n >= most) WRONG(r, "there is no room for it");
	return (*n)++;
}

static struct demo_post *post(struct reading *r)
{
	if (!r->text->n_posts) WRONG(r, "there is no post yet");
	return &r->text->posts[r->text->n_posts - 1];
}

static void names_take(struct reading *r)
{
	for (const char *at = r->names + strspn(r->names, ", \n"); *at; at += strspn(at, ", \n")) {
		size_t n = strcspn(at, ",\n");
		struct demo_figure *figure = &r->text->people[one_more(r, &r->text->n_people, DEMO_PEOPLE_MAX)];
		*figure = (struct demo_figure){.name = arena_strndup(r->arena, at, n), .role = "manager", .about = "", .team = r->team, .home = -1};
		at += n;
	}
}

/* What the lines so far say goes where it belongs, without the empty lines around it. */
static void sink_close(struct reading *r, const char *end)
{
	if (!r->sink) return;
	const char *from = r->begun;
	while (from < end && *from == '\n') from++;
	while (end > from && end[-1] == '\n') end--;
	*r->sink = arena_strndup(r->arena, from, (size_t)(end - from));
	if (r->sink == &r->names) names_take(r);
	r->sink = NULL;
}

/* ---- Lines ---- */

static void team_line(struct reading *r, char *at)
{
	struct demo_team *team = &r->text->teams[one_more(r, &r->text->n_teams, DEMO_TEAMS_MAX)];
	team->key = arena_strdup(r->arena, word(&at));
	team->name = rest(r, at);
}

static void person_line(struct reading *r, char *at)
{
	struct demo_figure *figure = &r->text->people[one_more(r, &r->text->n_people, DEMO_PEOPLE_MAX)];
	*figure = (struct demo_figure){.key = arena_strdup(r->arena, word(&at)), .team = r->text->n_teams - 1, .home = -1};
	r->text->n_writers = r->text->n_people;
	r->sink = &figure->about;
	if (*at) {
		figure->role = arena_strdup(r->arena, word(&at));
		figure->name = rest(r, at);
		return;
	}
	for (int i = 0; i < DEMO_MEMBERS; i++)
		if (!strcmp(demo_members[i].login, figure->key)) figure->home = i;
	if (figure->home < 0) WRONG(r, "nobody logs in as this");
	figure->team = -1;
}

static void readers_line(struct reading *r, char *at)
{
	const char *key = word(&at);
	for (r->team = 0; r->team < r->text->n_teams && strcmp(r->text->teams[r->team].key, key);) r->team++;
	if (r->team == r->text->n_teams) WRONG(r, "no such team");
	r->sink = &r->names;
}

static void community_line(struct reading *r, char *at)
{
	struct demo_club *c = &r->text->clubs[one_more(r, &r->text->n_clubs, DEMO_CLUBS_MAX)];
	c->key = arena_strdup(r->arena, word(&at));
	c->name = rest(r, at);
}

static struct demo_club *last_club(struct reading *r)
{
	if (!r->text->n_clubs) WRONG(r, "there is no community yet");
	return &r->text->clubs[r->text->n_clubs - 1];
}

static void moderators_line(struct reading *r, char *at)
{
	struct demo_club *c = last_club(r);
	while (*(at += strspn(at, " "))) c->moderators[one_more(r, &c->n_moderators, 4)] = person(r, word(&at));
}

static void about_line(struct reading *r, char *at)
{
	(void)at;
	r->sink = &last_club(r)->about;
}

static void rules_line(struct reading *r, char *at)
{
	(void)at;
	r->sink = &last_club(r)->rules;
}

static void ban_line(struct reading *r, char *at)
{
	r->text->banned = person(r, word(&at));
	r->text->banned_by = person(r, word(&at));
	r->text->ban_day = number(r, &at);
	r->text->ban_days = number(r, &at);
	r->sink = &r->text->ban_why;
}

static void in_line(struct reading *r, char *at)
{
	r->club = club(r, word(&at));
}

static void span_line(struct reading *r, char *at)
{
	r->from = number(r, &at);
	r->until = number(r, &at);
}

static void post_line(struct reading *r, char *at)
{
	char *key = word(&at);
	if (demo_text_post(r->text, key, strlen(key)) >= 0) WRONG(r, "there is a post of this key already");
	struct demo_post *p = &r->text->posts[one_more(r, &r->text->n_posts, DEMO_POSTS_MAX)];
	*p = (struct demo_post){.key = arena_strdup(r->arena, key), .club = r->club, .list = r->list, .from = r->from, .until = r->until, .ago = -1, .hidden_by = -1, .tags = ""};
	p->author = person(r, word(&at));
	p->kind = arena_strdup(r->arena, word(&at));
	p->worth = (int)number(r, &at);
	p->language = *at ? rest(r, at) : "uk";
	if (p->worth < 1 || p->worth > 10) WRONG(r, "what it is worth is from 1 to 10");
}

static void tags_line(struct reading *r, char *at)
{
	post(r)->tags = rest(r, at);
}

static void said_line(struct reading *r, char *at)
{
	post(r)->line = rest(r, at);
}

static void motives_read(struct reading *r, struct demo_post *p, char *at)
{
	for (int n = 0; *at; n++) {
		size_t bytes = strcspn(at, ",");
		if (n == (int)(sizeof p->motives / sizeof *p->motives) - 1) WRONG(r, "there are four motives");
		p->motives[n] = arena_strndup(r->arena, at, bytes);
		at += bytes + (at[bytes] == ',');
	}
}

static void card_line(struct reading *r, char *at)
{
	struct demo_post *p = post(r);
	const struct {
		const char *name, **value;
	} fields[] = {{"playbook", &p->playbook}, {"objection", &p->objection}, {"variety", &p->variety}, {"level", &p->level}, {"type", &p->type}, {"family", &p->family}};
	for (char *one = word(&at); *one; one = word(&at)) {
		char *value = strchr(one, '=');
		if (!value) WRONG(r, "NAME=VALUE is wanted");
		*value++ = '\0';
		bool known = !strcmp(one, "motives");
		if (known) motives_read(r, p, value);
		for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
			if (strcmp(one, fields[i].name)) continue;
			*fields[i].value = arena_strdup(r->arena, value);
			known = true;
		}
		if (!known) WRONG(r, "a card has no such field");
	}
}

static void ago_line(struct reading *r, char *at)
{
	post(r)->ago = number(r, &at);
}

static void hidden_line(struct reading *r, char *at)
{
	struct demo_post *p = post(r);
	p->hidden_by = person(r, word(&at));
	p->hidden_hours = number(r, &at);
	p->hidden_why = rest(r, at);
}

static void title_line(struct reading *r, char *at)
{
	post(r)->title = rest(r, at);
	r->sink = &post(r)->body;
}

static void edit_line(struct reading *r, char *at)
{
	post(r)->edit_hours = number(r, &at);
	r->sink = &post(r)->edited;
}

static void poll_line(struct reading *r, char *at)
{
	post(r)->question = rest(r, at);
}

static void option_line(struct reading *r, char *at)
{
	struct demo_post *p = post(r);
	p->options[one_more(r, &p->n_options, DEMO_OPTIONS_MAX)] = rest(r, at);
}

static void answer_line(struct reading *r, char *at, int author)
{
	struct demo_post *p = post(r);
	int place = (int)number(r, &at);
	if (place < 1 || place > p->n_options) WRONG(r, "no such option");
	p->said[one_more(r, &p->n_said, DEMO_SAID_MAX)] = (struct demo_said){author, place, rest(r, at)};
}

static void says_line(struct reading *r, char *at)
{
	int author = person(r, word(&at));
	answer_line(r, at, author);
}

static void because_line(struct reading *r, char *at)
{
	answer_line(r, at, -1);
}

static void comment_line(struct reading *r, char *at)
{
	struct demo_post *p = post(r);
	int depth = (int)strspn(at, ">") + 1;
	at += depth - 1;
	if (depth > DEMO_DEPTH_MAX || (p->n_comments == 0 && depth > 1) || (depth > 1 && depth > r->depth + 1)) WRONG(r, "an answer to nothing");
	int n = one_more(r, &p->n_comments, DEMO_COMMENTS_MAX);
	p->comments[n] = (struct demo_comment){.author = person(r, word(&at)), .parent = depth > 1 ? r->thread[depth - 2] : -1};
	r->thread[depth - 1] = n;
	r->depth = depth;
	r->sink = &p->comments[n].body;
}

static const struct {
	const char *begins;
	void (*read)(struct reading *r, char *at);
} lines[] = {
	{"team ", team_line},     {"person ", person_line}, {"readers ", readers_line}, {"community ", community_line}, {"moderators ", moderators_line},
	{"about", about_line},    {"rules", rules_line},    {"ban ", ban_line},         {"in ", in_line},               {"span ", span_line},
	{"post ", post_line},     {"tags ", tags_line},     {"ago ", ago_line},         {"hidden ", hidden_line},       {"title ", title_line},
	{"edit ", edit_line},     {"poll ", poll_line},     {"option ", option_line},   {"says ", says_line},           {"because ", because_line},
	{"line ", said_line},     {"card ", card_line},     {">", comment_line},
};

static void line_read(struct reading *r, const char *line, size_t bytes)
{
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		size_t n = strlen(lines[i].begins);
		if (bytes < n || strncmp(line, lines[i].begins, n)) continue;
		lines[i].read(r, arena_strndup(r->arena, line + n, bytes - n));
		return;
	}
	WRONG(r, "a line that says nothing known");
}

static void file_read(struct reading *r, const char *at)
{
	for (r->line = 1; *at; r->line++) {
		size_t n = strcspn(at, "\n");
		const char *next = at + n + (at[n] == '\n');
		if (*at == '%') {
			sink_close(r, at);
			line_read(r, at + 1, n - 1);
			r->begun = next;
		} else if (!r->sink && n) {
			WRONG(r, "words that belong nowhere");
		}
		at = next;
	}
	sink_close(r, at);
}

struct demo_text *demo_text_load(struct arena *arena)
{
	struct demo_text *text = ARENA_NEW(arena, struct demo_text);
	struct reading r = {.arena = arena, .text = text};
	text->banned = text->banned_by = -1;
	for (int first = 1; first >= 0; first--) { /* people.txt first: the others speak of whom it names */
		for (int i = 0; i < journal_files_count; i++) {
			r.file = journal_files[i].name;
			if ((strcmp(r.file, "people") == 0) != first) continue;
			r.list = i;
			r.club = -1;
			r.from = 0;
			r.until = 1000;
			file_read(&r, journal_files[i].json);
		}
	}
	return text;
}

int demo_text_post(const struct demo_text *text, const char *key, size_t bytes)
{
	for (int i = 0; i < text->n_posts; i++)
		if (strlen(text->posts[i].key) == bytes && !strncmp(text->posts[i].key, key, bytes)) return i;
	return -1;
}

int demo_text_link(const struct demo_text *text, const char **at, const char **ret_from)
{
	const char *found = strstr(*at, "](post:");
	if (!found) return -1;
	const char *key = found + strlen("](post:");
	size_t n = strcspn(key, ")");
	int index = demo_text_post(text, key, n);
	if (index < 0) BUG("content/journals: a link to a post that is not there: %.40s", key);
	*ret_from = found + 2;
	*at = key + n;
	return index;
}
