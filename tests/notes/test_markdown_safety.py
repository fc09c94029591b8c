"""Any text gives safe HTML, at once."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.notes.markdown import WikiLink, parse, plain, render

VOID = {"br", "hr", "img", "input"}
TAGS = {
    *(
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "div",
        "section",
        "pre",
        "code",
    ),
    *("em", "strong", "s", "a", "sup", "table", "thead", "tbody", "tr", "th", "td"),
} | VOID
ATTRIBUTES = {
    *(
        "class",
        "href",
        "rel",
        "title",
        "src",
        "alt",
        "loading",
        "id",
        "value",
        "start",
        "style",
        "data-callout",
    ),
    *("type", "disabled", "checked", "aria-label"),
}


class Checker(HTMLParser):
    """Fails on tags that are not closed in order, and on whatever notes have no way to make."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert not (tag == "a" and "a" in self.open)
        for name, value in attrs:
            assert name in ATTRIBUTES
            assert name != "style" or value in ("text-align:left", "text-align:right", "text-align:center")
            if name in ("href", "src"):
                check_address(tag, name, value or "")
            if name == "id":
                self.ids.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def check_address(tag: str, name: str, url: str) -> None:
    # What a browser does before it looks for a scheme.
    seen = "".join(c for c in url if c not in "\t\r\n").strip("".join(map(chr, range(33)))).replace("\\", "/")
    assert not seen.startswith("//")
    head = seen.split("/")[0].split("?")[0].split("#")[0].lower()
    scheme = head.split(":")[0] if ":" in head else ""
    if scheme.isascii() and scheme.replace("+", "").replace("-", "").replace(".", "").isalnum():
        assert scheme in ("http", "https", "mailto", "tel")
        assert name == "href" or tag == "a"


def check(text: str) -> str:
    parsed = parse(text)
    links: list[WikiLink] = []
    html = render(parsed.tokens, parsed.env, links)
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []
    assert len(set(checker.ids)) == len(checker.ids)
    assert html.count("\0") == 2 * len(links)
    assert all(f"\0{n}\0" in html for n in range(len(links)))
    assert all(target and shown for target, _, shown in links)
    assert "\0" not in plain(parsed.tokens)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(0 <= t.map[0] <= t.map[1] <= lines for t in parsed.tokens if t.map)
    return html


PARTS = [
    *("[", "]", "(", ")", "[[", "]]", "![", "](", "<", ">", "**", "*", "_", "~~", "`", "```\n", "\n", "\n\n", " ", "    ", "\t"),
    *("- ", "・", "1. ", "> ", "# ", "| ", "|-|\n", "---\n", "===\n", "[ ] ", "[x] ", "[-] ", "[^1]", "[^1]: ", "[!note]", "[a]: "),
    *("a", "重要", "「", "」", "。", "\x00", "\r", "\u3000", "\\", "&", "&#0;", "&lt;", "&#x6A;", "%", "%5C", ":", "/", "//", "\\\\"),
    *("javascript:", "java\tscript:", "data:", "http://", "x.png", "ms-excel:", "<script>", "</p>", "<img onerror=x>", '"', "'"),
    *(" onclick=x", "-->", "<!--", "[[a|b]]", "[[a#b]]", "📅", "\u0301", "\U000e0100", "[a](b)", "![a](http://b)", "[a]"),
]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_marks_in_any_order_give_safe_html(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_safe_html(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["word", "重要", "> ", "- ", "・", "\n", "1. ", "[^1]: ", "[^2]", " "]), max_size=200).map("".join))  # fmt: skip
def test_no_word_is_lost(text: str) -> None:
    html = check(text)
    assert html.count("word") >= text.count("word")
    assert html.count("重要") >= text.count("重要")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        '[a](/x "\\" onmouseover=\\"x")',
        "![a](x.png 'a\" onerror=\"b')",
        "```js\" onload=x\ny\n```",
        "<https://e.jp/\" onclick=x>",
        '> [!a" onclick=x]\n> b',
        "- [ ] a\" onfocus=x autofocus",
        "<a:b\"onclick=x>",
        "[a]: javascript:x\n\n[a]",
        "&lt;script&gt;&#60;script>",
        "`<script>`",
        "    <script>",
        "| <script> |\n|---|\n| [x](data:x) |",
        "[^<b>]\n\n[^<b>]: <script>",
        "http://[",
        "[a](http://[)",
        "[a](http://[::1]:80/%zz)",
        "<http://\udbff>".encode("utf-8", "replace").decode(),
    ],
)  # fmt: skip
def test_nasty_texts(text: str) -> None:
    assert "<script" not in check(text)


DEEP = {
    "quotes": ">" * 10_000,
    "spaced quotes": "> " * 10_000,
    "brackets": "[" * 10_000,
    "closed brackets": "[" * 5_000 + "]" * 5_000,
    "images": "![" * 5_000,
    "closed images": "![" * 3_000 + "](a)" * 3_000,
    "wikilinks": "[[a|" * 5_000,
    "stars": "*" * 5_000,
    "starred letters": "*a **b _c " * 2_000,
    "stars beside Japanese": "**「" * 4_000,
    "tildes": "~~a" * 4_000,
    "dashes": "- " * 10_000,
    "wide bullets": "・ " * 10_000,
    "numbers": "1. " * 5_000,
    "steps": "\n".join("  " * n + "- a" for n in range(400)),
    "quote steps": "\n".join(">" * n + " a" for n in range(300)),
    "backticks": "".join("e" + "`" * n for n in range(400)),
    "links": "[a](<b" * 4_000,
    "footnotes": "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(1_000)) + "[^0]",
    "nested footnotes": "[^a]: " * 3_000,
    "definitions": "".join(f"[r{n}]: u\n" for n in range(2_000)),
    "callouts": "> [!note]\n" * 2_000,
    "table": "|" * 2_000 + "\n" + "|-" * 2_000 + "\n" + "|a" * 2_000,
    "soft breaks": "**\n" * 4_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_no_depth_or_length_takes_more_than_a_moment(text: str) -> None:
    start = time.process_time()
    check(text)
    assert time.process_time() - start < 5  # most take 0.1 s; a busy machine is no reason to fail
