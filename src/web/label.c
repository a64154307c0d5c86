#include "web/label.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct label {
	const char *key, *context, *msgid;
};

/* In the order of strcmp by key: held by a test. */
static const struct label labels[] = {
#define LABEL(key, msgid) {key, NULL, msgid},
#define LABEL_C(key, context, msgid) {key, context, msgid},
#include "web/labels.def"
#undef LABEL
#undef LABEL_C
};

static atomic_int unknown;
static char first_unknown[80]; /* written once, by whoever finds `unknown` at 0 */

struct name {
	const char *group, *key;
};

static int by_name(const void *a, const void *b)
{
	const struct name *name = a;
	const char *key = ((const struct label *)b)->key;
	size_t n = strlen(name->group);
	int order = strncmp(name->group, key, n);
	if (order) return order;
	return key[n] == '.' ? strcmp(name->key, key + n + 1) : '.' - key[n];
}

static const struct label *find(const char *group, const char *key)
{
	struct name name = {group, key};
	return bsearch(&name, labels, sizeof labels / sizeof *labels, sizeof *labels, by_name);
}

bool label_known(const char *group, const char *key)
{
	return find(group, key) != NULL;
}

const char *label_find(enum lang lang, const char *group, const char *key)
{
	const struct label *label = find(group, key);
	if (label) return tr_c(lang, label->context, label->msgid);
	if (atomic_fetch_add(&unknown, 1) == 0) snprintf(first_unknown, sizeof first_unknown, "%s.%s", group, key);
	return key;
}

int label_unknown(const char **ret_first)
{
	if (ret_first) *ret_first = first_unknown;
	return atomic_load(&unknown);
}
