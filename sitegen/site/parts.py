"""Pieces that many pages show alike: a client with its stage and rep, a day that opens the entry behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.shown import Shown

Pieces = Callable[[str], Callable[[Any], str]]
"""Of a template's name what renders its `one`: a piece of a page, which is kept as a part of the client."""


class Ref(Shown, frozen=True):
    """A client as other pages name it."""

    key: str
    name: str
    native: str
    href: str
    stage: str
    rep: str
    area: str


class DayRef(Shown, frozen=True):
    """A day, and the entry behind it."""

    day: Markup
    href: str
    """Empty where there is no entry to open."""


def ref(site: Site, key: str, root: str) -> Ref:
    """The client of this key, which must be in the book."""
    client = site.clients[key]
    return Ref(
        key, client.name, client.native, site.url(root, "client", key), client.stage,
        site.rep_name(client.owner), client.area,
    )  # fmt: skip


def day_ref(site: Site, key: str, day: dt.date, anchor: str, root: str) -> DayRef:
    """A day with its year, as a link into the client's page; `anchor` empty: no link."""
    return DayRef(dates.medium(day, site.t.manner), site.url(root, "client", key, anchor) if anchor else "")
