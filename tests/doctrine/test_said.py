from making import client, entry, line, log, plan, promise, unanswered

from sitegen.doctrine.said import last_said, next_step
from sitegen.model import Where


def said(*entries):
    return last_said(log(client(*entries)))


def test_the_newest_contacts_newest_need():
    lines = (line("no", "x", "Sato"), line("need", "manners", "Ito"), line("need", "reports", "Kato"))
    assert said(
        entry("2026-11-02", lines=lines, gist="g"), entry("2026-11-01", lines=(line("need", "old"),))
    ) == (
        "reports",
        "Kato",
    )


def test_else_its_first_other_telling_line():
    lines = (
        line("assumed", "guess"),
        line("lesson", "ask"),
        line("no", ""),
        line("no", "no budget"),
        line("basics", "b"),
    )
    assert said(entry("2026-11-02", lines=lines, people=("Ito",))) == ("no budget", "Ito")
    assert said(entry("2026-11-02", lines=lines, people=("Ito", "Sato"))) == ("no budget", "")


def test_else_gist_else_title():
    assert said(entry("2026-11-02", gist="She walked me through it.", title="April")) == (
        "She walked me through it.",
        "",
    )
    assert said(entry("2026-11-02", title="April", lines=(line("assumed", "guess"),))) == ("April", "")
    assert said(entry("2026-11-02")) == ("", "")


def test_a_day_to_which_it_was_put_off_is_no_word_of_theirs():
    june, why = (
        line("postponed", "June", until="2026-06"),
        line("postponed", "June, the auditors", until="2026-06"),
    )
    assert said(entry("2026-11-02", lines=(june,), gist="His last week.")) == ("His last week.", "")
    assert said(entry("2026-11-02", lines=(june,), people=("Ito",))) == ("June", "Ito")
    assert said(entry("2026-11-02", lines=(why,), gist="g", people=("Ito",))) == ("June, the auditors", "Ito")


def test_only_contacts_have_said_anything():
    assert said() == ("", "")
    assert said(unanswered("2026-11-02", gist="no answer"), entry("2026-11-20", gist="plan")) == ("", "")


def test_of_one_day_the_later_hour():
    assert said(
        entry("2026-11-02", time="09:00", gist="early"), entry("2026-11-02", time="16:00", gist="late")
    ) == (
        "late",
        "",
    )


def step(*entries, **more):
    one = client(*entries, **more)
    return next_step(one, log(one))


def test_the_planned_step_else_the_first_open_promise():
    promises = (promise("undated"), promise("later", "2026-12-01"), promise("done", "2026-11-01", "kept"))
    inner = entry("2026-11-02", promises=(promise("sooner", "2026-11-25"),))
    assert step(inner, promises=promises, next=plan("2026-11-20", step="outline")) == "outline"
    assert step(inner, promises=promises, next=plan("2026-11-20")) == "sooner"
    assert step(promises=promises[:1]) == "undated"
    assert step(promises=promises[2:]) == ""


def test_the_step_of_a_meeting_that_was_held_is_over():
    assert step(entry("2026-11-02"), next=plan("2026-11-02", step="outline")) == ""
    assert step(entry("2026-11-01"), next=plan("2026-11-02", step="outline")) == "outline"


def test_of_one_day_without_an_hour_what_stands_higher_up_is_newer():
    high = entry("2026-11-02", gist="afternoon", where=Where("a.md", 5))
    low = entry("2026-11-02", gist="morning", where=Where("a.md", 9))
    assert said(high, low) == said(low, high) == ("afternoon", "")
