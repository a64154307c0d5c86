#include "exchange/prose.h"

#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <unistr.h>

/* ---- addresses ---- */

static bool skipped(unsigned char c)
{
	return c < ' ' || c == 0x7F;
}

/* The address without what browsers skip; false where it is too long. */
static bool address_bare(const char *address, char bare[static PROSE_ADDRESS_MAX + 1])
{
	size_t used = 0;
	while (*address == ' ' || skipped((unsigned char)*address)) {
		if (!*address) break;
		address++;
	}
	for (const char *p = address; *p; p++) {
		if (skipped((unsigned char)*p)) continue;
		if (used == PROSE_ADDRESS_MAX) return false;
		bare[used++] = *p;
	}
	while (used && bare[used - 1] == ' ') used--;
	bare[used] = '\0';
	return true;
}

static enum prose_address address_kind(const char *bare)
{
	static const char *const hosts[] = {"http://", "https://"};
	if (bare[0] == '#') return PROSE_OWN;
	if (bare[0] == '/' && bare[1] != '/' && bare[1] != '\\') return PROSE_OWN;
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		size_t n = strlen(hosts[i]);
		if (strncasecmp(bare, hosts[i], n) == 0 && bare[n] && !strchr("/?#\\@: ", bare[n])) return PROSE_OUTSIDE;
	}
	if (strncasecmp(bare, "mailto:", 7) == 0 && bare[7]) return PROSE_MAIL;
	return PROSE_REFUSED;
}

enum prose_address prose_address(const char *address)
{
	char bare[PROSE_ADDRESS_MAX + 1];
	return address_bare(address, bare) ? address_kind(bare) : PROSE_REFUSED;
}

static void address_write(struct buf *out, const char *bare)
{
	for (const char *p = bare; *p; p++) {
		char one[2] = {*p, '\0'};
		if (*p == ' ') buf_text(out, "%20");
		else if (*p == '\\') buf_text(out, "%5C");
		else if (*p == '`') buf_text(out, "%60"); /* an attribute's quote to old readers */
		else buf_html(out, one);
	}
}

bool prose_link(struct buf *out, const char *address)
{
	char bare[PROSE_ADDRESS_MAX + 1];
	enum prose_address kind = address_bare(address, bare) ? address_kind(bare) : PROSE_REFUSED;
	if (kind == PROSE_REFUSED) return false;
	buf_text(out, "<a href=\"");
	address_write(out, bare);
	buf_text(out, kind == PROSE_OUTSIDE ? "\" rel=\"nofollow noopener ugc\">" : "\">");
	return true;
}

static const char *digits(const char *p, size_t most)
{
	size_t n = strspn(p, "0123456789");
	return n && n <= most && *p != '0' ? p + n : NULL;
}

bool prose_picture(struct buf *out, const char *address, const char *alt)
{
	static const char folder[] = "/pictures/";
	char bare[PROSE_ADDRESS_MAX + 1];
	if (!address_bare(address, bare) || strncmp(bare, folder, sizeof folder - 1) != 0) return false;
	const char *end = digits(bare + sizeof folder - 1, 16), *width = NULL, *x = NULL, *height = NULL, *last = end;
	if (end && *end == '#' && (x = digits(width = end + 1, 5)) && *x == 'x') last = digits(height = x + 1, 5);
	if (!last || *last) return false;
	buf_printf(out, "<img src=\"%.*s\"", (int)(end - bare), bare);
	if (height) buf_printf(out, " width=\"%.*s\" height=\"%s\"", (int)(x - width), width, height);
	buf_text(out, " alt=\"");
	buf_html(out, alt);
	buf_text(out, "\" loading=\"lazy\" decoding=\"async\">");
	return true;
}

/* ---- headings ---- */

int prose_rank(struct prose_rank *rank, int level)
{
	while (rank->used && rank->level[rank->used - 1] >= level) rank->used--;
	if (rank->used < 5) rank->level[rank->used++] = level;
	return rank->used + 1;
}

/* ---- plain text ---- */

static bool white(ucs4_t c)
{
	return c <= ' ' || c == 0x7F || c == 0xA0 || uc_is_property_white_space(c);
}

static void plain_char(struct prose_plain *plain, const char *bytes, size_t n)
{
	if (plain->most && plain->count == plain->most) {
		plain->cut = true;
		return;
	}
	buf_add(plain->out, bytes, n);
	plain->count++;
}

void prose_plain_add(struct prose_plain *plain, const char *text, size_t n)
{
	const uint8_t *at = (const uint8_t *)text;
	while (n && !plain->cut) {
		ucs4_t c;
		int m = u8_mbtoucr(&c, at, n);
		size_t size = m > 0 ? (size_t)m : 1;
		if (m > 0 && white(c)) {
			prose_plain_gap(plain);
		} else if (m > 0) {
			if (plain->gap && plain->count) {
				if (!plain->most || plain->count < plain->most) plain->word = plain->out->used;
				plain_char(plain, " ", 1);
			}
			plain->gap = false;
			plain_char(plain, (const char *)at, size);
		}
		at += size;
		n -= size;
	}
}

void prose_plain_gap(struct prose_plain *plain)
{
	plain->gap = true;
}

void prose_plain_heading(struct prose_plain *plain)
{
	const struct buf *out = plain->out;
	ucs4_t last;
	if (!plain->gap && out->used && u8_prev(&last, (const uint8_t *)out->bytes + out->used, (const uint8_t *)out->bytes) && uc_is_alnum(last)) {
		prose_plain_add(plain, ".", 1);
	}
	plain->gap = true;
}

void prose_plain_end(struct prose_plain *plain)
{
	struct buf *out = plain->out;
	if (!plain->cut) return;
	/* A text without spaces has no word's end: its last character makes room for the sign. */
	size_t end = plain->word ? plain->word : out->used;
	if (!plain->word && end) {
		const uint8_t *from = (const uint8_t *)out->bytes, *before;
		ucs4_t c;
		before = u8_prev(&c, from + end, from);
		if (before) end = (size_t)(before - from);
	}
	while (end && strchr(",;:-. ", out->bytes[end - 1])) end--;
	out->used = end;
	buf_text(out, "…");
}
