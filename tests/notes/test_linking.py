"""Links across notes: names, ambiguity, entries, people, private ones, backlinks, backers."""

import datetime as dt

from sitegen.config import Config
from sitegen.model import Backer, Backlink, Book, Client, Entry, Link, Person, Solution, Target, Where
from sitegen.notes.linking import link_book
from sitegen.notes.note import read_client


def link(target: str, anchor: str = "", line: int = 1) -> Link:
    return Link(target, anchor, target, Where("x", line), f"see [[{target}]]")


def client(key: str, name: str, *links: Link, **more: object) -> Client:
    return Client(key, f"content/clients/r/{key}.md", name, links=links, **more)  # type: ignore[arg-type]


def targets(book: Book, path: str) -> list[Target | None]:
    return list(link_book(book).targets[path])


def codes(book: Book) -> list[str]:
    return [p.code for p in link_book(book).problems]


def test_every_name_of_a_client_will_do() -> None:
    names = (
        "Yamato Precision",
        "yamato  precision",
        "大和精密",
        "Yamato",
        "yamato-precision",
        "ＹＡＭＡＴＯ",
    )
    a = client("a", "A", *map(link, names))
    b = client("yamato-precision", "Yamato Precision", native="大和精密", aliases=("Yamato",))
    book = Book((a, b))
    assert targets(book, a.path) == [Target("client", "yamato-precision")] * len(names)
    assert codes(book) == []


def test_nfd_names_are_nfc_names() -> None:
    import unicodedata

    from sitegen.notes.markdown import parse

    text = unicodedata.normalize("NFD", "[[ガス工業]]")
    child = parse(text).tokens[1].children[0]
    a = client("a", "A", link(child.meta["target"]))
    assert targets(Book((a, client("g", "ガス工業"))), a.path) == [Target("client", "g")]


def test_a_link_that_fits_two_is_a_problem_not_a_guess() -> None:
    a = client("a", "A", link("Mori"))
    book = Book((a, client("b", "Mori"), client("c", "Mori Works", aliases=("Mori",))))
    assert targets(book, a.path) == [None]
    (problem,) = link_book(book).problems
    assert problem.code == "link-two"
    assert "b" in dict(problem.params)["choices"]
    assert "Mori Works" in dict(problem.params)["choices"]


def test_a_backer_that_is_a_client_is_one_thing() -> None:
    a = client("a", "A", link("Big Bank"), backers=(Backer("Big Bank"), Backer("Other Bank", "small")))
    b = client("big-bank", "Big Bank", size="large")
    network = link_book(Book((a, b)))
    assert network.targets[a.path] == (Target("client", "big-bank"),)
    assert [(x.name, x.size, x.client, x.clients) for x in network.backers] == [
        ("Big Bank", "large", "big-bank", ("a",)),
        ("Other Bank", "small", "", ("a",)),
    ]
    assert network.problems == ()


def test_entries_and_people() -> None:
    own = Entry(dt.date(2026, 1, 5), anchor="2026-01-05", where=Where("x", 3))
    a = client(
        "a",
        "A",
        link("2026-01-05"),
        link("B", "2026-02-05"),
        link("B", "2026-02-06"),
        link("Sato Kenji"),
        link("B", "Kato Ken"),
        entries=(own,),
        people=(Person("Ito Haruka"), Person("Sato Kenji")),
    )
    b = client(
        "b", "B", entries=(Entry(dt.date(2026, 2, 5), anchor="2026-02-05"),), people=(Person("Kato Ken"),)
    )
    book = Book((a, b))
    assert targets(book, a.path) == [
        Target("client", "a", "2026-01-05"),
        Target("client", "b", "2026-02-05"),
        Target("client", "b"),
        Target("client", "a", "person-2"),
        Target("client", "b", "person-1"),
    ]
    assert codes(book) == ["link-no-entry"]


def test_nowhere_is_told_with_the_nearest_name() -> None:
    a = client("a", "A", link("Hakone Hotel"))
    (problem,) = link_book(Book((a, client("h", "Hakone Hotels")))).problems
    assert (problem.code, problem.severity, problem.mend) == (
        "link-nowhere",
        "warning",
        "see [[Hakone Hotels]]",
    )


def test_a_private_note_is_plain_text_without_a_word() -> None:
    a = client("a", "A", link("Secret Trust"))
    book = Book((a,), hidden=frozenset({"secret trust"}))
    assert (targets(book, a.path), codes(book)) == ([None], [])


def test_backlinks_once_a_note_newest_first() -> None:
    text = b"[[B]]\n\n### 2026-03-01 visit\n\n[[B]] and [[B]]\n\n### 2026-01-01 visit\n\n[[B]]\n"
    a = read_client(text, "content/clients/r/a.md", Config()).client
    c = client("c", "C", link("B", line=1))
    solution = Solution("s", "S", links=(link("B"),), path="content/solutions/s.md")
    network = link_book(Book((a, client("b", "B"), c), solutions=(solution,)))
    assert network.backlinks["b"] == (
        Backlink("client", "a", ("2026-03-01", "2026-01-01")),
        Backlink("client", "c"),
        Backlink("solution", "s"),
    )


def test_people_of_one_name_are_two_unless_one_links_to_the_other() -> None:
    mori = Person("Mori Jun", same="B#Mori Jun", where=Where("x", 4))
    nobody = Person("Mori Jun", same="B#Mori Ken", where=Where("x", 5))
    b = client("b", "B", people=(Person("Mori Jun"),))
    assert codes(Book((client("a", "A", people=(mori,)), b))) == []
    assert codes(Book((client("a", "A", people=(nobody,)), b))) == ["same-nobody"]
