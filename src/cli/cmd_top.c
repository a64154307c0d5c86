/* The main top of a table: of votes (replay) or of observed tops (observe). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/top_replay.h"
#include "base/moment.h"
#include "base/parse.h"
#include "cli/commands.h"
#include "exchange/stamp.h"

enum top_print { PRINT_TENURE, PRINT_RATING, PRINT_COMMUNITIES, PRINT_TOP, PRINT_SUMMARY, PRINTS };

static const char *const print_names[PRINTS] = {"tenure", "rating", "communities", "top", "summary"};

struct top_args {
	struct top_replay_options options;
	enum top_print print;
	int64_t at;             /* INT64_MIN: not given */
	const char *path;
};

/* ---- Arguments ---- */

static bool length_option(struct cli_args *args, const char *name, int64_t least, int64_t *ret_us)
{
	const char *text;
	if (!cli_value(args, name, &text)) return true;
	if (stamp_length(text, ret_us) && *ret_us >= least) return true;
	cli_usage("%s wants a length of time such as 12h, 7d, 90m or 30s, not \"%s\"", name, text);
	return false;
}

static bool moment_option(struct cli_args *args, const char *name, int64_t *ret_at)
{
	const char *text;
	if (!cli_value(args, name, &text) || stamp_moment(text, ret_at, NULL)) return true;
	cli_usage("%s wants Unix seconds or ISO 8601, not \"%s\"", name, text);
	return false;
}

static bool whole_option(struct cli_args *args, const char *name, int64_t least, int64_t most, int *ret)
{
	const char *text;
	int64_t value;
	if (!cli_value(args, name, &text)) return true;
	if (parse_int(text, &value) && value >= least && value <= most) {
		*ret = (int)value;
		return true;
	}
	cli_usage("%s wants a whole number from %lld to %lld, not \"%s\"", name, (long long)least, (long long)most, text);
	return false;
}

static bool floor_option(struct cli_args *args, double *ret)
{
	const char *text;
	char *end;
	if (!cli_value(args, "--floor", &text)) return true;
	*ret = strtod(text, &end);
	if (end != text && !*end && isfinite(*ret) && *ret > 0) return true;
	cli_usage("--floor wants a number above 0, not \"%s\"", text);
	return false;
}

static bool print_option(struct cli_args *args, enum top_print *ret)
{
	const char *text;
	if (!cli_value(args, "--out", &text)) {
		cli_usage("--out says what is wanted: tenure, rating, communities, top or summary");
		return false;
	}
	for (int i = 0; i < PRINTS; i++) {
		if (strcmp(text, print_names[i])) continue;
		*ret = (enum top_print)i;
		return true;
	}
	cli_usage("--out is one of tenure, rating, communities, top and summary, not \"%s\"", text);
	return false;
}

static bool args_read(struct cli_args *args, bool observes, struct top_args *ret)
{
	*ret = (struct top_args){.options = {.rules = top_rules_default, .gap_us = MOMENT_HOUR, .from = INT64_MIN, .to = INT64_MAX}, .at = INT64_MIN};
	struct top_replay_options *o = &ret->options;
	if (observes) o->rules.places = TOP_MOST; /* whatever was seen */
	bool good = whole_option(args, "--k", 1, TOP_MOST, &o->rules.places) && length_option(args, "--half-life", 1, &o->rules.half_life_us) && floor_option(args, &o->rules.floor) &&
		    length_option(args, "--late", 0, &o->rules.late_us) && whole_option(args, "--community-most", 0, TOP_MOST, &o->rules.community_most) &&
		    moment_option(args, "--from", &o->from) && moment_option(args, "--to", &o->to) && moment_option(args, "--at", &ret->at) && print_option(args, &ret->print);
	if (!good) return false;
	o->plain = cli_flag(args, "--plain");
	if (observes && !length_option(args, "--gap", 0, &o->gap_us)) return false;
	ret->path = cli_positional(args);
	if (!cli_rest(args)) return false;
	if (!ret->path) cli_usage("name the table: a CSV file, or - for standard input");
	else if (o->from != INT64_MIN && o->from > o->to) cli_usage("--from is later than --to");
	else return true;
	return false;
}

/* ---- The run ---- */

static void bar(void *arg, double share, size_t rows)
{
	static const char full[] = "########################################";
	(void)arg;
	fprintf(stderr, "\r[%-40.*s] %3.0f %%  %zu rows", (int)(share * 40), full, share * 100, rows);
	fflush(stderr);
}

static void bar_end(bool shown)
{
	if (shown) fputs("\r\033[K", stderr);
}

static int64_t peak_memory(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (int64_t)usage.ru_maxrss * 1024;
}

static enum err print(const struct top_args *args, const struct top_table *table, struct top_replayed *replayed, int64_t began, struct error *err)
{
	switch (args->print) {
	case PRINT_TENURE: return top_out_tenures(&replayed->history, stdout, err);
	case PRINT_RATING: return top_out_rating(&replayed->history, RATING_AUTHORS, stdout, err);
	case PRINT_COMMUNITIES: return top_out_rating(&replayed->history, RATING_COMMUNITIES, stdout, err);
	case PRINT_TOP: return top_out_top(&replayed->history, args->at == INT64_MIN ? replayed->history.span.to : args->at, stdout, err);
	default: break;
	}
	struct top_summary summary = {
		.events = (int64_t)table->n,
		.ignored = replayed->ignored,
		.posts = table->posts.n,
		.authors = table->people.n,
		.communities = table->communities.n,
		.changes = (int64_t)replayed->history.n,
		.seconds = (double)(moment_steady() - began) / (double)MOMENT_SECOND,
		.peak_memory_bytes = peak_memory(),
	};
	return top_out_summary(&summary, stdout, err);
}

static int run(struct cli_args *cli, bool observes)
{
	struct top_args args;
	struct top_table table;
	struct top_replayed replayed;
	struct error error;
	if (!args_read(cli, observes, &args)) return 2;
	int64_t began = moment_steady();
	bool shows = isatty(STDERR_FILENO);
	struct top_table_progress progress = {.tell = shows ? bar : NULL};
	enum err kind = top_table_read(args.path, observes ? TOP_TABLE_SNAPSHOTS : TOP_TABLE_VOTES, &progress, &table, &error);
	bar_end(shows);
	if (!kind) {
		/* a moment after the last event is asked for: what is held is held until then, unless it was only seen */
		if (args.print == PRINT_TOP && args.at != INT64_MIN && args.options.to == INT64_MAX && table.n) args.options.to = args.at;
		kind = observes ? top_observe(&table, &args.options, &replayed, &error) : top_replay(&table, &args.options, &replayed, &error);
		if (!kind) {
			kind = print(&args, &table, &replayed, began, &error);
			top_replayed_done(&replayed);
		}
		top_table_done(&table);
	}
	if (!kind) return 0;
	cli_fail("%s", error.text);
	return kind == ERR_SYNTAX ? 2 : 1;
}

int cmd_top_replay(struct cli_args *args)
{
	return run(args, false);
}

int cmd_top_observe(struct cli_args *args)
{
	return run(args, true);
}
