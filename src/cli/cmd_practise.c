/* Practice in a terminal: a talk with a simulated client, by hand or by a scripted manager, and how often the right conversation wins. */
#include <stdio.h>
#include <string.h>

#include "app/practice_play.h"
#include "app/practice_rate.h"
#include "base/moment.h"
#include "base/parse.h"
#include "cli/commands.h"
#include "core/trainer/drill.h"

enum { LINE_MOST = 2000, OUT_MOST = 4 << 20, SEEDS_MOST = 1000000 };

static void flush(struct buf *out)
{
	if (out->bytes) fwrite(out->bytes, 1, out->used, stdout);
	buf_done(out);
	buf_init(out, OUT_MOST);
	fflush(stdout);
}

static int list(struct arena *arena, enum lang lang)
{
	for (int i = 0; i < scenario_files_count; i++) {
		const struct practice_file *file = practice_file_load(arena, scenario_files[i].name);
		printf("%-18s %s\n", file->key, practice_file_title(file, "name", lang));
	}
	return 0;
}

static int table(struct arena *arena, int seeds)
{
	printf("%-18s %-12s %23s %23s\n", "scenario", "right one", "the right one wins", "the wrong one wins");
	for (int i = 0; i < scenario_files_count; i++) {
		const struct practice_file *file = practice_file_load(arena, scenario_files[i].name);
		enum call_mode mode = file->scenario.mode, other = mode == MODE_SALE ? MODE_NEGOTIATION : MODE_SALE;
		struct share right = practice_rate(file->key, mode, 1, seeds), wrong = practice_rate(file->key, other, 1, seeds);
		printf("%-18s %-12s %6.1f %% (%5.1f - %5.1f) %6.1f %% (%5.1f - %5.1f)\n", file->key, mode == MODE_SALE ? "sale" : "negotiation", 100.0 * right.share, 100.0 * right.low,
		       100.0 * right.high, 100.0 * wrong.share, 100.0 * wrong.low, 100.0 * wrong.high);
		fflush(stdout);
	}
	return 0;
}

static void told(void *arg, const struct call_event *event, const struct acts *reply)
{
	struct practice_show *show = arg;
	practice_show_event(show, event, reply);
	practice_show_reply(show, reply);
	flush(show->out);
}

static int watch(struct arena *arena, const struct practice_file *file, enum call_mode mode, uint64_t seed, enum lang lang)
{
	struct buf out;
	struct practice *practice = ARENA_NEW(arena, struct practice);
	struct practice_show show = {.file = file, .practice = practice, .lang = lang, .out = &out};
	buf_init(&out, OUT_MOST);
	practice_words_init(&show.words, seed, arena);
	practice_make(practice, &file->scenario, &file->book, seed, arena);
	practice_show_intro(&show);
	drill_run(practice, mode, moment_now(), arena, told, &show);
	practice_show_end(&show);
	flush(&out);
	buf_done(&out);
	return 0;
}

static int by_hand(struct arena *arena, const struct practice_file *file, uint64_t seed, enum lang lang)
{
	char line[LINE_MOST];
	struct buf out;
	struct play *play = ARENA_NEW(arena, struct play);
	buf_init(&out, OUT_MOST);
	play_begin(play, file, file->scenario.mode, seed, lang, moment_now(), arena, &out);
	flush(&out);
	while (!play->over && fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\r\n")] = '\0';
		play_line(play, line, moment_now());
		flush(&out);
	}
	play_end(play);
	flush(&out);
	buf_done(&out);
	return 0;
}

int cmd_practise(struct cli_args *args)
{
	const char *seed_text = "1", *language = "uk", *way = NULL, *seeds_text = "1000", *key;
	int64_t seed, seeds;
	bool tabled = cli_flag(args, "--table");
	cli_value(args, "--seed", &seed_text);
	cli_value(args, "--seeds", &seeds_text);
	cli_value(args, "--language", &language);
	cli_value(args, "--auto", &way);
	key = cli_positional(args);
	if (!cli_rest(args)) return 2;
	if (!parse_int(seed_text, &seed) || seed < 0) return cli_usage("--seed wants a number, not \"%s\"", seed_text);
	if (!parse_int(seeds_text, &seeds) || seeds < 1 || seeds > SEEDS_MOST) return cli_usage("--seeds wants 1 to %d, not \"%s\"", SEEDS_MOST, seeds_text);
	if (strcmp(language, "uk") && strcmp(language, "en")) return cli_usage("--language is uk or en, not \"%s\"", language);
	if (way && strcmp(way, "sale") && strcmp(way, "negotiation") && strcmp(way, "wrong")) return cli_usage("--auto is sale, negotiation or wrong, not \"%s\"", way);
	struct arena *arena = arena_new((size_t)1 << 30);
	enum lang lang = lang_parse(language);
	const struct practice_file *file = key ? practice_file_load(arena, key) : NULL;
	int code;
	if (tabled && key) {
		code = cli_usage("--table is of every scenario");
	} else if (tabled) {
		code = table(arena, (int)seeds);
	} else if (!key) {
		code = list(arena, lang);
	} else if (!file) {
		code = cli_usage("there is no scenario \"%s\"; `sturgeon practise` lists them", key);
	} else if (way) {
		enum call_mode right = file->scenario.mode, other = right == MODE_SALE ? MODE_NEGOTIATION : MODE_SALE;
		enum call_mode mode = !strcmp(way, "wrong") ? other : !strcmp(way, "sale") ? MODE_SALE : MODE_NEGOTIATION;
		code = watch(arena, file, mode, (uint64_t)seed, lang);
	} else {
		code = by_hand(arena, file, (uint64_t)seed, lang);
	}
	arena_free(arena);
	return code;
}
