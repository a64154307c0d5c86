/* Call engine: what the call screen's script needs to go on without the server (assets/call/engine.js), as part of a model. */
#ifndef STURGEON_APP_CALL_ENGINE_H
#define STURGEON_APP_CALL_ENGINE_H

#include "app/call_book.h"
#include "app/call_trade.h"

/* The belief, the playbook column by column, the table, the events. cases is borrowed. A new reference. */
json_t *call_engine(struct use *use, const struct call_row *call, json_t *cases, const struct call_live *live, const struct call_book *book, const struct call_trade *trade,
		    const struct call_event_row *rows, int n);
/* The keys whose words the script needs; the template says them in the reader's language. */
json_t *call_engine_words(void);

#endif
