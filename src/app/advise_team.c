#include "app/advise_team.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

enum outcome advise_team_load(struct use *use, struct advise_team **ret_team)
{
	struct signal_row *rows;
	struct advise_team *team = ARENA_NEW(use->arena, struct advise_team);
	unsigned char *bytes;
	size_t size;
	int n;
	if (signal_list(use->db, use->arena, use->who.team_id, use->who.language, &rows, &n, &use->error) ||
	    belief_row_load(use->db, use->arena, use->who.team_id, &bytes, &size, &use->error))
		return FAILED;
	memcpy(team->defs, evidence_builtin, sizeof evidence_builtin);
	team->n = EVIDENCE_BUILTIN;
	for (int i = 0; i < n; i++) {
		int index = evidence_find(evidence_builtin, EVIDENCE_BUILTIN, rows[i].key);
		if (index < 0) {
			if (team->n == EVIDENCE_MAX || !evidence_key_valid(rows[i].key)) continue; /* advisor_page lets no such signal in */
			index = team->n++;
			team->defs[index] = evidence_own(rows[i].key, rows[i].mean);
		}
		team->signal[index] = rows[i];
	}
	if (!bytes) {
		advise_team_forget(use, team);
		*ret_team = team;
		return DONE;
	}
	double *storage = ARENA_ARRAY(use->arena, double, BELIEF_DOUBLES(team->n));
	if (belief_decode(&team->belief, team->n, storage, bytes, size, &use->error)) return FAILED;
	for (int i = team->belief.n; i < team->n; i++) belief_grow(&team->belief, team->defs[i].mean, team->defs[i].sd);
	*ret_team = team;
	return DONE;
}

void advise_team_forget(struct use *use, struct advise_team *team)
{
	belief_init(&team->belief, team->defs, team->n, team->n, ARENA_ARRAY(use->arena, double, BELIEF_DOUBLES(team->n)));
}

static const char *text_of(const struct signal_row *row, bool absent)
{
	const char *text = !row->signal_id ? NULL : absent ? row->absent : row->why && *row->why ? row->why : row->name;
	return text ? text : "";
}

static json_t *reasons_model(const struct advise_team *team, const double *x, const struct advise_reason *reasons, int n, int most)
{
	json_t *list = json_array();
	for (int i = 0; i < n && (int)json_array_size(list) < most; i++) {
		const struct signal_row *row = &team->signal[reasons[i].index];
		const char *text = text_of(row, x[reasons[i].index] == 0);
		if (!*text) continue; /* its absence is no reason that one would say */
		json_array_append_new(list, json_pack("{ss ss ss sf}", "key", team->defs[reasons[i].index].key, "name", row->name ? row->name : "", "text", text,
			"points", reasons[i].points));
	}
	return list;
}

/* As shown: whole, and on the side of the threshold on which it is. */
static json_int_t whole_wish(const struct advice *advice)
{
	json_int_t wish = lround(advice->wish_buy), threshold = lround(advice->threshold);
	if (advice->mode == ADVISE_SALE && wish >= threshold) return threshold - 1;
	return advice->mode == ADVISE_NEGOTIATION && wish < threshold ? threshold : wish;
}

/* Without checking names and texts that are the program's own: lists of deals make hundreds of these. */
static void put(json_t *model, const char *name, json_t *value)
{
	json_object_set_new_nocheck(model, name, value);
}

static json_t *because_model(const struct advise_team *team, const struct advice *advice, const double *x, int most)
{
	struct advise_reason reasons[EVIDENCE_MAX];
	int n = advise_because(&team->belief, team->defs, x, advice->mode, reasons, EVIDENCE_MAX);
	if (!n) reasons[n++] = (struct advise_reason){EVIDENCE_BIAS, advice->logit, advice->wish_buy}; /* nothing is known, and yet */
	return reasons_model(team, x, reasons, n, most);
}

json_t *advise_team_brief(const struct advise_team *team, const double *x, double wish_sell, int because)
{
	struct advice advice = advise(&team->belief, x, wish_sell);
	json_t *model = json_object();
	put(model, "mode", json_string_nocheck(advice.mode == ADVISE_SALE ? "sale" : "negotiation"));
	put(model, "sure", json_real(advice.sure));
	put(model, "wish_buy", json_integer(whole_wish(&advice)));
	put(model, "wish_sell", json_integer(lround(wish_sell)));
	put(model, "threshold", json_integer(lround(advice.threshold)));
	if (because) put(model, "because", because_model(team, &advice, x, because));
	return model;
}

json_t *advise_team_model(const struct advise_team *team, const double *x, double wish_sell)
{
	struct advise_reason reasons[EVIDENCE_MAX];
	json_t *model = advise_team_brief(team, x, wish_sell, ADVISE_REASONS);
	int n = advise_why(&team->belief, x, false, reasons, EVIDENCE_MAX);
	put(model, "why", reasons_model(team, x, reasons, n, EVIDENCE_MAX));
	return model;
}

int advise_team_signals(const struct advise_team *team, struct live_signal ret_signals[TALK_SIGNALS_MAX])
{
	int n = 0;
	for (int i = 0; i < team->n && n < TALK_SIGNALS_MAX; i++) {
		if (team->defs[i].source != EVIDENCE_SIGNAL || !team->signal[i].signal_id || team->signal[i].retired_at) continue;
		int at = n++;
		for (; at > 0 && team->signal[ret_signals[at - 1].index].place > team->signal[i].place; at--) ret_signals[at] = ret_signals[at - 1];
		ret_signals[at] = (struct live_signal){team->signal[i].signal_id, i};
	}
	return n;
}

json_t *advise_team_engine(struct use *use, const struct advise_team *team, const struct evidence *before, double wish_sell)
{
	struct live_signal signals[TALK_SIGNALS_MAX];
	size_t size = belief_bytes(team->n);
	unsigned char *bytes = arena_alloc(use->arena, size);
	size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc(use->arena, room);
	json_t *numbers = json_array(), *ticks = json_array(), *words = json_array();
	belief_encode(&team->belief, bytes);
	sodium_bin2base64(text, room, bytes, size, sodium_base64_VARIANT_ORIGINAL);
	int n = advise_team_signals(team, signals);
	for (int i = 0; i < n; i++) {
		const struct signal_row *row = &team->signal[signals[i].index];
		json_array_append_new(ticks, json_pack("{sI si ss ss ss}", "id", (json_int_t)row->signal_id, "index", signals[i].index, "key", row->key, "hotkey",
			row->hotkey, "name", row->name));
	}
	for (int i = 0; i < team->n; i++) {
		const struct signal_row *row = &team->signal[i];
		json_array_append_new(numbers, json_real(before->x[i]));
		json_array_append_new(words, row->signal_id ? json_pack("{ss ss}", "text", text_of(row, false), "absent", row->absent) : json_null());
	}
	return json_pack("{sf ss so so so}", "wish_sell", wish_sell, "belief", text, "before", numbers, "signals", ticks, "words", words);
}
