/* Journal rules: the company's settings of its journals and its main top: who may read, K, half-life, floor, lateness, how many posts of one community. A change of what
 * shapes the top is an act in the public log, and the top runs again from its beginning. */
#ifndef STURGEON_APP_JOURNAL_RULES_H
#define STURGEON_APP_JOURNAL_RULES_H

#include "app/use.h"

struct journal_rules_form {
	bool open_reading;
	int64_t places, half_life_h, late_d, community_most;
	double floor;
	const char *reason;
};

enum outcome journal_rules_page(struct use *use, json_t **ret_model);
/* Mistakes: reason (wanted where the top changes), floor. */
enum outcome journal_rules_change(struct use *use, const struct journal_rules_form *form);

#endif
