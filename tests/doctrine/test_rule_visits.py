from making import CFG, TODAY, client, day, entry, line, log, person, unanswered

from sitegen.config import Config
from sitegen.doctrine.visits import visits


def card(one, today=TODAY, cfg=CFG):
    return visits(one, cfg, today, log(one, today))


def test_a_day_earns_one_stamp_face_to_face_and_answered():
    one = card(
        client(
            entry("2026-11-20"),  # a plan
            entry("2026-11-19", "meeting", anchor="later"),
            entry("2026-11-10", "call"),
            unanswered("2026-11-05", face_to_face=True),
            entry("2026-11-01", "visit", anchor="2026-11-01"),
            entry("2026-11-01", "meal", anchor="2026-11-01-2"),
        )
    )
    assert [(s.date, s.anchor) for s in one.stamps] == [
        (day("2026-11-01"), "2026-11-01"),
        (day("2026-11-19"), "later"),
    ]
    assert (one.count, one.left, one.open, one.needed) == (2, 8, False, 10)


def test_visits_before_the_notes_are_counted_apart():
    one = card(client(entry("2026-11-01"), visits_before=9))
    assert (one.before, len(one.stamps), one.count, one.open) == (9, 1, 10, True)
    assert card(client(visits_before=8)).left == 2


def test_last_visit_alone_earns_no_stamp():
    assert card(client(last_visit="2026-11-01")).stamps == ()


def test_who_is_still_there():
    people = (person("Mori", until="2026-11"), person("Ito"), person("Abe", until="2026-11-18"))
    one = client(
        entry("2026-11-05", people=("Nobody known",)),
        entry("2026-11-04", people=("Abe",)),
        entry("2026-11-03", people=("Abe", "Mori")),
        entry("2026-11-02", people=("Ito",), lines=(line("absent", who="Ito"),)),
        entry("2026-11-01", people=("Ito",)),
        people=people,
    )
    assert [s.still_there for s in card(one).stamps] == [True, False, True, False, False]
    assert card(one).still_there == 2
    assert card(one, day("2026-11-18")).still_there == 3  # Abe's last day
    assert card(one, day("2026-12-01")).still_there == 1  # Mori's month is over


def test_who_was_only_called_that_day_was_not_visited():
    one = client(
        entry("2026-11-01", people=("Mori",)),
        entry("2026-11-01", "call", people=("Ito",)),
        people=(person("Ito"),),
    )
    assert card(one).still_there == 0


def test_business_before_the_tenth_visit_is_early():
    months = [f"2026-{m:02}-02" for m in range(1, 10)]
    nine = [entry(d) for d in months[:8]] + [entry(months[8], business=True)]
    assert card(client(*nine)).early_business == (day("2026-09-02"), 9)
    assert card(client(*nine, visits_before=1)).early_business is None
    assert card(client(*nine), cfg=Config(visits=9)).early_business is None


def test_business_on_a_call_belongs_to_the_visit_before_it():
    one = client(
        entry("2026-11-01"), entry("2026-11-03", "call", business=True), entry("2026-11-05", business=True)
    )
    assert card(one).early_business == (day("2026-11-03"), 1)
    assert card(client(entry("2026-11-03", "call", business=True))).early_business == (day("2026-11-03"), 0)


def test_no_business_nothing_to_warn_of():
    assert card(client(entry("2026-11-01"))).early_business is None
    assert card(client(entry("2026-11-20", business=True))).early_business is None
    assert card(client()).early_business is None
