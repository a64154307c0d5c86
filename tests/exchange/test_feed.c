/* Feeds as they come: hand-made ones of every kind, and all of the collection in shared data (skipped where it is not there). */
#include "exchange/feed.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/moment.h"
#include "check.h"
#include "exchange/allow.h"
#include "exchange/feed_date.h"

static struct arena *arena;

static int before(void **state)
{
	(void)state;
	arena = arena_new((size_t)2 << 30);
	return 0;
}

static int after(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct feed read_as(const char *text, const char *content_type, enum feed_refusal wanted)
{
	struct feed feed;
	char detail[120];
	assert_int_equal(feed_read(arena, text, strlen(text), content_type, "https://src.example/a/feed.xml", &feed, detail), wanted);
	return feed;
}

static void feed_read__rss(void **state)
{
	(void)state;
	struct feed f = read_as("<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss version=\"2.0\"><channel><title>\xCF\xF0\xEE\xE4\xE0\xE6\xB3 &amp; &quot;x&quot;</title><link>/blog</link>"
				"<item><title>A &lt;b&gt;bold&lt;/b&gt; one&nbsp;&mdash; two</title><link>p/1?a=1&b=2</link><guid isPermaLink=\"false\">id-1</guid>"
				"<pubDate>Wed, 25 Nov 2026 10:30:00 +0200</pubDate><dc:creator>\xCE\xEB\xE5\xED\xE0</dc:creator>"
				"<description>short</description><content:encoded><![CDATA[<p onclick=x>Long <a href=../c>c</a></p><script>1</script>]]></content:encoded></item>"
				"<item><description>no title</description><guid>https://src.example/2</guid></item></channel></rss>",
				NULL, FEED_GOOD);
	assert_string_equal(f.title, "Продажі & \"x\"");
	assert_string_equal(f.link, "https://src.example/blog");
	assert_int_equal(f.n, 2);
	assert_string_equal(f.entries[0].title, "A bold one — two");
	assert_string_equal(f.entries[0].link, "https://src.example/a/p/1?a=1&b=2");
	assert_string_equal(f.entries[0].guid, "id-1");
	assert_string_equal(f.entries[0].author, "Олена");
	assert_int_equal(f.entries[0].published, moment_from_utc(2026, 11, 25, 8, 30, 0));
	assert_non_null(strstr(f.entries[0].html, "href=\"https://src.example/c\""));
	assert_null(strstr(f.entries[0].html, "script"));
	assert_null(strstr(f.entries[0].html, "onclick"));
	assert_string_equal(f.entries[1].title, "");
	assert_string_equal(f.entries[1].link, "https://src.example/2");
}

static void feed_read__atom_and_rdf(void **state)
{
	(void)state;
	struct feed f = read_as("\xEF\xBB\xBF  <feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/x/'><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>T <b>b</b></div></title>"
				"<link rel='self' href='f.xml'/><link href='.'/><entry><id>urn:1</id><title>5 &lt; 6</title><link rel='enclosure' href='e.mp3'/><link rel='alternate' href='one'/>"
				"<author><name>A</name></author><updated>2026-11-25T10:00:00+01:00</updated><content type='html'>&lt;p&gt;x&lt;/p&gt;</content></entry></feed>",
				NULL, FEED_GOOD);
	assert_string_equal(f.title, "T b");
	assert_string_equal(f.link, "https://b.example/x/");
	assert_int_equal(f.n, 1);
	assert_string_equal(f.entries[0].title, "5 < 6");
	assert_string_equal(f.entries[0].link, "https://b.example/x/one");
	assert_string_equal(f.entries[0].html, "<p>x</p>");
	assert_int_equal(f.entries[0].published, moment_from_utc(2026, 11, 25, 9, 0, 0));
	f = read_as("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel><title>R</title></channel><item rdf:about='https://r.example/1'><title>i</title>"
		    "<link>https://r.example/1</link></item></rdf:RDF>", NULL, FEED_GOOD);
	assert_int_equal(f.n, 1);
	assert_string_equal(f.entries[0].link, "https://r.example/1");
}

static void feed_read__refuses_and_says_why(void **state)
{
	(void)state;
	read_as("", NULL, FEED_EMPTY);
	read_as("  \n", NULL, FEED_EMPTY);
	read_as("<!DOCTYPE html><html><head><title>x</title></head></html>", NULL, FEED_IS_PAGE);
	read_as("just words", NULL, FEED_NOT_XML);
	read_as("<opml version='2.0'><head/></opml>", NULL, FEED_NOT_FEED);
	/* a bomb stays shut */
	read_as("<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d SYSTEM \"file:///etc/passwd\">]>"
		"<rss><channel><title>&c;&d;</title></channel></rss>", NULL, FEED_GOOD);
	for (int i = 1; i < FEED_REFUSALS; i++) assert_true(*feed_refusal_words((enum feed_refusal)i));
}

/* ---- Encodings ---- */

static void title_in(const char *encoding, const char *declared, const char *content_type, const char *title)
{
	struct feed feed;
	char detail[120], *in = arena_printf(arena, "%s<rss><channel><title>%s</title></channel></rss>", declared, title), *out = arena_alloc(arena, 4096), *at = out;
	size_t n = strlen(in), left = 4096;
	iconv_t to = iconv_open(encoding, "UTF-8");
	assert_true(to != (iconv_t)-1);
	assert_int_equal(iconv(to, &in, &n, &at, &left), 0);
	iconv_close(to);
	assert_int_equal(feed_read(arena, out, 4096 - left, content_type, "https://src.example/feed", &feed, detail), FEED_GOOD);
	if (strcmp(feed.title, title)) fail_msg("%s, %s, %s: \"%s\"", encoding, declared, content_type ? content_type : "", feed.title);
}

static void feed_read__any_encoding(void **state)
{
	(void)state;
	title_in("KOI8-R", "<?xml version='1.0' encoding='koi8-r'?>", NULL, "Продажи");
	title_in("KOI8-U", "<?xml version='1.0'?>", "text/xml; charset=KOI8-U", "Про їжу"); /* HTTP alone says so */
	title_in("KOI8-U", "<?xml version='1.0' encoding=\"koi8-u\"?>", "text/xml; charset=utf-8", "Про їжу"); /* HTTP lies */
	title_in("BIG5", "<?xml version='1.0' encoding='big5'?>", NULL, "中文");
	title_in("UTF-16", "<?xml version='1.0' encoding='utf-16'?>", NULL, "Їжак"); /* with a mark */
	title_in("UTF-16BE", "<?xml version='1.0'?>", NULL, "Їжак");
	title_in("UTF-16LE", "<?xml version='1.0' encoding='utf-8'?>", NULL, "Їжак"); /* it lies about itself */
	title_in("UTF-32", "", NULL, "Їжак");
	title_in("UTF-8", "<?xml version='1.0' encoding='big5'?>", NULL, "Хліб і сіль");
	title_in("WINDOWS-1251", "<?xml version='1.0' encoding='utf-8'?>", "application/rss+xml", "Ціна — це розмова");
	title_in("WINDOWS-1251", "", NULL, "Ціна");
	title_in("WINDOWS-1252", "<?xml version='1.0' encoding='iso-8859-1'?>", NULL, "“Café” – 5 €");
	title_in("UTF-8", "<?xml version='1.0' encoding='no-such'?>", NULL, "Їжак");
}

/* ---- Out to do harm ---- */

/* before + many × n + behind, read with the memory that is promised to be enough: passing it aborts. */
static struct feed harm(const char *begin, const char *many, int n, const char *end, enum feed_refusal wanted)
{
	struct buf text;
	struct feed feed;
	char detail[120];
	arena_free(arena);
	arena = arena_new(FEED_ARENA);
	buf_init(&text, FEED_BYTES);
	buf_text(&text, begin);
	for (int i = 0; i < n; i++) buf_text(&text, many);
	buf_text(&text, end);
	assert_false(text.overflow);
	assert_int_equal(feed_read(arena, text.bytes, text.used, NULL, "https://src.example/feed", &feed, detail), wanted);
	buf_done(&text);
	return feed;
}

static char *repeated(const char *text, int n)
{
	static char out[FEED_BYTES];
	size_t length = strlen(text);
	assert_true((size_t)n * length < sizeof out);
	for (int i = 0; i < n; i++) memcpy(out + (size_t)i * length, text, length);
	out[(size_t)n * length] = '\0';
	return out;
}

static void feed_read__takes_no_more_than_it_promises(void **state)
{
	static char begin[FEED_BYTES];
	(void)state;
	/* a long entity, told many times; the same where a DTD does not look like one */
	snprintf(begin, sizeof begin, "<!DOCTYPE x [<!ENTITY a \"%s\">]><rss><channel><title>", repeated("A", 20000));
	assert_string_equal(harm(begin, "&a;", 20000, "</title></channel></rss>", FEED_GOOD).title, "");
	snprintf(begin, sizeof begin, "<\001!DOCTYPE x><!-- <![CDATA[ --><!DOCTYPE x [<!ENTITY a \"%s\">]><rss><channel><title>", repeated("A", 20000));
	assert_string_equal(harm(begin, "&a;", 20000, "</title></channel></rss>", FEED_GOOD).title, "");
	snprintf(begin, sizeof begin, "<!DOCTYPE x [<!-- > ' --><!ATTLIST b x CDATA \"%s\">]><rss><channel><title>t</title>", repeated("A", 1000000));
	assert_string_equal(harm(begin, "<b/>", 900000, "</channel></rss>", FEED_GOOD).title, "t");
	/* a long base, and much that is read against it */
	snprintf(begin, sizeof begin, "<feed xml:base='http://a.example/%s/'><entry>", repeated("p", 1900));
	assert_int_equal(harm(begin, "<link rel='self' href='a'/>", 160000, "</entry></feed>", FEED_GOOD).n, 1);
	assert_int_equal(harm(begin, "<link href='mailto:a'/>", 160000, "</entry></feed>", FEED_GOOD).n, 1);
	assert_int_equal(harm(begin, "</entry><entry><content type='html'>&lt;a href=x>y&lt;a href=x>y&lt;a href=x>y</content>", 40000, "</entry></feed>", FEED_GOOD).n, FEED_ENTRIES);
	snprintf(begin, sizeof begin, "<feed xml:base='http://a.example/%s/'><entry>", repeated("p", 2000000));
	struct feed f = harm(begin, "</entry><entry><link href='x'/>", 1500, "</entry></feed>", FEED_GOOD);
	assert_string_equal(f.entries[1].link, "https://src.example/x");
	/* an address of 900 characters is made of one: entries of hundreds each are read until they are too much */
	snprintf(begin, sizeof begin, "<rss xml:base='http://a.example/%s/'><channel>", repeated("p", 900));
	char *whole = strdup(arena_printf(arena, "<item><description><![CDATA[%s]]></description></item>", repeated("<a href=x>y</a><a href=w>y</a>", 160)));
	f = harm(begin, whole, 1000, "</channel></rss>", FEED_GOOD);
	assert_true(f.n > 50 && f.n < FEED_ENTRIES);
	free(whole);
	harm("<rss><channel><item><description>", "&", 4000000, "</description></item></channel></rss>", FEED_GOOD);
	harm("<rss><channel><item><description>", "&", 5000000, "</description></item></channel></rss>", FEED_TOO_LARGE);
	harm("<rss><channel><item><description>", "\x98\xff\x81", 1700000, "</description></item></channel></rss>", FEED_GOOD);
}

static void feed_date_read__what_feeds_write(void **state)
{
	static const struct {
		const char *text;
		int year, month, day, hour, minute, second;
	} cases[] = {
		{"Thu, 01 Jan 2004 19:48:21 GMT", 2004, 1, 1, 19, 48, 21}, {"Thu, 1 Jan 04 19:48 EST", 2004, 1, 2, 0, 48, 0}, {"1 Jan 2004 19:48:21 +0200", 2004, 1, 1, 17, 48, 21},
		{"2003-12-31T10:14:55Z", 2003, 12, 31, 10, 14, 55}, {"2003-12-31T10:14:55.123-08:00", 2003, 12, 31, 18, 14, 55}, {"2003-12-31", 2003, 12, 31, 0, 0, 0},
		{"2003-12", 2003, 12, 1, 0, 0, 0}, {"2003", 2003, 1, 1, 0, 0, 0}, {"20031231", 2003, 12, 31, 0, 0, 0}, {"2003-12-31 10:14:55", 2003, 12, 31, 10, 14, 55},
		{"Sun Jan  4 16:29:06 PST 2004", 2004, 1, 5, 0, 29, 6}, {"Пн, 25 листопада 2026 10:00:00 +0200", 2026, 11, 25, 8, 0, 0}, {"25 грудня 2026", 2026, 12, 25, 0, 0, 0},
		{"25.11.2026 10:00", 2026, 11, 25, 10, 0, 0}, {"11/25/2026 3:05 PM", 2026, 11, 25, 15, 5, 0}, {"Mon, 26 January 2004 16:31:00 EDT", 2004, 1, 26, 20, 31, 0},
		{"Wed, 19 Aug 2009 18:28:00 Etc/GMT", 2009, 8, 19, 18, 28, 0}, {"Thursday, January 01, 2004 19:48 UT", 2004, 1, 1, 19, 48, 0},
	};
	int64_t at;
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (!feed_date_read(cases[i].text, &at)) fail_msg("%s is no date", cases[i].text);
		int64_t wanted = moment_from_utc(cases[i].year, cases[i].month, cases[i].day, cases[i].hour, cases[i].minute, cases[i].second);
		if (at != wanted) fail_msg("%s was read %lld s off", cases[i].text, (long long)((at - wanted) / MOMENT_SECOND));
	}
	assert_false(feed_date_read("", &at));
	assert_false(feed_date_read("soon", &at));
	assert_false(feed_date_read("99:99", &at));
}

