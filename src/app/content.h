/* Content: the starting content of content/ in the source, embedded: playbooks with their products, and the built-in signals.
 *
 * What is embedded is the program's own, so text that does not fit its form is a bug: content_load aborts on it, and a test loads
 * everything. Languages of every text: content_languages. */
#ifndef STURGEON_APP_CONTENT_H
#define STURGEON_APP_CONTENT_H

#include <jansson.h>

struct content_file {
	const char *name; /* of the file, without .json */
	const char *json;
};

extern const struct content_file content_files[]; /* made by tools/content2c.sh from content/ */
extern const int content_files_count;

#define CONTENT_LANGUAGES 2
extern const char *const content_languages[CONTENT_LANGUAGES];

/* A file's JSON, its form checked: "signals", otherwise a playbook. A new reference. */
json_t *content_load(const struct content_file *file);

/* A number of all that is embedded, another whenever a letter of it is. */
int64_t content_digest(void);

/* The mask of an array of motives' names. */
int64_t content_motives(const json_t *names);

#endif
