#include "exchange/feed.h"

#include <ctype.h>
#include <errno.h>
#include <gumbo.h>
#include <iconv.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/tr.h"
#include "exchange/address.h"
#include "exchange/allow.h"
#include "exchange/feed_date.h"

enum {
	NAME_MOST = 60, TITLE_MOST = 300, AUTHOR_MOST = 120, ADDRESS_MOST = 2000,
	ADDRESSES_TRIED = 6,            /* of one entry: each costs as much as the address of its base */
	HTML_MOST = 24 << 20,           /* of all entries: a long base makes much of little */
};

static const char *const refusals[FEED_REFUSALS] = {
	[FEED_GOOD] = "",
	[FEED_EMPTY] = N_("There is nothing at this address"),
	[FEED_TOO_LARGE] = N_("It is larger than 5 MB"),
	[FEED_IS_PAGE] = N_("This is a web page and not a feed, and it names none"),
	[FEED_NOT_XML] = N_("This cannot be read as a feed: it is no XML"),
	[FEED_NOT_FEED] = N_("This is XML, and neither RSS nor Atom"),
};

const char *feed_refusal_words(enum feed_refusal refusal)
{
	return refusals[refusal];
}

/* ---- Bytes → UTF-8 ---- */

/* All of it, to be freed; or NULL where these bytes cannot be in that encoding (or nobody knows it). */
static char *convert(const char *bytes, size_t n, const char *encoding, size_t *ret_n)
{
	iconv_t to = iconv_open("UTF-8", encoding);
	if (to == (iconv_t)-1) return NULL;
	size_t room = n * 4 + 16, left = room;
	char *out = malloc(room + 1), *at = out, *in = (char *)(uintptr_t)bytes;
	if (!out) abort();
	size_t done = iconv(to, &in, &n, &at, &left);
	bool good = done != (size_t)-1 || (errno == EINVAL && n < 4); /* a file cut in its last character is a file */
	iconv_close(to);
	*ret_n = room - left;
	out[*ret_n] = '\0';
	if (good) return out;
	free(out);
	return NULL;
}

/* The word after `key`, up to what cannot be in the name of an encoding. */
static bool named_after(const char *text, size_t n, const char *key, char ret[NAME_MOST])
{
	size_t m = strlen(key), length = 0;
	for (size_t i = 0; i + m < n; i++) {
		if (strncasecmp(text + i, key, m)) continue;
		for (i += m; i < n && strchr(" \t=\"'", text[i]); i++) continue;
		while (i < n && length < NAME_MOST - 1 && (isalnum((unsigned char)text[i]) || strchr("-_:.", text[i]))) ret[length++] = text[i++];
		ret[length] = '\0';
		return length > 0;
	}
	return false;
}

/* By what stands at its beginning: a mark, or "<?" in two or four bytes a character. */
static const char *encoding_of_shape(const char *bytes, size_t n)
{
	static const struct {
		const char *start;
		size_t n;
		const char *name;
	} shapes[] = {{"\0\0\xfe\xff", 4, "UTF-32"}, {"\xff\xfe\0\0", 4, "UTF-32"}, {"\xef\xbb\xbf", 3, "UTF-8"}, {"\xfe\xff", 2, "UTF-16"}, {"\xff\xfe", 2, "UTF-16"},
		      {"\0\0\0<", 4, "UTF-32BE"}, {"<\0\0\0", 4, "UTF-32LE"}, {"\0<\0?", 4, "UTF-16BE"}, {"<\0?\0", 4, "UTF-16LE"}, {"\x4c\x6f\xa7\x94", 4, "CP037"}};
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (n >= shapes[i].n && !memcmp(bytes, shapes[i].start, shapes[i].n)) return shapes[i].name;
	return NULL;
}