static void feed_discover__finds_what_a_page_names(void **state)
{
	static const char page[] = "<html><head><link rel=stylesheet href=x><link rel='alternate' type='application/rss+xml' href='/f'></head><body></body></html>";
	(void)state;
	assert_string_equal(feed_discover(arena, page, sizeof page - 1, "https://p.example/a"), "https://p.example/f");
	assert_null(feed_discover(arena, "<p>x", 4, "https://p.example/a"));
}

/* ---- The collection ---- */

static char *file_read(const char *path, size_t *ret_n)
{
	FILE *file = fopen(path, "rb");
	if (!file) return NULL;
	char *bytes = arena_alloc(arena, FEED_BYTES + 2);
	*ret_n = fread(bytes, 1, FEED_BYTES + 1, file);
	fclose(file);
	return bytes;
}

/* "not bozo and feed['title'] == 'Example'" → Example, as plain as we show it. */
static const char *title_expected(const char *expect, const char *stated)
{
	const char *key = strstr(expect, "feed['title'] == ");
	if (*stated) return stated;
	if (!key) return NULL;
	key += strlen("feed['title'] == ");
	if (*key == 'u') key++;
	char quote = *key++;
	const char *end = strchr(key, quote);
	return end && !strchr(key, '\\') ? arena_strndup(arena, key, (size_t)(end - key)) : NULL;
}

