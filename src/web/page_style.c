/* The look: a page that shows every piece the other pages are made of. */
#include "web/pages.h"

void style_show(struct request *r)
{
	reply_page(r, "style",
		   json_pack("{s{ss sf si si si} s{ss sf si si si} sf sf si s{si si si ss}}", "sale", "mode", "sale", "sure", 0.86, "wish_sell", 80, "wish_buy", 31,
			     "threshold", 65, "negotiation", "mode", "negotiation", "sure", 0.91, "wish_sell", 80, "wish_buy", 84, "threshold", 65, "plus", 12.4,
			     "minus", -18.2, "money", 12000000, "list", "first", 1, "last", 50, "total", 2418, "after", "#s-lists"));
}
