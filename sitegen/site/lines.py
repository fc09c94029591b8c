"""A client in one line of plain values: what lists sort and filter by, and what exports hold.

Nothing here is HTML, and nothing is changed by a new day.
"""

from __future__ import annotations

from sitegen.model import Client
from sitegen.site.at_hand import AtHand
from sitegen.site.context import Site
from sitegen.site.sharing import Part
from sitegen.site.shown import Shown


class ClientLine(Shown, frozen=True):
    """One client; dates are ISO 8601, empty where there is none."""

    key: str
    path: str
    """The page's path in the site."""
    name: str
    native: str
    reading: str
    stage: str
    rep: str
    """The rep's key; empty for nobody."""
    rep_name: str
    area: str
    product: str
    size: str
    prestige: bool
    value: int | None
    """Yen."""
    due: str
    due_state: str
    """`dated`, `at-once` or `never`."""
    due_kinds: tuple[str, ...]
    """Kinds of the reasons, the earliest first: `cadence`, `promise`, `meeting`, `new-face`."""
    last_contact: str
    first_contact: str
    visits: int
    visits_needed: int
    qualified: str
    """`large`, `backer` or `not-yet`."""
    next_step: str
    last_said: str
    people: tuple[str, ...]
    backers: tuple[str, ...]
    tags: tuple[str, ...]


def _client_line(site: Site, client: Client) -> ClientLine:
    facts = site.facts[client.key]
    return ClientLine(
        key=client.key,
        path=site.path("client", client.key),
        name=client.name,
        native=client.native,
        reading=client.reading,
        stage=client.stage,
        rep=client.owner,
        rep_name=site.rep_name(client.owner),
        area=client.area,
        product=client.product,
        size=client.size,
        prestige=client.prestige,
        value=client.value,
        due=_iso(facts.due.date),
        due_state="never" if facts.due.never else "at-once" if facts.due.at_once else "dated",
        due_kinds=tuple([reason.kind for reason in facts.due.reasons]),
        last_contact=_iso(facts.last_contact),
        first_contact=_iso(facts.first_contact),
        visits=facts.visits.count,
        visits_needed=facts.visits.needed,
        qualified=facts.qualified.how,
        next_step=facts.next_step,
        last_said=facts.last_said,
        people=tuple([person.name for person in client.people]),
        backers=tuple([backer.name for backer in client.backers]),
        tags=client.tags,
    )


client_line = AtHand("client lines", _client_line)
"""The client's line."""
CLIENT_LINE = Part("client line", client_line, ClientLine)


def _iso(day: object) -> str:
    return str(day) if day else ""
