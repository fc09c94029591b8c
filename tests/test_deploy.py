"""The hosting recipes of `docs/deploy/`: their commands step by step in a clone as a pipeline makes it, nginx for real."""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from sitegen.desk.starting import start_book

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "docs/deploy"
RECIPES = ("gitlab-ci.yml", "github-workflow.yml", "nginx.conf", "update.sh", "share.ps1")
NOT_HERE = {
    'pip install --quiet --disable-pip-version-check "$KAYOI"': "the test runs what is installed",
    'pip install --quiet "${KAYOI:-kayoi}"': "the same",
    "kayoi build || test $? -eq 1": "run as GitLab's, which differs in the folder alone",
    'git config --global --add safe.directory "$PWD"': "would write into the settings of whoever runs the test",
}
"""Commands of the recipes that this machine does not run, and why not."""

WORD = "secret"
"""The password of the test."""


def written(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def recipe(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(written(name))
    return found


def gitlab_steps() -> list[str]:
    steps = recipe("gitlab-ci.yml")["pages"]
    return [*steps["before_script"], *steps["script"]]


def github_steps() -> list[str]:
    return [step["run"] for step in recipe("github-workflow.yml")["jobs"]["build"]["steps"] if "run" in step]


def test_each_page_holds_its_file_as_it_is() -> None:
    """Who reads the page and copies it has the file that the tests run."""
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted(DEPLOY.glob("*.md")))
    for name in RECIPES:
        assert f"\n{written(name).rstrip()}\n```" in pages, name
        assert f"]({name})" in pages
    assert pages.count("## Who can see it") == len(list(DEPLOY.glob("*.md")))


def test_pipelines_fetch_the_whole_history_and_keep_the_cache() -> None:
    pages = recipe("gitlab-ci.yml")["pages"]
    assert pages["variables"]["GIT_DEPTH"] == 0
    assert pages["cache"]["paths"] == [".kayoi/", "public/"]
    steps = {step["uses"].split("@")[0]: step.get("with") for step in _uses()}
    assert steps["actions/checkout"] == {"fetch-depth": 0}
    assert steps["actions/cache"]["path"].split() == [".kayoi", "site"]


def _uses() -> list[dict[str, Any]]:
    return [step for step in recipe("github-workflow.yml")["jobs"]["build"]["steps"] if "uses" in step]


def test_nothing_is_published_on_github_pages_unless_a_team_says_so() -> None:
    jobs = recipe("github-workflow.yml")["jobs"]
    asked = "vars.KAYOI_PUBLISH == 'pages'"
    assert asked in jobs["publish"]["if"]
    uploads = [step for step in _uses() if "pages" in step["uses"]]
    assert all(asked in step["if"] for step in uploads)
    assert "pages" not in recipe("github-workflow.yml")["permissions"]


def crons() -> list[str]:
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted(DEPLOY.glob("*.md")))
    found = re.findall(r"\b\d+ \d+ \* \* 0-4", pages + written("github-workflow.yml"))
    return sorted(set(found))


def test_schedules_in_utc_are_weekday_mornings_in_japan() -> None:
    assert len(crons()) == 2
    for cron in crons():
        minute, hour = map(int, cron.split()[:2])
        sunday = dt.datetime(2026, 11, 15, hour, minute, tzinfo=dt.UTC)
        japan = [sunday + dt.timedelta(days=n, hours=9) for n in range(5)]
        assert [day.weekday() for day in japan] == [0, 1, 2, 3, 4]
        assert all(5 <= day.hour < 8 for day in japan)


def git(folder: Path, *args: str) -> None:
    who = ["-c", "user.name=Tanaka", "-c", "user.email=t@example.jp", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, "-C", str(folder), *args], check=True, capture_output=True)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A team's repository: a book, a note with a problem, a client that moved."""
    folder = tmp_path_factory.mktemp("team")
    book = folder / "work"
    start_book(book, "en", dt.date(2026, 10, 1))
    git(book, "init", "--quiet")
    git(book, "add", "--all")
    git(book, "commit", "--quiet", "-m", "Our book")
    note = book / "content/clients/me/aoba-printing.md"
    moved = note.read_text(encoding="utf-8").replace("stage: possible", "stage: probable")
    note.write_text(moved + "\n## 2026-02-30 visit\n", encoding="utf-8")
    git(book, "commit", "--quiet", "--all", "-m", "Aoba moved")
    git(folder, "clone", "--quiet", "--bare", "work", "book.git")
    return folder / "book.git"


