#include "app/bargain_log.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/moment.h"

enum { LINES_SHOWN = 8 };

/* Moves that are one line: what was put and then offered; what was asked, refused, declined one after another. */
struct line {
	const char *who;
	int first, last;                /* moves, both in it */
	int64_t amount;
	bool nothing;
};

static const char *who_of(const char *kind)
{
	if (!strcmp(kind, "put") || !strcmp(kind, "offered")) return "ours";
	if (!strcmp(kind, "asked")) return "theirs";
	return kind; /* refused, declined */
}

static bool same_line(const struct bargain_table *table, const struct line *line, int i)
{
	const struct bargain_move *before = table->moves[i - 1].move, *move = table->moves[i].move;
	return !strcmp(line->who, who_of(move->kind)) && before->call_id == move->call_id && strcmp(before->kind, "offered") != 0;
}

/* Is a put the one that counted: nothing of the same variable was put after it in the same draft, and it was not taken out again? */
static bool counts(const struct bargain_table *table, const struct line *line, int i)
{
	const struct bargain_move *move = table->moves[i].move;
	if (!move->variable_id || !move->value) return !strcmp(move->kind, "declined");
	for (int k = i + 1; k <= line->last; k++)
		if (table->moves[k].move->variable_id == move->variable_id) return false;
	return true;
}

static int lines_find(struct use *use, const struct bargain_table *table, struct line **ret_lines)
{
	struct line *lines = *ret_lines = ARENA_ARRAY(use->arena, struct line, table->n_moves + 1);
	int n = 0;
	for (int i = 0; i < table->n_moves; i++) {
		const struct bargain_move *move = table->moves[i].move;
		if (!n || !same_line(table, &lines[n - 1], i)) lines[n++] = (struct line){.who = who_of(move->kind), .first = i};
		lines[n - 1].last = i;
		if (!strcmp(move->kind, "offered")) lines[n - 1].nothing = move->value == 1;
	}
	for (int l = 0; l < n; l++)
		for (int i = lines[l].first; i <= lines[l].last; i++)
			if (counts(table, &lines[l], i)) lines[l].amount += table->moves[i].move->amount;
	return n;
}

/* What lies in a draft that was never offered is no offer. */
static bool said(const struct bargain_table *table, const struct line *line)
{
	return strcmp(line->who, "ours") != 0 || !strcmp(table->moves[line->last].move->kind, "offered");
}

static json_t *line_json(const struct bargain_table *table, const struct line *line)
{
	char at[32];
	json_t *words = json_array();
	const struct bargain_move *last = table->moves[line->last].move;
	for (int i = line->first; i <= line->last; i++) {
		const struct table_move *move = &table->moves[i];
		if (!counts(table, line, i) || !strcmp(move->move->kind, "offered")) continue;
		json_array_append_new(words, json_pack("{ss ss sI}", "variable", move->variable, "option", move->option, "amount", (json_int_t)move->move->amount));
	}
	moment_iso(last->at, at);
	return json_pack("{ss ss ss so so sI sb ss}", "who", line->who, "at", at, "member", last->member, "call_id", last->call_id ? json_integer(last->call_id) : json_null(), "said", words,
			 "amount", (json_int_t)line->amount, "nothing", line->nothing, "reason", last->reason);
}

/* ---- The dance ---- */

struct pace {
	bool theirs;
	int64_t minor, at;
};

static int paces_find(struct use *use, const struct bargain_table *table, const struct line *lines, int n_lines, struct pace **ret_paces)
{
	struct package starts = {{0}};
	for (int v = 0; v < table->bargain.n; v++) starts.choice[v] = (uint16_t)table->variables[v].starts;
	int64_t ours = package_value(&table->bargain, &starts).ours;
	struct pace *paces = *ret_paces = ARENA_ARRAY(use->arena, struct pace, n_lines + 1);
	int n = 0;
	for (int l = 0; l < n_lines; l++) {
		bool theirs = !strcmp(lines[l].who, "theirs");
		if ((!theirs && strcmp(lines[l].who, "ours") != 0) || !said(table, &lines[l])) continue;
		if (!theirs) ours += lines[l].amount;
		paces[n++] = (struct pace){theirs, theirs ? ours + lines[l].amount : ours, table->moves[lines[l].last].move->at};
	}
	return n;
}

static double pace_x(int i, int n)
{
	return 4 + 92.0 * i / (n - 1);
}

static json_t *pace_path(const struct pace *paces, int n, bool theirs, double low, double high)
{
	struct buf path;
	double last_y = -1;
	buf_init(&path, 1 << 15);
	for (int i = 0; i < n; i++) {
		if (paces[i].theirs != theirs) continue;
		double x = pace_x(i, n) * 10, y = 900 - 800 * ((double)paces[i].minor - low) / (high - low);
		if (last_y < 0) buf_printf(&path, "M%.1f %.1f", x, y);
		else buf_printf(&path, "H%.1fV%.1f", x, y);
		last_y = y;
	}
	if (last_y >= 0) buf_printf(&path, "H%.1f", pace_x(n - 1, n) * 10);
	json_t *json = json_string(path.used ? path.bytes : "");
	buf_done(&path);
	return json;
}

static json_t *dance_json(const struct bargain_table *table, const struct pace *paces, int n)
{
	if (n < 2) return json_null();
	int64_t limit = table->head.limit;
	double low = (double)paces[0].minor, high = low;
	for (int i = 1; i < n; i++) {
		low = fmin(low, (double)paces[i].minor);
		high = fmax(high, (double)paces[i].minor);
	}
	if (limit != BARGAIN_NONE) {
		low = fmin(low, (double)limit);
		high = fmax(high, (double)limit);
	}
	if (high - low < 100) high = low + 100;
	json_t *dots = json_array();
	for (int i = 0; i < n; i++) {
		char at[32];
		moment_iso(paces[i].at, at);
		json_array_append_new(dots, json_pack("{ss sf sf sI ss}", "side", paces[i].theirs ? "theirs" : "ours", "x", pace_x(i, n), "y",
						      90 - 80 * ((double)paces[i].minor - low) / (high - low), "minor", (json_int_t)paces[i].minor, "at", at));
	}
	json_t *wall = limit == BARGAIN_NONE ? json_null() : json_pack("{sf sI}", "y", 90 - 80 * ((double)limit - low) / (high - low), "minor", (json_int_t)limit);
	return json_pack("{so so so so}", "ours", pace_path(paces, n, false, low, high), "theirs", pace_path(paces, n, true, low, high), "dots", dots, "wall", wall);
}

void bargain_log_put(struct use *use, const struct bargain_table *table, json_t *model)
{
	struct line *lines;
	struct pace *paces;
	int n = lines_find(use, table, &lines);
	json_t *log = json_array();
	for (int l = n; l-- > 0;) {
		if (!said(table, &lines[l])) continue;
		json_t *line = line_json(table, &lines[l]);
		json_object_set_new(line, "early", json_boolean(json_array_size(log) >= LINES_SHOWN));
		json_array_append_new(log, line);
	}
	json_object_set_new(model, "log_early", json_boolean(json_array_size(log) > LINES_SHOWN));
	json_object_set_new(model, "log", log);
	int n_paces = paces_find(use, table, lines, n, &paces);
	json_object_set_new(model, "dance", dance_json(table, paces, n_paces));
}
