from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Backer, Client, Handover, PartialDate, Plan, Problem, Reference, Where
from sitegen.notes.frontmatter import load
from sitegen.notes.schema import json_schema, read_client, read_page, read_rep, read_solution

FULL = """\
name: Yamato Precision
native: 大和精密株式会社
reading: やまとせいみつ
stage: probable
owner: tanaka
handover: [{from: suzuki, date: 2024-04-01}]
since: 2016-03
visits_before: 5
last_visit: 2026-11-06
size: large
prestige: true
backers: ["[[Mitsui Fudosan]]", {name: Tokio Bank, size: large}]
area: Ōta
address: 2-4-1 Kamata
phone: 03-0000-0000
product: leadership
value: 12000000
reference: {product: leadership, free: true, visits: true, since: 2025-04, benefit: graduates find work}
people:
  - {name: Sato Kenji, reading: さとうけんじ, role: President, level: strategic, since: 2014}
  - {name: Mori Jun, role: HR head, level: working, since: 2021, until: 2026-03}
offers: [precision fittings]
seeks: [bilingual recruiter]
gifts: false
next: {date: 2026-11-20, time: "10:00", kind: call, with: [Ito Haruka, Kato Ken], step: bring the outline}
wait_until: 2026-11
tags: [manufacturing]
aliases: [Yamato]
favourite tea: sencha
"""


def read(text: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    head, before = load(text, 2, "a.md")
    fields, after = read_client(head, "a.md")
    return fields, (*before, *after)


def told(text: str) -> list[tuple[str, int, int, str]]:
    return [(p.code, p.where.line, p.where.col, p.mend) for p in read(text)[1]]


def test_the_formats_example_is_read_whole() -> None:
    fields, problems = read(FULL)
    assert problems == ()
    client = Client(key="yamato", path="a.md", **fields)
    assert client.handovers == (Handover("suzuki", dt.date(2024, 4, 1)),)
    assert client.backers == (
        Backer("Mitsui Fudosan", "", Where("a.md", 13, 11)),
        Backer("Tokio Bank", "large", Where("a.md", 13, 33)),
    )
    assert client.reference == Reference(
        "leadership", True, True, PartialDate(2025, 4), "graduates find work"
    )
    assert client.next == Plan(
        dt.date(2026, 11, 20), "10:00", "call", ("Ito Haruka", "Kato Ken"), "bring the outline"
    )
    assert (client.since, client.wait_until) == (PartialDate(2016, 3), PartialDate(2026, 11))
    assert (client.last_visit, client.visits_before, client.value) == (dt.date(2026, 11, 6), 5, 12_000_000)
    assert (client.stage, client.size, client.prestige, client.gifts) == ("probable", "large", True, False)
    assert (client.offers, client.seeks, client.tags) == (
        ("precision fittings",),
        ("bilingual recruiter",),
        ("manufacturing",),
    )
    assert client.extra == (("favourite tea", "sencha"),)
    mori = client.person("Mori Jun")
    assert mori is not None
    assert (mori.role, mori.level, mori.since, mori.until, mori.where) == (
        "HR head",
        "working",
        PartialDate(2021),
        PartialDate(2026, 3),
        Where("a.md", 22, 5),
    )


def test_nothing_given_means_the_records_defaults() -> None:
    assert read("") == ({}, ())
    assert read("name:\nstage: ~\npeople: []\ntags:\n  -\n") == ({"tags": ()}, ())


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("stage: Probable", "stage", "probable"),
        ("stage: willing to talk", "stage", "wtt"),
        ("stage: 有望", "stage", "probable"),
        ("Stage: won", "stage", "won"),
        ("size: 大手", "size", "large"),
        ("value: 12,000,000", "value", 12_000_000),
        ("value: ¥12,000,000", "value", 12_000_000),
        ("value: 1200万円", "value", 12_000_000),
        ("value: １，２００万円", "value", 12_000_000),
        ("value: 1.2億", "value", 120_000_000),
        ("value: 1億2000万", "value", 120_000_000),
        ("prestige: はい", "prestige", True),
        ("gifts: no", "gifts", False),
        ("gifts: いいえ", "gifts", False),
        ("since: 平成28年3月", "since", PartialDate(2016, 3)),
        ("since: 2016", "since", PartialDate(2016)),
        ("last_visit: 令和8年11月6日", "last_visit", dt.date(2026, 11, 6)),
        ("last visit: 2026-11-06（金）", "last_visit", dt.date(2026, 11, 6)),
        ("wait-until: 2026-12", "wait_until", PartialDate(2026, 12)),
        ("visits_before: 5回", "visits_before", 5),
        ("tags: '#a, b、c'", "tags", ("a", "b", "c")),
        ("aliases: Yamato, Inc.", "aliases", ("Yamato, Inc.",)),
        ("offers: 精密部品、金型", "offers", ("精密部品", "金型")),
        ('seeks: ["[[Hakone Hotels|them]]"]', "seeks", ("Hakone Hotels",)),
        ("phone: 0312345678", "phone", "0312345678"),
        ("reference: leadership", "reference", Reference("leadership")),
        ("reference: true\nproduct: x", "reference", Reference("x")),
        (
            "next: 2026-11-20 10時半 bring the outline",
            "next",
            Plan(dt.date(2026, 11, 20), "10:30", step="bring the outline"),
        ),
        (
            "next: {date: 2026-11-20 10:00, with: Ito}",
            "next",
            Plan(dt.date(2026, 11, 20), "10:00", people=("Ito",)),
        ),
        (
            "handover: {rep: suzuki, date: 2024-04-01}",
            "handovers",
            (Handover("suzuki", dt.date(2024, 4, 1)),),
        ),
    ],
)
def test_variants_that_have_one_meaning(text: str, key: str, value: Any) -> None:
    fields, problems = read(text)
    assert problems == ()
    assert fields[key] == value


