"""The method page: every rule with its reason, the number in force, where it shows, an example of this book."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from sitegen.config import Config
from sitegen.records import dataclass
from sitegen.site.context import Site
from sitegen.site.method_examples import Example, example
from sitegen.site.urls import href

STEPS = 6
"""Of the ten minutes for a new rep."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule shows."""

    label: Markup
    href: str
    """Empty where it is no one page."""


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule as it stands on the page."""

    key: str
    """`r1` to `r15`: its anchor."""
    name: Markup
    reason: Markup
    number: Markup
    source: Markup
    settings: tuple[str, ...]
    """Keys of `kayoi.yml` that hold its numbers."""
    places: tuple[Place, ...]
    example: Example | None


@dataclass(frozen=True, slots=True)
class MethodView:
    """All that the method page may see."""

    steps: tuple[Markup, ...]
    rules: tuple[RuleView, ...]


SETTINGS: dict[str, tuple[str, ...]] = {
    "r1": ("visits",),
    "r2": ("backoff",),
    "r3": ("share_months",),
    "r4": (),
    "r5": (),
    "r6": ("products",),
    "r7": ("portfolio", "products"),
    "r8": ("cadence", "closed", "year_end"),
    "r9": ("synonyms",),
    "r10": ("large_deal", "thread_months"),
    "r11": (),
    "r12": (),
    "r13": (),
    "r14": ("stall_months",),
    "r15": (),
}
"""Rule → the settings that it goes by, in the order of the doctrine."""


PLACES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "r1": (("method.on-client", "", ""),),
    "r2": (("method.due-lists", "reps.html", ""), ("care.peace", "care.html", "peace")),
    "r3": (("method.on-client", "", ""), ("care.shared", "care.html", "shared")),
    "r4": (("method.on-client", "", ""),),
    "r5": (("nav.backers", "backers.html", ""), ("care.qualify", "care.html", "qualify")),
    "r6": (("giving.tab-prestige", "prestige.html", ""),),
    "r7": (("nav.portfolio", "portfolio.html", ""), ("nav.weeks", "weeks.html", "")),
    "r8": (("nav.home", "index.html", ""), ("method.due-lists", "reps.html", "")),
    "r9": (("giving.tab-introductions", "introductions.html", ""), ("giving.tab-ledger", "ledger.html", "")),
    "r10": (("method.on-client", "", ""), ("care.threads", "care.html", "threads")),
    "r11": (("method.on-brief", "index.html", ""),),
    "r12": (("method.on-client", "", ""),),
    "r13": (("nav.solutions", "solutions.html", ""), ("method.on-brief", "index.html", "")),
    "r14": (("method.on-client", "", ""), ("people.new", "people.html", "new-faces")),
    "r15": (("nav.playbook", "playbook.html", ""), ("method.on-brief", "index.html", "")),
}
"""Rule → where it shows: message, page, anchor. Without a page: on every client's."""


def _places(site: Site, rule: str) -> Iterator[Place]:
    for label, path, anchor in PLACES[rule]:
        there = path != "solutions.html" or bool(site.solutions)
        yield Place(site.t(label), href("", path, anchor) if path and there else "")


def method_view(site: Site) -> MethodView:
    """All fifteen rules; nothing here is changed by a new day."""
    steps = tuple(site.t(f"method.ten-{n}") for n in range(1, STEPS + 1))
    return MethodView(steps, tuple(_rules(site)))


def _rules(site: Site) -> Iterator[RuleView]:
    t = site.t
    numbers = numbers_of(site)
    for key, settings in SETTINGS.items():
        yield RuleView(
            key=key,
            name=t(f"rule.{key}"),
            reason=t(f"method.{key}.reason"),
            number=t(f"method.{key}.number", **numbers),
            source=t(f"method.{key}.from"),
            settings=settings,
            places=tuple(_places(site, key)),
            example=example(site, key),
        )


def numbers_of(site: Site) -> dict[str, object]:
    """Every number in force, by the name that the messages know it by."""
    cfg: Config = site.cfg
    portfolio = cfg.portfolio
    return {
        "visits": cfg.visits,
        "unanswered": cfg.backoff.unanswered,
        "within": cfg.backoff.within,
        "rest": cfg.backoff.days,
        "share": cfg.share_months,
        "approaches": portfolio.approaches,
        "contacts_low": portfolio.contacts[0],
        "contacts_high": portfolio.contacts[1],
        "per_day": portfolio.per_day,
        "hard_low": portfolio.hard[0],
        "hard_high": portfolio.hard[1],
        "attractive_high": portfolio.attractive[1],
        "winnow": portfolio.winnow_months,
        "years": portfolio.business_years,
        "large_deal": site.t("fact.yen", value=cfg.large_deal),
        "thread": cfg.thread_months,
        "stall": cfg.stall_months,
        **cfg.cadence,
    }
