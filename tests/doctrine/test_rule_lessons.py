"""R15: lessons with the stage at which they were learned, and those that fit a meeting."""

from making import TODAY, day
from written import note

from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.lessons import Lesson, lessons, playbook


def told(text: str, key: str = "a") -> tuple[Lesson, ...]:
    one = note(key, text)
    return lessons(one, contacts(one, TODAY))


def test_a_lesson_has_its_day_its_stage_and_who_learned_it():
    found = told(
        "---\nstage: probable\nhandover: [{from: suzuki, date: 2026-04-01}]\n---\n"
        "## 2026-06-01 visit\n- lesson: third\n- stage: probable\n"
        "## 2026-03-01 visit\n- lesson: second, first line\n- lesson: second, second line\n"
        "## 2026-02-01 visit\n- stage: wtt\n"
        "## 2026-01-01 visit\n- 教訓：first\n"
    )
    assert [(one.text, one.stage, one.reps) for one in found] == [
        ("third", "wtt", ("tanaka",)),
        ("second, first line", "wtt", ("suzuki",)),
        ("second, second line", "wtt", ("suzuki",)),
        ("first", "approach", ("suzuki",)),
    ]
    assert (found[0].date, found[0].anchor, found[0].client) == (day("2026-06-01"), "2026-06-01", "a")


def test_without_stage_lines_it_is_the_present_stage():
    assert [one.stage for one in told("---\nstage: won\n---\n## 2026-01-01 visit\n- lesson: x\n")] == ["won"]


def test_the_day_that_moves_a_stage_is_learned_at_the_one_before():
    head = "---\nstage: won\n---\n"
    for lines in ("- stage: won\n- lesson: x\n", "- lesson: x\n- stage: won\n"):
        assert [one.stage for one in told(f"{head}## 2026-01-01 visit\n{lines}")] == ["approach"]


def test_no_lesson_and_a_lesson_still_to_come_are_silent():
    assert told("## 2026-06-01 visit\n- lesson:\n\nFine.\n") == ()
    assert told("## 2026-12-01 visit\n- lesson: too early\n") == ()


def test_the_playbook_is_newest_first_by_stage():
    one = told("---\nstage: won\n---\n## 2026-06-01 visit\n- lesson: old\n", "one")
    other = told("## 2026-07-01 visit\n- lesson: new\n", "other")
    book = playbook([one, other])
    assert [lesson.text for lesson in book.lessons] == ["new", "old"]
    assert list(book.by_stage) == ["approach", "won"]


def test_lessons_fit_at_the_same_stage_and_are_others():
    mine = told("## 2026-08-01 visit\n- lesson: mine\n", "mine")
    many = told("".join(f"## 2026-07-{n:02} visit\n- lesson: l{n}\n" for n in range(1, 9)), "many")
    book = playbook([mine, many])
    assert [one.text for one in book.fitting("mine", "approach", 2)] == ["l8", "l7"]
    assert book.fitting("mine", "won", 2) == ()
    assert playbook([]).fitting("mine", "approach", 2) == ()