def test_people_and_backers_may_be_names_alone() -> None:
    fields, problems = read("people: Sato Kenji\nbackers: '[[A]], [[B]]'")
    assert problems == ()
    assert [p.name for p in fields["people"]] == ["Sato Kenji"]
    assert [b.name for b in fields["backers"]] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("stage: probabel", ("value-choice", 2, 8, "stage: probable")),
        ('stage: "probabel" # x', ("value-choice", 2, 8, "stage: probable")),
        ("stages: won", ("head-unknown-key", 2, 1, "stage: won")),
        ("last_visit: 2026-02-30", ("value-no-such-day", 2, 13, "")),
        ("last_visit: 2026-11", ("value-full-date", 2, 13, "")),
        ("last_visit: soon", ("value-date", 2, 13, "")),
        ("since: 2016-13", ("value-no-such-day", 2, 8, "")),
        ("value: lots", ("value-yen", 2, 8, "")),
        ("value: 1,20", ("value-yen", 2, 8, "")),
        ("gifts: perhaps", ("value-yes-no", 2, 8, "")),
        ("visits_before: ten", ("value-number", 2, 16, "")),
        ("visits_before: 99999999999", ("value-range", 2, 16, "")),
        ("visits_before: -1", ("value-range", 2, 16, "")),
        ("next: [{date: 2026-11-20}, {date: 2026-11-21}]", ("value-one-row", 2, 7, "")),
        ("reference: [leadership, sales]", ("value-one-row", 2, 12, "")),
        ("name: [a]", ("value-text", 2, 7, "")),
        ("next: {date: 2026-11-20, time: 25:00}", ("value-time", 2, 32, "")),
        (
            "next: {date: 2026-11-20, kind: metting}",
            ("value-choice", 2, 32, "next: {date: 2026-11-20, kind: meeting}"),
        ),
        ("next: {step: x}", ("row-lacks", 2, 7, "")),
        ("people:\n  - {role: x}", ("row-lacks", 3, 5, "")),
        ("people:\n  - {name: A, level: wroking}", ("value-choice", 3, 22, "  - {name: A, level: working}")),
        ("people:\n  - {name: A, since: 2020, until: 2019}", ("person-until-before-since", 3, 35, "")),
        ("people: [A, B, a]", ("person-twice", 2, 16, "")),
        ("backers: [{nmae: X}]", ("head-unknown-key", 2, 12, "backers: [{name: X}]")),
        ("handover: tanaka", ("value-row", 2, 11, "")),
        (
            "handover:\n  - {from: a, date: 2024-04-01}\n  - {from: b, date: 2020-04-01}",
            ("handover-order", 3, 3, ""),
        ),
        ("reference: {free: yes, foo: 1}", ("head-unknown-inner", 2, 24, "")),
    ],
)
def test_each_mistake_is_told_once_at_its_place(text: str, problem: tuple[str, int, int, str]) -> None:
    assert told(text) == [problem]


def test_a_wrong_value_costs_only_itself() -> None:
    fields, problems = read(
        "stage: x\nvalue: y\npeople:\n  - {name: A, since: soon, role: R}\n  - [b]\n  - C\nsize: small"
    )
    assert [(p.code, p.where.line) for p in problems] == [
        ("value-choice", 2),
        ("value-yen", 3),
        ("value-date", 5),
        ("value-row", 6),
    ]
    assert fields["size"] == "small"
    assert [(p.name, p.role) for p in fields["people"]] == [("A", "R"), ("C", "")]


def test_what_a_row_of_people_says_beside_goes_to_the_note() -> None:
    fields, _ = read("people: [{name: A, hobby: golf, note: kind}]")
    assert fields["people"][0].note == "kind; hobby: golf"