static char *decoded(const char *bytes, size_t n, const char *content_type, size_t *ret_n)
{
	char declared[NAME_MOST] = "", told[NAME_MOST] = "";
	const char *shape = encoding_of_shape(bytes, n), *close = memchr(bytes, '>', n < 400 ? n : 400);
	if (close && !shape) named_after(bytes, (size_t)(close - bytes), "encoding", declared);
	if (content_type) named_after(content_type, strlen(content_type), "charset", told);
	if (!strcasecmp(declared, "iso-8859-1") || !strcasecmp(declared, "us-ascii") || !strcasecmp(declared, "latin1")) snprintf(declared, sizeof declared, "windows-1252");
	const char *tries[] = {shape ? shape : declared, told, "UTF-8", declared, "windows-1251", "windows-1252", "ISO-8859-1"};
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		char *text = *tries[i] ? convert(bytes, n, tries[i], ret_n) : NULL;
		if (text) return text;
	}
	return convert(bytes, n, "ISO-8859-1", ret_n); /* which is any bytes at all */
}

/* ---- UTF-8 → what an XML parser takes ---- */

/* &nbsp; and its like, which XML does not know: the character itself. Returns how much was read; 0: it is no such entity. */
static size_t entity_write(const char *p, size_t n, struct buf *out)
{
	char name[16];
	size_t length = 0;
	while (length + 1 < n && length < sizeof name - 1 && isalnum((unsigned char)p[length + 1])) {
		name[length] = p[length + 1];
		length++;
	}
	name[length] = '\0';
	if (!length || length + 1 >= n || p[length + 1] != ';') return 0;
	if (!strcmp(name, "amp") || !strcmp(name, "lt") || !strcmp(name, "gt") || !strcmp(name, "quot") || !strcmp(name, "apos")) return 0;
	const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
	if (!entity) return 0;
	buf_printf(out, "&#%u;", entity->value);
	return length + 2;
}

/* A bare "&" is meant as itself. */
static bool entity_ahead(const char *p, size_t n)
{
	size_t i = 1;
	if (i < n && p[i] == '#') i++;
	size_t from = i;
	while (i < n && i < 40 && isalnum((unsigned char)p[i])) i++;
	return i > from && i < n && p[i] == ';';
}

static size_t after(const char *text, size_t n, size_t i, const char *end)
{
	const char *found = memmem(text + i, n - i, end, strlen(end));
	return found ? (size_t)(found - text) + strlen(end) : n;
}

/* Past a <!DOCTYPE … [ … ]>. */
static size_t doctype_end(const char *text, size_t n, size_t i)
{
	bool inside = false;
	for (; i < n; i++) {
		if (text[i] == '"' || text[i] == '\'') {
			const char *close = memchr(text + i + 1, text[i], n - i - 1);
			if (!close) return n;
			i = (size_t)(close - text);
		} else if (n - i > 3 && !strncmp(text + i, "<!--", 4)) {
			i = after(text, n, i, "-->") - 1;
		} else if (text[i] == '[' || text[i] == ']') {
			inside = text[i] == '[';
		} else if (text[i] == '>' && !inside) {
			return i + 1;
		}
	}
	return n;
}

/* Where the first element begins. What stands before it is of no use here: a declaration whose encoding is not true any more, and a DTD, whose entities and
 * attributes by default make gigabytes of a few lines. The parser gets none, whatever this takes for one: what it is given begins with an element. */
static size_t root_of(const char *text, size_t n)
{
	size_t i = 0;
	while (i < n) {
		const char *tag = memchr(text + i, '<', n - i);
		if (!tag) return n;
		i = (size_t)(tag - text);
		if (n - i > 3 && !strncmp(tag, "<!--", 4)) i = after(text, n, i, "-->");
		else if (n - i > 1 && tag[1] == '?') i = after(text, n, i, "?>");
		else if (n - i > 8 && !strncasecmp(tag, "<!DOCTYPE", 9)) i = doctype_end(text, n, i);
		else if (n - i > 1 && (isalpha((unsigned char)tag[1]) || tag[1] == '_' || (unsigned char)tag[1] >= 0x80)) return i;
		else i++;
	}
	return n;
}

