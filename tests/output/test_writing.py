"""Whole sites, in place or not at all."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.output import OutputRefused, PathClash, PathError, told, write_site
from sitegen.output import writing as writing_module
from sitegen.output.content import Now, Same
from sitegen.output.manifest import coming_path, digest, read_manifest


def site(**pages):
    """`index_html="x"` → ("index.html", b"x"); a double underscore is a slash."""
    return [(k.replace("__", "/").replace("_", "."), v.encode()) for k, v in pages.items()]


def tree(out: Path, own: bool = False) -> dict[str, bytes]:
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and (own or ".kayoi" not in p.parts)
    }


def test_a_site_is_written_and_written_again(tmp_path):
    out = tmp_path / "deep" / "site"
    first = write_site(out, site(style_css="s", clients__a_html="A", index_html="i"))
    assert first.written == ("style.css", "clients/a.html", "index.html")
    assert tree(out) == {"style.css": b"s", "clients/a.html": b"A", "index.html": b"i"}
    stamps = {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.name != "lock"}
    again = write_site(out, site(style_css="s", clients__a_html="A", index_html="i"))
    assert (again.written, again.unchanged, again.removed) == ((), 3, ())
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.name != "lock"} == stamps


def test_what_is_no_longer_made_goes_with_its_folder(tmp_path):
    write_site(tmp_path, site(a__b__c_html="1", a__d_html="2", index_html="i"))
    done = write_site(tmp_path, site(a__d_html="2", index_html="j"))
    assert (done.written, done.unchanged, done.removed) == (("index.html",), 1, ("a/b/c.html",))
    assert tree(tmp_path) == {"a/d.html": b"2", "index.html": b"j"}
    assert not (tmp_path / "a/b").exists()


def test_what_was_changed_or_lost_on_disk_is_mended(tmp_path):
    write_site(tmp_path, site(a_html="a", b_html="b", c_html="c"))
    (tmp_path / "a.html").write_bytes(b"X")
    os.utime(tmp_path / "a.html", (0, 0))
    (tmp_path / "b.html").unlink()
    assert write_site(tmp_path, site(a_html="a", b_html="b", c_html="c")).written == ("a.html", "b.html")
    assert tree(tmp_path) == {"a.html": b"a", "b.html": b"b", "c.html": b"c"}


def test_a_stale_page_changed_by_hand_goes_too(tmp_path):
    write_site(tmp_path, site(quiet_html="s", index_html="i"))
    (tmp_path / "quiet.html").write_bytes(b"minified")
    assert write_site(tmp_path, site(index_html="i")).removed == ("quiet.html",)


def test_foreign_files_are_never_touched(tmp_path):
    write_site(tmp_path, site(index_html="i", a__x_html="x"))
    (tmp_path / "CNAME").write_bytes(b"example.jp")
    (tmp_path / "about.html").write_bytes(b"mine")
    (tmp_path / "a/notes.txt").write_bytes(b"mine too")
    done = write_site(tmp_path, site(about_html="theirs", index_html="i"))
    assert done.conflicts == ("about.html",)
    assert done.removed == ("a/x.html",)
    assert tree(tmp_path) == {
        "CNAME": b"example.jp",
        "about.html": b"mine",
        "a/notes.txt": b"mine too",
        "index.html": b"i",
    }
    assert [(p.code, p.where.path) for p in told(done, "site")] == [
        ("output-foreign-file", "site/about.html")
    ]
    # It is told every time, and never becomes ours.
    assert write_site(tmp_path, site(about_html="theirs", index_html="i")).conflicts == ("about.html",)
    assert write_site(tmp_path, site(index_html="i")).removed == ()


def test_an_equal_foreign_file_stays_foreign(tmp_path):
    write_site(tmp_path, site(index_html="i"))
    (tmp_path / "about.html").write_bytes(b"same")
    done = write_site(tmp_path, site(index_html="i", about_html="same"))
    assert (done.conflicts, done.unchanged) == ((), 2)
    write_site(tmp_path, site(index_html="i"))
    assert (tmp_path / "about.html").read_bytes() == b"same"


def test_links_are_not_followed(tmp_path):
    out, other = tmp_path / "site", tmp_path / "other"
    write_site(out, site(clients__a_html="a", b_html="b", c__d_html="d"))
    other.mkdir()
    (other / "a.html").write_bytes(b"precious")
    (other / "d.html").write_bytes(b"precious")
    (out / "clients/a.html").unlink()
    (out / "clients").rmdir()
    (out / "clients").symlink_to(other, target_is_directory=True)
    (out / "b.html").unlink()
    (out / "b.html").symlink_to(other / "a.html")
    (out / "c/d.html").unlink()
    (out / "c").rmdir()
    (out / "c").symlink_to(other, target_is_directory=True)
    done = write_site(out, site(clients__a_html="NEW", b_html="NEW"))
    assert done.conflicts == ("clients/a.html", "b.html")
    assert done.removed == ()
    assert tree(other) == {"a.html": b"precious", "d.html": b"precious"}


def test_the_records_may_not_be_a_link(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    out = tmp_path / "site"
    out.mkdir()
    (out / ".kayoi").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(OutputRefused) as refused:
        write_site(out, site(index_html="i"))
    assert refused.value.code == "output-link"


def test_a_linked_site_folder_is_written_through(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real", target_is_directory=True)
    write_site(tmp_path / "site", site(index_html="i"))
    assert tree(tmp_path / "real") == {"index.html": b"i"}


def test_a_hard_link_outside_is_left_as_it_is(tmp_path):
    out = tmp_path / "site"
    write_site(out, site(index_html="old"))
    os.link(out / "index.html", tmp_path / "backup.html")
    write_site(out, site(index_html="new"))
    assert (tmp_path / "backup.html").read_bytes() == b"old"


def test_a_file_becomes_a_folder_and_back(tmp_path):
    write_site(tmp_path, [("a", b"1"), ("b/c/d", b"2"), ("b/e", b"3")])
    done = write_site(tmp_path, [("a/x", b"4"), ("b", b"5")])
    assert done.removed == ("a", "b/c/d", "b/e")
    assert tree(tmp_path) == {"a/x": b"4", "b": b"5"}


def test_a_folder_with_foreign_files_does_not_give_way(tmp_path):
    write_site(tmp_path, [("b/c", b"1")])
    (tmp_path / "b/mine").write_bytes(b"m")
    done = write_site(tmp_path, [("b", b"2")])
    assert (done.conflicts, done.removed) == (("b",), ("b/c",))
    assert tree(tmp_path) == {"b/mine": b"m"}


def test_pages_are_put_in_place_in_the_order_given(tmp_path, monkeypatch):
    placed = []
    rename = writing_module._rename
    monkeypatch.setattr(writing_module, "_rename", lambda d, t: (placed.append(Path(t).name), rename(d, t)))
    write_site(tmp_path, [("z.css", b""), ("b.html", b""), ("a.html", b""), ("index.html", b"")])
    assert placed == ["z.css", "b.html", "a.html", "index.html"]


def test_what_stands_already_is_left_alone(tmp_path):
    write_site(tmp_path, site(index_html="old", gone_html="g"))
    known = read_manifest(tmp_path).files["index.html"]
    done = write_site(tmp_path, [("index.html", Same(known)), ("new.html", b"n")])
    assert (done.written, done.unchanged, done.removed) == (("new.html",), 1, ("gone.html",))
    assert tree(tmp_path) == {"index.html": b"old", "new.html": b"n"}
    assert read_manifest(tmp_path).files["index.html"] == known


@pytest.mark.parametrize("fails", [PathClash, PathError, RuntimeError, OSError, KeyboardInterrupt])
def test_a_build_that_fails_leaves_the_last_site_untouched(tmp_path, fails):
    write_site(tmp_path, site(index_html="old", gone_html="g"))
    before = tree(tmp_path, own=True)

    def files():
        yield "index.html", b"new"
        yield "more.html", b"more"
        if fails is PathClash:
            yield "INDEX.html", b"clash"
        if fails is PathError:
            yield "../index.html", b"out"
        raise fails

    with pytest.raises(fails):
        write_site(tmp_path, files())
    assert tree(tmp_path, own=True) == before
    assert sorted(p.name for p in (tmp_path / ".kayoi").iterdir()) == ["lock", "manifest.json"]


def test_a_full_disk_leaves_the_last_site_untouched(tmp_path, monkeypatch):
    write_site(tmp_path, site(index_html="old"))
    before = tree(tmp_path, own=True)
    real = writing_module._write

    def full(draft, data):
        if Path(draft).name == "1":
            raise OSError(28, "No space left on device")
        return real(draft, data)

    monkeypatch.setattr(writing_module, "_write", full)
    with pytest.raises(OSError, match="No space"):
        write_site(tmp_path, site(index_html="new", b_html="b"))
    assert tree(tmp_path, own=True) == before


@pytest.mark.parametrize("stop", range(4))
def test_a_build_cut_off_between_the_renames_leaves_nothing_foreign(tmp_path, monkeypatch, stop):
    write_site(tmp_path, site(a_html="a", b_html="b", old_html="o"))
    count = 0
    rename = writing_module._rename

    def cut(draft, target):
        nonlocal count
        if count == stop:
            raise KeyboardInterrupt
        count += 1
        rename(draft, target)

    new = site(a_html="A", c_html="c", b_html="B", d_html="d")
    monkeypatch.setattr(writing_module, "_rename", cut)
    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path, new)
    count = stop
    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path, site(a_html="third", c_html="third", b_html="third"))
    monkeypatch.undo()
    done = write_site(tmp_path, site(a_html="A", c_html="C", b_html="B"))
    assert done.conflicts == ()
    assert tree(tmp_path) == {"a.html": b"A", "b.html": b"B", "c.html": b"C"}


def test_what_another_program_holds_is_told_and_tried_again(tmp_path, monkeypatch):
    write_site(tmp_path, site(due_csv="1", index_html="1"))
    monkeypatch.setattr(writing_module.time, "sleep", lambda _: None)
    real = os.replace

    def held(draft, target):
        if str(target).endswith("due.csv"):
            raise PermissionError(13, "held by a spreadsheet")
        return real(draft, target)

    monkeypatch.setattr(writing_module.os, "replace", held)
    done = write_site(tmp_path, site(due_csv="2", index_html="2"))
    assert (done.written, done.held) == (("index.html",), ("due.csv",))
    assert [p.code for p in told(done, "site")] == ["output-held-file"]
    monkeypatch.undo()
    assert write_site(tmp_path, site(due_csv="2", index_html="2")).written == ("due.csv",)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff\xfe", b"[]", b'{"version": 1, "files": [], "maybe": {}}']
)
def test_without_a_readable_manifest_nothing_unproven_is_touched(tmp_path, damage):
    write_site(tmp_path, site(same_html="s", changed_html="1", stale_html="x"))
    (tmp_path / ".kayoi/manifest.json").write_bytes(damage)
    done = write_site(tmp_path, site(same_html="s", changed_html="2"))
    assert done.manifest_lost
    assert (done.unchanged, done.conflicts, done.removed) == (1, ("changed.html",), ())
    assert [p.code for p in told(done, "site")] == ["output-manifest-lost", "output-foreign-file"]
    # What stood as it should is ours again.
    assert write_site(tmp_path, site(same_html="t")).written == ("same.html",)


@pytest.mark.parametrize("cut", ["conflict", "half", "version"])
def test_what_is_left_of_a_manifest_proves_what_is_ours(tmp_path, cut):
    write_site(tmp_path, site(changed_html="1", edited_html="1", stale_html="x"))
    (tmp_path / "edited.html").write_bytes(b"by hand")
    manifest = tmp_path / ".kayoi/manifest.json"
    text = manifest.read_text()
    if cut == "conflict":
        manifest.write_text("<<<<<<< HEAD\n" + text)
    elif cut == "half":
        manifest.write_text(text.rpartition("maybe")[0])
    else:
        manifest.write_text(text.replace('"version": 1', '"version": 99'))
    done = write_site(tmp_path, site(changed_html="2", edited_html="2"))
    assert done.manifest_lost
    assert (done.written, done.conflicts, done.removed) == (
        ("changed.html",),
        ("edited.html",),
        ("stale.html",),
    )


def test_a_manifest_can_not_lead_outside(tmp_path):
    out = tmp_path / "site"
    write_site(out, site(index_html="i"))
    (tmp_path / "precious").write_bytes(b"p")
    manifest = out / ".kayoi/manifest.json"
    manifest.write_text(manifest.read_text().replace('"index.html"', '"../precious"'))
    write_site(out, site(index_html="i"))
    assert (tmp_path / "precious").read_bytes() == b"p"


def test_a_page_renamed_in_its_case_only(tmp_path):
    write_site(tmp_path, [("Abe.html", b"1"), ("x.html", b"x")])
    write_site(tmp_path, [("abe.html", b"2"), ("x.html", b"x")])
    assert sorted(v for v in tree(tmp_path).values()) == [b"2", b"x"]


def test_the_manifest_is_the_same_in_any_order(tmp_path):
    pages = [(unicodedata.normalize("NFC", f"頁{n}.html"), bytes([n])) for n in range(5)]
    write_site(tmp_path / "a", pages)
    write_site(tmp_path / "b", reversed(pages))
    assert tree(tmp_path / "a", own=True) == tree(tmp_path / "b", own=True)


_NAMES = ["a", "b", "d/a", "d/b", "d/e/a"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(_NAMES), st.sampled_from([b"", b"1", b"2"])), max_size=5))
def test_whatever_came_before_the_site_is_what_was_asked_for(tmp_path_factory, builds):
    out = tmp_path_factory.mktemp("site")
    (out / ".gitkeep").touch()
    for pages in builds:
        write_site(out, pages.items())
        assert tree(out) == {".gitkeep": b"", **pages}
        assert {p.name for p in out.iterdir() if p.is_dir()} <= {".kayoi"} | {n.split("/")[0] for n in pages}


def test_what_somebody_waits_for_is_in_place_before_the_rest_is_made(tmp_path):
    write_site(tmp_path, [("a.html", b"a"), ("b.html", b"b"), ("c.html", b"c")])
    told = []

    def files():
        yield "a.html", b"a2"
        yield "new.html", b"new"
        yield "", Now(lambda paths: told.append((paths, (tmp_path / "a.html").read_bytes())))
        assert not (tmp_path / "new.html").exists()
        yield "a.html", Same(digest(b"a2"))
        yield "b.html", b"b2"
        yield "new.html", Same(digest(b"new"))
        yield "c.html", Same(digest(b"c"))

    done = write_site(tmp_path, files())
    assert told == [(("a.html",), b"a2")]
    assert (done.written, done.unchanged, done.removed) == (("a.html", "new.html", "b.html"), 1, ())
    made = {"a.html": b"a2", "b.html": b"b2", "new.html": b"new", "c.html": b"c"}
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.html")} == made
    assert read_manifest(tmp_path).files == {path: digest(data) for path, data in made.items()}
    assert not coming_path(tmp_path).exists()


def test_a_build_that_ends_after_the_first_pages_leaves_nothing_foreign(tmp_path):
    write_site(tmp_path, [("a.html", b"a"), ("b.html", b"b")])

    def files():
        yield "a.html", b"a2"
        yield "", Now(lambda _: None)
        raise KeyError

    with pytest.raises(KeyError):
        write_site(tmp_path, files())
    assert (tmp_path / "a.html").read_bytes() == b"a2"
    coming_path(tmp_path).write_bytes(coming_path(tmp_path).read_bytes()[:-20])
    done = write_site(tmp_path, [("b.html", b"b")])
    assert (done.conflicts, done.removed) == ((), ("a.html",))
    assert not coming_path(tmp_path).exists()


def test_what_was_foreign_is_not_taken_before_the_rest_either(tmp_path):
    write_site(tmp_path, [("a.html", b"a")])
    (tmp_path / "b.html").write_bytes(b"mine")
    told = []
    done = write_site(
        tmp_path, [("b.html", b"b"), ("", Now(told.append)), ("a.html", b"a"), ("b.html", b"b")]
    )
    assert (told, done.conflicts) == ([()], ("b.html",))
    assert (tmp_path / "b.html").read_bytes() == b"mine"
