"""The reasons of a due date as sentences, with the arithmetic behind them (rules R2, R8, R14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from markupsafe import Markup

from sitegen.doctrine.facts import Moved, Reason, Wait
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.context import Site

Day = Callable[[dt.date], Markup]


def day_near(site: Site) -> Day:
    """Days for pages that are made anew every day: the year only where it isn't this one's."""
    return lambda day: dates.near(day, site.today, site.t.manner)


def day_medium(site: Site) -> Day:
    """Days for pages that a new day must not change."""
    return lambda day: dates.medium(day, site.t.manner)


def closed_name(site: Site, name: str) -> Markup:
    """Why a day is closed, in the site's language: a key of ours, or the holiday's own name."""
    return site.t.or_plain(f"closed.{name}", name)


def why(site: Site, client: Client, reason: Reason, day: Day, *, passed: bool = False) -> Markup:
    """One reason in one line: "6 Nov + 7 days", "promised: the outline", "meeting 10:00 with Ito Haruka".

    `passed` says that the day of a meeting is over and nothing was written: write it up.
    """
    first = _TOLD[reason.kind](site, client, reason, day)
    if not (reason.waits or reason.moved or passed):
        return first
    parts = [first]
    if passed and reason.kind == "meeting":
        parts = [site.t("why.write-up", meeting=parts[0])]
    told_days = {wait.until: wait for wait in reversed(reason.waits)}  # of two that end on one day, the first
    parts += [_wait(site, wait, day) for wait in reason.waits if told_days[wait.until] is wait]
    if reason.moved:
        parts.append(_moved(site, reason.moved))
    return site.t("why.joint").join(parts)


def _cadence(site: Site, client: Client, reason: Reason, day: Day) -> Markup:
    if reason.base is None:
        return site.t("why.never" if client.readable else "why.unreadable")
    if site.facts[client.key].last_contact is None:
        return site.t("why.never-since", date=day(reason.base))
    return site.t("why.cadence", base=day(reason.base), n=reason.days)


def _promise(site: Site, client: Client, reason: Reason, day: Day) -> Markup:
    return site.t("why.promise", text=reason.text) if reason.text else site.t("why.promise-bare")


def _meeting(site: Site, client: Client, reason: Reason, day: Day) -> Markup:
    kind = kind_name(site, reason.text or "meeting")
    people = site.t("list.joint").join(reason.people)
    if people and reason.time:
        return site.t("why.meeting-at-with", kind=kind, time=reason.time, people=people)
    if people:
        return site.t("why.meeting-with", kind=kind, people=people)
    return site.t("why.meeting-at", kind=kind, time=reason.time) if reason.time else kind


def _new_face(site: Site, client: Client, reason: Reason, day: Day) -> Markup:
    person = client.person(reason.text)
    since = person.since if person else None
    date = dates.partial(since, site.t.manner) if since else day(reason.base or reason.date or dt.date.min)
    if person and person.role:
        return site.t("why.new-face-role", name=person.name, role=person.role, date=date)
    return site.t("why.new-face", name=reason.text, date=date)


_TOLD = {"cadence": _cadence, "promise": _promise, "meeting": _meeting, "new-face": _new_face}


def _wait(site: Site, wait: Wait, day: Day) -> Markup:
    return site.t(f"why.{wait.kind}", date=day(wait.until), n=site.cfg.backoff.unanswered)


def _moved(site: Site, moved: Moved) -> Markup:
    date = dates.near(moved.on, moved.on, site.t.manner, weekday=True)
    if moved.name in ("saturday", "sunday"):
        return site.t("why.moved-weekend", date=date)
    return site.t("why.moved", date=date, name=closed_name(site, moved.name))


class _Kinds(dict[str, Markup]):
    """Names of kinds, each looked up once: twenty stand on a page."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._own, self._t = site.cfg.kinds, site.t

    def __missing__(self, kind: str) -> Markup:
        own = self._own.get(kind)
        name = self[kind] = self._t.or_plain(f"kind.{kind}", own[0][0] if own and own[0] else kind)
        return name


def kind_names(site: Site) -> Mapping[str, Markup]:
    """Kinds of entries in the site's language, to be looked up one by one; a team's own by its first word."""
    return site.once("names of kinds", lambda: _Kinds(site))


def kind_name(site: Site, kind: str) -> Markup:
    """A kind of entry in the site's language; a team's own kind by its first word."""
    return kind_names(site)[kind]