static void prepared(const char *text, size_t n, struct buf *out)
{
	bool cdata = false;
	for (size_t i = root_of(text, n); i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (!cdata && c == '<' && n - i > 9 && !strncmp(text + i, "<![CDATA[", 9)) cdata = true;
		else if (cdata && c == ']' && n - i > 3 && !strncmp(text + i, "]]>", 3)) cdata = false;
		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') continue;
		if (!cdata && c == '&') {
			size_t entity = entity_write(text + i, n - i, out);
			if (entity) {
				i += entity - 1;
				continue;
			}
			if (!entity_ahead(text + i, n - i)) {
				buf_text(out, "&amp;");
				continue;
			}
		}
		buf_char(out, (char)c);
	}
}

/* ---- Nodes ---- */

struct reader {
	struct arena *arena;
	const char *url;
	bool atom;
	size_t html;                    /* of the entries read so far, in bytes */
};

/* The name without its prefix: a prefix that nobody declared stays in the name. */
static const char *local(const xmlNode *node)
{
	const char *name = (const char *)node->name, *colon = strchr(name, ':');
	return colon ? colon + 1 : name;
}

static const char *prefix(const xmlNode *node)
{
	static _Thread_local char name[NAME_MOST];
	const char *colon = strchr((const char *)node->name, ':');
	const char *href = node->ns && node->ns->href ? (const char *)node->ns->href : "";
	if (strstr(href, "search.yahoo.com/mrss")) return "media";
	if (strstr(href, "itunes")) return "itunes";
	if (strstr(href, "purl.org/dc/")) return "dc";
	if (strstr(href, "modules/content")) return "content";
	if (node->ns && node->ns->prefix) return (const char *)node->ns->prefix;
	if (!colon) return "";
	snprintf(name, sizeof name, "%.*s", (int)(colon - (const char *)node->name), (const char *)node->name);
	return name;
}

static bool is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && !strcasecmp(local(node), name);
}

/* Another vocabulary's title or link is not the entry's. */
static bool foreign(const xmlNode *node)
{
	const char *p = prefix(node);
	return !strcmp(p, "media") || !strcmp(p, "itunes") || !strcmp(p, "googleplay") || !strcmp(p, "image");
}

static const xmlNode *child(const xmlNode *node, const char *name)
{
	const xmlNode *second = NULL;
	for (const xmlNode *c = node->children; c; c = c->next) {
		if (!is(c, name)) continue;
		if (!foreign(c)) return c;
		if (!second) second = c;
	}
	return second;
}

static const char *attribute(struct arena *arena, const xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetProp((xmlNode *)(uintptr_t)node, (const xmlChar *)name);
	const char *copy = value ? arena_strdup(arena, (const char *)value) : "";
	xmlFree(value);
	return copy;
}

static const char *content(struct arena *arena, const xmlNode *node)
{
	if (!node) return "";
	xmlChar *value = xmlNodeGetContent(node);
	const char *copy = value ? arena_strdup(arena, (const char *)value) : "";
	xmlFree(value);
	return copy;
}

static bool has_elements(const xmlNode *node)
{
	for (const xmlNode *c = node->children; c; c = c->next)
		if (c->type == XML_ELEMENT_NODE) return true;
	return false;
}

/* What stands in it, as it is written: markup that was not escaped. */
static const char *written(struct arena *arena, const xmlNode *node)
{
	xmlBuffer *buffer = xmlBufferCreate();
	for (xmlNode *c = node->children; c; c = c->next) xmlNodeDump(buffer, node->doc, c, 0, 0);
	const char *copy = arena_strdup(arena, (const char *)xmlBufferContent(buffer));
	xmlBufferFree(buffer);
	return copy;
}

static const char *escaped(struct arena *arena, const char *text)
{
	struct buf out;
	buf_init(&out, 8 << 20);
	for (; *text; text++) {
		if (*text == '<') buf_text(&out, "&lt;");
		else if (*text == '&') buf_text(&out, "&amp;");
		else buf_char(&out, *text);
	}
	const char *copy = arena_strdup(arena, out.bytes ? out.bytes : "");
	buf_done(&out);
	return copy;
}