def environment(home: Path) -> dict[str, str]:
    """What a pipeline has: `kayoi` on the path, a home of its own, a clock in UTC."""
    # Bytecode is written even where the tests write none: each step is a process of its own.
    return {
        **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def run(
    steps: list[str], folder: Path, env: dict[str, str], shell: tuple[str, ...] = ("sh", "-e", "-c")
) -> str:
    """Step by step, as a runner does; what they print."""
    told = ""
    for step in (one.split(" # ")[0] for one in steps):
        if step not in NOT_HERE:
            done = subprocess.run(
                [*shell, step], cwd=folder, env=env, capture_output=True, text=True, check=False
            )
            told += done.stdout + done.stderr
            assert done.returncode == 0, f"{step}\n{told}"
    return told


@pytest.fixture(scope="module")
def built(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A clone in which GitLab's steps were run, and what they printed."""
    home = tmp_path_factory.mktemp("runner")
    git(home, "clone", "--quiet", str(bare), "book")
    return home / "book", run(gitlab_steps(), home / "book", environment(home))


def test_gitlab_builds_a_book_with_a_problem_and_with_its_past(built: tuple[Path, str]) -> None:
    book, told = built
    assert "aoba-printing.md:" in told
    assert "2026-02-30" in told
    assert "probable" in (book / "public/changes.html").read_text(encoding="utf-8")


def test_the_next_build_finds_the_cache_and_a_server_builds_the_same(
    bare: Path, built: tuple[Path, str], tmp_path: Path
) -> None:
    """In a new clone, as the next pipeline has it, with what the recipe keeps; by the script of a server."""
    git(tmp_path, "clone", "--quiet", str(bare), "book")
    for kept in recipe("gitlab-ci.yml")["pages"]["cache"]["paths"]:
        shutil.copytree(built[0] / kept, tmp_path / "book" / kept)
    public = tmp_path / "book/public"
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in public.rglob("*.html")}
    command = ["sh", str(DEPLOY / "update.sh"), str(tmp_path / "book"), str(public)]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in public.rglob("*.html")} == before
    assert not (tmp_path / "book/site").exists()


def test_github_marks_the_line_and_builds_as_gitlab_does(bare: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(bare), "book")
    told = run(github_steps(), tmp_path / "book", environment(tmp_path), ("bash", "-e", "-c"))
    assert "::error file=content/clients/me/aoba-printing.md,line=" in told
    (build,) = [step for step in gitlab_steps() if step.startswith("kayoi build")]
    assert build.replace(" --out public", "") in github_steps()


def test_the_shares_command_is_the_servers() -> None:
    """No PowerShell here: at least its command is one that is run above."""
    (own,) = re.findall(r'^kayoi (.*) "\$Site"$', written("share.ps1"), re.MULTILINE)
    (known,) = re.findall(r'^kayoi (.*) "\$site" \|\|', written("update.sh"), re.MULTILINE)
    assert own == known


@contextmanager
def nginx(folder: Path, site: Path) -> Iterator[int]:
    """The recipe's server, its paths and its port put in; its port."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    new += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(new, check=True, capture_output=True)
    hashed = subprocess.run(
        ["openssl", "passwd", "-apr1", WORD], check=True, capture_output=True, text=True
    ).stdout
    (folder / "users").write_text(f"tanaka:{hashed}", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    own = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/nginx/kayoi/cert.pem": str(cert),
        "/etc/nginx/kayoi/key.pem": str(key),
        "/etc/nginx/kayoi/users": str(folder / "users"),
        "/srv/kayoi/site": str(site),
    }
    server = written("nginx.conf")
    for there, here in own.items():
        assert there in server
        server = server.replace(there, here)
    temporary = "".join(
        f"{what}_temp_path {folder}/{what};\n"
        for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "main.conf").write_text(
        f"{user}pid {folder}/pid;\nerror_log {folder}/error.log;\nworker_processes 1;\nevents {{ }}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{server}}}\n",
        encoding="utf-8",
    )
    running = subprocess.Popen(
        ["nginx", "-e", str(folder / "error.log"), "-c", str(folder / "main.conf"), "-g", "daemon off;"]
    )
    try:
        _wait(port, running, folder / "error.log")
        yield port
    finally:
        running.terminate()
        running.wait(10)


def _wait(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        assert running.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx does not listen")


@dataclass(frozen=True)
class Answer:
    """What came back, read to its end."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(port: int, path: str, password: str = WORD, **headers: str) -> Answer:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    if password:
        word = base64.b64encode(f"tanaka:{password}".encode()).decode()
        headers["Authorization"] = f"Basic {word}"
    with closing(http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=10)) as connection:
        connection.request("GET", path, headers={**headers, "Connection": "close"})
        with connection.getresponse() as response:
            return Answer(response.status, response.headers, response.read())


@pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl") and Path("/etc/nginx/mime.types").exists()),
    reason="nginx and openssl are not installed: docs/deploy/nginx.conf was not tried",
)
def test_nginx_serves_the_site_to_those_with_a_password(sample: Path, tmp_path: Path) -> None:
    with nginx(tmp_path, sample) as port:
        assert ask(port, "/", "").status == ask(port, "/clients/yamato-precision.html", "wrong").status == 401
        home = ask(port, "/")
        assert (home.status, home.headers.get("Content-Type")) == (200, "text/html; charset=utf-8")
        assert home.headers.get("Cache-Control") == "no-cache"
        assert home.body == (sample / "index.html").read_bytes()
        again = ask(port, "/", **{"If-None-Match": home.headers.get("ETag") or ""})
        assert again.status == 304
        assert ask(port, "/.kayoi/manifest.json").status == 404
        assert ask(port, "/clients/").status in (403, 404)  # no listing of folders
        script = ask(port, "/assets/kayoi.js", **{"Accept-Encoding": "gzip"})
        assert script.headers.get("Content-Encoding") == "gzip"
        for ending, kind in (("csv", "text/csv"), ("ics", "text/calendar")):
            file = next(sample.rglob(f"*.{ending}")).relative_to(sample)
            answer = ask(port, "/" + quote(file.as_posix()))
            assert answer.headers.get("Content-Type") == f"{kind}; charset=utf-8"
            assert answer.headers.get("X-Robots-Tag") == "noindex, nofollow"
