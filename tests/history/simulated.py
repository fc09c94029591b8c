"""A book with three simulated years of git history, and the script's own record of what moved.

Two authors (one of whom writes under two names), renames, a folder handed over, branches, a conflict, a merge that
changes something itself, a revert, a note removed and made again, a broken version, a private phase, secrets in old
versions, Japanese file names in both compositions.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

TODAY = dt.date(2026, 11, 19)
SECRET = "Zyxwvut"  # noqa: S105 - what no page may tell
AYA = "Tanaka Aya <aya@example.jp>"
KEN = "Suzuki Ken <ken@example.jp>"
PC = "suzuki-pc <pc@old.example.jp>"
MAILMAP = "Suzuki Ken <ken@example.jp> suzuki-pc <pc@old.example.jp>\n"
AOBA, BUNKA, CHUO, DENKI, EDO, FUJI, GINZA, HANA, IWATE, JOMO, KOBE, SAKURA = (
    f"content/clients/{path}.md"
    for path in (
        *("tanaka/aoba", "sato/bunka", "sato/chuo", "tanaka/denki-kogyo", "tanaka/edo", "tanaka/fuji"),
        *(
            "tanaka/ginza",
            "tanaka/hana",
            "tanaka/iwate",
            "tanaka/jomo",
            "tanaka/kobe",
            "tanaka/さくらデンキ印刷",
        ),
    )
)


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A stage or an owner that changed."""

    path: str
    """As the note is called in the end."""
    day: dt.date
    key: str
    old: str
    new: str
    author: str


@dataclass(slots=True)
class Record:
    """What the script did."""

    folder: Path
    moves: list[Move] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)
    """All commits' messages, oldest first."""


def note(name: str, stage: str = "approach", *entries: str, head: str = "", body: str = "") -> str:
    """A client's note."""
    told = "\n".join(
        f"## {day} visit\nTalked about {name}, at length and of many things.\n" for day in entries
    )
    return f"---\nname: {name}\nstage: {stage}\n{head}---\n{body or f'About {name}.'}\n\n{told}"


def git(folder: Path, *args: str, given: bytes = b"") -> str:
    """Run git as nobody in particular."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.jp"]
    done = subprocess.run(
        ["git", *who, *args], cwd=folder, input=given, capture_output=True, check=True, env=env
    )
    return done.stdout.decode().strip()


class Script:
    """Writes commits by `git fast-import`, and what they mean by the way."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.stream = bytearray()
        self.marks: dict[str, int] = {}
        self.count = 0

    def commit(
        self,
        when: str,
        who: str,
        files: dict[str, str | None],
        *moves: tuple[str, str, str, str],
        branch: str = "main",
        start: str = "",
        merge: str = "",
        renames: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """`when`: `2024-01-10 09:00 +0900`. `moves`: path in the end, key, old, new."""
        self.count += 1
        stamp = dt.datetime.strptime(when, "%Y-%m-%d %H:%M %z")
        signature = f"{who} {int(stamp.timestamp())} {when[-5:]}"
        message = f"Commit {self.count} {SECRET}-message"
        self.record.commits.append(message)
        lines = [
            f"commit refs/heads/{branch}",
            f"mark :{self.count}",
            f"author {signature}",
            f"committer {signature}",
        ]
        lines += [f"data {len(message.encode())}", message]
        parent = self.marks.get(start or branch)
        lines += [f"from :{parent}"] if parent else []
        lines += [f"merge :{self.marks[merge]}"] if merge else []
        lines += [f'R "{_escaped(old)}" "{_escaped(new)}"' for old, new in renames]
        for path, text in files.items():
            if text is None:
                lines.append(f"D {path}")
            else:
                lines += [f"M 100644 inline {path}", f"data {len(text.encode())}", text]
        self.stream += ("\n".join(lines) + "\n").encode()
        self.marks[branch] = self.count
        author = "Suzuki Ken" if who == PC else who.partition(" <")[0]
        day = stamp.astimezone(dt.timezone(dt.timedelta(hours=9))).date()
        self.record.moves += [Move(path, day, key, old, new, author) for path, key, old, new in moves]


def _escaped(path: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 else f"\\{b:03o}" for b in path.encode())


def simulated_book(folder: Path) -> Record:
    """Make the book in an empty folder; its `kayoi.yml` stands at the repository's top."""
    record = Record(folder)
    script = Script(record)
    _first_year(script)
    _branches(script)
    _later(script)
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "fast-import", "--quiet", given=bytes(script.stream))
    git(folder, "reset", "-q", "--hard")
    record.moves.sort()
    return record


