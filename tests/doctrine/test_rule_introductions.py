"""R9: whose offer meets whose need, and what was introduced already."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from making import CFG, client
from written import Written, book, note

from sitegen.config import Config
from sitegen.doctrine.closeness import closeness, place
from sitegen.doctrine.introduced import Made, made_introductions, telling
from sitegen.doctrine.introductions import ENOUGH, Few, Introductions, introductions
from sitegen.doctrine.phrases import thesaurus


def made_in(written: Written) -> tuple[Made, ...]:
    tellings = {key: telling(client, written.network) for key, client in written.clients.items()}
    return made_introductions(tellings, written.today)


def found(written: Written) -> Introductions:
    return introductions(written.nearness, made_in(written), written.cfg)


def shown(written: Written) -> list[str]:
    return [f"{i.seeker} seeks {i.wanted} of {i.offerer}" for i in found(written).open]


def meet(wish: str, offer: str, cfg: Config = CFG) -> bool:
    return bool(shown(book(sells(offer), looks(wish), cfg=cfg)))


def sells(offer: str, stage: str = "wtt", key: str = "seller") -> object:
    return note(key, f'---\nname: {key}\nstage: {stage}\noffers: ["{offer}"]\n---\n')


def looks(wish: str, stage: str = "possible", key: str = "buyer") -> object:
    return note(key, f'---\nname: {key}\nstage: {stage}\nseeks: ["{wish}"]\n---\n')


def test_an_offer_meets_a_wish():
    assert shown(book(sells("bilingual recruiter"), looks("bilingual recruiter"))) == [
        "buyer seeks bilingual recruiter of seller"
    ]


def test_no_offer_meets_no_wish():
    assert shown(book(sells("precision fittings"), looks("bilingual recruiter"))) == []


@pytest.mark.parametrize(
    ("wish", "offer"),
    [
        ("Bilingual Recruiters", "bilingual recruiter"),
        ("recruiter", "bilingual recruiter"),
        ("a recruiter", "recruiting firm, recruiter"),
        ("ﾘﾈﾝ", "ホテル用リネン"),
        ("りねん", "リネン"),
        ("linen for hotels", "hotel linen"),
        ("lens", "lenses"),
        ("valve maker", "brass valves"),
        ("部品", "精密部品"),
        ("清掃業者", "清掃サービス"),
        ("ＣＡＤ", "cad"),
    ],
)
def test_words_meet_folded_and_by_what_the_thing_is(wish: str, offer: str):
    assert meet(wish, offer)


@pytest.mark.parametrize(
    ("wish", "offer"),
    [
        ("hotel", "hotel linen"),
        ("ホテル", "ホテル用リネン"),
        ("precision fittings", "brass fittings"),
        ("電子部品", "精密部品"),
        ("the", "a new service"),
        ("ロボットメーカー", "食品メーカー"),
    ],
)
def test_words_that_are_another_thing_do_not_meet(wish: str, offer: str):
    assert not meet(wish, offer)


def test_a_teams_synonyms_join_languages():
    cfg = replace(CFG, synonyms=(("精密部品", "precision fittings"),))
    assert meet("精密部品", "precision fittings", cfg)
    assert not meet("精密部品", "precision fittings")


def test_nobody_is_introduced_to_themselves():
    one = note("one", "---\noffers: [lenses]\nseeks: [lenses]\n---\n")
    assert shown(book(one)) == []


def test_the_dropped_are_left_in_peace():
    assert shown(book(sells("lenses", stage="dropped"), looks("lenses"))) == []


def test_the_probable_come_first_and_who_offers_before_who_seeks():
    written = book(
        sells("lenses", "approach", "a-seller"),
        looks("lenses", "possible", "a-buyer"),
        sells("halls", "probable", "z-seller"),
        looks("halls", "approach", "z-buyer"),
        sells("linen", "approach", "b-seller"),
        looks("linen", "probable", "b-buyer"),
    )
    assert [i.wanted for i in found(written).open] == ["halls", "linen", "lenses"]
    assert [i.offerer for i in found(written).few["z-buyer"].nearest] == ["z-seller"]
    assert "nobody" not in found(written).few


MADE = """---
name: Buyer
seeks: [lenses]
---
## 2026-05-14 visit
- introduced: [[Seller]]

## 2026-07-02 visit
He was glad of it. [[Seller]] delivers on Fridays.

