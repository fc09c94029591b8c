from making import client, entry, line, log, unanswered

from sitegen.doctrine.facts import Month, Perseverance
from sitegen.doctrine.perseverance import perseverance


def told(*entries, **more):
    return perseverance(log(client(*entries, **more)))


def test_months_in_a_row_up_to_the_last_contacts_month():
    one = told(*(entry(d) for d in ("2025-11-30", "2025-12-01", "2026-01-31", "2026-03-01", "2026-04-30")))
    assert (one.streak, one.longest) == (2, 3)
    assert one.months == (
        Month(2025, 11, 1),
        Month(2025, 12, 1),
        Month(2026, 1, 1),
        Month(2026, 2, 0),
        Month(2026, 3, 1),
        Month(2026, 4, 1),
    )


def test_unanswered_and_future_entries_make_no_month():
    one = told(entry("2026-09-01"), unanswered("2026-10-01"), entry("2026-11-20"))
    assert (one.streak, one.longest, one.unanswered) == (1, 1, 1)
    assert one.months == (Month(2026, 9, 1),)


def test_nothing_yet():
    assert told() == Perseverance((), 0, 0, 0, 0, 0)


def test_noes_and_postponements():
    one = told(
        entry("2026-11-20", lines=(line("no", "future"),)),
        entry(
            "2026-09-01",
            lines=(line("no", "budget"), line("no", "again"), line("postponed", "June", until="2027-06")),
        ),
        unanswered("2026-08-01", lines=(line("no", "by email"), line("postponed", "later"))),
    )
    assert (one.noes, one.postponed) == (2, 2)


def test_last_visit_is_a_contact_where_it_is_later():
    assert told(last_visit="2026-11-01").months == (Month(2026, 11, 1),)
    later = told(entry("2026-10-01"), last_visit="2026-11-01")
    assert (later.streak, len(later.months)) == (2, 2)
    assert told(entry("2026-11-01"), last_visit="2026-11-01").months == (Month(2026, 11, 1),)
    assert told(entry("2026-11-01"), last_visit="2020-01-01").months == (Month(2026, 11, 1),)
