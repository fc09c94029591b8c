"""Kayoi beside its peers on the same books, in one run.

    python -m bench --sizes 1000 10000 --runs 3 --tools hugo pelican

from the project's root. Everything lies below bench/.work/: the peers in an environment of their own, the books,
the figures as JSON. The tables go into bench/RESULTS.md, between two marks; sizes that are not measured now keep
theirs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import os
import shlex
import shutil
import statistics
import sys
from pathlib import Path

from bench import builds, corpus, report, watching
from bench.tools import HERE, WORK, Cost, Failed, code, installed, machine, source, versions

LARGE = 20_000
"""From so many clients on only cold builds, each once, and no watching."""


def book(clients: int) -> Path:
    """A generated book, made where it is missing or was made by another generator."""
    folder = WORK / "books" / str(clients)
    stamp = folder.with_suffix(".made")
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != source():
        shutil.rmtree(folder, ignore_errors=True)
        corpus.write(clients, folder)
        stamp.write_text(source(), encoding="ascii")
    return folder


def medians(costs: dict[str, list[Cost]]) -> dict[str, dict[str, float]]:
    """One cost for each build."""
    columns = {name: zip(*rows, strict=True) for name, rows in costs.items()}
    return {
        name: dict(zip(Cost._fields, map(statistics.median, columns[name]), strict=True)) for name in columns
    }


def watched(bench: builds.Bench, tools: list[str], runs: int) -> dict[str, dict[str, float]]:
    """Medians of each tool's saves."""
    edits = list(itertools.islice(builds.targets(bench.corpus), runs + 1, 2 * runs + 2))
    out = {}
    for tool, measure in (("hugo", watching.hugo), ("kayoi", watching.kayoi)):
        if tool in ("kayoi", *tools):
            seen = [row | {"all": max(row.values())} for row in measure(bench, edits)]
            out[tool] = {key: statistics.median(row[key] for row in seen) for key in seen[0]}
            print(
                f"  {tool}, from a save: "
                + ", ".join(f"{k} {v * 1000:.0f} ms" for k, v in out[tool].items()),
                flush=True,
            )
    return out


def measured(clients: int, given: argparse.Namespace, bench: builds.Bench) -> report.Size:
    """Everything about one book."""
    large = clients > LARGE
    runs = 1 if large else given.runs
    begun, before = os.getloadavg()[0], code()
    edits = itertools.islice(builds.targets(bench.corpus), runs)
    for turn, target in enumerate(edits, 1):
        print(f"{clients} clients, turn {turn} of {runs}", flush=True)
        for tool in given.tools:
            if tool == "hugo" or not large:
                bench.cold_peer(tool)
        bench.cold()
        if not large:
            bench.warm(target)
    return {
        "date": f"{dt.date.today():%Y-%m-%d}",  # noqa: DTZ011  the reader's own day
        "runs": runs,
        "machine": machine(),
        "versions": versions(bench.tools),
        "bytes": sum(note.stat().st_size for note in (bench.corpus / "content" / "clients").glob("*/*.md")),
        "costs": medians(bench.costs),
        "each": {name: [row._asdict() for row in rows] for name, rows in bench.costs.items()},
        "watch": {} if large or given.no_watch else watched(bench, given.tools, runs),
        "load": [begun, os.getloadavg()[0]],
        "same": before == code(),
    }


def main() -> None:
    """Measure, and write the tables."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    args.add_argument("--runs", type=int, default=3)
    args.add_argument("--tools", nargs="*", default=["hugo", "pelican"], choices=["hugo", "pelican"])
    args.add_argument("--no-watch", action="store_true")
    args.add_argument(
        "--kayoi", default=str(HERE.parent / ".venv" / "bin" / "kayoi"), help="the command that starts Kayoi"
    )
    args.add_argument("--page", type=Path, default=HERE / "RESULTS.md", help="where the tables go")
    given = args.parse_args()
    WORK.mkdir(exist_ok=True)
    figures = WORK / "figures.json"
    known = json.loads(figures.read_text(encoding="utf-8")) if figures.is_file() else {}
    try:
        tools = installed(shlex.split(given.kayoi))
        for clients in given.sizes:
            work = WORK / "run"
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            bench = builds.Bench(tools, book(clients), work, said=lambda line: print(line, flush=True))
            known[str(clients)] = measured(clients, given, bench)
            figures.write_text(json.dumps(known, indent=1, ensure_ascii=False), encoding="utf-8")
            report.write(given.page, ((int(size), told) for size, told in known.items()))
            shutil.rmtree(work)
    except Failed as failed:
        sys.exit(f"bench: {failed}")


if __name__ == "__main__":
    main()
