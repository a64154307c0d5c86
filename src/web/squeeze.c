#include "web/squeeze.h"

#include <brotli/encode.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"

enum { WORTH = 1400, GZIP_LEVEL = 5, BROTLI_LEVEL = 7, BROTLI_WINDOW = 18, IDLE_MAX = 64 }; /* a window of 256 KB holds a page; a wider one takes memory for nothing */

/* Dots of random length: 2 … IDLE_MAX. (Not 1: the encoder of Brotli 1.0 writes a block of one byte of metadata as one of none, and the byte itself spoils what follows.) */
static size_t idle(char dots[IDLE_MAX + 1])
{
	size_t n = 2 + randombytes_uniform(IDLE_MAX - 1);
	memset(dots, '.', n);
	dots[n] = '\0';
	return n;
}

static bool gzip(const char *bytes, size_t n, char *out, size_t size, size_t *ret_n)
{
	char name[IDLE_MAX + 1];
	idle(name);
	gz_header head = {.name = (Bytef *)name, .os = 255};
	z_stream z = {0};
	MUST(deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	MUST(deflateSetHeader(&z, &head) == Z_OK);
	z.next_in = (Bytef *)(uintptr_t)bytes;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)size;
	bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
	*ret_n = z.total_out;
	deflateEnd(&z);
	return done;
}

static bool brotli(const char *bytes, size_t n, char *out, size_t size, size_t *ret_n)
{
	char dots[IDLE_MAX + 1];
	const uint8_t *metadata = (const uint8_t *)dots, *in = (const uint8_t *)bytes;
	size_t n_metadata = idle(dots), room = size;
	uint8_t *to = (uint8_t *)out;
	BrotliEncoderState *state = BrotliEncoderCreateInstance(NULL, NULL, NULL);
	MUST(state);
	BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY, BROTLI_LEVEL);
	BrotliEncoderSetParameter(state, BROTLI_PARAM_LGWIN, BROTLI_WINDOW);
	BrotliEncoderSetParameter(state, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT);
	BrotliEncoderSetParameter(state, BROTLI_PARAM_SIZE_HINT, (uint32_t)n);
	bool done = BrotliEncoderCompressStream(state, BROTLI_OPERATION_EMIT_METADATA, &n_metadata, &metadata, &room, &to, NULL) &&
		    BrotliEncoderCompressStream(state, BROTLI_OPERATION_FINISH, &n, &in, &room, &to, NULL) && BrotliEncoderIsFinished(state);
	BrotliEncoderDestroyInstance(state);
	*ret_n = size - room;
	return done;
}

bool squeeze(enum squeeze coding, const char *bytes, size_t n, char **ret_bytes, size_t *ret_n)
{
	size_t packed = 0;
	if (n < WORTH || n > UINT32_MAX / 2) return false;
	char *out = malloc(n);
	MUST(out);
	/* What does not fit into the length it had is not worth it. */
	bool done = coding == SQUEEZE_BROTLI ? brotli(bytes, n, out, n, &packed) : gzip(bytes, n, out, n, &packed);
	if (done && packed < n) {
		*ret_bytes = out;
		*ret_n = packed;
		return true;
	}
	free(out);
	return false;
}
