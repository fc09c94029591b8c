"""The whole preview in a process of its own, ended by Ctrl-C."""

import http.client
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

PREVIEW = """
import sys, time
from pathlib import Path
from sitegen.output import write_site
from sitegen.preview import BuildOutcome, serve, PreviewError
root = Path(sys.argv[1])
def build(early, heard):
    text = (root / "content/a.md").read_text()
    if text == "bug":
        raise KeyError(text)
    done = write_site(root / "site", [("index.html", f"<body>{text}</body>".encode())])
    problems = "content/a.md:1:1: odd" if "odd" in text else ""
    return BuildOutcome(True, problems, len(done.written), 0.1, "secret" if "odd" in text else "")
def say(line):
    print(line, flush=True)
try:
    serve(build, [root / "content"], root / "site", sys.argv[2], int(sys.argv[3]), False, say,
          poll=sys.argv[4] == "poll", interval=0.1)
except PreviewError as error:
    print(error)
    sys.exit(2)
"""


class Preview:
    def __init__(self, root, poll="", host="127.0.0.1", port=0, command=None):
        self.process = subprocess.Popen(
            command
            or [sys.executable, "-X", "dev", "-W", "error", "-c", PREVIEW, str(root), host, str(port), poll],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.lines = []
        self.thread = threading.Thread(target=lambda: self.lines.extend(self.process.stdout))
        # Line by line, so that the lines so far can be looked at.
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def says(self, part, after=0):
        end = time.monotonic() + 15
        while not any(part in line for line in self.lines[after:]):
            assert time.monotonic() < end, (part, self.lines)
            time.sleep(0.01)
        return next(line for line in self.lines[after:] if part in line)

    @property
    def port(self):
        return int(re.search(r":(\d+)/", self.says("Preview:"))[1])

    def get(self, path="/"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(15)
        self.thread.join()
        self.process.stdout.close()
        return code


@pytest.fixture
def root(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("one")
    return tmp_path


@pytest.fixture
def previews():
    made = []

    def start(*args, **kw):
        made.append(Preview(*args, **kw))
        return made[-1]

    yield start
    for preview in made:
        if preview.process.poll() is None:
            preview.process.kill()
            preview.process.wait()
        preview.thread.join()
        preview.process.stdout.close()


@pytest.mark.parametrize("poll", ["", "poll"])
def test_a_day_at_the_desk(root, previews, poll):
    note = root / "content/a.md"
    preview = previews(root, poll)
    assert "one" in preview.get()
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
    version = re.search(r'data-version="([^"]+)"', preview.get())[1]
    connection.request("GET", f"/__kayoi/events?version={version}")
    events = connection.getresponse()

    def event():
        lines = []
        while (line := events.readline().decode().rstrip("\n")) or not lines:
            if line and not line.startswith((":", "retry")):
                lines.append(line)
        return lines

    assert event()[0] == "event: problems"
    note.write_text("two, odd")
    assert event()[0] == "event: built"
    shown = event()
    assert "content/a.md:1:1: odd" in shown[1]
    assert "secret" not in shown[1]
    preview.says("secret")
    assert "two, odd" in preview.get()
    note.write_text("bug")
    assert "This is a bug in Kayoi" in event()[1]
    preview.says("KeyError: 'bug'")
    assert "two, odd" in preview.get()
    note.write_text("three")
    assert event()[0] == "event: built"
    assert '"text": ""' in event()[1]
    assert "three" in preview.get()
    assert preview.end() == 0
    events.close()
    connection.close()
    assert preview.lines[-1] == "The preview has ended."
    assert not any("Traceback" in line or "Warning" in line for line in preview.lines)


def test_old_problems_are_not_told_at_each_save(root, previews):
    note = root / "content/a.md"
    note.write_text("odd")
    preview = previews(root)
    preview.says("Preview:")
    note.write_text("odd again")
    preview.says("The problems are the same")
    assert sum("content/a.md:1:1: odd" in line for line in preview.lines) == 1
    assert preview.end() == 0


def test_a_preview_open_to_the_network_warns(root, previews):
    preview = previews(root, host="0.0.0.0")  # noqa: S104
    assert "everybody" in preview.says("Careful")
    assert preview.end() == 0


def test_a_second_preview_on_the_port_is_refused(root, previews):
    first = previews(root)
    second = previews(root, port=first.port)
    assert f"Port {first.port} is taken" in second.says("taken")
    assert second.process.wait(10) == 2
    assert first.end() == 0


def test_a_first_build_with_a_bug_is_told_and_mended(root, previews):
    note = root / "content/a.md"
    note.write_text("bug")
    preview = previews(root)
    assert "No such page" in preview.get()
    note.write_text("fine")
    preview.says("Built")
    assert "fine" in preview.get()
    assert preview.end() == 0


VERB = [
    sys.executable,
    "-c",
    "from sitegen.cli import main; main()",
    "serve",
    "--port",
    "0",
    "--today",
    "2026-11-19",
]
ME = ("-c", "user.name=a", "-c", "user.email=a@x")


def git(root, *args):
    subprocess.run(["git", *ME, *args], cwd=root, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_what_the_settings_name_anew_is_followed_and_so_is_what_is_committed(tmp_path, previews):
    settings = tmp_path / "kayoi.yml"
    settings.write_text("content: notes\n")
    for folder in ("notes", "notes2"):
        note = tmp_path / folder / "clients/abe/yamato.md"
        note.parent.mkdir(parents=True)
        note.write_text(f"---\nname: Of {folder}\nstage: wtt\n---\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "notes2", "kayoi.yml")
    git(tmp_path, "commit", "-qm", "i")
    preview = previews(tmp_path, command=VERB)

    def shows(part):
        end = time.monotonic() + 15
        while part not in preview.get("/clients/yamato.html"):
            assert time.monotonic() < end, (part, preview.lines)
            time.sleep(0.05)

    shows("Of notes<")
    settings.write_text("content: notes2\n")
    shows("Of notes2<")
    note.write_text("---\nname: Changed\nstage: possible\n---\n")
    shows("Changed<")
    settings.write_text("content: notes2\nout: public\n")
    end = time.monotonic() + 15
    while not (tmp_path / "public/clients/yamato.html").exists():
        assert time.monotonic() < end, preview.lines
        time.sleep(0.05)
    note.write_text("---\nname: Once more\nstage: possible\n---\n")
    shows("Once more<")
    assert "Once more<" not in (tmp_path / "site/clients/yamato.html").read_text("utf-8")
    before = preview.get("/clients/yamato.html")
    git(tmp_path, "commit", "-qam", "possible")
    end = time.monotonic() + 15
    while preview.get("/clients/yamato.html") == before:
        assert time.monotonic() < end, preview.lines
        time.sleep(0.05)
    preview.end()
