/* Any bytes as foreign HTML: what comes out is on the list, well-formed, and a fixed point; as plain text it is text. */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "exchange/allow.h"
#include "prose_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_new(256 << 20);
	const char *text = arena_strndup(arena, (const char *)data, n);
	for (int i = 0; i < 2; i++) {
		const char *base = i ? "https://src.example/posts/" : NULL, *html = allow_html(arena, text, base), *wrong = prose_check(html, true);
		if (wrong) BUG("%s: %.2000s", wrong, html);
		if (strlen(html) <= ALLOW_MAX) MUST(!strcmp(allow_html(arena, html, base), html));
	}
	const char *plain = allow_plain(arena, text, 50);
	MUST(text_valid(plain, strlen(plain)) && text_length(plain) <= 50);
	arena_free(arena);
	return 0;
}