static const char *unbased64(struct arena *arena, const char *text)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *out = arena_alloc(arena, strlen(text) + 1), *at = out;
	unsigned bits = 0, n = 0;
	for (; *text && *text != '='; text++) {
		const char *letter = strchr(letters, *text);
		if (!letter) continue;
		bits = bits << 6 | (unsigned)(letter - letters);
		if ((n += 6) >= 8) *at++ = (char)(bits >> (n -= 8) & 0xff);
	}
	*at = '\0';
	return out;
}

/* A text as HTML, whatever way it is told: escaped, as markup, as plain text, in base64. */
static const char *html_of(const struct reader *r, const xmlNode *node)
{
	const char *type = attribute(r->arena, node, "type"), *mode = attribute(r->arena, node, "mode");
	bool octets = r->atom && !*mode && !strncasecmp(type, "application/octet", 17);
	if (!strcasecmp(mode, "base64") || octets) return unbased64(r->arena, content(r->arena, node));
	if (has_elements(node)) return written(r->arena, node);
	const char *text = content(r->arena, node);
	bool plain = r->atom && !strcasecmp(mode, "") && (!*type || !strcasecmp(type, "text") || !strcasecmp(type, "text/plain"));
	return plain ? escaped(r->arena, text) : text;
}

/* Against which addresses in it are read. A base that is longer than an address can be is none. */
static const char *base_of(const struct reader *r, const xmlNode *node)
{
	xmlChar *base = xmlNodeGetBase(node->doc, node);
	const char *near = base && strlen((const char *)base) <= ADDRESS_MOST ? address_join(r->arena, r->url, (const char *)base) : NULL;
	xmlFree(base);
	return near ? near : r->url;
}

static const char *address_of(const struct reader *r, const xmlNode *node, const char *address)
{
	char *trimmed = arena_strdup(r->arena, address);
	while (isspace((unsigned char)*trimmed)) trimmed++;
	for (size_t n = strlen(trimmed); n && isspace((unsigned char)trimmed[n - 1]);) trimmed[--n] = '\0';
	if (!*trimmed || strlen(trimmed) > ADDRESS_MOST) return "";
	const char *joined = address_join(r->arena, base_of(r, node), trimmed);
	return joined && address_web(joined) ? joined : "";
}

static bool word_among(const char *word, const char *const *words)
{
	while (*words && strcasecmp(word, *words)) words++;
	return *words;
}

/* RSS: <link>address</link>. Atom: <link rel="alternate" href="…">. */
static const char *link_of(const struct reader *r, const xmlNode *node)
{
	static const char *const others[] = {"self", "enclosure", "hub", "replies", "edit", NULL};
	const char *second = "";
	int tried = 0;
	for (const xmlNode *c = node->children; c && tried < ADDRESSES_TRIED; c = c->next) {
		if (!is(c, "link") || foreign(c)) continue;
		const char *href = attribute(r->arena, c, "href"), *rel = attribute(r->arena, c, "rel");
		bool first = !*href || !*rel || !strcasecmp(rel, "alternate");
		if (!first && (*second || word_among(rel, others))) continue;
		const char *address = address_of(r, c, *href ? href : content(r->arena, c));
		tried++;
		if (first && *address) return address;
		if (*address) second = address;
	}
	return second;
}

static const char *plain_of(const struct reader *r, const xmlNode *node, size_t most)
{
	return node ? allow_plain(r->arena, html_of(r, node), most) : "";
}

static int64_t moment_among(const struct reader *r, const xmlNode *node, const char *const *names)
{
	int64_t at;
	for (; *names; names++) {
		const xmlNode *told = child(node, *names);
		if (told && feed_date_read(content(r->arena, told), &at)) return at;
	}
	return 0;
}

