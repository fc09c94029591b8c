#!/usr/bin/env python3
"""Cold builds of one book by Kayoi and by Hugo, in turn, in one run: wall and processor seconds, peak memory, files.

    python bench/compare.py --book FOLDER --today 2026-11-20 --runs 3 [--hugo HUGO --hugo-site FOLDER]

FOLDER holds `content/clients/…` and perhaps a `kayoi.yml`; the Hugo site is one whose mounts read `content/`
beside its own files. Medians are told, and the ratio of the medians. Peak is the largest single process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What one build cost."""

    wall: float
    cpu: float
    peak: float
    files: int


def measure(command: list[str], cwd: Path, out: Path) -> Cost:
    """Run a build in a process of its own; its cost."""
    shutil.rmtree(out, ignore_errors=True)
    before = time.monotonic()
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - before
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    files = sum(len(names) for _, _, names in os.walk(out))
    if not files:
        sys.exit(f"{' '.join(command)}: nothing was built")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, files)


def main() -> None:
    """Measure, and print a table."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--book", type=Path, required=True)
    args.add_argument("--today", default="2026-11-20")
    args.add_argument("--runs", type=int, default=3)
    args.add_argument("--hugo", help="the program")
    args.add_argument("--hugo-site", type=Path, help="its project, without content/")
    given = args.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        tools = {"kayoi": (kayoi(given.book, given.today, work), given.book, work / "site")}
        if given.hugo:
            shutil.copytree(given.hugo_site, work / "hugo")
            shutil.copytree(given.book / "content", work / "hugo" / "content")
            tools["hugo"] = ([given.hugo], work / "hugo", work / "hugo" / "public")
        costs: dict[str, list[Cost]] = {tool: [] for tool in tools}
        for _ in range(given.runs):
            for tool, (command, cwd, out) in tools.items():
                costs[tool].append(measure(command, cwd, out))
    print("| tool | wall s | cpu s | peak MiB | files |\n|---|--:|--:|--:|--:|")
    medians = {tool: Cost(*map(statistics.median, zip(*rows, strict=True))) for tool, rows in costs.items()}
    for tool, cost in medians.items():
        print(f"| {tool} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} | {cost.files:.0f} |")
    if "hugo" in medians:
        ours, theirs = medians["kayoi"], medians["hugo"]
        print(f"\nkayoi / hugo: wall {ours.wall / theirs.wall:.2f}, cpu {ours.cpu / theirs.cpu:.2f}")


def kayoi(book: Path, today: str, work: Path) -> list[str]:
    """The command for a cold build of a book into a new folder."""
    settings = ["-f", str(book.resolve() / "kayoi.yml")] if (book / "kayoi.yml").is_file() else []
    return [
        sys.executable,
        "-m",
        "sitegen",
        "build",
        "-q",
        "--today",
        today,
        "-o",
        str(work / "site"),
        *settings,
    ]


if __name__ == "__main__":
    main()
