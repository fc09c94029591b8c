"""Changes are heard of: saves of many editors, folders that come and go; and nothing else is."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from sitegen.preview import english
from sitegen.preview.watching import Watcher, is_temporary, network_drive


class Ear:
    def __init__(self):
        self.heard = threading.Event()

    def __call__(self):
        self.heard.set()

    def hears(self, seconds=5.0):
        heard = self.heard.wait(seconds)
        time.sleep(0.15)  # the rest of the burst
        self.heard.clear()
        return heard

    def silent(self):
        return not self.heard.wait(0.4)


@pytest.fixture(params=[False, True], ids=["reports", "looks"])
def watched(request, tmp_path):
    for folder in ("content/clients/tanaka", "content/.obsidian", "content/site"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "content/clients/tanaka/a.md").write_text("one")
    (tmp_path / "kayoi.yml").write_text("lang: en")
    ear, said = Ear(), []
    paths = [tmp_path / "content", tmp_path / "templates", tmp_path / "kayoi.yml"]
    watcher = Watcher(
        paths, tmp_path / "content/site", ear, said.append, english, poll=request.param, interval=0.05
    )
    watcher.renew()
    yield tmp_path, ear, watcher
    watcher.stop()
    assert said == []


def test_saves_are_heard(watched):
    root, ear, _ = watched
    note = root / "content/clients/tanaka/a.md"
    note.write_text("two and more")
    assert ear.hears()
    # As vim, Emacs and VS Code save: beside it, then renamed over it.
    draft = note.with_name(".a.md.swp-new")
    draft.write_text("three, longer still")
    draft.replace(note)
    assert ear.hears()
    note.unlink()
    assert ear.hears()
    note.write_text("back")
    assert ear.hears()


def test_which_files_changed_is_told_once(watched):
    root, ear, watcher = watched
    assert watcher.heard() is None  # nobody watched before
    note, other = root / "content/clients/tanaka/a.md", root / "content/clients/tanaka/b.md"
    note.write_text("two and more")
    assert ear.hears()
    (root / "content/clients/tanaka/a.md.swp").write_text("an editor's own")
    other.write_text("new")
    assert ear.hears()
    assert watcher.heard() == {str(note), str(other)}
    assert watcher.heard() == frozenset()
    (root / "content/clients/kato").mkdir()
    assert ear.hears()
    assert watcher.heard() is None  # files may have come with it
    assert watcher.heard() == frozenset()


def test_the_configuration_is_heard_when_it_is_renamed_into_place(watched):
    root, ear, _ = watched
    draft = root / "kayoi.yml.123"
    draft.write_text("lang: ja")
    draft.replace(root / "kayoi.yml")
    assert ear.hears()


def test_new_folders_are_heard(watched):
    root, ear, _ = watched
    (root / "content/clients/suzuki/deep").mkdir(parents=True)
    assert ear.hears()
    time.sleep(0.2)
    ear.heard.clear()
    (root / "content/clients/suzuki/deep/b.md").write_text("b")
    assert ear.hears()


def test_a_folder_may_come_while_the_one_above_is_looked_into(watched, monkeypatch):
    root, ear, _ = watched
    deep, walk = root / "content/clients/suzuki/deep", os.walk

    def walk_later(top, *args, **kwargs):
        if os.fsdecode(top) == str(deep.parent):
            deep.mkdir(exist_ok=True)
        return walk(top, *args, **kwargs)

    monkeypatch.setattr(os, "walk", walk_later)
    deep.parent.mkdir()
    assert ear.hears()
    deep.mkdir(exist_ok=True)  # where nobody walks
    time.sleep(0.2)
    ear.heard.clear()
    (deep / "b.md").write_text("b")
    assert ear.hears()


def test_what_is_no_change_of_the_book_is_not_heard(watched):
    root, ear, _ = watched
    folder = root / "content/clients/tanaka"
    for name in (".a.md.swp", "4913", "a.md~", "#a.md#", ".#a.md", "~$a.md", "a.md.tmp"):
        (folder / name).write_text("x")
        (folder / name).unlink()
    (root / "content/.obsidian/workspace.json").write_text("{}")
    (root / "content/site/index.html").write_text("built")
    (root / "other.txt").write_text("x")
    (folder / "a.md").read_text()
    list(os.walk(root))
    assert ear.silent()


def test_a_folder_that_goes_and_comes_again_is_watched_again(watched):
    root, ear, watcher = watched
    shutil.rmtree(root / "content")
    assert ear.hears()
    watcher.renew()
    (root / "content/clients").mkdir(parents=True)
    assert ear.hears()
    watcher.renew()
    (root / "content/clients/new.md").write_text("new")
    assert ear.hears()


def test_a_folder_that_was_missing_may_come(watched):
    root, ear, watcher = watched
    (root / "templates").mkdir()
    assert ear.hears()
    watcher.renew()
    (root / "templates/page.html").write_text("t")
    assert ear.hears()


def test_without_reports_it_looks_and_says_so(tmp_path, monkeypatch):
    from watchdog.observers import Observer

    def full(self):
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "on_thread_start", full)
    said, ear = [], Ear()
    (tmp_path / "content").mkdir()
    watcher = Watcher([tmp_path / "content"], tmp_path / "site", ear, said.append, english, interval=0.05)
    watcher.renew()
    try:
        assert said == [english("preview-polling", reason="inotify watch limit reached", seconds="0.05")]
        (tmp_path / "content/a.md").write_text("a")
        assert ear.hears()
        watcher._stale = True
        watcher.renew()
        assert len(said) == 1
    finally:
        watcher.stop()


LIMIT = Path("/proc/sys/fs/inotify/max_queued_events")


@pytest.mark.skipif(not LIMIT.exists(), reason="only Linux says how many reports may wait")
@pytest.mark.parametrize("watched", [False], ids=["reports"], indirect=True)
def test_where_reports_are_lost_any_file_may_have_changed(watched, monkeypatch):
    from watchdog.observers.inotify_c import InotifyFD

    root, ear, watcher = watched
    folder = root / "content/clients/tanaka"
    (folder / "b.md").write_text("one")
    assert ear.hears()
    watcher.heard()
    gate, read = threading.Event(), InotifyFD.read_events
    monkeypatch.setattr(InotifyFD, "read_events", lambda fd: [gate.wait(60), read(fd)][1])
    for _ in range(int(LIMIT.read_text()) // 2 + 1000):
        os.utime(folder / "a.md")
        os.utime(folder / "b.md")
    new = root / "content/clients/suzuki"
    new.mkdir()
    gate.set()
    assert ear.hears()
    assert watcher.heard() is None
    watcher.renew()
    assert watcher.heard() is None  # what came before is nobody's to tell
    ear.heard.clear()
    (new / "c.md").write_text("new")
    assert ear.hears()
    assert watcher.heard() == {str(new / "c.md")}


def test_a_network_drive_is_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "sitegen.preview.watching._mounts", lambda: f"srv:/x {tmp_path.resolve()} nfs4 rw 0 0"
    )
    said = []
    watcher = Watcher([tmp_path], tmp_path / "site", Ear(), said.append, english, interval=0.05)
    watcher.renew()
    watcher.stop()
    assert len(said) == 1
    assert "network drive" in said[0]


MOUNTS = """\
/dev/sda / ext4 rw 0 0
C:\\134 /mnt/c 9p rw 0 0
tmpfs /mnt/c/fast tmpfs rw 0 0
//nas/x /mnt/our\\040share cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "yes"),
    [
        ("/home/x", False),
        ("/mnt/c/Users/x", True),
        ("/mnt/cd", False),
        ("/mnt/c/fast/x", False),
        ("/mnt/our share/book", True),
    ],
)
def test_network_drives_are_known(path, yes):
    assert network_drive(Path(path), MOUNTS) is yes


def test_names_of_editors_passing_files():
    for name in (".a.swp", "a.md~", "4913", "#a#", ".#a", "a.md.crswap", "a.md___jb_tmp___", "~$a.md"):
        assert is_temporary(name), name
    for name in ("a.md", "2024.md", "大和.md", "page.html", "kayoi.yml", "C#.md"):
        assert not is_temporary(name), name