/* "mail@example.org (A Name)" is the name. */
static const char *author_of(const struct reader *r, const xmlNode *node)
{
	static const char *const names[] = {"creator", "author", "contributor", NULL};
	for (const char *const *name = names; *name; name++) {
		const xmlNode *author = child(node, *name);
		if (!author) continue;
		const xmlNode *own = child(author, "name");
		const char *said = plain_of(r, own ? own : author, AUTHOR_MOST), *open = strchr(said, '('), *close = open ? strrchr(said, ')') : NULL;
		if (close && close > open + 1 && strchr(said, '@')) return arena_strndup(r->arena, open + 1, (size_t)(close - open - 1));
		if (*said && !strchr(said, '@')) return said;
	}
	return "";
}

static const char *body_of(const struct reader *r, const xmlNode *node)
{
	static const char *const names[] = {"encoded", "content", "description", "summary", "body", "subtitle", NULL};
	for (const char *const *name = names; *name; name++) {
		for (const xmlNode *c = node->children; c; c = c->next) {
			if (!is(c, *name) || foreign(c)) continue;
			const char *html = html_of(r, c);
			if (strspn(html, " \t\r\n") == strlen(html)) continue;
			return allow_html(r->arena, html, base_of(r, c));
		}
	}
	return "";
}

static void entry_read(const struct reader *r, const xmlNode *node, struct feed_entry *entry)
{
	static const char *const published[] = {"published", "pubDate", "issued", "date", "created", "dateadded", NULL}, *const updated[] = {"updated", "modified", "date", NULL};
	const xmlNode *guid = child(node, "guid");
	if (!guid) guid = child(node, "id");
	if (!guid) guid = child(node, "identifier");
	const char *own = guid ? text_clean(r->arena, content(r->arena, guid)) : attribute(r->arena, node, "about");
	*entry = (struct feed_entry){
		.guid = own ? own : "",
		.link = link_of(r, node),
		.title = plain_of(r, child(node, "title"), TITLE_MOST),
		.html = body_of(r, node),
		.author = author_of(r, node),
		.published = moment_among(r, node, published),
		.updated = moment_among(r, node, updated),
	};
	if (!*entry->link && guid && is(guid, "guid") && strcasecmp(attribute(r->arena, guid, "isPermaLink"), "false")) entry->link = address_of(r, guid, entry->guid);
	if (!entry->published) entry->published = entry->updated;
	if (strlen(entry->guid) > ADDRESS_MOST) entry->guid = "";
}

/* ---- The whole ---- */

static void entries_read(struct reader *r, const xmlNode *node, struct feed *feed)
{
	for (const xmlNode *c = node->children; c && feed->n < FEED_ENTRIES && r->html < HTML_MOST; c = c->next) {
		if ((!is(c, "item") && !is(c, "entry")) || foreign(c)) continue;
		entry_read(r, c, &feed->entries[feed->n]);
		r->html += strlen(feed->entries[feed->n++].html);
	}
}

static void head_read(const struct reader *r, const xmlNode *node, struct feed *feed)
{
	feed->title = plain_of(r, child(node, "title"), TITLE_MOST);
	feed->link = link_of(r, node);
}

static enum feed_refusal tree_read(struct reader *r, xmlDoc *doc, struct feed *feed, char detail[120])
{
	const xmlNode *root = xmlDocGetRootElement(doc), *channel;
	if (!root) return FEED_NOT_XML;
	if (is(root, "html")) return FEED_IS_PAGE;
	r->atom = is(root, "feed");
	if (!r->atom && !is(root, "rss") && !is(root, "rdf") && !is(root, "channel")) {
		snprintf(detail, 120, "<%.80s>", (const char *)root->name);
		return FEED_NOT_FEED;
	}
	channel = r->atom || is(root, "channel") ? root : child(root, "channel");
	feed->entries = ARENA_ARRAY(r->arena, struct feed_entry, FEED_ENTRIES);
	if (channel) {
		head_read(r, channel, feed);
		entries_read(r, channel, feed);
	}
	if (channel != root) entries_read(r, root, feed); /* RSS 0.9, 1.0: beside the channel */
	return FEED_GOOD;
}

