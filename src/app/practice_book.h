/* Practice book: a practice as the call screen's own functions take a call (call_view.h), so that one screen serves both: its playbook, its table, what the advisor knows. */
#ifndef STURGEON_APP_PRACTICE_BOOK_H
#define STURGEON_APP_PRACTICE_BOOK_H

#include "app/call_book.h"
#include "app/call_trade.h"
#include "app/practice_run.h"

struct practice_side {
	struct call_row call;
	struct call_book *book;
	struct call_live *live;
	struct call_trade *trade;       /* its table has no variables where the scenario has none; theirs is what one may think of such a client, not what is so */
};

/* Lives in the arena of use. */
enum outcome practice_side_load(struct use *use, const struct practice_run *run, struct practice_side **ret_side);

#endif
