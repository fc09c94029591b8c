"""The needs board of a client (rules R12, R13): two lanes, each need with its speaker, day and status."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from sitegen.doctrine.needs import STRATEGIC, WORKING, Board, Need, Voice
from sitegen.model import Client, Solution
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.shown import Shown
from sitegen.site.urls import quote


class VoiceView(Shown, frozen=True):
    """Who spoke for a need, and when."""

    who: str
    """Empty where nobody knows."""
    level: str
    day: Markup
    href: str
    left: bool


class SolutionLink(Shown, frozen=True):
    """A solution that answers a need."""

    name: str
    native: str
    level: str
    href: str


class NeedView(Shown, frozen=True):
    """One need on the board."""

    text: str
    status: str
    """`assumed`, `stated` or `confirmed`."""
    day: Markup
    """When it was first written."""
    href: str
    voices: tuple[VoiceView, ...]
    solutions: tuple[SolutionLink, ...]


class VouchedView(Shown, frozen=True):
    """A basic that somebody says is in place."""

    solution: SolutionLink
    voice: VoiceView


class NeedsView(Shown, frozen=True):
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
    board, catalogue = site.facts[client.key].board, site.catalogue
    vouched = catalogue.vouched(board.basics) if board.basics else {}
    lanes = lanes_of(board)

    def shown(found: Sequence[Need]) -> tuple[NeedView, ...]:
        return tuple([_need(site, need, root, page) for need in found]) if found else ()

    return NeedsView(
        shared=shown(lanes["shared"]),
        strategic=shown(lanes[STRATEGIC]),
        working=shown(lanes[WORKING]),
        unknown=shown(lanes[""]),
        guesses=shown(lanes["guesses"]),
        apart=bool(lanes[STRATEGIC] and lanes[WORKING]),
        vouched=tuple(
            [
                VouchedView(solution_link(site, one, root), voice_view(site, vouched[one.key], page))
                for one in catalogue.solutions
                if one.key in vouched
            ]
            if vouched
            else ()
        ),
        unconfirmed=_unconfirmed(site, board, root) if board.basics else _basics(site, root),
    )


def _unconfirmed(site: Site, board: Board, root: str) -> tuple[SolutionLink, ...]:
    return tuple([solution_link(site, one, root) for one in site.catalogue.unconfirmed(board)])


def _basics(site: Site, root: str) -> tuple[SolutionLink, ...]:
    """Those of a client where nobody has vouched for any."""
    return site.once(f"basics {root}", lambda: _unconfirmed(site, Board(), root))


def lanes_of(board: Board) -> dict[str, list[Need]]:
    """The needs of `board.shared`, of its lanes by level, and of `board.guesses`, found in one go."""
    lanes: dict[str, list[Need]] = {"shared": [], STRATEGIC: [], WORKING: [], "": [], "guesses": []}
    for need in board.needs:
        levels = {voice.level for voice in need.voices}
        if STRATEGIC in levels:
            lanes["shared" if WORKING in levels else STRATEGIC].append(need)
        elif WORKING in levels:
            lanes[WORKING].append(need)
        elif levels:
            lanes[""].append(need)
        if need.status == "assumed":
            lanes["guesses"].append(need)
    return lanes


def solution_link(site: Site, one: Solution, root: str) -> SolutionLink:
    """A solution with its link: the same for all pages that link to it."""

    def make() -> SolutionLink:
        return SolutionLink(one.name, one.native, one.level, site.url(root, "solution", one.key))

    return site.once(f"solution {root} {one.key}", make)


def voice_view(site: Site, voice: Voice, page: str) -> VoiceView:
    """Who spoke, with the entry's day and link."""
    day = dates.medium(voice.date, site.t.manner)
    return VoiceView(voice.who, voice.level, day, entry_url(page, voice.anchor), voice.left)


def entry_url(page: str, anchor: str) -> str:
    """A link to an entry; empty where it has no anchor."""
    return f"{page}#{quote(anchor)}" if anchor else page


def _need(site: Site, need: Need, root: str, page: str) -> NeedView:
    return NeedView(
        text=need.text,
        status=need.status,
        day=dates.medium(need.date, site.t.manner),
        href=entry_url(page, need.anchor),
        voices=tuple([voice_view(site, voice, page) for voice in need.voices]),
        solutions=tuple([solution_link(site, one, root) for one in site.catalogue.answers(need)]),
    )
