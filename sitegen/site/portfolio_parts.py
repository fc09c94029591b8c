"""What a client gives to the portfolio of its rep, rendered once and kept (rule R7)."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from sitegen.doctrine.log import Past
from sitegen.model import MATURING, Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Part, Site
from sitegen.site.numbers import To, past_now, to_client
from sitegen.site.parts import Pieces

ROOT = "../"


@dataclass(frozen=True, slots=True)
class OldLine:
    """A client that stays where it is."""

    to: To
    since: Markup
    last: Markup
    contacts: int
    unanswered: int
    why: Markup
    winnow: bool
    """To winnow; else slow."""


@dataclass(frozen=True, slots=True)
class WayLine:
    """A client and the way it went."""

    to: To
    moves: tuple[tuple[str, Markup, str], ...]
    """Stage, day, link."""


class OfClient(NamedTuple):
    """What a client gives to its rep's page, rendered."""

    link: str
    path: str
    old: str
    """Its row among those to winnow or the slow ones; empty where its stage puts it in neither."""


PathPart = Part[OfClient]


def path_part(pieces: Pieces) -> PathPart:
    """What a client gives to its rep's page, none of which a new day changes."""
    link, path, old = (
        pieces("portfolio-link.html"),
        pieces("portfolio-path.html"),
        pieces("portfolio-old.html"),
    )

    def make(site: Site, client: Client) -> OfClient:
        to, past = to_client(site, ROOT, client), past_now(site, client)
        row = _winnow if client.stage == "approach" else _slow if client.stage in MATURING else None
        way = path(WayLine(to, _moves(site, client, past)))
        return OfClient(link(to), way, old(row(site, client, past)) if row else "")

    return Part("portfolio-1", make, OfClient)


def piece(site: Site, part: PathPart, client: Client, number: int) -> Markup:
    """One of them."""
    return Markup(site.part(part, client.key)[number])  # noqa: S704 - comes out of an escaping template


def _winnow(site: Site, client: Client, past: Past) -> OldLine:
    facts = site.facts[client.key]
    through = facts.qualified.through
    how = site.t(f"qualified.{facts.qualified.how}") + (through if through else "")
    return _old(site, client, past, how, winnow=True)


def _slow(site: Site, client: Client, past: Past) -> OldLine:
    day = dates.medium(past.talked, site.t.manner) if past.talked else None
    told = site.t("portfolio.talked", date=day) if day else site.t("portfolio.never-talked")
    return _old(site, client, past, told, winnow=False)


def _old(site: Site, client: Client, past: Past, told: Markup, *, winnow: bool) -> OldLine:
    manner, since = site.t.manner, past.known
    return OldLine(
        to=to_client(site, ROOT, client),
        since=dates.medium(since, manner) if since else Markup(""),
        last=dates.medium(past.last, manner) if past.last else Markup(""),
        contacts=past.contacts,
        unanswered=past.unanswered,
        why=told,
        winnow=winnow,
    )


def _moves(site: Site, client: Client, past: Past) -> tuple[tuple[str, Markup, str], ...]:
    return tuple(
        [
            (m.stage, dates.medium(m.date, site.t.manner), site.url(ROOT, "client", client.key, m.anchor))
            for m in past.moves
        ]
    )
