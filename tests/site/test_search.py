"""Search: folding, words, codes, shards, and what the files hold and never hold."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from site_fakebook import BOOK, CLIENTS, TEMPLATES, TODAY, entry, network, simple

from sitegen.build import Project, find
from sitegen.config import Config
from sitegen.doctrine.rules import facts as facts_of
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Backer, Client, Link, Person, Where
from sitegen.site.beside import written
from sitegen.site.messages import load_messages
from sitegen.site.opening import make_site
from sitegen.site.search.files import (
    SLICES,
    WORDS,
    patched_shards,
    script,
    search_files,
    shard_file,
    slice_of,
)
from sitegen.site.search.folding import CJK, LETTER, LONGEST, STOP, folded, is_han, stem, terms
from sitegen.site.search.postings import (
    Postings,
    differences,
    number_of,
    page_codes,
    patched,
    shard_count,
    shard_of,
)
from sitegen.site.search.sounds import alike, sound
from sitegen.site.search.texts import client_parts, words_of

CASES = yaml.safe_load((Path(__file__).parent / "search_cases.yml").read_text(encoding="utf-8"))
EN = load_messages("en", [TEMPLATES])
EVIL = "</script><!--<script>&\u2028\u2029]]>"


def value(data: str, name: str) -> list[object]:
    """What a script of the index hands over."""
    found = re.fullmatch(rf"Kayoi\.search\.{name}\((.*)\);\n", data)
    assert found, data[:80]
    return list(json.loads(f"[{found[1]}]"))


def built(*clients: Client) -> dict[str, str]:
    """The index of a book of these clients."""
    cfg = Config()
    facts = {c.key: facts_of(c, cfg, Workdays(cfg), TODAY, lambda name: "") for c in clients}
    site = make_site(replace(BOOK, clients=clients), network(), facts, cfg, TODAY, EN, lambda day: "")
    return {path: data.decode() for path, data in written(search_files(site))}


def lines_of(files: dict[str, str]) -> list[list[str]]:
    names = value(files["search/names.js"], "names")[1]
    return [line.split("\t") for line in str(names).split("\n")]


@pytest.mark.parametrize(("text", "wanted"), CASES["folded"])
def test_folding(text: str, wanted: str) -> None:
    assert folded(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), CASES["terms"])
def test_terms(text: str, wanted: list[str]) -> None:
    told = terms(folded(text)).split()
    assert set(told) == set(wanted)
    assert len(told) == len(set(told))


@pytest.mark.parametrize(("reading", "typed"), CASES["sounds"])
def test_sounds(reading: str, typed: list[str]) -> None:
    assert {alike(latin) for latin in typed} == {sound(reading)}


def test_what_is_no_kana_has_no_sound() -> None:
    assert sound("大和 せいみつ") == ""


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_is_done_once_for_all_and_line_by_line(text: str) -> None:
    once = folded(text)
    assert once.count("\n") == text.count("\n")
    assert once.split("\n") == [folded(line) for line in text.split("\n")]


@settings(deadline=None)
@given(st.text("ヤマトﾔﾏﾄ゛ﾞガか゛aＡōŌ ー　田𠮷"), st.text("大和ab \n"))
def test_what_is_written_is_found_by_its_own_words(text: str, around: str) -> None:
    """The words of a line are all among the words of the text that it stands in."""
    assert set(terms(folded(text)).split()) <= set(terms(folded(f"{around}\n{text}\n{around}")).split())


@settings(deadline=None)
@given(st.text("大和をこと𠮷ヤa0é- \n\0"), st.sampled_from(["", "です", "の" * 30, "a" * 30, "the and"]))
def test_words_and_pairs_are_told_once_in_the_order_in_which_they_stand(text: str, more: str) -> None:
    plain = folded(f"{text}{more}{text}")
    runs = re.findall(f"[{CJK}]+", plain)
    pairs = [run[n : n + 2] for run in runs for n in range(len(run) - 1)]
    ends = [run[-1] for run in runs if is_han(run[-1])]
    words = [word[:LONGEST] for word in re.findall(f"[{LETTER}]+", plain) if len(word) > 1]
    once = [list(dict.fromkeys(some)) for some in (pairs, ends, words)]
    assert terms(plain).split(" ") == [one for some in once for one in some if one not in STOP] or not terms(
        plain
    )
    assert bool(terms(plain)) == any(one not in STOP for some in once for one in some)


@settings(deadline=None)
@given(st.text())
def test_text_is_written_as_json_that_ends_no_script(text: str) -> None:
    told = script("text", text).decode()
    assert value(told, "text") == [text]
    assert not set(told) & set("<>&\u2028\u2029")
    assert EVIL.encode() not in script("text", f"{text}{EVIL}")


def test_a_word_and_its_beginning_from_four_letters_share_a_shard() -> None:
    assert stem("visitors") == stem("visi") == "visi"
    assert stem("鉄") == stem("鉄道")
    assert stem("こと") == "こと"


def test_codes_are_the_same_whatever_the_order_and_never_shared() -> None:
    paths = [f"clients/{n}.html" for n in range(30_000)]
    codes = page_codes(paths)
    assert len(set(codes.values())) == len(paths)
    assert page_codes(reversed(paths)) == codes
    assert all(re.fullmatch("[0-9a-z]{5}", code) for code in codes.values())
    few = page_codes(paths[:10_000])
    assert sum(few[path] != codes[path] for path in few) < 10


def test_shards_grow_with_the_book_by_doubling() -> None:
    assert [shard_count(n) for n in (0, 56, 320, 321, 1000, 10_000, 20_000, 10**6)] == [
        8, 8, 8, 16, 32, 256, 512, 1024
    ]  # fmt: skip


def test_a_posting_stands_in_its_words_shard() -> None:
    postings = Postings()
    postings.add(b"aaaaa", [b"forklift"])
    postings.add(b"zzzzz", [b"forklift", "電話".encode()])
    shards = {number: lines.decode() for number, lines in postings.shards(8)}
    assert sorted(shards) == list(range(8))
    assert shards[number_of("fork") % 8].split("\n")[0] == "forklift aaaaazzzzz"
    assert "電話 zzzzz" in shards[number_of("電") % 8].split("\n")


words = st.sets(
    st.sampled_from(
        ["forklift", "forks", "電話", "電車", "こと", "the", "zz", "製", "ōta", "visit", "visits"]
    )
)
pages = st.dictionaries(st.sampled_from(["aaaaa", "aaaab", "k0k0k", "zzzzz"]), words)


def shards_of(held: dict[str, set[str]]) -> dict[int, bytes]:
    postings = Postings()
    for code in sorted(held):
        postings.add(code.encode(), [word.encode() for word in held[code]])
    return dict(postings.shards(8))


def of_slice(mine: int, word: bytes) -> bool:
    return slice_of(shard_of(word, 8), 8) == mine


@settings(deadline=None)
@given(pages)
def test_slices_of_shards_are_all_shards(held: dict[str, set[str]]) -> None:
    found: dict[int, bytes] = {}
    for mine in range(SLICES):
        postings = Postings(partial(of_slice, mine))
        for code in sorted(held):
            postings.add(code.encode(), [word.encode() for word in held[code]])
        found |= {number: lines for number, lines in postings.shards(8) if slice_of(number, 8) == mine}
    assert found == shards_of(held)


@settings(deadline=None)
@given(pages, pages)
def test_shards_that_are_patched_are_those_made_anew(
    before: dict[str, set[str]], now: dict[str, set[str]]
) -> None:
    """Pages come, go, gain and lose words: only what changed is touched, and a shard of other pages is refused."""
    old, new = shards_of(before), shards_of(now)
    changes = differences(
        (
            (code, *([word.encode() for word in held.get(code, ())] for held in (before, now)))
            for code in {*before, *now}
        ),
        8,
    )
    assert {number for number in old if old[number] != new[number]} == changes.keys()
    files = {f"search/s/{number}.js": shard_file(number, lines) for number, lines in old.items()}
    told = (
        (code, *(" ".join(sorted(held.get(code, ()))).encode() for held in (before, now)))
        for code in {*before, *now}
    )
    files.update(patched_shards(told, 8, files.__getitem__))
    assert [*files.values()] == [shard_file(number, lines) for number, lines in new.items()]
    for number, change in changes.items():
        with pytest.raises(ValueError, match="shard"):
            patched(new[number], change)


def client(**more: object) -> Client:
    return simple("x", "Xenon Works", "ゼノン製作所", "ぜのんせいさくしょ", "wtt", "tanaka", "Ōta", **more)


def test_the_words_of_a_client_come_from_everything_that_it_tells() -> None:
    made = client(
        people=(Person("Ueda Shin", "うえだ しん", "Plant manager"),), tags=("maintenance",), product="coaching",
        offers=("fittings",), seeks=("warehouse",), backers=(Backer("Tokio Bank"),), aliases=("XW",),
        extra=(("fleet", "forty lorries"),), entries=(entry(dt.date(2026, 1, 5), (), "They <em>laugh</em>ed &amp; left."),),
    )  # fmt: skip
    words = words_of(client_parts(made)).split()
    wanted = "xenon ota ueda plant maintenance coaching fittings warehouse tokio xw fleet lorries laughed left 製作 えだ"
    assert set(wanted.split()) <= set(words)
    assert "amp" not in words
    assert "em" not in words


def test_link_marks_become_what_is_shown_for_them() -> None:
    link = Link("hakone", "", "箱根ホテル", Where("a.md"))
    parts = client_parts(client(html="<p>By \x000\x00 and \x007\x00.</p>", links=(link,)))
    assert parts[1].text == "By 箱根ホテル and ."


def test_no_control_character_of_a_note_upsets_the_parts() -> None:
    link = Link("a\x02b", "", "", Where("a.md"))
    made = client(
        html="<p>x\x02y\x01z &#2; \x000\x00</p>",
        links=(link,),
        entries=(entry(dt.date(2026, 1, 5), (), "w"),),
    )
    assert [part.text for part in client_parts(made)[1:]] == ["x y\nz a b", "w"]


def test_blocks_are_lines_and_broken_japanese_lines_are_joined() -> None:
    made = client(
        entries=(
            entry(
                dt.date(2026, 1, 5),
                (),
                "一つ目を検\n討中。</p>\n<ul>\n<li>次回</li>\n<li>見積<br />り</li></ul><p>",
            ),
        )
    )
    part = client_parts(made)[1]
    assert part.anchor == "2026-01-05"
    assert folded(part.text).split("\n") == ["一つ目を検討中。", "次回", "見積", "り"]
    assert "検討" in words_of(client_parts(made)).split()
    assert "中次" not in words_of(client_parts(made)).split()


def test_every_file_is_one_call_with_plain_values() -> None:
    files = built(*CLIENTS)
    assert all(re.fullmatch(r"search/(words|names|[st]/[0-9a-z]+)\.js", path) for path in files)
    texts = [path for path in files if path.startswith("search/t/")]
    assert len(texts) == len(CLIENTS) + len(BOOK.reps) + 1 + len(BOOK.solutions) + len(BOOK.pages)
    for path, data in files.items():
        name = {"w": "words", "n": "names", "s": "shard", "t": "text"}[path.split("/")[1][0]]
        assert value(data, name)
    lines = lines_of(files)
    assert {line[0] for line in lines} == set("bchrsp")
    assert next(line for line in lines if line[0] == "c" and line[6] == "Kamata Bearings")[2:6] == [
        "kamata-bearings", "3", "1", "2026-11-06"
    ]  # fmt: skip


def test_nothing_breaks_out_of_its_script() -> None:
    evil = client(
        people=(Person(EVIL),), aliases=("tab\there\nand a line",),
        entries=(entry(dt.date(2026, 1, 5), (), "&lt;/script&gt;&lt;!--"),),
    )  # fmt: skip
    files = built(replace(evil, name=EVIL, key=EVIL))
    for path, data in files.items():
        assert path.isascii()
        assert not re.search("[<>&\u2028\u2029]", data), path
    assert any(line[0] == "h" and line[2].startswith("</script><!--<script>&") for line in lines_of(files))
    assert value(script("text", EVIL).decode(), "text") == [EVIL]


def test_an_edit_changes_only_the_shards_of_its_words() -> None:
    before = built(*CLIENTS)
    wanted = number_of(stem("zygote")) % 8
    edited = replace(CLIENTS[3], tags=(*CLIENTS[3].tags, "zygote"))
    after = built(*CLIENTS[:3], edited, *CLIENTS[4:])
    changed = {path for path in after if before.get(path) != after[path]}
    assert [path for path in sorted(changed) if "/s/" in path] == [f"search/s/{wanted}.js"]
    assert len([path for path in changed if "/t/" in path]) == 1
    assert len(changed) == 2, "names.js tells nothing of tags"
    assert before.keys() == after.keys()


def test_the_same_book_gives_the_same_bytes_in_any_order() -> None:
    assert built(*CLIENTS) == built(*reversed(CLIENTS))


PRIVATE = {
    "clients/tanaka/open.md": """---
