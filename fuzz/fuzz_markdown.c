/* Any bytes as Markdown: what comes out can stand in a page; as plain text it is text. */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "exchange/markdown.h"
#include "prose_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_new(256 << 20);
	const char *text = text_clean(arena, arena_strndup(arena, (const char *)data, n)), *html = markdown_html(arena, text), *wrong = prose_check(html, false);
	if (wrong) BUG("%s: %.2000s", wrong, html);
	const char *plain = markdown_plain(arena, text, 50);
	MUST(text_valid(plain, strlen(plain)) && text_length(plain) <= 50);
	arena_free(arena);
	return 0;
}