static void feed_read__the_collection(void **state)
{
	const char *shared = getenv("STURGEON_SHARED");
	char path[1200], line[4000];
	(void)state;
	snprintf(path, sizeof path, "%s/data/feeds/MANIFEST.tsv", shared ? shared : "");
	FILE *manifest = fopen(path, "r");
	if (!manifest) {
		print_message("the collection of feeds is not here\n");
		skip();
	}
	int files = 0, read = 0, titles = 0, titles_right = 0, counts = 0, counts_right = 0;
	assert_non_null(fgets(line, sizeof line, manifest));
	while (fgets(line, sizeof line, manifest)) {
		char *fields[8] = {0}, *rest = line, detail[120];
		line[strcspn(line, "\r\n")] = '\0';
		for (int i = 0; i < 8; i++) {
			fields[i] = strsep(&rest, "\t");
			if (!fields[i]) fields[i] = (char *)(uintptr_t)"";
		}
		struct feed feed;
		size_t n;
		arena_free(arena);
		arena = arena_new((size_t)512 << 20);
		snprintf(path, sizeof path, "%s/data/feeds/%s", shared, fields[0]);
		const char *bytes = file_read(path, &n);
		if (!bytes) continue;
		files++;
		enum feed_refusal refusal = feed_read(arena, bytes, n, NULL, "https://src.example/feed", &feed, detail);
		read += refusal == FEED_GOOD;
		if (refusal != FEED_GOOD && getenv("FEEDS_SHOWN")) print_message("refused: %s: %s %s\n", fields[0], feed_refusal_words(refusal), detail);
		const char *title = title_expected(fields[5], fields[6]);
		if (title) {
			const char *plain = allow_plain(arena, title, 300);
			bool right = refusal == FEED_GOOD && !strcmp(plain, feed.title);
			titles++;
			titles_right += right;
			if (!right && getenv("FEEDS_SHOWN")) print_message("title: %s: \"%s\", not \"%s\"\n", fields[0], feed.title, plain);
		}
		if (*fields[7]) {
			bool right = refusal == FEED_GOOD && feed.n == strtol(fields[7], NULL, 10);
			counts++;
			counts_right += right;
			if (!right && getenv("FEEDS_SHOWN")) print_message("entries: %s: %d, not %s\n", fields[0], feed.n, fields[7]);
		}
	}
	fclose(manifest);
	print_message("# %d of %d files read, %d of %d titles and %d of %d counts as stated\n", read, files, titles_right, titles, counts_right, counts);
	assert_true(files > 400);
	assert_true(files - read <= 2); /* two are notes: neither RSS nor Atom */
	assert_int_equal(titles_right, titles);
	assert_int_equal(counts_right, counts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(feed_read__rss, before, after),
		cmocka_unit_test_setup_teardown(feed_read__atom_and_rdf, before, after),
		cmocka_unit_test_setup_teardown(feed_read__refuses_and_says_why, before, after),
		cmocka_unit_test_setup_teardown(feed_read__any_encoding, before, after),
		cmocka_unit_test_setup_teardown(feed_read__takes_no_more_than_it_promises, before, after),
		cmocka_unit_test_setup_teardown(feed_date_read__what_feeds_write, before, after),
		cmocka_unit_test_setup_teardown(feed_discover__finds_what_a_page_names, before, after),
		cmocka_unit_test_setup_teardown(feed_read__the_collection, before, after),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
