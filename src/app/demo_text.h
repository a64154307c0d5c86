/* Demo text: what is written in the journals of the demo company (content/journals/ in the source, embedded): who writes, six communities, their posts
 * with comments and polls. When it is written, read and voted for is simulated (demo_plan.h).
 *
 * The form of a file: a line that begins with % says what the lines after it are.
 *
 *     %team KEY NAME                          a team; %person KEY ROLE NAME puts somebody into it, the lines after it are what he says of himself.
 *                                             KEY alone: somebody of demo_members, by his login. %readers TEAM: then names, parted by commas.
 *     %community KEY NAME                     then %moderators KEYS, %about, %rules
 *     %ban WHO BY DAY DAYS                    the reason
 *     %in COMMUNITY · %span FROM UNTIL        what follows is published in it (-: in their own journals alone), between these days of the three months
 *     %post KEY AUTHOR KIND WORTH [LANGUAGE]  then %tags, %ago DAYS (so long before now), %hidden BY HOURS REASON, %line TEXT and %card NAME=VALUE … (of a card of
 *                                             calls: what is said, and where: playbook, objection, variety, level, type, motives, family; as card_form.h), and %title, after which the text comes
 *     %edit HOURS                             the text as it became so long after
 *     %poll QUESTION                          then %option TEXT; %says AUTHOR PLACE REASON; %because PLACE REASON (somebody's)
 *     %> AUTHOR, %>> AUTHOR, …                a comment, an answer to the one above it
 *
 * [words](post:KEY) is a link to another post. What is embedded is the program's own: what does not fit the form is a bug. */
#ifndef STURGEON_APP_DEMO_TEXT_H
#define STURGEON_APP_DEMO_TEXT_H

#include <stdbool.h>

#include "app/content.h"
#include "base/arena.h"

extern const struct content_file journal_files[]; /* made by tools/content2c.sh from content/journals/ */
extern const int journal_files_count;

enum {
	DEMO_TEAMS_MAX = 12,
	DEMO_PEOPLE_MAX = 260,
	DEMO_CLUBS_MAX = 8,
	DEMO_POSTS_MAX = 240,
	DEMO_COMMENTS_MAX = 24,         /* under one post */
	DEMO_DEPTH_MAX = 4,
	DEMO_SAID_MAX = 32,
	DEMO_OPTIONS_MAX = 8,
};

struct demo_team {
	const char *key, *name;
};

struct demo_figure {                    /* somebody who writes or reads */
	const char *key;                /* NULL: a reader */
	const char *name, *role, *about; /* of demo_members: name NULL */
	int team;                       /* index; −1: the one of demo_members */
	int home;                       /* index in demo_members; −1 */
};

struct demo_club {                      /* a community */
	const char *key, *name, *about, *rules;
	int moderators[4], n_moderators;
};

struct demo_comment {
	int author, parent;             /* parent: index of an earlier comment of this post; −1 */
	const char *body;
};

struct demo_said {                      /* an answer to a poll */
	int author;                     /* −1: somebody's */
	int place;                      /* from 1 */
	const char *reason;
};

struct demo_post {
	const char *key, *kind, *language, *title, *body, *tags;
	int author, club;               /* club −1: none */
	int worth;                      /* 1–10: how good it is */
	int list;                       /* posts of one file come in their order */
	double from, until, ago;        /* days; ago < 0: not said */
	const char *edited;             /* NULL: never */
	double edit_hours;
	int hidden_by;                  /* −1: never */
	double hidden_hours;
	const char *hidden_why;
	const char *line;               /* of a card; NULL: it is not offered in calls */
	const char *playbook, *objection, *variety, *level, *type, *family;
	const char *motives[5];
	const char *question;           /* NULL: no poll */
	const char *options[DEMO_OPTIONS_MAX];
	int n_options, n_said, n_comments;
	struct demo_said said[DEMO_SAID_MAX];
	struct demo_comment comments[DEMO_COMMENTS_MAX];
};

struct demo_text {
	struct demo_team teams[DEMO_TEAMS_MAX];
	struct demo_figure people[DEMO_PEOPLE_MAX];
	struct demo_club clubs[DEMO_CLUBS_MAX];
	struct demo_post posts[DEMO_POSTS_MAX];
	int n_teams, n_people, n_clubs, n_posts, n_writers; /* those who write stand before those who only read */
	int banned, banned_by;
	double ban_day, ban_days;
	const char *ban_why;
};

/* All of it. Strings live in the arena. */
struct demo_text *demo_text_load(struct arena *arena);

/* −1 where there is none of this key. */
int demo_text_post(const struct demo_text *text, const char *key, size_t bytes);
/* The next link (post:KEY) in a body from *at on, which moves past it; −1: there is no more. Its place is [*ret_from, *at): the KEY with "post:" before it. */
int demo_text_link(const struct demo_text *text, const char **at, const char **ret_from);

#endif
