/* Any bytes as a feed: refused, or read into clean texts and addresses of the web. */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "exchange/address.h"
#include "exchange/feed.h"
#include "prose_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void text_try(const char *text)
{
	MUST(text && text_valid(text, strlen(text)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const types[] = {NULL, "text/xml; charset=windows-1251", "application/rss+xml"};
	struct arena *arena = arena_new(512 << 20);
	struct feed feed;
	char detail[120];
	enum feed_refusal refusal = feed_read(arena, (const char *)data, n, types[n % 3], n % 2 ? "https://src.example/f" : NULL, &feed, detail);
	MUST(refusal < FEED_REFUSALS && memchr(detail, '\0', sizeof detail));
	for (int i = 0; refusal == FEED_GOOD && i < feed.n; i++) {
		const struct feed_entry *e = &feed.entries[i];
		text_try(e->title);
		text_try(e->author);
		text_try(e->guid);
		const char *wrong = prose_check(e->html, true);
		if (wrong) BUG("%s: %.2000s", wrong, e->html);
		MUST(!*e->link || address_web(e->link));
		MUST(e->published >= 0 && e->updated >= 0);
	}
	if (refusal == FEED_IS_PAGE) {
		const char *found = feed_discover(arena, (const char *)data, n, "https://src.example/");
		MUST(!found || address_web(found));
	}
	arena_free(arena);
	return 0;
}
