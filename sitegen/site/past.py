"""What several pages say of a book's history: who edited, which facts, how long, and why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from sitegen.doctrine.movements import Tally, tally
from sitegen.doctrine.stages import Move
from sitegen.model import Client
from sitegen.past import Change, Edit
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.numbers import To, to_client, to_clients

MONTH = 30.44
"""Days of a month, on average."""


def known(site: Site) -> bool:
    """Git tells at least a part of the past."""
    return site.history.status in ("whole", "shallow")


def tells_changes(site: Site) -> bool:
    """There is a page of changes: git is asked, or at least a `stage:` line tells of a movement."""
    return site.history.status != "off" or any(one.moved for one in site.facts.values())


def duration(site: Site, days: int) -> Markup:
    """So many days as people say it: days up to two months, then months."""
    if days < 60:
        return site.t("history.days", n=days)
    return site.t("history.months", n=round(days / MONTH))


def author(site: Site, edit: Edit) -> str:
    """Who made the edit: the rep as the book names them, else the author's own name."""
    return site.rep_name(edit.rep) if edit.rep else edit.author


def who_moved(site: Site, move: Move) -> tuple[str, ...]:
    """Those who went, or the commit's author."""
    return tuple([site.rep_name(one) for one in move.who])


def changed(site: Site, edits: Sequence[Edit]) -> Markup:
    """What these edits of one note did, oldest first: facts by their names, a note's beginning, entries."""
    return site.t("list.joint").join(_changed(site, edits))


def _changed(site: Site, edits: Sequence[Edit]) -> Iterator[Markup]:
    t = site.t
    if any(edit.created for edit in edits):
        yield t("history.created")
    if any(edit.moved for edit in edits):
        yield t("history.renamed")
    written = len({day for edit in edits for day in edit.entries})
    if written:
        yield t("history.written", n=written)
    facts = {change.key: change for edit in edits if not edit.created for change in edit.changes}
    names = [_fact(site, change) for change in facts.values()]
    if names:
        yield t("history.facts", facts=t("list.joint").join(names))
    elif not written and not any(edit.created or edit.moved for edit in edits):
        yield t("history.text")


def _fact(site: Site, change: Change) -> Markup:
    """A fact by its name; of the stage and the rep what it became."""
    name = site.t.or_plain(f"history.key-{change.key}", change.key)
    if not change.new:
        return name
    new = site.t(f"stage.{change.new}") if change.key == "stage" else site.rep_name(change.new)
    return site.t("history.fact", name=name, new=new)


@dataclass(frozen=True, slots=True)
class TallyLine:
    """ "3 became possible", with those behind it."""

    text: Markup
    kind: str
    clients: tuple[To, ...]
    more: int
    """Clients beyond those listed."""


def tally_lines(site: Site, root: str, found: Sequence[tuple[Client, Move]]) -> tuple[TallyLine, ...]:
    """What these movements come to."""
    return tuple([_line(site, root, one) for one in tally(found)])


def _line(site: Site, root: str, one: Tally) -> TallyLine:
    named = to_clients(site, root, one.clients)
    return TallyLine(_text(site, one), one.kind, named, len(one.clients) - len(named))


def _text(site: Site, one: Tally) -> Markup:
    stage = site.t.or_plain(f"stage.{one.stage}", one.stage)
    return site.t(f"history.became-{one.kind}", n=len(one.clients), stage=stage)


def sentence(site: Site, found: Sequence[tuple[Client, Move]]) -> Markup:
    """The same as one sentence without links; empty where nothing moved."""
    return site.t("list.joint").join([_text(site, one) for one in tally(found)])


@dataclass(frozen=True, slots=True)
class StepLine:
    """A movement in a list of movements."""

    day: Markup
    to: To
    before: str
    stage: str
    kind: str
    who: tuple[str, ...]


def step_lines(site: Site, root: str, found: Iterable[tuple[Client, Move]]) -> Iterator[StepLine]:
    """Movements, each with a link to its entry, or to its client where only a commit tells it."""
    from sitegen.doctrine.movements import kind_of

    for client, move in found:
        yield StepLine(
            day=dates.near(move.date, move.date, site.t.manner, True),
            to=to_client(site, root, client, move.anchor),
            before=move.before,
            stage=move.stage,
            kind=kind_of(move.before, move.stage),
            who=who_moved(site, move),
        )


def gap(site: Site) -> Markup:
    """Why git tells nothing, or not all, in one sentence; empty where all is there, or nobody asked."""
    status = site.history.status
    if status in ("off", "whole"):
        return Markup("")
    since = dates.medium(site.history.since, site.t.manner) if site.history.since else Markup("")
    return site.t(f"history.{status}", date=since)
