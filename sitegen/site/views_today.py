"""The first things of the team's day, on top of the front page: each one line, its reason, and where to do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from markupsafe import Markup

from sitegen.doctrine.introductions import Introduction
from sitegen.doctrine.portfolio import Counted
from sitegen.doctrine.today import Team, Thing, from_the_basics, things
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.briefs import brief_url
from sitegen.site.context import BEST, Part, Shared, Site
from sitegen.site.readers_day import standing
from sitegen.site.standing import Standing, standings
from sitegen.site.urls import href
from sitegen.site.views_care import CARED, thin_why
from sitegen.site.views_lists import stage_href
from sitegen.site.why import kind_name


@dataclass(frozen=True, slots=True)
class ThingView:
    """One line."""

    kind: str
    rule: str
    stands: Markup
    """Attributes: a meeting is no first thing when its day is over."""
    text: Markup
    rep: str
    do_href: str
    """Where it is done; what to do is said by the message of the kind."""
    more: int
    more_href: str
    """The list with the others; empty where there is none, and then they are not counted."""


RULE = {
    "promise": "r8",
    "unbriefed": "r11",
    "probable": "r8",
    "face": "r14",
    "thread": "r10",
    "introduction": "r9",
    "winnow": "r7",
    "approaches": "r7",
}
"""Kind → the rule that it comes from."""


def today_view(site: Site, portfolios: Mapping[str, Counted]) -> tuple[ThingView, ...]:
    """At most five lines."""
    next_day = site.next_working_day()
    first, worth = site.shared(INTRODUCED)[""]
    known = standings(site)
    team = Team(
        clients=site.clients,
        facts=site.facts,
        dated=lambda kind: [
            (dt.date.fromordinal(day), key) for key, one in known.items() for day in one.days_of(kind)
        ],
        probable=[(day, key) for key, one in known.items() if (day := _waiting(one))],
        large=site.given_by(CARED, [key for key, one in known.items() if one.large]),
        cfg=site.cfg,
        today=site.today,
        next_day=next_day,
        introduction=next(iter(first), None),
        introductions=worth,
        portfolios=portfolios,
        from_the_basics=lambda client, meeting: (
            (meeting.date, meeting.time) in site.part(UNBRIEFED, client.key)
        ),
    )
    return tuple(_line(site, thing) for thing in things(team))


def _introduced(site: Site) -> Mapping[str, tuple[tuple[Introduction, ...], int]]:
    best, total = site.shared(BEST)[""]
    return {"": (best[:1], total)}


INTRODUCED = Shared("first introduction", _introduced, tuple[tuple[Introduction, ...], int])
"""Rule R9: the introduction most worth making, if there is one, and how many there are; by no name."""


def _unbriefed(site: Site, client: Client) -> tuple[tuple[dt.date, str], ...]:
    facts = site.facts[client.key]
    if not any(reason.kind == "meeting" for reason in facts.due.reasons):
        return ()
    return from_the_basics(client, facts, site.this_day)


UNBRIEFED: Part[tuple[tuple[dt.date, str], ...]] = Part(
    "unbriefed-1", _unbriefed, tuple[tuple[dt.date, str], ...]
)
"""Rule R11: the planned meetings to which nobody comes who was briefed."""


def _waiting(one: Standing) -> dt.date | None:
    """When a probable client is due, where its first reason to call has a day and is no promise."""
    kind, day = one.reasons[0] if one.reasons else ("", 0)
    return dt.date.fromordinal(day) if one.stage == "probable" and day and kind != "promise" else None


def _line(site: Site, thing: Thing) -> ThingView:
    text, do_href, more_href = _TOLD[thing.kind](site, thing)
    return ThingView(
        kind=thing.kind,
        rule=RULE[thing.kind],
        stands=standing(site.today, None, _day(site, thing) if thing.kind == "unbriefed" else None),
        text=text,
        rep=site.rep_name(thing.rep) if thing.client else "",
        do_href=do_href,
        more=thing.more if more_href else 0,
        more_href=more_href,
    )


Told = tuple[Markup, str, str]


def _client(site: Site, key: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(site.url("", "client", key), site.clients[key].name)


def _day(site: Site, thing: Thing) -> dt.date:
    return thing.reason.date if thing.reason and thing.reason.date else site.today


def _promise(site: Site, thing: Thing) -> Told:
    day = thing.reason.base if thing.reason and thing.reason.base else _day(site, thing)
    text = site.t(
        "today.promise",
        client=_client(site, thing.client),
        text=thing.reason.text if thing.reason else "",
        date=dates.near(day, site.today, site.t.manner, True),
    )
    return text, site.url("", "client", thing.client, "promises"), ""


def _unbriefed_line(site: Site, thing: Thing) -> Told:
    reason = thing.reason
    client = site.clients[thing.client]
    people = site.t("list.joint").join(reason.people if reason else ())
    day = dates.near(_day(site, thing), site.today, site.t.manner, True)
    text = site.t(
        "today.unbriefed" if people else "today.who-comes",
        client=_client(site, thing.client),
        kind=kind_name(site, (reason.text if reason else "") or "meeting"),
        date=day,
        people=people,
    )
    return text, brief_url(site, "", client, reason) if reason else "", href("", "index.html", "meet-next")


def _probable(site: Site, thing: Thing) -> Told:
    day = _day(site, thing)
    late = Markup('<span>{} <span class="when">{}</span></span>').format(
        dates.due(day, site.today, site.t.manner), site.t("due.late", n=(site.today - day).days)
    )
    text = site.t("today.probable", client=_client(site, thing.client), late=late)
    return text, site.url("", "client", thing.client), stage_href(site, "", "probable")


def _face(site: Site, thing: Thing) -> Told:
    name = thing.reason.text if thing.reason else ""
    client = site.clients[thing.client]
    number, person = next(((n, p) for n, p in enumerate(client.people, 1) if p.name == name), (0, None))
    since = dates.partial(person.since, site.t.manner) if person and person.since else ""
    text = site.t("today.face", name=name, client=_client(site, thing.client), date=since)
    anchor = f"person-{number}" if number else ""
    return text, site.url("", "client", thing.client, anchor), href("", "people.html", "new-faces")


def _thread(site: Site, thing: Thing) -> Told:
    value = site.t("fact.yen", value=site.clients[thing.client].value or 0)
    why = thin_why(site, thing.thin) if thing.thin else ""
    text = site.t("today.thread", client=_client(site, thing.client), value=value, why=why)
    where = href("", "care.html", "threads")
    return text, where, where


def _introduction(site: Site, thing: Thing) -> Told:
    text = site.t(
        "today.introduction",
        offerer=_client(site, thing.client),
        seeker=_client(site, thing.other),
        text=thing.text,
    )
    return text, href("", "introductions.html"), href("", "introductions.html")


def _winnow(site: Site, thing: Thing) -> Told:
    months = site.cfg.portfolio.winnow_months
    text = site.t("today.winnow", rep=site.rep_name(thing.rep), n=thing.n, months=months)
    return text, site.url("", "portfolio", thing.rep, "winnow"), ""


def _approaches(site: Site, thing: Thing) -> Told:
    text = site.t("today.approaches", rep=site.rep_name(thing.rep), n=thing.n, goal=thing.goal)
    return text, site.url("", "portfolio", thing.rep), href("", "portfolio.html")


_TOLD: dict[str, Callable[[Site, Thing], Told]] = {
    "promise": _promise,
    "unbriefed": _unbriefed_line,
    "probable": _probable,
    "face": _face,
    "thread": _thread,
    "introduction": _introduction,
    "winnow": _winnow,
    "approaches": _approaches,
}
"""Kind → its line, where it is done, where the others of its kind are."""