def _first_year(script: Script) -> None:
    nfd = unicodedata.normalize("NFD", SAKURA)
    suzuki = {path: path.replace("sato", "suzuki") for path in (BUNKA, CHUO)}
    script.commit(
        "2024-01-10 09:00 +0900",
        AYA,
        {
            ".mailmap": MAILMAP,
            "kayoi.yml": "title: Simulated\n",
            "content/reps/tanaka.md": "---\nname: Tanaka Aya\n---\n",
            "content/reps/suzuki.md": "---\nname: Suzuki Ken\n---\n",
            "content/reps/sato.md": "---\nname: Sato Mei\n---\n",
            AOBA: note("Aoba", "approach", "2024-01-09"),
            EDO: note("Edo"),
            FUJI: note("Fuji"),
            GINZA: note("Ginza"),
            HANA: note("Hana"),
            IWATE: note("Iwate"),
            KOBE: note("Kobe"),
            nfd: note("Sakura"),
            "content/clients/tanaka/denki.md": note("Denki"),
        },
    )
    script.commit(
        "2024-01-15 18:00 +0900",
        PC,
        {
            suzuki[BUNKA]: note("Bunka", "wtt", "2024-01-14"),
            suzuki[CHUO]: note("Chuo"),
            JOMO: note(
                "Jomo",
                SECRET,
                head=f"owner: {SECRET}\n{SECRET}: {SECRET}\naddress: {SECRET}\n",
                body=f"{SECRET}\n\n## 2024-01-15 visit with {SECRET}\n{SECRET}",
            ),
        },
    )
    # Half past eleven in the evening of 4 March in London is the morning of the 5th in Tokyo.
    script.commit(
        "2024-03-04 23:30 +0000",
        AYA,
        {AOBA: note("Aoba", "wtt", "2024-01-09", "2024-03-01"), JOMO: note("Jomo", head="address: Kamata\n")},
        (AOBA, "stage", "approach", "wtt"),
        (JOMO, "owner", "", "tanaka"),
    )
    script.commit("2024-05-07 10:00 +0900", AYA, {}, renames=((nfd, SAKURA),))
    script.commit(
        "2024-06-03 10:00 +0900", KEN, {SAKURA: note("Sakura", "wtt")}, (SAKURA, "stage", "approach", "wtt")
    )
    script.commit(
        "2024-09-02 10:00 +0900",
        AYA,
        {
            AOBA: note("Aoba", "possible", "2024-01-09", "2024-03-01", head="size: large\n"),
            "content/clients/tanaka/denki.md": None,
            DENKI: note("Denki", "対話"),
            HANA: "---\nname: Hana\n<<<<<<< HEAD\nstage: won\n=======\nstage: wtt\n>>>>>>> b\n---\n",
            IWATE: note("Iwate", "probable", head="private: true\n", body=SECRET),
        },
        (AOBA, "stage", "wtt", "possible"),
        (DENKI, "stage", "approach", "wtt"),
    )
    script.commit(
        "2024-10-01 10:00 +0900",
        KEN,
        {HANA: note("Hana", "possible")},
        (HANA, "stage", "approach", "possible"),
    )


def _branches(script: Script) -> None:
    """Fuji moves on a branch, Edo to two stages at once, Ginza in the merge itself."""
    script.commit(
        "2024-11-05 10:00 +0900",
        KEN,
        {
            FUJI: note("Fuji", "wtt"),
            EDO: note("Edo", "probable", body="Ken's."),
            GINZA: note("Ginza", body="Ken."),
        },
        (FUJI, "stage", "approach", "wtt"),
        (EDO, "stage", "approach", "probable"),
        branch="ken",
        start="main",
    )
    script.commit(
        "2024-11-04 10:00 +0900",
        AYA,
        {EDO: note("Edo", "possible", body="Aya's."), GINZA: note("Ginza", body="Aya.")},
        (EDO, "stage", "approach", "possible"),
    )
    script.commit(
        "2024-11-08 10:00 +0900",
        AYA,
        {
            FUJI: note("Fuji", "wtt"),
            EDO: note("Edo", "possible", body="Aya's and Ken's."),
            GINZA: note("Ginza", "wtt", body="Aya and Ken."),
        },
        (EDO, "stage", "probable", "possible"),
        (GINZA, "stage", "approach", "wtt"),
        merge="ken",
    )
    script.commit(  # another branch, thrown away by the merge
        "2024-12-02 10:00 +0900", KEN, {FUJI: note("Fuji", "dropped")}, branch="lost", start="main"
    )
    script.commit("2024-12-03 10:00 +0900", AYA, {KOBE: note("Kobe", body="More.")})
    script.commit("2024-12-04 10:00 +0900", AYA, {FUJI: note("Fuji", "wtt")}, merge="lost")


def _later(script: Script) -> None:
    script.commit(
        "2025-02-10 10:00 +0900",
        AYA,
        {
            AOBA: note("Aoba", "probable", "2024-01-09", "2024-03-01", "2025-02-07", head="size: large\n"),
            IWATE: note("Iwate", "possible"),
            KOBE: None,
        },
        (AOBA, "stage", "possible", "probable"),
        (IWATE, "stage", "approach", "possible"),
    )
    chuo = "New people, a new beginning, nothing is as it was.\n" * 9
    script.commit(
        "2025-04-01 09:00 +0900",
        KEN,
        {CHUO.replace("sato", "suzuki"): None, CHUO: note("中央産業", head="area: Ginza\n", body=chuo)},
        (BUNKA, "owner", "suzuki", "sato"),
        (CHUO, "owner", "suzuki", "sato"),
        renames=((BUNKA.replace("sato", "suzuki"), BUNKA),),
    )
    script.commit(
        "2025-08-01 09:00 +0900", KEN, {KOBE: note("Kobe", "wtt")}, (KOBE, "stage", "approach", "wtt")
    )
    probable = note(
        "Aoba", "probable", "2024-01-09", "2024-03-01", "2025-02-07", "2025-11-18", head="size: large\n"
    )
    won = probable.replace("probable", "won")
    script.commit("2025-11-20 10:00 +0900", AYA, {AOBA: won}, (AOBA, "stage", "probable", "won"))
    script.commit("2025-11-21 10:00 +0900", KEN, {AOBA: probable}, (AOBA, "stage", "won", "probable"))
    script.commit("2026-02-03 10:00 +0900", AYA, {AOBA: won}, (AOBA, "stage", "probable", "won"))
    # A slip that no page can show, and its mending.
    script.commit("2026-05-01 10:00 +0900", AYA, {SAKURA: note("Sakura", "probabel")})
    script.commit(
        "2026-05-02 10:00 +0900",
        AYA,
        {SAKURA: note("Sakura", "probable")},
        (SAKURA, "stage", "wtt", "probable"),
    )


def has_git() -> bool:
    """Tests of history are skipped, in words, where there is no git."""
    return shutil.which("git") is not None
