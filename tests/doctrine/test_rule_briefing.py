"""R11: who has been briefed, what is not to be assumed, and what to ask first."""

from making import TODAY, day
from written import note

from sitegen.doctrine.briefing import Brief, brief, planned
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.needs import Board, needs
from sitegen.doctrine.questions import Question, questions
from sitegen.model import Client, Solution

HEAD = """---
name: Yamato
stage: probable
people:
  - {name: Sato Kenji, role: President, level: strategic, since: 2014}
  - {name: Ogawa Chie, role: Assistant to the president, level: working}
  - {name: Mori Jun, role: HR head, level: working, until: 2026-03}
  - {name: Ito Haruka, role: HR head, level: working, since: 2026-04}
  - {name: Kato Ken, role: Branch training, level: working}
next: {date: 2026-11-20, time: "10:00", with: [WITH]}
---
"""
JANUARY = "## 2026-01-15 meeting with Sato Kenji\n- need: managers who coach\n"
JUNE = (
    "## 2026-06-18 meeting with Ito Haruka, Kato Ken\n- absent (Sato Kenji): did not come\n"
    "- need (Kato Ken): reports that managers can read\n- assumed: one culture\n"
)
BASIC = (Solution("phone", "Telephone Manners"),)


def yamato(text: str, coming: str = "Ito Haruka, Kato Ken") -> Client:
    return note("yamato", HEAD.replace("WITH", coming) + text)


def made(text: str, coming: str = "Ito Haruka, Kato Ken") -> Brief:
    one = yamato(text, coming)
    log = contacts(one, TODAY)
    (plan,) = planned(one, log)
    return brief(one, plan, log, needs(one, log, TODAY), TODAY)


def asked(
    text: str, coming: str = "Ito Haruka, Kato Ken", basics: tuple[Solution, ...] = ()
) -> list[Question]:
    one = yamato(text, coming)
    return list(questions(made(text, coming), needs(one, contacts(one, TODAY), TODAY), basics))


def test_start_from_the_basics_when_nobody_coming_was_there_or_told():
    found = made(JUNE + JANUARY, "Ito Haruka, Kato Ken, Dana Smith")
    assert (found.start, found.unbriefed) == ("basics", ("Ito Haruka", "Kato Ken", "Dana Smith"))
    assert (found.talk_with, found.talk and found.talk.date) == (("Sato Kenji",), day("2026-01-15"))
    assert found.stayed_away == (("Sato Kenji", day("2026-06-18"), "2026-06-18"),)


def test_what_they_were_told_before_the_talk_is_nothing_of_it():
    talk = "## 2026-09-18 17:00 meeting with Sato Kenji\n"
    told = "## 2026-09-18 {} visit with Ito Haruka\n- briefed (Ito Haruka): of the letter\n"
    assert made(talk + told.format("10:00"), "Ito Haruka").start == "basics"
    assert made(talk + told.format("18:00"), "Ito Haruka").start == "known"


def test_without_a_plan_those_are_asked_who_sit_in_their_chairs():
    one = note(
        "a", "---\npeople: [{name: Sato}, {name: Abe, since: 2026-12}, {name: Mori, until: 2026-03}]\n---\n"
    )
    log = contacts(one, TODAY)
    assert [seat.name for seat in brief(one, None, log, needs(one, log, TODAY), TODAY).room] == ["Sato"]


def test_silent_when_everybody_was_there_or_told():
    told = "## 2026-07-01 visit with Ito Haruka\n- briefed: the president's letter\n"
    found = made(told + "## 2026-06-01 meeting with Sato Kenji, Kato Ken\n")
    assert (found.start, found.unbriefed) == ("known", ())
    assert [seat.heard for seat in found.room] == ["told", "there"]
    assert found.room[0].told
    assert found.room[0].told.text == "the president's letter"


def test_if_some_are_briefed_the_others_are_named():
    told = "## 2026-07-01 visit with Kato Ken\n- briefed (Ito Haruka): by letter\n"
    found = made(told + JANUARY, "Ito Haruka, Kato Ken")
    assert (found.start, found.unbriefed) == ("some", ("Kato Ken",))


def test_a_briefing_before_the_talk_is_none():
    told = "## 2026-01-10 visit with Ito Haruka\n- briefed: the old plan\n"
    assert made(JANUARY + told, "Ito Haruka").start == "basics"


def test_a_letter_is_no_talk_and_an_absent_president_heard_nothing():
    found = made("## 2026-08-01 letter – Sato Kenji\n" + JUNE + JANUARY)
    assert found.talk
    assert found.talk.date == day("2026-01-15")


