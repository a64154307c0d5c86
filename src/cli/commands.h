/* Commands: the functions that commands.def names. */
#ifndef STURGEON_CLI_COMMANDS_H
#define STURGEON_CLI_COMMANDS_H

#include "cli/cli.h"

#define COMMAND(words, function, usage, help) int function(struct cli_args *args);
#include "cli/commands.def"
#undef COMMAND

#endif
