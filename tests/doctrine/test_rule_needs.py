"""R12: two lanes, and when a need is assumed, stated or confirmed."""

from making import TODAY, day
from written import book, note

from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.needs import Board, needs

PEOPLE = """---
people:
  - {name: Sato Kenji, role: President, level: strategic}
  - {name: Ito Haruka, role: HR head, level: working, until: 2026-10}
  - {name: Kato Ken, role: Branches, level: working}
  - {name: Guest Abe}
---
"""


def board(text: str) -> Board:
    one = note("a", PEOPLE + text)
    return needs(one, contacts(one, TODAY), TODAY)


def shown(found: Board) -> list[tuple[str, str, list[str]]]:
    return [(n.text, n.status, [v.who for v in n.voices]) for n in found.needs]


def test_what_the_two_levels_say_stands_apart_with_speaker_and_day():
    found = board(
        "## 2026-06-18 meeting with Kato Ken\n- need: reports that managers can read\n"
        "## 2026-01-15 meeting with Sato Kenji\n- need: managers who coach\n"
    )
    assert found.apart
    assert [n.text for n in found.lane("strategic")] == ["managers who coach"]
    assert [n.text for n in found.lane("working")] == ["reports that managers can read"]
    said = found.lane("strategic")[0]
    assert (said.status, said.voices[0].who, said.date, said.anchor) == (
        "stated",
        "Sato Kenji",
        day("2026-01-15"),
        "2026-01-15",
    )


def test_nothing_said_is_no_need():
    found = board("## 2026-06-18 meeting with Kato Ken\nTea.\n- lesson: listen\n")
    assert found == Board()
    assert not found.apart


def test_a_second_person_confirms_by_the_first_words():
    found = board(
        "## 2026-07-16 meeting with Ito Haruka, Kato Ken\n- confirmed (Ito Haruka): reports\n"
        "## 2026-06-18 meeting with Kato Ken\n- need: reports that managers can read\n"
    )
    assert shown(found) == [
        ("reports that managers can read", "confirmed", ["Kato Ken", "Ito Haruka"]),
    ]
    assert found.needs[0].latest == day("2026-07-16")
    assert found.needs[0].voices[1].left  # Ito's chair ended in October


def test_the_same_person_twice_is_one_voice():
    found = board(
        "## 2026-07-16 visit with Kato Ken\n- confirmed: reports\n- need: Reports.\n"
        "## 2026-06-18 visit with Kato Ken\n- need: reports\n"
    )
    assert shown(found) == [("reports", "stated", ["Kato Ken"])]


def test_both_levels_say_the_same():
    found = board(
        "## 2026-07-16 visit with Kato Ken\n- need: ﾃﾚﾌｫﾝ応対\n"
        "## 2026-06-18 visit with Sato Kenji\n- 要望：テレフォン応対\n"
    )
    assert [n.status for n in found.shared] == ["confirmed"]
    assert found.lane("strategic") == found.lane("working") == ()
    assert not found.apart


def test_somebody_unnamed_of_the_same_level_confirms_only_with_company():
    together = "## 2026-07-16 meeting with Kato Ken, Ito Haruka\n- confirmed: reports\n"
    alone = "## 2026-07-16 meeting\n- confirmed: reports\n"
    first = "## 2026-06-18 visit with Kato Ken\n- need: reports\n"
    assert [n.status for n in board(together + first).needs] == ["confirmed"]
    assert [n.status for n in board(alone + first).needs] == ["stated"]


def test_a_guess_stays_one_until_somebody_bears_it_out():
    guess = "## 2026-06-18 visit with Kato Ken\n- assumed: one culture\n"
    found = board(guess)
    assert shown(found) == [("one culture", "assumed", [])]
    assert found.guesses == found.needs
    assert found.lane("working") == found.lane("") == ()
    borne_out = board("## 2026-07-01 visit with Kato Ken\n- confirmed: one culture\n" + guess)
    assert shown(borne_out) == [("one culture", "confirmed", ["Kato Ken"])]
    assert borne_out.lane("working")
    assert borne_out.guesses == ()
    said = board("## 2026-07-01 visit with Kato Ken\n- need: one culture\n" + guess)
    assert shown(said) == [("one culture", "stated", ["Kato Ken"])]


def test_an_unknown_speaker_or_level_is_told_as_such():
    found = board(
        "## 2026-07-16 meeting with Kato Ken, Sato Kenji\n- need: a new hall\n"
        "## 2026-07-01 visit with Guest Abe\n- need: more light\n"
    )
    assert [(n.text, n.voices[0].who, n.voices[0].level) for n in found.lane("")] == [
        ("a new hall", "", ""),
        ("more light", "Guest Abe", ""),
    ]


def test_a_plan_is_not_heard_yet():
    assert board("## 2026-12-16 meeting with Kato Ken\n- need: reports\n") == Board()


def test_confirming_before_anybody_said_it_confirms_nothing():
    found = board(
        "## 2026-06-18 visit with Kato Ken\n- need: reports\n"
        "## 2026-06-01 visit with Ito Haruka\n- confirmed: reports\n"
    )
    assert shown(found) == [("reports", "stated", ["Kato Ken"])]


def test_the_facts_hold_the_board():
    found = book(note("a", PEOPLE + "## 2026-06-18 visit with Kato Ken\n- need: reports\n"))
    assert [n.text for n in found.facts["a"].board.needs] == ["reports"]


def test_many_needs_are_all_told():
    text = "".join(f"## 2026-06-18 visit with Kato Ken\n- need: thing {n}\n" for n in range(2000))
    one = note("a", PEOPLE + text)
    log = contacts(one, TODAY)
    assert len(needs(one, log, TODAY).needs) == 2000
