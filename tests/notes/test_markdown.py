"""Markdown as notes have it: what is beyond CommonMark."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sitegen.notes.markdown import WikiLink, parse, plain, render


def html(text: str, shift: int = 0) -> str:
    parsed = parse(text)
    links: list[WikiLink] = []
    return render(parsed.tokens, parsed.env, links, shift=shift)


def inner(text: str) -> str:
    """The HTML within the one paragraph."""
    return html(text).removeprefix("<p>").removesuffix("</p>\n")


def shown(text: str) -> str:
    return plain(parse(text).tokens)


def wikilinks(text: str) -> list[WikiLink]:
    parsed = parse(text)
    links: list[WikiLink] = []
    render(parsed.tokens, parsed.env, links)
    return links


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[[Hakone Hotels]]", ("Hakone Hotels", "", "Hakone Hotels")),
        ("[[Hakone Hotels|the hotel]]", ("Hakone Hotels", "", "the hotel")),
        ("[[Yamato#2026-06-18]]", ("Yamato", "2026-06-18", "Yamato 2026-06-18")),
        ("[[Yamato#2026-06-18|June]]", ("Yamato", "2026-06-18", "June")),
        ("![[Yamato]]", ("Yamato", "", "Yamato")),
        ("[[ 　大和精密 ]]", ("大和精密", "", "大和精密")),
        ("[[か\u3099す]]", ("がす", "", "がす")),
        ("[[Name|]]", ("Name", "", "Name")),
        ("[[Name\\|x]]", ("Name", "", "x")),
        ("**[[A & B]]**", ("A & B", "", "A & B")),
    ],
)
def test_a_wikilink_has_target_anchor_and_what_it_shows(text: str, link: WikiLink) -> None:
    assert wikilinks(text) == [link]
    assert shown(text) == link[2]


def test_wikilinks_are_marks_in_the_order_of_the_page() -> None:
    parsed = parse("[[A]] and [[B|b]]\n\n> [[C]]")
    links: list[WikiLink] = [("before", "", "before")]
    assert render(parsed.tokens, parsed.env, links) == (
        "<p>\x001\x00 and \x002\x00</p>\n<blockquote>\n<p>\x003\x00</p>\n</blockquote>\n"
    )
    assert [link[0] for link in links] == ["before", "A", "B", "C"]


def test_a_pipe_escaped_for_a_table_parts_target_and_shown() -> None:
    assert wikilinks("| who |\n|---|\n| [[Name\\|shown]] |") == [("Name", "", "shown")]


@pytest.mark.parametrize(
    "text",
    ["[[]]", "[[ ]]", "[[　]]", "[[#2026-06-18]]", "[[|x]]", "`[[A]]`", "``[[A]]``", "    [[A]]", "```\n[[A]]\n```", "\\[[A]]",
     "[[A\nB]]", "[[A]", "![A]]", "[[A\\]]"],
)  # fmt: skip
def test_what_is_no_wikilink_stays_text(text: str) -> None:
    assert wikilinks(text) == []
    assert "\x00" not in html(text)


def test_brackets_that_the_note_defines_stay_commonmarks() -> None:
    assert html("[[foo]]\n\n[foo]: /url") == '<p>[<a href="/url">foo</a>]</p>\n'


def test_a_link_holds_no_link() -> None:
    assert inner("[see [[Name]]](/url)") == "[see \x000\x00](/url)"
    assert inner("[![x](http://example.jp/a.png)](/url)") == '<a href="/url">x</a>'


def test_a_wikilink_in_an_images_text_is_its_text() -> None:
    assert inner("![a [[Name|n]]](x.png)") == '<img src="x.png" alt="a n" loading="lazy" />'
    assert wikilinks("![a [[Name|n]]](x.png)") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**「重要」**です", "<strong>「重要」</strong>です"),
        ("これは**「重要」**です。", "これは<strong>「重要」</strong>です。"),
        ("**重要。**次", "<strong>重要。</strong>次"),
        ("これは**重要**です", "これは<strong>重要</strong>です"),
        ("**“引用”**です", "<strong>“引用”</strong>です"),
        ("**(株)**大和", "<strong>(株)</strong>大和"),
        ("価格は**100%**です", "価格は<strong>100%</strong>です"),
        ("**重要。**Next", "<strong>重要。</strong>Next"),
        ("Next**（重要）**Next", "Next<strong>（重要）</strong>Next"),
        ("彼は***「強」***と", "彼は<em><strong>「強」</strong></em>と"),
        ("これは~~「旧」~~です", "これは<s>「旧」</s>です"),
        ("**[[大和]]**です", "<strong>\x000\x00</strong>です"),
        ("**`code`**です", "<strong><code>code</code></strong>です"),
        ("** 空白 **です", "** 空白 **です"),
        ("**　空白　**です", "**　空白　**です"),
        ("ファイル_名_です", "ファイル_名_です"),
        ("「_名_」です", "「<em>名</em>」です"),
    ],
)
def test_emphasis_beside_japanese(text: str, expected: str) -> None:
    assert inner(text) == expected


_STOCK = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@given(st.text(alphabet="ab *_~`[]()<>!\\.,-+#é“”—\u00a0\u2003\t\n|:1&;한", max_size=60))
def test_without_japanese_all_is_as_the_library_has_it(text: str) -> None:
    if "[[" not in text and "[^" not in text and "] " not in text and "[!" not in text and "]:" not in text:
        assert html(text).replace(' loading="lazy"', "") == _STOCK.render(text)


def test_lines_of_japanese_join_without_a_space() -> None:
    assert inner("東京\n大阪") == "東京大阪"
    assert inner("東京、\n大阪") == "東京、大阪"
    assert inner("**東京**\n[大阪](/o)") == '<strong>東京</strong><a href="/o">大阪</a>'
    assert inner("[[東京]]\n大阪") == "\x000\x00大阪"
    assert inner("Tokyo\nŌsaka") == "Tokyo\nŌsaka"
    assert inner("東京\nOsaka") == "東京\nOsaka"
    assert inner("한국\n서울") == "한국\n서울"
    assert inner("東京  \n大阪") == "東京<br />\n大阪"
    assert shown("東京\n大阪\nthe\nend") == "東京大阪 the end"


def test_a_wide_bullet_is_a_list_item() -> None:
    parsed = parse("要望は:\n・電話\n  応対\n・[ ] 研修\n\n次")
    assert render(parsed.tokens, parsed.env, []) == (
        "<p>要望は:</p>\n<ul>\n<li>電話応対</li>\n"
        '<li class="task"><input type="checkbox" disabled="" aria-label="研修" /> 研修</li>\n</ul>\n<p>次</p>\n'
    )
    assert [t.map for t in parsed.tokens if t.type == "list_item_open"] == [[1, 3], [3, 5]]


@pytest.mark.parametrize("text", ["・・・そして", "```\n・x\n```", "    ・x", "a・b", "`・x`"])
def test_no_list_item(text: str) -> None:
    assert "<li>" not in html(text)


def test_wide_bullets_nest_and_stand_within_quotes_and_lists() -> None:
    assert html("- a\n  ・b\n> ・c") == (
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n<blockquote>\n<ul>\n<li>c</li>\n</ul>\n</blockquote>\n"
    )


def test_the_library_keeps_its_own_bullets() -> None:
    html("・a")
    assert _STOCK.render("・a") == "<p>・a</p>\n"


def test_tasks() -> None:
    parsed = parse("- [ ] send *it*\n- [x] sent\n- [-] not [[Name]]\n- [y] no\n- [ ]no\n")
    assert [t.meta.get("task") for t in parsed.tokens if t.type == "list_item_open"] == [
        "open",
        "kept",
        "cancelled",
        None,
        None,
    ]
    assert render(parsed.tokens, parsed.env, []) == (
        '<ul>\n<li class="task"><input type="checkbox" disabled="" aria-label="send it" /> send <em>it</em></li>\n'
        '<li class="task"><input type="checkbox" disabled="" checked="" aria-label="sent" /> sent</li>\n'
        '<li class="task cancelled"><input type="checkbox" disabled="" aria-label="not Name" /> '
        "<s>not \x000\x00</s></li>\n"
        "<li>[y] no</li>\n<li>[ ]no</li>\n</ul>\n"
    )


def test_the_mark_of_a_task_is_no_part_of_its_text() -> None:
    parsed = parse("1. [X] 資料送付 📅 2026-11-13")
    assert [plain(t) for t in parsed.tokens if t.type == "inline"] == ["資料送付 📅 2026-11-13"]


def test_a_task_of_a_loose_list_has_its_box_in_its_paragraph() -> None:
    assert '<li class="task">\n<p><input type="checkbox"' in html("- [ ] a\n\n- b")


def test_callouts() -> None:
    assert html("> [!NOTE]\n> hello\n> you") == (
        '<div class="callout" data-callout="note">\n<p class="callout-title">Note</p>\n<p>hello\nyou</p>\n</div>\n'
    )
    assert html("> [!tip]- About [[A]]\n>\n> - x") == (
        '<div class="callout" data-callout="tip">\n<p class="callout-title">About \x000\x00</p>\n'
        "<ul>\n<li>x</li>\n</ul>\n</div>\n"
    )
    assert 'data-callout="&quot;&gt;"' in html('> [!">]')
    assert html("> a\n>\n> [!note]").startswith("<blockquote>\n<p>a</p>")
    assert html("> > [!note]\n> > a\n>\n> b").endswith("</div>\n<p>b</p>\n</blockquote>\n")


def test_lines_within_a_callout_are_told_truly() -> None:
    parsed = parse("a\n\n> [!note]\n> b\n> c")
    assert [(t.content, t.map) for t in parsed.tokens if t.type == "inline"] == [
        ("a", [0, 1]),
        ("Note", [2, 3]),
        ("b\nc", [3, 5]),
    ]


def test_footnotes_are_told_where_they_are_referred_to() -> None:
    parsed = parse("a[^x]\n\n[^x]: note of [[A]]\n\n# H\n\nb[^x] c[^y]\n\n[^y]: other\n")
    at = next(i for i, t in enumerate(parsed.tokens) if t.type == "heading_open")
    first, second = (
        render(parsed.tokens[:at], parsed.env, []),
        render(parsed.tokens[at:], parsed.env, []),
    )
    assert first == (
        '<p>a<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p>\n'
        '<section class="footnotes">\n<ol>\n<li id="fn1" value="1">\n'
        '<p>note of \x000\x00 <a href="#fnref1" class="footnote-backref">↩\ufe0e</a></p>\n'
        "</li>\n</ol>\n</section>\n"
    )
    assert "note of" not in second
    assert '<a href="#fn1">[1]</a>' in second
    assert '<li id="fn2" value="2">' in second


@pytest.mark.parametrize(
    "text",
    [
        "[^a]: lost?",
        "[^a]: lost? [^a]",
        "[^a]: lost? [^b]\n\n[^b]: [^a]",
        "x[^a]\n\n[^a]: lost?\n\n[^a]: again",
        "[^a]:     lost?",
        "> [^a]: lost?",
        "- [^a]: lost?\n\n[^a]",
        "[^a]: [^b]: lost?",
    ],
)
def test_no_footnote_is_lost(text: str) -> None:
    assert html(text).count("lost?") == 1


def test_the_lines_of_a_footnote_are_told() -> None:
    parsed = parse("a[^x]\n\n[^x]: b\n[^y]: c")
    assert [t.map for t in parsed.tokens if t.type == "footnote_place"] == [[2, 3], [3, 4]]
    assert all(t.level == 0 for t in parsed.tokens if t.type == "paragraph_open")


def test_what_looks_like_a_definition_but_names_no_address_is_shown() -> None:
    assert inner("[田中]: 電話した") == "[田中]: 電話した"
    assert inner("[田中]: 10:30に電話\n[佐藤]: 不在") == "[田中]: 10:30に電話\n[佐藤]: 不在"
    assert html("[url]\n\n[url]: page") == '<p><a href="page">url</a></p>\n'
    assert html("[資料]: 資料.pdf\n\n[資料]").startswith('<p><a href="')


@pytest.mark.parametrize(
    "url",
    ["https://example.jp", "HTTP://example.jp/?q=a:b", "mailto:a@example.jp", "tel:03-0000-0000", "page.html", "../a/b.html",
     "#a:b", "?q=a:b", "/top", "a/12:30.html", "資料.pdf", "資料:一.pdf"],
)  # fmt: skip
def test_links_that_a_note_may_have(url: str) -> None:
    assert inner(f"[x]({url})").startswith('<a href="')


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#x73;cript:a", "javascript&colon;a", "java&Tab;script:a", "&#1;javascript:a",
     "<java\tscript:a>", "<\u200bjavascript:a>", "javascript%3Aalert(1)", "%6Aavascript:a", "%256Aavascript:a", "vbscript:x",
     "data:text/html,x", "data:image/png;base64,AAAA", "file:///etc/passwd", "ms-excel:ofe|u|http://e/x.xls", "//example.com/x",
     "\\\\\\\\host\\share", "/\\host", "/%5Chost", "/&#9;/host", "localhost:80", "blob:x", "x:y", "htt%70s://e"],
)  # fmt: skip
def test_links_that_it_may_not_have_are_text(url: str) -> None:
    for text in (f"[x]({url})", f"![x]({url})", f"[x]\n\n[x]: {url}"):
        assert "href" not in html(text)
        assert "src" not in html(text)
    if url[0] != "<":
        assert "href" not in html(f"<{url}>")


def test_pages_outside_are_not_told_where_the_reader_comes_from() -> None:
    assert inner("<https://e.jp>") == '<a href="https://e.jp" rel="noopener noreferrer">https://e.jp</a>'
    assert inner('[x](/y "t")') == '<a href="/y" title="t">x</a>'


def test_nothing_is_loaded_from_outside() -> None:
    assert (
        inner('![plan](img/plan.png "t")') == '<img src="img/plan.png" alt="plan" title="t" loading="lazy" />'
    )
    link = '<a href="http://e.jp/a.png" rel="noopener noreferrer">'
    assert inner("![plan](http://e.jp/a.png)") == f"{link}plan</a>"
    assert inner("![](http://e.jp/a.png)") == f"{link}http://e.jp/a.png</a>"


def test_headings_are_shifted_but_not_beyond_six() -> None:
    assert html("# a\n##### b\n", shift=2) == "<h3>a</h3>\n<h6>b</h6>\n"


def test_plain_text() -> None:
    assert shown("*a* `b` &amp; [c](/d) ![e](f.png) <http://g>\\\nh <b>") == "a b & c e http://g h <b>"
    assert shown("# a\n\n- b\n- c[^1]\n\n[^1]: d") == "a\nb\nc"


def test_what_is_nested_too_deeply_is_shown_as_written() -> None:
    parsed = parse("> " * 100 + "end")
    assert parsed.too_deep
    assert "&gt; &gt; end" in render(parsed.tokens, parsed.env, [])
    assert not parse("> " * 10 + "end").too_deep
    assert parse("- " * 100 + "end").too_deep
    assert "end" in html("- " * 100 + "end")


def test_rendering_twice_gives_the_same() -> None:
    parsed = parse("- [ ] a[^1] ![x](http://e.jp)\n\n[^1]: b\n\n# c")
    once = render(parsed.tokens, parsed.env, [], shift=1)
    assert once == render(parsed.tokens, parsed.env, [], shift=1)


def test_the_parser_is_imported_when_there_is_something_to_parse() -> None:
    code = "import sys, sitegen.notes.markdown; sys.exit('markdown_it' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