@pytest.mark.parametrize(
    "text",
    [
        "private: true",
        "private: はい",
        "Private: yes",
        "private: ture",
        "private:",
        "private: [x]",
        "pirvate: true",
        "privat: yes",
        "社外秘: はい",
        "confidential: true",
        "private: false\nPrivate: true",
        "private: true\nprivate: false",
    ],
)
def test_private_fails_safe(text: str) -> None:
    assert read(text)[0]["private"] is True


@pytest.mark.parametrize(
    "text", ["private: false", "private: いいえ", "confidential: contract terms", "provide: true"]
)
def test_not_private(text: str) -> None:
    assert not read(text)[0].get("private")


def test_unclear_private_is_told() -> None:
    assert told("private: ture") == [("private-unclear", 2, 10, "private: true")]
    assert told("pirvate: true") == [("private-key", 2, 1, "private: true")]


def test_reps_solutions_and_pages() -> None:
    head, _ = load("name: Tanaka\ntarget: 20〜30\nfoo: bar", 2, "a.md")
    assert read_rep(head, "a.md") == ({"name": "Tanaka", "target": (20, 30), "extra": (("foo", "bar"),)}, ())
    head, _ = load("name: Manners\nlevel: 基本\nanswers: [a, b]", 2, "a.md")
    assert read_solution(head, "a.md") == ({"name": "Manners", "level": "basic", "answers": ("a", "b")}, ())
    head, _ = load("title: Play\nprivate: true\nfoo: bar", 2, "a.md")
    assert read_page(head, "a.md") == ({"title": "Play", "private": True}, ())
    assert [p.code for p in read_rep(load("target: 30-20", 2, "a.md")[0], "a.md")[1]] == ["value-band"]


def test_the_fields_are_the_records_own() -> None:
    fields, _ = read(FULL)
    assert set(fields) <= {f.name for f in dataclasses.fields(Client)}


def test_json_schema_knows_every_key_and_is_plain_json() -> None:
    schema = json.loads(json.dumps(json_schema()))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    given = {line.split(":")[0] for line in FULL.splitlines() if not line.startswith(" ")}
    assert given - {"favourite tea"} <= set(schema["properties"])
    assert schema["properties"]["stage"]["anyOf"][0]["enum"] == [
        "approach",
        "wtt",
        "possible",
        "probable",
        "won",
        "resting",
        "dropped",
    ]
    assert schema["additionalProperties"] is True
    assert all(row["description"] for row in schema["$defs"].values())


keys = st.sampled_from([line.split(":")[0] for line in FULL.splitlines() if not line.startswith(" ")])
leaves = st.sampled_from(
    [
        "x",
        "true",
        "no",
        "2026-02-30",
        "2016-03",
        "2026-11-06",
        "12,000",
        "large",
        "won",
        "[[A]]",
        "[a, b]",
        "{name: A}",
        "{name: [x]}",
        "[{name: A, since: 2}, [], {}, {date: x}]",
        "{date: 2026-11-06, from: b}",
        "[[[a]], 1]",
        "{product: {a: b}}",
        '""',
        "~",
        "{people: a, with: b, date: c}",
        "[{from: x}, {date: 2024-01-01}]",
        "99999999999999999999",
        "九",
    ]
) | st.text(max_size=10)


def test_a_row_that_is_wrong_in_two_ways_is_dropped_once() -> None:
    fields, problems = read("handover: [{name: A, since: 2}, [], {}, {date: x}]\nstage: won\n")
    assert (fields.get("handovers", ()), fields["stage"]) == ((), "won")
    assert problems


@settings(deadline=None)
@given(st.lists(st.tuples(keys, leaves), max_size=8))
def test_any_values_are_taken_and_make_a_client(rows: list[tuple[str, str]]) -> None:
    fields, problems = read("\n".join(f"{key}: {value}" for key, value in rows))
    Client(key="a", path="a.md", **{"name": "A"} | fields)
    assert (fields, problems) == read("\n".join(f"{key}: {value}" for key, value in rows))


@pytest.mark.parametrize(
    ("one", "listed"),
    [
        ("next: {date: 2026-11-20, step: x}", "next:\n  - date: 2026-11-20\n    step: x"),
        ("next: 2026-11-20 10:00 x", "next: [2026-11-20 10:00 x]"),
        ("reference: {product: leadership, free: true}", "reference: [{product: leadership, free: true}]"),
        ("reference: true", "reference:\n  - true"),
        ("reference: no", "reference: [no]"),
    ],
)
def test_a_list_of_one_row_is_that_row(one: str, listed: str) -> None:
    def fields(text: str) -> dict[str, Any]:
        given, problems = read(text)
        assert problems == ()
        return {key: repr(value) for key, value in given.items() if key in ("next", "reference")}

    assert fields(listed) == fields(one)
