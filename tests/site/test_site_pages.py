"""What holds for every page, in both languages; and what single pages say."""

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from site_fakebook import BOOK, CLIENTS, TEMPLATES, TODAY, config, entry, made, make

from sitegen.model import (
    Backer,
    Book,
    Client,
    Entry,
    Handover,
    Link,
    Network,
    PartialDate,
    Person,
    Plan,
    Problem,
    Promise,
    Reference,
    Where,
)

VOID = {"meta", "link", "input", "img", "br", "hr", "col", "wbr"}
LANGS = pytest.mark.parametrize("lang", ["en", "ja"])
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/2000/svg\b|json-schema\.org/draft/2020-12/schema\")")
"""An address elsewhere; the two that are only the names of a standard are none."""
COMMENT = re.compile(r"/\*.*?\*/|^//[^\n]*", re.DOTALL | re.MULTILINE)
ASKS = re.compile(
    r"XMLHttpRequest|WebSocket|EventSource|sendBeacon|sourceMappingURL|importScripts|\b(?:fetch|import)\s*\("
)
"""What a script asks others with."""
A_DATE = re.compile(rf"\b\d{{1,2}} (?:{MONTHS})\b|\d+月\d+日|\b\d{{4}}-\d\d-\d\d\b")


class Read(HTMLParser):
    """What a page holds, and whether its tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[int] = []
        self.last_p = ""
        self.bare: list[str] = []
        """Text outside `<time>`, `<code>`, `<title>` and what a problem says."""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "p":
            self.last_p = dict(attrs).get("class") or ""
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        if not {"time", "code", "title"} & set(self.open) and not self._in_problem():
            self.bare.append(data)

    def _in_problem(self) -> bool:
        return bool(self.last_p) and self.open[-1:] in (["p"], ["span"]) and self.last_p == "problem-text"

    def values(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]


def pages(lang: str) -> dict[str, Read]:
    return {path: Read(text) for path, text in made(lang).items() if path.endswith(".html")}


def own_scripts(path: str, page: Read) -> bool:
    """Every script is a classic file of ours that waits for the page: an asset, or the data of the picture."""
    scripts = [attrs for tag, attrs in page.tags if tag == "script"]
    root = "../" * path.count("/")
    own = re.compile(re.escape(root) + r"(?:assets/[\w./-]+|network/graph)\.js")
    return bool(scripts) and all(
        attrs.keys() == {"src", "defer"} and own.fullmatch(attrs["src"]) for attrs in scripts
    )


@LANGS
def test_every_link_leads_somewhere(lang: str) -> None:
    found = pages(lang)
    ids = {path: page.values("id") for path, page in found.items()}
    for path, page in found.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for url in page.values("href") + page.values("src"):
            if url.startswith(("mailto:", "tel:")):
                continue
            assert not re.match(r"[a-z]+:|/", url), (path, url)
            where, _, anchor = url.partition("#")
            target = normpath(join(dirname(path), unquote(where))) if where else path
            assert target in made(lang), (path, url)
            assert not anchor or unquote(anchor) in ids[target], (path, url)


@LANGS
def test_every_page_is_whole(lang: str) -> None:
    for path, page in pages(lang).items():
        tags = [tag for tag, _ in page.tags]
        assert tags.count("h1") == tags.count("main") == tags[: tags.index("body")].count("title") == 1, path
        assert ("html", lang) in [(tag, attrs.get("lang")) for tag, attrs in page.tags]
        assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False)), (
            path,
            page.headings,
        )
        metas = {
            attrs.get("name") or attrs.get("http-equiv"): attrs.get("content", "")
            for t, attrs in page.tags
            if t == "meta"
        }
        assert metas["robots"] == "noindex,nofollow"
        assert metas["referrer"] == "no-referrer"
        assert "default-src 'none'" in metas["Content-Security-Policy"]
        assert "unsafe" not in metas["Content-Security-Policy"]
        assert not page.values("style")
        assert "style" not in tags
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
        assert own_scripts(path, page), path


@LANGS
def test_nothing_is_loaded_from_outside(lang: str) -> None:
    """No address of another machine in any file. The libraries that we ship name some in the comments of their
    licences, never in their code; no script of theirs or ours can ask for anything.
    """
    for path, text in made(lang).items():
        code = COMMENT.sub("", text) if path.startswith("assets/vendor/") and path.endswith(".js") else text
        assert not OUTSIDE.search(code), path
        assert not path.endswith(".js") or not ASKS.search(code), path


@LANGS
def test_every_date_is_a_time(lang: str) -> None:
    for path, page in pages(lang).items():
        bare = [text for text in page.bare if A_DATE.search(text)]
        assert bare == [], path
        for tag, attrs in page.tags:
            if tag == "time":
                assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?|-W\d\d)?", attrs["datetime"]), path


def test_the_order_of_the_files() -> None:
    kinds = [path.split("/")[0] for path in make() if path.endswith((".css", ".html"))]
    firsts = list(dict.fromkeys(kinds))
    assert firsts[:2] == ["assets", "clients"]
    assert firsts[-3:] == ["lists", "problems.html", "index.html"]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert make() == make()


def test_a_new_day_leaves_client_pages_and_lists_alone() -> None:
    clients = tuple(c for c in CLIENTS)
    one, other = (make(replace(BOOK, clients=clients), today=day) for day in (TODAY, dt.date(2026, 11, 20)))
    changed = {path.split("/")[0] for path in one if one[path] != other[path]}
    assert {"due", "index.html", "reps.html"} <= changed
    assert (
        not {"clients", "lists", "backers", "backers.html", "solutions", "pages", "problems.html"} & changed
    )


def test_a_due_list_says_whom_to_see_and_why() -> None:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made()["due/tanaka.html"]))
    for wanted in (
        "Overdue 4", "Fri 13 Nov 6 days late 6 Nov + 7 days", "promised: send the basics outline",
        "Fri 20 Nov : meeting 10:00 with Ito Haruka, Kato Ken, Dana Smith", "asked to wait until 19 Nov",
        "left in peace until 18 Dec , after 3 contacts without an answer", "moved from Mon 23 Nov , Labor Thanksgiving Day",
        "Not on this list:",
    ):  # fmt: skip
        assert wanted in text, wanted
    assert "Old Mill" not in text


def test_every_client_stands_on_each_list_once() -> None:
    site = made()
    for kind in ("name", "kana", "stage-", "rep-"):
        text = "".join(t for path, t in site.items() if path.startswith(f"lists/{kind}"))
        links = re.findall(r'<th scope="row"[^>]*><a href="\.\./clients/([^"]+)\.html"', text)
        assert len(links) == len(set(links)) == len(CLIENTS), kind


def test_long_lists_are_cut_into_numbered_pages() -> None:
    site = {path: data.decode() for path, data in make(cfg=config(list_rows=3)).items()}
    rows = [site[f"due/tanaka{n}.html"].count('<tr class="row') for n in ("", "-2", "-3", "-4")]
    assert rows == [3, 3, 3, 2]
    assert 'href="../due/tanaka-2.html#next-week"' not in site["due/tanaka.html"]
    assert 'href="../due/tanaka-2.html#today"' in site["due/tanaka.html"]
    assert "lists/name-10.html" in site
    assert "lists/name-11.html" not in site


def test_the_client_page_tells_the_ten_years() -> None:
    text = made()["clients/yamato-precision.html"]
    assert [int(y) for y in re.findall(r'<h3 id="year-(\d+)"', text)] == list(range(2026, 2015, -1))
    assert text.count('class="entry ') == len(CLIENTS[0].entries)
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    for wanted in (
        "10 of 10.", "2 before the notes began.", "The door is open.", "Business came up on 27 Mar 2017 , at visit 6",
        "You never met: Dana Smith", "Qualified: a large client.", "¥12,000,000", "colour navy", "2021 nothing written",
        "HR head · 2019 to Mar 2026", "put off 5 times",
    ):  # fmt: skip
        assert wanted in plain, wanted
    assert 'href="mailto:ito@example.jp"' in text
    assert 'href="tel:0300000001"' in text
    assert '<a class="to client" href="../clients/hakone-hotels.html">Hakone Hotels</a>' in text
    assert '<a class="to client" href="../clients/yamato-precision.html#person-1">Sato Kenji</a>' in text
    assert '<a href="../clients/yamato-precision.html#2026-11-06">' in made()["clients/hakone-hotels.html"]


def test_a_link_that_goes_nowhere_is_plain_text() -> None:
    client = Client(
        key="a", path="a.md", name="A", html="<p>See \x000\x00 and \x001\x00 and \x007\x00.</p>",
        links=(Link("B", "", "<B>", Where("a.md")), Link("C", "", "C", Where("a.md"))),
    )  # fmt: skip
    site = make(Book(clients=(client,)), net=Network({"a.md": (None,)}, {}, (), {}))
    assert b"See &lt;B&gt; and C and ." in site["clients/a.html"]


def test_a_future_entry_is_planned() -> None:
    client = Client(
        key="a",
        path="a.md",
        name="A",
        entries=(entry(dt.date(2026, 12, 1), ("Ito",)), entry(dt.date(2026, 11, 2))),
    )
    text = make(Book(clients=(client,)))["clients/a.html"].decode()
    planned, story = text.split('id="story"')
    assert 'id="2026-12-01"' in planned
    assert 'id="2026-11-02"' in story


def test_private_problems_reach_no_page() -> None:
    for path, data in make().items():
        assert b"top secret" not in data, path
        assert b"secret.md" not in data, path


def test_no_problems_is_said_friendly() -> None:
    assert b"Nothing to mend" in make(replace(BOOK, problems=()))["problems.html"]


def test_an_empty_book_is_a_site() -> None:
    site = make(Book(), net=Network({}, {}, (), {}))
    assert {"index.html", "problems.html", "lists/name.html", "backers.html", "reps.html"} <= site.keys()
    front = site["index.html"].decode()
    assert "No client yet" in front
    assert 'id="reps"' not in front
    assert 'id="worst"' not in front


def test_a_team_replaces_a_template_and_extends_another(tmp_path: Path) -> None:
    (tmp_path / "due-row.html").write_text("<tr class='own'><td>{{ row.name }}</td></tr>", encoding="utf-8")
    (tmp_path / "problems.html").write_text(
        "{% extends 'kayoi/problems.html' %}{% block title %}Ours{% endblock %}", encoding="utf-8"
    )
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "kayoi.css").write_text("body { color: navy }", encoding="utf-8")
    site = make(templates=(tmp_path, TEMPLATES))
    assert b"<tr class='own'><td>Kamata Bearings</td></tr>" in site["due/tanaka.html"]
    assert b"<title>Ours" in site["problems.html"]
    assert b"Nothing to mend" not in site["problems.html"]
    assert site["assets/kayoi.css"] == b"body { color: navy }"
    assert site["assets/kayoi.js"] == (TEMPLATES / "assets" / "kayoi.js").read_bytes()


def test_a_typing_slip_in_a_teams_template_is_an_error(tmp_path: Path) -> None:
    from jinja2 import UndefinedError

    (tmp_path / "page.html").write_text("{{ view.titel }}", encoding="utf-8")
    with pytest.raises(UndefinedError):
        make(templates=(tmp_path, TEMPLATES))


EVIL = "<script>alert(1)</script>"
HOSTILE = st.sampled_from(
    [EVIL, "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "{{ 7 * 7 }}{% raw %}", "javascript:alert(1)",
     "</title><script>", "a&b<c>", "]]>", "\x00 0\x00", "\u202eevil", "../../etc", "con", "🦊", "&#60;script&#62;"]
)  # fmt: skip
TEXT = st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=12))


@st.composite
def hostile_clients(draw: st.DrawFn) -> Client:
    def text() -> str:
        return draw(TEXT)

    day = dt.date(2026, 11, 6)
    name = text()
    return Client(
        key=text(), path=text(), name=name, native=text(), reading=text(), stage=text(), owner=text(),
        handovers=(Handover(text(), day),), since=PartialDate(2016), size=text(), prestige=True,
        backers=(Backer(text(), text()),), area=text(), address=text(), phone=text(), product=text(), value=1,
        reference=Reference(text(), True, True, PartialDate(2020, 2), text()),
        people=(Person(name, text(), text(), text(), PartialDate(2020), None, text(), text(), text(), text()),),
        offers=(text(),), seeks=(text(),), gifts=False,
        next=Plan(dt.date(2026, 11, 25), text(), text(), (text(),), text()),
        wait_until=PartialDate(2026, 12), tags=(text(),), aliases=(text(),), extra=((text(), text()),),
        entries=(Entry(day, text(), text(), True, (name, text()), text(), (text(),), gist=text(), anchor="2026-11-06",
                       promises=(Promise(text(), "open", day), Promise(text(), "kept", None))),),
        promises=(Promise(text(), "cancelled", day),),
    )  # fmt: skip


@settings(
    max_examples=18,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(hostile_clients(), TEXT, TEXT)
def test_what_people_type_is_text(client: Client, message: str, excerpt: str) -> None:
    problem = Problem(Where(client.path, 1, 3), "date-impossible", (("date", message),), excerpt, excerpt)
    site = make(Book(clients=(client,), problems=(problem,)), net=Network({}, {}, (), {}))
    for path, data in site.items():
        if not path.endswith(".html"):
            continue
        page = Read(data.decode())
        assert own_scripts(path, page), path
        assert "img" not in {t for t, _ in page.tags}
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
        assert not [u for u in page.values("href") if u.lower().startswith(("javascript:", "data:", "//"))]
        assert b"49" not in re.findall(rb"\{\{.*?\}\}", data)


def test_every_page_of_the_sample_has_a_title_of_its_own(sample: Path, sample_ja: Path):
    for folder in (sample, sample_ja):
        titles: dict[str, list[str]] = {}
        for file in folder.rglob("*.html"):
            title = re.findall(r"<title>(.*?)</title>", file.read_text(encoding="utf-8"), re.DOTALL)[0]
            titles.setdefault(title, []).append(file.relative_to(folder).as_posix())
        assert {title: found for title, found in titles.items() if len(found) > 1} == {}


def test_in_japanese_reps_go_by_their_japanese_names_and_brackets_are_wide(sample_ja: Path):
    for path in ("index.html", "data.html", "reps.html"):
        html = (sample_ja / path).read_text(encoding="utf-8")
        assert "小林 直子" in html
        assert "Kobayashi Naoko" not in html, path
    for file in (sample_ja / "clients").glob("*.html"):
        needs = file.read_text(encoding="utf-8").partition('class="basics"')[2].partition("</section>")[0]
        assert not re.search(r"</a>\. <|</span>\. <|\) ?[、<]", re.sub(r"</?bdi[^>]*>", "", needs)), file.name