def test_who_comes_is_not_known_ask_the_assistant():
    found = made(JANUARY, "")
    assert (found.room, found.start, found.assistant) == ((), "basics", "Ogawa Chie")
    assert asked(JANUARY, "")[0].kind == "told"


def test_no_talk_with_the_strategic_level():
    found = made("## 2026-06-18 meeting with Kato Ken\n", "Kato Ken")
    assert (found.start, found.talk, found.talk_with) == ("no-talk", None, ())
    assert [q.kind for q in asked("## 2026-06-18 meeting with Kato Ken\n", "Kato Ken")][:1] == ["top"]


def test_each_seat_tells_how_well_they_are_known():
    text = "## 2026-11-06 visit with Ito Haruka\n- need: telephone manners\n" + JUNE + JANUARY
    found = made(text, "Ito Haruka, Kato Ken, Dana Smith")
    ito, kato, dana = found.room
    assert (ito.times, ito.last and ito.last.date, ito.at_last) == (2, day("2026-11-06"), True)
    assert [n.text for n in ito.said] == ["telephone manners"]
    assert (kato.times, kato.at_last, [n.text for n in kato.said]) == (
        1,
        False,
        ["reports that managers can read"],
    )
    assert (dana.times, dana.last, dana.level, dana.said) == (0, None, "", ())


def test_whom_only_the_predecessor_met_is_told():
    text = (
        HEAD.replace("WITH", "Kato Ken").replace(
            "stage:", "handover: [{from: suzuki, date: 2026-07-01}]\nstage:"
        )
        + JUNE
    )
    one = note("yamato", text)
    log = contacts(one, TODAY)
    found = brief(one, planned(one, log)[0], log, Board(), TODAY)
    assert (found.reps, found.room[0].met_by) == (("tanaka",), ("suzuki",))


def test_what_nobody_coming_has_said_is_not_to_be_assumed():
    found = made(JUNE + JANUARY, "Ito Haruka")
    assert [n.text for n in found.doubts] == [
        "managers who coach",
        "reports that managers can read",
        "one culture",
    ]
    assert [n.text for n in made(JANUARY, "Sato Kenji").doubts] == []


def test_going_without_a_plan_the_room_is_whoever_sits_in_a_chair():
    one = note("yamato", HEAD.replace("next:", "extra:") + JANUARY)
    log = contacts(one, TODAY)
    assert planned(one, log) == ()
    found = brief(one, None, log, Board(), TODAY)
    assert [seat.name for seat in found.room] == ["Sato Kenji", "Ogawa Chie", "Ito Haruka", "Kato Ken"]
    assert found.start == "some"


def test_every_plan_has_a_brief_and_a_future_entry_says_who_goes():
    one = yamato("## 2026-12-01 visit with Kato Ken\n- by: tanaka, suzuki\n" + JANUARY)
    log = contacts(one, TODAY)
    first, second = planned(one, log)
    assert (first.date, second.date) == (day("2026-11-20"), day("2026-12-01"))
    assert brief(one, second, log, Board(), TODAY).reps == ("tanaka", "suzuki")
    assert brief(one, first, log, Board(), TODAY).reps == ("tanaka",)


def test_the_questions_are_put_to_whoever_can_answer():
    found = asked(JUNE + JANUARY, "Ito Haruka, Kato Ken, Dana Smith", BASIC)
    assert [(q.kind, q.to) for q in found] == [
        ("told", ("Ito Haruka", "Kato Ken", "Dana Smith")),
        ("situation", ()),
        ("expect", ("Dana Smith",)),
        ("basics", ()),
        ("together", ("Kato Ken",)),
        ("guess", ()),
    ]
    assert [n.text for n in found[4].about] == ["managers who coach", "reports that managers can read"]


def test_where_nothing_is_missing_nothing_is_asked():
    text = (
        "## 2026-07-01 meeting with Sato Kenji, Kato Ken\n- need (Sato Kenji): reports\n"
        "- confirmed (Kato Ken): reports\n"
    )
    assert asked(text, "Sato Kenji, Kato Ken") == []


def test_a_president_in_the_room_says_it_again_for_the_others():
    assert asked(JANUARY, "Sato Kenji, Kato Ken")[0] == Question("retell", ("Sato Kenji",))


def test_a_need_of_one_person_is_put_to_the_others():
    text = "## 2026-07-01 meeting with Sato Kenji, Kato Ken\n- need (Kato Ken): reports\n- need (Sato Kenji): reports\n"
    single = text.replace("- need (Sato Kenji): reports\n", "- need (Sato Kenji): a hall\n")
    assert [(q.kind, q.to) for q in asked(single, "Sato Kenji, Kato Ken")] == [("others", ("Sato Kenji",))]
