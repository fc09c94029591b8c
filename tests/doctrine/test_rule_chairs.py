"""R14: who held which chair when."""

from written import book, note

from sitegen.doctrine.chairs import Chair, chair_of, chairs

YAMATO = """---
people:
  - {name: Sato Kenji, role: President, level: strategic, since: 2014}
  - {name: Ito Haruka, role: HR Head, level: working, since: 2026-04}
  - {name: Kimura Osamu, role: HR head, since: 2011, until: 2018-03}
  - {name: Mori Jun, role: ＨＲ ｈｅａｄ, since: 2018-04, until: 2026-03}
  - {name: Dana Smith}
---
"""


def told(chair: Chair) -> list[str]:
    return [h.name for h in chair.holders]


def test_one_chair_a_role_oldest_holder_first():
    president, hr = chairs(note("a", YAMATO))
    assert (president.role, president.level, told(president)) == ("President", "strategic", ["Sato Kenji"])
    assert (hr.role, hr.level, told(hr)) == ("HR Head", "working", ["Kimura Osamu", "Mori Jun", "Ito Haruka"])
    assert [h.number for h in hr.holders] == [3, 4, 2]


def test_who_came_after_whom():
    hr = chairs(note("a", YAMATO))[1]
    kimura, mori, ito = hr.holders
    assert (hr.successor(kimura), hr.successor(mori), hr.successor(ito)) == (mori, ito, None)
    assert (hr.predecessor(kimura), hr.predecessor(mori), hr.predecessor(ito)) == (None, kimura, mori)


def test_nothing_is_guessed_where_nobody_left():
    two = note(
        "a",
        "---\npeople:\n  - {name: Abe, role: Manager, since: 2019}\n  - {name: Baba, role: Manager, since: 2022}\n---\n",
    )
    (chair,) = chairs(two)
    abe, baba = chair.holders
    assert chair.successor(abe) is None
    assert chair.predecessor(baba) is None


def test_without_roles_there_are_no_chairs():
    assert chairs(note("a", "---\npeople: [{name: Abe}, {name: Baba}]\n---\n")) == ()


def test_they_are_among_the_facts():
    found = book(note("a", YAMATO)).facts["a"].chairs
    assert [c.role for c in found] == ["President", "HR Head"]
    chair, holder = chair_of(found, 4) or (None, None)
    assert chair
    assert holder
    assert (chair.role, holder.name) == ("HR Head", "Mori Jun")
    assert chair_of(found, 5) is None
