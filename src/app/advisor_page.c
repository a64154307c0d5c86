#include "app/advisor_page.h"

#include <math.h>
#include <string.h>

#include "app/advise_team.h"
#include "base/id.h"
#include "base/text.h"
#include "base/tr.h"
#include "core/advisor/calibration.h"

#define Z95 1.959963984540054

/* What the record says: the pairs for the calibration, and how often each piece of evidence was there. */
struct record {
	struct calibration_pair *pairs;
	int64_t n;
	int64_t seen[EVIDENCE_MAX];
};

/* Counts the keys in a prediction's evidence, which this program wrote itself (compact, keys without escapes): a parser would take most of the page's time. */
static void seen_count(const struct advise_team *team, const char *evidence, int64_t seen[EVIDENCE_MAX])
{
	for (const char *key = strchr(evidence, '"'), *end; key; key = strchr(end + 1, '"')) {
		end = strchr(++key, '"');
		if (!end) return;
		for (int i = 0; i < team->n; i++) {
			if (strncmp(team->defs[i].key, key, (size_t)(end - key)) || team->defs[i].key[end - key]) continue;
			seen[i]++;
			break;
		}
	}
}

static enum outcome record_read(struct use *use, const struct advise_team *team, struct record *ret)
{
	*ret = (struct record){0};
	int64_t room;
	if (prediction_count(use->db, use->who.team_id, &room, &use->error)) return FAILED;
	ret->pairs = malloc(sizeof *ret->pairs * (size_t)(room + 1));
	if (!ret->pairs) abort();
	struct rows *rows = prediction_rows(use->db, use->who.team_id);
	while (ret->n < room && rows_next(rows)) {
		seen_count(team, rows_text(rows, 0), ret->seen);
		ret->pairs[ret->n++] = (struct calibration_pair){rows_double(rows, 1), rows_int(rows, 2) != 0};
	}
	if (!rows_done(rows, &use->error)) return DONE;
	free(ret->pairs);
	return FAILED;
}

static json_t *calibration_model(const struct record *record)
{
	if (!record->n) return json_null();
	struct calibration c = calibration_of(record->pairs, (size_t)record->n);
	json_t *bins = json_array();
	for (int i = 0; i < CALIBRATION_BINS; i++) {
		const struct calibration_bin *bin = &c.bins[i];
		if (!bin->happened.n) continue;
		json_array_append_new(bins, json_pack("{sf sf sI sf sf sf sf}", "from", bin->from, "to", bin->to, "n", (json_int_t)bin->happened.n, "predicted",
			bin->predicted, "happened", bin->happened.share, "low", bin->happened.low, "high", bin->happened.high));
	}
	double share = (double)c.happened / (double)c.n;
	double base = c.auc_known ? -(share * log(share) + (1 - share) * log(1 - share)) : 0;
	return json_pack("{sI sf sf sf sf so so}", "n", (json_int_t)c.n, "happened", share, "log_loss", c.log_loss, "base_log_loss", base, "brier", c.brier, "auc",
		c.auc_known ? json_real(c.auc) : json_null(), "bins", bins);
}

static json_t *starts_model(const struct advise_team *team)
{
	json_t *list = json_array();
	for (int i = 0; i < 4; i++) {
		struct evidence e;
		evidence_init(&e, team->n);
		evidence_set(&e, team->defs, EVIDENCE_B2B, i >= 2);
		evidence_set(&e, team->defs, EVIDENCE_SECOND_CALL, i % 2);
		json_t *one = advise_team_model(team, e.x, ADVISE_WISH_SELL);
		json_object_set_new(one, "segment", json_string(i >= 2 ? "b2b" : "b2c"));
		json_object_set_new(one, "second", json_boolean(i % 2));
		json_array_append_new(list, one);
	}
	return list;
}

static double spread(const struct belief *belief, int i)
{
	return Z95 * sqrt(belief->covariance[(size_t)i * (size_t)belief->room + (size_t)i]);
}

static double points(double logit)
{
	return 100 * belief_sigmoid(logit) - 50;
}

static json_int_t wish(double logit)
{
	return lround(100 * belief_sigmoid(logit));
}

static json_t *start_model(const struct belief *belief)
{
	double mean = belief->mean[EVIDENCE_BIAS], half = spread(belief, EVIDENCE_BIAS);
	return json_pack("{sI sI sI sI}", "wish", wish(mean), "low", wish(mean - half), "high", wish(mean + half), "prior", wish(evidence_builtin[EVIDENCE_BIAS].mean));
}

