/* Sources: PNG (W3C, third edition), JPEG (ITU T.81; JFIF 1.02; EXIF 2.32 for the one tag), GIF89a, WebP container specification. */
#include "exchange/image.h"

#include <string.h>

struct reader {
	const uint8_t *at, *end;
};

static size_t left(const struct reader *r)
{
	return (size_t)(r->end - r->at);
}

static uint32_t be16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const uint8_t *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static uint32_t le16(const uint8_t *p)
{
	return (uint32_t)p[1] << 8 | p[0];
}

static uint32_t le24(const uint8_t *p)
{
	return (uint32_t)p[2] << 16 | le16(p);
}

static uint32_t le32(const uint8_t *p)
{
	return le16(p + 2) << 16 | le16(p);
}

const char *image_content_type(enum image_kind kind)
{
	static const char *const types[] = {"", "image/png", "image/jpeg", "image/gif", "image/webp"};
	return types[kind];
}

static bool among(const char *list, const uint8_t *name)
{
	for (; *list; list += 4)
		if (!memcmp(list, name, 4)) return true;
	return false;
}

/* ---- PNG: length, name, data, check sum ---- */

static bool png_clean(struct reader r, struct image *image, struct buf *out)
{
	static const char kept[] = "IHDRPLTEIDATIENDtRNScHRMgAMAiCCPsBITsRGBcICPbKGDpHYsacTLfcTLfdAT";
	bool pixels = false;
	buf_add(out, r.at, 8);
	r.at += 8;
	for (bool first = true;; first = false) {
		if (left(&r) < 12) return false;
		size_t n = be32(r.at), whole = n + 12;
		const uint8_t *name = r.at + 4;
		if (n > INT32_MAX || left(&r) < whole) return false;
		if (first) {
			if (memcmp(name, "IHDR", 4) || n != 13) return false;
			image->width = be32(r.at + 8);
			image->height = be32(r.at + 12);
		}
		pixels = pixels || !memcmp(name, "IDAT", 4);
		if (among(kept, name)) buf_add(out, r.at, whole);
		r.at += whole;
		if (!memcmp(name, "IEND", 4)) return pixels;
	}
}

/* ---- JPEG: markers with segments; after SOS coded data up to the next marker ---- */

