"""What was measured as Markdown: times beside their bars, and how they grow with the book."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import builds

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
BARS = {
    builds.NOTHING: (0.03, 0.015),
    builds.ONE: (0.08, 0.03),
    builds.MORNING: (0.12, 0.05),
    builds.RESTORED: (0.10, 0.05),
    builds.LOST: (0.8, 0.4),
    builds.TEMPLATE: (0.8, 0.4),
    builds.NO_CACHE: (2.5, 1.0),
}
"""Wall time over that of Hugo's cold build at 10,000 clients: at most, aim for."""
WATCH_BAR = (0.25, 0.1)
MEMORY_BAR, MEMORY_WHOLE_BAR, GROWTH_BAR = 400, 3072, 11
MEASURED = 10_000
Size = dict[str, Any]
"""One size as it stands in the JSON: `costs` (medians by build), `watch`, `date`, `runs`, `load`, `versions`, …"""


def document(sizes: dict[int, Size]) -> str:
    """All that was measured, from the smallest book to the largest."""
    parts = [section(clients, sizes[clients]) for clients in sorted(sizes)]
    return "\n\n".join([*parts, *scaling(sizes)])


def section(clients: int, size: Size) -> str:
    """One size."""
    begun, ended = (f"{load:.1f}" for load in size["load"])
    told = [
        f"{size['date']}, medians of {size['runs']}: {size['versions']}.",
        f"{size['machine']}; load average {begun} at the start, {ended} at the end.",
        f"Notes: {size['bytes'] / clients / 1000:.1f} kB on average.",
    ]
    if not size.get("same", True):
        told.append("**Kayoi's own files changed meanwhile, so its cache was thrown away: measure again.**")
    head = f"### {clients:,} clients\n\n{' '.join(told)}\n"
    return "\n".join([head, *costs(clients, size), *watch(clients, size)])


def costs(clients: int, size: Size) -> Iterator[str]:
    """The table of builds."""
    columns = "wall s | cpu s | peak MiB | together MiB | files | ÷ Hugo cold | at most | aim for"
    yield f"| build | {columns} | |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|---|"
    hugo = size["costs"].get(builds.HUGO)
    for name, cost in size["costs"].items():
        ratio, bar = cost["wall"] / hugo["wall"] if hugo else math.nan, BARS.get(name)
        told = [name if name in (builds.HUGO, builds.PELICAN) else f"Kayoi, {name}"]
        told += [f"{cost['wall']:.2f}", f"{cost['cpu']:.2f}", f"{cost['peak']:.0f}", f"{cost['whole']:.0f}"]
        told += [f"{cost['files']:,.0f}", f"{ratio:.3f}" if hugo else "", *map(str, bar or ("", ""))]
        yield f"| {' | '.join([*told, verdict(ratio, bar, clients)])} |"
    peaks = [
        cost["peak"] for name, cost in size["costs"].items() if name not in (builds.HUGO, builds.PELICAN)
    ]
    if peaks and clients == MEASURED:
        met = "met" if max(peaks) <= MEMORY_BAR else "missed"
        yield f"\nThe largest process of Kayoi's: {max(peaks):.0f} MiB (at most {MEMORY_BAR}): {met}."


def verdict(ratio: float, bar: tuple[float, float] | None, clients: int) -> str:
    """How a ratio stands to its bar, which is set for one size only."""
    if not bar or math.isnan(ratio) or clients != MEASURED:
        return ""
    return "aim reached" if ratio <= bar[1] else "met" if ratio <= bar[0] else "missed"


def watch(clients: int, size: Size) -> Iterator[str]:
    """From the save to what shows it."""
    seen = size.get("watch") or {}
    if "kayoi" not in seen:
        return
    yield "\n| from a save | page ms | list ms | browser told ms | all ms |\n|---|--:|--:|--:|--:|"
    for tool, name in (("kayoi", "kayoi serve"), ("hugo", "hugo server")):
        if row := seen.get(tool):
            told = [f"{row[key] * 1000:.0f}" if key in row else "" for key in ("page", "list", "told", "all")]
            yield f"| {name} | {' | '.join(told)} |"
    if "hugo" in seen:
        ratio = seen["kayoi"]["all"] / seen["hugo"]["all"]
        told = f"{ratio:.2f} (at most {WATCH_BAR[0]}, aim for {WATCH_BAR[1]}) {verdict(ratio, WATCH_BAR, clients)}"
        yield f"\nKayoi ÷ Hugo: {told.rstrip()}."


def scaling(sizes: dict[int, Size]) -> Iterator[str]:
    """How time and memory grow from each size to the next."""
    steps = list(zip(sorted(sizes), sorted(sizes)[1:], strict=False))
    if not steps:
        return
    rows = ["### From size to size", "", "Growth, and in brackets its exponent: 1 is linear.", ""]
    rows += ["| build | clients | wall | cpu | peak | together |", "|---|---|--:|--:|--:|--:|"]
    for name in (builds.HUGO, builds.NO_CACHE, builds.COLD, builds.NOTHING, builds.ONE, builds.MORNING):
        for a, b in steps:
            small, large = sizes[a]["costs"].get(name), sizes[b]["costs"].get(name)
            if small and large:
                told = (grown(small[key], large[key], a, b) for key in ("wall", "cpu", "peak", "whole"))
                whose = name if name == builds.HUGO else f"Kayoi, {name}"
                rows.append(f"| {whose} | {a:,} → {b:,} | {' | '.join(told)} |")
    yield "\n".join(rows)
    small, large = (sizes.get(clients, {}).get("costs", {}) for clients in (MEASURED, MEASURED * 10))
    if builds.NO_CACHE in small and builds.NO_CACHE in large:
        cost = large[builds.NO_CACHE]
        growth, whole = cost["wall"] / small[builds.NO_CACHE]["wall"], cost["whole"] / 1024
        told = f"{growth:.1f} times the time (at most {GROWTH_BAR}), {whole:.2f} GiB altogether"
        yield f"Kayoi cold, 100,000 over 10,000 clients: {told} (under {MEMORY_WHOLE_BAR // 1024})."


def grown(small: float, large: float, a: int, b: int) -> str:
    """A growth and its exponent."""
    if small <= 0 or large <= 0:
        return ""
    return f"{large / small:.1f} ({math.log(large / small) / math.log(b / a):.2f})"


def placed(page: str, told: str) -> str:
    """A page with what lies between the two marks replaced; with the marks at its end where it has none."""
    if BEGIN not in page or END not in page:
        page = f"{page.rstrip()}\n\n{BEGIN}\n{END}\n"
    before, rest = page.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{told}\n{END}{rest.split(END, 1)[1]}"


def write(page: Path, sizes: Iterable[tuple[int, Size]]) -> None:
    """Put the tables into the page of results."""
    page.write_text(placed(page.read_text(encoding="utf-8"), document(dict(sizes))), encoding="utf-8")
