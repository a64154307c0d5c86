#include "app/deal_finish.h"

#include "app/advise_deal.h"
#include "app/card.h"
#include "app/deal.h"
#include "base/tr.h"
#include "store/plan_store.h"

enum outcome deal_finish(struct use *use, int64_t deal_id, bool won, const char *reason, int64_t at)
{
	struct deal_row deal;
	int64_t team_id = use->who.team_id;
	if (deal_find(use->db, use->arena, team_id, deal_id, &deal, &use->error)) return FAILED;
	if (!deal.there) return ABSENT;
	if (!deal_may(use, deal.fields.owner_id)) return REFUSED;
	if (deal.closed_at) return use_mistake(use, "stage", N_("This deal is finished already"));
	if (!won && !*reason) return use_mistake(use, "reason", N_("Say why it was lost: this is what the team learns from"));
	enum outcome outcome = deal_event_add(use, deal_id, won ? "won" : "lost", deal.stage, won ? "" : reason, at);
	if (outcome) return outcome;
	if (deal_close(use->db, team_id, deal_id, won, won ? "" : reason, at, &use->error)) return FAILED;
	if (plan_drop_of_deal(use->db, team_id, deal_id, &use->error)) return FAILED;
	if (won) outcome = card_deal_won(use, deal_id);
	return outcome ? outcome : advise_deal_finished(use, deal_id);
}