/* The number of EXIF's tag 0x0112 in the first directory: 1 to 8, which side is up. 1 where it does not say. */
static int exif_orientation(const uint8_t *p, size_t n)
{
	if (n < 14 || memcmp(p, "Exif\0\0", 6)) return 1;
	const uint8_t *tiff = p + 6;
	size_t size = n - 6;
	bool little = !memcmp(tiff, "II*\0", 4);
	if (!little && memcmp(tiff, "MM\0*", 4)) return 1;
	uint32_t (*number16)(const uint8_t *) = little ? le16 : be16;
	size_t at = little ? le32(tiff + 4) : be32(tiff + 4);
	if (at > size || size - at < 2) return 1;
	size_t entries = number16(tiff + at);
	for (at += 2; entries && size - at >= 12; entries--, at += 12) {
		if (number16(tiff + at) != 0x0112) continue;
		uint32_t value = number16(tiff + at + 8);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

static void exif_write(struct buf *out, int orientation)
{
	uint8_t segment[] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (uint8_t)orientation, 0, 0, 0, 0, 0, 0};
	buf_add(out, segment, sizeof segment);
}

static bool is_frame(uint8_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* APPn: the colour profile and what tells how colours are meant; JFIF without its small picture. */
static void application_keep(struct buf *out, uint8_t marker, const uint8_t *p, size_t n)
{
	bool jfif = marker == 0xe0 && n >= 14 && !memcmp(p, "JFIF", 5);
	bool profile = marker == 0xe2 && n >= 12 && !memcmp(p, "ICC_PROFILE", 12);
	bool adobe = marker == 0xee && n >= 5 && !memcmp(p, "Adobe", 5);
	uint8_t head[4] = {0xff, marker, 0, 16};
	if (jfif) {
		buf_add(out, head, 4);
		buf_add(out, p, 12);
		buf_add(out, "\0\0", 2);
	} else if (profile || adobe) {
		head[2] = (uint8_t)((n + 2) >> 8);
		head[3] = (uint8_t)(n + 2);
		buf_add(out, head, 4);
		buf_add(out, p, n);
	}
}

/* Coded data: to the next marker that is neither a stuffed byte nor a restart. */
static const uint8_t *coded_end(const uint8_t *at, const uint8_t *end)
{
	for (; end - at >= 2; at++) {
		at = memchr(at, 0xff, (size_t)(end - at - 1));
		if (!at) return NULL;
		if (at[1] != 0 && at[1] != 0xff && !(at[1] >= 0xd0 && at[1] <= 0xd7)) return at;
	}
	return NULL;
}

static bool jpeg_clean(struct reader r, struct image *image, struct buf *out)
{
	int orientation = 1;
	bool pixels = false;
	r.at += 2;
	/* EXIF is read before anything is written: it stands first in what goes out. */
	for (struct reader look = r; left(&look) >= 4 && look.at[0] == 0xff && ((look.at[1] >= 0xe0 && look.at[1] <= 0xef) || look.at[1] == 0xfe);) {
		size_t n = be16(look.at + 2);
		if (n < 2 || left(&look) < n + 2) return false;
		if (look.at[1] == 0xe1 && orientation == 1) orientation = exif_orientation(look.at + 4, n - 2);
		look.at += n + 2;
	}
	buf_add(out, "\xff\xd8", 2);
	if (orientation != 1) exif_write(out, orientation);
	for (;;) {
		while (left(&r) >= 2 && r.at[0] == 0xff && r.at[1] == 0xff) r.at++; /* fill bytes */
		if (left(&r) < 2 || r.at[0] != 0xff) return false;
		uint8_t marker = r.at[1];
		if (marker == 0xd9) break;
		if (left(&r) < 4 || marker < 0xc0 || marker == 0xd8 || (marker >= 0xd0 && marker <= 0xd7)) return false;
		size_t n = be16(r.at + 2);
		if (n < 2 || left(&r) < n + 2) return false;
		const uint8_t *data = r.at + 4;
		if (is_frame(marker)) {
			if (n < 8 || image->width) return false;
			image->height = be16(data + 1);
			image->width = be16(data + 3);
		}
		if (marker >= 0xe0 && marker <= 0xef) application_keep(out, marker, data, n - 2);
		else if (marker < 0xf0) buf_add(out, r.at, n + 2); /* tables, frames, scans; not comments and what is reserved */
		r.at += n + 2;
		if (marker != 0xda) continue;
		const uint8_t *end = coded_end(r.at, r.end);
		if (!end) return false;
		buf_add(out, r.at, (size_t)(end - r.at));
		pixels = pixels || end > r.at;
		r.at = end;
	}
	buf_add(out, "\xff\xd9", 2);
	if (orientation >= 5) {
		uint32_t width = image->width;
		image->width = image->height;
		image->height = width;
	}
	return pixels;
}

/* ---- GIF: blocks; sub-blocks of at most 255 bytes, closed by an empty one ---- */

static bool sub_blocks(struct reader *r, struct buf *out)
{
	for (;;) {
		if (!left(r)) return false;
		size_t n = *r->at;
		if (left(r) < n + 1) return false;
		if (out) buf_add(out, r->at, n + 1);
		r->at += n + 1;
		if (!n) return true;
	}
}

static size_t colours(uint8_t flags)
{
	return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

static bool gif_copy(struct reader *r, size_t n, struct buf *out)
{
	if (left(r) < n) return false;
	buf_add(out, r->at, n);
	r->at += n;
	return true;
}

static bool gif_extension(struct reader *r, struct buf *out)
{
	static const char loop[] = "\x0bNETSCAPE2.0";
	if (left(r) < 3) return false;
	uint8_t kind = r->at[1];
	bool keep = kind == 0xf9 || (kind == 0xff && left(r) >= 14 && !memcmp(r->at + 2, loop, 12));
	if (keep) buf_add(out, r->at, 2);
	r->at += 2;
	return sub_blocks(r, keep ? out : NULL);
}

static bool gif_clean(struct reader r, struct image *image, struct buf *out)
{
	bool pixels = false;
	if (left(&r) < 13) return false;
	image->width = le16(r.at + 6);
	image->height = le16(r.at + 8);
	if (!gif_copy(&r, 13 + colours(r.at[10]), out)) return false;
	while (left(&r)) {
		if (*r.at == 0x3b) {
			buf_char(out, 0x3b);
			return pixels;
		}
		if (*r.at == 0x21) {
			if (!gif_extension(&r, out)) return false;
		} else if (*r.at == 0x2c) {
			/* the descriptor with its colours, the size of the codes, the codes */
			if (left(&r) < 10 || !gif_copy(&r, 10 + colours(r.at[9]) + 1, out) || !sub_blocks(&r, out)) return false;
			pixels = true;
		} else {
			return false;
		}
	}
	return false;
}

/* ---- WebP: RIFF chunks, padded to even lengths ---- */

static bool webp_size(const uint8_t *name, const uint8_t *p, size_t n, struct image *image)
{
	if (!memcmp(name, "VP8X", 4) && n >= 10) {
		image->width = le24(p + 4) + 1;
		image->height = le24(p + 7) + 1;
	} else if (!memcmp(name, "VP8L", 4) && n >= 5 && p[0] == 0x2f) {
		image->width = (le16(p + 1) & 0x3fff) + 1;
		image->height = (le24(p + 2) >> 6 & 0x3fff) + 1;
	} else if (!memcmp(name, "VP8 ", 4) && n >= 10 && !memcmp(p + 3, "\x9d\x01\x2a", 3)) {
		image->width = le16(p + 6) & 0x3fff;
		image->height = le16(p + 8) & 0x3fff;
	} else {
		return false;
	}
	return true;
}

static bool webp_clean(struct reader r, struct image *image, struct buf *out)
{
	static const char kept[] = "VP8XVP8LVP8 ALPHANIMANMFICCP";
	size_t start = out->used, riff = le32(r.at + 4);
	bool pixels = false;
	if (riff < 4 || riff + 8 > left(&r)) return false;
	r.end = r.at + 8 + riff;
	buf_add(out, r.at, 12);
	r.at += 12;
	for (bool first = true; left(&r); first = false) {
		if (left(&r) < 8) return false;
		const uint8_t *name = r.at, *data = r.at + 8;
		size_t n = le32(r.at + 4), whole = 8 + n + (n & 1);
		if (n > left(&r) || left(&r) < 8 + n) return false;
		if (first && !webp_size(name, data, n, image)) return false;
		if (among(kept, name)) {
			size_t at = out->used;
			buf_add(out, r.at, 8 + n);
			if (n & 1) buf_char(out, '\0');
			if (!memcmp(name, "VP8X", 4) && !out->overflow) out->bytes[at + 8] &= (char)~(0x08 | 0x04); /* no EXIF, no XMP in it any more */
			pixels = pixels || memcmp(name, "VP8X", 4);
		}
		r.at += whole < left(&r) ? whole : left(&r);
	}
	if (out->overflow) return false;
	uint32_t size = (uint32_t)(out->used - start - 8);
	for (int i = 0; i < 4; i++) out->bytes[start + 4 + (size_t)i] = (char)(size >> 8 * i);
	return pixels;
}

bool image_clean(const void *bytes, size_t n, struct image *image, struct buf *out)
{
	const uint8_t *p = bytes;
	struct reader r = {p, p + n};
	bool whole = false;
	*image = (struct image){IMAGE_NONE, 0, 0};
	if (n >= 16 && !memcmp(p, "\x89PNG\r\n\x1a\n", 8)) {
		image->kind = IMAGE_PNG;
		whole = png_clean(r, image, out);
	} else if (n >= 16 && !memcmp(p, "\xff\xd8\xff", 3)) {
		image->kind = IMAGE_JPEG;
		whole = jpeg_clean(r, image, out);
	} else if (n >= 14 && (!memcmp(p, "GIF87a", 6) || !memcmp(p, "GIF89a", 6))) {
		image->kind = IMAGE_GIF;
		whole = gif_clean(r, image, out);
	} else if (n >= 20 && !memcmp(p, "RIFF", 4) && !memcmp(p + 8, "WEBP", 4)) {
		image->kind = IMAGE_WEBP;
		whole = webp_clean(r, image, out);
	}
	return whole && !out->overflow && image->width && image->height;
}
