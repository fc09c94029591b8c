"""The needs board of a client (rules R12, R13): two lanes, each need with its speaker, day and status."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from sitegen.doctrine.needs import STRATEGIC, WORKING, Need, Voice
from sitegen.model import Client, Solution
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.urls import href


@dataclass(slots=True)
class VoiceView:
    """Who spoke for a need, and when. Not frozen, which would take three times as long."""

    who: str
    """Empty where nobody knows."""
    level: str
    day: Markup
    href: str
    left: bool


@dataclass(frozen=True, slots=True)
class SolutionLink:
    """A solution that answers a need."""

    name: str
    native: str
    level: str
    href: str


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need on the board."""

    text: str
    status: str
    """`assumed`, `stated` or `confirmed`."""
    day: Markup
    """When it was first written."""
    href: str
    voices: tuple[VoiceView, ...]
    solutions: tuple[SolutionLink, ...]


@dataclass(frozen=True, slots=True)
class VouchedView:
    """A basic that somebody says is in place."""

    solution: SolutionLink
    voice: VoiceView


@dataclass(frozen=True, slots=True)
class NeedsView:
    """The board."""

    shared: tuple[NeedView, ...]
    """Both levels have spoken for these."""
    strategic: tuple[NeedView, ...]
    """Only the strategic level has."""
    working: tuple[NeedView, ...]
    unknown: tuple[NeedView, ...]
    """Nobody knows on which level these were said."""
    guesses: tuple[NeedView, ...]
    apart: bool
    """Each level wants what the other has not spoken of."""
    vouched: tuple[VouchedView, ...]
    unconfirmed: tuple[SolutionLink, ...]
    """Basics of the catalogue that nobody here has vouched for."""

    @property
    def any(self) -> bool:
        """Somebody has said or guessed something."""
        return bool(self.shared or self.strategic or self.working or self.unknown or self.guesses)


def needs_view(site: Site, client: Client, root: str = "../", page: str = "") -> NeedsView:
    """The board of `client`. `page` is the way to the client's page for links to entries; empty: this one."""
    board = site.facts[client.key].board

    def shown(found: Iterable[Need]) -> tuple[NeedView, ...]:
        return tuple([_need(site, need, root, page) for need in found])

    vouched = site.catalogue.vouched(board.basics)
    return NeedsView(
        shared=shown(board.shared),
        strategic=shown(board.lane(STRATEGIC)),
        working=shown(board.lane(WORKING)),
        unknown=shown(board.lane("")),
        guesses=shown(board.guesses),
        apart=board.apart,
        vouched=tuple(
            VouchedView(solution_link(site, one, root), voice_view(site, vouched[one.key], page))
            for one in site.catalogue.solutions
            if one.key in vouched
        ),
        unconfirmed=tuple(solution_link(site, one, root) for one in site.catalogue.unconfirmed(board)),
    )


def solution_link(site: Site, one: Solution, root: str) -> SolutionLink:
    """A solution with its link."""
    return SolutionLink(one.name, one.native, one.level, site.url(root, "solution", one.key))


def voice_view(site: Site, voice: Voice, page: str) -> VoiceView:
    """Who spoke, with the entry's day and link."""
    day = dates.medium(voice.date, site.t.manner)
    return VoiceView(voice.who, voice.level, day, entry_url(page, voice.anchor), voice.left)


def entry_url(page: str, anchor: str) -> str:
    """A link to an entry; empty where it has no anchor."""
    return f"{page}{href('', '', anchor)}" if anchor else page


def _need(site: Site, need: Need, root: str, page: str) -> NeedView:
    return NeedView(
        text=need.text,
        status=need.status,
        day=dates.medium(need.date, site.t.manner),
        href=entry_url(page, need.anchor),
        voices=tuple([voice_view(site, voice, page) for voice in need.voices]),
        solutions=tuple([solution_link(site, one, root) for one in site.catalogue.answers(need)]),
    )