static bool looks_like_page(const char *text, size_t n)
{
	size_t i = 0;
	while (i < n && (isspace((unsigned char)text[i]) || (unsigned char)text[i] >= 0xef)) i++;
	return (n - i > 14 && !strncasecmp(text + i, "<!doctype html", 14)) || (n - i > 5 && !strncasecmp(text + i, "<html", 5));
}

/* What is wrong with a feed is not told to the program's own log, which some of it would be without this. */
static void silent(void *arg, xmlError *error)
{
	(void)arg, (void)error;
}

static enum feed_refusal text_read(struct reader *r, const struct buf *text, struct feed *feed, char detail[120])
{
	xmlParserCtxt *parser = xmlNewParserCtxt();
	if (!parser) abort();
	parser->sax->serror = silent;
	xmlDoc *doc = xmlCtxtReadMemory(parser, text->bytes, (int)text->used, NULL, "UTF-8", XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
	xmlFreeParserCtxt(parser);
	if (!doc) return FEED_NOT_XML;
	enum feed_refusal refusal = tree_read(r, doc, feed, detail);
	xmlFreeDoc(doc);
	return refusal;
}

enum feed_refusal feed_read(struct arena *arena, const char *bytes, size_t n, const char *content_type, const char *url, struct feed *ret_feed, char ret_detail[120])
{
	struct reader reader = {.arena = arena, .url = url};
	struct buf text;
	size_t decoded_n = 0;
	*ret_feed = (struct feed){.title = "", .link = ""};
	ret_detail[0] = '\0';
	if (n > FEED_BYTES) return FEED_TOO_LARGE;
	char *utf8 = n ? decoded(bytes, n, content_type, &decoded_n) : NULL;
	enum feed_refusal refusal = !utf8 || strspn(utf8, " \t\r\n") == decoded_n ? FEED_EMPTY : looks_like_page(utf8, decoded_n) ? FEED_IS_PAGE : FEED_NOT_XML;
	buf_init(&text, 4 * FEED_BYTES);
	if (refusal == FEED_NOT_XML) prepared(utf8, decoded_n, &text);
	free(utf8);
	if (text.overflow) refusal = FEED_TOO_LARGE;
	else if (text.used) refusal = text_read(&reader, &text, ret_feed, ret_detail);
	buf_done(&text);
	return refusal;
}

/* ---- Behind a page ---- */

static const GumboNode *named(const GumboNode *node, const char *rel, const char *const *types)
{
	if (node->type != GUMBO_NODE_ELEMENT) return NULL;
	const GumboAttribute *is_rel = gumbo_get_attribute(&node->v.element.attributes, "rel"), *type = gumbo_get_attribute(&node->v.element.attributes, "type");
	if (node->v.element.tag == GUMBO_TAG_LINK && is_rel && type && !strcasecmp(is_rel->value, rel) && gumbo_get_attribute(&node->v.element.attributes, "href"))
		for (; *types; types++)
			if (!strncasecmp(type->value, *types, strlen(*types))) return node;
	return NULL;
}

static const GumboNode *find(const GumboNode *node, const char *const *types, int depth)
{
	const GumboNode *found = named(node, "alternate", types);
	if (found || node->type != GUMBO_NODE_ELEMENT || depth > 6) return found;
	for (unsigned i = 0; i < node->v.element.children.length && !found; i++) found = find(node->v.element.children.data[i], types, depth + 1);
	return found;
}

const char *feed_discover(struct arena *arena, const char *html, size_t n, const char *url)
{
	static const char *const types[] = {"application/rss", "application/atom", "application/rdf", "text/xml", NULL};
	const char *address = NULL;
	if (n > 256 << 10) n = 256 << 10; /* it stands in the head */
	GumboOptions options = kGumboDefaultOptions;
	GumboOutput *output = gumbo_parse_with_options(&options, html, n);
	const GumboNode *link = find(output->root, types, 0);
	if (link) address = address_join(arena, url, gumbo_get_attribute(&link->v.element.attributes, "href")->value);
	gumbo_destroy_output(&options, output);
	return address && address_web(address) ? address : NULL;
}
