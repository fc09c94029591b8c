"""An example of this book for each rule of the method: the client on whom it speaks most plainly.

Clients that know no example leave a rule without one; nothing here is changed by a new day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from sitegen.doctrine.needs import STRATEGIC, WORKING
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site


@dataclass(frozen=True, slots=True)
class Example:
    """A client of this book on whom the rule speaks."""

    name: str
    href: str
    text: Markup


def example(site: Site, rule: str) -> Example | None:
    """The example of a rule (`r1` …), None where this book has none."""
    found = _EXAMPLES[rule](site) if rule in _EXAMPLES else None
    if found is None:
        return None
    client, anchor, params = found
    text = site.t(f"method.{rule}.example", **params)
    return Example(client.name, site.url("", "client", client.key, anchor), text)


Found = tuple[Client, str, dict[str, Any]] | None


def _most(site: Site, measure: Callable[[Client], Any]) -> Client | None:
    """The client with the largest measure, the first by key among equals; None where all are empty."""
    measured = ((value, client) for client in site.clients.values() if (value := measure(client)))
    return max(measured, key=lambda one: one[0], default=(None, None))[1]


def _newest(site: Site, items: Callable[[Client], Iterable[Any]]) -> tuple[Client, Any] | None:
    """The newest of something dated among all clients, with whom it is."""
    found = [(item.date, client, item) for client in site.clients.values() for item in items(client)]
    _, client, item = max(found, key=lambda one: one[0], default=(None, None, None))
    return (client, item) if client else None


def _day(site: Site, day: Any) -> Markup:
    return dates.medium(day, site.t.manner)


def _visits(site: Site) -> Found:
    client = _most(site, lambda c: len(site.facts[c.key].visits.stamps))
    return (client, "visits", {"n": site.facts[client.key].visits.count}) if client else None


def _peace(site: Site) -> Found:
    client = _most(site, lambda c: site.facts[c.key].due.backoff_until)
    until = site.facts[client.key].due.backoff_until if client else None
    return (client, "due", {"date": _day(site, until)}) if client and until else None


def _shared(site: Site) -> Found:
    if not (found := _newest(site, lambda c: site.facts[c.key].shared)):
        return None
    client, share = found
    return client, share.anchor, {"date": _day(site, share.date), "text": share.text}


def _noes(site: Site) -> Found:
    client = _most(site, lambda c: site.facts[c.key].perseverance.noes)
    if not client:
        return None
    told = site.facts[client.key].perseverance
    return client, "perseverance", {"n": told.noes, "longest": told.longest}


def _backed(site: Site) -> Found:
    client = next((c for c in site.clients.values() if site.facts[c.key].qualified.through), None)
    return (client, "backing", {"through": site.facts[client.key].qualified.through}) if client else None


def _reference(site: Site) -> Found:
    client = next((c for c in site.clients.values() if c.reference and c.reference.visits), None)
    return (
        (client, "facts", {"product": client.reference.product if client.reference else ""})
        if client
        else None
    )


def _moved(site: Site) -> Found:
    """A date with some arithmetic to show: one that a closed day moved, if there is any."""
    best: Found = None
    for client in site.clients.values():
        for reason in site.facts[client.key].due.reasons:
            if reason.kind == "cadence" and reason.base and reason.date and reason.days:
                base, date = _day(site, reason.base), _day(site, reason.date)
                best = client, "due", {"base": base, "n": reason.days, "date": date}
                if reason.moved:
                    return best
    return best


def _introduced(site: Site) -> Found:
    found = _newest(site, lambda c: (i for i in site.facts[c.key].ledger.given if i.kind == "introduced"))
    if not found:
        return None
    client, item = found
    text = item.line.links[0].shown or item.line.links[0].target if item.line.links else item.line.text
    return client, item.anchor, {"date": _day(site, item.date), "text": text}


def _thread(site: Site) -> Found:
    client = _most(site, lambda c: (t := site.facts[c.key].thread) and -len(t.known) - 1)
    thread = site.facts[client.key].thread if client else None
    if not client or not thread:
        return None
    return client, "thread", {"value": site.t("fact.yen", value=thread.value), "n": len(thread.known)}


def _absent(site: Site) -> Found:
    for client in site.clients.values():
        for entry in client.entries:
            for line in entry.said("absent"):
                if line.who and entry.date <= site.today:
                    return client, entry.anchor, {"name": line.who, "date": _day(site, entry.date)}
    return None


def _altitudes(site: Site) -> Found:
    for client in site.clients.values():
        needs = site.facts[client.key].board.needs
        above = next((n for n in needs if n.heard_on(STRATEGIC)), None)
        below = next((n for n in needs if n.heard_on(WORKING) and not n.heard_on(STRATEGIC)), None)
        if above and below:
            return client, "needs", {"above": above.text, "below": below.text}
    return None


def _stalled(site: Site) -> Found:
    client = _most(site, lambda c: len(site.facts[c.key].stalls))
    return (client, "stalled", {"n": len(site.facts[client.key].stalls)}) if client else None


def _lesson(site: Site) -> Found:
    if not (found := _newest(site, lambda c: site.facts[c.key].lessons)):
        return None
    client, lesson = found
    return client, lesson.anchor, {"text": lesson.text}


_EXAMPLES: dict[str, Callable[[Site], Found]] = {
    "r1": _visits,
    "r2": _peace,
    "r3": _shared,
    "r4": _noes,
    "r5": _backed,
    "r6": _reference,
    "r8": _moved,
    "r9": _introduced,
    "r10": _thread,
    "r11": _absent,
    "r12": _altitudes,
    "r14": _stalled,
    "r15": _lesson,
}
"""Rule → where its example is found; of R7 and R13 the portfolio and the brief tell."""
