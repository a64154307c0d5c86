/* What is squeezed comes back whole, and its length does not tell what it holds. */
#include "check.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "web/squeeze.h"

static const enum squeeze codings[] = {SQUEEZE_GZIP, SQUEEZE_BROTLI};

static void unsqueeze(enum squeeze coding, const char *bytes, size_t n, char *out, size_t size, size_t *ret_n)
{
	if (coding == SQUEEZE_BROTLI) {
		*ret_n = size;
		assert_int_equal(BrotliDecoderDecompress(n, (const uint8_t *)bytes, ret_n, (uint8_t *)out), BROTLI_DECODER_RESULT_SUCCESS);
		return;
	}
	z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)n, .next_out = (Bytef *)out, .avail_out = (uInt)size};
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	*ret_n = z.total_out;
	inflateEnd(&z);
}

static void squeeze__comes_back_whole(void **state)
{
	(void)state;
	enum { N = 100000 };
	char *page = malloc(N), *back = malloc(N), *out;
	for (size_t i = 0; i < N; i++) page[i] = "<p class=\"line\">осетер</p>\n"[i * 7 / 5 % 30];
	for (size_t c = 0; c < 2; c++) {
		size_t n, whole;
		assert_true(squeeze(codings[c], page, N, &out, &n));
		assert_in_range(n, 20, N / 10);
		unsqueeze(codings[c], out, n, back, N, &whole);
		assert_int_equal(whole, N);
		assert_memory_equal(page, back, N);
		free(out);
	}
	free(back);
	free(page);
}

static void squeeze__leaves_what_is_short_or_does_not_shrink(void **state)
{
	(void)state;
	char noise[4096], *out;
	size_t n;
	unsigned seed = 1;
	for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
	for (size_t c = 0; c < 2; c++) {
		assert_false(squeeze(codings[c], noise, 100, &out, &n));
		assert_false(squeeze(codings[c], noise, sizeof noise, &out, &n));
	}
}

static void squeeze__gives_one_page_many_lengths(void **state)
{
	(void)state;
	char page[4000], *out;
	memset(page, 'x', sizeof page);
	for (size_t c = 0; c < 2; c++) {
		size_t n, least = sizeof page, most = 0;
		for (int i = 0; i < 2000; i++) { /* so that every length comes */
			char back[sizeof page];
			size_t whole;
			assert_true(squeeze(codings[c], page, sizeof page, &out, &n));
			unsqueeze(codings[c], out, n, back, sizeof back, &whole);
			assert_int_equal(whole, sizeof page);
			assert_memory_equal(page, back, sizeof page);
			free(out);
			if (n < least) least = n;
			if (n > most) most = n;
		}
		assert_true(most - least > 32);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(squeeze__comes_back_whole),
		cmocka_unit_test(squeeze__leaves_what_is_short_or_does_not_shrink),
		cmocka_unit_test(squeeze__gives_one_page_many_lengths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
