#include "web/squeeze.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"

enum { WORTH = 1400, LEVEL = 5, NAME_MAX_LENGTH = 64 };

bool squeeze(const char *bytes, size_t n, char **ret_bytes, size_t *ret_n)
{
	if (n < WORTH || n > UINT32_MAX / 2) return false;
	char name[NAME_MAX_LENGTH + 1];
	size_t length = 1 + randombytes_uniform(NAME_MAX_LENGTH);
	memset(name, '.', length);
	name[length] = '\0';
	gz_header head = {.name = (Bytef *)name, .os = 255};
	z_stream z = {0};
	MUST(deflateInit2(&z, LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	MUST(deflateSetHeader(&z, &head) == Z_OK);
	size_t size = deflateBound(&z, (uLong)n);
	char *out = malloc(size);
	MUST(out);
	z.next_in = (Bytef *)(uintptr_t)bytes;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)size;
	bool done = deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < n;
	*ret_n = z.total_out;
	deflateEnd(&z);
	if (done) *ret_bytes = out;
	else free(out);
	return done;
}
