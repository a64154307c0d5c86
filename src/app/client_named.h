/* Client named: does a text that others will read name one of the team's clients? By his name in any of its cases, a phone or an e-mail.
 *
 * A person is named by two of his names side by side (a first name alone is anybody's), a company by all the words of its name in their order but the form of
 * ownership, or by those that stand in quotes at its end, where they are two or more; of one word only where it is written with a capital letter. A phone is found in any writing: with spaces, dashes, dots, brackets, without the country or its nought, beside other numbers. It errs on the side of asking. Reads every client's name once: some 50 ms for 100,000. */
#ifndef STURGEON_APP_CLIENT_NAMED_H
#define STURGEON_APP_CLIENT_NAMED_H

#include "app/use.h"

enum { CLIENTS_NAMED = 5 };

/* [{id, name, as}]: at most CLIENTS_NAMED; as: the piece of the text that names him. Empty where none is. */
enum outcome client_named(struct use *use, const char *text, json_t **ret_clients);

#endif
