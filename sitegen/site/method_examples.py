"""An example of this book for each rule of the method: the client on whom it speaks most plainly.

Each client gives a few numbers, how plainly it speaks on each rule, so that nobody looks into ten thousand of them.
Clients that know no example leave a rule without one; nothing here is changed by a new day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from sitegen.doctrine.facts import Reason
from sitegen.doctrine.needs import STRATEGIC, WORKING, Need
from sitegen.model import Client, Entry
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Part, Site


@dataclass(frozen=True, slots=True)
class Example:
    """A client of this book on whom the rule speaks."""

    name: str
    href: str
    text: Markup


Found = tuple[str, dict[str, Any]]
"""Where on the client's page, and what the message is told."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the example of a rule is found."""

    measure: Callable[[Site, Client], int]
    """How plainly a client speaks on it: the largest is taken, the first of the book among equals; 0: not at all."""
    tell: Callable[[Site, Client], Found]
    """What there is to tell of such a client."""
    day: bool = False
    """The measure is a day, and the first client counts for which it has come."""


def example(site: Site, rule: str) -> Example | None:
    """The example of a rule (`r1` …), None where this book has none."""
    if rule not in _WAYS:
        return None
    way, place, most, best = _WAYS[rule], _PLACES[rule], 0, ""
    today = site.today.toordinal() if way.day else 0
    for key, told in _measures(site).items():
        plain = int(0 < told[place] <= today) if way.day else told[place]
        if plain > most:
            most, best = plain, key
    if not best:
        return None
    client = site.clients[best]
    anchor, params = way.tell(site, client)
    return Example(
        client.name, site.url("", "client", best, anchor), site.t(f"method.{rule}.example", **params)
    )


def _measures(site: Site) -> Mapping[str, tuple[int, ...]]:
    return site.once("measures", lambda: dict(site.parts(MEASURES)))


def _newest(items: Iterable[Any]) -> int:
    return max((item.date.toordinal() for item in items), default=0)


def _day(site: Site, day: Any) -> Markup:
    return dates.medium(day, site.t.manner)


def _last(items: Iterable[Any]) -> Any:
    """The newest of something dated, the first among equals."""
    return max(items, key=lambda item: item.date)


def _visits(site: Site, client: Client) -> Found:
    return "visits", {"n": site.facts[client.key].visits.count}


def _peace_until(site: Site, client: Client) -> int:
    until = site.facts[client.key].due.backoff_until
    return until.toordinal() if until else 0


def _peace(site: Site, client: Client) -> Found:
    return "due", {"date": _day(site, site.facts[client.key].due.backoff_until)}


def _shared(site: Site, client: Client) -> Found:
    share = _last(site.facts[client.key].shared)
    return share.anchor, {"date": _day(site, share.date), "text": share.text}


def _noes(site: Site, client: Client) -> Found:
    told = site.facts[client.key].perseverance
    return "perseverance", {"n": told.noes, "longest": told.longest}


def _backed(site: Site, client: Client) -> Found:
    return "backing", {"through": site.facts[client.key].qualified.through}


def _reference(_site: Site, client: Client) -> Found:
    return "facts", {"product": client.reference.product if client.reference else ""}


def _cadences(site: Site, client: Client) -> list[Reason]:
    """Dates with some arithmetic to show; those first that a closed day moved."""
    found = [
        reason
        for reason in site.facts[client.key].due.reasons
        if reason.kind == "cadence" and reason.base and reason.date and reason.days
    ]
    return sorted(found, key=lambda reason: not reason.moved)


def _shows_arithmetic(site: Site, client: Client) -> int:
    found = _cadences(site, client)
    return 0 if not found else 2 if found[0].moved else 1


def _moved(site: Site, client: Client) -> Found:
    reason = _cadences(site, client)[0]
    return "due", {"base": _day(site, reason.base), "n": reason.days, "date": _day(site, reason.date)}


def _given(site: Site, client: Client) -> list[Any]:
    return [item for item in site.facts[client.key].ledger.given if item.kind == "introduced"]


def _introduced(site: Site, client: Client) -> Found:
    item = _last(_given(site, client))
    text = item.line.links[0].shown or item.line.links[0].target if item.line.links else item.line.text
    return item.anchor, {"date": _day(site, item.date), "text": text}


def _known(site: Site, client: Client) -> int:
    """The fewer know of a large deal, the plainer."""
    thread = site.facts[client.key].thread
    return max(1, 1000 - len(thread.known)) if thread else 0


def _thread(site: Site, client: Client) -> Found:
    thread = site.facts[client.key].thread
    value, known = (thread.value, len(thread.known)) if thread else (0, 0)
    return "thread", {"value": site.t("fact.yen", value=value), "n": known}


def _absences(client: Client) -> list[tuple[Entry, str]]:
    return [(entry, line.who) for entry in client.entries for line in entry.said("absent") if line.who]


def _was_absent(_site: Site, client: Client) -> int:
    return min((entry.date.toordinal() for entry, _ in _absences(client)), default=0)


def _absent(site: Site, client: Client) -> Found:
    entry, name = next(one for one in _absences(client) if one[0].date <= site.today)
    return entry.anchor, {"name": name, "date": _day(site, entry.date)}


def _both(site: Site, client: Client) -> tuple[Need, Need] | None:
    """A need heard above and one heard below."""
    needs = site.facts[client.key].board.needs
    above = next((n for n in needs if n.heard_on(STRATEGIC)), None)
    below = next((n for n in needs if n.heard_on(WORKING) and not n.heard_on(STRATEGIC)), None)
    return (above, below) if above and below else None


def _altitudes(site: Site, client: Client) -> Found:
    told = _both(site, client)
    return "needs", {"above": told[0].text, "below": told[1].text} if told else {}


def _stalled(site: Site, client: Client) -> Found:
    return "stalled", {"n": len(site.facts[client.key].stalls)}


def _lesson(site: Site, client: Client) -> Found:
    lesson = _last(site.facts[client.key].lessons)
    return lesson.anchor, {"text": lesson.text}


_WAYS: dict[str, _Way] = {
    "r1": _Way(lambda site, c: len(site.facts[c.key].visits.stamps), _visits),
    "r2": _Way(_peace_until, _peace),
    "r3": _Way(lambda site, c: _newest(site.facts[c.key].shared), _shared),
    "r4": _Way(lambda site, c: site.facts[c.key].perseverance.noes, _noes),
    "r5": _Way(lambda site, c: bool(site.facts[c.key].qualified.through), _backed),
    "r6": _Way(lambda _, c: bool(c.reference and c.reference.visits), _reference),
    "r8": _Way(_shows_arithmetic, _moved),
    "r9": _Way(lambda site, c: _newest(_given(site, c)), _introduced),
    "r10": _Way(_known, _thread),
    "r11": _Way(_was_absent, _absent, day=True),
    "r12": _Way(lambda site, c: _both(site, c) is not None, _altitudes),
    "r14": _Way(lambda site, c: len(site.facts[c.key].stalls), _stalled),
    "r15": _Way(lambda site, c: _newest(site.facts[c.key].lessons), _lesson),
}
"""Rule → where its example is found; of R7 and R13 the portfolio and the brief tell."""
_PLACES = {rule: place for place, rule in enumerate(_WAYS)}
MEASURES: Part[tuple[int, ...]] = Part(
    "measures-1",
    lambda site, client: tuple([int(way.measure(site, client)) for way in _WAYS.values()]),
    tuple[int, ...],
)
"""How plainly a client speaks on each rule, in their order."""
