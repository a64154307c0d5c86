/* Deal finish: a deal ends, won or lost. The one way in which it may: from the board, from a call, from an import. */
#ifndef STURGEON_APP_DEAL_FINISH_H
#define STURGEON_APP_DEAL_FINISH_H

#include "app/use.h"

/* Notes the end at a moment (now, or the past that an import knows), with the reason where it was lost. Conversations about it that were
 * planned and not begun are taken from the calendar. It teaches the advisor. A call that closes the deal has ended before (advise_call_ended). REFUSED where the deal is another's and one is no lead. Mistakes: stage, where it is finished
 * already; reason, where a lost deal has none. */
enum outcome deal_finish(struct use *use, int64_t deal_id, bool won, const char *reason, int64_t at);

#endif
