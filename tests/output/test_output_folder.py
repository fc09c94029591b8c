"""Which folder a site may go to."""

import pytest

from sitegen.output import OutputRefused, write_site
from sitegen.output.errors import SENTENCES

PAGE = [("index.html", b"i")]


def refusal(out, **where):
    with pytest.raises(OutputRefused) as refused:
        write_site(out, PAGE, **where)
    assert str(refused.value) == SENTENCES[refused.value.code].format(**dict(refused.value.params))
    return refused.value.code


def test_a_folder_with_foreign_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.doc").write_bytes(b"years")
    assert refusal(tmp_path) == "output-not-ours"
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("below", ["", "deep/site"])
def test_a_file_is_refused(tmp_path, below):
    (tmp_path / "site").write_bytes(b"")
    assert refusal(tmp_path / "site" / below) == "output-is-file"


@pytest.mark.parametrize("name", [".git", ".gitkeep"])
def test_a_checkouts_bookkeeping_is_no_content(tmp_path, name):
    (tmp_path / name).mkdir()
    assert write_site(tmp_path, PAGE).written == ("index.html",)


def test_what_a_first_build_left_that_was_cut_short_is_no_content(tmp_path):
    staging = tmp_path / ".kayoi" / "staging"
    staging.mkdir(parents=True)
    (staging / "0").write_bytes(b"half")
    write_site(tmp_path, PAGE)
    assert not staging.exists()


@pytest.mark.parametrize("out", ["content", "content/site", ".", "templates", "link", "content/../content"])
def test_notes_and_templates_are_never_the_site(tmp_path, out):
    (tmp_path / "content").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "content", target_is_directory=True)
    forbidden = [tmp_path / "content", tmp_path / "templates", tmp_path / "missing"]
    assert refusal(tmp_path / out, forbidden=forbidden) == "output-is-source"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["content", "link", "templates"]


def test_a_missing_templates_folder_guards_its_place_all_the_same(tmp_path):
    assert refusal(tmp_path / "t" / "site", forbidden=[tmp_path / "t"]) == "output-is-source"
    assert not (tmp_path / "t").exists()


def test_the_project_is_never_the_site_but_may_hold_it(tmp_path):
    root = tmp_path / "book"
    root.mkdir()
    assert refusal(root, root=root) == "output-is-project"
    assert refusal(tmp_path, root=root) == "output-is-project"
    assert write_site(root / "site", PAGE, root=root).written == ("index.html",)


def test_siblings_with_one_beginning_are_not_confused(tmp_path):
    assert write_site(tmp_path / "content-site", PAGE, forbidden=[tmp_path / "content"]).written
