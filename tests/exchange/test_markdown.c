#include "exchange/markdown.h"

#include <stdlib.h>
#include <string.h>

#include <unistr.h>

#include "base/buf.h"
#include "base/moment.h"
#include "base/text.h"
#include "check.h"

static struct arena *arena;

static int before(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int after(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void markdown_html__writes_what_people_write(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"Добрий день", "<p>Добрий день</p>"},
		{"перший\nдругий", "<p>перший<br>другий</p>"},
		{"*так* і **дуже** та ~~ні~~ `x < 1`", "<p><em>так</em> і <strong>дуже</strong> та <s>ні</s> <code>x &lt; 1</code></p>"},
		{"a&#29;b&#127;", "<p>ab</p>"}, /* found by the fuzzer */
		{"a&#13;b", "<p>ab</p>"},
		{"1 < 2 & \"3\"", "<p>1 &lt; 2 &amp; &quot;3&quot;</p>"},
		{"- a\n- b", "<ul><li>a</li><li>b</li></ul>"},
		{"- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"},
		{"3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"},
		{"> q\n\n***", "<blockquote><p>q</p></blockquote><hr>"},
		{"```c\na <b>\n```", "<pre tabindex=\"0\"><code>a &lt;b&gt;\n</code></pre>"},
		{"| a | b |\n|---|--:|\n| 1 | 2 |\n| 3 | |",
		 "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"to-end\">b</th></tr></thead>"
		 "<tbody><tr><td>1</td><td class=\"to-end\">2</td></tr><tr><td>3</td><td class=\"to-end\"></td></tr></tbody></table></div>"},
		{"| | b |\n|---|:-:|", "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><td></td><th scope=\"col\" class=\"to-middle\">b</th></tr></thead></table></div>"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(markdown_html(arena, cases[i][0]), cases[i][1]);
}

static void markdown_html__puts_headings_under_the_title_of_the_page(void **state)
{
	(void)state;
	assert_string_equal(markdown_html(arena, "# a"), "<h2>a</h2>");
	assert_string_equal(markdown_html(arena, "### a"), "<h2>a</h2>");
	assert_string_equal(markdown_html(arena, "# a\n### b\n## c\n#### d\n# e"), "<h2>a</h2><h3>b</h3><h3>c</h3><h4>d</h4><h2>e</h2>");
	assert_string_equal(markdown_html(arena, "# a\n## b\n### c\n#### d\n##### e\n###### f"), "<h2>a</h2><h3>b</h3><h4>c</h4><h5>d</h5><h6>e</h6><h6>f</h6>");
	assert_string_equal(markdown_html(arena, "#\n\nx"), "<p>x</p>"); /* an empty one is none, */
	assert_string_equal(markdown_html(arena, "#\n\n## a"), "<h2>a</h2>"); /* and the next is the first (found by the fuzzer) */
	assert_string_equal(markdown_brief(arena, "# a\n\nb"), "<p><strong>a</strong></p><p>b</p>");
}

static void markdown_html__makes_links_that_can_run_nothing(void **state)
{
	static const char *const cases[][2] = {
		{"[a](https://x.example/?a=1&b=2)", "<p><a href=\"https://x.example/?a=1&amp;b=2\" rel=\"nofollow noopener ugc\">a</a></p>"},
		{"https://x.example", "<p><a href=\"https://x.example\" rel=\"nofollow noopener ugc\">https://x.example</a></p>"},
		{"www.x.example", "<p><a href=\"http://www.x.example\" rel=\"nofollow noopener ugc\">www.x.example</a></p>"},
		{"a@x.example", "<p><a href=\"mailto:a@x.example\">a@x.example</a></p>"},
		{"[a](/posts/12)", "<p><a href=\"/posts/12\">a</a></p>"},
		{"[a](#b)", "<p><a href=\"#b\">a</a></p>"},
		{"[a](//x.example)", "<p>a</p>"},
		{"[a](/\\x.example)", "<p>a</p>"},
		{"[a](x.example)", "<p>a</p>"},
		{"[a](javascript:alert(1))", "<p>a</p>"},
		{"[a](JaVaScRiPt:alert)", "<p>a</p>"},
		{"[a](java&#10;script:alert)", "<p>a</p>"},
		{"[a](&#1;javascript:alert)", "<p>a</p>"},
		{"[a](<  javascript:alert>)", "<p>a</p>"},
		{"[a](vbscript:x)", "<p>a</p>"},
		{"[a](data:text/html;base64,x)", "<p>a</p>"},
		{"[a](data:image/png;base64,x)", "<p>a</p>"},
		{"[a](https:alert)", "<p>a</p>"},
		{"[a](https://)", "<p>a</p>"},
		{"<javascript:alert>", "<p>javascript:alert</p>"},
		{"[](https://x.example)", "<p><a href=\"https://x.example\" rel=\"nofollow noopener ugc\">https://x.example</a></p>"},
		{"[a](https://x.example/\"onclick=alert)", "<p><a href=\"https://x.example/&quot;onclick=alert\" rel=\"nofollow noopener ugc\">a</a></p>"},
		{"[a](<https://x.example/a b\\\\c`>)", "<p><a href=\"https://x.example/a%20b%5Cc%60\" rel=\"nofollow noopener ugc\">a</a></p>"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(markdown_html(arena, cases[i][0]), cases[i][1]);
}

static void markdown_html__leaves_raw_html_out(void **state)
{
	static const char *const cases[][2] = {
		{"a <b onclick=x>b</b> c", "<p>a b c</p>"},
		{"<script>alert(1)</script>", ""},
		{"<div>\nx\n</div>\n\ny", "<p>y</p>"},
		{"<!-- a -->b", ""},
		{"a<!-- b -->c", "<p>ac</p>"},
		{"&lt;script&gt;", "<p>&lt;script&gt;</p>"},
		{"# <b></b>\n\nx", "<p>x</p>"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(markdown_html(arena, cases[i][0]), cases[i][1]);
}

static void markdown_html__shows_pictures_of_our_own_only(void **state)
{
	static const char *const cases[][2] = {
		{"![схема](/pictures/12)", "<p><img src=\"/pictures/12\" alt=\"схема\" loading=\"lazy\" decoding=\"async\"></p>"},
		{"![a *b* \"c\"](/pictures/12#640x480)", "<p><img src=\"/pictures/12\" width=\"640\" height=\"480\" alt=\"a b &quot;c&quot;\" loading=\"lazy\" decoding=\"async\"></p>"},
		{"![a](https://x.example/a.png)", "<p><a href=\"https://x.example/a.png\" rel=\"nofollow noopener ugc\">a</a></p>"},
		{"![](https://x.example/a.png)", "<p><a href=\"https://x.example/a.png\" rel=\"nofollow noopener ugc\">https://x.example/a.png</a></p>"},
		{"[![a](https://x.example/a.png)](https://y.example)", "<p><a href=\"https://y.example\" rel=\"nofollow noopener ugc\">a</a></p>"},
		{"[![](/pictures/1)](https://y.example)",
		 "<p><a href=\"https://y.example\" rel=\"nofollow noopener ugc\"><img src=\"/pictures/1\" alt=\"\" loading=\"lazy\" decoding=\"async\">https://y.example</a></p>"},
		{"![a](javascript:alert)", "<p>a</p>"},
		{"![a](data:image/svg+xml,x)", "<p>a</p>"},
		{"![a](/pictures/x)", "<p><a href=\"/pictures/x\">a</a></p>"},
		{"![a](/pictures/12#640x)", "<p><a href=\"/pictures/12#640x\">a</a></p>"},
		{"![a](/pictures/12/../../logout)", "<p><a href=\"/pictures/12/../../logout\">a</a></p>"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(markdown_html(arena, cases[i][0]), cases[i][1]);
}

static void markdown_plain__reads_as_it_would_be_said(void **state)
{
	static const struct {
		const char *text;
		size_t most;
		const char *plain;
	} cases[] = {
		{"", 10, ""},
		{"# Що сталося\n\nКлієнт сказав *«дорого»*.\nІ все.", 0, "Що сталося. Клієнт сказав «дорого». І все."},
		{"# Що сталося?\n\n- раз\n- два", 0, "Що сталося? раз два"},
		{"[текст](https://x.example) ![схема](/pictures/1) <b>x</b> `код`", 0, "текст схема x код"},
		{"один два три", 12, "один два три"},
		{"один два три", 11, "один два…"},
		{"один два, три", 10, "один два…"},
		{"один два три", 4, "оди…"},
		{"одиндватри", 5, "один…"},
		{"a\n\n\nb \t c", 0, "a b c"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(markdown_plain(arena, cases[i].text, cases[i].most), cases[i].plain);
}

static const char *again(const char *part, size_t bytes)
{
	size_t n = strlen(part), used = 0;
	char *text = arena_alloc(arena, bytes + 1);
	for (; used + n <= bytes; used += n) memcpy(text + used, part, n);
	return text;
}

static void markdown_html__reads_no_more_than_it_says(void **state)
{
	(void)state;
	const char *html = markdown_html(arena, again("слово\n", 2 * MARKDOWN_MAX));
	assert_true(strlen(html) < 2 * MARKDOWN_MAX);
	assert_string_equal(html + strlen(html) - 14, "слово</p>");
	assert_true(text_valid(markdown_html(arena, again("ї", 2 * MARKDOWN_MAX)), strlen(markdown_html(arena, again("ї", 2 * MARKDOWN_MAX)))));
}

/* One address that is long and named a thousand times: shown as it was typed instead of 100 MB of HTML. */
static void markdown_html__does_not_swell(void **state)
{
	(void)state;
	char *text = arena_printf(arena, "[a]: https://x.example/%s\n\n%s", again("x", 1500), again("[a]", MARKDOWN_MAX - 2000));
	const char *html = markdown_html(arena, text);
	assert_true(strlen(html) < 7 * MARKDOWN_MAX);
	assert_non_null(strstr(html, "[a][a][a]"));
}

static void markdown_html__stands_what_is_made_up_to_hurt(void **state)
{
	static const char *const parts[] = {">", "- ", "*a_ ", "**a *a ", "[", "![[]()", "a**b", "[a](b", "`", "``a`", "<!--", "<?", "x www.", "_", "~~a ~", "|", "| a ", "|\n", "a@", "1. ", "\\", "&",
		"[a]: b\n", "[[a]]", "<a ", "- -", "_a __b ", "![", "](", "w@.", "a<!A ", "http://", "|a|b\n|-|-\n", "\xFF\xFE", "# ", "&#0;", "\xD0"};
	int64_t begun = moment_steady();
	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct arena *own = arena_new(64 << 20);
		const char *html = markdown_html(own, again(parts[i], MARKDOWN_MAX)), *plain = markdown_plain(own, again(parts[i], MARKDOWN_MAX), 200);
		assert_true(text_valid(html, strlen(html)));
		assert_true(text_valid(plain, strlen(plain)));
		assert_true(text_length(plain) <= 200);
		arena_free(own);
	}
	assert_true(moment_steady() - begun < 60 * MOMENT_SECOND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(markdown_html__writes_what_people_write, before, after),
		cmocka_unit_test_setup_teardown(markdown_html__puts_headings_under_the_title_of_the_page, before, after),
		cmocka_unit_test_setup_teardown(markdown_html__makes_links_that_can_run_nothing, before, after),
		cmocka_unit_test_setup_teardown(markdown_html__leaves_raw_html_out, before, after),
		cmocka_unit_test_setup_teardown(markdown_html__shows_pictures_of_our_own_only, before, after),
		cmocka_unit_test_setup_teardown(markdown_plain__reads_as_it_would_be_said, before, after),
		cmocka_unit_test_setup_teardown(markdown_html__reads_no_more_than_it_says, before, after),
		cmocka_unit_test_setup_teardown(markdown_html__does_not_swell, before, after),
		cmocka_unit_test_setup_teardown(markdown_html__stands_what_is_made_up_to_hurt, before, after),
	};
	return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
