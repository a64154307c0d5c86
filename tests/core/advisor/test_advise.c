#include "check.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "core/advisor/advise.h"

static double storage[BELIEF_DOUBLES(EVIDENCE_BUILTIN)];

static struct belief prior(void)
{
	struct belief belief;
	belief_init(&belief, evidence_builtin, EVIDENCE_BUILTIN, EVIDENCE_BUILTIN, storage);
	return belief;
}

/* One line of a case: word, then the rest. false for blank lines. */
static bool line_split(char *line, char **ret_word, char **ret_rest)
{
	line[strcspn(line, "#\r\n")] = '\0';
	for (size_t n = strlen(line); n && (line[n - 1] == ' ' || line[n - 1] == '\t'); n--) line[n - 1] = '\0';
	if (!*line) return false;
	*ret_word = line;
	char *space = strchr(line, ' ');
	*ret_rest = space ? space + 1 : line + strlen(line);
	if (space) *space = '\0';
	return true;
}

static int cases_run(const char *path)
{
	struct belief belief = prior();
	struct evidence evidence;
	char line[256], name[256] = "";
	double sell = ADVISE_WISH_SELL;
	int checks = 0, number = 0;
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	evidence_init(&evidence, EVIDENCE_BUILTIN);
	while (fgets(line, sizeof line, file)) {
		char *word, *rest;
		double value = 1;
		number++;
		if (!line_split(line, &word, &rest)) continue;
		int index = evidence_find(evidence_builtin, EVIDENCE_BUILTIN, word);
		if (strcmp(word, "case") && strcmp(word, "mode") && *rest && !parse_double(rest, &value)) fail_msg("%s:%d: %s is no number", path, number, rest);
		struct advice advice = advise(&belief, evidence.x, sell);
		if (!strcmp(word, "case")) {
			snprintf(name, sizeof name, "%s", rest);
			evidence_init(&evidence, EVIDENCE_BUILTIN);
			sell = ADVISE_WISH_SELL;
		} else if (index > 0) {
			evidence_set(&evidence, evidence_builtin, index, value);
		} else if (!strcmp(word, "sell")) {
			sell = value;
		} else if (!strcmp(word, "wish")) {
			if (fabs(advice.wish_buy - value) > 0.5) fail_msg("%s: the wish is %.2f, not %g", name, advice.wish_buy, value);
			checks++;
		} else if (!strcmp(word, "sure")) {
			if (fabs(100 * advice.sure - value) > 0.5) fail_msg("%s: sure is %.2f %%, not %g", name, 100 * advice.sure, value);
			checks++;
		} else if (!strcmp(word, "mode") && (!strcmp(rest, "sale") || !strcmp(rest, "negotiation"))) {
			if ((advice.mode == ADVISE_SALE) != !strcmp(rest, "sale")) fail_msg("%s: it is not a %s (wish %.2f)", name, rest, advice.wish_buy);
			checks++;
		} else {
			fail_msg("%s:%d: \"%s\" is not understood", path, number, word);
		}
	}
	fclose(file);
	return checks;
}

static void advise__says_what_the_cases_say(void **state)
{
	(void)state;
	char pattern[4096];
	glob_t found;
	int checks = 0;
	snprintf(pattern, sizeof pattern, "%s/core/advisor/*.case", getenv("STURGEON_TESTS"));
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) checks += cases_run(found.gl_pathv[i]);
	globfree(&found);
	assert_true(checks >= 8); /* the four of formulas.md are there, wish and mode each */
}

static void advise__probability_and_mode_agree(void **state)
{
	(void)state;
	struct belief belief = prior();
	for (int sell = 0; sell <= 100; sell++)
		for (int signals = 0; signals < 64; signals++) {
			struct evidence e;
			evidence_init(&e, EVIDENCE_BUILTIN);
			for (int i = 0; i < 6; i++) evidence_set(&e, evidence_builtin, 1 + i * 2, (signals >> i) & 1);
			struct advice advice = advise(&belief, e.x, sell);
			assert_int_equal(advice.mode == ADVISE_NEGOTIATION, advice.wish_buy >= advice.threshold);
			assert_int_equal(advice.mode == ADVISE_NEGOTIATION, advice.negotiation >= 0.5);
			assert_true(advice.sure >= 0.5 && advice.sure <= 1 && isfinite(advice.z));
			assert_true(advice.threshold >= 1 && advice.threshold <= 99);
		}
}

