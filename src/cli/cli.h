/* Cli: the command line over the same use cases as the pages.
 *
 * One row in commands.def gives a command its words, function, usage and help; from it come dispatch, `--help` and
 * `help COMMAND`. A command gets the arguments after its words and returns the exit code: 0 done, 1 the world failed, 2 the
 * user's mistake (said on standard error, with the usage). */
#ifndef STURGEON_CLI_CLI_H
#define STURGEON_CLI_CLI_H

#include <stdbool.h>

/* The options of a command, taken one by one: `--name VALUE`, `--name=VALUE` (also for a value that begins with "--"), `--name` alone for flags; "--" ends them. */
struct cli_args {
	int argc;
	char **argv;
	const char *wanting;            /* an option that came without its value; cli_rest tells of it */
};

int cli_main(int argc, char **argv);

bool cli_flag(struct cli_args *args, const char *name);                            /* removes it; true where it was there */
bool cli_value(struct cli_args *args, const char *name, const char **ret_value);   /* removes the next such option with its value; false where there is none left */
const char *cli_positional(struct cli_args *args);                                 /* removes and returns the first that is not an option; NULL */
bool cli_rest(struct cli_args *args);                                              /* true where nothing is left; else says what is not understood */

int cli_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));      /* says the mistake on standard error; returns 2 */
int cli_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));       /* says what failed on standard error; returns 1 */

#endif
