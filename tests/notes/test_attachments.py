"""Pictures, files and links to other notes by path."""

import datetime as dt
from pathlib import Path

import pytest

from sitegen.build import Project, build, find
from sitegen.config import Config
from sitegen.notes.attachments import address_of, place_of

NOTE = """# A

![the card](<cards/名刺 1.png>) and [the offer](../../offers/plan.pdf#page=2), [Hakone](../lee/hakone.md#2026-06-18),
[gone](gone.png), [away](../../../../etc/passwd.txt), [page](x.html), ![drawing](x.svg), [web](https://example.jp/x.html).
"""


@pytest.mark.parametrize(
    ("address", "kind", "inside"),
    [
        ("a.png", "file", "clients/r/a.png"),
        ("../b%20c.PDF", "file", "clients/b c.PDF"),
        ("./x/../a.jpg?v=1", "file", "clients/r/a.jpg"),
        ("other.md", "note", "other"),
        ("../../../x.png", "outside", "../x.png"),
        ("..%2F..%2F..%2Fx.png", "outside", "../x.png"),
        ("a.svg", "refused", "clients/r/a.svg"),
        ("a", "refused", "clients/r/a"),
        ("#top", "away", ""),
        ("https://example.jp/a.png", "away", ""),
        ("mailto:a@example.jp", "away", ""),
        ("/a.png", "away", ""),
    ],
)
def test_where_an_address_leads(address: str, kind: str, inside: str) -> None:
    place = place_of(address, "clients/r/note.md")
    assert (place.kind, place.inside) == (kind, inside)


def test_addresses_of_copies_differ_and_are_safe() -> None:
    assert address_of("a/x.png") != address_of("b/x.png")
    assert address_of("A.png").lower() != address_of("a.png").lower()
    assert "?" not in address_of("what?.png")


def test_files_are_copied_and_what_is_not_to_be_had_is_told(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for path, data in {
        "clients/r/a.md": NOTE.encode(),
        "clients/lee/hakone.md": b"# Hakone Hotels\n\n## 2026-06-18 visit\n",
        "clients/r/cards/名刺 1.png": b"png",
        "offers/plan.pdf": b"pdf",
        "clients/r/unused.png": b"no",
    }.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(data)
    project = Project(tmp_path, Config())
    found, _ = build(project, dt.date(2026, 11, 19))
    assert {(p.code, dict(p.params).get("file", "")) for p in found.problems} == {
        ("file-missing", "clients/r/gone.png"),
        ("file-outside", "../../etc/passwd.txt"),
        ("file-refused", "clients/r/x.html"),
        ("file-refused", "clients/r/x.svg"),
    }
    assert sorted(p.read_bytes() for p in (project.out / "files").iterdir()) == [b"pdf", b"png"]
    html = (project.out / "clients/a.html").read_text(encoding="utf-8")
    assert 'clients/hakone.html#2026-06-18"' in html
    assert '-plan.pdf#page=2"' in html
    assert 'src="../files/' in html
    assert "passwd" not in html.split('class="problem')[0]
    assert 'href="https://example.jp/x.html"' in html


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    folder = tmp_path / "content" / "clients" / "r"
    folder.mkdir(parents=True)
    (folder / "x.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "a.md").write_text("[x](x.txt)", encoding="utf-8")
    found = find(Project(tmp_path, Config()), dt.date(2026, 11, 19))
    assert (found.book.files, [p.code for p in found.problems]) == ((), ["file-missing", "link-not-followed"])


def test_what_only_a_private_part_shows_is_not_copied(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "clients" / "r"
    folder.mkdir(parents=True)
    for name in ("a.png", "b.png", "c.png"):
        (folder / name).write_bytes(b"x")
    (folder / "a.md").write_text(
        "%%![](a.png)%%\n\n## 2026-01-05 visit #private\n![](b.png)\n", encoding="utf-8"
    )
    (folder / "b.md").write_text("---\nprivate: true\n---\n![](c.png)\n", encoding="utf-8")
    assert find(Project(tmp_path, Config()), dt.date(2026, 11, 19)).book.files == ()
