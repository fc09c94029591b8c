from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.notes.fm_nodes import DEPTH, Node
from sitegen.notes.frontmatter import LIMIT, Head, Parts, load, split, unfenced
from sitegen.notes.note import read_client as read_note
from sitegen.notes.note import read_note as whole_note
from sitegen.notes.problems import FILLER
from sitegen.notes.reading import decode
from sitegen.notes.schema import read_client

MESSAGES = Path(__file__).parents[2] / "templates" / "messages"


def plain(node: Node) -> Any:
    if node.kind == "text":
        return node.text
    if node.kind == "list":
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def values(head: Head) -> dict[str, Any]:
    return {key.text: plain(value) for key, value in head.pairs}


def test_split_keeps_line_numbers() -> None:
    assert split("---\nname: X\n---\n# Title\n") == Parts("name: X", 2, "# Title\n", 4)
    assert split("\n---\nname: X\n...\nbody") == Parts("name: X", 3, "body", 5)
    assert split("---\n---\nbody") == Parts("", 2, "body", 3)


@pytest.mark.parametrize(
    "text", ["", "# Title\n\ntext", "---\n\nA line above, and no key.\n\n---\nmore", "name: X\n---\n"]
)
def test_text_without_front_matter_is_all_body(text: str) -> None:
    assert split(text) == Parts("", 1, text, 1)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("\nname: X\nstage: won\n\ntext", "name: X\nstage: won"),
        ("name： X\npeople:\n  - Sato\n- Ito\n---\ntext", "name： X\npeople:\n  - Sato\n- Ito"),
        ("private: true\n", "private: true"),
        ("note: he called\n\ntext", ""),
        ("Phone: 03\nFax: 04", ""),
        ("name: X\nstage: won\nand a sentence", ""),
        ("", ""),
    ],
)
def test_front_matter_between_no_lines_of_dashes(text: str, keys: str) -> None:
    assert unfenced(text) == keys


def test_a_note_without_its_dashes_is_told_and_stays_private() -> None:
    told = read_note(b"\nname: X\nstage: won\n\n## 2026-11-06 visit\n", "clients/a/x.md", Config())
    assert [(p.code, p.where.line, p.mend, p.severity) for p in told.problems] == [
        ("head-no-fence", 2, "---", "warning")
    ]
    assert not told.client.private
    assert len(told.client.entries) == 1
    secret = read_note(b"name: X\nprivate: true\n\ntext", "clients/a/x.md", Config())
    assert secret.client.private
    assert all(p.private for p in secret.problems)


def test_front_matter_that_never_ends() -> None:
    parts = split("---\nname: X\nstage: won\n\nFree text.\n\n## 2026-11-06 visit\n")
    assert (parts.head, parts.body_line, parts.closed) == ("name: X\nstage: won", 4, False)
    assert split("---\nname: X\n## 2026-11-06 visit").body == "## 2026-11-06 visit"
    assert split("---\nname: X\n\nprivate: true\n\ntext").head == "name: X\n\nprivate: true"
    assert [p.code for p in load(parts.head, 2, "a.md", closed=False)[1]] == ["head-open"]


def test_every_value_stays_text_and_has_its_place() -> None:
    head, problems = load(
        "a: no\nb: 12:30\nc: 0123\nd: 2026-11-06\ne: ~\nf: [1.0, {g: on}]\nh: 'null'", 2, "a.md"
    )
    assert problems == ()
    assert values(head) == {
        "a": "no",
        "b": "12:30",
        "c": "0123",
        "d": "2026-11-06",
        "e": "~",
        "f": ["1.0", {"g": "on"}],
        "h": "null",
    }
    assert [value.empty for _, value in head.pairs] == [False, False, False, False, True, False, False]
    assert [(key.place, value.place) for key, value in head.pairs][:2] == [((2, 1), (2, 4)), ((3, 1), (3, 4))]