- stage: possible
"""


def test_what_was_made_is_struck_off_with_what_is_written_since():
    seller = note(
        "seller",
        "---\nname: Seller\noffers: [lenses]\n---\n## 2026-06-01 visit\n- got: two tickets\n\n"
        "## 2026-05-01 visit\n- got: tea, before it\n",
    )
    written = book(seller, note("buyer", MADE))
    assert not found(written).open
    (made,) = made_in(written)
    assert (made.given_to, made.other, str(made.date)) == ("buyer", "seller", "2026-05-14")
    assert [(o.kind, o.client, o.text) for o in made.outcomes] == [
        ("got", "seller", "two tickets"),
        ("mention", "buyer", "He was glad of it."),
    ]


def test_both_sides_lines_are_one_introduction():
    seller = note("seller", "---\nname: Seller\n---\n## 2026-05-15 visit\n- introduced: [[Buyer]]\n")
    (made,) = made_in(book(seller, note("buyer", MADE)))
    assert str(made.date) == "2026-05-14"
    assert [(who, str(day)) for who, day, _ in made.again] == [("seller", "2026-05-15")]


def test_a_plan_to_introduce_is_not_made_and_an_unknown_name_is_none():
    buyer = note(
        "buyer",
        "---\nseeks: [lenses]\n---\n## 2026-12-01 visit\n- introduced: [[seller]]\n\n"
        "## 2026-05-14 visit\n- introduced: a man from Ueno\n",
    )
    written = book(sells("lenses"), buyer)
    assert made_in(written) == ()
    assert [i.seeker for i in found(written).open] == ["buyer"]


def test_the_order_of_notes_does_not_matter():
    some = [sells("lenses", key=f"s{n}") for n in range(8)] + [looks("lens", key=f"b{n}") for n in range(8)]
    one, other = found(book(*some)), found(book(*reversed(some)))
    assert (list(one.open), one.few) == (list(other.open), other.few)


def test_ten_thousand_clients_that_all_seek_and_offer_the_same_are_linear():
    some = [
        replace(client(offers=("lenses",), seeks=("lens",)), key=f"k{n}", name=f"K{n}") for n in range(2000)
    ]
    result = found(book(*some))
    assert len(result.open) <= 2 * 5 * len(some)


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_has_a_meaning_and_meets_itself(one: str, other: str):
    words = thesaurus(((one, other),))
    meaning = words.meaning(one)
    assert not meaning.whole or meaning.whole in meaning.parts
    assert words.meaning(one) == meaning


def by_comparing(written: Written) -> list[tuple[str, str]]:
    """Seeker and offerer of all that is worth an introduction, by comparing word by word."""
    met = {frozenset((m.given_to, m.other)) for m in made_in(written)}
    clients = sorted(
        (c for c in written.clients.values() if c.stage != "dropped"),
        key=lambda c: closeness(c, written.facts[c.key]),
    )
    words = thesaurus(written.cfg.synonyms)
    pairs = []
    for one, mine in ((c, mine) for c in clients for mine in (True, False)):
        for said in one.offers if mine else one.seeks:
            meaning, fit = words.meaning(said), {}
            said_so = [(o, words.meaning(t)) for o in clients for t in (o.seeks if mine else o.offers)]
            for exactly in (
                lambda m, meaning=meaning: m.whole == meaning.whole,
                lambda m, meaning=meaning: meaning.whole in m.parts,
                *(lambda m, p=p: m.whole == p for p in sorted(meaning.parts, key=lambda p: (-len(p), p))),
            ):
                fit |= {o.key: o for o, m in said_so if exactly(m) and o.key not in fit}
            other = [key for key in fit if key != one.key and frozenset((one.key, key)) not in met]
            pairs += [(key, one.key) if mine else (one.key, key) for key in other[:ENOUGH]]
    near = {c.key: n for n, c in enumerate(clients)}

    def rank(pair: tuple[str, str]) -> tuple[int, bool, int, int, bool]:
        first, second = sorted(near[key] for key in pair)
        stage = min(place(written.clients[key].stage) for key in pair)
        offered_by = near[pair[1]]
        return stage, place(written.clients[pair[1]].stage) != stage, first, second, offered_by != first

    return sorted(dict.fromkeys(pairs), key=rank)


words = st.lists(
    st.sampled_from(["lens", "big lens", "hotel lens", "linen", "hotel linen", "the"]), max_size=2
)
stages = st.sampled_from(["probable", "possible", "won", "wtt", "approach", "resting", "dropped"])
clients = st.tuples(words, words, stages, st.lists(st.integers(0, 11), max_size=2))


SEEKS, BOTH = ([], ["lens"], "probable", []), (["lens"], ["lens"], "possible", [])


@settings(deadline=None)
@given(st.lists(clients, min_size=2, max_size=12))
@example([*[SEEKS] * 5, BOTH, BOTH])
def test_looking_words_up_is_comparing_them(told):
    notes = []
    for n, (offers, seeks, stage, others) in enumerate(told):
        lines = "".join(f"- introduced: [[c{other}]]\n" for other in others)
        head = f"name: c{n}\nstage: {stage}\noffers: [{', '.join(offers)}]\nseeks: [{', '.join(seeks)}]"
        notes.append(note(f"c{n}", f"---\n{head}\n---\n## 2026-05-1{n % 10} visit\n{lines}"))
    written = book(*notes)
    result = found(written)
    assert [(i.seeker, i.offerer) for i in result.open] == by_comparing(written)
    for key in written.clients:
        mine = [i for i in result.open if key in (i.seeker, i.offerer)]
        assert result.few.get(key, Few()).total == len(mine)
        assert {*result.few.get(key, Few()).nearest, *result.few.get(key, Few()).gains} <= {*mine}
