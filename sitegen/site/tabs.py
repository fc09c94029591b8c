"""The pages that stand side by side under "Give & take": their tabs."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.records import dataclass
from sitegen.site.context import Site

GIVING = ("introductions", "ledger", "prestige", "occasions")
"""File names without ending, in their order."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to a page beside this one."""

    label: Markup
    href: str
    here: bool


def giving_tabs(site: Site, here: str, root: str = "") -> tuple[Tab, ...]:
    """The four pages; `here` is the one that the reader is on, empty for a page below them."""
    return tuple(Tab(site.t(f"giving.tab-{name}"), f"{root}{name}.html", name == here) for name in GIVING)
