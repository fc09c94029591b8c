"""Taking a site away again."""

import pytest

from sitegen.output import LockBusy, OutputRefused, clean_site, write_site
from sitegen.output.folder import only_one

PAGES = [("a.html", b"a"), ("d/b.html", b"b"), ("d/e/c.html", b"c")]


def test_all_of_it_goes(tmp_path):
    out = tmp_path / "site"
    write_site(out, PAGES)
    done = clean_site(out)
    assert (done.removed, done.kept, done.gone) == (("a.html", "d/b.html", "d/e/c.html"), (), True)
    assert not out.exists()


def test_what_was_changed_by_hand_and_what_is_foreign_stays(tmp_path):
    write_site(tmp_path, PAGES)
    (tmp_path / "a.html").write_bytes(b"by hand")
    (tmp_path / "CNAME").write_bytes(b"example.jp")
    done = clean_site(tmp_path)
    assert (done.removed, done.kept, done.gone) == (("d/b.html", "d/e/c.html"), ("a.html",), False)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".kayoi", "CNAME", "a.html"]
    # The folder can be built into again, and what was kept is nobody's to overwrite.
    assert write_site(tmp_path, PAGES).conflicts == ("a.html",)


def test_a_foreign_folder_is_refused(tmp_path):
    (tmp_path / "x").write_bytes(b"x")
    with pytest.raises(OutputRefused):
        clean_site(tmp_path)
    assert (tmp_path / "x").exists()


def test_nothing_to_clean_is_fine(tmp_path):
    assert clean_site(tmp_path / "missing").removed == ()
    assert clean_site(tmp_path).removed == ()
    assert tmp_path.exists()


def test_nothing_is_taken_from_under_a_build(tmp_path, monkeypatch):
    write_site(tmp_path, PAGES)
    monkeypatch.setattr("sitegen.output.cleaning.only_one", lambda out, wait, told: only_one(out, 0.1, told))
    with only_one(tmp_path, 0, lambda: None), pytest.raises(LockBusy):
        clean_site(tmp_path)
    assert (tmp_path / "a.html").exists()


def test_links_are_not_followed_when_cleaning(tmp_path):
    out, other = tmp_path / "site", tmp_path / "other"
    write_site(out, PAGES)
    other.mkdir()
    (other / "b.html").write_bytes(b"b")
    (out / "d").rename(tmp_path / "away")
    (out / "d").symlink_to(other, target_is_directory=True)
    clean_site(out)
    assert (other / "b.html").read_bytes() == b"b"
