"""Real processes: killed ones, and two at once."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from sitegen.output import LockBusy, write_site
from sitegen.output.folder import only_one

SLOW = """
import sys, time
from pathlib import Path
from sitegen.output import writing, write_site
out, mark, where = Path(sys.argv[1]), sys.argv[2].encode(), sys.argv[3]
def wait():
    (out.parent / ("ready-" + sys.argv[2])).touch()
    while not (out.parent / "go").exists():
        time.sleep(0.01)
def files():
    for n in range(50):
        yield f"p/{n}.html", mark
        if where == "staging" and n == 25:
            wait()
rename = writing._rename
def slow(draft, target):
    rename(draft, target)
    if where == "renames" and target.endswith("/25.html"):
        wait()
writing._rename = slow
write_site(out, files(), on_wait=lambda: (out.parent / "waited").touch())
"""


def start(out: Path, mark: str, where: str, sign: str) -> subprocess.Popen:
    """A build that stops at `where` until the file `go` comes; returns once it has given its sign."""
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(out), mark, where])
    deadline = time.monotonic() + 30
    while not (out.parent / sign).exists():
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    return process


def pages(out: Path) -> list[bytes]:
    return [p.read_bytes() for p in sorted(out.glob("p/*.html"))]


@pytest.mark.parametrize("where", ["staging", "renames"])
def test_a_killed_build_leaves_whole_pages_and_the_next_one_mends(tmp_path, where):
    out = tmp_path / "site"
    write_site(out, [(f"p/{n}.html", b"old") for n in range(40)])
    victim = start(out, "new", where, "ready-new")
    victim.kill()
    victim.wait()
    assert (out / ".kayoi/staging").exists()
    if where == "staging":
        assert pages(out) == [b"old"] * 40
    else:
        assert sorted(set(pages(out))) == [b"new", b"old"]
    done = write_site(out, [(f"p/{n}.html", b"last") for n in range(45)])
    assert done.conflicts == ()
    assert pages(out) == [b"last"] * 45
    assert not (out / ".kayoi/staging").exists()


@pytest.mark.parametrize("where", ["staging", "renames"])
def test_two_builds_at_once_do_not_mix(tmp_path, where):
    out = tmp_path / "site"
    first = start(out, "one", where, "ready-one")
    second = start(out, "two", "no", "waited")
    (tmp_path / "go").touch()
    assert first.wait(30) == second.wait(30) == 0
    assert pages(out) == [b"two"] * 50


def test_waiting_has_an_end(tmp_path):
    said = []
    with only_one(tmp_path, 0, lambda: None), pytest.raises(LockBusy) as busy:
        write_site(tmp_path, [("a", b"a")], wait=0.1, on_wait=lambda: said.append("wait"))
    assert said == ["wait"]
    assert busy.value.code == "output-busy"
    assert [p.name for p in tmp_path.iterdir()] == [".kayoi"]
