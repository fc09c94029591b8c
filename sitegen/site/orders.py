"""In which order files and lists hold clients, from sort keys that each client gives once."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.config import Lang
from sitegen.model import STAGES, Client
from sitegen.records import dataclass
from sitegen.site.context import Site
from sitegen.site.kana import LATIN, OTHER, ROWS, kana_key, letter, name_key, row
from sitegen.site.sharing import Part, Shared
from sitegen.site.standing import standings

KANA_ROWS = (*ROWS, LATIN, OTHER)
CLOSEST = ("probable", "possible", "wtt", "won", "approach", "resting", "dropped")
"""Stages from the nearest to a deal; a rep's own list is in this order."""


@dataclass(frozen=True, slots=True)
class Places:
    """What a client is sorted by."""

    name: tuple[str, str, str]
    """As `kana.name_key`."""
    kana: tuple[str, str, str]
    """As `kana.kana_key`."""
    letter: str
    """Of the Latin alphabet, under which the name stands, or `OTHER`."""
    row: int
    """The place among `KANA_ROWS`."""

    @property
    def by_name(self) -> tuple[str, str, str]:
        """The order within a letter; what is under no letter goes by its reading."""
        return self.name if self.latin else self.kana

    @property
    def latin(self) -> bool:
        """The name stands under a letter of the Latin alphabet."""
        return self.letter != OTHER


def _places(_site: Site, client: Client) -> Places:
    return places(client)


def places(client: Client) -> Places:
    """What a client is sorted by."""
    return Places(name_key(client), kana_key(client), letter(client), KANA_ROWS.index(row(client)))


PLACES = Part("places", _places, Places)


def stages_of(site: Site) -> tuple[str, ...]:
    """All stages, also empty ones; one that a note made up comes last."""
    return site.shared(STAGES_THERE)[""]


STAGES_THERE: Shared[tuple[str, ...]] = Shared(
    "stages",
    lambda site: {"": (*STAGES, *sorted({one.stage for one in standings(site).values()} - {*STAGES}))},
    tuple[str, ...],
)
"""All stages, by no name."""


def listed(found: Places, lang: Lang) -> tuple[int | bool, str, str, str]:
    """What the list of all is sorted by."""
    return (found.row, *found.kana) if lang == "ja" else (not found.latin, *found.by_name)


def _orders(site: Site) -> Mapping[str, tuple[str, ...]]:
    lang = site.t.lang
    found = dict(site.parts(PLACES))
    return {
        "key": tuple(sorted(found)),
        "list": tuple(sorted(found, key=lambda key: listed(found[key], lang))),
        "search": tuple(sorted(found, key=lambda key: found[key].kana if lang == "ja" else found[key].name)),
    }


ORDERS: Shared[tuple[str, ...]] = Shared("orders", _orders, tuple[str, ...])
"""The keys of all clients by key; as the list of all shows them; as search does."""
