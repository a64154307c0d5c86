#include "exchange/allow.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/moment.h"
#include "base/rng.h"
#include "base/text.h"
#include "check.h"
#include "prose_check.h"

static const char base[] = "https://src.example/posts/7";
static struct arena *arena;

static int before(void **state)
{
	(void)state;
	arena = arena_new(128 << 20);
	return 0;
}

static int after(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* Cleaned as it should be: nothing but the list, and cleaning again changes nothing. */
static const char *cleaned(const char *html)
{
	const char *once = allow_html(arena, html, base), *twice = allow_html(arena, once, base), *wrong = prose_check(once, true);
	if (wrong) fail_msg("%s\nin  %s\nout %s", wrong, html, once);
	if (strcmp(once, twice) != 0) fail_msg("not a fixed point\nin    %s\nonce  %s\ntwice %s", html, once, twice);
	return once;
}

#define REL " rel=\"nofollow noopener ugc\""

static void allow_html__keeps_what_is_written(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"  текст  ", "<p>текст</p>"},
		{"<p>a</p> <p>b</p>", "<p>a</p><p>b</p>"},
		{"<div><div>a</div>b</div>", "<p>a</p><p>b</p>"},
		{"a<br>b<br><br>c", "<p>a<br>b</p><p>c</p>"},
		{"<br><p><br>a<br></p>", "<p>a</p>"},
		{"<p>a <b> b</b> <i>c</i>d</p>", "<p>a <strong>b</strong> <em>c</em>d</p>"},
		{"<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"},
		{"<b><strong>a</strong></b>", "<p><strong>a</strong></p>"},
		{"<b></b><i> </i><p>&nbsp;</p><p>x</p>", "<p>x</p>"},
		{"1 &lt; 2 &amp; \"3\" &copy; &#8212;", "<p>1 &lt; 2 &amp; &quot;3&quot; © —</p>"},
		{"<h1>a</h1>x<h3>b</h3>y<h2></h2><h2>c</h2>", "<h2>a</h2><p>x</p><h3>b</h3><p>y</p><h3>c</h3>"},
		{"<h4>a<p>b</p></h4>", "<h2>a b</h2>"},
		{"<ul><li>a<li>b <b>c</b></ul>", "<ul><li>a</li><li>b <strong>c</strong></li></ul>"},
		{"<ol start=3><li><p>a</p><p>b</p></li></ol>", "<ol start=\"3\"><li><p>a</p><p>b</p></li></ol>"},
		{"<ul><li>a<ul><li>b</li></ul>c</li></ul>", "<ul><li>a<ul><li>b</li></ul><p>c</p></li></ul>"},
		{"<ul>a<li>b</li><ul><li>c</li></ul></ul>", "<ul><li>a</li><li>b</li><li><ul><li>c</li></ul></li></ul>"},
		{"<li>a</li><li>b</li>", "<p>a</p><p>b</p>"},
		{"<ul><li></li></ul>x", "<p>x</p>"},
		{"<dl><dt>a<dd>b<div>c</div></dl>", "<dl><dt>a</dt><dd>b<p>c</p></dd></dl>"},
		{"<blockquote>a<blockquote><p>b</p></blockquote></blockquote>", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"},
		{"<hr>a<hr><hr>b<hr>", "<p>a</p><hr><p>b</p>"},
		{"<pre>\n\n  a\n<b>b</b>\t c\n\n</pre>", "<pre tabindex=\"0\"><code>  a\n<strong>b</strong>\t c</code></pre>"},
		{"<pre><code class=x>a &lt;b&gt;</code></pre>", "<pre tabindex=\"0\"><code>a &lt;b&gt;</code></pre>"},
		{"<code><pre>a</pre>b</code>", "<pre tabindex=\"0\"><code>a</code></pre><p><code>b</code></p>"},
		{"<figure><img src=a.png alt=схема><figcaption>Про <b>що</b></figcaption></figure>",
		 "<figure><p><a href=\"https://src.example/posts/a.png\"" REL ">схема</a></p><figcaption>Про <strong>що</strong></figcaption></figure>"},
		{"<section><header><h2>a</h2></header><aside>b</aside></section>", "<h2>a</h2><p>b</p>"},
		{"<font color=red><u>a</u></font><big>b</big> <unknown>c</unknown>", "<p>ab c</p>"},
		{"a<wbr>b<span>c</span>&shy;d", "<p>abc\xC2\xAD" "d</p>"},
		{"<del>a</del> <ins>b</ins> <q>c</q> H<sub>2</sub>O <kbd>d</kbd> <mark>e</mark>", "<p><s>a</s> b <q>c</q> H<sub>2</sub>O <kbd>d</kbd> <mark>e</mark></p>"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(cleaned(cases[i][0]), cases[i][1]);
}

static void allow_html__keeps_tables_of_figures_and_opens_those_for_the_look(void **state)
{
	static const char *const cases[][2] = {
		{"<table><caption>k</caption><tr><th scope=col>a<th>b<tr><td colspan=2 rowspan=0 style=x>c</table>",
		 "<div class=\"scroll\" tabindex=\"0\"><table><caption>k</caption><tbody><tr><th scope=\"col\">a</th><th>b</th></tr><tr><td colspan=\"2\">c</td></tr></tbody></table></div>"},
		{"<table><tr><td>a<td></table>", "<div class=\"scroll\" tabindex=\"0\"><table><tbody><tr><td>a</td><td></td></tr></tbody></table></div>"},
		{"<table><tr><td><p>a</p><tr><td>b</table>", "<p>a</p><p>b</p>"},
		{"<blockquote><table><tr><td> <td><b></b></table></blockquote>", ""},
		{"<table><tr><td><table><tr><td>1<td>2</table><td>3</table>",
		 "<div class=\"scroll\" tabindex=\"0\"><table><tbody><tr><td><div class=\"scroll\" tabindex=\"0\"><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div></td><td>3</td></tr></tbody>"
		 "</table></div>"},
		{"<p>x<table><tr><td>a<td>b</table>y",
		 "<p>x</p><div class=\"scroll\" tabindex=\"0\"><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table></div><p>y</p>"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(cleaned(cases[i][0]), cases[i][1]);
}

static void allow_html__makes_links_that_lead_out_only(void **state)
{
	static const char *const cases[][2] = {
		{"<a href='https://x.example/?a=1&b=\"' onclick=x target=_blank>a</a>", "<p><a href=\"https://x.example/?a=1&amp;b=&quot;\"" REL ">a</a></p>"},
		{"<a href=../b?c#d>a</a>", "<p><a href=\"https://src.example/b?c#d\"" REL ">a</a></p>"},
		{"<a href=/logout>a</a>", "<p><a href=\"https://src.example/logout\"" REL ">a</a></p>"},
		{"<a href=//x.example>a</a>", "<p><a href=\"https://x.example\"" REL ">a</a></p>"},
		{"<a href=#n1>1</a>", "<p><a href=\"https://src.example/posts/7#n1\"" REL ">1</a></p>"},
		{"<a href=mailto:a@x.example>a</a>", "<p><a href=\"mailto:a@x.example\">a</a></p>"},
		{"<a href=''>a</a><a>b</a><a name=x>c</a>", "<p>abc</p>"},
		{"<a href=https://x.example></a>x", "<p>x</p>"},
		{"<a href=https://x.example>a<a href=https://y.example>b</a></a>", "<p><a href=\"https://x.example\"" REL ">a</a><a href=\"https://y.example\"" REL ">b</a></p>"},
		{"<a href=https://x.example><h2>a</h2><p>b</p></a>", "<h2><a href=\"https://x.example\"" REL ">a</a></h2><p><a href=\"https://x.example\"" REL ">b</a></p>"},
		{"<img src=//x.example/p/a.png?x>", "<p><a href=\"https://x.example/p/a.png?x\"" REL ">a.png</a></p>"},
		{"<img src=data:image/png;base64,x data-src=a.png alt=b>", "<p><a href=\"https://src.example/posts/a.png\"" REL ">b</a></p>"},
		{"<img src=javascript:x alt=b>", "<p>b</p>"},
		{"<img src=a.png width=1 height=1 alt=b>x", "<p>x</p>"},
		{"<img src=a.png width=100% height=1>", "<p><a href=\"https://src.example/posts/a.png\"" REL ">a.png</a></p>"},
		{"<a href=https://x.example><img src=a.png alt=b></a>", "<p><a href=\"https://x.example\"" REL ">b</a></p>"},
		{"so <img src=s.png alt=🙂>", "<p>so 🙂</p>"},
		{"a<iframe src=https://v.example/1>x</iframe>b", "<p>a</p><p><a href=\"https://v.example/1\"" REL ">https://v.example/1</a></p><p>b</p>"},
		{"<video><source src=v.mp4></video>", "<p><a href=\"https://src.example/posts/v.mp4\"" REL ">https://src.example/posts/v.mp4</a></p>"},
		{"<a href=\"https://x.example/ \\`\">a</a>", "<p><a href=\"https://x.example/%20%5C%60\"" REL ">a</a></p>"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(cleaned(cases[i][0]), cases[i][1]);
	assert_string_equal(cleaned("a&#222222222222222222222222222222222222222222223b"), "<p>ab</p>"); /* found by the fuzzer */
	assert_string_equal(allow_html(arena, "<a href=/logout>a</a> <a href=x>b</a> <a href=#c>c</a> <img src=/pictures/1 alt=ddd>", NULL), "<p>a b c ddd</p>");
}

/* What has run script in one browser or another. */
static const char *const vectors[] = {
	"<script>alert(1)</script>", "<SCRIPT SRC=//x.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/x>alert(1)</script\n>", "<<script>alert(1)//<</script>",
	"<img src=x onerror=alert(1)>", "<img src=\"x\" onerror=\"alert(1)\" / >", "<img/src='x'/onerror=alert(1)>", "<img src=`x` onerror=alert(1)>", "<image src=x onerror=alert(1)>",
	"<img \"\"\"><script>alert(1)</script>\">", "<img src=javascript:alert(1)>", "<img dynsrc=javascript:alert(1)>", "<img lowsrc=javascript:alert(1)>", "<input type=image src=javascript:alert(1)>",
	"<a href=javascript:alert(1)>x</a>", "<a href=\" javascript:alert(1)\">x</a>", "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java&#10;script:alert(1)\">x</a>",
	"<a href=\"java&Tab;script:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>", "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"&#x6A&#x61vascript:alert(1)\">x</a>",
	"<a href=\"\x01javascript:alert(1)\">x</a>", "<a href=\"&#1;javascript:alert(1)\">x</a>", "<a href=\"&#0;javascript:alert(1)\">x</a>", "<a href=JaVaScRiPt:alert(1)>x</a>",
	"<a href=vbscript:msgbox(1)>x</a>", "<a href=data:text/html,<script>alert(1)</script>>x</a>", "<a href=view-source:javascript:x>x</a>", "<a href=feed:javascript:x>x</a>",
	"<a href=https:alert(1)>x</a>", "<a href='https://x.example\" onclick=\"alert(1)'>x</a>", "<a href=https://x.example onmouseover=alert(1) style=x>x</a>", "<a xlink:href=javascript:x>x</a>",
	"<b onclick=alert(1)>x</b>", "<p style=\"background:url(javascript:alert(1))\">x</p>", "<p style=\"width:expression(alert(1))\">x</p>", "<style>@import 'javascript:alert(1)';</style>",
	"<style><img src=\"</style><img src=x onerror=alert(1)>\">", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=javascript:alert(1)>x</a></svg>",
	"<svg><animate onbegin=alert(1)>", "<svg><foreignObject><b onclick=x>y</b></foreignObject></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
	"<math><mi xlink:href=javascript:x>x</mi></math>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
	"<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
	"<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data=javascript:alert(1)></object>", "<embed src=javascript:alert(1)>",
	"<embed src=data:image/svg+xml;base64,x type=image/svg+xml>", "<applet code=x></applet>", "<base href=javascript:alert(1)//><a href=x>y</a>", "<link rel=stylesheet href=javascript:alert(1)>",
	"<meta http-equiv=refresh content=0;url=javascript:alert(1)>", "<body onload=alert(1)>", "<body background=javascript:alert(1)>", "<table background=javascript:x><td background=javascript:x>y",
	"<frameset onload=alert(1)><frame src=javascript:x></frameset>", "<form action=javascript:x><button formaction=javascript:x>y</button></form>", "<isindex action=javascript:x type=submit>",
	"<video poster=javascript:x><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>",
	"<keygen autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)><option>x", "<textarea></textarea><script>alert(1)</script>", "<title></title><script>alert(1)</script>",
	"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<noembed><img src=x onerror=alert(1)></noembed>", "<xmp><img src=x onerror=alert(1)></xmp>", "<plaintext><img src=x onerror=alert(1)>",
	"<!--><img src=x onerror=alert(1)>-->", "<!--[if IE]><script>alert(1)</script><![endif]-->", "<!-- --!><img src=x onerror=alert(1)> -->", "<![CDATA[<script>alert(1)</script>]]>",
	"<?xml-stylesheet href=javascript:x?>", "<?php echo 1 ?><b>x", "<!DOCTYPE html [<!ENTITY x '<script>'>]>&x;", "<template><script>alert(1)</script></template>", "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
	"&lt;script&gt;alert(1)&lt;/script&gt;", "<p>&lt;img src=x onerror=alert(1)&gt;", "<pre>&#60;script&#62;</pre>", "<b>&amp;lt;script&amp;gt;", "<p title='<b>'>\"'><", "+ADw-script+AD4-alert(1)", "\xBCscript\xBE",
	"<a\x00href=javascript:x>y", "<\x00script>alert(1)</script>", "<a href=\"https://x.example/\xFF\xFE\">x</a>", "<p>\xF4\x90\x80\x80\xC0\xBC", "<div id=csrf class=frame data-x=1 hx-get=/logout hx-trigger=load>x</div>",
	"<a href=https://x.example hx-on:click=alert(1)>x</a>", "<input name=csrf value=1><label for=x>y</label>", "<dialog open><p>x</p></dialog>", "<slot name=x>y</slot>", "<x-widget onclick=1>y</x-widget>",
	"<a ping=https://x.example/ href=https://y.example download>x</a>", "<ol start=-1><li value=5>x</ol>", "<ol start=1e9><li>x</ol>", "<td colspan=999999 rowspan='1\" onclick=x'>y",
};

static void allow_html__lets_nothing_run(void **state)
{
	static const char *const never[] = {"<script", "<style", "<svg", "<math", "<iframe", "<object", "<embed", "<form", "<input", "<img", "<link", "<meta", "<base", " on", "javascript:", "style=", "srcdoc"};
	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		const char *html = cleaned(vectors[i]);
		/* As text anything may stand; tags are what must not. */
		for (const char *tag = html; (tag = strchr(tag, '<')); tag++) {
			char one[4200];
			snprintf(one, sizeof one, "%.*s", (int)strcspn(tag, ">"), tag);
			for (size_t j = 0; j < sizeof never / sizeof *never; j++) {
				if (strstr(one, never[j]) && !strstr(one, "href=\"https://x.example&quot; on")) fail_msg("%s in %s of %s", never[j], one, vectors[i]);
			}
		}
	}
}

/* ---- properties ---- */

static const char *const pieces[] = {
	"a", "b ", " c", "  ", "\n", "&nbsp;", "&lt;b&gt;", "&amp;", "ї", "\x01", "\"'", "x\xC2\xA0", "\xE2\x80\x8B",
	"<p>", "</p>", "<div>", "</div>", "<br>", "<hr>", "<b>", "</b>", "<i>", "</i>", "<em>", "<code>", "</code>", "<s>", "</s>", "<q>", "</q>", "<sub>", "</sub>", "<span>", "</span>", "<u>", "<font size=1>", "</font>",
	"<a href=https://x.example>", "<a href=y>", "<a href=#z>", "<a>", "</a>", "<a href=javascript:x>", "<img src=p.png alt=pic>", "<img src=p.png>", "<img alt=q>", "<iframe src=https://v.example></iframe>",
	"<h1>", "</h1>", "<h2>", "</h2>", "<h3>", "<h4>", "</h4>", "<h5>", "<h6>", "</h6>", "<ul>", "</ul>", "<ol>", "<ol start=4>", "</ol>", "<li>", "</li>", "<dl>", "</dl>", "<dt>", "<dd>", "</dd>",
	"<blockquote>", "</blockquote>", "<figure>", "</figure>", "<figcaption>", "</figcaption>", "<pre>", "</pre>", "<table>", "</table>", "<caption>", "</caption>", "<thead>", "<tbody>", "<tfoot>", "<tr>", "</tr>", "<td>",
	"</td>", "<td colspan=3>", "<th>", "<th scope=row>", "<colgroup>", "<col>", "<form>", "</form>", "<button>", "</button>", "<select>", "<option>", "</select>", "<script>", "</script>", "<style>", "</style>", "<svg>",
	"</svg>", "<math>", "<mi>", "<desc>", "<foreignobject>", "<template>", "</template>", "<object>", "</object>", "<marquee>", "<applet>", "<noscript>", "</noscript>", "<textarea>", "</textarea>", "<title>", "</title>",
	"<body>", "<html>", "<head>", "<frameset>", "<!--", "-->", "<!x>", "<?x?>", "<", ">", "</", "<a b='", "'", "<section>", "</section>", "<nobr>", "</nobr>", "<video>", "<source src=v>", "<ruby>", "<rt>", "<rp>",
	"<center>", "<details>", "<summary>", "<plaintext>", "<xmp>", "</xmp>", "<listing>", "<image>", "<isindex>", "<input type=hidden>", "<menu>", "<dir>",
};

static void allow_html__is_a_fixed_point_whatever_comes(void **state)
{
	struct rng rng;
	(void)state;
	rng_init(&rng, 20260711);
	for (int round = 0; round < 12000; round++) {
		struct arena *own = arena_new(32 << 20);
		struct buf soup;
		buf_init(&soup, 1 << 16);
		/* Half of the rounds from a few pieces only, so that they meet often. */
		size_t few = round % 2 ? sizeof pieces / sizeof *pieces : 2 + rng_below(&rng, 8), chosen[sizeof pieces / sizeof *pieces];
		for (size_t i = 0; i < few; i++) chosen[i] = round % 2 ? i : rng_below(&rng, sizeof pieces / sizeof *pieces);
		for (uint64_t n = 1 + rng_below(&rng, 60); n; n--) buf_text(&soup, rng_below(&rng, 4) ? pieces[chosen[rng_below(&rng, few)]] : pieces[rng_below(&rng, 13)]);
		const char *once = allow_html(own, soup.bytes, base), *twice = allow_html(own, once, base), *wrong = prose_check(once, true);
		if (wrong) fail_msg("%s\nin  %s\nout %s", wrong, soup.bytes, once);
		if (strcmp(once, twice) != 0) fail_msg("not a fixed point\nin    %s\nonce  %s\ntwice %s", soup.bytes, once, twice);
		const char *plain = allow_plain(own, soup.bytes, 50);
		assert_true(text_valid(plain, strlen(plain)) && text_length(plain) <= 50);
		buf_done(&soup);
		arena_free(own);
	}
}

/* ---- what is made up to hurt ---- */

static const char *again(const char *part, size_t bytes)
{
	size_t n = strlen(part), used = 0;
	char *text = arena_alloc(arena, bytes + 1);
	for (; used + n <= bytes; used += n) memcpy(text + used, part, n);
	return text;
}

static void allow_html__stands_what_is_made_up_to_hurt(void **state)
{
	static const char *const parts[] = {"<div>", "<b>", "<p>", "<p><button>", "<a>", "<font size=1><p>", "<b><p>", "</b>", "<table>", "<td>", "<table><td>", "<table><td><td>", "<li>", "<ul><li>", "x", "a<b", "&amp;",
		"<a href=x><div>", "<b><i><u><s><p>", "<table>x", "<select>", "<svg>", "<svg><desc>", "<template>", "<!--", "<script>", "<blockquote>x", "<dl><dt>x<dd>", "<h1>x", "<pre>\n x", "<br>", "<hr>x", "<font a=1><font a=2><p>"};
	(void)state;
	int64_t begun = moment_steady();
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct arena *own = arena_new(8 << 20);
		const char *html = allow_html(own, again(parts[i], 2 * ALLOW_MAX), base);
		assert_null(prose_check(html, true));
		if (strlen(html) <= ALLOW_MAX) assert_string_equal(allow_html(own, html, base), html);
		arena_free(own);
	}
	char *many = arena_alloc(arena, ALLOW_MAX + 16);
	size_t used = 0;
	for (int i = 0; used < ALLOW_MAX - 16; i++) used += (size_t)snprintf(many + used, 16, "%s a%d", i ? "" : "x<b", i);
	memcpy(many + used, ">y", 3);
	assert_string_equal(cleaned(many), "<p>x y</p>");
	char *link = arena_printf(arena, "<a href=https://x.example/%s>%s", again("y", 1900), again("<p>word", ALLOW_MAX - 2000));
	assert_string_equal(cleaned(link), arena_printf(arena, "<p>%.*s</p>", (int)(5 * ((ALLOW_MAX - 2000) / 7) - 1), again("word ", ALLOW_MAX)));
	assert_true(moment_steady() - begun < 60 * MOMENT_SECOND);
}

static void allow_html__nests_no_deeper_than_its_frames(void **state)
{
	(void)state;
	const char *html = cleaned(arena_printf(arena, "%sx", again("<blockquote>", 12 * 60)));
	assert_non_null(strstr(html, "x</p></blockquote>"));
	assert_string_equal(cleaned(arena_printf(arena, "%sx", again("<blockquote>", 12 * 300))), "<p>x</p>");
	cleaned(arena_printf(arena, "%sx", again("<ul><li>y", 9 * 60)));
	cleaned(arena_printf(arena, "%sx", again("<table><td>1<td>", 16 * 20)));
}

static void allow_plain__reads_as_it_would_be_said(void **state)
{
	static const struct {
		const char *html;
		size_t most;
		const char *plain;
	} cases[] = {
		{"", 0, ""},
		{"<h2>Що сталося</h2><p>Клієнт&nbsp;сказав <b>«доро</b>го».</p><script>x</script>", 0, "Що сталося. Клієнт сказав «дорого»."},
		{"a<br>b<ul><li>c<li>d</ul><table><td>e<td>f</table><img alt=g>", 0, "a b c d e f"},
		{"<p>один два три</p>", 11, "один два…"},
		{"AT&amp;T &lt;b&gt;", 0, "AT&T <b>"},
		{"plain < text", 0, "plain < text"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(allow_plain(arena, cases[i].html, cases[i].most), cases[i].plain);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(allow_html__keeps_what_is_written, before, after),
		cmocka_unit_test_setup_teardown(allow_html__keeps_tables_of_figures_and_opens_those_for_the_look, before, after),
		cmocka_unit_test_setup_teardown(allow_html__makes_links_that_lead_out_only, before, after),
		cmocka_unit_test_setup_teardown(allow_html__lets_nothing_run, before, after),
		cmocka_unit_test_setup_teardown(allow_html__is_a_fixed_point_whatever_comes, before, after),
		cmocka_unit_test_setup_teardown(allow_html__stands_what_is_made_up_to_hurt, before, after),
		cmocka_unit_test_setup_teardown(allow_html__nests_no_deeper_than_its_frames, before, after),
		cmocka_unit_test_setup_teardown(allow_plain__reads_as_it_would_be_said, before, after),
	};
	return cmocka_run_group_tests_name("allow", tests, NULL, NULL);
}
