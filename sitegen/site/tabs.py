"""The pages that stand side by side under "Give & take": their tabs."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.site.context import Site
from sitegen.site.shown import Shown

GIVING = ("introductions", "ledger", "prestige", "occasions")
"""File names without ending, in their order."""


class Tab(Shown, frozen=True):
    """A link to a page beside this one."""

    label: Markup
    href: str
    here: bool


def giving_tabs(site: Site, here: str, root: str = "") -> tuple[Tab, ...]:
    """The four pages; `here` is the one that the reader is on, empty for a page below them."""
    return tuple(Tab(site.t(f"giving.tab-{name}"), f"{root}{name}.html", name == here) for name in GIVING)
