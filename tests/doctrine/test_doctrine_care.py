"""Lists across clients: thin threads, nothing shared, left in peace, not qualified; and the first things today."""

from dataclasses import replace

from making import CFG, DAYS, TODAY, day
from written import Written, book, note

from sitegen.doctrine.care import Cared, cared, elder, in_peace, thin_threads, unqualified, unshared
from sitegen.doctrine.diary import diary
from sitegen.doctrine.introduced import made_introductions, telling
from sitegen.doctrine.introductions import introductions
from sitegen.doctrine.load import reasons_of
from sitegen.doctrine.portfolio import counted, portfolio
from sitegen.doctrine.today import AT_MOST, Team, from_the_basics, things


def lines(found: Written) -> list[Cared]:
    return [cared(client, found.facts[client.key], TODAY) for client in found.clients.values()]


def test_thin_threads_the_largest_first():
    found = book(
        note("small", "---\nvalue: 1\n---\n"),
        note("large", "---\nvalue: 10000000\n---\n"),
        note("larger", "---\nvalue: 20000000\n---\n"),
    )
    told = thin_threads(lines(found), CFG, TODAY)
    assert [(client.key, reasons[0].kind) for client, reasons in told] == [
        ("larger", "nobody-known"),
        ("large", "nobody-known"),
    ]


def test_marks_above_letters_do_not_count_in_the_order():
    names = ("Tatsumi", "Ōmori", "Ota")
    found = book(*[note(name, f"---\nname: {name}\nvalue: 10000000\n---\n") for name in names])
    assert [client.name for client, _ in thin_threads(lines(found), CFG, TODAY)] == [
        "Ōmori",
        "Ota",
        "Tatsumi",
    ]
    assert unqualified(lines(found)) == ["Ōmori", "Ota", "Tatsumi"]


def test_nothing_shared_the_nearest_to_business_first():
    old = "---\nstage: {}\n---\n## 2026-01-10 visit\nTea.\n"
    found = book(
        note("a", old.format("wtt")),
        note("b", old.format("probable")),
        note("c", old.format("approach")),
        note("d", old.format("possible").replace("Tea.", "- advice: what would you do?")),
        note("e", old.format("possible").replace("2026-01-10", "2026-11-10")),
    )
    assert unshared(lines(found), CFG, TODAY) == ["b", "d", "a"]


TRIES = (
    "## 2026-11-{} call\n- unanswered\n## 2026-11-03 call\n- unanswered\n## 2026-11-01 call\n- unanswered\n"
)


def test_left_in_peace_while_it_lasts():
    found = book(
        note("late", TRIES.format("18")),
        note("early", TRIES.format("05")),
        note("over", TRIES.format("05").replace("2026-11", "2026-01")),
        note("none", "## 2026-11-05 visit\nTea.\n"),
    )
    assert in_peace(lines(found), TODAY) == ["early", "late"]
    assert in_peace(lines(found), day("2026-12-05")) == ["late"]


def test_not_qualified_yet():
    found = book(
        note("a", "---\nsize: small\n---\n"),
        note("b", "---\nsize: large\n---\n"),
        note("c", "---\nstage: probable\n---\n"),
        note("d", "---\nstage: dropped\n---\n"),
        note("e", "---\nbackers: [Mitsuba]\n---\n"),
    )
    assert unqualified(lines(found)) == ["c", "a"]


def test_advice_is_asked_of_the_strategic_level():
    one = note(
        "a",
        "---\npeople: [{name: Abe}, {name: Old, level: strategic, until: 2020}, {name: Sato, level: strategic}]\n---\n",
    )
    person = elder(one, TODAY)
    assert person
    assert person.name == "Sato"
    assert elder(note("a", "---\npeople: [{name: Abe}]\n---\n"), TODAY) is None


