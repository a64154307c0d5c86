/* Digest: FNV-1a, 64 bits: whether bytes changed. Not against forgery. */
#ifndef STURGEON_BASE_DIGEST_H
#define STURGEON_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t digest_bytes(const void *bytes, size_t n)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (const unsigned char *p = bytes; n; n--, p++) hash = (hash ^ *p) * UINT64_C(1099511628211);
	return hash;
}

#endif
