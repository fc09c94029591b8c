"""Why a file was made anew, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sitegen.planning.cells import OF_CLIENTS
from sitegen.site.trace import ALL, SINCE, TODAY, UNTIL

MOST = 3
"""So many reasons of one sort are told by name."""
SORTS: Mapping[str, str] = {
    TODAY: "today",
    SINCE: "today",
    UNTIL: "today",
    "clients": "client",
    "owned": "owned",
    "reps": "rep",
    "solutions": "solution",
    "pages": "plain-page",
    "backers": "backer",
    "backer of": "backer",
    "targets": "links-out",
    "backlinks": "links-in",
    "history": "history",
    "problems": "problems",
    "problems of": "problems-of",
    "shared introductions": "introductions",
    "shared best introductions": "introductions",
    "shared made": "introductions",
    "shared handovers": "handovers",
    "shared counted": "owned",
    "shared last-weeks": "owned",
    "playbook": "playbook",
    "files": "attachment",
    "templates": "templates",
    "frames": "templates",
    "assets": "templates",
}
"""Table → the message that tells of it, in the order in which reasons are told."""
WITHOUT_NAMES = (
    "today", "templates", "rep", "problems", "introductions", "handovers", "playbook", "address", "together",
)  # fmt: skip
"""Told without a name: what changed is one thing, or a list as a whole, or its key is a word of this program."""
Say = Callable[..., str]


def explain(cells: Sequence[str], say: Say, names: Callable[[str, str], str]) -> str:
    """One line for one file. `names` gives what is behind a key of a table, as people call it."""
    if not cells:
        return say("explain.lost")
    found: dict[str, list[str]] = {}
    whole: set[str] = set()
    for cell in cells:
        table, _, key = cell.partition(":")
        sort = sort_of(table)
        told = found.setdefault(sort, [])
        if key == ALL:
            whole.add(sort)
        elif key and (name := names(table, key)) not in told:
            told.append(name)
    order = [*dict.fromkeys(SORTS.values()), "address", "together"]
    if len(found) > 1:
        found.pop("together", None)
    return "; ".join(_told(sort, found[sort], sort in whole, say) for sort in order if sort in found)


def sort_of(table: str) -> str:
    """Which message tells of a table."""
    if table.startswith(OF_CLIENTS):
        return "client"
    return SORTS.get(table) or ("address" if table.startswith("names of") else "together")


def _told(sort: str, named: list[str], whole: bool, say: Say) -> str:
    if sort in WITHOUT_NAMES:
        return say(f"explain.{sort}")
    if not named:
        return say(f"explain.{sort}-some" if whole and sort in ("client", "owned") else "explain.together")
    shown = ", ".join(named[:MOST])
    if len(named) > MOST:
        shown = say("explain.more", names=shown, n=len(named) - MOST)
    return say(f"explain.{sort}", name=shown)


def lines(
    why: Mapping[str, Sequence[str] | None],
    removed: Sequence[str],
    say: Say,
    names: Callable[[str, str], str],
) -> Iterator[str]:
    """A line for each file that was written or removed. None as cells: everything is made anew."""
    for path, cells in why.items():
        reason = say("explain.everything") if cells is None else explain(cells, say, names)
        yield f"{path}: {reason}"
    for path in removed:
        yield f"{path}: {say('explain.removed')}"