@pytest.mark.parametrize(
    ("written", "code", "mend", "read"),
    [
        ("stage：probable", "head-wide-colon", "stage: probable", "probable"),
        ("stage:probable", "head-tight-colon", "stage: probable", "probable"),
        ("name: Foo: bar", "head-colon-inside", 'name: "Foo: bar"', "Foo: bar"),
        ('name: Foo: the "bar"', "head-colon-inside", "name: 'Foo: the \"bar\"'", 'Foo: the "bar"'),
        ("name: [[X]]", "head-link-bare", 'name: "[[X]]"', "[[X]]"),
        ("name: [[X]] Ltd", "head-link-bare", 'name: "[[X]] Ltd"', "[[X]] Ltd"),
        ("backers: [[A]], [[B]]", "head-link-bare", 'backers: ["[[A]]", "[[B]]"]', ["[[A]]", "[[B]]"]),
        ("backers:\n  - [[A]]", "head-link-bare", '  - "[[A]]"', ["[[A]]"]),
        ("backers: [[[A]], B]", "head-link-bare", 'backers: ["[[A]]", B]', ["[[A]]", "B"]),
        (
            "next: {with: [[A]], step: x}",
            "head-link-bare",
            'next: {with: "[[A]]", step: x}',
            {"with": "[[A]]", "step": "x"},
        ),
        (
            "p:\n  - {name: M, role: Head, HR, level: w}",
            "head-comma",
            '  - {name: M, role: "Head, HR", level: w}',
            [{"name": "M", "role": "Head, HR", "level": "w"}],
        ),
        ("p: {name：M, role: x}", "head-wide-colon", "p: {name: M, role: x}", {"name": "M", "role": "x"}),
        ("p: {name:M, role: x}", "head-tight-colon", "p: {name: M, role: x}", {"name": "M", "role": "x"}),
        ("p: {role: HR: head}", "head-colon-inside", 'p: {role: "HR: head"}', {"role": "HR: head"}),
        ("p:\n  - name: M\n    role：x", "head-wide-colon", "    role: x", [{"name": "M", "role": "x"}]),
        ("p:\n  - name：M\n", "head-wide-colon", "  - name: M", [{"name": "M"}]),
        ("p:\n\t- M", "head-tab", "  - M", ["M"]),
        ("p:\n  -M\n  - N", "head-tight-dash", "  - M", ["M", "N"]),
        ('name: "Foo', "head-open-quote", 'name: "Foo"', "Foo"),
        ("name: 'it's'", "head-open-quote", "name: \"'it's'\"", "'it's'"),
        ("tags: [a, b", "head-open-bracket", "tags: [a, b]", ["a", "b"]),
        ("tags: ［a、b］", "head-wide-mark", "tags: [a, b]", ["a", "b"]),
        ("name: @foo", "head-reserved", 'name: "@foo"', "@foo"),
        ("name: *foo*", "head-reserved", 'name: "*foo*"', "*foo*"),
        ("name: &Co", "head-reserved", 'name: "&Co"', "&Co"),
        ("name:　X", "head-wide-space", "name: X", "X"),
    ],
)
def test_each_slip_has_its_message_and_is_read_as_mended(
    written: str, code: str, mend: str, read: Any
) -> None:
    for after in ("", "\nowner: tanaka"):
        head, problems = load(f"area: Ōta\n{written}{after}", 2, "a.md")
        assert [(p.code, p.mend, p.severity) for p in problems] == [(code, mend, "warning")]
        assert list(values(head).values())[1] == read
        assert len(head.pairs) == 2 + bool(after)


def test_what_cannot_be_mended_costs_itself_only() -> None:
    head, problems = load("name: X\nwhat is this\nstage: won\n? [a]\npeople:\n  - A\n  ]]\n  - B", 2, "a.md")
    assert values(head) == {"name": "X", "stage": "won", "people": ["A", "B"]}
    assert {p.code for p in problems} == {"head-broken", "head-key"}
    assert [p.where.line for p in problems][:1] == [3]


def test_twice_the_same_key() -> None:
    head, problems = load("name: X\np: {a: 1, a: 2}\nname: Y", 2, "a.md")
    assert values(head) == {"name": "X", "p": {"a": "1"}}
    assert [(p.code, p.where.line, dict(p.params)) for p in problems] == [
        ("head-twice", 3, {"key": "a", "first": "3"}),
        ("head-twice", 4, {"key": "name", "first": "2"}),
    ]


def test_private_stays_out_of_values_excerpts_and_mends() -> None:
    head, problems = load("name: %%SECRET%% Yamato\n%%\nold: SECRET\n%%\nx: [a %%SECRET\nSECRET", 2, "a.md")
    assert values(head)["name"] == "Yamato"
    assert [p.code for p in problems] == ["private-unclosed", "head-open-bracket"] or problems
    assert "SECRET" not in repr((values(head), problems))
    head, problems = load("a: b: c # SECRET\nd: [ # SECRET\ne: 'x # SECRET\nf: {g：h} # SECRET", 2, "a.md")
    assert len(problems) >= 4
    assert "SECRET" not in repr(problems)
    kept, _ = load("name: %%old%% Yamato", 2, "a.md", keep=True)
    assert values(kept)["name"] == "old Yamato"


def test_nesting_aliases_and_size_are_bounded() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
        for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    for text in (
        bomb,
        "a: " + "[" * 30_000,
        "a: " + "{a: " * 15_000,
        "- " * 30_000,
        "? " * 30_000,
        "a: &a [*a]",
        "[\n" * 30_000,
        'a: "\n' * 10_000,
    ):
        head, problems = load(f"name: X\n{text}\nstage: won", 2, "a.md")
        assert problems
        assert values(head).get("name") == "X"
    head, problems = load(f"name: X\na: {'[' * (DEPTH + 1)}{']' * (DEPTH + 1)}", 2, "a.md")
    assert [p.code for p in problems] == ["head-deep"]
    head, problems = load("name: X\nprivate: true\n# " + "x" * LIMIT, 2, "a.md")
    assert [p.code for p in problems] == ["head-large"]
    assert head.suspect


