/* Practice file: the scenarios of content/scenarios and the playbooks that they are played with, as the trainer's numbers with their words beside them.
 *
 * What is embedded is the program's own: text that does not fit its form is a bug, and a test loads everything. Ids are made here, the same in every run: of items
 * from 1 in the playbook's order; of a variable 1000 · (its place), of its options from there on. */
#ifndef STURGEON_APP_PRACTICE_FILE_H
#define STURGEON_APP_PRACTICE_FILE_H

#include <jansson.h>

#include "app/content.h"
#include "base/arena.h"
#include "base/tr.h"
#include "core/trainer/scenario.h"

extern const struct content_file scenario_files[]; /* made by tools/content2c.sh from content/scenarios/ */
extern const int scenario_files_count;

struct practice_item {
	const char *key;
	const json_t *words;            /* uk, en; an objection's clarify, agree, complete; borrowed */
	const struct practice_item *objection; /* of an answer: whose; NULL */
	const json_t *scenario;         /* of an interest: what this scenario's client says of it; NULL */
};

struct practice_file {
	const char *key, *currency;
	int talk;                       /* which conversation with this client it is, from 1 */
	const json_t *json, *product;   /* the scenario's own text; its product's */
	struct scenario scenario;
	struct playbook book;
	const struct practice_item *items; /* of item i of the book */
	const json_t *variables;        /* of the table; NULL: there is none */
};

/* Lives in the arena. NULL: there is no scenario of this key. */
struct practice_file *practice_file_load(struct arena *arena, const char *key);

/* Words in a language; `part` NULL: the text itself. "" where there are none. */
const char *practice_file_text(const struct practice_file *file, int64_t item, const char *part, enum lang lang);
enum item_kind practice_file_kind(const struct practice_file *file, int64_t item); /* ITEM_KINDS: there is none */
const char *practice_file_title(const struct practice_file *file, const char *field, enum lang lang); /* name, about, person, learns */
const char *practice_file_variable(const struct practice_file *file, int variable, enum lang lang);
const char *practice_file_option(const struct practice_file *file, int variable, int option, enum lang lang);
bool practice_file_known(const struct practice_file *file, const char *signal); /* Did the talks before this one show it? "known" of the scenario */
const json_t *practice_file_interest(const struct practice_file *file, int64_t item); /* what he says of it; NULL */

#endif
