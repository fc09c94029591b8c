"""R6: the well-known client first, and where people may see it."""

from dataclasses import replace

from making import CFG
from written import Written, book, note

from sitegen.config import Product
from sitegen.doctrine.introduced import telling
from sitegen.doctrine.prestige import Prestige, prestige
from sitegen.doctrine.references import Site, reference_sites


def known(key: str, stage: str, product: str = "leadership", body: str = "", famous: bool = True) -> object:
    head = f"name: {key}\nstage: {stage}\nproduct: {product}\nprestige: {str(famous).lower()}\n"
    return note(key, f"---\n{head}---\n{body}")


def rows(*clients: object, **cfg: object) -> tuple[Prestige, ...]:
    written = book(*clients)
    return prestige(written.nearness, replace(CFG, **cfg))


def sites(written: Written) -> tuple[Site, ...]:
    tellings = {key: telling(client, written.network) for key, client in written.clients.items()}
    told = {key: one.showcases for key, one in tellings.items() if one.showcases}
    return reference_sites(written.clients, written.nearness, told, written.today)


def test_without_a_win_the_targets_stand_by_closeness():
    (row,) = rows(
        known("talking", "wtt"),
        known("few", "probable", body="## 2026-11-01 visit\n"),
        known("many", "probable", body="## 2026-10-01 visit\n\n## 2026-09-01 visit\n"),
        known("small", "won", famous=False),
        known("gone", "dropped"),
    )
    assert (row.product, row.won, row.targets) == ("leadership", (), ("many", "few", "talking"))


def test_with_a_win_it_is_said_and_the_others_stay_targets():
    (row,) = rows(known("first", "won"), known("next", "possible"))
    assert (row.won, row.targets) == (("first",), ("next",))


def test_a_book_without_famous_clients_has_no_targets():
    (row,) = rows(known("a", "wtt", famous=False))
    assert (row.won, row.targets) == ((), ())


def test_products_are_one_by_folded_name_those_without_a_win_first():
    found = rows(
        known("a", "won", "sales"), known("b", "wtt", "ＣＡＤ"), known("c", "wtt", "cad"), products=(Product("CAD"),)
    )  # fmt: skip
    assert [(r.product, r.targets, r.won) for r in found] == [("CAD", ("b", "c"), ()), ("sales", (), ("a",))]


SITE = """---
name: Kanda University
stage: wtt
product: leadership
reference: {product: leadership, free: true, visits: true}
---
[[Unshown]] may come one day.

## 2026-07-08 showcase – visitors
Took two from [[Meguro Foods]].

## 2026-05-01 visit
[[Unshown]] was spoken of.
"""


def test_who_was_taken_there_and_what_became_of_them():
    guest = note(
        "meguro-foods",
        "---\nname: Meguro Foods\nstage: possible\nproduct: leadership\n---\n"
        "## 2026-09-09 visit\n- stage: possible\n\n"
        "## 2026-07-08 showcase\nSaw it at [[Kanda University]].\n\n## 2026-05-20 visit\n- stage: wtt\n",
    )
    other = note(
        "hakone", "---\nname: Hakone\n---\n## 2026-05-27 showcase\nTook them to [[Kanda University]].\n"
    )
    unshown = note("unshown", "---\nname: Unshown\nstage: probable\nproduct: leadership\n---\n")
    (site,) = sites(book(note("kanda", SITE), guest, other, unshown))
    meguro, hakone = site.shown
    assert (meguro.guest, meguro.at_site, meguro.at_guest) == ("meguro-foods", "2026-07-08", "2026-07-08")
    assert meguro.stage_then == "wtt"
    assert [(stage, str(day)) for stage, day, _ in meguro.moved] == [("possible", "2026-09-09")]
    assert (hakone.guest, hakone.at_site, hakone.moved) == ("hakone", "", ())
    assert site.worth == ("unshown",)


def test_no_reference_no_site():
    assert sites(book(known("a", "won"))) == ()


def test_a_showcase_to_come_or_without_answer_took_nobody():
    told = SITE.split("##", maxsplit=1)[0] + (
        "## 2026-12-08 showcase\n[[Guest]]\n\n## 2026-11-01 showcase\n- unanswered\n"
    )
    (site,) = sites(book(note("kanda", told), note("guest", "---\nname: Guest\n---\n")))
    assert site.shown == ()


def test_visitors_without_a_name_are_shown_by_the_title():
    told = SITE.split("##", maxsplit=1)[0] + "## 2026-11-08 showcase – two from a bank\n"
    (site,) = sites(book(note("kanda", told)))
    assert [(s.guest, s.title) for s in site.shown] == [("", "two from a bank")]
