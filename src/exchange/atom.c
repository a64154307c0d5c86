#include "exchange/atom.h"

#include "base/moment.h"

static void text(struct buf *out, const char *name, const char *attributes, const char *value)
{
	buf_printf(out, "<%s%s>", name, attributes);
	for (const unsigned char *p = (const unsigned char *)value; *p; p++) {
		if (*p == '<') buf_text(out, "&lt;");
		else if (*p == '>') buf_text(out, "&gt;");
		else if (*p == '&') buf_text(out, "&amp;");
		else if (*p == '"') buf_text(out, "&quot;");
		else if (*p >= 0x20 || *p == '\n' || *p == '\t') buf_char(out, (char)*p);
	}
	buf_printf(out, "</%s>\n", name);
}

static void link_to(struct buf *out, const char *rel, const char *href)
{
	buf_printf(out, "<link rel=\"%s\" href=\"", rel);
	for (const char *p = href; *p; p++) {
		if (*p == '&') buf_text(out, "&amp;");
		else if (*p == '"' || *p == '<' || (unsigned char)*p <= ' ') buf_printf(out, "%%%02X", (unsigned char)*p);
		else buf_char(out, *p);
	}
	buf_text(out, "\"/>\n");
}

static void moment(struct buf *out, const char *name, int64_t at)
{
	char iso[32];
	moment_iso(at - at % MOMENT_SECOND, iso);
	text(out, name, "", iso);
}

void atom_begin(struct buf *out, const struct atom_head *head)
{
	buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
	text(out, "id", "", head->id);
	text(out, "title", "", head->title);
	moment(out, "updated", head->updated);
	link_to(out, "alternate", head->link);
	link_to(out, "self", head->self);
	text(out, "generator", "", "Sturgeon");
	buf_text(out, "<author><name>Sturgeon</name></author>\n");
}

void atom_entry(struct buf *out, const struct atom_entry *entry)
{
	buf_text(out, "<entry>\n");
	text(out, "id", "", entry->id);
	text(out, "title", "", entry->title);
	link_to(out, "alternate", entry->link);
	moment(out, "published", entry->published);
	moment(out, "updated", entry->updated);
	if (*entry->author) {
		buf_text(out, "<author>");
		text(out, "name", "", entry->author);
		buf_text(out, "</author>\n");
	}
	if (*entry->html) text(out, "content", " type=\"html\"", entry->html);
	buf_text(out, "</entry>\n");
}

void atom_end(struct buf *out)
{
	buf_text(out, "</feed>\n");
}