static void advise_why__sorts_by_strength_and_gives_points(void **state)
{
	(void)state;
	struct belief belief = prior();
	struct evidence e;
	struct advise_reason why[EVIDENCE_BUILTIN];
	evidence_init(&e, EVIDENCE_BUILTIN);
	evidence_set(&e, evidence_builtin, EVIDENCE_B2B, 1);
	evidence_set(&e, evidence_builtin, EVIDENCE_ASKED_PRICE, 1);
	evidence_set(&e, evidence_builtin, EVIDENCE_OBJECTION_UNANSWERED, 3);
	assert_int_equal(advise_why(&belief, e.x, false, why, EVIDENCE_BUILTIN), 3);
	assert_int_equal(why[0].index, EVIDENCE_OBJECTION_UNANSWERED);
	assert_int_equal(why[1].index, EVIDENCE_B2B);
	assert_int_equal(why[2].index, EVIDENCE_ASKED_PRICE);
	assert_true(why[0].points < 0 && why[1].points > 0 && why[2].points > 0);
	double with = advise(&belief, e.x, 80).wish_buy;
	evidence_set(&e, evidence_builtin, EVIDENCE_B2B, 0);
	assert_true(fabs(with - advise(&belief, e.x, 80).wish_buy - why[1].points) < 1e-9);
	evidence_set(&e, evidence_builtin, EVIDENCE_B2B, 1);
	assert_int_equal(advise_why(&belief, e.x, true, why, 2), 2); /* room for two: the two strongest */
	assert_int_equal(why[0].index, EVIDENCE_OBJECTION_UNANSWERED);
	assert_int_equal(why[1].index, EVIDENCE_BIAS); /* |bias| = |b2b|: the lower index first */
}

static void advise_lacks__names_what_would_move_the_wish_most(void **state)
{
	(void)state;
	struct belief belief = prior();
	struct evidence e;
	struct advise_reason lacks[2];
	evidence_init(&e, EVIDENCE_BUILTIN);
	evidence_set(&e, evidence_builtin, EVIDENCE_NO_NEED, 1);
	assert_int_equal(advise_lacks(&belief, e.x, lacks, 2), 2);
	assert_int_equal(lacks[0].index, EVIDENCE_ASKED_CONTRACT);
	assert_true(lacks[0].points > 0);
}

static void advise_because__speaks_for_the_mode(void **state)
{
	(void)state;
	struct belief belief = prior();
	struct evidence e;
	struct advise_reason because[4];
	evidence_init(&e, EVIDENCE_BUILTIN);
	assert_int_equal(advise_because(&belief, evidence_builtin, e.x, ADVISE_SALE, because, 3), 3); /* a private client's first talk, who asked for nothing */
	assert_int_equal(because[0].index, EVIDENCE_B2B);
	assert_int_equal(because[1].index, EVIDENCE_SECOND_CALL);
	assert_int_equal(because[2].index, EVIDENCE_ASKED_CONTRACT);
	evidence_set(&e, evidence_builtin, EVIDENCE_ASKED_PRICE, 1);
	evidence_set(&e, evidence_builtin, EVIDENCE_NO_NEED, 1);
	assert_int_equal(advise_because(&belief, evidence_builtin, e.x, ADVISE_SALE, because, 2), 2);
	assert_int_equal(because[0].index, EVIDENCE_NO_NEED); /* what was seen comes before what was not */
	assert_int_equal(because[1].index, EVIDENCE_B2B);
	assert_int_equal(advise_because(&belief, evidence_builtin, e.x, ADVISE_NEGOTIATION, because, 4), 1);
	assert_int_equal(because[0].index, EVIDENCE_ASKED_PRICE);
	assert_int_equal(advise_because(&belief, evidence_builtin, e.x, ADVISE_SALE, because, 0), 0);
}

static struct advice at_z(double z)
{
	return (struct advice){.z = z, .mode = z >= 0 ? ADVISE_NEGOTIATION : ADVISE_SALE};
}

static void advise_crossed__proposes_at_the_crossing_both_ways(void **state)
{
	(void)state;
	struct advise_watch watch = advise_start(ADVISE_SALE);
	struct advice low = at_z(-0.3), high = at_z(0.01);
	assert_false(advise_crossed(&watch, &low));
	assert_true(advise_crossed(&watch, &high));
	watch = advise_start(ADVISE_NEGOTIATION); /* accepted */
	assert_false(advise_crossed(&watch, &high));
	assert_true(advise_crossed(&watch, &low));
}

static void advise_crossed__does_not_nag_who_keeps(void **state)
{
	(void)state;
	struct advise_watch watch = advise_start(ADVISE_SALE);
	struct advice first = at_z(0.2), same = at_z(0.6), stronger = at_z(0.71), flicker = at_z(-0.1), back = at_z(-0.3);
	assert_true(advise_crossed(&watch, &first));
	advise_keep(&watch, &first);
	assert_false(advise_crossed(&watch, &first));
	assert_false(advise_crossed(&watch, &flicker));
	assert_false(advise_crossed(&watch, &same));
	assert_true(advise_crossed(&watch, &stronger)); /* half a standard deviation more */
	advise_keep(&watch, &stronger);
	assert_false(advise_crossed(&watch, &stronger));
	assert_false(advise_crossed(&watch, &back)); /* returns: the proposal that was kept is over */
	assert_true(advise_crossed(&watch, &first));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(advise__says_what_the_cases_say),
		cmocka_unit_test(advise__probability_and_mode_agree),
		cmocka_unit_test(advise_why__sorts_by_strength_and_gives_points),
		cmocka_unit_test(advise_lacks__names_what_would_move_the_wish_most),
		cmocka_unit_test(advise_because__speaks_for_the_mode),
		cmocka_unit_test(advise_crossed__proposes_at_the_crossing_both_ways),
		cmocka_unit_test(advise_crossed__does_not_nag_who_keeps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