static json_t *signals_model(const struct advise_team *team, const struct record *record)
{
	int order[EVIDENCE_MAX], n = 0;
	const double *mean = team->belief.mean;
	json_t *list = json_array();
	for (int i = EVIDENCE_BIAS + 1; i < team->n; i++) {
		int at = n++;
		for (; at > 0 && fabs(mean[order[at - 1]]) < fabs(mean[i]); at--) order[at] = order[at - 1];
		order[at] = i;
	}
	for (int k = 0; k < n; k++) {
		int i = order[k];
		const struct signal_row *row = &team->signal[i];
		double half = spread(&team->belief, i);
		json_array_append_new(list, json_pack("{so ss ss sb sb sb sf sf sf sf sI}", "id", row->signal_id ? json_integer(row->signal_id) : json_null(), "key",
			team->defs[i].key, "name", row->name ? row->name : team->defs[i].key, "own", i >= EVIDENCE_BUILTIN, "ticked",
			team->defs[i].source == EVIDENCE_SIGNAL, "retired", row->retired_at != 0, "points", points(mean[i]), "low", points(mean[i] - half), "high",
			points(mean[i] + half), "prior", points(team->defs[i].mean), "seen", (json_int_t)record->seen[i]));
	}
	return list;
}

enum outcome advisor_page(struct use *use, json_t **ret_model)
{
	struct advise_team *team;
	struct record record;
	enum outcome outcome = advise_team_load(use, &team);
	if (!outcome) outcome = record_read(use, team, &record);
	if (outcome) return outcome;
	*ret_model = json_pack("{sI so so so so sb}", "learnt", (json_int_t)team->belief.taught, "calibration", calibration_model(&record), "starts", starts_model(team),
		"start", start_model(&team->belief), "signals", signals_model(team, &record), "may_change", use->who.role >= ROLE_LEAD);
	free(record.pairs);
	return DONE;
}

static bool pull_read(const char *word, double *ret_mean)
{
	static const struct { const char *word; double mean; } pulls[] = {
		{"strongly_for", 1.5}, {"for", 0.9}, {"slightly_for", 0.4}, {"slightly_against", -0.4}, {"against", -0.9}, {"strongly_against", -1.5},
	};
	for (size_t i = 0; i < sizeof pulls / sizeof *pulls; i++) {
		if (strcmp(pulls[i].word, word)) continue;
		*ret_mean = pulls[i].mean;
		return true;
	}
	return false;
}

/* A letter that no offered signal has, of those that the call screen leaves free; "" where none is left. */
static const char *hotkey_free(struct use *use, const struct advise_team *team)
{
	for (const char *letter = "wrvqyiob"; *letter; letter++) {
		bool used = false;
		for (int i = 0; i < team->n; i++)
			used |= team->signal[i].signal_id && !team->signal[i].retired_at && team->signal[i].hotkey[0] == *letter;
		if (!used) return arena_strndup(use->arena, letter, 1);
	}
	return "";
}

enum outcome advisor_signal_add(struct use *use, const char *name, const char *why, const char *absent, const char *pull)
{
	struct advise_team *team;
	struct live_signal offered[TALK_SIGNALS_MAX];
	double mean;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	if (!pull_read(pull, &mean)) return use_mistake(use, "pull", N_("Choose one"));
	enum outcome outcome = advise_team_load(use, &team);
	if (outcome) return outcome;
	if (team->n == EVIDENCE_MAX || advise_team_signals(team, offered) >= ADVISOR_OFFERED_MAX)
		return use_mistake(use, "name", N_("There are enough signals: retire one first"));
	const char *fold = text_fold(use->arena, name);
	int64_t place = 0;
	for (int i = 0; i < team->n; i++) {
		const struct signal_row *row = &team->signal[i];
		if (!row->signal_id) continue;
		if (!row->retired_at && !strcmp(fold, text_fold(use->arena, row->name))) return use_mistake(use, "name", N_("There is such a signal already"));
		if (row->place >= place) place = row->place + 1;
	}
	int64_t id = id_new(use->now);
	struct signal_row row = {.signal_id = id, .place = place, .created_at = use->now, .mean = mean, .sd = EVIDENCE_SD, .hotkey = hotkey_free(use, team),
		.key = arena_printf(use->arena, "own_%lld", (long long)id)};
	if (signal_insert(use->db, use->who.team_id, &row, &use->error)) return FAILED;
	return use_done(signal_text_insert(use->db, use->who.team_id, id, use->who.language, name, *why ? why : name, absent, &use->error));
}

enum outcome advisor_signal_retire(struct use *use, int64_t signal_id, bool back)
{
	struct advise_team *team;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = advise_team_load(use, &team);
	if (outcome) return outcome;
	for (int i = 0; i < team->n; i++)
		if (team->signal[i].signal_id == signal_id && team->defs[i].source == EVIDENCE_SIGNAL)
			return use_done(signal_retire(use->db, use->who.team_id, signal_id, back ? 0 : use->now, &use->error));
	return ABSENT;
}
