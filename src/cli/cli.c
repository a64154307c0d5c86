#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"

struct command {
	const char *words, *usage, *help;
	int (*run)(struct cli_args *);
};

static const struct command commands[] = {
#define COMMAND(words, function, usage, help) {words, usage, help, function},
#include "cli/commands.def"
#undef COMMAND
};

static const struct option {
	const char *words, *name, *help;
} options[] = {
#define OPTION(words, name, help) {words, name, help},
#include "cli/options.def"
#undef OPTION
};

enum { COMMANDS = sizeof commands / sizeof *commands, OPTIONS = sizeof options / sizeof *options };

int cmd_version(struct cli_args *args)
{
	if (!cli_rest(args)) return 2;
	puts("sturgeon " STURGEON_VERSION);
	return 0;
}

/* How many leading arguments spell the command's words; 0 where they do not. */
static int words_match(const char *words, int argc, char **argv)
{
	int n = 0;
	while (*words) {
		size_t length = strcspn(words, " ");
		if (n == argc || strlen(argv[n]) != length || strncmp(argv[n], words, length)) return 0;
		n++;
		words += length + (words[length] == ' ');
	}
	return n;
}

static const struct command *command_find(int argc, char **argv, int *ret_words)
{
	const struct command *best = NULL;
	*ret_words = 0;
	for (int i = 0; i < COMMANDS; i++) {
		int n = words_match(commands[i].words, argc, argv);
		if (n > *ret_words) {
			best = &commands[i];
			*ret_words = n;
		}
	}
	return best;
}

static void help_all(FILE *out)
{
	fputs("Sturgeon: tells a sale from a negotiation, and leads you through it.\n\nUsage: sturgeon COMMAND [OPTION]…\n\n", out);
	for (int i = 0; i < COMMANDS; i++) fprintf(out, "  %-16s %s\n", commands[i].words, commands[i].help);
	fputs("\n`sturgeon help COMMAND` tells more of one.\n", out);
}

static const char *option_help(const struct command *command, const char *name, size_t n)
{
	for (int i = 0; i < OPTIONS; i++)
		if (!strncmp(command->words, options[i].words, strlen(options[i].words)) && strlen(options[i].name) == n && !memcmp(options[i].name, name, n))
			return options[i].help;
	return "";
}

/* Each option that the usage names, with its value as the usage has it. */
static void help_one(FILE *out, const struct command *command)
{
	fprintf(out, "Usage: sturgeon %s %s\n\n%s\n", command->words, command->usage, command->help);
	const char *at = strstr(command->usage, "--");
	if (at) fputc('\n', out);
	for (; at; at = strstr(at, "--")) {
		size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz-"), whole = n;
		if (at[n] == ' ' && !strchr("[-", at[n + 1])) whole += 1 + strcspn(at + n + 1, " ]");
		fprintf(out, "  %.*s\n      %s\n", (int)whole, at, option_help(command, at, n));
		at += whole;
	}
}

/* `sturgeon user` or `sturgeon help user`: the commands that begin so. */
static bool help_begun(FILE *out, const char *word)
{
	size_t n = strlen(word);
	bool any = false;
	for (int i = 0; i < COMMANDS; i++) {
		if (strncmp(commands[i].words, word, n) || commands[i].words[n] != ' ') continue;
		fprintf(out, "  sturgeon %s %s\n", commands[i].words, commands[i].usage);
		any = true;
	}
	return any;
}

int cli_main(int argc, char **argv)
{
	int words;
	if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || (!strcmp(argv[1], "help") && argc == 2)) {
		help_all(argc < 2 ? stderr : stdout);
		return argc < 2 ? 2 : 0;
	}
	bool help = !strcmp(argv[1], "help");
	int skip = help ? 2 : 1;
	if (!strcmp(argv[1], "--version")) return puts("sturgeon " STURGEON_VERSION) < 0;
	const struct command *command = command_find(argc - skip, argv + skip, &words);
	if (!command) {
		if (help_begun(help ? stdout : stderr, argv[skip])) return help ? 0 : 2;
		fprintf(stderr, "sturgeon: there is no command \"%s\"\n\n", argv[skip]);
		help_all(stderr);
		return 2;
	}
	struct cli_args args = {argc - skip - words, argv + skip + words, NULL};
	if (help || cli_flag(&args, "--help")) {
		help_one(stdout, command);
		return 0;
	}
	int code = command->run(&args);
	if (code == 2) fprintf(stderr, "Usage: sturgeon %s %s\n", command->words, command->usage);
	return code;
}

static void args_drop(struct cli_args *args, int at, int n)
{
	for (int i = at; i + n < args->argc; i++) args->argv[i] = args->argv[i + n];
	args->argc -= n;
}

bool cli_flag(struct cli_args *args, const char *name)
{
	for (int i = 0; i < args->argc && strcmp(args->argv[i], "--"); i++)
		if (!strcmp(args->argv[i], name)) {
			args_drop(args, i, 1);
			return true;
		}
	return false;
}

bool cli_value(struct cli_args *args, const char *name, const char **ret_value)
{
	size_t n = strlen(name);
	for (int i = 0; i < args->argc && strcmp(args->argv[i], "--"); i++) {
		if (!strncmp(args->argv[i], name, n) && args->argv[i][n] == '=') {
			*ret_value = args->argv[i] + n + 1;
			args_drop(args, i, 1);
			return true;
		}
		if (strcmp(args->argv[i], name)) continue;
		if (i + 1 == args->argc || !strncmp(args->argv[i + 1], "--", 2)) {
			args->wanting = name;
		} else {
			*ret_value = args->argv[i + 1];
			args_drop(args, i, 2);
			return true;
		}
	}
	return false;
}

const char *cli_positional(struct cli_args *args)
{
	for (int i = 0; i < args->argc; i++) {
		if (!strcmp(args->argv[i], "--")) {
			args_drop(args, i, 1);
			return i < args->argc ? cli_positional(args) : NULL;
		}
		if (args->argv[i][0] != '-' || !args->argv[i][1]) {
			const char *found = args->argv[i];
			args_drop(args, i, 1);
			return found;
		}
	}
	return NULL;
}

bool cli_rest(struct cli_args *args)
{
	if (!args->argc) return true;
	if (args->wanting) cli_usage("%s wants a value after it", args->wanting);
	else cli_usage("\"%s\" is not understood here", args->argv[0]);
	return false;
}

static void say(const char *format, va_list args)
{
	fputs("sturgeon: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

int cli_usage(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	say(format, args);
	va_end(args);
	return 2;
}

int cli_fail(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	say(format, args);
	va_end(args);
	return 1;
}