name: Open Works
---
Plain words %% hushhush %% and [[Closed Works]].

## 2026-01-05 visit with Abe

Publicword.

## 2026-02-05 visit with Abe #private

Secretword.
""",
    "clients/tanaka/closed.md": "---\nname: Closed Works\nprivate: true\n---\nConfidentialword.\n",
}


def test_what_is_private_stands_in_no_file(tmp_path: Path) -> None:
    for path, text in PRIVATE.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text, encoding="utf-8")
    cfg, today = Config(), dt.date(2026, 11, 19)
    found = find(Project(tmp_path, cfg), today)
    site = make_site(found.book, found.network, found.facts, cfg, today, EN, lambda day: "")
    told = "".join(data.decode() for _, data in written(search_files(site))).lower()
    assert "publicword" in told
    assert not re.search("hushhush|secretword|confidentialword|2026-02-05|closed\\.md", told)
    assert "tclosed works" not in told, "only what the link shows, as on the page"


def test_the_dialog_says_every_message_and_no_other() -> None:
    catalogue = EN.texts
    assert sorted(f"search.{word}" for word in WORDS) == sorted(
        k for k in catalogue if k.startswith("search.")
    )
    scripts = [(TEMPLATES / "assets" / f"search-{part}.js") for part in ("box", "hits")]
    box = "".join(script.read_text(encoding="utf-8") for script in scripts)
    used = set(re.findall(r"""say(?:\.|\[")([\w-]+)|"(is-\w+)\"""", box))
    named = {a or b for a, b in used} | {"open", "clients", "people", "backed", "others", "text"}
    assert sorted(named) == sorted(WORDS)