def test_what_is_lost_may_have_said_private() -> None:
    assert load("name: X\nprivate true", 2, "a.md")[0].suspect
    assert load("name: X\n? [private: true", 2, "a.md")[0].suspect
    assert not load("name: X\nwhat is this", 2, "a.md")[0].suspect


parts = st.sampled_from(
    [
        "name",
        "private",
        "people",
        "stage",
        ": ",
        ":",
        "：",
        "\n",
        "\n",
        "  ",
        "- ",
        "-",
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "'",
        "%%",
        "#",
        " # x",
        "[[",
        "]]",
        "&a",
        "*a",
        "!",
        "|",
        ">",
        "?",
        "\t",
        "　",
        "true",
        "2026-02-30",
        "---\n",
        "~",
        "\\",
        FILLER,
    ]
)
heads = st.lists(parts, max_size=30).map("".join)


@settings(deadline=None)
@given(st.binary(max_size=120) | heads.map(lambda head: f"---\n{head}\n---\nbody".encode("utf-8", "replace")))
def test_no_bytes_raise_anything(data: bytes) -> None:
    text, _ = decode(data, "a.md")
    if text is None:
        return
    cut_up = split(text)
    assert text.count("\n") >= cut_up.head.count("\n") + cut_up.body.count("\n")
    for keep in (False, True):
        head, problems = load(cut_up.head, cut_up.head_line, "a.md", closed=cut_up.closed, keep=keep)
        fields, more = read_client(head, "a.md")
        assert all(p.where.line <= text.count("\n") + 1 for p in (*problems, *more))
        assert FILLER not in repr((values(head), fields, problems, more))


@settings(deadline=None)
@given(heads, heads)
def test_private_true_is_never_lost(before: str, after: str) -> None:
    before = re.sub("%%|%", "", before)
    head, _ = load(f"{before}\nprivate: true\n{after}", 2, "a.md")
    fields, _ = read_client(head, "a.md")
    inside = any(FILLER in line for line in head.shown.lines)
    assert fields.get("private") or head.suspect or inside or not _at_top(before, after)


def _at_top(before: str, after: str) -> bool:
    """Whether YAML itself finds `private` at the top; in a quotation or list it is somebody's text."""
    try:
        found = yaml.safe_load(f"{before}\nprivate: true\n{after}")
    except (yaml.YAMLError, ValueError):
        return False
    return isinstance(found, dict) and found.get("private") is True


def test_every_code_has_its_message_in_both_languages() -> None:
    folder = Path(__file__).parents[2] / "sitegen" / "notes"
    source = "\n".join(
        (folder / f"{name}.py").read_text(encoding="utf-8")
        for name in (
            "frontmatter",
            "note",
            "slips",
            "fm_tidy",
            "fm_nodes",
            "fm_rows",
            "fm_values",
            "schema",
            "settings",
            "settings_doctrine",
            "settings_reading",
            "reading",
            "privacy",
        )
    )
    used = set(
        re.findall(r'"((?:head|value|private|comment|file|person|handover|row|settings)-[a-z-]+)"', source)
    )
    en, ja = (
        yaml.safe_load((MESSAGES / f"problems-notes.{lang}.yml").read_text(encoding="utf-8"))
        for lang in ("en", "ja")
    )
    assert used == set(en) == set(ja)
    for code in used:
        assert set(re.findall(r"{(\w+)}", en[code])) == set(re.findall(r"{(\w+)}", ja[code])), code


@pytest.mark.parametrize(
    "text",
    [
        "---\nname: Abe\n---\n---\nprivate: true\n---\n## 2026-11-01 visit\nHUSH",
        "---\n---\n---\nprivate: true\n---\nHUSH",
        "---\nname: Abe\n---\n\nA line.\n\n---\nprivate: true\n---\nHUSH",
        "<<<<<<< HEAD\n---\nname: Foo\nprivate: true\n---\n=======\n---\nname: Foo\n---\n>>>>>>> x\nHUSH",
        "---\nname: [\n---\n---\nprivate: true\nname: R\n---\nHUSH",
    ],
)
def test_a_second_head_that_says_private_keeps_the_note_back_and_is_told(text: str) -> None:
    note = whole_note(text.encode(), "content/clients/lee/abe.md", "client", Config())
    assert note.record.private
    (told,) = [problem for problem in note.problems if problem.code == "head-twice-private"]
    assert text.split("\n")[told.where.line - 1].startswith(("---", "<<<<<<<"))
    assert all(problem.private for problem in note.problems)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("---\nname: Abe\n---\nA\n\n---\n\nB", []),
        ("---\nname: Abe\n---\n---\nstage: won\narea: Ota\n---\nA", ["head-twice"]),
        ("# How to\n\n---\n\nprivate: true", []),
        ("Intro\n\n---\n\n```yaml\nprivate: true\n```\n", []),
    ],
)
def test_a_line_across_the_page_is_no_head(text: str, codes: list[str]) -> None:
    note = whole_note(text.encode(), "content/clients/lee/abe.md", "client", Config())
    assert (note.record.private, [problem.code for problem in note.problems]) == (False, codes)
