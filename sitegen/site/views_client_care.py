"""What was shared with a client (rule R3), and what a large deal hangs by (rule R10).

Only what has not happened for long is read by today: it becomes so on a day that the page knows.
"""

from __future__ import annotations

from markupsafe import Markup

from sitegen.doctrine.sharing import long_ago
from sitegen.doctrine.threads import few_known, not_lately_from
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.readers_day import standing
from sitegen.site.shown import Shown

SHOWN = 4
"""Shares that are shown at once; older ones are folded away."""


class ShareView(Shown, frozen=True):
    """One setback told or one question asked."""

    kind: str
    day: Markup
    href: str
    people: tuple[str, ...]
    text: str


class SharedView(Shown, frozen=True):
    """The card of setbacks and advice."""

    new: tuple[ShareView, ...]
    old: tuple[ShareView, ...]
    hint: bool
    """Nothing was shared yet with a client that is maturing and was met first half a year ago or earlier."""


class ThreadView(Shown, frozen=True):
    """What a large deal hangs by."""

    value: Markup
    known: int
    few: str
    """`one-known`, `nobody-known`, or empty where it hangs by more than one."""
    name: str
    """The one who is known."""
    strategic: str
    """Whom we know at the strategic level, the one met last; empty: nobody."""
    strategic_href: str
    met: Markup
    """When that one was last met face to face; empty: never."""
    met_href: str
    months: int
    """After so many nobody can say any more that one meets lately."""
    not_lately: Markup
    """Attributes of the line that says so: from when on it stands. Empty where it never will."""


def shared_view(site: Site, client: Client) -> SharedView:
    """The newest first, with whom and when."""
    found = tuple(
        ShareView(s.kind, dates.medium(s.date, site.t.manner), f"#{s.anchor}", s.people, s.text)
        for s in site.facts[client.key].shared
    )
    first = site.facts[client.key].first_contact
    hint = not found and long_ago(client.stage, site.cfg, site.this_day, first)
    return SharedView(found[:SHOWN], found[SHOWN:], hint)


def thread_view(site: Site, client: Client) -> ThreadView | None:
    """None where there is no large deal in hand."""
    thread = site.facts[client.key].thread
    if thread is None:
        return None
    few = few_known(thread)
    top = thread.strategic[0] if thread.strategic else None
    late = not_lately_from(thread, site.cfg)
    return ThreadView(
        value=site.t("fact.yen", value=thread.value),
        known=len(thread.known),
        few=few.kind if few else "",
        name=few.name if few else "",
        strategic=top.name if top else "",
        strategic_href=f"#person-{top.number}" if top else "",
        met=dates.medium(top.met, site.t.manner) if top and top.met else Markup(""),
        met_href=f"#{top.anchor}" if top else "",
        months=site.cfg.thread_months,
        not_lately=standing(site.this_day, late) if late else Markup(""),
    )