def team(found: Written) -> Team:
    kept = diary(found.clients.values(), (), TODAY)
    owned = tuple(found.clients.values())
    figures = portfolio(
        "tanaka", owned, None, kept, lambda c: reasons_of(found.facts[c.key].due), CFG, DAYS, TODAY
    )
    made = made_introductions({c.key: telling(c, found.network) for c in owned}, TODAY)
    reasons = [(c, r) for c in owned for r in found.facts[c.key].due.reasons if r.date]
    worth = introductions(found.nearness, made, CFG).open
    return Team(
        clients=found.clients,
        facts=found.facts,
        dated=lambda kind: [(r.date, c.key) for c, r in reasons if r.kind == kind],
        probable=[
            (first.date, c.key)
            for c in owned
            if c.stage == "probable"
            and (first := next(iter(found.facts[c.key].due.reasons), None))
            and first.date
            and first.kind != "promise"
        ],
        large=[one for one in lines(found) if one.value >= CFG.large_deal],
        cfg=CFG,
        today=TODAY,
        next_day=day("2026-11-20"),
        introduction=next(iter(worth), None),
        introductions=len(worth),
        portfolios={"tanaka": counted(figures)},
        from_the_basics=lambda client, meeting: (
            (meeting.date, meeting.time) in from_the_basics(client, found.facts[client.key], TODAY)
        ),
    )


EVERYTHING = book(
    note("promised", "- [ ] the outline 📅 2026-11-13\n"),
    note(
        "meeting",
        "---\npeople: [{name: Sato, level: strategic}, {name: Ito}]\n"
        "next: {date: 2026-11-20, with: [Ito]}\n---\n## 2026-11-10 meeting with Sato\nTea.\n",
    ),
    note("late", "---\nstage: probable\n---\n## 2026-11-02 visit\nTea.\n"),
    note("later", "---\nstage: probable\n---\n## 2026-11-05 visit\nTea.\n"),
    note(
        "face",
        "---\npeople: [{name: Kato, since: 2026-11-16}]\n---\n## 2026-11-10 visit with Abe\nTea.\n",
    ),
    note("deal", "---\nvalue: 20000000\n---\n## 2026-11-10 visit\nTea.\n"),
    note("seeker", "---\nseeks: [paper]\n---\n## 2026-11-10 visit\nTea.\n"),
    note("seller", "---\noffers: [paper]\n---\n## 2026-11-10 visit\nTea.\n"),
    note("old", "## 2026-01-10 visit\nTea.\n"),
)


def test_the_first_five_the_weightiest_first():
    told = things(team(EVERYTHING))
    assert [(t.kind, t.client, t.more) for t in told] == [
        ("promise", "promised", 0),
        ("unbriefed", "meeting", 0),
        ("probable", "late", 1),
        ("face", "face", 0),
        ("thread", "deal", 0),
    ]
    assert len(told) == AT_MOST


def test_then_introductions_winnowing_and_approaches():
    calm = book(*(EVERYTHING.clients[key] for key in ("seeker", "seller", "old")))
    told = things(team(calm))
    assert [(t.kind, t.client, t.other, t.n) for t in told] == [
        ("introduction", "seller", "seeker", 0),
        ("winnow", "", "", 1),
        ("approaches", "", "", 2),
    ]
    assert told[0].text == "paper"


def test_a_meeting_with_somebody_who_was_there_is_no_first_thing():
    there = book(
        note(
            "meeting",
            "---\npeople: [{name: Sato, level: strategic}, {name: Ito}]\n"
            "next: {date: 2026-11-20, with: [Ito]}\n---\n## 2026-11-10 meeting with Sato, Ito\nTea.\n",
        )
    )
    assert "unbriefed" not in [t.kind for t in things(team(there))]


def test_only_those_with_too_few_approaches_are_counted():
    found = team(book(note("old", "## 2026-01-10 visit\nTea.\n")))
    few = found.portfolios["tanaka"]
    enough = replace(few, approaches=few.contacts + CFG.portfolio.approaches)
    (told,) = (
        t for t in things(replace(found, portfolios={"a": enough, "b": few})) if t.kind == "approaches"
    )
    assert (told.rep, told.more) == ("b", 0)


def test_an_empty_team_has_nothing_to_do():
    assert things(replace(team(book()), portfolios={})) == ()
